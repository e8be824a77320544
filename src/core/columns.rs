//! The cards of one file in columns: a byte for every cell, and more only for those that a card mentions.

mod grid;

pub use self::grid::{CellKind, KindGrid, KnownRanks, ValueGrid};

use std::ops::Range;

use super::{
    cell::{Cell, Gap, Marks, Treaty, Value},
    counts::Counts,
    date::Date,
    interval::Interval,
    period::Period,
};

/// One card: who, when, and where it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct CardRow {
    /// Alpha-3 or user-assigned code, as resolved.
    pub country: Box<str>,
    pub name: Box<str>,
    /// The country as the card writes it, where that is not its code.
    pub written: Option<Box<str>>,
    pub edition: Period,
    pub edition_label: Box<str>,
    pub assessed_on: Option<Date>,
    /// Byte offset of the card in the text of the cards.
    pub at: u32,
    /// Byte offset of the sources that it names, if it names any.
    pub sources_at: Option<u32>,
    pub counts: Counts,
    /// Whether another card of the same country and edition says something else, so that neither is shown.
    pub is_contested: bool,
}

/// Cells between two entries of the index.
const BLOCK: usize = 128;

/// The rows of cards. `width` indicators a card, card after card.
///
/// Every cell of the grid takes one byte; a cell that its card mentions takes six more, and its value, if the byte does
/// not hold it, eight for a number, more for an interval or a few for a date or a treaty. What is stored beside the byte is found by counting
/// the bytes of the same kind since the last entry of the index: at most 128 of them.
#[derive(Debug, Default)]
pub struct Columns {
    pub cards: Vec<CardRow>,
    width: usize,
    kinds: Vec<Kind>,
    /// How much is stored before each block of cells.
    index: Vec<Stored>,
    /// How much is stored in all.
    stored: Stored,
    /// Of each mentioned cell, the byte offset of its value in the text.
    places: Vec<u32>,
    /// Of each mentioned cell.
    marks: Vec<Marks>,
    numbers: Vec<f64>,
    intervals: Vec<Interval>,
    dates: Vec<Date>,
    treaties: Vec<Treaty>,
}

/// Numbers of stored things.
#[derive(Clone, Copy, Debug, Default)]
struct Stored {
    mentioned: u32,
    numbers: u32,
    intervals: u32,
    dates: u32,
    treaties: u32,
}

/// What a cell is, and its level if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind(u8);

impl Kind {
    const ABSENT: Self = Self(0);
    const NUMBER: Self = Self(7);
    const DATE: Self = Self(8);
    const TEXT: Self = Self(9);
    const TREATY: Self = Self(10);
    const INTERVAL: Self = Self(11);
    const FIRST_LEVEL: u8 = 12;
    /// Empty, with nothing written that would have a place.
    const BLANK: Self = Self(255);
    /// The reasons of the kinds below [`Kind::NUMBER`].
    const GAPS: [Gap; 7] = [
        Gap::Absent,
        Gap::Empty,
        Gap::NotAssessed,
        Gap::NoData,
        Gap::NotApplicable,
        Gap::Withheld,
        Gap::Unreadable,
    ];

    /// The kind of a gap that a card has; a card cannot say that there is none.
    fn of_gap(gap: Gap) -> Self {
        let at = Self::GAPS.iter().position(|known| *known == gap).unwrap_or_default();
        Self(u8::try_from(at).unwrap_or_default())
    }

    /// Whether something is stored beside the byte.
    fn is_mentioned(self) -> bool {
        self != Self::ABSENT && self != Self::BLANK
    }

    /// The kind of a level of a scale, of which there are at most [`MOST_LEVELS`](super::scale::MOST_LEVELS).
    const fn of_level(level: u8) -> Self {
        Self(Self::FIRST_LEVEL.saturating_add(level))
    }
}

/// A cell of a row that is not in the columns yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowCell {
    /// The position of the indicator in the framework.
    pub column: u16,
    /// Byte offset of the cell in its text.
    pub at: u32,
    pub cell: Cell,
    /// The dates of a treaty. Its level is worked out when the row is added.
    pub treaty: Option<Treaty>,
    pub as_of: Option<Date>,
}

