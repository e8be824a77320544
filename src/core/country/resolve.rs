//! Which place a code or a name means.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::LazyLock,
};

use super::{
    name_key::{SILENT, name_key},
    tables::{
        AGGREGATES, Aggregate, FORMER, FormerCountry, Known, TABLE, codes, known, other_languages, spellings,
    },
};
use crate::text::fold;

/// What the `country` of a card, a member of a group or an argument means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedCountry {
    Known(&'static Known),
    Former(&'static FormerCountry),
    Aggregate(&'static Aggregate),
    /// A name of several places, each with its code and name.
    Ambiguous(Vec<(&'static str, &'static str)>),
    /// Not in the tables, but shaped like a user-assigned or extended code (XA, XKZ, AFG-01).
    UserAssigned,
    Unknown,
}

impl ResolvedCountry {
    /// The code of the one place that is meant.
    pub const fn code(&self) -> Option<&'static str> {
        match self {
            Self::Known(known) => Some(known.iso3),
            Self::Former(former) => Some(former.code),
            Self::Aggregate(aggregate) => Some(aggregate.code),
            Self::Ambiguous(_) | Self::UserAssigned | Self::Unknown => None,
        }
    }

    /// Whether the tables call the one place that is meant so, however a publisher turns the name.
    pub fn is_called(&self, name: &str) -> bool {
        let Self::Known(row) = self else { return self.name() == Some(name) };
        row.name == name || {
            let key = name_key(name);
            row.names().skip(2).any(|name| name_key(name) == key)
        }
    }

    /// What the table calls the one place that is meant.
    pub const fn name(&self) -> Option<&'static str> {
        match self {
            Self::Known(known) => Some(known.name),
            Self::Former(former) => Some(former.name),
            Self::Aggregate(aggregate) => Some(aggregate.name),
            Self::Ambiguous(_) | Self::UserAssigned | Self::Unknown => None,
        }
    }
}

/// A place of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Known(&'static Known),
    Former(&'static FormerCountry),
    Aggregate(&'static Aggregate),
}

impl Place {
    const fn named(self) -> (&'static str, &'static str) {
        match self {
            Self::Known(known) => (known.iso3, known.name),
            Self::Former(former) => (former.code, former.name),
            Self::Aggregate(aggregate) => (aggregate.code, aggregate.name),
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        let former = || FORMER.iter().find(|former| former.code == code).map(Self::Former);
        known(code).map(Self::Known).or_else(former)
    }
}

/// Codes in small letters. Those of ISO come before those of publishers, countries before aggregates.
static BY_CODE: LazyLock<HashMap<String, Place>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    let mut add = |code: &str, place: Place| _ = map.entry(fold(code)).or_insert(place);
    for row in TABLE.iter() {
        add(row.iso3, Place::Known(row));
        add(row.iso2, Place::Known(row));
    }
    for former in FORMER.iter() {
        add(former.code, Place::Former(former));
    }
    for (code, of) in codes() {
        if let Some(place) = Place::of_code(of) {
            add(&code, place);
        }
    }
    for aggregate in AGGREGATES.iter() {
        add(aggregate.code, Place::Aggregate(aggregate));
    }
    map
});

/// The places of a name, all of one rank: names of countries come before those of former countries, and these before those
/// of aggregates.
struct Named {
    rank: u8,
    places: Vec<Place>,
}

/// Names in small letters without accents.
static BY_SPELLING: LazyLock<HashMap<String, Named>> = LazyLock::new(|| places_by(fold));

/// Names by their keys, which are the same however a publisher turns a name.
static BY_NAME: LazyLock<HashMap<String, Named>> = LazyLock::new(|| places_by(name_key));

