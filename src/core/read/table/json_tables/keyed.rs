//! Objects whose keys are countries, or whose columns are objects keyed by country or by row.

use super::place::FieldAt;
use super::records::{JsonRecord, flatten};
use super::sheet::{JsonSheet, is_code, is_most, is_of_size};
use super::value::child;
use super::{Json, JsonPlace, JsonTable, TableMetadata};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

type Object = [(String, Json)];

/// Fewer keys are rather those of settings than countries.
const FEWEST: usize = 3;

/// Small words of this length are rather names of settings than countries.
const LONGEST_CODE: usize = 3;

/// How much keys look like countries, from not at all to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Other,
    /// Small words, as in addresses of pages.
    Slugs,
    /// Words that begin with a capital.
    Names,
    Codes,
}

/// Data by country as Our World in Data publishes it: the records of a country under `data`, what holds for all beside.
pub(super) fn owid(object: &Object, base: &str) -> Option<JsonTable> {
    let is_one = |value: &Json| {
        let records = value.get("data").and_then(Json::list);
        records.is_some_and(|records| records.first().is_some_and(|first| first.object().is_some()))
    };
    if !is_most(object.iter().filter(|(_, value)| is_one(value)).count(), object.len()) {
        return None;
    }
    let shared: Vec<(&str, Vec<(String, Json)>)> = object
        .iter()
        .map(|(key, value)| {
            let beside = value.object().unwrap_or_default().iter().filter(|(key, _)| key != "data");
            (key.as_str(), beside.cloned().collect())
        })
        .collect();
    let mut listed = Listed::default();
    for ((_, value), (key, outer)) in object.iter().zip(&shared) {
        match value.get("data").and_then(Json::list) {
            Some(items) => listed.items(key, outer, items, ".data"),
            None => listed.left_out += 1,
        }
    }
    listed.table(base, false)
}

/// Keys of countries, of which each holds a number, fields or records; else columns that hold countries or rows.
pub(super) fn read(object: &Object, base: &str) -> Option<JsonTable> {
    let inner = inner_keys(object);
    if !inner.is_empty() && only_count(&inner) {
        return crossed(object, &inner, Look::Other, base);
    }
    let keys: Vec<_> = object.iter().map(|(key, _)| key.as_str()).collect();
    let (outer_look, inner_look) = (look(&keys), look(&inner));
    let is_inner_ahead = inner_look > outer_look || (inner_look == outer_look && inner.len() > keys.len());
    if is_inner_ahead && inner_look > Look::Other {
        return crossed(object, &inner, inner_look, base);
    }
    by_country(object, outer_look, base)
}

/// A record, or records, for each key.
fn by_country(object: &Object, look: Look, base: &str) -> Option<JsonTable> {
    if look == Look::Other {
        return None;
    }
    let share = |is_one: fn(&Json) -> bool| {
        is_most(object.iter().filter(|(_, value)| is_one(value)).count(), object.len())
    };
    if share(|value| matches!(value, Json::Number(_) | Json::Null))
        || (look == Look::Codes && share(Json::is_scalar))
    {
        return (look > Look::Slugs).then(|| single(object, base));
    }
    let mut listed = Listed::default();
    for (key, value) in object {
        match value {
            Json::Object(inner) => listed.one(key, inner),
            Json::List(items) => listed.items(key, &[], items, ""),
            _ => listed.left_out += 1,
        }
    }
    if !is_most(object.len().saturating_sub(listed.left_out), object.len()) {
        return None;
    }
    let is_unsure = look == Look::Slugs;
    if is_unsure && object.iter().any(|(_, value)| value.object().is_none()) {
        return None;
    }
    listed.table(base, is_unsure)
}

/// A value for each country.
fn single(object: &Object, base: &str) -> JsonTable {
    let mut sheet = JsonSheet::new(["country", "value"]);
    let (mut rows, mut left_out) = (Vec::new(), 0);
    for (key, value) in object {
        if value.is_scalar() {
            sheet.row([Cow::Borrowed(key.as_str()), value.cell()]);
            rows.push((0, child(key)));
        } else {
            left_out += 1;
        }
    }
    let fields = vec![FieldAt::row(base, ""), FieldAt::row(base, "")];
    let place = JsonPlace::Keys { base: base.to_owned(), outer: Vec::new(), rows, fields };
    sheet.table(place, TableMetadata::default(), left_out)
}

/// Records under keys of countries.
#[derive(Default)]
struct Listed<'a> {
    records: Vec<JsonRecord<'a>>,
    outer: Vec<String>,
    rows: Vec<(usize, String)>,
    left_out: usize,
}

impl<'a> Listed<'a> {
    fn one(&mut self, key: &'a str, inner: &'a Object) {
        self.rows.push((self.outer.len(), String::new()));
        self.outer.push(child(key));
        self.records.push(JsonRecord { lead: Some(Cow::Borrowed(key)), outer: &[], inner });
    }

