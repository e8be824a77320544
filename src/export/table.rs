//! Aligned text: every column as wide as its words; if the page is too narrow, the widest column shrinks first.

use std::borrow::Cow;

use super::Style;
use crate::{
    core::report::{Align, Column, Report, Shown, TOOL, Table, source_line},
    text::{ascii, pad, pad_left, safe_line, width, wrap},
};

/// The least width that a column shrinks to.
const NARROWEST: usize = 6;
/// Spaces between two columns.
const GUTTER: usize = 2;
/// Indentation of a field that is written below its row.
const INDENT: usize = 4;
const ELLIPSIS: &str = "…";

pub(super) fn write(report: &dyn Report, style: &Style) -> Vec<u8> {
    let table = report.table();
    let mut page = Page { style: *style, out: String::new() };
    page.paragraph(table.title.raw());
    page.paragraph(table.context.line().raw());
    if let Some(notice) = &table.context.notice {
        page.paragraph(&format!("Notice: {}", notice.raw()));
    }
    for line in &table.lines {
        page.paragraph(line.raw());
    }
    if !table.rows.is_empty() {
        page.out.push('\n');
        page.rows(&table);
    }
    if let Some(more) = table.more() {
        page.paragraph(&more);
    }
    if !table.notes.is_empty() {
        page.out.push('\n');
    }
    table.notes.iter().for_each(|note| page.paragraph(note.raw()));
    if !table.sources.is_empty() {
        page.out.push_str("\nSources\n");
    }
    for (at, source) in table.sources.iter().enumerate() {
        page.unbroken(&format!("[{}] {}", at + 1, source_line(source).raw()));
    }
    page.out.push('\n');
    page.paragraph(TOOL);
    page.out.into_bytes()
}

/// The page so far.
struct Page {
    style: Style,
    out: String,
}

