//! Overlays: how they open, what keys do in them, and what follows from a choice.

use super::{cut_words, drafts, go, navigation, reading, refuse, say, scroll_into_view, spelt};
use crate::{
    core::{
        compare::TimeSpan,
        dataset::{CountryId, Dataset, EditionId},
        findings::own::OwnFindingChange,
        framework::{Finding, Group},
        framework_json,
        search::CellTarget,
        subject::Subject,
    },
    review::Draft,
    text::Safe,
    tui::{
        command::Command,
        keymap::{Key, KeyMeaning},
        model::{Effect, MappingState, Model},
        overlays::{
            self, Keeping, Open, OverlayOutcome, OverlayState, Purpose, filters, median, picker, sources, sum,
        },
        pane_context::{Extent, Spot},
        places::{Overlay, Pane},
        scopes::Scope,
        set_switch::Carried,
    },
};

/// The most subjects of a comparison; with more the columns would be too narrow to read.
const MOST_SUBJECTS: usize = 4;

pub(super) fn open(model: &mut Model, which: Overlay) {
    if which == Overlay::Finding
        && let Some(workspace) = &mut model.workspace
        && let Ok(spot) = model.panes.of(model.navigation.front()).spot(&workspace.context(true))
    {
        // The overlay is about the indicator under the cursor, also among findings.
        workspace.select_indicator(spot.cell.indicator);
    }
    if which == Overlay::Filters {
        return open_filters(model);
    }
    if which == Overlay::Sum {
        return explain(model, None);
    }
    model.overlay = overlays::open(which, &model.backdrop());
    scroll_into_view(model);
}

/// Hands every set over to the overlay that waits for them.
pub(super) fn take_sets(model: &mut Model, sets: Result<&[Dataset], &Safe>) {
    if let Some(open) = &mut model.overlay {
        open.take_sets(sets);
    }
    scroll_into_view(model);
}

/// Opens the filters of the pane in front.
fn open_filters(model: &mut Model) {
    let Some(workspace) = &model.workspace else { return };
    let choices = model.pane().filters(&workspace.context(true));
    if choices.is_empty() {
        return refuse(model, spelt(model, "nothing to filter by here: {search} searches"));
    }
    model.overlay = Some(Box::new(filters::State::new(choices)));
    scroll_into_view(model);
}

/// Opens the sources of the cell under the cursor, and copies the first that has an address.
pub(super) fn open_sources(model: &mut Model) -> Vec<Effect> {
    let Some(workspace) = &model.workspace else { return vec![] };
    let context = workspace.context(true);
    let of_sides = model.front() == Pane::Comparison && context.comparison.is_some();
    let cell = match model.pane().spot(&context) {
        _ if of_sides => Ok(context.selection),
        Ok(Spot { cell, extent: Extent::Cell }) => Ok(cell),
        Ok(_) => Err(Safe::fixed("sources are those of one answer: {card} shows the answers of a card")),
        Err(why) => Err(why),
    };
    let cell = match cell {
        Ok(cell) => cell,
        Err(why) => {
            refuse(model, spelt(model, &why));
            return vec![];
        }
    };
    let state = sources::State::new(workspace, cell, of_sides);
    let copied = state.first_address();
    if state.is_empty() {
        refuse(model, spelt(model, "no source is named for this cell"));
        return vec![];
    }
    model.overlay = Some(Box::new(state));
    scroll_into_view(model);
    copied.map(Effect::Copy).into_iter().collect()
}

/// Opens the sum of a country's score in the selected edition, or of the country and edition under the cursor: in a
/// comparison they are not the selected ones.
fn explain(model: &mut Model, country: Option<CountryId>) {
    let Some(workspace) = &model.workspace else { return };
    let spot = model.panes.of(model.navigation.front()).spot(&workspace.context(true));
    let here = spot.map_or(workspace.selection, |spot| spot.cell);
    let (country, edition) =
        country.map_or((here.country, here.edition), |country| (country, workspace.selection.edition));
    model.overlay = Some(Box::new(sum::State::new(country, edition, workspace)));
    scroll_into_view(model);
}

