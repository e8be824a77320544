//! JSON-stat: datasets and collections of version 2, bundles of version 1.

mod cells;
#[cfg(test)]
mod tests;

use super::place::FieldAt;
use super::sheet::{JsonSheet, by_label, is_most, label_heading};
use super::value::child;
use super::{ColumnRole, IndicatorMetadata, Json, JsonPlace, JsonTable, TableMetadata};
use cells::Cells;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// More cells than a file can hold that is read at once.
const MOST_CELLS: usize = 50_000_000;

pub(super) fn is_one(json: &Json) -> bool {
    is_dataset(json) || is_collection(json) || is_bundle(json)
}

fn is_dataset(json: &Json) -> bool {
    let parts = |holder: &Json| {
        ["id", "size"].iter().all(|key| holder.get(key).is_some_and(|part| part.list().is_some()))
    };
    json.get("dimension").is_some_and(|dimension| parts(json) || parts(dimension))
}

fn is_collection(json: &Json) -> bool {
    let class = json.get("class").and_then(Json::text);
    class == Some("collection") && json.get("link").is_some_and(|link| link.get("item").is_some())
}

fn is_bundle(json: &Json) -> bool {
    let object = json.object().unwrap_or_default();
    is_most(object.iter().filter(|(_, value)| is_dataset(value)).count(), object.len())
}

/// A table for each dataset that is in the text itself.
pub(super) fn read(json: &Json) -> Option<Vec<JsonTable>> {
    let mut tables = Vec::new();
    collect(json, "$", "", &mut tables);
    if let [table] = tables.as_mut_slice() {
        table.name.clear();
    }
    (!tables.is_empty()).then_some(tables)
}

fn collect(json: &Json, base: &str, key: &str, tables: &mut Vec<JsonTable>) {
    if is_dataset(json) {
        if let Some(mut table) = dataset(json, base) {
            table.name = table.about.title.clone().unwrap_or_else(|| key.to_owned());
            tables.push(table);
        }
    } else if is_collection(json) {
        let items =
            json.get("link").and_then(|link| link.get("item")).and_then(Json::list).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            collect(item, &format!("{base}.link.item[{index}]"), &index.to_string(), tables);
        }
    } else if is_bundle(json) {
        for (key, value) in json.object().unwrap_or_default() {
            collect(value, &format!("{base}{}", child(key)), key, tables);
        }
    }
}

struct Dimension<'a> {
    id: &'a str,
    size: usize,
    /// Code and label of each category; an index that no category has is `None`.
    categories: Vec<Option<(&'a str, &'a str)>>,
    /// Whether a label differs from its code.
    is_labelled: bool,
    category: Option<&'a Json>,
}

fn dimensions(json: &Json) -> Option<Vec<Dimension<'_>>> {
    let described = json.get("dimension")?;
    let holder = if json.get("id").is_some_and(|ids| ids.list().is_some()) { json } else { described };
    let (ids, sizes) = (holder.get("id")?.list()?, holder.get("size")?.list()?);
    if ids.is_empty() || ids.len() != sizes.len() {
        return None;
    }
    ids.iter().zip(sizes).map(|(id, size)| dimension(id.text()?, size.count()?, described)).collect()
}

fn dimension<'a>(id: &'a str, size: usize, described: &'a Json) -> Option<Dimension<'a>> {
    let category = described.get(id).and_then(|dimension| dimension.get("category"));
    let label_of =
        category.and_then(|category| category.get("label")).and_then(Json::object).unwrap_or_default();
    let labels: HashMap<&str, &str> =
        label_of.iter().filter_map(|(code, label)| Some((code.as_str(), label.text()?))).collect();
    let mut categories = Vec::new();
    let mut put = |place: usize, code: &'a str, most: usize| {
        if place < most.min(size) {
            if categories.len() <= place {
                categories.resize(place + 1, None);
            }
            if let Some(free @ None) = categories.get_mut(place) {
                *free = Some((code, labels.get(code).copied().unwrap_or(code)));
            }
        }
    };
    match category.and_then(|category| category.get("index")) {
        Some(Json::List(codes)) => {
            codes.iter().enumerate().for_each(|(place, code)| {
                if let Some(code) = code.text() {
                    put(place, code, codes.len());
                }
            });
        }
        Some(Json::Object(places)) => {
            for (code, place) in places {
                if let Some(place) = place.count() {
                    put(place, code, places.len());
                }
            }
        }
        _ => label_of.iter().take(1).for_each(|(code, _)| put(0, code, 1)),
    }
    let is_labelled = categories.iter().flatten().any(|(code, label)| code != label);
    (size > 0).then_some(Dimension { id, size, categories, is_labelled, category })
}

