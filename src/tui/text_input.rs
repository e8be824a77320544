//! A text field of one line, with the caret at its end.

use unicode_segmentation::UnicodeSegmentation as _;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    command::Command,
    look::{Look, Role},
    widgets::line_writer::LineWriter,
};
use crate::text::{safe_line, width};

/// In bytes: longer than any name to search for; a pasted page is cut.
const LONGEST: usize = 200;

/// The typed text. The caret is always at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextInput {
    text: String,
}

impl TextInput {
    pub fn with(text: &str) -> Self {
        let mut field = Self::default();
        field.paste(text);
        field
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn clear(&mut self) {
        self.text.clear();
    }

    pub fn push(&mut self, c: char) {
        if !c.is_control() && self.text.chars().count() < LONGEST {
            self.text.push(if c.is_whitespace() { ' ' } else { c });
        }
    }

    /// Adds pasted text; line breaks and tabs become spaces.
    pub fn paste(&mut self, text: &str) {
        text.trim().chars().for_each(|c| self.push(if c.is_whitespace() { ' ' } else { c }));
    }

    /// Runs an editing command. Returns false if it is no editing command.
    pub fn edit(&mut self, command: Command) -> bool {
        match command {
            Command::DeleteLetter => {
                let last = self.text.graphemes(true).next_back().map_or(0, str::len);
                self.text.truncate(self.text.len() - last);
            }
            Command::DeleteWord => {
                let end = self.text.trim_end().rfind(' ').map_or(0, |at| at + 1);
                self.text.truncate(end);
            }
            Command::DeleteLine => self.text.clear(),
            _ => return false,
        }
        true
    }

    /// Draws a prompt, the end of the typed text, and the caret; `free` columns stay free at the right. Returns the
    /// column of the caret.
    pub fn draw(&self, buf: &mut Buffer, look: &Look, area: Rect, prompt: &str, free: usize) -> u16 {
        let room = usize::from(area.width).saturating_sub(width(prompt) + 1 + free);
        let shown = safe_line(&self.text);
        let typed = look.words(tail(&shown, room));
        LineWriter::new(buf, look, area, 0).put(prompt, Role::Key).put(&typed, Role::Text);
        let caret = area.x.saturating_add(u16::try_from(width(prompt) + width(&typed)).unwrap_or(u16::MAX));
        let place = Rect { x: caret, y: area.y, width: 1, height: 1 }.intersection(area);
        buf.set_style(place.intersection(buf.area), look.style(Role::Caret));
        caret
    }
}

/// The end of a text, at most this many columns wide.
pub fn tail(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    if width(text) <= columns {
        return text;
    }
    for (at, _) in text.grapheme_indices(true).rev() {
        if width(&text[at..]) > columns {
            break;
        }
        start = at;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_its_marks_goes_at_once() {
        let mut field = TextInput::with("Tu\u{308}");
        assert!(field.edit(Command::DeleteLetter));
        assert_eq!(field.text(), "T");
    }

    #[test]
    fn a_word_goes_with_the_space_after_it() {
        let mut field = TextInput::with("swe opsc 2010");
        field.push(' ');
        field.edit(Command::DeleteWord);
        assert_eq!(field.text(), "swe opsc ");
        field.edit(Command::DeleteWord);
        field.edit(Command::DeleteWord);
        assert_eq!(field.text(), "");
        field.edit(Command::DeleteWord);
        field.edit(Command::DeleteLetter);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_pasted_page_becomes_one_short_line() {
        let mut field = TextInput::with(" a\nb\u{1b}[2J ");
        assert_eq!(field.text(), "a b[2J");
        field.paste(&"x".repeat(5000));
        assert_eq!(field.text().len(), LONGEST);
    }

    #[test]
    fn the_end_of_a_long_text_is_shown() {
        assert_eq!(tail("abcdef", 3), "def");
        assert_eq!(tail("ab", 3), "ab");
        assert_eq!(tail("日本語", 3), "語");
        assert_eq!(tail("abc", 0), "");
    }
}
