//! Where everything is on the screen: pure functions that `update` (to scroll) and `view` (to draw) share.

use ratatui::layout::{Rect, Size};

use super::places::{Overlay, Pane};

/// On a smaller screen only one line is shown, which says that it is too small.
pub const SMALLEST: Size = Size { width: 20, height: 5 };

/// The facts about the model that the layout depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// The pane that has the keys.
    pub front: Pane,
    /// The pane last shown beside the countries. It stays there while the countries have the keys.
    pub beside: Pane,
    /// Whether anything is compared.
    pub is_compared: bool,
    /// Whether the framework has a notice to show.
    pub has_notice: bool,
    /// Whether the pane in front has the whole screen.
    pub is_zoomed: bool,
}

/// The parts of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The names of the views with their keys. Empty on a small screen.
    pub views: Rect,
    pub title: Rect,
    /// The framework's notice. Empty on a low screen, where the title shows the notice.
    pub notice: Rect,
    pub panes: Vec<(Pane, Rect)>,
    pub footer: Rect,
}

impl Regions {
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes.iter().find(|(shown, _)| *shown == pane).map(|(_, area)| *area)
    }
}

/// The least widths for countries beside a card, for countries beside any other pane, and for three panes.
const TWO: u16 = 66;
const WIDE: u16 = 120;
const THREE: u16 = 200;
/// The least height in lines at which the notice has a line of its own.
const TALL: u16 = 8;

pub const fn is_too_small(size: Size) -> bool {
    size.width < SMALLEST.width || size.height < SMALLEST.height
}

/// The least size of a screen on which the views have a line of their own.
const NAMES_VIEWS: Size = Size { width: 60, height: 20 };

/// Lines above the panes.
#[derive(Clone, Copy, Debug)]
struct Above {
    views: bool,
    notice: bool,
}

impl Above {
    const fn of(size: Size, wants: Wants) -> Self {
        let views = size.width >= NAMES_VIEWS.width && size.height >= NAMES_VIEWS.height;
        Self { views, notice: wants.has_notice && size.height >= TALL }
    }

    fn lines(self) -> u16 {
        1 + u16::from(self.views) + u16::from(self.notice)
    }
}

/// The parts of a screen of this size.
pub fn regions(size: Size, wants: Wants) -> Regions {
    if is_too_small(size) {
        return Regions::default();
    }
    let row = |y: u16| Rect { x: 0, y, width: size.width, height: 1 };
    let above = Above::of(size, wants);
    let lines = above.lines();
    let middle = Rect { x: 0, y: lines, width: size.width, height: size.height - lines - 1 };
    let line = |is_there: bool, y: u16| if is_there { row(y) } else { Rect::default() };
    let title = u16::from(above.views);
    Regions {
        views: line(above.views, 0),
        title: row(title),
        notice: line(above.notice, title + 1),
        panes: panes(middle, wants),
        footer: row(size.height - 1),
    }
}

fn panes(area: Rect, wants: Wants) -> Vec<(Pane, Rect)> {
    let beside = match (wants.front, wants.beside) {
        (Pane::Countries, Pane::Comparison) if wants.is_compared => Pane::Comparison,
        (Pane::Countries, _) => Pane::Card,
        (front, _) => front,
    };
    if wants.is_zoomed || matches!(wants.front, Pane::Coverage | Pane::Findings) {
        // The two panes use every column: a matrix, and a list beside its detail.
        return vec![(wants.front, area)];
    }
    let columns: Vec<(Pane, u16)> = match area.width {
        // Other panes (such as the review) stand beside the countries only, as in a narrower window.
        THREE.. if wants.front == Pane::Comparison || wants.is_compared && is_of_three(wants.front) => {
            let list = 44;
            let card = (area.width - list) * 9 / 20;
            vec![(Pane::Countries, list), (Pane::Card, card), (Pane::Comparison, area.width - list - card)]
        }
        WIDE.. => {
            let list = (area.width / 3).min(46);
            vec![(Pane::Countries, list), (beside, area.width - list)]
        }
        TWO.. if matches!(wants.front, Pane::Countries | Pane::Card) => {
            let list = (area.width * 3 / 8).clamp(26, 34);
            vec![(Pane::Countries, list), (Pane::Card, area.width - list)]
        }
        _ => vec![(wants.front, area.width)],
    };
    let mut x = area.x;
    let place = columns.into_iter().map(|(pane, width)| {
        let at = Rect { x, width, ..area };
        x += width;
        (pane, at)
    });
    place.collect()
}

/// The panes that a very wide window shows together.
const fn is_of_three(pane: Pane) -> bool {
    matches!(pane, Pane::Countries | Pane::Card | Pane::Comparison)
}

