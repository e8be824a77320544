//! What is under the cursor of the queue in full, what the card says there now, and everything ever said about it.

use crate::{
    review::{
        Place,
        queue::{Item, Kind, Standing},
    },
    tui::{
        look::{Glyphs, Role},
        pane_context::Scene,
        widgets::{
            cell_text,
            prose::{Line, Prose},
            review_text,
        },
    },
};

pub(super) fn lines(scene: &Scene<'_>, item: &Item, columns: usize, glyphs: &Glyphs) -> Vec<Line> {
    let mut prose = Prose::new(columns, glyphs);
    let role = if item.standing.is_open() { Role::Mark } else { Role::Faint };
    let when = review_text::when_in_full(&item.said.time);
    let state = item.standing.id();
    let head = format!("{state} {}, {} {when}", item.kind.title(), item.said.author.line());
    prose.say(&head, 0, 2, role);
    if !item.words.is_empty() {
        prose.say(&item.words.block(), 2, 0, Role::Text);
    }
    let advice = match (item.standing, item.kind) {
        (Standing::Changed, _) => "What the card says is not what was reviewed: look, then v marks it anew.",
        (Standing::Conflict, Kind::Note) => "Written at the same time as another note: e makes them one.",
        (Standing::Conflict, Kind::Assignment) => "These were said at the same time: A says what holds.",
        (Standing::Conflict, _) => "Resolved and reopened at the same time: X resolves it.",
        _ => "",
    };
    if !advice.is_empty() {
        prose.say(advice, 2, 0, Role::Warning);
    }
    match item.place {
        Some(Place::Cell(country, edition, indicator)) => {
            let scale = scene.data.framework.scale(indicator);
            let cell = scene.data.cell(country, edition, indicator);
            let says = cell_text::of_cell(scale, &cell, || scene.data.label(country, edition, indicator));
            prose.say(&format!("the card says: {}", says.all()), 0, 2, says.role);
        }
        Some(_) => {}
        None => prose.say("These cards have nothing of the kind: it was said about others.", 0, 2, Role::Gap),
    }
    let history = scene.review.book.history(&item.on);
    prose.head(&format!("All that was said here: {}", cell_text::count(history.len(), "record", "records")));
    for record in history.iter().rev() {
        let is_undone = scene.review.book.is_undone(&record.id);
        let quotes = (glyphs.quote_open, glyphs.quote_close);
        let (role, end) = if is_undone { (Role::Faint, " (undone)") } else { (Role::Text, "") };
        let when = review_text::when_in_full(&record.time);
        let text = format!("{when}  {}  {}{end}", record.author.line(), review_text::act(record, quotes));
        prose.say(&text, 0, 2, role);
    }
    prose.lines
}
