//! The areas of the findings and of one finding's countries: side by side if there is room, else one at a time.

use ratatui::layout::Rect;

use super::{
    Sheet,
    lines::{FindingLine, Sentences, sentence_columns},
};
use crate::tui::widgets::frame;

/// The least width at which findings and countries are side by side.
const SIDE_BY_SIDE: u16 = 110;
/// The least width at which a finding may have one line instead of two.
const ROOMY: u16 = 60;
/// The least height for a line of column headings.
const HEADED: u16 = 5;
/// The least height for a strip that shows the finding under the cursor in full, and the height of the strip.
const TALL: u16 = 12;
const STRIP: u16 = 3;

/// The areas of the pane. One that is not shown is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FindingsLayout {
    pub(super) list: Rect,
    /// The headings of the columns.
    pub(super) head: Rect,
    pub(super) rows: Rect,
    /// The finding under the cursor in full.
    pub(super) strip: Rect,
    pub(super) detail: Rect,
    pub(super) sentences: Sentences,
}

impl FindingsLayout {
    /// Zoomed, the part with the keys gets all of the area.
    pub(super) fn of(area: Rect, is_open: bool, is_zoomed: bool, sheet: &Sheet) -> Self {
        let is_wide = area.width >= SIDE_BY_SIDE && !is_zoomed;
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
        let wide = usize::from(inside.width);
        let below = Sentences::Below(sentence_columns(wide).max(1));
        // If any sentence would be cut, sentences get lines of their own and the list scrolls: cut sentences may look
        // alike.
        let has_own_lines = inside.width < ROOMY
            || super::lines::lines(sheet, below).len() <= usize::from(rows.height)
            || !super::lines::fits_in_one_line(sheet, wide);
        let sentences = if has_own_lines { below } else { Sentences::Beside };
        let head = Rect { height: head, ..inside };
        let strip = Rect { y: rows.bottom(), height: strip, ..inside };
        Self { list, head, rows, strip, detail, sentences }
    }

    /// Whether sentences have lines of their own.
    pub(super) fn has_own_lines(&self) -> bool {
        self.sentences != Sentences::Beside
    }

    /// The area of the list of countries.
    pub(super) const fn answers(&self) -> Rect {
        frame::inner(self.detail)
    }

    pub(super) fn lines(&self, sheet: &Sheet) -> Vec<FindingLine> {
        super::lines::lines(sheet, self.sentences)
    }
}
