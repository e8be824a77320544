//! The order of a comparison's rows: goal by goal, or flat with what is most apart or missing first.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::{
    core::{
        cell::Value,
        compare::{Comparison, ComparisonRow, Verdict},
        framework::{Framework, IndicatorId},
        scale::ScaleKind,
    },
    tui::widgets::outline::{Outline, OutlineLine},
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CompareSort {
    /// In the framework's order, under their goals.
    #[default]
    Goals,
    /// The largest difference first.
    Differences,
    /// The rows with most gaps first.
    Gaps,
}

impl CompareSort {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Goals => Self::Differences,
            Self::Differences => Self::Gaps,
            Self::Gaps => Self::Goals,
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Goals => "goal by goal",
            Self::Differences => "largest differences first",
            Self::Gaps => "most gaps first",
        }
    }

    /// The rows in this order: without goals, which would be torn apart, unless it is theirs.
    pub(super) fn order(
        self,
        framework: &Framework,
        comparison: &Comparison,
        outline: Outline,
        kept: impl FnOnce() -> Vec<IndicatorId>,
    ) -> Outline {
        if self == Self::Goals {
            return outline;
        }
        let mut rows = kept();
        let row = |one: &IndicatorId| &comparison.rows[one.index()];
        match self {
            Self::Goals => {}
            Self::Differences => {
                rows.sort_by(|one, other| size(framework, row(other)).total_cmp(&size(framework, row(one))));
            }
            Self::Gaps => rows
                .sort_by_key(|one| Reverse(row(one).cells.iter().filter(|cell| cell.is_missing()).count())),
        }
        Outline { lines: rows.into_iter().map(OutlineLine::Indicator).collect(), kept: outline.kept }
    }
}

/// How far two answers are apart, as a share: of levels of the way from the worst to the best, of numbers of the larger
/// one. Words that differ stand behind what can be measured, what cannot be compared comes last.
fn size(framework: &Framework, row: &ComparisonRow) -> f64 {
    let number = |at: usize| match row.cells.get(at).map(|cell| cell.state) {
        Some(Ok(Value::Number(number))) => number.abs(),
        _ => 0.0,
    };
    let scale = framework.scale(row.indicator);
    match row.verdict {
        Verdict::Left(apart) | Verdict::Right(apart) | Verdict::Differ(Some(apart)) => match &scale.kind {
            ScaleKind::Number(_) => (apart / number(0).max(number(1)).max(apart)).max(0.0),
            _ => apart / f64::from(u32::try_from(scale.levels.len()).unwrap_or(2).max(2) - 1),
        },
        Verdict::Differ(None) => 0.0,
        Verdict::Equal => -1.0,
        Verdict::NotComparable(_) => -2.0,
    }
}
