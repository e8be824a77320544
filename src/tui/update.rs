//! The only code that changes the model; what the outside world has to do is returned as effects.

mod search;
mod edition;
mod navigation;
mod gaps;
mod drafts;
mod loading;
mod asking;
mod reading;
mod overlay;
mod review;

use std::sync::Arc;

use ratatui::layout::Size;

use super::{
    command::{Command, Spec},
    copy,
    keymap::{Key, KeyMeaning, notation},
    model::{Effect, Model, Msg, Notice, ReadState},
    overlays::Purpose,
    pane_context::Wish,
    places::{Overlay, Pane},
    scopes::Scope,
    text_input::TextInput,
};
use crate::{
    core::{dataset::Dataset, findings::own},
    text::{Safe, safe_line},
};

/// Handles one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let before = model.front();
    let had_asked = model.overlay.as_ref().is_some_and(|open| open.wants_sets());
    let mut effects = take(model, msg);
    if model.front() == Pane::Review && before != Pane::Review {
        // What others have said meanwhile is a part of the queue.
        effects.push(Effect::ReadJournal);
    }
    effects.extend(loading::catch_up(model));
    effects.extend(reading::keep_once_read(model));
    if !had_asked && model.overlay.as_ref().is_some_and(|open| open.wants_sets()) {
        effects.push(Effect::ReadSets);
    }
    let wanted = model.overlay.as_mut().and_then(|open| open.wanted_from_notes());
    effects.extend(wanted.map(|words| Effect::SearchNotes(words.to_owned())));
    tell_next(model);
    effects
}

/// Shows the first waiting message if the footer is free, no chord is begun and no editor is open.
fn tell_next(model: &mut Model) {
    let has_editor = model.overlay.as_ref().is_some_and(|open| open.kind().has_editor());
    if model.notice.is_none() && model.pending.is_empty() && !has_editor {
        model.notice = model.later.front().cloned();
    }
}

fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => return press(model, key),
        Msg::Paste(text) => return paste(model, &text),
        Msg::Resized(size) => {
            model.size = size;
            scroll_into_view(model);
        }
        Msg::Progress(progress) => model.reading = ReadState::Underway(progress),
        Msg::Begin(session) => model.session = Some(*session),
        Msg::Loaded(data) => loading::load(model, data, None),
        Msg::ReadAgain { data, .. } if reading::leaves_nothing(model, &data) => {
            return reading::take_mapping_back(model);
        }
        Msg::ReadAgain { data, reload_diff } => loading::arrive(model, data, reload_diff),
        Msg::FilesChanged => model.reads_again = true,
        Msg::Said(words) => say(model, words),
        Msg::Tell(words) => model.later.push_back(Notice::Said(words)),
        Msg::Reviews { records, me, seen, told } => return review::open(model, records, me, &seen, told),
        Msg::JournalChanged => return vec![Effect::ReadJournal],
        Msg::Kept(records) => return review::kept(model, &records),
        Msg::NotKept { drafts, why } => review::not_kept(model, &drafts, &why),
        Msg::Left(left) => drafts::take_up(model, left),
        Msg::FindingsChanged(told) => return overlay::findings_changed(model, told),
        Msg::FoundInNotes { words, found } => {
            if let Some(open) = &mut model.overlay {
                open.take_from_notes(&words, &found);
            }
        }
        Msg::SetsRead(Ok(sets)) => overlay::take_sets(model, Ok(&sets)),
        Msg::SetsRead(Err(why)) => overlay::take_sets(model, Err(&why)),
        Msg::Edited(text) => return review::edited(model, text),
        Msg::Failed(why) => {
            if model.data.is_some() {
                refuse(
                    model,
                    safe_line(&format!("NOT read again: {why}; the cards shown are those read before")),
                );
            }
            model.reading = ReadState::Failed(why);
        }
    }
    vec![]
}

