//! Problems of the input as values: where, what was expected, what was found, how to mend it.

use std::fmt;

use super::severity::Severity;
use crate::text::{Raw, Safe};

/// A place in a file. Lines and columns count from 1, columns in characters; bytes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    pub line: u32,
    pub column: u32,
    pub byte: u64,
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

/// `cards/IRL.json:14:22: $.assessments.opsc.bound: expected a date such as 2010-07-01, found "soon"`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}", file.line())?;
            if let Some(place) = self.place {
                write!(f, ":{}:{}", place.line, place.column)?;
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
