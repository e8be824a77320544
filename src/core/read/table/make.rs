//! From a recognised table to a framework and its cells.

mod cards;

use crate::core::table_mapping::ColumnRole;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    countries::{self, TableCountries},
    dates::{self, EITHER_FIRST},
    editions::{self, TableEditions},
    fill::{self, FillTarget, FilledColumn, FirstLook, NO_CARD, SeenWords},
    framework,
    indicators::{self, TableIndicator, TableIndicators},
    keys::{self, Directory, KeyColumns, NO_KEY, RowKeys, Skipped},
    recognise::ColumnIndicator,
    repeated,
    scales::{self, DecidedScale, IndicatorFacts, ToldWord},
    source::TableSource,
};
use crate::core::{
    cell::Gap,
    columns::{CellKind, Columns, KindGrid},
    framework::Framework,
    input_file::Addressing,
    json::Fault,
    number_signs::NumberSigns,
    scale::NumberScale,
};
use crate::text::{counted, fold};

/// A table that was read.
#[derive(Debug)]
pub(super) struct MadeTable {
    pub framework: Framework,
    pub columns: Columns,
    /// Every so many rows the byte where one begins.
    pub row_starts: Vec<u32>,
    pub faults: Vec<Fault>,
    pub counts: MadeCounts,
}

