//! The rows of a table: of which country, edition and indicator each is, by the texts of its key columns.

use crate::core::table_mapping::ColumnRole;
use std::{borrow::Cow, collections::HashMap, ops::Range};

use super::recognise::{TableColumn, TableShape};
use crate::core::{
    delimited::{DelimitedRecord, FieldDialect},
    parallel,
};

/// Separates the texts of several columns that are one key together.
pub(super) const JOINT: char = '\u{1f}';

/// No key.
pub(super) const NO_KEY: u16 = u16::MAX;

/// One row.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowKeys {
    /// The byte it begins at.
    pub at: u32,
    pub country: u16,
    pub edition: u16,
    pub series: u32,
    /// How many bytes behind its begin the first field stands that may have a value; zero if that is not known.
    pub to_values: u16,
}

/// A key as it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyText {
    pub text: String,
    /// The byte of the first row that has it.
    pub at: usize,
    pub rows: usize,
}

impl KeyText {
    /// The texts of the single columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.text.split(JOINT)
    }
}

/// Rows that are not read, and the first of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skipped {
    pub many: usize,
    pub first: usize,
}

impl Skipped {
    pub(super) fn add(&mut self, at: usize) {
        if self.many == 0 {
            self.first = at;
        }
        self.many += 1;
    }

    pub(super) fn merge(&mut self, other: Self) {
        if self.many == 0 {
            self.first = other.first;
        }
        self.many += other.many;
    }
}

/// Which columns are the keys of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyColumns {
    pub countries: Vec<usize>,
    /// Groups of the country; they stand behind its own columns in its key.
    pub groups: Vec<usize>,
    pub edition: Option<usize>,
    pub series: Vec<usize>,
    pub unit: Vec<usize>,
    /// The first column of values or their status; those before are only keys.
    pub first_value: usize,
}

impl KeyColumns {
    pub(super) fn of(columns: &[TableColumn]) -> Self {
        let all = |role: ColumnRole| (0..columns.len()).filter(move |at| columns[*at].role == role);
        let series = (0..columns.len()).filter(|at| {
            matches!(
                columns[*at].role,
                ColumnRole::IndicatorCode | ColumnRole::IndicatorName | ColumnRole::Dimension
            )
        });
        Self {
            countries: all(ColumnRole::CountryCode).chain(all(ColumnRole::CountryName)).collect(),
            groups: all(ColumnRole::Group).collect(),
            edition: all(ColumnRole::Edition).next(),
            series: series.collect(),
            unit: all(ColumnRole::Unit).collect(),
            first_value: all(ColumnRole::Value)
                .flat_map(|at| [Some(at), columns[at].status_at])
                .flatten()
                .min()
                .unwrap_or(0),
        }
    }

    /// Fields of a row up to its last key.
    fn most(&self) -> usize {
        let all = [&self.countries, &self.groups, &self.series].into_iter().flatten().copied();
        all.chain(self.edition).chain(self.unit.iter().copied()).max().map_or(1, |last| last + 1)
    }
}

/// All rows of a table, in parts that are read at once, and their keys in the order of their first rows.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub parts: Vec<Vec<RowKeys>>,
    /// The field that [`RowKeys::to_values`] leads to.
    pub first_value: usize,
    pub countries: Vec<KeyText>,
    pub editions: Vec<KeyText>,
    pub series: Vec<KeyText>,
    pub headings_again: Skipped,
    pub no_country: Skipped,
    pub too_many: Skipped,
    pub open_quotes: Skipped,
    /// Rows of the country above them.
    pub filled_down: Skipped,
}

