//! Sheets to the bytes of a workbook, within the limits of the format: what they change is told.
//!
//! **Invariant.** The same sheets give the same bytes: no clock, no random number.

use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, IgnoreError, IntoCustomDateTime, Workbook, Worksheet, XlsxError,
};

use super::{
    cells::{WIDEST, XlsxCell, XlsxSheet},
    limits::{MOST_COLUMNS, MOST_ROWS, MOST_TITLE, MOST_UNITS, cut_at, for_margin, free_name, place},
    looks::{TextKind, TextLook, XlsxLooks},
};
use crate::{
    core::report::TOOL,
    text::{FORMULA_STARTS, counted, safe_block, safe_line, width},
};

/// Widths of columns in characters: a wider text is wrapped, or cut by the cell beside it.
const NARROWEST: usize = 8;
const WIDEST_UNWRAPPED: usize = 30;
const WIDEST_AT_RIGHT: usize = 18;
/// Beside a head, the button of its filter.
const BUTTON: usize = 3;
/// How many places of cut texts are named.
const PLACES_NAMED: usize = 20;
const CUT: &str = "… (cut: see About)";

/// A workbook that is being filled.
pub(super) struct XlsxBook {
    sheets: Vec<Worksheet>,
    names: Vec<String>,
    title: String,
    looks: XlsxLooks,
    made_visible: usize,
    cut: Vec<String>,
    other: Vec<String>,
}

impl XlsxBook {
    pub(super) fn new(title: &str) -> Self {
        Self {
            sheets: vec![],
            names: vec![],
            title: safe_line(title).to_string(),
            looks: XlsxLooks::default(),
            made_visible: 0,
            cut: vec![],
            other: vec![],
        }
    }

