//! What every pane answers for itself, so that nothing else has to know which panes there are.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use super::{
    command::{Command, Spec},
    look::Look,
    pane_context::{Extent, PaneContext, Spot, Wish},
    places::Overlay,
    shown_report::{PaneRecord, ShownReport},
};
use crate::{review::Draft, text::Safe};

/// A pane. It knows what it is shown and never the model; what it answers by itself is what most panes do.
pub trait PaneState {
    /// Takes a command.
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish>;

    /// Shows only what a text names, at each change of it. The empty text shows all again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish>;

    fn searched(&self) -> &str;

    /// Scrolls so that what is selected can be seen.
    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size);

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer);

    /// All that the pane says, as a report.
    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a>;

    /// What the cursor is on, to be copied; an error says why there is none.
    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        PaneRecord::of_cell(context, context.selection)
    }

    /// What a review command is about; an error says why it is about nothing.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        Ok(Spot { cell: context.selection, extent: Extent::Cell })
    }

    /// What resolves the very thing under the cursor; nothing where a flag on the spot is meant.
    fn resolve(&self, _context: &PaneContext<'_>) -> Option<Result<Draft, Safe>> {
        None
    }

    /// Scrolls words beside the list that lie under the pointer; false where there are none.
    fn scroll_words(
        &mut self,
        _by: isize,
        _pointer: Position,
        _context: &PaneContext<'_>,
        _area: Rect,
    ) -> bool {
        false
    }

    /// Whether going back closes something in the pane before it leaves it.
    fn takes_back(&self) -> bool {
        false
    }

    /// Whether going back leads to the pane this one was opened from; otherwise it leads to the countries.
    fn returns(&self) -> bool {
        false
    }

    /// Whether there is nothing in it, so that the next pane is shown in its place.
    fn is_empty(&self, _context: &PaneContext<'_>) -> bool {
        false
    }

    /// Whether the cursor moves across too.
    fn has_columns(&self) -> bool {
        false
    }

    /// Whether the next gap is another one than the next of the card.
    fn has_own_gaps(&self) -> bool {
        false
    }

    /// Whether its parts may be of several editions.
    fn has_own_editions(&self) -> bool {
        false
    }

    /// Whether the footer tells the key of a command that works in every pane.
    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::Sort)
    }

    /// How early the footer tells a key here, 0 first; nothing where it is told as in every pane.
    fn hint_rank(&self, spec: &Spec) -> Option<u8> {
        (spec.command == Command::Enter).then_some(0)
    }
}
