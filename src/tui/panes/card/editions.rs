//! The answers of a country to one indicator in every edition.

use crate::{
    core::{breaks, cell::Cell, dataset::EditionId},
    text::{pad, safe_line, width},
    tui::{
        look::Role,
        pane_context::{PaneContext, Selection},
        widgets::{
            cell_text,
            prose::{Prose, ProseLine},
            sparkline,
        },
    },
};

/// Answers longer than this are listed one per line.
const SHORT: usize = 6;

/// Adds the answers of all editions, oldest first. Adds nothing if there is only one.
pub(super) fn add(prose: &mut Prose<'_>, context: &PaneContext<'_>) {
    let data = context.data;
    if data.edition_ids().len() < 2 {
        return;
    }
    prose.part();
    let Selection { country, edition, indicator } = context.selection;
    let scale = data.framework.scale(indicator);
    let cells: Vec<Cell> = data.edition_ids().map(|id| data.cell(country, id, indicator)).collect();
    let bars = sparkline::bars(scale, &cells, prose.glyphs());
    let answers: Vec<Answer> = data
        .edition_ids()
        .map(|id| {
            let cell = cells[id.index()];
            let long = cell_text::of_cell(scale, &cell, || data.label(country, id, indicator));
            Answer {
                edition: safe_line(&data.edition(id).label).into_string(),
                short: cell_text::shortest(scale, &cell),
                role: long.role,
                long: long.all(),
                is_here: id == edition,
                is_break: id.0 > 0 && breaks::of_country(data, country, indicator, EditionId(id.0 - 1), id),
                bar: bars.as_ref().map(|bars| bars[id.index()]),
            }
        })
        .collect();
    let is_short =
        answers.iter().all(|answer| width(&answer.short) <= SHORT && width(&answer.edition) <= SHORT);
    let first: Option<EditionId> = data.edition_ids().next();
    if is_short && first.is_some() {
        across(prose, &answers);
        let letters = cell_text::gap_letters(cells.into_iter());
        if !letters.is_empty() {
            prose.say(&letters, 0, 2, Role::Faint);
        }
    } else {
        down(prose, &answers);
    }
}

struct Answer {
    edition: String,
    short: String,
    long: String,
    role: Role,
    is_here: bool,
    /// Whether the answers before this one are not comparable with it.
    is_break: bool,
    /// The edition's bar in the trend, if the scale has one.
    bar: Option<(&'static str, Role)>,
}

/// Adds `2016 17 18` over `yes  y  no` over the bars, in several blocks if the width requires it.
fn across(prose: &mut Prose<'_>, answers: &[Answer]) {
    let mut heads: ProseLine = vec![];
    let mut cells: ProseLine = vec![];
    let mut bars: ProseLine = vec![];
    let mut used = 0;
    let mut before = "";
    for answer in answers {
        let century = answer.edition.get(..2);
        let is_like =
            used > 0 && answer.edition.len() == 4 && before.len() == 4 && before.get(..2) == century;
        let head = if is_like { &answer.edition[2..] } else { &answer.edition };
        let cell = if answer.is_here { format!("[{}]", answer.short) } else { answer.short.clone() };
        let columns = width(head).max(width(&cell));
        if used > 0 && used + 1 + columns > prose.columns() {
            prose.line(std::mem::take(&mut heads));
            prose.line(std::mem::take(&mut cells));
            add_bars(prose, std::mem::take(&mut bars));
            used = 0;
        }
        if used > 0 {
            let between = if answer.is_break { " | " } else { " " };
            for line in [&mut heads, &mut cells, &mut bars] {
                line.push((between.to_owned(), Role::Mark));
            }
            used += between.len();
        }
        let role = if answer.is_here { Role::Title } else { Role::Faint };
        heads.push((pad(head, columns, ""), role));
        cells.push((pad(&cell, columns, ""), answer.role));
        if let Some((bar, role)) = answer.bar {
            // The bar is under its answer, which a bracket moves one column to the right.
            let bar = if answer.is_here { format!(" {bar}") } else { bar.to_owned() };
            bars.push((pad(&bar, columns, ""), role));
        }
        used += columns;
        before = &answer.edition;
    }
    prose.line(heads);
    prose.line(cells);
    add_bars(prose, bars);
    if answers.iter().any(|answer| answer.is_break) {
        prose.say("| break in series: not comparable across it", 0, 2, Role::Mark);
    }
}

/// Adds the line of bars, unless it is blank. Either every edition has a bar or none, so bars are under their
/// answers.
fn add_bars(prose: &mut Prose<'_>, bars: ProseLine) {
    if bars.iter().any(|(bar, _)| !bar.trim().is_empty()) {
        prose.line(bars);
    }
}

fn down(prose: &mut Prose<'_>, answers: &[Answer]) {
    let columns = answers.iter().map(|answer| width(&answer.edition)).max().unwrap_or(0);
    for answer in answers {
        if answer.is_break {
            prose.say("-- break in series: not comparable across it", 0, 2, Role::Mark);
        }
        let edition = pad(&answer.edition, columns, "");
        let here = if answer.is_here { prose.glyphs().cursor } else { " " };
        let role = if answer.role == Role::Given && answer.is_here { Role::Title } else { answer.role };
        let bar = answer.bar.map_or_else(String::new, |(bar, _)| format!("{bar} "));
        prose.say(&format!("{here}{edition}  {bar}{}", answer.long), 0, columns + 3 + width(&bar), role);
    }
}