    fn items(&mut self, key: &'a str, outer: &'a Object, items: &'a [Json], step: &str) {
        for (index, item) in items.iter().enumerate() {
            if let Some(inner) = item.object() {
                self.rows.push((self.outer.len(), format!("{step}[{index}]")));
                self.records.push(JsonRecord { lead: Some(Cow::Borrowed(key)), outer, inner });
            } else {
                self.left_out += 1;
            }
        }
        self.outer.push(child(key));
    }

    /// `None` if there is nothing in it, or no number where one is needed.
    fn table(self, base: &str, needs_numbers: bool) -> Option<JsonTable> {
        let flattened = flatten(Some("country"), &self.records)?;
        let lacks_numbers = needs_numbers && !flattened.sheet.has_numbers();
        if flattened.sheet.is_empty() || flattened.inner.is_empty() || lacks_numbers {
            return None;
        }
        let lead = FieldAt::outer(base, "");
        let outer = flattened.outer.into_iter().map(|steps| FieldAt::outer(base, steps));
        let inner = flattened.inner.into_iter().map(|steps| FieldAt::row(base, steps));
        let fields = std::iter::once(lead).chain(outer).chain(inner).collect();
        let place = JsonPlace::Keys { base: base.to_owned(), outer: self.outer, rows: self.rows, fields };
        let left_out = self.left_out + flattened.left_out;
        Some(flattened.sheet.table(place, TableMetadata::default(), left_out))
    }
}

/// Columns that are objects: their keys are the rows, countries unless they only count. Keys that are no codes need
/// numbers beside them.
fn crossed(object: &Object, keys: &[&str], look: Look, base: &str) -> Option<JsonTable> {
    let columns: Vec<_> = object.iter().filter_map(|(key, value)| Some((key, value.object()?))).collect();
    let values = || columns.iter().flat_map(|(_, column)| *column);
    let is_counted = only_count(keys);
    let is_figure = |value: &Json| match value {
        Json::Number(_) | Json::Null => true,
        Json::Text(_) | Json::Bool(_) => is_counted || look == Look::Codes,
        Json::List(_) | Json::Object(_) => false,
    };
    let figures = values().filter(|(_, value)| is_figure(value)).count();
    let is_table = is_most(columns.len(), object.len()) && is_most(figures, values().count());
    if !is_table || !is_of_size(columns.len(), keys.len()) {
        return None;
    }
    let lead = (!is_counted).then_some("country");
    let mut sheet = JsonSheet::new(lead.into_iter().chain(columns.iter().map(|(key, _)| key.as_str())));
    let mut left_out = object.len() - columns.len();
    let by_key: Vec<HashMap<&str, &Json>> = columns
        .iter()
        .map(|(_, column)| column.iter().rev().map(|(key, value)| (key.as_str(), value)).collect())
        .collect();
    left_out +=
        columns.iter().zip(&by_key).map(|((_, column), first)| column.len() - first.len()).sum::<usize>();
    for key in keys {
        let cells = by_key.iter().map(|column| column.get(key).map(|value| value.cell()).unwrap_or_default());
        sheet.row(lead.map(|_| Cow::Borrowed(*key)).into_iter().chain(cells));
    }
    if is_counted && !sheet.is_plausible() {
        return None;
    }
    let country = lead.map(|_| FieldAt::Fixed(base.to_owned()));
    let own = columns.iter().map(|(key, _)| FieldAt::row(&format!("{base}{}", child(key)), ""));
    let fields = country.into_iter().chain(own).collect();
    let rows = keys.iter().map(|key| (0, child(key))).collect();
    let place = JsonPlace::Keys { base: base.to_owned(), outer: Vec::new(), rows, fields };
    Some(sheet.table(place, TableMetadata::default(), left_out))
}

/// The keys of the objects in an object, in order of appearance.
fn inner_keys(object: &Object) -> Vec<&str> {
    let mut known = HashSet::new();
    let inner = object.iter().filter_map(|(_, value)| value.object()).flatten();
    inner.map(|(key, _)| key.as_str()).filter(|key| known.insert(*key)).collect()
}

/// Whether keys are the numbers of rows from nought.
fn only_count(keys: &[&str]) -> bool {
    keys.iter().enumerate().all(|(number, key)| *key == number.to_string())
}

/// What most of the keys look like.
fn look(keys: &[&str]) -> Look {
    if keys.len() < FEWEST {
        return Look::Other;
    }
    let share = |least: Look| is_most(keys.iter().filter(|key| look_of(key) >= least).count(), keys.len());
    [Look::Codes, Look::Names, Look::Slugs].into_iter().find(|look| share(*look)).unwrap_or(Look::Other)
}

