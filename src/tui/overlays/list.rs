//! The list of most overlays, with a field above it and words about the selected line below it.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use crate::{
    text::{safe_line, width, wrap_to},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter, scroll},
    },
};

/// The cursor and the first shown line of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ScrollList {
    pub(super) cursor: usize,
    top: usize,
}

impl ScrollList {
    pub(super) const fn at(cursor: usize) -> Self {
        Self { cursor, top: 0 }
    }

    /// Moves the cursor. Returns false if the command is not a movement.
    pub(super) fn update(&mut self, command: Command, len: usize, height: usize) -> bool {
        let Some(by) = scroll::steps(command, scroll::page(height)) else { return false };
        self.cursor = scroll::moved(self.cursor, by, len);
        self.scroll_into_view(len, height);
        true
    }

    pub(super) fn scroll_into_view(&mut self, len: usize, height: usize) {
        self.cursor = self.cursor.min(len.saturating_sub(1));
        self.top = scroll::scrolled(self.top, Some(self.cursor), height, len);
    }

    /// The lines that are shown.
    pub(super) fn shown(&self, len: usize, height: usize) -> Range<usize> {
        self.top.min(len)..(self.top + height).min(len)
    }

    /// The number of lines above and below those shown, for the frame.
    pub(super) fn more(&self, look: &Look, len: usize, height: usize) -> String {
        frame::more(look, self.top, height, len)
    }
}

/// The layout of an overlay inside its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListLayout {
    pub(super) field: Rect,
    pub(super) list: Rect,
    pub(super) below: Rect,
}

impl ListLayout {
    /// The layout of an overlay in `area`, with `below` lines under its list if there is room for them.
    pub(super) fn of(area: Rect, overlay: Overlay, below: u16) -> Self {
        let inside = frame::inner(area);
        let above = u16::from(overlay.has_field()).min(inside.height);
        let room = inside.height - above;
        // The list comes first: on a small screen it keeps at least three lines and twice what is below it.
        let below = below.min(room.saturating_sub(3)).min(room / 3);
        let list = Rect { y: inside.y + above, height: room - below, ..inside };
        Self {
            field: Rect { height: above, ..inside },
            list,
            below: Rect { y: list.bottom(), height: below, ..inside },
        }
    }

    /// The layout with `above` lines for heads of columns over the list if there is room for them, and their place.
    pub(super) fn with_heads(area: Rect, overlay: Overlay, below: u16, above: u16) -> (Self, Rect) {
        let mut layout = Self::of(area, overlay, below);
        let above = above.min(layout.list.height / 3);
        let heads = Rect { height: above, ..layout.list };
        layout.list = Rect { y: layout.list.y + above, height: layout.list.height - above, ..layout.list };
        (layout, heads)
    }

    /// The same layout at the origin, for `update`, which only knows the size of the overlay.
    pub(super) fn within(size: Size, overlay: Overlay, below: u16) -> Self {
        Self::of(Rect { x: 0, y: 0, width: size.width, height: size.height }, overlay, below)
    }

    /// The lines inside the frame that a list of this length needs, with `below` lines under it.
    pub(super) fn inside(length: usize, overlay: Overlay, below: u16) -> usize {
        let below = usize::from(below);
        usize::from(overlay.has_field()) + (length.max(1) + below).max(3 * below).max(3 + below)
    }

    pub(super) fn lines(&self) -> usize {
        usize::from(self.list.height)
    }
}

/// Draws the field: a prompt, the typed text with the caret, and the number of hits.
pub(super) fn draw_field(
    buf: &mut Buffer,
    look: &Look,
    area: Rect,
    field: &TextInput,
    asks: &str,
    found: &str,
) {
    let caret = field.draw(buf, look, area, "> ", width(found) + 2);
    let rest = Rect { x: caret, width: area.right().saturating_sub(caret), ..area };
    let mut writer = LineWriter::new(buf, look, rest, 0);
    writer.gap(2);
    if field.is_empty() {
        let room = writer.rest().saturating_sub(width(found) + 1);
        writer.cell(asks, room, Role::Faint);
    }
    writer.right(found, Role::Faint);
}

/// Draws wrapped words below the list; what has no room is cut.
pub(super) fn draw_below(buf: &mut Buffer, look: &Look, area: Rect, words: &str, role: Role) {
    let lines = wrap_to(words, usize::from(area.width), usize::from(area.height), look.glyphs.ellipsis);
    for (line, at) in lines.iter().zip(0..area.height) {
        LineWriter::new(buf, look, area, at).put(&safe_line(line), role);
    }
}

/// `12 of 250`, or `250` if all are found.
pub(super) fn found(hits: usize, of: usize) -> String {
    if hits == of { format!("{of}") } else { format!("{hits} of {of}") }
}
