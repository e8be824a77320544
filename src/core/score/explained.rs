//! The sum behind a score: the cells of each goal with their weights, what was left out and why, and what to beware of.

use super::{LeftOut, Method, Norm, RankedBy, Rules, Score, Scoring, points};
use crate::core::{
    cell::{Cell, Gap, Value},
    counts::Counts,
    dataset::CountryId,
    framework::{GoalId, IndicatorId},
};

/// Why an indicator is not in the sum of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInSum {
    /// It is in nobody's.
    Indicator(LeftOut),
    /// The cell is a gap.
    Gap(Gap),
    /// Of the number only bounds are known.
    Bounds,
}

impl NotInSum {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Indicator(why) => why.id(),
            Self::Gap(gap) => gap.id(),
            Self::Bounds => "bounds",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Indicator(why) => why.title(),
            Self::Gap(gap) => gap.title(),
            Self::Bounds => "only bounds of the number are known",
        }
    }

    /// Whether it applies to the country and could have been scored.
    pub fn is_missing(self) -> bool {
        match self {
            Self::Indicator(_) => false,
            Self::Gap(gap) => gap != Gap::NotApplicable,
            Self::Bounds => true,
        }
    }
}

/// A cell in the sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExplainedCell {
    pub indicator: IndicatorId,
    pub cell: Cell,
    pub weight: f64,
    /// From 0 (worst) to 1 (best).
    pub value: f64,
    /// Its part (0–1) of the weights of all scored cells of the goal.
    pub share: f64,
}

impl ExplainedCell {
    /// What enters the mean, as points.
    pub fn points(&self, method: Method) -> f64 {
        points(method.lifted(self.value))
    }
}

/// A goal in the sum.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedGoal {
    pub goal: GoalId,
    /// In the score that is explained: 1 if that is the goal's own.
    pub weight: f64,
    /// Its part (0–1) of the weights of all goals that have a mean.
    pub share: f64,
    /// The mean of its cells, 0–100; `None` if none is scored.
    pub mean: Option<f64>,
    pub coverage: Counts,
    pub cells: Vec<ExplainedCell>,
    pub left_out: Vec<(IndicatorId, NotInSum)>,
}

/// What to beware of in a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScoreCaution {
    /// Fewer of all indicators than the threshold asks for stand behind it, because others are not applicable.
    FewApply,
    /// A cell weighs more than a quarter of the goal.
    HeavyCell {
        goal: GoalId,
        /// The heaviest.
        indicator: IndicatorId,
        /// Its part (0–1) of the goal.
        share: f64,
        /// How many weigh more than a quarter.
        cells: usize,
    },
}

/// The letters beside a score, and what each says of it.
pub const CAUTION_LETTERS: [(&str, &str); 2] = [
    (
        "a",
        "fewer indicators than the threshold asks for stand behind the score, because others are not applicable",
    ),
    ("q", "one answer weighs more than a quarter of a goal"),
];

/// A cell should weigh no more of its goal.
const HEAVY: f64 = 0.25 + 1e-9;

impl ScoreCaution {
    /// The goal of which a cell weighs too much.
    pub const fn heavy_goal(self) -> Option<GoalId> {
        match self {
            Self::FewApply => None,
            Self::HeavyCell { goal, .. } => Some(goal),
        }
    }

    /// The letter beside a score, see [`CAUTION_LETTERS`].
    pub const fn letter(self) -> &'static str {
        match self {
            Self::FewApply => CAUTION_LETTERS[0].0,
            Self::HeavyCell { .. } => CAUTION_LETTERS[1].0,
        }
    }

    pub const IDS: [&str; 2] = ["few-apply", "heavy-cell"];

    pub const fn id(self) -> &'static str {
        match self {
            Self::FewApply => Self::IDS[0],
            Self::HeavyCell { .. } => Self::IDS[1],
        }
    }
}

/// The score of a country, opened to its sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    pub country: CountryId,
    pub score: Score,
    pub goals: Vec<ExplainedGoal>,
}

