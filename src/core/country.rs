//! Countries: the embedded tables of ISO 3166-1, UN M49 and of publishers, and finding a country by code or name.

mod name_key;
mod tables;
mod resolve;
mod unclear;

pub use self::{
    resolve::{ResolvedCountry, is_user_assigned, nearest, resolve, resolve_named},
    tables::{AGGREGATES, Aggregate, FORMER, FormerCountry, Known, TABLE, known},
    unclear::{CODE_LISTS, CodeList, part_of},
};

/// `KOR (South Korea) or PRK (North Korea)`
pub fn either(places: &[(&str, &str)]) -> String {
    places.iter().map(|(code, name)| format!("{code} ({name})")).collect::<Vec<_>>().join(" or ")
}

use super::{date::Date, period::Period};
use crate::text::{Raw, fold};

/// A country or territory of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3, or a user-assigned code.
    pub code: Raw<'static>,
    pub name: Raw<'static>,
    pub kind: CountryKind,
    /// Its first day, of countries that former ones became.
    pub since: Option<Date>,
    /// Folded code, name and aliases, which searches compare with.
    pub keys: Vec<Box<str>>,
}

/// What a row of a data set stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountryKind {
    /// A country or territory, also one of the user.
    #[default]
    Country,
    /// A state that is no more, with its years. It stands in the editions of these.
    Former(Span),
    /// Countries taken together: shown and comparable, but in no count and no rank.
    Aggregate,
}

impl CountryKind {
    /// As files and reports say it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Former(_) => "former",
            Self::Aggregate => "aggregate",
        }
    }

    /// What is said beside its name, in full and short; nothing of a country of today.
    pub const fn words(self) -> Option<[&'static str; 2]> {
        match self {
            Self::Country => None,
            Self::Former(_) => Some(["former", "fmr"]),
            Self::Aggregate => Some(["aggregate", "agg."]),
        }
    }
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

    /// Whether any of the period is inside the span.
    pub fn holds_in(self, period: Period) -> bool {
        self.since.is_none_or(|since| since.first_day() <= period.last_day())
            && self.until.is_none_or(|until| period.first.first_day() <= until.last_day())
    }

    /// Whether the last day of this date is inside the span.
    pub fn holds(self, date: Date) -> bool {
        let day = date.last_day();
        self.since.is_none_or(|since| since.first_day() <= day)
            && self.until.is_none_or(|until| day <= until.last_day())
    }
}

impl Country {
    /// The name, and what it is if it is no country of today: `World (aggregate)`, `Yugoslavia (former)`.
    pub fn title(&self) -> Raw<'static> {
        self.titles()[0].clone()
    }

    /// The same in full and shorter.
    pub fn titles(&self) -> [Raw<'static>; 2] {
        match self.kind.words() {
            Some(words) => words.map(|word| Raw::new(format!("{} ({word})", self.name.raw()))),
            None => [self.name.clone(), self.name.clone()],
        }
    }

    /// A country whose search keys include every name that the table has for its code.
    pub fn new(code: &str, name: &str) -> Self {
        let mut keys = vec![fold(code), fold(name)];
        let resolved = resolve_named(code, Some(name));
        let since = if let ResolvedCountry::Known(row) = &resolved { row.since } else { None };
        let (kind, names): (_, Vec<&str>) = match resolved {
            ResolvedCountry::Former(row) => (CountryKind::Former(row.during), row.names().collect()),
            ResolvedCountry::Aggregate(row) => (CountryKind::Aggregate, row.names().collect()),
            ResolvedCountry::Known(row) => (CountryKind::Country, row.names().collect()),
            _ if matches!(resolve(name), ResolvedCountry::Aggregate(_)) || is_statistic(name) => {
                (CountryKind::Aggregate, vec![])
            }
            _ => (CountryKind::Country, vec![]),
        };
        keys.extend(names.into_iter().map(fold));
        let mut unique: Vec<Box<str>> = vec![];
        for key in keys {
            if !key.is_empty() && !unique.iter().any(|have| **have == *key) {
                unique.push(key.into());
            }
        }
        Self { code: Raw::new(code.to_owned()), name: Raw::new(name.to_owned()), kind, since, keys: unique }
    }
}

/// Whether a row under a code of its own is called like a statistic of others: Total, Average.
fn is_statistic(name: &str) -> bool {
    const WORDS: [&str; 7] = ["total", "grand total", "average", "mean", "median", "sum", "all countries"];
    WORDS.contains(&&*fold(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_called_total_is_an_aggregate_only_under_a_code_of_its_own() {
        assert_eq!(Country::new("XA", "Total").kind, CountryKind::Aggregate);
        assert_eq!(Country::new("XA", "Abkhazia").kind, CountryKind::Country);
        assert_eq!(Country::new("ALB", "Total").kind, CountryKind::Country);
    }

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
            ("Österreich", "AUT"),
            ("Italien", "ITA"),
            ("Pays-Bas", "NLD"),
            ("Германия", "DEU"),
            ("日本", "JPN"),
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
        assert_eq!(nearest("Frnace", None).unwrap().iso3, "FRA");
        assert_eq!(nearest("../../etc/passwd", None), None);
        // The name of a card is tried; a code that shares letters is not.
        assert_eq!(nearest("GE1", Some("Germany")).unwrap().iso3, "DEU");
        assert_eq!(nearest("ALBB", None), None);
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
