//! What follows after files were read: the first time, at a reload, and after they changed on the disk.

use std::sync::Arc;

use super::{go, scroll_into_view, search::list_countries};
use crate::{
    core::{dataset::Dataset, groups, reload_diff::ReloadDiff, score::Rules, severity::Severity},
    text::{Raw, excerpt, safe_line},
    tui::{
        command::Command,
        model::{Effect, MappingState, Model, Notice, ReadProgress, ReadState},
        navigation::Navigation,
        overlays::{self, problems},
        places::{Overlay, Pane},
        workspace::Workspace,
    },
};

/// Reads the files again.
pub(super) fn begin_again(model: &mut Model) -> Vec<Effect> {
    model.reading = ReadState::Underway(ReadProgress::default());
    vec![Effect::Reload]
}

/// Shows the data that was read again, or keeps it until no overlay is busy.
pub(super) fn arrive(model: &mut Model, data: Arc<Dataset>, reload_diff: ReloadDiff) {
    if is_busy(model) {
        model.reading = ReadState::Idle;
        model.arrived = Some((data, reload_diff));
    } else {
        // The shown message may not have been seen yet, so it is shown again after the new one.
        let said = model.notice.take().filter(|notice| matches!(notice, Notice::Said(_)));
        if let Some(said) = said.filter(|said| model.later.front() != Some(said)) {
            model.later.push_front(said);
        }
        load(model, data, Some(reload_diff));
    }
}

/// Does what waited for an overlay to close: shows data that arrived, reads files that changed.
pub(super) fn catch_up(model: &mut Model) -> Vec<Effect> {
    if is_busy(model) {
        return vec![];
    }
    if let Some((data, reload_diff)) = model.arrived.take() {
        load(model, data, Some(reload_diff));
    }
    if model.is_reading() || !std::mem::take(&mut model.reads_again) {
        return vec![];
    }
    begin_again(model)
}

/// Whether an overlay holds positions in the data or words about a cell, so that the data must not be replaced now.
fn is_busy(model: &Model) -> bool {
    model.overlay.as_ref().is_some_and(|open| {
        use Overlay::{Help, Palette, Problems, Reading, ReadingText};
        !matches!(open.kind(), Help | Palette | Problems | Reading | ReadingText)
    })
}

/// Knows again that how the table of the set that is shown now is read was not kept.
fn come_back(model: &mut Model) {
    let id = model.workspace.as_ref().map(|workspace| &workspace.data.framework.id);
    let at = id.and_then(|id| model.unkept.iter().position(|known| known == id));
    if let Some(at) = at {
        model.unkept.remove(at);
        model.mapping = MappingState::Unkept;
    }
}

/// Replaces the data, keeping or restoring what the user had selected, and shows a message about it.
pub(super) fn load(model: &mut Model, data: Arc<Dataset>, reload_diff: Option<ReloadDiff>) {
    let reload_diff = reload_diff.or_else(|| model.data.as_ref().map(|old| ReloadDiff::between(old, &data)));
    let is_first = model.data.is_none();
    // Also if earlier readings gave no card: options, configuration and session wait for the first one.
    let begins = model.workspace.is_none();
    model.reading = ReadState::Idle;
    model.workspace = match &model.workspace {
        Some(workspace) => workspace.over(Arc::clone(&data)),
        None => Workspace::open(Arc::clone(&data)),
    };
    come_back(model);
    let begun = if begins { begin(model, &data) } else { None };
    let told = begun.or_else(|| told(model, &data));
    match (model.greeting.take(), reload_diff) {
        (Some(greeting), _) => {
            model.notice = Some(Notice::Said(greeting));
            model.later.extend(told.filter(|_| is_first));
        }
        (None, Some(reload_diff)) => {
            let words = again(model, &data, &reload_diff);
            tell_again(model, words);
            if reload_diff.has_changed() {
                model.reload_diff = Some(reload_diff);
            }
        }
        (None, None) => model.notice = told,
    }
    model.data = Some(data);
    // Overlays that list the data would list what is gone, so they are closed.
    if matches!(
        model.overlay.as_ref().map(|open| open.kind()),
        Some(
            Overlay::GoTo
                | Overlay::Picker
                | Overlay::Groups
                | Overlay::Sets
                | Overlay::EverySet
                | Overlay::Median
                | Overlay::Finding
                | Overlay::Assign
                | Overlay::Reviewed
                | Overlay::Resolve
                | Overlay::Ask
                | Overlay::SignOff
        )
    ) {
        model.overlay = None;
    }
    let is_compared = model.workspace.as_ref().is_some_and(|workspace| workspace.comparison.is_some());
    if model.front() == Pane::Comparison && !is_compared {
        go(model, Pane::Countries);
    }
    if model.workspace.is_some()
        && let Some(filter) = model.begin_with.take()
    {
        list_countries(model, &filter);
    }
    if std::mem::take(&mut model.asks_for_set) && model.needs_met().sets > 1 {
        // What is told of the set waits until one is chosen.
        model.later.extend(model.notice.take());
        model.overlay = overlays::open(Overlay::Sets, &model.backdrop());
    }
    scroll_into_view(model);
}

