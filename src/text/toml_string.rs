//! A text as a TOML string in one line, safe to show.

use std::fmt::Write as _;

use super::{excerpt, forbidden};

/// A TOML string in one line: its escapes are those of JSON, and nothing in it acts on a terminal or is invisible.
pub fn toml_string(text: &str) -> String {
    let escaped = serde_json::Value::from(text).to_string();
    let mut safe = String::with_capacity(escaped.len());
    for c in escaped.chars() {
        match u32::from(c) {
            _ if !forbidden(c) => safe.push(c),
            code @ ..=0xffff => _ = write!(safe, "\\u{code:04x}"),
            code => _ = write!(safe, "\\U{code:08x}"),
        }
    }
    safe
}

/// The same in a hint; one that is so long that nobody would type it is cut.
pub fn toml_key(text: &str) -> String {
    const LONGEST: usize = 200;
    let is_long = text.chars().nth(LONGEST).is_some();
    if is_long { toml_string(&excerpt(text, LONGEST)) } else { toml_string(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_whole_unless_it_is_endless_and_acts_on_nothing() {
        assert_eq!(toml_key("a \"b\"\u{1b}"), "\"a \\\"b\\\"\\u001b\"");
        let long =
            "an-indicator-of-a-table-with-a-title-as-long-as-those-of-the-united-nations-are".to_owned();
        assert_eq!(toml_key(&long), format!("\"{long}\""));
        assert!(toml_key(&"x".repeat(1 << 20)).len() < 300);
    }
}
