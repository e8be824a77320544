//! Moves to the older or newer edition, for all panes or for the sides of a comparison.

use super::{refuse, say, scroll_into_view};
use crate::{
    core::{
        dataset::{Dataset, EditionId},
        subject::Subject,
    },
    text::{Safe, safe_line},
    tui::{model::Model, workspace::Workspace},
};

pub(super) fn step(model: &mut Model, newer: bool) {
    let side = model.panes.comparison.side();
    let moves_sides = model.pane().has_own_editions();
    let Some(workspace) = &mut model.workspace else { return };
    let moved = if moves_sides && workspace.comparison.is_some() {
        move_subjects(workspace, side, newer)
    } else {
        move_all(workspace, newer)
    };
    match moved {
        Some(words) => {
            scroll_into_view(model);
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

/// Moves the selection, and the comparison too if all its subjects are of the selected edition.
fn move_all(workspace: &mut Workspace, newer: bool) -> Option<Safe> {
    let old = workspace.selection.edition;
    let new = beside(&workspace.data, old, newer)?;
    workspace.select_edition(new);
    let subjects = workspace.subjects();
    if subjects.iter().all(|subject| subject.edition() == old) {
        let subjects = subjects.iter().map(|subject| subject.at(new)).collect();
        workspace.compare(subjects);
    }
    Some(safe_line(&format!("edition {}", workspace.data.edition(new).label)))
}

/// If all sides are of one edition, moves them and the selection. Otherwise moves the side under the cursor, skipping
/// editions in which it would equal another side.
fn move_subjects(workspace: &mut Workspace, side: usize, newer: bool) -> Option<Safe> {
    let mut subjects = workspace.subjects().to_vec();
    let side = side.min(subjects.len().saturating_sub(1));
    let first = subjects.first()?.edition();
    if subjects.iter().all(|subject| subject.edition() == first) {
        let new = beside(&workspace.data, first, newer)?;
        workspace.select_edition(new);
        workspace.compare(subjects.iter().map(|subject| subject.at(new)).collect());
        return Some(safe_line(&format!("all in edition {}", workspace.data.edition(new).label)));
    }
    let mut edition = subjects[side].edition();
    let moved: Subject = loop {
        edition = beside(&workspace.data, edition, newer)?;
        let moved = subjects[side].at(edition);
        if !subjects.contains(&moved) {
            break moved;
        }
    };
    let words = format!(
        "{} in edition {}",
        moved.name(&workspace.data).line(),
        workspace.data.edition(edition).label
    );
    subjects[side] = moved;
    workspace.compare(subjects);
    Some(safe_line(&words))
}
