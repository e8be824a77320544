//! Where the findings and the countries of one lie: side by side where there is room, else one in front of the other.

use ratatui::layout::Rect;

use super::{Sheet, lines::FindingLine};
use crate::tui::widgets::frame;

/// From this width on the findings and the countries of one stand side by side.
const SIDE_BY_SIDE: u16 = 110;
/// From this width on a finding has one line, if two for each would not fit.
const ROOMY: u16 = 60;
/// Lines from which on there is one to spare for what the columns are.
const HEADED: u16 = 5;
/// Lines from which on the finding under the cursor is said in full below the list, and how many that takes.
const TALL: u16 = 12;
const STRIP: u16 = 3;

/// Areas that are not shown are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FindingsLayout {
    pub(super) list: Rect,
    /// What the columns of the rows are.
    pub(super) head: Rect,
    pub(super) rows: Rect,
    /// The finding under the cursor in full.
    pub(super) strip: Rect,
    pub(super) detail: Rect,
    /// Each finding has a second line for its sentence.
    pub(super) has_two_lines: bool,
}

impl FindingsLayout {
    pub(super) fn of(area: Rect, is_open: bool, sheet: &Sheet) -> Self {
        let is_wide = area.width >= SIDE_BY_SIDE;
        let wide = if is_wide { area.width * 11 / 20 } else { 0 };
        let (list, detail) = match (is_wide, is_open) {
            (true, _) => {
                let detail = Rect { x: area.x + wide, width: area.width - wide, ..area };
                (Rect { width: wide, ..area }, detail)
            }
            (false, true) => (Rect::default(), area),
            (false, false) => (area, Rect::default()),
        };
        let inside = frame::inner(list);
        let head = u16::from(inside.height >= HEADED && !sheet.shown.is_empty());
        let has_strip = !is_wide && inside.width >= ROOMY && inside.height >= TALL;
        let strip = if has_strip { STRIP } else { 0 };
        let rows = Rect { y: inside.y + head, height: inside.height - head - strip, ..inside };
        let lines = super::lines::lines(sheet, true).len();
        // Where a sentence would be cut it has a line of its own, and the list scrolls: rows cut short read alike.
        let has_two_lines = inside.width < ROOMY
            || lines <= usize::from(rows.height)
            || !super::lines::fits_in_one_line(sheet, usize::from(inside.width));
        let head = Rect { height: head, ..inside };
        let strip = Rect { y: rows.bottom(), height: strip, ..inside };
        Self { list, head, rows, strip, detail, has_two_lines }
    }

    /// The lines of the countries.
    pub(super) const fn answers(&self) -> Rect {
        frame::inner(self.detail)
    }

    pub(super) fn lines(&self, sheet: &Sheet) -> Vec<FindingLine> {
        super::lines::lines(sheet, self.has_two_lines)
    }
}
