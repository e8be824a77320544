//! The commands that write records, and the answers of the journal.

mod words;
pub(super) mod inbox;
mod flags;
mod cards;

use self::{
    flags::{Doing, Meant},
    inbox::{CAME_IN, SINCE, announce},
    words::{saved, taken_back},
};
use super::{asking, refuse, say, scroll_into_view, spelt};
use crate::{
    core::cell::Gap,
    review::{
        Act, Book, Draft, Record, Review, Reviewer, TargetIds,
        drafts::{self, CellIds},
        news::{self, Seen},
        steps::Undoing,
        target::Target,
    },
    text::{Safe, safe_line},
    tui::{
        command::Command,
        model::{Effect, Model, Notice, typed_text},
        overlays::{
            Keeping, Open, Typed,
            choices::{self, Choice},
            flag, history, note,
        },
        pane_context::{Extent, Selection, Spot},
        places::Overlay,
        text_area::Editor,
        widgets::{cell_text::count, review_text},
        workspace::Workspace,
    },
};

/// Lays the records of the journal over the cards, and tells what came from others.
pub(super) fn open(
    model: &mut Model,
    records: Vec<Record>,
    me: Reviewer,
    seen: &Seen,
    told: Option<Safe>,
) -> Vec<Effect> {
    let is_first = model.me != me;
    model.me = me;
    model.inbox.seen.join(seen);
    model.later.extend(told.map(Notice::Refused));
    let Some(workspace) = &mut model.workspace else { return vec![] };
    let framework = workspace.data.framework.id.clone();
    if !is_first && records.len() == workspace.review.book.records().len() {
        return vec![];
    }
    let book = Book::of(records);
    let before = model.inbox.seen.clone();
    let fresh = model.inbox.take(&book, &model.me, &framework);
    let fresh: Vec<&Record> = book.records().filter(|record| fresh.contains(&record.id)).collect();
    let since = if is_first { SINCE } else { CAME_IN };
    let said = (!fresh.is_empty()).then(|| news::in_words(&fresh));
    let conflicts = workspace.review.conflicts();
    workspace.review = Review::over(book, model.me.clone(), &workspace.data);
    workspace.review.fresh = model.inbox.fresh();
    // What came may speak against what was said here.
    let conflicts = workspace.review.conflicts().saturating_sub(conflicts);
    let conflicts = match conflicts {
        // At the start nobody knows which were there before.
        _ if is_first => String::new(),
        0 => String::new(),
        many => format!(", {}", count(many, "conflict", "conflicts")),
    };
    if let Some(said) = said {
        let words = format!("{since}: {said}{conflicts}; {{next-news}} goes to the first");
        announce(model, spelt(model, &words));
    }
    scroll_into_view(model);
    if model.inbox.seen == before { vec![] } else { vec![Effect::KeepSeen(model.inbox.seen.clone())] }
}

/// Adds records to the screen once they are on the disk, never earlier.
pub(super) fn kept(model: &mut Model, records: &[Record]) -> Vec<Effect> {
    for (overlay, on, text) in records.iter().filter_map(|record| typed_text(&record.act)) {
        let slot = (overlay, on.clone());
        if model.unsaved.get(&slot).is_some_and(|left| left.text.trim_end() == text) {
            model.unsaved.remove(&slot);
        }
    }
    let is_asked = |open: &mut Open| open.keeping_mut().is_some_and(|keeping| keeping.is_of(records));
    if model.overlay.as_mut().is_some_and(is_asked) {
        model.overlay = None;
    }
    let Some(workspace) = &mut model.workspace else { return vec![] };
    model.steps.kept(records);
    let mut book = std::mem::take(&mut workspace.review.book);
    book.add(records.iter().cloned());
    workspace.review = Review::over(book, model.me.clone(), &workspace.data);
    workspace.review.fresh = model.inbox.fresh();
    // Whoever speaks of something has looked at what was said of it.
    let spoken: Vec<Target> = records
        .iter()
        .filter_map(|record| news::target_of(&workspace.review.book, record).cloned())
        .collect();
    for topic in model.inbox.topics(&workspace.review.book) {
        if spoken.contains(&topic.on) {
            model.inbox.see(&workspace.review.book, &topic);
        }
    }
    workspace.review.fresh = model.inbox.fresh();
    let words = saved(workspace, records);
    let context = workspace.context(true);
    let wishes = model.panes.of(model.navigation.front()).after_change(&context);
    say(model, words);
    super::grant(model, wishes);
    if model.overlay.is_some() {
        return vec![];
    }
    // Run the keys pressed meanwhile. If they save again, the keys after that wait again.
    let ahead = std::mem::take(&mut model.ahead);
    ahead.into_iter().flat_map(|key| super::press(model, key)).collect()
}

