//! The words of the JSON reports, as their schemas list them: a closed list is all there is, an open one may grow.

use schemars::{Schema, SchemaGenerator, json_schema};
use strum::IntoEnumIterator as _;

use crate::core::{
    cell::{Gap, MARKS, TreatyAct},
    changes::ChangeKind,
    compare::Reason,
    findings::Agreement,
    framework::GoalId,
    score::{LeftOut, Method, NotInSum, Origin, ScoreCaution, Why},
    severity::Severity,
};

/// Words of a list that may grow within a version.
pub fn open_list(words: impl IntoIterator<Item = &'static str>) -> Schema {
    let words: Vec<&str> = words.into_iter().collect();
    json_schema!({ "description": "open: more words may come", "anyOf": [{ "enum": words }, { "type": "string" }] })
}

/// All words that there are.
pub fn closed_list(words: impl IntoIterator<Item = &'static str>) -> Schema {
    json_schema!({ "type": "string", "enum": words.into_iter().collect::<Vec<_>>() })
}

/// Any number of these.
fn list(of: &Schema) -> Schema {
    json_schema!({ "type": "array", "items": of })
}

/// That, or null.
fn or_null(mut schema: Schema) -> Schema {
    if let Some(any) = schema.get_mut("anyOf").and_then(serde_json::Value::as_array_mut) {
        any.push(serde_json::json!({ "type": "null" }));
    }
    schema
}

/// The reason of a gap.
pub(super) fn gap(_: &mut SchemaGenerator) -> Schema {
    open_list(Gap::iter().map(Gap::id))
}

/// The reason of a gap, or null.
pub fn gap_or_null(generator: &mut SchemaGenerator) -> Schema {
    or_null(gap(generator))
}

/// Marks of a given cell.
pub(super) fn marks(_: &mut SchemaGenerator) -> Schema {
    list(&open_list(MARKS.iter().map(|known| known.id)))
}

/// How a state came to be bound by a treaty, or null.
pub(super) fn treaty_act_or_null(_: &mut SchemaGenerator) -> Schema {
    or_null(open_list(TreatyAct::iter().map(TreatyAct::id)))
}

/// A mark of a given cell.
pub(super) fn mark(_: &mut SchemaGenerator) -> Schema {
    open_list(MARKS.iter().map(|known| known.id))
}

/// How two cells stand to each other.
pub(super) fn verdict(_: &mut SchemaGenerator) -> Schema {
    closed_list(["left", "right", "equal", "differ", "not-comparable"])
}

/// Why there is no verdict, or null.
pub(super) fn verdict_reason_or_null(_: &mut SchemaGenerator) -> Schema {
    or_null(open_list(Reason::iter().map(Reason::id)))
}

/// A kind of change.
pub(super) fn change(_: &mut SchemaGenerator) -> Schema {
    closed_list(ChangeKind::iter().map(ChangeKind::id))
}

/// Kinds of change.
pub(super) fn changes(generator: &mut SchemaGenerator) -> Schema {
    list(&change(generator))
}

/// How a count stands to the published figure.
pub(super) fn agreement(_: &mut SchemaGenerator) -> Schema {
    closed_list(Agreement::iter().map(Agreement::id))
}

/// How a mean is taken.
pub(super) fn method(_: &mut SchemaGenerator) -> Schema {
    closed_list(Method::iter().map(Method::id))
}

/// Whose an end of a scale is.
pub(super) fn origin(_: &mut SchemaGenerator) -> Schema {
    closed_list(Origin::iter().map(Origin::id))
}

/// Why an indicator is in no score.
pub(super) fn left_out(_: &mut SchemaGenerator) -> Schema {
    open_list(LeftOut::iter().map(LeftOut::id))
}

/// Why a cell is not in the sum of a score.
pub(super) fn not_in_sum(_: &mut SchemaGenerator) -> Schema {
    let bounds = std::iter::once(NotInSum::Bounds);
    let gaps = Gap::iter().map(NotInSum::Gap).chain(bounds);
    open_list(LeftOut::iter().map(NotInSum::Indicator).chain(gaps).map(NotInSum::id))
}

/// What to beware of in a score.
pub(super) fn score_caution(_: &mut SchemaGenerator) -> Schema {
    open_list(ScoreCaution::IDS)
}

/// Why there is no score or rank.
pub(super) fn why(_: &mut SchemaGenerator) -> Schema {
    let own = [Why::Coverage, Why::EmptyGoal(GoalId(0)), Why::NotApplicable, Why::NothingScored];
    let gaps = Gap::iter().filter(|gap| *gap != Gap::NotApplicable).map(Why::Gap).chain([Why::Bounds]);
    open_list(own.into_iter().chain(gaps).map(Why::id))
}

/// The same, or null.
pub(super) fn why_or_null(generator: &mut SchemaGenerator) -> Schema {
    or_null(why(generator))
}

/// How much a problem weighs.
pub(super) fn severity(_: &mut SchemaGenerator) -> Schema {
    closed_list(Severity::iter().map(Into::into))
}
