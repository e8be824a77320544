//! The next pane for Tab, and making a selected country visible in its list.

use strum::{EnumCount as _, IntoEnumIterator as _};

use super::{area_of, say};
use crate::{
    text::safe_line,
    tui::{model::Model, pane_state::PaneState as _, places::Pane},
};

/// The next or previous pane, in a circle. Empty panes are skipped.
pub(super) fn next(model: &Model, forward: bool) -> Pane {
    let step = if forward { 1 } else { Pane::COUNT - 1 };
    let next = |pane: Pane| Pane::iter().nth((pane as usize + step) % Pane::COUNT).unwrap_or_default();
    let is_empty = |pane: Pane| {
        let context = model.workspace.as_ref().map(|workspace| workspace.context(false));
        context.is_some_and(|context| model.panes.of(pane).is_empty(&context))
    };
    let mut pane = next(model.front());
    while is_empty(pane) {
        pane = next(pane);
    }
    pane
}

/// Ends a search of the countries that hides the selected country, with a message.
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
