//! What a workbook can hold: how much, how long, and under which names.

use crate::text::safe_line;

/// The limits of the format: rows with the head, columns, UTF-16 units in a cell and in the name of a sheet.
pub(super) const MOST_ROWS: usize = 1_048_576;
pub(super) const MOST_COLUMNS: usize = 16_384;
pub(super) const MOST_UNITS: usize = 32_767;
pub(super) const MOST_NAME: usize = 31;
/// Of the title in margins and properties: doubled it still has room.
pub(super) const MOST_TITLE: usize = 100;

/// `AB12`.
pub(super) fn place(row: usize, column: usize) -> String {
    let mut letters = vec![];
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.into_iter().collect::<String>() + &(row + 1).to_string()
}

/// As much of the text as has at most so many UTF-16 units.
pub(super) fn cut_at(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A name for a sheet: no forbidden sign, not too long, and not there yet in any case of letters.
pub(super) fn free_name(wanted: &str, taken: &[String]) -> String {
    let safe = safe_line(wanted);
    let clean = |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c };
    let words: String = safe.as_str().chars().map(clean).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(['\'', ' ']);
    // Excel keeps "History" to itself.
    let words = if words.is_empty() || words.eq_ignore_ascii_case("history") { "Report" } else { words };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (1_usize..).map(|number| {
        let after = if number == 1 { String::new() } else { format!(" {number}") };
        let room = MOST_NAME - after.len();
        let fits = words.encode_utf16().count() <= room;
        let kept =
            if fits { words.to_owned() } else { cut_at(words, room - 1).trim_end().to_owned() + "…" };
        kept + &after
    });
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

/// For the margin of a printed page, where `&` begins a code and there is little room.
pub(super) fn for_margin(text: &str) -> String {
    cut_at(text, MOST_TITLE).replace('&', "&&")
}
