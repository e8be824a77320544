//! A data package: the whole data set as tidy CSV, and a `datapackage.json` that describes every column and code.

use std::io;

use serde_json::{Value, json};

use super::{
    json::escaped,
    records::{self, STARTS},
};
use crate::core::report::{Field, TABLES, TOOL, Tidy, TidyColumnKind, TidyTable, gap_codes};

/// Writes one table as CSV, row by row.
///
/// # Errors
/// Those of the writer.
pub fn write_table(tidy: &Tidy<'_>, table: &TidyTable, to: impl io::Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(table.columns.iter().map(|(key, ..)| *key))?;
    tidy.rows(table, &mut |row: Vec<Field>| -> io::Result<()> {
        writer.write_record(row.iter().map(|field| match field {
            Field::Text(text) => records::cell(text.raw()),
            Field::Number(digits) => digits.clone(),
            Field::Flag(_) | Field::Empty => field.raw().to_owned(),
        }))?;
        Ok(())
    })?;
    writer.flush()
}

/// The name of a table's file.
pub fn file_of(table: &TidyTable) -> String {
    format!("{}.csv", table.name)
}

/// The descriptor `datapackage.json`, after the Data Package (2.0) and Table Schema specifications.
pub fn descriptor(tidy: &Tidy<'_>) -> Vec<u8> {
    let context = tidy.context();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name_of(context.framework.raw()),
        "title": context.framework_title,
        "version": context.framework_version,
        "description": context.notice,
        "contributors": [{ "title": TOOL, "roles": ["wrangler"] }],
        "data": context.data,
        "edition": context.edition,
        "group": context.group.as_ref().map(|(id, _)| id),
        "gaps": gap_codes().map(|(id, meaning, status)| json!({ "code": id, "meaning": meaning, "obs_status": status }))
            .collect::<Vec<Value>>(),
        "resources": TABLES.iter().map(|table| resource(tidy, table)).collect::<Vec<Value>>(),
    });
    let Value::Object(mut package) = package else { return vec![] };
    // Unknown members are left out, because the profile does not allow null.
    package.retain(|_, value| !value.is_null());
    (escaped(&format!("{:#}", Value::Object(package))) + "\n").into_bytes()
}

fn resource(tidy: &Tidy<'_>, table: &TidyTable) -> Value {
    let foreign = table.refers.iter().map(
        |(own, other, its)| json!({ "fields": [own], "reference": { "resource": other, "fields": [its] } }),
    );
    json!({
        "name": table.name,
        "title": table.about,
        "path": file_of(table),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "header": true },
        // What is no number and begins with one of these would run as a formula: an apostrophe stands before it.
        "formulaGuard": { "prefix": "'", "before": STARTS.map(String::from) },
        "schema": {
            "fields": table.columns.iter().map(|column| field(tidy, table, column)).collect::<Vec<Value>>(),
            "missingValues": [{ "value": "", "label": "nothing: in cells.csv the column gap says why" }],
            "primaryKey": table.key,
            "foreignKeys": foreign.collect::<Vec<Value>>(),
        },
    })
}

fn field(tidy: &Tidy<'_>, table: &TidyTable, &(key, holds, about): &(&str, TidyColumnKind, &str)) -> Value {
    match holds {
        TidyColumnKind::Text => json!({ "name": key, "type": "string", "description": about }),
        TidyColumnKind::Number => json!({ "name": key, "type": "number", "description": about }),
        TidyColumnKind::Integer => json!({ "name": key, "type": "integer", "description": about }),
        TidyColumnKind::Date if tidy.is_days(table, key) => {
            json!({ "name": key, "type": "date", "format": "default", "description": about })
        }
        TidyColumnKind::Date => {
            let about =
                format!("{about}; a day, or only a month (2010-07) or a year (2010) where no more is known");
            json!({ "name": key, "type": "string", "description": about })
        }
        TidyColumnKind::Gap => {
            let codes: Vec<Value> =
                gap_codes().map(|(id, meaning, _)| json!({ "value": id, "label": meaning })).collect();
            let ids: Vec<&str> = gap_codes().map(|(id, ..)| id).collect();
            json!({ "name": key, "type": "string", "description": about, "categories": codes,
                    "constraints": { "enum": ids } })
        }
    }
}

/// The id as a package name: lower-case letters, digits, points, hyphens and underscores.
fn name_of(id: &str) -> String {
    let letter = |c: char| {
        let lower = c.to_ascii_lowercase();
        if lower.is_ascii_alphanumeric() || matches!(lower, '.' | '-' | '_') { lower } else { '-' }
    };
    id.chars().map(letter).collect()
}