/// Restores the previous session, or else selects the edition and the group asked for at the start. Returns a message
/// if there is no such group.
fn begin(model: &mut Model, data: &Dataset) -> Option<Notice> {
    let workspace = model.workspace.as_mut()?;
    let (rules, unknown) = Rules::with(&data.framework, &model.scores);
    workspace.begun_with = rules.clone();
    workspace.weigh(rules);
    if !unknown.is_empty() {
        let words = format!("config.toml weighs what this framework does not have: {}", unknown.join(", "));
        model.greeting.get_or_insert(safe_line(&words));
    }
    let edition = model.begin_at.as_ref().and_then(|label| data.find_edition(label));
    workspace.select_edition(edition.unwrap_or(workspace.selection.edition));
    let session = model.session.take();
    let has_session = session.is_some();
    if let Some(session) = session {
        session.restore(workspace, &mut model.panes);
        let is_compared = workspace.comparison.is_some();
        let (front, beside) = session.shown();
        let is_there = |pane: &Pane| *pane != Pane::Comparison || is_compared;
        let front = Some(front).filter(is_there).unwrap_or_default();
        let beside = Some(beside).filter(is_there).filter(|pane| *pane != Pane::Countries);
        model.navigation = Navigation::at(front, beside.unwrap_or(Pane::Card));
    }
    if let Some(carried) = model.carried.take() {
        let (front, told) = carried.restore(workspace);
        if let Some(front) = front {
            model.navigation = Navigation::at(front, Pane::Card);
        }
        let scopes = Pane::Comparison.scopes();
        return told.map(|words| Notice::Said(safe_line(&model.keymap.spell(&scopes, &words))));
    }
    if has_session {
        return None;
    }
    let id = model.begin_in.as_ref()?;
    let group = groups::find(data, id);
    let Some(group) =
        group.filter(|group| !groups::members(data, group, workspace.selection.edition).is_empty())
    else {
        return Some(Notice::Said(safe_line(&format!("no group {}: all countries", excerpt(id, 40)))));
    };
    workspace.choose_group(group);
    None
}

/// The message after the first reading: the number of problems, if any is worse than a hint.
fn told(model: &Model, data: &Dataset) -> Option<Notice> {
    let is_worth = data.problems.iter().any(|problem| problem.severity > Severity::Hint);
    let key = model.keymap.way_to(&model.scopes(), Command::Show(Overlay::Problems));
    let counts = problems::counts(&data.problems);
    let words = format!("{counts} in the files: {key} shows them");
    let how = data.readings.first().map(|reading| {
        let how = model.keymap.way_to(&model.scopes(), Command::Show(Overlay::Reading));
        let more = if is_worth { format!("; {key} shows {counts}") } else { String::new() };
        // A mapping lies beside it.
        let read = if reading.mapping.is_some() { "read as saved" } else { "read" };
        Notice::Said(safe_line(&format!("{read}: {}: {how} shows how{more}", reading.counts())))
    });
    how.or_else(|| is_worth.then(|| Notice::Said(safe_line(&words))))
}

/// Puts the message about a reload first, and removes those about earlier reloads.
fn tell_again(model: &mut Model, words: Notice) {
    let is_earlier = |notice: &Notice| {
        let (Notice::Said(words) | Notice::Refused(words)) = notice;
        words.trim_start_matches("NOT ").starts_with(READ_AGAIN)
    };
    model.notice.take_if(|notice| is_earlier(notice));
    model.later.retain(|notice| !is_earlier(notice));
    model.later.push_front(words);
}

const READ_AGAIN: &str = "read again: ";

