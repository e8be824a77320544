//! Metadata in JSON: of Our World in Data, CSV on the Web, and data packages.

use super::{IndicatorMetadata, Json, TableMetadata};

/// Fields of which a column of Our World in Data has at least one.
const OWID_FIELDS: [&str; 6] =
    ["titleShort", "titleLong", "descriptionShort", "shortName", "citationShort", "owidVariableId"];

pub(super) fn read(json: &Json, table: &str) -> Option<TableMetadata> {
    owid(json).or_else(|| csvw(json)).or_else(|| package(json, table))
}

/// The first of the keys that says something.
fn first(json: &Json, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| json.said(key))
}

fn owid(json: &Json) -> Option<TableMetadata> {
    let columns = json.get("columns")?.object()?;
    let is_one = |column: &Json| OWID_FIELDS.iter().any(|key| column.get(key).is_some());
    if !columns.iter().any(|(_, column)| is_one(column)) {
        return None;
    }
    let indicators = columns.iter().filter(|(_, column)| column.object().is_some());
    let indicators = indicators.map(|(key, column)| IndicatorMetadata {
        id: key.clone(),
        title: first(column, &["titleShort", "titleLong"]),
        unit: first(column, &["unit", "shortUnit"]),
        description: first(column, &["descriptionShort", "descriptionFromProducer"]),
        source: first(column, &["citationShort", "citationLong"]),
        decimals: column.get("display").and_then(|display| decimals(display, &["numDecimalPlaces"])),
        ..IndicatorMetadata::default()
    });
    let chart = json.get("chart").unwrap_or(&Json::Null);
    Some(TableMetadata {
        title: chart.said("title"),
        description: chart.said("subtitle"),
        source: chart.said("citation"),
        url: chart.said("originalChartUrl"),
        updated: columns.iter().filter_map(|(_, column)| column.said("lastUpdated")).max(),
        indicators: indicators.collect(),
        ..TableMetadata::default()
    })
}

fn decimals(json: &Json, keys: &[&str]) -> Option<u8> {
    let count = keys.iter().find_map(|key| json.get(key)?.count())?;
    u8::try_from(count).ok()
}

/// CSV on the Web: of a table, or of the first of a group.
fn csvw(json: &Json) -> Option<TableMetadata> {
    let first_table = json.get("tables").and_then(|tables| tables.at(0));
    let table =
        [Some(json), first_table].into_iter().flatten().find(|table| table.get("tableSchema").is_some())?;
    let columns = table.get("tableSchema")?.get("columns")?.list()?;
    let indicators: Vec<_> = columns.iter().filter_map(csvw_column).collect();
    if indicators.is_empty() {
        return None;
    }
    let said = |keys: &[&str]| worded(table, keys).or_else(|| worded(json, keys));
    Some(TableMetadata {
        title: said(&["dc:title", "dcterms:title", "schema:name", "title"]),
        description: said(&["dc:description", "dcterms:description", "schema:description", "description"]),
        source: said(&[
            "dc:source",
            "dcterms:source",
            "dc:publisher",
            "dcterms:publisher",
            "schema:publisher",
        ]),
        url: said(&["dcat:landingPage", "schema:url"]),
        licence: said(&["dc:license", "dcterms:license", "schema:license"]),
        updated: said(&["dc:modified", "dcterms:modified", "schema:dateModified"]),
        indicators,
        ..TableMetadata::default()
    })
}

/// A column that stands in the file; its title is what the file has as heading.
fn csvw_column(column: &Json) -> Option<IndicatorMetadata> {
    if column.get("virtual") == Some(&Json::Bool(true)) {
        return None;
    }
    let heading = worded(column, &["titles"]);
    let name = column.said("name");
    Some(IndicatorMetadata {
        id: heading.clone().or_else(|| name.clone())?,
        title: worded(column, &["dc:title", "dcterms:title"]).or(heading).or(name),
        unit: worded(column, &["unit", "schema:unitText", "schema:unitCode", "qudt:unit"]),
        description: worded(
            column,
            &["dc:description", "dcterms:description", "schema:description", "description"],
        ),
        source: worded(column, &["dc:source", "dcterms:source"]),
        ..IndicatorMetadata::default()
    })
}

