//! The side under the cursor: swapped, removed, opened.

use super::State;
use crate::{
    core::{compare::Comparison, subject::Subject},
    text::Safe,
    tui::{pane_context::Wish, places::Pane},
};

impl State {
    /// The side under the cursor, counted from the left.
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Puts the cursor on a side.
    pub const fn put_on(&mut self, side: usize) {
        self.side = side;
    }

    pub(super) fn side_of(&self, comparison: &Comparison) -> usize {
        self.side.min(comparison.subjects.len().saturating_sub(1))
    }

    /// Swaps two sides. Of three and four: the side under the cursor and its left neighbour.
    pub(super) fn swap(&self, comparison: &Comparison) -> Vec<Wish> {
        let mut subjects = comparison.subjects.clone();
        let left = self.side_of(comparison).saturating_sub(1);
        if left + 1 < subjects.len() {
            subjects.swap(left, left + 1);
        }
        vec![Wish::SetSubjects(subjects)]
    }

    pub(super) fn remove(&mut self, comparison: &Comparison) -> Vec<Wish> {
        if comparison.subjects.len() < 3 {
            return vec![Wish::Say(Safe::fixed("two are needed: press {replace-subject} to replace one"))];
        }
        let mut subjects = comparison.subjects.clone();
        subjects.remove(self.side_of(comparison));
        self.side = self.side.min(subjects.len() - 1);
        vec![Wish::SetSubjects(subjects)]
    }

    /// Goes to the card of the side under the cursor, or to what its median is of.
    pub(super) fn open(&self, comparison: &Comparison) -> Vec<Wish> {
        match comparison.subjects.get(self.side_of(comparison)) {
            Some(Subject::Country(country, edition)) => {
                vec![Wish::SelectCountry(*country), Wish::SelectEdition(*edition), Wish::Go(Pane::Card)]
            }
            Some(Subject::Group(group, edition)) => vec![Wish::ShowMedian(group.clone(), *edition)],
            None => vec![],
        }
    }
}