/// The area of an overlay. It covers panes but never the title, the notice or the footer. `lines` are the lines that it
/// has to show inside its frame, if it knows that.
pub fn overlay(size: Size, wants: Wants, overlay: Overlay, lines: Option<usize>) -> Rect {
    if is_too_small(size) {
        return Rect::default();
    }
    let above = Above::of(size, wants).lines();
    let widest = match overlay {
        Overlay::Help | Overlay::Palette => 78,
        Overlay::Flag
        | Overlay::Assign
        | Overlay::Reviewed
        | Overlay::Resolve
        | Overlay::Ask
        | Overlay::SignOff
        | Overlay::Asking
        | Overlay::History => 78,
        Overlay::Note => 82,
        Overlay::GoTo
        | Overlay::Picker
        | Overlay::Groups
        | Overlay::Weights
        | Overlay::Sum
        | Overlay::Median
        | Overlay::Sources
        | Overlay::Sets
        | Overlay::ReadingText
        | Overlay::Finding => 92,
        Overlay::Filters => 60,
        Overlay::Problems | Overlay::ReloadDiff | Overlay::Reading | Overlay::EverySet => 118,
    };
    // A visible rim shows that the panes are still there; a small screen has no room for one.
    let rim = if size.height >= 30 { 2 } else { 0 };
    let width = if size.width < widest + 8 { size.width } else { widest };
    let room = size.height - above - 1 - 2 * rim;
    // Overlays about a cell are low and at the bottom, so that the cell stays visible above them.
    let height = match overlay {
        // Half of the screen stays as it is: over a slow line a tall box costs seconds to open and to close.
        Overlay::Flag => room.min((size.height / 2).saturating_sub(1).clamp(11, 14)),
        Overlay::Note | Overlay::Sources | Overlay::History => room.min(14),
        Overlay::Assign | Overlay::Reviewed | Overlay::Resolve | Overlay::Ask => room.min(9),
        Overlay::SignOff => room.min(16),
        Overlay::Picker | Overlay::Palette => room.min((size.height / 2).saturating_sub(1).max(11)),
        _ => room,
    };
    let lines = lines.and_then(|lines| u16::try_from(lines.saturating_add(2)).ok());
    let height = lines.map_or(height, |lines| lines.min(height));
    Rect { x: (size.width - width) / 2, y: above + rim + (room - height), width, height }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    fn shown(width: u16, height: u16, front: Pane, is_compared: bool) -> Vec<Pane> {
        let wants = Wants { front, beside: Pane::Card, is_compared, ..Wants::default() };
        regions(Size { width, height }, wants).panes.iter().map(|(pane, _)| *pane).collect()
    }

    #[test]
    fn a_wide_screen_shows_more_panes_at_once() {
        use Pane::{Card, Comparison, Countries};
        assert_eq!(shown(40, 12, Countries, true), [Countries]);
        assert_eq!(shown(40, 12, Card, true), [Card]);
        assert_eq!(shown(80, 24, Card, true), [Countries, Card]);
        assert_eq!(shown(80, 24, Comparison, true), [Comparison]);
        assert_eq!(shown(136, 30, Comparison, true), [Countries, Comparison]);
        assert_eq!(shown(136, 30, Countries, true), [Countries, Card]);
        assert_eq!(shown(220, 50, Countries, true), [Countries, Card, Comparison]);
        assert_eq!(shown(220, 50, Countries, false), [Countries, Card]);
    }

    #[test]
    fn the_comparison_stays_beside_the_countries_on_a_wide_screen() {
        let wants = Wants { beside: Pane::Comparison, is_compared: true, ..Wants::default() };
        let at = |width, height| regions(Size { width, height }, wants);
        assert!(at(136, 30).pane(Pane::Comparison).is_some());
        assert!(at(80, 24).pane(Pane::Card).is_some());
    }

    #[test]
    fn the_parts_fill_the_screen_and_never_overlap_at_any_size() {
        for (width, height) in
            (0..240).step_by(3).flat_map(|width| (0..60).map(move |height| (width, height)))
        {
            for front in Pane::iter() {
                let size = Size { width, height };
                let wants = Wants {
                    front,
                    beside: Pane::Card,
                    is_compared: true,
                    has_notice: true,
                    is_zoomed: width % 2 == 0,
                };
                let parts = regions(size, wants);
                let rects = [parts.views, parts.title, parts.notice, parts.footer].into_iter();
                let covered: u32 =
                    rects.chain(parts.panes.iter().map(|(_, area)| *area)).map(Rect::area).sum();
                assert_eq!(
                    covered,
                    if is_too_small(size) { 0 } else { u32::from(width) * u32::from(height) }
                );
                assert_eq!(
                    parts.pane(front).is_some(),
                    !is_too_small(size),
                    "the front pane is always shown"
                );
            }
        }
    }

    #[test]
    fn an_overlay_lies_between_the_title_and_the_footer() {
        for (width, height) in (0..200).flat_map(|width| (0..60).map(move |height| (width, height))) {
            for kind in Overlay::iter() {
                let wants = Wants { has_notice: width % 2 == 0, ..Wants::default() };
                let area = overlay(Size { width, height }, wants, kind, None);
                assert!(
                    area.right() <= width && (area.is_empty() || area.top() >= 1 && area.bottom() < height)
                );
            }
        }
    }
}
