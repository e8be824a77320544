//! Records: one act of a reviewer each, with author, time and the records it replaces.

use std::cmp::Ordering;

use strum::IntoEnumIterator as _;

use super::target::Target;
use crate::{
    core::{cell::Gap, date::Date, framework::ReviewRules},
    text::Raw,
};

/// A record's unique id: segment, letters of one opening of it, and number: `ana-7f3k2m9x.0_k3f9z-17`. Within one
/// opening the ids are in the order of writing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Id(Box<str>);

impl Id {
    pub fn new(segment: &str, number: u64) -> Self {
        Self(format!("{segment}-{number}").into())
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    /// The segment's name with the letters of its opening, and the number; `None` for an id of another shape.
    pub fn parts(&self) -> Option<(&str, u64)> {
        let (segment, number) = self.0.rsplit_once('-')?;
        Some((segment, number.parse().ok()?))
    }

    /// The name of the writer, whichever of its segments the record is in.
    pub fn writer(&self) -> &str {
        let segment = self.parts().map_or(&*self.0, |(segment, _)| segment);
        segment.rsplit_once('.').map_or(segment, |(writer, _)| writer)
    }
}

/// By segment, then by number: -10 comes after -9.
impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// The kind of a flag: what a reviewer finds wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum FlagKind {
    MissingData,
    CheckSource,
    Outdated,
    Disagree,
    Question,
}

impl FlagKind {
    /// The kind's name in files, options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MissingData => "missing-data",
            Self::CheckSource => "check-source",
            Self::Outdated => "outdated",
            Self::Disagree => "disagree",
            Self::Question => "question",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::MissingData => "missing data",
            Self::CheckSource => "check source",
            Self::Outdated => "outdated",
            Self::Disagree => "disagree",
            Self::Question => "question",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|kind| kind.id() == id)
    }
}

/// How far the review of a card has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum SignOffStage {
    /// Nothing is said of the card as a whole.
    #[default]
    Open,
    /// A reviewer has gone through it.
    Checked,
    /// There is more to do, for a reason.
    SentBack,
    /// It can be published.
    Approved,
}

impl SignOffStage {
    /// The stage's name in files, options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Checked => "checked",
            Self::SentBack => "sent-back",
            Self::Approved => "approved",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::SentBack => "sent back",
            _ => self.id(),
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|stage| stage.id() == id)
    }
}

/// What a reviewer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens a flag, whose id is that of the record.
    Flag { on: Target, kind: FlagKind, note: Raw<'static> },
    /// Resolves a flag.
    Resolve { flag: Id, note: Raw<'static> },
    /// Reopens a resolved flag.
    Reopen { flag: Id },
    /// Writes a note in place of the author's own notes that the record replaces; an empty text only removes those. `to`
    /// names the notes of others that it answers.
    Note { on: Target, text: Raw<'static>, to: Vec<Id> },
    /// Marks a cell as reviewed. `seen` is the fingerprint of the cell at that time.
    Review { on: Target, seen: u64 },
    /// Assigns a gap to a cell; `None` takes an assignment back. `seen` is the fingerprint of the cell.
    Assign { on: Target, gap: Option<Gap>, seen: u64 },
    /// Says how far the review of a card has come. `seen` is the fingerprint of the card.
    SignOff { on: Target, stage: SignOffStage, note: Raw<'static>, seen: u64 },
    /// Gives a card to somebody to review; `None` takes it back.
    Give { on: Target, to: Option<Raw<'static>> },
    /// Asks somebody to deal with a flag, by a day if one is named.
    Address { flag: Id, to: Option<Raw<'static>>, due: Option<Date> },
    /// Undoes records, as if they had not been written. Undoing the undo brings them back.
    Undo { of: Vec<Id> },
}

impl Act {
    /// The target, if the act names one itself.
    pub const fn target(&self) -> Option<&Target> {
        match self {
            Self::Flag { on, .. }
            | Self::Note { on, .. }
            | Self::Review { on, .. }
            | Self::Assign { on, .. }
            | Self::SignOff { on, .. }
            | Self::Give { on, .. } => Some(on),
            Self::Resolve { .. } | Self::Reopen { .. } | Self::Address { .. } | Self::Undo { .. } => None,
        }
    }

    /// What is said in free words.
    pub const fn text(&self) -> Option<&Raw<'static>> {
        match self {
            Self::Flag { note: text, .. }
            | Self::Resolve { note: text, .. }
            | Self::Note { text, .. }
            | Self::SignOff { note: text, .. } => Some(text),
            Self::Give { to, .. } | Self::Address { to, .. } => to.as_ref(),
            Self::Reopen { .. } | Self::Review { .. } | Self::Assign { .. } | Self::Undo { .. } => None,
        }
    }

    /// The flag that the act is about, if it is about one.
    pub const fn flag(&self) -> Option<&Id> {
        match self {
            Self::Resolve { flag, .. } | Self::Reopen { flag } | Self::Address { flag, .. } => Some(flag),
            _ => None,
        }
    }

    /// The act in the past tense, for a history.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Flag { .. } => "flagged",
            Self::Resolve { .. } => "resolved",
            Self::Reopen { .. } => "reopened",
            Self::Note { to, .. } if !to.is_empty() => "answered",
            Self::Note { .. } => "noted",
            Self::Review { .. } => "reviewed",
            Self::Assign { .. } => "assigned",
            Self::SignOff { .. } => "signed off",
            Self::Give { .. } => "gave",
            Self::Address { .. } => "addressed",
            Self::Undo { .. } => "undid",
        }
    }
}

/// Who writes here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewer {
    /// The name of the writer, which is that of its files.
    pub writer: Box<str>,
    pub author: Raw<'static>,
    /// What their configuration asks of every review.
    pub asks: ReviewRules,
    /// Whether nobody has said the name: it is what the machine calls them.
    pub is_guessed: bool,
}

impl Reviewer {
    /// Whether somebody's words are this reviewer's own, here or on another machine.
    pub fn wrote(&self, id: &Id, author: &Raw<'_>) -> bool {
        id.writer() == &*self.writer || author.raw() == self.author.raw()
    }
}

/// An act to be kept. It becomes a [`Record`] once it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub act: Act,
    /// The records that this one replaces: those that the screen showed in its place.
    pub over: Vec<Id>,
}

/// A kept act: one line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: Id,
    /// One more than the highest number the writer had read. Records kept in one append share a number.
    pub lamport: u64,
    /// RFC 3339 with the writer's offset, for display only.
    pub time: Box<str>,
    pub author: Raw<'static>,
    pub act: Act,
    pub over: Vec<Id>,
}

impl Record {
    /// Whether both are of one author, or of one writer.
    pub fn is_by_author_of(&self, other: &Self) -> bool {
        self.author == other.author || self.id.writer() == other.id.writer()
    }
}

impl Draft {
    pub const fn new(act: Act) -> Self {
        Self { act, over: vec![] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenth_record_of_a_file_comes_after_the_ninth() {
        let mut ids = ["b.0-1", "a.0-10", "a.0-9", "a.0-09", "odd"].map(Id::from);
        ids.sort();
        assert_eq!(ids.each_ref().map(Id::text), ["odd", "a.0-09", "a.0-9", "a.0-10", "b.0-1"]);
    }
}
