//! From a report to bytes: one pure function a format, one row a format.
//!
//! **Invariants.** A writer sees the report and its style, nothing else. Whatever a card says, it cannot leave its
//! cell: text is made safe and then escaped by the format's own rules. Only JSON keeps raw values, escaped.

mod json;
mod jsonl;
mod markdown;
mod html;
mod briefing;
mod plain;
mod records;
mod csv;
mod table;
pub mod tidy;
mod tsv;

use std::path::Path;

pub use briefing::WriteBriefing;
pub use records::cell as neutral;

use crate::core::report::Report;

/// How a page for people looks. Records do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the page: paragraphs are broken there.
    pub width: usize,
    /// Whether rows are cut to the page too: on a terminal, where nothing may run over its edge. In a file or a pipe
    /// every word is kept.
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
    /// What `--format` calls it.
    pub name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// The ending of a file in this format, without the dot.
    pub extension: &'static str,
    /// One line of help.
    pub about: &'static str,
    pub write: fn(&dyn Report, &Style) -> Vec<u8>,
    /// Writes a briefing, where the format can hold one.
    pub briefing: Option<WriteBriefing>,
}

/// Every format; the first is the default.
pub static FORMATS: &[Format] = &[
    Format {
        name: "table",
        title: "a table",
        extension: "txt",
        about: "aligned text for reading",
        write: table::write,
        briefing: None,
    },
    Format {
        name: "csv",
        title: "CSV",
        extension: "csv",
        about: "records for a spreadsheet, RFC 4180",
        write: csv::write,
        briefing: None,
    },
    Format {
        name: "tsv",
        title: "TSV",
        extension: "tsv",
        about: "records for a spreadsheet, a tab between cells",
        write: tsv::write,
        briefing: None,
    },
    Format {
        name: "md",
        title: "Markdown",
        extension: "md",
        about: "Markdown for documents and issues",
        write: markdown::write,
        briefing: Some(briefing::markdown),
    },
    Format {
        name: "html",
        title: "HTML",
        extension: "html",
        about: "one page for a browser or a printer",
        write: html::write,
        briefing: Some(briefing::web_page),
    },
    Format {
        name: "json",
        title: "JSON",
        extension: "json",
        about: "everything, for programs; keys are stable",
        write: json::write,
        briefing: Some(briefing::json),
    },
    Format {
        name: "jsonl",
        title: "JSON Lines",
        extension: "jsonl",
        about: "a record a line, for programs that stream; the first line says what it is about",
        write: jsonl::write,
        briefing: None,
    },
    Format {
        name: "plain",
        title: "plain text",
        extension: "text",
        about: "a row a line, each cell with its heading: for screen readers and pipes",
        write: plain::write,
        briefing: None,
    },
];

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The formats that hold a briefing, with what writes it.
pub fn of_briefings() -> impl Iterator<Item = (&'static Format, WriteBriefing)> {
    FORMATS.iter().filter_map(|format| Some((format, format.briefing?)))
}

/// The format that a file's ending asks for.
pub fn of_file(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.extension == ending)
}

#[cfg(test)]
mod tests;
