//! Linear text for screen readers and pipes: one row per line, every field with its heading, in table order.

use super::Style;
use crate::{
    core::report::{Column, Report, Shown, TOOL, Table, source_line},
    text::{Raw, ascii},
};

pub(super) fn write(report: &dyn Report, style: &Style) -> Vec<u8> {
    let table = report.table();
    let mut lines = vec![said(&table.title), said(&table.context.line())];
    lines.extend(table.context.notice.iter().map(|notice| format!("Notice: {}", said(notice))));
    lines.extend(table.lines.iter().map(said));
    lines.extend(rows(&table));
    lines.extend(table.more());
    lines.extend(table.notes.iter().map(|note| format!("Note: {}", said(note))));
    let sources = table.sources.iter().zip(1..);
    lines.extend(sources.map(|(source, number)| format!("Source {number}: {}", said(&source_line(source)))));
    lines.push(format!("Made with {TOOL}."));
    lines.retain(|line| !line.is_empty());
    let text = lines.join("\n") + "\n";
    if style.ascii { ascii(&text).into_owned().into_bytes() } else { text.into_bytes() }
}

fn rows(table: &Table) -> Vec<String> {
    let shown = table.page_columns();
    let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
    let mut lines = vec![];
    let mut under = None;
    for row in table.page_rows() {
        let over = heading.map(|at| row[at].raw());
        if over != under {
            lines.push(over.map(|words| said(&Raw::new(words.to_owned()))).unwrap_or_default());
            under = over;
        }
        let cells = shown.iter().filter(|at| !row[**at].raw().is_empty());
        let cells = cells.map(|at| cell(&table.columns[*at], row[*at].raw()));
        lines.push(cells.collect::<Vec<_>>().join("; "));
    }
    lines
}

/// A field with its heading: `Value: bound`.
fn cell(column: &Column, words: &str) -> String {
    let words = said(&Raw::new(words.to_owned()));
    let title = said(&column.title);
    if title.is_empty() { words } else { format!("{title}: {words}") }
}

fn said(text: &Raw<'_>) -> String {
    text.line().into_string()
}
