//! The areas of the queue and of the detail under it.

use ratatui::layout::Rect;

use crate::tui::widgets::frame;

/// The areas of the pane. One without room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ReviewLayout {
    pub(super) queue: Rect,
    pub(super) progress: Rect,
    pub(super) rows: Rect,
    pub(super) detail: Rect,
}

/// The least height at which the detail is shown under the queue.
const TALL: u16 = 12;
/// Lines of the queue's box that are no items: its border, and the progress.
const AROUND: u16 = 3;

impl ReviewLayout {
    /// The detail gets what a queue of so many items leaves free. Zoomed, the part with the keys gets all.
    pub(super) fn of(area: Rect, items: usize, is_read: bool, is_zoomed: bool) -> Self {
        if is_zoomed && is_read {
            return Self { detail: area, ..Self::default() };
        }
        let items = u16::try_from(items).unwrap_or(u16::MAX);
        let free = area.height.saturating_sub(items.saturating_add(AROUND));
        let share = (area.height * 2 / 5).min(16);
        let below = match area.height {
            _ if is_zoomed || items == 0 => 0,
            0..TALL => 0,
            height => share.max(free).min(height - height / 3),
        };
        let queue = Rect { height: area.height - below, ..area };
        let inside = frame::inner(queue);
        let above = u16::from(inside.height > 2);
        Self {
            queue,
            progress: Rect { height: above, ..inside },
            rows: Rect { y: inside.y + above, height: inside.height - above, ..inside },
            detail: Rect { y: area.y + queue.height, height: below, ..area },
        }
    }
}