impl Explained {
    /// The overall score or that of a goal. `None` for an indicator, which has no score.
    pub fn of(scoring: &Scoring<'_>, what: RankedBy, country: CountryId) -> Option<Self> {
        let (score, mut goals) = match what {
            RankedBy::Overall => {
                let goals = scoring.data.framework.goal_ids();
                let goals =
                    goals.map(|goal| explained_goal(scoring, country, goal, scoring.rules.goal(goal)));
                (scoring.overall(country), goals.collect::<Vec<_>>())
            }
            RankedBy::Goal(goal) => {
                (scoring.goal(country, goal), vec![explained_goal(scoring, country, goal, 1.0)])
            }
            RankedBy::Indicator(_) => return None,
        };
        let shares = shares(goals.iter().map(|goal| goal.mean.map_or(0.0, |_| goal.weight)));
        for (goal, share) in goals.iter_mut().zip(shares) {
            goal.share = share;
        }
        Some(Self { country, score, goals })
    }

    /// The goals that weigh anything.
    pub fn weighing(&self) -> impl Iterator<Item = &ExplainedGoal> {
        self.goals.iter().filter(|goal| goal.weight > 0.0)
    }

    pub fn cautions(&self, rules: &Rules) -> Vec<ScoreCaution> {
        let few = rules.rests_on_few(self.score.coverage).then_some(ScoreCaution::FewApply);
        few.into_iter().chain(self.weighing().filter_map(ExplainedGoal::heavy_cell)).collect()
    }
}

impl ExplainedGoal {
    /// A [`ScoreCaution::HeavyCell`] if a cell of the goal weighs too much of it.
    pub fn heavy_cell(&self) -> Option<ScoreCaution> {
        let heavy: Vec<&ExplainedCell> = self.cells.iter().filter(|cell| cell.share > HEAVY).collect();
        let first = *heavy.first()?;
        let heaviest =
            heavy.iter().fold(first, |most, cell| if cell.share > most.share { cell } else { most });
        let (indicator, share) = (heaviest.indicator, heaviest.share);
        Some(ScoreCaution::HeavyCell { goal: self.goal, indicator, share, cells: heavy.len() })
    }
}

fn explained_goal(scoring: &Scoring<'_>, country: CountryId, goal: GoalId, weight: f64) -> ExplainedGoal {
    let (mean, coverage) = scoring.mean(country, goal);
    let (mut cells, mut left_out) = (vec![], vec![]);
    for indicator in scoring.data.framework.indicators_of(goal) {
        let cell = scoring.data.cell(country, scoring.edition, indicator);
        let why = match (scoring.norms[indicator.index()], cell.state) {
            (Norm::Out(why), _) => NotInSum::Indicator(why),
            (Norm::Between(_), Err(gap)) => NotInSum::Gap(gap),
            (Norm::Between(_), Ok(Value::Interval(_))) => NotInSum::Bounds,
            (Norm::Between(_), Ok(_)) => {
                if let Some(value) = scoring.normalised(indicator, &cell) {
                    let weight = scoring.rules.indicator(indicator);
                    cells.push(ExplainedCell { indicator, cell, weight, value, share: 0.0 });
                }
                continue;
            }
        };
        left_out.push((indicator, why));
    }
    let parts = shares(cells.iter().map(|cell| cell.weight));
    for (cell, share) in cells.iter_mut().zip(parts) {
        cell.share = share;
    }
    ExplainedGoal { goal, weight, share: 0.0, mean: mean.map(points), coverage, cells, left_out }
}

/// Each weight as a part of their sum.
fn shares(weights: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let heaviest = weights.clone().fold(0.0, f64::max);
    if heaviest <= 0.0 {
        return weights.map(|_| 0.0).collect();
    }
    // Relative to the highest, so that the sum cannot overflow.
    let sum: f64 = weights.clone().map(|weight| weight / heaviest).sum();
    weights.map(|weight| weight / heaviest / sum).collect()
}
