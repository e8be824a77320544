//! Tells by content whether a JSON text is a table of countries' figures, and turns it into flat tables.

mod value;

mod place;

mod sheet;

mod records;

mod columns;
mod keyed;
mod lines;
mod nested;
mod owid_variable;
mod world_bank;

mod json_stat;

mod sdmx;

use super::flat::{IndicatorMetadata, Records, TableMetadata};
use crate::core::table_mapping::ColumnRole;
pub(super) use place::JsonPlace;
pub(super) use value::Json;

/// A table read from JSON.
#[derive(Debug)]
pub(super) struct JsonTable {
    /// Name for people if there are several, such as the key or the dataset's label; else empty.
    pub name: String,
    /// Comma-separated: record 0 the headings, then a record a row.
    pub text: String,
    /// Where each field stands in the JSON.
    pub place: JsonPlace,
    pub about: TableMetadata,
    /// Records, observations or fields that could not be read: wrong types, indices out of range, keys twice.
    pub left_out: usize,
    /// The first line of JSON Lines that is none, and why.
    pub first_lost: Option<String>,
    /// What stands in another file that is not there, and where to put it.
    pub lacks: Option<&'static str>,
}

/// Keys of cards, frameworks and packages: what holds them is no table.
const FOREIGN_KEYS: [&str; 5] = ["assessments", "goals", "cards", "findings", "resources"];

/// Keys under which services put the rows of their answer.
const DATA_KEYS: [&str; 12] = [
    "data",
    "value",
    "values",
    "results",
    "result",
    "rows",
    "records",
    "items",
    "observations",
    "table",
    "series",
    "dataset",
];

/// Keys under which they say something of the rows.
const META_KEYS: [&str; 6] = ["meta", "metadata", "info", "header", "links", "api"];

type Reader = fn(&Json) -> Option<Vec<JsonTable>>;

/// The tables of a JSON text or of JSON Lines; `None` if it is no table: cards of another format, a framework, something
/// else. `beside` are the texts that lie beside it.
pub(super) fn read<'b>(text: &str, beside: impl Iterator<Item = &'b str>) -> Option<Vec<JsonTable>> {
    let Some(json) = Json::parse(text) else {
        let (json, first_lost) = lines::read(text)?;
        let mut tables = tables(&json)?;
        for table in &mut tables {
            table.first_lost.clone_from(&first_lost);
        }
        return Some(tables);
    };
    if owid_variable::is_one(&json) {
        return owid_variable::read(&json, beside);
    }
    tables(&json)
}

/// The tables of a JSON value.
fn tables(json: &Json) -> Option<Vec<JsonTable>> {
    if holds_foreign_key(json, 1) {
        return None;
    }
    if let Some(reader) = known_format(json) {
        return reader(json);
    }
    if holds_foreign_key(json, 4) {
        return None;
    }
    if json.list().is_some() {
        return shape(json, "$", &TableMetadata::default());
    }
    of_object(json.object()?, json)
}

/// The reader of a format that says itself what it is.
fn known_format(json: &Json) -> Option<Reader> {
    if json_stat::is_one(json) {
        Some(json_stat::read)
    } else if sdmx::is_one(json) {
        Some(sdmx::read)
    } else if world_bank::is_one(json) {
        Some(world_bank::read)
    } else if records::is_geojson(json) {
        Some(records::geojson)
    } else {
        None
    }
}

/// A table by its shape alone, at one place.
fn shape(json: &Json, base: &str, about: &TableMetadata) -> Option<Vec<JsonTable>> {
    let table = match json {
        Json::List(list) if list.iter().any(|item| item.list().is_some()) => columns::rows(list, base),
        Json::List(list) => records::list(list, base),
        Json::Object(object) => of_columns(object, base)
            .or_else(|| keyed::read(object, base))
            .or_else(|| nested::read(object, base)),
        _ => None,
    };
    Some(vec![with_about(table?, about)])
}

/// An object whose own keys say how its columns lie.
fn of_columns(object: &[(String, Json)], base: &str) -> Option<JsonTable> {
    columns::split(object, base)
        .or_else(|| columns::lists(object, base))
        .or_else(|| keyed::owid(object, base))
}

fn with_about(mut table: JsonTable, about: &TableMetadata) -> JsonTable {
    table.about = about.clone();
    table
}

/// The tables of an object: its own, those under a key that is known to hold data, or every list in it whose records
/// name countries.
fn of_object(object: &[(String, Json)], json: &Json) -> Option<Vec<JsonTable>> {
    let about = said_of_all(json);
    let is_wrapped = |key: &str| {
        let is_other = |name: &str| name != key && !META_KEYS.contains(&name);
        !object.iter().any(|(name, inner)| is_other(name) && inner.object().is_some())
    };
    let under_data_key = || {
        let mut held = object.iter().filter(|(key, _)| DATA_KEYS.contains(&key.as_str()));
        held.find_map(|(key, inner)| {
            let is_held = inner.list().is_some() || is_wrapped(key);
            if is_held { shape(inner, &format!("${}", value::child(key)), &about) } else { None }
        })
    };
    of_columns(object, "$")
        .map(|table| vec![with_about(table, &about)])
        .or_else(under_data_key)
        .or_else(|| keyed::read(object, "$").or_else(|| nested::read(object, "$")).map(|table| vec![table]))
        .or_else(|| lists_of_countries(object, &about))
}

