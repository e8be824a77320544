//! Data arrives, for the first time or again.

use std::sync::Arc;

use super::{go, run, settle};
use crate::{
    core::{dataset::Dataset, groups, score::Rules, severity::Severity},
    text::{Safe, excerpt, safe_line},
    tui::{
        command::Command,
        desk::Desk,
        model::{Effect, Model, Notice, Reading},
        overlays::{Open, problems},
        place::{Overlay, Pane},
    },
};

pub(super) fn load(model: &mut Model, data: Arc<Dataset>) -> Vec<Effect> {
    let is_first = model.data.is_none();
    model.reading = Reading::Idle;
    model.desk = match &model.desk {
        Some(desk) => desk.over(Arc::clone(&data)),
        None => Desk::open(Arc::clone(&data)),
    };
    let begun = if is_first { begin(model, &data) } else { None };
    let told = begun.or_else(|| told(model, &data));
    let has_greeting = model.greeting.is_some();
    let told = model.greeting.take().map(Notice::Said).or(told);
    model.notice = if is_first || has_greeting { told } else { Some(Notice::Said(again(&data))) };
    model.data = Some(data);
    // Overlays that list the data would list what is gone.
    if matches!(
        model.overlay,
        Some(Open::GoTo(_) | Open::Picker(_) | Open::Groups(_) | Open::Finding(_) | Open::Choices(_))
    ) {
        model.overlay = None;
    }
    if model.front == Pane::Comparison && model.desk.as_ref().is_none_or(|desk| desk.comparison.is_none()) {
        go(model, Pane::Countries);
    }
    settle(model);
    if std::mem::take(&mut model.reads_again) { run(model, Command::Reload) } else { vec![] }
}

/// Goes to the edition and the group that were asked for at the start, or says that there is no such group.
fn begin(model: &mut Model, data: &Dataset) -> Option<Notice> {
    let desk = model.desk.as_mut()?;
    let (rules, unknown) = Rules::with(&data.framework, &model.scores);
    desk.weigh(rules);
    if !unknown.is_empty() {
        let words = format!("config.toml weighs what this framework does not have: {}", unknown.join(", "));
        model.greeting.get_or_insert(safe_line(&words));
    }
    let edition = model.begin_at.as_ref().and_then(|label| data.find_edition(label));
    desk.select_edition(edition.unwrap_or(desk.selection.edition));
    let id = model.begin_in.as_ref()?;
    let group = groups::find(data, id);
    let Some(group) = group.filter(|group| !groups::members(data, group, desk.selection.edition).is_empty())
    else {
        return Some(Notice::Said(safe_line(&format!("no group {}: all countries", excerpt(id, 40)))));
    };
    desk.choose_group(group);
    None
}

/// What somebody who opens these files should know first.
fn told(model: &Model, data: &Dataset) -> Option<Notice> {
    let is_worth = data.problems.iter().any(|problem| problem.severity > Severity::Hint);
    let key = model.keymap.key_of(Command::Show(Overlay::Problems), false).unwrap_or_default();
    let words = format!("{} in the files: {key} shows them", problems::counts(&data.problems));
    is_worth.then(|| Notice::Said(safe_line(&words)))
}

fn again(data: &Dataset) -> Safe {
    let problems = problems::counts(&data.problems);
    let problems = if problems.is_empty() { String::new() } else { format!(", {problems}") };
    safe_line(&format!("read again: {} cards from {} files{problems}", data.card_count(), data.files))
}
