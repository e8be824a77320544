//! How far ranks move when one thing is changed: an indicator left out, the other mean, or one goal weighed anew.
//!
//! Every run ranks the same countries, those that have a rank as things are. The threshold is not asked again, so that
//! nobody moves because another falls out; who has nothing left to score in a run has no rank in it.

use super::{Explained, ExplainedGoal, Method, RankedBy, Ranking, SAME, Scoring};
use crate::core::{
    dataset::CountryId,
    framework::{GoalId, IndicatorId},
};

/// One change to how scores are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Variation {
    /// Without this indicator, and without its goal if it is the only one there.
    Without(IndicatorId),
    Mean(Method),
    /// The weight of a goal times this.
    Weight(GoalId, f64),
}

/// By what the weight of each goal is multiplied.
pub const FACTORS: [f64; 2] = [0.75, 1.25];

/// From the best to the worst rank; those that are tied stand on all places of their tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankPlaces {
    pub best: u32,
    pub worst: u32,
}

impl RankPlaces {
    fn and(self, other: Self) -> Self {
        Self { best: self.best.min(other.best), worst: self.worst.max(other.worst) }
    }

    /// By how many places an end of one is away from that of the other.
    fn distance(self, other: Self) -> u32 {
        self.best.abs_diff(other.best).max(self.worst.abs_diff(other.worst))
    }

    /// `17th`, or `13th–19th`.
    pub fn words(self) -> String {
        let Self { best, worst } = self;
        if best == worst { ordinal(best) } else { format!("{}–{}", ordinal(best), ordinal(worst)) }
    }
}

/// `1st`, `2nd`, `11th`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[derive(Clone, Debug, PartialEq)]
struct Run {
    change: Variation,
    /// One per ranked country; `None` if nothing is left to score.
    places: Vec<Option<RankPlaces>>,
}

/// The ranks of the same countries under every single change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robustness {
    countries: Vec<CountryId>,
    now: Vec<Option<RankPlaces>>,
    runs: Vec<Run>,
}

/// The ranks of one country under every single change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankRange {
    pub now: RankPlaces,
    /// Leaving out any one indicator; `None` where there is only one.
    pub leaving_out: Option<RankPlaces>,
    pub other_mean: Option<(Method, RankPlaces)>,
    /// One goal's weight times each of [`FACTORS`]; `None` where only one goal weighs.
    pub weights: Option<RankPlaces>,
    /// Over all runs and as it is now.
    pub union: RankPlaces,
    pub runs: usize,
    /// The runs in which the country has nothing left to score.
    pub without_rank: usize,
    /// The most other countries that have nothing left to score in a run.
    pub most_lost: usize,
    /// The first of the changes that move the rank most; `None` if none moves it.
    pub largest: Option<(Variation, RankPlaces)>,
}

impl Robustness {
    pub fn of(scoring: &Scoring<'_>, ranking: &Ranking) -> Self {
        let countries: Vec<CountryId> = ranking.rows.iter().map(|row| row.country).collect();
        let explained = countries.iter().filter_map(|id| Explained::of(scoring, ranking.what, *id));
        let explained: Vec<Explained> = explained.collect();
        if explained.is_empty() {
            return Self::default();
        }
        let method = scoring.rules.method;
        let base: Vec<Vec<(f64, Part)>> = explained
            .iter()
            .map(|of| of.weighing().map(|goal| (goal.weight, part_of(goal, method, None))).collect())
            .collect();
        let now = places(&base.iter().map(|parts| total(method, parts)).collect::<Vec<_>>());
        let changes = variations(scoring, &explained[0], ranking.what).into_iter();
        let runs = changes.filter_map(|change| {
            let scores = explained.iter().zip(&base);
            let scores: Vec<Option<f64>> =
                scores.map(|(of, parts)| changed(change, scoring, of, parts)).collect();
            // Without the only indicator there is nothing to rank by.
            scores.iter().any(Option::is_some).then(|| Run { change, places: places(&scores) })
        });
        let runs = runs.collect();
        Self { countries, now, runs }
    }