/// The message about a reload: what changed and the key that lists it, or which file is broken and the key that
/// explains it.
fn again(model: &Model, data: &Dataset, reload_diff: &ReloadDiff) -> Notice {
    let key = |overlay| model.keymap.key_of(Command::Show(overlay), false).unwrap_or_default();
    let which = if reload_diff.list.is_empty() {
        String::new()
    } else {
        format!(" ({} lists it)", key(Overlay::ReloadDiff))
    };
    let told =
        if reload_diff.has_changed() { reload_diff.told() } else { "the cards say the same".to_owned() };
    let changed = format!("{told}{which}");
    let why = key(Overlay::Problems);
    if !reload_diff.kept.is_empty() {
        let changed = if reload_diff.has_changed() { format!("; {changed}") } else { String::new() };
        let broken = broken(&reload_diff.kept);
        let words = format!("{READ_AGAIN}{broken} broken, cards kept: {why} says why{changed}");
        return Notice::Refused(safe_line(&words));
    }
    let problems = match (problems::counts(&data.problems), data.kept.is_empty()) {
        (_, false) => format!("; {} still broken ({why})", broken(&data.kept)),
        (counts, true) if counts.is_empty() => counts,
        (counts, true) => format!("; {counts}"),
    };
    Notice::Said(safe_line(&format!("{READ_AGAIN}{changed}{problems}")))
}

/// The name of the first file, and how many more there are.
fn broken(files: &[Raw<'_>]) -> String {
    let first = files.first().map(|file| file.line().into_string()).unwrap_or_default();
    let name = first.rsplit('/').next().unwrap_or_default();
    match files.len() {
        0 | 1 => name.to_owned(),
        many => format!("{name} and {} more", many - 1),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::{
        core::read::from_texts,
        tui::{keymap::Keymap, model::Msg, update::update},
    };

    const FRAMEWORK: &str = r#"{ "id": "f", "scales": { "s": { "kind": "yes_no" } }, "goals": [{ "id": "g", "indicators": [
        { "id": "a", "scale": "s" }] }] }"#;
    const CARDS: &str = r#"[{"framework":"f","country":"IRL","edition":"2010","assessments":{"a":"yes"}},
        {"framework":"f","country":"IRL","edition":"2012","assessments":{"a":"yes"}}]"#;

    fn data(cards: &str) -> Arc<Dataset> {
        Arc::new(from_texts("d", &[("framework.json", FRAMEWORK), ("c.json", cards)]))
    }

    #[test]
    fn cards_that_come_after_the_first_reading_begin_as_the_first_do() {
        let mut model = Model::new(Size::new(100, 30), Keymap::default());
        model.begin_at = Some("2010".to_owned().into());
        let session =
            serde_json::from_value(serde_json::json!({ "country": "IRL", "front": "coverage" })).unwrap();
        update(&mut model, Msg::Begin(Box::new(session)));
        let empty = data("[]");
        update(&mut model, Msg::Loaded(Arc::clone(&empty)));
        assert!(model.workspace.is_none());
        let full = data(CARDS);
        let reload_diff = ReloadDiff::between(&empty, &full);
        update(&mut model, Msg::ReadAgain { data: full, reload_diff });
        assert!(model.workspace.is_some());
        assert!(model.to_session().is_some(), "the session is never kept");
        assert_eq!(model.front(), Pane::Coverage);
    }

    #[test]
    fn what_the_command_line_asks_for_holds_when_cards_come_late() {
        let mut model = Model::new(Size::new(100, 30), Keymap::default());
        model.begin_at = Some("2010".to_owned().into());
        let empty = data("[]");
        update(&mut model, Msg::Loaded(Arc::clone(&empty)));
        let full = data(CARDS);
        let reload_diff = ReloadDiff::between(&empty, &full);
        update(&mut model, Msg::ReadAgain { data: Arc::clone(&full), reload_diff });
        let workspace = model.workspace.as_ref().unwrap();
        assert_eq!(&*full.edition(workspace.selection.edition).label, "2010");
    }

    #[test]
    fn what_was_saved_after_the_cards_went_is_no_longer_unsaved() {
        use crate::review::{Act, Draft, Id, Record, Target};
        let mut model = Model::new(Size::new(100, 30), Keymap::default());
        update(&mut model, Msg::Loaded(data(CARDS)));
        let on = Target { country: Some("IRL".into()), edition: "2010".into(), indicator: None };
        // The state after Esc while the disk is slow.
        let typed = overlays::Typed { text: "words".to_owned(), kind: None };
        model.unsaved.insert((Overlay::Note, on.clone()), typed);
        let empty = data("[]");
        let reload_diff = ReloadDiff::between(model.data.as_ref().unwrap(), &empty);
        update(&mut model, Msg::ReadAgain { data: empty, reload_diff });
        assert!(model.workspace.is_none());
        let act = Act::Note { on, text: Raw::new("words".to_owned()), to: vec![] };
        let Draft { act, over } = Draft::new(act);
        let record = Record {
            id: Id::new("ana-1.0", 1),
            lamport: 1,
            time: "t".into(),
            author: Raw::from_static("Ana"),
            act,
            over,
        };
        update(&mut model, Msg::Kept(vec![record]));
        assert_eq!(model.left(), []);
    }
}
