//! Changes as programs read them: step by step, cell by cell with both values, and summed up.

use schemars::JsonSchema;
use serde::Serialize;

use super::ChangesReport;
use crate::{
    core::{
        breaks,
        changes::{Changes, Moves},
        report::{
            Report as _,
            cell::{CellJson, CellReport, CoverageJson, NumberJson},
            context::About,
            vocabulary,
        },
    },
    text::Raw,
};

/// The report `changes`: what became of each cell from one edition to a later one, step by step. A cell that was a gap,
/// or is one now, has become neither better nor worse.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::core::report) struct ChangesJson<'a> {
    #[serde(flatten)]
    about: About,
    /// The kinds of change that `rows` lists.
    #[schemars(schema_with = "vocabulary::changes")]
    only: Vec<&'static str>,
    /// Codes of the countries that were asked for; none for the whole group.
    only_countries: Vec<&'a Raw<'static>>,
    /// Ids of the indicators that were asked for; none for all of them.
    only_indicators: Vec<&'a str>,
    /// The label of the first edition; null without a step.
    from: Option<&'a str>,
    /// The label of the last edition.
    to: Option<&'a str>,
    /// Oldest first.
    steps: Vec<StepJson<'a>>,
}

/// From one edition to another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
pub(in crate::core::report) struct StepJson<'a> {
    from: &'a str,
    to: &'a str,
    /// How many countries are asked: the group as it is in the newer edition.
    countries: usize,
    coverage: StepCoverage,
    /// Cells by what became of them.
    tallies: Moves,
    /// Cells given in both editions: what the shares of the tallies are of.
    comparable: u32,
    /// Indicators of which all numbers change by about the same factor, as where the scale is another one. They are
    /// compared all the same.
    suspected_breaks: Vec<SuspectedBreakJson<'a>>,
    rows: Vec<ChangeJson<'a>>,
    by_country: Vec<CountryMoves<'a>>,
    by_indicator: Vec<IndicatorMoves<'a>>,
    by_goal: Vec<GoalMoves<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SuspectedBreakJson<'a> {
    indicator: &'a str,
    /// The labels of the editions between which the numbers change; they lie within the step or around it.
    from: &'a str,
    to: &'a str,
    /// What the number of the typical country is multiplied by.
    factor: NumberJson,
}

/// How much is given, in either edition.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct StepCoverage {
    from: CoverageJson,
    to: CoverageJson,
}

/// A cell in both editions.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ChangeJson<'a> {
    country: &'a Raw<'static>,
    goal: &'a str,
    indicator: &'a str,
    #[schemars(schema_with = "vocabulary::change")]
    change: &'static str,
    /// How far apart, in levels or in the scale's unit; null where that cannot be said.
    distance: Option<NumberJson>,
    before: CellJson<'a>,
    after: CellJson<'a>,
}

/// The cells of one country, indicator or goal by what became of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct MovesJson {
    #[serde(flatten)]
    moves: Moves,
    /// Cells given in both editions.
    comparable: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CountryMoves<'a> {
    country: &'a Raw<'static>,
    #[serde(flatten)]
    moves: MovesJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct IndicatorMoves<'a> {
    indicator: &'a str,
    #[serde(flatten)]
    moves: MovesJson,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GoalMoves<'a> {
    goal: &'a str,
    #[serde(flatten)]
    moves: MovesJson,
}

impl From<Moves> for MovesJson {
    fn from(moves: Moves) -> Self {
        Self { moves, comparable: moves.comparable() }
    }
}

impl<'a> ChangesReport<'a> {
    pub(super) fn document(&self) -> ChangesJson<'_> {
        let (data, scope) = (self.data, &self.about);
        let indicators = scope.indicators.iter().map(|id| &*data.framework.indicator(*id).id);
        ChangesJson {
            about: self.context().about(self.name()),
            only: self.only.iter().map(|kind| kind.id()).collect(),
            only_countries: scope.countries.iter().map(|id| &data.country(*id).code).collect(),
            only_indicators: indicators.collect(),
            from: self.steps.first().map(|step| self.label(step.from)),
            to: self.steps.last().map(|step| self.label(step.to)),
            steps: self.steps_json(),
        }
    }

    pub(in crate::core::report) fn steps_json(&self) -> Vec<StepJson<'a>> {
        self.steps.iter().map(|step| self.step_json(step)).collect()
    }

    fn step_json(&self, step: &Changes) -> StepJson<'a> {
        let (data, framework) = (self.data, &self.data.framework);
        let rows = self.listed(step).map(|row| {
            let [before, after] = self.entries(step, row).map(CellReport::into_json);
            let indicator = framework.indicator(row.indicator);
            ChangeJson {
                country: &data.country(row.country).code,
                goal: &framework.goal(indicator.goal).id,
                indicator: &indicator.id,
                change: row.change.kind().id(),
                distance: row.change.distance().map(NumberJson),
                before,
                after,
            }
        });
        let by_country = step.by_country.iter().map(|(id, moves)| {
            let country = &data.country(*id).code;
            CountryMoves { country, moves: (*moves).into() }
        });
        let by_indicator = step.by_indicator.iter().map(|(id, moves)| {
            let indicator = &*framework.indicator(*id).id;
            IndicatorMoves { indicator, moves: (*moves).into() }
        });
        let by_goal = step.by_goal.iter().map(|(id, moves)| {
            let goal = &*framework.goal(*id).id;
            GoalMoves { goal, moves: (*moves).into() }
        });
        let asked = step.by_indicator.iter().map(|(id, _)| *id);
        let suspected = asked.filter_map(|id| breaks::suspected(data, id, step.from, step.to));
        let suspected_breaks = suspected.map(|found| SuspectedBreakJson {
            indicator: &framework.indicator(found.indicator).id,
            from: self.label(found.from),
            to: self.label(found.to),
            factor: NumberJson(found.factor),
        });
        StepJson {
            from: self.label(step.from),
            to: self.label(step.to),
            countries: step.by_country.len(),
            coverage: StepCoverage { from: step.before.into(), to: step.after.into() },
            tallies: step.all,
            comparable: step.all.comparable(),
            suspected_breaks: suspected_breaks.collect(),
            rows: rows.collect(),
            by_country: by_country.collect(),
            by_indicator: by_indicator.collect(),
            by_goal: by_goal.collect(),
        }
    }
}
