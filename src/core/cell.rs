//! One country × one indicator × one edition: a value, or a gap that says why there is none.

use bitflags::bitflags;
use strum::IntoEnumIterator as _;

use super::{date::Date, interval::Interval};

/// Why there is no value. A gap is never a "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum Gap {
    /// The country has no card in this edition.
    NoCard,
    /// The card does not mention the indicator.
    Absent,
    /// Mentioned, but null or blank.
    Empty,
    /// Not looked at yet.
    NotAssessed,
    /// Looked for, but nothing was found or published.
    NoData,
    /// The question cannot apply here. Such a cell is in no denominator.
    NotApplicable,
    /// A value exists but may not be released.
    Withheld,
    /// The card has something that the scale does not know.
    Unreadable,
}

impl Gap {
    /// The kebab-case id that files and reports use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoCard => "no-card",
            Self::Absent => "absent",
            Self::Empty => "empty",
            Self::NotAssessed => "not-assessed",
            Self::NoData => "no-data",
            Self::NotApplicable => "not-applicable",
            Self::Withheld => "withheld",
            Self::Unreadable => "unreadable",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::NoCard => "no card",
            Self::Absent => "absent",
            Self::Empty => "empty",
            Self::NotAssessed => "not assessed",
            Self::NoData => "no data",
            Self::NotApplicable => "not applicable",
            Self::Withheld => "withheld",
            Self::Unreadable => "unreadable",
        }
    }

    /// One sentence for help and legends.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NoCard => "the country has no card in this edition",
            Self::Absent => "the card does not mention the indicator",
            Self::Empty => "the card mentions it, but leaves it null or blank",
            Self::NotAssessed => "nobody has looked yet",
            Self::NoData => "somebody looked; nothing was found or published",
            Self::NotApplicable => "the question cannot apply; it counts in no total",
            Self::Withheld => "it exists and may not be released",
            Self::Unreadable => {
                "the scale does not know what is written, or two rows contradict each other; shown as printed"
            }
        }
    }

    /// One ASCII letter, distinct for each reason, legible without colour.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::NoCard => "_",
            Self::Absent => "-",
            Self::Empty => ".",
            Self::NotAssessed => "~",
            Self::NoData => "?",
            Self::NotApplicable => "/",
            Self::Withheld => "#",
            Self::Unreadable => "&",
        }
    }

    /// SDMX `OBS_STATUS` (code list 2.2), where it has a code for the reason.
    pub const fn obs_status(self) -> Option<&'static str> {
        match self {
            Self::Absent | Self::Empty | Self::NoData => Some("O"),
            Self::NotAssessed => Some("L"),
            Self::NotApplicable => Some("M"),
            Self::Withheld => Some("Q"),
            Self::NoCard | Self::Unreadable => None,
        }
    }

    /// Whether a card may state this reason. The other reasons follow from what a card leaves out.
    pub const fn can_be_written(self) -> bool {
        matches!(self, Self::NotAssessed | Self::NoData | Self::NotApplicable | Self::Withheld)
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|gap| gap.id() == id)
    }
}

bitflags! {
    /// Warnings about a *given* cell that a reader must know before relying on it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Marks: u16 {
        /// No source is named.
        const UNSOURCED = 1;
        /// The date of the cell is further before the edition than the framework's limit.
        const OUTDATED = 2;
        /// Sources disagree; all values are kept.
        const DISPUTED = 4;
        const LOW_RELIABILITY = 8;
        /// Repeated from an earlier edition.
        const CARRIED_OVER = 16;
        const PROVISIONAL = 32;
        /// Worked out from what is known, by the source.
        const ESTIMATED = 64;
        /// The method or the scale changed here: not comparable with what was before.
        const BREAK = 128;
        /// The question is meant in another way here.
        const DEFINITION_DIFFERS = 256;
        /// Filled in by the source where it had no answer.
        const IMPUTED = 512;
        /// Said of a time to come.
        const FORECAST = 1024;
        /// The number looks like a sign of a missing value.
        const LOOKS_MISSING = 2048;
    }
}

/// What is said of a mark.
#[derive(Clone, Copy, Debug)]
pub struct MarkWords {
    pub mark: Marks,
    /// As files and reports write it.
    pub id: &'static str,
    pub title: &'static str,
    /// One letter beside a value.
    pub letter: &'static str,
    /// One sentence for help and legends.
    pub meaning: &'static str,
    /// SDMX `OBS_STATUS` (code list 2.2), where it has a code.
    pub obs_status: Option<&'static str>,
}

const fn words(
    (mark, id, title): (Marks, &'static str, &'static str),
    letter: &'static str,
    obs_status: Option<&'static str>,
    meaning: &'static str,
) -> MarkWords {
    MarkWords { mark, id, title, letter, meaning, obs_status }
}

