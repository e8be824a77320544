//! How firm a score is: on how many of the cells that apply it rests without a doubt, and the reasons of the others.

use super::{Explained, Rules};
use crate::core::cell::{MARKS, MarkWords, Marks};

/// Marks of a cell on which a score does not rest firmly.
const DOUBTFUL: Marks = Marks::OUTDATED
    .union(Marks::DISPUTED)
    .union(Marks::LOW_RELIABILITY)
    .union(Marks::ESTIMATED)
    .union(Marks::PROVISIONAL)
    .union(Marks::IMPUTED)
    .union(Marks::FORECAST)
    .union(Marks::CARRIED_OVER)
    .union(Marks::LOOKS_MISSING);

/// Counts of the cells that apply and could be scored. Each cell is counted once: a gap, or by the first of its
/// doubtful marks.
#[derive(Clone, Debug, Default)]
pub struct Firmness {
    pub firm: u32,
    pub of: u32,
    /// The part (0–1) of the weight of these cells that is on firm ones.
    pub share: f64,
    /// Nothing is given, or only bounds of a number.
    pub gaps: u32,
    /// Given cells by their mark; marks that no cell has are left out.
    pub doubtful: Vec<(&'static MarkWords, u32)>,
    /// Scored cells that name no source, firm or not.
    pub unsourced: u32,
}

impl Firmness {
    pub fn of(explained: &Explained, rules: &Rules) -> Self {
        let mut firmness = Self::default();
        let mut marked = [0; MARKS.len()];
        let mut means = vec![];
        for goal in explained.weighing() {
            let (mut firm, mut all) = (0.0, 0.0);
            for cell in &goal.cells {
                let doubts = cell.cell.marks.intersection(DOUBTFUL);
                firmness.unsourced += u32::from(cell.cell.marks.contains(Marks::UNSOURCED));
                all += cell.weight;
                match MARKS.iter().position(|known| doubts.contains(known.mark)) {
                    Some(at) => marked[at] += 1,
                    None => {
                        firmness.firm += 1;
                        firm += cell.weight;
                    }
                }
            }
            for (indicator, _) in goal.left_out.iter().filter(|(_, why)| why.is_missing()) {
                firmness.gaps += 1;
                all += rules.indicator(*indicator);
            }
            if all > 0.0 {
                means.push((goal.weight, firm / all));
            }
        }
        firmness.share = super::Method::Arithmetic.mean(&means).unwrap_or_default();
        firmness.of = explained.score.coverage.denominator();
        let doubtful = MARKS.iter().zip(marked).filter(|(_, cells)| *cells > 0);
        firmness.doubtful = doubtful.collect();
        firmness
    }

    /// `19 of 22`
    pub fn count_words(&self) -> String {
        format!("{} of {}", self.firm, self.of)
    }

    /// Why not on all: `2 gaps, 1 outdated`, and `3 unsourced` beside it.
    pub fn reason_words(&self) -> String {
        let gaps =
            (self.gaps > 0).then(|| format!("{} gap{}", self.gaps, if self.gaps == 1 { "" } else { "s" }));
        let doubtful = self.doubtful.iter().map(|(known, cells)| format!("{cells} {}", known.title));
        let why: Vec<String> = gaps.into_iter().chain(doubtful).collect();
        let unsourced = (self.unsourced > 0).then(|| format!("{} unsourced", self.unsourced));
        let parts = Some(why.join(", ")).filter(|why| !why.is_empty()).into_iter().chain(unsourced);
        parts.collect::<Vec<_>>().join("; ")
    }
}
