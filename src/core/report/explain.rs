//! Scores opened to their sums: goals and cells with their weights, what was left out and why, how firm, which ranks.

mod words;
mod json;

use serde_json::Value;

pub(super) use self::json::ExplainJson;
use self::words::{RangeWords, range_words};

use super::{
    RANKS_SAY_LITTLE, Report,
    context::Context,
    json_of,
    rank::{caution_words, few_words, goal_rules_words, rules_words, why_words},
    table::{Column, Field, Table},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::{GoalId, Group, IndicatorId},
        groups, label,
        score::{
            Explained, ExplainedGoal, Firmness, LeftOut, NotInSum, RankRange, RankedBy, Ranking, Robustness,
            Rules, Scoring,
        },
    },
    text::Raw,
};

/// The sums behind the scores of a group in an edition, or behind that of one country.
#[derive(Debug)]
pub struct ExplainReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: EditionId,
    rules: &'a Rules,
    ranking: Ranking,
    /// In the order of the ranks, then those without one.
    sums: Vec<Sum>,
}

/// What is said of one country.
#[derive(Debug)]
struct Sum {
    explained: Explained,
    firmness: Firmness,
    /// `None` without a rank.
    range: Option<RankRange>,
}

/// What a row of the explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainKind {
    Goal,
    Cell,
    LeftOut,
    Firmness,
    Range,
    Caution,
}

impl ExplainKind {
    const fn id(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Cell => "cell",
            Self::LeftOut => "left-out",
            Self::Firmness => "firmness",
            Self::Range => "range",
            Self::Caution => "caution",
        }
    }
}

/// A row of the explanation.
#[derive(Clone, Debug)]
pub struct ExplainRow {
    pub country: CountryId,
    pub kind: ExplainKind,
    goal: Option<GoalId>,
    pub indicator: Option<IndicatorId>,
    pub title: Raw<'static>,
    /// The value of a cell, how much of a goal is scored, on how many a score is firm, or a range of ranks.
    pub answer: Raw<'static>,
    /// 0–100: what enters the mean of the goal, and its mean.
    pub points: Option<f64>,
    pub weight: Option<f64>,
    /// The part (0–1) of a cell in its goal, of a goal in the score, and of the weight that is on firm cells.
    pub share: Option<f64>,
    /// Why it is left out, or what must be said of it.
    pub note: String,
}

impl ExplainRow {
    fn new(country: CountryId, kind: ExplainKind, title: impl Into<Raw<'static>>) -> Self {
        Self {
            country,
            kind,
            goal: None,
            indicator: None,
            title: title.into(),
            answer: Raw::default(),
            points: None,
            weight: None,
            share: None,
            note: String::new(),
        }
    }

    fn saying(mut self, note: String) -> Self {
        self.note = note;
        self
    }
}

impl<'a> ExplainReport<'a> {
    /// The explanation of one country, or of all members of the group.
    ///
    /// # Errors
    /// Why there is no score to explain: what is asked for is an indicator.
    pub fn new(
        data: &'a Dataset,
        group: Group,
        edition: EditionId,
        rules: &'a Rules,
        what: RankedBy,
        only: Option<CountryId>,
    ) -> Result<Self, LeftOut> {
        let members = groups::members(data, &group, edition);
        let scoring = Scoring::new(data, &members, edition, rules);
        let ranking = Ranking::of(&scoring, what)?;
        let robustness = Robustness::of(&scoring, &ranking);
        let ranked = ranking.rows.iter().map(|row| row.country);
        let countries = ranked.chain(ranking.unranked.iter().map(|row| row.country));
        let sums = countries.filter(|id| only.is_none_or(|only| only == *id)).filter_map(|country| {
            let explained = Explained::of(&scoring, what, country)?;
            let firmness = Firmness::of(&explained, rules);
            Some(Sum { explained, firmness, range: robustness.range(country) })
        });
        let sums = sums.collect();
        Ok(Self { data, group, edition, rules, ranking, sums })
    }

    fn context(&self) -> Context {
        Context::of(self.data)
            .in_group(self.data, &self.group, Some(self.edition))
            .in_edition(self.data, self.edition)
    }

