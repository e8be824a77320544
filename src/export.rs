//! Turns reports into bytes: one pure function and one row of [`FORMATS`] per format.
//!
//! **Invariants.** A writer sees only the report and the style. Text of a card cannot leave its table cell: it is
//! made safe and then escaped by the format's rules. Only JSON and JSON Lines keep raw values, escaped.

mod json;
mod jsonl;
mod markdown;
mod html;
mod chart;
mod briefing;
mod plain;
mod records;
mod csv;
mod table;
pub mod tidy;
mod tsv;
mod xlsx;

use std::path::Path;

pub use briefing::WriteBriefing;
pub use records::cell as neutral;

use crate::core::report::Report;

/// The layout of formats for people. Formats of records ignore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Width of the page in columns, to which paragraphs are wrapped.
    pub width: usize,
    /// Whether rows are cut to the width too: on a terminal they are; in a file or a pipe every word is kept.
    pub cuts: bool,
    /// Whether to spell everything in ASCII.
    pub ascii: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, cuts: false, ascii: false }
    }
}

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name for `--format`.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// The extension of files in this format, without the dot.
    pub extension: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// Whether it is no text, and so nothing for a terminal.
    pub is_binary: bool,
    /// Whether it is read on a terminal, and so in a pager.
    pub is_paged: bool,
    pub write: fn(&dyn Report, &Style) -> Vec<u8>,
    /// Writes a briefing; `None` if the format cannot hold one.
    pub briefing: Option<WriteBriefing>,
}

/// Every format; the first is the default.
pub static FORMATS: &[Format] = &[
    Format {
        name: "table",
        title: "a table",
        extension: "txt",
        about: "aligned text for reading",
        is_binary: false,
        is_paged: true,
        write: table::write,
        briefing: None,
    },
    Format {
        name: "csv",
        title: "CSV",
        extension: "csv",
        about: "records for a spreadsheet, RFC 4180",
        is_binary: false,
        is_paged: false,
        write: csv::write,
        briefing: None,
    },
    Format {
        name: "tsv",
        title: "TSV",
        extension: "tsv",
        about: "records for a spreadsheet, a tab between cells",
        is_binary: false,
        is_paged: false,
        write: tsv::write,
        briefing: None,
    },
    Format {
        name: "md",
        title: "Markdown",
        extension: "md",
        about: "Markdown for documents and issues",
        is_binary: false,
        is_paged: true,
        write: markdown::write,
        briefing: Some(briefing::markdown),
    },
    Format {
        name: "html",
        title: "HTML",
        extension: "html",
        about: "one page for a browser or a printer",
        is_binary: false,
        is_paged: false,
        write: html::write,
        briefing: Some(briefing::web_page),
    },
    Format {
        name: "json",
        title: "JSON",
        extension: "json",
        about: "everything, for programs; keys are stable",
        is_binary: false,
        is_paged: false,
        write: json::write,
        briefing: Some(briefing::json),
    },
    Format {
        name: "jsonl",
        title: "JSON Lines",
        extension: "jsonl",
        about: "a record a line, for programs that stream; the first line says what it is about",
        is_binary: false,
        is_paged: false,
        write: jsonl::write,
        briefing: None,
    },
    Format {
        name: "plain",
        title: "plain text",
        extension: "text",
        about: "a row a line, each cell with its heading: for screen readers and pipes",
        is_binary: false,
        is_paged: true,
        write: plain::write,
        briefing: None,
    },
    Format {
        name: "xlsx",
        title: "a workbook",
        extension: "xlsx",
        about: "a workbook for Excel and LibreOffice: the table, all records, notes, sources, and what it is about",
        is_binary: true,
        is_paged: false,
        write: xlsx::write,
        briefing: None,
    },
];

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The formats that can hold a briefing, with the function that writes it.
pub fn of_briefings() -> impl Iterator<Item = (&'static Format, WriteBriefing)> {
    FORMATS.iter().filter_map(|format| Some((format, format.briefing?)))
}

/// The format for a file's extension, in any case.
pub fn of_file(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extension == ending)
}

#[cfg(test)]
mod tests;