    /// `None` for a country without a rank.
    pub fn range(&self, country: CountryId) -> Option<RankRange> {
        let at = self.countries.iter().position(|id| *id == country)?;
        let now = self.now[at]?;
        let mut range = RankRange {
            now,
            leaving_out: None,
            other_mean: None,
            weights: None,
            union: now,
            runs: self.runs.len(),
            without_rank: 0,
            most_lost: 0,
            largest: None,
        };
        let mut furthest = 0;
        for run in &self.runs {
            let others =
                run.places.iter().enumerate().filter(|(other, places)| *other != at && places.is_none());
            range.most_lost = range.most_lost.max(others.count());
            let Some(places) = run.places[at] else {
                range.without_rank += 1;
                continue;
            };
            let and = |of: Option<RankPlaces>| Some(of.map_or(places, |of| of.and(places)));
            match run.change {
                Variation::Without(_) => range.leaving_out = and(range.leaving_out),
                Variation::Mean(method) => range.other_mean = Some((method, places)),
                Variation::Weight(..) => range.weights = and(range.weights),
            }
            range.union = range.union.and(places);
            if places.distance(now) > furthest {
                furthest = places.distance(now);
                range.largest = Some((run.change, places));
            }
        }
        Some(range)
    }
}

/// Every single change, in the order of the framework.
fn variations(scoring: &Scoring<'_>, any: &Explained, what: RankedBy) -> Vec<Variation> {
    let goals: Vec<GoalId> = any.weighing().map(|goal| goal.goal).collect();
    let without = goals.iter().flat_map(|goal| scoring.scored_in(*goal)).map(Variation::Without);
    let mean = Variation::Mean(scoring.rules.method.other());
    let is_weighed = what == RankedBy::Overall && goals.len() > 1;
    let weighed = goals.iter().filter(|_| is_weighed);
    let weighed = weighed.flat_map(|goal| FACTORS.map(|factor| Variation::Weight(*goal, factor)));
    without.chain([mean]).chain(weighed).collect()
}

/// The score after one change, from the parts that the goals have without it.
fn changed(change: Variation, scoring: &Scoring<'_>, of: &Explained, parts: &[(f64, Part)]) -> Option<f64> {
    let method = scoring.rules.method;
    let mut parts = parts.to_vec();
    let mut goals = of.weighing().zip(&mut parts);
    match change {
        Variation::Without(id) => {
            let at = scoring.data.framework.indicator(id).goal;
            let (goal, (_, part)) = goals.find(|(goal, _)| goal.goal == at)?;
            *part = part_of(goal, method, Some(id));
        }
        Variation::Mean(other) => {
            goals.for_each(|(goal, (_, part))| *part = part_of(goal, other, None));
            return total(other, &parts);
        }
        Variation::Weight(at, factor) => {
            let (_, (weight, _)) = goals.find(|(goal, _)| goal.goal == at)?;
            *weight *= factor;
        }
    }
    total(method, &parts)
}

/// What a goal adds to the score of a country.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Mean(f64),
    /// Nothing of it applies or is asked.
    Dropped,
    /// It applies, and nothing is given.
    Empty,
}

fn part_of(goal: &ExplainedGoal, method: Method, without: Option<IndicatorId>) -> Part {
    let cells = goal.cells.iter().filter(|cell| Some(cell.indicator) != without);
    let cells: Vec<(f64, f64)> = cells.map(|cell| (cell.weight, method.lifted(cell.value))).collect();
    let is_missing = || goal.left_out.iter().any(|(id, why)| Some(*id) != without && why.is_missing());
    match method.mean(&cells) {
        Some(mean) => Part::Mean(mean),
        None if is_missing() => Part::Empty,
        None => Part::Dropped,
    }
}

/// The score; `None` if a goal that applies is empty, or all are dropped.
fn total(method: Method, parts: &[(f64, Part)]) -> Option<f64> {
    if parts.iter().any(|(_, part)| *part == Part::Empty) {
        return None;
    }
    let means = parts.iter().filter_map(|(weight, part)| match part {
        Part::Mean(mean) => Some((*weight, *mean)),
        Part::Dropped | Part::Empty => None,
    });
    method.mean(&means.collect::<Vec<_>>()).map(super::points)
}

/// The places of these scores, each among those that there are.
fn places(scores: &[Option<f64>]) -> Vec<Option<RankPlaces>> {
    let mut order: Vec<(usize, f64)> =
        scores.iter().enumerate().filter_map(|(at, score)| Some((at, (*score)?))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut found = vec![None; scores.len()];
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let mut start = 0;
    while let Some((_, first)) = order.get(start) {
        let tied = order[start..].iter().take_while(|(_, score)| (first - score).abs() < SAME).count().max(1);
        for (at, _) in &order[start..start + tied] {
            found[*at] = Some(RankPlaces { best: place(start + 1), worst: place(start + tied) });
        }
        start += tied;
    }
    found
}
