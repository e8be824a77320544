//! Ranks on paper: who stands where in a group and an edition, on how much, and who cannot be ranked and why.

mod words;
mod json;
mod beware;

use serde_json::Value;

pub use self::words::{RANKS_SAY_LITTLE, rules_words, why_words};
use self::words::{bounds_words, direction_words};
pub(super) use self::{
    json::{CautionJson, RankJson, RulesJson, cautions_json, rules_json, share},
    words::{caution_words, few_words, goal_rules_words},
};

use super::{
    Report,
    context::Context,
    json_of,
    table::{Column, Field, Filling, Table},
};
use crate::{
    core::{
        cautions,
        country::Country,
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        framework::{Framework, GoalId, Group, IndicatorId},
        groups, label,
        score::{
            Bounds, Explained, LeftOut, Ranked, RankedBy, Ranking, Rules, Score, ScoreCaution, Scoring,
            Weighs, Why,
        },
    },
    text::{Raw, counted},
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
    /// What to beware of in the score of each ranked country.
    cautions: Vec<(CountryId, Vec<ScoreCaution>)>,
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
        let cautions = ranking.rows.iter().filter_map(|row| {
            let explained = Explained::of(&scoring, what, row.country)?;
            Some((row.country, explained.cautions(rules)))
        });
        let cautions = cautions.collect();
        Ok(Self { data, group, edition, rules, ranking, goals, bounds, left_out, cautions })
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
        let mut line = format!("{ranked} of {} ranked", counted(ranked + unranked, "country", "countries"));
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
        lines.extend(self.ties().map(Raw::new));
        lines.extend(self.beside().map(Raw::new));
        lines.extend(self.caution().map(Raw::new));
        lines
    }

    /// `Ties: 1= · 4 tied, 9= · 2 tied`
    fn ties(&self) -> Option<String> {
        let rows = self.ranking.rows.chunk_by(|a, b| a.rank == b.rank).map(|tied| tied[0]);
        let ties =
            rows.filter_map(|row| Some(format!("{} · {}", row.words(), self.ranking.tied_words(&row)?)));
        let ties: Vec<String> = ties.collect();
        (!ties.is_empty()).then(|| format!("Ties: {}", ties.join(", ")))
    }

    /// The aggregates of the data set, which have no rank: with their values where countries are ranked by an indicator.
    fn beside(&self) -> Option<String> {
        let data = self.data;
        let words = data.aggregates().filter(|id| data.card(*id, self.edition).is_some()).map(|id| {
            let name = data.country(id).name.raw();
            match self.ranking.what {
                RankedBy::Indicator(indicator) => {
                    format!("{name} {}", data.label(id, self.edition, indicator).raw())
                }
                RankedBy::Goal(_) | RankedBy::Overall => name.to_owned(),
            }
        });
        let words: Vec<String> = words.collect();
        let is_everyone = *self.group.id == *groups::EVERYONE;
        (is_everyone && !words.is_empty())
            .then(|| format!("Beside them, in no rank and no count: {}", words.join(", ")))
    }

    /// What must be said of the numbers behind the ranks.
    fn caution(&self) -> Option<String> {
        let members: Vec<CountryId> = self.ranking.rows.iter().map(|row| row.country).collect();
        let framework = self.framework();
        let is_asked = |id: &IndicatorId| match self.ranking.what {
            RankedBy::Indicator(asked) => asked == *id,
            RankedBy::Goal(goal) => framework.indicator(*id).goal == goal,
            RankedBy::Overall => true,
        };
        let asked = || framework.indicator_ids().filter(is_asked);
        let missing = cautions::looks_missing(self.data, &members, &[self.edition], asked());
        // Numbers become points between the bounds of all editions.
        let all: Vec<EditionId> = self.data.edition_ids().collect();
        let rescaled = self.ranks_scores().then(|| cautions::rescaled(self.data, &all, asked())).flatten();
        missing.into_iter().chain(rescaled).reduce(|one, other| format!("{one}. {other}"))
    }

    fn notes(&self) -> Vec<Raw<'static>> {
        let mut notes = vec![Raw::from_static(RANKS_SAY_LITTLE)];
        let title = |id: &IndicatorId| self.framework().indicator(*id).title.raw();
        if self.ranks_scores() {
            notes.push(Raw::from_static(
                "Given: k of n cells that a score uses. What is missing is in no mean; nothing is imputed.",
            ));
        }
        notes.extend(self.caution_notes().into_iter().map(Raw::new));
        let lacks = |(_, scores): &(CountryId, Vec<Score>)| {
            self.weighing_goals()
                .any(|goal| scores.get(goal.index()).is_some_and(|score| score.points.is_err()))
        };
        if self.goals.iter().any(lacks) {
            notes.push(Raw::from_static(
                "A goal without a number has too little scored for a score of its own.",
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

    /// Those with a rank, best first, then those without.
    fn rows(&self) -> Vec<RankTableRow<'_>> {
        let row = |country, coverage, place| RankTableRow {
            country: self.data.country(country),
            coverage,
            scores: self.goal_scores(country),
            place,
        };
        let ranked = self.ranking.rows.iter().map(|of| row(of.country, of.coverage, Ok(of)));
        let unranked = self.ranking.unranked.iter().map(|of| row(of.country, of.coverage, Err(of.why)));
        ranked.chain(unranked).collect()
    }

    fn filled(&self, table: Table) -> Table {
        let framework = self.framework();
        let rows = self.rows();
        let why = |row: &RankTableRow<'_>| {
            let why = row.place.err();
            why.map_or_else(String::new, |why| why_words(framework, self.rules, why, row.coverage))
        };
        let reason = |row: &RankTableRow<'_>| row.place.err().map_or("", Why::id);
        let tied = |row: &RankTableRow<'_>| row.place.map_or(Field::Empty, |of| Field::Flag(of.tied));
        let mut table = table
            .of_rows(&rows)
            .text(Column::whole("place", "Rank").at_right(), |row| {
                row.place.map_or_else(|_| "–".to_owned(), Ranked::words)
            })
            .text(Column::text("country", "Code"), |row| row.country.code.clone())
            .text(Column::text("name", "Country"), |row| row.country.name.clone());
        table = match self.ranking.what {
            RankedBy::Indicator(id) => table.text(Column::text("value", "Value").why_empty("why"), |row| {
                let value = row.place.ok().and_then(|of| of.value);
                value.map_or_else(Raw::default, |value| label::of_value(framework.scale(id), value))
            }),
            RankedBy::Overall | RankedBy::Goal(_) => table
                .number(Column::number("score", "Score").why_empty("why"), |row| {
                    row.place.ok().and_then(|of| of.points).map(label::tenths)
                }),
        };
        table = table
            .text(Column::whole("coverage", "Scored").at_right(), |row| {
                format!("{} of {}", row.coverage.given, row.coverage.denominator())
            })
            // Cells that a score does not ask for because they are not applicable.
            .number(Column::page("n_a", "n/a").at_right(), |row| {
                Some(row.coverage.not_applicable).filter(|count| *count > 0)
            });
        let everywhere = self.heavy_everywhere();
        table = table.text(Column::page("caution", "Beware"), |row| {
            row.place.map_or_else(|_| String::new(), |of| self.caution_letters(of.country, &everywhere))
        });
        if self.ranking.what == RankedBy::Overall {
            for id in self.weighing_goals() {
                let goal = framework.goal(id);
                let column = Column::number(format!("score_{}", goal.id), goal.title.clone())
                    .means_empty("too little given");
                table =
                    table.number(column, |row| row.scores.get(id.index())?.points.ok().map(label::tenths));
            }
        }
        let table = table
            .text(Column::whole("why", "Not ranked because"), why)
            .number(Column::record("rank").why_empty("why"), |row| row.place.ok().map(|of| of.rank))
            .field(Column::record("tied").why_empty("why"), tied)
            .number(Column::record("tied_countries").why_empty("why"), |row| {
                row.place.ok().map(|of| self.ranking.tied_at(of.rank))
            })
            .text(Column::record("caution_ids"), |row| {
                let cautions = row.place.map_or(&[][..], |of| self.cautions_of(of.country));
                let mut ids: Vec<&str> = cautions.iter().map(|caution| caution.id()).collect();
                ids.dedup();
                ids.join(" ")
            })
            .text(Column::record("reason"), reason)
            .number(Column::record("given"), |row| Some(row.coverage.given))
            .number(Column::record("of"), |row| Some(row.coverage.denominator()))
            .number(Column::record("not_applicable"), |row| Some(row.coverage.not_applicable));
        self.with_basis(table).done()
    }

    /// What every rank of the table rests on, for records that are read alone.
    fn with_basis<'r, R>(&self, table: Filling<'r, R>) -> Filling<'r, R> {
        let framework = self.framework();
        let by = match self.ranking.what {
            RankedBy::Overall => "overall".to_owned(),
            RankedBy::Goal(goal) => Weighs::Goal(goal).address(framework),
            RankedBy::Indicator(id) => Weighs::Indicator(id).address(framework),
        };
        let (ranked, unranked) = (self.ranking.rows.len(), self.ranking.unranked.len());
        let table = table
            .number(Column::record("n"), |_| Some(ranked + unranked))
            .number(Column::record("ranked"), |_| Some(ranked))
            .text(Column::record("by"), |_| by.clone());
        if !self.ranks_scores() {
            return table;
        }
        let weight = |(what, weight): (Weighs, f64)| {
            format!("{}={}", what.address(framework), label::number(weight, 0))
        };
        let weights: Vec<String> = self.rules.weights(framework).map(weight).collect();
        let bounds = self.bounds.iter().map(|(id, bounds)| {
            let words = bounds_words(framework, *id, *bounds);
            format!("{}: {words}", framework.indicator(*id).id)
        });
        let (weights, bounds) = (weights.join(" "), bounds.collect::<Vec<_>>().join("; "));
        let threshold = label::number(one_decimal(self.rules.threshold * 100.0), 0);
        table
            .text(Column::record("mean"), |_| self.rules.method.id())
            .number(Column::record("threshold_percent"), |_| Some(&threshold))
            .text(Column::record("weights"), |_| weights.clone())
            .text(Column::record("bounds"), |_| bounds.clone())
    }
}

