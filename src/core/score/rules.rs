//! How scores are computed: the weights, the kind of mean, and the coverage threshold.

use crate::core::{
    counts::Counts,
    framework::{Framework, GoalId, HEAVIEST, IndicatorId},
};

/// The mean that combines cells and goals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum Method {
    /// A strong answer fully makes up for a weak one.
    #[default]
    Arithmetic,
    /// A strong answer makes up less for a weak one. Values are first scaled to 1–100, since one 0 would make every
    /// product 0.
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

    /// Converts a value of 0–1 to the scale on which the mean is taken.
    pub(super) fn lifted(self, value: f64) -> f64 {
        match self {
            Self::Arithmetic => value,
            Self::Geometric => 0.01 + 0.99 * value,
        }
    }

    /// The mean of (weight, value) pairs; `None` if every weight is 0.
    pub(super) fn mean(self, parts: &[(f64, f64)]) -> Option<f64> {
        let heaviest = parts.iter().map(|(weight, _)| *weight).fold(0.0, f64::max);
        if heaviest <= 0.0 {
            return None;
        }
        // Weights are taken relative to the highest, so that their sum cannot overflow.
        let share = |weight: f64| weight / heaviest;
        let sum: f64 = parts.iter().map(|(weight, _)| share(*weight)).sum();
        let whole = |of: fn(f64) -> f64| -> f64 {
            parts.iter().map(|(weight, value)| share(*weight) * of(*value)).sum::<f64>() / sum
        };
        Some(match self {
            Self::Arithmetic => whole(|value| value),
            // The logarithm of `libm`, not of the system: the last digit of a score is the same on every machine.
            Self::Geometric => libm::exp(whole(libm::log)),
        })
    }
}

/// Weights, mean and threshold. They start as in the framework, where weights are equal unless it states others.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    goals: Vec<f64>,
    indicators: Vec<f64>,
    pub method: Method,
    /// The share of cells (0–1) that must be given before there is a score.
    pub threshold: f64,
}

/// Changes to the rules from the configuration and the command line. Weights are given as framework id, id of a goal
/// or an indicator, and weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adjustments {
    pub weights: Vec<(Box<str>, Box<str>, f64)>,
    pub method: Option<Method>,
    pub threshold: Option<f64>,
}

impl Rules {
    /// Whether the rules differ from those of the framework.
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

    /// Resets all weights to those of the framework; the mean and the threshold stay.
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

    /// Sets a weight, clamped to 0 (which leaves the goal out) … [`HEAVIEST`].
    pub fn weigh_goal(&mut self, id: GoalId, weight: f64) {
        self.goals[id.index()] = weight.clamp(0.0, HEAVIEST);
    }

    pub fn weigh_indicator(&mut self, id: IndicatorId, weight: f64) {
        self.indicators[id.index()] = weight.clamp(0.0, HEAVIEST);
    }

    /// Sets the weight of what `name` means, see [`Weighs::named`]. Returns false if it means nothing.
    pub fn weigh(&mut self, framework: &Framework, name: &str, weight: f64) -> bool {
        let named = Weighs::named(framework, name);
        match named {
            Some(Weighs::Goal(id)) => self.weigh_goal(id, weight),
            Some(Weighs::Indicator(id)) => self.weigh_indicator(id, weight),
            None => {}
        }
        named.is_some()
    }

    /// Whether fewer of all indicators than the threshold asks for stand behind a score, because others are not
    /// applicable.
    pub fn rests_on_few(&self, coverage: Counts) -> bool {
        let all = f64::from(coverage.denominator() + coverage.not_applicable);
        let is_few = |of: f64| f64::from(coverage.given) < self.threshold * of - 1e-9;
        coverage.given > 0 && is_few(all) && !is_few(f64::from(coverage.denominator()))
    }

