//! Countries: the embedded table of ISO 3166-1 and UN M49, and finding a country by code or name.

use std::{collections::HashMap, sync::LazyLock};

use super::date::Date;
use crate::text::{Raw, fold};

/// A country or territory of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or a user-assigned code.
    pub code: Raw<'static>,
    pub name: Raw<'static>,
    /// Folded code, name and aliases, which searches compare with.
    pub keys: Vec<Box<str>>,
}

/// The time of a membership, both days included. Without `until` it still lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl Span {
    /// Parses `1973-01-01` or `1973-01-01/2020-01-31`.
    fn parse(text: &str) -> Option<Self> {
        let (since, until) = text.split_once('/').unwrap_or((text, ""));
        Some(Self { since: Some(Date::parse(since)?), until: Date::parse(until) })
    }

    /// Whether the last day of this date is inside the span.
    pub fn holds(self, date: Date) -> bool {
        let day = date.last_day();
        self.since.is_none_or(|since| since.first_day() <= day)
            && self.until.is_none_or(|until| day <= until.last_day())
    }
}

/// One row of the embedded table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub iso3: &'static str,
    pub iso2: &'static str,
    pub name: &'static str,
    pub official: &'static str,
    /// UN M49 region; empty for Antarctica.
    pub region: &'static str,
    pub subregion: &'static str,
    /// Membership in the OSCE or its forerunner.
    pub osce: Option<Span>,
    /// Membership in the European Union or its forerunners.
    pub eu: Option<Span>,
    /// Membership in the Council of Europe.
    pub coe: Option<Span>,
    aliases: &'static str,
}

/// The embedded table, ordered by alpha-3 code.
pub static TABLE: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let rows = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (iso3, iso2, name, official) = (next(), next(), next(), next());
        let (region, subregion) = (next(), next());
        let (osce, eu, coe) = (Span::parse(next()), Span::parse(next()), Span::parse(next()));
        Some(Known { iso3, iso2, name, official, region, subregion, osce, eu, coe, aliases: next() })
            .filter(|known| known.iso3.len() == 3)
    })
    .collect()
});

static BY_KEY: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for (at, known) in TABLE.iter().enumerate() {
        for key in known.names() {
            map.entry(fold(key)).or_insert(at);
        }
    }
    map
});

impl Known {
    /// Codes, then names, then aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.iso3, self.iso2, self.name, self.official]
            .into_iter()
            .chain(self.aliases.split(';'))
            .filter(|name| !name.is_empty())
    }
}

/// What the `country` of a card means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedCountry {
    Known(&'static Known),
    /// Not in the table, but shaped like a user-assigned or extended code (XA, XKZ, AFG-01).
    UserAssigned,
    Unknown,
}

/// The row of the table with this alpha-3 code in upper case.
pub fn known(iso3: &str) -> Option<&'static Known> {
    TABLE.binary_search_by(|row| row.iso3.cmp(iso3)).ok().map(|at| &TABLE[at])
}

/// Finds the country that a card's `country` means, a code or a name.
pub fn resolve(text: &str) -> ResolvedCountry {
    if text.len() == 3
        && let Some(row) = known(text)
    {
        return ResolvedCountry::Known(row);
    }
    let folded = if text.len() <= 80 && crate::text::is_safe(text) { fold(text) } else { String::new() };
    // A code must be ASCII: ẞ folds to "ss", which must not mean South Sudan.
    let may_match = folded.len() > 3 || text.is_ascii();
    if let Some(at) = BY_KEY.get(&folded).filter(|_| may_match) {
        return ResolvedCountry::Known(&TABLE[*at]);
    }
    if is_user_assigned(text) { ResolvedCountry::UserAssigned } else { ResolvedCountry::Unknown }
}

/// Like [`resolve`], with the card's `name`: if the card gives a user-assigned code a name of its own, the code is
/// not the country of the table (XK is Kosovo, unless the card names it otherwise).
pub fn resolve_named(text: &str, name: Option<&str>) -> ResolvedCountry {
    match (resolve(text), name) {
        (ResolvedCountry::Known(row), Some(name)) if is_user_assigned(text) => {
            let wanted = fold(name);
            let is_same = row.names().any(|known| fold(known) == wanted);
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
                && bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'-')
        }
        _ => false,
    }
}

