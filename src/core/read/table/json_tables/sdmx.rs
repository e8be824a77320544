//! SDMX-JSON, versions 1.0 and 2.0: observations whose keys are indices into the structure.

mod shared;

#[cfg(test)]
mod tests;

use super::place::FieldAt;
use super::sheet::{JsonSheet, by_label, label_heading};
use super::value::child;
use super::{ColumnRole, Json, JsonPlace, JsonTable, TableMetadata};
use shared::{SaidAttributes, SharedAttributes, UNITS};
use std::borrow::Cow;

/// Ids of the dimension of countries, the best first.
const COUNTRIES: [&str; 8] =
    ["REF_AREA", "GEO", "LOCATION", "REPORTING_COUNTRY", "REPORTER", "COUNTRY", "COU", "AREA"];
const EDITIONS: [&str; 3] = ["TIME_PERIOD", "TIME", "YEAR"];
const INDICATORS: [&str; 6] = ["INDICATOR", "SERIES", "MEASURE", "SUBJECT", "INDICATOR_CODE", "IND"];

pub(super) fn is_one(json: &Json) -> bool {
    let (_, holder) = holder(json);
    let has_structure = holder.get("structure").is_some() || holder.get("structures").is_some();
    has_structure && holder.get("dataSets").is_some_and(|sets| sets.list().is_some())
}

/// What holds the data sets: the whole, or its `data`.
fn holder(json: &Json) -> (&'static str, &Json) {
    match json.get("data") {
        Some(data) if data.get("dataSets").is_some() => ("$.data", data),
        _ => ("$", json),
    }
}

/// A table for each data set.
pub(super) fn read(json: &Json) -> Option<Vec<JsonTable>> {
    let (base, holder) = holder(json);
    let mut tables = Vec::new();
    for (index, set) in holder.get("dataSets")?.list()?.iter().enumerate() {
        if let Some(mut table) = data_set(json, holder, set, base, index) {
            table.name = format!("dataSets[{index}]");
            tables.push(table);
        }
    }
    if let [table] = tables.as_mut_slice() {
        table.name.clear();
    }
    (!tables.is_empty()).then_some(tables)
}

/// A dimension, a measure or an attribute.
struct Component<'a> {
    id: &'a str,
    /// Code and label of each value; `None` is one that cannot be read.
    values: Vec<Option<(Cow<'a, str>, Cow<'a, str>)>>,
    is_labelled: bool,
    path: String,
}

impl<'a> Component<'a> {
    fn of(json: &'a Json, path: String) -> Option<Self> {
        let id = json.get("id")?.text()?;
        let listed = json.get("values").and_then(Json::list).unwrap_or_default();
        let values: Vec<_> = listed.iter().map(coded).collect();
        let is_labelled = values.iter().flatten().any(|(code, label)| code != label);
        Some(Self { id, values, is_labelled, path })
    }

    /// What an index or the value itself stands for; `None` if there is no such value.
    fn cell(&self, json: &'a Json) -> Option<Cow<'a, str>> {
        match json {
            Json::Number(_) if !self.values.is_empty() => {
                let (code, label) = self.values.get(json.count()?)?.as_ref()?;
                Some(if self.id.eq_ignore_ascii_case("UNIT_MEASURE") { label.clone() } else { code.clone() })
            }
            Json::Object(_) => None,
            other => Some(other.cell()),
        }
    }
}

/// Code and label of a value.
fn coded(json: &Json) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    if json.object().is_none() {
        return (json.is_scalar() && *json != Json::Null).then(|| (json.cell(), json.cell()));
    }
    let part = |keys: &[&str]| {
        keys.iter().find_map(|key| json.get(key).filter(|part| part.is_scalar())).map(Json::cell)
    };
    let code = part(&["id", "value", "name"])?;
    let label = part(&["name"]).filter(|name| !name.is_empty()).unwrap_or_else(|| code.clone());
    Some((code, label))
}

/// The components of a level, such as those of a series; `None` if one of them cannot be read.
fn components<'a>(structure: &'a Json, base: &str, kind: &str, level: &str) -> Option<Vec<Component<'a>>> {
    let listed =
        structure.get(kind).and_then(|kinds| kinds.get(level)).and_then(Json::list).unwrap_or_default();
    let path = |index: usize| format!("{base}.{kind}.{level}[{index}]");
    listed.iter().enumerate().map(|(index, json)| Component::of(json, path(index))).collect()
}

