//! A book over the cards it is about: the reviews of every cell, computed once after each change.

use std::collections::{HashMap, HashSet};

use super::{
    book::{Book, FlagState, GapAssignment},
    fingerprint::fingerprint,
    record::{Id, Reviewer},
    sign_off::CardReviews,
    target::{Target, TargetIds},
};
use crate::core::{
    cell::Gap,
    checked::{Checked, CheckedCard, Unchecked},
    coverage::AssignedGaps,
    dataset::{CountryId, Dataset, EditionId},
    framework::{IndicatorId, ReviewRules},
};
use crate::text::Raw;

/// The reviews of one cell, small enough to copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellReview {
    /// Number of flags on the cell itself that are not resolved.
    pub open: u16,
    pub resolved: u16,
    pub notes: u16,
    pub state: ReviewState,
    /// How many pairs of eyes have reviewed the cell as it is now: authors, each once.
    pub eyes: u8,
    /// The assigned gap, if all reviewers who assign one agree.
    pub assigned: Option<Gap>,
    /// Whether assigned gaps differ, or a flag is disputed.
    pub has_conflict: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewState {
    #[default]
    NotReviewed,
    Reviewed,
    /// The cell has changed since it was reviewed.
    Changed,
}

/// Counts of cells: reviewed and unchanged since, changed since their review, and all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewProgress {
    pub reviewed: usize,
    pub changed: usize,
    pub of: usize,
}

type Key = (CountryId, EditionId, IndicatorId);

#[derive(Clone, Debug, Default)]
pub struct Review {
    pub book: Book,
    /// Who writes here.
    pub me: Reviewer,
    /// What framework and configuration ask of the review.
    pub rules: ReviewRules,
    /// What others have said that was not looked at yet.
    pub fresh: HashSet<Id>,
    cells: HashMap<Key, CellReview>,
    /// Sign-offs, and who reviews which card.
    pub card_reviews: CardReviews,
    /// Number of open flags of a card, those on its cells included.
    cards: HashMap<(CountryId, EditionId), u16>,
    /// Cards about which, or about a cell of which, something contradicts itself.
    conflicts: HashSet<(CountryId, EditionId)>,
    /// Number of open flags on whole cards (`rows`) and on whole indicators (`columns`).
    rows: HashMap<(CountryId, EditionId), u16>,
    columns: HashMap<(IndicatorId, EditionId), u16>,
}

