//! A file as it was opened: its text, and those of the files that belong to it.

use super::{
    json::{Fault, Places},
    problem::{FilePlace, Problem},
};
use crate::text::{Raw, safe_line};

/// The text of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedText {
    /// The path, as the user would write it.
    pub name: Raw<'static>,
    /// Shorter than 4 GiB.
    pub text: String,
}

/// What was opened as one: a file, or a data package with its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// The file itself.
    pub own: NamedText,
    /// Those that belong to it, by their paths from its folder.
    pub parts: Vec<(String, NamedText)>,
}

impl NamedText {
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
        faults.map(|fault| problem(&self.name, &places, fault)).collect()
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

/// A located fault as a problem of a file.
pub fn problem(name: &Raw<'static>, places: &Places<'_>, fault: Fault) -> Problem {
    let (line, column) = places.of(fault.at);
    Problem {
        code: fault.code,
        severity: fault.severity,
        file: Some(name.clone()),
        place: Some(FilePlace { line, column, byte: fault.at as u64 }),
        path: Some(fault.path).filter(|path| !path.is_empty()).map(Raw::new),
        message: safe_line(&fault.message),
        expected: fault.expected.as_deref().map(safe_line),
        found: fault.found.as_deref().map(safe_line),
        hint: fault.hint.as_deref().map(safe_line),
    }
}
