//! The whole data set as tidy tables: a row a cell, what the codes in it mean, and what else reading it back takes.

mod tables;

use std::collections::HashMap;

use strum::IntoEnumIterator as _;

use self::tables::{REVIEWS, TABLES};
pub use self::tables::{TidyColumnKind, TidyTable};
use super::{
    cell::{CellReport, RECORDS},
    context::Context,
    table::Field,
};
use crate::{
    core::{
        cell::{Gap, Treaty, TreatyAct, Value},
        checked::Checked,
        dataset::{CountryId, Dataset, Edition, EditionId},
        date::Date,
        framework::{Framework, Group, IndicatorId, Source},
        groups, label,
        period::Period,
        scale::{Scale, ScaleKind},
        severity::Severity,
        subject::Subject,
    },
    text::Raw,
};

/// Editions of a group's countries, to be written as tables.
#[derive(Debug)]
pub struct Tidy<'a> {
    data: &'a Dataset,
    group: Group,
    editions: Vec<EditionId>,
    /// Gathered from the tables that were handed out.
    sources: Vec<Source>,
    numbers: HashMap<Source, usize>,
    readings: Vec<Vec<Field>>,
    /// What is told of the review; nothing is if it is `None`.
    checked: Option<Checked>,
}

impl<'a> Tidy<'a> {
    pub fn new(data: &'a Dataset, group: Group, editions: Vec<EditionId>) -> Self {
        let (sources, numbers, readings) = (vec![], HashMap::new(), vec![]);
        Self { data, group, editions, sources, numbers, readings, checked: None }
    }

    /// Tells how far the review of the cards has come.
    #[must_use]
    pub fn reviewed(self, checked: Option<Checked>) -> Self {
        Self { checked, ..self }
    }

