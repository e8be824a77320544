//! Finds cells by words that stand in their notes and sources and in no name.

use super::{CellTarget, Index, Place, Query, place_of};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        detail::Detail,
    },
    text::{Raw, fold},
};

/// A cell whose note or sources say what was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub target: CellTarget,
    pub kind: MentionedIn,
    /// The note, or the title or address of the source.
    pub text: Raw<'static>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionedIn {
    Note,
    Source,
}

impl MentionedIn {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Source => "source",
        }
    }
}

/// The most cells found.
const MOST: usize = 60;
/// Shorter words stand in nearly every note.
const SHORTEST: usize = 3;

impl Index {
    /// The words of a query that stand in no name of a country, an indicator or an edition, as one query; `None` if
    /// there are none, or one is too short to be looked for in notes.
    fn unnamed(&self, data: &Dataset, query: &Query) -> Option<Query> {
        let is_in =
            |word: &str, keys: &[Box<str>]| keys.iter().any(|key| place_of(word, key) != Place::Nowhere);
        let is_named = |word: &str| {
            data.countries().iter().any(|country| is_in(word, &country.keys))
                || self.indicators().any(|keys| is_in(word, keys))
                || self.editions.iter().any(|keys| is_in(word, keys))
        };
        let words: Vec<&str> =
            query.words.iter().map(|word| &**word).filter(|word| !is_named(word)).collect();
        let is_long = words.iter().all(|word| word.chars().count() >= SHORTEST);
        (!words.is_empty() && is_long).then(|| Query::new(&words.join(" ")))
    }

    /// Whether a query has words that only notes and sources can have.
    pub fn may_be_mentioned(&self, data: &Dataset, query: &str) -> bool {
        self.unnamed(data, &Query::new(query)).is_some()
    }

    /// The cells whose note or source has the words of a query that name nothing, and whose country, indicator and
    /// edition have the others; at most 60, those of the edition in `here` first. Every note is read: with many cards this
    /// takes time. It ends early, with what it has, when `is_stopped`.
    pub fn mentions(
        &self,
        data: &Dataset,
        query: &str,
        here: CellTarget,
        is_stopped: &dyn Fn() -> bool,
    ) -> Vec<Mention> {
        let whole = Query::new(query);
        let Some(unnamed) = self.unnamed(data, &whole) else { return vec![] };
        let named = whole.words.iter().filter(|word| !unnamed.words.contains(word)).cloned().collect();
        let named = Query { folded: String::new(), words: named };
        let mut found = vec![];
        let newest_first = data.edition_ids().rev().filter(|edition| *edition != here.edition);
        for edition in std::iter::once(here.edition).chain(newest_first) {
            for country in data.country_ids() {
                if found.len() >= MOST || is_stopped() {
                    found.truncate(MOST);
                    return found;
                }
                self.mentions_on_card(data, country, edition, [&named, &unnamed], &mut found);
            }
        }
        found.truncate(MOST);
        found
    }

    fn mentions_on_card(
        &self,
        data: &Dataset,
        country: CountryId,
        edition: EditionId,
        [named, unnamed]: [&Query; 2],
        found: &mut Vec<Mention>,
    ) {
        if data.card(country, edition).is_none() {
            return;
        }
        let around = [&data.country(country).keys[..], &self.editions[edition.index()]];
        for (indicator, keys) in data.framework.indicator_ids().zip(self.indicators()) {
            let is_named = |word: &String| {
                let mut keys = around.into_iter().flatten().chain(keys);
                keys.any(|key| place_of(word, key) != Place::Nowhere)
            };
            if !named.words.iter().all(is_named) {
                continue;
            }
            let detail = data.detail(country, edition, indicator);
            if let Some((kind, text)) = mentioned_in(&detail, unnamed) {
                found.push(Mention { target: CellTarget { country, edition, indicator }, kind, text });
            }
        }
    }
}

