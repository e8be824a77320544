//! One thing that is wrong or odd in a text, with its place.

use crate::core::severity::Severity;

/// A fault: where, what, and how to mend it.
///
/// All words are ours, safe to print once the caller's usual cut and escape has gone over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub severity: Severity,
    /// Short name in kebab-case, stable: `syntax`, `cut-off`, `duplicate-key`, `not-utf8` …
    pub code: &'static str,
    /// The byte to point to, counted from the start of the text.
    pub at: usize,
    /// Where in the tree: `$`, `$.assessments.opsc`, `$[3].a`, `$["a b"]`.
    pub path: String,
    /// Stands alone: says what is wrong without the fields below.
    pub message: String,
    pub expected: Option<String>,
    pub found: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Fault {
    pub fn new(severity: Severity, code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            at,
            path: "$".to_owned(),
            message: message.into(),
            expected: None,
            found: None,
            hint: None,
        }
    }

    pub fn error(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, message)
    }

    pub fn warning(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, at, message)
    }

    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
