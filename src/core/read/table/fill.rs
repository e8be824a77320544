//! Fills the cells of a table in: what each is, on a first way through the rows, and what it says, on a second one.

use std::{
    cmp::Ordering,
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{
    cells::{self, Written},
    dates::date_of,
    keys::{Directory, NO_KEY, RowKeys, Skipped},
    recognise::TableColumn,
    statuses::ToldStatuses,
    written_forms::NumberForm,
};
use crate::core::{
    cell::{Gap, Marks, Value},
    columns::{CellKind, KindGrid, KnownRanks, ValueGrid},
    delimited::{DelimitedRecord, FieldDialect},
    obs_status::{CodesOfValues, ObservationStatus},
    parallel,
    scale::NumberScale,
    table_mapping::ColumnRole,
};

/// No card of a country in an edition.
pub(super) const NO_CARD: u32 = u32::MAX;

/// A column of values, and what it says itself of where they belong.
#[derive(Clone, Copy, Debug)]
pub(super) struct FilledColumn {
    pub field: usize,
    /// Instead of the row's.
    pub country: Option<u16>,
    pub edition: Option<u16>,
    /// The position of its own indicator among those of all columns of values.
    pub part: usize,
    pub status: Option<usize>,
    /// The column that may say why a cell is empty.
    pub note: Option<usize>,
    /// Of every value of the column.
    pub marks: Marks,
    pub form: NumberForm,
}

/// The column of notes of a column of values: its own, else the first of the rows.
pub(super) fn notes(columns: &[TableColumn]) -> impl Fn(&TableColumn) -> Option<usize> {
    let is_note = |at: &usize| columns[*at].role == ColumnRole::Note;
    let is_of_one = |at: &usize| columns.iter().any(|column| column.words_at.contains(at));
    let of_rows = (0..columns.len()).filter(is_note).find(|at| !is_of_one(at));
    move |column| column.words_at.iter().copied().find(is_note).or(of_rows)
}

/// Where the cells of a table go.
#[derive(Debug)]
pub(super) struct FillTarget<'t> {
    pub text: &'t str,
    pub dialect: FieldDialect,
    pub columns: Vec<FilledColumn>,
    /// Columns with an indicator of their own.
    pub parts: usize,
    /// Of the keys of rows, the country, the edition and, with the part of a column, the indicator.
    pub countries: Vec<u16>,
    pub editions: Vec<u16>,
    pub indicators: Vec<u16>,
    pub edition_count: usize,
    /// Countries × editions: the card.
    pub cards: Vec<u32>,
    pub width: usize,
    pub about: NumberScale,
    /// Whether it is a sheet, in which numbers stand without quotes, and how these are written.
    pub is_sheet: bool,
    pub typed: NumberScale,
    /// Of each indicator, whether its numbers are words.
    pub are_words: Vec<bool>,
    /// Of each indicator, the numbers that are declared signs of missing values: they are words.
    pub number_signs: Vec<Vec<f64>>,
    /// Rows of which one that stands before says the same or something else: not read.
    pub repeated: Vec<u32>,
    /// Codes of status that mean no gaps here.
    pub codes_of_values: CodesOfValues,
    /// Of other rows, the fields that are not read, because another row has a value there.
    pub passed: HashMap<u32, Vec<usize>>,
    /// How many fields a row should have; `None` where rows may be shorter or longer, as those of sheets.
    pub fields: Option<usize>,
}

/// The words of one indicator, other than numbers.
#[derive(Debug, Default)]
pub(super) struct SeenWords {
    /// Each word with its number, the byte where it stands first and how often it stands.
    words: HashMap<Box<str>, SeenWord>,
    /// Cells with words beyond those that have a number, and those of them that are dates.
    pub beyond: Skipped,
    pub beyond_dates: usize,
    pub longest: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct SeenWord {
    pub nth: u8,
    pub first: usize,
    pub cells: usize,
}

impl SeenWords {
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, SeenWord)> {
        self.words.iter().map(|(word, seen)| (&**word, *seen))
    }

