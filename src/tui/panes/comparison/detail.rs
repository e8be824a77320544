//! The lower part: the question under the cursor, what each side says with its note, all editions, and whole sources.

use std::{cmp::Ordering, fmt::Write as _};

use ratatui::{buffer::Buffer, layout::Rect};

use super::table::ComparisonTable;
use crate::{
    core::{
        breaks, cautions,
        cell::{Cell, Value},
        compare::ComparisonRow,
        dataset::{CountryId, EditionId},
        detail::Detail,
        framework::IndicatorId,
        subject::{self, Subject},
    },
    review::{FlagState, Target, TargetIds},
    text::{fold, safe_line, width},
    tui::{
        look::{Glyphs, Role},
        places::Pane,
        widgets::{
            cell_text,
            prose::{self, Prose, ProseLine},
            review_text,
        },
    },
};

/// Draws the lines from `top`, as many as fit, below the first of all, which says what they are about.
pub(super) fn draw(buf: &mut Buffer, table: &ComparisonTable<'_>, area: Rect, top: usize) {
    let inside = inside(area);
    let lines = lines(table, usize::from(inside.width), table.look.glyphs);
    let head = if top > 0 { u16::from(inside.height > 1) } else { 0 };
    prose::draw(buf, table.look, Rect { height: head, ..inside }, &lines, 0);
    let rest = Rect { y: inside.y + head, height: inside.height - head, ..inside };
    prose::draw(buf, table.look, rest, &lines, top + usize::from(head));
}

/// The area of the words, with a margin on both sides.
pub(super) const fn inside(area: Rect) -> Rect {
    Rect { x: area.x + if area.width > 2 { 1 } else { 0 }, width: area.width.saturating_sub(2), ..area }
}

/// All lines, wrapped to this many columns.
pub(super) fn lines(table: &ComparisonTable<'_>, columns: usize, glyphs: &Glyphs) -> Vec<ProseLine> {
    let mut prose = Prose::new(columns, glyphs);
    let Some(row) = table.comparison.rows.get(table.context.selection.indicator.index()) else {
        return vec![];
    };
    let about = table.context.data.framework.indicator(row.indicator);
    let question = about.question.as_ref().map(|question| question.line().into_string());
    let colon = if question.is_some() { ":" } else { "" };
    let title = format!("{}{colon}", about.title.line());
    prose.lead(&title, question.as_deref().unwrap_or_default(), Role::Title, Role::Faint);
    let sides: Vec<Side<'_>> = (0..row.cells.len()).map(|at| Side::new(table, row, at, glyphs)).collect();
    for side in &sides {
        prose.lead(&format!("{}:", side.name), &side.says, Role::Title, side.role);
    }
    let editions: Vec<EditionId> = table.comparison.subjects.iter().map(Subject::edition).collect();
    if let Some(caution) = cautions::rescaled(table.context.data, &editions, std::iter::once(row.indicator)) {
        prose.say(&caution, 0, 2, Role::Mark);
    }
    history(&mut prose, table, row, &sides);
    for side in &sides {
        for (source, number) in side.detail.iter().flat_map(|detail| &detail.sources).zip(1..) {
            let which = format!("{} [{number}]", side.tag);
            prose.lead(&which, &cell_text::source(source), Role::Faint, Role::Faint);
        }
        if side.lacks_source {
            prose.lead(side.tag, "No source is named.", Role::Faint, Role::Mark);
        }
    }
    prose.lines
}

/// What one side says of the row.
struct Side<'a> {
    name: String,
    tag: &'a str,
    says: String,
    role: Role,
    /// Of a country; a group has no detail of its own.
    country: Option<(CountryId, EditionId)>,
    detail: Option<Detail>,
    lacks_source: bool,
}

