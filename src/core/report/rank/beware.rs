//! What to beware of in the scores behind the ranks: a letter a row, and what holds of all once.

use super::RankReport;
use crate::core::{
    dataset::CountryId,
    framework::GoalId,
    score::{CAUTION_LETTERS, ScoreCaution},
};

impl RankReport<'_> {
    pub(super) fn cautions_of(&self, country: CountryId) -> &[ScoreCaution] {
        self.cautions.iter().find(|(id, _)| *id == country).map_or(&[], |(_, cautions)| cautions)
    }

    /// The goals of which a cell weighs too much in every ranked country: told once, not of each.
    pub(super) fn heavy_everywhere(&self) -> Vec<GoalId> {
        let is_heavy = |goal: GoalId, cautions: &[ScoreCaution]| {
            cautions.iter().any(|caution| caution.heavy_goal() == Some(goal))
        };
        let all = |goal: &GoalId| self.cautions.iter().all(|(_, cautions)| is_heavy(*goal, cautions));
        self.framework().goal_ids().filter(|goal| !self.cautions.is_empty() && all(goal)).collect()
    }

    /// The letters of the cautions that are this country's own, once each.
    pub(super) fn caution_letters(&self, country: CountryId, everywhere: &[GoalId]) -> String {
        let own = self.cautions_of(country).iter();
        let own = own.filter(|of| of.heavy_goal().is_none_or(|goal| !everywhere.contains(&goal)));
        let mut letters: Vec<&str> = own.map(|caution| caution.letter()).collect();
        letters.dedup();
        letters.concat()
    }

    /// What the letters mean that stand in the table, and the goals that are told once.
    pub(super) fn caution_notes(&self) -> Vec<String> {
        let everywhere = self.heavy_everywhere();
        let letters: String =
            self.ranking.rows.iter().map(|row| self.caution_letters(row.country, &everywhere)).collect();
        let known = CAUTION_LETTERS.iter().filter(|(letter, _)| letters.contains(letter));
        let mut notes: Vec<String> =
            known.map(|(letter, words)| format!("Beware {letter}: {words}")).collect();
        if !everywhere.is_empty() {
            let goals: Vec<&str> =
                everywhere.iter().map(|goal| self.framework().goal(*goal).title.raw()).collect();
            notes.push(format!(
                "In every ranked country an answer weighs more than a quarter of: {}",
                goals.join(", ")
            ));
        }
        notes
    }
}
