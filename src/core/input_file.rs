//! A file as it was opened: its text, and those of the files that belong to it.

use super::{
    delimited::{DelimitedRecord, FieldDialect},
    json::{Fault, Places},
    problem::{FilePlace, PlaceForm, Problem},
};
use crate::text::{Raw, safe_line};

/// How places in a text are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// By line and column.
    #[default]
    Lines,
    /// The text was made of a sheet: by row and column.
    Sheet,
    /// The text was made of the items of a list, below a row of headings: by item and member.
    Items,
}

/// The text of one file, or of a sheet or a member of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedText {
    /// The path, as the user would write it; `scores.xlsx:2026` for a sheet.
    pub name: Raw<'static>,
    /// Shorter than 4 GiB.
    pub text: String,
    pub addressing: Addressing,
}

/// What was opened as one: a file, a data package with its tables, or a workbook or an archive by its sheets or members;
/// then the text of the file itself is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// The file itself.
    pub own: NamedText,
    /// Those that belong to it, by their paths from its folder.
    pub parts: Vec<(String, NamedText)>,
}

impl NamedText {
    /// The text of a whole file.
    pub fn new(name: Raw<'static>, text: String) -> Self {
        Self { name, text, addressing: Addressing::Lines }
    }

    /// Bytes of a byte order mark.
    pub fn start(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// Located faults as problems of this file.
    pub fn problems(&self, faults: impl IntoIterator<Item = Fault>) -> Vec<Problem> {
        let mut faults = faults.into_iter().peekable();
        if faults.peek().is_none() {
            return vec![];
        }
        let places = Places::new(&self.text);
        let place = |fault: &Fault| self.place(&places, fault.at);
        faults
            .map(|fault| Problem { place: Some(place(&fault)), ..problem(&self.name, &places, fault) })
            .collect()
    }

    /// A byte of the text in the words of its file. `places` are those of the same text.
    pub fn place(&self, places: &Places<'_>, at: usize) -> FilePlace {
        let ((line, column), form) = match self.addressing {
            Addressing::Lines => (places.of(at), PlaceForm::Line),
            Addressing::Sheet => (cell_of(&self.text, at), PlaceForm::Cell),
            Addressing::Items => {
                let (record, field) = cell_of(&self.text, at);
                // Before the items stand their headings.
                ((record.saturating_sub(2), field), PlaceForm::Item)
            }
        };
        FilePlace { line, column, byte: at as u64, form }
    }
}

impl InputFile {
    /// A file to which no others belong.
    pub const fn alone(own: NamedText) -> Self {
        Self { own, parts: vec![] }
    }

    /// The name by which it was opened.
    pub const fn name(&self) -> &Raw<'static> {
        &self.own.name
    }

    /// The file that belongs to it under this path.
    pub fn part(&self, path: &str) -> Option<&NamedText> {
        self.parts.iter().find(|(known, _)| known == path).map(|(_, named)| named)
    }

    /// The bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.own.text.len() + self.parts.iter().map(|(_, named)| named.text.len()).sum::<usize>()
    }
}

/// Row and column, both from 1, of the field that a byte stands in.
fn cell_of(text: &str, at: usize) -> (u32, u32) {
    let (mut record, mut begin, mut row) = (DelimitedRecord::default(), 0, 0);
    while let Some(next) = record.read(text, begin, FieldDialect::COMMAS, usize::MAX) {
        row += 1;
        if at < next || next == text.len() {
            break;
        }
        begin = next;
    }
    let before = record.fields.iter().take_while(|field| (field.start as usize) <= at.max(begin + 1)).count();
    (row, u32::try_from(before.max(1)).unwrap_or(u32::MAX))
}

/// A located fault as a problem of a file.
pub fn problem(name: &Raw<'static>, places: &Places<'_>, fault: Fault) -> Problem {
    let (line, column) = places.of(fault.at);
    Problem {
        code: fault.code,
        severity: fault.severity,
        file: Some(name.clone()),
        place: Some(FilePlace { line, column, byte: fault.at as u64, form: PlaceForm::Line }),
        path: Some(fault.path).filter(|path| !path.is_empty()).map(Raw::new),
        message: safe_line(&fault.message),
        expected: fault.expected.as_deref().map(safe_line),
        found: fault.found.as_deref().map(safe_line),
        hint: fault.hint.as_deref().map(safe_line),
    }
}
