//! The format of a card file: one country in one edition.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::{DateSchema, SourceRef, Sources};

/// One country's assessment in one edition against a framework. A file holds one card, a list of cards, or one a line.
#[derive(Debug, JsonSchema)]
#[schemars(title = "visavis card")]
#[schemars(rename = "Card")]
pub struct CardSchema {
    /// The format of this file.
    #[schemars(extend("const" = "visavis.card/1"))]
    pub schema: Option<String>,
    /// The id of the framework whose questions the card answers.
    pub framework: Option<String>,
    /// An ISO 3166-1 code of two or three letters, a country's name, or a user-assigned code such as XA.
    #[schemars(length(min = 1))]
    pub country: String,
    /// The name to show; needed for user-assigned codes.
    pub name: Option<String>,
    /// The edition, from which the order of editions follows.
    pub edition: DateSchema,
    /// The day the card speaks of; otherwise the last day of the edition. Treaties are read as of this day.
    pub assessed_on: Option<DateSchema>,
    /// The country in a sentence or two.
    pub summary: Option<String>,
    /// One answer an indicator, by the indicator's id. An indicator left out is a gap: absent.
    pub assessments: BTreeMap<String, AnswerSchema>,
    /// What the country should do next, most urgent first.
    pub priority_actions: Option<Vec<String>>,
    /// What a campaign did in the country: any keys, shown as they are.
    pub campaign: Option<Map<String, Value>>,
    /// Sources that the answers cite by key.
    pub sources: Option<Sources>,
}

/// An answer: a bare value, null for a gap (empty), or an object that says more.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[schemars(rename = "Answer")]
pub enum AnswerSchema {
    Cell(Box<CellSchema>),
    /// A level's id, a date, or text, as the scale asks.
    Text(String),
    Number(f64),
    /// For yes/no scales.
    Bool(bool),
    Empty(()),
}

/// The long form of an answer: one of `level`, `value`, `values`, the treaty's dates, or a `gap`; then where it is from.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Cell")]
pub struct CellSchema {
    /// The id of a level of the indicator's scale.
    pub level: Option<Bare>,
    /// A number, a date, a text, or true and false, as the scale asks.
    pub value: Option<Bare>,
    /// All readings when sources disagree; the cell is marked disputed, the first reading counts.
    pub values: Option<Vec<Bare>>,
    /// Why there is no value. A gap is never a "no".
    pub gap: Option<WrittenGap>,
    /// When the treaty was signed.
    pub signed: Option<DateSchema>,
    /// When the state became bound by the treaty.
    pub bound: Option<DateSchema>,
    /// How the state became bound.
    pub act: Option<ActSchema>,
    /// The value as its source prints it.
    pub printed: Option<String>,
    pub note: Option<String>,
    /// The date that the value is of.
    pub as_of: Option<DateSchema>,
    pub sources: Option<CellSources>,
    /// What must be known before the value is relied on.
    pub marks: Option<Vec<Mark>>,
}

/// A value without anything about it.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum Bare {
    Text(String),
    Number(f64),
    Bool(bool),
    Empty(()),
}

/// One source, or a list of them.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum CellSources {
    List(Vec<SourceRef>),
    One(SourceRef),
}

/// The reasons a card may write; the others follow from what it leaves out.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum WrittenGap {
    /// Nobody has looked yet.
    NotAssessed,
    /// Somebody looked; nothing was found or published.
    NoData,
    /// The question cannot apply; leaves every denominator.
    NotApplicable,
    /// It exists and may not be released.
    Withheld,
}

/// The marks a card may write; "unsourced" and "outdated" are derived.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Mark {
    /// Sources disagree.
    Disputed,
    LowReliability,
    /// Repeated from an earlier edition.
    CarriedOver,
    Provisional,
}

/// How a state becomes bound (Vienna Convention on the Law of Treaties, art. 11).
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[schemars(rename = "Act")]
pub enum ActSchema {
    Ratification,
    Accession,
    Succession,
    Acceptance,
    Approval,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;
    use crate::core::cell::{Gap, TreatyAct as ReadAct};

    fn values<T: JsonSchema>() -> Vec<String> {
        let text = schemars::schema_for!(T).to_value();
        let listed = text["enum"].as_array().into_iter().flatten();
        let told = text["oneOf"].as_array().into_iter().flatten();
        let told = told.flat_map(|one| one["enum"].as_array().into_iter().flatten().chain(one.get("const")));
        let mut values: Vec<String> =
            listed.chain(told).filter_map(Value::as_str).map(str::to_owned).collect();
        values.sort();
        values
    }

    #[test]
    fn the_schema_knows_the_gaps_and_acts_that_the_reader_knows() {
        let mut gaps: Vec<&str> = Gap::iter().filter(|gap| gap.can_be_written()).map(Gap::id).collect();
        gaps.sort_unstable();
        assert_eq!(values::<WrittenGap>(), gaps);
        let mut acts: Vec<&str> = ReadAct::iter().map(ReadAct::id).collect();
        acts.sort_unstable();
        assert_eq!(values::<ActSchema>(), acts);
    }
}
