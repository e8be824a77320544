//! Counts the columns of a text on a terminal, and fits a text to a number of columns.
use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns on a terminal, counted as ratatui does: by cluster, 0 for a cluster with a control character.
pub fn width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { clusters(text).map(cell_width).sum() }
}

/// Cuts a text to at most `columns`, never inside a cluster. A text that is cut ends in `ellipsis`, if that fits.
pub fn fit<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    fitted(text, columns, ellipsis).0
}

/// [`fit`], with spaces after it to exactly `columns`: aligned to the left.
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

/// The longest beginning of whole clusters that takes at most `columns`. Reads no further, because texts may be long.
pub(super) fn prefix(text: &str, columns: usize) -> Prefix {
    let plain = text.as_bytes().iter().take(columns).take_while(|byte| matches!(byte, 0x20..=0x7e)).count();
    // The last of these characters may be the base of a combining mark.
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

/// Whether every character is printable ASCII, each then one byte, one column and one cluster.
pub fn is_printable_ascii(text: &str) -> bool {
    text.as_bytes()
        .chunks(64)
        .all(|chunk| chunk.iter().fold(true, |all, byte| all & matches!(byte, 0x20..=0x7e)))
}

/// The columns of one cluster. Terminals give halfwidth sound marks a cell; Unicode's tables do not.
pub(super) fn cell_width(cluster: &str) -> usize {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(c), None) if stands_alone(c) => c.width().unwrap_or(0),
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count(),
    }
}

/// Whether a character is a common one that is a cluster by itself unless a combining mark follows. For speed; not
/// complete.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}')
        || matches!(c, '\u{391}'..='\u{3a1}' | '\u{3b1}'..='\u{3c9}' | '\u{400}'..='\u{482}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{4e00}'..='\u{9fff}' | '\u{2500}'..='\u{257f}')
}

/// The grapheme clusters of a text (UAX #29, extended), with a fast path for common characters.
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
            // The end of a cluster does not depend on the text before it.
            self.rest.graphemes(true).next().map_or(self.rest.len(), str::len)
        };
        let (cluster, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(cluster)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::safe_line;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// The columns that ratatui takes to draw a text.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
        usize::from(buffer.set_stringn(0, 0, text, 2000, Style::new()).0)
    }

    const SAMPLES: &[&str] = &[
        "",
        "France",
        "Côte d’Ivoire",
        "Co\u{302}te",
        "中华人民共和国",
        "한국 日本 ＦＲＡ",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "👍🏽 a🏽",
        "🇫🇷🇩🇪🇮",
        "⚠\u{fe0f} 1\u{fe0f}\u{20e3}",
        "ｶﾞ aﾞ",
        "السكان لا",
        "नेपाल กำ",
        "\u{17d8}\u{2e3b}",
        "a\u{1161}b",
        "a\u{1b}[b\r\nc\t",
        "§±…─αЖ",
    ];

    #[test]
    fn columns_are_those_that_the_screen_takes() {
        for text in SAMPLES {
            assert_eq!(width(text), drawn(text), "{}", text.escape_unicode());
        }
        assert_eq!(width("中国"), 4);
        assert_eq!(width("🇫🇷"), 2);
        assert_eq!(width("👨\u{200d}👩\u{200d}👧"), 2);
        assert_eq!(width("e\u{301}"), 1);
    }

    #[test]
    fn a_long_name_is_cut_with_an_ellipsis() {
        assert_eq!(fit("France", 6, "…"), "France");
        assert_eq!(fit("France", 5, "…"), "Fran…");
        assert_eq!(fit("France", 5, "~"), "Fran~");
        assert_eq!(fit("France", 5, "..."), "Fr...");
        assert_eq!(fit("France", 2, "..."), "Fr");
        assert_eq!(fit("France", 1, "…"), "…");
        assert_eq!(fit("France", 0, "…"), "");
    }

    #[test]
    fn a_wide_or_joined_character_is_not_cut_in_two() {
        assert_eq!(fit("中国中国", 4, "…"), "中…");
        assert_eq!(fit("🇫🇷🇩🇪", 3, "~"), "🇫🇷~");
        assert_eq!(fit("👨\u{200d}👩\u{200d}👧x", 2, ""), "👨\u{200d}👩\u{200d}👧");
        assert_eq!(fit("ae\u{301}e\u{301}", 2, ""), "ae\u{301}");
    }

    #[test]
    fn a_padded_text_fills_its_column() {
        assert_eq!(pad("Fiji", 6, "…"), "Fiji  ");
        assert_eq!(pad_left("42", 6, "…"), "    42");
        assert_eq!(pad("中国中国", 4, "…"), "中… ");
        assert_eq!(pad_left("中国中国", 4, "~"), " 中~");
    }

    #[test]
    fn a_text_that_fits_is_not_copied() {
        assert!(matches!(fit("France", 6, "…"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_unicode(text in any::<String>()) {
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), text.graphemes(true).collect::<Vec<_>>());
        }

        #[test]
        fn every_sample_joined_to_another_is_as_wide_as_drawn(
            parts in prop::collection::vec(prop::sample::select(SAMPLES), 0..6), more in any::<String>(),
        ) {
            let text = parts.concat() + &more;
            prop_assert_eq!(width(&text), drawn(&text));
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), text.graphemes(true).collect::<Vec<_>>());
        }

        #[test]
        fn a_fitted_text_is_never_wider_and_a_padded_one_never_other(
            parts in prop::collection::vec(prop::sample::select(SAMPLES), 0..6),
            more in any::<String>(),
            columns in 0..30usize,
            ellipsis in prop::sample::select(vec!["…", "~", "...", ""]),
        ) {
            for text in [parts.concat() + &more, safe_line(&more).into_string()] {
                prop_assert!(width(&fit(&text, columns, ellipsis)) <= columns);
                prop_assert_eq!(width(&pad(&text, columns, ellipsis)), columns);
                prop_assert_eq!(width(&pad_left(&text, columns, ellipsis)), columns);
            }
        }
    }
}
