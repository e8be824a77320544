//! A CSV table by its heads, row by row. What is wrong with a row is told and costs that row.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use crate::{
    core::{
        input_file::NamedText,
        json::Fault,
        read::{notes::Notes, words::nearest},
    },
    text::{excerpt, unguard_formulas},
};

/// Rows that are told one by one.
const MOST_TOLD: usize = 20;

/// A table whose columns have been found.
#[derive(Debug)]
pub(super) struct CsvTable<'t> {
    named: &'t NamedText,
    /// Of each wanted column its position.
    columns: Vec<usize>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct TableRow<'r> {
    /// The byte it begins at.
    pub at: usize,
    /// As a spreadsheet numbers it: the heads are 1.
    pub number: usize,
    record: &'r StringRecord,
    columns: &'r [usize],
}

impl<'r> TableRow<'r> {
    /// What stands in a wanted column, as it was before it was guarded against formulas.
    pub(super) fn get(&self, wanted: usize) -> Cow<'r, str> {
        self.columns
            .get(wanted)
            .and_then(|at| self.record.get(*at))
            .map_or(Cow::Borrowed(""), unguard_formulas)
    }
}

impl<'t> CsvTable<'t> {
    /// Finds the wanted columns. `None` if one of the first `needed` is missing; any other one is empty then. Both is told.
    pub(super) fn of(
        named: &'t NamedText,
        wanted: &[&str],
        needed: usize,
        notes: &mut Notes<'_>,
    ) -> Option<Self> {
        let mut heads = StringRecord::new();
        let read = reader(&named.text[named.start()..]).read_record(&mut heads);
        let mut columns = vec![];
        for (at, want) in wanted.iter().enumerate() {
            if let Some(found) = heads.iter().position(|head| head == *want) {
                columns.push(found);
                continue;
            }
            let is_needed = at < needed;
            let lost = if is_needed { "the table is left out" } else { "what stands there is lost" };
            let fault =
                notes.error("no-column", 0, "", format!("this table has no column \"{want}\": {lost}"));
            fault.hint = Some(how_to_mend(&heads, want));
            if is_needed {
                return None;
            }
            columns.push(usize::MAX);
        }
        read.is_ok().then_some(Self { named, columns })
    }

    /// Hands over every row. Rows that are longer or shorter than the heads are told and left out.
    pub(super) fn each<'n>(
        &self,
        notes: &mut Notes<'n>,
        take: &mut dyn FnMut(&TableRow<'_>, &mut Notes<'n>),
    ) {
        let (text, start) = (&*self.named.text, self.named.start());
        let mut reader = reader(&text[start..]);
        let (mut record, mut width, mut number, mut bad) = (StringRecord::new(), 0, 0, 0);
        while reader.read_record(&mut record).unwrap_or(false) {
            number += 1;
            let at = start + record.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(0));
            // The end of the line before belongs to that line.
            let at = at + text[at..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if number == 1 {
                width = record.len();
            } else if record.len() == width {
                take(&TableRow { at, number, record: &record, columns: &self.columns }, notes);
            } else {
                bad += 1;
                if bad <= MOST_TOLD {
                    let first = excerpt(record.get(0).unwrap_or_default(), 40);
                    let message = format!(
                        "row {number} has {} fields and the heads are {width}; it is left out (it begins \"{first}\")",
                        record.len()
                    );
                    let hint =
                        "a quote that is not closed, or a line break or comma outside quotes, splits a row";
                    notes.faults.push(Fault::error("bad-row", at, message).hint(hint));
                }
            }
        }
        if bad > MOST_TOLD {
            notes.faults.push(Fault::error(
                "bad-row",
                start,
                format!("{} more rows are left out", bad - MOST_TOLD),
            ));
        }
    }

    /// The fields of the row that begins at this byte, for the wanted columns.
    pub(super) fn row_at(text: &str, at: usize, columns: &[usize], take: &mut dyn FnMut(&TableRow<'_>)) {
        let mut record = StringRecord::new();
        if reader(text.get(at..).unwrap_or_default()).read_record(&mut record).unwrap_or(false) {
            take(&TableRow { at, number: 0, record: &record, columns });
        }
    }

    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }
}

/// What to do about a column that is not there.
fn how_to_mend(heads: &StringRecord, want: &str) -> String {
    let first = heads.get(0).unwrap_or_default();
    if let Some(sign) = [';', '\t'].into_iter().find(|sign| heads.len() == 1 && first.contains(*sign)) {
        let sign = if sign == ';' { "semicolons" } else { "tabs" };
        return format!("the columns are separated by {sign}: save the table with commas");
    }
    match nearest(want, heads.iter()) {
        Some(near) => format!("\"{near}\" may be meant: name it \"{want}\" again"),
        None => format!("the first row names the columns: put \"{want}\" back"),
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 12)
        .from_reader(text.as_bytes())
}
