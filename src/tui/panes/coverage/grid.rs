//! The areas of the matrix: pure functions for scrolling and drawing alike.

use ratatui::layout::Rect;

use super::glyph;
use crate::{
    core::coverage::{Coverage, CoverageRow},
    text::{safe_block, safe_line, width, wrap},
    tui::pane_context::PaneContext,
};

/// Sizes of the parts of the pane, in lines and columns of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Columns of a row's name, after the sign of the cursor.
    pub(super) names: usize,
    /// Columns from one cell to the next: 1 where there is little room, more where the rest would stay empty.
    pub(super) step: usize,
    /// Whether the columns are headed by their titles, wrapped; otherwise by three letters written downwards.
    pub(super) has_titles: bool,
    /// Lines of the legend under the words, where rows are free.
    pub(super) legend: usize,
    /// Columns for all cells.
    pub(super) room: usize,
    /// Columns of a row's total, including the space before it.
    pub(super) total: usize,
    /// Lines of the goals' titles, the columns' letters, the rows, the columns' totals, the goals' totals, the words.
    pub(super) bands: usize,
    pub(super) letters: usize,
    pub(super) lines: usize,
    pub(super) totals: usize,
    pub(super) goals: usize,
    pub(super) words: usize,
}

/// Lines of the legend.
const LEGEND: usize = 4;
/// The most columns from one cell to the next; the least for titles of columns, and the lines that these have.
const WIDEST: usize = 16;
const TITLED: usize = 7;
const TITLE_LINES: usize = 4;

impl Grid {
    pub(super) fn of(inside: Rect, context: &PaneContext<'_>, coverage: &Coverage, legend: bool) -> Self {
        let (wide, tall) = (usize::from(inside.width), usize::from(inside.height));
        let longest = coverage.rows.iter().map(|row| width(&name(context, coverage, row))).max().unwrap_or(0);
        let names = longest.clamp(9, (wide / 3).clamp(9, 26));
        let total = if coverage.is_of_editions { 13 } else { 6 };
        let room = wide.saturating_sub(1 + names + 1 + total);
        let step = (1..=WIDEST).rev().find(|step| extent(coverage, *step) <= room).unwrap_or(1);
        let most = coverage.columns.iter().map(|column| column.hits).max().unwrap_or(0);
        let digits = most.max(1).ilog10() as usize + 1;
        // On a low pane the least needed parts are dropped first.
        let roomy = tall >= 16;
        let words = match (legend, tall) {
            (true, 14..) => LEGEND + 2,
            (true, _) => LEGEND.min(tall / 2),
            (false, 9..) => 2,
            (false, 5..) => 1,
            _ => 0,
        };
        let bands = usize::from(tall >= 8);
        let has_titles = roomy && step >= TITLED;
        let letters = match (has_titles, roomy) {
            (true, _) => TITLE_LINES,
            (false, true) => 3,
            (false, false) => usize::from(tall >= 6),
        };
        // A total that fits beside its neighbours stands in one line, others are written downwards.
        let upright = if digits < step { 1 } else { digits };
        let totals = if roomy || (tall >= 9 && upright == 1) { upright } else { 0 };
        let goals = usize::from(roomy);
        let lines = tall.saturating_sub(bands + letters + totals + goals + words);
        let needed = wrap(&safe_block(&glyph::legend(context)), wide.saturating_sub(2)).len();
        let is_free = roomy && !legend && lines >= coverage.rows.len() + needed;
        let legend = if is_free { needed } else { 0 };
        let lines = lines - legend;
        Self { names, step, has_titles, legend, room, total, bands, letters, lines, totals, goals, words }
    }

    /// The offset of a column from the first shown one. There is one more column between goals.
    pub(super) fn offset(&self, coverage: &Coverage, left: usize, column: usize) -> usize {
        let columns = &coverage.columns[left.min(column)..=column];
        let turns = columns.windows(2).filter(|pair| pair[0].goal != pair[1].goal).count();
        (column - left.min(column)) * self.step + turns
    }

    /// The columns from `left` that fit.
    pub(super) fn shown(&self, coverage: &Coverage, left: usize) -> std::ops::Range<usize> {
        let all = coverage.columns.len();
        let left = left.min(all);
        let fits = |column: &usize| self.offset(coverage, left, *column) + 1 < self.room.max(2);
        let end = (left..all).take_while(fits).last().map_or(left, |last| last + 1);
        left..end
    }

    /// The first column to show so that this one is visible.
    pub(super) fn scrolled(&self, left: usize, column: usize, coverage: &Coverage) -> usize {
        let all = coverage.columns.len();
        let mut left = left.min(all.saturating_sub(1)).min(column);
        while left < column && !self.shown(coverage, left).contains(&column) {
            left += 1;
        }
        // No room is left empty on the right while columns on the left are hidden.
        while left > 0 && self.shown(coverage, left - 1).end == all {
            left -= 1;
        }
        left
    }
}

/// The width of all cells.
fn extent(coverage: &Coverage, step: usize) -> usize {
    let turns = coverage.columns.windows(2).filter(|pair| pair[0].goal != pair[1].goal).count();
    // One more column for the bracket after the last cell.
    coverage.columns.len() * step + turns + 1
}

/// The name of a row: the country, or the edition if the rows are one country's editions.
pub(super) fn name(context: &PaneContext<'_>, coverage: &Coverage, row: &CoverageRow) -> String {
    if coverage.is_of_editions {
        safe_line(&context.data.edition(row.edition).label).into_string()
    } else {
        context.data.country(row.country).name.line().into_string()
    }
}
