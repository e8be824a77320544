//! Lines: a text broken at spaces to so many columns, inside a word only if it must.
use std::borrow::Cow;

use textwrap::WordSeparator::UnicodeBreakProperties;
use textwrap::WordSplitter::HyphenSplitter;
use textwrap::word_splitters::split_words;

use super::width::{cell_width, clusters, prefix, width};

/// Lines of at most `columns` (one at least), broken where Unicode allows (UAX #14). Explicit line breaks are kept,
/// spaces at the end of a line are not. The empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Lines::new(columns, usize::MAX);
    text.split('\n').for_each(|paragraph| lines.paragraph(paragraph));
    lines.done
}

/// As [`wrap`], but at most `lines` lines; the last one ends in the ellipsis when more follows.
pub fn wrap_to(text: &str, columns: usize, lines: usize, ellipsis: &str) -> Vec<String> {
    let mut broken = Lines::new(columns, lines.saturating_add(1));
    for paragraph in text.split('\n') {
        if broken.is_full() {
            break;
        }
        // One line more than wanted tells whether more follows; the rest of a long text need not be read for that.
        let enough = prefix(paragraph, lines.saturating_add(2).saturating_mul(broken.columns)).bytes;
        broken.paragraph(&paragraph[..enough]);
    }
    let mut done = broken.done;
    if done.len() > lines {
        done.truncate(lines);
        if let Some(last) = done.last_mut() {
            *last = ended(last, columns.max(1), ellipsis);
        }
    }
    done
}

/// A line that ends in the ellipsis, whether or not there is room for all of it before.
fn ended(line: &str, columns: usize, ellipsis: &str) -> String {
    let reserved = width(ellipsis);
    if reserved > columns {
        return line.to_owned();
    }
    let kept = prefix(line, columns - reserved).bytes;
    format!("{}{ellipsis}", line[..kept].trim_end())
}

/// The lines so far and the one being filled.
struct Lines {
    columns: usize,
    limit: usize,
    done: Vec<String>,
    line: String,
    used: usize,
}

impl Lines {
    fn new(columns: usize, limit: usize) -> Self {
        Self { columns: columns.max(1), limit, done: Vec::new(), line: String::new(), used: 0 }
    }

    fn is_full(&self) -> bool {
        self.done.len() >= self.limit
    }

    fn paragraph(&mut self, text: &str) {
        let mut gap = 0;
        for word in split_words(UnicodeBreakProperties.find_words(text), &HyphenSplitter) {
            if self.is_full() {
                return;
            }
            let wide = width(word.word);
            if self.used + gap + wide > self.columns && self.used > 0 {
                self.end_line();
                gap = 0;
            }
            if gap + wide > self.columns {
                gap = 0;
            }
            self.push(&" ".repeat(gap), gap);
            if wide <= self.columns {
                self.push(word.word, wide)
            } else {
                self.break_apart(word.word)
            }
            gap = word.whitespace.len();
        }
        if !self.is_full() {
            self.end_line();
        }
    }

    /// A word wider than a line, cluster by cluster; a cluster wider than a line cannot be shown there.
    fn break_apart(&mut self, word: &str) {
        for cluster in clusters(word) {
            let wide = cell_width(cluster);
            let (cluster, wide) =
                if wide > self.columns { (Cow::Borrowed("?"), 1) } else { (Cow::Borrowed(cluster), wide) };
            if self.used + wide > self.columns {
                self.end_line();
                if self.is_full() {
                    return;
                }
            }
            self.push(&cluster, wide);
        }
    }

    fn push(&mut self, text: &str, wide: usize) {
        self.line.push_str(text);
        self.used += wide;
    }

    fn end_line(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
    }
}
