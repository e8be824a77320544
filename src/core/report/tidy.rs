//! The whole data set as tidy tables: a row a cell, and what the codes in it mean.

use strum::IntoEnumIterator as _;

use super::{
    cell::{CellReport, RECORDS},
    context::Context,
    table::Field,
};
use crate::{
    core::{
        cell::{Gap, Marks, TreatyAct},
        dataset::{CountryId, Dataset, EditionId},
        date::Date,
        framework::{Group, IndicatorId},
        groups, label,
        scale::{Scale, ScaleKind},
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
}

/// What a column holds, in the words of the Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TidyColumnKind {
    Text,
    Number,
    Integer,
    /// The ids of the gaps, and nothing where the cell is given.
    Gap,
    /// Days, or also years and months where the cards say no more: see [`Tidy::is_days`].
    Date,
}

/// A table by its name, with what each column holds and means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TidyTable {
    pub name: &'static str,
    pub about: &'static str,
    pub columns: &'static [(&'static str, TidyColumnKind, &'static str)],
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// Columns that name a row of another table: own columns, the table, its columns.
    pub refers: &'static [(&'static str, &'static str, &'static str)],
}

/// The tables, in the order in which they are written.
pub static TABLES: [TidyTable; 4] = [
    TidyTable {
        name: "cells",
        about: "One row a country, edition and indicator: a value, or a gap with its reason",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("country_name", TidyColumnKind::Text, "English name of the country"),
            ("edition", TidyColumnKind::Text, "As the cards write it"),
            ("indicator", TidyColumnKind::Text, "Id of the indicator"),
            ("indicator_title", TidyColumnKind::Text, "Title of the indicator"),
            ("label", TidyColumnKind::Text, "The value or the gap in words"),
            ("value", TidyColumnKind::Text, "Level id, number, date or text; empty for a gap"),
            ("gap", TidyColumnKind::Gap, "Why there is no value; empty where there is one"),
            ("printed", TidyColumnKind::Text, "The value as the card prints it"),
            ("as_of", TidyColumnKind::Date, "The date the value speaks of"),
            ("marks", TidyColumnKind::Text, "What must be known of the value, ids separated by spaces"),
            ("note", TidyColumnKind::Text, "What the card says about it"),
            ("sources", TidyColumnKind::Text, "Where it comes from, separated by semicolons"),
            ("values", TidyColumnKind::Text, "All readings where sources disagree, separated by semicolons"),
            ("number", TidyColumnKind::Number, "The value where it is a number"),
            (
                "level",
                TidyColumnKind::Integer,
                "The place of the value among the levels, from 1, worst to best",
            ),
            (
                "obs_status",
                TidyColumnKind::Text,
                "SDMX observation status, code list 2.2, where it has a code",
            ),
            ("signed", TidyColumnKind::Date, "The date a treaty was signed"),
            ("bound", TidyColumnKind::Date, "The date from which a treaty binds"),
            (
                "act",
                TidyColumnKind::Text,
                "How the state became bound: ratification, accession, succession …",
            ),
        ],
        key: &["country", "edition", "indicator"],
        refers: &[("country", "countries", "country"), ("indicator", "indicators", "indicator")],
    },
    TidyTable {
        name: "countries",
        about: "The countries",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("name", TidyColumnKind::Text, "English name"),
        ],
        key: &["country"],
        refers: &[],
    },
    TidyTable {
        name: "indicators",
        about: "The indicators, in the order of the framework",
        columns: &[
            ("indicator", TidyColumnKind::Text, "Id"),
            ("title", TidyColumnKind::Text, "Title"),
            ("goal", TidyColumnKind::Text, "Id of the goal"),
            ("goal_title", TidyColumnKind::Text, "Title of the goal"),
            ("question", TidyColumnKind::Text, "What is asked"),
            ("scale", TidyColumnKind::Text, "Kind of answer: levels, yes_no, treaty, number, date or text"),
            ("levels", TidyColumnKind::Text, "Ids of the levels, worst to best, separated by spaces"),
            ("unit", TidyColumnKind::Text, "Unit of a number"),
            ("better", TidyColumnKind::Text, "Which numbers are better: higher, lower or neither"),
            ("min", TidyColumnKind::Number, "Least number the scale allows"),
            ("max", TidyColumnKind::Number, "Greatest number the scale allows"),
            ("weight", TidyColumnKind::Number, "Weight in its goal"),
            ("goal_weight", TidyColumnKind::Number, "Weight of its goal in a total"),
        ],
        key: &["indicator"],
        refers: &[],
    },
    TidyTable {
        name: "cards",
        about: "The cards: one row a country and edition that has one",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("edition", TidyColumnKind::Text, "As the card writes it"),
            ("assessed_on", TidyColumnKind::Date, "The date the card speaks of"),
            ("summary", TidyColumnKind::Text, "The card in a few words"),
            ("priority_actions", TidyColumnKind::Text, "What it calls for, a line each"),
        ],
        key: &["country", "edition"],
        refers: &[("country", "countries", "country")],
    },
];

impl<'a> Tidy<'a> {
    pub const fn new(data: &'a Dataset, group: Group, editions: Vec<EditionId>) -> Self {
        Self { data, group, editions }
    }

    pub fn context(&self) -> Context {
        let context = Context::of(self.data).in_group(self.data, &self.group, self.editions.last().copied());
        match self.editions[..] {
            [edition] => context.in_edition(self.data, edition),
            _ => context,
        }
        .without_place()
    }

