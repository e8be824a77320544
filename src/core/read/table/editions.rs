//! The editions of a table: what the labels of its rows and columns mean, all by one rule.

use crate::core::table_mapping::ColumnRole;
use std::collections::BTreeMap;

use super::{
    dates::{DateOrder, compact_label, date_label},
    headings::{edition_label, is_year, plain, survey_label},
    keys::{Directory, NO_KEY, Skipped},
    recognise::TableShape,
};
use crate::core::period::{EditionLabels, LabelVerdict, Period};

/// An edition of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TableEdition {
    pub label: String,
    pub period: Period,
}

/// The editions, and those of the keys of rows and of columns.
#[derive(Debug, Default)]
pub(super) struct TableEditions {
    pub list: Vec<TableEdition>,
    pub of_key: Vec<u16>,
    pub of_column: Vec<Option<u16>>,
    pub labels: EditionLabels,
    /// Rows whose edition is none.
    pub unclear: Vec<(String, Skipped)>,
}

/// The label of an edition, among dates of this order.
fn label_of(text: &str, order: Option<DateOrder>) -> Option<String> {
    let label = date_label(text, order);
    label.or_else(|| edition_label(text)).or_else(|| compact_label(text)).or_else(|| survey_label(text))
}

/// Years that a workbook keeps as dates, each on its first day, are years.
fn whole_years(labels: Vec<String>, shape: &TableShape) -> Vec<String> {
    let year = |label: &String| label.strip_suffix("-01-01").filter(|year| is_year(year)).map(str::to_owned);
    let mut said = shape.columns.iter().filter(|column| column.role == ColumnRole::Edition);
    let is_called_year = said.any(|column| plain(&column.heading).split(' ').any(|word| word == "year"));
    let is_several = labels.iter().any(|label| Some(label) != labels.first());
    if !is_called_year && !is_several {
        return labels;
    }
    let years: Option<Vec<String>> = labels.iter().map(year).collect();
    years.unwrap_or(labels)
}

/// What each label means; of all together one rule.
pub(super) fn of_table(directory: &Directory, shape: &TableShape) -> TableEditions {
    let order = DateOrder::of(directory.editions.iter().map(|key| &*key.text));
    let in_rows = directory.editions.iter().map(|key| match &shape.undated {
        Some((label, _)) => label.clone(),
        None => label_of(&key.text, order).unwrap_or_else(|| key.text.trim().to_owned()),
    });
    let in_rows = whole_years(in_rows.collect(), shape);
    let values = shape.columns.iter().filter(|column| column.role == ColumnRole::Value);
    let in_columns: Vec<Option<&String>> = values.map(|column| column.edition.as_ref()).collect();
    let has_rows =
        shape.columns.iter().any(|column| column.role == ColumnRole::Edition) || shape.undated.is_some();
    let all = || {
        in_rows
            .iter()
            .filter(|_| has_rows)
            .map(String::as_str)
            .chain(in_columns.iter().flatten().map(|label| label.as_str()))
    };
    let mut editions = TableEditions::default();
    if let LabelVerdict::Rule(rule) = LabelVerdict::of(all()) {
        editions.labels.rule = Some(rule);
    }
    let mut known: BTreeMap<String, u16> = BTreeMap::new();
    let mut of_label = |label: &str, editions: &mut TableEditions| -> Option<u16> {
        if let Some(known) = known.get(label) {
            return Some(*known);
        }
        let period = Period::parse(label, editions.labels)?;
        let id = u16::try_from(editions.list.len()).ok().filter(|id| *id != NO_KEY)?;
        editions.list.push(TableEdition { label: label.to_owned(), period });
        known.insert(label.to_owned(), id);
        Some(id)
    };
    let of_column =
        in_columns.iter().map(|label| label.and_then(|label| of_label(label, &mut editions))).collect();
    editions.of_column = of_column;
    for (key, label) in directory.editions.iter().zip(&in_rows) {
        let id = if has_rows { of_label(label, &mut editions) } else { None };
        if id.is_none() && has_rows {
            editions.unclear.push((label.clone(), Skipped { many: key.rows, first: key.at }));
        }
        editions.of_key.push(id.unwrap_or(NO_KEY));
    }
    editions
}
