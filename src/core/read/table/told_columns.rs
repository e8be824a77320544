//! What is said of the columns and sheets of a table that are not read, or may be meant in another way.

use std::collections::HashSet;

use super::{
    headings::{names, rank},
    recognise::{OF_ANOTHER_TABLE, OTHER_YEARS, TableColumn, TableShape},
};
use crate::core::{
    input_file::InputFile, json::Fault, problem::Problem, severity::Severity, table_mapping::ColumnRole,
};
use crate::text::{Raw, Safe, counted, excerpt, safe_line, toml_key};

/// What is said of the columns.
pub(super) fn faults(shape: &TableShape) -> Vec<Fault> {
    let mut faults = vec![];
    let at = shape.heads.last().map_or(0, |head| head.at);
    let beside = shape.columns.iter().filter(|column| {
        column.role == ColumnRole::Ignored
            && (matches!(&*column.why, "figures beside the value" | "it tells no rows apart")
                || column.why.starts_with("marks beside "))
            && rank(&column.heading, ColumnRole::Value).is_none()
    });
    let beside: Vec<&str> = beside.map(|column| &*column.heading).collect();
    if !beside.is_empty() {
        let dated = shape.columns.iter().filter(|column| column.edition.is_some()).count();
        // Beside one value a row they are mostly its bounds; beside columns by year they are figures of their own.
        let severity = if dated > 1 { Severity::Warning } else { Severity::Hint };
        let columns = counted(beside.len(), "column is", "columns are");
        let why = if dated > 1 { " that no year is said of" } else { "" };
        let message = format!("{columns} left out{why}: {}", names(&beside));
        let first = toml_key(beside[0]);
        let is_of_words =
            |column: &TableColumn| column.heading == beside[0] && column.why == "it tells no rows apart";
        let role = if shape.columns.iter().any(is_of_words) { "dimension" } else { "value" };
        let hint = if dated > 1 && role == "value" {
            "to read one, let its heading say what it is and of which year: \"Rank 2023\"".to_owned()
        } else {
            format!("say what it is, in the mapping: [columns] {first} = \"{role}\"")
        };
        faults.push(Fault::new(severity, "left-out-columns", at, message).hint(hint));
    }
    faults.extend(other_years(shape, at));
    let others: Vec<&TableColumn> =
        shape.columns.iter().filter(|column| column.why == OF_ANOTHER_TABLE).collect();
    if let Some(first) = others.first() {
        let first = excerpt(&first.heading, 40);
        let columns = counted(others.len(), "column", "columns");
        let message = format!("another table begins in the second column \"{first}\": {columns} not read");
        faults
            .push(Fault::warning("another-table", at, message).hint("give it a sheet or a file of its own"));
    }
    let mut known: HashSet<_> = HashSet::new();
    let again = shape.columns.iter().filter(|column| {
        let said = (&column.heading, &column.edition, &column.country, &column.indicator);
        column.role == ColumnRole::Value && !known.insert(said)
    });
    let mut twice: Vec<&str> = again.map(|column| &*column.heading).collect();
    twice.sort_unstable();
    twice.dedup();
    if !twice.is_empty() {
        let message = format!("several columns have the same heading, and are numbered: {}", names(&twice));
        let hint = "give each a heading of its own, if they are not the same";
        faults.push(Fault::warning("same-headings", at, message).hint(hint));
    }
    if shape.columns.len() >= super::MOST_COLUMNS {
        let message = format!("columns after the first {} are not read", super::MOST_COLUMNS);
        faults.push(Fault::error("too-many-columns", at, message).hint("open a part of the table"));
    }
    if let Some(other) = shape.other_countries.first() {
        let is_country = |role: ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
        let own = shape.columns.iter().find(|column| is_country(column.role));
        let own = own.map_or_else(String::new, |column| excerpt(&column.heading, 40).into_string());
        let other = excerpt(other, 40);
        let message = format!("\"{other}\" names countries, too; the rows are taken for those of \"{own}\"");
        let hint = format!("if the others are meant: --country-column \"{other}\"");
        faults.push(Fault::warning("two-countries", at, message).hint(hint));
    }
    if !shape.mixed_percents.is_empty() {
        let all: Vec<&str> = shape.mixed_percents.iter().map(String::as_str).collect();
        let message = format!("a percent sign stands behind some numbers, but not all, in {}", names(&all));
        let hint = format!(
            "the numbers are read without a unit; if all of one are percent, say so in the mapping: [indicators.{}] unit = \"%\"",
            toml_key(all[0])
        );
        faults.push(Fault::warning("some-percents", at, message).hint(hint));
    }
    faults
}

/// Tells columns that say the years of some values beside them.
fn other_years(shape: &TableShape, at: usize) -> Option<Fault> {
    let years = shape.columns.iter().filter(|column| column.why == OTHER_YEARS);
    let years: Vec<&str> = years.map(|column| &*column.heading).collect();
    if years.is_empty() {
        return None;
    }
    let edition = shape.columns.iter().find(|column| column.role == ColumnRole::Edition);
    let message = format!(
        "{} other years than \"{}\", whose years all values are read with: {}",
        counted(years.len(), "column of years says", "columns of years say"),
        excerpt(edition.map_or("", |column| &column.heading), 40),
        names(&years)
    );
    let hint =
        "if they are the years of the values beside them, give these a table of their own, or a row each";
    Some(Fault::error("other-years", at, message).hint(hint))
}

/// What is said of the sheet or member that is read, and of others with countries.
pub(super) fn sheets(file: &InputFile, read: &str, others: &[Raw<'static>]) -> impl Iterator<Item = Problem> {
    other_sheets(file, read, others).into_iter().chain(hidden_sheet(file, read))
}

fn other_sheets(file: &InputFile, read: &str, others: &[Raw<'static>]) -> Option<Problem> {
    let all = others.iter().map(Raw::raw).filter(|part| !part.ends_with(" (hidden)"));
    let all: Vec<&str> = all.collect();
    let first = all.first()?;
    let sheets = counted(all.len(), "other sheet or member has", "other sheets or members have");
    let message = format!(
        "{sheets} countries, too, and are not read beside \"{}\": {}",
        excerpt(read, 40),
        names(&all)
    );
    let problem = Problem::new("other-sheets", Severity::Warning, safe_line(&message)).in_file(file.name());
    Some(problem.with_hint(safe_line(&format!("choose one: --sheet \"{}\"", excerpt(first, 40)))))
}

/// A sheet that is hidden in its workbook and read all the same.
fn hidden_sheet(file: &InputFile, read: &str) -> Option<Problem> {
    let sheet = read.strip_suffix(" (hidden)")?;
    let message = format!(
        "the sheet \"{}\" is hidden in this workbook, and is read: no other has so many countries",
        excerpt(sheet, 40)
    );
    let problem = Problem::new("hidden-sheet", Severity::Warning, safe_line(&message)).in_file(file.name());
    Some(problem.with_hint(Safe::fixed("choose another one with --sheet NAME if it is not meant")))
}
