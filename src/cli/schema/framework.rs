//! The format of a framework file, from the declared members of its objects.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use super::{DateSchema, SchemaMember, Sources};
use crate::core::{
    cell::Gap,
    read::declared::{
        DeclaredKind, DeclaredMember, DeclaredObject, FINDING, FRAMEWORK, GOAL, GROUP, INDICATOR, LEVEL,
        NUMBERS, PUBLISHED, REVIEW, SCALES, WHERE,
    },
};

/// Names a type for each object, so that each stands once among the definitions of a schema.
macro_rules! objects {
    ($($(#[$about:meta])* $name:ident $table:ident,)+) => {
        $(
            $(#[$about])*
            #[derive(Debug)]
            pub struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    $table.name.into()
                }

                fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                    object(&$table, generator)
                }
            }
        )+

        fn subschema(object: &DeclaredObject, generator: &mut SchemaGenerator) -> Value {
            $(
                if object.name == $table.name {
                    return generator.subschema_for::<$name>().to_value();
                }
            )+
            generator.subschema_for::<WhereSchema>().to_value()
        }
    };
}

objects! {
    /// A group of a framework or of a bundle.
    GroupSchema GROUP,
    /// A goal.
    GoalSchema GOAL,
    /// An indicator.
    IndicatorSchema INDICATOR,
    /// A level in its long form.
    LevelSchema LEVEL,
    /// A finding.
    FindingSchema FINDING,
    /// A figure that was published.
    PublishedSchema PUBLISHED,
    /// The signs in numbers.
    NumbersSchema NUMBERS,
    /// What is asked of a review.
    ReviewSchema REVIEW,
}

/// The condition of a finding.
#[derive(Debug)]
pub struct WhereSchema;

impl JsonSchema for WhereSchema {
    fn schema_name() -> Cow<'static, str> {
        WHERE.name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = object(&WHERE, generator);
        let said = |known: &DeclaredMember| {
            let properties = json!({ known.key: { "not": { "type": "null" } } });
            json!({ "properties": properties, "required": [known.key] })
        };
        schema.insert("anyOf".to_owned(), WHERE.members.iter().map(said).collect());
        schema
    }
}

/// A set of questions that every card is expected to answer.
#[derive(Debug)]
pub struct FrameworkSchema;

impl JsonSchema for FrameworkSchema {
    fn schema_name() -> Cow<'static, str> {
        FRAMEWORK.name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = object(&FRAMEWORK, generator);
        schema.insert("title".to_owned(), "visavis framework".into());
        schema
    }
}

/// What kind of answer an indicator takes, and which answers are better.
#[derive(Debug)]
pub struct ScaleSchema;

impl JsonSchema for ScaleSchema {
    fn schema_name() -> Cow<'static, str> {
        "Scale".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<Value> = SCALES
            .iter()
            .map(|kind| {
                let mut schema = object(kind, generator).to_value();
                schema["properties"]["kind"] = json!({ "const": kind.name });
                let others = schema["required"].as_array().cloned().unwrap_or_default();
                schema["required"] = [json!("kind")].into_iter().chain(others).collect();
                schema
            })
            .collect();
        let about = "What kind of answer an indicator takes, and which answers are better.";
        json_schema!({ "description": about, "oneOf": kinds })
    }
}

fn object(declared: &DeclaredObject, generator: &mut SchemaGenerator) -> Schema {
    let member = |known: &DeclaredMember| SchemaMember {
        key: known.key,
        means: known.means,
        is_needed: known.is_needed,
        value: value_of(known.holds, generator),
    };
    super::object(declared.means, declared.members.iter().map(member).collect())
}

fn value_of(holds: DeclaredKind, generator: &mut SchemaGenerator) -> Value {
    match holds {
        DeclaredKind::Format(id) => json!({ "const": id }),
        DeclaredKind::Text => json!({ "type": "string" }),
        DeclaredKind::Id => json!({ "type": "string", "minLength": 1 }),
        DeclaredKind::True => json!({ "const": true }),
        DeclaredKind::Flag => json!({ "type": "boolean" }),
        DeclaredKind::Number(kind) => {
            let mut number = json!({ "type": "number" });
            for (key, bound) in [("minimum", kind.least), ("maximum", kind.most)] {
                if bound.abs() < f64::MAX {
                    number[key] = json!(bound);
                }
            }
            number
        }
        DeclaredKind::Whole(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        DeclaredKind::Date => generator.subschema_for::<DateSchema>().to_value(),
        DeclaredKind::Word(kind) => {
            let words = kind.words.iter().map(|(id, means)| json!({ "const": id, "description": means }));
            json!({ "oneOf": words.collect::<Vec<_>>() })
        }
        DeclaredKind::Texts { may_be_empty } => {
            let texts = json!({ "type": "string", "minLength": 1 });
            json!({ "type": "array", "items": texts, "minItems": u8::from(!may_be_empty) })
        }
        DeclaredKind::Object(of) => subschema(of, generator),
        DeclaredKind::List(of) => json!({ "type": "array", "items": subschema(of, generator) }),
        DeclaredKind::Sources => generator.subschema_for::<Sources>().to_value(),
        DeclaredKind::Scales => {
            json!({ "type": "object", "additionalProperties": generator.subschema_for::<ScaleSchema>() })
        }
        DeclaredKind::Levels(of) => {
            let level = json!({ "anyOf": [{ "type": "string", "minLength": 1 }, subschema(of, generator)] });
            json!({ "type": "array", "items": level, "minItems": 1 })
        }
        DeclaredKind::Missing => {
            let gaps = Gap::iter().filter(|gap| gap.can_be_written());
            let gaps = gaps.map(|gap| json!({ "const": gap.id(), "description": gap.meaning() }));
            json!({ "type": "object", "additionalProperties": { "oneOf": gaps.collect::<Vec<_>>() } })
        }
        DeclaredKind::Gaps => {
            let gaps = Gap::iter().map(|gap| json!({ "const": gap.id(), "description": gap.meaning() }));
            let reasons =
                json!({ "type": "array", "minItems": 1, "items": { "oneOf": gaps.collect::<Vec<_>>() } });
            json!({ "anyOf": [{ "const": true }, reasons] })
        }
    }
}
