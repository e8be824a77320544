//! Rows of the same country, edition and indicator: copies are read once; where they differ, neither is preferred.

use std::collections::{BTreeMap, HashSet};

use super::{
    fill::{FillTarget, FirstLook},
    keys::{Directory, RowKeys},
};
use crate::core::{
    delimited::DelimitedRecord,
    input_file::NamedText,
    json::{Fault, Places},
};

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
pub(super) fn settle(target: &mut FillTarget<'_>, directory: &Directory, seen: &FirstLook) -> Repeated {
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
                told.faults.push(two_rows(target, first, other, differing.len()));
            }
            told.differing.extend(differing);
        }
    }
    if differ.0 > MOST_TOLD {
        let message = format!(
            "{} rows say something else than one before them of the same country, edition and indicator: the cells in which they differ count as unreadable",
            differ.0
        );
        let hint = "if a column tells them apart, say which: [columns] \"its heading\" = \"dimension\" in the mapping";
        told.faults.push(Fault::error("two-answers", differ.1, message).hint(hint));
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

/// The cells in which two rows differ.
fn differing(target: &FillTarget<'_>, one: &RowKeys, other: &RowKeys) -> Vec<usize> {
    let record = |row: &RowKeys| {
        let mut record = DelimitedRecord::default();
        record.read(target.text, row.at as usize, target.dialect, usize::MAX);
        record
    };
    let (first, second) = (record(one), record(other));
    let is_other = |field: usize| first.get(target.text, field) != second.get(target.text, field);
    let columns = target.columns.iter().filter(|column| is_other(column.field));
    columns.filter_map(|column| target.cell(one, column).map(|(cell, _)| cell)).collect()
}

fn two_rows(target: &FillTarget<'_>, first: &RowKeys, second: &RowKeys, cells: usize) -> Fault {
    let line = |row: &RowKeys| Places::new(target.text).of(row.at as usize).0;
    let cells = if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
    let message = format!(
        "this row and the one of line {} are of the same country, edition and indicator and differ in {cells}: unreadable",
        line(first)
    );
    let hint = "keep the row that is right, or say which column tells them apart: [columns] \"its heading\" = \"dimension\" in the mapping";
    Fault::error("two-answers", second.at as usize, message).hint(hint)
}

/// The place of a row as its file counts it.
pub(super) fn row_place(named: &NamedText, at: usize) -> String {
    named.place(&Places::new(&named.text), at).to_string()
}