impl Directory {
    /// Goes through all rows of a table.
    pub(super) fn of(
        text: &str,
        shape: &TableShape,
        keys: &KeyColumns,
        cuts: &[Range<usize>],
        workers: usize,
    ) -> Self {
        let read =
            parallel::map(cuts.to_vec(), workers, |part| PartReader::new(text, shape, keys).read(part));
        let mut all = Self { first_value: keys.first_value, ..Self::default() };
        for part in read {
            all.take(part);
        }
        all
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &RowKeys> {
        self.parts.iter().flatten()
    }

    pub(super) fn row_count(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Takes the rows of the next part, whose keys are its own.
    fn take(&mut self, mut part: PartReader<'_>) {
        let countries = merged(&mut self.countries, part.countries);
        let editions = merged(&mut self.editions, part.editions);
        let series = merged(&mut self.series, part.series);
        let short = |ids: &[u32], id: u16| {
            ids.get(usize::from(id)).and_then(|id| u16::try_from(*id).ok()).unwrap_or(NO_KEY)
        };
        for row in &mut part.rows {
            row.country = short(&countries, row.country);
            row.edition = short(&editions, row.edition);
            row.series = series.get(row.series as usize).copied().unwrap_or(0);
        }
        self.parts.push(part.rows);
        self.headings_again.merge(part.headings_again);
        self.no_country.merge(part.no_country);
        self.too_many.merge(part.too_many);
        self.open_quotes.merge(part.open_quotes);
        self.filled_down.merge(part.filled_down);
    }
}

/// Adds keys to those that are known; returns the ids that they have there.
fn merged(known: &mut Vec<KeyText>, own: Interner) -> Vec<u32> {
    let ids: HashMap<String, u32> = known.iter().zip(0..).map(|(key, id)| (key.text.clone(), id)).collect();
    let mut given = vec![];
    for key in own.texts {
        match ids.get(&key.text) {
            Some(id) => {
                known[*id as usize].rows += key.rows;
                given.push(*id);
            }
            None => {
                given.push(u32::try_from(known.len()).unwrap_or(u32::MAX));
                known.push(key);
            }
        }
    }
    given
}

/// Gives texts numbers. The same text as before, or the one that followed it the last time, costs one comparison.
#[derive(Debug, Default)]
struct Interner {
    ids: HashMap<String, u32>,
    texts: Vec<KeyText>,
    /// Which key followed each key the last time.
    followed: Vec<u32>,
    last: u32,
}

impl Interner {
    fn id(&mut self, text: &str, at: usize) -> u32 {
        let id = self.find(text, at);
        self.texts[id as usize].rows += 1;
        if let Some(followed) = self.followed.get_mut(self.last as usize) {
            *followed = id;
        }
        self.last = id;
        id
    }

    /// Counts a text once more that has a number.
    fn again(&mut self, id: u32) -> u32 {
        self.texts[id as usize].rows += 1;
        id
    }

    fn find(&mut self, text: &str, at: usize) -> u32 {
        let is_it = |id: u32| self.texts.get(id as usize).is_some_and(|known| known.text == text);
        if is_it(self.last) {
            return self.last;
        }
        let next = self.followed.get(self.last as usize).copied().unwrap_or(u32::MAX);
        if is_it(next) {
            return next;
        }
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.ids.insert(text.to_owned(), id);
        self.texts.push(KeyText { text: text.to_owned(), at, rows: 0 });
        self.followed.push(u32::MAX);
        id
    }
}

/// Reads the keys of one part of a text.
struct PartReader<'t> {
    text: &'t str,
    dialect: FieldDialect,
    keys: &'t KeyColumns,
    key_fields: usize,
    heading: String,
    rows: Vec<RowKeys>,
    countries: Interner,
    editions: Interner,
    series: Interner,
    headings_again: Skipped,
    no_country: Skipped,
    too_many: Skipped,
    open_quotes: Skipped,
    fills_down: bool,
    last_country: Option<u32>,
    filled_down: Skipped,
}

impl<'t> PartReader<'t> {
    fn new(text: &'t str, shape: &TableShape, keys: &'t KeyColumns) -> Self {
        let heading = keys.countries.first().map(|column| shape.columns[*column].heading.clone());
        Self {
            text,
            dialect: shape.dialect,
            keys,
            key_fields: keys.most(),
            heading: heading.unwrap_or_default(),
            rows: vec![],
            countries: Interner::default(),
            editions: Interner::default(),
            series: Interner::default(),
            headings_again: Skipped::default(),
            no_country: Skipped::default(),
            too_many: Skipped::default(),
            open_quotes: Skipped::default(),
            fills_down: shape.fills_down,
            last_country: None,
            filled_down: Skipped::default(),
        }
    }

    fn read(mut self, part: Range<usize>) -> Self {
        const SOME_BYTES: usize = 400;
        self.rows.reserve(part.len() / SOME_BYTES);
        let (mut record, mut at, mut joined) = (DelimitedRecord::default(), part.start, String::new());
        let most = self.key_fields.max(self.keys.first_value + 1);
        while at < part.end {
            let Some(next) = record.read(self.text, at, self.dialect, most) else { break };
            if let Some(quote) = record.open_quote {
                self.open_quotes.add(quote);
            }
            if let Some(row) = self.row(&record, &mut joined) {
                self.rows.push(row);
            }
            at = next;
        }
        self.rows.shrink_to_fit();
        self
    }