fn worded(json: &Json, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| words(json.get(key)?))
}

/// Text as linked data writes it: plain, as a value, by language, with a name or an address, or a list of these.
fn words(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::List(list) => list.iter().find_map(words),
        Json::Object(object) => {
            let known = worded(json, &["@value", "en", "schema:name", "foaf:name", "name", "title", "@id"]);
            known.or_else(|| {
                object.iter().find(|(key, _)| !key.starts_with('@')).and_then(|(_, inner)| words(inner))
            })
        }
        _ => None,
    }
}

/// What a data package says of the resource that is this table; if no resource has a path, of the first with fields.
fn package(json: &Json, table: &str) -> Option<TableMetadata> {
    let resources = json.get("resources")?.list()?;
    let is_table = |resource: &&Json| match resource.get("path") {
        Some(Json::List(paths)) => paths.iter().any(|path| is_path_of(path, table)),
        Some(path) => is_path_of(path, table),
        None => resources.iter().all(|resource| resource.get("path").is_none()),
    };
    let fields_of = |resource: &Json| Some(resource.get("schema")?.get("fields")?.list()?.to_vec());
    let (resource, fields) =
        resources.iter().filter(is_table).find_map(|resource| Some((resource, fields_of(resource)?)))?;
    // A title of the whole is not that of each of several tables.
    let titles = if resources.len() > 1 { [resource, json] } else { [json, resource] };
    let missing = resource.get("schema").and_then(|schema| schema.get("missingValues")?.list());
    let missing =
        missing.into_iter().flatten().map(|sign| sign.get("value").unwrap_or(sign).cell().into_owned());
    let indicators: Vec<_> = fields.iter().filter_map(field).collect();
    let held = |key: &str| [json, resource].iter().find_map(|holder| holder.get(key)?.at(0).cloned());
    let (source, licence) = (held("sources"), held("licenses"));
    Some(TableMetadata {
        title: titles.iter().find_map(|holder| holder.said("title")),
        description: titles.iter().find_map(|holder| holder.said("description")),
        source: source.and_then(|source| first(&source, &["title", "path"])),
        url: first(json, &["homepage"]),
        licence: licence.and_then(|licence| first(&licence, &["name", "title", "path"])),
        updated: first(json, &["updated", "last_updated", "modified"]),
        indicators,
        missing: missing.filter(|sign| !sign.trim().is_empty()).collect(),
        ..TableMetadata::default()
    })
}

/// Whether a path of a descriptor is that of a table, which may stand in any folder.
fn is_path_of(path: &Json, table: &str) -> bool {
    let Json::Text(path) = path else { return false };
    let path = path.trim_start_matches("./");
    table.strip_suffix(path).is_some_and(|folder| folder.is_empty() || folder.ends_with(['/', ':']))
}

fn field(field: &Json) -> Option<IndicatorMetadata> {
    let source = field.get("sources").and_then(|sources| sources.at(0));
    Some(IndicatorMetadata {
        id: field.said("name")?,
        title: field.said("title"),
        unit: field.said("unit"),
        description: field.said("description"),
        source: field.said("source").or_else(|| first(source?, &["title", "path"])),
        topic: first(field, &["topic", "category"]),
        decimals: decimals(field, &["decimals"]),
        ordered_categories: ordered(field).unwrap_or_default(),
    })
}

