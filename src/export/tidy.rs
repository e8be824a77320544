//! A data package: the whole data set as tidy CSV, the framework, and a `datapackage.json` that describes the columns.
//!
//! Opened again (`core::read::package`) it is the same data set.

use serde_json::{Value, json};

use super::{json::escaped, records};
use crate::{
    core::{
        framework_json,
        package::{DESCRIPTOR, FRAMEWORK_FILE, PACKAGE_SCHEMA},
        report::{Field, TOOL, Tidy, TidyColumnKind, TidyTable, gap_codes},
    },
    text::{FORMULA_STARTS, safe_block},
};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenPackage {
    pub files: usize,
    /// Texts with characters that act on a terminal, for which visible ones were written.
    pub made_visible: usize,
}

/// What a table that was written holds.
struct WrittenTable {
    /// For each column whether all its dates are days, so that it may be read as a column of dates.
    days: Vec<bool>,
    made_visible: usize,
}

/// One file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFile {
    pub name: String,
    pub is_table: bool,
    pub bytes: Vec<u8>,
}

/// Hands over every file of a package, the descriptor last.
///
/// # Errors
/// The first of `take`.
pub fn package<E>(
    mut tidy: Tidy<'_>,
    take: &mut dyn FnMut(PackageFile) -> Result<(), E>,
) -> Result<WrittenPackage, E> {
    let mut written = vec![];
    let tables: Vec<&TidyTable> = tidy.tables().collect();
    for table in tables.iter().copied() {
        let (bytes, facts) = csv_of(&mut tidy, table);
        take(PackageFile { name: file_of(table), is_table: true, bytes })?;
        written.push(facts);
    }
    let mut other =
        |name: &str, bytes: Vec<u8>| take(PackageFile { name: name.to_owned(), is_table: false, bytes });
    let framework = escaped(&framework_json::framework(tidy.framework())) + "\n";
    other(FRAMEWORK_FILE, framework.into_bytes())?;
    let made_visible = written.iter().map(|facts| facts.made_visible).sum();
    other(DESCRIPTOR, descriptor(&tidy, &written, made_visible))?;
    Ok(WrittenPackage { files: tables.len() + 2, made_visible })
}

fn csv_of(tidy: &mut Tidy<'_>, table: &TidyTable) -> (Vec<u8>, WrittenTable) {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    let mut facts = WrittenTable { days: vec![true; table.columns.len()], made_visible: 0 };
    // Writing to memory cannot fail, and every record has the header's length.
    drop(writer.write_record(table.columns.iter().map(|(key, ..)| *key)));
    let done: Result<(), csv::Error> = tidy.rows(table, &mut |row: Vec<Field>| {
        for (field, is_days) in row.iter().zip(&mut facts.days) {
            *is_days &= *field == Field::Empty || field.raw().len() == "2010-07-01".len();
        }
        writer.write_record(row.iter().map(|field| match field {
            Field::Text(text) => {
                facts.made_visible += usize::from(safe_block(text.raw()).as_str() != text.raw());
                records::cell(text.raw())
            }
            Field::Number(digits) => digits.clone(),
            Field::Flag(_) | Field::Empty => field.raw().to_owned(),
        }))
    });
    drop(done);
    (writer.into_inner().unwrap_or_default(), facts)
}

/// The name of a table's file.
fn file_of(table: &TidyTable) -> String {
    format!("{}.csv", table.name)
}

/// The descriptor `datapackage.json`, after the Data Package (2.0) and Table Schema specifications.
fn descriptor(tidy: &Tidy<'_>, written: &[WrittenTable], made_visible: usize) -> Vec<u8> {
    let context = tidy.context();
    let tables = tidy.tables().zip(written).map(|(table, facts)| resource(table, facts));
    let framework = json!({
        "name": "framework",
        "title": "The framework: goals, indicators, scales, findings, groups and sources, as visavis reads it",
        "path": FRAMEWORK_FILE,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    });
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "schema": PACKAGE_SCHEMA,
        "name": name_of(context.framework.raw()),
        "title": context.framework_title,
        "version": context.framework_version,
        "description": context.notice,
        "contributors": [{ "title": TOOL, "roles": ["wrangler"] }],
        "framework": context.framework,
        "data": context.data,
        "edition": context.edition,
        "group": context.group.as_ref().map(|(id, _)| id),
        // Texts in which characters that act on a terminal are written in a visible form: `^[` for an escape.
        "madeVisible": made_visible,
        // Errors that `check` tells of the data this was exported from: what they cost is not in here.
        "errors": tidy.errors(),
        // Cells that are left out because not as many have reviewed them as are asked for.
        "leftOut": Some(tidy.left_out().0).filter(|left_out| *left_out > 0),
        "gaps": gap_codes().map(|(id, meaning, status)| json!({ "code": id, "meaning": meaning, "obs_status": status }))
            .collect::<Vec<Value>>(),
        "resources": tables.chain([framework]).collect::<Vec<Value>>(),
    });
    let Value::Object(mut package) = package else { return vec![] };
    // Unknown members are left out, because the profile does not allow null.
    package.retain(|_, value| !value.is_null());
    (escaped(&format!("{:#}", Value::Object(package))) + "\n").into_bytes()
}

fn resource(table: &TidyTable, facts: &WrittenTable) -> Value {
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
        // What is no number and begins with one of these, after a line break or a semicolon too, would run as a formula:
        // an apostrophe stands before it, also where apostrophes stand there already.
        "formulaGuard": { "prefix": "'", "before": FORMULA_STARTS.map(String::from), "after": ["\n", ";"] },
        "schema": {
            "fields": table.columns.iter().zip(&facts.days).map(|(column, days)| field(column, *days)).collect::<Vec<Value>>(),
            "missingValues": [{ "value": "", "label": "nothing: in cells.csv the column gap says why" }],
            "primaryKey": table.key,
            "foreignKeys": foreign.collect::<Vec<Value>>(),
        },
    })
}

fn field(&(key, holds, about): &(&str, TidyColumnKind, &str), is_days: bool) -> Value {
    match holds {
        TidyColumnKind::Text => json!({ "name": key, "type": "string", "description": about }),
        TidyColumnKind::Number => json!({ "name": key, "type": "number", "description": about }),
        TidyColumnKind::Integer => json!({ "name": key, "type": "integer", "description": about }),
        TidyColumnKind::Date if is_days => {
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