    fn see(&mut self, word: &str, at: usize) -> CellKind {
        self.longest = self.longest.max(word.len());
        if let Some(seen) = self.words.get_mut(word) {
            seen.cells += 1;
            seen.first = seen.first.min(at);
            return CellKind::word(seen.nth);
        }
        let nth = u8::try_from(self.words.len()).ok().filter(|nth| *nth < CellKind::MOST_WORDS);
        let Some(nth) = nth else {
            self.beyond.first = if self.beyond.many == 0 { at } else { self.beyond.first.min(at) };
            self.beyond.many += 1;
            self.beyond_dates += usize::from(date_of(word).is_some());
            return CellKind::TEXT;
        };
        self.words.insert(word.into(), SeenWord { nth, first: at, cells: 1 });
        CellKind::word(nth)
    }
}

/// What the first way through the rows found.
#[derive(Debug)]
pub(super) struct FirstLook {
    pub words: Vec<SeenWords>,
    /// Rows whose first cell was taken already.
    pub repeated: Vec<RowKeys>,
    /// Rows that say something behind the last heading: a field of them was split.
    pub too_long: Vec<u32>,
    /// Rows that end before the last heading.
    pub too_short: Skipped,
    pub statuses: ToldStatuses,
}

/// The country, the edition and the first of the indicators of a row, as far as it says them itself.
struct RowPlace {
    country: Option<u16>,
    edition: Option<u16>,
    series: usize,
}

