//! Searching the pane in front, as one types.

use super::{area_of, go, grant, pass, refuse, typed};
use crate::{
    text::safe_line,
    tui::{
        command::Command,
        model::{Effect, Model},
        places::Pane,
    },
};

pub(super) fn search(model: &mut Model, text: &str) -> Vec<Effect> {
    let (front, size) = (model.front(), area_of(model, model.front()));
    let Some(workspace) = &model.workspace else { return vec![] };
    let wishes = model.panes.of_mut(front).search(text, &workspace.context(true), size);
    grant(model, wishes)
}

/// Shows the countries that a search finds.
pub(super) fn list_countries(model: &mut Model, text: &str) -> Vec<Effect> {
    go(model, Pane::Countries);
    let effects = search(model, text);
    refuse_search(model);
    effects
}

/// Says why the searched text cannot be understood, if so.
fn refuse_search(model: &mut Model) -> bool {
    let Some(workspace) = &model.workspace else { return false };
    let fault = model.pane().search_fault(&workspace.context(true)).into_iter().next();
    if let Some(why) = &fault {
        refuse(model, safe_line(why));
    }
    fault.is_some()
}

pub(super) fn run_while_typing(model: &mut Model, command: Command) -> Vec<Effect> {
    if model.typing.as_mut().is_some_and(|field| field.edit(command)) {
        return typed(model);
    }
    match command {
        Command::Quit => vec![Effect::Quit],
        Command::Enter => {
            if !refuse_search(model) {
                model.typing = None;
            }
            vec![]
        }
        Command::Back => {
            model.typing = None;
            search(model, "")
        }
        _ => pass(model, command),
    }
}
