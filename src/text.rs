//! Text: one type for text from outside, one for text that may be printed, and one place that counts widths.
//!
//! Raw text has no `Display`: the only way from [`Raw`] to a terminal, a log or an export is [`Safe`], so that an
//! escape sequence in a card becomes a few visible characters. Only JSON export keeps the raw value, escaped.
mod width;
mod safe;
mod fold;
mod ascii;
mod wrap;
mod formula;
mod meant;
mod counted;
mod toml_string;

use std::borrow::Cow;
use std::fmt;

pub use ascii::ascii;
pub use counted::counted;
pub use fold::fold;
pub use formula::{FORMULA_STARTS, guard_formulas, unguard_formulas};
pub use meant::{did_you_mean, nearest, no_such};
pub use safe::{forbidden, is_safe, safe_block, safe_line};
pub use toml_string::{toml_key, toml_string};
pub use width::{fit, is_printable_ascii, pad, pad_left, width};
pub use wrap::{wrap, wrap_to};

/// Text as it came from outside: a file, an argument, an error message. It cannot be displayed, only made [`Safe`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Raw<'a>(Cow<'a, str>);

impl<'a> Raw<'a> {
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self(text.into())
    }

    /// The text itself, only for matching, folding and JSON export.
    pub fn raw(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text on one line: see [`safe_line`].
    pub fn line(&self) -> Safe {
        safe_line(&self.0)
    }

    /// The text with its line breaks: see [`safe_block`].
    pub fn block(&self) -> Safe {
        safe_block(&self.0)
    }

    pub fn into_owned(self) -> Raw<'static> {
        Raw(Cow::Owned(self.0.into_owned()))
    }

    pub fn as_borrowed(&self) -> Raw<'_> {
        Raw(Cow::Borrowed(&self.0))
    }
}

impl Raw<'static> {
    pub const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a str> for Raw<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Raw<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

/// Shows the safe form, because a debug print may end on a terminal.
impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({:?})", self.line().as_str())
    }
}

/// Writes the raw value, so that nothing is lost; escaping is up to the format.
impl serde::Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Any text.
impl schemars::JsonSchema for Raw<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

/// Text that may be printed: no character in it can act on the terminal, change the reading direction or hide.
///
/// Only this module makes one. A visible form such as `^[` may also have been typed by an author; where that matters,
/// call [`is_safe`] with the raw text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Safe(Cow<'static, str>);

impl Safe {
    /// The program's own words, which are not checked.
    pub const fn fixed(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::ops::Deref for Safe {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Safe {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Safe {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl serde::Serialize for Safe {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The first `chars` characters of a text for an error message, safe and on one line, then `...` if the text is
/// longer.
pub fn excerpt(text: &str, chars: usize) -> Safe {
    match text.char_indices().nth(chars) {
        None => safe_line(text),
        Some((end, _)) => {
            let mut cut = safe_line(&text[..end]).into_string();
            cut.push_str("...");
            Safe(Cow::Owned(cut))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_text_shows_only_its_safe_form_when_debugged() {
        assert_eq!(format!("{:?}", Raw::from("a\u{1b}[2Jb")), "Raw(\"a^[[2Jb\")");
    }

    #[test]
    fn json_keeps_the_raw_value_escaped() {
        assert_eq!(serde_json::to_string(&Raw::from("a\u{1b}\n")).unwrap(), r#""a\u001b\n""#);
        assert_eq!(serde_json::to_string(&Raw::from("a\u{1b}").line()).unwrap(), r#""a^[""#);
    }

    #[test]
    fn raw_text_can_be_borrowed_owned_and_constant() {
        const WHO: Raw<'static> = Raw::from_static("WHO");
        let owned = Raw::new(String::from("WHO"));
        assert_eq!(WHO, owned);
        assert_eq!(owned.as_borrowed(), owned.clone().into_owned());
        assert!(Raw::default().is_empty() && !owned.is_empty());
        assert_eq!(owned.raw(), "WHO");
    }

    #[test]
    fn safe_text_pads_like_any_other_when_displayed() {
        assert_eq!(format!("[{:>5}]", Safe::fixed("gap")), "[  gap]");
        assert_eq!(Safe::fixed("gap").into_string(), "gap");
    }

    #[test]
    fn an_excerpt_is_cut_then_made_safe() {
        assert_eq!(excerpt("France", 6), "France");
        assert_eq!(excerpt("France", 4), "Fran...");
        assert_eq!(excerpt("a\u{1b}[31mred", 3), "a^[[...");
        assert_eq!(excerpt("a\nb", 9), "a^Jb");
        assert_eq!(excerpt(&"\u{301}".repeat(5000), 40), "\u{25cc}<+40 marks>...");
    }
}
