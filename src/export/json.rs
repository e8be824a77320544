//! JSON for programs: the raw values, escaped so that the text is inert on a terminal too.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use super::Style;
use crate::{
    core::report::Report,
    text::{forbidden, is_safe},
};

/// Characters without a width that may follow one another; a flood of them is escaped.
const MOST_MARKS: usize = 4;

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let mut text = escaped(&format!("{:#}", report.json()));
    text.push('\n');
    text.into_bytes()
}

/// Escapes what JSON allows raw and a terminal would act on. Outside of strings JSON is ASCII, so only
/// the line breaks of the layout must stay.
pub(super) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for line in json.split_inclusive('\n') {
        let start = out.len();
        escape(&mut out, line, |c, marks| forbidden(c) || hides(c) || marks > MOST_MARKS);
        if !is_safe(&out[start..]) {
            // What is harmless letter by letter may join into a flood: nothing is left to join.
            out.truncate(start);
            escape(&mut out, line, |c, _| !c.is_ascii() || forbidden(c));
        }
    }
    out
}

/// Adds a line, escaping the characters that it must, told with how many marks have followed one another.
fn escape(out: &mut String, line: &str, must: impl Fn(char, usize) -> bool) {
    let mut marks = 0;
    for c in line.chars() {
        let is_mark = !c.is_ascii() && c.width() == Some(0);
        marks = if is_mark { marks + 1 } else { 0 };
        if c != '\n' && must(c, marks) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
}

/// Joiners and variation selectors.
const fn hides(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped_and_read_back_unchanged() {
        let conjunct = "\u{915}\u{94d}".repeat(80);
        let zalgo = format!("e{}", "\u{301}".repeat(60));
        for text in [
            "\u{1b}[2J",
            "\u{9b}31m",
            "\u{7f}",
            "a\u{202e}b",
            "a\u{200b}b",
            "\u{e0041}",
            "A\u{fe0f}",
            "a, \u{301}b",
            &zalgo,
            &conjunct,
        ] {
            let json = escaped(&serde_json::Value::from(text).to_string());
            assert!(is_safe(&json), "{json:?}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn plain_words_of_any_language_stay_readable() {
        for text in ["\"Türkiye\"", "\"ไทย\"", "\"日本\"", "\"العربية\""] {
            assert_eq!(escaped(text), text);
        }
    }
}
