//! All cards of one framework: countries × editions × indicators, as columns over the texts of the files.

use std::{collections::HashMap, sync::Arc};

use super::{
    cell::{Cell, Gap, Value},
    columns::CardRow,
    country::{self, Country, CountryKind},
    counts::Counts,
    date::Date,
    detail::{Batch, CardDetail, Detail},
    framework::{Framework, GoalId, IndicatorId, only},
    label,
    period::Period,
    problem::Problem,
    scale::ScaleKind,
    table_reading::TableReading,
};
use crate::text::{Raw, fold};

/// Position of a country in its data set, in name order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryId(pub u32);

/// Position of an edition in its data set, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub u16);

/// Position of a card in its data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId(pub u32);

impl CountryId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl EditionId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One edition of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// As written in the cards: `2010`, `2018/19`, `FY2019`.
    pub label: Box<str>,
    pub period: Period,
}

/// A framework and how many cards name it, in the files of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSet {
    pub id: Box<str>,
    pub title: Raw<'static>,
    pub cards: usize,
}

/// All numbers of an indicator change by about the same factor from one edition to a later one, as where the scale is
/// another one. Nobody has said that it is: numbers on both sides are compared, and what shows them says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SuspectedBreak {
    pub indicator: IndicatorId,
    pub from: EditionId,
    pub to: EditionId,
    /// What the number of the typical country is multiplied by.
    pub factor: f64,
}

/// All cards of one framework. Immutable once built.
#[derive(Debug)]
pub struct Dataset {
    pub framework: Framework,
    /// The name for titles of what was opened: a folder, a file, "embedded sample".
    pub name: Raw<'static>,
    pub(super) countries: Vec<Country>,
    /// Countries by their code in upper case.
    pub(super) by_code: HashMap<Box<str>, CountryId>,
    pub(super) editions: Vec<Edition>,
    pub(super) batches: Vec<Arc<Batch>>,
    /// Batch and row of each card.
    pub(super) cards: Vec<(u32, u32)>,
    /// Countries × editions: the card's position, or `NO_CARD`.
    pub(super) matrix: Vec<u32>,
    pub problems: Vec<Problem>,
    /// Whether any number looks like a sign of a missing value.
    pub has_suspects: bool,
    /// Editions between which all numbers of an indicator change by about the same factor: one an indicator, in the order
    /// of indicators.
    pub suspected_breaks: Vec<SuspectedBreak>,
    /// Files that became broken and still are. Their cards are those of the last reading in which they were not.
    pub kept: Vec<Raw<'static>>,
    /// How its tables were read.
    pub readings: Vec<TableReading>,
    /// The other sets in these files: their cards are not in this one.
    pub others: Vec<CardSet>,
    /// Files read, including frameworks and files with nothing usable.
    pub files: usize,
}

pub(super) const NO_CARD: u32 = u32::MAX;

impl Dataset {
    pub fn country_ids(&self) -> impl ExactSizeIterator<Item = CountryId> + use<> {
        (0..u32::try_from(self.countries.len()).unwrap_or(u32::MAX)).map(CountryId)
    }

    pub fn country(&self, id: CountryId) -> &Country {
        &self.countries[id.index()]
    }

    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The country with this code, whatever its case.
    pub fn find_country(&self, code: &str) -> Option<CountryId> {
        let found = self.by_code.get(code).or_else(|| self.by_code.get(code.to_ascii_uppercase().as_str()));
        found.copied()
    }

    /// The country of a group member: the one with this code, else the one that the table has for a user-assigned
    /// code.
    pub fn find_member(&self, code: &str) -> Option<CountryId> {
        self.find_country(code).or_else(|| {
            let resolved = country::is_user_assigned(code).then(|| country::resolve(code));
            resolved.and_then(|resolved| self.find_country(resolved.code()?))
        })
    }

    /// The country with this code; else the only one with this name or alias; else the one that the table has for a code
    /// or spelling of a publisher.
    pub fn resolve_country(&self, text: &str) -> Option<CountryId> {
        let by_table = || country::resolve(text).code().and_then(|code| self.find_country(code));
        let mut called = self.countries_called(text).peekable();
        self.find_country(text).or_else(|| if called.peek().is_some() { only(called) } else { by_table() })
    }

