//! One line of the screen, written from left to right: the only way words reach a buffer.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    core::search::{self, Query},
    text::{fit, is_printable_ascii, pad, pad_left, width},
    tui::look::{GAP_SIGN, Look, Role},
};

/// Writes on one line of an area, never outside it. Words are made safe for the terminal and cut to fit here.
#[derive(Debug)]
pub struct LineWriter<'a> {
    buf: &'a mut Buffer,
    look: &'a Look,
    x: u16,
    y: u16,
    end: u16,
    /// Added to the style of every role, for the bar of the cursor.
    over: Style,
    /// What roles without a colour have instead of the colour that is there.
    under: Style,
}

impl<'a> LineWriter<'a> {
    /// A writer at the start of a line, counted from the top of the area. Outside the area it writes nothing.
    pub fn new(buf: &'a mut Buffer, look: &'a Look, area: Rect, line: u16) -> Self {
        let area = area.intersection(buf.area);
        let y = area.y.saturating_add(line);
        let end = if y < area.bottom() { area.right() } else { area.x };
        Self { buf, look, x: area.x, y, end, over: Style::new(), under: Style::new() }
    }

    /// Writes over what is drawn, such as a frame: words without a colour do not take that of its line.
    #[must_use]
    pub fn over_lines(mut self) -> Self {
        self.under = self.look.bare();
        self
    }

    /// Draws the cursor's bar over the whole line; words written afterwards are drawn on the bar.
    #[must_use]
    pub fn cursor(mut self) -> Self {
        // Dim words on a reversed bar are illegible on some terminals.
        self.over = self.look.style(Role::Cursor).remove_modifier(Modifier::DIM);
        let line = Rect { x: self.x, y: self.y, width: self.rest16(), height: 1 };
        if line.width > 0 {
            self.buf.set_style(line, self.over);
        }
        self
    }

    /// Columns left on the line.
    pub fn rest(&self) -> usize {
        usize::from(self.rest16())
    }

