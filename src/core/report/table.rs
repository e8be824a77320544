//! Rows and columns without a look: what a report hands to the formats made of lines.

use std::collections::BTreeSet;

use super::context::Context;
use crate::{
    core::{cell::Gap, framework::Source},
    text::Raw,
};

/// A report as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub title: Raw<'static>,
    pub context: Context,
    /// What stands between the title and the rows: totals, a summary.
    pub lines: Vec<Raw<'static>>,
    pub columns: Vec<Column>,
    /// One field a column.
    pub rows: Vec<Vec<Field>>,
    /// After so many rows a page for people says how many more there are; records always have all.
    pub cap: Option<usize>,
    /// Rows that a page for people leaves out because an earlier one stands for them; records always have all.
    pub repeats: BTreeSet<usize>,
    /// Numbered from 1, as the fields cite them.
    pub sources: Vec<Source>,
    pub notes: Vec<Raw<'static>>,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading that scripts rely on: snake case, unique in its table.
    pub key: String,
    /// The heading that people read.
    pub title: Raw<'static>,
    pub align: Align,
    pub shown: Shown,
    /// The key of the column that says why a field of this one is empty; for formats that leave no gap blank.
    pub why_empty: Option<String>,
    /// What an empty field means where no such column says it.
    pub means_empty: Option<&'static str>,
    /// Of a column of words: the key of the column for records that has the bare values.
    pub bare: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

/// Which formats have a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Always,
    /// Only pages for people, never cut: a message that must be read whole.
    Whole,
    /// Only pages for people.
    OnPages,
    /// Only pages for people, as a heading above the rows that share it.
    AsHeading,
    /// Only records (CSV): what a page has no room for.
    InRecords,
}

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Text(Raw<'static>),
    /// Digits that a spreadsheet may calculate with.
    Number(String),
    /// Yes or no: `true`, `false`.
    Flag(bool),
    Empty,
}

impl Table {
    /// The columns that a page has: those for people in which any row says something.
    pub fn page_columns(&self) -> Vec<usize> {
        let for_people =
            |column: &Column| matches!(column.shown, Shown::Always | Shown::Whole | Shown::OnPages);
        let says_something = |at: &usize| self.rows.iter().any(|row| row[*at] != Field::Empty);
        (0..self.columns.len()).filter(|at| for_people(&self.columns[*at])).filter(says_something).collect()
    }

    /// The rows that a page for people has.
    pub fn page_rows(&self) -> impl Iterator<Item = &Vec<Field>> {
        let rows = self.rows.iter().enumerate().filter(|(at, _)| !self.repeats.contains(at));
        rows.map(|(_, row)| row).take(self.cap.unwrap_or(usize::MAX))
    }

    pub fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// Why the field of this row and column is empty, as a cell of its own: `?? no data`, `n/a`; nothing if it is not
    /// empty, or if no reason is known.
    pub fn gap_words(&self, row: &[Field], at: usize) -> Option<String> {
        let column = &self.columns[at];
        if row[at] != Field::Empty {
            return None;
        }
        let why = column.why_empty.as_deref().and_then(|key| self.position(key)).map(|why| row[why].raw());
        let why = why.filter(|why| !why.is_empty()).or(column.means_empty)?;
        Some(match Gap::from_id(why) {
            Some(Gap::NotApplicable) => "n/a".to_owned(),
            Some(gap) => format!("?? {}", gap.title()),
            None => format!("?? {why}"),
        })
    }

    /// `and 19,900 more`, when a page leaves rows out.
    pub fn more(&self) -> Option<String> {
        let hidden =
            (self.rows.len() - self.repeats.len()).checked_sub(self.cap?).filter(|hidden| *hidden > 0)?;
        Some(format!("and {} more", thousands(hidden)))
    }
}

impl Column {
    fn new(key: impl Into<String>, title: Raw<'static>, align: Align, shown: Shown) -> Self {
        Self { key: key.into(), title, align, shown, why_empty: None, means_empty: None, bare: None }
    }

    pub fn text(key: impl Into<String>, title: impl Into<Raw<'static>>) -> Self {
        Self::new(key, title.into(), Align::Left, Shown::Always)
    }

    pub fn number(key: impl Into<String>, title: impl Into<Raw<'static>>) -> Self {
        Self::new(key, title.into(), Align::Right, Shown::Always)
    }

    pub fn whole(key: impl Into<String>, title: impl Into<Raw<'static>>) -> Self {
        Self::new(key, title.into(), Align::Left, Shown::Whole)
    }

    pub fn page(key: impl Into<String>, title: impl Into<Raw<'static>>) -> Self {
        Self::new(key, title.into(), Align::Left, Shown::OnPages)
    }

    pub fn heading(key: impl Into<String>) -> Self {
        Self::new(key, Raw::default(), Align::Left, Shown::AsHeading)
    }

    pub fn record(key: impl Into<String>) -> Self {
        let key = key.into();
        Self::new(key.clone(), Raw::new(key), Align::Left, Shown::InRecords)
    }

    pub const fn is_for_records(&self) -> bool {
        matches!(self.shown, Shown::Always | Shown::InRecords)
    }
}

impl Column {
    /// With another column that says why a field is empty.
    #[must_use]
    pub fn why_empty(mut self, key: impl Into<String>) -> Self {
        self.why_empty = Some(key.into());
        self
    }

