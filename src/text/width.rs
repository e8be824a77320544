//! Columns: how many a text takes on a terminal, and how to make it take so many.
use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns on a terminal, counted as ratatui does: cluster by cluster, a cluster with a control character taking none.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { clusters(text).map(cell_width).sum() }
}

/// Cuts a text to at most `columns`, never inside a cluster; `ellipsis` ends it when cut, if there is room for one.
pub fn fit<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    fitted(text, columns, ellipsis).0
}

/// [`fit`], then spaces after it to exactly `columns`.
pub fn pad(text: &str, columns: usize, ellipsis: &str) -> String {
    let (fitted, used) = fitted(text, columns, ellipsis);
    let mut out = String::with_capacity(fitted.len() + columns - used);
    out.push_str(&fitted);
    out.extend(std::iter::repeat_n(' ', columns - used));
    out
}

/// [`fit`], with spaces before it to exactly `columns`: aligned to the right.
pub fn pad_left(text: &str, columns: usize, ellipsis: &str) -> String {
    let (fitted, used) = fitted(text, columns, ellipsis);
    let mut out = String::with_capacity(fitted.len() + columns - used);
    out.extend(std::iter::repeat_n(' ', columns - used));
    out.push_str(&fitted);
    out
}

fn fitted<'a>(text: &'a str, columns: usize, ellipsis: &str) -> (Cow<'a, str>, usize) {
    let whole = prefix(text, columns);
    if whole.bytes == text.len() {
        return (Cow::Borrowed(text), whole.columns);
    }
    let reserved = width(ellipsis);
    if reserved > columns {
        return (Cow::Borrowed(&text[..whole.bytes]), whole.columns);
    }
    let kept = prefix(text, columns - reserved);
    let mut out = String::with_capacity(kept.bytes + ellipsis.len());
    out.push_str(&text[..kept.bytes]);
    out.push_str(ellipsis);
    (Cow::Owned(out), kept.columns + reserved)
}

/// The beginning of a text.
pub(super) struct Prefix {
    pub(super) bytes: usize,
    pub(super) columns: usize,
}

/// The longest beginning of whole clusters that takes at most `columns`. It reads no further than that: texts may be long.
pub(super) fn prefix(text: &str, columns: usize) -> Prefix {
    let plain = text.as_bytes().iter().take(columns).take_while(|byte| matches!(byte, 0x20..=0x7e)).count();
    // The last of them may be the base of a mark.
    let plain = if plain == text.len() { plain } else { plain.saturating_sub(1) };
    let mut prefix = Prefix { bytes: plain, columns: plain };
    for cluster in clusters(&text[plain..]) {
        let next = prefix.columns + cell_width(cluster);
        if next > columns {
            break;
        }
        prefix.columns = next;
        prefix.bytes += cluster.len();
    }
    prefix
}

fn is_printable_ascii(text: &str) -> bool {
    text.as_bytes()
        .chunks(64)
        .all(|chunk| chunk.iter().fold(true, |all, byte| all & matches!(byte, 0x20..=0x7e)))
}

/// The columns of one cluster. Terminals give the halfwidth sound marks a cell, which Unicode's tables do not.
pub(super) fn cell_width(cluster: &str) -> usize {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(c), None) if stands_alone(c) => c.width().unwrap_or(0),
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count(),
    }
}

/// Characters that are a cluster by themselves unless a mark follows: the common ones, for speed, not all there are.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}')
        || matches!(c, '\u{391}'..='\u{3a1}' | '\u{3b1}'..='\u{3c9}' | '\u{400}'..='\u{482}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{4e00}'..='\u{9fff}' | '\u{2500}'..='\u{257f}')
}

/// The grapheme clusters of a text (UAX #29, extended), without asking the tables about common characters.
pub(super) fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text }
}

/// Iterates over grapheme clusters.
pub(super) struct Clusters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        let len = if stands_alone(first) && chars.next().is_none_or(stands_alone) {
            first.len_utf8()
        } else {
            // Nothing before a cluster's start bears on its end.
            self.rest.graphemes(true).next().map_or(self.rest.len(), str::len)
        };
        let (cluster, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(cluster)
    }
}
