//! The strip under the table: what each side prints about the row under the cursor, its note and its sources.

use std::fmt::Write as _;

use ratatui::{buffer::Buffer, layout::Rect};

use super::table::ComparisonTable;
use crate::{
    core::{
        breaks,
        cell::Cell,
        compare::ComparisonRow,
        dataset::{CountryId, EditionId},
        detail::Detail,
        framework::{IndicatorId, Source},
        subject::Subject,
    },
    review::{FlagState, Target, TargetIds},
    text::{fold, safe_line, width, wrap},
    tui::{
        look::{Role, UNICODE},
        widgets::{cell_text, line_writer::LineWriter, review_text, sparkline},
    },
};

/// Draws as much of every side as there is room for. Each side gets its first line; the rest is shared among the
/// sides with more.
pub(super) fn draw(buf: &mut Buffer, table: &ComparisonTable<'_>, area: Rect) {
    let Some(row) = table.comparison.rows.get(table.context.selection.indicator.index()) else { return };
    if area.is_empty() {
        return;
    }
    let columns = usize::from(area.width).saturating_sub(2).max(1);
    let sides: Vec<Side> = (0..row.cells.len()).map(|at| Side::new(table, row, at, columns)).collect();
    let mut lines = usize::from(area.height);
    let mut at = 0;
    if lines > 2 * sides.len() {
        let framework = &table.context.data.framework;
        let about = framework.indicator(row.indicator);
        let mut writer = LineWriter::new(buf, table.look, area, 0);
        writer.gap(1).put(&about.title.line(), Role::Title);
        if let Some(question) = &about.question {
            writer.gap(2).put(&question.line(), Role::Faint);
        }
        at = 1;
        lines -= 1;
    }
    for (side, shown) in sides.iter().zip(shares(&sides, lines)) {
        for (number, line) in side.lines.iter().take(shown).enumerate() {
            let is_cut = number + 1 == shown && shown < side.lines.len();
            let mut writer = LineWriter::new(buf, table.look, area, at);
            writer.gap(1);
            let rest = if number == 0 { side.name_of(&mut writer, line) } else { line };
            writer.put(rest, side.role);
            if is_cut {
                writer.put(table.look.glyphs.ellipsis, Role::Faint);
            }
            at += 1;
        }
    }
}

/// The number of lines for each side.
fn shares(sides: &[Side], lines: usize) -> Vec<usize> {
    let mut shares = vec![0; sides.len()];
    let mut rest = lines;
    while rest > 0 {
        let mut given = false;
        for (share, side) in shares.iter_mut().zip(sides) {
            if rest > 0 && *share < side.lines.len() {
                *share += 1;
                rest -= 1;
                given = true;
            }
        }
        if !given {
            break;
        }
    }
    shares
}

struct Side {
    name: String,
    lines: Vec<String>,
    role: Role,
}

impl Side {
    fn new(table: &ComparisonTable<'_>, row: &ComparisonRow, at: usize, columns: usize) -> Self {
        let data = table.context.data;
        let subject = &table.comparison.subjects[at];
        let name = format!("{} {}:", subject.name(data).line(), table.tags[at]);
        let words = table.words(row, subject, at).all();
        let cell = &row.cells[at];
        let about = match subject {
            Subject::Country(country, edition) => {
                let detail = data.detail(*country, *edition, row.indicator);
                let said = said_of(table, TargetIds::Cell(*country, *edition, row.indicator));
                of_country(table, cell, &words, &said, &detail, &trend_of(table, *country, row.indicator))
            }
            Subject::Group(..) if row.uppers[at].is_some() => ", the middle two of what is given.".to_owned(),
            Subject::Group(..) => ", the median of what is given.".to_owned(),
        };
        let text = format!("{name} {words}{about}");
        let lines = wrap(&table.look.words(&text), columns);
        let role = if cell.is_given() { Role::Text } else { Role::Gap };
        Self { name: table.look.words(&name).into_owned(), lines, role }
    }

    /// Writes the name at the start of the first line as a title, and returns the text after it.
    fn name_of<'l>(&self, writer: &mut LineWriter<'_>, line: &'l str) -> &'l str {
        match line.strip_prefix(&*self.name) {
            Some(rest) if width(&self.name) <= writer.rest() => {
                writer.put(&self.name, Role::Title);
                rest
            }
            _ => line,
        }
    }
}