impl Model {
    /// The model after its first [`Msg::Loaded`], for callers that want the first frame to be complete.
    #[must_use]
    pub fn with_data(mut self, data: Arc<Dataset>) -> Self {
        update(&mut self, Msg::Loaded(data));
        self
    }
}

/// Clears the message in the footer: any key or click means that it was seen.
fn seen(model: &mut Model) {
    let said = model.notice.take();
    if said.is_some() && said.as_ref() == model.later.front() {
        model.later.pop_front();
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    seen(model);
    if overlay::holds(model, key) {
        return vec![];
    }
    model.pending.push(key);
    match model.keymap.resolve(&model.scopes(), &model.pending) {
        KeyMeaning::Pending => vec![],
        KeyMeaning::Run(command) => {
            model.pending.clear();
            // The key for Quit goes back first; the command run by name (palette, help) quits at once.
            let is_away =
                model.overlay.is_none() && model.typing.is_none() && model.front() != Pane::Countries;
            run(model, if command == Command::Quit && is_away { Command::Back } else { command })
        }
        KeyMeaning::Nothing => {
            let pressed = std::mem::take(&mut model.pending);
            unbound(model, &pressed)
        }
    }
}

/// Keys that had a meaning in the release before and have none now, and where that went.
const MOVED: [(Pane, &str, &str); 1] = [(Pane::Review, "a", "authors are in the filters now: {filter}")];

/// Handles a key without a binding: a letter goes into the open field; any other key gets a message that it does
/// nothing here.
fn unbound(model: &mut Model, pressed: &[Key]) -> Vec<Effect> {
    let letter = if pressed.len() == 1 { pressed[0].typed() } else { None };
    if model.overlay.as_ref().is_some_and(|open| open.kind().has_editor()) {
        if let Some(letter) = letter {
            overlay::type_letter(model, letter);
        }
        return vec![];
    }
    if let Some(field) = field(model) {
        let Some(letter) = letter else { return vec![] };
        field.push(letter);
        return typed(model);
    }
    let moved = MOVED.iter().find(|(pane, key, _)| *pane == model.front() && notation(pressed) == *key);
    if let (Some((.., words)), None) = (moved, &model.overlay) {
        refuse(model, spelt(model, words));
        return vec![];
    }
    let help = model.keymap.way_to(&model.scopes(), Command::Show(Overlay::Help));
    // Esc after the beginning of a chord cancels it, without a message.
    if pressed.len() < 2 || pressed.last().is_some_and(|key| key.to_string() != "esc") {
        refuse(model, safe_line(&format!("{} does nothing here: {help} shows the keys", notation(pressed))));
    }
    vec![]
}

fn field(model: &mut Model) -> Option<&mut TextInput> {
    match &mut model.overlay {
        Some(open) => open.field_mut(),
        None => model.typing.as_mut(),
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    seen(model);
    if model.overlay.as_ref().is_some_and(|open| open.kind().has_editor()) {
        overlay::paste(model, text);
        return vec![];
    }
    let Some(field) = field(model) else { return vec![] };
    field.paste(text);
    typed(model)
}

/// Call after the text of a field changed.
fn typed(model: &mut Model) -> Vec<Effect> {
    if model.overlay.is_some() {
        overlay::find(model);
        return vec![];
    }
    let Some(field) = &model.typing else { return vec![] };
    let text = field.text().to_owned();
    search::search(model, &text)
}

/// Whether the mouse may be used: not in an editor, and not while an overlay waits for the disk. Cancels a begun
/// chord.
pub(super) fn is_free(model: &mut Model) -> bool {
    seen(model);
    model.pending.clear();
    let has_editor = model.overlay.as_ref().is_some_and(|open| open.kind().has_editor());
    !has_editor && !overlay::is_held(model)
}

/// Runs a command, whether a key, the palette or the help asked for it.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if model.overlay.is_some() {
        return overlay::run(model, command);
    }
    if model.typing.is_some() {
        return search::run_while_typing(model, command);
    }
    let Some(spec) = command.spec() else { return vec![] };
    if let Err(why) = model.needs_met().meets(spec.needs) {
        let why = refusal(model, why);
        refuse(model, spelt(model, &why));
        return vec![];
    }
    perform(model, command, spec)
}

