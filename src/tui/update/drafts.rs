//! Unsaved texts: kept as drafts while their overlay is closed, and across restarts of the program.

use super::{refuse, say, spelt};
use crate::{
    core::search::CellTarget,
    review::Target,
    text::safe_line,
    tui::{
        command::Command,
        model::{Left, Model, Notice},
        overlays::{OverlayState, Typed},
        places::{Overlay, Pane},
        widgets::review_text,
    },
};

/// Whether to warn of an unsaved text instead of quitting. It warns once; the next Quit quits.
pub(super) fn is_holding_back(model: &mut Model, was_warned: bool) -> bool {
    let Some(((overlay, on), _)) = model.unsaved.iter().next() else { return false };
    if was_warned {
        return false;
    }
    let name =
        model.workspace.as_ref().map(|workspace| review_text::name(&workspace.data, on)).unwrap_or_default();
    let quit = model.keymap.way_to(&model.scopes(), Command::Quit);
    let words = format!(
        "not saved: a {} on {name}; {quit} again quits and keeps it as a draft",
        overlay.title().to_lowercase()
    );
    model.is_warned = true;
    refuse(model, safe_line(&words));
    true
}

/// Takes over the texts that were unsaved when the program last ended.
pub(super) fn take_up(model: &mut Model, left: Vec<Left>) {
    let many = left.len();
    let Some(first) = left.first() else { return };
    let name = model
        .workspace
        .as_ref()
        .map(|workspace| review_text::name(&workspace.data, &first.on))
        .unwrap_or_default();
    let what = if first.is_flag { "flag" } else { "note" };
    let more = if many > 1 { format!(" and {} more", many - 1) } else { String::new() };
    let key = if first.is_flag { "{flag}" } else { "{note}" };
    let words = format!("left unsaved last time: a {what} on {name}{more}; {key} goes on with it");
    let words = spelt(model, &words);
    go_there(model, &first.on.clone());
    model.later.push_back(Notice::Said(words));
    for Left { is_flag, on, kind, text } in left {
        let overlay = if is_flag { Overlay::Flag } else { Overlay::Note };
        model.unsaved.entry((overlay, on)).or_insert(Typed { text, kind });
    }
}

/// Selects what an unsaved text is about, so that the key that is named goes on with it.
fn go_there(model: &mut Model, on: &Target) {
    let Some(workspace) = &mut model.workspace else { return };
    let Some(place) = on.find(&workspace.data) else { return };
    let here = workspace.here();
    workspace.go_to(CellTarget {
        country: place.country().unwrap_or(here.country),
        edition: place.edition(),
        indicator: place.indicator().unwrap_or(here.indicator),
    });
    super::navigation::lead_to(model, Pane::Card);
    super::navigation::show_selected(model);
}

/// Keeps the unsaved text of an overlay that closes.
pub(super) fn leave(model: &mut Model, open: &dyn OverlayState) {
    let Some((on, unsaved)) = open.typed() else { return };
    let at = (open.kind(), on.clone());
    let Some(text) = unsaved else {
        model.unsaved.remove(&at);
        return;
    };
    model.unsaved.insert(at, Typed { text: text.to_owned(), kind: open.typed_kind() });
    let words = match open.kind() {
        Overlay::Note => "not saved, but kept as a draft: {note} shows it again",
        _ => "not saved, but the words are kept as a draft: {flag} shows them again",
    };
    say(model, spelt(model, words));
}
