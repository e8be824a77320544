//! The format of a card file, from the declared members of cards and cells.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use strum::IntoEnumIterator as _;

use super::{DateSchema, SourceRef, Sources};
use crate::core::{
    cell::{Gap, MARKS, TreatyAct},
    read::{
        members::{CARD, CARD_SCHEMA, CELL, Holds, Member},
        writable_mark,
    },
};

/// One country's assessment in one edition against a framework.
#[derive(Debug)]
pub struct CardSchema;

impl JsonSchema for CardSchema {
    fn schema_name() -> Cow<'static, str> {
        "Card".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let about = "One country's assessment in one edition against a framework. A file holds one card, a list of cards, or one a line.";
        let mut schema = object(about, &CARD, generator);
        schema.insert("title".to_owned(), "visavis card".into());
        schema
    }
}

/// An answer: a bare value, or an object that says more.
#[derive(Debug)]
pub struct AnswerSchema;

impl JsonSchema for AnswerSchema {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let about = "The long form of an answer: one of `level`, `value`, `values`, the treaty's dates, or a `gap`; then where it is from.";
        let long = object(about, &CELL, generator);
        json_schema!({
            "description": "An answer: a bare value as the scale asks, null for a gap (empty), or an object that says more.",
            "anyOf": [long, bare()],
        })
    }
}

/// An object of these members. Each may be null, which says nothing, but those that must be there.
fn object<M>(about: &str, members: &[Member<M>], generator: &mut SchemaGenerator) -> Schema {
    let is_needed = |holds| matches!(holds, Holds::Country | Holds::Edition | Holds::Assessments);
    let mut properties = Map::new();
    for Member { key, holds, means, .. } in members {
        let value = value_of(*holds, generator);
        let property = if is_needed(*holds) {
            json!({ "description": means, "allOf": [value] })
        } else {
            json!({ "description": means, "anyOf": [value, { "type": "null" }] })
        };
        properties.insert((*key).to_owned(), property);
    }
    let needed: Vec<&str> =
        members.iter().filter(|known| is_needed(known.holds)).map(|known| known.key).collect();
    let mut schema = json_schema!({ "description": about, "type": "object", "properties": properties });
    if !needed.is_empty() {
        schema.insert("required".to_owned(), needed.into());
    }
    schema
}

fn value_of(holds: Holds, generator: &mut SchemaGenerator) -> Value {
    match holds {
        Holds::Format => json!({ "const": CARD_SCHEMA }),
        Holds::Text => json!({ "type": "string" }),
        Holds::Country => json!({ "type": "string", "minLength": 1 }),
        Holds::Date | Holds::Edition => generator.subschema_for::<DateSchema>().to_value(),
        Holds::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Holds::Object => json!({ "type": "object" }),
        Holds::Assessments => {
            json!({ "type": "object", "additionalProperties": generator.subschema_for::<AnswerSchema>() })
        }
        Holds::NamedSources => generator.subschema_for::<Sources>().to_value(),
        Holds::Sources => {
            let one = generator.subschema_for::<SourceRef>();
            json!({ "anyOf": [{ "type": "array", "items": one }, one] })
        }
        Holds::Answer => bare(),
        Holds::Answers => json!({ "type": "array", "items": bare() }),
        Holds::Gap => {
            let gaps = Gap::iter().filter(|gap| gap.can_be_written());
            words(gaps.map(|gap| (gap.id(), gap.meaning())))
        }
        Holds::Marks => {
            let marks = MARKS.iter().filter(|(_, id, ..)| writable_mark(id).is_some());
            let mark = words(marks.map(|(_, id, title, _)| (*id, *title)));
            json!({ "anyOf": [{ "type": "array", "items": mark }, mark] })
        }
        Holds::Act => json!({ "enum": TreatyAct::iter().map(TreatyAct::id).collect::<Vec<_>>() }),
    }
}

/// A value without anything about it.
fn bare() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

/// One of these words, each with what it means.
fn words(words: impl Iterator<Item = (&'static str, &'static str)>) -> Value {
    let each: Vec<Value> = words.map(|(id, means)| json!({ "const": id, "description": means })).collect();
    json!({ "oneOf": each })
}
