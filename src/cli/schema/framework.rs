//! The format of a framework file: goals, indicators, scales, findings and groups.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{DateSchema, Sources};

/// A set of questions that every card is expected to answer.
#[derive(Debug, JsonSchema)]
#[schemars(title = "visavis framework")]
#[schemars(rename = "Framework")]
pub struct FrameworkSchema {
    /// The format of this file.
    #[schemars(extend("const" = "visavis.framework/1"))]
    pub schema: Option<String>,
    /// What cards name as `framework`.
    #[schemars(length(min = 1))]
    pub id: String,
    pub title: Option<String>,
    pub version: Option<String>,
    pub description: Option<String>,
    /// Shown on every screen and every export.
    pub notice: Option<String>,
    /// The share of cells that must be given before a total is shown; 0.8 unless said otherwise.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub coverage_threshold: Option<f64>,
    /// A value older than this, measured against its edition, is marked as outdated.
    #[schemars(range(min = 0))]
    pub outdated_after_years: Option<u16>,
    /// Scales by name.
    pub scales: BTreeMap<String, ScaleSchema>,
    /// In display order.
    pub goals: Vec<GoalSchema>,
    pub findings: Option<Vec<FindingSchema>>,
    pub groups: Option<Vec<GroupSchema>>,
    /// Sources that cards cite by key.
    pub sources: Option<Sources>,
}

/// What kind of answer an indicator takes, and which answers are better.
#[derive(Debug, JsonSchema)]
#[schemars(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Scale")]
pub enum ScaleSchema {
    /// Ordered steps, listed worst to best.
    Levels { levels: Vec<LevelSchema> },
    /// No, partial and yes.
    YesNo {
        /// Whether "partial" is expected as an answer.
        partial: Option<bool>,
    },
    Number {
        unit: Option<String>,
        /// Decimals to print at least; a number is never rounded.
        #[schemars(range(max = 12))]
        decimals: Option<u8>,
        min: Option<f64>,
        max: Option<f64>,
        /// Which numbers are better; neither unless said otherwise.
        better: Option<BetterSchema>,
    },
    /// Not signed, signed only or bound, derived from dates as of the card's day.
    Treaty,
    /// A year, a month or a day; never ranked.
    Date,
    /// Words; never ranked.
    Text,
}

/// One step of a scale: its id alone, or its id and its words.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[schemars(rename = "Level")]
pub enum LevelSchema {
    Id(String),
    Named {
        id: String,
        label: Option<String>,
        /// A shorter label for narrow columns.
        short: Option<String>,
        description: Option<String>,
    },
}

/// Which numbers are better.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[schemars(rename = "Better")]
pub enum BetterSchema {
    Higher,
    Lower,
    /// Differences are shown, never a side ahead.
    Neither,
}

/// Questions that belong together.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Goal")]
pub struct GoalSchema {
    pub id: Option<String>,
    pub title: Option<String>,
    /// The weight of the goal in a total; 1 unless said otherwise.
    pub weight: Option<f64>,
    pub description: Option<String>,
    pub indicators: Vec<IndicatorSchema>,
}

/// One question.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Indicator")]
pub struct IndicatorSchema {
    /// What cards name as a key of `assessments`.
    #[schemars(length(min = 1))]
    pub id: String,
    pub title: Option<String>,
    pub question: Option<String>,
    /// The name of a scale.
    pub scale: String,
    /// The weight of the indicator in its goal; 1 unless said otherwise.
    pub weight: Option<f64>,
    /// How to find the answer.
    pub guidance: Option<String>,
}

/// A sentence with a count behind it.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct FindingSchema {
    pub id: String,
    /// The id of the goal it belongs to; otherwise that of its first indicator.
    pub goal: Option<String>,
    /// Ids of indicators.
    pub indicators: Vec<String>,
    /// Which answers count.
    #[schemars(rename = "where")]
    pub condition: WhereSchema,
    /// What is counted; countries unless said otherwise.
    pub unit: Option<Unit>,
    /// With several indicators and countries counted: whether any or all must hold.
    #[schemars(rename = "match")]
    pub match_: Option<Match>,
    /// The sentence after "5 of 26 countries".
    pub text: String,
    pub published: Option<PublishedSchema>,
}

/// Which answers a finding counts.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[schemars(rename = "Where")]
pub enum WhereSchema {
    /// One of these levels, by id.
    Levels(Vec<String>),
    /// Any gap (true), or one of these reasons.
    Gap(AnyOrReasons),
    AtLeast(f64),
    AtMost(f64),
    /// Bound by the treaty.
    Bound(bool),
    /// The treaty is signed and not in force for the state.
    SignedOnly(bool),
    NotSigned(bool),
}

#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum AnyOrReasons {
    Any(bool),
    Reasons(Vec<GapId>),
}

/// Every reason for a gap.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum GapId {
    NoCard,
    Absent,
    Empty,
    NotAssessed,
    NoData,
    NotApplicable,
    Withheld,
    Unreadable,
}

#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Unit {
    Countries,
    /// Cells: each indicator of each country.
    Answers,
}

#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Match {
    Any,
    All,
}

/// The figure that was printed at the time.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Published")]
pub struct PublishedSchema {
    pub text: String,
    pub percent: Option<f64>,
    pub edition: Option<DateSchema>,
    /// The id of the group it was printed for.
    pub group: Option<String>,
}

/// A named set of countries.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "Group")]
pub struct GroupSchema {
    #[schemars(length(min = 1))]
    pub id: String,
    pub title: Option<String>,
    /// Codes or names of countries.
    pub members: Vec<String>,
}
