//! Cards on paper: each indicator with its value, its note and its sources, and what the card says as a whole.

use serde_json::{Map, Value, json};

use super::{
    Report,
    cell::{CellReport, RECORDS},
    compare::{coverage_json, k_of_n},
    context::Context,
    table::{Cited, Column, Field, Table},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        detail::CardDetail,
        distribution::Distribution,
        framework::{GoalId, Group, IndicatorId},
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
}

impl<'a> CardReport<'a> {
    pub fn new(data: &'a Dataset, cards: Vec<(CountryId, EditionId)>, group: Group) -> Self {
        Self { data, cards, group }
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
        let mut map = self.context().json(self.name());
        map.insert("cards".into(), self.cards.iter().map(|(c, e)| self.card_json(*c, *e)).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let mut cited = Cited::default();
        let mut table = Table { context: self.context(), columns: columns(), ..Table::default() };
        let mut titles = vec![];
        for (country, edition) in &self.cards {
            let title = self.card_title(*country, *edition);
            self.say_card(*country, *edition, &title, &mut table);
            for indicator in self.data.framework.indicator_ids() {
                table.rows.push(self.row(*country, *edition, indicator, &title, &mut cited));
            }
            titles.push(title);
        }
        table.title = Raw::new(titles.join(", "));
        table.sources = cited.into_sources();
        table
    }
}

/// For programs.
impl CardReport<'_> {
    fn card_json(&self, country: CountryId, edition: EditionId) -> Value {
        let data = self.data;
        let known = data.country(country);
        let detail = self.card_detail(country, edition);
        let framework = &data.framework;
        let by_goal: Map<String, Value> = framework
            .goal_ids()
            .map(|goal| {
                (framework.goal(goal).id.to_string(), coverage_json(data.goal_tally(country, edition, goal)))
            })
            .collect();
        let editions: Vec<&str> = data
            .edition_ids()
            .filter(|edition| data.card(country, *edition).is_some())
            .map(|edition| &*data.edition(edition).label)
            .collect();
        let file = data.card(country, edition).map(|card| data.card_place(card).0);
        let campaign: Vec<Value> =
            detail.campaign.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
        let subject = Subject::Country(country, edition);
        let members = groups::members(data, &self.group, edition);
        let row = |indicator| self.row_json(&subject, indicator, (&members, edition, country));
        let rows: Vec<Value> = framework.indicator_ids().map(row).collect();
        json!({
            "country": known.code,
            "name": known.name,
            "edition": data.edition(edition).label,
            "assessed_on": detail.assessed_on,
            "file": file,
            "editions": editions,
            "summary": detail.summary,
            "priority_actions": detail.priority_actions,
            "campaign": campaign,
            "coverage": coverage_json(data.counts(country, edition)),
            "by_goal": by_goal,
            "rows": rows,
        })
    }

    fn row_json(
        &self,
        subject: &Subject,
        id: IndicatorId,
        (members, edition, country): (&[CountryId], EditionId, CountryId),
    ) -> Value {
        let framework = &self.data.framework;
        let indicator = framework.indicator(id);
        json!({
            "goal": framework.goal(indicator.goal).id,
            "indicator": indicator.id,
            "title": indicator.title,
            "question": indicator.question,
            "value": CellReport::of(self.data, subject, id).json(),
            "standing": self.distribution_json(members, edition, id, country),
        })
    }

    /// How the group answers, and how many of it are at, below and above this country's answer.
    fn distribution_json(
        &self,
        members: &[CountryId],
        edition: EditionId,
        id: IndicatorId,
        country: CountryId,
    ) -> Value {
        let distribution = Distribution::of(self.data, members, edition, id);
        let cell = self.data.cell(country, edition, id);
        let levels = self.data.framework.scale(id).levels.iter().zip(&distribution.levels);
        let levels: Vec<Value> =
            levels.map(|(level, count)| json!({ "level": level.id, "count": count })).collect();
        let sides = distribution.below_and_above(&cell);
        json!({
            "set": distribution.set(),
            "assessed": distribution.given,
            "gaps": distribution.missing,
            "not_applicable": distribution.not_applicable,
            "levels": levels,
            "lowest": distribution.numbers.first().map(|(number, _)| number),
            "median": distribution.median(),
            "highest": distribution.numbers.last().map(|(number, _)| number),
            "same": distribution.same(&cell),
            "below": sides.map(|(below, _)| below),
            "above": sides.map(|(_, above)| above),
        })
    }
}

/// For people and for records.
impl CardReport<'_> {
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
        if let Some(summary) = detail.summary {
            table.lines.push(Raw::new(format!("{of_several}{}", summary.raw())));
        }
        for indicator in self.data.framework.indicator_ids() {
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

    fn row(
        &self,
        country: CountryId,
        edition: EditionId,
        id: IndicatorId,
        title: &str,
        cited: &mut Cited,
    ) -> Vec<Field> {
        let indicator = self.data.framework.indicator(id);
        let entry = CellReport::of(self.data, &Subject::Country(country, edition), id);
        let known = self.data.country(country);
        let mut fields = vec![
            Field::text(self.heading(country, edition, indicator.goal, title)),
            Field::text(known.code.clone()),
            Field::text(known.name.clone()),
            Field::text(self.data.edition(edition).label.to_string()),
            Field::text(self.data.framework.goal(indicator.goal).id.to_string()),
            Field::text(indicator.id.to_string()),
            Field::text(indicator.title.clone()),
            Field::text(entry.words()),
            Field::text(entry.detail.as_of.map_or_else(String::new, |date| date.to_string())),
            Field::text(cited.cite(&entry.detail.sources)),
        ];
        fields.extend(entry.records());
        fields
    }

    fn heading(&self, country: CountryId, edition: EditionId, goal: GoalId, title: &str) -> String {
        let given = k_of_n(self.data.goal_tally(country, edition, goal));
        let goal = self.data.framework.goal(goal).title.raw();
        if self.cards.len() > 1 { format!("{title} · {goal}: {given}") } else { format!("{goal}: {given}") }
    }
}

fn columns() -> Vec<Column> {
    let mut columns = vec![Column::heading("heading")];
    columns.extend(["country", "name", "edition", "goal", "indicator"].map(Column::record));
    columns.push(Column::text("title", Raw::from_static("Indicator")));
    columns.push(Column::page("cell", Raw::from_static("Value")));
    columns.push(Column::page("cell_as_of", Raw::from_static("As of")));
    columns.push(Column::page("cited", Raw::from_static("Sources")));
    columns.extend(RECORDS.map(Column::record));
    columns
}
