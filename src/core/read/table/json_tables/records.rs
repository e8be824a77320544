//! Lists of objects, a record each: nested objects become headings with dots.

use super::place::FieldAt;
use super::sheet::{JsonSheet, is_of_size};
use super::value::{child, member};
use super::{Json, JsonPlace, JsonTable, TableMetadata};
use std::borrow::Cow;
use std::collections::HashMap;

/// A record: fields that stand before it, those of what holds it, and its own.
pub(super) struct JsonRecord<'a> {
    pub lead: Option<Cow<'a, str>>,
    pub outer: &'a [(String, Json)],
    pub inner: &'a [(String, Json)],
}

/// Records as a table, and the steps to the columns of each part.
pub(super) struct Flattened {
    pub sheet: JsonSheet,
    pub outer: Vec<String>,
    pub inner: Vec<String>,
    /// Fields whose key had come before in the same object.
    pub left_out: usize,
}

/// Columns in order of appearance, by the steps that lead to them.
#[derive(Default)]
struct Columns {
    headings: Vec<String>,
    steps: Vec<String>,
    /// Whether a column holds anything but null.
    filled: Vec<bool>,
    by_steps: HashMap<String, usize>,
}

impl Columns {
    fn note(&mut self, heading: &str, steps: &str, value: &Json) {
        let index = self.by_steps.get(steps).copied().unwrap_or_else(|| {
            self.by_steps.insert(steps.to_owned(), self.steps.len());
            self.headings.push(heading.to_owned());
            self.steps.push(steps.to_owned());
            self.filled.push(false);
            self.steps.len() - 1
        });
        if let Some(filled) = self.filled.get_mut(index) {
            *filled |= !matches!(value, Json::Null);
        }
    }