/// Opens what a group's median of the selected indicator is of.
pub(super) fn open_median(model: &mut Model, group: &Group, edition: EditionId) {
    let Some(workspace) = &model.workspace else { return };
    let state = median::State::new(workspace, group, edition, workspace.selection.indicator);
    model.overlay = Some(Box::new(state));
    scroll_into_view(model);
}

/// Opens the picker for a subject.
pub(super) fn pick(model: &mut Model, purpose: Purpose) {
    let Some(workspace) = &model.workspace else { return };
    if purpose == Purpose::Add && workspace.subjects().len() >= MOST_SUBJECTS {
        let words = "four are compared already: press {replace-subject} to replace one, {remove-subject} to remove one";
        return refuse(model, spelt(model, words));
    }
    model.overlay = picker::State::new(purpose, &model.backdrop()).map(|state| Box::new(state) as Open);
    scroll_into_view(model);
}

/// Call after the text of an overlay's field changed.
pub(super) fn find(model: &mut Model) {
    if let Some(mut open) = model.overlay.take() {
        open.find(&model.backdrop());
        model.overlay = Some(open);
    }
    scroll_into_view(model);
}

/// Types a letter into an editor, unless its text is being saved.
pub(super) fn type_letter(model: &mut Model, letter: char) {
    if !is_held(model)
        && let Some(Err(why)) = model.overlay.as_mut().map(|open| open.type_letter(letter))
    {
        refuse(model, spelt(model, &why));
    }
    scroll_into_view(model);
}

pub(super) fn paste(model: &mut Model, text: &str) {
    let cut = if is_held(model) { 0 } else { model.overlay.as_mut().map_or(0, |open| open.paste(text)) };
    if cut > 0 {
        refuse(model, cut_words(cut));
    }
    scroll_into_view(model);
}

/// While an overlay waits for the disk, all keys but those that go back are kept for later, so that a slow disk loses
/// nothing a fast reviewer types. This is the most keys kept.
const MOST_AHEAD: usize = 256;

pub(super) fn holds(model: &mut Model, key: Key) -> bool {
    let goes_back = matches!(
        model.keymap.resolve(&model.scopes(), &[key]),
        KeyMeaning::Run(Command::Back | Command::Quit)
    );
    if goes_back || model.ahead.len() >= MOST_AHEAD || !is_held(model) {
        return false;
    }
    model.ahead.push(key);
    true
}

/// Whether the overlay waits for the disk. If so, shows a message.
pub(super) fn is_held(model: &mut Model) -> bool {
    let is_held = model
        .overlay
        .as_mut()
        .and_then(|open| open.keeping_mut())
        .is_some_and(|keeping| keeping.is_underway());
    if is_held {
        refuse(model, spelt(model, "still saving: {back} goes back, the words are kept"));
    }
    is_held
}