impl Columns {
    /// No rows yet, of this many indicators each.
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// Adds a finished row, of which each column is named at most once; columns that are not named are absent. Treaty
    /// levels are those at the card's date.
    pub fn push(&mut self, mut card: CardRow, cells: &mut [RowCell]) {
        if !cells.is_sorted_by_key(|cell| cell.column) {
            cells.sort_unstable_by_key(|cell| cell.column);
        }
        let first = self.kinds.len();
        let end = first + self.width;
        self.kinds.resize(end, Kind::ABSENT);
        for cell in &*cells {
            card.counts.add(&cell.cell);
        }
        card.counts.missing += u32::try_from(self.width - cells.len()).unwrap_or(u32::MAX);
        let mut cells = cells.iter().map(|cell| (first + usize::from(cell.column), cell)).peekable();
        for start in (first.next_multiple_of(BLOCK)..end).step_by(BLOCK) {
            while let Some((position, cell)) = cells.next_if(|(position, _)| *position < start) {
                self.store(position, cell);
            }
            self.index.push(self.stored);
        }
        for (position, cell) in cells {
            self.store(position, cell);
        }
        self.cards.push(card);
    }

    fn store(&mut self, position: usize, RowCell { at, cell, treaty, .. }: &RowCell) {
        self.stored.mentioned += 1;
        self.places.push(*at);
        self.marks.push(cell.marks);
        self.kinds[position] = match (cell.state, treaty) {
            (Err(gap), _) => Kind::of_gap(gap),
            (Ok(_), Some(treaty)) => {
                self.stored.treaties += 1;
                self.treaties.push(*treaty);
                Kind::TREATY
            }
            (Ok(Value::Level(level)), None) => Kind::of_level(level),
            (Ok(Value::Number(number)), None) => {
                self.stored.numbers += 1;
                self.numbers.push(number);
                Kind::NUMBER
            }
            (Ok(Value::Interval(interval)), None) => {
                self.stored.intervals += 1;
                self.intervals.push(interval);
                Kind::INTERVAL
            }
            (Ok(Value::Date(date)), None) => {
                self.stored.dates += 1;
                self.dates.push(date);
                Kind::DATE
            }
            (Ok(Value::Text), None) => Kind::TEXT,
        };
    }

    /// Takes other rows over the same text and framework, after the own ones.
    pub fn append(&mut self, other: &mut Self) {
        self.places.append(&mut other.places);
        self.marks.append(&mut other.marks);
        self.numbers.append(&mut other.numbers);
        self.intervals.append(&mut other.intervals);
        self.dates.append(&mut other.dates);
        self.treaties.append(&mut other.treaties);
        self.cards.append(&mut other.cards);
        for kind in std::mem::take(&mut other.kinds) {
            if self.kinds.len().is_multiple_of(BLOCK) {
                self.index.push(self.stored);
            }
            self.stored = self.stored.plus(Stored::of(&[kind]));
            self.kinds.push(kind);
        }
    }

    /// Makes every cell of a row unreadable and takes its words away, since another card says something else.
    pub fn contest(&mut self, row: usize) {
        let missing = u32::try_from(self.width).unwrap_or(u32::MAX);
        let card = &mut self.cards[row];
        (card.counts, card.is_contested) = (Counts { missing, ..Counts::default() }, true);
    }

    /// Every number that a card gives in some columns, with its row and column; cards that are contested have none.
    pub fn each_number(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
        mut take: impl FnMut(usize, usize, f64),
    ) {
        let columns = columns.start..columns.end.min(self.width);
        if columns.is_empty() {
            return;
        }
        let rows = rows.start..rows.end.min(self.cards.len());
        for row in rows.filter(|row| !self.cards[*row].is_contested) {
            let first = row * self.width + columns.start;
            let kinds = &self.kinds[first..first + columns.len()];
            let numbers = &self.numbers[self.before(first, Kind::NUMBER)..];
            let of_numbers = columns.clone().zip(kinds).filter(|(_, kind)| **kind == Kind::NUMBER);
            for ((column, _), number) in of_numbers.zip(numbers) {
                take(row, column, *number);
            }
        }
    }