fn dataset(json: &Json, base: &str) -> Option<JsonTable> {
    let dimensions = dimensions(json)?;
    let total = dimensions.iter().try_fold(1_usize, |total, dimension| total.checked_mul(dimension.size))?;
    if total > MOST_CELLS {
        return None;
    }
    let (values, mut left_out) = Cells::of(json.get("value"), total);
    let (status, out_of_range) = Cells::of_status(json.get("status"), total);
    left_out += out_of_range;
    let observed: Vec<usize> = match (&values, &status) {
        (Cells::Dense(list), _) => (0..list.len().min(total)).collect(),
        (Cells::Sparse(sparse), Cells::Sparse(more)) => {
            sparse.keys().chain(more.keys()).copied().collect::<BTreeSet<_>>().into_iter().collect()
        }
        (Cells::Sparse(sparse), Cells::Dense(list)) => {
            let given = list.iter().take(total).enumerate().filter(|(_, status)| **status != Json::Null);
            let places = sparse.keys().copied().chain(given.map(|(place, _)| place));
            places.collect::<BTreeSet<_>>().into_iter().collect()
        }
        (Cells::Sparse(sparse), _) => sparse.keys().copied().collect::<BTreeSet<_>>().into_iter().collect(),
        _ => return None,
    };
    if matches!(values, Cells::Dense(_)) {
        left_out += total - observed.len();
    }
    let mut sheet = JsonSheet::new(headings(&dimensions, status.is_some()));
    let mut rows = Vec::new();
    for place in observed {
        let value = values.get(place).unwrap_or(&Json::Null);
        let Some(mut row) = categories_at(&dimensions, place).filter(|_| value.is_scalar()) else {
            left_out += 1;
            continue;
        };
        row.push(value.cell());
        if status.is_some() {
            row.push(status.get(place).map(Json::cell).unwrap_or_default());
        }
        sheet.row(row);
        rows.push(place);
    }
    let about = about(json, &dimensions, status.is_some());
    let is_dense = matches!(values, Cells::Dense(_));
    Some(sheet.table(place(base, &dimensions, rows, is_dense, &status), about, left_out))
}

fn headings(dimensions: &[Dimension], has_status: bool) -> Vec<String> {
    let mut headings = Vec::new();
    for dimension in dimensions {
        headings.push(dimension.id.to_owned());
        if dimension.is_labelled {
            headings.push(label_heading(dimension.id));
        }
    }
    headings.push("value".to_owned());
    if has_status {
        headings.push("status".to_owned());
    }
    headings
}

/// Codes and labels of the cell at a place in row-major order; `None` if a category is not described.
fn categories_at<'a>(dimensions: &[Dimension<'a>], place: usize) -> Option<Vec<Cow<'a, str>>> {
    let mut left = place;
    let mut fields = Vec::with_capacity(dimensions.len() * 2 + 2);
    for dimension in dimensions.iter().rev() {
        let (code, label) = (*dimension.categories.get(left % dimension.size)?)?;
        left /= dimension.size;
        if dimension.is_labelled {
            fields.push(Cow::Borrowed(label));
        }
        fields.push(Cow::Borrowed(code));
    }
    fields.reverse();
    Some(fields)
}

