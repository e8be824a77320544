//! The border around a pane, with its title and the number of lines above and below.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, symbols::border::Set};

use super::line_writer::LineWriter;
use crate::{
    text::width,
    tui::look::{Look, Role},
};

/// The area inside a border. An area too small for a border has none.
pub const fn inner(area: Rect) -> Rect {
    if is_bordered(area) {
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    } else {
        area
    }
}

const fn is_bordered(area: Rect) -> bool {
    area.width >= 6 && area.height >= 4
}

/// Draws the border and its words, and returns the area inside.
pub fn draw(
    buf: &mut Buffer,
    look: &Look,
    area: Rect,
    title: &[(&str, Role)],
    more: &str,
    focused: bool,
) -> Rect {
    let area = area.intersection(buf.area);
    if !is_bordered(area) {
        return area;
    }
    let role = if focused { Role::BorderFocused } else { Role::Border };
    draw_border(buf, area, &look.glyphs.border, look.style(role));
    let top = Rect { x: area.x + 1, y: area.y, width: area.width - 2, height: 1 };
    let mut writer = LineWriter::new(buf, look, top, 0).over_lines();
    writer.put(" ", Role::Title);
    for (words, role) in title {
        let room = writer.rest().saturating_sub(1);
        if room > 0 && !words.is_empty() {
            writer.cell(words, room.min(width(&look.words(words))), *role);
        }
    }
    writer.put(" ", Role::Title);
    let words = look.words(more);
    let wide = width(&words) + 2;
    if !more.is_empty() && wide + 2 <= usize::from(area.width) {
        let x = area.right() - 2 - u16::try_from(wide).unwrap_or(0);
        let place = Rect { x, y: area.bottom() - 1, width: area.right() - 1 - x, height: 1 };
        LineWriter::new(buf, look, place, 0)
            .over_lines()
            .put(" ", Role::Faint)
            .put(&words, Role::Faint)
            .put(" ", Role::Faint);
    }
    inner(area)
}

/// Draws the border alone; the cells inside are not touched.
fn draw_border(buf: &mut Buffer, area: Rect, set: &Set<'_>, style: Style) {
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    let mut put = |x: u16, y: u16, symbol: &str| _ = buf[(x, y)].set_symbol(symbol).set_style(style);
    for x in left + 1..right {
        put(x, top, set.horizontal_top);
        put(x, bottom, set.horizontal_bottom);
    }
    for y in top + 1..bottom {
        put(left, y, set.vertical_left);
        put(right, y, set.vertical_right);
    }
    put(left, top, set.top_left);
    put(right, top, set.top_right);
    put(left, bottom, set.bottom_left);
    put(right, bottom, set.bottom_right);
}

/// Writes in the lower border, left of the words of [`draw`]: the first of `steps` that fits whole. Returns false if
/// none does.
pub fn say_below(
    buf: &mut Buffer,
    look: &Look,
    area: Rect,
    more: &str,
    steps: &[String],
    role: Role,
) -> bool {
    let area = area.intersection(buf.area);
    let taken = if more.is_empty() { 0 } else { width(&look.words(more)) + 3 };
    let room = usize::from(area.width).saturating_sub(4 + taken);
    let Some(words) = steps.iter().find(|words| width(&look.words(words)) <= room) else { return false };
    if is_bordered(area) && !words.is_empty() {
        let place = Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width - 2, height: 1 };
        LineWriter::new(buf, look, place, 0)
            .over_lines()
            .put(" ", Role::Faint)
            .put(words, role)
            .put(" ", Role::Faint);
    }
    true
}

/// The number of lines above and below those shown: `↑12 ↓204`; empty if there are none.
pub fn more(look: &Look, top: usize, height: usize, length: usize) -> String {
    let below = length.saturating_sub(top + height);
    let above = if top > 0 { format!("{}{top}", look.glyphs.more_above) } else { String::new() };
    let space = if top > 0 && below > 0 { " " } else { "" };
    let below = if below > 0 { format!("{}{below}", look.glyphs.more_below) } else { String::new() };
    above + space + &below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::{ASCII, Palette, UNICODE};

    fn rows(buf: &Buffer) -> Vec<String> {
        let area = buf.area;
        (area.top()..area.bottom())
            .map(|y| (area.left()..area.right()).map(|x| buf[(x, y)].symbol()).collect())
            .collect()
    }

    #[test]
    fn a_frame_names_its_pane_and_what_lies_below() {
        let area = Rect::new(0, 0, 20, 4);
        let mut buf = Buffer::empty(area);
        let look = Look::new(Palette::Mono, &UNICODE);
        let inside = draw(&mut buf, &look, area, &[("Countries 24", Role::Title)], "↓20", true);
        assert_eq!(rows(&buf)[0], "┌ Countries 24 ────┐");
        assert_eq!(rows(&buf)[3], "└──────────── ↓20 ─┘");
        assert_eq!(inside, Rect::new(1, 1, 18, 2));
    }

    #[test]
    fn a_title_too_long_is_cut_and_the_corner_stays() {
        let area = Rect::new(0, 0, 12, 4);
        let mut buf = Buffer::empty(area);
        let look = Look::new(Palette::Mono, &ASCII);
        draw(&mut buf, &look, area, &[("Countries 24", Role::Title)], "", false);
        assert_eq!(rows(&buf)[0], "+ Countri~ +");
    }

    #[test]
    fn an_area_too_small_for_a_border_is_used_whole() {
        for area in [Rect::new(0, 0, 0, 0), Rect::new(0, 0, 1, 1), Rect::new(0, 0, 40, 3)] {
            assert_eq!(inner(area), area);
        }
    }

    #[test]
    fn more_says_how_many_lines_are_hidden_where() {
        let look = Look::new(Palette::Mono, &UNICODE);
        assert_eq!(more(&look, 0, 10, 10), "");
        assert_eq!(more(&look, 2, 10, 20), "↑2 ↓8");
    }
}
