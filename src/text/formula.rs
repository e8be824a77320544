//! Guards text against spreadsheets that would run it as a formula, so that the guard can be taken away again.
//!
//! The rule is OWASP's on CSV injection: a field that starts with `=`, `+`, `-`, `@`, a tab or a carriage return, or
//! with a full-width form of these, gets an apostrophe before it. Numbers stay numbers. Apostrophes that stand there
//! already get one more, so that every text comes back as it was.

use std::borrow::Cow;

/// The characters that start a formula, in normal or East Asian full width.
pub const FORMULA_STARTS: [char; 15] =
    ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−'];

/// The text with an apostrophe wherever a spreadsheet would start a formula: at the start, and after a line break or a
/// semicolon, at which some spreadsheets split fields.
pub fn guard_formulas(text: &str) -> Cow<'_, str> {
    if is_number(text) || !text.contains(FORMULA_STARTS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    for (at, c) in text.char_indices() {
        if at_start && starts_formula(&text[at..]) {
            out.push('\'');
        }
        at_start = is_start_after(at_start, c);
        out.push(c);
    }
    Cow::Owned(out)
}

/// The text as it was before [`guard_formulas`].
pub fn unguard_formulas(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') || !text.contains(FORMULA_STARTS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if at_start && c == '\'' && starts_formula(&text[at + 1..]) {
            // What follows was at the start.
            let Some((_, guarded)) = chars.next() else { break };
            at_start = is_start_after(at_start, guarded);
            out.push(guarded);
        } else {
            at_start = is_start_after(at_start, c);
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether a formula begins here, after any number of apostrophes.
fn starts_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// Whether the place after this character is one where a formula may begin.
fn is_start_after(at_start: bool, c: char) -> bool {
    matches!(c, '\n' | ';') || at_start && (c.is_whitespace() || c == '"')
}

/// Whether the text is digits, with at most a minus before them and a point within.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_becomes_text() {
        for (text, want) in [
            ("=1+2", "'=1+2"),
            ("  =1+2", "  '=1+2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("＝1", "'＝1"),
            ("a;=1", "a;'=1"),
            ("a\n=1", "a\n'=1"),
            ("-5 %", "'-5 %"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(guard_formulas(text), want);
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for text in ["-5", "12.5", "-0.25", "", "Côte d'Ivoire", "a = b", "2010-07-01", "well-known", "'tis"]
        {
            assert_eq!(guard_formulas(text), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_none_begins_a_formula(text in "[=+@'\"; \n\t\ra1.＝-]{0,12}") {
            let guarded = guard_formulas(&text);
            prop_assert_eq!(unguard_formulas(&guarded), text.as_str());
            let is_formula = |line: &str| line.trim_start_matches([' ', '"']).starts_with(FORMULA_STARTS);
            prop_assert!(is_number(&text) || !guarded.split(['\n', ';']).any(is_formula), "{:?}", guarded);
        }
    }
}