impl Review {
    pub fn over(book: Book, me: Reviewer, data: &Dataset) -> Self {
        let rules = data.framework.review.and(me.asks);
        let mut review = Self { book, me, rules, ..Self::default() };
        review.card_reviews = CardReviews::of(&review.book, data);
        review.lay_flags(data);
        for (on, _) in review.book.notes() {
            if let Some(TargetIds::Cell(c, e, i)) = on.find(data) {
                review.cells.entry((c, e, i)).or_default().notes += 1;
            }
        }
        for (on, reviewed) in review.book.reviews() {
            if let Some(TargetIds::Cell(c, e, i)) = on.find(data) {
                let seen = fingerprint(data, c, e, i);
                let as_now = reviewed.iter().filter(|one| one.seen == seen);
                let authors: HashSet<&str> = as_now.map(|one| one.said.author.raw()).collect();
                let cell = review.cells.entry((c, e, i)).or_default();
                cell.eyes = u8::try_from(authors.len()).unwrap_or(u8::MAX);
                cell.state = if cell.eyes > 0 { ReviewState::Reviewed } else { ReviewState::Changed };
            }
        }
        for (on, assigned) in review.book.assignments() {
            let Some(TargetIds::Cell(c, e, i)) = on.find(data) else { continue };
            // An assigned gap counts only while the card gives neither value nor reason.
            let is_open = matches!(data.cell(c, e, i).state, Err(Gap::Absent | Gap::Empty));
            let mut gaps: Vec<Option<Gap>> = assigned.iter().map(|one| one.gap).collect();
            gaps.sort_unstable();
            gaps.dedup();
            let cell = review.cells.entry((c, e, i)).or_default();
            cell.has_conflict |= gaps.len() > 1;
            cell.assigned = if let ([Some(gap)], true) = (&*gaps, is_open) { Some(*gap) } else { None };
        }
        review
            .conflicts
            .extend(review.cells.iter().filter(|(_, cell)| cell.has_conflict).map(|(key, _)| (key.0, key.1)));
        review.conflicts.extend(review.card_reviews.in_conflict());
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
                    if matches!(flag.state, FlagState::Disputed { .. }) {
                        self.conflicts.insert((c, e));
                    }
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

    /// All assigned gaps that reviewers agree on.
    pub fn assigned(&self) -> AssignedGaps {
        self.cells().filter_map(|(place, cell)| Some((place, cell.assigned?))).collect()
    }

    /// Every cell that has a review, in no order.
    pub fn cells(&self) -> impl Iterator<Item = (Key, CellReview)> {
        self.cells.iter().map(|(key, cell)| (*key, *cell))
    }

    /// Number of open flags of a country in an edition: on the card and on its cells.
    pub fn flags_of_card(&self, country: CountryId, edition: EditionId) -> u16 {
        self.cards.get(&(country, edition)).copied().unwrap_or_default()
    }

    /// How many flags, assigned gaps and sign-offs contradict themselves.
    pub fn conflicts(&self) -> usize {
        let flags =
            self.book.flags().iter().filter(|flag| matches!(flag.state, FlagState::Disputed { .. })).count();
        let differ = |all: &[GapAssignment]| all.iter().any(|one| one.gap != all[0].gap);
        let assigned = self.book.assignments().filter(|(_, all)| differ(all)).count();
        flags + assigned + self.card_reviews.in_conflict().count()
    }

    /// Whether what is said of a card or of one of its cells contradicts itself.
    pub fn has_conflict(&self, country: CountryId, edition: EditionId) -> bool {
        self.conflicts.contains(&(country, edition))
    }

    /// Number of open flags on the card as a whole.
    pub fn flags_of_row(&self, country: CountryId, edition: EditionId) -> u16 {
        self.rows.get(&(country, edition)).copied().unwrap_or_default()
    }

    /// Number of open flags on the indicator as a whole.
    pub fn flags_of_column(&self, indicator: IndicatorId, edition: EditionId) -> u16 {
        self.columns.get(&(indicator, edition)).copied().unwrap_or_default()
    }

    /// Number of open flags of an edition: on these countries' cards and cells, and on indicators.
    pub fn open_flags(&self, members: &[CountryId], edition: EditionId) -> usize {
        let cards: usize =
            members.iter().map(|country| usize::from(self.flags_of_card(*country, edition))).sum();
        let columns = self.columns.iter().filter(|((_, at), _)| *at == edition);
        cards + columns.map(|(_, open)| usize::from(*open)).sum::<usize>()
    }

    /// The progress over all cells of these countries in an edition. `members` must be sorted.
    pub fn progress(&self, data: &Dataset, members: &[CountryId], edition: EditionId) -> ReviewProgress {
        let of = members.len() * data.framework.indicators.len();
        let mut progress = ReviewProgress { of, ..ReviewProgress::default() };
        let mut count = |cell: CellReview| {
            progress.reviewed += usize::from(cell.state == ReviewState::Reviewed);
            progress.changed += usize::from(cell.state == ReviewState::Changed);
        };
        if of < self.cells.len() {
            let indicators = || data.framework.indicator_ids();
            members
                .iter()
                .flat_map(|country| indicators().map(|one| self.cell(*country, edition, one)))
                .for_each(count);
        } else {
            let is_theirs = |key: &Key| key.1 == edition && members.binary_search(&key.0).is_ok();
            self.cells().filter(|(key, _)| is_theirs(key)).for_each(|(_, cell)| count(cell));
        }
        progress
    }

    /// Whether any cell or card of an edition was reviewed.
    pub fn has_begun(&self, edition: EditionId) -> bool {
        self.card_reviews.has_signed(edition)
            || self.cells().any(|((_, at, _), cell)| at == edition && cell.eyes > 0)
    }

    /// What reports about the data tell of the review.
    pub fn checked(&self, unchecked: Unchecked) -> Checked {
        let cells = self.cells.iter().filter(|(_, cell)| cell.eyes > 0).map(|(key, cell)| (*key, cell.eyes));
        let mut cards: HashMap<(CountryId, EditionId), CheckedCard> = HashMap::new();
        for (place, open) in &self.cards {
            cards.entry(*place).or_default().open_flags = *open;
        }
        for (place, signed) in self.card_reviews.all() {
            let day: String = signed.said.time.chars().take(10).collect();
            let words = format!("{} by {}, {day}", signed.words(), signed.said.author.raw());
            let card = cards.entry(place).or_default();
            (card.sign_off, card.is_approved) = (Raw::new(words), signed.is_approved());
        }
        Checked { eyes: self.rules.eyes, unchecked, cells: cells.collect(), cards }
    }

    /// `18 of 22 cells checked by 2`, or reviewed, where one pair of eyes is enough.
    pub fn checked_words(&self, data: &Dataset, country: CountryId, edition: EditionId) -> String {
        let cells = data.framework.indicator_ids().map(|one| self.cell(country, edition, one));
        let of = cells.len();
        let checked = cells.filter(|cell| cell.eyes >= self.rules.eyes).count();
        match self.rules.eyes {
            0 | 1 => format!("{checked} of {of} cells reviewed"),
            eyes => format!("{checked} of {of} cells checked by {eyes}"),
        }
    }

    /// Whether these cards do not have the target.
    pub fn is_elsewhere(on: &Target, data: &Dataset) -> bool {
        on.find(data).is_none()
    }
}

#[cfg(test)]
mod tests;