struct Structure<'a> {
    /// Those that hold for the whole data set.
    fixed: Vec<Component<'a>>,
    series: Vec<Component<'a>>,
    observation: Vec<Component<'a>>,
    measures: Vec<Component<'a>>,
    attributes: Vec<Component<'a>>,
    shared: SharedAttributes<'a>,
}

impl<'a> Structure<'a> {
    fn of(json: &'a Json, base: &str) -> Option<Self> {
        let own = |kind, level| components(json, base, kind, level);
        let mut structure = Self {
            fixed: own("dimensions", "dataSet")?,
            series: own("dimensions", "series")?,
            observation: own("dimensions", "observation")?,
            measures: own("measures", "observation")?,
            attributes: own("attributes", "observation")?,
            shared: SharedAttributes::of(json, base)?,
        };
        if structure.measures.is_empty() {
            structure.measures.push(Component {
                id: "OBS_VALUE",
                values: Vec::new(),
                is_labelled: false,
                path: String::new(),
            });
        }
        let has_dimensions = structure.dimensions().next().is_some();
        has_dimensions.then_some(structure)
    }

    fn dimensions(&self) -> impl Iterator<Item = &Component<'a>> {
        self.fixed.iter().chain(&self.series).chain(&self.observation)
    }

    /// What stands in an observation: measures, then attributes.
    fn contents(&self) -> impl Iterator<Item = &Component<'a>> {
        self.measures.iter().chain(&self.attributes)
    }

    fn headings(&self) -> Vec<String> {
        let mut headings = Vec::new();
        for dimension in self.dimensions() {
            headings.push(dimension.id.to_owned());
            if dimension.is_labelled {
                headings.push(label_heading(dimension.id));
            }
        }
        headings.push("OBS_VALUE".to_owned());
        headings.extend(self.contents().skip(1).map(|content| content.id.to_owned()));
        headings.extend(self.shared.columns().map(|attribute| attribute.id.to_owned()));
        headings
    }
}

/// The fields of dimensions at the indices of a key such as `0:1:0`; `None` if an index is out of range.
fn at_key<'a>(dimensions: &[Component<'a>], key: &str) -> Option<Vec<Cow<'a, str>>> {
    let mut fields = Vec::with_capacity(dimensions.len() * 2);
    let mut indices = key.split(':');
    for dimension in dimensions {
        let (code, label) = dimension.values.get(indices.next()?.parse::<usize>().ok()?)?.as_ref()?;
        fields.push(code.clone());
        if dimension.is_labelled {
            fields.push(label.clone());
        }
    }
    let is_done = indices.next().is_none_or(|rest| dimensions.is_empty() && rest.is_empty());
    is_done.then_some(fields)
}

/// A table while it is written.
struct Writer<'a> {
    structure: Structure<'a>,
    sheet: JsonSheet,
    fixed: Vec<Cow<'a, str>>,
    said: SaidAttributes<'a>,
    outer: Vec<String>,
    rows: Vec<(usize, String)>,
    left_out: usize,
}

impl<'a> Writer<'a> {
    fn series(&mut self, key: &str, series: &'a Json) {
        let observations = series.get("observations").and_then(Json::object);
        let (Some(observations), Some(shared)) = (observations, at_key(&self.structure.series, key)) else {
            self.left_out += observations.map_or(1, <[_]>::len);
            return;
        };
        let steps = format!(".series{}.observations", child(key));
        let own = series.get("attributes").and_then(Json::list);
        self.observations(&steps, (key, &shared), own, observations);
    }

