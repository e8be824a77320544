//! The older and the newer edition, for the whole scene or for the sides of a comparison.

use super::{refuse, say, settle};
use crate::{
    core::{
        dataset::{Dataset, EditionId},
        subject::Subject,
    },
    text::{Safe, safe_line},
    tui::{model::Model, places::Pane, workspace::Desk},
};

pub(super) fn step(model: &mut Model, newer: bool) {
    let side = model.panes.comparison.side();
    let in_comparison = model.front == Pane::Comparison;
    let Some(desk) = &mut model.desk else { return };
    let moved = if in_comparison && desk.comparison.is_some() {
        move_subjects(desk, side, newer)
    } else {
        move_scene(desk, newer)
    };
    match moved {
        Some(words) => {
            settle(model);
            say(model, words);
        }
        None if newer => refuse(model, Safe::fixed("this is the newest edition")),
        None => refuse(model, Safe::fixed("this is the oldest edition")),
    }
}

fn beside(data: &Dataset, edition: EditionId, newer: bool) -> Option<EditionId> {
    if newer {
        data.edition_ids().find(|other| *other > edition)
    } else {
        data.edition_ids().rev().find(|other| *other < edition)
    }
}

/// Everything moves, and the comparison with it while all of it is of the scene's edition.
fn move_scene(desk: &mut Desk, newer: bool) -> Option<Safe> {
    let old = desk.selection.edition;
    let new = beside(&desk.data, old, newer)?;
    desk.select_edition(new);
    let subjects = desk.subjects();
    if subjects.iter().all(|subject| subject.edition() == old) {
        let subjects = subjects.iter().map(|subject| subject.at(new)).collect();
        desk.compare(subjects);
    }
    Some(safe_line(&format!("edition {}", desk.data.edition(new).label)))
}

/// All sides move while they are of one edition, and the scene with them; else the side under the cursor does, past
/// editions in which it would stand beside itself.
fn move_subjects(desk: &mut Desk, side: usize, newer: bool) -> Option<Safe> {
    let mut subjects = desk.subjects().to_vec();
    let side = side.min(subjects.len().saturating_sub(1));
    let first = subjects.first()?.edition();
    if subjects.iter().all(|subject| subject.edition() == first) {
        let new = beside(&desk.data, first, newer)?;
        desk.select_edition(new);
        desk.compare(subjects.iter().map(|subject| subject.at(new)).collect());
        return Some(safe_line(&format!("all in edition {}", desk.data.edition(new).label)));
    }
    let mut edition = subjects[side].edition();
    let moved: Subject = loop {
        edition = beside(&desk.data, edition, newer)?;
        let moved = subjects[side].at(edition);
        if !subjects.contains(&moved) {
            break moved;
        }
    };
    let words = format!("{} in edition {}", moved.name(&desk.data).line(), desk.data.edition(edition).label);
    subjects[side] = moved;
    desk.compare(subjects);
    Some(safe_line(&words))
}
