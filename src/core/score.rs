//! Scores: weighted means of the given cells, in a group and an edition, shown only beside their coverage.
//!
//! Every cell of an ordered scale is normalised to 0–1, worst to best: levels by their position, numbers between two
//! bounds (the framework's, else the lowest and highest number given in the group). A missing cell is left out of the
//! mean and counted in the coverage; a not applicable cell is in neither. Nothing is imputed.

mod ranking;
mod rules;
mod explained;
mod firmness;
mod robustness;

use self::ranking::SAME;
pub use self::{
    explained::{CAUTION_LETTERS, Explained, ExplainedCell, ExplainedGoal, NotInSum, ScoreCaution},
    firmness::Firmness,
    ranking::{Ranked, RankedBy, Ranking, Unranked},
    robustness::{FACTORS, RankPlaces, RankRange, Robustness, Variation},
    rules::{Adjustments, Method, Rules, Weighs},
};

use super::{
    breaks,
    cell::{Cell, Gap, Value},
    counts::Counts,
    dataset::{CountryId, Dataset, EditionId},
    framework::{GoalId, IndicatorId},
    scale::{Ends, Scale, ScaleKind},
};

/// The origin of a bound of a number scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Origin {
    Framework,
    /// The lowest or highest value given in the group and edition.
    Set,
}

impl Origin {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Set => "set",
        }
    }
}

/// The bounds between which a number is normalised, each with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub min: (f64, Origin),
    pub max: (f64, Origin),
}

/// Why an indicator is in no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum LeftOut {
    /// Texts, dates, and numbers of which neither higher nor lower is better.
    Unordered,
    /// All given values are equal, or none is given, and the framework states no bounds.
    NoSpread,
    /// Its weight, or that of its goal, is 0.
    NoWeight,
}

impl LeftOut {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unordered => "unordered",
            Self::NoSpread => "no-spread",
            Self::NoWeight => "no-weight",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Unordered => "no answer is better than another",
            Self::NoSpread => "no bounds, and no two values differ",
            Self::NoWeight => "weight 0",
        }
    }
}

/// Why there is no score or no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Fewer cells are given than the threshold asks for.
    Coverage,
    /// Nothing is given in this goal.
    EmptyGoal(GoalId),
    /// Every cell is not applicable.
    NotApplicable,
    /// No indicator has an ordered scale and a weight above 0.
    NothingScored,
    /// The cell of the indicator that is ranked is a gap.
    Gap(Gap),
    /// Of the number that is ranked only bounds are known.
    Bounds,
}

impl Why {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::EmptyGoal(_) => "empty-goal",
            Self::NotApplicable => "not-applicable",
            Self::NothingScored => "nothing-scored",
            Self::Gap(gap) => gap.id(),
            Self::Bounds => "bounds",
        }
    }
}

/// Points from 0 (the worst answer everywhere) to 100 (the best), and the coverage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    pub points: Result<f64, Why>,
    /// Counts of the cells that a score may use: those of ordered scales with a weight.
    pub coverage: Counts,
}

/// How the cells of one indicator are normalised.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Norm {
    /// By their position between these ends.
    Between(Ends),
    Out(LeftOut),
}

/// The basis of all scores of one group in one edition, computed once.
#[derive(Clone, Debug)]
pub struct Scoring<'a> {
    data: &'a Dataset,
    members: &'a [CountryId],
    edition: EditionId,
    rules: &'a Rules,
    norms: Vec<Norm>,
}

impl<'a> Scoring<'a> {
    pub fn new(data: &'a Dataset, members: &'a [CountryId], edition: EditionId, rules: &'a Rules) -> Self {
        let framework = &data.framework;
        let norms = framework.indicator_ids().map(|id| {
            if rules.indicator(id) <= 0.0 {
                return Norm::Out(LeftOut::NoWeight);
            }
            let seen = || given_numbers(data, members, edition, id);
            // The stated bounds are those of the scale after a break.
            if breaks::is_before(data, id, edition) {
                norm(&framework.scale(id).without_bounds(), seen)
            } else {
                norm(framework.scale(id), seen)
            }
        });
        let norms = norms.collect();
        Self { data, members, edition, rules, norms }
    }