/// The places that names mean, by some form of the names: more than one if a name is ambiguous.
fn places_by(form: fn(&str) -> String) -> HashMap<String, Named> {
    let own = TABLE.iter().flat_map(|row| row.names().skip(2).map(move |name| (name, Place::Known(row))));
    let more = spellings().filter_map(|(name, code)| Some((name, Place::of_code(code)?)));
    let former = FORMER.iter().flat_map(|row| row.names().map(move |name| (name, Place::Former(row))));
    let aggregates =
        AGGREGATES.iter().flat_map(|row| row.names().map(move |name| (name, Place::Aggregate(row))));
    let today = own.chain(more).map(|named| (0, named));
    let all = today.chain(former.map(|named| (1, named))).chain(aggregates.map(|named| (2, named)));
    let mut map: HashMap<String, Named> = HashMap::with_capacity(SOME_NAMES);
    for (rank, (name, place)) in all {
        match map.entry(form(name)) {
            Entry::Vacant(entry) if !entry.key().is_empty() => {
                entry.insert(Named { rank, places: vec![place] });
            }
            Entry::Occupied(mut entry) => {
                let named = entry.get_mut();
                if named.rank == rank && !named.places.contains(&place) {
                    named.places.push(place);
                }
            }
            Entry::Vacant(_) => {}
        }
    }
    map
}

/// Names in other languages in small letters without accents: asked last, and made only when somebody does.
static BY_OTHER_LANGUAGE: LazyLock<HashMap<String, Foreign>> = LazyLock::new(|| {
    let mut map: HashMap<String, Foreign> = HashMap::new();
    for (name, code) in other_languages() {
        let Some(place) = Place::of_code(code) else { continue };
        let foreign = map.entry(fold(name)).or_default();
        foreign.names.push(name);
        if !foreign.places.contains(&place) {
            foreign.places.push(place);
        }
    }
    map
});

/// The places of a name in other languages, and how it is written in full.
#[derive(Default)]
struct Foreign {
    places: Vec<Place>,
    names: Vec<&'static str>,
}

impl Foreign {
    /// What a text means. Without the accents it has in its language a name may be a misspelt one of another country:
    /// `Nigēra` is Niger, `Nigera` may be Nigeria.
    fn meant(&self, text: &str) -> ResolvedCountry {
        let lower = text.to_lowercase();
        let found = resolved(&self.places);
        let is_as_written = self.names.iter().any(|name| name.to_lowercase() == lower);
        let folded = fold(text);
        let may_be = |row: &&'static Known| {
            let is_near = |name: &str| strsim::osa_distance(&fold(name), &folded) == 1;
            found.code() != Some(row.iso3) && row.names().skip(2).any(is_near)
        };
        match TABLE.iter().find(|row| !is_as_written && may_be(row)) {
            Some(near) => {
                let own = self.places.iter().map(|place| place.named());
                ResolvedCountry::Ambiguous(own.chain([(near.iso3, near.name)]).collect())
            }
            None => found,
        }
    }
}

/// About as many names as the tables have.
const SOME_NAMES: usize = 3000;

/// Names that mean several places, though none of them is called that alone.
const AMBIGUOUS: [(&str, &[&str]); 3] =
    [("Korea", &["KOR", "PRK"]), ("Virgin Islands", &["VGB", "VIR"]), ("LIB", &["LBN", "LBY"])];

/// The long form that most countries have: "Republic of X". Several places may share it.
fn without_republic(key: &str) -> Option<String> {
    let words: Vec<&str> = key.split(' ').collect();
    let rest: Vec<&str> = words.iter().copied().filter(|word| *word != "republic").collect();
    (rest.len() + 1 == words.len() && !rest.is_empty()).then(|| rest.join(" "))
}

/// A longer text names nothing.
const LONGEST: usize = 120;

