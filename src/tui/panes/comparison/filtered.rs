//! What filters hide of a comparison, in words, and how one begins.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{State, sort::CompareSort};
use crate::{
    core::compare::Comparison,
    text::wrap,
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        pane_state::PaneState as _,
        places::Pane,
        widgets::{line_writer::LineWriter, outline::Outline},
    },
};

impl State {
    pub(super) fn sorted(&self, context: &PaneContext<'_>, outline: Outline) -> Outline {
        let Some(comparison) = context.comparison else { return outline };
        let kept = || self.outlining.kept(context, |one| self.keeps(context, one));
        self.sort.order(&context.data.framework, comparison, outline, kept)
    }

    /// The words above the rows if a filter hides some: `5 of 22 · only differences`.
    pub(super) fn filter(&self, context: &PaneContext<'_>, look: &Look, outline: &Outline) -> Option<String> {
        let what = match (self.only_differences, self.only_gaps) {
            (true, true) => "only differences and gaps",
            (true, false) => "only differences",
            (false, true) => "only gaps",
            (false, false) if !self.searched().is_empty() => "found",
            (false, false) if self.sort == CompareSort::Goals => return None,
            (false, false) => return Some(self.sort.title().to_owned()),
        };
        let all = context.data.framework.indicators.len();
        Some(format!("{} of {all} {} {what}", outline.kept, look.glyphs.separator))
    }

    pub(super) fn view_empty(
        &self,
        comparison: &Comparison,
        context: &PaneContext<'_>,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let all = comparison.rows.len();
        let apart = usize::try_from(comparison.tallies.not_comparable).unwrap_or(0);
        let (first, second) = match (self.searched().is_empty(), self.only_differences, self.only_gaps) {
            (false, ..) => ("No indicator is called so here.".to_owned(), "{clear-search} clears the search"),
            (true, true, false) => (
                format!("No differences in {all} rows; {apart} cannot be compared."),
                "{only-differences} shows all rows again",
            ),
            (true, false, _) => (format!("No gaps in {all} rows."), "{only-gaps} shows all rows again"),
            (true, true, true) => (
                format!("No differences and no gaps in {all} rows."),
                "{only-differences} and {only-gaps} show all rows again",
            ),
        };
        LineWriter::new(buf, look, area, 0).put(" ", Role::Text).put(&first, Role::Text);
        let second = context.spell(Pane::Comparison, second);
        LineWriter::new(buf, look, area, 1).put(" ", Role::Text).put(&second, Role::Faint);
    }
}

/// Says how a comparison begins.
pub(super) fn view_nothing(context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
    LineWriter::new(buf, look, area, 0).put(" Compare", Role::Title);
    let name = context.data.country(context.selection.country).name.line();
    let text = context
        .spell(Pane::Comparison, "Nothing is compared yet: press {compare} to choose what to hold beside ");
    let text = text + &name + ".";
    let columns = usize::from(area.width).saturating_sub(2);
    for (line, at) in wrap(&look.words(&text), columns).iter().zip(2_u16..) {
        LineWriter::new(buf, look, area, at).put(" ", Role::Text).put(line, Role::Text);
    }
}