    pub const fn members(&self) -> &'a [CountryId] {
        self.members
    }

    /// The bounds of each indicator whose numbers are normalised.
    pub fn bounds(&self) -> impl Iterator<Item = (IndicatorId, Bounds)> + '_ {
        self.data.framework.indicator_ids().zip(&self.norms).filter_map(|(id, norm)| match norm {
            Norm::Between(ends) if breaks::is_before(self.data, id, self.edition) => {
                Some((id, bounds(&self.data.framework.scale(id).without_bounds(), *ends)?))
            }
            Norm::Between(ends) => Some((id, bounds(self.data.framework.scale(id), *ends)?)),
            Norm::Out(_) => None,
        })
    }

    /// Indicators that are not in the overall score, and why. A goal with weight 0 is left out of the overall score
    /// but has a score of its own.
    pub fn left_out(&self) -> impl Iterator<Item = (IndicatorId, LeftOut)> + '_ {
        self.data.framework.indicator_ids().zip(&self.norms).filter_map(|(id, norm)| match norm {
            Norm::Out(why) => Some((id, *why)),
            _ if self.rules.goal(self.data.framework.indicator(id).goal) <= 0.0 => {
                Some((id, LeftOut::NoWeight))
            }
            Norm::Between(_) => None,
        })
    }

    /// Indicators of a goal that are not in its score, and why.
    pub fn left_out_of(&self, goal: GoalId) -> impl Iterator<Item = (IndicatorId, LeftOut)> + '_ {
        self.data.framework.indicators_of(goal).filter_map(|id| match self.norms[id.index()] {
            Norm::Out(why) => Some((id, why)),
            Norm::Between(_) => None,
        })
    }

    /// Indicators of a goal that are in scores.
    fn scored_in(&self, goal: GoalId) -> impl Iterator<Item = IndicatorId> + '_ {
        let ids = self.data.framework.indicators_of(goal);
        ids.filter(|id| matches!(self.norms[id.index()], Norm::Between(_)))
    }

    /// The cell from 0 (worst) to 1 (best); `None` for a gap and for an indicator that is left out.
    pub fn normalised(&self, indicator: IndicatorId, cell: &Cell) -> Option<f64> {
        let Norm::Between(ends) = self.norms[indicator.index()] else { return None };
        let position = ends.position(cell.state.ok()?)?;
        Some(if self.data.framework.scale(indicator).is_lower_better() { 1.0 - position } else { position })
    }

    /// The score of one goal. It needs the share of given cells that the threshold asks for.
    pub fn goal(&self, country: CountryId, goal: GoalId) -> Score {
        let (mean, coverage) = self.mean(country, goal);
        Score { points: self.enough(coverage).and(mean.ok_or(Why::NothingScored)).map(points), coverage }
    }

    /// The overall score. It needs the share of given cells that the threshold asks for, and at least one given cell
    /// in every goal that applies.
    pub fn overall(&self, country: CountryId) -> Score {
        let mut coverage = Counts::default();
        let mut means = vec![];
        let mut empty = None;
        for goal in self.data.framework.goal_ids().filter(|goal| self.rules.goal(*goal) > 0.0) {
            let (mean, part) = self.mean(country, goal);
            coverage.given += part.given;
            coverage.missing += part.missing;
            coverage.not_applicable += part.not_applicable;
            match mean {
                Some(mean) => means.push((self.rules.goal(goal), mean)),
                None if part.missing > 0 => empty = empty.or(Some(goal)),
                None => {}
            }
        }
        let enough = self.enough(coverage).and(empty.map_or(Ok(()), |goal| Err(Why::EmptyGoal(goal))));
        let mean = self.rules.method.mean(&means).ok_or(Why::NothingScored);
        Score { points: enough.and(mean).map(points), coverage }
    }

    fn enough(&self, coverage: Counts) -> Result<(), Why> {
        let (given, of) = (f64::from(coverage.given), f64::from(coverage.denominator()));
        match coverage {
            Counts { given: 0, missing: 0, not_applicable: 0 } => Err(Why::NothingScored),
            Counts { given: 0, missing: 0, .. } => Err(Why::NotApplicable),
            // A threshold such as 0.7 is not exact as a float; 1e-9 lets seven of ten be enough for it.
            _ if coverage.given == 0 || given < self.rules.threshold * of - 1e-9 => Err(Why::Coverage),
            _ => Ok(()),
        }
    }

    /// The mean of the given cells of a goal, on the scale of the method, and the counts.
    fn mean(&self, country: CountryId, goal: GoalId) -> (Option<f64>, Counts) {
        let mut coverage = Counts::default();
        let mut parts = vec![];
        for indicator in self.data.framework.indicators_of(goal) {
            if matches!(self.norms[indicator.index()], Norm::Out(_)) {
                continue;
            }
            let cell = self.data.cell(country, self.edition, indicator);
            // A number of which only bounds are known has no place between worst and best: it is not in the mean.
            let is_bounded = matches!(cell.state, Ok(Value::Interval(_)));
            coverage.add(if is_bounded { &UNSCORED } else { &cell });
            if let Some(value) = self.normalised(indicator, &cell) {
                parts.push((self.rules.indicator(indicator), self.rules.method.lifted(value)));
            }
        }
        (self.rules.method.mean(&parts), coverage)
    }
}

/// What a given cell without a place on its scale counts as in a score.
const UNSCORED: Cell = Cell::gap(Gap::NoData);

fn points(mean: f64) -> f64 {
    mean * 100.0
}

fn norm(scale: &Scale, given: impl FnOnce() -> Vec<f64>) -> Norm {
    if !scale.is_ordered() {
        return Norm::Out(LeftOut::Unordered);
    }
    scale.ends(given).map_or(Norm::Out(LeftOut::NoSpread), Norm::Between)
}

/// The bounds of a number scale with their origins.
fn bounds(scale: &Scale, ends: Ends) -> Option<Bounds> {
    let ScaleKind::Number(about) = &scale.kind else { return None };
    let origin = |stated: Option<f64>| if stated.is_some() { Origin::Framework } else { Origin::Set };
    Some(Bounds { min: (ends.low, origin(about.min)), max: (ends.high, origin(about.max)) })
}

fn given_numbers(
    data: &Dataset,
    members: &[CountryId],
    edition: EditionId,
    indicator: IndicatorId,
) -> Vec<f64> {
    let cells = members.iter().map(|country| data.cell(*country, edition, indicator));
    let number = |cell: Cell| match cell.state {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    };
    cells.filter_map(number).collect()
}

#[cfg(test)]
mod tests;