    /// `Albania: 94.4 · rank 16= of 19 · 4 tied`, or why there is no rank.
    pub fn headline(&self, country: CountryId) -> String {
        let name = self.data.country(country).name.raw();
        match (self.ranking.row(country), self.ranking.why_not(country)) {
            (Some(row), _) => {
                let tied = self.ranking.tied_words(row).map_or_else(String::new, |tied| format!(" · {tied}"));
                let (points, of) = (row.points_words(), self.ranking.rows.len());
                format!("{name}: {points} · rank {} of {of}{tied}", row.words())
            }
            (None, Some(row)) => {
                let why = why_words(&self.data.framework, self.rules, row.why, row.coverage);
                format!("{name}: no rank: {why}")
            }
            (None, None) => format!("{name} is not among those that are ranked"),
        }
    }

    /// `firm on 19 of 22`; nothing of a country that is not explained.
    pub fn firm_words(&self, country: CountryId) -> Option<String> {
        let sum = self.sums.iter().find(|sum| sum.explained.country == country)?;
        Some(format!("firm on {}", sum.firmness.count_words()))
    }

    /// Everything that is said of each country, in its order.
    pub fn rows(&self) -> Vec<ExplainRow> {
        self.sums.iter().flat_map(|sum| self.rows_of(sum)).collect()
    }

    fn rows_of(&self, sum: &Sum) -> Vec<ExplainRow> {
        let (country, framework) = (sum.explained.country, &self.data.framework);
        let mut rows = vec![];
        for goal in &sum.explained.goals {
            rows.push(self.goal_row(country, goal));
            rows.extend(goal.cells.iter().map(|cell| ExplainRow {
                goal: Some(goal.goal),
                indicator: Some(cell.indicator),
                answer: label::of_cell(framework.scale(cell.indicator), &cell.cell),
                points: Some(cell.points(self.rules.method)),
                weight: Some(cell.weight),
                share: Some(cell.share),
                note: cell.cell.marks.titles().collect::<Vec<_>>().join(", "),
                ..ExplainRow::new(country, ExplainKind::Cell, self.title(cell.indicator))
            }));
            rows.extend(goal.left_out.iter().map(|(id, why)| ExplainRow {
                goal: Some(goal.goal),
                indicator: Some(*id),
                answer: match why {
                    NotInSum::Gap(gap) => Raw::new(format!("left out: {}", gap.title())),
                    NotInSum::Indicator(_) | NotInSum::Bounds => self.data.label(country, self.edition, *id),
                },
                note: match why {
                    NotInSum::Gap(_) => String::new(),
                    NotInSum::Indicator(_) | NotInSum::Bounds => format!("left out: {}", why.title()),
                },
                ..ExplainRow::new(country, ExplainKind::LeftOut, self.title(*id))
            }));
        }
        rows.push(ExplainRow {
            answer: Raw::new(sum.firmness.count_words()),
            share: Some(sum.firmness.share),
            ..ExplainRow::new(country, ExplainKind::Firmness, Raw::from_static("Firm"))
                .saying(sum.firmness.reason_words())
        });
        let ranges = sum.range.iter().flat_map(|range| range_words(framework, range));
        rows.extend(ranges.map(|RangeWords { change, places, note }| ExplainRow {
            answer: Raw::new(places),
            ..ExplainRow::new(country, ExplainKind::Range, Raw::new(change)).saying(note)
        }));
        rows.extend(sum.explained.cautions(self.rules).into_iter().map(|caution| {
            let words = caution_words(framework, self.rules, caution, sum.explained.score.coverage);
            ExplainRow::new(country, ExplainKind::Caution, Raw::from_static("Beware")).saying(words)
        }));
        rows
    }