    /// The tables that are written, in this order.
    pub fn tables(&self) -> impl Iterator<Item = &'static TidyTable> + use<> {
        TABLES.iter().chain(self.checked.is_some().then_some(&REVIEWS))
    }

    /// How many cells are left out because they are not checked, and of how many.
    pub fn left_out(&self) -> (usize, usize) {
        let all = self.places().len() * self.data.framework.indicators.len();
        (all - self.places().into_iter().map(|place| self.indicators(place).count()).sum::<usize>(), all)
    }

    /// The indicators of a card whose cells are written.
    fn indicators(
        &self,
        (country, edition): (CountryId, EditionId),
    ) -> impl Iterator<Item = IndicatorId> + '_ {
        let keeps = move |id: &IndicatorId| {
            self.checked.as_ref().is_none_or(|checked| checked.keeps((country, edition, *id)))
        };
        self.data.framework.indicator_ids().filter(keeps)
    }

    /// The review of a card, and of each of its cells.
    fn reviews(&self, (country, edition): (CountryId, EditionId)) -> Vec<Vec<Field>> {
        let (Some(checked), Some(_)) = (&self.checked, self.data.card(country, edition)) else {
            return vec![];
        };
        let [code, label] = self.names((country, edition));
        let card = checked.cards.get(&(country, edition)).cloned().unwrap_or_default();
        let mut rows = vec![vec![
            code.clone(),
            label.clone(),
            Field::Empty,
            Field::Empty,
            Field::Empty,
            Field::number(card.open_flags),
            Field::text(card.sign_off),
        ]];
        rows.extend(self.indicators((country, edition)).map(|id| {
            let cell = (country, edition, id);
            let is_checked = Field::text(if checked.is_checked(cell) { "yes" } else { "no" });
            let indicator = Field::text(self.data.framework.indicator(id).id.to_string());
            let by = Field::number(checked.by(cell));
            vec![code.clone(), label.clone(), indicator, by, is_checked, Field::Empty, Field::Empty]
        }));
        rows
    }

    pub fn context(&self) -> Context {
        let context = Context::of(self.data).in_group(self.data, &self.group, self.editions.last().copied());
        match self.editions[..] {
            [edition] => context.in_edition(self.data, edition),
            _ => context,
        }
        .without_place()
    }

    /// The number of errors in the data set.
    pub fn errors(&self) -> usize {
        self.data.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    pub const fn framework(&self) -> &Framework {
        &self.data.framework
    }

    /// Hands every row of a table to `write`. The tables of readings and sources, the last of
    /// [`Tidy::tables`] but for the reviews, have what was in those handed out before.
    ///
    /// # Errors
    /// The first of `write`.
    pub fn rows<E>(
        &mut self,
        table: &TidyTable,
        write: &mut dyn FnMut(Vec<Field>) -> Result<(), E>,
    ) -> Result<(), E> {
        match table.name {
            "countries" => self.members().iter().try_for_each(|id| write(self.country(*id))),
            "indicators" => self.data.framework.indicator_ids().try_for_each(|id| write(self.indicator(id))),
            "cards" => {
                self.places().into_iter().try_for_each(|place| self.card(place).map_or(Ok(()), &mut *write))
            }
            "card_items" => self
                .places()
                .into_iter()
                .try_for_each(|place| self.card_items(place).into_iter().try_for_each(&mut *write)),
            "reviews" => self
                .places()
                .into_iter()
                .try_for_each(|place| self.reviews(place).into_iter().try_for_each(&mut *write)),
            "readings" => std::mem::take(&mut self.readings).into_iter().try_for_each(write),
            "sources" => {
                self.sources.iter().zip(1_usize..).try_for_each(|(known, at)| write(source(known, at)))
            }
            _ => self.places().into_iter().try_for_each(|place| {
                let ids: Vec<IndicatorId> = self.indicators(place).collect();
                ids.into_iter().try_for_each(|id| write(self.cell(place, id)))
            }),
        }
    }

    /// Everyone who is a member in one of the editions, in name order.
    fn members(&self) -> Vec<CountryId> {
        let of = |edition: &EditionId| groups::members(self.data, &self.group, *edition);
        let beside = self.data.aggregates().filter(|_| *self.group.id == *groups::EVERYONE);
        let mut all: Vec<CountryId> = self.editions.iter().flat_map(of).chain(beside).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Who has a card or could have one.
    fn places(&self) -> Vec<(CountryId, EditionId)> {
        let of = |edition: &EditionId| {
            let edition = *edition;
            let beside = self.data.aggregates().filter(|_| *self.group.id == *groups::EVERYONE);
            groups::members(self.data, &self.group, edition)
                .into_iter()
                .chain(beside)
                .map(move |country| (country, edition))
        };
        self.editions.iter().flat_map(of).collect()
    }

    /// The numbers of sources in their table, as a list.
    fn cite(&mut self, sources: &[Source]) -> Field {
        let numbers = sources.iter().map(|source| self.number(source).to_string());
        Field::text(numbers.collect::<Vec<_>>().join(" "))
    }

    fn number(&mut self, source: &Source) -> usize {
        if let Some(known) = self.numbers.get(source) {
            return *known;
        }
        self.sources.push(source.clone());
        self.numbers.insert(source.clone(), self.sources.len());
        self.sources.len()
    }

    /// What says which card a row is about.
    fn names(&self, (country, edition): (CountryId, EditionId)) -> [Field; 2] {
        let edition = &self.data.edition(edition).label;
        [Field::text(self.data.country(country).code.clone()), Field::text(edition.to_string())]
    }

    fn cell(&mut self, place: (CountryId, EditionId), id: IndicatorId) -> Vec<Field> {
        let (country, edition) = place;
        let entry = CellReport::of(self.data, &Subject::Country(country, edition), id);
        let decimals = self.data.framework.scale(id).decimals();
        let print = |number: Option<f64>| {
            number.map_or(Field::Empty, |number| Field::Number(label::number(number, decimals)))
        };
        let [number, low, high, level] = match entry.cell.state {
            Ok(Value::Number(number)) => [print(Some(number)), Field::Empty, Field::Empty, Field::Empty],
            Ok(Value::Interval(interval)) => {
                let (low, high) = interval.bounds();
                [Field::Empty, print(low), print(high), Field::Empty]
            }
            Ok(Value::Level(level)) => {
                [Field::Empty, Field::Empty, Field::Empty, Field::number(u16::from(level) + 1)]
            }
            _ => [Field::Empty, Field::Empty, Field::Empty, Field::Empty],
        };
        let status = match entry.cell.state {
            Err(gap) => gap.obs_status().unwrap_or_default(),
            Ok(_) => entry.cell.marks.obs_status(),
        };
        let [code, edition] = self.names(place);
        let indicator = self.data.framework.indicator(id);
        let name = Field::text(self.data.country(country).name.clone());
        let mut row = vec![code, name, edition];
        row.extend([Field::text(indicator.id.to_string()), Field::text(indicator.title.clone())]);
        row.extend(entry.records());
        row.extend([number, low, high, level, Field::text(status)]);
        row.extend(treaty_fields(entry.detail.treaty));
        row.push(self.cite(&entry.detail.sources));
        row.push(Field::maybe(entry.detail.status.as_ref()));
        for (reading, at) in entry.detail.values.iter().zip(1_usize..) {
            let [code, edition] = self.names(place);
            let reading =
                [Field::text(indicator.id.to_string()), Field::number(at), Field::text(reading.clone())];
            self.readings.push([code, edition].into_iter().chain(reading).collect());
        }
        row
    }

    fn country(&self, id: CountryId) -> Vec<Field> {
        let country = self.data.country(id);
        vec![Field::text(country.code.clone()), Field::text(country.name.clone())]
    }

    fn indicator(&self, id: IndicatorId) -> Vec<Field> {
        let framework = &self.data.framework;
        let indicator = framework.indicator(id);
        let (goal, scale) = (framework.goal(indicator.goal), framework.scale(id));
        let levels: Vec<&str> = scale.levels.iter().map(|level| &*level.id).collect();
        let weight = |weight: f64| Field::Number(label::number(weight, 0));
        let mut row = vec![
            Field::text(indicator.id.to_string()),
            Field::text(indicator.title.clone()),
            Field::text(goal.id.to_string()),
            Field::text(goal.title.clone()),
            Field::maybe(indicator.question.as_ref()),
            Field::text(scale.kind.id()),
            Field::text(levels.join(" ")),
        ];
        row.extend(number_fields(scale));
        row.extend([weight(indicator.weight), weight(goal.weight)]);
        row
    }

    fn card(&self, place: (CountryId, EditionId)) -> Option<Vec<Field>> {
        let card = self.data.card(place.0, place.1)?;
        let detail = self.data.card_detail(card);
        let actions: Vec<&str> = detail.priority_actions.iter().map(Raw::raw).collect();
        let [code, edition] = self.names(place);
        Some(vec![
            code,
            edition,
            date(detail.assessed_on),
            Field::maybe(detail.summary.as_ref()),
            Field::text(actions.join("\n")),
            date(self.date_apart(place.1)),
        ])
    }

    /// The date of an edition whose label says no period, or another one.
    fn date_apart(&self, edition: EditionId) -> Option<Date> {
        let Edition { label, period } = self.data.edition(edition);
        let said = Period::parse(label, self.data.framework.edition_labels);
        (said != Some(*period)).then_some(period.first)
    }

    /// What a card lists, a row an item.
    fn card_items(&mut self, place: (CountryId, EditionId)) -> Vec<Vec<Field>> {
        let Some(card) = self.data.card(place.0, place.1) else { return vec![] };
        let detail = self.data.card_detail(card);
        let names = self.names(place);
        let row = |kind: &str, at: usize, rest: [Field; 3]| {
            let kind = [Field::text(kind.to_owned()), Field::number(at)];
            names.iter().cloned().chain(kind).chain(rest).collect()
        };
        let mut rows = vec![];
        for (action, at) in detail.priority_actions.into_iter().zip(1..) {
            rows.push(row("action", at, [Field::Empty, Field::text(action), Field::Empty]));
        }
        for ((key, words), at) in detail.campaign.into_iter().zip(1..) {
            rows.push(row("campaign", at, [Field::text(key), Field::text(words), Field::Empty]));
        }
        for ((key, source), at) in detail.sources.into_iter().zip(1..) {
            let number = Field::number(self.number(&source));
            rows.push(row("source", at, [Field::text(key.to_string()), Field::Empty, number]));
        }
        rows
    }
}

fn date(date: Option<Date>) -> Field {
    date.map_or(Field::Empty, |date| Field::text(date.to_string()))
}

/// Signed, bound and act.
fn treaty_fields(treaty: Option<Treaty>) -> [Field; 3] {
    let act = treaty.and_then(|treaty| treaty.act).map_or("", TreatyAct::id);
    let signed = treaty.and_then(|treaty| treaty.signed);
    [date(signed), date(treaty.and_then(|treaty| treaty.bound)), Field::text(act)]
}

fn source(source: &Source, at: usize) -> Vec<Field> {
    let Source { title, url, date, page } = source;
    let words = [title, url, date, page].map(|words| Field::maybe(words.as_ref()));
    [Field::number(at)].into_iter().chain(words).collect()
}

/// Unit, direction and bounds.
fn number_fields(scale: &Scale) -> [Field; 4] {
    let ScaleKind::Number(about) = &scale.kind else { return [const { Field::Empty }; 4] };
    let bound = |at: Option<f64>| at.map_or(Field::Empty, |at| Field::Number(label::number(at, 0)));
    [Field::maybe(about.unit.as_ref()), Field::text(about.better.id()), bound(about.min), bound(about.max)]
}

/// Each gap's id, meaning and SDMX code.
pub fn gap_codes() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    Gap::iter().map(|gap| (gap.id(), gap.meaning(), gap.obs_status()))
}

/// The records of a cell stand in the table of cells after the five that name it.
const _: () = assert!(TABLES[0].columns.len() == 5 + RECORDS.len() + 10);
