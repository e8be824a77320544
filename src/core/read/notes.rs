//! Collects faults while a located tree is read, in the house's wording.

use crate::core::json::{Fault, Node};
use crate::text::excerpt;

/// Faults found while reading out of one text.
#[derive(Debug)]
pub(super) struct Notes<'t> {
    pub text: &'t str,
    pub faults: Vec<Fault>,
}

impl<'t> Notes<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, faults: vec![] }
    }

    /// The value as written, cut short.
    pub(super) fn excerpt(&self, node: &Node<'_>) -> String {
        match node.text() {
            Some(text) => format!("\"{}\"", excerpt(text, 60)),
            None => excerpt(node.source(self.text), 60).into_string(),
        }
    }

    /// "expected …, found …" at a value.
    pub(super) fn expected(
        &mut self,
        code: &'static str,
        node: &Node<'_>,
        path: &str,
        expected: impl Into<String>,
    ) -> &mut Fault {
        let (expected, found) = (expected.into(), self.excerpt(node));
        let message = format!("expected {expected}, found {found}");
        self.error(code, node.at, path, message);
        let fault = self.last();
        fault.expected = Some(expected);
        fault.found = Some(found);
        fault
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: usize,
        path: &str,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.push(Fault::error(code, at, message), path)
    }

    pub(super) fn warning(
        &mut self,
        code: &'static str,
        at: usize,
        path: &str,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.push(Fault::warning(code, at, message), path)
    }

    fn push(&mut self, mut fault: Fault, path: &str) -> &mut Fault {
        path.clone_into(&mut fault.path);
        self.faults.push(fault);
        self.last()
    }

    fn last(&mut self) -> &mut Fault {
        self.faults.last_mut().expect("a fault was just pushed")
    }
}

/// A member's path: `$.assessments.opsc`, or `$["odd key"]` where a dot would mislead.
pub(super) fn member(path: &str, key: &str) -> String {
    let simple = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if simple { format!("{path}.{key}") } else { format!("{path}[{}]", excerpt(&format!("{key:?}"), 60)) }
}
