//! JSON Schemas (draft 2020-12) of file formats and reports.
//!
//! Those of cards come from the declared members, those of frameworks from types made for this, those of reports from
//! their own types. A schema describes what a file should contain. The reader in `core` accepts more: it never fails on content.

pub mod card;
pub mod framework;

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, json_schema, schema_for};
use serde_json::{Value, json};

use super::args::SchemaKind;
use crate::{core::table_mapping::Mapping, review::report::report_schemas};

/// A framework with its cards and further groups in one file.
#[derive(Debug, JsonSchema)]
#[schemars(title = "visavis bundle")]
#[schemars(rename = "Bundle")]
pub struct BundleSchema {
    pub framework: framework::FrameworkSchema,
    pub cards: Vec<card::CardSchema>,
    /// Groups beside those of the framework.
    pub groups: Option<Vec<framework::GroupSchema>>,
}

/// Where a statement comes from: an object, a key of `sources`, a URL, or a title.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum SourceRef {
    /// A key of the card's or the framework's `sources`, a URL, or a title.
    Text(#[schemars(length(min = 1))] String),
    Source(SourceSchema),
}

/// A source, named by at least a title or a URL.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Source", extend("minProperties" = 1))]
pub struct SourceSchema {
    pub title: Option<String>,
    pub url: Option<String>,
    /// When it was published or last read: a year, a month or a day.
    pub date: Option<String>,
    /// A page or a range of pages.
    pub page: Option<Page>,
}

/// A page number, or words such as `12–14`.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Page {
    Number(f64),
    Text(String),
}

/// Sources by key.
pub type Sources = BTreeMap<String, SourceRef>;

/// A year, a month or a day: `2010`, `2010-07`, `2010-07-01`.
#[derive(Debug, JsonSchema)]
#[schemars(extend("pattern" = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"))]
#[schemars(rename = "Date")]
pub struct DateSchema(pub String);

/// A member of an object in a schema.
struct SchemaMember {
    key: &'static str,
    means: &'static str,
    /// Whether the object is nothing without it.
    is_needed: bool,
    value: Value,
}

/// An object of these members. Each may be null, which says nothing, but those that must be there.
fn object(about: &str, members: Vec<SchemaMember>) -> Schema {
    let mut schema = json_schema!({ "description": about, "type": "object" });
    let needed: Vec<&str> = members.iter().filter(|known| known.is_needed).map(|known| known.key).collect();
    if !needed.is_empty() {
        schema.insert("required".to_owned(), needed.into());
    }
    let property = |SchemaMember { key, means, is_needed, value }: SchemaMember| {
        let property = if is_needed {
            json!({ "description": means, "allOf": [value] })
        } else {
            json!({ "description": means, "anyOf": [value, { "type": "null" }] })
        };
        (key.to_owned(), property)
    };
    schema.insert("properties".to_owned(), members.into_iter().map(property).collect());
    schema
}

/// Every schema with the name of the file below `docs/` that it is published as.
pub fn published() -> impl Iterator<Item = (String, Schema)> {
    let files = [
        ("card", schema_for!(card::CardSchema)),
        ("framework", schema_for!(framework::FrameworkSchema)),
        ("bundle", schema_for!(BundleSchema)),
        ("mapping", schema_for!(Mapping)),
    ];
    let files = files.into_iter().map(|(name, schema)| (format!("{name}.schema.json"), named(schema, name)));
    files.chain(report_schemas().map(|report| {
        let schema = named((report.schema)(), &format!("report:{}", report.name));
        (format!("reports/{}.schema.json", report.name), schema)
    }))
}

/// The schema with the name it goes by. Only at the root: inside `$defs` an `$id` would change what the references there
/// refer to.
fn named(mut schema: Schema, name: &str) -> Schema {
    schema.insert("$id".to_owned(), format!("urn:visavis:{name}:1").into());
    schema
}

/// The schema of a file format, or of the report of that name, as a file has it; nothing for a report that is not known.
pub fn text(kind: SchemaKind, report: Option<&str>) -> Option<String> {
    let file = match kind {
        SchemaKind::Card => "card.schema.json".to_owned(),
        SchemaKind::Framework => "framework.schema.json".to_owned(),
        SchemaKind::Bundle => "bundle.schema.json".to_owned(),
        SchemaKind::Mapping => "mapping.schema.json".to_owned(),
        SchemaKind::Report => format!("reports/{}.schema.json", report?),
    };
    let (_, schema) = published().find(|(name, _)| *name == file)?;
    Some(page(&schema))
}

/// A schema as a file has it.
pub fn page(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_names_its_draft_and_itself() {
        for (file, schema) in published() {
            let name = file.replace("reports/", "report:").replace(".schema.json", "");
            assert_eq!(schema.get("$schema").unwrap(), "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema.get("$id").unwrap(), &format!("urn:visavis:{name}:1"));
            assert_eq!(page(&schema).matches("\"$id\"").count(), 1);
        }
    }
}
