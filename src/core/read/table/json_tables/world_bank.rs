//! Answers of the World Bank's interface, version 2: `[meta, rows]`.

use super::place::FieldAt;
use super::sheet::JsonSheet;
use super::{ColumnRole, IndicatorMetadata, Json, JsonPlace, JsonTable, TableMetadata, records};
use std::borrow::Cow;
use std::collections::HashSet;

/// Headings, the steps to their fields, and their roles.
const COLUMNS: [(&str, &str, ColumnRole); 8] = [
    ("country iso3", ".countryiso3code", ColumnRole::CountryCode),
    ("country", ".country.value", ColumnRole::CountryName),
    ("indicator id", ".indicator.id", ColumnRole::IndicatorCode),
    ("indicator", ".indicator.value", ColumnRole::IndicatorName),
    ("date", ".date", ColumnRole::Edition),
    ("value", ".value", ColumnRole::Value),
    ("obs_status", ".obs_status", ColumnRole::Status),
    ("unit", ".unit", ColumnRole::Unit),
];

pub(super) fn is_one(json: &Json) -> bool {
    json.at(0).is_some_and(|meta| {
        let is_message = meta.get("message").is_some_and(|message| message.list().is_some());
        is_message || is_page(meta)
    })
}

fn is_page(meta: &Json) -> bool {
    meta.get("page").is_some() && meta.get("total").is_some()
}

/// The observations of an answer; a list of other things, such as countries, is read as records.
pub(super) fn read(json: &Json) -> Option<Vec<JsonTable>> {
    let meta = json.at(0).filter(|meta| is_page(meta))?;
    let rows = json.at(1)?.list()?;
    if !rows.iter().any(is_observation) {
        return records::list(rows, "$[1]").map(|table| vec![table]);
    }
    let mut sheet = JsonSheet::new(COLUMNS.map(|(heading, ..)| heading));
    let mut known = HashSet::new();
    let (mut indicators, mut places) = (Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| is_observation(row)) {
        sheet.row(fields(row));
        places.push(index);
        let id = part(row, "indicator", "id");
        if known.insert(id.clone()) {
            indicators.push(IndicatorMetadata {
                id: id.into_owned(),
                title: row.get("indicator").and_then(|indicator| indicator.said("value")),
                unit: row.said("unit"),
                ..IndicatorMetadata::default()
            });
        }
    }
    let title = if let [indicator] = indicators.as_slice() { indicator.title.clone() } else { None };
    let about = TableMetadata {
        title,
        updated: meta.said("lastupdated"),
        indicators,
        roles: COLUMNS.iter().map(|(heading, _, role)| ((*heading).to_owned(), *role)).collect(),
        ..TableMetadata::default()
    };
    let left_out = rows.len() - places.len();
    let fields = COLUMNS.iter().map(|(_, steps, _)| FieldAt::row("$[1]", *steps)).collect();
    let place = JsonPlace::Lists { base: "$[1]".to_owned(), rows: places, fields };
    Some(vec![sheet.table(place, about, left_out)])
}

fn is_observation(row: &Json) -> bool {
    let has_id = |key: &str| row.get(key).is_some_and(|part| part.get("id").is_some_and(Json::is_scalar));
    has_id("country") && has_id("indicator") && row.get("value").is_none_or(Json::is_scalar)
}

fn fields(row: &Json) -> [Cow<'_, str>; 8] {
    let own = |key: &str| row.get(key).map(Json::cell).unwrap_or_default();
    let iso3 = own("countryiso3code");
    [
        if iso3.is_empty() { part(row, "country", "id") } else { iso3 },
        part(row, "country", "value"),
        part(row, "indicator", "id"),
        part(row, "indicator", "value"),
        own("date"),
        own("value"),
        own("obs_status"),
        own("unit"),
    ]
}

fn part<'a>(row: &'a Json, key: &str, inner: &str) -> Cow<'a, str> {
    row.get(key).and_then(|part| part.get(inner)).map(Json::cell).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{
        ColumnRole,
        tests::{only, read},
    };

    #[test]
    fn observations() {
        let table = only(
            r#"[{"page":1,"pages":1,"per_page":50,"total":3,"sourceid":"2","lastupdated":"2026-01-02"},[
            {"indicator":{"id":"SP.X","value":"Life, total"},"country":{"id":"GH","value":"Ghana"},
             "countryiso3code":"GHA","date":"2020","value":63.75,"unit":"years","obs_status":"E","decimal":0},
            {"indicator":{"id":"SP.X","value":"Life, total"},"country":{"id":"1A","value":"Arab World"},
             "countryiso3code":"","date":"2020","value":null,"unit":"","obs_status":"","decimal":0},
            {"indicator":null}]]"#,
        );
        assert_eq!(
            table.text,
            "country iso3,country,indicator id,indicator,date,value,obs_status,unit\n\
             GHA,Ghana,SP.X,\"Life, total\",2020,63.75,E,years\n1A,Arab World,SP.X,\"Life, total\",2020,,,\n"
        );
        assert_eq!(table.left_out, 1);
        assert_eq!(table.place.path(2, "value", 5), "$[1][1].value");
        assert_eq!(table.place.path(1, "country", 1), "$[1][0].country.value");
        assert_eq!(table.about.updated.as_deref(), Some("2026-01-02"));
        assert_eq!(table.about.title.as_deref(), Some("Life, total"));
        assert_eq!(table.about.indicators[0].unit.as_deref(), Some("years"));
        assert!(table.about.roles.contains(&("date".to_owned(), ColumnRole::Edition)));
    }

    #[test]
    fn lists_of_countries_and_answers_without_rows() {
        let text = r#"[{"page":1,"total":1},[{"id":"GHA","name":"Ghana","incomeLevel":{"id":"LMC"},"latitude":"5.5"}]]"#;
        assert_eq!(only(text).text, "id,name,incomeLevel.id,latitude\nGHA,Ghana,LMC,5.5\n");
        assert!(read(r#"[{"message":[{"id":"120","key":"Invalid value","value":"x"}]}]"#).is_none());
        assert!(read(r#"[{"page":0,"total":0,"sourceid":null,"lastupdated":"2026-01-02"},null]"#).is_none());
        assert!(read(r#"[{"page":1,"total":1},[]]"#).is_none());
    }
}
