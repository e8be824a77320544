//! How far the detail below the table is scrolled.

use ratatui::layout::{Rect, Size};

use super::{State, detail, table, whole_of};
use crate::{
    core::compare::Comparison,
    text::Safe,
    tui::{
        look::Look,
        pane_context::{PaneContext, Wish},
    },
};

impl State {
    /// The first line of the detail that is shown, and the number of all lines.
    pub(super) fn detail_span(
        &self,
        table: &table::ComparisonTable<'_>,
        strip: Rect,
        glyphs: &crate::tui::look::Glyphs,
    ) -> (usize, usize) {
        let lines = detail::lines(table, usize::from(detail::inside(strip).width), glyphs).len();
        let is_same = self.scrolled == Some(table.context.selection);
        let top = if is_same { self.detail_top } else { 0 };
        (top.min(lines.saturating_sub(usize::from(strip.height))), lines)
    }

    /// Scrolls the detail by so many lines.
    pub(super) fn read(
        &mut self,
        by: isize,
        context: &PaneContext<'_>,
        comparison: &Comparison,
        size: Size,
    ) -> Vec<Wish> {
        let lines = self.outline(context).lines.len();
        let layout = self.layout(context, whole_of(size), lines);
        if layout.strip.is_empty() {
            return vec![Wish::Say(Safe::fixed(
                "no room for the detail here: {open} opens the card of this side",
            ))];
        }
        // Only the view knows the terminal's look; the words are as long in both sets of glyphs, or nearly.
        let look = Look::probe();
        let table = self.table(context, &look, comparison, layout.head);
        let (top, all) = self.detail_span(&table, layout.strip, look.glyphs);
        let last = all.saturating_sub(usize::from(layout.strip.height));
        self.detail_top = top.saturating_add_signed(by).min(last);
        self.scrolled = Some(context.selection);
        vec![]
    }
}