    /// Whether a country is in the counts and ranks of an edition: aggregates never are, former countries in the
    /// editions of their years, those that they became from their first day on, and all where they have a card.
    pub fn is_counted(&self, country: CountryId, edition: EditionId) -> bool {
        match self.country(country).kind {
            CountryKind::Country => {
                let period = self.edition(edition).period;
                let is_later = |since: Date| since.first_day() > period.last_day();
                !self.country(country).since.is_some_and(is_later) || self.card(country, edition).is_some()
            }
            CountryKind::Former(during) => {
                during.holds_in(self.edition(edition).period) || self.card(country, edition).is_some()
            }
            CountryKind::Aggregate => false,
        }
    }

    /// The aggregates of the data set, in name order.
    pub fn aggregates(&self) -> impl Iterator<Item = CountryId> + use<'_> {
        self.country_ids().filter(|id| self.country(*id).kind == CountryKind::Aggregate)
    }

    /// The countries with this name or alias.
    pub fn countries_called(&self, text: &str) -> impl Iterator<Item = CountryId> {
        let wanted = fold(text);
        self.country_ids().filter(move |id| self.country(*id).keys.iter().any(|key| **key == *wanted))
    }

    pub fn edition_ids(&self) -> impl ExactSizeIterator<Item = EditionId> + DoubleEndedIterator + use<> {
        (0..u16::try_from(self.editions.len()).unwrap_or(u16::MAX)).map(EditionId)
    }

    pub fn edition(&self, id: EditionId) -> &Edition {
        &self.editions[id.index()]
    }

    /// The edition with this label, else the one of the period that it means.
    pub fn find_edition(&self, label: &str) -> Option<EditionId> {
        let written = self.edition_ids().find(|id| &*self.edition(*id).label == label);
        written.or_else(|| {
            let period = Period::parse(label, self.framework.edition_labels)?;
            self.edition_ids().find(|id| self.edition(*id).period == period)
        })
    }

    /// The newest edition; of a table the newest in which anything is given, since its last columns are often still empty.
    pub fn newest_edition(&self) -> Option<EditionId> {
        let is_given = |edition: &EditionId| {
            let cards = self.country_ids().filter_map(|country| self.card(country, *edition));
            cards.map(|card| self.row(card).1.counts).any(|counts| counts.given > 0)
        };
        let given = || self.edition_ids().rev().find(is_given);
        let newest = if self.framework.of_table { given() } else { None };
        newest.or_else(|| self.edition_ids().next_back())
    }

    /// The set that these data are.
    pub fn own_set(&self) -> CardSet {
        let Framework { id, title, .. } = &self.framework;
        CardSet { id: id.clone(), title: title.clone(), cards: self.card_count() }
    }

    /// Every set in these files, those with the most cards first.
    pub fn sets(&self) -> Vec<CardSet> {
        let own = self.own_set();
        let mut sets: Vec<CardSet> =
            self.others.iter().cloned().chain((own.cards > 0).then_some(own)).collect();
        sets.sort_by(|one, other| other.cards.cmp(&one.cards).then_with(|| one.id.cmp(&other.id)));
        sets
    }

    pub fn card_count(&self) -> usize {
        self.cards.len()
    }

    /// The card of a country in an edition, if there is one.
    pub fn card(&self, country: CountryId, edition: EditionId) -> Option<CardId> {
        let at = *self.matrix.get(country.index() * self.editions.len() + edition.index())?;
        (at != NO_CARD).then_some(CardId(at))
    }

    pub(super) fn row(&self, card: CardId) -> (&Batch, &CardRow) {
        let (batch, row) = self.cards[card.0 as usize];
        let batch = &self.batches[batch as usize];
        (batch, &batch.columns.cards[row as usize])
    }

    /// The cell of an indicator. Every triple has one: without a card or a mention it is a gap.
    pub fn cell(&self, country: CountryId, edition: EditionId, indicator: IndicatorId) -> Cell {
        self.card(country, edition).map_or(Cell::gap(Gap::NoCard), |card| self.cell_of(card, indicator))
    }

    pub fn cell_of(&self, card: CardId, indicator: IndicatorId) -> Cell {
        let (batch, row) = self.cards[card.0 as usize];
        self.batches[batch as usize].columns.cell(row as usize, indicator.index())
    }

    /// Words, note, sources and dates of a cell, read from the file's text at each call.
    pub fn detail(&self, country: CountryId, edition: EditionId, indicator: IndicatorId) -> Detail {
        self.card(country, edition).map_or_else(Detail::default, |card| {
            let (batch, row) = self.cards[card.0 as usize];
            self.batches[batch as usize].detail(row as usize, indicator, &self.framework)
        })
    }

    /// Summary, priority actions, campaign and assessment date of a card.
    pub fn card_detail(&self, card: CardId) -> CardDetail {
        let (batch, row) = self.cards[card.0 as usize];
        self.batches[batch as usize].card_detail(row as usize)
    }

    /// The date that a card is about: `assessed_on`, else the end of its edition.
    pub fn as_of(&self, card: CardId) -> Date {
        let (_, row) = self.row(card);
        row.assessed_on.unwrap_or(row.edition.as_of())
    }

    /// The counts over all indicators of a country in an edition. Without a card all are missing.
    pub fn counts(&self, country: CountryId, edition: EditionId) -> Counts {
        match self.card(country, edition) {
            Some(card) => self.row(card).1.counts,
            None => Counts {
                missing: u32::try_from(self.framework.indicators.len()).unwrap_or(u32::MAX),
                ..Counts::default()
            },
        }
    }

    /// The counts over the indicators of one goal.
    pub fn goal_counts(&self, country: CountryId, edition: EditionId, goal: GoalId) -> Counts {
        let mut counts = Counts::default();
        for indicator in self.framework.indicators_of(goal) {
            counts.add(&self.cell(country, edition, indicator));
        }
        counts
    }

    /// The counts over every country of the data set that counts in this edition, with a card or without.
    pub fn edition_counts(&self, edition: EditionId) -> Counts {
        self.sum(self.country_ids().filter(|id| self.is_counted(*id, edition)), edition)
    }

    /// The counts over these countries.
    pub fn counts_of(&self, countries: &[CountryId], edition: EditionId) -> Counts {
        self.sum(countries.iter().copied(), edition)
    }

    fn sum(&self, countries: impl Iterator<Item = CountryId>, edition: EditionId) -> Counts {
        let mut all = Counts::default();
        for country in countries {
            let one = self.counts(country, edition);
            all.given += one.given;
            all.missing += one.missing;
            all.not_applicable += one.not_applicable;
        }
        all
    }

    /// The words for a cell: the label of the level, a number with its unit, a date, a text, or the title of the gap.
    pub fn label(&self, country: CountryId, edition: EditionId, indicator: IndicatorId) -> Raw<'static> {
        let cell = self.cell(country, edition, indicator);
        match (&self.framework.scale(indicator).kind, cell.state) {
            (ScaleKind::Text, Ok(_)) => self.detail(country, edition, indicator).text.unwrap_or_default(),
            // A number that is not kept exactly is shown as it is printed.
            (ScaleKind::Number(about), Ok(Value::Number(number))) if !label::is_exact(number) => {
                let printed = self.detail(country, edition, indicator).printed;
                let is_it = |printed: &Raw<'_>| {
                    printed.raw().parse::<f64>().is_ok_and(|printed| printed.total_cmp(&number).is_eq())
                };
                let unit = about.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.raw()));
                printed.filter(is_it).map_or_else(
                    || label::of_cell(self.framework.scale(indicator), &cell),
                    |printed| Raw::new(format!("{}{unit}", printed.raw())),
                )
            }
            _ => label::of_cell(self.framework.scale(indicator), &cell),
        }
    }

    /// The file of a card, and the byte offset of the card in it.
    pub fn card_place(&self, card: CardId) -> (&Raw<'static>, u64) {
        let (batch, row) = self.row(card);
        (&batch.cards().name, u64::from(row.at))
    }

    /// The memory used in bytes, by the text of the files and the columns.
    pub fn bytes(&self) -> usize {
        self.batches.iter().map(|batch| batch.bytes()).sum()
    }
}
