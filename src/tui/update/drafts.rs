//! Unsaved texts: kept as drafts while their overlay is closed, and across restarts of the program.

use super::{refuse, say, spelt};
use crate::{
    text::safe_line,
    tui::{
        command::Command,
        model::{Left, Model, Notice},
        overlays::OverlayState,
        places::Overlay,
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
    let words = format!("left unsaved last time: a {what} on {name}{more}; open it to go on");
    model.later.push_back(Notice::Said(safe_line(&words)));
    for Left { is_flag, on, text } in left {
        let overlay = if is_flag { Overlay::Flag } else { Overlay::Note };
        model.unsaved.entry((overlay, on)).or_insert(text);
    }
}

/// Keeps the unsaved text of an overlay that closes.
pub(super) fn leave(model: &mut Model, open: &dyn OverlayState) {
    let Some((on, unsaved)) = open.typed() else { return };
    let at = (open.kind(), on.clone());
    let Some(text) = unsaved else {
        model.unsaved.remove(&at);
        return;
    };
    model.unsaved.insert(at, text.to_owned());
    let words = match open.kind() {
        Overlay::Note => "not saved, but kept as a draft: {note} shows it again",
        _ => "not saved, but the words are kept as a draft: {flag} shows them again",
    };
    say(model, spelt(model, words));
}