/// Finds the place that a code or a name means.
pub fn resolve(text: &str) -> ResolvedCountry {
    if text.len() == 3
        && let Some(row) = known(text)
    {
        return ResolvedCountry::Known(row);
    }
    let text = text.trim();
    let is_readable = text.len() <= LONGEST && crate::text::is_safe(text);
    if is_readable {
        let folded = fold(text);
        // A code must be ASCII: ẞ folds to "ss", which must not mean South Sudan. Three digits are a number of M49.
        let is_m49 = folded.len() == 3 && folded.bytes().all(|b| b.is_ascii_digit());
        let spelling = BY_SPELLING.get(&folded).filter(|named| named.places.len() == 1);
        let is_code =
            !(text.len() == 2 && text.starts_with(char::is_uppercase) && text.ends_with(char::is_lowercase));
        let code = if is_m49 { format!("m49:{folded}") } else { folded };
        let by_code = BY_CODE.get(&code).filter(|_| text.is_ascii() && is_code);
        if let Some(place) = by_code {
            return resolved(std::slice::from_ref(place));
        }
        let key = name_key(text);
        let is_listed = |(name, _): &&(&str, &[&str])| name_key(name) == key;
        if let Some((_, codes)) = AMBIGUOUS.iter().find(is_listed) {
            let places: Vec<Place> = codes.iter().filter_map(|code| Place::of_code(code)).collect();
            return resolved(&places);
        }
        let long_form = || BY_NAME.get(&without_republic(&key)?);
        let is_country = |named: &&Named| named.places.iter().all(|place| matches!(place, Place::Known(_)));
        let may_match = text.is_ascii() || text.chars().count() > 3;
        let named = spelling.or_else(|| BY_NAME.get(&key)).or_else(|| long_form().filter(is_country));
        if let Some(named) = named.filter(|_| may_match) {
            return resolved(&named.places);
        }
        let is_long = text.chars().count() > 3 || !text.is_ascii();
        if let Some(foreign) = BY_OTHER_LANGUAGE.get(&fold(text)).filter(|_| is_long) {
            return foreign.meant(text);
        }
        if let Some(apart) = words_apart(text) {
            return resolve(&apart);
        }
    }
    if is_user_assigned(text) { ResolvedCountry::UserAssigned } else { ResolvedCountry::Unknown }
}

/// A name whose words were joined, with a space between them again: `NewZealand`, `NorthernMariana Islands`.
fn words_apart(text: &str) -> Option<String> {
    let mut apart = String::with_capacity(text.len() + 2);
    let mut before = ' ';
    for c in text.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            apart.push(' ');
        }
        apart.push(c);
        before = c;
    }
    (apart.len() > text.len()).then_some(apart)
}

fn resolved(places: &[Place]) -> ResolvedCountry {
    match places {
        [Place::Known(row)] => ResolvedCountry::Known(row),
        [Place::Former(row)] => ResolvedCountry::Former(row),
        [Place::Aggregate(row)] => ResolvedCountry::Aggregate(row),
        several => ResolvedCountry::Ambiguous(several.iter().map(|place| place.named()).collect()),
    }
}

/// Like [`resolve`], with the card's `name`: if the card gives a user-assigned code a name of its own, the code is
/// not the country of the table (XK is Kosovo, unless the card names it otherwise).
pub fn resolve_named(text: &str, name: Option<&str>) -> ResolvedCountry {
    match (resolve(text), name) {
        (ResolvedCountry::Known(row), Some(name)) if is_user_assigned(text) => {
            let meant = ResolvedCountry::Known(row);
            if meant.is_called(name) || resolve(name) == meant {
                meant
            } else {
                ResolvedCountry::UserAssigned
            }
        }
        (resolved, _) => resolved,
    }
}

/// Whether the text is a user-assigned code of ISO 3166-1 (AA, QM–QZ, XA–XZ, ZZ and their alpha-3 counterparts), or a
/// code of four or more capitals, digits and hyphens such as AFG-01.
pub fn is_user_assigned(text: &str) -> bool {
    let bytes = text.as_bytes();
    let capitals = |b: &[u8]| b.iter().all(u8::is_ascii_uppercase);
    match bytes {
        [a, b] if capitals(bytes) => {
            matches!((a, b), (b'A', b'A') | (b'Q', b'M'..=b'Z') | (b'X', _) | (b'Z', b'Z'))
        }
        [a, b, _] if capitals(bytes) => {
            matches!((a, b), (b'A', b'A') | (b'Q', b'M'..=b'Z') | (b'X', _) | (b'Z', b'Z'))
        }
        [first, _, _, _, ..] => {
            first.is_ascii_uppercase()
                && bytes
                    .iter()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
        }
        _ => false,
    }
}

/// The country whose name is closest to an unknown name, for "did you mean"; `None` if every name differs too much. Names
/// are compared with names: a code that shares letters with another says nothing. What a card calls the country is tried
/// after its code.
pub fn nearest(text: &str, name: Option<&str>) -> Option<&'static Known> {
    let as_written = || match resolve(name?) {
        ResolvedCountry::Known(row) => Some(row),
        _ => None,
    };
    let near = |text: &str| nearest_name(text).or_else(|| abbreviated(text));
    near(text).or_else(as_written).or_else(|| near(name?))
}