    fn row(&mut self, record: &DelimitedRecord, joined: &mut String) -> Option<RowKeys> {
        let is_across = self.keys.countries.is_empty();
        let said = self.keys.countries.iter().any(|column| !record.get(self.text, *column).is_empty());
        let above =
            self.last_country.filter(|_| self.fills_down && !said && record.has_more_than_one(self.text));
        if !is_across && !said && above.is_none() {
            // Nothing at all, or a note below the table.
            if !record.is_blank(self.text, self.key_fields) {
                self.no_country.add(record.at);
            }
            return None;
        }
        let first =
            self.keys.countries.first().map(|column| record.get(self.text, *column)).unwrap_or_default();
        if !is_across && first == self.heading {
            self.headings_again.add(record.at);
            return None;
        }
        if is_across && record.is_blank(self.text, self.key_fields) {
            return None;
        }
        let countries = self.keys.countries.iter().chain(&self.keys.groups);
        let country = match above {
            Some(above) => {
                self.filled_down.add(record.at);
                self.countries.again(above)
            }
            None => self.countries.id(&join(record, self.text, countries, joined), record.at),
        };
        self.last_country = Some(country);
        let edition = self.keys.edition.map(|column| record.get(self.text, column)).unwrap_or_default();
        let edition = self.editions.id(&edition, record.at);
        let series = join(record, self.text, self.keys.series.iter().chain(&self.keys.unit), joined);
        let series = self.series.id(&series, record.at);
        let (Ok(country), Ok(edition)) = (u16::try_from(country), u16::try_from(edition)) else {
            self.too_many.add(record.at);
            return None;
        };
        let at = u32::try_from(record.at).unwrap_or(u32::MAX);
        Some(RowKeys { at, country, edition, series, to_values: self.to_values(record) })
    }

    /// Zero where a value may begin within a field, or too far away to say.
    fn to_values(&self, record: &DelimitedRecord) -> u16 {
        let Some(span) = record.span(self.keys.first_value) else { return 0 };
        let begin = span.start as usize - usize::from(span.is_quoted);
        let is_behind = begin > record.at && self.text.as_bytes()[begin - 1] == self.dialect.separator;
        u16::try_from(begin - record.at).ok().filter(|_| is_behind).unwrap_or(0)
    }
}

/// The text of a key, which is that of several columns together.
fn join<'j>(
    record: &DelimitedRecord,
    text: &'j str,
    mut columns: impl Iterator<Item = &'j usize> + Clone,
    joined: &'j mut String,
) -> Cow<'j, str> {
    if columns.clone().nth(1).is_none() {
        return columns.next().map(|column| record.get(text, *column)).unwrap_or_default();
    }
    joined.clear();
    for (at, column) in columns.enumerate() {
        if at > 0 {
            joined.push(JOINT);
        }
        joined.push_str(&record.get(text, *column));
    }
    Cow::Borrowed(joined)
}

/// Cuts the rows of a text into parts of about the same size, where no quote is open.
pub(super) fn cuts(text: &str, from: usize, most: usize, least: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let size = (text.len().saturating_sub(from) / most.max(1)).max(least).max(1);
    let quotes = |range: Range<usize>| memchr::memchr_iter(b'"', &bytes[range]).count();
    let mut cuts = vec![];
    let (mut begin, mut counted, mut open) = (from, from, 0);
    while begin < text.len() {
        let mut end = begin.saturating_add(size);
        loop {
            if end >= text.len() {
                end = text.len();
                break;
            }
            end = memchr::memchr(b'\n', &bytes[end..]).map_or(text.len(), |line| end + line + 1);
            open += quotes(counted..end);
            counted = end;
            // An odd number of quotes so far: this line end may stand inside of one.
            if open % 2 == 0 {
                break;
            }
        }
        cuts.push(begin..end);
        begin = end;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_ends_of_rows_only() {
        let text = "a,b\n\"c\nd\",e\nf,g\nh,i\n";
        for most in 1..9 {
            let cuts = cuts(text, 4, most, 1);
            assert_eq!((cuts[0].start, cuts.last().unwrap().end), (4, text.len()));
            assert!(cuts.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert!(cuts.iter().all(|cut| [4, 12, 16, 20].contains(&cut.start)), "{cuts:?}");
        }
    }
}
