//! One indicator of Our World in Data's interface: values, years and numbers of entities, whose names stand beside it.

use super::place::FieldAt;
use super::sheet::JsonSheet;
use super::{ColumnRole, IndicatorMetadata, Json, JsonPlace, JsonTable, TableMetadata};
use std::borrow::Cow;
use std::collections::HashMap;

/// What to do when the names of the entities are not there.
const LACKS: &str = "its entities are numbers, whose names stand in the metadata of the same indicator: put the file that \
                     ends in .metadata.json beside it";

pub(super) fn is_one(json: &Json) -> bool {
    lists(json).is_some_and(|[values, years, entities]| {
        values.len() == years.len()
            && values.len() == entities.len()
            && entities.iter().all(|entity| entity.count().is_some())
            && json.object().is_some_and(|object| object.len() == 3)
    })
}

fn lists(json: &Json) -> Option<[&[Json]; 3]> {
    Some([json.get("values")?.list()?, json.get("years")?.list()?, json.get("entities")?.list()?])
}

/// The table, with the names that one of the texts beside it gives; entities without a name keep their number.
pub(super) fn read<'b>(json: &Json, beside: impl Iterator<Item = &'b str>) -> Option<Vec<JsonTable>> {
    let [values, years, entities] = lists(json)?;
    let metadata = beside.filter_map(Json::parse).find(|metadata| names(metadata).is_some());
    let known = metadata.as_ref().and_then(names).unwrap_or_default();
    let title = metadata.as_ref().and_then(|metadata| metadata.said("name"));
    let value_heading = title.clone().unwrap_or_else(|| "value".to_owned());
    let headings = ["entity", "code", "year", &value_heading];
    let roles = [ColumnRole::CountryName, ColumnRole::CountryCode, ColumnRole::Edition];
    let mut sheet = JsonSheet::new(headings);
    for ((value, year), entity) in values.iter().zip(years).zip(entities) {
        let id = entity.cell();
        let known = known.get(&*id);
        let name = known.map_or(&*id, |entity| &entity.name);
        let code = known.map_or("", |entity| &entity.code);
        sheet.row([Cow::Borrowed(name), Cow::Borrowed(code), year.cell(), value.cell()]);
    }
    let fields = ["$.entities", "$.entities", "$.years", "$.values"].map(|list| FieldAt::row(list, ""));
    let place =
        JsonPlace::Lists { base: "$".to_owned(), rows: (0..values.len()).collect(), fields: fields.into() };
    let about = TableMetadata {
        roles: headings.iter().zip(roles).map(|(heading, role)| ((*heading).to_owned(), role)).collect(),
        ..metadata.as_ref().map(|metadata| said(metadata, &value_heading)).unwrap_or_default()
    };
    let lacks = metadata.is_none().then_some(LACKS);
    Some(vec![JsonTable { lacks, ..sheet.table(place, about, 0) }])
}

struct Entity {
    name: String,
    /// Empty if it has none.
    code: String,
}

/// The entities by their numbers.
fn names(metadata: &Json) -> Option<HashMap<String, Entity>> {
    let listed = metadata.get("dimensions")?.get("entities")?.get("values")?.list()?;
    let named = listed.iter().filter_map(|entity| {
        let code = entity.said("code").unwrap_or_default();
        Some((entity.said("id")?, Entity { name: entity.said("name")?, code }))
    });
    Some(named.collect())
}

/// What the metadata says of the indicator.
fn said(metadata: &Json, heading: &str) -> TableMetadata {
    let origin = metadata.get("origins").and_then(|origins| origins.at(0));
    let source = || origin?.said("citationFull").or_else(|| origin?.said("producer"));
    let display = metadata.get("display");
    let first = |keys: &[&str]| keys.iter().find_map(|key| metadata.said(key));
    let source = source().or_else(|| metadata.get("source")?.said("name"));
    let indicator = IndicatorMetadata {
        id: heading.to_owned(),
        title: display.and_then(|display| display.said("name")).or_else(|| metadata.said("name")),
        unit: first(&["unit", "shortUnit"]),
        description: first(&["descriptionShort", "description"]),
        source: source.clone(),
        decimals: display.and_then(|display| u8::try_from(display.get("numDecimalPlaces")?.count()?).ok()),
        ..IndicatorMetadata::default()
    };
    TableMetadata {
        title: first(&["datasetName", "name"]),
        source,
        licence: origin.and_then(|origin| origin.get("license")?.said("name")),
        updated: metadata.said("updatedAt"),
        indicators: vec![indicator],
        ..TableMetadata::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const DATA: &str = r#"{"values":[12.5,null,7],"years":[2019,2020,2019],"entities":[15,15,200]}"#;

    #[test]
    fn names_of_entities_come_from_beside() {
        let beside = r#"{"name":"Share of X","unit":"%","display":{"name":"X","numDecimalPlaces":1},"dimensions":
            {"years":{"values":[{"id":2019}]},"entities":{"values":[{"id":15,"name":"Ghana","code":"GHA"},
            {"id":200,"name":"Asia","code":null}]}}}"#;
        let table = read(DATA, std::iter::once(beside)).expect("a table").remove(0);
        assert_eq!(
            table.text,
            "entity,code,year,Share of X\nGhana,GHA,2019,12.5\nGhana,GHA,2020,\nAsia,,2019,7\n"
        );
        assert_eq!(table.place.path(3, "Share of X", 3), "$.values[2]");
        let indicator = &table.about.indicators[0];
        assert_eq!((indicator.title.as_deref(), indicator.unit.as_deref()), (Some("X"), Some("%")));
        assert_eq!((indicator.decimals, table.lacks), (Some(1), None));
    }

    #[test]
    fn without_names_it_says_what_is_lacking() {
        let table = read(DATA, std::iter::empty()).expect("a table").remove(0);
        assert!(table.text.contains("15,,2019,12.5"));
        assert!(table.lacks.is_some());
    }
}
