//! A workbook for spreadsheets: the page as people read it, all records, notes and sources, and what it is about.
//!
//! A number is a number cell, a text a text cell whatever it begins with, and a gap says that it is one: `?? no data`.

mod limits;
mod cells;
mod looks;
mod workbook;
mod about;

use self::{
    cells::{XlsxCell, XlsxHead, XlsxSheet},
    workbook::XlsxBook,
};
use super::Style;
use crate::core::report::{Align, Column, Field, Report, Shown, Table};

/// The names of the sheets beside the first, which is named after the report.
const RECORDS_SHEET: &str = "Records";
const NOTES_SHEET: &str = "Notes";
const SOURCES_SHEET: &str = "Sources";
const ABOUT_SHEET: &str = "About";

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let table = report.table();
    let mut book = XlsxBook::new(table.title.raw());
    book.add(page(&table));
    book.add(records(&table));
    if !table.notes.is_empty() {
        book.add(notes(&table));
    }
    if !table.sources.is_empty() {
        book.add(sources(&table));
    }
    let about = about::sheet(report.name(), &table, &book);
    book.add(about);
    book.finish()
}

/// A column of the first sheet.
enum PageColumn {
    /// As the page for people has it.
    Shown(usize),
    /// The numbers within another column's words.
    Bare { of: usize, values: usize },
}

/// What people read: the columns of a page, and the bare numbers beside words with numbers in them.
fn page(table: &Table) -> XlsxSheet {
    let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
    let mut columns: Vec<PageColumn> = heading.into_iter().map(PageColumn::Shown).collect();
    for at in table.page_columns() {
        columns.push(PageColumn::Shown(at));
        let bare = table.columns[at].bare.as_deref().and_then(|key| table.position(key));
        let has_numbers =
            |values: &usize| table.rows.iter().any(|row| matches!(row[*values], Field::Number(_)));
        columns.extend(bare.filter(has_numbers).map(|values| PageColumn::Bare { of: at, values }));
    }
    let heads = columns.iter().map(|column| match column {
        PageColumn::Shown(at) => page_head(&table.columns[*at]),
        PageColumn::Bare { of, .. } => {
            let words = format!("{}, number", table.columns[*of].title.raw());
            XlsxHead { words, is_right: true }
        }
    });
    let cell = |row: &[Field], column: &PageColumn| match column {
        PageColumn::Shown(at) => cell(table, row, *at),
        PageColumn::Bare { values, .. } => match row[*values] {
            Field::Number(_) | Field::Empty => cell(table, row, *values),
            Field::Text(_) | Field::Flag(_) => XlsxCell::Nothing,
        },
    };
    let name = ["title", "name"].iter().filter_map(|key| table.position(key)).find_map(|at| {
        columns.iter().position(|column| matches!(column, PageColumn::Shown(shown) if *shown == at))
    });
    XlsxSheet {
        name: table.title.raw().to_owned(),
        heads: heads.collect(),
        rows: table.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect(),
        frozen: name.filter(|at| *at < 3).map_or(0, |at| at + 1),
        wraps: true,
    }
}

fn page_head(column: &Column) -> XlsxHead {
    let words = match (column.title.raw(), column.shown) {
        (_, Shown::AsHeading) => "Section".to_owned(),
        ("", _) => column.key.replace('_', " "),
        (title, _) => title.to_owned(),
    };
    XlsxHead { words, is_right: column.align == Align::Right }
}

/// Every record under the keys that scripts rely on, as the CSV has them.
fn records(table: &Table) -> XlsxSheet {
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|at| table.columns[*at].is_for_records()).collect();
    let is_number = |at: usize| table.rows.iter().any(|row| matches!(row[at], Field::Number(_)));
    let head = |at: &usize| XlsxHead { words: table.columns[*at].key.clone(), is_right: is_number(*at) };
    XlsxSheet {
        name: RECORDS_SHEET.to_owned(),
        heads: columns.iter().map(head).collect(),
        rows: table.rows.iter().map(|row| columns.iter().map(|at| cell(table, row, *at)).collect()).collect(),
        frozen: 0,
        wraps: false,
    }
}

fn cell(table: &Table, row: &[Field], at: usize) -> XlsxCell {
    match &row[at] {
        Field::Text(text) => XlsxCell::words(text.raw()),
        Field::Number(digits) => XlsxCell::digits(digits),
        Field::Flag(is) => XlsxCell::Flag(*is),
        Field::Empty => table.gap_words(row, at).map_or(XlsxCell::Nothing, XlsxCell::Gap),
    }
}

fn notes(table: &Table) -> XlsxSheet {
    let note = |(number, note): (usize, &crate::text::Raw<'_>)| {
        vec![XlsxCell::count(number), XlsxCell::words(note.raw())]
    };
    XlsxSheet {
        name: NOTES_SHEET.to_owned(),
        heads: vec![XlsxHead::right("No."), XlsxHead::left("Note")],
        rows: (1..).zip(&table.notes).map(note).collect(),
        frozen: 0,
        wraps: true,
    }
}

/// The sources under the numbers by which cells cite them.
fn sources(table: &Table) -> XlsxSheet {
    let rows = (1..).zip(&table.sources).map(|(number, source)| {
        let parts = [&source.title, &source.date, &source.page, &source.url];
        let parts =
            parts.map(|part| part.as_ref().map_or(XlsxCell::Nothing, |part| XlsxCell::words(part.raw())));
        std::iter::once(XlsxCell::count(number)).chain(parts).collect()
    });
    let heads = ["Title", "Date", "Page", "Address"].map(XlsxHead::left);
    XlsxSheet {
        name: SOURCES_SHEET.to_owned(),
        heads: std::iter::once(XlsxHead::right("No.")).chain(heads).collect(),
        rows: rows.collect(),
        frozen: 0,
        wraps: true,
    }
}

#[cfg(test)]
pub(super) mod tests;
