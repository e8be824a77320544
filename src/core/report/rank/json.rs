//! Ranks as programs read them: raw values, rules, bounds, reasons.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{RankReport, one_decimal, why_words, words::caution_words};
use crate::{
    core::{
        cell::Value,
        counts::Counts,
        dataset::CountryId,
        framework::{Framework, GoalId, IndicatorId},
        label,
        report::{
            Report as _,
            cell::{CoverageJson, NumberJson, ValueJson},
            context::About,
            vocabulary,
        },
        score::{Bounds, LeftOut, Origin, Ranked, RankedBy, Rules, ScoreCaution, Unranked, Why},
    },
    text::Raw,
};

/// The report `rank`: where each country of a group stands, by all goals, by one of them or by one indicator. One of
/// `overall`, `goal` and `indicator` is there. A rank by an indicator needs no score: then `rules`, `bounds` and
/// `left_out` are not there.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::core::report) struct RankJson<'a> {
    #[serde(flatten)]
    about: About,
    /// True.
    #[serde(skip_serializing_if = "Option::is_none")]
    overall: Option<bool>,
    /// The id of the goal that is ranked by.
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<&'a str>,
    /// The id of the indicator that is ranked by.
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<RulesJson<'a>>,
    /// Between which ends numbers are normalised.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<Vec<BoundsJson<'a>>>,
    /// Indicators that are in no score.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<Vec<LeftOutJson<'a>>>,
    /// Over all goals only.
    #[serde(skip_serializing_if = "Option::is_none")]
    goal_means: Option<Vec<GoalMean<'a>>>,
    /// How many countries, with a rank and without.
    n: usize,
    /// How many of them have a rank.
    ranked: usize,
    /// What must be said of the numbers behind the ranks.
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<String>,
    /// Best first; countries of the same rank by name.
    rows: Vec<RankedJson<'a>>,
    unranked: Vec<UnrankedJson<'a>>,
}

/// How scores are made.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(in crate::core::report) struct RulesJson<'a> {
    #[schemars(schema_with = "vocabulary::method")]
    method: &'static str,
    /// The share of cells (0–1) that must be given.
    threshold: f64,
    weights: WeightsJson<'a>,
}

/// By the id of the goal or indicator; what weighs 0 is in no score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct WeightsJson<'a> {
    goals: BTreeMap<&'a str, NumberJson>,
    indicators: BTreeMap<&'a str, NumberJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct BoundsJson<'a> {
    indicator: &'a str,
    min: BoundJson,
    max: BoundJson,
}

/// An end of a number scale.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct BoundJson {
    /// In the scale's unit.
    value: NumberJson,
    /// The framework names it, or it is the lowest or highest value of the set.
    #[schemars(schema_with = "vocabulary::origin")]
    from: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct LeftOutJson<'a> {
    indicator: &'a str,
    #[schemars(schema_with = "vocabulary::left_out")]
    reason: &'static str,
}

/// The mean of a goal's scores.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GoalMean<'a> {
    goal: &'a str,
    /// 0–100, to one decimal; null where no country has a score.
    mean: Option<f64>,
    /// How many countries have a score.
    countries: usize,
    of: usize,
}

/// A country with a rank.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RankedJson<'a> {
    /// One more than the number of countries ahead.
    rank: u32,
    /// Whether others have the same rank.
    tied: bool,
    /// How many countries have this rank, this one with them.
    tied_countries: usize,
    country: &'a Raw<'static>,
    name: &'a Raw<'static>,
    /// 0–100, to one decimal; not of an indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    /// Of an indicator: the number in the scale's unit, or the id of the level.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueJson>,
    /// Of an indicator: the value in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Raw<'static>>,
    /// Of the cells that the rank rests on.
    coverage: CoverageJson,
    /// What to beware of in the score.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<CautionJson<'a>>,
    /// Over all goals only: the score on each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goals: Vec<GoalScore<'a>>,
}

/// A country without a rank.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct UnrankedJson<'a> {
    country: &'a Raw<'static>,
    name: &'a Raw<'static>,
    #[schemars(schema_with = "vocabulary::why")]
    reason: &'static str,
    /// The reason as a person reads it.
    words: String,
    coverage: CoverageJson,
    /// Over all goals only: the score on each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    goals: Vec<GoalScore<'a>>,
}

/// A country's score on a goal.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GoalScore<'a> {
    goal: &'a str,
    /// 0–100, to one decimal; null where there is none.
    score: Option<f64>,
    /// Why there is no score; null where there is one.
    #[schemars(schema_with = "vocabulary::why_or_null")]
    reason: Option<&'static str>,
    coverage: CoverageJson,
}

/// `goal`, `indicator` and `share` are there for `heavy-cell`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(in crate::core::report) struct CautionJson<'a> {
    #[schemars(schema_with = "vocabulary::score_caution")]
    caution: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<&'a str>,
    /// The heaviest.
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    /// Its part (0–1) of the goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    words: String,
}

