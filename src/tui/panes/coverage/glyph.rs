//! The glyph of a cell, and the legend of all glyphs.

use std::collections::{HashMap, HashSet};

use crate::{
    core::{
        cell::{Cell, Gap, Value},
        framework::{Framework, IndicatorId},
        scale::ScaleKind,
    },
    tui::{look::Role, pane_context::PaneContext},
};

/// The glyph of a cell: a letter, a digit or a plus for a given one, a sign for a gap.
pub(super) fn glyph(framework: &Framework, indicator: IndicatorId, cell: &Cell) -> (char, Role) {
    let scale = framework.scale(indicator);
    let sign = match (cell.state, &scale.kind) {
        (Err(gap), _) => gap.glyph().chars().next().unwrap_or('?'),
        (Ok(Value::Level(level)), ScaleKind::YesNo) => {
            ['n', 'p', 'y'].get(usize::from(level)).copied().unwrap_or('+')
        }
        (Ok(Value::Level(level)), ScaleKind::Treaty) => {
            ['n', 's', 'b'].get(usize::from(level)).copied().unwrap_or('+')
        }
        // Categories have no order that a digit could say.
        (Ok(Value::Level(_)), ScaleKind::Categories) => '+',
        (Ok(Value::Level(level)), _) => char::from_digit(u32::from(level) + 1, 36).unwrap_or('+'),
        (Ok(_), _) => '+',
    };
    let role = match cell.state {
        Err(Gap::NotApplicable) => Role::NotApplicable,
        Err(_) => Role::Gap,
        Ok(_) if !cell.marks.is_empty() => Role::Mark,
        Ok(_) => Role::Given,
    };
    (sign, role)
}

/// Three letters per id, to be written downwards: the first letters of its words, or of its only word. If two ids
/// would get the same, the last letter is the first one that differs.
pub(super) fn abbreviations(ids: &[&str]) -> Vec<[char; 3]> {
    let plain: Vec<[char; 3]> = ids.iter().map(|id| abbreviation(id)).collect();
    // How many ids of the same letters have a letter at a place.
    let mut many: HashMap<([char; 3], usize, char), usize> = HashMap::new();
    let places = |id: &str| id.chars().enumerate().skip(2).collect::<Vec<(usize, char)>>();
    let mut known: HashSet<&str> = HashSet::new();
    let mut same: HashMap<[char; 3], usize> = HashMap::new();
    for (id, plain) in ids.iter().zip(&plain).filter(|(id, _)| known.insert(id)) {
        *same.entry(*plain).or_insert(0) += 1;
        for (place, letter) in places(id) {
            *many.entry((*plain, place, letter)).or_insert(0) += 1;
        }
    }
    let told = |(id, plain): (&&str, &[char; 3])| {
        let tells = |(place, letter): &(usize, char)| {
            letter.is_ascii_alphanumeric() && many.get(&(*plain, *place, *letter)) == Some(&1)
        };
        let [first, second, third] = *plain;
        let last = if same[plain] < 2 { None } else { places(id).into_iter().find(tells) };
        [first, second, last.map_or(third, |(_, letter)| letter.to_ascii_uppercase())]
    };
    ids.iter().zip(&plain).map(told).collect()
}

fn abbreviation(id: &str) -> [char; 3] {
    let words: Vec<&str> = id.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let letters: Vec<char> = match &words[..] {
        [word] => word.chars().take(3).collect(),
        words => words.iter().filter_map(|word| word.chars().next()).take(3).collect(),
    };
    let letter = |at: usize| {
        letters.get(at).copied().filter(char::is_ascii_alphanumeric).map_or(' ', |c| c.to_ascii_uppercase())
    };
    [letter(0), letter(1), letter(2)]
}

/// What the glyphs mean, in one line for each kind.
pub(super) fn legend(context: &PaneContext<'_>) -> String {
    let has_reviews = context.review.book.records().len() > 0;
    let gaps = [
        Gap::NoData,
        Gap::NotAssessed,
        Gap::Absent,
        Gap::Empty,
        Gap::Withheld,
        Gap::Unreadable,
        Gap::NoCard,
        Gap::NotApplicable,
    ];
    // Non-breaking spaces keep a glyph and its words on one line.
    let bound = |words: &str| words.replace(' ', "\u{a0}");
    let gaps = gaps.map(|gap| bound(&format!("{} {}", gap.glyph(), gap.title()))).join("   ");
    let given = [
        "y yes",
        "p partial",
        "n no, or not signed",
        "s signed only",
        "b bound",
        "1 2 3 level, worst first",
        "+ a number, date or text",
    ];
    let given = given.map(bound).join("   ");
    let of_reviews = ["! or underlined: flagged", "x conflict", "* changed since review", "✓ reviewed"];
    let of_reviews = of_reviews.into_iter().filter(|_| has_reviews);
    let more = of_reviews.chain(["< given in the edition before"]);
    let more = more.map(bound).collect::<Vec<_>>().join("   ");
    format!("Given:   {given}\nMissing: {gaps} (not counted)\nAlso:    {more}")
}
