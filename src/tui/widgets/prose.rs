//! Wrapped lines of words in roles, from which details are made.

use ratatui::{buffer::Buffer, layout::Rect};

use super::line_writer::LineWriter;
use crate::{
    text::{width, wrap},
    tui::look::{Glyphs, Look, Role},
};

/// One line: pieces of words, each in its role.
pub type ProseLine = Vec<(String, Role)>;

/// Lines written one after another, each wrapped to the same width.
#[derive(Clone, Debug)]
pub struct Prose<'a> {
    glyphs: &'a Glyphs,
    columns: usize,
    pub lines: Vec<ProseLine>,
}

impl<'a> Prose<'a> {
    /// Wraps to this many columns, at least one.
    pub fn new(columns: usize, glyphs: &'a Glyphs) -> Self {
        Self { glyphs, columns: columns.max(1), lines: vec![] }
    }

    pub const fn glyphs(&self) -> &'a Glyphs {
        self.glyphs
    }

    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The words as this terminal can show them, since wrapping must measure those.
    pub fn words<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.glyphs.is_ascii { crate::text::ascii(text) } else { text.into() }
    }

    /// Adds words on as many lines as they need; all but the first are indented by `hang` more columns.
    pub fn say(&mut self, text: &str, indent: usize, hang: usize, role: Role) {
        let indent = indent.min(self.columns / 3);
        let hang = hang.min(self.columns / 3);
        let text = self.words(text);
        let room = self.columns - indent - hang;
        for (at, line) in wrap(&text, room).into_iter().enumerate() {
            let before = if at == 0 { indent } else { indent + hang };
            self.lines.push(vec![(" ".repeat(before), Role::Text), (line, role)]);
        }
    }

    /// Adds a few words in one role and more in another behind them, wrapped together; further lines are indented.
    pub fn lead(&mut self, first: &str, more: &str, first_role: Role, role: Role) {
        let hang = 2.min(self.columns / 3);
        let first = self.words(first).into_owned();
        let text = if more.is_empty() { first.clone() } else { format!("{first} {}", self.words(more)) };
        for (at, line) in wrap(&text, self.columns - hang).into_iter().enumerate() {
            match line.strip_prefix(&*first) {
                Some(rest) if at == 0 => {
                    self.lines.push(vec![(first.clone(), first_role), (rest.to_owned(), role)]);
                }
                _ => {
                    let before = if at == 0 { 0 } else { hang };
                    self.lines.push(vec![(" ".repeat(before), Role::Text), (line, role)]);
                }
            }
        }
    }

    /// Adds an empty line, unless the last one is empty or there is none.
    pub fn part(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(vec![]);
        }
    }

    /// Adds a heading after an empty line.
    pub fn head(&mut self, text: &str) {
        self.part();
        self.say(text, 0, 2, Role::Title);
    }

    /// Adds one line without wrapping; drawing cuts it at the edge of the pane.
    pub fn line(&mut self, line: ProseLine) {
        self.lines.push(line);
    }

    /// Adds pieces that are not broken, as many on a line as fit.
    pub fn flow(&mut self, pieces: &[(String, Role)], between: &str, indent: usize) {
        let indent = indent.min(self.columns / 3);
        let mut line: ProseLine = vec![(" ".repeat(indent), Role::Text)];
        let mut used = indent;
        for (words, role) in pieces {
            let words = self.words(words).into_owned();
            let parted = if used > indent { width(between) } else { 0 };
            if used > indent && used + parted + width(&words) > self.columns {
                self.lines.push(std::mem::replace(&mut line, vec![(" ".repeat(indent), Role::Text)]));
                used = indent;
            } else if parted > 0 {
                line.push((between.to_owned(), Role::Faint));
                used += parted;
            }
            used += width(&words);
            if used > self.columns {
                line.pop();
                self.say(&words, indent, 0, *role);
                line = vec![(" ".repeat(indent), Role::Text)];
                used = indent;
            } else {
                line.push((words, *role));
            }
        }
        if used > indent {
            self.lines.push(line);
        }
    }
}

/// Draws the lines from `top`, as many as fit.
pub fn draw(buf: &mut Buffer, look: &Look, area: Rect, lines: &[ProseLine], top: usize) {
    for (line, at) in lines.iter().skip(top).zip(0..area.height) {
        let mut writer = LineWriter::new(buf, look, area, at);
        for (words, role) in line {
            writer.put(words, *role);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::{ASCII, UNICODE};

    fn plain(prose: &Prose<'_>) -> Vec<String> {
        prose.lines.iter().map(|line| line.iter().map(|(words, _)| words.as_str()).collect()).collect()
    }

    #[test]
    fn long_words_wrap_and_hang() {
        let mut prose = Prose::new(20, &UNICODE);
        prose.say("Does the law prohibit it?", 0, 2, Role::Text);
        assert_eq!(plain(&prose), ["Does the law", "  prohibit it?"]);
    }

    #[test]
    fn pieces_are_kept_whole() {
        let mut prose = Prose::new(18, &UNICODE);
        let pieces = ["none", "minimal", "[moderate]"].map(|word| (word.to_owned(), Role::Text));
        prose.flow(&pieces, " · ", 0);
        assert_eq!(plain(&prose), ["none · minimal", "[moderate]"]);
    }

    #[test]
    fn no_line_is_wider_than_the_pane_whatever_it_says() {
        for columns in 0..30 {
            for glyphs in [&UNICODE, &ASCII] {
                let mut prose = Prose::new(columns, glyphs);
                prose.say("Straße … “中文字” averyveryverylongwordindeed", 4, 2, Role::Text);
                prose.flow(
                    &[("中文字中文字中文字".to_owned(), Role::Text), ("x".to_owned(), Role::Text)],
                    " · ",
                    3,
                );
                for line in plain(&prose) {
                    assert!(width(&line) <= columns.max(1), "{columns}: {line:?}");
                }
            }
        }
    }
}