impl<'a> RankReport<'a> {
    pub(super) fn document(&self) -> RankJson<'a> {
        let framework = self.framework();
        let what = self.ranking.what;
        let is_overall = what == RankedBy::Overall;
        let has_scores = self.ranks_scores();
        let left_out = |(id, why): &(IndicatorId, LeftOut)| LeftOutJson {
            indicator: &framework.indicator(*id).id,
            reason: why.id(),
        };
        RankJson {
            about: self.context().about(self.name()),
            overall: is_overall.then_some(true),
            goal: if let RankedBy::Goal(id) = what { Some(&framework.goal(id).id) } else { None },
            indicator: if let RankedBy::Indicator(id) = what {
                Some(&framework.indicator(id).id)
            } else {
                None
            },
            rules: has_scores.then(|| rules_json(framework, self.rules)),
            bounds: has_scores.then(|| self.bounds.iter().map(|of| self.bounds_json(of)).collect()),
            left_out: has_scores.then(|| self.left_out.iter().map(left_out).collect()),
            goal_means: is_overall.then(|| framework.goal_ids().map(|goal| self.mean_json(goal)).collect()),
            n: self.ranking.rows.len() + self.ranking.unranked.len(),
            ranked: self.ranking.rows.len(),
            caution: self.caution(),
            rows: self.ranking.rows.iter().map(|row| self.row_json(row)).collect(),
            unranked: self.ranking.unranked.iter().map(|row| self.unranked_json(row)).collect(),
        }
    }

    fn row_json(&self, row: &Ranked) -> RankedJson<'a> {
        let country = self.data.country(row.country);
        let given = match (row.value, self.ranking.what) {
            (Some(value), RankedBy::Indicator(id)) => Some((value, self.framework().scale(id))),
            _ => None,
        };
        let value = given.and_then(|(value, scale)| match value {
            Value::Number(number) => Some(ValueJson::Number(NumberJson(number))),
            Value::Level(level) => {
                let level = scale.levels.get(usize::from(level))?;
                Some(ValueJson::Text(Raw::new(level.id.to_string())))
            }
            // Of what is not ordered, or known by its bounds alone, there are no ranks.
            Value::Interval(_) | Value::Date(_) | Value::Text => None,
        });
        RankedJson {
            rank: row.rank,
            tied: row.tied,
            tied_countries: self.ranking.tied_at(row.rank),
            country: &country.code,
            name: &country.name,
            score: row.points.map(one_decimal),
            value,
            label: given.map(|(value, scale)| label::of_value(scale, value)),
            coverage: row.coverage.into(),
            cautions: cautions_json(
                self.framework(),
                self.rules,
                self.cautions_of(row.country),
                row.coverage,
            ),
            goals: self.goals_json(row.country),
        }
    }

    fn unranked_json(&self, row: &Unranked) -> UnrankedJson<'a> {
        let country = self.data.country(row.country);
        UnrankedJson {
            country: &country.code,
            name: &country.name,
            reason: row.why.id(),
            words: why_words(self.framework(), self.rules, row.why, row.coverage),
            coverage: row.coverage.into(),
            goals: self.goals_json(row.country),
        }
    }

    fn goals_json(&self, country: CountryId) -> Vec<GoalScore<'a>> {
        let scores = self.framework().goals.iter().zip(self.goal_scores(country));
        let goals = scores.map(|(goal, score)| GoalScore {
            goal: &goal.id,
            score: score.points.ok().map(one_decimal),
            reason: score.points.err().map(Why::id),
            coverage: score.coverage.into(),
        });
        goals.collect()
    }

    fn mean_json(&self, goal: GoalId) -> GoalMean<'a> {
        let (mean, countries) = self.goal_mean(goal);
        let goal = &self.framework().goal(goal).id;
        GoalMean { goal, mean: mean.map(one_decimal), countries, of: self.goals.len() }
    }

    fn bounds_json(&self, (id, bounds): &(IndicatorId, Bounds)) -> BoundsJson<'a> {
        let end = |(at, origin): (f64, Origin)| BoundJson { value: NumberJson(at), from: origin.id() };
        let indicator = &self.framework().indicator(*id).id;
        BoundsJson { indicator, min: end(bounds.min), max: end(bounds.max) }
    }
}

pub(in crate::core::report) fn rules_json<'a>(framework: &'a Framework, rules: &Rules) -> RulesJson<'a> {
    let goal = |id| (&*framework.goal(id).id, NumberJson(rules.goal(id)));
    let indicator = |id| (&*framework.indicator(id).id, NumberJson(rules.indicator(id)));
    RulesJson {
        method: rules.method.id(),
        threshold: rules.threshold,
        weights: WeightsJson {
            goals: framework.goal_ids().map(goal).collect(),
            indicators: framework.indicator_ids().map(indicator).collect(),
        },
    }
}

/// Shares are told to four digits.
pub(in crate::core::report) fn share(of: f64) -> f64 {
    (of * 10_000.0).round() / 10_000.0
}

pub(in crate::core::report) fn cautions_json<'a>(
    framework: &'a Framework,
    rules: &Rules,
    cautions: &[ScoreCaution],
    coverage: Counts,
) -> Vec<CautionJson<'a>> {
    let json = |caution: &ScoreCaution| {
        let heavy = match *caution {
            ScoreCaution::HeavyCell { goal, indicator, share, .. } => Some((goal, indicator, share)),
            ScoreCaution::FewApply => None,
        };
        CautionJson {
            caution: caution.id(),
            goal: heavy.map(|(goal, ..)| &*framework.goal(goal).id),
            indicator: heavy.map(|(_, indicator, _)| &*framework.indicator(indicator).id),
            share: heavy.map(|(.., of)| share(of)),
            words: caution_words(framework, rules, *caution, coverage),
        }
    };
    cautions.iter().map(json).collect()
}