/// Categories, only if the field says that they are ordered.
fn ordered(field: &Json) -> Option<Vec<String>> {
    let constraints = field.get("constraints");
    let listed = constraints.and_then(|constraints| constraints.get("enum"));
    let holders = [Some(field), constraints];
    let is_said =
        |key: &str| holders.iter().flatten().any(|holder| holder.get(key) == Some(&Json::Bool(true)));
    if !is_said("ordered") && !is_said("categoriesOrdered") {
        return None;
    }
    let categories = field.get("categories").or(listed)?.list()?;
    let category = |json: &Json| json.get("value").unwrap_or(json).cell().into_owned();
    Some(categories.iter().map(category).collect())
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn chart_of_our_world_in_data() {
        let text = r#"{"chart":{"title":"T","subtitle":"S","citation":"C","originalChartUrl":"https://o"},
            "columns":{" Life expectancy":{"titleShort":"Life","descriptionShort":"D","unit":"","shortUnit":"y",
              "citationShort":"UN","lastUpdated":"2026-01-02","timespan":"1950-2023","display":{"numDecimalPlaces":1}},
              "b":{"titleLong":"B long","unit":"years","lastUpdated":"2025-01-01"},"c":null}}"#;
        let about = read("x.metadata.json", text, "").expect("metadata");
        assert_eq!(about.title.as_deref(), Some("T"));
        assert_eq!(about.url.as_deref(), Some("https://o"));
        assert_eq!(about.updated.as_deref(), Some("2026-01-02"));
        let [life, other] = about.indicators.as_slice() else { panic!("{about:?}") };
        assert_eq!((life.id.as_str(), life.unit.as_deref()), (" Life expectancy", Some("y")));
        assert_eq!((life.source.as_deref(), life.decimals), (Some("UN"), Some(1)));
        assert_eq!(other.title.as_deref(), Some("B long"));
    }

    #[test]
    fn csv_on_the_web() {
        let text = r#"{"@context":["http://www.w3.org/ns/csvw",{"@language":"en"}],"url":"t.csv","dc:title":"T",
            "dc:license":{"@id":"https://l"},"dc:source":[{"schema:name":"S"}],
            "tableSchema":{"columns":[{"name":"iso","titles":["ISO3","code"],"dc:description":{"@value":"Code"}},
              {"name":"v","titles":{"de":"Wert"},"unit":"km"},{"name":"w"},{"virtual":true,"name":"z"},7]}}"#;
        let about = read("t.csv-metadata.json", text, "").expect("metadata");
        assert_eq!((about.title.as_deref(), about.source.as_deref()), (Some("T"), Some("S")));
        assert_eq!(about.licence.as_deref(), Some("https://l"));
        let ids: Vec<_> = about.indicators.iter().map(|column| column.id.as_str()).collect();
        assert_eq!(ids, ["ISO3", "Wert", "w"]);
        assert_eq!(about.indicators[0].description.as_deref(), Some("Code"));
        let group = format!(r#"{{"tables":[{text}]}}"#);
        assert_eq!(read("x", &group, "").map(|about| about.indicators.len()), Some(3));
    }

    #[test]
    fn fields_of_a_data_package() {
        let text = r#"{"name":"p","title":"P","sources":[{"path":"https://s"}],"licenses":[{"name":"CC-BY-4.0"}],
            "resources":[{"name":"none"},{"schema":{"fields":[
              {"name":"a","title":"A","description":"D","unit":"%","constraints":{"enum":["low","high"],"ordered":true}},
              {"name":"b","constraints":{"enum":["x","y"]}},
              {"name":"c","categories":[{"value":1,"label":"l"},2],"categoriesOrdered":true},{"title":"no name"}]}}]}"#;
        let about = read("datapackage.json", text, "").expect("metadata");
        assert_eq!(
            (about.source.as_deref(), about.licence.as_deref()),
            (Some("https://s"), Some("CC-BY-4.0"))
        );
        let categories: Vec<_> =
            about.indicators.iter().map(|field| field.ordered_categories.join(" ")).collect();
        assert_eq!(categories, ["low high", "", "1 2"]);
        assert_eq!(about.indicators[0].unit.as_deref(), Some("%"));
    }

    #[test]
    fn other_json_is_none() {
        for text in [
            "{",
            "[]",
            "{}",
            r#"{"columns":["a"],"data":[[1]]}"#,
            r#"{"columns":{"a":{"0":1}}}"#,
            r#"{"resources":[7,{"schema":{"fields":7}}]}"#,
            r#"{"tableSchema":{"columns":[7]}}"#,
            r#"{"tables":[],"tableSchema":null}"#,
        ] {
            assert!(read("x.json", text, "").is_none(), "{text}");
        }
    }
}