/// The one country whose name a text may be cut or abbreviated from, each of its words: `SWITZERL`, `CENTRAL AFR.R.`,
/// `U. Arab Em.`.
fn abbreviated(text: &str) -> Option<&'static Known> {
    const FEWEST_LETTERS: usize = 5;
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !SILENT.contains(word)).map(str::to_owned).collect()
    };
    let wanted = words(text);
    let letters: usize = wanted.iter().map(String::len).sum();
    if text.len() > 80
        || text.contains('\u{fffd}')
        || letters < FEWEST_LETTERS
        || is_user_assigned(text) && letters < 7
    {
        return None;
    }
    let may_be = |name: &str| {
        let all = words(name);
        wanted.len() <= all.len() && wanted.iter().zip(&all).all(|(short, long)| long.starts_with(&**short))
    };
    let mut found = TABLE.iter().filter(|row| row.names().skip(2).any(may_be));
    match (found.next(), found.next()) {
        (Some(row), None) => Some(row),
        _ => None,
    }
}

fn nearest_name(text: &str) -> Option<&'static Known> {
    const SHORTEST: usize = 4;
    let wanted = fold(text);
    let is_name = text.chars().any(char::is_lowercase) || text.contains(' ');
    // What a lost character was cannot be guessed.
    if text.len() > 80 || text.contains('\u{fffd}') || wanted.chars().count() < SHORTEST || !is_name {
        return None;
    }
    let names = TABLE.iter().flat_map(|row| row.names().skip(2).map(move |name| (fold(name), row)));
    let scored = names.filter(|(key, _)| key.len() >= SHORTEST);
    let scored = scored.map(|(key, row)| (strsim::osa_distance(&wanted, &key), row, key.chars().count()));
    let (distance, row, length) = scored.min_by_key(|(distance, row, _)| (*distance, row.iso3))?;
    (distance <= (length / 4).max(1)).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tables_call_a_country_means_no_other_place() {
        for row in TABLE.iter() {
            for name in row.names().skip(2) {
                let meant = ResolvedCountry::Known(row);
                assert!(meant.is_called(name), "{name}");
                assert!(resolve(name).code().is_none_or(|code| code == row.iso3), "{name}");
            }
        }
        for name in known("XKX").unwrap().names() {
            assert_eq!(resolve(name).code(), Some("XKX"), "{name}");
        }
        for (name, code) in spellings() {
            let row = known(code).unwrap();
            assert!(resolve(name).code().is_none_or(|code| code == row.iso3), "{name}");
        }
    }

    #[test]
    fn joined_words_are_understood_and_cut_ones_proposed() {
        for (name, code) in [
            ("NewZealand", Some("NZL")),
            ("NorthernMariana Islands", Some("MNP")),
            ("SovietUnion", Some("SUN")),
            ("VirginIslands", None),
            ("TurkeyTrabzon", None),
        ] {
            assert_eq!(resolve(name).code(), code, "{name}");
        }
        for (name, code) in [
            ("SWITZERL", Some("CHE")),
            ("CENTRAL AFR.R.", Some("CAF")),
            ("GUINEA-BISS", Some("GNB")),
            ("U. Arab Em.", Some("ARE")),
            ("S. Arabia", Some("SAU")),
            ("Tr/Tob", Some("TTO")),
            ("Svalbard", Some("SJM")),
            ("Hawaii", None),
            ("United", None),
            ("Total", None),
            ("International", None),
        ] {
            assert_eq!(nearest(name, None).map(|row| row.iso3), code, "{name}");
        }
    }

    #[test]
    fn a_country_is_called_by_its_name_however_that_is_turned() {
        let is_called = |code: &str, name: &str| resolve(code).is_called(name);
        for (code, name) in [
            ("VGB", "Virgin Islands, British"),
            ("COD", "Congo, The Democratic Republic of the"),
            ("VCT", "Saint Vincent and the Grenadines"),
            ("SUN", resolve("SUN").name().unwrap()),
        ] {
            assert!(is_called(code, name), "{code} {name}");
        }
        for (code, name) in [("VGB", "Virgin Islands"), ("AUT", "Australia"), ("XA", "Abkhazia"), ("NER", "")]
        {
            assert!(!is_called(code, name), "{code} {name}");
        }
    }
}