    /// Without columns that are null wherever they are not an object with columns of its own.
    fn settled(self) -> Self {
        let mut kept = Self::default();
        for (index, steps) in self.steps.iter().enumerate() {
            let is_filled = self.filled.get(index) == Some(&true);
            let is_split = || {
                self.steps.iter().any(|other| {
                    other.strip_prefix(steps.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
                })
            };
            if is_filled || !is_split() {
                kept.by_steps.insert(steps.clone(), kept.steps.len());
                kept.headings.extend(self.headings.get(index).cloned());
                kept.steps.push(steps.clone());
            }
        }
        kept
    }

    /// Where the Global Health Observatory has no number, the text beside it is the answer: `NumericValue` and `Value`.
    fn complete(&self, offset: usize, row: &mut [Option<Cow<'_, str>>]) {
        let [number, text] = [".NumericValue", ".Value"].map(|steps| self.by_steps.get(steps));
        let (Some(number), Some(text)) = (number, text) else { return };
        let printed = row.get(offset + text).cloned().flatten();
        if let Some(field) = row.get_mut(offset + number)
            && field.as_ref().is_none_or(|field| field.is_empty())
        {
            *field = printed;
        }
    }

    /// Puts the fields of an object into a row, and counts those whose key had come before.
    fn fill<'a>(
        &self,
        object: &'a [(String, Json)],
        offset: usize,
        row: &mut [Option<Cow<'a, str>>],
    ) -> usize {
        let mut twice = 0;
        walk(object, "", "", &mut |_, steps, value| {
            let Some(column) = self.by_steps.get(steps) else {
                return;
            };
            match row.get_mut(offset + column) {
                Some(Some(_)) => twice += 1,
                Some(field) => *field = Some(value.cell()),
                None => {}
            }
        });
        twice
    }
}

/// Visits what an object holds with heading and steps; objects in it are gone through, lists are not.
fn walk<'a>(
    object: &'a [(String, Json)],
    above: &str,
    steps: &str,
    visit: &mut impl FnMut(&str, &str, &'a Json),
) {
    for (key, value) in object {
        let heading =
            if steps.is_empty() { Cow::Borrowed(key.as_str()) } else { format!("{above}.{key}").into() };
        let steps = format!("{steps}{}", child(key));
        match value {
            Json::Object(inner) if inner.is_empty() => visit(&heading, &steps, &Json::Null),
            Json::Object(inner) => walk(inner, &heading, &steps, visit),
            _ => visit(&heading, &steps, value),
        }
    }
}

/// A heading made of steps, of which the one that is a year stands last, as headings of editions do: `scores.2020.gdp`
/// is `scores.gdp.2020`.
fn year_last(heading: &str) -> String {
    let is_year = |step: &&str| {
        step.len() == 4 && step.starts_with(['1', '2']) && step.bytes().all(|b| b.is_ascii_digit())
    };
    let steps: Vec<&str> = heading.split('.').collect();
    let (years, others): (Vec<&str>, Vec<&str>) = steps.iter().copied().partition(|step| is_year(step));
    if years.len() == 1 && !others.is_empty() {
        [others, years].concat().join(".")
    } else {
        heading.to_owned()
    }
}

/// Writes records with the union of their keys; `lead` is the heading of the field before them. `None` if that would be
/// too many fields.
pub(super) fn flatten(lead: Option<&str>, records: &[JsonRecord]) -> Option<Flattened> {
    let (mut outer, mut inner) = (Columns::default(), Columns::default());
    let mut outer_before: &[(String, Json)] = &[];
    for record in records {
        if !std::ptr::eq(outer_before, record.outer) {
            outer_before = record.outer;
            walk(record.outer, "", "", &mut |heading, steps, value| {
                outer.note(heading, steps, value);
            });
        }
        walk(record.inner, "", "", &mut |heading, steps, value| {
            inner.note(heading, steps, value);
        });
    }
    let (outer, inner) = (outer.settled(), inner.settled());
    if !is_of_size(outer.steps.len() + inner.steps.len(), records.len()) {
        return None;
    }
    let headings = outer.headings.iter().chain(&inner.headings).map(|heading| year_last(heading));
    let mut sheet = JsonSheet::new(lead.map(str::to_owned).into_iter().chain(headings));
    let mut left_out = 0;
    for record in records {
        let mut row = vec![None; outer.steps.len() + inner.steps.len()];
        left_out += outer.fill(record.outer, 0, &mut row);
        left_out += inner.fill(record.inner, outer.steps.len(), &mut row);
        inner.complete(outer.steps.len(), &mut row);
        let first = lead.map(|_| record.lead.clone().unwrap_or_default());
        sheet.row(first.into_iter().chain(row.into_iter().map(Option::unwrap_or_default)));
    }
    Some(Flattened { sheet, outer: outer.steps, inner: inner.steps, left_out })
}

/// A list of objects, if it looks like figures.
pub(super) fn list(list: &[Json], base: &str) -> Option<JsonTable> {
    read(list, base, JsonSheet::is_plausible)
}

/// A list of objects, if it names countries.
pub(super) fn of_countries(list: &[Json], base: &str) -> Option<JsonTable> {
    read(list, base, JsonSheet::names_countries)
}

fn read(list: &[Json], base: &str, is_wanted: fn(&JsonSheet) -> bool) -> Option<JsonTable> {
    let mut rows = Vec::new();
    let mut records = Vec::new();
    for (index, item) in list.iter().enumerate() {
        if let Some(inner) = item.object() {
            rows.push(index);
            records.push(JsonRecord { lead: None, outer: &[], inner });
        }
    }
    let flattened = flatten(None, &records)?;
    if !is_wanted(&flattened.sheet) {
        return None;
    }
    let fields = flattened.inner.into_iter().map(|steps| FieldAt::row(base, steps)).collect();
    let left_out = flattened.left_out + (list.len() - rows.len());
    let place = JsonPlace::Lists { base: base.to_owned(), rows, fields };
    Some(flattened.sheet.table(place, TableMetadata::default(), left_out))
}

pub(super) fn is_geojson(json: &Json) -> bool {
    json.get("type").and_then(Json::text) == Some("FeatureCollection")
}

/// The properties of features, with their `id` unless a property has that name.
pub(super) fn geojson(json: &Json) -> Option<Vec<JsonTable>> {
    let features = json.get("features")?.list()?;
    let mut rows = Vec::new();
    let mut records = Vec::new();
    for (index, feature) in features.iter().enumerate() {
        if let Some(inner) = feature.get("properties").and_then(Json::object) {
            let lead = feature.get("id").filter(|id| id.is_scalar()).map(Json::cell);
            rows.push(index);
            records.push(JsonRecord { lead, outer: &[], inner });
        }
    }
    let is_shown = records.iter().any(|record| record.lead.is_some())
        && !records.iter().any(|record| member(record.inner, "id").is_some());
    let flattened = flatten(is_shown.then_some("id"), &records)?;
    if flattened.inner.is_empty() {
        return None;
    }
    let base = "$.features";
    let id = is_shown.then(|| FieldAt::row(base, ".id"));
    let properties =
        flattened.inner.into_iter().map(|steps| FieldAt::row(base, format!(".properties{steps}")));
    let fields = id.into_iter().chain(properties).collect();
    let left_out = flattened.left_out + (features.len() - rows.len());
    let about = TableMetadata { title: json.said("name"), ..TableMetadata::default() };
    let place = JsonPlace::Lists { base: base.to_owned(), rows, fields };
    Some(vec![flattened.sheet.table(place, about, left_out)])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{only, read};

    #[test]
    fn records_with_nested_objects_and_keys_that_are_absent() {
        let table = only(
            r#"[{"country":{"id":"GH","value":"Ghana"},"v":1.5,"tags":["a","b"]},
                7,
                {"country":{"id":"KE"},"v":null,"a.b":"x, y"},
                {"country":null,"v":2,"v":3,"e":{}}]"#,
        );
        assert_eq!(
            table.text,
            "country.id,country.value,v,tags,a.b,e\nGH,Ghana,1.5,a; b,,\nKE,,,,\"x, y\",\n,,2,,,\n"
        );
        assert_eq!(table.left_out, 2);
        assert_eq!(table.place.path(2, "country.id", 0), "$[2].country.id");
        assert_eq!(table.place.path(2, "a.b", 4), "$[2][\"a.b\"]");
        assert_eq!(table.place.path(0, "v", 2), "$");
    }

    #[test]
    fn a_text_of_the_health_observatory_is_the_answer_where_it_has_no_number() {
        let table = only(
            r#"{"value":[{"SpatialDim":"KEN","Value":"Yes","NumericValue":null},
                {"SpatialDim":"PER","Value":"31 [20-40]","NumericValue":31.2}]}"#,
        );
        assert_eq!(table.text, "SpatialDim,Value,NumericValue\nKEN,Yes,Yes\nPER,31 [20-40],31.2\n");
    }

    #[test]
    fn a_year_among_the_steps_stands_last_in_the_heading() {
        let table = only(r#"[{"code":"GHA","scores":{"2020":{"a":1},"2021":{"a":2}}},{"code":"KEN"}]"#);
        assert_eq!(table.text, "code,scores.a.2020,scores.a.2021\nGHA,1,2\nKEN,,\n");
        assert_eq!(table.place.path(1, "scores.a.2021", 2), "$[0].scores[\"2021\"].a");
        let table = only(r#"{"GHA":{"2020":{"gdp":1}},"KEN":{"2020":{"gdp":2}},"TGO":{"2020":{"gdp":3}}}"#);
        assert_eq!(table.text, "country,gdp.2020\nGHA,1\nKEN,2\nTGO,3\n");
    }

    #[test]
    fn records_under_a_data_key() {
        let text =
            r#"{"@odata.context":"x","value":[{"SpatialDim":"GHA","TimeDim":2019,"NumericValue":3.25}]}"#;
        let table = only(text);
        assert_eq!(table.text, "SpatialDim,TimeDim,NumericValue\nGHA,2019,3.25\n");
        assert_eq!(table.place.path(1, "NumericValue", 2), "$.value[0].NumericValue");
        assert_eq!(only(r#"{"n":1,"results":[{"name":"Ghana","score":3}]}"#).text, "name,score\nGhana,3\n");
    }

    #[test]
    fn features_without_their_geometry() {
        let table = only(
            r#"{"type":"FeatureCollection","features":[
                {"type":"Feature","id":"GHA","geometry":{"type":"Point","coordinates":[0,1]},
                 "properties":{"name":"Ghana","v":2}},
                {"type":"Feature","properties":null},
                {"type":"Feature","id":7,"properties":{"name":"Kenya"}}]}"#,
        );
        assert_eq!(table.text, "id,name,v\nGHA,Ghana,2\n7,Kenya,\n");
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(2, "id", 0), "$.features[2].id");
        assert_eq!(table.place.path(1, "v", 2), "$.features[0].properties.v");
        let own = r#"{"type":"FeatureCollection","features":[{"id":"a","properties":{"id":"GHA","v":1}}]}"#;
        assert_eq!(only(own).text, "id,v\nGHA,1\n");
        assert!(read(r#"{"type":"FeatureCollection","features":[]}"#).is_none());
        assert!(read(r#"{"type":"FeatureCollection"}"#).is_none());
    }
}
