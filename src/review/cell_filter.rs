//! Chooses cells by what reviewers have said of them.

use super::{
    drafts,
    drafts::CellIds,
    overlay_on_data::{Review, ReviewState},
};
use crate::core::dataset::Dataset;

/// One way to choose among the cells of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum CellFilter {
    /// As many have not reviewed the cell as it is now as are asked for.
    NotReviewed,
    /// Whoever writes here has not reviewed the cell as it is now.
    NotByMe,
    /// The cell has changed since it was reviewed.
    Changed,
    /// A flag on the cell is not resolved.
    Flagged,
    /// What is said of the cell contradicts itself.
    Conflict,
}

impl CellFilter {
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotReviewed => "not reviewed",
            Self::NotByMe => "not reviewed by me",
            Self::Changed => "changed since review",
            Self::Flagged => "flagged",
            Self::Conflict => "in conflict",
        }
    }

    /// Whether it keeps a cell. A country without a card has no cell to review.
    pub fn keeps(self, review: &Review, data: &Dataset, cell: CellIds) -> bool {
        let (country, edition, indicator) = cell;
        let said = review.cell(country, edition, indicator);
        let has_card = || data.card(country, edition).is_some();
        match self {
            Self::NotReviewed => said.eyes < review.rules.eyes && has_card(),
            Self::NotByMe => has_card() && !drafts::is_reviewed(review, data, cell),
            Self::Changed => said.state == ReviewState::Changed,
            Self::Flagged => said.open > 0,
            Self::Conflict => said.has_conflict,
        }
    }
}