/// Runs a command on the open overlay.
fn run_on(model: &mut Model, command: Command) -> Vec<Effect> {
    if model.overlay.as_mut().and_then(|open| open.field_mut()).is_some_and(|field| field.edit(command)) {
        find(model);
        return vec![];
    }
    if !matches!(command, Command::Back | Command::Quit) && is_held(model) {
        return vec![];
    }
    let Some(mut open) = model.overlay.take() else { return vec![] };
    let size = model.overlay_area(&*open).as_size();
    let outcome = match command {
        Command::Back | Command::Quit => OverlayOutcome::Close,
        _ => open.update(command, &model.backdrop(), size),
    };
    match outcome {
        OverlayOutcome::Stay => {
            model.overlay = Some(open);
            scroll_into_view(model);
        }
        OverlayOutcome::Close if let Some(place) = open.goes_back_to() => reading::show(model, &place),
        OverlayOutcome::Close => close(model, &*open),
        OverlayOutcome::Keep(drafts) => return keep(model, open, drafts),
        OverlayOutcome::NameAuthor(given, then) => {
            let named = super::asking::name(model, &given);
            return std::iter::once(named).chain(super::run(model, then)).collect();
        }
        OverlayOutcome::AskFor(draft) => ask_for(model, draft),
        OverlayOutcome::Edit(text) => {
            model.overlay = Some(open);
            return vec![Effect::Edit { text }];
        }
        OverlayOutcome::Refuse(why) => {
            model.overlay = Some(open);
            refuse(model, spelt(model, &why));
        }
        OverlayOutcome::Remap(..)
        | OverlayOutcome::ShowReading(_)
        | OverlayOutcome::AskOfTable(..)
        | OverlayOutcome::SaveMapping { .. } => return reading::of_table(model, open, outcome),
        OverlayOutcome::Run(command) => return super::run(model, command),
        OverlayOutcome::GoTo(target) => {
            go_to(model, target);
            return super::asking::see(model, open.kind(), target);
        }
        OverlayOutcome::ChooseGroup(group) => {
            if let Some(workspace) = &mut model.workspace {
                workspace.choose_group(group);
            }
            navigation::show_selected(model);
            scroll_into_view(model);
        }
        OverlayOutcome::OpenSet { set, indicator } => return open_set(model, open, set, indicator),
        OverlayOutcome::Narrow(at) => return narrow(model, at),
        OverlayOutcome::Copy(copied) => {
            model.overlay = Some(open);
            return vec![Effect::Copy(copied)];
        }
        OverlayOutcome::SaveFinding(finding) => return save_finding(model, open, &finding),
        OverlayOutcome::Explain(country) => explain(model, Some(country)),
        OverlayOutcome::Weigh(rules) => {
            if let Some(workspace) = &mut model.workspace {
                workspace.weigh(rules);
            }
            model.overlay = Some(open);
            scroll_into_view(model);
        }
        OverlayOutcome::ListCountries(text) => return super::search::list_countries(model, &text),
        OverlayOutcome::Choose(purpose, subject) => choose(model, purpose, subject),
    }
    vec![]
}

fn ask_for(model: &mut Model, draft: Draft) {
    if let Err(why) = super::asking::open(model, draft) {
        refuse(model, spelt(model, &why));
    }
}

fn close(model: &mut Model, open: &dyn OverlayState) {
    model.ahead.clear();
    drafts::leave(model, open);
    if open.kind() == Overlay::Reading && model.mapping == MappingState::Unkept {
        let keep = model.keymap.spell(&Overlay::Reading.scopes(), "{save-mapping}");
        let words = format!("changed, not kept: {{reading}} and there {keep} keeps how this is read");
        say(model, spelt(model, &words));
    }
    scroll_into_view(model);
}

/// Narrows the pane in front by one of its filters.
fn narrow(model: &mut Model, at: usize) -> Vec<Effect> {
    let (front, size) = (model.front(), super::area_of(model, model.front()));
    let Some(workspace) = &model.workspace else { return vec![] };
    let wishes = model.panes.of_mut(front).choose_filter(at, &workspace.context(true), size);
    super::grant(model, wishes)
}

/// Shows a cell on its card, and says so if that is in another edition than the one before.
fn go_to(model: &mut Model, target: CellTarget) {
    let Some(workspace) = &mut model.workspace else { return };
    let before = workspace.selection.edition;
    workspace.go_to(target);
    let [now, before] =
        [workspace.selection.edition, before].map(|id| workspace.data.edition(id).label.clone());
    navigation::lead_to(model, Pane::Card);
    navigation::show_selected(model);
    if now != before {
        let words = format!("edition {now} now, not {before}: {{older-edition}} {{newer-edition}} change it");
        say(model, spelt(model, &words));
    }
}