/// What is said of how it was read.
#[derive(Debug, Default)]
pub(super) struct MadeCounts {
    pub rows: usize,
    pub rows_used: usize,
    pub left_out: Vec<(&'static str, Skipped)>,
    pub countries: usize,
    pub aggregates: usize,
    pub unclear: Vec<countries::UnclearCountry>,
    pub editions: usize,
    pub told: BTreeMap<String, ToldWord>,
}

/// One row of at most this many has its place kept.
pub(super) const ROWS_A_START: usize = 64;
/// About so many bytes of rows are gone through to find one.
const BYTES_A_START: usize = 4 << 10;

/// The most cells of a table.
const MOST_CELLS: usize = 3_000_000_000;

/// Reads the rows of a table.
pub(super) fn table(source: &TableSource<'_>) -> MadeTable {
    let TableSource { named, shape, mapping, .. } = source;
    let key_columns = KeyColumns::of(&shape.columns);
    let end = shape.ends.map_or(named.text.len(), |ends| ends.end);
    // The country of a row may stand far above it.
    let parts = if shape.fills_down { 1 } else { source.workers * 4 };
    let cuts = keys::cuts(&named.text[..end], shape.data_at, parts, source.least_part);
    let directory = Directory::of(&named.text, shape, &key_columns, &cuts, source.workers);
    let mut countries =
        countries::of_keys(&directory.countries, key_columns.countries.len(), mapping, shape.code_list);
    let (notes, totals) = countries.take_notes(named, shape, &directory.countries);
    let editions = editions::of_table(&directory, shape);
    let values: Vec<usize> =
        (0..shape.columns.len()).filter(|at| shape.columns[*at].role == ColumnRole::Value).collect();
    let mut parts: Vec<ColumnIndicator> = vec![];
    let mut part_of: HashMap<ColumnIndicator, usize> = HashMap::new();
    let mut columns = vec![];
    let note_of = fill::notes(&shape.columns);
    for (nth, field) in values.iter().enumerate() {
        let column = &shape.columns[*field];
        let own = column.indicator.clone().unwrap_or_default();
        // Two columns that are called the same are two, unless their editions tell them apart.
        let is_apart = column.edition.is_some() || column.country.is_some();
        let known = if is_apart { part_of.get(&own).copied() } else { None };
        let part = known.unwrap_or_else(|| {
            parts.push(own.clone());
            part_of.insert(own.clone(), parts.len() - 1);
            parts.len() - 1
        });
        let head = shape.heads.last().map_or(0, |head| head.at);
        let country = column.country.as_deref().map(|heading| countries.of_heading(heading, head, mapping));
        let edition = editions.of_column[nth];
        let is_unclear = column.edition.is_some() && edition.is_none();
        if !is_unclear {
            columns.push(FilledColumn {
                field: *field,
                country,
                edition,
                part,
                status: column.status_at,
                note: note_of(column),
                marks: column.marks,
                form: column.form,
            });
        }
    }
    // What only rows say that are not read is no indicator.
    let mut is_used = vec![key_columns.countries.is_empty(); directory.series.len()];
    for row in directory.rows() {
        let is_read =
            countries.of_key.get(usize::from(row.country)).is_some_and(|country| *country != NO_KEY);
        is_used[row.series as usize] |= is_read;
    }
    let mut notes = notes;
    if key_columns.countries.is_empty() {
        notes.merge(countries::notes_across(named, shape, &directory.series, &mut is_used));
    }
    let found = indicators::of_table(
        (&directory.series, &is_used),
        &key_columns,
        &shape.columns,
        &parts,
        source.metadata,
        mapping,
        source.title,
    );
    let missing = found.list.iter().map(|indicator| source.declared_missing(indicator));
    let maker = Maker {
        missing: missing.collect(),
        source,
        notes,
        totals,
        directory,
        countries,
        editions,
        indicators: found,
        columns,
        parts: parts.len(),
    };
    maker.make()
}

/// All that is known when the cells are filled in.
struct Maker<'m, 't> {
    source: &'m TableSource<'t>,
    /// Of each indicator, the declared signs of missing values.
    missing: Vec<Vec<(Box<str>, Gap)>>,
    /// Rows of which only the first field says something, and that no country.
    notes: Skipped,
    /// Rows over all others.
    totals: Skipped,
    directory: Directory,
    countries: TableCountries,
    editions: TableEditions,
    indicators: TableIndicators,
    columns: Vec<FilledColumn>,
    parts: usize,
}

impl Maker<'_, '_> {
    fn make(mut self) -> MadeTable {
        let mut faults = std::mem::take(&mut self.countries.faults);
        if self.indicators.beyond > 0 {
            let message =
                format!("{} more indicators than can be shown are left out", self.indicators.beyond);
            faults.push(Fault::error("too-many-indicators", 0, message).hint("open a part of the table"));
        }
        faults.extend(self.told_of_rows());
        let (cards, matrix, gone) = self.cards();
        faults.extend(self.told_of_gone());
        let width = self.indicators.list.len();
        let shape = self.source.shape;
        let about = NumberScale { signs: shape.signs, ..NumberScale::default() };
        let mut target = FillTarget {
            text: &self.source.named.text,
            dialect: shape.dialect,
            columns: self.columns.clone(),
            parts: self.parts,
            countries: self.countries.of_key.clone(),
            editions: self.editions.of_key.clone(),
            indicators: std::mem::take(&mut self.indicators.of),
            edition_count: self.editions.list.len(),
            cards: matrix,
            width,
            typed: NumberScale {
                signs: NumberSigns { decimal: None, thousands: None, ..shape.signs },
                ..NumberScale::default()
            },
            is_sheet: self.source.named.addressing == Addressing::Sheet,
            about,
            are_words: vec![false; width],
            number_signs: self.missing.iter().map(|missing| scales::number_signs(missing)).collect(),
            repeated: vec![],
            passed: HashMap::new(),
            codes_of_values: shape.codes_of_values,
            fields: self.heading_count(),
        };
        let is_too_large = cards.len().saturating_mul(width) > MOST_CELLS;
        let grid = if is_too_large { None } else { KindGrid::new(cards.len(), width) };
        let Some(grid) = grid else {
            faults.push(too_large(cards.len(), width));
            return self.empty(faults);
        };
        let (grid, _, decided) = self.see(&mut target, grid, &mut faults);
        let kinds: Vec<[CellKind; 256]> = decided.iter().map(|decided| decided.kinds).collect();
        let values = grid.translated(&kinds, self.source.workers);
        target.put(&self.directory, &values, self.source.workers);
        let columns = values.finish(cards);
        let mut counts = self.counts(&target, gone);
        (counts.countries, counts.aggregates) = self.shown(&columns);
        for word in decided.iter().flat_map(|decided| &decided.told) {
            let known =
                counts.told.entry(word.word.clone()).or_insert_with(|| ToldWord { seen: 0, ..word.clone() });
            known.seen += word.seen;
            known.first = known.first.min(word.first);
        }
        let bytes_a_row = self.source.named.text.len() / self.directory.row_count().max(1);
        let step = (BYTES_A_START / bytes_a_row.max(1)).clamp(1, ROWS_A_START);
        let row_starts: Vec<u32> = self.directory.rows().step_by(step).map(|row| row.at).collect();
        let framework = framework::of_table(
            self.source,
            &self.countries.list,
            &self.indicators.list,
            self.editions.labels,
            decided,
        );
        MadeTable { framework, columns, row_starts, faults, counts }
    }

