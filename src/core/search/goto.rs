//! Finds any country × indicator × edition from a few words in any order: `swe opsc 2010`.

use std::{cmp::Reverse, collections::HashMap};

use fuzzy_matcher::skim::SkimMatcherV2;

use super::{Place, Query, fuzzy_score, place_of};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::IndicatorId,
    },
    text::fold,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellTarget {
    pub country: CountryId,
    pub edition: EditionId,
    pub indicator: IndicatorId,
}

/// The names of indicators and editions, folded once. Those of countries are in
/// [`crate::core::country::Country::keys`].
#[derive(Clone, Debug, Default)]
pub struct Index {
    indicators: Vec<[Box<str>; 2]>,
    pub(super) editions: Vec<[Box<str>; 1]>,
}

/// The most words of a query. The rest are taken as one word, so that a pasted page costs no more than a line.
const MOST_WORDS: usize = 6;
/// The most candidates of one kind (country, indicator, edition) that are combined with those of the others.
const MOST_OF_A_KIND: usize = 16;
const MOST_TARGETS: usize = 60;

impl Index {
    pub fn new(data: &Dataset) -> Self {
        let indicators = data.framework.indicators.iter();
        Self {
            indicators: indicators.map(|one| [fold(&one.id).into(), fold(one.title.raw()).into()]).collect(),
            editions: data.edition_ids().map(|id| [fold(&data.edition(id).label).into()]).collect(),
        }
    }

    /// The folded id and title of each indicator, in framework order: candidates for [`super::rank`].
    pub fn indicators(&self) -> impl Iterator<Item = &[Box<str>]> + Clone {
        self.indicators.iter().map(|keys| &keys[..])
    }

    /// The cells that a query may mean, the likeliest first, at most 60. A kind that the query does not name is as in
    /// `here`; a country without a card in that edition gets the newest edition in which it has one. The empty query
    /// gives one cell for every country.
    pub fn go_to(&self, data: &Dataset, query: &str, here: CellTarget) -> Vec<CellTarget> {
        let words = words_of(query);
        if words.is_empty() {
            let each =
                |country| CellTarget { country, edition: edition_for(data, country, here.edition), ..here };
            return data.country_ids().map(each).collect();
        }
        let countries = Kind::new(&words, data.countries().iter().map(|country| &country.keys[..]));
        let indicators = Kind::new(&words, self.indicators());
        let editions = Kind::new(&words, self.editions.iter().map(|keys| &keys[..]));
        let known = countries.named | indicators.named | editions.named;
        let all = (1_u8 << words.len()) - 1;
        if known != all {
            return vec![];
        }
        let mut best: HashMap<CellTarget, (u32, Split)> = HashMap::new();
        for split in splits(all) {
            let [Some(c), Some(i), Some(e)] = [
                countries.best(split.country),
                indicators.best(split.indicator),
                editions.best(split.edition),
            ] else {
                continue;
            };
            for (country, indicator, edition, score) in pairs(&c, &i, &e) {
                let country = country.map_or(here.country, |at| CountryId(id(at)));
                let edition = edition.map_or_else(
                    || edition_for(data, country, here.edition),
                    |at| EditionId(u16::try_from(at).unwrap_or(u16::MAX)),
                );
                let indicator =
                    indicator.map_or(here.indicator, |at| IndicatorId(u16::try_from(at).unwrap_or(u16::MAX)));
                let had = best.entry(CellTarget { country, edition, indicator }).or_insert((score, split));
                if score > had.0 {
                    *had = (score, split);
                }
            }
        }
        let mut found: Vec<(Reverse<u32>, CellTarget, Split)> =
            best.into_iter().map(|(at, (score, split))| (Reverse(score), at, split)).collect();
        found.sort_unstable_by_key(|(score, target, _)| (*score, *target));
        found.truncate(MOST_TARGETS);
        let mut targets: Vec<CellTarget> = found.iter().map(|(_, target, _)| *target).collect();
        if let Some((_, first, split)) = found.first() {
            targets.extend(
                around(data, *first, *split).filter(|target| !found.iter().any(|(_, at, _)| at == target)),
            );
        }
        targets.truncate(MOST_TARGETS);
        targets
    }
}

/// More cells around the likeliest one: a country's other indicators, or an indicator's other countries.
fn around(data: &Dataset, first: CellTarget, split: Split) -> impl Iterator<Item = CellTarget> + '_ {
    let indicators = data.framework.indicator_ids().take(if split.indicator == 0 { usize::MAX } else { 0 });
    let is_open = split.country == 0 && split.indicator != 0;
    let countries = data.country_ids().take(if is_open { usize::MAX } else { 0 });
    indicators
        .map(move |indicator| CellTarget { indicator, ..first })
        .chain(countries.map(move |country| CellTarget { country, ..first }))
}