    /// Marks a cell that its card mentions.
    pub fn mark(&mut self, row: usize, column: usize, mark: Marks) {
        let at = self.mentioned_before(row * self.width + column);
        self.marks[at] |= mark;
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell {
        let card = &self.cards[row];
        let position = row * self.width + column;
        let kind = self.kinds[position];
        let state = match kind {
            _ if card.is_contested => return Cell::gap(Gap::Unreadable),
            Kind::NUMBER => Ok(Value::Number(self.numbers[self.before(position, kind)])),
            Kind::INTERVAL => Ok(Value::Interval(self.intervals[self.before(position, kind)])),
            Kind::DATE => Ok(Value::Date(self.dates[self.before(position, kind)])),
            Kind::TEXT => Ok(Value::Text),
            Kind::TREATY => {
                let as_of = card.assessed_on.unwrap_or(card.edition.as_of());
                Ok(Value::Level(self.treaties[self.before(position, kind)].level(as_of)))
            }
            Kind::BLANK => return Cell::gap(Gap::Empty),
            Kind(gap) if gap < Kind::NUMBER.0 => return Cell::gap(Kind::GAPS[usize::from(gap)]),
            Kind(level) => Ok(Value::Level(level - Kind::FIRST_LEVEL)),
        };
        Cell { state, marks: self.marks[self.mentioned_before(position)] }
    }

    /// The number of stored numbers, intervals, dates or treaties before this position.
    fn before(&self, position: usize, kind: Kind) -> usize {
        stored_before(&self.kinds, &self.index, position, kind)
    }

    fn mentioned_before(&self, position: usize) -> usize {
        mentioned_before(&self.kinds, &self.index, position)
    }

    /// The dates behind a treaty cell.
    pub fn treaty(&self, row: usize, column: usize) -> Option<Treaty> {
        let position = row * self.width + column;
        let is_treaty = !self.cards[row].is_contested && self.kinds[position] == Kind::TREATY;
        is_treaty.then(|| self.treaties[self.before(position, Kind::TREATY)])
    }

    /// Byte offset of the cell in its text.
    pub fn place(&self, row: usize, column: usize) -> Option<usize> {
        let position = row * self.width + column;
        let is_mentioned = !self.cards[row].is_contested && self.kinds[position].is_mentioned();
        is_mentioned.then(|| self.places[self.mentioned_before(position)] as usize)
    }

    /// Gives back what growing took in reserve.
    pub fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.index.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.places.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.intervals.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.treaties.shrink_to_fit();
        self.cards.shrink_to_fit();
    }

    /// The bytes that the cells take.
    pub fn bytes(&self) -> usize {
        self.kinds.capacity()
            + self.index.capacity() * size_of::<Stored>()
            + self.places.capacity() * size_of::<u32>()
            + self.marks.capacity() * size_of::<Marks>()
            + self.numbers.capacity() * size_of::<f64>()
            + self.intervals.capacity() * size_of::<Interval>()
            + self.dates.capacity() * size_of::<Date>()
            + self.treaties.capacity() * size_of::<Treaty>()
    }
}

impl Stored {
    /// What is stored for these cells.
    fn of(kinds: &[Kind]) -> Self {
        let many = |is_such: &dyn Fn(Kind) -> bool| {
            u32::try_from(kinds.iter().filter(|kind| is_such(**kind)).count()).unwrap_or(u32::MAX)
        };
        Self {
            mentioned: many(&|kind| kind.is_mentioned()),
            numbers: many(&|kind| kind == Kind::NUMBER),
            intervals: many(&|kind| kind == Kind::INTERVAL),
            dates: many(&|kind| kind == Kind::DATE),
            treaties: many(&|kind| kind == Kind::TREATY),
        }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            mentioned: self.mentioned + other.mentioned,
            numbers: self.numbers + other.numbers,
            intervals: self.intervals + other.intervals,
            dates: self.dates + other.dates,
            treaties: self.treaties + other.treaties,
        }
    }
}

