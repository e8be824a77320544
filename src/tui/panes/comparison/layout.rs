//! The areas of a comparison, and the widths of its columns.

use ratatui::layout::Rect;

/// The areas of the pane, from the top. An area without room is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ComparisonLayout {
    pub(super) head: Rect,
    pub(super) tallies: Rect,
    pub(super) rule: Rect,
    pub(super) rows: Rect,
    pub(super) second_rule: Rect,
    pub(super) strip: Rect,
}

impl ComparisonLayout {
    /// The layout in which one part fills the pane.
    pub(super) fn zoomed(area: Rect, is_read: bool) -> Self {
        if !is_read {
            return Self::new(area, 0, usize::MAX);
        }
        let line = |at: u16| Rect { y: area.y + at, height: u16::from(area.height > at), ..area };
        let used = area.height.min(2);
        let strip = Rect { y: area.y + used, height: area.height - used, ..area };
        Self { head: line(0), second_rule: line(1), strip, ..Self::default() }
    }

    /// `lines` are those of the table: what it leaves free goes to the strip.
    pub(super) fn new(area: Rect, sides: usize, lines: usize) -> Self {
        let sides = u16::try_from(sides).unwrap_or(u16::MAX);
        let strip = match area.height {
            _ if sides == 0 => 0,
            0..12 => 0,
            12..18 => sides,
            _ => (area.height * 3 / 10).max(sides),
        };
        // The strip takes at most a third of the height, to leave room for the rows, but all that they do not need.
        let strip = strip.min(area.height / 3);
        let heads = 4;
        let free = area.height.saturating_sub(heads).saturating_sub(u16::try_from(lines).unwrap_or(u16::MAX));
        let strip = if strip > 0 { strip.max(free) } else { 0 };
        let mut y = area.y;
        let mut rest = area.height;
        let mut take = |lines: u16| {
            let lines = lines.min(rest);
            let part = Rect { y, height: lines, ..area };
            y += lines;
            rest -= lines;
            part
        };
        let line = |from: u16| u16::from(area.height >= from);
        let head = take(line(2));
        let tallies = take(line(6));
        let rule = take(line(9));
        let below = if strip > 0 { strip + 1 } else { 0 };
        let rows = take(area.height.saturating_sub(line(2) + line(6) + line(9) + below));
        let second_rule = take(u16::from(strip > 0));
        Self { head, tallies, rule, rows, second_rule, strip: take(strip) }
    }
}

/// Widths of the columns. That of a value includes the space before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ComparisonColumns {
    pub(super) title: usize,
    /// 0 with three or more subjects, where a star marks those that lead instead.
    pub(super) verdict: usize,
    pub(super) value: usize,
}

/// The cursor and the space after it.
pub(super) const MARGIN: usize = 2;
const WIDEST_VALUE: usize = 30;

impl ComparisonColumns {
    /// `widest` is the longest that any answer or name of a side is, `titles` the longest title.
    pub(super) fn new(total: usize, sides: usize, (widest, titles): (usize, usize)) -> Self {
        let verdict = match total {
            _ if sides != 2 => 0,
            60.. => 12,
            36.. => 7,
            26.. => 5,
            _ => 0,
        };
        let rest = total.saturating_sub(MARGIN + verdict);
        let share = if sides > 2 { rest * 2 / 3 } else { rest * 3 / 5 };
        // What no answer needs is left to the titles.
        let share = share.max(rest.saturating_sub(titles + 1));
        let value = (share / sides.max(1)).min(WIDEST_VALUE).min(widest + 3);
        let value = if value < 2 { 0 } else { value };
        Self { title: rest - value * sides, verdict, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_pane_at_any_size() {
        for height in 0..70 {
            for sides in 2..5 {
                let area = Rect::new(4, 3, 80, height);
                let layout = match height % 3 {
                    0 => ComparisonLayout::zoomed(area, sides % 2 == 0),
                    _ => ComparisonLayout::new(area, sides, usize::from(height) / 2),
                };
                let all =
                    [layout.head, layout.tallies, layout.rule, layout.rows, layout.second_rule, layout.strip];
                assert_eq!(all.iter().map(|part| part.height).sum::<u16>(), height);
                assert!(layout.rows.height > 0 || height == 0 || height % 3 == 0, "{height}");
            }
        }
    }

    #[test]
    fn the_columns_fill_the_line_and_never_more() {
        for total in 0..200 {
            for sides in 2..5 {
                let columns = ComparisonColumns::new(total, sides, (total / 5, total / 3));
                let used = MARGIN + columns.title + columns.verdict + columns.value * sides;
                assert!(used == total || total < MARGIN, "{total} {sides}");
            }
        }
    }
}
