//! A line of text being typed.

use unicode_segmentation::UnicodeSegmentation as _;

use super::command::Command;
use crate::text::{Safe, safe_line, width};

/// Longer than any name one searches for; a pasted page is cut.
const LONGEST: usize = 200;

/// What has been typed so far. The caret is always at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
}

impl Field {
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

    /// Runs an editing command; false if it is not one.
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

    /// What to show in so many columns: the end, where the caret is.
    pub fn tail(&self, columns: usize) -> Safe {
        let shown = safe_line(&self.text);
        if width(&shown) <= columns {
            return shown;
        }
        let mut start = shown.len();
        for (at, _) in shown.grapheme_indices(true).rev() {
            if width(&shown[at..]) > columns {
                break;
            }
            start = at;
        }
        safe_line(&shown[start..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_its_marks_goes_at_once() {
        let mut field = Field::with("Tu\u{308}");
        assert!(field.edit(Command::DeleteLetter));
        assert_eq!(field.text(), "T");
    }

    #[test]
    fn a_word_goes_with_the_space_after_it() {
        let mut field = Field::with("swe opsc 2010");
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
        let mut field = Field::with(" a\nb\u{1b}[2J ");
        assert_eq!(field.text(), "a b[2J");
        field.paste(&"x".repeat(5000));
        assert_eq!(field.text().len(), LONGEST);
    }

    #[test]
    fn the_end_of_a_long_text_is_shown() {
        assert_eq!(Field::with("abcdef").tail(3).as_str(), "def");
        assert_eq!(Field::with("ab").tail(3).as_str(), "ab");
        assert_eq!(Field::with("日本語").tail(3).as_str(), "語");
        assert_eq!(Field::with("abc").tail(0).as_str(), "");
    }
}
