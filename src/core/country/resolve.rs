//! Which place a code or a name means.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::LazyLock,
};

use super::{
    name_key::name_key,
    tables::{AGGREGATES, Aggregate, FORMER, FormerCountry, Known, TABLE, codes, known, spellings},
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

/// Names in small letters without accents.
static BY_SPELLING: LazyLock<HashMap<String, Vec<Place>>> = LazyLock::new(|| places_by(fold));

/// Names by their keys, which are the same however a publisher turns a name.
static BY_NAME: LazyLock<HashMap<String, Vec<Place>>> = LazyLock::new(|| places_by(name_key));

/// The places that names mean, by some form of the names: more than one if a name is ambiguous.
fn places_by(form: fn(&str) -> String) -> HashMap<String, Vec<Place>> {
    let mut map: HashMap<String, Vec<Place>> = HashMap::new();
    // Of names of one rank several may be the same; those of a later rank give way.
    let mut add = |rank: Vec<(&'static str, Place)>| {
        let mut taken: HashMap<String, Vec<Place>> = HashMap::new();
        for (name, place) in rank {
            let places = taken.entry(form(name)).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        for (key, places) in taken.into_iter().filter(|(key, _)| !key.is_empty()) {
            if let Entry::Vacant(entry) = map.entry(key) {
                entry.insert(places);
            }
        }
    };
    let own = TABLE.iter().flat_map(|row| row.names().skip(2).map(move |name| (name, Place::Known(row))));
    let more = spellings().filter_map(|(name, code)| Some((name, Place::of_code(code)?)));
    let former = FORMER.iter().flat_map(|row| row.names().map(move |name| (name, Place::Former(row))));
    let aggregates =
        AGGREGATES.iter().flat_map(|row| row.names().map(move |name| (name, Place::Aggregate(row))));
    add(own.chain(more).collect());
    add(former.collect());
    add(aggregates.collect());
    map
}

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
        let spelling = BY_SPELLING.get(&folded).filter(|places| places.len() == 1);
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
        let is_country = |places: &&Vec<Place>| places.iter().all(|place| matches!(place, Place::Known(_)));
        let may_match = text.is_ascii() || text.chars().count() > 3;
        let places = spelling.or_else(|| BY_NAME.get(&key)).or_else(|| long_form().filter(is_country));
        if let Some(places) = places.filter(|_| may_match) {
            return resolved(places);
        }
    }
    if is_user_assigned(text) { ResolvedCountry::UserAssigned } else { ResolvedCountry::Unknown }
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
            let is_same = resolve(name) == ResolvedCountry::Known(row);
            if is_same { ResolvedCountry::Known(row) } else { ResolvedCountry::UserAssigned }
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
    nearest_name(text).or_else(as_written).or_else(|| nearest_name(name?))
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
