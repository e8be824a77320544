//! A pane's report limited to the rows that the pane lists, and the record under its cursor: both are for copying.

use std::fmt;

use serde_json::Value;

use super::{
    pane_context::{PaneContext, Selection},
    places::Pane,
};
use crate::{
    core::{
        counts::Counts,
        dataset::{CountryId, EditionId},
        framework::{GoalId, IndicatorId},
        report::{CardReport, Report, Table},
    },
    export,
    text::{Raw, Safe, safe_line},
};

/// A report limited to the listed rows, in the order of the screen, so that a copy obeys the search, the filter and
/// the order.
pub struct ShownReport<'a> {
    /// The name of the copy.
    pub title: &'static str,
    pub report: Box<dyn Report + 'a>,
    /// `None` if the pane shows the whole report.
    pub listed: Option<Listed>,
}

impl fmt::Debug for ShownReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShownReport")
            .field("title", &self.title)
            .field("listed", &self.listed)
            .finish_non_exhaustive()
    }
}

/// Which rows of a report are listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The column that identifies a row: `country`, `indicator`, `id`.
    pub key: &'static str,
    /// The values of that column, in the order of the screen.
    pub rows: Vec<String>,
    /// The search and the filters that hide rows, in words; empty if all rows are listed.
    pub narrowed_by: Vec<String>,
    /// How many rows a filter by answer could not judge; `None` without such a filter.
    pub unjudged: Option<usize>,
}

impl Listed {
    fn place(&self, row: &str) -> Option<usize> {
        self.rows.iter().position(|kept| kept == row)
    }

    fn trim(&self, rows: &mut Value) {
        let Some(rows) = rows.as_array_mut() else { return };
        let place = |row: &Value| row.get(self.key).and_then(Value::as_str).and_then(|row| self.place(row));
        rows.retain(|row| place(row).is_some());
        rows.sort_by_key(place);
    }
}

impl Report for ShownReport<'_> {
    fn name(&self) -> &'static str {
        self.report.name()
    }

    fn table(&self) -> Table {
        let mut table = self.report.table();
        let Some(listed) = &self.listed else { return table };
        let Some(at) = table.columns.iter().position(|column| column.key == listed.key) else { return table };
        let all = table.rows.len();
        table.rows.retain(|row| listed.place(row[at].raw()).is_some());
        table.rows.sort_by_key(|row| listed.place(row[at].raw()));
        if !listed.narrowed_by.is_empty() {
            let by = listed.narrowed_by.join(", ");
            let judged = listed.unjudged.map(|many| format!(", {many} could not be judged"));
            let judged = judged.unwrap_or_default();
            table
                .lines
                .insert(0, Raw::new(format!("Shown: {by}; {} of {all} rows{judged}", table.rows.len())));
        }
        table
    }

    fn json(&self) -> Value {
        let mut json = self.report.json();
        let Some(listed) = &self.listed else { return json };
        if let Some(rows) = json.get_mut("rows") {
            listed.trim(rows);
        }
        for card in json.get_mut("cards").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(rows) = card.get_mut("rows") {
                listed.trim(rows);
            }
        }
        if let (false, Some(json)) = (listed.narrowed_by.is_empty(), json.as_object_mut()) {
            json.insert("shown".to_owned(), listed.narrowed_by.clone().into());
            if let Some(unjudged) = listed.unjudged {
                json.insert("could_not_be_judged".to_owned(), unjudged.into());
            }
        }
        json
    }
}

/// Lists these indicators in the report of a card or a comparison.
pub fn listed(context: &PaneContext<'_>, indicators: Vec<IndicatorId>, narrowed_by: Vec<String>) -> Listed {
    let ids = indicators.into_iter().map(|id| context.data.framework.indicator(id).id.to_string());
    Listed { key: "indicator", rows: ids.collect(), narrowed_by, unjudged: None }
}

/// The report of the whole selected card.
pub fn whole_card<'a>(context: &PaneContext<'a>) -> ShownReport<'a> {
    let cards = vec![(context.selection.country, context.selection.edition)];
    let report = CardReport::new(context.data, cards, context.group.clone());
    ShownReport { title: Pane::Card.title(), report: Box::new(report), listed: None }
}

/// What is under the cursor, for copying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaneRecord {
    pub name: String,
    pub cell: String,
    /// The fields of the row, separated by tabs.
    pub row: String,
}

pub const NOTHING: Safe = Safe::fixed("nothing is here to copy");

impl PaneRecord {
    /// The row of a folded goal, for copying: its title, and how many of its cells are given.
    pub fn of_goal(context: &PaneContext<'_>, goal: GoalId, sides: &[(CountryId, EditionId)]) -> Self {
        let framework = &context.data.framework;
        let title = framework.goal(goal).title.line();
        let count = |(country, edition): &(CountryId, EditionId)| {
            let mut counts = Counts::default();
            for one in framework.indicators_of(goal) {
                counts.add(&context.data.cell(*country, *edition, one));
            }
            let code = context.data.country(*country).code.line();
            let label = context.data.edition(*edition).label.clone();
            format!("{code} {}: {} of {} given", safe_line(&label), counts.given, counts.denominator())
        };
        let words: Vec<String> = sides.iter().map(count).collect();
        Self {
            name: title.to_string(),
            cell: format!("{title}: {}", words.join(", ")),
            row: std::iter::once(title.to_string()).chain(words).collect::<Vec<_>>().join("\t"),
        }
    }

    /// The row whose column `key` says `wanted`, with the text of its column `cell`. Errors: [`NOTHING`].
    pub fn pick(table: &Table, (key, wanted): (&str, &str), cell: &str) -> Result<Self, Safe> {
        let at = |key: &str| table.columns.iter().position(|column| column.key == key);
        let (Some(by), Some(cell)) = (at(key), at(cell)) else { return Err(NOTHING) };
        let row = table.rows.iter().find(|row| row[by].raw() == wanted).ok_or(NOTHING)?;
        let own = table.columns.iter().zip(row).filter(|(column, _)| column.is_for_records());
        let cells: Vec<String> = own.map(|(_, field)| one_line(field.raw())).collect();
        let cell = row[cell].raw().to_owned();
        Ok(Self { name: cell.clone(), cell, row: cells.join("\t") })
    }

    /// The label of a cell, and its row on the card. Errors: [`NOTHING`].
    pub fn of_cell(context: &PaneContext<'_>, cell: Selection) -> Result<Self, Safe> {
        let cards = vec![(cell.country, cell.edition)];
        let table = CardReport::new(context.data, cards, context.group.clone()).table();
        let indicator = &context.data.framework.indicator(cell.indicator).id;
        let record = Self::pick(&table, ("indicator", indicator), "label")?;
        let name = Self::pick(&table, ("indicator", indicator), "title")?.cell;
        let country = context.data.country(cell.country).code.raw();
        Ok(Self { name: format!("{country}, {name}"), ..record })
    }
}

/// Makes a field safe to paste: it holds no tab or line break, which would end it, and no formula that a spreadsheet
/// would run.
pub fn one_line(text: &str) -> String {
    export::neutral(&safe_line(&Raw::new(text.to_owned()).line()))
}
