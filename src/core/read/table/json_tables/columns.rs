//! Rows without keys: headings apart from the rows, headings as the first row, or a list for each column.

use super::place::FieldAt;
use super::sheet::JsonSheet;
use super::value::{child, member};
use super::{Json, JsonPlace, JsonTable, TableMetadata};
use std::borrow::Cow;
use std::collections::HashSet;

/// `{"columns":[…],"data":[[…]]}`, with an `index` as pandas writes it.
pub(super) fn split(object: &[(String, Json)], base: &str) -> Option<JsonTable> {
    let named = ["columns", "fields", "headers", "header"];
    let described = named.iter().find_map(|key| member(object, key)?.list())?;
    let headings: Vec<_> = described.iter().map(heading).collect();
    let (key, rows) = ["data", "rows", "values"]
        .iter()
        .find_map(|key| member(object, key)?.list().map(|rows| (key, rows)))
        .filter(|(_, rows)| rows.iter().any(|row| row.list().is_some()))?;
    let labels = member(object, "index").and_then(Json::list).filter(|labels| !is_counted(labels));
    let index = labels.map(|labels| Index { labels, base: format!("{base}.index") });
    write(&Lines { headings, rows, first: 0, index, base: format!("{base}{}", child(key)) })
}

/// Lists of fields, of which the first holds the headings.
pub(super) fn rows(list: &[Json], base: &str) -> Option<JsonTable> {
    if let [Json::Object(_), Json::List(records)] = list {
        return super::records::list(records, &format!("{base}[1]"));
    }
    let (first, rows) = list.split_first()?;
    let first = first.list()?;
    let is_heading = |cell: &Json| matches!(cell, Json::Text(_)) || cell.count().is_some();
    let headings: Vec<_> = first.iter().map(Json::cell).collect();
    let known: HashSet<_> = headings.iter().collect();
    let has_text = first.iter().any(|heading| heading.text().is_some());
    if !has_text || !first.iter().all(is_heading) || known.len() < headings.len() {
        return None;
    }
    write(&Lines { headings, rows, first: 1, index: None, base: base.to_owned() })
}

/// `{"a":[…],"b":[…]}`: columns of equal length.
pub(super) fn lists(object: &[(String, Json)], base: &str) -> Option<JsonTable> {
    let columns: Vec<_> = object.iter().map(|(_, value)| value.list()).collect::<Option<_>>()?;
    let length = columns.first()?.len();
    if !columns.iter().all(|column| column.len() == length && column.iter().all(Json::is_scalar)) {
        return None;
    }
    let mut sheet = JsonSheet::new(object.iter().map(|(key, _)| key.as_str()));
    for index in 0..length {
        sheet.row(columns.iter().map(|column| column.get(index).map(Json::cell).unwrap_or_default()));
    }
    if !sheet.is_plausible() {
        return None;
    }
    let fields = object.iter().map(|(key, _)| FieldAt::row(&format!("{base}{}", child(key)), "")).collect();
    let place = JsonPlace::Lists { base: base.to_owned(), rows: (0..length).collect(), fields };
    Some(sheet.table(place, TableMetadata::default(), 0))
}

struct Lines<'a> {
    headings: Vec<Cow<'a, str>>,
    rows: &'a [Json],
    /// The index of the first row in what holds it.
    first: usize,
    index: Option<Index<'a>>,
    base: String,
}

/// Labels of rows that stand apart from them.
struct Index<'a> {
    labels: &'a [Json],
    base: String,
}

/// Writes rows that are lists; others, and fields without a heading, are left out.
fn write(table: &Lines) -> Option<JsonTable> {
    let Lines { headings, rows, first, index, base } = table;
    let width = headings.len();
    let lead = index.as_ref().map(|_| "index");
    let mut sheet = JsonSheet::new(lead.into_iter().chain(headings.iter().map(AsRef::as_ref)));
    let (mut places, mut left_out) = (Vec::new(), 0);
    for (number, row) in rows.iter().enumerate() {
        let Some(cells) = row.list() else {
            left_out += 1;
            continue;
        };
        let label = index.as_ref().map(|index| index.labels.get(number).map(Json::cell).unwrap_or_default());
        let cells_of_row = (0..width).map(|column| cells.get(column).map(Json::cell).unwrap_or_default());
        sheet.row(label.into_iter().chain(cells_of_row));
        left_out += cells.len().saturating_sub(width);
        places.push(first + number);
    }
    if !sheet.is_plausible() {
        return None;
    }
    let label = index.as_ref().map(|index| FieldAt::row(&index.base, ""));
    let own = (0..width).map(|column| FieldAt::row(base, format!("[{column}]")));
    let fields = label.into_iter().chain(own).collect();
    let place = JsonPlace::Lists { base: base.clone(), rows: places, fields };
    Some(sheet.table(place, TableMetadata::default(), left_out))
}

/// A heading as text, as parts, or as the name in a description of the column.
fn heading(json: &Json) -> Cow<'_, str> {
    let named = json.object().and_then(|object| {
        ["name", "id", "code", "field", "title", "label", "text"].iter().find_map(|key| member(object, key))
    });
    named.unwrap_or(json).cell()
}

/// Whether labels only count the rows from nought.
fn is_counted(labels: &[Json]) -> bool {
    labels.iter().enumerate().all(|(number, label)| label.count() == Some(number))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{only, read};

    #[test]
    fn headings_apart_from_the_rows() {
        let table = only(
            r#"{"columns":["country","v"],"index":["r1","r2","r3"],
                "data":[["Ghana",1],["Kenya"],"x"]}"#,
        );
        assert_eq!(table.text, "index,country,v\nr1,Ghana,1\nr2,Kenya,\n");
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(2, "index", 0), "$.index[1]");
        assert_eq!(table.place.path(1, "v", 2), "$.data[0][1]");
        let table = only(r#"{"columns":[{"name":"iso3"},"v"],"index":[0],"rows":[["GHA",null,9]]}"#);
        assert_eq!((table.text.as_str(), table.left_out), ("iso3,v\nGHA,\n", 1));
        assert_eq!(table.place.path(1, "v", 1), "$.rows[0][1]");
    }

    #[test]
    fn a_list_for_each_column() {
        let table = only(r#"{"iso3":["GHA","KEN"],"v":[1,2.5]}"#);
        assert_eq!(table.text, "iso3,v\nGHA,1\nKEN,2.5\n");
        assert_eq!(table.place.path(2, "v", 1), "$.v[1]");
        assert!(read(r#"{"iso3":["GHA","KEN"],"v":[1]}"#).is_none());
        assert!(read(r#"{"keywords":["a","b"],"files":["c","d"]}"#).is_none());
    }

    #[test]
    fn headings_as_the_first_row() {
        let table = only(r#"[["Country",1990],["Ghana",1.5],["Kenya",null]]"#);
        assert_eq!(table.text, "Country,1990\nGhana,1.5\nKenya,\n");
        assert_eq!(table.place.path(1, "1990", 1), "$[1][1]");
        assert_eq!(only(r#"{"data":[["iso3","v"],["GHA",1]]}"#).place.path(1, "v", 1), "$.data[1][1]");
        assert!(read("[[1,2],[3,4]]").is_none());
        assert!(read(r#"{"data":[["GHA",null,1.5],["KEN","x",2]]}"#).is_none());
        let table = only(r#"{"fields":["iso3","v"],"data":[["GHA",1]]}"#);
        assert_eq!(table.text, "iso3,v\nGHA,1\n");
        assert!(read(r#"[["a","b"]]"#).is_none());
        assert!(read(r#"[{"a":1},[3]]"#).is_none());
    }
}