/// `, as printed “No”. The note. [1] Title, 2010-07-08, page 12, https://…`
fn of_country(
    table: &ComparisonTable<'_>,
    cell: &Cell,
    words: &str,
    said: &str,
    detail: &Detail,
    trend: &str,
) -> String {
    let glyphs = table.look.glyphs;
    let mut text = String::new();
    // The printed words are left out if they are the same.
    let is_repeated = |printed: &str| cell.is_given() && fold(printed) == fold(words);
    if let Some(printed) = detail.printed.as_ref().filter(|printed| !is_repeated(printed.raw())) {
        let _ = write!(text, ", as printed {}{}{}", glyphs.quote_open, printed.line(), glyphs.quote_close);
    }
    if let Err(gap) = cell.state {
        let _ = write!(text, ": {}", gap.meaning());
    }
    text.push('.');
    text += said;
    let marks: Vec<&str> = cell.marks.titles().collect();
    if !marks.is_empty() {
        let _ = write!(text, " Marked {}.", marks.join(", "));
    }
    if let Some(note) = &detail.note {
        let _ = write!(text, " {}", note.line());
    }
    text += trend;
    for (source, number) in detail.sources.iter().zip(1..) {
        let _ = write!(text, " [{number}] {}", source_words(source));
    }
    if detail.sources.is_empty() && cell.is_given() {
        text += " No source is named.";
    }
    text
}

/// ` 2009 ▃ 3/5, 2010 ? no data, 2012 ▅ 4/5.`: the answer in every edition, with its bar.
fn trend_of(table: &ComparisonTable<'_>, country: CountryId, indicator: IndicatorId) -> String {
    let data = table.context.data;
    let scale = data.framework.scale(indicator);
    let cells: Vec<Cell> = data.edition_ids().map(|id| data.cell(country, id, indicator)).collect();
    if cells.len() < 2 {
        return String::new();
    }
    if cells.iter().all(|cell| cell.state == cells[0].state) {
        return format!(" The same in all {} editions.", cells.len());
    }
    let Some(bars) = sparkline::bars(scale, &cells, &UNICODE) else { return String::new() };
    let is_ascii = table.look.glyphs.is_ascii;
    let part = |((id, cell), (bar, _)): ((EditionId, &Cell), &(&str, _))| {
        let words = match cell.state {
            Err(gap) => gap.title().to_owned(),
            Ok(_) => cell_text::shortest(scale, cell),
        };
        // ASCII has no bars; the words say the same.
        let bar = if is_ascii { String::new() } else { format!("{bar} ") };
        let is_break = id.0 > 0 && breaks::of_country(data, country, indicator, EditionId(id.0 - 1), id);
        let mark = if is_break { "(break in series) " } else { "" };
        format!("{mark}{} {bar}{words}", safe_line(&data.edition(id).label))
    };
    let parts: Vec<String> = data.edition_ids().zip(&cells).zip(&bars).map(part).collect();
    format!(" {}.", parts.join(", "))
}

/// ` ! check source, m.k. 21 Nov 14:02: “Which article?”` for each open flag.
fn said_of(table: &ComparisonTable<'_>, place: TargetIds) -> String {
    let glyphs = table.look.glyphs;
    let on = Target::of(table.context.data, place);
    let mut text = String::new();
    for flag in table.context.review.book.flags_on(&on) {
        if matches!(flag.state, FlagState::Resolved { .. }) {
            continue;
        }
        let _ = write!(text, " ! {}, {}", flag.kind.title(), review_text::by(&flag.said));
        if !flag.note.is_empty() {
            let _ = write!(
                text,
                ": {}{}{}",
                glyphs.quote_open,
                review_text::one_line(&flag.note),
                glyphs.quote_close
            );
        }
        text.push('.');
    }
    text
}

fn source_words(source: &Source) -> String {
    let page = source.page.as_ref().map(|page| format!("page {}", page.line()));
    let line = |raw: &Option<crate::text::Raw<'static>>| raw.as_ref().map(|raw| raw.line().into_string());
    let layout = [line(&source.title), line(&source.date), page, line(&source.url)];
    layout.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
