//! Explained scores as programs read them: goals, cells, reasons, counts and ranges of ranks.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ExplainReport, Sum};
use crate::{
    core::{
        framework::IndicatorId,
        report::{
            Report as _,
            cell::{CoverageJson, NumberJson},
            context::About,
            rank::{CautionJson, RulesJson, cautions_json, one_decimal, rules_json, share, why_words},
            vocabulary,
        },
        score::{ExplainedGoal, FACTORS, NotInSum, RankPlaces, RankRange, RankedBy, Variation, Why},
    },
    text::Raw,
};

/// The report `explain`, of `rank --explain`: scores opened to their sums. One of `overall` and `goal` is there.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::core::report) struct ExplainJson<'a> {
    #[serde(flatten)]
    about: About,
    /// True.
    #[serde(skip_serializing_if = "Option::is_none")]
    overall: Option<bool>,
    /// The id of the goal whose score is explained.
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<&'a str>,
    rules: RulesJson<'a>,
    /// How many countries of the group have a rank.
    ranked: usize,
    /// Best first, then those without a rank; only one if one was asked for.
    rows: Vec<SumJson<'a>>,
}

/// A country's score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SumJson<'a> {
    country: &'a Raw<'static>,
    name: &'a Raw<'static>,
    /// One more than the number of countries ahead; null without a rank.
    rank: Option<u32>,
    /// How many countries have this rank; null without a rank.
    tied_countries: Option<usize>,
    /// 0–100, to one decimal; null where there is none.
    score: Option<f64>,
    /// Why there is no score; null where there is one.
    #[schemars(schema_with = "vocabulary::why_or_null")]
    reason: Option<&'static str>,
    /// The reason as a person reads it; null where there is a score.
    words: Option<String>,
    coverage: CoverageJson,
    goals: Vec<GoalSumJson<'a>>,
    firmness: FirmnessJson,
    /// Null without a rank.
    range: Option<RangeJson<'a>>,
    /// What to beware of.
    cautions: Vec<CautionJson<'a>>,
}

/// A goal in the sum.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GoalSumJson<'a> {
    goal: &'a str,
    /// 0 is left out of the score; 1 if the score is the goal's own.
    weight: NumberJson,
    /// Its part (0–1) of the score.
    share: f64,
    /// The mean of its cells, 0–100; null where none is scored.
    mean: Option<f64>,
    coverage: CoverageJson,
    cells: Vec<CellInSum<'a>>,
    left_out: Vec<NotInSumJson<'a>>,
}

/// A cell in the sum.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CellInSum<'a> {
    indicator: &'a str,
    label: Raw<'static>,
    weight: NumberJson,
    /// Its part (0–1) of the goal.
    share: f64,
    /// What enters the mean: 0–100, by the geometric mean 1–100.
    points: f64,
    #[schemars(schema_with = "vocabulary::marks")]
    marks: Vec<&'static str>,
}

/// A cell that is not in the sum.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct NotInSumJson<'a> {
    indicator: &'a str,
    #[schemars(schema_with = "vocabulary::not_in_sum")]
    reason: &'static str,
}

/// On how many of the cells that apply a score rests without a doubt.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct FirmnessJson {
    firm: u32,
    of: u32,
    /// The part (0–1) of the weight that is on firm cells.
    share: f64,
    gaps: u32,
    /// Given cells that are not firm, each by one mark.
    doubtful: Vec<DoubtfulJson>,
    /// Scored cells that name no source, firm or not.
    unsourced: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct DoubtfulJson {
    #[schemars(schema_with = "vocabulary::mark")]
    mark: &'static str,
    cells: u32,
}

/// The ranks with one thing changed at a time, over the same ranked countries.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RangeJson<'a> {
    /// As things are.
    now: PlacesJson,
    /// Leaving out any one indicator; null where there is only one.
    leaving_out: Option<PlacesJson>,
    /// By the other mean.
    other_mean: Option<PlacesJson>,
    /// One goal's weight times each of `factors`; null where only one goal weighs.
    weights: Option<PlacesJson>,
    factors: [f64; 2],
    /// Over all runs and as things are.
    all: PlacesJson,
    runs: usize,
    /// Runs in which nothing of the country is left to score.
    runs_without_rank: usize,
    /// The most other countries of which nothing is left to score in a run.
    most_others_without_rank: usize,
    /// The change that moves the rank most; null if none moves it.
    largest: Option<LargestJson<'a>>,
}

/// Those that are tied stand on all places of their tie.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PlacesJson {
    best: u32,
    worst: u32,
}

