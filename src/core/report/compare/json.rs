//! The comparison as programs read it: raw values, verdicts by their ids, tallies by goal.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::CompareReport;
use crate::{
    core::{
        compare::{ComparisonRow, Reason, Tallies},
        framework::GoalId,
        groups,
        report::{
            Report as _,
            cell::{CellJson, CellReport, CoverageJson, NumberJson},
            context::About,
            vocabulary,
        },
        subject::Subject,
    },
    text::Raw,
};

/// The report `compare`: subjects side by side, indicator by indicator. Two are held against each other, row by row with
/// a verdict; of several each row says who leads.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::core::report) struct CompareJson<'a> {
    #[serde(flatten)]
    about: About,
    /// In the order that they were named in; the first of two is the left one.
    subjects: Vec<SubjectJson<'a>>,
    /// Which rows were asked for; null for all of them. Tallies are over all, whichever are shown.
    #[schemars(extend("enum" = ["differences", "gaps", null]))]
    only: Option<&'static str>,
    /// Ids of the indicators that were asked for; none for all of them.
    only_indicators: Vec<&'a str>,
    rows: Vec<CompareRow<'a>>,
    tallies: TalliesJson<'a>,
}

/// A country in an edition, or the median of a group.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SubjectJson<'a> {
    /// Alpha-3 or user-assigned code; null for a group.
    country: Option<Raw<'static>>,
    /// `country`, `former` or `aggregate`; left out for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// The id of the group; left out for a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Raw<'static>>,
    /// Codes of the group's members in the edition that the data has; left out for a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<&'a Raw<'static>>>,
    name: Raw<'static>,
    /// The label of its edition.
    edition: &'a str,
    /// Over all indicators.
    coverage: CoverageJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum CompareRow<'a> {
    Pair(PairRow<'a>),
    Several(SeveralRow<'a>),
}

/// One indicator, and how the left of two subjects stands to the right one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PairRow<'a> {
    #[serde(flatten)]
    indicator: IndicatorRow<'a>,
    /// Who is ahead. Never against a gap: that is `not-comparable`.
    #[schemars(schema_with = "vocabulary::verdict")]
    verdict: &'static str,
    /// Why there is no verdict; null where there is one.
    #[schemars(schema_with = "vocabulary::verdict_reason_or_null")]
    reason: Option<&'static str>,
    /// How far apart, in levels or in the scale's unit; null where that cannot be said.
    distance: Option<NumberJson>,
}

/// One indicator, and who of several subjects leads.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SeveralRow<'a> {
    #[serde(flatten)]
    indicator: IndicatorRow<'a>,
    /// Those with the best given value of an ordered scale, by code, with `@` and the edition where the editions differ;
    /// none where all are equal.
    leaders: Vec<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct IndicatorRow<'a> {
    goal: &'a str,
    indicator: &'a str,
    title: &'a Raw<'static>,
    /// One cell a subject, in their order.
    values: Vec<CellJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum TalliesJson<'a> {
    Pair(WithGoals<'a, Tallies>),
    Several(WithGoals<'a, Leads<'a>>),
}

/// A sum over all indicators, and the same by the id of the goal.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct WithGoals<'a, T> {
    #[serde(flatten)]
    all: T,
    by_goal: BTreeMap<&'a str, T>,
}

/// How often each subject is among the leaders.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Leads<'a> {
    leads: BTreeMap<&'a str, u32>,
}

impl<'a> CompareReport<'a> {
    pub(super) fn document(&self) -> CompareJson<'_> {
        let framework = &self.data.framework;
        CompareJson {
            about: self.context().about(self.name()),
            subjects: (0..self.names.len()).map(|at| self.subject_json(at)).collect(),
            only: self.only.id(),
            only_indicators: self.indicators.iter().map(|id| &*framework.indicator(*id).id).collect(),
            rows: self.rows().map(|row| self.row_json(row)).collect(),
            tallies: self.tallies_json(),
        }
    }

    fn subject_json(&self, at: usize) -> SubjectJson<'a> {
        let data = self.data;
        let subject = &self.comparison.subjects[at];
        let (country, group, members) = match subject {
            Subject::Country(..) => (Some(subject.code(data)), None, None),
            Subject::Group(group, edition) => {
                let members = groups::members(data, group, *edition);
                let codes = members.iter().map(|id| &data.country(*id).code).collect();
                (None, Some(subject.code(data)), Some(codes))
            }
        };
        let name = match subject {
            Subject::Country(country, _) => data.country(*country).name.clone(),
            Subject::Group(..) => subject.name(data),
        };
        let kind = match subject {
            Subject::Country(country, _) => Some(data.country(*country).kind.id()),
            Subject::Group(..) => None,
        };
        let edition = &*data.edition(subject.edition()).label;
        SubjectJson { country, kind, group, members, name, edition, coverage: self.coverage(at).into() }
    }

    fn row_json(&self, row: &ComparisonRow) -> CompareRow<'_> {
        let framework = &self.data.framework;
        let known = framework.indicator(row.indicator);
        let indicator = IndicatorRow {
            goal: &framework.goal(known.goal).id,
            indicator: &known.id,
            title: &known.title,
            values: self.entries(row).into_iter().map(CellReport::into_json).collect(),
        };
        if self.is_pair() {
            CompareRow::Pair(PairRow {
                indicator,
                verdict: row.verdict.id(),
                reason: row.verdict.reason().map(Reason::id),
                distance: row.verdict.distance().map(NumberJson),
            })
        } else {
            let leaders = row.leaders.iter().map(|at| self.names[*at].as_str()).collect();
            CompareRow::Several(SeveralRow { indicator, leaders })
        }
    }

    fn tallies_json(&self) -> TalliesJson<'_> {
        let id = |goal: GoalId| &*self.data.framework.goal(goal).id;
        let goals = self.comparison.by_goal.iter();
        if self.is_pair() {
            let by_goal = goals.map(|(goal, tallies)| (id(*goal), *tallies)).collect();
            return TalliesJson::Pair(WithGoals { all: self.comparison.tallies, by_goal });
        }
        let leads =
            |goal| Leads { leads: self.names.iter().map(String::as_str).zip(self.leads(goal)).collect() };
        let by_goal = goals.map(|(goal, _)| (id(*goal), leads(Some(*goal)))).collect();
        TalliesJson::Several(WithGoals { all: leads(None), by_goal })
    }
}