impl<'a> Side<'a> {
    fn new(table: &'a ComparisonTable<'_>, row: &ComparisonRow, at: usize, glyphs: &Glyphs) -> Self {
        let data = table.context.data;
        let subject = &table.comparison.subjects[at];
        let words = table.words(row, subject, at).all();
        let cell = &row.cells[at];
        let role = if cell.is_given() { Role::Text } else { Role::Gap };
        let (tag, name) = (table.tags[at].as_str(), subject.name(data).line().into_string());
        let name = if name == tag { name } else { format!("{name} {tag}") };
        match subject {
            Subject::Country(country, edition) => {
                let detail = data.detail(*country, *edition, row.indicator);
                let said = said_of(table, TargetIds::Cell(*country, *edition, row.indicator), glyphs);
                let says = words.clone() + &of_country(cell, &words, &said, &detail, glyphs);
                let lacks_source = detail.sources.is_empty() && cell.is_given();
                let country = Some((*country, *edition));
                Self { name, tag, says, role, country, detail: Some(detail), lacks_source }
            }
            Subject::Group(..) => {
                let says = table.words(row, subject, at).head + &of_group(table, subject, row, at);
                Self { name, tag, says, role, country: None, detail: None, lacks_source: false }
            }
        }
    }
}

/// `, the median of 8 given of 8: 3 no, 5 yes.`
fn of_group(table: &ComparisonTable<'_>, subject: &Subject, row: &ComparisonRow, at: usize) -> String {
    let Subject::Group(group, edition) = subject else { return String::new() };
    let data = table.context.data;
    let median = subject::median(data, group, *edition, row.indicator);
    let members = subject::median_members(data, group, *edition, row.indicator);
    let scale = data.framework.scale(row.indicator);
    let levels = scale.levels.iter().zip(0_u8..).filter_map(|(level, at)| {
        let many = members.iter().filter(|one| one.counts && one.cell.state == Ok(Value::Level(at))).count();
        (many > 0).then(|| format!("{many} {}", level.label.line()))
    });
    let levels: Vec<String> = levels.collect();
    let levels = if levels.is_empty() { String::new() } else { format!(": {}", levels.join(", ")) };
    let way = match at.cmp(&table.side) {
        Ordering::Less => "{left} and then {open} show whose",
        Ordering::Equal => "{open} shows whose",
        Ordering::Greater => "{right} and then {open} show whose",
    };
    let opens = table.context.spell(Pane::Comparison, way);
    format!(", {}{levels}; {opens}.", median.of_words())
}

/// `, as printed “No”, as of 2010. The note.`; of a gap its note, or what it means.
fn of_country(cell: &Cell, words: &str, said: &str, detail: &Detail, glyphs: &Glyphs) -> String {
    let mut text = String::new();
    // The printed words are left out if they are the same.
    let is_repeated = |printed: &str| cell.is_given() && fold(printed) == fold(words);
    if let Some(printed) = detail.printed.as_ref().filter(|printed| !is_repeated(printed.raw())) {
        let _ = write!(text, ", as printed {}{}{}", glyphs.quote_open, printed.line(), glyphs.quote_close);
    }
    if let Some(as_of) = detail.as_of.filter(|_| cell.is_given()) {
        let _ = write!(text, ", as of {as_of}");
    }
    match (cell.state, &detail.note) {
        (Err(_), Some(note)) => _ = write!(text, ": {}", note.line()),
        (Err(gap), None) => _ = write!(text, ": {}", gap.meaning()),
        (Ok(_), Some(note)) => _ = write!(text, ". {}", note.line()),
        (Ok(_), None) => {}
    }
    if !text.ends_with('.') {
        text.push('.');
    }
    text += said;
    let marks: Vec<&str> = cell.marks.titles().collect();
    if !marks.is_empty() {
        let _ = write!(text, " Marked {}.", marks.join(", "));
    }
    text
}