/// Shows that nothing was saved, and why. The typed text stays where it can be saved again.
pub(super) fn not_kept(model: &mut Model, drafts: &[Draft], why: &Safe) {
    model.steps.not_kept(drafts);
    if let Some(keeping) = model.overlay.as_mut().and_then(|open| open.keeping_mut())
        && keeping.is_for(drafts)
    {
        *keeping = Keeping::Failed(why.clone());
        model.ahead.clear();
        refuse(model, Safe::fixed("NOT saved; it stays here to be saved again"));
        return scroll_into_view(model);
    }
    for draft in drafts {
        let (overlay, on, text, kind) = match &draft.act {
            Act::Flag { on, note, kind } if !note.is_empty() => (Overlay::Flag, on, note, Some(*kind)),
            Act::Note { on, text, .. } => (Overlay::Note, on, text, None),
            _ => continue,
        };
        let typed = || Typed { text: text.raw().to_owned(), kind };
        model.unsaved.entry((overlay, on.clone())).or_insert_with(typed);
    }
    let what = if drafts.len() == 1 { "NOT saved".to_owned() } else { format!("{} NOT saved", drafts.len()) };
    refuse(model, safe_line(&format!("{what}: {why}")));
    scroll_into_view(model);
}

/// Puts the text from the user's editor into the overlay it came from. A note is then saved.
pub(super) fn edited(model: &mut Model, text: Result<String, Safe>) -> Vec<Effect> {
    let text = match text {
        Ok(text) => text,
        Err(why) => {
            refuse(model, why);
            return vec![];
        }
    };
    let Some(open) = &mut model.overlay else { return vec![] };
    let Some(editor) = open.editor_mut() else { return vec![] };
    *editor = Editor::default();
    let cut = editor.insert(&text);
    if cut > 0 {
        refuse(model, super::cut_words(cut));
        return vec![];
    }
    let is_note = open.kind() == Overlay::Note;
    scroll_into_view(model);
    if is_note { super::overlay::run(model, Command::Save) } else { vec![] }
}

/// Saves drafts without an overlay.
fn keep(model: &mut Model, drafts: Vec<Draft>) -> Vec<Effect> {
    say(model, Safe::fixed("saving…"));
    vec![Effect::Keep(drafts)]
}

/// Runs a command that writes a record about the selection.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let writes = !matches!(command, Command::Undo | Command::Redo | Command::Show(Overlay::History));
    if writes && model.workspace.is_some() && asking::needs_name(model, command) {
        return vec![];
    }
    let done = match command {
        Command::Undo | Command::Redo => undo(model, command == Command::Undo),
        Command::Show(Overlay::Resolve) => flag_here(model, Doing::Resolve, command),
        Command::ResolveAll => resolve_all(model),
        Command::Show(Overlay::Ask) => flag_here(model, Doing::Ask, command),
        _ => run_here(model, command),
    };
    match done {
        Ok(effects) => effects,
        Err(why) => {
            refuse(model, spelt(model, &why));
            vec![]
        }
    }
}