    /// What the format could not take as it was, in words.
    pub(super) fn told(&self) -> Vec<String> {
        let mut told = self.other.clone();
        if self.made_visible > 0 {
            told.push(format!(
                "{} with characters that act on a terminal: they are written in a visible form, such as ^[",
                counted(self.made_visible, "cell", "cells")
            ));
        }
        if !self.cut.is_empty() {
            let named = self.cut.iter().take(PLACES_NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = self.cut.len().saturating_sub(PLACES_NAMED);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            told.push(format!(
                "{} longer than the {MOST_UNITS} units that a cell holds, cut there; CSV and JSON have the whole: {named}{more}",
                counted(self.cut.len(), "text", "texts")
            ));
        }
        if told.is_empty() {
            told.push("nothing".to_owned());
        }
        told
    }

    /// Adds the sheet; its rows go on on further sheets where there are too many for one.
    pub(super) fn add(&mut self, mut sheet: XlsxSheet) {
        if sheet.heads.len() > MOST_COLUMNS {
            self.other.push(format!(
                "{} has {} columns; a sheet holds {MOST_COLUMNS}, and those after {} are left out",
                safe_line(&sheet.name),
                sheet.heads.len(),
                safe_line(&sheet.heads[MOST_COLUMNS - 1].words)
            ));
            sheet.heads.truncate(MOST_COLUMNS);
            sheet.rows.iter_mut().for_each(|row| row.truncate(MOST_COLUMNS));
        }
        self.add_in_parts(&sheet, MOST_ROWS - 1);
    }

    /// Adds the sheet with at most so many rows a sheet.
    pub(super) fn add_in_parts(&mut self, sheet: &XlsxSheet, most: usize) {
        let parts = sheet.rows.len().div_ceil(most).max(1);
        if parts > 1 {
            let words = format!("{} goes on on further sheets: {parts} in all", safe_line(&sheet.name));
            self.other.push(words);
        }
        for part in 0..parts {
            let rows = sheet.rows.iter().skip(part * most).take(most);
            let name = free_name(&sheet.name, &self.names);
            // What the writer refuses is cut before: names, lengths, rows and columns.
            if let Ok(written) = self.written(&name, sheet, rows.map(Vec::as_slice)) {
                self.sheets.push(written);
            } else {
                self.other.push(format!("the sheet {name} could not be written"));
            }
            self.names.push(name);
        }
    }

    fn written<'a>(
        &mut self,
        name: &str,
        sheet: &XlsxSheet,
        rows: impl ExactSizeIterator<Item = &'a [XlsxCell]>,
    ) -> Result<Worksheet, XlsxError> {
        let mut out = Worksheet::new();
        out.set_name(name)?;
        let (last_row, last) = (row_number(rows.len()), column_number(sheet.heads.len().saturating_sub(1)));
        let mut widths = vec![];
        for (at, head) in sheet.heads.iter().enumerate() {
            let words = self.kept(&head.words, name, 0, at);
            widths.push(width(&words) + BUTTON);
            out.write_string_with_format(0, column_number(at), words, &XlsxLooks::head(head.is_right))?;
        }
        for (row, cells) in rows.enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                widths[at] = widths[at].max(cell.width() + 2);
                self.put(&mut out, name, (row + 1, at), cell, (sheet.wraps, sheet.heads[at].is_right))?;
            }
        }
        for (at, (wide, head)) in widths.iter().zip(&sheet.heads).enumerate() {
            let widest = match (sheet.wraps, head.is_right) {
                (true, false) => WIDEST,
                (true, true) => WIDEST_AT_RIGHT.max(width(&head.words).min(WIDEST_UNWRAPPED) + BUTTON),
                (false, _) => WIDEST_UNWRAPPED,
            };
            let wide = u32::try_from((*wide).clamp(NARROWEST, widest)).unwrap_or(0);
            out.set_column_width(column_number(at), f64::from(wide))?;
        }
        out.set_freeze_panes(1, column_number(sheet.frozen))?;
        if last_row > 0 && !sheet.heads.is_empty() {
            out.autofilter(0, 0, last_row, last)?;
            // Editions and codes are texts that happen to be digits.
            out.ignore_error_range(0, 0, last_row, last, IgnoreError::NumberStoredAsText)?;
        }
        out.set_repeat_rows(0, 0)?;
        out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        out.set_header(format!("&L{}", for_margin(&self.title)));
        out.set_footer(format!("&L{}&R&P / &N", for_margin(TOOL)));
        Ok(out)
    }

    fn put(
        &mut self,
        out: &mut Worksheet,
        sheet: &str,
        (row, at): (usize, usize),
        cell: &XlsxCell,
        (wraps, is_right): (bool, bool),
    ) -> Result<(), XlsxError> {
        let (to_row, to_column) = (row_number(row), column_number(at));
        if let Some(text) = cell.text() {
            let text = self.kept(text, sheet, row, at);
            let kind = match cell {
                XlsxCell::Gap(_) => TextKind::Gap,
                XlsxCell::Strong(_) => TextKind::Strong,
                _ => TextKind::Plain,
            };
            let is_quoted = text.starts_with(FORMULA_STARTS) || text.starts_with('\'');
            let look = self.looks.of_text(TextLook { kind, wraps, is_right, is_quoted });
            out.write_string_with_format(to_row, to_column, text, look)?;
        } else if let XlsxCell::Number { value, decimals } = cell {
            out.write_number_with_format(to_row, to_column, *value, self.looks.of_number(*decimals))?;
        } else if let XlsxCell::Flag(is) = cell {
            out.write_boolean_with_format(
                to_row,
                to_column,
                *is,
                &Format::new().set_align(FormatAlign::Top),
            )?;
        }
        Ok(())
    }

    /// The text as a cell can hold it: safe, and no longer than it may be.
    fn kept(&mut self, text: &str, sheet: &str, row: usize, column: usize) -> String {
        let safe = safe_block(text);
        self.made_visible += usize::from(safe.as_str() != text);
        let units = safe.as_str().encode_utf16().count();
        if units <= MOST_UNITS {
            return safe.to_string();
        }
        self.cut.push(format!("{sheet}!{} ({units} units)", place(row, column)));
        cut_at(safe.as_str(), MOST_UNITS - CUT.encode_utf16().count()).to_owned() + CUT
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut book = Workbook::new();
        let about = DocProperties::new().set_title(cut_at(&self.title, MOST_TITLE));
        let about = about.set_comment(format!("Made with {TOOL}."));
        book.set_properties(&about.set_creation_datetime(Always));
        for sheet in self.sheets {
            book.push_worksheet(sheet);
        }
        book.save_to_buffer().unwrap_or_default()
    }
}

/// The moment at which every workbook is made: there is no clock here, and the same report is the same file.
struct Always;

impl IntoCustomDateTime for Always {
    fn utc_datetime(self) -> String {
        "2000-01-01T00:00:00Z".to_owned()
    }
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
