//! Search by a few letters: names ranked against a query, the plainest match first.

mod goto;
mod highlight;
mod mentions;

use std::cmp::Reverse;

use fuzzy_matcher::{FuzzyMatcher as _, skim::SkimMatcherV2};

use crate::text::fold;

pub use goto::{CellTarget, Index};
pub use highlight::highlight;
pub use mentions::{Mention, MentionedIn};

/// How plainly a query matches a candidate, the plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The query is a whole code, name or alias.
    Exact,
    /// A key begins with the query.
    Prefix,
    /// Words of a key begin with the words of the query.
    WordPrefix,
    /// Every word of the query is somewhere in a key.
    Words,
    /// The letters of the query are in a key in this order. Used only if no candidate matches otherwise, so that a
    /// list filtered while typing is not filled with far-fetched names.
    Fuzzy,
}

/// A candidate that a query matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Position among the candidates.
    pub index: usize,
    pub tier: Tier,
}

/// A query prepared for comparing with many names.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Folded, at most 200 characters.
    folded: String,
    words: Vec<String>,
}

/// Longer names are cut before the fuzzy comparison, because a title may be a page long.
const LONGEST_FUZZY: usize = 200;
const LONGEST_QUERY: usize = 200;

impl Query {
    pub fn new(text: &str) -> Self {
        let cut: String = text.chars().take(LONGEST_QUERY).collect();
        let folded = fold(&cut);
        let mut words: Vec<String> = split(&folded).map(str::to_owned).collect();
        if words.is_empty() && !folded.is_empty() {
            words.push(folded.clone());
        }
        Self { folded, words }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The tier of a candidate with these folded keys; never [`Tier::Fuzzy`].
    pub fn tier<K: AsRef<str>>(&self, keys: &[K]) -> Option<Tier> {
        keys.iter().filter_map(|key| self.tier_of_key(key.as_ref())).min()
    }

    fn tier_of_key(&self, key: &str) -> Option<Tier> {
        if let Some(rest) = key.strip_prefix(&*self.folded) {
            return Some(if rest.is_empty() { Tier::Exact } else { Tier::Prefix });
        }
        let mut tier = Tier::WordPrefix;
        for word in &self.words {
            match place_of(word, key) {
                Place::Nowhere => return None,
                Place::Inside => tier = Tier::Words,
                Place::WordStart => {}
            }
        }
        Some(tier)
    }
}

/// Where a word is in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Nowhere,
    Inside,
    WordStart,
}

/// Finds a word in a name. Names are short, so scanning for the first byte is faster than preparing a better search.
fn place_of(word: &str, key: &str) -> Place {
    let (word, bytes) = (word.as_bytes(), key.as_bytes());
    let Some(first) = word.first() else { return Place::WordStart };
    let mut place = Place::Nowhere;
    // A name shorter than the word, as most codes are, cannot contain it.
    let Some(last) = bytes.len().checked_sub(word.len()) else { return place };
    for at in memchr::memchr_iter(*first, &bytes[..=last]) {
        if bytes[at..].starts_with(word) {
            if is_word_start(key, at) {
                return Place::WordStart;
            }
            place = Place::Inside;
        }
    }
    place
}

fn is_word_start(key: &str, at: usize) -> bool {
    match at.checked_sub(1).map(|before| key.as_bytes()[before]) {
        None => true,
        Some(before) if before.is_ascii() => !before.is_ascii_alphanumeric(),
        Some(_) => !key[..at].ends_with(char::is_alphanumeric),
    }
}

/// The candidates that a query matches, the plainest match first and otherwise in their own order. A candidate is
/// given as its folded keys: code, name, aliases. The empty query matches all.
pub fn rank<'a, K: AsRef<str> + 'a>(
    query: &str,
    candidates: impl IntoIterator<Item = &'a [K]> + Clone,
) -> Vec<Hit> {
    let query = Query::new(query);
    if query.is_empty() {
        return candidates
            .into_iter()
            .enumerate()
            .map(|(index, _)| Hit { index, tier: Tier::Exact })
            .collect();
    }
    let plain = candidates.clone().into_iter().enumerate();
    let mut hits: Vec<Hit> =
        plain.filter_map(|(index, keys)| query.tier(keys).map(|tier| Hit { index, tier })).collect();
    if hits.is_empty() {
        return fuzzy(&query.folded, candidates);
    }
    hits.sort_by_key(|hit| hit.tier);
    hits
}

fn fuzzy<'a, K: AsRef<str> + 'a>(folded: &str, candidates: impl IntoIterator<Item = &'a [K]>) -> Vec<Hit> {
    let matcher = SkimMatcherV2::default();
    let candidates = candidates.into_iter().enumerate();
    let mut scored: Vec<(Reverse<i64>, usize)> = candidates
        .filter_map(|(index, keys)| Some((Reverse(fuzzy_score(&matcher, folded, keys)?), index)))
        .collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, index)| Hit { index, tier: Tier::Fuzzy }).collect()
}

fn fuzzy_score<K: AsRef<str>>(matcher: &SkimMatcherV2, folded: &str, keys: &[K]) -> Option<i64> {
    if folded.chars().count() < 2 {
        return None;
    }
    let score = |key: &K| {
        let key = key.as_ref();
        let end = key.char_indices().nth(LONGEST_FUZZY).map_or(key.len(), |(end, _)| end);
        matcher.fuzzy_match(&key[..end], folded)
    };
    keys.iter().filter_map(score).max()
}

fn split(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::country::{Country, TABLE};

    fn found(query: &str) -> Vec<String> {
        let countries: Vec<Country> = TABLE.iter().map(|row| Country::new(row.iso3, row.name)).collect();
        let hits = rank(query, countries.iter().map(|country| &country.keys[..]));
        hits.iter().map(|hit| countries[hit.index].code.raw().to_owned()).collect()
    }

    #[test]
    fn what_a_person_types_finds_what_they_mean() {
        for (query, first) in [
            ("swe", "SWE"),
            ("SWE", "SWE"),
            ("turkiye", "TUR"),
            ("Turkey", "TUR"),
            ("cote divoire", "CIV"),
            ("côte d’ivoire", "CIV"),
            ("sao tome", "STP"),
            ("drc", "COD"),
            ("congo dem", "COD"),
            ("kos", "XKX"),
            ("guinea bissau", "GNB"),
            ("timor leste", "TLS"),
            ("uzbkstn", "UZB"),
            ("herzegovina", "BIH"),
        ] {
            assert_eq!(found(query).first().map(String::as_str), Some(first), "{query}");
        }
    }

    #[test]
    fn a_code_comes_before_a_name_that_begins_alike() {
        assert_eq!(found("mar")[0], "MAR", "the code of Morocco, before Marshall Islands and Martinique");
        assert_eq!(found("mont"), ["MNE", "MSR"], "neither is a code: their own order");
    }

    #[test]
    fn far_fetched_names_stay_away_while_a_plain_one_is_there() {
        assert_eq!(found("albania"), ["ALB"]);
        assert_eq!(found("zzzzqqq"), Vec::<String>::new());
    }

    #[test]
    fn the_empty_query_finds_everything_in_order() {
        let all = found("  ");
        assert_eq!((all.len(), all[0].as_str()), (TABLE.len(), "ABW"));
    }

    #[test]
    fn a_query_of_signs_finds_nothing_and_breaks_nothing() {
        for query in ["???", "'", "’’", "(", "\u{301}", "a\u{1b}[2J", &"x ".repeat(5000)] {
            found(query);
        }
        assert_eq!(found("???"), Vec::<String>::new());
    }
}
