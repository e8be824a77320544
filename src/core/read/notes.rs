//! Collects faults while entries and trees are read, in the house's wording.

use super::{
    entry::{CardHead, Part, PartValue},
    members::CardMember as Member,
};
use crate::core::{
    json::{Fault, Node},
    severity::Severity,
};
use crate::text::excerpt;

/// Something that stands somewhere in a text.
pub(super) trait Placed {
    fn at(&self) -> usize;
    fn end(&self) -> usize;
    fn text(&self) -> Option<&str>;
    fn number(&self) -> Option<f64>;
}

impl Placed for Node<'_> {
    fn at(&self) -> usize {
        self.at
    }

    fn end(&self) -> usize {
        self.end
    }

    fn text(&self) -> Option<&str> {
        Node::text(self)
    }

    fn number(&self) -> Option<f64> {
        Node::number(self)
    }
}

impl Placed for Part<'_> {
    fn at(&self) -> usize {
        self.at
    }

    fn end(&self) -> usize {
        self.end
    }

    fn text(&self) -> Option<&str> {
        Part::text(self)
    }

    fn number(&self) -> Option<f64> {
        if let PartValue::Number(number) = self.said { Some(number) } else { None }
    }
}

/// Faults found while reading out of one text.
#[derive(Debug)]
pub(super) struct Notes<'t> {
    pub text: &'t str,
    pub faults: Vec<Fault>,
    /// Whether the text is a table, where a hint about JSON would not help.
    is_table: bool,
}

impl<'t> Notes<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, faults: vec![], is_table: false }
    }

    pub(super) fn of_table(text: &'t str) -> Self {
        Self { is_table: true, ..Self::new(text) }
    }

    /// A hint in the words of the format.
    pub(super) fn how_to(&self, in_json: &str, in_table: &str) -> String {
        if self.is_table { in_table } else { in_json }.to_owned()
    }

    /// The value as written, cut short.
    pub(super) fn excerpt(&self, placed: &impl Placed) -> String {
        match (placed.text(), placed.number()) {
            (Some(text), _) => format!("\"{}\"", excerpt(text, 60)),
            // In a table only the row has a place.
            (None, Some(number)) if placed.at() == placed.end() => number.to_string(),
            (None, _) => {
                let source = self.text.get(placed.at()..placed.end()).unwrap_or_default();
                // Line ends and indents of lists and objects say nothing.
                let near = source.char_indices().nth(400).map_or(source, |(end, _)| &source[..end]);
                let words: Vec<&str> = near.split_whitespace().collect();
                excerpt(&words.join(" "), 60).into_string()
            }
        }
    }

    /// "expected …, found …" at a value.
    pub(super) fn expected(
        &mut self,
        code: &'static str,
        placed: &impl Placed,
        path: impl Into<String>,
        expected: impl Into<String>,
    ) -> &mut Fault {
        let (expected, found) = (expected.into(), self.excerpt(placed));
        let message = format!("expected {expected}, found {found}");
        let fault = self.error(code, placed.at(), path, message);
        fault.expected = Some(expected);
        fault.found = Some(found);
        fault
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: usize,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.push(Fault::error(code, at, message), path.into())
    }

    pub(super) fn warning(
        &mut self,
        code: &'static str,
        at: usize,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.push(Fault::warning(code, at, message), path.into())
    }

    pub(super) fn hint(
        &mut self,
        code: &'static str,
        at: usize,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.push(Fault::new(Severity::Hint, code, at, message), path.into())
    }

    fn push(&mut self, mut fault: Fault, path: String) -> &mut Fault {
        fault.path = path;
        self.faults.push(fault);
        self.faults.last_mut().expect("a fault was just pushed")
    }
}

/// A member's path: `$.assessments.opsc`, or `$["odd key"]` where a dot would mislead.
pub(super) fn member(path: &str, key: &str) -> String {
    let simple = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if simple { format!("{path}.{key}") } else { format!("{path}[{}]", excerpt(&format!("{key:?}"), 60)) }
}

/// A path that is written out only when a fault is told.
#[derive(Clone, Copy, Debug)]
pub(super) enum PlacePath<'p> {
    /// A card: the only value of its text or line, or this item of a list.
    Card {
        list: &'static str,
        item: Option<usize>,
    },
    /// A row of a table, as a spreadsheet numbers it.
    Row {
        table: &'static str,
        number: usize,
    },
    Member(&'p PlacePath<'p>, &'p str),
    Item(&'p PlacePath<'p>, &'p str, usize),
}

impl<'p> PlacePath<'p> {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Card { list, item: Some(item) } => format!("{list}[{item}]"),
            Self::Card { list, item: None } => (*list).to_owned(),
            Self::Row { table, number } => format!("{table}[{number}]"),
            Self::Member(path, key) => member(&path.text(), key),
            Self::Item(path, key, at) => format!("{}[{at}]", member(&path.text(), key)),
        }
    }

    pub(super) const fn member_path(&'p self, key: &'p str) -> Self {
        Self::Member(self, key)
    }

    pub(super) const fn item_path(&'p self, key: &'p str, at: usize) -> Self {
        Self::Item(self, key, at)
    }

    pub(super) fn member(&self, key: &str) -> String {
        self.member_path(key).text()
    }
}

/// Tells that a card does not say what every card must, at its `null` if there is one.
pub(super) fn missing<'n>(
    head: &CardHead<'_>,
    member: Member,
    code: &'static str,
    path: &PlacePath<'_>,
    notes: &'n mut Notes<'_>,
) -> &'n mut Fault {
    let (at, path) = match head.given(member) {
        Some(part) => (part.at, path.member(member.key())),
        None => (head.at, path.text()),
    };
    notes.error(code, at, path, format!("this card has no \"{}\"; it is left out", member.key()))
}
