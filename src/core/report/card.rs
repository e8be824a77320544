//! Cards on paper: each indicator with its value, its note and its sources, and what the card says as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    Report,
    cell::{CellJson, CellReport, CoverageJson, record_columns},
    compare::k_of_n,
    context::{About, Context},
    json_of,
    table::{Cited, Column, Table},
};
use crate::{
    core::{
        cautions,
        checked::{Checked, CheckedJson, Unchecked},
        dataset::{CountryId, Dataset, EditionId},
        date::Date,
        detail::CardDetail,
        distribution::Distribution,
        framework::{GoalId, Group, Indicator, IndicatorId},
        groups,
        subject::Subject,
    },
    text::Raw,
};

/// One or more cards, one after another.
#[derive(Debug)]
pub struct CardReport<'a> {
    data: &'a Dataset,
    cards: Vec<(CountryId, EditionId)>,
    /// Whom each answer is held against.
    group: Group,
    /// What is told of the review; nothing is if it is `None`.
    checked: Option<Checked>,
}

/// The report `show`: whole cards, each with every indicator of the framework.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShowJson<'a> {
    #[serde(flatten)]
    about: About,
    cards: Vec<CardJson<'a>>,
}

/// A country in an edition, whether it has a card there or not.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CardJson<'a> {
    /// Alpha-3 or user-assigned code.
    country: &'a Raw<'static>,
    name: &'a Raw<'static>,
    edition: &'a str,
    assessed_on: Option<Date>,
    /// The file that has the card; null when there is none.
    file: Option<&'a Raw<'static>>,
    /// Labels of the editions that the country has a card in.
    editions: Vec<&'a str>,
    summary: Option<Raw<'static>>,
    priority_actions: Vec<Raw<'static>>,
    /// What a campaign says, in the order of the file.
    campaign: Vec<CampaignJson>,
    coverage: CoverageJson,
    /// By the id of the goal.
    by_goal: BTreeMap<&'a str, CoverageJson>,
    /// How far its review has come; left out unless it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<CheckedJson>,
    /// One an indicator, in the framework's order; those that are not checked may be left out.
    rows: Vec<CardRowJson<'a>>,
}

/// A member of the card's campaign: the path of its keys, and its words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CampaignJson {
    key: Raw<'static>,
    value: Raw<'static>,
}

/// One indicator of the card.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CardRowJson<'a> {
    goal: &'a str,
    indicator: &'a str,
    title: &'a Raw<'static>,
    question: Option<&'a Raw<'static>>,
    value: CellJson<'a>,
    standing: StandingJson<'a>,
    /// How many people have reviewed the cell as it is now; left out unless it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_by: Option<u8>,
}

/// How the group answers, and how many of it are at, below and above this country's answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct StandingJson<'a> {
    /// All of the group.
    set: usize,
    /// Those of them who give an answer.
    assessed: usize,
    gaps: usize,
    not_applicable: usize,
    /// On a scale of levels: how many are at each, worst first.
    levels: Vec<LevelCount<'a>>,
    /// Of the numbers given, in the scale's unit; null where there is none.
    lowest: Option<f64>,
    median: Option<f64>,
    highest: Option<f64>,
    /// How many give the same answer, this country among them; null where it gives none.
    same: Option<usize>,
    /// How many answer lower; null where the country gives no answer, or no answer is lower than another.
    below: Option<usize>,
    above: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct LevelCount<'a> {
    level: &'a str,
    count: usize,
}

impl<'a> CardReport<'a> {
    pub fn new(data: &'a Dataset, cards: Vec<(CountryId, EditionId)>, group: Group) -> Self {
        Self { data, cards, group, checked: None }
    }

    /// Tells how far the review of the cards has come.
    #[must_use]
    pub fn reviewed(self, checked: Option<Checked>) -> Self {
        Self { checked, ..self }
    }

