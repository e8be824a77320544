//! The located tree: a value, its kind, and the bytes it stands on.

use std::borrow::Cow;

/// A value and where it stands: `at` is its first byte, `end` the byte after its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    pub at: usize,
    pub end: usize,
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'a> {
    Null,
    Bool(bool),
    /// As `serde_json` reads it; [`Node::source`] gives its digits.
    Number(f64),
    String(Cow<'a, str>),
    Array(Vec<Node<'a>>),
    /// In the order of the text; a key given twice stands twice.
    Object(Vec<Member<'a>>),
}

/// A key of an object and its value; `key_at` is the byte of the key's opening quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    pub key: Cow<'a, str>,
    pub key_at: usize,
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The value of the first member with this key.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.object()?.iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// What it is, with its article, for a message: `expected a number, found an object`.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(true) => "true",
            Kind::Bool(false) => "false",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }

    pub fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }

    pub fn boolean(&self) -> Option<bool> {
        if let Kind::Bool(value) = self.kind { Some(value) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        if let Kind::Number(value) = self.kind { Some(value) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Kind::String(text) = &self.kind { Some(text) } else { None }
    }

    pub fn array(&self) -> Option<&[Node<'a>]> {
        if let Kind::Array(items) = &self.kind { Some(items) } else { None }
    }

    pub fn object(&self) -> Option<&[Member<'a>]> {
        if let Kind::Object(members) = &self.kind { Some(members) } else { None }
    }

    /// The value as written in `text`, which must be the text it was read from; empty for another.
    pub fn source<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.at..self.end).unwrap_or_default()
    }
}
