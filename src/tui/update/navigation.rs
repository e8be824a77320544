//! The way back, and the way there: from which pane a card was opened, and that what was gone to is listed.

use super::{area_of, say};
use crate::{
    text::safe_line,
    tui::{model::Model, places::Pane},
};

/// Shows the card of a cell in the queue, from where Esc comes back.
pub(super) fn remember_way(model: &mut Model, to: Pane) {
    if to == Pane::Card && model.front != Pane::Card {
        model.before_card = match model.front {
            Pane::Countries | Pane::Card | Pane::Comparison => Pane::Countries,
            from @ (Pane::Coverage | Pane::Findings | Pane::Review) => from,
        };
    }
}

/// Ends a search of the countries that hides the one that somebody chose to go to, or all of a group; says so.
pub(super) fn show_selected(model: &mut Model) {
    let size = area_of(model, Pane::Countries);
    let Some(workspace) = &model.workspace else { return };
    let context = workspace.context(false);
    let text = model.panes.countries.searched().to_owned();
    if text.is_empty() || model.panes.countries.listed(&context).contains(&workspace.selection.country) {
        return;
    }
    model.panes.countries.search("", &context, size);
    let words = format!("the search /{text} hid what is selected: all countries are listed again");
    say(model, safe_line(&words));
}