/// One of `without`, `method` and `goal` with `factor` is there.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(inline)]
struct LargestJson<'a> {
    /// The indicator that is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<&'a str>,
    /// The other mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::method")]
    method: Option<&'static str>,
    /// The goal whose weight is multiplied.
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor: Option<f64>,
    best: u32,
    worst: u32,
}

impl From<RankPlaces> for PlacesJson {
    fn from(places: RankPlaces) -> Self {
        Self { best: places.best, worst: places.worst }
    }
}

impl<'a> ExplainReport<'a> {
    pub(super) fn document(&self) -> ExplainJson<'a> {
        let framework = &self.data.framework;
        ExplainJson {
            about: self.context().about(self.name()),
            overall: (self.ranking.what == RankedBy::Overall).then_some(true),
            goal: if let RankedBy::Goal(id) = self.ranking.what {
                Some(&framework.goal(id).id)
            } else {
                None
            },
            rules: rules_json(framework, self.rules),
            ranked: self.ranking.rows.len(),
            rows: self.sums.iter().map(|sum| self.sum_json(sum)).collect(),
        }
    }

    fn sum_json(&self, sum: &Sum) -> SumJson<'a> {
        let (framework, explained) = (&self.data.framework, &sum.explained);
        let (country, score) = (self.data.country(explained.country), explained.score);
        let ranked = self.ranking.row(explained.country);
        let why = score.points.err();
        let firmness = &sum.firmness;
        let doubtful =
            firmness.doubtful.iter().map(|(known, cells)| DoubtfulJson { mark: known.id, cells: *cells });
        SumJson {
            country: &country.code,
            name: &country.name,
            rank: ranked.map(|row| row.rank),
            tied_countries: ranked.map(|row| self.ranking.tied_at(row.rank)),
            score: score.points.ok().map(one_decimal),
            reason: why.map(Why::id),
            words: why.map(|why| why_words(framework, self.rules, why, score.coverage)),
            coverage: score.coverage.into(),
            goals: explained.goals.iter().map(|goal| self.goal_json(explained.country, goal)).collect(),
            firmness: FirmnessJson {
                firm: firmness.firm,
                of: firmness.of,
                share: share(firmness.share),
                gaps: firmness.gaps,
                doubtful: doubtful.collect(),
                unsourced: firmness.unsourced,
            },
            range: sum.range.map(|range| self.range_json(&range)),
            cautions: cautions_json(framework, self.rules, &explained.cautions(self.rules), score.coverage),
        }
    }

    fn goal_json(&self, country: crate::core::dataset::CountryId, goal: &ExplainedGoal) -> GoalSumJson<'a> {
        let framework = &self.data.framework;
        let cells = goal.cells.iter().map(|cell| CellInSum {
            indicator: &framework.indicator(cell.indicator).id,
            label: self.data.label(country, self.edition, cell.indicator),
            weight: NumberJson(cell.weight),
            share: share(cell.share),
            points: one_decimal(cell.points(self.rules.method)),
            marks: cell.cell.marks.ids().collect(),
        });
        let left_out = |(id, why): &(IndicatorId, NotInSum)| NotInSumJson {
            indicator: &framework.indicator(*id).id,
            reason: why.id(),
        };
        GoalSumJson {
            goal: &framework.goal(goal.goal).id,
            weight: NumberJson(goal.weight),
            share: share(goal.share),
            mean: goal.mean.map(one_decimal),
            coverage: goal.coverage.into(),
            cells: cells.collect(),
            left_out: goal.left_out.iter().map(left_out).collect(),
        }
    }

    fn range_json(&self, range: &RankRange) -> RangeJson<'a> {
        let framework = &self.data.framework;
        let largest = range.largest.map(|(change, RankPlaces { best, worst })| {
            let moved = LargestJson { best, worst, ..LargestJson::default() };
            match change {
                Variation::Without(id) => LargestJson { without: Some(&framework.indicator(id).id), ..moved },
                Variation::Mean(method) => LargestJson { method: Some(method.id()), ..moved },
                Variation::Weight(goal, factor) => {
                    LargestJson { goal: Some(&framework.goal(goal).id), factor: Some(factor), ..moved }
                }
            }
        });
        RangeJson {
            now: range.now.into(),
            leaving_out: range.leaving_out.map(Into::into),
            other_mean: range.other_mean.map(|(_, places)| places.into()),
            weights: range.weights.map(Into::into),
            factors: FACTORS,
            all: range.union.into(),
            runs: range.runs,
            runs_without_rank: range.without_rank,
            most_others_without_rank: range.most_lost,
            largest,
        }
    }
}
