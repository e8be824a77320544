//! Scores: weighted means of what is given, in a group and an edition, shown only beside their coverage.
//!
//! Every cell of an ordered scale is normalised to 0–1, worst to best: levels by their place, numbers between two bounds
//! (the framework's, else the lowest and highest given in the group). What is missing is left out of the mean and counted
//! in the coverage; what is not applicable is in neither. Nothing is imputed.

mod ranking;
mod rules;

pub use self::{
    ranking::{Ranked, RankedBy, Ranking, Unranked},
    rules::{Adjustments, Method, Rules, Weighs},
};

use super::{
    cell::{Cell, Gap, Value},
    counts::Counts,
    dataset::{CountryId, Dataset, EditionId},
    framework::{GoalId, IndicatorId},
    scale::{Ends, Scale, ScaleKind},
};

/// Where an end of a number scale comes from.
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

/// The ends between which a number is normalised, and whose they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub min: (f64, Origin),
    pub max: (f64, Origin),
}

/// Why an indicator is in no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum LeftOut {
    /// Text, dates, and numbers of which neither more nor less is better.
    Unordered,
    /// All given values are the same, or none is given, and the framework states no bounds.
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
    /// Too little is given: less than the threshold.
    Coverage,
    /// Nothing at all is given in this goal.
    EmptyGoal(GoalId),
    /// Nothing applies.
    NotApplicable,
    /// Nothing that could be scored: no indicator is ordered and weighs anything.
    NothingScored,
    /// The one cell asked for is a gap.
    Gap(Gap),
}

impl Why {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::EmptyGoal(_) => "empty-goal",
            Self::NotApplicable => "not-applicable",
            Self::NothingScored => "nothing-scored",
            Self::Gap(gap) => gap.id(),
        }
    }
}

/// From 0 (the worst answer everywhere) to 100 (the best), and how much of it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    pub points: Result<f64, Why>,
    /// Of the cells that a score may use: those of ordered scales with a weight.
    pub coverage: Counts,
}

/// How the cells of one indicator become 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Norm {
    /// By where it lies between these ends.
    Between(Ends),
    Out(LeftOut),
}

/// Everything that scores of one group in one edition rest on, worked out once.
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
            norm(framework.scale(id), || given_numbers(data, members, edition, id))
        });
        let norms = norms.collect();
        Self { data, members, edition, rules, norms }
    }

    pub const fn members(&self) -> &'a [CountryId] {
        self.members
    }

    /// Between which bounds numbers were normalised, where any were.
    pub fn bounds(&self) -> impl Iterator<Item = (IndicatorId, Bounds)> + '_ {
        self.data.framework.indicator_ids().zip(&self.norms).filter_map(|(id, norm)| match norm {
            Norm::Between(ends) => Some((id, bounds(self.data.framework.scale(id), *ends)?)),
            Norm::Out(_) => None,
        })
    }

    /// Indicators that are in no total, and why. What a goal weighs in the total changes nothing in its own score.
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

    /// The cell from 0 (worst) to 1 (best); nothing for a gap and for what is left out.
    pub fn normalised(&self, indicator: IndicatorId, cell: &Cell) -> Option<f64> {
        let Norm::Between(ends) = self.norms[indicator.index()] else { return None };
        let position = ends.position(cell.state.ok()?)?;
        Some(if self.data.framework.scale(indicator).is_lower_better() { 1.0 - position } else { position })
    }

    /// Shown only when enough of the goal is given.
    pub fn goal(&self, country: CountryId, goal: GoalId) -> Score {
        let (mean, coverage) = self.mean(country, goal);
        Score { points: self.enough(coverage).and(mean.ok_or(Why::NothingScored)).map(points), coverage }
    }

    /// Over all goals: shown only when enough of everything is given, and something in every goal that applies.
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
            // A threshold such as 0.7 is no exact number: seven of ten are enough for it.
            _ if coverage.given == 0 || given < self.rules.threshold * of - 1e-9 => Err(Why::Coverage),
            _ => Ok(()),
        }
    }

    /// The mean of what is given in a goal, on the scale of the method, and how much that is.
    fn mean(&self, country: CountryId, goal: GoalId) -> (Option<f64>, Counts) {
        let mut coverage = Counts::default();
        let mut parts = vec![];
        for indicator in self.data.framework.indicators_of(goal) {
            if matches!(self.norms[indicator.index()], Norm::Out(_)) {
                continue;
            }
            let cell = self.data.cell(country, self.edition, indicator);
            coverage.add(&cell);
            if let Some(value) = self.normalised(indicator, &cell) {
                parts.push((self.rules.indicator(indicator), self.rules.method.lifted(value)));
            }
        }
        (self.rules.method.mean(&parts), coverage)
    }
}

fn points(mean: f64) -> f64 {
    mean * 100.0
}

fn norm(scale: &Scale, given: impl FnOnce() -> Vec<f64>) -> Norm {
    if !scale.is_ordered() {
        return Norm::Out(LeftOut::Unordered);
    }
    scale.ends(given).map_or(Norm::Out(LeftOut::NoSpread), Norm::Between)
}

/// The ends of a number scale, and whose they are.
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
