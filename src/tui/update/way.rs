//! The way back: from which pane a card was opened.

use crate::tui::{model::Model, place::Pane};

/// Shows the card of a cell in the queue, from where Esc comes back.
pub(super) fn remember_way(model: &mut Model, to: Pane) {
    if to == Pane::Card && model.front != Pane::Card {
        model.before_card = match model.front {
            Pane::Countries | Pane::Card | Pane::Comparison => Pane::Countries,
            from @ (Pane::Coverage | Pane::Findings | Pane::Review) => from,
        };
    }
}
