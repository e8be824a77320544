//! Where the parts of the matrix are: pure, read by scrolling and drawing alike.

use ratatui::layout::Rect;

use crate::{
    core::coverage::{Coverage, CoverageRow},
    text::{safe_line, width},
    tui::pane_context::PaneContext,
};

/// Rows and columns of the pane, in cells of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Columns for a row's name, after the cursor's sign.
    pub(super) names: usize,
    /// Columns from one cell to the next: 2 where there is room, else 1.
    pub(super) step: usize,
    /// Columns for cells.
    pub(super) room: usize,
    /// A row's total, with the space before it.
    pub(super) total: usize,
    /// Lines: the goals' titles, the columns' letters, the rows, the columns' totals, the goals' totals, the words.
    pub(super) bands: usize,
    pub(super) letters: usize,
    pub(super) lines: usize,
    pub(super) totals: usize,
    pub(super) goals: usize,
    pub(super) words: usize,
}

/// Lines of the legend.
const LEGEND: usize = 4;

impl Grid {
    pub(super) fn of(inside: Rect, context: &PaneContext<'_>, coverage: &Coverage, legend: bool) -> Self {
        let (wide, tall) = (usize::from(inside.width), usize::from(inside.height));
        let longest = coverage.rows.iter().map(|row| width(&name(context, coverage, row))).max().unwrap_or(0);
        let names = longest.clamp(9, (wide / 3).clamp(9, 26));
        let total = if coverage.is_of_editions { 13 } else { 6 };
        let room = wide.saturating_sub(1 + names + 1 + total);
        let step = if extent(coverage, 2) <= room { 2 } else { 1 };
        let most = coverage.columns.iter().map(|column| column.hits).max().unwrap_or(0);
        let digits = most.max(1).ilog10() as usize + 1;
        // What is least needed goes first as the pane gets lower.
        let roomy = tall >= 16;
        let words = match (legend, tall) {
            (true, 14..) => LEGEND + 2,
            (true, _) => LEGEND.min(tall / 2),
            (false, 9..) => 2,
            (false, 5..) => 1,
            _ => 0,
        };
        let bands = usize::from(tall >= 8);
        let letters = if roomy { 3 } else { usize::from(tall >= 6) };
        let totals = if roomy || (tall >= 9 && digits == 1) { digits } else { 0 };
        let goals = usize::from(roomy);
        let lines = tall.saturating_sub(bands + letters + totals + goals + words);
        Self { names, step, room, total, bands, letters, lines, totals, goals, words }
    }

    /// Where a column stands, counted from the first that is shown; goals stand one column apart.
    pub(super) fn offset(&self, coverage: &Coverage, left: usize, column: usize) -> usize {
        let columns = &coverage.columns[left.min(column)..=column];
        let turns = columns.windows(2).filter(|pair| pair[0].goal != pair[1].goal).count();
        (column - left.min(column)) * self.step + turns
    }

    /// The columns from `left` on that fit.
    pub(super) fn shown(&self, coverage: &Coverage, left: usize) -> std::ops::Range<usize> {
        let all = coverage.columns.len();
        let left = left.min(all);
        let fits = |column: &usize| self.offset(coverage, left, *column) + 1 < self.room.max(2);
        let end = (left..all).take_while(fits).last().map_or(left, |last| last + 1);
        left..end
    }

    /// The first column to show, so that this one can be seen.
    pub(super) fn scrolled(&self, left: usize, column: usize, coverage: &Coverage) -> usize {
        let all = coverage.columns.len();
        let mut left = left.min(all.saturating_sub(1)).min(column);
        while left < column && !self.shown(coverage, left).contains(&column) {
            left += 1;
        }
        // No room is left empty at the right while columns are hidden at the left.
        while left > 0 && self.shown(coverage, left - 1).end == all {
            left -= 1;
        }
        left
    }
}

/// Columns that all cells take.
fn extent(coverage: &Coverage, step: usize) -> usize {
    let turns = coverage.columns.windows(2).filter(|pair| pair[0].goal != pair[1].goal).count();
    // One more for the bracket after the last.
    coverage.columns.len() * step + turns + 1
}

/// What a row is called: the country, or the edition where all rows are of one country.
pub(super) fn name(context: &PaneContext<'_>, coverage: &Coverage, row: &CoverageRow) -> String {
    if coverage.is_of_editions {
        safe_line(&context.data.edition(row.edition).label).into_string()
    } else {
        context.data.country(row.country).name.line().into_string()
    }
}
