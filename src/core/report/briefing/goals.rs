//! Goals in a briefing: how much each country gives of each with its score, and how the answers of each are spread.

use super::{
    Briefing,
    document::{Block, BriefingColumnKind, Chart, ChartBar, ChartPart, ChartPartKind, Rows},
};
use crate::{
    core::{
        counts::Counts,
        coverage::CoverageColumn,
        dataset::CountryId,
        distribution::Distribution,
        framework::GoalId,
        label::tenths,
        report::compare::k_of_n,
        score::{Rules, Score, Scoring, Why},
    },
    text::Raw,
};

impl Briefing<'_> {
    pub(super) fn goals_blocks(&self) -> Vec<Block> {
        let framework = &self.data.framework;
        let rules = Rules::of(framework);
        let scoring = Scoring::new(self.data, &self.members, self.edition, &rules);
        let mut blocks =
            vec![Block::Heading(Raw::from_static("Given of each goal")), Block::Table(self.given_table())];
        if framework.indicator_ids().any(|id| framework.scale(id).is_ordered()) {
            blocks.push(Block::Heading(Raw::from_static("Scores, 0 the worst and 100 the best")));
            blocks.push(Block::Table(self.scores_table(&scoring)));
        }
        for goal in framework.goal_ids() {
            let columns = self.coverage.columns.iter().filter(|column| column.goal == goal);
            let bars: Vec<ChartBar> = columns.map(|column| self.bar(column)).collect();
            if !bars.is_empty() {
                blocks.push(Block::Chart(Chart { title: framework.goal(goal).title.clone(), bars }));
            }
        }
        blocks
    }

    /// One row a country, one column a goal, and all goals last.
    fn given_table(&self) -> Rows {
        let mut table = self.by_country(|country, goal| {
            given_of(match goal {
                Some(goal) => self.data.goal_counts(country, self.edition, goal),
                None => self.data.counts(country, self.edition),
            })
        });
        let goals = self.coverage.goals.iter().map(|(_, counts)| *counts);
        let all = goals.chain([self.coverage.all]).take(table.headings.len() - 1);
        table.rows.push([Raw::from_static("All of these")].into_iter().chain(all.map(given_of)).collect());
        table
    }

    fn scores_table(&self, scoring: &Scoring<'_>) -> Rows {
        self.by_country(|country, goal| {
            score_words(goal.map_or_else(|| scoring.overall(country), |goal| scoring.goal(country, goal)))
        })
    }

    /// A table of what there is to say of each country and goal, and of all goals if there are several.
    fn by_country(&self, says: impl Fn(CountryId, Option<GoalId>) -> Raw<'static>) -> Rows {
        let framework = &self.data.framework;
        let mut goals: Vec<Option<GoalId>> = framework.goal_ids().map(Some).collect();
        if goals.len() > 1 {
            goals.push(None);
        }
        let title = |goal: &Option<GoalId>| {
            goal.map_or(Raw::from_static("All goals"), |goal| framework.goal(goal).title.clone())
        };
        let titles = [Raw::from_static("Country")].into_iter().chain(goals.iter().map(title));
        let row = |country: &CountryId| {
            let name = self.data.country(*country).name.clone();
            [name].into_iter().chain(goals.iter().map(|goal| says(*country, *goal))).collect()
        };
        Rows {
            headings: titles.map(|title| (title, BriefingColumnKind::Words)).collect(),
            rows: self.members.iter().map(row).collect(),
        }
    }

    fn bar(&self, column: &CoverageColumn) -> ChartBar {
        let framework = &self.data.framework;
        let scale = framework.scale(column.indicator);
        let counts = column.counts;
        let spread = Distribution::of(self.data, &self.members, self.edition, column.indicator);
        let best = f64::from(u32::try_from(scale.levels.len().max(2) - 1).unwrap_or(1));
        let levels = scale.levels.iter().zip(&spread.levels).zip(0_u32..);
        let mut parts: Vec<ChartPart> = levels
            .map(|((level, count), at)| ChartPart {
                label: level.label.clone(),
                count: u32::try_from(*count).unwrap_or(u32::MAX),
                holds: ChartPartKind::Level(f64::from(at) / best),
            })
            .collect();
        parts.reverse();
        if scale.levels.is_empty() {
            let label = Raw::from_static("given");
            parts.push(ChartPart { label, count: counts.given, holds: ChartPartKind::Given });
        }
        let label = Raw::from_static(if counts.missing == 1 { "gap" } else { "gaps" });
        parts.push(ChartPart { label, count: counts.missing, holds: ChartPartKind::Gap });
        parts.retain(|part| part.count > 0);
        let title = framework.indicator(column.indicator).title.clone();
        ChartBar { title, given: given_of(counts), parts, not_applicable: counts.not_applicable }
    }
}

/// `7 of 9 given`
fn given_of(counts: Counts) -> Raw<'static> {
    Raw::new(format!("{} given", k_of_n(counts)))
}

/// `62.5 (4 of 5 scored)`; or why there is none.
pub(super) fn score_words(score: Score) -> Raw<'static> {
    let points = match score.points {
        Ok(points) => tenths(points),
        Err(Why::NotApplicable) => return Raw::from_static("not applicable"),
        Err(Why::NothingScored) => return Raw::from_static("nothing to score"),
        Err(_) => "no score".to_owned(),
    };
    Raw::new(format!("{points} ({} scored)", k_of_n(score.coverage)))
}
