//! The areas of the list and the detail of a card.

use ratatui::layout::Rect;

/// The list and the detail. One of them is empty if there is room for only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CardLayout {
    pub(super) list: Rect,
    pub(super) detail: Rect,
}

/// The least width at which the detail is beside the list, and the least height at which it is below.
const BESIDE: u16 = 80;
const BELOW: u16 = 18;

impl CardLayout {
    /// While the detail is read it gets the larger part, or all of the area. Zoomed, the part with the keys gets all.
    pub(super) fn new(area: Rect, reading: bool, is_zoomed: bool) -> Self {
        if is_zoomed {
            return Self::only(area, reading);
        }
        if area.width >= BESIDE {
            let width = (area.width / 2).min(60);
            let list = Rect { width, ..area };
            let detail = Rect { x: area.x + width, width: area.width - width, ..area };
            return Self { list, detail };
        }
        if area.height >= BELOW {
            let smaller = area.height * 9 / 20;
            let height = if reading { smaller } else { area.height - smaller };
            let list = Rect { height, ..area };
            let detail = Rect { y: area.y + height, height: area.height - height, ..area };
            return Self { list, detail };
        }
        Self::only(area, reading)
    }

    fn only(area: Rect, reading: bool) -> Self {
        if reading {
            Self { list: Rect::default(), detail: area }
        } else {
            Self { list: area, detail: Rect::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_and_detail_share_the_area_and_never_overlap() {
        for (width, height) in
            (0..200).step_by(7).flat_map(|width| (0..60).map(move |height| (width, height)))
        {
            for reading in [false, true] {
                let area = Rect::new(3, 2, width, height);
                let layout = CardLayout::new(area, reading, height % 2 == 1);
                assert_eq!(layout.list.area() + layout.detail.area(), area.area());
                assert!(layout.list.intersection(layout.detail).is_empty());
            }
        }
    }

    #[test]
    fn a_small_screen_shows_the_detail_only_when_it_is_read() {
        let area = Rect::new(0, 0, 40, 10);
        assert!(CardLayout::new(area, false, false).detail.is_empty());
        assert_eq!(CardLayout::new(area, true, false).detail, area);
    }
}