    /// The first way through the rows, again if it turns out that numbers are words, with what each indicator is.
    fn see(
        &self,
        target: &mut FillTarget<'_>,
        grid: KindGrid,
        faults: &mut Vec<Fault>,
    ) -> (KindGrid, FirstLook, Vec<DecidedScale>) {
        let workers = self.source.workers;
        let mut seen = target.see(&self.directory, &grid, workers);
        faults.extend(repeated::tell_ragged(target, &seen));
        let mut grid = grid;
        if !seen.too_long.is_empty() {
            target.repeated.clone_from(&seen.too_long);
            (grid, seen) = self.again(target);
        }
        let told =
            repeated::settle(target, &self.directory, &seen, &self.source.shape.columns, &self.missing);
        let (grid, seen) = if seen.repeated.is_empty() { (grid, seen) } else { self.again(target) };
        let decided = self.decide(target, &grid, &seen);
        let words: Vec<bool> = decided.iter().map(|decided| decided.has_number_words).collect();
        let (grid, seen, decided) = if words.contains(&true) {
            target.are_words = words;
            let (grid, seen) = self.again(target);
            let mut decided = self.decide(target, &grid, &seen);
            for one in &mut decided {
                one.has_number_words = false;
            }
            (grid, seen, decided)
        } else {
            (grid, seen, decided)
        };
        for cell in &told.differing {
            grid.set(*cell, CellKind::gap(Gap::Unreadable));
        }
        faults.extend(told.faults);
        let mut headings = self.source.shape.columns.iter();
        let status = headings.find(|column| column.role == ColumnRole::Status);
        faults.extend(seen.statuses.tell(status.map_or("", |column| &column.heading)));
        (grid, seen, decided)
    }

    /// What is said of rows that are not as they should be, and are read all the same.
    fn told_of_rows(&self) -> Vec<Fault> {
        let (above, open) = (self.directory.filled_down, self.directory.open_quotes);
        let mut faults = vec![];
        if above.many > 0 {
            let rows = counted(above.many, "row says no country; it is", "rows say no country; they are");
            let message = format!("{rows} taken for that of the country above");
            let hint = "if that is wrong, write the country in every row";
            faults.push(Fault::warning("country-above", above.first, message).hint(hint));
        }
        if open.many > 0 {
            let quotes = counted(open.many, "quote is", "quotes are");
            let message = format!("{quotes} never closed; the sign is taken for one of its field");
            let hint = "close it, or write it twice if it belongs to the words";
            faults.push(Fault::warning("open-quote", open.first, message).hint(hint));
        }
        faults
    }

    /// How many fields a row has; of sheets and items each has as many as it says.
    fn heading_count(&self) -> Option<usize> {
        let shape = self.source.shape;
        // Of a table that is too wide to be read whole the rest of each row is left out, and no row is too long.
        let is_whole = shape.columns.len() < super::MOST_COLUMNS;
        let is_text =
            is_whole && self.source.named.addressing == Addressing::Lines && !shape.heads.is_empty();
        is_text.then_some(shape.columns.len())
    }

    fn again(&self, target: &FillTarget<'_>) -> (KindGrid, FirstLook) {
        let cards = target.cards.iter().filter(|card| **card != NO_CARD).count();
        // There was memory for one before.
        let grid = KindGrid::new(cards, target.width).unwrap_or_else(|| KindGrid::empty(target.width));
        let seen = target.see(&self.directory, &grid, self.source.workers);
        (grid, seen)
    }

