//! How a table is read, as far as somebody says it: a small file beside the table, or options of the command line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;

/// The format of a mapping.
pub const MAPPING_SCHEMA: &str = "visavis.mapping/1";

/// The goal of indicators of which nobody has said one.
pub const NO_GOAL: &str = "Indicators";

/// What a column of a table is for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumIter,
)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    CountryCode,
    CountryName,
    Edition,
    IndicatorCode,
    IndicatorName,
    /// The answers themselves.
    Value,
    /// Observation status or flags of the value beside it.
    Status,
    Note,
    Source,
    Unit,
    /// A further dimension, such as sex or age: its category belongs to the indicator.
    Dimension,
    /// A group of countries, such as a region.
    Group,
    /// Not read.
    Ignored,
}

impl ColumnRole {
    /// As mappings write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::CountryCode => "country-code",
            Self::CountryName => "country-name",
            Self::Edition => "edition",
            Self::IndicatorCode => "indicator-code",
            Self::IndicatorName => "indicator-name",
            Self::Value => "value",
            Self::Status => "status",
            Self::Note => "note",
            Self::Source => "source",
            Self::Unit => "unit",
            Self::Dimension => "dimension",
            Self::Group => "group",
            Self::Ignored => "ignored",
        }
    }
}

/// Which answers of an indicator are better, as a mapping says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MappedBetter {
    Higher,
    Lower,
    Neither,
}

/// What kind of answers an indicator has, as a mapping says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MappedKind {
    Number,
    /// Few words, ordered only if `order` says how.
    Categories,
    Date,
    Text,
}

/// What a mapping says of one indicator.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedIndicator {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The goal that it belongs to, by its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<MappedBetter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MappedKind>,
    /// Its categories from worst to best.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// The lowest and the highest number there can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The first day from which its values can be compared with later ones, such as 2012: before it, its scale was another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparable_from: Option<Date>,
    /// Signs that stand where a value is missing, each with the gap that it means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, String>,
}

/// What a table had when its mapping was saved. It says nothing of how the table is read: what has changed since is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenTable {
    /// The ids of its indicators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// The categories of those that have some, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, Vec<String>>,
}

/// What is said of how a table is read. What is not said is recognised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The id of the set, by which it is asked for: `--set`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The sheet of a workbook, or the member of an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// As browsers call it: `windows-1252`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The sign before decimals: a comma or a full stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// The edition of a table that states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undated: Option<String>,
    /// Columns by their headings, with what they are for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnRole>,
    /// Countries as the table writes them, with the code or name that is meant; an empty one leaves the rows out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub countries: BTreeMap<String, String>,
    /// Signs that stand where a value is missing, each with the gap that it means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, String>,
    /// Indicators by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indicators: BTreeMap<String, MappedIndicator>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenTable>,
}

impl Mapping {
    /// This mapping, and what it does not say as the other one says it.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let Self {
            schema,
            id,
            title,
            sheet,
            encoding,
            decimal,
            undated,
            columns,
            countries,
            missing,
            indicators,
            seen,
        } = other;
        self.seen = self.seen.or(seen);
        self.schema = self.schema.or(schema);
        self.id = self.id.or(id);
        self.title = self.title.or(title);
        self.sheet = self.sheet.or(sheet);
        self.encoding = self.encoding.or(encoding);
        self.decimal = self.decimal.or(decimal);
        self.undated = self.undated.or(undated);
        for (heading, role) in columns {
            self.columns.entry(heading).or_insert(role);
        }
        for (written, meant) in countries {
            self.countries.entry(written).or_insert(meant);
        }
        for (sign, gap) in missing {
            self.missing.entry(sign).or_insert(gap);
        }
        for (id, indicator) in indicators {
            let own = self.indicators.remove(&id).unwrap_or_default();
            self.indicators.insert(id, own.or(indicator));
        }
        self
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl MappedIndicator {
    fn or(self, other: Self) -> Self {
        // Every member is named, so that none can be lost.
        let Self { title, unit, goal, better, kind, order, min, max, comparable_from, missing } = other;
        Self {
            title: self.title.or(title),
            unit: self.unit.or(unit),
            goal: self.goal.or(goal),
            better: self.better.or(better),
            kind: self.kind.or(kind),
            order: if self.order.is_empty() { order } else { self.order },
            min: self.min.or(min),
            max: self.max.or(max),
            comparable_from: self.comparable_from.or(comparable_from),
            missing: missing.into_iter().chain(self.missing).collect(),
        }
    }
}

impl Mapping {
    /// Reads a mapping from its file. Errors: the byte and why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            (at, error.message().lines().collect::<Vec<_>>().join("; "))
        })
    }
}