    /// Whether all goals with a weight above 0 weigh the same, and in each goal all such indicators.
    pub fn are_equal(&self, framework: &Framework) -> bool {
        let same = |weights: &[f64]| {
            let counting: Vec<f64> = weights.iter().copied().filter(|weight| *weight > 0.0).collect();
            counting.windows(2).all(|pair| is_same(pair[0], pair[1]))
        };
        let in_goal =
            |goal| same(&framework.indicators_of(goal).map(|id| self.indicator(id)).collect::<Vec<f64>>());
        same(&self.goals) && framework.goal_ids().all(in_goal)
    }

    /// The framework's rules with these changes, and the ids in the changes that the framework does not have.
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

    /// The same rules for a framework that was read again. Changed weights are found by id.
    #[must_use]
    pub fn over(&self, before: &Framework, now: &Framework) -> Self {
        let mut rules = Self { method: self.method, ..Self::of(now) };
        for (what, weight) in self.changed(before) {
            rules.weigh(now, &what.address(before), weight);
        }
        if !is_same(self.threshold, before.coverage_threshold) {
            rules.threshold = self.threshold;
        }
        rules
    }

    /// The weight of each goal and each indicator, goals first.
    pub fn weights(&self, framework: &Framework) -> impl Iterator<Item = (Weighs, f64)> + '_ {
        let goals = framework.goal_ids().map(|id| (Weighs::Goal(id), self.goal(id)));
        goals.chain(framework.indicator_ids().map(|id| (Weighs::Indicator(id), self.indicator(id))))
    }

    /// The weights that differ from those of the framework, goals first.
    pub fn changed(&self, framework: &Framework) -> Vec<(Weighs, f64)> {
        let goals =
            framework.goal_ids().map(|id| (Weighs::Goal(id), framework.goal(id).weight, self.goal(id)));
        let indicators = framework.indicator_ids();
        let indicators =
            indicators.map(|id| (Weighs::Indicator(id), framework.indicator(id).weight, self.indicator(id)));
        let changed = goals.chain(indicators).filter(|(_, usual, weight)| !is_same(*usual, *weight));
        changed.map(|(what, _, weight)| (what, weight)).collect()
    }
}

/// What has a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighs {
    Goal(GoalId),
    Indicator(IndicatorId),
}

impl Weighs {
    /// Reads `prevention`, `goal:prevention`, `indicator:prevention` or a title. An id that a goal and an indicator
    /// share means the goal; see [`Weighs::is_shared`].
    pub fn named(framework: &Framework, name: &str) -> Option<Self> {
        let name = name.trim();
        let goal = |name: &str| framework.goal_named(name).map(Self::Goal);
        let indicator = |name: &str| framework.indicator_named(name).map(Self::Indicator);
        let by_kind = match name.split_once(':') {
            Some((kind, rest)) if kind.eq_ignore_ascii_case("goal") => goal(rest.trim()),
            Some((kind, rest)) if kind.eq_ignore_ascii_case("indicator") => indicator(rest.trim()),
            _ => None,
        };
        by_kind.or_else(|| {
            // An id is more exact than any title.
            let by_id = framework.goal_ids().find(|id| *framework.goal(*id).id == *name).map(Self::Goal);
            let by_id = by_id.or_else(|| framework.find_indicator(name).map(Self::Indicator));
            by_id.or_else(|| goal(name)).or_else(|| indicator(name))
        })
    }

    /// Whether the name means both a goal and an indicator.
    pub fn is_shared(framework: &Framework, name: &str) -> bool {
        framework.goal_named(name.trim()).is_some() && framework.indicator_named(name.trim()).is_some()
    }

    pub fn id(self, framework: &Framework) -> &str {
        match self {
            Self::Goal(id) => &framework.goal(id).id,
            Self::Indicator(id) => &framework.indicator(id).id,
        }
    }

    pub const fn kind(self) -> &'static str {
        match self {
            Self::Goal(_) => "goal",
            Self::Indicator(_) => "indicator",
        }
    }

    /// `goal:prevention`, the name that [`Weighs::named`] reads unambiguously.
    pub fn address(self, framework: &Framework) -> String {
        format!("{}:{}", self.kind(), self.id(framework))
    }
}

/// Weights are written, not computed, so they are compared exactly.
fn is_same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
}
