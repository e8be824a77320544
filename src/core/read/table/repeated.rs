//! Rows of the same country, edition and indicator: copies are read once, and where two values differ, neither is preferred.

use std::collections::{BTreeMap, HashSet};

use super::{
    fill::{FillTarget, FirstLook},
    headings::names,
    keys::{Directory, RowKeys, Skipped},
    recognise::TableColumn,
    scales::declared_gap,
};
use crate::core::{
    cell::Gap,
    delimited::DelimitedRecord,
    input_file::NamedText,
    json::{Fault, Places},
    read::words::{MissingSign, missing_sign},
    table_mapping::ColumnRole,
};
use crate::text::{counted, toml_key};

/// Of one indicator, the declared signs of missing values.
type DeclaredSigns = Vec<(Box<str>, Gap)>;

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
    missing: &[DeclaredSigns],
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
    let mut counts = Counts::default();
    for rows in same.values() {
        let [first, others @ ..] = &rows[..] else { continue };
        let mut group = Group::new(target, first);
        for other in others {
            let taken = group.take(target, other, missing);
            let of_kind = match () {
                () if !taken.differing.is_empty() => &mut counts.differ,
                () if taken.completes => {
                    let apart = || other_country(&columns_apart(target, first, other, headings));
                    counts.other_country = counts.other_country.take().or_else(apart);
                    &mut counts.complete
                }
                () => &mut counts.copies,
            };
            of_kind.add(other.at as usize);
            if !taken.differing.is_empty() && told.faults.len() < MOST_TOLD {
                let apart = columns_apart(target, first, other, headings);
                counts.first_apart.get_or_insert_with(|| hint(&apart));
                told.faults.push(two_rows(target, first, other, &apart));
            }
            told.differing.extend(taken.differing);
        }
        for (at, passed) in group.passed {
            if passed.len() == target.columns.len() {
                counts.skipped.push(at);
            } else if !passed.is_empty() {
                counts.passed.push((at, passed));
            }
        }
    }
    target.repeated.append(&mut counts.skipped);
    target.repeated.sort_unstable();
    target.passed.extend(std::mem::take(&mut counts.passed));
    counts.tell(&mut told.faults);
    told
}

/// What was found of rows that are about the same.
#[derive(Default)]
struct Counts {
    /// Rows that say nothing of their own.
    skipped: Vec<u32>,
    /// Of the others, the fields that are not read.
    passed: Vec<(u32, Vec<usize>)>,
    copies: Skipped,
    differ: Skipped,
    complete: Skipped,
    /// How to set one of those aside.
    other_country: Option<String>,
    first_apart: Option<String>,
}

impl Counts {
    fn tell(self, faults: &mut Vec<Fault>) {
        if self.differ.many > MOST_TOLD {
            let message = format!(
                "{} rows say something else than one before them of the same country, edition and indicator: the cells in which they differ count as unreadable",
                self.differ.many
            );
            faults.push(
                Fault::error("two-answers", self.differ.first, message)
                    .hint(self.first_apart.unwrap_or_default()),
            );
        }
        if self.complete.many > 0 {
            let rows = counted(self.complete.many, "row completes", "rows complete");
            let message = format!(
                "{rows} one before them of the same country and edition: where only one of them has a value, it counts"
            );
            let hint = match self.other_country {
                Some(country) => {
                    format!("if one is of another country, say so in the mapping: {country}")
                }
                None => "take the one away that is not right".to_owned(),
            };
            faults.push(Fault::warning("rows-complete", self.complete.first, message).hint(hint));
        }
        if self.copies.many > 0 {
            let rows = counted(self.copies.many, "row says", "rows say");
            let message = format!("{rows} again what one before says; it is read once");
            faults.push(
                Fault::warning("duplicate-row", self.copies.first, message).hint("take the copies away"),
            );
        }
    }
}

/// Rows that are about the same.
struct Group {
    /// Of each column of values, the row that is read there and what it says.
    holders: Vec<(u32, String)>,
    /// Of each row, the fields that are not read.
    passed: BTreeMap<u32, Vec<usize>>,
}

/// What a further row adds to those before it.
struct Taken {
    /// The cells in which it says something else.
    differing: Vec<usize>,
    /// Whether it has a value where they have none, or the other way round.
    completes: bool,
}

