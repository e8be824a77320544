//! What a card and a cell say, as entries: each part with the place where it stands, whatever the format of the file.

use std::borrow::Cow;

use super::members::{CELL, CellMember};

/// What a part says, as far as one look tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum PartValue<'t> {
    /// `null`: not said.
    #[default]
    Nothing,
    Bool(bool),
    Number(f64),
    Text(Cow<'t, str>),
    /// A text whose words are read when somebody looks.
    Words,
    List,
    Object,
    /// `NaN`: the value is missing.
    NotANumber,
    /// Something that the format of the file does not know.
    Malformed,
}

/// A part of an entry, and the bytes it stands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part<'t> {
    pub said: PartValue<'t>,
    pub at: usize,
    pub end: usize,
}

impl Part<'_> {
    pub(super) fn is_said(&self) -> bool {
        self.said != PartValue::Nothing
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let PartValue::Text(text) = &self.said { Some(text) } else { None }
    }

    pub(super) const fn is_text(&self) -> bool {
        matches!(self.said, PartValue::Text(_) | PartValue::Words)
    }

    /// What it is, with its article, for a message: `expected an object, found a number`.
    pub(super) const fn kind_name(&self) -> &'static str {
        match self.said {
            PartValue::Nothing => "null",
            PartValue::Bool(true) => "true",
            PartValue::Bool(false) => "false",
            PartValue::Number(_) => "a number",
            PartValue::Text(_) | PartValue::Words => "a string",
            PartValue::List => "an array",
            PartValue::Object => "an object",
            PartValue::NotANumber => "NaN",
            PartValue::Malformed => "something that is no JSON",
        }
    }
}

/// A source that a cell names, and whether it says which: a text, or an object with a title, an address and so on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CitedSource<'t> {
    pub part: Part<'t>,
    pub is_named: bool,
}

/// What a card says about one indicator. One value is filled again for each cell.
#[derive(Debug, Default)]
pub(super) struct StatedCell<'t> {
    /// The whole of it.
    pub span: Part<'t>,
    /// Members that were given; those not given keep in `parts` what an earlier cell said.
    given: u16,
    parts: [Part<'t>; CELL.len()],
    pub readings: Vec<Part<'t>>,
    pub marks: Vec<Part<'t>>,
    pub sources: Vec<CitedSource<'t>>,
    /// Whether a member that is an answer was given twice with different values.
    pub is_twice: bool,
    /// Keys that are no member, with the bytes of their quotes.
    pub unknown: Vec<(Cow<'t, str>, usize)>,
}

impl<'t> StatedCell<'t> {
    /// Forgets everything, so that the next cell can be stated.
    pub(super) fn clear(&mut self) {
        self.given = 0;
        self.is_twice = false;
        self.readings.clear();
        self.marks.clear();
        self.sources.clear();
        self.unknown.clear();
    }

    /// Whether the member was given already. If not, it is now: [`StatedCell::set`] alone gives nothing.
    pub(super) fn gives_again(&mut self, member: CellMember) -> bool {
        let bit = 1 << member as u16;
        let again = self.given & bit != 0;
        self.given |= bit;
        again
    }

    pub(super) fn set(&mut self, member: CellMember, part: Part<'t>) {
        self.parts[member as usize] = part;
    }

    /// What was given for a member, also if it is `null`.
    pub(super) fn given(&self, member: CellMember) -> Option<&Part<'t>> {
        (self.given & (1 << member as u16) != 0).then(|| &self.parts[member as usize])
    }

    /// What is said of a member: `null` is not.
    pub(super) fn said(&self, member: CellMember) -> Option<&Part<'t>> {
        self.given(member).filter(|part| part.is_said())
    }
}

/// What a card says beside its cells.
#[derive(Debug, Default)]
pub(super) struct CardHead<'t> {
    /// The byte of the card's first character.
    pub at: usize,
    parts: [Option<Part<'t>>; super::members::CARD.len()],
    /// A member without which there is no card, if it was given twice with different values.
    pub twice: Option<super::members::CardMember>,
    /// Keys that are no member, with the bytes of their quotes.
    pub unknown: Vec<(Cow<'t, str>, usize)>,
    /// The first few keys, to say what something is that is no card.
    pub keys: Vec<Cow<'t, str>>,
    pub key_count: usize,
    /// Values of `sources` that are no source, with their keys.
    pub not_sources: Vec<(Cow<'t, str>, Part<'t>)>,
    /// Items of `priority_actions` that are no text, with their positions.
    pub not_actions: Vec<(usize, Part<'t>)>,
}

impl<'t> CardHead<'t> {
    pub(super) fn new(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Takes what a member says. Of a member that is given twice the first stands; the format of the file tells the
    /// second.
    pub(super) fn set(&mut self, member: super::members::CardMember, part: Part<'t>) {
        self.parts[member as usize].get_or_insert(part);
    }

    /// What was given for a member, also if it is `null`.
    pub(super) fn given(&self, member: super::members::CardMember) -> Option<&Part<'t>> {
        self.parts[member as usize].as_ref()
    }

    pub(super) fn said(&self, member: super::members::CardMember) -> Option<&Part<'t>> {
        self.given(member).filter(|part| part.is_said())
    }

    pub(super) fn text(&self, member: super::members::CardMember) -> Option<&str> {
        self.said(member).and_then(Part::text)
    }
}
