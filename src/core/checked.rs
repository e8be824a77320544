//! What reviewers have said of cells and cards, as far as reports about the data tell it.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::dataset::{CountryId, Dataset, EditionId};
use super::framework::IndicatorId;
use crate::text::Raw;

/// What a report does with cells that not as many have reviewed as are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unchecked {
    /// It says of each card how many there are.
    #[default]
    Say,
    /// It marks each of them too.
    Mark,
    /// It leaves them out, and says how many.
    LeaveOut,
}

/// The review of the cells and cards of a data set.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// How many people have to review a cell before it counts as checked; at least 1.
    pub eyes: u8,
    pub unchecked: Unchecked,
    /// How many people have reviewed a cell as it is now.
    pub cells: HashMap<(CountryId, EditionId, IndicatorId), u8>,
    pub cards: HashMap<(CountryId, EditionId), CheckedCard>,
}

/// The review of one card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedCard {
    /// Flags on the card and its cells that are not resolved.
    pub open_flags: u16,
    /// `approved by Ana, 2026-11-29`; empty if nobody has signed the card off.
    pub sign_off: Raw<'static>,
    /// Whether it stands approved as it is now.
    pub is_approved: bool,
}

/// How far the review of a card or a group of cards has come.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct CheckedJson {
    /// How many people have to review a cell before it counts as checked.
    eyes: u8,
    /// Cells that as many have reviewed as they are now.
    checked: usize,
    /// All cells.
    of: usize,
    open_flags: usize,
    /// How many cards stand approved as they are now.
    approved: usize,
    /// Of one card: how it was signed off, by whom and when; empty if it was not.
    sign_off: Raw<'static>,
}

impl Checked {
    /// How many people have reviewed a cell as it is now.
    pub fn by(&self, cell: (CountryId, EditionId, IndicatorId)) -> u8 {
        self.cells.get(&cell).copied().unwrap_or_default()
    }

    pub fn is_checked(&self, cell: (CountryId, EditionId, IndicatorId)) -> bool {
        self.by(cell) >= self.eyes.max(1)
    }

    /// Whether a report has the cell.
    pub fn keeps(&self, cell: (CountryId, EditionId, IndicatorId)) -> bool {
        self.unchecked != Unchecked::LeaveOut || self.is_checked(cell)
    }

    pub fn is_approved(&self, country: CountryId, edition: EditionId) -> bool {
        self.cards.get(&(country, edition)).is_some_and(|card| card.is_approved)
    }

    /// The review of these cards of an edition.
    pub fn of(&self, data: &Dataset, countries: &[CountryId], edition: EditionId) -> CheckedJson {
        let cards: Vec<CountryId> =
            countries.iter().copied().filter(|id| data.card(*id, edition).is_some()).collect();
        let cells = cards.iter().flat_map(|id| data.framework.indicator_ids().map(|one| (*id, edition, one)));
        let said = |id: &CountryId| self.cards.get(&(*id, edition)).cloned().unwrap_or_default();
        CheckedJson {
            eyes: self.eyes.max(1),
            checked: cells.filter(|cell| self.is_checked(*cell)).count(),
            of: cards.len() * data.framework.indicators.len(),
            open_flags: cards.iter().map(|id| usize::from(said(id).open_flags)).sum(),
            approved: cards.iter().filter(|id| self.is_approved(**id, edition)).count(),
            sign_off: if let [one] = &cards[..] { said(one).sign_off } else { Raw::default() },
        }
    }

    /// `checked by two`, `reviewed`.
    pub const fn does(&self) -> &'static str {
        match self.eyes {
            0 | 1 => "reviewed",
            2 => "checked by two",
            3 => "checked by three",
            _ => "checked by as many as are asked for",
        }
    }

    /// `18 of 22 cells checked by two; 1 flag open; approved by Ana, 2026-11-29`.
    pub fn words(&self, data: &Dataset, country: CountryId, edition: EditionId) -> String {
        let of = self.of(data, &[country], edition);
        let sign_off = if of.sign_off.is_empty() { "not signed off" } else { of.sign_off.raw() };
        format!("{}; {sign_off}", self.counts(&of))
    }

    /// `400 of 528 cells checked by two; 3 flags open; 5 of 24 cards approved`.
    pub fn words_of_all(&self, data: &Dataset, countries: &[CountryId], edition: EditionId) -> String {
        let of = self.of(data, countries, edition);
        let cards = countries.iter().filter(|id| data.card(**id, edition).is_some()).count();
        format!("{}; {} of {cards} cards approved", self.counts(&of), of.approved)
    }

    fn counts(&self, of: &CheckedJson) -> String {
        let flags = match of.open_flags {
            0 => "no flag open".to_owned(),
            1 => "1 flag open".to_owned(),
            many => format!("{many} flags open"),
        };
        format!("{} of {} cells {}; {flags}", of.checked, of.of, self.does())
    }
}
