//! Ranks on paper: who stands where in a group and an edition, on how much, and who cannot be ranked and why.

mod words;
mod json;

use serde_json::Value;

pub use self::words::{RANKS_SAY_LITTLE, rules_words, why_words};
use self::words::{bounds_words, direction_words, goal_rules_words};

use super::{
    Report,
    compare::counted,
    context::Context,
    table::{Align, Column, Field, Table},
};
use crate::{
    core::{
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        framework::{Framework, GoalId, Group, IndicatorId},
        groups, label,
        score::{Bounds, LeftOut, Ranked, RankedBy, Ranking, Rules, Score, Scoring, Unranked, Weighs},
    },
    text::Raw,
};

/// Countries of a group in an edition, ranked.
#[derive(Debug)]
pub struct RankReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: EditionId,
    rules: &'a Rules,
    ranking: Ranking,
    /// A country's score on each goal, for a ranking over all.
    goals: Vec<(CountryId, Vec<Score>)>,
    bounds: Vec<(IndicatorId, Bounds)>,
    left_out: Vec<(IndicatorId, LeftOut)>,
}

impl<'a> RankReport<'a> {
    /// # Errors
    /// Why nobody can be ranked by this indicator.
    pub fn new(
        data: &'a Dataset,
        group: Group,
        edition: EditionId,
        rules: &'a Rules,
        what: RankedBy,
    ) -> Result<Self, LeftOut> {
        let members = groups::members(data, &group, edition);
        let scoring = Scoring::new(data, &members, edition, rules);
        let ranking = Ranking::of(&scoring, what)?;
        let of_goals = |country| data.framework.goal_ids().map(|goal| scoring.goal(country, goal)).collect();
        let goals = match what {
            RankedBy::Overall => members.iter().map(|country| (*country, of_goals(*country))).collect(),
            RankedBy::Goal(_) | RankedBy::Indicator(_) => vec![],
        };
        let is_about = |id: IndicatorId| match what {
            RankedBy::Overall => rules.goal(data.framework.indicator(id).goal) > 0.0,
            RankedBy::Goal(goal) => data.framework.indicator(id).goal == goal,
            RankedBy::Indicator(_) => false,
        };
        let bounds = scoring.bounds().filter(|(id, _)| is_about(*id)).collect();
        let left_out = match what {
            RankedBy::Overall => scoring.left_out().collect(),
            RankedBy::Goal(goal) => scoring.left_out_of(goal).collect(),
            RankedBy::Indicator(_) => vec![],
        };
        Ok(Self { data, group, edition, rules, ranking, goals, bounds, left_out })
    }

    pub const fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    fn context(&self) -> Context {
        Context::of(self.data)
            .in_group(self.data, &self.group, Some(self.edition))
            .in_edition(self.data, self.edition)
    }

    fn framework(&self) -> &'a Framework {
        &self.data.framework
    }

    fn goal_scores(&self, country: CountryId) -> &[Score] {
        self.goals.iter().find(|(id, _)| *id == country).map_or(&[], |(_, scores)| scores)
    }

    fn weighing_goals(&self) -> impl Iterator<Item = GoalId> + use<'_> {
        self.framework().goal_ids().filter(|goal| self.rules.goal(*goal) > 0.0)
    }

    /// The mean of a goal's scores over the countries that have one, and how many do.
    pub fn goal_mean(&self, goal: GoalId) -> (Option<f64>, usize) {
        let scores = self.goals.iter().filter_map(|(_, scores)| scores.get(goal.index())?.points.ok());
        let scores: Vec<f64> = scores.collect();
        let many = u32::try_from(scores.len()).unwrap_or(u32::MAX);
        ((many > 0).then(|| scores.iter().sum::<f64>() / f64::from(many)), scores.len())
    }

    fn ranks_scores(&self) -> bool {
        !matches!(self.ranking.what, RankedBy::Indicator(_))
    }
}

