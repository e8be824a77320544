//! JSON Schemas (draft 2020-12) of the file formats, generated from types that only describe them.
//!
//! The reader in the core takes more than the schemas promise: it never fails on content. These types say what a
//! writer should write.

pub mod card;
pub mod framework;

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, schema_for};

use super::args::SchemaKind;

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
    Text(String),
    Source(SourceSchema),
}

/// A source, named by at least a title or a URL.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Source")]
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

/// Every kind with the file name its schema is published under.
pub static PUBLISHED: [(SchemaKind, &str); 3] = [
    (SchemaKind::Card, "card.schema.json"),
    (SchemaKind::Framework, "framework.schema.json"),
    (SchemaKind::Bundle, "bundle.schema.json"),
];

/// The schema of one format.
pub fn of(kind: SchemaKind) -> Schema {
    let (name, mut schema) = match kind {
        SchemaKind::Card => ("card", schema_for!(card::CardSchema)),
        SchemaKind::Framework => ("framework", schema_for!(framework::FrameworkSchema)),
        SchemaKind::Bundle => ("bundle", schema_for!(BundleSchema)),
    };
    // Only at the root: inside `$defs` it would change what the references there refer to.
    schema.insert("$id".to_owned(), format!("urn:visavis:{name}:1").into());
    schema
}

/// The schema as a file has it.
pub fn text(kind: SchemaKind) -> String {
    format!("{:#}\n", of(kind).to_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_names_its_draft_and_itself() {
        for (kind, file) in PUBLISHED {
            let schema = of(kind);
            let name = file.split('.').next().unwrap_or_default();
            assert_eq!(schema.get("$schema").unwrap(), "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema.get("$id").unwrap(), &format!("urn:visavis:{name}:1"));
            assert_eq!(text(kind).matches("\"$id\"").count(), 1);
        }
    }
}
