//! What stands around a fault: the whole of an odd number, the place of a quote that is missing, brackets that match.

use memchr::memchr2;

use super::{excerpt, fault::Fault};

/// A text that is quoted whole in a hint is no longer than this.
const LONGEST: usize = 40;

/// Brackets are not matched over more text than this.
const FARTHEST: usize = 4 << 20;

/// The byte after a word or a number that starts here, JSON or not.
pub(super) fn token_end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|byte| ends_token(*byte)).map_or(text.len(), |length| at + length)
}

/// Whether a byte ends a word or a number.
pub(super) const fn ends_token(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | 0..=b' ')
}

/// The byte after the first quote that is not escaped, for a string that starts here, whatever stands in it.
pub(super) fn lenient_string_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut stop = at + 1;
    loop {
        stop += memchr2(b'"', b'\\', bytes.get(stop..)?)?;
        if bytes[stop] == b'"' {
            return Some(stop + 1);
        }
        stop += 2;
    }
}

/// What stands from a byte to the next comma, colon, bracket or quote of its line.
pub(super) fn run(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find([',', ':', '{', '}', '[', ']', '"', '\n', '\r']).unwrap_or(rest.len());
    rest[..end].trim_end()
}

/// Whether the next sign in the line that is more than a word is a quote: the word is a text without its first quote.
pub(super) fn lacks_first_quote(text: &str, at: usize) -> bool {
    let words = run(text, at);
    let rest = text[at + words.len()..].strip_prefix('"');
    // Behind the quote that closes it, the text goes on as JSON does.
    rest.is_some_and(|rest| {
        matches!(rest.trim_start().bytes().next(), None | Some(b',' | b':' | b'}' | b']'))
    })
}

/// Where the number begins that a byte stands behind, white space or not.
pub(super) fn number_before(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let start = before.len() - before.bytes().rev().take_while(|byte| !ends_token(*byte)).count();
    text[start..before.len()].starts_with(|c: char| c == '-' || c.is_ascii_digit()).then_some(start)
}

/// A number with something in it that no number holds; `start` is where it begins, `end` the byte after what is one.
pub(super) fn odd_number(text: &str, start: usize, end: usize, wanted: &str) -> Fault {
    let words = run(text, start);
    let number = text[start..end.min(start + words.len())].trim_end_matches(['.', 'e', 'E', '+', '-']);
    let found = if words.len() <= LONGEST { words.to_owned() } else { excerpt::token(&text[start..]) };
    let fault = |message: String| Fault::error("syntax", start, message).found(found.clone());
    let parted: String = words.chars().filter(|c| !matches!(c, '_' | ' ')).collect();
    if let Some((place, sign)) = words.char_indices().find(|(_, c)| matches!(c, '_' | ' '))
        && parted.bytes().skip(usize::from(parted.starts_with('-'))).all(|byte| byte.is_ascii_digit())
    {
        let sign = if sign == ' ' { "a space" } else { "a '_'" };
        return Fault::error("syntax", start + place, format!("a number cannot hold {sign}"))
            .found(found)
            .expected("a number such as 12 or 0.5")
            .hint(format!("write {parted}"));
    }
    let fault = fault(format!("expected {wanted}, found {found}")).expected(wanted);
    if words.len() > LONGEST || words.contains('\\') {
        return fault.hint("put it in double quotes if it is a text");
    }
    let is_date = words.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/'));
    if is_date {
        fault.hint(format!("put it in double quotes if it is a date or a text: \"{words}\""))
    } else {
        fault.hint(format!("write {number} if it is a number, or \"{words}\" if it is a text"))
    }
}

/// Where the closing quote is missing of the string that opens at a byte and goes on over the end of its line at `stop`;
/// nothing if it is closed on another line.
pub(super) fn unclosed(text: &str, open: usize, stop: usize) -> Option<usize> {
    let closed = lenient_string_end(text, open).is_some_and(|end| {
        let rest = text[end..].trim_start();
        rest.is_empty() || rest.starts_with([',', ':', '}', ']'])
    });
    // A key follows its comma: what looks closed is the start of the next key.
    let next_line = text[stop..].trim_start();
    (!closed && !next_line.is_empty()).then(|| before_signs(text, open, stop))
}

/// The byte behind the words of a string, before the commas, brackets and white space that a lost quote let in.
pub(super) fn before_signs(text: &str, open: usize, stop: usize) -> usize {
    let words =
        text[open + 1..stop].trim_end_matches(|c: char| matches!(c, ',' | '}' | ']') || c.is_whitespace());
    open + 1 + words.len()
}

/// The string that ends before this byte, white space between them or not: where it opens.
pub(super) fn string_before(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t', '\n', '\r']).strip_suffix('"')?;
    let mut end = before.len();
    loop {
        let open = before[..end].rfind('"')?;
        let slashes = before[..open].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if slashes % 2 == 0 {
            return Some(open);
        }
        end = open;
    }
}

/// Where a string lacks its closing quote, if the word at `at`, which follows the string, is the next key.
pub(super) fn swallowed_key(text: &str, at: usize) -> Option<usize> {
    let open = string_before(text, at)?;
    let end = text[..at].trim_end().len() - 1;
    let inside = text.get(open + 1..end)?;
    if !inside.trim_end().ends_with(',') {
        return None;
    }
    let words = run(text, at);
    let after = text[at + words.len()..].strip_prefix('"')?;
    after.trim_start().starts_with(':').then(|| before_signs(text, open, end))
}

/// Whether the brackets of the rest close those that are open, the outermost first. `is_part` says that more may be open
/// around them: the list of cards and its bundle.
pub(super) fn closes(text: &str, from: usize, open: &[u8], is_part: bool) -> bool {
    if text.len() - from > FARTHEST {
        return false;
    }
    let bytes = text.as_bytes();
    let (mut stack, mut outer, mut at) = (open.to_vec(), vec![], from);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => match lenient_string_end(text, at - 1) {
                Some(end) => at = end,
                None => return false,
            },
            b'{' => stack.push(b'}'),
            b'[' => stack.push(b']'),
            b'}' | b']' => match stack.pop() {
                Some(want) if want == *byte => {}
                Some(_) => return false,
                None => outer.push(*byte),
            },
            _ => {}
        }
    }
    stack.is_empty() && (outer.is_empty() || is_part && matches!(&outer[..], b"]" | b"]}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_match_are_told_from_those_that_do_not() {
        for (text, open, is_part, want) in [
            ("}", "}", false, true),
            ("}]}", "}", true, true),
            ("}]}", "}", false, false),
            ("]", "}", false, false),
            ("\"}\" }", "}", false, true),
            ("{[]}]", "]", false, true),
            ("", "]", false, false),
        ] {
            assert_eq!(closes(text, 0, open.as_bytes(), is_part), want, "{text}");
        }
    }

    #[test]
    fn a_string_that_ends_before_a_byte_is_found() {
        assert_eq!(string_before(r#"["a\"b" x"#, 8), Some(1));
        assert_eq!(string_before("[1 x", 3), None);
    }
}
