//! Which letters of a shown name a query matched, so that they can be highlighted.

use std::ops::Range;

use fuzzy_matcher::{FuzzyMatcher as _, skim::SkimMatcherV2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{LONGEST_FUZZY, Query};
use crate::text::fold;

/// The byte ranges of `shown` that the query matched, sorted and disjoint: the whole query if it is there, else each
/// of its words, else its letters in order. Ranges begin and end between grapheme clusters, so that each can be
/// styled separately.
pub fn highlight(query: &Query, shown: &str) -> Vec<Range<usize>> {
    if query.is_empty() {
        return vec![];
    }
    let plain = Plain::of(shown);
    if let Some(at) = start_of(&query.folded, &plain.text) {
        return vec![plain.shown(at..at + query.folded.len())];
    }
    let words: Option<Vec<Range<usize>>> = query
        .words
        .iter()
        .map(|word| start_of(word, &plain.text).map(|at| plain.shown(at..at + word.len())))
        .collect();
    joined(words.unwrap_or_else(|| letters(query, &plain)))
}

fn letters(query: &Query, plain: &Plain) -> Vec<Range<usize>> {
    let places: Vec<(usize, char)> = plain.text.char_indices().take(LONGEST_FUZZY).collect();
    let text: String = places.iter().map(|(_, c)| c).collect();
    let Some((_, indices)) = SkimMatcherV2::default().fuzzy_indices(&text, &query.folded) else {
        return vec![];
    };
    let ranges = indices.into_iter().filter_map(|index| places.get(index));
    ranges.map(|(at, c)| plain.shown(*at..at + c.len_utf8())).collect()
}

/// The position of a word, at the start of a word if possible.
fn start_of(word: &str, text: &str) -> Option<usize> {
    let starts = |at: &usize| *at == 0 || !text[..*at].ends_with(char::is_alphanumeric);
    text.match_indices(word).map(|(at, _)| at).find(starts).or_else(|| text.find(word))
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = vec![];
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// A shown name folded cluster by cluster, with the cluster that each folded byte came from.
struct Plain {
    text: String,
    /// For each byte of `text`, the byte range of its cluster in the shown name.
    from: Vec<(usize, usize)>,
}

impl Plain {
    fn of(shown: &str) -> Self {
        let mut plain =
            Self { text: String::with_capacity(shown.len()), from: Vec::with_capacity(shown.len()) };
        for (at, cluster) in shown.grapheme_indices(true) {
            let folded = if cluster.trim().is_empty() { " ".to_owned() } else { fold(cluster) };
            plain.text.push_str(&folded);
            plain.from.resize(plain.text.len(), (at, at + cluster.len()));
        }
        plain
    }

    fn shown(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.from.get(folded.start).map_or(0, |(start, _)| *start);
        let end =
            folded.end.checked_sub(1).and_then(|last| self.from.get(last)).map_or(start, |(_, end)| *end);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit(query: &str, shown: &str) -> String {
        let mut out = shown.to_owned();
        for range in highlight(&Query::new(query), shown).into_iter().rev() {
            out.insert(range.end, ']');
            out.insert(range.start, '[');
        }
        out
    }

    #[test]
    fn the_letters_that_matched_are_lit_where_they_are_shown() {
        for (query, want) in [
            ("turk", "[Türk]iye"),
            ("TURKIYE", "[Türkiye]"),
            ("iye", "Türk[iye]"),
            ("", "Türkiye"),
            ("zzz", "Türkiye"),
            ("tky", "[T]ür[k]i[y]e"),
        ] {
            assert_eq!(lit(query, "Türkiye"), want, "{query}");
        }
        assert_eq!(lit("divoire", "Côte d’Ivoire"), "Côte [d’Ivoire]");
        assert_eq!(lit("leste timor", "Timor-Leste"), "[Timor]-[Leste]");
        assert_eq!(lit("and", "Bosnia and Herzegovina, Rand"), "Bosnia [and] Herzegovina, Rand");
    }

    #[test]
    fn a_letter_that_folds_to_two_is_lit_whole() {
        assert_eq!(lit("strass", "Straße"), "[Straß]e");
        assert_eq!(lit("s", "ß"), "[ß]");
    }
}
