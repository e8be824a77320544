//! One line of the queue: state, kind, country, indicator, edition, author, time, the first line of the note.

use crate::{
    review::{
        Queue, TargetIds,
        queue::{Item, QueueKind, QueueState},
    },
    text::{safe_line, width},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        widgets::{line_writer::LineWriter, review_text},
    },
};

/// Widths of the columns, each with the space before it; 0 leaves a column out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ReviewColumns {
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

impl ReviewColumns {
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
            // The detail shows the columns that are left out.
            70.. => Self { time: 0, edition: if several { edition } else { 0 }, what: 18, ..all },
            50.. => Self { time: 0, edition: 0, author: 0, what: 0, ..all },
            _ => Self { state: 0, country, kind: KIND, ..Self::default() },
        }
    }
}

pub(super) fn draw(
    writer: &mut LineWriter<'_>,
    context: &PaneContext<'_>,
    look: &Look,
    columns: &ReviewColumns,
    item: &Item,
    (is_cursor, focused): (bool, bool),
) {
    let (sign, role) = match item.state {
        QueueState::Open if item.kind == QueueKind::Note => (" ", Role::Mark),
        QueueState::Open => ("!", Role::Mark),
        QueueState::Conflict => ("x", Role::Warning),
        QueueState::Changed => ("*", Role::Warning),
        QueueState::Resolved => (" ", Role::Faint),
    };
    let text = match (item.state.is_open(), is_cursor && !focused) {
        (_, true) => Role::CursorElsewhere,
        (true, false) => Role::Text,
        (false, false) => Role::Faint,
    };
    writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key).put(sign, role).gap(1);
    let code =
        item.on.country.as_deref().map_or_else(|| "all".to_owned(), |code| safe_line(code).into_string());
    let shown = [
        (item.state.id().to_owned(), columns.state, role),
        (item.kind.title().to_owned(), columns.kind, text),
        (code, columns.country, Role::Faint),
        (what(context, item), columns.what, text),
        (safe_line(&item.on.edition).into_string(), columns.edition, Role::Faint),
        (item.said.author.line().into_string(), columns.author, Role::Faint),
        (review_text::when(&item.said.time), columns.time, Role::Faint),
    ];
    for (words, columns, role) in shown.into_iter().filter(|(_, columns, _)| *columns > 0) {
        writer.cell(&words, columns, role).gap(1);
    }
    let resolved = item.resolved.iter().map(|(said, _)| said);
    let mut said =
        std::iter::once(&item.said).chain(resolved).chain(item.asked.iter().map(|asked| &asked.said));
    if said.any(|said| context.review.fresh.contains(&said.id)) {
        writer.put("new: ", Role::Notice);
    }
    let first = item.words.raw().lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if columns.what == 0 {
        let words = what(context, item);
        writer.put(&words, text);
        if !first.is_empty() {
            writer.put(": ", Role::Faint);
        }
    }
    writer.put(&safe_line(first), text);
}

/// The target of an item in words: the indicator, or the whole card.
fn what(context: &PaneContext<'_>, item: &Item) -> String {
    match item.place {
        Some(TargetIds::Cell(_, _, indicator) | TargetIds::Indicator(indicator, _)) => {
            context.data.framework.indicator(indicator).title.line().into_string()
        }
        Some(TargetIds::Country(..)) => "the whole card".to_owned(),
        None => {
            let id =
                item.on.indicator.as_deref().map_or_else(String::new, |id| format!(": {}", safe_line(id)));
            format!("not in these cards{id}")
        }
    }
}
