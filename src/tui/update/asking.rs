//! Opens the line that asks for the words of a record: which flag or card it is about, and whether it may be written.

use super::{Effect, Model, scroll_into_view};
use crate::{
    core::search::CellTarget,
    review::{Act, Draft, Target, TargetIds, drafts},
    text::{Raw, Safe, safe_line},
    tui::{command::Command, overlays::asking, places::Overlay, widgets::review_text, workspace::Workspace},
};

/// Asks for the words of a record. Errors: this reviewer may not write it.
pub(super) fn open(model: &mut Model, draft: Draft) -> Result<(), Safe> {
    let Some(workspace) = &model.workspace else { return Err(Safe::fixed("there are no cards to work on")) };
    let flag = draft.act.flag().and_then(|flag| workspace.review.book.flag(flag));
    if let (Act::Resolve { .. }, Some(flag)) = (&draft.act, flag) {
        drafts::can_resolve(&workspace.review, flag)?;
    }
    let on = flag.map(|flag| &flag.on).or_else(|| draft.act.target());
    let name = on.map(|on| review_text::name(&workspace.data, on)).unwrap_or_default();
    let about = match flag {
        Some(flag) => safe_line(&format!("{}, by {}: {name}", flag.kind.title(), flag.said.author.line())),
        None => name,
    };
    let asks_for_name = matches!(draft.act, Act::Give { .. } | Act::Address { .. });
    let names = if asks_for_name { known(workspace) } else { vec![] };
    model.overlay = Some(Box::new(asking::State::new(vec![draft], about, names)));
    scroll_into_view(model);
    Ok(())
}

/// Asks under which name somebody writes, if nobody has said it; then runs the command. Returns whether it has to be asked.
pub(super) fn needs_name(model: &mut Model, then: Command) -> bool {
    if !model.me.is_guessed {
        return false;
    }
    model.overlay = Some(Box::new(asking::State::name(&model.me.author, then)));
    scroll_into_view(model);
    true
}

/// Takes the name that was given, or the guessed one as said.
pub(super) fn name(model: &mut Model, given: &str) -> Effect {
    if !given.is_empty() {
        model.me.author = Raw::new(given.to_owned());
    }
    model.me.is_guessed = false;
    if let Some(workspace) = &mut model.workspace {
        workspace.review.me = model.me.clone();
    }
    Effect::NameAuthor(model.me.author.clone())
}

/// Notes that all that others have said of a cell, its card and its indicator was looked at, if it was gone to from the list
/// of what came.
pub(super) fn see(model: &mut Model, from: Overlay, at: CellTarget) -> Vec<Effect> {
    let Some(workspace) = &mut model.workspace else { return vec![] };
    if from != Overlay::ReloadDiff {
        return vec![];
    }
    let CellTarget { country, edition, indicator } = at;
    let places = [
        TargetIds::Cell(country, edition, indicator),
        TargetIds::Country(country, edition),
        TargetIds::Indicator(indicator, edition),
    ];
    let targets = places.map(|place| Target::of(&workspace.data, place));
    let book = &workspace.review.book;
    let of_it = model.inbox.topics(book).into_iter().filter(|topic| targets.contains(&topic.on));
    for topic in of_it.collect::<Vec<_>>() {
        model.inbox.see(book, &topic);
    }
    workspace.review.fresh = model.inbox.fresh();
    vec![Effect::KeepSeen(model.inbox.seen.clone())]
}

/// Asks why flags are resolved, all with the same words.
pub(super) fn resolve_all(model: &mut Model, drafts: Vec<Draft>) {
    let many = drafts.len();
    let flags = if many == 1 { "open flag".to_owned() } else { format!("{many} open flags") };
    let about = format!("the {flags} shown; notes and sign-offs stay");
    model.overlay = Some(Box::new(asking::State::new(drafts, safe_line(&about), vec![])));
    scroll_into_view(model);
}

/// Everybody who has said something about these cards or was given one, by name.
pub(super) fn known(workspace: &Workspace) -> Vec<Raw<'static>> {
    let mut names: Vec<Raw<'static>> = vec![];
    for record in workspace.review.book.records() {
        let given = if let Act::Give { to: Some(to), .. } = &record.act { Some(to) } else { None };
        for name in [Some(&record.author), given].into_iter().flatten() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names.sort();
    names
}