    fn goal_row(&self, country: CountryId, goal: &ExplainedGoal) -> ExplainRow {
        let coverage = goal.coverage;
        let mut scored = format!("{} of {} scored", coverage.given, coverage.denominator());
        if coverage.not_applicable > 0 {
            scored = format!("{scored}, {} n/a", coverage.not_applicable);
        }
        let note = if goal.weight <= 0.0 {
            "weight 0: not in the score".to_owned()
        } else if goal.mean.is_none() && coverage.missing == 0 {
            "nothing of it applies: not in the score".to_owned()
        } else if self.rules.rests_on_few(coverage) {
            few_words(self.rules, coverage)
        } else {
            String::new()
        };
        ExplainRow {
            goal: Some(goal.goal),
            answer: Raw::new(scored),
            points: goal.mean,
            weight: Some(goal.weight),
            share: Some(goal.share),
            note,
            ..ExplainRow::new(country, ExplainKind::Goal, self.data.framework.goal(goal.goal).title.clone())
        }
    }

    fn title(&self, id: IndicatorId) -> Raw<'static> {
        self.data.framework.indicator(id).title.clone()
    }

    /// How scores are made.
    pub fn rules_words(&self) -> String {
        match self.ranking.what {
            RankedBy::Goal(_) => goal_rules_words(&self.data.framework, self.rules),
            RankedBy::Overall | RankedBy::Indicator(_) => rules_words(&self.data.framework, self.rules),
        }
    }

    fn filled(&self, table: Table) -> Table {
        let framework = &self.data.framework;
        let rows = self.rows();
        let ranked = |row: &ExplainRow| self.ranking.row(row.country);
        let is_part = |row: &ExplainRow| matches!(row.kind, ExplainKind::Cell | ExplainKind::LeftOut);
        table
            .of_rows(&rows)
            .text(Column::heading("country_heading"), |row| {
                let firm = self.firm_words(row.country).unwrap_or_default();
                Raw::new(format!("{} · {firm}", self.headline(row.country)))
            })
            .text(Column::record("country"), |row| self.data.country(row.country).code.clone())
            .text(Column::record("name"), |row| self.data.country(row.country).name.clone())
            .number(Column::record("rank"), |row| Some(ranked(row)?.rank))
            .number(Column::record("score"), |row| Some(label::tenths(ranked(row)?.points?)))
            .text(Column::record("kind"), |row| row.kind.id())
            .text(Column::record("goal"), |row| row.goal.map_or("", |id| &*framework.goal(id).id).to_owned())
            .text(Column::record("indicator"), |row| {
                row.indicator.map_or("", |id| &*framework.indicator(id).id).to_owned()
            })
            .text(Column::text("title", "Goal, and what is in it"), |row| {
                let dash = if is_part(row) { "· " } else { "" };
                Raw::new(format!("{dash}{}", row.title.raw()))
            })
            .text(Column::text("answer", "Answer"), |row| row.answer.clone())
            .number(Column::number("points", "Points"), |row| row.points.map(label::tenths))
            .number(Column::number("weight", "Weight"), |row| {
                row.weight.map(|weight| label::number(weight, 0))
            })
            .field(Column::number("share_percent", "Share %"), |row| {
                let share = row.share.filter(|share| *share > 0.0);
                share.map_or(Field::Empty, |share| Field::number(label::tenths(share * 100.0)))
            })
            .text(Column::whole("to_know", "What to know"), |row| row.note.clone())
            .text(Column::record("note"), |row| row.note.clone())
            .done()
    }
}

impl Report for ExplainReport<'_> {
    fn name(&self) -> &'static str {
        "explain"
    }

    fn json(&self) -> Value {
        json_of(&self.document())
    }

    fn table(&self) -> Table {
        let title = match self.ranking.what {
            RankedBy::Goal(goal) => {
                format!("Scores explained: {}", self.data.framework.goal(goal).title.raw())
            }
            RankedBy::Overall | RankedBy::Indicator(_) => "Scores explained, all goals".to_owned(),
        };
        self.filled(Table {
            title: Raw::new(title),
            context: self.context(),
            lines: vec![
                Raw::new(self.rules_words()),
                Raw::from_static(
                    "A goal's points are the mean of its cells', the score is that of the goals'; a share is a part of \
                     the goal, a goal's one of the score.",
                ),
            ],
            notes: vec![
                Raw::from_static(RANKS_SAY_LITTLE),
                Raw::from_static(words::FIRM_MEANS),
                Raw::from_static(words::RANGE_MEANS),
            ],
            ..Table::default()
        })
    }
}