/// The number of things of a kind that are stored before this position.
fn stored_before(kinds: &[Kind], index: &[Stored], position: usize, kind: Kind) -> usize {
    let stored = index[position / BLOCK];
    let earlier = match kind {
        Kind::NUMBER => stored.numbers,
        Kind::INTERVAL => stored.intervals,
        Kind::DATE => stored.dates,
        _ => stored.treaties,
    };
    earlier as usize + since_index(kinds, position, |other| other == kind)
}

/// The number of cells with a place before this position.
fn mentioned_before(kinds: &[Kind], index: &[Stored], position: usize) -> usize {
    let earlier = index[position / BLOCK].mentioned;
    earlier as usize + since_index(kinds, position, Kind::is_mentioned)
}

/// How many cells since the last entry of the index are such: fewer than a block, which a byte can count. Bytes that
/// wrap are added many at a time.
fn since_index(kinds: &[Kind], position: usize, is_such: impl Fn(Kind) -> bool) -> usize {
    let since = &kinds[position / BLOCK * BLOCK..position];
    usize::from(since.iter().fold(0_u8, |count, kind| count.wrapping_add(u8::from(is_such(*kind)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> CardRow {
        CardRow {
            country: "IRL".into(),
            name: "Ireland".into(),
            written: None,
            edition: Date::parse("2010").unwrap().into(),
            edition_label: "2010".into(),
            assessed_on: None,
            at: 0,
            sources_at: None,
            counts: Counts::default(),
            is_contested: false,
        }
    }

    /// A cell of any kind, from a number.
    fn cell(column: u16, seed: u32) -> RowCell {
        let day = Date::parse(&format!("20{:02}", seed % 90 + 10)).unwrap();
        let mut treaty = None;
        let state = match seed % 8 {
            0 => Err(Gap::Unreadable),
            1 => Err(Gap::NoData),
            2 => Ok(Value::Number(f64::from(seed))),
            3 => Ok(Value::Date(day)),
            4 => Ok(Value::Text),
            5 => {
                let signed = Some(day);
                treaty = Some(Treaty { signed, bound: None, act: None });
                Ok(Value::Level(u8::from(day <= Date::parse("2010").unwrap())))
            }
            6 => Ok(Value::Interval(Interval::beyond(f64::from(seed), true, true))),
            _ => Ok(Value::Level(239)),
        };
        let marks = if state.is_ok() { Marks::from_bits_truncate(1 << (seed % 11)) } else { Marks::empty() };
        RowCell { column, at: seed, cell: Cell { state, marks }, treaty, as_of: None }
    }

    #[test]
    fn what_goes_into_a_grid_of_any_width_comes_out_of_it_whole_or_in_parts() {
        for width in [1, 7, 127, 128, 129, 300, 1000] {
            let rows: Vec<Vec<RowCell>> = (0..9_u32)
                .map(|row| {
                    let columns = (0..u16::try_from(width).unwrap()).rev();
                    let is_named = |column: &u16| (u32::from(*column) * 7 + row * 3) % (row + 1) == 0;
                    columns
                        .filter(is_named)
                        .map(|column| cell(column, u32::from(column) * 31 + row * 17))
                        .collect()
                })
                .collect();
            let mut whole = Columns::new(width);
            let mut parts = Columns::new(width);
            for part in rows.chunks(2) {
                let mut other = Columns::new(width);
                for row in part {
                    whole.push(card(), &mut row.clone());
                    other.push(card(), &mut row.clone());
                }
                parts.append(&mut other);
            }
            for (at, row) in rows.iter().enumerate() {
                let mut counts = Counts::default();
                for column in 0..width {
                    let stated = row.iter().find(|cell| usize::from(cell.column) == column);
                    let wanted = stated.map_or(Cell::gap(Gap::Absent), |stated| stated.cell);
                    for columns in [&whole, &parts] {
                        assert_eq!(columns.cell(at, column), wanted, "{width}: {at}, {column}");
                        assert_eq!(columns.place(at, column), stated.map(|stated| stated.at as usize));
                        assert_eq!(columns.treaty(at, column), stated.and_then(|stated| stated.treaty));
                    }
                    counts.add(&wanted);
                }
                assert_eq!((whole.cards[at].counts, parts.cards[at].counts), (counts, counts));
            }
        }
    }
}
