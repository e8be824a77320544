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
    scale::{Better, NumberScale, Scale, ScaleKind},
};

/// Where an end of a number scale comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Text, dates, and numbers of which neither more nor less is better.
    Unordered,
    /// Everybody has the same, or nobody has any, and the framework names no bounds.
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
    /// The best level's index.
    Levels(u8),
    Numbers {
        bounds: Bounds,
        lower_is_better: bool,
    },
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
            Norm::Numbers { bounds, .. } => Some((id, *bounds)),
            _ => None,
        })
    }

    /// Indicators that are in no total, and why. What a goal weighs in the total changes nothing in its own score.
    pub fn left_out(&self) -> impl Iterator<Item = (IndicatorId, LeftOut)> + '_ {
        self.data.framework.indicator_ids().zip(&self.norms).filter_map(|(id, norm)| match norm {
            Norm::Out(why) => Some((id, *why)),
            _ if self.rules.goal(self.data.framework.indicator(id).goal) <= 0.0 => {
                Some((id, LeftOut::NoWeight))
            }
            _ => None,
        })
    }

    /// Indicators of a goal that are not in its score, and why.
    pub fn left_out_of(&self, goal: GoalId) -> impl Iterator<Item = (IndicatorId, LeftOut)> + '_ {
        self.data.framework.indicators_of(goal).filter_map(|id| match self.norms[id.index()] {
            Norm::Out(why) => Some((id, why)),
            _ => None,
        })
    }

    /// The cell from 0 (worst) to 1 (best); nothing for a gap and for what is left out.
    pub fn normalised(&self, indicator: IndicatorId, cell: &Cell) -> Option<f64> {
        match (self.norms[indicator.index()], cell.state.ok()?) {
            (Norm::Levels(best), Value::Level(level)) => Some(f64::from(level.min(best)) / f64::from(best)),
            (Norm::Numbers { bounds, lower_is_better }, Value::Number(number)) => {
                let (min, max) = (bounds.min.0, bounds.max.0);
                // Divided before subtracted, the distance of two huge numbers stays finite.
                let span = max / 2.0 - min / 2.0;
                let share = ((number / 2.0 - min / 2.0) / span).clamp(0.0, 1.0);
                Some(if lower_is_better { 1.0 - share } else { share })
            }
            _ => None,
        }
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
    match &scale.kind {
        ScaleKind::Levels | ScaleKind::YesNo | ScaleKind::Treaty => match scale.levels.len() {
            0 | 1 => Norm::Out(LeftOut::NoSpread),
            many => Norm::Levels(u8::try_from(many - 1).unwrap_or(u8::MAX)),
        },
        ScaleKind::Number(about) if about.better != Better::Neither => numbers(about, given),
        ScaleKind::Number(_) | ScaleKind::Date | ScaleKind::Text => Norm::Out(LeftOut::Unordered),
    }
}

fn numbers(about: &NumberScale, given: impl FnOnce() -> Vec<f64>) -> Norm {
    let end = |stated: Option<f64>, seen: Option<f64>| match (stated, seen) {
        (Some(stated), _) => Some((stated, Origin::Framework)),
        (None, Some(seen)) => Some((seen, Origin::Set)),
        (None, None) => None,
    };
    let given = if about.min.is_some() && about.max.is_some() { vec![] } else { given() };
    let lowest = given.iter().copied().reduce(f64::min);
    let highest = given.iter().copied().reduce(f64::max);
    match (end(about.min, lowest), end(about.max, highest)) {
        (Some(min), Some(max)) if min.0 < max.0 => {
            Norm::Numbers { bounds: Bounds { min, max }, lower_is_better: about.better == Better::Lower }
        }
        _ => Norm::Out(LeftOut::NoSpread),
    }
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