fn look_of(key: &str) -> Look {
    let is_word = |more: &[char]| key.chars().all(|letter| letter.is_alphabetic() || more.contains(&letter));
    if is_code(key) {
        Look::Codes
    } else if key.starts_with(char::is_uppercase) && is_word(&[' ', '-', '\'', '’', '.', ',', '(', ')', '&'])
    {
        Look::Names
    } else if key.chars().count() > LONGEST_CODE
        && key.starts_with(char::is_lowercase)
        && is_word(&['-', '_'])
    {
        Look::Slugs
    } else {
        Look::Other
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{only, read};

    #[test]
    fn years_below_countries() {
        let table = only(r#"{"GHA":{"1990":1.2,"1991":null},"KEN":{"1991":3},"OWID_WRL":{"1990":4},"x":5}"#);
        assert_eq!(table.text, "country,1990,1991\nGHA,1.2,\nKEN,,3\nOWID_WRL,4,\n");
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(2, "1991", 2), "$.KEN[\"1991\"]");
        assert_eq!(table.place.path(2, "country", 0), "$.KEN");
        let deeper =
            r#"{"data":{"Ghana":{"gdp":{"1990":1}},"Kenya":{"gdp":{"1990":2}},"Côte d’Ivoire":{"gdp":{}}}}"#;
        let table = only(deeper);
        assert_eq!(table.text, "country,gdp.1990\nGhana,1\nKenya,2\nCôte d’Ivoire,\n");
        assert_eq!(table.place.path(3, "gdp.1990", 1), "$.data[\"Côte d’Ivoire\"].gdp[\"1990\"]");
        assert_eq!(
            only(r#"{"ghana":{"gdp":1},"kenya":{"gdp":2},"cape-verde":{"gdp":3}}"#).text,
            "country,gdp\nghana,1\nkenya,2\ncape-verde,3\n"
        );
    }

    #[test]
    fn a_value_for_each_country() {
        let table = only(r#"{"GHA":1.2,"KEN":"B+","NGA":null,"TGO":[1]}"#);
        assert_eq!((table.text.as_str(), table.left_out), ("country,value\nGHA,1.2\nKEN,B+\nNGA,\n", 1));
        assert_eq!(table.place.path(1, "value", 1), "$.GHA");
        assert!(read(r#"{"min":1,"max":2,"mean":3}"#).is_none());
    }

    #[test]
    fn records_below_countries() {
        let table =
            only(r#"{"GHA":[{"year":1990,"v":1},7],"KEN":[{"year":1990,"v":2},{"year":1991}],"TGO":[]}"#);
        assert_eq!(table.text, "country,year,v\nGHA,1990,1\nKEN,1990,2\nKEN,1991,\n");
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(3, "year", 1), "$.KEN[1].year");
        assert_eq!(table.place.path(3, "country", 0), "$.KEN");
    }

    #[test]
    fn data_of_our_world_in_data() {
        let table = only(
            r#"{"GHA":{"continent":"Africa","location":"Ghana","data":[{"date":"2020-01-01","cases":1},
                {"date":"2020-01-02","cases":2}]},"KEN":{"location":"Kenya","data":[{"date":"2020-01-01"}]}}"#,
        );
        let expected = "country,continent,location,date,cases\nGHA,Africa,Ghana,2020-01-01,1\n\
                        GHA,Africa,Ghana,2020-01-02,2\nKEN,,Kenya,2020-01-01,\n";
        assert_eq!(table.text, expected);
        assert_eq!(table.place.path(2, "cases", 4), "$.GHA.data[1].cases");
        assert_eq!(table.place.path(3, "location", 2), "$.KEN.location");
    }

    #[test]
    fn countries_below_indicators() {
        let table = only(r#"{"life":{"GHA":1,"KEN":2,"TGO":3},"gini":{"KEN":4,"KEN":5}}"#);
        assert_eq!(table.text, "country,life,gini\nGHA,1,\nKEN,2,4\nTGO,3,\n");
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(2, "gini", 2), "$.gini.KEN");
        let table = only(r#"{"HDI":{"GHA":1,"KEN":2,"TGO":3,"NGA":4},"GII":{"GHA":1},"GDP":{"GHA":1}}"#);
        assert!(table.text.starts_with("country,HDI,GII,GDP\nGHA,1,1,1\nKEN,2,,\n"), "{}", table.text);
    }

    #[test]
    fn columns_of_pandas() {
        let table = only(r#"{"iso3":{"0":"GHA","1":"KEN"},"v":{"0":1.5,"1":null}}"#);
        assert_eq!(table.text, "iso3,v\nGHA,1.5\nKEN,\n");
        assert_eq!(table.place.path(1, "v", 1), "$.v[\"0\"]");
        assert!(read(r#"{"a":{"0":"x"},"b":{"0":"y"}}"#).is_none());
    }
}