    fn decide(&self, target: &FillTarget<'_>, grid: &KindGrid, seen: &FirstLook) -> Vec<DecidedScale> {
        let has_few_numbers =
            target.have_few_numbers(self.directory.series.len(), &self.source.shape.columns);
        let known = indicators::by_id(self.source.metadata);
        let mapping = self.source.mapping;
        let decide = |(at, (indicator, words)): (usize, (&TableIndicator, &SeenWords))| {
            let mapped = indicators::mapped(mapping, &indicator.id, &indicator.title);
            let metadata =
                indicator.known_as.iter().find_map(|known_as| known.get(&fold(known_as.trim())).copied());
            let numbers = if words.each().next().is_none() {
                1
            } else {
                grid.count(at, CellKind::NUMBER) + grid.count(at, CellKind::INTERVAL)
            };
            let facts = IndicatorFacts {
                id: &indicator.id,
                mapped,
                metadata,
                unit: indicator.unit.as_deref(),
                missing: &self.missing[at],
                signs: self.source.shape.signs,
                numbers,
                has_few_numbers: has_few_numbers[at],
            };
            scales::decide(words, facts)
        };
        self.indicators.list.iter().zip(&seen.words).enumerate().map(decide).collect()
    }

    /// Countries and aggregates that have a card.
    fn shown(&self, columns: &Columns) -> (usize, usize) {
        let shown: BTreeSet<&str> = columns.cards.iter().map(|card| &*card.country).collect();
        let list = self.countries.list.iter().filter(|country| shown.contains(country.code.as_str()));
        let aggregates = list.filter(|country| country.is_aggregate).count();
        (shown.len() - aggregates, aggregates)
    }

    fn counts(&self, target: &FillTarget<'_>, gone: Skipped) -> MadeCounts {
        let is_read = |row: &&RowKeys| target.repeated.binary_search(&row.at).is_err();
        let is_used = |row: &&RowKeys| target.columns.iter().any(|column| target.cell(row, column).is_some());
        let rows = self.directory.row_count();
        let is_all_clear = self.countries.unclear.is_empty()
            && self.editions.unclear.is_empty()
            && self.notes.many + self.totals.many + gone.many + self.countries.set_aside == 0;
        let rows_used = if is_all_clear {
            rows - target.repeated.len()
        } else {
            self.directory.rows().filter(is_read).filter(is_used).count()
        };
        let sum = |all: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut skipped = Skipped::default();
            for (many, first) in all {
                skipped.first = if skipped.many == 0 { first } else { skipped.first.min(first) };
                skipped.many += many;
            }
            skipped
        };
        let unclear = sum(&mut self.countries.unclear.iter().map(|unclear| (unclear.rows, unclear.at)));
        let unclear_dates = |is_either: bool| {
            let all = self.editions.unclear.iter();
            let such = all.filter(move |(label, _)| dates::is_numeric(label) == is_either);
            sum(&mut such.map(|(_, skipped)| (skipped.many, skipped.first)))
        };
        let repeated = target.repeated.first().map_or(0, |first| *first as usize);
        let all = [
            ("a country that is not understood", unclear),
            ("set aside by the mapping", Skipped { many: self.countries.set_aside, first: 0 }),
            ("an edition that is no time", unclear_dates(false)),
            (EITHER_FIRST, unclear_dates(true)),
            ("after the end of a former country", gone),
            ("notes, of which only one field says something", self.notes),
            ("totals and averages over the rows", self.totals),
            ("no country stands in the row", self.directory.no_country),
            ("the headings again", self.directory.headings_again),
            ("more countries or editions than can be shown", self.directory.too_many),
            (
                "said twice, or split into too many fields",
                Skipped { many: target.repeated.len(), first: repeated },
            ),
        ];
        MadeCounts {
            rows: rows + self.directory.no_country.many + self.directory.headings_again.many,
            rows_used,
            left_out: all.into_iter().filter(|(_, skipped)| skipped.many > 0).collect(),
            countries: 0,
            aggregates: 0,
            unclear: self.countries.unclear.clone(),
            editions: self.editions.list.len(),
            told: BTreeMap::new(),
        }
    }

    fn empty(&self, faults: Vec<Fault>) -> MadeTable {
        let framework = Framework { of_table: true, ..Framework::empty(self.source.id) };
        MadeTable {
            framework,
            columns: Columns::new(0),
            row_starts: vec![],
            faults,
            counts: MadeCounts::default(),
        }
    }
}

fn too_large(cards: usize, width: usize) -> Fault {
    let message =
        format!("{cards} countries × editions and {width} indicators are more cells than fit into memory");
    Fault::error("too-large", 0, message).hint("open a part of the table: fewer years or fewer indicators")
}