/// For people.
impl RankReport<'_> {
    fn title(&self) -> String {
        match self.ranking.what {
            RankedBy::Overall => "Ranks, all goals".to_owned(),
            RankedBy::Goal(goal) => format!("Ranks: {}", self.framework().goal(goal).title.raw()),
            RankedBy::Indicator(id) => format!("Ranks: {}", self.framework().indicator(id).title.raw()),
        }
    }

    fn lines(&self) -> Vec<Raw<'static>> {
        let (ranked, unranked) = (self.ranking.rows.len(), self.ranking.unranked.len());
        let mut line =
            format!("{ranked} of {} ranked", counted((ranked + unranked) as u64, "country", "countries"));
        if unranked > 0 {
            line.push_str("; the others stand below, with the reason");
        }
        let mut lines = vec![Raw::new(line)];
        match self.ranking.what {
            RankedBy::Indicator(id) => lines.push(Raw::new(direction_words(self.framework(), id))),
            RankedBy::Overall => lines.push(Raw::new(rules_words(self.framework(), self.rules))),
            RankedBy::Goal(_) => lines.push(Raw::new(goal_rules_words(self.framework(), self.rules))),
        }
        if self.ranking.what == RankedBy::Overall {
            let mean = |goal: GoalId| {
                let (mean, countries) = self.goal_mean(goal);
                let title = self.framework().goal(goal).title.raw();
                let of = self.goals.len();
                mean.map(|mean| format!("{title} {} ({countries} of {of} countries)", label::tenths(mean)))
            };
            let means: Vec<String> = self.weighing_goals().filter_map(mean).collect();
            lines.push(Raw::new(format!("Means of the goals: {}", means.join(", "))));
        }
        lines
    }

    fn notes(&self) -> Vec<Raw<'static>> {
        let mut notes = vec![Raw::from_static(RANKS_SAY_LITTLE)];
        let title = |id: &IndicatorId| self.framework().indicator(*id).title.raw();
        if self.ranks_scores() {
            notes.push(Raw::from_static(
                "Given: k of n cells that a score uses. What is missing is in no mean; nothing is imputed.",
            ));
        }
        let lacks = |(_, scores): &(CountryId, Vec<Score>)| {
            self.weighing_goals()
                .any(|goal| scores.get(goal.index()).is_some_and(|score| score.points.is_err()))
        };
        if self.goals.iter().any(lacks) {
            notes.push(Raw::from_static(
                "A goal without a number has too little given for a score of its own.",
            ));
        }
        for (id, bounds) in &self.bounds {
            notes.push(Raw::new(format!("{}: {}", title(id), bounds_words(self.framework(), *id, *bounds))));
        }
        let mut reasons: Vec<LeftOut> = vec![];
        for (_, why) in &self.left_out {
            if !reasons.contains(why) {
                reasons.push(*why);
            }
        }
        for why in reasons {
            let which = self.left_out.iter().filter(|(_, other)| *other == why).map(|(id, _)| title(id));
            let which: Vec<&str> = which.collect();
            notes.push(Raw::new(format!("In no score ({}): {}", why.title(), which.join(", "))));
        }
        notes
    }

    fn columns(&self) -> Vec<Column> {
        let right = |key: &str, title: &'static str| {
            let mut column = Column::whole(key, Raw::from_static(title));
            column.align = Align::Right;
            column
        };
        let mut columns = vec![
            right("place", "Rank"),
            Column::text("country", Raw::from_static("Code")),
            Column::text("name", Raw::from_static("Country")),
        ];
        columns.push(if self.ranks_scores() {
            Column::number("score", Raw::from_static("Score"))
        } else {
            Column::text("value", Raw::from_static("Value"))
        });
        columns.push(right("coverage", "Given"));
        columns.push(Column { align: Align::Right, ..Column::page("n_a", Raw::from_static("n/a")) });
        if let RankedBy::Overall = self.ranking.what {
            let goals = self.weighing_goals().map(|goal| self.framework().goal(goal));
            columns
                .extend(goals.map(|goal| Column::number(format!("score_{}", goal.id), goal.title.clone())));
        }
        columns.push(Column::whole("why", Raw::from_static("Not ranked because")));
        let records = ["rank", "tied", "reason", "given", "of", "not_applicable"];
        columns.extend(records.map(Column::record));
        columns.extend(["n", "ranked", "by"].map(Column::record));
        if self.ranks_scores() {
            columns.extend(["mean", "threshold_percent", "weights", "bounds"].map(Column::record));
        }
        columns
    }

    fn ranked_fields(&self, row: &Ranked) -> Vec<Field> {
        let country = self.data.country(row.country);
        let mut fields = vec![
            Field::text(row.words()),
            Field::text(country.code.clone()),
            Field::text(country.name.clone()),
        ];
        fields.push(match (row.points, row.value, self.ranking.what) {
            (Some(points), ..) => Field::Number(label::tenths(points)),
            (None, Some(value), RankedBy::Indicator(id)) => {
                Field::text(label::of_value(self.framework().scale(id), value))
            }
            _ => Field::Empty,
        });
        fields.extend(given_fields(row.coverage));
        self.add_goal_fields(&mut fields, row.country);
        fields.extend([Field::Empty, Field::number(row.rank), Field::Flag(row.tied), Field::Empty]);
        fields.extend(tally_fields(row.coverage));
        fields.extend(self.basis_fields());
        fields
    }

    fn unranked_fields(&self, row: &Unranked) -> Vec<Field> {
        let country = self.data.country(row.country);
        let mut fields = vec![
            Field::text("–"),
            Field::text(country.code.clone()),
            Field::text(country.name.clone()),
            Field::Empty,
        ];
        fields.extend(given_fields(row.coverage));
        self.add_goal_fields(&mut fields, row.country);
        fields.extend([
            Field::text(why_words(self.framework(), self.rules, row.why, row.coverage)),
            Field::Empty,
            Field::Empty,
            Field::text(row.why.id()),
        ]);
        fields.extend(tally_fields(row.coverage));
        fields.extend(self.basis_fields());
        fields
    }

    /// What every rank of the table rests on, for records that are read alone.
    fn basis_fields(&self) -> Vec<Field> {
        let framework = self.framework();
        let by = match self.ranking.what {
            RankedBy::Overall => "overall".to_owned(),
            RankedBy::Goal(goal) => Weighs::Goal(goal).address(framework),
            RankedBy::Indicator(id) => Weighs::Indicator(id).address(framework),
        };
        let (ranked, unranked) = (self.ranking.rows.len(), self.ranking.unranked.len());
        let mut fields = vec![Field::number(ranked + unranked), Field::number(ranked), Field::text(by)];
        if self.ranks_scores() {
            let weight = |(what, weight): (Weighs, f64)| {
                format!("{}={}", what.address(framework), label::number(weight, 0))
            };
            let weights: Vec<String> = self.rules.weights(framework).map(weight).collect();
            let bounds = self.bounds.iter().map(|(id, bounds)| {
                let words = bounds_words(framework, *id, *bounds);
                format!("{}: {words}", framework.indicator(*id).id)
            });
            fields.extend([
                Field::text(self.rules.method.id()),
                Field::Number(label::number(one_decimal(self.rules.threshold * 100.0), 0)),
                Field::text(weights.join(" ")),
                Field::text(bounds.collect::<Vec<_>>().join("; ")),
            ]);
        }
        fields
    }

    fn add_goal_fields(&self, fields: &mut Vec<Field>, country: CountryId) {
        let scores = self.goal_scores(country);
        let scores = self.weighing_goals().filter_map(|goal| scores.get(goal.index()));
        let points = scores.map(|score| score.points.ok().map(|points| Field::Number(label::tenths(points))));
        fields.extend(points.map(|points| points.unwrap_or(Field::Empty)));
    }
}

impl Report for RankReport<'_> {
    fn name(&self) -> &'static str {
        "rank"
    }

    fn json(&self) -> Value {
        let mut map = self.context().json(self.name());
        self.add_json(&mut map);
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let ranked = self.ranking.rows.iter().map(|row| self.ranked_fields(row));
        let unranked = self.ranking.unranked.iter().map(|row| self.unranked_fields(row));
        Table {
            title: Raw::new(self.title()),
            context: self.context(),
            lines: self.lines(),
            columns: self.columns(),
            rows: ranked.chain(unranked).collect(),
            notes: self.notes(),
            ..Table::default()
        }
    }
}

/// `11 of 11`, and how many cells a score does not ask for because they are not applicable.
fn given_fields(counts: Counts) -> [Field; 2] {
    let not_applicable = (counts.not_applicable > 0).then(|| Field::number(counts.not_applicable));
    [
        Field::text(format!("{} of {}", counts.given, counts.denominator())),
        not_applicable.unwrap_or(Field::Empty),
    ]
}

fn tally_fields(counts: Counts) -> [Field; 3] {
    [Field::number(counts.given), Field::number(counts.denominator()), Field::number(counts.not_applicable)]
}

fn one_decimal(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}
