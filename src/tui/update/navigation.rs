//! The next box for Tab, the zoom, and making a selected country visible in its list.

use ratatui::layout::Rect;
use strum::IntoEnumIterator as _;

use super::{area_of, go, pass, say, scroll_into_view, spelt};
use crate::{
    text::{Safe, safe_line},
    tui::{
        command::Command,
        model::{Effect, Model},
        pane_state::PaneState as _,
        places::Pane,
    },
};

/// Goes to the next or previous of the rows that a search leaves, in a circle.
pub(super) fn next_match(model: &mut Model, forward: bool) -> Vec<Effect> {
    let here = |model: &Model| {
        let context = model.workspace.as_ref().map(|workspace| workspace.context(true));
        context.and_then(|context| model.pane().record(&context).ok()).map(|record| record.name)
    };
    let before = here(model);
    let (step, wrap) = if forward { (Command::Down, Command::Top) } else { (Command::Up, Command::Bottom) };
    let mut effects = pass(model, step);
    if here(model) == before {
        effects.extend(pass(model, wrap));
    }
    effects
}

/// Gives the keys to the next or previous box on the screen, in a circle. A zoomed box gets its old size again.
pub(super) fn next_box(model: &mut Model, forward: bool) {
    if let Some(workspace) = &mut model.workspace {
        workspace.is_zoomed = false;
    }
    let boxes = boxes(model);
    if boxes.len() < 2 {
        say(model, spelt(model, "one box is on this screen: the number keys show the other views"));
        return;
    }
    let here = (model.front(), model.pane().box_in_use());
    let at = boxes.iter().position(|there| *there == here).unwrap_or(0);
    let step = if forward { 1 } else { boxes.len() - 1 };
    let (pane, part) = boxes[(at + step) % boxes.len()];
    go(model, pane);
    model.panes.of_mut(pane).use_box(part);
    scroll_into_view(model);
}

/// The boxes on the screen, from the left and from above; none on one that is too small.
fn boxes(model: &Model) -> Vec<(Pane, usize)> {
    let Some(workspace) = &model.workspace else { return vec![(model.front(), 0)] };
    let of = |(pane, area): (Pane, Rect)| {
        let context = workspace.context(pane == model.front());
        let state = model.panes.of(pane);
        match state.boxes(&context, area.as_size()) {
            // A pane that shows one of two at a time shows the one in use.
            0 | 1 => vec![(pane, state.box_in_use())],
            several => (0..several).map(|part| (pane, part)).collect(),
        }
    };
    model.regions().panes.into_iter().flat_map(of).collect()
}

/// Gives the box in use the whole screen, or its old size again.
pub(super) fn zoom(model: &mut Model) {
    let is_alone = boxes(model).len() < 2;
    let Some(workspace) = &mut model.workspace else { return };
    if is_alone && !workspace.is_zoomed {
        say(model, Safe::fixed("this box has the whole screen already"));
        return;
    }
    workspace.is_zoomed = !workspace.is_zoomed;
    if workspace.is_zoomed {
        // The key folded goals before.
        say(model, spelt(model, "the whole screen: {zoom} shows all boxes again; {fold} folds a goal"));
    }
    scroll_into_view(model);
}

/// Goes where something that was found or opened leads: what hides it there is taken back.
pub(super) fn lead_to(model: &mut Model, pane: Pane) {
    let from = model.front();
    go(model, pane);
    if let Some(workspace) = &model.workspace
        && from != Pane::Countries
    {
        model.panes.of_mut(pane).reveal(&workspace.context(true));
        scroll_into_view(model);
    }
}

/// Ends the search of every pane that is not on the screen, with a message: what is not seen must not narrow anything.
pub(super) fn end_searches(model: &mut Model) {
    let shown = model.regions();
    let hidden = Pane::iter().filter(|pane| shown.pane(*pane).is_none());
    let hidden: Vec<Pane> = hidden.filter(|pane| !model.panes.of(*pane).searched().is_empty()).collect();
    for pane in hidden {
        let words = format!("/{} no longer narrows {}", model.panes.of(pane).searched(), pane.title());
        clear(model, pane);
        say(model, safe_line(&words));
    }
}

/// Takes back every search and filter on the screen.
pub(super) fn clear_all(model: &mut Model) -> Vec<Effect> {
    for (pane, _) in model.regions().panes {
        model.panes.of_mut(pane).clear_filters();
        clear(model, pane);
    }
    scroll_into_view(model);
    vec![]
}

fn clear(model: &mut Model, pane: Pane) {
    let size = area_of(model, pane);
    if let Some(workspace) = &model.workspace {
        // Only a text that is searched selects what it finds.
        model.panes.of_mut(pane).search("", &workspace.context(false), size);
    }
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
