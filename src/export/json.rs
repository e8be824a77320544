//! JSON for programs: the raw values, escaped so that the text is inert on a terminal too.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use super::Style;
use crate::{core::report::Report, text::forbidden};

/// Characters without a width that may follow one another; a flood of them is escaped.
const MOST_MARKS: usize = 4;

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let mut text = escaped(&format!("{:#}", report.json()));
    text.push('\n');
    text.into_bytes()
}

/// Escapes what JSON allows raw and a terminal would act on. Outside of strings JSON is ASCII, so only
/// the line breaks of the layout must stay.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut marks = 0;
    for c in json.chars() {
        let is_mark = !c.is_ascii() && c.width() == Some(0);
        marks = if is_mark { marks + 1 } else { 0 };
        if c != '\n' && (forbidden(c) || hides(c) || marks > MOST_MARKS) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Joiners and variation selectors.
const fn hides(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_safe;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped_and_read_back_unchanged() {
        let zalgo = format!("e{}", "\u{301}".repeat(60));
        for text in
            ["\u{1b}[2J", "\u{9b}31m", "\u{7f}", "a\u{202e}b", "a\u{200b}b", "\u{e0041}", "A\u{fe0f}", &zalgo]
        {
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