/// The country whose name is closest to an unknown name, for "did you mean"; `None` if every name differs too much.
pub fn nearest(text: &str) -> Option<&'static Known> {
    // What a lost character was cannot be guessed.
    if text.len() > 80 || text.contains('\u{fffd}') {
        return None;
    }
    let wanted = fold(text);
    let scored = BY_KEY.iter().map(|(key, at)| (strsim::osa_distance(&wanted, key), *at, key));
    let (distance, at, key) = scored.min_by_key(|(distance, at, _)| (*distance, *at))?;
    (distance <= key.chars().count().max(3) / 3).then(|| &TABLE[at])
}

impl Country {
    /// A country whose search keys include every name that the table has for its code.
    pub fn new(code: &str, name: &str) -> Self {
        let mut keys = vec![fold(code), fold(name)];
        if let Some(row) = known(code) {
            keys.extend(row.names().map(fold));
        }
        let mut unique: Vec<Box<str>> = vec![];
        for key in keys {
            if !key.is_empty() && !unique.iter().any(|have| **have == *key) {
                unique.push(key.into());
            }
        }
        Self { code: Raw::new(code.to_owned()), name: Raw::new(name.to_owned()), keys: unique }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        match resolve(text) {
            ResolvedCountry::Known(row) => Some(row.iso3),
            _ => None,
        }
    }

    #[test]
    fn names_and_aliases_mean_what_a_person_means() {
        for (text, want) in [
            ("Türkiye", "TUR"),
            ("turkey", "TUR"),
            ("Côte d’Ivoire", "CIV"),
            ("Ivory Coast", "CIV"),
            ("DRC", "COD"),
            ("uk", "GBR"),
            ("South Korea", "KOR"),
            ("Kosovo", "XKX"),
            ("XK", "XKX"),
            ("NA", "NAM"),
            ("swe", "SWE"),
        ] {
            assert_eq!(code(text), Some(want), "{text}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_its_codes_are_unique() {
        assert!(TABLE.is_sorted_by(|a, b| a.iso3 < b.iso3));
        assert_eq!(TABLE.len(), 250);
    }

    #[test]
    fn a_state_is_a_member_from_its_first_day_to_its_last() {
        let date = |text: &str| Date::parse(text).unwrap();
        let eu = |code: &str, at: &str| known(code).unwrap().eu.is_some_and(|span| span.holds(date(at)));
        assert_eq!(
            ["2012", "2013", "2013-06", "2013-07"].map(|at| eu("HRV", at)),
            [false, true, false, true]
        );
        assert_eq!(
            ["2019", "2020-01-31", "2020-02", "2020"].map(|at| eu("GBR", at)),
            [true, true, false, false]
        );
        let many = |is_member: &dyn Fn(&Known) -> bool| TABLE.iter().filter(|row| is_member(row)).count();
        let at = |span: Option<Span>, when: &str| span.is_some_and(|span| span.holds(date(when)));
        assert_eq!(
            ["2003", "2006", "2010", "2015", "2024"].map(|y| many(&|row| at(row.eu, y))),
            [15, 25, 27, 28, 27]
        );
        assert_eq!(["2010", "2024"].map(|year| many(&|row| at(row.coe, year))), [47, 46]);
        assert_eq!(["2010", "2012"].map(|year| many(&|row| at(row.osce, year))), [56, 57]);
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(nearest("Frnace").unwrap().iso3, "FRA");
        assert_eq!(nearest("../../etc/passwd"), None);
    }

    #[test]
    fn user_assigned_codes_are_told_from_unassigned_ones() {
        for yes in ["XA", "XZ", "XAA", "QMZ", "AFG-01"] {
            assert!(is_user_assigned(yes), "{yes}");
        }
        assert_eq!(resolve("ẞ"), ResolvedCountry::Unknown);
        for no in ["CON", "..", "xa", "a/b", ""] {
            assert!(!is_user_assigned(no), "{no}");
        }
    }
}