fn id(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn edition_for(data: &Dataset, country: CountryId, wanted: EditionId) -> EditionId {
    if data.card(country, wanted).is_some() {
        return wanted;
    }
    data.edition_ids().rev().find(|edition| data.card(country, *edition).is_some()).unwrap_or(wanted)
}

fn words_of(query: &str) -> Vec<String> {
    let folded = fold(&query.chars().take(super::LONGEST_QUERY).collect::<String>());
    let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    if words.len() > MOST_WORDS {
        let rest = words.split_off(MOST_WORDS - 1).join(" ");
        words.push(rest);
    }
    words
}

/// Which words of the query name the country, the indicator and the edition, as bit sets.
#[derive(Clone, Copy, Debug)]
struct Split {
    country: u8,
    indicator: u8,
    edition: u8,
}

/// Every way to distribute the words among the three kinds.
fn splits(all: u8) -> impl Iterator<Item = Split> {
    (0..=all).flat_map(move |country| {
        let rest = all & !country;
        (0..=rest).filter(move |indicator| indicator & !rest == 0).map(move |indicator| Split {
            country,
            indicator,
            edition: rest & !indicator,
        })
    })
}

/// Positions and scores of candidates; the position is `None` if the query names nothing of this kind.
type Scored = Vec<(Option<usize>, u32)>;

/// Positions of a country, an indicator and an edition, and the sum of their scores.
type Combination = (Option<usize>, Option<usize>, Option<usize>, u32);

fn pairs(c: &Scored, i: &Scored, e: &Scored) -> Vec<Combination> {
    let mut pairs = vec![];
    for (country, a) in c {
        for (indicator, b) in i {
            pairs.extend(e.iter().map(|(edition, c)| (*country, *indicator, *edition, a + b + c)));
        }
    }
    pairs
}

/// How well the candidates of one kind match each word.
struct Kind {
    /// Candidates that match any word: position, the matched words as bits, and a score for each word.
    touched: Vec<(usize, u8, Vec<u32>)>,
    /// The words that any candidate matches, as bits.
    named: u8,
    /// The bonus of a candidate for a set of adjacent words that together are (or begin) its name.
    joined: HashMap<(u8, usize), u32>,
}

impl Kind {
    fn new<'a, K: AsRef<str> + 'a>(
        words: &[String],
        candidates: impl Iterator<Item = &'a [K]> + Clone,
    ) -> Self {
        let mut kind = Self { touched: vec![], named: 0, joined: HashMap::new() };
        for (at, keys) in candidates.clone().enumerate() {
            let scores: Vec<u32> = words.iter().map(|word| score(word, keys)).collect();
            kind.touch(at, scores);
        }
        let matcher = SkimMatcherV2::default();
        let unnamed: Vec<usize> = (0..words.len()).filter(|word| kind.named & 1 << word == 0).collect();
        for word in unnamed.into_iter().filter(|word| words[*word].chars().count() > 2) {
            for (at, keys) in candidates.clone().enumerate() {
                let scores = words.iter().enumerate().map(|(other, text)| {
                    let fuzzy = if other == word { fuzzy_score(&matcher, text, keys) } else { None };
                    fuzzy.map_or(0, |points| u32::try_from(points / 16).unwrap_or(0).clamp(1, 9))
                });
                kind.touch(at, scores.collect());
            }
        }
        for (at, keys) in candidates.enumerate() {
            kind.join(at, keys, words);
        }
        kind
    }

    fn touch(&mut self, at: usize, scores: Vec<u32>) {
        let mask =
            scores.iter().enumerate().fold(0, |mask, (word, score)| mask | u8::from(*score > 0) << word);
        if mask == 0 {
            return;
        }
        self.named |= mask;
        match self.touched.binary_search_by_key(&at, |(at, ..)| *at) {
            Ok(found) => {
                let (_, had, points) = &mut self.touched[found];
                *had |= mask;
                points.iter_mut().zip(scores).for_each(|(had, score)| *had = (*had).max(score));
            }
            Err(place) => self.touched.insert(place, (at, mask, scores)),
        }
    }

    /// Finds the bonuses: adjacent words that together are or begin a name count for more than the same words apart.
    fn join<K: AsRef<str>>(&mut self, at: usize, keys: &[K], words: &[String]) {
        let Ok(found) = self.touched.binary_search_by_key(&at, |(at, ..)| *at) else { return };
        let mask = self.touched[found].1;
        for start in 0..words.len() {
            for end in start + 2..=words.len() {
                let set = (start..end).fold(0_u8, |set, word| set | 1 << word);
                if set & !mask != 0 {
                    break;
                }
                let query = Query::new(&words[start..end].join(" "));
                let bonus = match query.tier(keys) {
                    Some(super::Tier::Exact) => 60,
                    Some(super::Tier::Prefix) => 30,
                    _ => continue,
                };
                self.joined.insert((set, at), bonus);
            }
        }
    }

    /// The candidates that match every word of the set, best first; `None` if there are none. For the empty set, one
    /// entry without a position.
    fn best(&self, set: u8) -> Option<Scored> {
        if set == 0 {
            return Some(vec![(None, 0)]);
        }
        if set & !self.named != 0 {
            return None;
        }
        let answering = self.touched.iter().filter(|(_, mask, _)| set & !mask == 0);
        let mut scored: Scored = answering
            .map(|(at, _, scores)| {
                let points = scores.iter().enumerate().filter(|(word, _)| set & 1 << word != 0);
                let bonus = self.joined.get(&(set, *at)).copied().unwrap_or(0);
                (Some(*at), points.map(|(_, score)| score).sum::<u32>() + bonus)
            })
            .collect();
        scored.sort_by_key(|(at, score)| (Reverse(*score), *at));
        scored.truncate(MOST_OF_A_KIND);
        (!scored.is_empty()).then_some(scored)
    }
}

/// The score of one word for a candidate; 0 if it does not match.
fn score<K: AsRef<str>>(word: &str, keys: &[K]) -> u32 {
    let of_key = |key: &K| {
        let key = key.as_ref();
        match (place_of(word, key), key.strip_prefix(word)) {
            (_, Some("")) => 100,
            (_, Some(_)) => 70,
            (Place::WordStart, _) => 50,
            (Place::Inside, _) if word.chars().count() > 1 => 20,
            _ => 0,
        }
    };
    keys.iter().map(of_key).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::from_texts;

    fn data() -> Dataset {
        let framework = r#"{ "id": "demo", "title": "Demo", "scales": { "yes": { "kind": "yes_no" } }, "goals": [
            { "id": "law", "title": "Law", "indicators": [
                { "id": "plan", "title": "National plan", "scale": "yes" },
                { "id": "opsc", "title": "Optional Protocol (OPSC)", "scale": "yes" },
                { "id": "congo-law", "title": "Law on the Congo basin", "scale": "yes" } ] } ] }"#;
        let card = |country: &str, edition: &str| {
            format!(
                r#"{{ "framework": "demo", "country": "{country}", "edition": "{edition}", "assessments": {{}} }}"#
            )
        };
        let cards = [("SWE", "2010"), ("SWE", "2012"), ("COD", "2012"), ("COG", "2012"), ("XKX", "2010")];
        let cards: Vec<String> = cards.iter().map(|(country, edition)| card(country, edition)).collect();
        from_texts(
            "test",
            &[("framework.json", framework), ("cards.json", &format!("[{}]", cards.join(",")))],
        )
    }

    fn told(data: &Dataset, target: CellTarget) -> String {
        format!(
            "{} {} {}",
            data.country(target.country).code.raw(),
            data.framework.indicator(target.indicator).id,
            data.edition(target.edition).label
        )
    }

    fn first(query: &str) -> Option<String> {
        let data = data();
        let newest = data.newest_edition().unwrap();
        let here = CellTarget {
            country: data.find_country("SWE").unwrap(),
            edition: newest,
            indicator: IndicatorId(0),
        };
        let found = Index::new(&data).go_to(&data, query, here);
        found.first().map(|target| told(&data, *target))
    }

    #[test]
    fn words_mean_a_country_an_indicator_and_an_edition_in_any_order() {
        for (query, want) in [
            ("swe opsc 2010", "SWE opsc 2010"),
            ("2010 opsc sweden", "SWE opsc 2010"),
            ("opsc", "SWE opsc 2012"),
            ("2010", "SWE plan 2010"),
            ("kos", "XKX plan 2010"),
            ("congo dem", "COD plan 2012"),
            ("congo law", "COG congo-law 2012"),
            ("drc optional protocol", "COD opsc 2012"),
            ("swdn plan", "SWE plan 2012"),
        ] {
            assert_eq!(first(query).as_deref(), Some(want), "{query}");
        }
    }

    #[test]
    fn what_the_words_leave_open_is_listed_after_what_they_name() {
        let data = data();
        let here = CellTarget { country: CountryId(0), edition: EditionId(1), indicator: IndicatorId(0) };
        let all = |query| -> Vec<String> {
            Index::new(&data).go_to(&data, query, here).iter().map(|target| told(&data, *target)).collect()
        };
        assert_eq!(all("swe 2010"), ["SWE plan 2010", "SWE opsc 2010", "SWE congo-law 2010"]);
        assert_eq!(all("opsc").len(), data.countries().len());
    }

    #[test]
    fn a_word_that_names_nothing_finds_nothing() {
        for query in ["swe zzqqx", "1887", "???", &"swe ".repeat(400), &"x".repeat(9000)] {
            assert_eq!(first(query), None, "{query}");
        }
    }

    #[test]
    fn no_words_name_every_country_where_it_has_a_card() {
        assert_eq!(first("  ").as_deref(), Some("COG plan 2012"));
    }
}
