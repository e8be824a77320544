//! Problems of the input as values: where, what was expected, what was found, how to mend it.

use std::{collections::HashMap, fmt};

use super::severity::Severity;
use crate::text::{Raw, Safe};

/// A place in a file. Lines and columns count from 1, columns in characters; bytes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    pub line: u32,
    pub column: u32,
    pub byte: u64,
    pub form: PlaceForm,
}

/// What line and column of a place are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceForm {
    /// A line, and a character in it.
    #[default]
    Line,
    /// A row and a column of a sheet.
    Cell,
    /// An item of a list, counted from 0 as its paths do, and a member of it.
    Item,
}

/// `:14:22`, `!B14` for a cell of a sheet, `[12]` for an item.
impl fmt::Display for FilePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            PlaceForm::Line => write!(f, ":{}:{}", self.line, self.column),
            PlaceForm::Cell => write!(f, "!{}{}", column_letters(self.column), self.line),
            PlaceForm::Item => write!(f, "[{}]", self.line),
        }
    }
}

/// A column of a sheet by its number from 1: A, Z, AA.
fn column_letters(mut column: u32) -> String {
    let mut letters = vec![];
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    letters.into_iter().rev().collect()
}

/// The message for a file that does not exist. Such a file has lost its cards, while an unreadable one keeps them.
pub const NO_SUCH_FILE: &str = "there is no such file or folder";

/// One problem. All its texts can be printed safely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kebab-case, and stable because scripts match on it.
    pub code: &'static str,
    pub severity: Severity,
    /// The file as the user named it.
    pub file: Option<Raw<'static>>,
    pub place: Option<FilePlace>,
    /// A path in the format of the file: `$.assessments.opsc.bound` in JSON, `cells[14].note` in a table.
    pub path: Option<Raw<'static>>,
    pub message: Safe,
    pub expected: Option<Safe>,
    pub found: Option<Safe>,
    /// How to mend the problem.
    pub hint: Option<Safe>,
}

impl Problem {
    pub fn new(code: &'static str, severity: Severity, message: Safe) -> Self {
        Self {
            code,
            severity,
            file: None,
            place: None,
            path: None,
            message,
            expected: None,
            found: None,
            hint: None,
        }
    }

    /// `cards/IRL.json:14:22`, or the parts of it that are known.
    pub fn place_words(&self) -> String {
        let file = self.file.as_ref().map_or_else(String::new, |file| file.line().into_string());
        self.place.map_or_else(|| file.clone(), |at| format!("{file}{at}"))
    }

    /// The message without the number of the line, which says where and not what.
    fn what(&self) -> &str {
        let line = self.place.map(|place| format!("line {}: ", place.line));
        line.and_then(|line| self.message.strip_prefix(&line)).unwrap_or(&self.message)
    }

    #[must_use]
    pub fn in_file(mut self, file: &Raw<'_>) -> Self {
        self.file = Some(file.clone().into_owned());
        self
    }

    #[must_use]
    pub fn with_hint(mut self, hint: Safe) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// A problem, and how many are equal to it but for their places.
#[derive(Clone, Copy, Debug)]
pub struct EqualProblems<'a> {
    pub first: &'a Problem,
    /// Where the first one stands in the list.
    pub at: usize,
    pub count: usize,
}

impl<'a> EqualProblems<'a> {
    /// Every kind of problem once, in the order of the first of each.
    pub fn of(problems: &'a [Problem]) -> Vec<Self> {
        let mut known = HashMap::new();
        let mut kinds: Vec<Self> = vec![];
        for (at, first) in problems.iter().enumerate() {
            let kind = known.entry((first.code, first.what(), &first.hint)).or_insert(kinds.len());
            match kinds.get_mut(*kind) {
                Some(kind) => kind.count += 1,
                None => kinds.push(Self { first, at, count: 1 }),
            }
        }
        kinds
    }
}

/// As the problem, or if there are several: `expected a date, found "soon": 412 like this, first at cards/IRL.json:14:22`
impl fmt::Display for EqualProblems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, count, .. } = self;
        if *count == 1 {
            return first.fmt(f);
        }
        write!(f, "{}", first.what())?;
        if let Some(hint) = &first.hint {
            write!(f, " ({hint})")?;
        }
        write!(f, ": {count} like this")?;
        let place = first.place_words();
        if place.is_empty() { Ok(()) } else { write!(f, ", first at {place}") }
    }
}

/// `cards/IRL.json:14:22: $.assessments.opsc.bound: expected a date such as 2010-07-01, found "soon"`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}", file.line())?;
            if let Some(place) = self.place {
                write!(f, "{place}")?;
            }
            write!(f, ": ")?;
        }
        if let Some(path) = &self.path
            && path.raw() != "$"
        {
            write!(f, "{}: ", path.line())?;
        }
        write!(f, "{}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_as_its_file_counts() {
        let at = |line, column, form| FilePlace { line, column, byte: 0, form }.to_string();
        assert_eq!(at(14, 22, PlaceForm::Line), ":14:22");
        assert_eq!(at(14, 22, PlaceForm::Item), "[14]");
        for (column, want) in [(1, "!A7"), (26, "!Z7"), (27, "!AA7"), (702, "!ZZ7"), (703, "!AAA7")] {
            assert_eq!(at(7, column, PlaceForm::Cell), want);
        }
    }
}