fn refusal(model: &Model, why: &'static str) -> Safe {
    if model.data.is_none() && model.is_reading() {
        return Safe::fixed("still reading: there are no cards yet");
    }
    Safe::fixed(why)
}

fn perform(model: &mut Model, command: Command, spec: &Spec) -> Vec<Effect> {
    if let Scope::Pane(pane) = spec.scope {
        // A command of one pane, run by name from another: first show that pane.
        go(model, pane);
    }
    if let Scope::On(overlay) = spec.scope {
        overlay::open(model, overlay);
        return overlay::run(model, command);
    }
    let was_warned = std::mem::take(&mut model.is_warned);
    match command {
        Command::Quit if drafts::is_holding_back(model, was_warned) => {}
        Command::Quit if !model.unkept_sets().is_empty() && !was_warned => {
            reading::warn_of_unkept(model);
        }
        Command::Quit => return vec![Effect::Quit],
        Command::Reload if model.is_reading() => refuse(model, Safe::fixed("already reading")),
        Command::Reload => return loading::begin_again(model),
        Command::Go(pane) => go(model, pane),
        Command::NextPane => navigation::next_box(model, true),
        Command::PreviousPane => navigation::next_box(model, false),
        Command::Zoom => navigation::zoom(model),
        Command::Back => return back(model),
        Command::Search => {
            model.typing = Some(TextInput::default());
            return search::search(model, "");
        }
        Command::ClearSearch => {
            return navigation::clear_all(model);
        }
        Command::NextMatch => return navigation::next_match(model, true),
        Command::PreviousMatch => return navigation::next_match(model, false),
        Command::Show(Overlay::Sources) => return overlay::open_sources(model),
        Command::OlderEdition => edition::step(model, false),
        Command::NewerEdition => edition::step(model, true),
        Command::NextUnreviewed => gaps::step_unreviewed(model, true),
        Command::PreviousUnreviewed => gaps::step_unreviewed(model, false),
        Command::NextNews => return review::inbox::step_news(model, true),
        Command::PreviousNews => return review::inbox::step_news(model, false),
        Command::NextGap if !model.pane().has_own_gaps() => gaps::step(model, true),
        Command::PreviousGap if !model.pane().has_own_gaps() => gaps::step(model, false),
        Command::Compare => overlay::pick(model, Purpose::Compare),
        Command::AddSubject => overlay::pick(model, Purpose::Add),
        Command::ReplaceSubject => {
            let side = model.panes.comparison.side();
            overlay::pick(model, Purpose::Replace(side));
        }
        Command::Show(
            Overlay::Flag
            | Overlay::Note
            | Overlay::Assign
            | Overlay::Reviewed
            | Overlay::Resolve
            | Overlay::Ask
            | Overlay::SignOff
            | Overlay::History,
        )
        | Command::EditNote
        | Command::MarkReviewed
        | Command::ResolveAll
        | Command::Undo
        | Command::Redo => return review::run(model, command),
        Command::Copy(piece) => {
            let Some(workspace) = &model.workspace else { return vec![] };
            match copy::copied(model.pane(), &workspace.context(true), piece) {
                Ok(copied) => return vec![Effect::Copy(copied)],
                Err(why) => refuse(model, spelt(model, &why)),
            }
        }
        Command::Write(new_file) => return vec![Effect::Write(new_file)],
        Command::ToggleMouse => {
            model.has_mouse = !model.has_mouse;
            say(model, mouse_words(model));
        }
        Command::Show(which) => overlay::open(model, which),
        _ => return pass(model, command),
    }
    vec![]
}