    /// The observations of a series, or of the whole with an empty key.
    fn observations(
        &mut self,
        steps: &str,
        (series, shared): (&str, &[Cow<'a, str>]),
        own_attributes: Option<&'a [Json]>,
        observations: &'a [(String, Json)],
    ) {
        self.outer.push(steps.to_owned());
        for (key, observation) in observations {
            let own = at_key(&self.structure.observation, key);
            let (Some(own), Some(contents)) = (own, self.contents(observation)) else {
                self.left_out += 1;
                continue;
            };
            let whole_key = if series.is_empty() { key } else { series };
            let attributes = self.structure.shared.cells(&self.said, own_attributes, whole_key);
            let cells = self.fixed.iter().chain(shared).cloned().chain(own).chain(contents);
            self.sheet.row(cells.chain(attributes));
            self.rows.push((self.outer.len() - 1, child(key)));
        }
    }

    /// The fields of an observation; those that a list does not reach are empty.
    fn contents(&self, observation: &'a Json) -> Option<Vec<Cow<'a, str>>> {
        let list = observation.list()?;
        let cell = |(place, content): (usize, &Component<'a>)| {
            list.get(place).map_or(Some(Cow::Borrowed("")), |json| content.cell(json))
        };
        self.structure.contents().enumerate().map(cell).collect()
    }
}

fn data_set(json: &Json, holder: &Json, set: &Json, base: &str, index: usize) -> Option<JsonTable> {
    let number = set.get("structure").and_then(Json::count).unwrap_or(0);
    let (described, path) = match holder.get("structures").and_then(|all| all.at(number)) {
        Some(described) => (described, format!("{base}.structures[{number}]")),
        None => (holder.get("structure")?, format!("{base}.structure")),
    };
    let structure = Structure::of(described, &path)?;
    let only = structure.fixed.iter().map(|_| "0").collect::<Vec<_>>().join(":");
    let fixed = at_key(&structure.fixed, &only)?;
    let sheet = JsonSheet::new(structure.headings());
    let said = SaidAttributes::of(set);
    let mut writer =
        Writer { structure, sheet, fixed, said, outer: Vec::new(), rows: Vec::new(), left_out: 0 };
    if let Some(series) = set.get("series").and_then(Json::object) {
        for (key, one) in series {
            writer.series(key, one);
        }
    } else if writer.structure.series.is_empty() {
        writer.observations(".observations", ("", &[]), None, set.get("observations")?.object()?);
    } else {
        return None;
    }
    let at = format!("{base}.dataSets[{index}]");
    let mut fields = Vec::new();
    for dimension in writer.structure.dimensions() {
        let place = FieldAt::Fixed(dimension.path.clone());
        fields.extend(std::iter::repeat_n(place, 1 + usize::from(dimension.is_labelled)));
    }
    let count = writer.structure.contents().count();
    fields.extend((0..count).map(|place| FieldAt::row(&at, format!("[{place}]"))));
    fields.extend(writer.structure.shared.columns().map(|one| FieldAt::Fixed(one.path.clone())));
    let about = about(json, described, &writer.structure);
    let place = JsonPlace::Keys { base: at, outer: writer.outer, rows: writer.rows, fields };
    Some(writer.sheet.table(place, about, writer.left_out))
}

fn about(json: &Json, described: &Json, structure: &Structure) -> TableMetadata {
    let head = json.get("header").or_else(|| json.get("meta"));
    TableMetadata {
        title: described.said("name"),
        description: described.said("description"),
        source: head.and_then(|head| head.get("sender")).and_then(|sender| sender.said("name")),
        updated: head.and_then(|head| head.said("prepared")),
        roles: roles(structure),
        ..TableMetadata::default()
    }
}

/// Roles by the ids that the standard's own guidelines give; other dimensions only beside one of countries.
fn roles(structure: &Structure) -> Vec<(String, ColumnRole)> {
    let first = |ids: &[&str]| {
        let is_id = |id: &str| structure.dimensions().any(|dimension| dimension.id.eq_ignore_ascii_case(id));
        ids.iter().find(|id| is_id(id)).map(|id| id.to_ascii_uppercase())
    };
    let (country, edition, indicator) = (first(&COUNTRIES), first(&EDITIONS), first(&INDICATORS));
    let mut roles = Vec::new();
    for dimension in structure.dimensions() {
        let id = Some(dimension.id.to_ascii_uppercase());
        let (code, label) = if id == country {
            (ColumnRole::CountryCode, ColumnRole::CountryName)
        } else if id == edition {
            (ColumnRole::Edition, ColumnRole::Ignored)
        } else if id == indicator {
            (ColumnRole::IndicatorCode, ColumnRole::IndicatorName)
        } else if country.is_some() {
            let values = dimension.values.iter().flatten();
            by_label(dimension.id, values.map(|(code, label)| (&**code, &**label)))
        } else {
            continue;
        };
        roles.push((dimension.id.to_owned(), code));
        roles.extend(dimension.is_labelled.then(|| (label_heading(dimension.id), label)));
    }
    roles.push(("OBS_VALUE".to_owned(), ColumnRole::Value));
    let has_status = structure.attributes.iter().any(|attribute| attribute.id == "OBS_STATUS");
    roles.extend(has_status.then(|| ("OBS_STATUS".to_owned(), ColumnRole::Status)));
    let own_units = structure.attributes.iter().filter(|attribute| UNITS.contains(&attribute.id));
    roles.extend(
        own_units.chain(structure.shared.columns()).map(|unit| (unit.id.to_owned(), ColumnRole::Unit)),
    );
    roles
}