/// A table for each list of records that name countries, called by its key if there are several.
fn lists_of_countries(object: &[(String, Json)], about: &TableMetadata) -> Option<Vec<JsonTable>> {
    let mut tables = Vec::new();
    for (key, inner) in object {
        let base = format!("${}", value::child(key));
        if let Some(table) = inner.list().and_then(|list| records::of_countries(list, &base)) {
            tables.push(JsonTable { name: key.clone(), ..with_about(table, about) });
        }
    }
    if let [table] = tables.as_mut_slice() {
        table.name.clear();
    }
    (!tables.is_empty()).then_some(tables)
}

/// What an answer says of all its rows, in its own fields or in those of its `meta`.
fn said_of_all(json: &Json) -> TableMetadata {
    let meta = META_KEYS.iter().find_map(|key| json.get(key));
    let said = |keys: &[&str]| {
        [Some(json), meta]
            .into_iter()
            .flatten()
            .find_map(|holder| keys.iter().find_map(|key| holder.said(key)))
    };
    TableMetadata {
        title: said(&["title", "label", "name"]),
        description: said(&["description", "subtitle"]),
        source: said(&["source", "publisher", "citation"]),
        url: said(&["url", "href"]),
        licence: said(&["licence", "license"]),
        updated: said(&["updated", "lastUpdated", "last_updated", "lastupdated"]),
        ..TableMetadata::default()
    }
}

/// Whether an object down to this depth has a key of something that is no table.
fn holds_foreign_key(json: &Json, depth: usize) -> bool {
    let Some(left) = depth.checked_sub(1) else {
        return false;
    };
    match json {
        Json::Object(object) => object
            .iter()
            .any(|(key, inner)| FOREIGN_KEYS.contains(&key.as_str()) || holds_foreign_key(inner, left)),
        Json::List(list) => list.iter().any(|item| holds_foreign_key(item, left)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::JsonTable;

    /// The tables of a text with nothing beside it.
    pub(super) fn read(text: &str) -> Option<Vec<JsonTable>> {
        super::read(text, std::iter::empty())
    }

    /// The only table of a text.
    pub(super) fn only(text: &str) -> JsonTable {
        let mut tables = read(text).expect("a table");
        assert_eq!(tables.len(), 1, "{tables:?}");
        tables.remove(0)
    }

    #[test]
    fn what_is_no_table_is_left_to_others() {
        for text in [
            "",
            "{",
            "3",
            "null",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "[1,2,3]",
            r#"{"name":"x","version":"1","private":true}"#,
            r#"{"Name":"x","Version":"1","Author":"y"}"#,
            r#"{"GHA":1,"KEN":2}"#,
            r#"{"goals":[{"country":"GHA","value":1}]}"#,
            r#"[{"country":"GHA","value":1,"assessments":[]}]"#,
            r#"{"data":[{"country":"GHA","value":1,"findings":[]}]}"#,
            r#"{"resources":[{"name":"x","country":"y"}]}"#,
            r#"{"id":"f","title":"Framework","criteria":[{"id":"1","title":"One","weight":2}]}"#,
            r#"{"scripts":{"test":"x","build":"y","lint":"z"},"dependencies":{"serde":"1"}}"#,
            r#"{"debug":{"level":"x"},"release":{"level":"y"},"bench":{"level":"z"}}"#,
            r#"[{"id":1,"title":"One"},{"id":2,"title":"Two"}]"#,
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_none());
        assert!(read(&r#"{"a":"#.repeat(100_000)).is_none());
    }

    #[test]
    fn lists_under_unknown_keys_are_named_if_there_are_several() {
        let text = r#"{"scores":[{"iso3":"GHA","v":1}],"ranks":[{"iso3":"GHA","r":2}],"log":[{"a":"x"}]}"#;
        let tables = read(text).expect("tables");
        let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["scores", "ranks"]);
        assert_eq!(tables[1].text, "iso3,r\nGHA,2\n");
        assert_eq!(tables[1].place.path(1, "r", 1), "$.ranks[0].r");
        assert_eq!(only(r#"{"scores":[{"iso3":"GHA","v":1}]}"#).name, "");
    }

    #[test]
    fn an_answer_says_something_of_its_rows() {
        let text = r#"{"meta":{"title":"T","license":"CC0"},"source":"S","data":[{"iso3":"GHA","v":1.50}]}"#;
        let table = only(text);
        assert_eq!(table.text, "iso3,v\nGHA,1.5\n");
        let wrapped = only(r#"{"meta":{"title":"T"},"data":{"GHA":1,"KEN":2,"TGO":3}}"#);
        assert_eq!(wrapped.text, "country,value\nGHA,1\nKEN,2\nTGO,3\n");
        assert_eq!(wrapped.place.path(3, "value", 1), "$.data.TGO");
        let columns = only(r#"{"value":{"GHA":1,"KEN":2,"TGO":3},"rank":{"GHA":3,"KEN":2,"TGO":1}}"#);
        assert_eq!(columns.text, "country,value,rank\nGHA,1,3\nKEN,2,2\nTGO,3,1\n");
        assert_eq!(table.about.title.as_deref(), Some("T"));
        assert_eq!(table.about.licence.as_deref(), Some("CC0"));
        assert_eq!(table.about.source.as_deref(), Some("S"));
    }
}
