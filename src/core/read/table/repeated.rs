//! Rows of the same country, edition and indicator: copies are read once; where they differ, neither is preferred.

use std::collections::{BTreeMap, HashSet};

use super::{
    fill::{FillTarget, FirstLook},
    headings::names,
    keys::{Directory, RowKeys},
    recognise::TableColumn,
};
use crate::core::{
    delimited::DelimitedRecord,
    input_file::NamedText,
    json::{Fault, Places},
    table_mapping::ColumnRole,
};
use crate::text::excerpt;

/// What stands twice.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    /// Cells of which two rows say different things.
    pub differing: Vec<usize>,
    pub faults: Vec<Fault>,
}

/// Problems that are told one by one.
const MOST_TOLD: usize = 10;

/// Finds out which rows are read when several are about the same; the others stand in [`FillTarget::repeated`] then.
pub(super) fn settle(
    target: &mut FillTarget<'_>,
    directory: &Directory,
    seen: &FirstLook,
    headings: &[TableColumn],
) -> Repeated {
    let mut told = Repeated::default();
    if seen.repeated.is_empty() {
        return told;
    }
    let first_cell = |row: &RowKeys| {
        target.columns.iter().find_map(|column| target.cell(row, column)).map(|(cell, _)| cell)
    };
    let wanted: HashSet<usize> = seen.repeated.iter().filter_map(first_cell).collect();
    let mut same: BTreeMap<usize, Vec<RowKeys>> = BTreeMap::new();
    for row in directory.rows() {
        let is_left_out = target.repeated.binary_search(&row.at).is_ok();
        if let Some(cell) = first_cell(row).filter(|cell| !is_left_out && wanted.contains(cell)) {
            same.entry(cell).or_default().push(*row);
        }
    }
    let (mut skipped, mut copies, mut differ) = (vec![], (0, 0), (0, 0));
    let mut first_apart = None;
    for rows in same.values() {
        let [first, others @ ..] = &rows[..] else { continue };
        for other in others {
            skipped.push(other.at);
            let differing = differing(target, first, other);
            let many = if differing.is_empty() { &mut copies } else { &mut differ };
            many.0 += 1;
            if many.0 == 1 {
                many.1 = other.at as usize;
            }
            if !differing.is_empty() && told.faults.len() < MOST_TOLD {
                let apart = columns_apart(target, first, other, headings);
                first_apart = first_apart.or_else(|| Some(hint(&apart)));
                told.faults.push(two_rows(target, first, other, &apart));
            }
            told.differing.extend(differing);
        }
    }
    if differ.0 > MOST_TOLD {
        let message = format!(
            "{} rows say something else than one before them of the same country, edition and indicator: the cells in which they differ count as unreadable",
            differ.0
        );
        told.faults
            .push(Fault::error("two-answers", differ.1, message).hint(first_apart.unwrap_or_default()));
    }
    if copies.0 > 0 {
        let message = format!("{} rows say again what one before them says; they are read once", copies.0);
        told.faults.push(Fault::warning("duplicate-row", copies.1, message).hint("take the copies away"));
    }
    target.repeated.extend(skipped);
    target.repeated.sort_unstable();
    told
}

/// Tells rows that do not have as many fields as there are headings. Longer ones are left out: a field of theirs was
/// split, so that what follows it stands under the wrong headings.
pub(super) fn tell_ragged(target: &FillTarget<'_>, seen: &FirstLook) -> Vec<Fault> {
    let mut faults = vec![];
    let rows = |many: usize| if many == 1 { "1 row has".to_owned() } else { format!("{many} rows have") };
    let fields = target.fields.unwrap_or_default();
    if let Some(first) = seen.too_long.iter().min() {
        let message =
            format!("{} more fields than the {fields} headings; left out", rows(seen.too_long.len()));
        let hint = "a separator or a line break outside of quotes splits a field: put quotes around it";
        faults.push(Fault::error("bad-row", *first as usize, message).hint(hint));
    }
    if seen.too_short.many > 0 {
        let message = format!(
            "{} fewer fields than the {fields} headings; what is not there counts as empty",
            rows(seen.too_short.many)
        );
        let hint = "if it is the last row, the file may be cut: fetch it again";
        faults.push(Fault::warning("short-row", seen.too_short.first, message).hint(hint));
    }
    faults
}

fn record(target: &FillTarget<'_>, row: &RowKeys) -> DelimitedRecord {
    let mut record = DelimitedRecord::default();
    record.read(target.text, row.at as usize, target.dialect, usize::MAX);
    record
}

/// The cells in which two rows differ.
fn differing(target: &FillTarget<'_>, one: &RowKeys, other: &RowKeys) -> Vec<usize> {
    let (first, second) = (record(target, one), record(target, other));
    let is_other = |field: usize| first.get(target.text, field) != second.get(target.text, field);
    let columns = target.columns.iter().filter(|column| is_other(column.field));
    columns.filter_map(|column| target.cell(one, column).map(|(cell, _)| cell)).collect()
}

/// The headings of all columns in which two rows differ, answers or not.
fn columns_apart<'h>(
    target: &FillTarget<'_>,
    one: &RowKeys,
    other: &RowKeys,
    headings: &'h [TableColumn],
) -> Vec<&'h TableColumn> {
    let (first, second) = (record(target, one), record(target, other));
    let is_other = |field: usize| first.get(target.text, field) != second.get(target.text, field);
    let apart = headings.iter().enumerate().filter(|(field, _)| is_other(*field));
    apart.map(|(_, column)| column).collect()
}

fn two_rows(target: &FillTarget<'_>, first: &RowKeys, second: &RowKeys, apart: &[&TableColumn]) -> Fault {
    let headings: Vec<&str> = apart.iter().map(|column| &*column.heading).collect();
    let line = |row: &RowKeys| Places::new(target.text).of(row.at as usize).0;
    let message = format!(
        "this row and the one of line {} are of the same country, edition and indicator and differ in {}: unreadable",
        line(first),
        names(&headings)
    );
    Fault::error("two-answers", second.at as usize, message).hint(hint(apart))
}

/// What to do about rows that differ in these columns. If only one of them may tell them apart, it is the answer itself.
fn hint(apart: &[&TableColumn]) -> String {
    let keep = "keep the row that is right";
    let is_country =
        |column: &&TableColumn| matches!(column.role, ColumnRole::CountryCode | ColumnRole::CountryName);
    let mut candidates =
        apart.iter().filter(|column| column.edition.is_none() && column.role != ColumnRole::Edition);
    match (candidates.next(), candidates.next()) {
        (Some(first), Some(_)) if !apart.iter().any(is_country) => format!(
            "{keep}, or if a column tells them apart, say so in the mapping: [columns] \"{}\" = \"dimension\"",
            excerpt(&first.heading, 40)
        ),
        _ => keep.to_owned(),
    }
}

/// The place of a row as its file counts it.
pub(super) fn row_place(named: &NamedText, at: usize) -> String {
    named.place(&Places::new(&named.text), at).to_string()
}
