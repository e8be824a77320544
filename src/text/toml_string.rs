//! A text as a TOML string in one line, safe to show.

use std::fmt::Write as _;

use super::forbidden;

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
