//! An editor of several lines, with a caret that can be anywhere in the text.
//!
//! The text is kept as it was typed or pasted. Only the drawing is made safe, one grapheme cluster at a time, so that
//! the caret is always on what it would delete.

use std::{borrow::Cow, ops::Range};

use ratatui::{buffer::Buffer, layout::Rect};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    command::Command,
    look::{Look, Role},
    widgets::{line_writer::LineWriter, scroll},
};
use crate::text::{ascii, safe_line, width};

/// The longest text in bytes. A longer one is a document and belongs in a file.
pub const LONGEST: usize = 64 * 1024;

/// A text and a caret in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// In bytes, always between two grapheme clusters.
    caret: usize,
    /// The first line that is shown.
    top: usize,
}

impl Editor {
    /// A text with the caret at its end.
    pub fn with(text: &str) -> Self {
        let mut editor = Self::default();
        editor.insert(text);
        editor
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts text at the caret, with every line end as `\n`. Returns how many bytes had no room and were cut.
    pub fn insert(&mut self, text: &str) -> usize {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let room = LONGEST.saturating_sub(self.text.len());
        let mut end = room.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.insert_str(self.caret, &text[..end]);
        self.caret += end;
        // The inserted text may form one cluster with what is before or after it.
        let caret = self.starts().find(|at| *at >= self.caret);
        self.caret = caret.unwrap_or(self.text.len());
        text.len() - end
    }

    /// Runs an editing command in a field this wide. Returns false if it is no editing command.
    pub fn edit(&mut self, command: Command, columns: usize) -> bool {
        match command {
            Command::DeleteLetter => self.delete(self.before()..self.caret),
            Command::DeleteRight => self.delete(self.caret..self.after()),
            Command::DeleteWord => self.delete(self.word_before()..self.caret),
            Command::DeleteLine => self.delete(self.line_start()..self.caret),
            Command::CaretLeft => self.caret = self.before(),
            Command::CaretRight => self.caret = self.after(),
            Command::WordLeft => self.caret = self.word_before(),
            Command::WordRight => self.caret = self.word_after(),
            Command::Top | Command::LineStart => self.caret = self.line_start(),
            Command::Bottom | Command::LineEnd => self.caret = self.line_end(),
            Command::NewLine => {
                self.insert("\n");
            }
            Command::Up => return self.step(-1, columns),
            Command::Down => return self.step(1, columns),
            Command::PageUp => return self.step(-10, columns),
            Command::PageDown => return self.step(10, columns),
            _ => return false,
        }
        true
    }

    fn delete(&mut self, range: Range<usize>) {
        self.caret = range.start;
        self.text.replace_range(range, "");
        let caret = self.starts().rfind(|at| *at <= self.caret);
        self.caret = caret.unwrap_or(0);
    }

    /// The byte positions at which clusters begin, and the end of the text.
    fn starts(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()])
    }

    fn before(&self) -> usize {
        self.text[..self.caret].graphemes(true).next_back().map_or(0, |last| self.caret - last.len())
    }

    fn after(&self) -> usize {
        self.caret + self.text[self.caret..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let before = self.text[..self.caret].trim_end();
        let space = before.rfind(char::is_whitespace);
        let at = space.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        // A combining mark may follow the space: the caret must not split that cluster.
        self.starts().rfind(|start| *start <= at).unwrap_or(0)
    }

    fn word_after(&self) -> usize {
        let after = &self.text[self.caret..];
        let gap = after.len() - after.trim_start().len();
        let at = self.caret + after[gap..].find(char::is_whitespace).map_or(after.len(), |at| gap + at);
        self.starts().find(|start| *start >= at).unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at)
    }

    /// Moves the caret up or down by lines as they are shown. Returns false at the first and the last line.
    fn step(&mut self, by: isize, columns: usize) -> bool {
        let lines = self.lines(columns, false);
        let at = line_of(&lines, self.caret);
        let to = scroll::moved(at, by, lines.len());
        if to == at {
            return false;
        }
        let wanted = wide(&self.text[lines[at].start..self.caret], false);
        let line = lines[to].clone();
        let mut used = 0;
        self.caret = line.start;
        for (start, cluster) in self.text[line.clone()].grapheme_indices(true) {
            if used >= wanted || cluster == "\n" {
                break;
            }
            used += wide(cluster, false);
            let next = line.start + start + cluster.len();
            // The end of a wrapped line is the beginning of the next one, so the caret stops before it.
            if next == line.end && to + 1 < lines.len() {
                break;
            }
            self.caret = next;
        }
        true
    }

    /// Scrolls so that the caret is visible in a field of this size.
    pub fn scroll_into_view(&mut self, columns: usize, height: usize) {
        let lines = self.lines(columns, false);
        self.top = scroll::scrolled(self.top, Some(line_of(&lines, self.caret)), height, lines.len());
    }

    /// The number of lines at this width.
    pub fn height(&self, columns: usize) -> usize {
        self.lines(columns, false).len()
    }

    /// The lines as they are shown, as byte ranges that include the line break; the last may be empty. A line is
    /// wrapped at a space, inside a word only if it must be. One column is left for the caret.
    fn lines(&self, columns: usize, is_ascii: bool) -> Vec<Range<usize>> {
        let columns = columns.saturating_sub(1).max(1);
        let mut lines = vec![];
        let (mut start, mut used) = (0, 0);
        let mut space: Option<(usize, usize)> = None;
        for (at, cluster) in self.text.grapheme_indices(true) {
            if cluster == "\n" {
                lines.push(start..at + 1);
                (start, used, space) = (at + 1, 0, None);
                continue;
            }
            let columns_of = wide(cluster, is_ascii);
            if used + columns_of > columns && at > start {
                let (next, before) = space.unwrap_or((at, used));
                lines.push(start..next);
                (start, used, space) = (next, used - before, None);
            }
            used += columns_of;
            if cluster == " " {
                space = Some((at + 1, used));
            }
        }
        lines.push(start..self.text.len());
        lines
    }

    /// Draws the visible lines, and the caret if `has_caret`.
    pub fn draw(&self, buf: &mut Buffer, look: &Look, area: Rect, has_caret: bool) {
        let is_ascii = look.glyphs.is_ascii;
        let lines = self.lines(usize::from(area.width), is_ascii);
        let at = line_of(&lines, self.caret);
        let height = usize::from(area.height);
        let top = scroll::scrolled(self.top, has_caret.then_some(at), height, lines.len());
        for (line, y) in lines.iter().skip(top).zip(0..area.height) {
            let words = safe_line(self.text[line.clone()].trim_end_matches('\n'));
            LineWriter::new(buf, look, area, y).put(&words, Role::Text);
        }
        if !has_caret || at < top || at >= top + height {
            return;
        }
        let column = wide(&self.text[lines[at].start..self.caret], is_ascii);
        let under = self.text[self.caret..].graphemes(true).next().map_or(1, |next| wide(next, is_ascii));
        let x = area.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
        let y = area.y + u16::try_from(at - top).unwrap_or(0);
        let place = Rect { x, y, width: u16::try_from(under.max(1)).unwrap_or(1), height: 1 };
        buf.set_style(place.intersection(area).intersection(buf.area), look.style(Role::Caret));
    }
}

/// The line that the caret is on.
fn line_of(lines: &[Range<usize>], caret: usize) -> usize {
    lines.partition_point(|line| line.start <= caret).saturating_sub(1)
}

/// The columns that a part of a line takes on the screen.
fn wide(text: &str, is_ascii: bool) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    let columns = |cluster: &str| match cluster {
        "\n" => 0,
        cluster => {
            let safe = safe_line(cluster);
            let shown = if is_ascii { ascii(&safe) } else { Cow::Borrowed(safe.as_str()) };
            width(&shown)
        }
    };
    text.graphemes(true).map(columns).sum()
}

#[cfg(test)]
mod tests;