/// Asks for the finding to be kept among the user's own; the overlay stays until it is.
fn save_finding(model: &mut Model, open: Open, finding: &Finding) -> Vec<Effect> {
    model.overlay = Some(open);
    let Some(workspace) = &model.workspace else { return vec![] };
    let framework = &workspace.data.framework;
    model.panes.findings.expect(finding.id.clone());
    let change = OwnFindingChange::Add(framework_json::finding(framework, finding));
    vec![Effect::ChangeFindings { framework: framework.id.clone(), change }]
}

/// Asks for another set, unless files are being read: they would arrive as that one.
fn open_set(model: &mut Model, open: Open, id: Box<str>, indicator: Option<Box<str>>) -> Vec<Effect> {
    if model.is_reading() {
        model.overlay = Some(open);
        refuse(model, Safe::fixed("still reading: then another set can be opened"));
        return vec![];
    }
    reading::leave_set(model);
    model.carried =
        model.workspace.as_ref().map(|workspace| Carried::of(workspace, model.front(), indicator));
    vec![Effect::OpenSet(id)]
}

fn keep(model: &mut Model, mut open: Open, drafts: Vec<Draft>) -> Vec<Effect> {
    if drafts.is_empty() {
        refuse(model, Safe::fixed("there is nothing to save"));
    } else if let Some(keeping) = open.keeping_mut() {
        *keeping = Keeping::Underway(drafts.clone());
    }
    model.overlay = Some(open);
    scroll_into_view(model);
    if drafts.is_empty() { vec![] } else { vec![Effect::Keep(drafts)] }
}

pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let here = model.overlay.as_ref().map(|open| Scope::On(open.kind()));
    let is_here = command.spec().is_some_and(|spec| Some(spec.scope) == here);
    let is_typed = command.spec().is_some_and(|spec| spec.scope == Scope::Editing);
    let has_editor = model.overlay.as_ref().is_some_and(|open| open.kind().has_editor());
    if command.works_on_overlays()
        || is_here
        || is_typed && has_editor
        || matches!(command, Command::DeleteLetter | Command::DeleteWord | Command::DeleteLine)
    {
        return run_on(model, command);
    }
    refuse(model, spelt(model, "close this first: {back}"));
    vec![]
}

/// Handles the result of changing the user's own findings. A change becomes visible when the files have been read
/// again; after a failure the overlay stays open.
pub(super) fn findings_changed(model: &mut Model, told: Result<Safe, Safe>) -> Vec<Effect> {
    match told {
        Ok(words) => {
            if model.overlay.as_ref().is_some_and(|open| open.kind() == Overlay::Finding) {
                model.overlay = None;
            }
            model.greeting = Some(words);
            scroll_into_view(model);
            // A reading that is under way may have begun before the change, so another one follows.
            model.reads_again = true;
            vec![]
        }
        Err(why) => {
            model.panes.findings.expect_nothing();
            if let Some(open) = &mut model.overlay {
                open.release();
            }
            refuse(model, why);
            vec![]
        }
    }
}

fn choose(model: &mut Model, purpose: Purpose, subject: Subject) {
    let Some(workspace) = &mut model.workspace else { return };
    let mut subjects = workspace.subjects().to_vec();
    match purpose {
        Purpose::Compare => {
            subjects =
                vec![Subject::Country(workspace.selection.country, workspace.selection.edition), subject];
        }
        Purpose::Add => subjects.push(subject),
        Purpose::Replace(at) if at < subjects.len() => subjects[at] = subject,
        Purpose::Replace(_) => {}
    }
    // One in two editions is read as time, from left to right.
    if purpose == Purpose::Compare && TimeSpan::of(&subjects).is_some_and(|span| !span.first_is_older) {
        subjects.reverse();
    }
    let newest = subjects.len() - 1;
    workspace.compare(subjects);
    if purpose == Purpose::Add {
        // The cursor goes to the new subject, the one most likely to be changed next.
        model.panes.comparison.put_on(newest);
    }
    go(model, Pane::Comparison);
}