    /// With what an empty field means.
    #[must_use]
    pub const fn means_empty(mut self, words: &'static str) -> Self {
        self.means_empty = Some(words);
        self
    }

    /// With another column that has the bare values of these words.
    #[must_use]
    pub fn with_bare(mut self, key: impl Into<String>) -> Self {
        self.bare = Some(key.into());
        self
    }

    /// Digits and heading at the right end.
    #[must_use]
    pub const fn at_right(mut self) -> Self {
        self.align = Align::Right;
        self
    }
}

/// A table that is being filled column by column, so that no heading can stand over another's fields.
#[must_use]
#[derive(Debug)]
pub struct Filling<'r, R> {
    table: Table,
    rows: &'r [R],
}

impl Table {
    /// Starts to fill the table with these rows; it has no columns yet.
    pub fn of_rows<R>(mut self, rows: &[R]) -> Filling<'_, R> {
        self.rows = vec![vec![]; rows.len()];
        Filling { table: self, rows }
    }
}

impl<R> Filling<'_, R> {
    /// A column, and what each row says in it.
    pub fn field(mut self, column: Column, says: impl Fn(&R) -> Field) -> Self {
        self.table.columns.push(column);
        for (fields, row) in self.table.rows.iter_mut().zip(self.rows) {
            fields.push(says(row));
        }
        self
    }

    pub fn text<T: Into<Raw<'static>>>(self, column: Column, says: impl Fn(&R) -> T) -> Self {
        self.field(column, |row| Field::text(says(row)))
    }

    /// Columns whose fields are made together.
    pub fn fields<const N: usize>(mut self, columns: [Column; N], says: impl Fn(&R) -> [Field; N]) -> Self {
        self.table.columns.extend(columns);
        for (fields, row) in self.table.rows.iter_mut().zip(self.rows) {
            fields.extend(says(row));
        }
        self
    }

    /// A number, or nothing.
    pub fn number<N: std::fmt::Display>(self, column: Column, says: impl Fn(&R) -> Option<N>) -> Self {
        self.field(column, |row| says(row).map_or(Field::Empty, Field::number))
    }

    pub fn done(self) -> Table {
        self.table
    }
}

impl Field {
    pub fn text(text: impl Into<Raw<'static>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub fn maybe(text: Option<&Raw<'static>>) -> Self {
        text.map_or(Self::Empty, |text| Self::text(text.clone()))
    }

    pub fn number(number: impl std::fmt::Display) -> Self {
        Self::Number(format!("{number}"))
    }

    /// What it says, before anything is escaped.
    pub fn raw(&self) -> &str {
        match self {
            Self::Text(text) => text.raw(),
            Self::Number(digits) => digits,
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            Self::Empty => "",
        }
    }
}

/// The sources of a report, each once, numbered as they are first cited.
#[derive(Clone, Debug, Default)]
pub struct Cited(Vec<Source>);

impl Cited {
    /// The numbers of these sources: `1, 3–5`; nothing when there are none.
    pub fn cite(&mut self, sources: &[Source]) -> String {
        number_words(&self.numbers(sources))
    }

    /// The numbers of these sources, each once and in order.
    pub fn numbers(&mut self, sources: &[Source]) -> Vec<usize> {
        let mut numbers: Vec<usize> = sources.iter().map(|source| self.number_of(source)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn number_of(&mut self, source: &Source) -> usize {
        if let Some(at) = self.0.iter().position(|have| have == source) {
            return at + 1;
        }
        self.0.push(source.clone());
        self.0.len()
    }

    pub fn into_sources(self) -> Vec<Source> {
        self.0
    }
}

/// Numbers in order as runs of one after another, first and last of each.
pub fn ranges(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = vec![];
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    ranges
}

/// `1, 3–5`.
pub fn number_words(numbers: &[usize]) -> String {
    let words = ranges(numbers).into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// `19,900`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `UN Treaty Collection, 2015-03, p. 4, https://…`: what a source says, on one line.
pub fn source_line(source: &Source) -> Raw<'static> {
    let page = source.page.as_ref().map(|page| format!("p. {}", page.raw()));
    let parts = [
        source.title.as_ref().map(Raw::raw),
        source.date.as_ref().map(Raw::raw),
        page.as_deref(),
        source.url.as_ref().map(Raw::raw),
    ];
    Raw::new(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_how_many_rows_it_leaves_out() {
        let table = |rows: usize, cap| Table { rows: vec![vec![]; rows], cap, ..Table::default() };
        assert_eq!(table(20_000, Some(100)).more().unwrap(), "and 19,900 more");
        assert_eq!(table(1_000_100, Some(100)).more().unwrap(), "and 1,000,000 more");
        assert_eq!((table(100, Some(100)).more(), table(100, None).more()), (None, None));
    }

    #[test]
    fn a_source_is_cited_by_one_number_however_often_it_is_named() {
        let source =
            |title: &'static str| Source { title: Some(Raw::from_static(title)), ..Source::default() };
        let mut cited = Cited::default();
        assert_eq!(cited.cite(&[source("a"), source("b")]), "1, 2");
        assert_eq!(cited.cite(&[source("c"), source("b"), source("b")]), "2, 3");
        assert_eq!(cited.cite(&["d", "e", "a", "c"].map(source)), "1, 3–5");
        assert_eq!(ranges(&[1, 2, 4, 7, 8, 9]), [(1, 2), (4, 4), (7, 9)]);
        assert_eq!(cited.into_sources().len(), 5);
    }
}
