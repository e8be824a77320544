//! JSON values that keep the order of their keys.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A JSON value; an object keeps its keys in order, also those that come twice.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Json {
    Null,
    Bool(bool),
    /// A number in the fewest digits that keep it.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a text, which may begin with a byte order mark.
    pub(in super::super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        if !text.trim_start().starts_with(['{', '[']) {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    pub(in super::super) fn object(&self) -> Option<&[(String, Json)]> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    pub(in super::super) fn list(&self) -> Option<&[Json]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    pub(in super::super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The first value under a key of an object.
    pub(in super::super) fn get(&self, key: &str) -> Option<&Json> {
        member(self.object()?, key)
    }

    /// The item of a list, or the value at a place of an object.
    pub(in super::super) fn at(&self, index: usize) -> Option<&Json> {
        self.list()?.get(index)
    }

    /// Text or number under a key, unless it is blank.
    pub(in super::super) fn said(&self, key: &str) -> Option<String> {
        let text = match self.get(key)? {
            Self::Text(text) | Self::Number(text) => text.trim(),
            _ => return None,
        };
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A whole number from nought.
    pub(in super::super) fn count(&self) -> Option<usize> {
        if let Self::Number(number) = self { number.parse().ok() } else { None }
    }

    pub(super) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    /// What a field of a table holds: lists joined, objects as they are.
    pub(in super::super) fn cell(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Number(text) | Self::Text(text) => Cow::Borrowed(text),
            Self::List(list) => {
                let items: Vec<_> = list
                    .iter()
                    .map(|item| if item.is_scalar() { item.cell() } else { Cow::Owned(item.compact()) })
                    .collect();
                Cow::Owned(items.join("; "))
            }
            Self::Object(_) => Cow::Owned(self.compact()),
        }
    }

    /// JSON without blanks.
    fn compact(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(_) | Self::Number(_) => self.cell().into_owned(),
            Self::Text(text) => quoted(text),
            Self::List(list) => {
                let items: Vec<_> = list.iter().map(Self::compact).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(object) => {
                let items: Vec<_> = object
                    .iter()
                    .map(|(key, inner)| format!("{}:{}", quoted(key), inner.compact()))
                    .collect();
                format!("{{{}}}", items.join(","))
            }
        }
    }
}

/// The first value under a key.
pub(super) fn member<'a>(object: &'a [(String, Json)], key: &str) -> Option<&'a Json> {
    object.iter().find(|(name, _)| name == key).map(|(_, inner)| inner)
}

/// The step of a JSON path to a key: `.name`, or `["a name"]`.
pub(super) fn child(key: &str) -> String {
    let starts_well = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts_well && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        format!(".{key}")
    } else {
        format!("[{}]", quoted(key))
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control < ' ' => {
                let written = write!(quoted, "\\u{:04x}", u32::from(control));
                debug_assert!(written.is_ok(), "a string takes everything");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Digits as people write them; with an exponent only where there would be many noughts.
fn printed(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-7..1e21).contains(&size) { format!("{number}") } else { format!("{number:e}") }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(printed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, child};

    #[test]
    fn order_and_digits_are_kept() {
        let text =
            r#"{"z":1.50,"a":[1,-2,1e300,18446744073709551615,0.1,1.0,-0.00000001,0.0],"z":{"q":null}}"#;
        let json = Json::parse(text).expect("JSON");
        assert_eq!(
            json.compact(),
            r#"{"z":1.5,"a":[1,-2,1e300,18446744073709551615,0.1,1,-1e-8,0],"z":{"q":null}}"#
        );
        assert_eq!(json.get("z").map(|first| first.cell().into_owned()).as_deref(), Some("1.5"));
    }

    #[test]
    fn cells_join_lists_and_keep_objects() {
        let json = Json::parse(r#"[true,null,"a\"b",{"k":["x\u0001\n"]}]"#).expect("JSON");
        assert_eq!(json.cell(), "true; ; a\"b; {\"k\":[\"x\\u0001\\n\"]}");
    }

    #[test]
    fn steps_of_a_path() {
        assert_eq!(child("ref_area"), ".ref_area");
        assert_eq!(child("1990"), "[\"1990\"]");
        assert_eq!(child("a\"b.c"), "[\"a\\\"b.c\"]");
    }
}