impl FillTarget<'_> {
    /// Whether the numbers of each indicator are steps of a small scale in all of its columns; of so many keys of indicators
    /// in the rows.
    pub(super) fn have_few_numbers(&self, series: usize, headings: &[TableColumn]) -> Vec<bool> {
        // Of rows that say their indicator one column has the numbers of all.
        let mut few = vec![series <= 1; self.width];
        for column in &self.columns {
            let of = self.indicators.get(column.part).map_or(NO_KEY, |id| *id);
            if let Some(few) = few.get_mut(usize::from(of)) {
                *few &= headings[column.field].has_few_numbers;
            }
        }
        few
    }

    /// What a row says of where its values belong.
    fn place(&self, row: &RowKeys) -> RowPlace {
        let key = |ids: &[u16], id: u16| ids.get(usize::from(id)).copied().filter(|id| *id != NO_KEY);
        RowPlace {
            country: key(&self.countries, row.country),
            edition: key(&self.editions, row.edition),
            series: row.series as usize * self.parts,
        }
    }

    /// The card of a row in a column.
    fn card(&self, row: &RowPlace, column: &FilledColumn) -> Option<usize> {
        let (country, edition) = (column.country.or(row.country)?, column.edition.or(row.edition)?);
        let card = *self.cards.get(usize::from(country) * self.edition_count + usize::from(edition))?;
        (card != NO_CARD).then_some(card as usize)
    }

    /// The position of a cell, and its indicator; `None` if the row or the column is not read.
    pub(super) fn cell(&self, row: &RowKeys, column: &FilledColumn) -> Option<(usize, usize)> {
        self.cell_in(&self.place(row), column)
    }

    fn cell_in(&self, row: &RowPlace, column: &FilledColumn) -> Option<(usize, usize)> {
        let indicator = *self.indicators.get(row.series + column.part).filter(|id| **id != NO_KEY)?;
        Some((self.card(row, column)? * self.width + usize::from(indicator), usize::from(indicator)))
    }

    /// The columns of a row that are read, without those in which another row of the same has the value.
    fn columns_of(&self, row: &RowKeys) -> impl Iterator<Item = &FilledColumn> {
        let passed = if self.passed.is_empty() { None } else { self.passed.get(&row.at) };
        self.columns.iter().filter(move |column| passed.is_none_or(|passed| !passed.contains(&column.field)))
    }

    /// Hands over every row that is read, with its fields, part by part at once.
    fn each_part<R: Send>(
        &self,
        directory: &Directory,
        workers: usize,
        least: usize,
        start: impl Fn() -> R + Sync,
        take: impl Fn(&mut R, &RowKeys, &DelimitedRecord) + Sync,
    ) -> Vec<R> {
        let most = self
            .columns
            .iter()
            .flat_map(|column| [Some(column.field), column.status, column.note])
            .flatten()
            .max();
        let most = most.map_or(0, |last| last + 1).max(least);
        let parts: Vec<&Vec<RowKeys>> = directory.parts.iter().collect();
        parallel::map(parts, workers, |rows| {
            let (mut record, mut found) = (DelimitedRecord::default(), start());
            for row in rows {
                if !self.repeated.is_empty() && self.repeated.binary_search(&row.at).is_ok() {
                    continue;
                }
                let at = row.at as usize + usize::from(row.to_values);
                if row.to_values == 0 {
                    record.read(self.text, at, self.dialect, most);
                } else {
                    record.read_fields(self.text, at, self.dialect, directory.first_value..most);
                }
                take(&mut found, row, &record);
            }
            found
        })
    }

    /// The first way: what every cell is. Returns also what must be known of it.
    pub(super) fn see(&self, directory: &Directory, kinds: &KindGrid, workers: usize) -> FirstLook {
        let words: Vec<Mutex<SeenWords>> = (0..self.width).map(|_| Mutex::default()).collect();
        let start = || (vec![], ToldStatuses::default(), (vec![], Skipped::default()));
        let least = self.fields.unwrap_or(0);
        let found =
            self.each_part(directory, workers, least, start, |(repeated, statuses, wide), row, record| {
                match self.fields.map(|fields| self.width_of(record, fields)) {
                    Some(Ordering::Greater) => return wide.0.push(row.at),
                    Some(Ordering::Less) => wide.1.add(row.at as usize),
                    Some(Ordering::Equal) | None => {}
                }
                let (mut is_first, place) = (true, self.place(row));
                for column in self.columns_of(row) {
                    let Some((cell, indicator)) = self.cell_in(&place, column) else { continue };
                    let kind = self.kind(record, column, indicator, &words[indicator], statuses);
                    if !is_first {
                        kinds.set(cell, kind);
                    } else if !kinds.claim(cell, kind) {
                        repeated.push(*row);
                        break;
                    }
                    is_first = false;
                }
            });
        let mut seen = FirstLook {
            words: words
                .into_iter()
                .map(|words| words.into_inner().unwrap_or_else(PoisonError::into_inner))
                .collect(),
            repeated: vec![],
            too_long: vec![],
            too_short: Skipped::default(),
            statuses: ToldStatuses::default(),
        };
        for (repeated, statuses, (long, short)) in found {
            seen.repeated.extend(repeated);
            seen.too_long.extend(long);
            seen.too_short.merge(short);
            seen.too_long.sort_unstable();
            seen.statuses.merge(statuses);
        }
        seen
    }

    fn kind(
        &self,
        record: &DelimitedRecord,
        column: &FilledColumn,
        indicator: usize,
        words: &Mutex<SeenWords>,
        statuses: &mut ToldStatuses,
    ) -> CellKind {
        let written = self.written(record, column, indicator);
        let status = self.status(record, column);
        if let Some((status, at)) = status.as_ref().filter(|(status, _)| !status.others.is_empty()) {
            statuses.see_unknown(&status.others, *at);
        }
        let (gap, status_at) = status.map_or((None, 0), |(status, at)| (status.gap, at));
        let field = || record.get(self.text, column.field);
        match (written, gap) {
            (Written::Nothing, Some(gap)) => CellKind::gap(gap),
            // What is said of an empty cell is found by its place.
            (Written::Nothing, None) if self.has_note(record, column) => CellKind::gap(Gap::Empty),
            (Written::Words, Some(gap)) if super::super::words::missing_sign(&field()).is_some() => {
                CellKind::gap(gap)
            }
            // A value whose status says that it is missing.
            (Written::Number(..) | Written::Other(..), Some(_)) => {
                let written = column.status.map_or_else(String::new, |at| record.get(self.text, at).into());
                statuses.see_contradicted(&written, status_at);
                CellKind::gap(Gap::Unreadable)
            }
            (written, _) => written.kind().unwrap_or_else(|| {
                let at = record.span(column.field).map_or(record.at, |span| span.start as usize);
                words.lock().unwrap_or_else(PoisonError::into_inner).see(&field(), at)
            }),
        }
    }

    /// What is written in a cell.
    fn written(&self, record: &DelimitedRecord, column: &FilledColumn, indicator: usize) -> Written {
        let Some(span) = record.span(column.field).filter(|span| span.start < span.end) else {
            return Written::Nothing;
        };
        let bytes = &self.text.as_bytes()[span.start as usize..span.end as usize];
        let about = if self.is_sheet && !span.is_quoted { &self.typed } else { &self.about };
        let written = match cells::plain(bytes, about) {
            Some(number) if column.form != NumberForm::Month => Written::Number(number, Marks::empty()),
            _ => Self::written_otherwise(&span.text(self.text), column.form, about),
        };
        match written {
            Written::Number(..) | Written::Other(..) if self.are_words[indicator] => Written::Words,
            Written::Number(number, _) if self.number_signs[indicator].contains(&number) => Written::Words,
            written => written,
        }
    }

    /// The same where something else stands there than plain digits.
    #[inline(never)]
    fn written_otherwise(text: &str, form: NumberForm, about: &NumberScale) -> Written {
        // `2 bn` in a column of such numbers has no flags.
        if form == NumberForm::Abbreviated && form.is_of(text.trim()) {
            return form.read(text.trim(), about);
        }
        match (form, cells::read(text, about)) {
            (NumberForm::Month, Written::Number(..)) => Written::Words,
            (form, Written::Words) => form.read(text.trim(), about),
            (_, written) => written,
        }
    }

    fn has_note(&self, record: &DelimitedRecord, column: &FilledColumn) -> bool {
        column
            .note
            .and_then(|note| record.span(note))
            .is_some_and(|span| !span.text(self.text).trim().is_empty())
    }

    fn status(&self, record: &DelimitedRecord, column: &FilledColumn) -> Option<(ObservationStatus, usize)> {
        let span = record.span(column.status?)?;
        let is_plain = |text: &[u8]| matches!(text, b"" | b"A");
        if is_plain(&self.text.as_bytes()[span.start as usize..span.end as usize]) {
            return None;
        }
        let text = span.text(self.text);
        // `A: Normal value`
        let text = text.split(": ").next().unwrap_or_default();
        (!is_plain(text.as_bytes())).then(|| (self.codes_of_values.parse(text), span.start as usize))
    }

    /// Whether a row has fewer or more fields than there are headings; empty ones behind the last are none.
    fn width_of(&self, record: &DelimitedRecord, fields: usize) -> Ordering {
        let read = record.left_out + record.fields.len();
        let Some(last) = record.fields.last().filter(|_| read >= fields) else { return read.cmp(&fields) };
        let bytes = self.text.as_bytes();
        let end = last.end as usize + usize::from(last.is_quoted);
        if bytes.get(end) != Some(&self.dialect.separator) {
            return Ordering::Equal;
        }
        let line = memchr::memchr2(b'\n', b'\r', &bytes[end..]).map_or(bytes.len(), |line| end + line);
        let is_empty = |byte: &u8| *byte == self.dialect.separator || matches!(byte, b' ' | b'\t' | b'"');
        if bytes[end..line].iter().all(is_empty) { Ordering::Equal } else { Ordering::Greater }
    }

    /// The second way: what the cells say, where they stand, and their marks.
    pub(super) fn put(&self, directory: &Directory, values: &ValueGrid, workers: usize) {
        self.each_part(directory, workers, 0, KnownRanks::default, |known, row, record| {
            let place = self.place(row);
            for column in self.columns_of(row) {
                let Some((cell, indicator)) =
                    self.cell_in(&place, column).filter(|(cell, _)| values.is_located(*cell))
                else {
                    continue;
                };
                let at = record.span(column.field).map_or(row.at, |span| span.start);
                let kind = values.kind(cell);
                let (value, marks) = match self.written(record, column, indicator) {
                    Written::Number(number, marks) => (Some(Value::Number(number)), marks),
                    Written::Other(value, marks) => (Some(value), marks),
                    Written::Words if kind == CellKind::DATE => {
                        let field = record.get(self.text, column.field);
                        (date_of(&field).map(Value::Date), Marks::empty())
                    }
                    _ => (None, Marks::empty()),
                };
                let flagged = self.status(record, column).map_or(Marks::empty(), |(status, _)| status.marks);
                let is_given = kind.index() >= CellKind::NUMBER.index();
                values.put(
                    cell,
                    at,
                    value,
                    if is_given { marks | flagged | column.marks } else { Marks::empty() },
                    known,
                );
            }
        });
    }
}