    /// The indicators of a card that the report has.
    fn indicators(&self, country: CountryId, edition: EditionId) -> impl Iterator<Item = IndicatorId> + '_ {
        let keeps = move |id: &IndicatorId| {
            self.checked.as_ref().is_none_or(|checked| checked.keeps((country, edition, *id)))
        };
        self.data.framework.indicator_ids().filter(keeps)
    }

    /// The edition is the report's when all cards share it.
    fn context(&self) -> Context {
        let edition = self.cards.first().map(|(_, edition)| *edition);
        let context = Context::of(self.data).in_group(self.data, &self.group, edition);
        match self.cards.first() {
            Some((_, edition)) if self.cards.iter().all(|(_, other)| other == edition) => {
                context.in_edition(self.data, *edition)
            }
            _ => context,
        }
    }

    fn card_detail(&self, country: CountryId, edition: EditionId) -> CardDetail {
        self.data.card(country, edition).map_or_else(CardDetail::default, |card| self.data.card_detail(card))
    }

    /// `Ireland (IRL) 2010`.
    fn card_title(&self, country: CountryId, edition: EditionId) -> String {
        let edition = &self.data.edition(edition).label;
        let country = self.data.country(country);
        format!("{} ({}) {edition}", country.name.raw(), country.code.raw())
    }
}

impl Report for CardReport<'_> {
    fn name(&self) -> &'static str {
        "show"
    }

    fn json(&self) -> Value {
        let cards = self.cards.iter().map(|(country, edition)| self.card_json(*country, *edition)).collect();
        json_of(&ShowJson { about: self.context().about(self.name()), cards })
    }

    fn table(&self) -> Table {
        let mut cited = Cited::default();
        let mut table = Table { context: self.context(), ..Table::default() };
        let mut titles = vec![];
        let mut rows = vec![];
        for (country, edition) in &self.cards {
            let title = self.card_title(*country, *edition);
            self.say_card(*country, *edition, &title, &mut table);
            let of_card = self.indicators(*country, *edition);
            rows.extend(of_card.map(|id| self.row(*country, *edition, id, &title, &mut cited)));
            titles.push(title);
        }
        // The names of many would be no title.
        table.title = if titles.len() > 3 {
            Raw::new(format!("{} cards", titles.len()))
        } else {
            Raw::new(titles.join(", "))
        };
        table.sources = cited.into_sources();
        self.filled(table, &rows)
    }
}

/// For programs.
impl<'a> CardReport<'a> {
    fn card_json(&self, country: CountryId, edition: EditionId) -> CardJson<'a> {
        let data = self.data;
        let known = data.country(country);
        let detail = self.card_detail(country, edition);
        let framework = &data.framework;
        let coverage_of = |goal| data.goal_counts(country, edition, goal).into();
        let editions = data.edition_ids().filter(|edition| data.card(country, *edition).is_some());
        let members = groups::members(data, &self.group, edition);
        let row = |id| {
            let indicator = framework.indicator(id);
            CardRowJson {
                goal: &framework.goal(indicator.goal).id,
                indicator: &indicator.id,
                title: &indicator.title,
                question: indicator.question.as_ref(),
                value: CellReport::of(data, &Subject::Country(country, edition), id).into_json(),
                standing: self.standing_json(&members, edition, id, country),
                reviewed_by: self.checked.as_ref().map(|checked| checked.by((country, edition, id))),
            }
        };
        CardJson {
            country: &known.code,
            name: &known.name,
            edition: &data.edition(edition).label,
            assessed_on: detail.assessed_on,
            file: data.card(country, edition).map(|card| data.card_place(card).0),
            editions: editions.map(|edition| &*data.edition(edition).label).collect(),
            summary: detail.summary,
            priority_actions: detail.priority_actions,
            campaign: detail.campaign.into_iter().map(|(key, value)| CampaignJson { key, value }).collect(),
            coverage: data.counts(country, edition).into(),
            by_goal: framework.goal_ids().map(|id| (&*framework.goal(id).id, coverage_of(id))).collect(),
            review: self.checked.as_ref().map(|checked| checked.of(data, &[country], edition)),
            rows: self.indicators(country, edition).map(row).collect(),
        }
    }

    fn standing_json(
        &self,
        members: &[CountryId],
        edition: EditionId,
        id: IndicatorId,
        country: CountryId,
    ) -> StandingJson<'a> {
        let distribution = Distribution::of(self.data, members, edition, id);
        let cell = self.data.cell(country, edition, id);
        let levels = self.data.framework.scale(id).levels.iter().zip(&distribution.levels);
        let sides = distribution.below_and_above(&cell);
        StandingJson {
            set: distribution.set(),
            assessed: distribution.given,
            gaps: distribution.missing,
            not_applicable: distribution.not_applicable,
            levels: levels.map(|(level, count)| LevelCount { level: &level.id, count: *count }).collect(),
            lowest: distribution.numbers.first().map(|(number, _)| *number),
            median: distribution.median(),
            highest: distribution.numbers.last().map(|(number, _)| *number),
            same: distribution.same(&cell),
            below: sides.map(|(below, _)| below),
            above: sides.map(|(_, above)| above),
        }
    }
}

