//! Records for spreadsheets: every row with the context of its report, and no field that would run as a formula.
//!
//! The rule is OWASP's on CSV injection: a field that starts with `=`, `+`, `-`, `@`, a tab or a carriage return, or
//! with a full-width form of these, gets an apostrophe before it. Numbers stay numbers.

use crate::{
    core::report::{Field, Report},
    text::safe_block,
};

/// The header, then the rows, each as long as the header.
pub(super) fn of(report: &dyn Report) -> Vec<Vec<String>> {
    let table = report.table();
    let own: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
    // If the report has a column of the same name as a member of the context, only the report's is written.
    let context: Vec<_> = table.context.entries().into_iter().filter(|(key, _)| !own.contains(key)).collect();
    let shown: Vec<bool> = table.columns.iter().map(crate::core::report::Column::is_for_records).collect();
    let titles =
        table.columns.iter().filter(|column| column.is_for_records()).map(|column| column.key.as_str());
    let header = titles.chain(context.iter().map(|(key, _)| *key));
    let mut records: Vec<Vec<String>> = vec![header.map(cell).collect()];
    let about: Vec<String> = context.iter().map(|(_, words)| cell(words.raw())).collect();
    records.extend(table.rows.iter().map(|row| {
        let fields = row.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(field, _)| match field {
            Field::Text(text) => cell(text.raw()),
            Field::Number(digits) => digits.clone(),
            Field::Flag(_) | Field::Empty => field.raw().to_owned(),
        });
        fields.chain(about.iter().cloned()).collect()
    }));
    records
}

/// The text made safe, with an apostrophe wherever a spreadsheet would start a formula: at the start, and after a
/// line break or a semicolon, at which some spreadsheets split fields.
pub fn cell(text: &str) -> String {
    let text = safe_block(text);
    if is_number(&text) {
        return text.into_string();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    for c in text.chars() {
        if at_start && runs(c) {
            out.push('\'');
        }
        at_start = matches!(c, '\n' | ';') || at_start && (c.is_whitespace() || c == '"');
        out.push(c);
    }
    out
}

/// The characters that start a formula, in normal or East Asian full width.
pub(super) const STARTS: [char; 15] =
    ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−'];

/// Whether a character starts a formula.
fn runs(c: char) -> bool {
    STARTS.contains(&c)
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
        ] {
            assert_eq!(cell(text), want);
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for text in ["-5", "12.5", "-0.25", "", "Côte d'Ivoire", "a = b", "2010-07-01", "well-known"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn an_escape_sequence_is_spelled_out() {
        assert_eq!(cell("\u{1b}[2J"), "^[[2J");
        assert_eq!(cell("\t=1"), "    '=1");
    }
}
