//! Wraps a text into lines, inside a word only if the word is wider than a line.
use std::borrow::Cow;

use textwrap::WordSeparator::UnicodeBreakProperties;
use textwrap::WordSplitter::HyphenSplitter;
use textwrap::word_splitters::split_words;

use super::width::{cell_width, clusters, prefix, width};

/// Lines of at most `columns` (at least 1), broken where Unicode allows (UAX #14). Line breaks of the text are kept,
/// spaces at the end of a line are not. The empty text is one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Lines::new(columns, usize::MAX);
    text.split('\n').for_each(|paragraph| lines.paragraph(paragraph));
    lines.done
}

/// As [`wrap`], but at most `lines` lines; the last one ends in `ellipsis` if more follows.
pub fn wrap_to(text: &str, columns: usize, lines: usize, ellipsis: &str) -> Vec<String> {
    let mut broken = Lines::new(columns, lines.saturating_add(1));
    for paragraph in text.split('\n') {
        if broken.is_full() {
            break;
        }
        broken.beginning(paragraph);
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

/// The line cut as needed to end in `ellipsis`; unchanged if that is wider than `columns`.
fn ended(line: &str, columns: usize, ellipsis: &str) -> String {
    let reserved = width(ellipsis);
    if reserved > columns {
        return line.to_owned();
    }
    let kept = prefix(line, columns - reserved).bytes;
    format!("{}{ellipsis}", line[..kept].trim_end())
}

/// The finished lines and the one being filled.
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

    /// Wraps only as much of a paragraph as fills all lines: a text may have a megabyte, of which a few words are
    /// shown.
    fn beginning(&mut self, paragraph: &str) {
        let before = self.done.len();
        let mut columns = self.limit.saturating_add(1).saturating_mul(self.columns);
        loop {
            let enough = prefix(paragraph, columns).bytes;
            self.paragraph(&paragraph[..enough]);
            if enough == paragraph.len() || self.is_full() {
                return;
            }
            // A line break dropped long runs of spaces, so try again with more of the text.
            self.done.truncate(before);
            columns = columns.saturating_mul(4);
        }
    }

    fn paragraph(&mut self, text: &str) {
        // textwrap 0.16.4 does not break after a hyphen at the very end, and then misses the break before it too.
        let ended = if text.ends_with(['-', '\u{ad}']) {
            Cow::Owned(format!("{text} "))
        } else {
            Cow::Borrowed(text)
        };
        let mut gap = 0;
        for word in split_words(UnicodeBreakProperties.find_words(&ended), &HyphenSplitter) {
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
                self.push(word.word, wide);
            } else {
                self.break_apart(word.word);
            }
            gap = word.whitespace.len();
        }
        if !self.is_full() {
            self.end_line();
        }
    }

    /// Adds a word wider than a line, cluster by cluster; a cluster wider than a line becomes `?`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::safe_block;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_is_broken_at_its_spaces() {
        assert_eq!(wrap("no poverty, zero hunger", 11), ["no poverty,", "zero hunger"]);
        assert_eq!(wrap("no poverty", 80), ["no poverty"]);
        assert_eq!(wrap("well-being for all", 6), ["well-", "being", "for", "all"]);
    }

    #[test]
    fn line_breaks_and_indents_of_the_text_are_kept() {
        assert_eq!(wrap("a\n\n  b c\n", 10), ["a", "", "  b c", ""]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("     ", 3), [""]);
        assert_eq!(wrap("a     b", 4), ["a", "b"]);
    }

    #[test]
    fn a_word_is_broken_only_if_it_must() {
        assert_eq!(wrap("a internationalisation b", 8), ["a", "internat", "ionalisa", "tion b"]);
        assert_eq!(wrap("zero hunger -", 6), ["zero", "hunger", "-"]);
        assert_eq!(wrap("zero hunger-", 7), ["zero", "hunger-"]);
        assert_eq!(wrap("中华人民", 5), ["中华", "人民"]);
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(wrap(&family.repeat(3), 5), [family.repeat(2), family.to_owned()]);
        assert_eq!(wrap("中a", 1), ["?", "a"]);
    }

    #[test]
    fn the_last_line_says_that_more_follows() {
        let text = "no poverty, zero hunger, good health";
        assert_eq!(wrap_to(text, 12, 2, "…"), ["no poverty,", "zero hunger…"]);
        assert_eq!(wrap_to(text, 12, 3, "…"), ["no poverty,", "zero hunger,", "good health"]);
        assert_eq!(wrap_to("a\nb\nc", 12, 2, "…"), ["a", "b…"]);
        assert_eq!(wrap_to("a\nb", 12, 2, "…"), ["a", "b"]);
        assert_eq!(wrap_to(text, 12, 0, "…"), Vec::<String>::new());
        assert_eq!(wrap_to(&format!("a{}b", " ".repeat(1000)), 12, 1, "…"), ["a…"]);
        assert_eq!(wrap_to(&"x".repeat(100_000), 3, 1, "…"), ["xx…"]);
    }

    fn prose() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            Just(" ".to_owned()),
            Just("\n".to_owned()),
            "[a-z]{1,12}-?",
            any::<String>(),
            prop::sample::select(vec![
                "中国",
                "👨\u{200d}👩\u{200d}👧",
                "a🏽",
                "ｶﾞあﾞ",
                "\u{17d8}",
                "⚠\u{fe0f}",
                "🇫🇷🇩"
            ])
            .prop_map(String::from),
        ];
        prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in prose(), columns in 1..20usize) {
            for text in [safe_block(&text).into_string(), text] {
                for line in wrap(&text, columns) {
                    prop_assert!(width(&line) <= columns, "{line:?}");
                }
            }
        }

        #[test]
        fn no_letter_is_lost(text in "[a-z \n-]{0,60}", columns in 1..20usize) {
            let letters = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(letters(&wrap(&text, columns).concat()), letters(&text));
        }

        #[test]
        fn fewer_lines_are_the_first_of_all_lines(
            text in prose(), columns in 1..20usize, lines in 1..6usize,
        ) {
            let text = safe_block(&text).into_string();
            let all = wrap(&text, columns);
            let some = wrap_to(&text, columns, lines, "~");
            if all.len() <= lines {
                prop_assert_eq!(some, all);
            } else {
                prop_assert_eq!(some.len(), lines);
                prop_assert_eq!(&some[..lines - 1], &all[..lines - 1]);
                prop_assert!(some[lines - 1].ends_with('~') && width(&some[lines - 1]) <= columns);
            }
        }
    }
}