/// A row of the table: one indicator of one card.
struct CardTableRow<'a> {
    country: CountryId,
    edition: EditionId,
    indicator: &'a Indicator,
    heading: String,
    entry: CellReport<'a>,
    /// The numbers of its sources.
    cited: String,
}

/// For people and for records.
impl<'a> CardReport<'a> {
    /// Puts what the card says as a whole above the rows, its actions below them.
    fn say_card(&self, country: CountryId, edition: EditionId, title: &str, table: &mut Table) {
        let detail = self.card_detail(country, edition);
        let of_several = if self.cards.len() > 1 { format!("{title}: ") } else { String::new() };
        let assessed = match (self.data.card(country, edition), detail.assessed_on) {
            (None, _) => ", no card in this edition".to_owned(),
            (Some(_), Some(date)) => format!(", assessed on {date}"),
            (Some(_), None) => String::new(),
        };
        let given = k_of_n(self.data.counts(country, edition));
        table.lines.push(Raw::new(format!("{of_several}{given} given{assessed}")));
        table
            .lines
            .extend(self.review_lines(country, edition).map(|line| Raw::new(format!("{of_several}{line}"))));
        let caution =
            cautions::looks_missing(self.data, &[country], &[edition], self.data.framework.indicator_ids());
        table.lines.extend(caution.map(Raw::new));
        if let Some(summary) = detail.summary {
            table.lines.push(Raw::new(format!("{of_several}{}", summary.raw())));
        }
        for indicator in self.indicators(country, edition) {
            let remarks = CellReport::of(self.data, &Subject::Country(country, edition), indicator).remarks();
            if !remarks.is_empty() {
                let indicator = self.data.framework.indicator(indicator).title.raw();
                table.notes.push(Raw::new(format!("{of_several}{indicator}: {remarks}")));
            }
        }
        let actions = detail.priority_actions.iter();
        table
            .notes
            .extend(actions.map(|action| Raw::new(format!("{of_several}Priority action: {}", action.raw()))));
        let campaign = detail.campaign.iter();
        table.notes.extend(
            campaign.map(|(key, value)| {
                Raw::new(format!("{of_several}Campaign, {}: {}", key.raw(), value.raw()))
            }),
        );
    }

    /// How far the review of a card has come, and how many cells are left out for it.
    fn review_lines(&self, country: CountryId, edition: EditionId) -> impl Iterator<Item = String> {
        let checked = self.checked.as_ref();
        let said = checked.map(|checked| checked.words(self.data, country, edition));
        let all = self.data.framework.indicators.len();
        let left_out = all - self.indicators(country, edition).count();
        let left_out = checked
            .filter(|_| left_out > 0)
            .map(|checked| format!("{left_out} of {all} cells left out here: not {}", checked.does()));
        [said, left_out].into_iter().flatten()
    }