/// The answers of all editions: the editions above, a row for each country, oldest left. Editions that do not fit are
/// left out, oldest first.
fn history(prose: &mut Prose<'_>, table: &ComparisonTable<'_>, row: &ComparisonRow, sides: &[Side<'_>]) {
    let data = table.context.data;
    let scale = data.framework.scale(row.indicator);
    let mut known: Vec<CountryId> = vec![];
    for (country, _) in sides.iter().filter_map(|side| side.country) {
        if !known.contains(&country) {
            known.push(country);
        }
    }
    if data.edition_ids().len() < 2 || known.is_empty() {
        return;
    }
    let heads: Vec<String> =
        data.edition_ids().map(|id| safe_line(&data.edition(id).label).into_string()).collect();
    let rows: Vec<(String, Vec<(String, Role)>)> = known
        .iter()
        .map(|country| {
            let answer = |id| answer_of(table, *country, row.indicator, scale, id);
            (data.country(*country).code.line().into_string(), data.edition_ids().map(answer).collect())
        })
        .collect();
    let tag = rows.iter().map(|(tag, _)| width(tag)).max().unwrap_or(0);
    let columns: Vec<usize> = (0..heads.len())
        .map(|at| {
            let answers = rows.iter().map(|(_, answers)| width(&answers[at].0));
            answers.chain([width(&heads[at])]).max().unwrap_or(0) + 1
        })
        .collect();
    let mut room = prose.columns().saturating_sub(tag + 1);
    let fits = |wide: &&usize| {
        let fits = **wide <= room;
        room = room.saturating_sub(**wide);
        fits
    };
    let shown = columns.iter().rev().take_while(fits).count();
    if shown < 2 {
        return;
    }
    let first = heads.len() - shown;
    let mut line = |tag_words: &str, cells: Vec<(String, Role)>| {
        let mut pieces = vec![(format!("{tag_words:<tag$} "), Role::Faint)];
        for ((words, role), wide) in cells.into_iter().zip(&columns[first..]) {
            let pad = wide.saturating_sub(width(&words));
            pieces.push((words, role));
            pieces.push((" ".repeat(pad), Role::Text));
        }
        prose.line(pieces);
    };
    line("", heads[first..].iter().map(|head| (head.clone(), Role::Faint)).collect());
    for (code, answers) in rows {
        line(&code, answers[first..].to_vec());
    }
    let shown = || data.edition_ids().skip(first);
    let cells = known.iter().flat_map(|country| shown().map(|id| data.cell(*country, id, row.indicator)));
    let letters = cell_text::gap_letters(cells);
    if !letters.is_empty() {
        prose.say(&letters, tag + 1, 2, Role::Faint);
    }
}

/// The shortest words of an answer, with a `|` before it if nothing earlier is comparable with it.
fn answer_of(
    table: &ComparisonTable<'_>,
    country: CountryId,
    indicator: IndicatorId,
    scale: &crate::core::scale::Scale,
    id: EditionId,
) -> (String, Role) {
    const LONGEST: usize = 10;
    let data = table.context.data;
    let cell = data.cell(country, id, indicator);
    let is_break = id.0 > 0 && breaks::of_country(data, country, indicator, EditionId(id.0 - 1), id);
    let words = cell_text::shortest(scale, &cell);
    let words = crate::text::fit(&words, LONGEST, table.look.glyphs.ellipsis).into_owned();
    let role = if cell.is_given() { Role::Given } else { Role::Gap };
    (if is_break { format!("|{words}") } else { words }, role)
}

/// ` ! check source, m.k. 21 Nov 14:02: “Which article?”` for each open flag.
fn said_of(table: &ComparisonTable<'_>, place: TargetIds, glyphs: &Glyphs) -> String {
    let on = Target::of(table.context.data, place);
    let mut text = String::new();
    for flag in table.context.review.book.flags_on(&on) {
        if matches!(flag.state, FlagState::Resolved { .. }) {
            continue;
        }
        let _ = write!(text, " ! {}, {}", flag.kind.title(), review_text::by(&flag.said));
        if !flag.note.is_empty() {
            let note = review_text::one_line(&flag.note);
            let _ = write!(text, ": {}{note}{}", glyphs.quote_open, glyphs.quote_close);
        }
        text.push('.');
    }
    text
}
