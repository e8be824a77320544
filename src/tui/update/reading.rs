//! How a table was read: what keys change of it, and what follows when it was read so.

use super::{refuse, say, scroll_into_view, spelt};
use crate::{
    core::{dataset::Dataset, table_mapping::Mapping},
    text::{Safe, excerpt},
    tui::{
        model::{Effect, MappingState, Model, ReadProgress, ReadState},
        overlays::{self, Open, OverlayOutcome, ReadingPlace},
        places::Overlay,
    },
};

/// Says that how a table is read was changed and not kept: the next Quit then quits.
pub(super) fn warn_of_unkept(model: &mut Model) {
    model.is_warned = true;
    let keep = model.keymap.spell(&Overlay::Reading.scopes(), "{save-mapping}");
    let sets: Vec<String> = model.unkept_sets().iter().map(|id| excerpt(id, 16).into_string()).collect();
    let words = if model.unkept.is_empty() {
        format!("not kept: how this table is read; {{reading}}, then {keep} keeps it, {{quit}} again quits")
    } else {
        format!(
            "not kept: how {} is read; {{sets}}, {{reading}}, {keep} keeps it, {{quit}} again quits",
            sets.join(", ")
        )
    };
    refuse(model, spelt(model, &words));
}

/// Remembers that how the table of the set that is left is read is not kept.
pub(super) fn leave_set(model: &mut Model) {
    let Some(workspace) = model.workspace.as_ref().filter(|_| model.mapping != MappingState::Kept) else {
        return;
    };
    let id = workspace.data.framework.id.clone();
    if !model.unkept.contains(&id) {
        model.unkept.push(id);
    }
}

/// What follows from a key on how a table was read.
pub(super) fn of_table(model: &mut Model, open: Open, outcome: OverlayOutcome) -> Vec<Effect> {
    match outcome {
        OverlayOutcome::Remap(mapping, place) => return remap(model, mapping, &place),
        OverlayOutcome::ShowReading(place) => show(model, &place),
        OverlayOutcome::AskOfTable(asked, place) => {
            model.overlay = Some(Box::new(overlays::reading::text::State::new(asked, place)));
            scroll_into_view(model);
        }
        OverlayOutcome::SaveMapping { path, text } => {
            model.overlay = Some(open);
            if model.is_reading() {
                // What is shown is as it was before the change.
                model.mapping = MappingState::KeptOnceRead;
                say(model, Safe::fixed("still reading: it is kept as soon as that is done"));
                return vec![];
            }
            model.mapping = MappingState::Kept;
            return vec![Effect::SaveMapping { path, text }];
        }
        _ => {}
    }
    vec![]
}

/// Keeps how the table is read if that was asked for while it was read again.
pub(super) fn keep_once_read(model: &mut Model) -> Option<Effect> {
    if model.mapping != MappingState::KeptOnceRead || model.is_reading() || model.arrived.is_some() {
        return None;
    }
    let is_read = !matches!(model.reading, ReadState::Failed(_));
    model.mapping = MappingState::Unkept;
    match overlays::reading::kept(&model.backdrop()) {
        OverlayOutcome::SaveMapping { path, text } if is_read => {
            model.mapping = MappingState::Kept;
            Some(Effect::SaveMapping { path, text })
        }
        _ => None,
    }
}

/// Shows how the table was read.
pub(super) fn show(model: &mut Model, place: &ReadingPlace) {
    let state =
        model.workspace.as_ref().and_then(|workspace| overlays::reading::State::new(workspace, place));
    model.overlay = state.map(|state| Box::new(state) as Open);
    scroll_into_view(model);
}

/// Whether what was just said of a table leaves no card of it.
pub(super) fn leaves_nothing(model: &Model, data: &Dataset) -> bool {
    let is_asked = model.overlay.as_ref().is_some_and(|open| open.kind() == Overlay::Reading);
    is_asked && model.workspace.is_some() && data.card_count() == 0
}

/// Reads the table as it was before: what was said of it left nothing to show.
pub(super) fn take_mapping_back(model: &mut Model) -> Vec<Effect> {
    let before = model.workspace.as_ref().and_then(|workspace| workspace.data.readings.first());
    let before = before.map(|reading| reading.said.clone());
    model.mapping = MappingState::Unkept;
    model.greeting = Some(Safe::fixed("taken back: so no row would have a country and an edition"));
    match before {
        Some(before) => vec![Effect::Remap(Box::new(before))],
        None => vec![],
    }
}

/// Asks for the table to be read another way; until it is, what is shown is as it was.
fn remap(model: &mut Model, mapping: Box<Mapping>, place: &ReadingPlace) -> Vec<Effect> {
    show(model, place);
    if model.is_reading() {
        refuse(model, Safe::fixed("still reading: then it can be changed again"));
        return vec![];
    }
    model.reading = ReadState::Underway(ReadProgress::default());
    model.mapping = MappingState::Unkept;
    vec![Effect::Remap(mapping)]
}