impl Report for RankReport<'_> {
    fn name(&self) -> &'static str {
        "rank"
    }

    fn json(&self) -> Value {
        json_of(&self.document())
    }

    fn table(&self) -> Table {
        self.filled(Table {
            title: Raw::new(self.title()),
            context: self.context(),
            lines: self.lines(),
            notes: self.notes(),
            ..Table::default()
        })
    }
}

/// A row of the table: a country with its rank, or why it has none.
struct RankTableRow<'a> {
    country: &'a Country,
    coverage: Counts,
    /// On each goal, for a ranking over all.
    scores: &'a [Score],
    place: Result<&'a Ranked, Why>,
}

pub(super) fn one_decimal(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read;

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","coverage_threshold":0.6,"scales":{"m":{"kind":"levels","levels":["none","some","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}]},
     "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"none","b":"some"}},
      {"country":"MLT","edition":"2012","assessments":{"a":"full","b":{"gap":"not-applicable"}}},
      {"country":"SWE","edition":"2012","assessments":{"a":"full","b":{"gap":"no-data"}}}]}"#;

    fn report(what: RankedBy) -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let rules = Rules::of(&data.framework);
        let edition = data.newest_edition().unwrap();
        let report = RankReport::new(&data, groups::everyone(&data), edition, &rules, what).unwrap();
        (report.json(), report.table())
    }

    #[test]
    fn who_gives_too_little_has_no_rank_and_not_the_last() {
        let (json, table) = report(RankedBy::Overall);
        assert_eq!((&json["n"], &json["ranked"]), (&3.into(), &2.into()));
        assert_eq!([&json["rows"][0]["country"], &json["rows"][1]["country"]], ["MLT", "IRL"]);
        assert_eq!((&json["rows"][0]["score"], &json["rows"][1]["score"]), (&100.0.into(), &25.0.into()));
        let sweden = &json["unranked"][0];
        assert_eq!(
            (&sweden["country"], &sweden["reason"], &sweden["words"]),
            (&"SWE".into(), &"coverage".into(), &"1 of 2 scored; 60 % needed".into())
        );
        assert_eq!(table.rows[2][0].raw(), "–");
    }

    #[test]
    fn a_rank_by_an_indicator_has_values_and_no_rules() {
        let (json, table) = report(RankedBy::Indicator(IndicatorId(1)));
        assert_eq!((&json["indicator"], json.get("rules"), json.get("overall")), (&"b".into(), None, None));
        assert_eq!((&json["rows"][0]["value"], json["rows"][0].get("score")), (&"some".into(), None));
        let reasons = [&json["unranked"][0]["reason"], &json["unranked"][1]["reason"]];
        assert_eq!(reasons, ["not-applicable", "no-data"]);
        assert_eq!(table.columns[3].key, "value");
    }

    #[test]
    fn each_goal_has_a_column_between_what_is_given_and_why_there_is_no_rank() {
        let (_, table) = report(RankedBy::Overall);
        let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
        assert_eq!(keys[..8], ["place", "country", "name", "score", "coverage", "n_a", "caution", "score_g"]);
        assert_eq!((table.rows[0][4].raw(), table.rows[0][5].raw()), ("1 of 1", "1"));
    }
}
