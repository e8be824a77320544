//! The trait of panes. What differs between panes is a method here, so that no other code lists them.

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
use crate::{
    core::framework::Group,
    review::{Draft, drafts::CellIds},
    text::Safe,
};

/// A filter of a pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterChoice {
    /// What it filters by: filters of one heading stand together.
    pub heading: &'static str,
    pub title: Safe,
    /// How many rows or cells it would keep.
    pub count: usize,
    pub is_on: bool,
}

/// A pane. It sees a [`PaneContext`] and never the model. The default methods fit most panes.
pub trait PaneState {
    /// Runs a command; `size` is that of the pane, border included.
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish>;

    /// Filters the pane by a text, at each key typed. The empty text shows everything again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish>;

    fn searched(&self) -> &str;

    /// Why the searched text cannot be understood, in full, then shorter; empty if it can be.
    fn search_fault(&self, _context: &PaneContext<'_>) -> Vec<String> {
        vec![]
    }

    /// Scrolls so that the selection is visible.
    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size);

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer);

    /// The content of the pane as a report.
    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a>;

    /// The group that documents written from here are about, if it is not the one chosen.
    fn written_group(&self, _context: &PaneContext<'_>) -> Option<Group> {
        None
    }

    /// The row and the cell under the cursor, for copying. Errors: why there is none.
    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        PaneRecord::of_cell(context, context.selection)
    }

    /// The target of a review command. Errors: why there is none.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        Ok(Spot { cell: context.selection, extent: Extent::Cell })
    }

    /// Call after another pane led here: takes back what hides the selected cell.
    fn reveal(&mut self, _context: &PaneContext<'_>) {}

    /// The draft that resolves (or reopens) the flag under the cursor; `None` if the pane lists no flags, so that
    /// flags on the [`PaneState::spot`] are meant.
    fn resolve(&self, _context: &PaneContext<'_>) -> Option<Result<Draft, Safe>> {
        None
    }

    /// The cells that are shown, for one note on all of them; empty if the pane shows none, or too many to mean them all.
    fn shown_cells(&self, _context: &PaneContext<'_>) -> Vec<CellIds> {
        vec![]
    }

    /// The drafts that resolve every open flag that is shown.
    fn resolve_all(&self, _context: &PaneContext<'_>) -> Vec<Draft> {
        vec![]
    }

    /// Scrolls words beside the list if they are under the pointer; returns whether there are any.
    fn scroll_words(
        &mut self,
        _by: isize,
        _pointer: Position,
        _context: &PaneContext<'_>,
        _area: Rect,
    ) -> bool {
        false
    }

    /// Call after something was said: where the cursor goes if a filter hides what it was on.
    fn after_change(&self, _context: &PaneContext<'_>) -> Vec<Wish> {
        vec![]
    }

    /// Whether `Back` first closes something inside the pane.
    fn takes_back(&self) -> bool {
        false
    }

    /// Whether `Back` leads to the pane this one was opened from. Otherwise it leads to the countries.
    fn returns(&self) -> bool {
        false
    }

    /// Whether the pane has nothing to show. Switching to the next pane skips it then.
    fn is_empty(&self, _context: &PaneContext<'_>) -> bool {
        false
    }

    /// Whether the cursor moves left and right too.
    fn has_columns(&self) -> bool {
        false
    }

    /// Whether the pane runs the commands for the next and previous gap itself.
    fn has_own_gaps(&self) -> bool {
        false
    }

    /// Whether the pane may show several editions at once.
    fn has_own_editions(&self) -> bool {
        false
    }

    /// Whether the footer shows the key of this command, one that works in every pane.
    fn tells(&self, command: Command) -> bool {
        !matches!(
            command,
            Command::Show(Overlay::Finding) | Command::Write(_) | Command::Sort | Command::DetailDown
        )
    }

    /// The filters that can be chosen now.
    fn filters(&self, _context: &PaneContext<'_>) -> Vec<FilterChoice> {
        vec![]
    }

    /// Narrows the pane by one of [`PaneState::filters`], or no longer if it does.
    fn choose_filter(&mut self, _at: usize, _context: &PaneContext<'_>, _size: Size) -> Vec<Wish> {
        vec![]
    }

    /// Whether a filter narrows the pane.
    fn is_filtered(&self) -> bool {
        false
    }

    /// Takes every filter back, but not the search.
    fn clear_filters(&mut self) {}

    /// How many boxes of the pane are on the screen; one that shows words beside a list has two.
    fn boxes(&self, _context: &PaneContext<'_>, _size: Size) -> usize {
        1
    }

    /// The box that has the keys, counted from 0.
    fn box_in_use(&self) -> usize {
        0
    }

    /// Gives the keys to a box.
    fn use_box(&mut self, _at: usize) {}

    /// The position of a command's key in the footer, 0 first; `None` for the usual position.
    fn hint_rank(&self, spec: &Spec) -> Option<u8> {
        (spec.command == Command::Enter).then_some(0)
    }
}
