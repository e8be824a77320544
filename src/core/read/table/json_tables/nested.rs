//! Numbers below three levels of keys: indicators, countries and years in any order, as in answers of the IMF.

use super::place::FieldAt;
use super::sheet::{JsonSheet, is_most};
use super::value::child;
use super::{ColumnRole, Json, JsonPlace, JsonTable, TableMetadata};
use crate::core::country::{ResolvedCountry, resolve};
use std::borrow::Cow;

type Object = [(String, Json)];

/// What the keys of a level are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Indicators,
    Countries,
    Years,
}

/// A number with the three keys that lead to it.
type Leaf<'a> = ([&'a str; 3], &'a Json);

/// `None` unless one level has years, another countries, and numbers stand below all three.
pub(super) fn read(object: &Object, base: &str) -> Option<JsonTable> {
    let (leaves, left_out) = leaves(object);
    let is_figure = |value: &&Json| matches!(value, Json::Number(_) | Json::Null);
    let figures = leaves.iter().filter(|(_, value)| is_figure(value)).count();
    if !is_most(figures, leaves.len() + left_out) {
        return None;
    }
    let levels = levels(&leaves)?;
    let key_of = |level: Level, keys: &[&'_ str; 3]| {
        levels.iter().position(|one| *one == level).map(|at| keys[at].to_owned())
    };
    let mut sheet = JsonSheet::new(HEADINGS.map(|(heading, _)| heading));
    let mut rows = Vec::new();
    for (keys, value) in &leaves {
        let named = [Level::Indicators, Level::Countries, Level::Years].map(|level| key_of(level, keys));
        sheet.row(named.into_iter().map(|key| Cow::Owned(key.unwrap_or_default())).chain([value.cell()]));
        rows.push((0, keys.iter().map(|key| child(key)).collect::<String>()));
    }
    let fields = HEADINGS.iter().map(|_| FieldAt::row(base, "")).collect();
    let place = JsonPlace::Keys { base: base.to_owned(), outer: Vec::new(), rows, fields };
    let roles = HEADINGS.iter().filter_map(|(heading, role)| Some(((*heading).to_owned(), (*role)?)));
    let about = TableMetadata { roles: roles.collect(), ..TableMetadata::default() };
    Some(sheet.table(place, about, left_out))
}

/// Headings with the roles that the shape states; whether countries are codes or names is seen in them.
const HEADINGS: [(&str, Option<ColumnRole>); 4] = [
    ("indicator", Some(ColumnRole::IndicatorCode)),
    ("country", None),
    ("year", Some(ColumnRole::Edition)),
    ("value", Some(ColumnRole::Value)),
];

/// The values below three levels of keys, and how many stand where none can.
fn leaves(object: &Object) -> (Vec<Leaf<'_>>, usize) {
    let (mut leaves, mut left_out) = (Vec::new(), 0);
    for (first, below) in object {
        let Some(below) = below.object() else {
            left_out += 1;
            continue;
        };
        for (second, below) in below {
            let Some(below) = below.object() else {
                left_out += 1;
                continue;
            };
            for (third, value) in below {
                if value.is_scalar() {
                    leaves.push(([first.as_str(), second.as_str(), third.as_str()], value));
                } else {
                    left_out += 1;
                }
            }
        }
    }
    (leaves, left_out)
}

/// What each level is: years by their digits, countries by being known, indicators are the rest.
fn levels(leaves: &[Leaf]) -> Option<[Level; 3]> {
    let share = |level: usize, is_one: fn(&str) -> bool| {
        is_most(leaves.iter().filter(|(keys, _)| is_one(keys[level])).count(), leaves.len())
    };
    let years = (0..3).find(|level| share(*level, is_year))?;
    let mut others = (0..3).filter(|level| *level != years);
    let (one, other) = (others.next()?, others.next()?);
    let (indicators, countries) = match (share(one, is_country), share(other, is_country)) {
        (false, true) => (one, other),
        (true, false) => (other, one),
        _ => return None,
    };
    let mut levels = [Level::Years; 3];
    levels[indicators] = Level::Indicators;
    levels[countries] = Level::Countries;
    Some(levels)
}

fn is_year(key: &str) -> bool {
    key.len() == 4 && key.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_country(key: &str) -> bool {
    matches!(resolve(key), ResolvedCountry::Known(_))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{only, read};

    #[test]
    fn an_answer_of_the_imf() {
        let table = only(
            r#"{"values":{"LUR":{"GHA":{"1980":1.5,"1981":null},"KEN":{"1980":3}}},"api":{"version":"1"}}"#,
        );
        assert_eq!(
            table.text,
            "indicator,country,year,value\nLUR,GHA,1980,1.5\nLUR,GHA,1981,\nLUR,KEN,1980,3\n"
        );
        assert_eq!(table.place.path(3, "value", 3), "$.values.LUR.KEN[\"1980\"]");
        assert_eq!(table.left_out, 0);
    }

    #[test]
    fn levels_in_any_order() {
        for text in [
            r#"{"gdp":{"1990":{"GHA":1,"KEN":2}},"pop":{"1990":{"GHA":3,"KEN":"x"}}}"#,
            r#"{"1990":{"gdp":{"GHA":1,"KEN":2},"pop":{"GHA":3,"KEN":"x"}}}"#,
        ] {
            assert_eq!(
                only(text).text,
                "indicator,country,year,value\ngdp,GHA,1990,1\ngdp,KEN,1990,2\npop,GHA,1990,3\npop,KEN,1990,x\n"
            );
        }
        assert!(read(r#"{"a":{"b":{"1990":1}}}"#).is_none(), "no level of countries");
        assert!(read(r#"{"GHA":{"KEN":{"1990":1}}}"#).is_none(), "two of them");
    }
}