/// Passes a command to the pane in front.
fn pass(model: &mut Model, command: Command) -> Vec<Effect> {
    let (front, size) = (model.front(), area_of(model, model.front()));
    let Some(workspace) = &model.workspace else { return vec![] };
    let wishes = model.panes.of_mut(front).update(command, &workspace.context(true), size);
    grant(model, wishes)
}

fn grant(model: &mut Model, wishes: Vec<Wish>) -> Vec<Effect> {
    let mut effects = vec![];
    for wish in wishes {
        let Some(workspace) = &mut model.workspace else { return effects };
        match wish {
            Wish::SelectCountry(country) => workspace.select_country(country),
            Wish::SelectIndicator(indicator) => workspace.select_indicator(indicator),
            Wish::SelectEdition(edition) => workspace.select_edition(edition),
            Wish::SetSubjects(subjects) => workspace.compare(subjects),
            Wish::ShowMedian(group, edition) => overlay::open_median(model, &group, edition),
            Wish::ShowSum => overlay::open(model, Overlay::Sum),
            Wish::Go(pane) => navigation::lead_to(model, pane),
            Wish::RemoveFinding(id) => {
                let framework = workspace.data.framework.id.clone();
                effects.push(Effect::ChangeFindings { framework, change: own::OwnFindingChange::Remove(id) });
            }
            Wish::Say(words) => say(model, spelt(model, &words)),
        }
    }
    scroll_into_view(model);
    effects
}

/// Shows a pane and gives it the keys.
fn go(model: &mut Model, pane: Pane) {
    let returns = model.panes.of(pane).returns();
    if let Some(workspace) = &mut model.workspace {
        workspace.is_zoomed &= pane == model.navigation.front();
    }
    model.navigation.go(pane, returns);
    model.typing = None;
    navigation::end_searches(model);
    scroll_into_view(model);
}

/// Goes one step back: closes something in the pane, ends the search, or shows the previous pane. Never quits.
fn back(model: &mut Model) -> Vec<Effect> {
    if model.pane().takes_back() {
        return pass(model, Command::Back);
    }
    if !model.pane().searched().is_empty() {
        return search::search(model, "");
    }
    match model.navigation.before() {
        Some(pane) => go(model, pane),
        None => refuse(model, spelt(model, "nothing to go back to: {quit} quits")),
    }
    vec![]
}

/// Call after the selection, the data or the size changed: scrolls every visible pane to the selection.
fn scroll_into_view(model: &mut Model) {
    if let Some(workspace) = &model.workspace {
        for (pane, area) in model.regions().panes {
            let context = workspace.context(pane == model.navigation.front());
            model.panes.of_mut(pane).scroll_into_view(&context, area.as_size());
        }
    }
    if let Some(mut open) = model.overlay.take() {
        let size = model.overlay_area(&*open).as_size();
        open.scroll_into_view(&model.backdrop(), size);
        model.overlay = Some(open);
    }
}

fn area_of(model: &Model, pane: Pane) -> Size {
    model.area(pane).as_size()
}

fn cut_words(bytes: usize) -> Safe {
    safe_line(&format!("too long: a note holds 64 KiB; the last {bytes} bytes were cut"))
}

fn mouse_words(model: &Model) -> Safe {
    if model.has_mouse {
        return Safe::fixed("mouse on: click selects, again opens, the wheel moves; hold Shift to mark text");
    }
    Safe::fixed("mouse off: the terminal marks text again")
}

/// A message with each command name in braces replaced by its key.
fn spelt(model: &Model, words: &str) -> Safe {
    safe_line(&model.keymap.spell(&model.scopes(), words))
}

fn refuse(model: &mut Model, why: Safe) {
    model.notice = Some(Notice::Refused(why));
}

fn say(model: &mut Model, words: Safe) {
    model.notice = Some(Notice::Said(words));
}

#[cfg(test)]
mod tests;
