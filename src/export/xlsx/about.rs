//! The last sheet of a workbook: what it is about, how its gaps and marks read, and what its limits changed.

use std::collections::BTreeSet;

use super::{
    ABOUT_SHEET, NOTES_SHEET, RECORDS_SHEET, SOURCES_SHEET,
    cells::{XlsxCell, XlsxHead, XlsxSheet},
    workbook::XlsxBook,
};
use crate::core::{
    cell::{Gap, MARKS},
    report::{TOOL, Table, gap_codes},
};

pub(super) fn sheet(report: &str, table: &Table, book: &XlsxBook) -> XlsxSheet {
    let mut rows: Vec<(String, String)> = vec![];
    let mut say = |what: &str, words: String| rows.push((what.to_owned(), words));
    let context = table.context.clone().without_place();
    say("Title", table.title.raw().to_owned());
    say("Report", report.to_owned());
    for line in &table.lines {
        say("In short", line.raw().to_owned());
    }
    say("Data set", context.data.raw().to_owned());
    say("Framework", format!("{} ({})", context.framework_title.raw(), context.framework.raw()));
    let version = context.framework_version.as_ref().map(|version| version.raw().to_owned());
    say("Framework's version", version.unwrap_or_else(|| "not stated".to_owned()));
    let editions = context.edition.as_ref().map(|edition| edition.raw().to_owned());
    say("Editions", editions.unwrap_or_else(|| editions_of_rows(table)));
    if let Some((id, title)) = &context.group {
        say("Group", format!("{} ({})", title.raw(), id.raw()));
    }
    if let Some(members) = &context.members {
        say("N", format!("{} members, {} of them in this data", members.whole, members.here));
        members.words().into_iter().for_each(|words| say("N", words));
    }
    say("Rows", table.rows.len().to_string());
    let notice = context.notice.as_ref().map(|notice| notice.raw().to_owned());
    say("Notice and licence", notice.unwrap_or_else(|| "the framework states none".to_owned()));
    say(
        "Sources",
        match table.sources.len() {
            0 => format!(
                "none are cited by number; the sheet {RECORDS_SHEET} has those of each cell, where a report has them"
            ),
            many => format!("{many}, on the sheet {SOURCES_SHEET}; cells cite them as [1]"),
        },
    );
    say("Made with", TOOL.to_owned());
    how_it_reads(&mut say, table);
    for words in book.told() {
        say("Changed for this format", words);
    }
    let rows = rows.iter().map(|(what, words)| vec![XlsxCell::Strong(what.clone()), XlsxCell::words(words)]);
    XlsxSheet {
        name: ABOUT_SHEET.to_owned(),
        heads: vec![XlsxHead::left("About"), XlsxHead::left("Words")],
        rows: rows.collect(),
        frozen: 1,
        wraps: true,
    }
}

/// What sheets, gaps and marks mean.
fn how_it_reads(say: &mut impl FnMut(&str, String), table: &Table) {
    say(
        "First sheet",
        "as people read it: each row under its section, words with their marks and sources".to_owned(),
    );
    say(
        RECORDS_SHEET,
        "every record under the keys that CSV and JSON Lines use; numbers to calculate with".to_owned(),
    );
    if !table.notes.is_empty() {
        say(NOTES_SHEET, "what must be known about cells and figures".to_owned());
    }
    say("??", "nothing is given; the words after it say why. It is never zero, and never a no".to_owned());
    for (id, meaning, _) in gap_codes() {
        let words = match Gap::from_id(id) {
            Some(Gap::NotApplicable) | None => "n/a".to_owned(),
            Some(gap) => format!("?? {}", gap.title()),
        };
        say(&words, format!("{id}: {meaning}"));
    }
    for mark in &MARKS {
        say(&format!("({})", mark.title), format!("mark {}: {}", mark.id, mark.meaning));
    }
}

/// The editions that the rows name, where the report as a whole is about none.
fn editions_of_rows(table: &Table) -> String {
    let names_one =
        |key: &str| matches!(key, "from" | "to") || key == "edition" || key.starts_with("edition_");
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|at| names_one(&table.columns[*at].key)).collect();
    let named: BTreeSet<&str> =
        table.rows.iter().flat_map(|row| columns.iter().map(|at| row[*at].raw())).collect();
    let named: Vec<&str> = named.into_iter().filter(|edition| !edition.is_empty()).collect();
    if named.is_empty() { "all".to_owned() } else { named.join(", ") }
}