/// Where a cell says all of these words: in one text, or each in any.
fn mentioned_in(detail: &Detail, query: &Query) -> Option<(MentionedIn, Raw<'static>)> {
    let note = detail.note.iter().map(|note| (MentionedIn::Note, note));
    let sources = detail.sources.iter().flat_map(|source| [source.title.as_ref(), source.url.as_ref()]);
    let texts: Vec<(MentionedIn, &Raw<'static>)> =
        note.chain(sources.flatten().map(|text| (MentionedIn::Source, text))).collect();
    let folded: Vec<String> = texts.iter().map(|(_, text)| fold(text.raw())).collect();
    let has = |word: &String, text: &String| place_of(word, text) != Place::Nowhere;
    if !query.words.iter().all(|word| folded.iter().any(|text| has(word, text))) {
        return None;
    }
    let whole = folded.iter().position(|text| query.words.iter().all(|word| has(word, text)));
    let at = whole.or_else(|| folded.iter().position(|text| has(&query.words[0], text)))?;
    let (kind, text) = texts[at];
    Some((kind, text.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::from_texts;

    fn data() -> Dataset {
        let framework = r#"{ "id": "demo", "title": "Demo", "scales": { "yes": { "kind": "yes_no" } }, "goals": [
            { "id": "law", "title": "Law", "indicators": [
                { "id": "plan", "title": "National plan", "scale": "yes" },
                { "id": "opsc", "title": "Optional Protocol", "scale": "yes" } ] } ],
            "sources": { "gazette": { "title": "Official gazette", "url": "https://example.org/amtsblatt" } } }"#;
        let cards = r#"[
            { "framework": "demo", "country": "AUT", "edition": "2010", "assessments": {
                "plan": { "level": "yes", "note": "Beschlossen in Kärnten", "sources": ["gazette"] },
                "opsc": { "gap": "no-data", "note": "Asked the ministry twice." } } },
            { "framework": "demo", "country": "BEL", "edition": "2010", "assessments": {
                "plan": { "level": "no", "note": "k\u00e4rnten is elsewhere" } } },
            { "framework": "demo", "country": "BEL", "edition": "2012", "assessments": {
                "plan": { "level": "no", "note": "The ministry answered." } } } ]"#;
        from_texts("test", &[("framework.json", framework), ("cards.json", cards)])
    }

    fn all(query: &str) -> Vec<String> {
        let data = data();
        let here = CellTarget {
            country: CountryId(0),
            edition: EditionId(0),
            indicator: data.framework.indicator_ids().next().unwrap(),
        };
        let told = |said: &Mention| {
            let CellTarget { country, edition, indicator } = said.target;
            let (country, edition) = (data.country(country).code.raw(), &data.edition(edition).label);
            format!("{country} {edition} {} {}", data.framework.indicator(indicator).id, said.kind.title())
        };
        Index::new(&data).mentions(&data, query, here, &|| false).iter().map(told).collect()
    }

    #[test]
    fn words_are_found_in_notes_and_sources_those_of_the_edition_here_first() {
        assert_eq!(all("ministry"), ["AUT 2010 opsc note", "BEL 2012 plan note"]);
        assert_eq!(
            all("KARNTEN"),
            ["AUT 2010 plan note", "BEL 2010 plan note"],
            "folded, and behind escapes"
        );
        assert_eq!(all("gazette"), ["AUT 2010 plan source"], "a source of the framework");
        assert_eq!(all("amtsbl"), ["AUT 2010 plan source"], "an address");
        assert_eq!(all("beschlossen gazette"), ["AUT 2010 plan note"], "one word here, one there");
    }

    #[test]
    fn words_that_name_something_say_where_to_look() {
        assert_eq!(all("bel ministry"), ["BEL 2012 plan note"]);
        assert_eq!(all("2010 ministry"), ["AUT 2010 opsc note"]);
        assert_eq!(all("ministry optional"), ["AUT 2010 opsc note"]);
        assert_eq!(all("bel ministry 2010"), [""; 0]);
    }

    #[test]
    fn what_names_something_or_is_too_short_is_not_looked_for() {
        for query in ["plan", "bel 2012", "ät", "", "zzqqx", "???"] {
            assert_eq!(all(query), [""; 0], "{query}");
        }
        assert!(!Index::new(&data()).may_be_mentioned(&data(), "plan"));
    }

    #[test]
    fn a_search_that_is_over_stops() {
        let data = data();
        let here = CellTarget {
            country: CountryId(0),
            edition: EditionId(0),
            indicator: data.framework.indicator_ids().next().unwrap(),
        };
        assert_eq!(Index::new(&data).mentions(&data, "ministry", here, &|| true), []);
    }
}
