//! The widths that the columns of a comparison want, kept until what is compared changes.

use super::table;
use crate::{
    core::{compare::Comparison, subject::Subject},
    tui::{
        pane_context::PaneContext,
        widgets::memo::{DataKey, Kept},
    },
};

/// The longest answer and the longest title.
#[derive(Clone, Debug, Default)]
pub(super) struct Widths(Kept<WidthKey, (usize, usize)>);

/// Everything that they depend on.
#[derive(Clone, Debug, PartialEq)]
struct WidthKey {
    data: DataKey,
    subjects: Vec<Subject>,
    /// The state of the journal, which may say what gaps become.
    journal: (u64, usize),
}

impl WidthKey {
    fn of(context: &PaneContext<'_>, comparison: &Comparison) -> Self {
        let book = &context.review.book;
        Self {
            data: DataKey::of(context.data),
            subjects: comparison.subjects.clone(),
            journal: (book.latest(), book.records().len()),
        }
    }
}

impl Widths {
    pub(super) fn renew(&mut self, context: &PaneContext<'_>) {
        if let Some(comparison) = context.comparison {
            self.0.renew(WidthKey::of(context, comparison), |_| table::widest(context, comparison));
        }
    }

    pub(super) fn get(&self, context: &PaneContext<'_>, comparison: &Comparison) -> (usize, usize) {
        *self.0.get(&WidthKey::of(context, comparison), |_| table::widest(context, comparison))
    }
}
