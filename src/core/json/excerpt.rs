//! Short, harmless excerpts of a text for a message.

use std::fmt::Write as _;

/// Characters that a message shows at most of one place.
const LONGEST: usize = 40;

/// Odd characters that people meet in files, by their common names.
const NAMES: [(char, &str); 22] = [
    ('\0', "NUL"),
    ('\t', "tab"),
    ('\n', "new line"),
    ('\u{b}', "vertical tab"),
    ('\u{c}', "form feed"),
    ('\r', "carriage return"),
    ('\u{1b}', "escape"),
    ('\u{7f}', "delete"),
    ('\u{85}', "next line"),
    ('\u{a0}', "no-break space"),
    ('\u{ad}', "soft hyphen"),
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{200e}', "left-to-right mark"),
    ('\u{200f}', "right-to-left mark"),
    ('\u{2028}', "line separator"),
    ('\u{2029}', "paragraph separator"),
    ('\u{202e}', "right-to-left override"),
    ('\u{202f}', "narrow no-break space"),
    ('\u{3000}', "ideographic space"),
    ('\u{feff}', "byte order mark"),
];

/// Does nothing show where this character stands? Controls, format characters, variation selectors, tags.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// `U+00A0 (no-break space)`; a character that shows is also shown: `U+FF11 '１'`.
pub(super) fn describe(c: char) -> String {
    let code = u32::from(c);
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == c) {
        format!("U+{code:04X} ({name})")
    } else if c.is_ascii_graphic() {
        format!("'{c}'")
    } else if c.is_alphanumeric() {
        format!("U+{code:04X} '{c}'")
    } else {
        format!("U+{code:04X}")
    }
}

/// A key or a string in quotes, cut short, with what does not show spelled out.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    push_cut(&mut out, text);
    out.push('"');
    out
}

/// What stands at the start of `rest`, as a reader would name it: a string, a word, or one character.
pub(super) fn token(rest: &str) -> String {
    let Some(first) = rest.chars().next() else { return "the end of the text".to_owned() };
    if first == '"' {
        let inside = &rest[1..];
        let near = inside.char_indices().nth(LONGEST).map_or(inside, |(i, _)| &inside[..i]);
        return near.find(['"', '\n']).map_or_else(|| quote(inside), |end| quote(&inside[..end]));
    }
    if !is_wordy(first) {
        return describe(first);
    }
    let mut out = String::new();
    push_cut(&mut out, word(rest));
    out
}

/// The run of letters, digits and what commonly holds them together, at the start of `rest`.
pub(super) fn word(rest: &str) -> &str {
    &rest[..rest.find(|c| !is_wordy(c)).unwrap_or(rest.len())]
}

/// A piece of a path: `.opsc`, `["a b"]`.
pub(super) fn push_key(path: &mut String, key: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.len() <= LONGEST && key.chars().all(plain) {
        path.push('.');
        path.push_str(key);
    } else {
        path.push_str("[\"");
        push_cut(path, key);
        path.push_str("\"]");
    }
}

pub(super) fn is_wordy(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '$' | '.' | '-' | '+')
        || (!c.is_ascii() && c.is_alphabetic())
}

fn push_cut(out: &mut String, text: &str) {
    for (i, c) in text.chars().enumerate() {
        if i == LONGEST {
            out.push_str("...");
            return;
        }
        let mark = unicode_normalization::char::is_combining_mark(c);
        if is_invisible(c) || mark || (c.is_whitespace() && c != ' ') {
            // Writing into a string cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_shows_what_does_not_show() {
        assert_eq!(quote("ye\u{200b}ar\u{1b}[2J"), "\"ye<U+200B>ar<U+001B>[2J\"");
        assert_eq!(quote("cafe\u{301}"), "\"cafe<U+0301>\"");
        assert_eq!(quote(&"x".repeat(1000)), format!("\"{}...\"", "x".repeat(LONGEST)));
        assert_eq!(token("\"b\": 2}"), "\"b\"");
        assert_eq!(token("None}"), "None");
        assert_eq!(token("}"), "'}'");
        assert_eq!(token("\u{a0}x"), "U+00A0 (no-break space)");
        assert_eq!(token(""), "the end of the text");
    }

    #[test]
    fn a_path_quotes_only_the_keys_that_need_it() {
        let mut path = String::from("$");
        for key in ["national-plan", "a b", "", "\u{202e}x"] {
            push_key(&mut path, key);
        }
        assert_eq!(path, "$.national-plan[\"a b\"][\"\"][\"<U+202E>x\"]");
    }
}
