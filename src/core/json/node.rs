//! The located tree: a value, its kind, and the bytes it stands on.

use std::borrow::Cow;

/// A value and where it stands: `at` is its first byte, `end` the byte after its last.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    pub at: usize,
    pub end: usize,
    pub kind: NodeKind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind<'a> {
    Null,
    Bool(bool),
    /// As `serde_json` reads it; [`Node::source`] gives its digits.
    Number(f64),
    String(Cow<'a, str>),
    Array(Vec<Node<'a>>),
    /// In the order of the text; a key given twice stands twice.
    Object(Vec<NodeMember<'a>>),
    /// A value that is no JSON; [`Node::source`] gives what stands there. Lenient reading only.
    Malformed,
}

/// A key of an object and its value; `key_at` is the byte of the key's opening quote.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeMember<'a> {
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
            NodeKind::Null => "null",
            NodeKind::Bool(true) => "true",
            NodeKind::Bool(false) => "false",
            NodeKind::Number(_) => "a number",
            NodeKind::String(_) => "a string",
            NodeKind::Array(_) => "an array",
            NodeKind::Object(_) => "an object",
            NodeKind::Malformed => "something that is no JSON",
        }
    }

    pub fn is_null(&self) -> bool {
        self.kind == NodeKind::Null
    }

    pub fn boolean(&self) -> Option<bool> {
        if let NodeKind::Bool(value) = self.kind { Some(value) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        if let NodeKind::Number(value) = self.kind { Some(value) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let NodeKind::String(text) = &self.kind { Some(text) } else { None }
    }

    pub fn array(&self) -> Option<&[Node<'a>]> {
        if let NodeKind::Array(items) = &self.kind { Some(items) } else { None }
    }

    pub fn object(&self) -> Option<&[NodeMember<'a>]> {
        if let NodeKind::Object(members) = &self.kind { Some(members) } else { None }
    }

    /// The value without its places; what is no JSON is null, and so is a key that stands twice.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            NodeKind::Null | NodeKind::Malformed => serde_json::Value::Null,
            NodeKind::Bool(value) => (*value).into(),
            NodeKind::Number(value) => (*value).into(),
            NodeKind::String(text) => (&**text).into(),
            NodeKind::Array(items) => items.iter().map(Node::to_json).collect(),
            NodeKind::Object(members) => {
                let value = |member: &NodeMember<'_>| {
                    let stands_once = members.iter().filter(|other| other.key == member.key).count() == 1;
                    if stands_once { member.value.to_json() } else { serde_json::Value::Null }
                };
                members.iter().map(|member| (member.key.to_string(), value(member))).collect()
            }
        }
    }

    /// The value as written in `text`, which must be the text it was read from; empty for another.
    pub fn source<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.at..self.end).unwrap_or_default()
    }
}