fn run_at(model: &mut Model, command: Command, spot: Spot) -> Result<Vec<Effect>, Safe> {
    let Some(workspace) = &model.workspace else { return Ok(vec![]) };
    let left = |overlay| {
        let unsaved = &model.unsaved;
        move |on: &Target| unsaved.get(&(overlay, on.clone())).cloned()
    };
    let overlay: Open = match command {
        Command::Show(Overlay::Flag) => Box::new(flag::State::new(workspace, spot, left(Overlay::Flag))),
        Command::Show(Overlay::Note) | Command::EditNote => {
            let shown = model.pane().shown_cells(&workspace.context(true));
            Box::new(note::State::new(workspace, spot, left(Overlay::Note)).over(workspace, &shown))
        }
        Command::Show(Overlay::Assign) => Box::new(assign(workspace, spot)?),
        Command::Show(Overlay::Reviewed) => Box::new(review_more(model, workspace, spot)),
        Command::Show(which @ (Overlay::Resolve | Overlay::Ask)) => {
            let doing = if which == Overlay::Ask { Doing::Ask } else { Doing::Resolve };
            match flags::meant(workspace, spot, doing)? {
                Meant::OneOf(choices) => Box::new(choices),
                Meant::Only(draft) => return ask_for(model, draft),
            }
        }
        Command::Show(Overlay::History) => Box::new(history::State::new(workspace, spot)),
        Command::Show(Overlay::SignOff) => Box::new(cards::choices(workspace, spot)?),
        _ => {
            let drafts = mark(model, workspace, &cells(workspace, spot))?;
            return Ok(keep(model, drafts));
        }
    };
    model.overlay = Some(overlay);
    scroll_into_view(model);
    Ok(if command == Command::EditNote { super::overlay::run(model, Command::EditOutside) } else { vec![] })
}

/// Asks for the words of a record, then keeps it; a flag is reopened without a word.
fn ask_for(model: &mut Model, draft: Draft) -> Result<Vec<Effect>, Safe> {
    if matches!(draft.act, Act::Reopen { .. }) {
        return Ok(keep(model, vec![draft]));
    }
    asking::open(model, draft)?;
    Ok(vec![])
}

/// Resolves the flag under the cursor or asks somebody about it, else a flag on the selected cell.
fn flag_here(model: &mut Model, doing: Doing, command: Command) -> Result<Vec<Effect>, Safe> {
    let context = model.workspace.as_ref().map(|workspace| workspace.context(true));
    let draft = match context.and_then(|context| model.pane().resolve(&context)) {
        Some(Ok(draft)) => draft,
        // A note in the queue may stand beside a flag.
        Some(Err(_)) if doing == Doing::Ask => return run_here(model, command),
        Some(Err(why)) => return Err(why),
        None => return run_here(model, command),
    };
    let book = model.workspace.as_ref().map(|workspace| &workspace.review.book);
    let flag = draft.act.flag().and_then(|flag| book?.flag(flag));
    let draft = flag.map_or(draft.clone(), |flag| doing.draft(flag));
    ask_for(model, draft)
}

/// Asks why, then resolves every open flag that is shown.
fn resolve_all(model: &mut Model) -> Result<Vec<Effect>, Safe> {
    let Some(workspace) = &model.workspace else { return Ok(vec![]) };
    let drafts = model.pane().resolve_all(&workspace.context(true));
    if drafts.is_empty() {
        return Err(Safe::fixed("no open flag is shown that you could resolve"));
    }
    asking::resolve_all(model, drafts);
    Ok(vec![])
}

fn run_here(model: &mut Model, command: Command) -> Result<Vec<Effect>, Safe> {
    let Some(workspace) = &model.workspace else { return Err(Safe::fixed("there are no cards to work on")) };
    let spot = model.pane().spot(&workspace.context(true))?;
    run_at(model, command, spot)
}

fn undo(model: &mut Model, back: bool) -> Result<Vec<Effect>, Safe> {
    let Some(workspace) = &model.workspace else { return Ok(vec![]) };
    if model.steps.is_saving() {
        return Err(Safe::fixed("still saving what was asked for before"));
    }
    if !back {
        let draft = model.steps.redo();
        let draft = draft.ok_or(Safe::fixed("nothing was undone since you last said something"))?;
        return Ok(keep(model, vec![draft]));
    }
    match model.steps.undo(&workspace.review.book, &model.me.writer) {
        Undoing::Step(draft) => Ok(keep(model, vec![draft])),
        Undoing::Earlier(of) => {
            let time = workspace.review.book.records().find(|record| of.contains(&record.id));
            let when = time.map(|record| review_text::when(&record.time)).unwrap_or_default();
            let words = taken_back(workspace, &of);
            Err(safe_line(&format!("{{undo}} once more: {words} (said {when}, before this session)")))
        }
        Undoing::Nothing => Err(Safe::fixed("nothing of yours is left to undo")),
    }
}