    /// Whether all dates in this column of a table are days, so that it may be read as a column of dates.
    pub fn is_days(&self, table: &TidyTable, key: &str) -> bool {
        let Some(at) = table.columns.iter().position(|(name, ..)| *name == key) else { return false };
        let is_day = |field: &Field| *field == Field::Empty || field.raw().len() == "2010-07-01".len();
        // The first that is no day is enough.
        self.rows(table, &mut |row| if is_day(&row[at]) { Ok(()) } else { Err(()) }).is_ok()
    }

    /// Hands every row of a table to `write`, until it fails.
    pub fn rows<E>(
        &self,
        table: &TidyTable,
        write: &mut dyn FnMut(Vec<Field>) -> Result<(), E>,
    ) -> Result<(), E> {
        match table.name {
            "countries" => self.members().iter().try_for_each(|id| write(self.country(*id))),
            "indicators" => self.data.framework.indicator_ids().try_for_each(|id| write(self.indicator(id))),
            "cards" => self.each_card(&mut |country, edition| match self.card(country, edition) {
                Some(row) => write(row),
                None => Ok(()),
            }),
            _ => self.each_card(&mut |country, edition| {
                let mut ids = self.data.framework.indicator_ids();
                ids.try_for_each(|id| write(self.cell(country, edition, id)))
            }),
        }
    }

    /// Everyone who is a member in one of the editions, in name order.
    fn members(&self) -> Vec<CountryId> {
        let of = |edition: &EditionId| groups::members(self.data, &self.group, *edition);
        let mut all: Vec<CountryId> = self.editions.iter().flat_map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn each_card<E>(&self, each: &mut dyn FnMut(CountryId, EditionId) -> Result<(), E>) -> Result<(), E> {
        for &edition in &self.editions {
            for country in groups::members(self.data, &self.group, edition) {
                each(country, edition)?;
            }
        }
        Ok(())
    }

    fn cell(&self, country: CountryId, edition: EditionId, id: IndicatorId) -> Vec<Field> {
        use crate::core::cell::Value;
        let entry = CellReport::of(self.data, &Subject::Country(country, edition), id);
        let (number, level) = match (entry.cell.state, &self.data.framework.scale(id).kind) {
            (Ok(Value::Number(number)), ScaleKind::Number(about)) => {
                (Field::Number(label::number(number, about.decimals)), Field::Empty)
            }
            (Ok(Value::Number(number)), _) => (Field::Number(label::number(number, 0)), Field::Empty),
            (Ok(Value::Level(level)), _) => (Field::Empty, Field::number(u16::from(level) + 1)),
            _ => (Field::Empty, Field::Empty),
        };
        let status = match entry.cell.state {
            Err(gap) => gap.obs_status().unwrap_or_default(),
            Ok(_) if entry.cell.marks.contains(Marks::PROVISIONAL) => "P",
            Ok(_) => "A",
        };
        let mut row = vec![
            Field::text(self.data.country(country).code.clone()),
            Field::text(self.data.country(country).name.clone()),
            Field::text(self.data.edition(edition).label.to_string()),
            Field::text(self.data.framework.indicator(id).id.to_string()),
            Field::text(self.data.framework.indicator(id).title.clone()),
        ];
        row.extend(entry.records());
        row.extend([number, level, Field::text(status)]);
        let treaty = entry.detail.treaty;
        let date = |date: Option<Date>| date.map_or(Field::Empty, |date| Field::text(date.to_string()));
        row.push(date(treaty.and_then(|treaty| treaty.signed)));
        row.push(date(treaty.and_then(|treaty| treaty.bound)));
        row.push(Field::text(treaty.and_then(|treaty| treaty.act).map_or("", TreatyAct::id)));
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
            Field::text(kind_id(scale)),
            Field::text(levels.join(" ")),
        ];
        row.extend(number_fields(scale));
        row.extend([weight(indicator.weight), weight(goal.weight)]);
        row
    }

    fn card(&self, country: CountryId, edition: EditionId) -> Option<Vec<Field>> {
        let card = self.data.card(country, edition)?;
        let detail = self.data.card_detail(card);
        let actions: Vec<&str> = detail.priority_actions.iter().map(Raw::raw).collect();
        Some(vec![
            Field::text(self.data.country(country).code.clone()),
            Field::text(self.data.edition(edition).label.to_string()),
            Field::text(detail.assessed_on.map_or_else(String::new, |date| date.to_string())),
            Field::maybe(detail.summary.as_ref()),
            Field::text(actions.join("\n")),
        ])
    }
}

/// Unit, direction and bounds.
fn number_fields(scale: &Scale) -> [Field; 4] {
    let ScaleKind::Number(about) = &scale.kind else { return [const { Field::Empty }; 4] };
    let bound = |at: Option<f64>| at.map_or(Field::Empty, |at| Field::Number(label::number(at, 0)));
    [Field::maybe(about.unit.as_ref()), Field::text(about.better.id()), bound(about.min), bound(about.max)]
}

const fn kind_id(scale: &Scale) -> &'static str {
    match scale.kind {
        ScaleKind::Levels => "levels",
        ScaleKind::YesNo => "yes_no",
        ScaleKind::Number(_) => "number",
        ScaleKind::Treaty => "treaty",
        ScaleKind::Date => "date",
        ScaleKind::Text => "text",
    }
}

/// Each gap's id, meaning and SDMX code.
pub fn gap_codes() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    Gap::iter().map(|gap| (gap.id(), gap.meaning(), gap.obs_status()))
}

/// The records of a cell stand in the table of cells after the five that name it.
const _: () = assert!(TABLES[0].columns.len() == 5 + RECORDS.len() + 6);
