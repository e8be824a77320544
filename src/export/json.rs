//! JSON for programs: raw values, escaped so that the text cannot act on a terminal either.

use std::fmt::Write as _;

use serde_json::Value;
use unicode_width::UnicodeWidthChar as _;

use super::Style;
use crate::{
    core::report::{JsonParts, Report},
    text::{forbidden, is_safe},
};

/// Zero-width characters in a row that are left as they are; further ones are escaped.
const MOST_MARKS: usize = 4;

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let mut text = match report.json_in_parts() {
        Some(parts) => in_parts(parts),
        None => escaped(&format!("{:#}", report.json())),
    };
    text.push('\n');
    text.into_bytes()
}

/// The same text as that of the whole document: members in their order, two spaces a level.
fn in_parts(JsonParts { whole, list, items }: JsonParts<'_>) -> String {
    let Value::Object(members) = whole else { return String::new() };
    let (mut text, last) = (String::from("{"), members.len());
    let mut items = Some(items);
    for (nth, (key, value)) in (1..).zip(&members) {
        text.push_str(&escaped(&format!("\n  {}: ", Value::from(key.as_str()))));
        match items.take_if(|_| key == list) {
            Some(items) => push_list(&mut text, items),
            None => text.push_str(&escaped(&format!("{value:#}").replace('\n', "\n  "))),
        }
        text.push_str(if nth == last { "\n" } else { "," });
    }
    text.push('}');
    text
}

fn push_list(text: &mut String, items: impl Iterator<Item = String>) {
    text.push('[');
    let before = text.len();
    for item in items {
        text.push_str(if text.len() == before { "\n    " } else { ",\n    " });
        text.push_str(&escaped(&item.replace('\n', "\n    ")));
    }
    text.push_str(if text.len() == before { "]" } else { "\n  ]" });
}

/// Escapes the characters that JSON allows but a terminal would act on. Outside strings JSON is ASCII, so only the
/// line breaks of the layout must stay.
pub(super) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for line in json.split_inclusive('\n') {
        let text = line.strip_suffix('\n').unwrap_or(line);
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            out.push_str(line);
            continue;
        }
        let start = out.len();
        escape(&mut out, line, |c, marks| forbidden(c) || hides(c) || marks > MOST_MARKS);
        if !is_safe(&out[start..]) {
            // Harmless characters may join into an oversized cluster, so escape everything that is not ASCII.
            out.truncate(start);
            escape(&mut out, line, |c, _| !c.is_ascii() || forbidden(c));
        }
    }
    out
}

/// Adds a line and escapes the characters for which `must` is true; `must` also gets the number of zero-width
/// characters in a row.
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
            let json = escaped(&Value::from(text).to_string());
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
