//! The format of a card file, from the declared members of cards and cells.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use super::{DateSchema, SchemaMember, SourceRef, Sources, object};
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
        let mut schema = object(about, members(&CARD, generator));
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
        let long = object(about, members(&CELL, generator));
        json_schema!({
            "description": "An answer: a bare value as the scale asks, null for a gap (empty), or an object that says more.",
            "anyOf": [long, bare()],
        })
    }
}

/// These members as the schema has them.
fn members<M>(declared: &[Member<M>], generator: &mut SchemaGenerator) -> Vec<SchemaMember> {
    let is_needed = |holds| matches!(holds, Holds::Country | Holds::Edition | Holds::Assessments);
    let member = |known: &Member<M>| SchemaMember {
        key: known.key,
        means: known.means,
        is_needed: is_needed(known.holds),
        value: value_of(known.holds, generator),
    };
    declared.iter().map(member).collect()
}

fn value_of(holds: Holds, generator: &mut SchemaGenerator) -> Value {
    match holds {
        Holds::Format => json!({ "const": CARD_SCHEMA }),
        Holds::Text => json!({ "type": "string" }),
        Holds::Country => json!({ "type": "string", "minLength": 1 }),
        Holds::Date => generator.subschema_for::<DateSchema>().to_value(),
        // Which labels are periods depends on one another; each has a year.
        Holds::Edition => json!({ "type": "string", "pattern": "[1-9][0-9]{3}" }),
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
        Holds::Bound => json!({ "type": "number" }),
        Holds::Gap => {
            let gaps = Gap::iter().filter(|gap| gap.can_be_written());
            words(gaps.map(|gap| (gap.id(), gap.meaning())))
        }
        Holds::Marks => {
            let marks = MARKS.iter().filter(|known| writable_mark(known.id).is_some());
            let mark = words(marks.map(|known| (known.id, known.meaning)));
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
