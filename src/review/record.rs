//! One thing a reviewer said, with who, when, and what it replaces.

use std::cmp::Ordering;

use strum::IntoEnumIterator as _;

use super::target::Target;
use crate::{core::cell::Gap, text::Raw};

/// Who wrote it and which of theirs it is: `ana-7f3k2m9x.0_k3f9z-17`. Unique; its order within one writer is that of writing.
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

    /// The file it was written to, without its ending and with a mark of that opening, and its number there; nothing for
    /// an id of another shape.
    pub fn parts(&self) -> Option<(&str, u64)> {
        let (segment, number) = self.0.rsplit_once('-')?;
        Some((segment, number.parse().ok()?))
    }

    /// Who wrote it, whichever of their files it is in.
    pub fn writer(&self) -> &str {
        let segment = self.parts().map_or(&*self.0, |(segment, _)| segment);
        segment.rsplit_once('.').map_or(segment, |(writer, _)| writer)
    }
}

/// By file, then by number: -10 comes after -9.
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

/// What is wrong with a cell, in the words of a reviewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum FlagKind {
    MissingData,
    CheckSource,
    Outdated,
    Disagree,
    Question,
}

impl FlagKind {
    /// As files, options and reports write it.
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

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens a flag, which is known by this record's id.
    Flag { on: Target, kind: FlagKind, note: Raw<'static> },
    /// Says that a flag is dealt with.
    Resolve { flag: Id, note: Raw<'static> },
    /// Says that a flag is not dealt with after all.
    Reopen { flag: Id },
    /// Writes a note, or anew the notes that the record replaces.
    Note { on: Target, text: Raw<'static> },
    /// Says that somebody has looked at a cell as it then was.
    Review { on: Target, seen: u64 },
    /// Says what a gap of a cell really is; nothing takes that back.
    Assign { on: Target, gap: Option<Gap>, seen: u64 },
    /// Makes records as if they had not been written; undoing an undo brings them back.
    Undo { of: Vec<Id> },
}

impl Act {
    /// What it speaks of, where it says that itself.
    pub const fn target(&self) -> Option<&Target> {
        match self {
            Self::Flag { on, .. }
            | Self::Note { on, .. }
            | Self::Review { on, .. }
            | Self::Assign { on, .. } => Some(on),
            Self::Resolve { .. } | Self::Reopen { .. } | Self::Undo { .. } => None,
        }
    }

    /// In the past tense, for a history.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Flag { .. } => "flagged",
            Self::Resolve { .. } => "resolved",
            Self::Reopen { .. } => "reopened",
            Self::Note { .. } => "noted",
            Self::Review { .. } => "reviewed",
            Self::Assign { .. } => "assigned",
            Self::Undo { .. } => "undid",
        }
    }
}

/// What somebody wants kept; it becomes a [`Record`] once it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub act: Act,
    /// What the screen showed in its place: the records that this one replaces.
    pub over: Vec<Id>,
}

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: Id,
    /// One more than the highest its writer had seen. Records written together share one.
    pub lamport: u64,
    /// RFC 3339 with the writer's offset, for display only.
    pub time: Box<str>,
    pub author: Raw<'static>,
    pub act: Act,
    pub over: Vec<Id>,
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
