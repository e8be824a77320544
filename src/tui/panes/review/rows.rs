//! One line of the queue: state, kind, country, indicator, edition, author, time, the first line of the note.

use super::what;
use crate::{
    review::{
        Queue,
        queue::{Item, Standing},
    },
    text::{safe_line, width},
    tui::{
        look::{Look, Role},
        pane_context::Scene,
        widgets::{line_writer::Pen, review_text},
    },
};

/// Widths of the columns; 0 leaves one out, with the space before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    state: usize,
    kind: usize,
    country: usize,
    what: usize,
    edition: usize,
    author: usize,
    time: usize,
}

const STATE: usize = 8;
const KIND: usize = 12;
const TIME: usize = 12;

impl Columns {
    pub(super) fn new(total: usize, queue: &Queue) -> Self {
        let widest = |words: &mut dyn Iterator<Item = usize>, most: usize| words.max().unwrap_or(0).min(most);
        let country = widest(&mut queue.countries.iter().map(|code| width(&safe_line(code))), 6);
        let author = widest(&mut queue.authors.iter().map(|author| width(&author.line())), 10);
        let editions = queue.items.iter().map(|item| &item.on.edition);
        let edition = widest(&mut editions.clone().map(|label| width(&safe_line(label))), 7);
        let several = editions.clone().zip(editions.skip(1)).any(|(a, b)| a != b);
        let all = Self { state: STATE, kind: KIND, country, what: 20, edition, author, time: TIME };
        match total {
            100.. => Self { what: (total - 78).clamp(20, 40), ..all },
            // The detail says what there is no room for.
            70.. => Self { time: 0, edition: if several { edition } else { 0 }, what: 18, ..all },
            50.. => Self { time: 0, edition: 0, author: 0, what: 0, ..all },
            _ => Self { state: 0, country, kind: KIND, ..Self::default() },
        }
    }
}

pub(super) fn draw(
    pen: &mut Pen<'_>,
    scene: &Scene<'_>,
    look: &Look,
    columns: &Columns,
    item: &Item,
    (is_cursor, focused): (bool, bool),
) {
    let (sign, role) = match item.standing {
        Standing::Open => ("!", Role::Mark),
        Standing::Conflict => ("x", Role::Warning),
        Standing::Changed => ("~", Role::Warning),
        Standing::Resolved => (" ", Role::Faint),
    };
    let text = match (item.standing.is_open(), is_cursor && !focused) {
        (_, true) => Role::CursorElsewhere,
        (true, false) => Role::Text,
        (false, false) => Role::Faint,
    };
    pen.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key).put(sign, role).gap(1);
    let code =
        item.on.country.as_deref().map_or_else(|| "all".to_owned(), |code| safe_line(code).into_string());
    let shown = [
        (item.standing.id().to_owned(), columns.state, role),
        (item.kind.title().to_owned(), columns.kind, text),
        (code, columns.country, Role::Faint),
        (what(scene, item), columns.what, text),
        (safe_line(&item.on.edition).into_string(), columns.edition, Role::Faint),
        (item.said.author.line().into_string(), columns.author, Role::Faint),
        (review_text::when(&item.said.time), columns.time, Role::Faint),
    ];
    for (words, columns, role) in shown.into_iter().filter(|(_, columns, _)| *columns > 0) {
        pen.cell(&words, columns, role).gap(1);
    }
    let first = item.words.raw().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if columns.what == 0 {
        let words = what(scene, item);
        pen.put(&words, text);
        if !first.is_empty() {
            pen.put(": ", Role::Faint);
        }
    }
    pen.put(&safe_line(first), text);
}
