//! The words of the JSON reports, as their schemas list them: a closed list is all there is, an open one may grow.

use schemars::{Schema, SchemaGenerator, json_schema};
use strum::IntoEnumIterator as _;

use crate::core::cell::{Gap, MARKS};

/// Words of a list that may grow within a version.
fn open(words: &[&str]) -> Schema {
    json_schema!({ "description": "open: more words may come", "anyOf": [{ "enum": words }, { "type": "string" }] })
}

/// The reason of a gap.
pub(super) fn gap(_: &mut SchemaGenerator) -> Schema {
    open(&Gap::iter().map(Gap::id).collect::<Vec<_>>())
}

/// The reason of a gap, or null.
pub(super) fn gap_or_null(generator: &mut SchemaGenerator) -> Schema {
    or_null(gap(generator))
}

/// Marks of a given cell.
pub(super) fn marks(_: &mut SchemaGenerator) -> Schema {
    let mark = open(&MARKS.iter().map(|(_, id, ..)| *id).collect::<Vec<_>>());
    json_schema!({ "type": "array", "items": mark })
}

/// That, or null.
fn or_null(mut schema: Schema) -> Schema {
    if let Some(any) = schema.get_mut("anyOf").and_then(serde_json::Value::as_array_mut) {
        any.push(serde_json::json!({ "type": "null" }));
    }
    schema
}