/// Each mark once.
pub static MARKS: [MarkWords; 12] = [
    words((Marks::UNSOURCED, "unsourced", "unsourced"), "u", None, "the value names no source"),
    words(
        (Marks::OUTDATED, "outdated", "outdated"),
        "o",
        None,
        "the value is older than the framework allows for this edition",
    ),
    words(
        (Marks::DISPUTED, "disputed", "disputed"),
        "d",
        None,
        "sources disagree; all their values are kept",
    ),
    words(
        (Marks::LOW_RELIABILITY, "low-reliability", "low reliability"),
        "l",
        Some("U"),
        "the source itself is not sure",
    ),
    words(
        (Marks::CARRIED_OVER, "carried-over", "carried over"),
        "c",
        None,
        "repeated from an earlier edition",
    ),
    words((Marks::PROVISIONAL, "provisional", "provisional"), "p", Some("P"), "may still change"),
    words(
        (Marks::ESTIMATED, "estimated", "estimated"),
        "e",
        Some("E"),
        "the source worked it out from what it knows; it was not observed",
    ),
    words(
        (Marks::BREAK, "break", "break in series"),
        "b",
        Some("B"),
        "the method or the scale changed here: not comparable with earlier editions",
    ),
    words(
        (Marks::DEFINITION_DIFFERS, "definition-differs", "definition differs"),
        "n",
        Some("D"),
        "the question is meant in another way here than elsewhere",
    ),
    words(
        (Marks::IMPUTED, "imputed", "imputed by the source"),
        "i",
        Some("I"),
        "the source had no answer and filled it in",
    ),
    words(
        (Marks::LOOKS_MISSING, "looks-missing", "looks missing"),
        "k",
        None,
        "the number looks like a sign of a missing value; it counts as a value until the framework says otherwise",
    ),
    words((Marks::FORECAST, "forecast", "forecast"), "f", Some("F"), "said of a time still to come"),
];

impl Marks {
    pub fn from_id(id: &str) -> Option<Self> {
        MARKS.iter().find(|known| known.id == id).map(|known| known.mark)
    }

    /// What is said of each of these marks.
    pub fn words(self) -> impl Iterator<Item = &'static MarkWords> {
        MARKS.iter().filter(move |known| self.contains(known.mark))
    }

    pub fn ids(self) -> impl Iterator<Item = &'static str> {
        self.words().map(|known| known.id)
    }

    pub fn titles(self) -> impl Iterator<Item = &'static str> {
        self.words().map(|known| known.title)
    }

    pub fn letters(self) -> impl Iterator<Item = &'static str> {
        self.words().map(|known| known.letter)
    }

    /// SDMX `OBS_STATUS` of a given cell: that of its first mark that has one, else `A`, a normal value.
    pub fn obs_status(self) -> &'static str {
        self.words().find_map(|known| known.obs_status).unwrap_or("A")
    }
}

/// The act by which a state became bound (Vienna Convention on the Law of Treaties, art. 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum TreatyAct {
    Ratification,
    Accession,
    Succession,
    Acceptance,
    Approval,
}

impl TreatyAct {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ratification => "ratification",
            Self::Accession => "accession",
            Self::Succession => "succession",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|act| act.id() == id)
    }
}

/// The dates of a treaty for one country. Its level on the treaty scale is computed from them, never written in a
/// card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Treaty {
    pub signed: Option<Date>,
    pub bound: Option<Date>,
    pub act: Option<TreatyAct>,
}

impl Treaty {
    /// The level at the end of `as_of`: 0 not signed, 1 signed only, 2 bound.
    pub fn level(&self, as_of: Date) -> u8 {
        let day = as_of.last_day();
        let by_then = |date: Option<Date>| date.is_some_and(|date| date.first_day() <= day);
        match (by_then(self.bound), by_then(self.signed)) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        }
    }
}

/// A value on its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Index into the scale's levels, worst first; also for treaties and yes/no.
    Level(u8),
    Number(f64),
    /// A number of which only bounds are known.
    Interval(Interval),
    Date(Date),
    /// A text, never ranked. Its words are in the cell's detail.
    Text,
}

/// The state and the marks of a cell, small enough to copy. Words, notes and sources are in its detail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub state: Result<Value, Gap>,
    pub marks: Marks,
}

impl Cell {
    pub const fn gap(gap: Gap) -> Self {
        Self { state: Err(gap), marks: Marks::empty() }
    }

    pub const fn given(value: Value) -> Self {
        Self { state: Ok(value), marks: Marks::empty() }
    }

    pub const fn is_given(&self) -> bool {
        self.state.is_ok()
    }

    pub fn is_not_applicable(&self) -> bool {
        self.state == Err(Gap::NotApplicable)
    }

    /// Whether the cell is a gap that counts as missing: any but "not applicable".
    pub fn is_missing(&self) -> bool {
        !self.is_given() && !self.is_not_applicable()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_gap_has_its_own_id_and_glyph() {
        let ids: HashSet<_> = Gap::iter().map(Gap::id).collect();
        let glyphs: HashSet<_> = Gap::iter().map(Gap::glyph).collect();
        assert_eq!((ids.len(), glyphs.len()), (Gap::iter().count(), Gap::iter().count()));
        assert!(Gap::iter().all(|gap| Gap::from_id(gap.id()) == Some(gap) && gap.glyph().is_ascii()));
    }

    #[test]
    fn an_older_edition_shows_the_older_status() {
        let opsc = Treaty { signed: Date::parse("2000-09-08"), bound: Date::parse("2011-08-31"), act: None };
        let at = |date: &str| opsc.level(Date::parse(date).unwrap());
        assert_eq!((at("1999"), at("2010-07-01"), at("2012-07-01"), at("2011-08-31")), (0, 1, 2, 2));
    }
}
