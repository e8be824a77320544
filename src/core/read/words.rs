//! The words files are made of: known keys, placeholders, and what a misspelt word was meant to be.

use crate::core::cell::{Gap, Marks};
pub(in crate::core) use crate::text::nearest;

/// Signs that say for sure that there is no value, in small letters, and which gap they mean (README, Gaps).
const SURE: [(&str, Gap); 27] = [
    ("..", Gap::NoData),
    (":", Gap::NoData),
    ("nan", Gap::NoData),
    ("na", Gap::NoData),
    ("n.a.", Gap::NoData),
    ("no data", Gap::NoData),
    ("no-data", Gap::NoData),
    ("not available", Gap::NoData),
    ("no data available", Gap::NoData),
    ("data not available", Gap::NoData),
    ("insufficient data", Gap::NoData),
    ("no information", Gap::NoData),
    ("not reported", Gap::NoData),
    ("not assessed", Gap::NotAssessed),
    ("not rated", Gap::NotAssessed),
    ("no rating", Gap::NotAssessed),
    ("not ranked", Gap::NotAssessed),
    ("not scored", Gap::NotAssessed),
    ("no score", Gap::NotAssessed),
    ("not covered", Gap::NotAssessed),
    ("not surveyed", Gap::NotAssessed),
    ("not-assessed", Gap::NotAssessed),
    ("not applicable", Gap::NotApplicable),
    ("not-applicable", Gap::NotApplicable),
    ("withheld", Gap::Withheld),
    ("confidential", Gap::Withheld),
    ("suppressed", Gap::Withheld),
];

/// Signs that may mean one thing or another: only who wrote them knows.
const AMBIGUOUS: [&str; 55] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "…",
    "...",
    "x",
    "/",
    "n/a",
    "#n/a",
    "?",
    "??",
    "tbd",
    "todo",
    "null",
    "none",
    "nil",
    "unknown",
    "0000",
    "missing",
    "*",
    "**",
    "(d)",
    "(x)",
    "(s)",
    "#",
    "−",
    "n.k.",
    "not known",
    "tbc",
    "to be confirmed",
    "to be determined",
    "keine angabe",
    "keine angaben",
    "unbekannt",
    "entfällt",
    "n.v.",
    "s.o.",
    "non disponible",
    "غير متوفر",
    // No data, not significant or not determined, in several languages.
    "n/r",
    "n.r.",
    "no response",
    "no answer",
    "not stated",
    "don't know",
    "don’t know",
    "n.d.",
    "n.s.",
    "s/d",
    "s.d.",
    "k. a.",
    "k.a.",
];

/// What stands where a value is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MissingSign {
    Sure(Gap),
    Ambiguous,
}

/// The meaning of a text that is written where there is no value; `None` if it is none of those.
pub(super) fn missing_sign(text: &str) -> Option<MissingSign> {
    const LONGEST: usize = 18;
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    // Of the signs one alone has digits.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return (text == "0000").then_some(MissingSign::Ambiguous);
    }
    let lower = text.to_lowercase();
    let sure = SURE.iter().find(|(sign, _)| *sign == lower).map(|(_, gap)| MissingSign::Sure(*gap));
    sure.or_else(|| AMBIGUOUS.contains(&&*lower).then_some(MissingSign::Ambiguous))
}

/// Whether two signs of a missing value are one: small and capital letters, and dashes of any length, are the same.
pub(super) fn is_same_sign(one: &str, other: &str) -> bool {
    let is_dash = |text: &str| text.chars().count() == 1 && text.starts_with(['-', '–', '—', '−', '‐', '‑']);
    let (one, other) = (one.trim(), other.trim());
    one == other || one.to_lowercase() == other.to_lowercase() || is_dash(one) && is_dash(other)
}

/// The same where any words are an answer: "none", "missing" or "x" may be meant.
pub(super) fn missing_sign_among_words(text: &str) -> Option<MissingSign> {
    let may_be_meant = [
        "none",
        "missing",
        "nil",
        "x",
        "/",
        "0000",
        "withheld",
        "confidential",
        "suppressed",
        "*",
        "**",
        "#",
        "no response",
        "no answer",
        "not stated",
        "don't know",
        "don’t know",
        "entfällt",
    ];
    missing_sign(text).filter(|_| !may_be_meant.contains(&&*text.trim().to_lowercase()))
}

/// A number as JSON writes one, of so few digits that it is kept exactly; in quotes it is meant as a number.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    const EXACT_DIGITS: usize = 15;
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // Zero has no sign.
    if digits > EXACT_DIGITS {
        None
    } else {
        serde_json::from_str::<f64>(text).ok().map(|number| number + 0.0)
    }
}

/// Nothing to see: white space and characters without a width.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
    })
}

/// The marks a card may write; "unsourced", "outdated" and "looks-missing" are derived.
pub fn writable_mark(id: &str) -> Option<Marks> {
    Marks::from_id(id)
        .filter(|mark| !mark.intersects(Marks::UNSOURCED | Marks::OUTDATED | Marks::LOOKS_MISSING))
}
