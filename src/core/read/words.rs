//! The words files are made of: known keys, placeholders, and what a misspelt word was meant to be.

use crate::core::cell::Marks;

/// What people write where they have nothing to write.
const PLACEHOLDERS: [&str; 17] = [
    "n/a", "na", "-", "--", "tbd", "todo", "null", "none", "nil", "?", "??", "#n/a", "unknown", ".", "...",
    "0000", "missing",
];

/// Nothing to see: white space and characters without a width.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
    })
}

pub(super) fn is_placeholder(text: &str) -> bool {
    text.len() <= 8 && PLACEHOLDERS.contains(&text.trim().to_lowercase().as_str())
}

/// The same where any words are an answer: "none" and "missing" may be meant.
pub(super) fn is_placeholder_text(text: &str) -> bool {
    is_placeholder(text) && !matches!(text.trim().to_lowercase().as_str(), "none" | "missing" | "nil")
}

/// The marks a card may write; "unsourced" and "outdated" are derived.
pub fn writable_mark(id: &str) -> Option<Marks> {
    Marks::from_id(id).filter(|mark| !mark.intersects(Marks::UNSOURCED | Marks::OUTDATED))
}

/// The known word closest to one that is not known, if it is close.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 80 {
        return None;
    }
    let distance = |candidate: &str| strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    let (distance, nearest) = known.into_iter().map(|word| (distance(word), word)).min()?;
    (distance <= nearest.chars().count().max(3) / 3).then_some(nearest)
}
