//! How scores are made: what weighs how much, which mean, how much must be given.

use crate::core::framework::{Framework, GoalId, HEAVIEST, IndicatorId};

/// Which mean puts cells and goals together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum Method {
    /// A strong answer makes up for a weak one.
    #[default]
    Arithmetic,
    /// It does so less: values are first scaled to 1–100, since one 0 would make every product 0.
    Geometric,
}

impl Method {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::Geometric => "geometric",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Arithmetic => Self::Geometric,
            Self::Geometric => Self::Arithmetic,
        }
    }

    /// A value of 0–1 on the scale that the mean is taken on.
    pub(super) fn lifted(self, value: f64) -> f64 {
        match self {
            Self::Arithmetic => value,
            Self::Geometric => 0.01 + 0.99 * value,
        }
    }

    /// The mean of (weight, value); nothing when nothing weighs anything.
    pub(super) fn mean(self, parts: &[(f64, f64)]) -> Option<f64> {
        let heaviest = parts.iter().map(|(weight, _)| *weight).fold(0.0, f64::max);
        if heaviest <= 0.0 {
            return None;
        }
        // Relative to the heaviest, so that no sum of weights grows beyond what a number can hold.
        let share = |weight: f64| weight / heaviest;
        let sum: f64 = parts.iter().map(|(weight, _)| share(*weight)).sum();
        let whole = |of: fn(f64) -> f64| -> f64 {
            parts.iter().map(|(weight, value)| share(*weight) * of(*value)).sum::<f64>() / sum
        };
        Some(match self {
            Self::Arithmetic => whole(|value| value),
            // Not the system's own logarithm: the last digit of a score is the same on every machine.
            Self::Geometric => libm::exp(whole(libm::log)),
        })
    }
}

/// Weights, mean and threshold. They begin as the framework says: equal weights, unless it names others.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    goals: Vec<f64>,
    indicators: Vec<f64>,
    pub method: Method,
    /// Share of the cells (0–1) that must be given before there is a score.
    pub threshold: f64,
}

/// What somebody has changed for good: weights by framework and by the id of a goal or an indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adjustments {
    pub weights: Vec<(Box<str>, Box<str>, f64)>,
    pub method: Option<Method>,
    pub threshold: Option<f64>,
}

impl Rules {
    /// Whether somebody weighs otherwise than the framework does.
    pub fn is_own(&self, framework: &Framework) -> bool {
        *self != Self::of(framework)
    }

    pub fn of(framework: &Framework) -> Self {
        Self {
            goals: framework.goals.iter().map(|goal| goal.weight).collect(),
            indicators: framework.indicators.iter().map(|indicator| indicator.weight).collect(),
            method: Method::default(),
            threshold: framework.coverage_threshold,
        }
    }

    /// Weighs all as the framework does again; the mean and the threshold stay.
    pub fn weigh_as(&mut self, framework: &Framework) {
        let (method, threshold) = (self.method, self.threshold);
        *self = Self { method, threshold, ..Self::of(framework) };
    }

    pub fn goal(&self, id: GoalId) -> f64 {
        self.goals[id.index()]
    }

    pub fn indicator(&self, id: IndicatorId) -> f64 {
        self.indicators[id.index()]
    }

    /// Weights are from 0, which leaves the goal out, to [`HEAVIEST`].
    pub fn weigh_goal(&mut self, id: GoalId, weight: f64) {
        self.goals[id.index()] = weight.clamp(0.0, HEAVIEST);
    }

    pub fn weigh_indicator(&mut self, id: IndicatorId, weight: f64) {
        self.indicators[id.index()] = weight.clamp(0.0, HEAVIEST);
    }

    /// Weighs the goal or the indicator of this id; false when there is none.
    pub fn weigh(&mut self, framework: &Framework, id: &str, weight: f64) -> bool {
        if let Some(goal) = framework.goal_ids().find(|goal| &*framework.goal(*goal).id == id) {
            self.weigh_goal(goal, weight);
            return true;
        }
        let indicator = framework.find_indicator(id);
        if let Some(indicator) = indicator {
            self.weigh_indicator(indicator, weight);
        }
        indicator.is_some()
    }

    /// Whether all goals that count weigh the same, and within each goal all indicators that count.
    pub fn are_equal(&self, framework: &Framework) -> bool {
        let same = |weights: &[f64]| {
            let counting: Vec<f64> = weights.iter().copied().filter(|weight| *weight > 0.0).collect();
            counting.windows(2).all(|pair| is_same(pair[0], pair[1]))
        };
        let in_goal =
            |goal| same(&framework.indicators_of(goal).map(|id| self.indicator(id)).collect::<Vec<f64>>());
        same(&self.goals) && framework.goal_ids().all(in_goal)
    }

    /// The framework's rules with what somebody changes, and the ids that the framework does not have.
    pub fn with<'c>(framework: &Framework, changes: &'c Adjustments) -> (Self, Vec<&'c str>) {
        let mut rules = Self::of(framework);
        let mut unknown = vec![];
        for (_, id, weight) in changes.weights.iter().filter(|(of, ..)| **of == *framework.id) {
            if !rules.weigh(framework, id, *weight) {
                unknown.push(&**id);
            }
        }
        rules.method = changes.method.unwrap_or(rules.method);
        rules.threshold = changes.threshold.unwrap_or(rules.threshold);
        (rules, unknown)
    }

    /// The same rules for the framework read again: what was changed is found by its id.
    #[must_use]
    pub fn over(&self, before: &Framework, now: &Framework) -> Self {
        let mut rules = Self { method: self.method, ..Self::of(now) };
        for (id, weight) in self.changed(before) {
            rules.weigh(now, id, weight);
        }
        if !is_same(self.threshold, before.coverage_threshold) {
            rules.threshold = self.threshold;
        }
        rules
    }

    /// Ids and weights of what does not weigh as the framework says, goals first.
    pub fn changed<'f>(&self, framework: &'f Framework) -> Vec<(&'f str, f64)> {
        let goals = framework.goals.iter().zip(&self.goals);
        let goals = goals.filter(|(goal, weight)| !is_same(goal.weight, **weight));
        let indicators = framework.indicators.iter().zip(&self.indicators);
        let indicators = indicators.filter(|(indicator, weight)| !is_same(indicator.weight, **weight));
        let goals = goals.map(|(goal, weight)| (&*goal.id, *weight));
        goals.chain(indicators.map(|(indicator, weight)| (&*indicator.id, *weight))).collect()
    }
}

/// Weights are compared as they were written, not as they were reckoned.
fn is_same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
}