impl Group {
    fn new(target: &FillTarget<'_>, first: &RowKeys) -> Self {
        let record = record(target, first);
        let text = |field: usize| record.get(target.text, field).into_owned();
        let holders = target.columns.iter().map(|column| (first.at, text(column.field))).collect();
        Self { holders, passed: BTreeMap::from([(first.at, vec![])]) }
    }

    fn take(&mut self, target: &FillTarget<'_>, other: &RowKeys, missing: &[DeclaredSigns]) -> Taken {
        let record = record(target, other);
        let mut taken = Taken { differing: vec![], completes: false };
        for (column, (held_by, held)) in target.columns.iter().zip(&mut self.holders) {
            let said = record.get(target.text, column.field);
            let mut loser = other.at;
            if *held != *said {
                let cell = target.cell(other, column);
                let signs =
                    cell.and_then(|(_, indicator)| missing.get(indicator)).map_or(&[][..], |signs| signs);
                match (says(held, signs), says(&said, signs)) {
                    (None, None) => taken.differing.extend(cell.map(|(cell, _)| cell)),
                    (Some(before), now) if now.is_none_or(|now| now > before) => {
                        taken.completes |= now.is_none();
                        loser = std::mem::replace(held_by, other.at);
                        *held = said.into_owned();
                    }
                    (before, _) => taken.completes |= before.is_none(),
                }
            }
            self.passed.entry(loser).or_default().push(column.field);
        }
        taken
    }
}

/// How much a text says that has no value: nothing, or that there is no data. `None` where it may be a value or another gap,
/// which none takes the place of.
fn says(text: &str, missing: &[(Box<str>, Gap)]) -> Option<u8> {
    let declared = declared_gap(missing, text.trim()).map(MissingSign::Sure);
    match declared.or_else(|| missing_sign(text)) {
        _ if text.trim().is_empty() => Some(0),
        Some(MissingSign::Sure(Gap::NoData)) => Some(1),
        _ => None,
    }
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

/// All columns in which two rows differ, answers or not, with what the second one says.
fn columns_apart<'h>(
    target: &FillTarget<'_>,
    one: &RowKeys,
    other: &RowKeys,
    headings: &'h [TableColumn],
) -> Vec<(&'h TableColumn, String)> {
    let (first, second) = (record(target, one), record(target, other));
    let apart = headings.iter().enumerate().filter_map(|(field, column)| {
        let said = second.get(target.text, field);
        (first.get(target.text, field) != said).then(|| (column, said.into_owned()))
    });
    apart.collect()
}

fn two_rows(
    target: &FillTarget<'_>,
    first: &RowKeys,
    second: &RowKeys,
    apart: &[(&TableColumn, String)],
) -> Fault {
    let headings: Vec<&str> = apart.iter().map(|(column, _)| &*column.heading).collect();
    let line = |row: &RowKeys| Places::new(target.text).of(row.at as usize).0;
    let message = format!(
        "this row and the one of line {} are of the same country, edition and indicator and differ in {}: unreadable",
        line(first),
        names(&headings)
    );
    Fault::error("two-answers", second.at as usize, message).hint(hint(apart))
}

/// What to do about rows that differ in these columns. If only one of them may tell them apart, it is the answer itself.
fn hint(apart: &[(&TableColumn, String)]) -> String {
    let keep = "keep the row that is right";
    if let Some(country) = other_country(apart) {
        return format!("{keep}, or say of which country this one is: {country}");
    }
    let mut candidates = apart
        .iter()
        .map(|(column, _)| column)
        .filter(|column| column.edition.is_none() && column.role != ColumnRole::Edition);
    match (candidates.next(), candidates.next()) {
        (Some(first), Some(_)) => format!(
            "{keep}, or if a column tells them apart, say so in the mapping: [columns] {} = \"dimension\"",
            toml_key(&first.heading)
        ),
        _ => keep.to_owned(),
    }
}

/// How to say in the mapping of which country a row is that calls it otherwise than one before it.
fn other_country(apart: &[(&TableColumn, String)]) -> Option<String> {
    let of = |role: ColumnRole| apart.iter().find(|(column, said)| column.role == role && !said.is_empty());
    let (_, written) = of(ColumnRole::CountryName).or_else(|| of(ColumnRole::CountryCode))?;
    Some(format!("[countries] {} = \"CODE\", or \"\" to set it aside", toml_key(written)))
}

/// The place of a row as its file counts it.
pub(super) fn row_place(named: &NamedText, at: usize) -> String {
    named.place(&Places::new(&named.text), at).to_string()
}
