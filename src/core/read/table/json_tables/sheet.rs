//! Writes the records of a flat table, and watches on the way whether it looks like countries' figures.

use super::{ColumnRole, JsonPlace, JsonTable, Records, TableMetadata};
use std::{borrow::Cow, collections::HashSet};

/// Records that are watched; more would tell nothing new.
const WATCHED: usize = 1000;

/// More fields than any table of countries has: records that have hardly a key in common would fill the memory.
const MOST_FIELDS: usize = 200_000_000;

/// Headings that name a country, beside those that contain the word.
const COUNTRY_HEADINGS: [&str; 13] = [
    "ref_area",
    "refarea",
    "geo",
    "iso",
    "iso_a3",
    "iso_a2",
    "entity",
    "nation",
    "location",
    "economy",
    "territory",
    "m49",
    "spatialdim",
];

/// Numbers of these headings are no figures.
const COUNTING_HEADINGS: [&str; 8] = ["id", "order", "sort", "position", "index", "number", "no", "level"];

/// The heading of the labels of a dimension, beside that of its codes.
pub(super) fn label_heading(id: &str) -> String {
    format!("{id} label")
}

/// What the codes of a further dimension and their labels are for. Labels are what people read, where each code has its
/// own; one frequency for all says nothing.
pub(super) fn by_label<'a>(
    id: &str,
    categories: impl Iterator<Item = (&'a str, &'a str)>,
) -> (ColumnRole, ColumnRole) {
    let (codes, labels): (Vec<_>, HashSet<_>) = categories.unzip();
    let role = match &*id.to_ascii_lowercase() {
        "unit" | "unit_measure" => ColumnRole::Unit,
        "freq" if codes.len() < 2 => ColumnRole::Ignored,
        _ => ColumnRole::Dimension,
    };
    let has_own = labels.len() == codes.len() && labels.iter().any(|label| !codes.contains(label));
    if has_own { (ColumnRole::Ignored, role) } else { (role, ColumnRole::Ignored) }
}

/// A table while it is written.
pub(super) struct JsonSheet {
    records: Records,
    headings: Vec<String>,
    seen: Vec<FirstLook>,
    rows: usize,
}

/// What the watched fields of a column are.
#[derive(Clone, Copy, Default)]
struct FirstLook {
    filled: usize,
    numbers: usize,
    codes: usize,
}

impl FirstLook {
    fn mostly(self, count: usize) -> bool {
        self.filled > 0 && is_most(count, self.filled)
    }
}

impl JsonSheet {
    pub(super) fn new<H: Into<String>>(headings: impl IntoIterator<Item = H>) -> Self {
        let headings: Vec<String> = headings.into_iter().map(Into::into).collect();
        let mut records = Records::default();
        for heading in &headings {
            records.field(heading);
        }
        records.end_record();
        let seen = vec![FirstLook::default(); headings.len()];
        Self { records, headings, seen, rows: 0 }
    }

    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cow<'a, str>>) {
        for (column, cell) in cells.into_iter().enumerate() {
            self.records.field(&cell);
            if self.rows < WATCHED
                && let Some(seen) = self.seen.get_mut(column)
            {
                seen.filled += usize::from(!cell.trim().is_empty());
                seen.numbers += usize::from(cell.trim().parse::<f64>().is_ok_and(f64::is_finite));
                seen.codes += usize::from(is_code(&cell));
            }
        }
        self.records.end_record();
        self.rows += 1;
    }

    /// Whether a column names countries, by its heading or by codes beside figures.
    pub(super) fn names_countries(&self) -> bool {
        if !self.has_two_columns() {
            return false;
        }
        let by_heading = self.headings.iter().any(|heading| is_country_heading(heading));
        by_heading || (self.has_numbers() && self.seen.iter().any(|seen| seen.mostly(seen.codes)))
    }

    /// Whether it looks like figures at all: numbers beside names, or below codes.
    pub(super) fn is_plausible(&self) -> bool {
        let has_texts = self.seen.iter().any(|seen| seen.mostly(seen.filled - seen.numbers));
        let codes = self.headings.iter().filter(|heading| is_code(heading)).count();
        self.names_countries()
            || (self.has_two_columns()
                && self.has_numbers()
                && (has_texts || is_most(codes, self.headings.len())))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub(super) fn table(self, place: JsonPlace, about: TableMetadata, left_out: usize) -> JsonTable {
        JsonTable {
            name: String::new(),
            text: self.records.into_text(),
            place,
            about,
            left_out,
            first_lost: None,
            lacks: None,
        }
    }

    fn has_two_columns(&self) -> bool {
        self.headings.len() >= 2 && self.rows > 0
    }

    /// Whether a column holds mostly numbers that do more than count.
    pub(super) fn has_numbers(&self) -> bool {
        self.headings.iter().zip(&self.seen).any(|(heading, seen)| {
            seen.mostly(seen.numbers) && !COUNTING_HEADINGS.contains(&heading.to_lowercase().as_str())
        })
    }
}

/// Whether a table of this size can be written.
pub(super) fn is_of_size(columns: usize, records: usize) -> bool {
    columns.checked_mul(records).is_some_and(|fields| fields <= MOST_FIELDS)
}

/// Whether a part is three fifths of the whole.
pub(super) fn is_most(part: usize, whole: usize) -> bool {
    whole > 0 && part.saturating_mul(5) >= whole.saturating_mul(3)
}

/// Whether a text looks like a country's code: two or three capitals, also behind the prefix of Our World in Data.
pub(super) fn is_code(text: &str) -> bool {
    let text = text.strip_prefix("OWID_").unwrap_or(text);
    (2..=3).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn is_country_heading(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    let last = heading.rsplit('.').next().unwrap_or(&heading);
    ["country", "countries", "iso3", "iso2"].iter().any(|word| heading.contains(word))
        || COUNTRY_HEADINGS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::{JsonSheet, is_code, is_most};
    use std::borrow::Cow;

    fn sheet(headings: [&str; 2], row: [&'static str; 2]) -> JsonSheet {
        let mut sheet = JsonSheet::new(headings);
        sheet.row(row.map(Cow::Borrowed));
        sheet
    }

    #[test]
    fn countries_and_figures() {
        assert!(sheet(["Country", "grade"], ["Ghana", "B"]).names_countries());
        assert!(sheet(["x", "y"], ["GHA", "2.5"]).names_countries());
        assert!(!sheet(["x", "y"], ["GHA", "B"]).names_countries());
        assert!(!sheet(["name", "score"], ["Ghana", "1"]).names_countries());
        assert!(sheet(["name", "score"], ["Ghana", "1"]).is_plausible());
        assert!(sheet(["GHA", "KEN"], ["1", "2"]).is_plausible());
        assert!(!sheet(["title", "id"], ["One", "1"]).is_plausible());
        assert!(!JsonSheet::new(["country", "v"]).is_plausible());
    }

    #[test]
    fn shares_and_codes() {
        assert!(is_most(3, 5) && !is_most(2, 4) && !is_most(0, 0));
        assert!(
            is_code("GH") && is_code("GHA") && !is_code("gha") && is_code("OWID_WRL") && !is_code("OWID")
        );
    }
}
