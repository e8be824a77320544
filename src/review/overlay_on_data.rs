//! A book laid over the cards it is about: what every pane asks about a cell, worked out once a change.

use std::collections::HashMap;

use super::{
    book::{Book, FlagState},
    fingerprint::fingerprint,
    target::{Target, TargetIds},
};
use crate::core::{
    cell::Gap,
    coverage::AssignedGaps,
    dataset::{CountryId, Dataset, EditionId},
    framework::IndicatorId,
};

/// What reviewers say about one cell, small enough to copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellReview {
    /// Flags on the cell itself that are not resolved.
    pub open: u16,
    pub resolved: u16,
    pub notes: u16,
    pub state: ReviewState,
    /// What the gap is said to be, when all who say so agree.
    pub assigned: Option<Gap>,
    /// Assignments that differ, or a flag that was resolved and reopened at once.
    pub has_conflict: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewState {
    #[default]
    NotReviewed,
    Reviewed,
    /// What the card says is not what was reviewed.
    Changed,
}

/// How many cells of an edition were reviewed and have not changed since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewProgress {
    pub reviewed: usize,
    pub changed: usize,
    pub of: usize,
}

type Key = (CountryId, EditionId, IndicatorId);

/// A book over its cards.
#[derive(Clone, Debug, Default)]
pub struct Review {
    pub book: Book,
    cells: HashMap<Key, CellReview>,
    /// Open flags of a card and of all its cells.
    cards: HashMap<(CountryId, EditionId), u16>,
    /// Open flags on whole cards, and on whole indicators.
    rows: HashMap<(CountryId, EditionId), u16>,
    columns: HashMap<(IndicatorId, EditionId), u16>,
}

impl Review {
    pub fn over(book: Book, data: &Dataset) -> Self {
        let mut review = Self { book, ..Self::default() };
        review.lay_flags(data);
        for (on, _) in review.book.notes() {
            if let Some(TargetIds::Cell(c, e, i)) = on.find(data) {
                review.cells.entry((c, e, i)).or_default().notes += 1;
            }
        }
        for (on, reviewed) in review.book.reviews() {
            if let Some(TargetIds::Cell(c, e, i)) = on.find(data) {
                let seen = fingerprint(data, c, e, i);
                let is_same = reviewed.iter().any(|one| one.seen == seen);
                review.cells.entry((c, e, i)).or_default().state =
                    if is_same { ReviewState::Reviewed } else { ReviewState::Changed };
            }
        }
        for (on, assigned) in review.book.assignments() {
            let Some(TargetIds::Cell(c, e, i)) = on.find(data) else { continue };
            // What the card now says comes before what was said about its silence.
            let is_open = matches!(data.cell(c, e, i).state, Err(Gap::Absent | Gap::Empty));
            let mut gaps: Vec<Option<Gap>> = assigned.iter().map(|one| one.gap).collect();
            gaps.sort_unstable();
            gaps.dedup();
            let cell = review.cells.entry((c, e, i)).or_default();
            cell.has_conflict |= gaps.len() > 1;
            cell.assigned = if let ([Some(gap)], true) = (&*gaps, is_open) { Some(*gap) } else { None };
        }
        review
    }

    fn lay_flags(&mut self, data: &Dataset) {
        for flag in self.book.flags() {
            let is_open = !matches!(flag.state, FlagState::Resolved { .. });
            let Some(place) = flag.on.find(data) else { continue };
            let open = u16::from(is_open);
            match place {
                TargetIds::Cell(c, e, i) => {
                    let cell = self.cells.entry((c, e, i)).or_default();
                    cell.open += open;
                    cell.resolved += 1 - open;
                    cell.has_conflict |= matches!(flag.state, FlagState::Disputed { .. });
                    *self.cards.entry((c, e)).or_default() += open;
                }
                TargetIds::Country(c, e) => {
                    *self.rows.entry((c, e)).or_default() += open;
                    *self.cards.entry((c, e)).or_default() += open;
                }
                TargetIds::Indicator(i, e) => *self.columns.entry((i, e)).or_default() += open,
            }
        }
    }

    pub fn cell(&self, country: CountryId, edition: EditionId, indicator: IndicatorId) -> CellReview {
        self.cells.get(&(country, edition, indicator)).copied().unwrap_or_default()
    }

    /// What the silent cells are said to be, where all who say so agree.
    pub fn assigned(&self) -> AssignedGaps {
        self.cells().filter_map(|(place, cell)| Some((place, cell.assigned?))).collect()
    }

    /// Every cell that somebody said something about, in no order.
    pub fn cells(&self) -> impl Iterator<Item = (Key, CellReview)> {
        self.cells.iter().map(|(key, cell)| (*key, *cell))
    }

    /// Open flags of a country in an edition: on the card and on its cells.
    pub fn flags_of_card(&self, country: CountryId, edition: EditionId) -> u16 {
        self.cards.get(&(country, edition)).copied().unwrap_or_default()
    }

    /// Open flags on the card as a whole.
    pub fn flags_of_row(&self, country: CountryId, edition: EditionId) -> u16 {
        self.rows.get(&(country, edition)).copied().unwrap_or_default()
    }

    /// Open flags on the indicator as a whole.
    pub fn flags_of_column(&self, indicator: IndicatorId, edition: EditionId) -> u16 {
        self.columns.get(&(indicator, edition)).copied().unwrap_or_default()
    }

    /// Open flags of an edition on these countries and on its indicators.
    pub fn open_flags(&self, members: &[CountryId], edition: EditionId) -> usize {
        let cards: usize =
            members.iter().map(|country| usize::from(self.flags_of_card(*country, edition))).sum();
        let columns = self.columns.iter().filter(|((_, at), _)| *at == edition);
        cards + columns.map(|(_, open)| usize::from(*open)).sum::<usize>()
    }

    /// Of all cells of these countries in an edition.
    pub fn progress(&self, data: &Dataset, members: &[CountryId], edition: EditionId) -> ReviewProgress {
        let of = members.len() * data.framework.indicators.len();
        let mut progress = ReviewProgress { of, ..ReviewProgress::default() };
        for ((country, at, _), cell) in self.cells() {
            if at == edition && members.binary_search(&country).is_ok() {
                progress.reviewed += usize::from(cell.state == ReviewState::Reviewed);
                progress.changed += usize::from(cell.state == ReviewState::Changed);
            }
        }
        progress
    }

    /// Whether anything is said about a target that these cards no longer have.
    pub fn is_elsewhere(on: &Target, data: &Dataset) -> bool {
        on.find(data).is_none()
    }
}

#[cfg(test)]
mod tests;