    fn row(
        &self,
        country: CountryId,
        edition: EditionId,
        id: IndicatorId,
        title: &str,
        cited: &mut Cited,
    ) -> CardTableRow<'a> {
        let indicator = self.data.framework.indicator(id);
        let entry = CellReport::of(self.data, &Subject::Country(country, edition), id);
        let heading = self.heading(country, edition, indicator.goal, title);
        let cited = cited.cite(&entry.detail.sources);
        CardTableRow { country, edition, indicator, heading, entry, cited }
    }

    fn filled(&self, table: Table, rows: &[CardTableRow<'a>]) -> Table {
        let data = self.data;
        table
            .of_rows(rows)
            .text(Column::heading("heading"), |row| row.heading.clone())
            .text(Column::record("country"), |row| data.country(row.country).code.clone())
            .text(Column::record("name"), |row| data.country(row.country).name.clone())
            .text(Column::record("edition"), |row| data.edition(row.edition).label.to_string())
            .text(Column::record("goal"), |row| data.framework.goal(row.indicator.goal).id.to_string())
            .text(Column::record("indicator"), |row| row.indicator.id.to_string())
            .text(Column::text("title", "Indicator"), |row| row.indicator.title.clone())
            .text(Column::page("cell", "Value").with_bare("value"), |row| row.entry.words())
            .text(Column::page("cell_as_of", "As of"), |row| row.entry.as_of())
            .text(Column::page("cited", "Sources"), |row| row.cited.clone())
            .text(Column::page("review", "Review"), |row| self.review_mark(row))
            .fields(record_columns(str::to_owned), |row| row.entry.records())
            .done()
    }

    /// `not reviewed`, where unchecked cells are marked.
    fn review_mark(&self, row: &CardTableRow<'_>) -> String {
        let marks = self.checked.as_ref().filter(|checked| checked.unchecked == Unchecked::Mark);
        let id = self.data.framework.find_indicator(&row.indicator.id);
        match (marks, id) {
            (Some(checked), Some(id)) if !checked.is_checked((row.country, row.edition, id)) => {
                format!("not {}", checked.does())
            }
            _ => String::new(),
        }
    }

    fn heading(&self, country: CountryId, edition: EditionId, goal: GoalId, title: &str) -> String {
        let given = k_of_n(self.data.goal_counts(country, edition, goal));
        let goal = self.data.framework.goal(goal).title.raw();
        if self.cards.len() > 1 { format!("{title} · {goal}: {given}") } else { format!("{goal}: {given}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read;

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","some","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}]},
     "cards":[{"country":"IRL","edition":"2012","summary":"Half done.","assessments":{"a":"none","b":{"gap":"no-data","note":"asked twice"}}},
      {"country":"SWE","edition":"2012","assessments":{"a":"full","b":{"gap":"not-applicable"}}}]}"#;

    fn report() -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let edition = data.newest_edition().unwrap();
        let cards = data.country_ids().map(|country| (country, edition)).collect();
        let report = CardReport::new(&data, cards, groups::everyone(&data));
        (report.json(), report.table())
    }

    #[test]
    fn a_gap_of_a_card_has_its_reason_and_stands_below_nobody() {
        let (json, _) = report();
        let rows = &json["cards"][0]["rows"];
        assert_eq!(
            (&rows[1]["value"]["gap"], &rows[1]["value"]["note"]),
            (&"no-data".into(), &"asked twice".into())
        );
        assert_eq!(rows[1]["standing"]["below"], Value::Null);
        assert_eq!((&rows[0]["standing"]["above"], &rows[0]["standing"]["assessed"]), (&1.into(), &2.into()));
        assert_eq!(json["cards"][1]["by_goal"]["g"]["of"], 1, "what does not apply is in no denominator");
    }

    #[test]
    fn a_page_of_cards_says_k_of_n_above_each_and_its_notes_below() {
        let (_, table) = report();
        assert_eq!(table.lines[0].raw(), "Ireland (IRL) 2012: 1 of 2 given");
        assert_eq!(table.lines[1].raw(), "Ireland (IRL) 2012: Half done.");
        assert_eq!(table.notes[0].raw(), "Ireland (IRL) 2012: Plan: asked twice");
        assert_eq!(table.rows[1][7].raw(), "?? no data");
        assert_eq!(table.rows[3][0].raw(), "Sweden (SWE) 2012 · Law: 1 of 1 (2 in set)");
    }
}
