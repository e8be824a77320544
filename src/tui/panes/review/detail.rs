//! The detail of the queue: the item in full, what the card says there now, and every record about it.

use crate::{
    review::{
        TargetIds,
        queue::{Item, QueueKind, QueueState},
    },
    text::{Safe, safe_line},
    tui::{
        look::{Glyphs, Role},
        pane_context::PaneContext,
        places::Pane,
        widgets::{
            cell_text,
            prose::{Prose, ProseLine},
            review_text,
        },
    },
};

pub(super) fn lines(
    context: &PaneContext<'_>,
    item: &Item,
    columns: usize,
    glyphs: &Glyphs,
) -> Vec<ProseLine> {
    let mut prose = Prose::new(columns, glyphs);
    let role = if item.state.is_open() { Role::Mark } else { Role::Faint };
    let when = review_text::when_in_full(&item.said.time);
    let state = item.state.id();
    let head = format!("{state} {}, {} {when}", item.kind.title(), item.said.author.line());
    prose.say(&head, 0, 2, role);
    if !item.words.is_empty() {
        prose.say(&item.words.block(), 2, 0, Role::Text);
    }
    let advice = match (item.state, item.kind) {
        (QueueState::Changed, _) => {
            "What the card says is not what was reviewed: look, then {reviewed} marks it anew."
        }
        (QueueState::Conflict, QueueKind::Note) => {
            "Written at the same time as another note: {note} makes them one."
        }
        (QueueState::Conflict, QueueKind::Assignment) => {
            "These were said at the same time: {assign} says what holds."
        }
        (QueueState::Conflict, QueueKind::SignOff) => {
            "These were said at the same time: {sign-off} says what holds."
        }
        (QueueState::Conflict, _) => "Resolved and reopened at the same time: {resolve} resolves it.",
        _ => "",
    };
    if !advice.is_empty() {
        prose.say(&context.spell(Pane::Review, advice), 2, 0, Role::Warning);
    }
    match item.place {
        Some(TargetIds::Cell(country, edition, indicator)) => {
            let scale = context.data.framework.scale(indicator);
            let cell = context.data.cell(country, edition, indicator);
            let says = cell_text::of_cell(scale, &cell, || context.data.label(country, edition, indicator));
            prose.say(&format!("the card says: {}", says.all()), 0, 2, says.role);
        }
        Some(_) => {}
        None => prose.say("These cards have nothing of the kind: it was said about others.", 0, 2, Role::Gap),
    }
    let history = context.review.book.history(&item.on);
    prose.head(&format!("All that was said here: {}", cell_text::count(history.len(), "record", "records")));
    for record in history.iter().rev() {
        let is_undone = context.review.book.is_undone(&record.id);
        let quotes = (glyphs.quote_open, glyphs.quote_close);
        let (role, end) = if is_undone { (Role::Faint, " (undone)") } else { (Role::Text, "") };
        let when = review_text::when_in_full(&record.time);
        let text = format!("{when}  {}  {}{end}", record.author.line(), review_text::act(record, quotes));
        prose.say(&text, 0, 2, role);
    }
    prose.lines
}

/// Why nothing is done about an item of other cards.
pub(super) fn not_here(item: &Item) -> Safe {
    let code = item.on.country.as_deref().or(item.on.indicator.as_deref()).unwrap_or_default();
    safe_line(&format!("{code} {} is not in these cards", item.on.edition))
}
