//! The lines of the card's list: a goal with its counts, an indicator with its value.

use std::collections::BTreeSet;

use crate::{
    core::{
        cell::Cell,
        framework::{GoalId, IndicatorId},
        search::Query,
    },
    text::{fit, width},
    tui::{
        look::{Look, Role},
        pane_context::{PaneContext, Selection},
        widgets::{
            cell_text::{self, Summary},
            line_writer::LineWriter,
        },
    },
};

/// Writes the line of a goal: its title, how many of its indicators are given, and its gaps.
pub(super) fn goal(
    writer: &mut LineWriter<'_>,
    context: &PaneContext<'_>,
    look: &Look,
    (is_cursor, is_folded): (bool, bool),
    (goal, first, length): (GoalId, IndicatorId, u16),
) {
    let framework = &context.data.framework;
    let all = (first.0..first.0.saturating_add(length)).map(IndicatorId);
    let summary = Summary::of(framework, all.map(|one| (one, cell(context, one))));
    let fold = if is_folded { look.glyphs.folded } else { look.glyphs.unfolded };
    writer.cell(if is_cursor { look.glyphs.cursor } else { fold }, 1, Role::Key);
    let (counts, gaps) = (summary.counts(), summary.gaps());
    let between = if gaps.is_empty() || counts.is_empty() { "" } else { ", " };
    let right = width(&counts) + width(between) + width(&gaps);
    let title = framework.goal(goal).title.line();
    let edge = usize::from(writer.rest() >= 30);
    let room = writer.rest().saturating_sub(right + 1 + edge);
    if room < 8 {
        writer.put(&title, Role::Title);
        return;
    }
    writer.cell(&title, room, Role::Title).gap(1);
    writer.put(&counts, Role::Text).put(between, Role::Faint).put(&gaps, Role::Gap);
}

/// The width of the column of answers on a line of this many columns: the one that leaves the fewest titles and answers
/// out of line, since a long one takes what the other of its row leaves free.
pub(super) fn value_columns(
    context: &PaneContext<'_>,
    look: &Look,
    total: usize,
    shown: impl Iterator<Item = IndicatorId>,
) -> usize {
    let Selection { country, edition, .. } = context.selection;
    let framework = &context.data.framework;
    let total = total.saturating_sub(3);
    let columns = |one: IndicatorId| {
        let cell = cell(context, one);
        let title = framework.indicator(one).title.line();
        let words =
            cell_text::of_cell(framework.scale(one), &cell, || context.data.label(country, edition, one));
        let words = words.assigned(context.review.cell(country, edition, one).assigned, look.glyphs.becomes);
        let marks = cell.marks.letters().count() + width(&signs(context, look, one));
        let value = width(&words.under(&title).within(total, look));
        (width(&look.words(&title)), value + if marks > 0 { marks.min(4) + 1 } else { 0 })
    };
    let rows: Vec<(usize, usize)> = shown.map(columns).collect();
    let widths: BTreeSet<usize> = rows.iter().map(|(_, value)| *value).collect();
    let from_titles = rows.iter().map(|(title, _)| total.saturating_sub(*title));
    let most = (total / 2).max(5);
    let candidates: BTreeSet<usize> =
        widths.into_iter().chain(from_titles).map(|value| value.clamp(5.min(most), most)).collect();
    let out_of_line = |value: &usize| {
        rows.iter().filter(|(title, own)| *own > *value || *title > total.saturating_sub(*value)).count()
    };
    candidates.into_iter().min_by_key(out_of_line).unwrap_or(most)
}

/// The columns of one answer: those of all answers, unless the title needs some that the answer leaves free, or the other
/// way round.
fn own_columns(
    words: &cell_text::Words,
    marks: &str,
    title: usize,
    (total, value): (usize, usize),
    look: &Look,
) -> usize {
    let needed = width(&words.within(total, look)) + if marks.is_empty() { 0 } else { width(marks) + 1 };
    let free = total.saturating_sub(title);
    if needed > value { needed.min(free).max(value) } else { value.min(free.max(needed)) }
}

/// Writes the line of an indicator: its title, its value or gap, its marks and the sign of a flag.
pub(super) fn indicator(
    writer: &mut LineWriter<'_>,
    context: &PaneContext<'_>,
    look: &Look,
    (is_cursor, focused): (bool, bool),
    (query, value): (&Query, usize),
    one: IndicatorId,
) {
    let Selection { country, edition, .. } = context.selection;
    let framework = &context.data.framework;
    let cell = cell(context, one);
    let words = cell_text::of_cell(framework.scale(one), &cell, || context.data.label(country, edition, one));
    let total = writer.rest();
    writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
    let role = if is_cursor && !focused { Role::CursorElsewhere } else { Role::Text };
    let name = framework.indicator(one).title.line();
    let words =
        words.under(&name).assigned(context.review.cell(country, edition, one).assigned, look.glyphs.becomes);
    // Marks and the sign of a flag are right of the value, which is shortened for them.
    let signs = signs(context, look, one);
    let marks = letters(&cell, value.saturating_sub(3 + width(&signs)).min(3)) + &signs;
    let full = look.words(&name);
    let value = own_columns(&words, &marks, width(&full), (total.saturating_sub(3), value), look);
    let title = total.saturating_sub(2 + 1 + value);
    let name = fit(&full, title, look.glyphs.ellipsis).into_owned();
    let used = width(&name);
    writer.cell_found(&name, used, role, query).gap(title - used + 1);
    let room = if marks.is_empty() { value } else { value.saturating_sub(width(&marks) + 1) };
    writer.cell(&words.within(room, look), room, words.role);
    if !marks.is_empty() {
        writer.gap(1).put(&marks, Role::Mark);
    }
}

/// The sign of a conflict or a flag, and one for each pair of eyes that has reviewed the cell as it is, at most two.
fn signs(context: &PaneContext<'_>, look: &Look, one: IndicatorId) -> String {
    let Selection { country, edition, .. } = context.selection;
    let review = context.review.cell(country, edition, one);
    let flag = match (review.has_conflict, is_flagged(context, one)) {
        (true, _) => "x",
        (false, true) => "!",
        (false, false) => "",
    };
    format!("{flag}{}", look.glyphs.reviewed.repeat(usize::from(review.eyes.min(2))))
}

/// Whether a flag is open on the cell, or on the indicator in every card.
fn is_flagged(context: &PaneContext<'_>, indicator: IndicatorId) -> bool {
    let Selection { country, edition, .. } = context.selection;
    let review = context.review;
    review.cell(country, edition, indicator).open > 0 || review.flags_of_column(indicator, edition) > 0
}

/// The letters of a cell's marks, with a `+` for those without room.
fn letters(cell: &Cell, columns: usize) -> String {
    let all: Vec<&str> = cell.marks.letters().collect();
    if all.len() <= columns {
        return all.concat();
    }
    if columns == 0 { String::new() } else { all[..columns - 1].concat() + "+" }
}

/// The cell of an indicator on this card.
pub(super) fn cell(context: &PaneContext<'_>, indicator: IndicatorId) -> Cell {
    context.data.cell(context.selection.country, context.selection.edition, indicator)
}