/// One line of a table: a heading of the rows that follow, or a row.
enum Line<'a> {
    Heading(String),
    Row(Vec<(&'a Column, String)>),
}

impl Page {
    fn spelled(&self, text: &str) -> String {
        let safe = safe_line(text);
        let spelled = if self.style.ascii { ascii(&safe) } else { Cow::Borrowed(&*safe) };
        spelled.into_owned()
    }

    fn paragraph(&mut self, text: &str) {
        for part in text.lines() {
            for line in wrap(&self.spelled(part), self.style.width) {
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    /// Adds a line without wrapping it, because an address over two lines cannot be copied.
    fn unbroken(&mut self, text: &str) {
        let line = self.spelled(text);
        self.out.push_str(&line);
        self.out.push('\n');
    }

    fn rows(&mut self, table: &Table) {
        let columns: Vec<(usize, &Column)> =
            table.page_columns().into_iter().map(|at| (at, &table.columns[at])).collect();
        let lines = self.lines(table, &columns);
        let header: Vec<String> =
            columns.iter().map(|(_, column)| self.spelled(column.title.raw())).collect();
        let mut widths: Vec<usize> = header.iter().map(|title| width(title)).collect();
        for line in &lines {
            if let Line::Row(cells) = line {
                for (wide, (_, cell)) in widths.iter_mut().zip(cells) {
                    *wide = (*wide).max(width(cell));
                }
            }
        }
        let can_shrink: Vec<bool> = columns.iter().map(|(_, column)| column.shown != Shown::Whole).collect();
        if self.style.cuts && needed(&widths, &can_shrink) > self.style.width && widths.len() > 2 {
            // The last column does not fit: its fields go below their rows.
            widths.pop();
        }
        let beside = widths.len();
        if self.style.cuts {
            fit_page(&mut widths, &can_shrink[..beside], self.style.width);
        }
        let titles = columns.iter().map(|(_, column)| *column).zip(header).collect();
        self.line(&Line::Row(titles), &widths);
        let rule = widths.iter().map(|wide| "-".repeat((*wide).min(self.style.width))).collect::<Vec<_>>();
        self.out.push_str(rule.join("  ").trim_end());
        self.out.push('\n');
        for line in &lines {
            self.line(line, &widths);
        }
    }

    /// Writes the fields that have no room in their row below it.
    fn below(&mut self, cells: &[(&Column, String)]) {
        for (_, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
            for line in wrap(cell, self.style.width.saturating_sub(INDENT).max(1)) {
                self.out.push_str(&" ".repeat(INDENT));
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    fn lines<'a>(&self, table: &'a Table, columns: &[(usize, &'a Column)]) -> Vec<Line<'a>> {
        let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
        let mut under = None;
        let mut lines = vec![];
        for row in table.page_rows() {
            let over = heading.map(|at| row[at].raw());
            if over != under {
                lines.push(Line::Heading(self.spelled(over.unwrap_or_default())));
                under = over;
            }
            let cells = columns.iter().map(|(at, column)| (*column, self.spelled(row[*at].raw())));
            lines.push(Line::Row(cells.collect()));
        }
        lines
    }

    fn line(&mut self, line: &Line<'_>, widths: &[usize]) {
        let ellipsis = if self.style.ascii { "..." } else { ELLIPSIS };
        let text = match line {
            Line::Heading(words) if self.style.cuts => {
                crate::text::fit(words, self.style.width, ellipsis).into_owned()
            }
            Line::Heading(words) => words.clone(),
            Line::Row(cells) => {
                let padded = cells.iter().zip(widths).map(|((column, cell), wide)| match column.align {
                    Align::Left => pad(cell, *wide, ellipsis),
                    Align::Right => pad_left(cell, *wide, ellipsis),
                });
                padded.collect::<Vec<_>>().join("  ")
            }
        };
        self.out.push_str(text.trim_end());
        self.out.push('\n');
        if let Line::Row(cells) = line {
            self.below(&cells[widths.len().min(cells.len())..]);
        }
    }
}

/// The least width of a page on which a row fits.
fn needed(widths: &[usize], can_shrink: &[bool]) -> usize {
    let least = widths.iter().zip(can_shrink).map(|(wide, shrinks)| match shrinks {
        true => (*wide).min(NARROWEST),
        false => *wide,
    });
    least.sum::<usize>() + GUTTER * widths.len().saturating_sub(1)
}

/// Narrows the widest columns until the row fits, or until none that may shrink is wider than [`NARROWEST`].
fn fit_page(widths: &mut [usize], can_shrink: &[bool], page: usize) {
    let gutters = GUTTER * widths.len().saturating_sub(1);
    let whole: usize =
        widths.iter().zip(can_shrink).filter(|(_, shrinks)| !**shrinks).map(|(wide, _)| wide).sum();
    if whole > page {
        // Lines will be longer than the page however far the other columns shrink.
        return;
    }
    let mut over = (widths.iter().sum::<usize>() + gutters).saturating_sub(page);
    while over > 0 {
        let mut giving: Vec<usize> = (0..widths.len()).filter(|at| can_shrink[*at]).collect();
        giving.sort_by_key(|at| std::cmp::Reverse(widths[*at]));
        let Some(widest) = giving.first().map(|at| widths[*at]).filter(|widest| *widest > NARROWEST) else {
            return;
        };
        let equals = giving.iter().take_while(|at| widths[**at] == widest).count();
        let next = giving.get(equals).map_or(NARROWEST, |at| widths[*at]).max(NARROWEST);
        let step = (widest - next).min(over.div_ceil(equals)).max(1);
        for at in &giving[..equals] {
            let give = step.min(over);
            widths[*at] -= give;
            over -= give;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way_first() {
        let mut widths = [40, 10, 60];
        fit_page(&mut widths, &[true; 3], 80);
        assert_eq!(widths, [33, 10, 33]);
    }

    #[test]
    fn a_column_that_must_be_read_whole_is_never_cut() {
        let mut widths = [20, 200];
        fit_page(&mut widths, &[true, false], 80);
        assert_eq!(widths, [20, 200]);
        let mut widths = [20, 70];
        fit_page(&mut widths, &[true, false], 80);
        assert_eq!(widths, [8, 70]);
    }

    #[test]
    fn a_row_needs_its_whole_columns_and_a_little_of_the_others() {
        assert_eq!(needed(&[20, 4, 70], &[true, true, false]), 6 + 4 + 70 + 4);
    }

    #[test]
    fn a_page_that_is_wide_enough_changes_nothing() {
        let mut widths = [20, 20];
        fit_page(&mut widths, &[true; 2], 42);
        assert_eq!(widths, [20, 20]);
    }
}