fn place(
    base: &str,
    dimensions: &[Dimension],
    rows: Vec<usize>,
    is_dense: bool,
    status: &Cells,
) -> JsonPlace {
    let mut fields = Vec::new();
    for dimension in dimensions {
        let at = FieldAt::Fixed(format!("{base}.dimension{}.category", child(dimension.id)));
        fields.extend(std::iter::repeat_n(at, 1 + usize::from(dimension.is_labelled)));
    }
    let value = format!("{base}.value");
    fields.push(FieldAt::row(&value, ""));
    let status_base = format!("{base}.status");
    match (status, is_dense) {
        (Cells::Dense(_), true) | (Cells::Sparse(_), false) => fields.push(FieldAt::row(&status_base, "")),
        // The steps of the record are those of its value, which is written otherwise: the whole is named.
        _ => fields.push(FieldAt::Fixed(status_base)),
    }
    if is_dense {
        JsonPlace::Lists { base: value, rows, fields }
    } else {
        let rows = rows.into_iter().map(|row| (0, child(&row.to_string()))).collect();
        JsonPlace::Keys { base: value, outer: Vec::new(), rows, fields }
    }
}

fn about(json: &Json, dimensions: &[Dimension], has_status: bool) -> TableMetadata {
    let note = json.get("note").map(|note| note.cell().trim().to_owned()).filter(|note| !note.is_empty());
    TableMetadata {
        title: json.said("label"),
        description: note,
        source: json.said("source"),
        url: json.said("href"),
        updated: json.said("updated"),
        indicators: indicators(json, dimensions),
        roles: roles(json, dimensions, has_status),
        ..TableMetadata::default()
    }
}

/// The dimensions that have a role.
fn with_role<'a>(json: &'a Json, role: &str) -> Vec<&'a str> {
    let roles = json.get("role").or_else(|| json.get("dimension")?.get("role"));
    let ids = roles.and_then(|roles| roles.get(role)).and_then(Json::list).unwrap_or_default();
    ids.iter().filter_map(Json::text).collect()
}

/// Roles as stated; with two dimensions of places, which of them is meant is not.
fn roles(json: &Json, dimensions: &[Dimension], has_status: bool) -> Vec<(String, ColumnRole)> {
    let (geo, time, metric) = (with_role(json, "geo"), with_role(json, "time"), with_role(json, "metric"));
    let mut roles = Vec::new();
    for dimension in dimensions {
        let is_in = |ids: &[&str]| ids.len() == 1 && ids.contains(&dimension.id);
        let (code, label) = if is_in(&geo) {
            (ColumnRole::CountryCode, ColumnRole::CountryName)
        } else if is_in(&time) {
            (ColumnRole::Edition, ColumnRole::Ignored)
        } else if is_in(&metric) {
            (ColumnRole::IndicatorCode, ColumnRole::IndicatorName)
        } else if geo.len() == 1 && !time.contains(&dimension.id) {
            by_label(dimension.id, dimension.categories.iter().flatten().copied())
        } else {
            continue;
        };
        roles.push((dimension.id.to_owned(), code));
        roles.extend(dimension.is_labelled.then(|| (label_heading(dimension.id), label)));
    }
    roles.push(("value".to_owned(), ColumnRole::Value));
    if has_status {
        roles.push(("status".to_owned(), ColumnRole::Status));
    }
    roles
}

/// What is said of the categories of the metric dimension, or of any that has units.
fn indicators(json: &Json, dimensions: &[Dimension]) -> Vec<IndicatorMetadata> {
    let metric = with_role(json, "metric");
    let mut indicators = Vec::new();
    for dimension in dimensions {
        let is_metric = metric.contains(&dimension.id);
        let units = dimension.category.and_then(|category| category.get("unit"));
        for (code, label) in dimension.categories.iter().flatten() {
            let unit = units.and_then(|units| units.get(code));
            if is_metric || unit.is_some() {
                let decimals = unit.and_then(|unit| unit.get("decimals")).and_then(Json::count);
                indicators.push(IndicatorMetadata {
                    id: (*code).to_owned(),
                    title: Some((*label).to_owned()),
                    unit: unit.and_then(|unit| {
                        ["label", "unit", "symbol", "base"].iter().find_map(|key| unit.said(key))
                    }),
                    decimals: decimals.and_then(|decimals| u8::try_from(decimals).ok()),
                    ..IndicatorMetadata::default()
                });
            }
        }
    }
    indicators
}