    fn rest16(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// Writes the words, cut with an ellipsis if they do not fit.
    pub fn put(&mut self, text: &str, role: Role) -> &mut Self {
        let words = self.look.words(text);
        let fitted = fit(&words, self.rest(), self.look.glyphs.ellipsis).into_owned();
        self.write(&fitted, role)
    }

    /// Writes the words in exactly this many columns, or in the rest of the line if that is less.
    pub fn cell(&mut self, text: &str, columns: usize, role: Role) -> &mut Self {
        let padded = pad(&self.look.words(text), columns.min(self.rest()), self.look.glyphs.ellipsis);
        self.write(&padded, role)
    }

    /// Like [`LineWriter::cell`], aligned to the right.
    pub fn cell_right(&mut self, text: &str, columns: usize, role: Role) -> &mut Self {
        let padded = pad_left(&self.look.words(text), columns.min(self.rest()), self.look.glyphs.ellipsis);
        self.write(&padded, role)
    }

    /// Like [`LineWriter::cell`], with the letters that the query matched highlighted.
    pub fn cell_found(&mut self, text: &str, columns: usize, role: Role, query: &Query) -> &mut Self {
        let (x, y) = (self.x, self.y);
        let padded = pad(&self.look.words(text), columns.min(self.rest()), self.look.glyphs.ellipsis);
        self.write(&padded, role);
        for found in search::highlight(query, padded.trim_end()) {
            let before = u16::try_from(width(&padded[..found.start])).unwrap_or(u16::MAX);
            let found = u16::try_from(width(&padded[found])).unwrap_or(u16::MAX);
            let start = x.saturating_add(before).min(self.end);
            let place = Rect { x: start, y, width: found.min(self.end - start), height: 1 };
            if place.width > 0 {
                self.buf.set_style(place, self.look.style(Role::Match).patch(self.over));
            }
        }
        self
    }

    /// Writes the words at the right end of the line, if they fit whole.
    pub fn right(&mut self, text: &str, role: Role) -> &mut Self {
        let words = self.look.words(text).into_owned();
        let wide = width(&words);
        if wide > 0 && wide <= self.rest() {
            self.gap(self.rest() - wide);
            self.write(&words, role);
        }
        self
    }

    /// Skips this many columns.
    pub fn gap(&mut self, columns: usize) -> &mut Self {
        let step = u16::try_from(columns.min(self.rest())).unwrap_or(u16::MAX);
        self.x = self.x.saturating_add(step);
        self
    }

    /// Skips to a column of the screen, if it is ahead.
    pub fn at(&mut self, x: u16) -> &mut Self {
        self.x = self.x.max(x).min(self.end.max(self.x));
        self
    }

    fn write(&mut self, words: &str, role: Role) -> &mut Self {
        if let (Role::Gap, Some(reason)) = (role, words.strip_prefix(GAP_SIGN)) {
            self.write_in(GAP_SIGN, self.look.gap_sign());
            return self.write_in(reason, self.look.style(role));
        }
        self.write_in(words, self.look.style(role))
    }

    fn write_in(&mut self, words: &str, style: Style) -> &mut Self {
        if self.rest() > 0 && !words.is_empty() {
            let style = self.under.patch(style).patch(self.over);
            if is_printable_ascii(words) {
                self.write_plain(words, style);
            } else {
                self.x = self.buf.set_stringn(self.x, self.y, words, self.rest(), style).0;
            }
        }
        self
    }

    /// Writes printable ASCII, one column per byte: most words are that, and need no search for grapheme clusters.
    fn write_plain(&mut self, words: &str, style: Style) {
        let columns = words.len().min(self.rest());
        let start = self.buf.index_of(self.x, self.y);
        for (cell, letter) in self.buf.content[start..start + columns].iter_mut().zip(words.chars()) {
            cell.set_char(letter).set_style(style);
        }
        self.x += u16::try_from(columns).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::{ASCII, Palette, UNICODE};

    fn line(
        width: u16,
        glyphs: &'static crate::tui::look::Glyphs,
        draw: impl FnOnce(&mut LineWriter<'_>),
    ) -> String {
        let area = Rect::new(0, 0, width, 1);
        let mut buf = Buffer::empty(area);
        let look = Look::new(Palette::Mono, glyphs);
        draw(&mut LineWriter::new(&mut buf, &look, area, 0));
        (0..width).map(|x| buf[(x, 0)].symbol().to_owned()).collect()
    }

    #[test]
    fn a_wide_word_never_breaks_its_column() {
        let got = line(10, &UNICODE, |writer| {
            writer.cell("中文中文", 5, Role::Text).cell("ok", 3, Role::Text);
        });
        assert_eq!(got, "中 文 …ok   ");
    }

    #[test]
    fn plain_words_are_drawn_as_any_others_are() {
        for words in ["", " ", "Albania", "much longer than the line is wide"] {
            let area = Rect::new(0, 0, 12, 1);
            let (mut quick, mut slow) = (Buffer::empty(area), Buffer::empty(area));
            let look = Look::new(Palette::Sixteen, &UNICODE);
            LineWriter::new(&mut quick, &look, area, 0).gap(2).write(words, Role::Gap);
            slow.set_stringn(2, 0, words, 10, look.style(Role::Gap));
            assert_eq!(quick, slow, "{words:?}");
        }
    }

    #[test]
    fn an_ascii_terminal_gets_ascii() {
        let got = line(6, &ASCII, |writer| {
            writer.cell("Côte d’Ivoire", 6, Role::Text);
        });
        assert!(got.is_ascii() && got.starts_with("Cote"), "{got}");
    }

    #[test]
    fn nothing_is_written_outside_the_area() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 2, 2));
        let look = Look::new(Palette::Mono, &UNICODE);
        for area in [Rect::new(0, 0, 0, 0), Rect::new(9, 9, 4, 4), Rect::new(1, 1, 9, 9)] {
            for at in 0..3 {
                LineWriter::new(&mut buf, &look, area, at)
                    .cursor()
                    .put("words", Role::Text)
                    .right("x", Role::Text);
            }
        }
        assert_eq!(buf[(0, 0)].symbol(), " ");
        assert_eq!(buf[(1, 1)].symbol(), "…");
    }

    #[test]
    fn nothing_is_dim_under_the_cursor() {
        let look = Look::new(Palette::Sixteen, &UNICODE);
        let area = Rect::new(0, 0, 3, 1);
        let mut buf = Buffer::empty(area);
        LineWriter::new(&mut buf, &look, area, 0).put("ALB", Role::Faint);
        assert!(buf[(0, 0)].modifier.contains(Modifier::DIM));
        LineWriter::new(&mut buf, &look, area, 0).cursor().put("ALB", Role::Faint);
        assert_eq!(buf[(0, 0)].modifier, Modifier::REVERSED);
    }
}