/// The cells of a spot: one cell, those of a card, or those of an indicator in the group.
fn cells(workspace: &Workspace, spot: Spot) -> Vec<CellIds> {
    let Selection { country, edition, indicator } = spot.cell;
    match spot.extent {
        Extent::Cell => vec![(country, edition, indicator)],
        Extent::Card => workspace.data.framework.indicator_ids().map(|one| (country, edition, one)).collect(),
        Extent::Indicator => workspace.members.iter().map(|one| (*one, edition, indicator)).collect(),
    }
}

/// Marks cells as reviewed, or removes the marks if all of them have one.
fn mark(model: &Model, workspace: &Workspace, cells: &[CellIds]) -> Result<Vec<Draft>, Safe> {
    let drafts = drafts::review(&workspace.review, &workspace.data, &model.me, cells);
    if !drafts.is_empty() {
        return Ok(drafts);
    }
    let back = drafts::unreview(&workspace.review, &workspace.data, &model.me, cells);
    back.map(|draft| vec![draft]).ok_or(Safe::fixed("there is nothing to mark here"))
}

fn review_more(model: &Model, workspace: &Workspace, spot: Spot) -> choices::State {
    let of = |extent: Extent, what: &str| {
        let cells = cells(workspace, spot.over(extent));
        let drafts = mark(model, workspace, &cells).unwrap_or_default();
        let is_back = matches!(&*drafts, [Draft { act: Act::Undo { .. }, .. }]);
        let title = if is_back {
            format!("no longer reviewed: {what}, {}", count(cells.len(), "cell", "cells"))
        } else {
            format!(
                "{what}: {} of {} not reviewed by you yet",
                drafts.len(),
                count(cells.len(), "cell", "cells")
            )
        };
        let meaning = "kept as you see the cells now; a cell that changes on disk later is told";
        Choice { title: safe_line(&title), meaning: Safe::fixed(meaning), drafts, asks: false }
    };
    let all = vec![
        of(Extent::Cell, "this cell"),
        of(Extent::Card, "the whole card"),
        of(Extent::Indicator, "the indicator in every card"),
    ];
    let name = review_text::name(&workspace.data, &Target::of(&workspace.data, spot.place()));
    choices::State::new(Overlay::Reviewed, name, all, spot.extent as usize)
}

/// The choices for assigning a gap to a cell that the card leaves open.
fn assign(workspace: &Workspace, spot: Spot) -> Result<choices::State, Safe> {
    let Selection { country, edition, indicator } = spot.cell;
    let cell = (country, edition, indicator);
    drafts::can_assign(&workspace.data, cell)?;
    let on = Target::of(&workspace.data, TargetIds::Cell(country, edition, indicator));
    let already = workspace.review.book.assigned(&on);
    let mut all = vec![];
    for gap in [Gap::NotAssessed, Gap::NoData, Gap::NotApplicable, Gap::Withheld] {
        let drafts = vec![drafts::assign(&workspace.review.book, &workspace.data, cell, Some(gap))?];
        let by: Vec<String> =
            already.iter().filter(|one| one.gap == Some(gap)).map(|one| review_text::by(&one.said)).collect();
        let by = if by.is_empty() { String::new() } else { format!("   said by {}", by.join(" and ")) };
        let title = safe_line(&format!("{}{by}", gap.title()));
        all.push(Choice { title, meaning: safe_line(gap.meaning()), drafts, asks: false });
    }
    let at = all.iter().position(|choice| choice.title.contains("   said by")).unwrap_or(1);
    if already.iter().any(|one| one.gap.is_some()) {
        let drafts = vec![drafts::assign(&workspace.review.book, &workspace.data, cell, None)?];
        let title = Safe::fixed("take back what was said");
        all.push(Choice {
            title,
            meaning: Safe::fixed("the gap is again only what the card leaves open"),
            drafts,
            asks: false,
        });
    }
    Ok(choices::State::new(Overlay::Assign, review_text::name(&workspace.data, &on), all, at))
}
