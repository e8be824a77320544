//! Columns filled in any order by several threads: first what each cell is, then what it says.
//!
//! Readers of tables go through a text twice. What a cell is takes one byte; when all are known, the place of every
//! value is too, and nothing has to be sorted, copied or grown.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering::Relaxed},
};

use super::{BLOCK, CardRow, Columns, Kind, Stored};
use crate::core::{
    cell::{Gap, Marks, Value},
    counts::Counts,
    date::Date,
    interval::Interval,
    parallel,
};

/// What a cell is, before its value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellKind(u8);

impl CellKind {
    pub const ABSENT: Self = Self(Kind::ABSENT.0);
    /// Nothing is written there.
    pub const BLANK: Self = Self(Kind::BLANK.0);
    pub const NUMBER: Self = Self(Kind::NUMBER.0);
    pub const INTERVAL: Self = Self(Kind::INTERVAL.0);
    pub const DATE: Self = Self(Kind::DATE.0);
    pub const TEXT: Self = Self(Kind::TEXT.0);
    /// The most words of a column that have a kind of their own.
    pub const MOST_WORDS: u8 = Kind::BLANK.0 - Kind::FIRST_LEVEL;

    pub fn gap(gap: Gap) -> Self {
        Self(Kind::of_gap(gap).0)
    }

    /// A level of a scale, or the nth word of a column; below [`CellKind::MOST_WORDS`].
    pub const fn word(nth: u8) -> Self {
        Self(Kind::of_level(nth).0)
    }

    /// The kind at this position of a table of all kinds; below 256.
    pub fn of_index(index: usize) -> Self {
        Self(u8::try_from(index).unwrap_or(Kind::BLANK.0))
    }

    /// The position of this kind in a table of all kinds.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What every cell is. Cells are numbered card by card, indicators within.
#[derive(Debug)]
pub struct KindGrid {
    width: usize,
    kinds: Vec<AtomicU8>,
}

impl KindGrid {
    /// All cells absent. `None` if there is no memory for so many.
    pub fn new(cards: usize, width: usize) -> Option<Self> {
        let cells = cards.checked_mul(width)?;
        let mut kinds = vec![];
        kinds.try_reserve_exact(cells).ok()?;
        kinds.resize_with(cells, || AtomicU8::new(Kind::ABSENT.0));
        Some(Self { width, kinds })
    }

    /// A grid without cells.
    pub const fn empty(width: usize) -> Self {
        Self { width, kinds: vec![] }
    }

    pub fn set(&self, cell: usize, kind: CellKind) {
        self.kinds[cell].store(kind.0, Relaxed);
    }

    pub fn get(&self, cell: usize) -> CellKind {
        CellKind(self.kinds[cell].load(Relaxed))
    }

    /// Sets a cell; returns whether it was absent until then.
    pub fn claim(&self, cell: usize, kind: CellKind) -> bool {
        self.kinds[cell].swap(kind.0, Relaxed) == Kind::ABSENT.0
    }

    /// How many cells of a column are of this kind.
    pub fn count(&self, column: usize, kind: CellKind) -> usize {
        let cells = self.kinds.iter().skip(column).step_by(self.width.max(1));
        cells.filter(|cell| cell.load(Relaxed) == kind.0).count()
    }

    /// The kinds that cells mean, by column: `tables` has one of 256 for each.
    #[must_use]
    pub fn translated(self, tables: &[[CellKind; 256]], workers: usize) -> ValueGrid {
        let Self { width, kinds } = self;
        let kinds: Vec<Kind> = kinds.into_iter().map(|kind| Kind(kind.into_inner())).collect();
        ValueGrid::of(width, kinds, tables, workers)
    }
}

/// What every cell says, to be filled in.
#[derive(Debug)]
pub struct ValueGrid {
    width: usize,
    kinds: Vec<Kind>,
    index: Vec<Stored>,
    stored: Stored,
    counts: Vec<Counts>,
    places: Vec<AtomicU32>,
    marks: Vec<AtomicU16>,
    numbers: Vec<AtomicU64>,
    /// Few cells have one.
    intervals: Mutex<Vec<Option<Interval>>>,
    dates: Mutex<Vec<Option<Date>>>,
}

/// How many cells before one have a place, and how many are numbers.
#[derive(Clone, Copy, Debug, Default)]
struct CellRank {
    cell: usize,
    mentioned: usize,
    numbers: usize,
}

/// The ranks of the cells that were filled in last, one a card: what stands near one of them is counted from there.
#[derive(Debug)]
pub struct KnownRanks(Vec<CellRank>);

impl Default for KnownRanks {
    fn default() -> Self {
        Self(vec![CellRank::default(); Self::CARDS])
    }
}

impl KnownRanks {
    const CARDS: usize = 256;
    /// Cells that are counted one by one; farther away the index is quicker.
    const NEAR: usize = 48;

    fn of(&mut self, grid: &ValueGrid, cell: usize) -> CellRank {
        let known = &mut self.0[cell / grid.width.max(1) % Self::CARDS];
        let (mut mentioned, mut numbers) = (known.mentioned, known.numbers);
        if known.cell <= cell && cell - known.cell <= Self::NEAR {
            for kind in &grid.kinds[known.cell..cell] {
                mentioned += usize::from(kind.is_mentioned());
                numbers += usize::from(*kind == Kind::NUMBER);
            }
        } else {
            mentioned = super::mentioned_before(&grid.kinds, &grid.index, cell);
            numbers = super::stored_before(&grid.kinds, &grid.index, cell, Kind::NUMBER);
        }
        *known = CellRank { cell, mentioned, numbers };
        *known
    }
}

impl ValueGrid {
    fn of(width: usize, mut kinds: Vec<Kind>, tables: &[[CellKind; 256]], workers: usize) -> Self {
        // Whole rows and whole blocks, so that each thread counts its own.
        let rows_a_part = (1_usize << 22).div_ceil(width.max(1)).next_multiple_of(BLOCK);
        let parts: Vec<&mut [Kind]> = kinds.chunks_mut((rows_a_part * width).max(1)).collect();
        let counted = parallel::map(parts, workers, |part| {
            for row in part.chunks_mut(width) {
                for (kind, table) in row.iter_mut().zip(tables) {
                    *kind = Kind(table[usize::from(kind.0)].0);
                }
            }
            let counts: Vec<Counts> = part.chunks(width).map(counts_of).collect();
            let blocks: Vec<Stored> = part.chunks(BLOCK).map(Stored::of).collect();
            (counts, blocks)
        });
        let (mut index, mut counts, mut stored) = (vec![], vec![], Stored::default());
        for (part, blocks) in counted {
            counts.extend(part);
            for block in blocks {
                index.push(stored);
                stored = stored.plus(block);
            }
        }
        let many = |count: u32| count as usize;
        Self {
            width,
            kinds,
            index,
            stored,
            counts,
            places: (0..stored.mentioned).map(|_| AtomicU32::new(0)).collect(),
            marks: (0..stored.mentioned).map(|_| AtomicU16::new(0)).collect(),
            numbers: (0..stored.numbers).map(|_| AtomicU64::new(0)).collect(),
            intervals: Mutex::new(vec![None; many(stored.intervals)]),
            dates: Mutex::new(vec![None; many(stored.dates)]),
        }
    }

    pub fn kind(&self, cell: usize) -> CellKind {
        CellKind(self.kinds[cell].0)
    }

    /// Whether something is written in a cell, so that it has a place.
    pub fn is_located(&self, cell: usize) -> bool {
        self.kinds[cell].is_mentioned()
    }

    /// Fills a cell in that has a place. A value of another kind than the cell's is left out.
    pub fn put(&self, cell: usize, at: u32, value: Option<Value>, marks: Marks, known: &mut KnownRanks) {
        let kind = self.kinds[cell];
        let CellRank { mentioned: nth, numbers, .. } = known.of(self, cell);
        self.places[nth].store(at, Relaxed);
        if !marks.is_empty() {
            self.marks[nth].store(marks.bits(), Relaxed);
        }
        let before = || super::stored_before(&self.kinds, &self.index, cell, kind);
        match value {
            Some(Value::Number(number)) if kind == Kind::NUMBER => {
                self.numbers[numbers].store(number.to_bits(), Relaxed);
            }
            Some(Value::Interval(interval)) if kind == Kind::INTERVAL => {
                self.intervals.lock().unwrap_or_else(PoisonError::into_inner)[before()] = Some(interval);
            }
            Some(Value::Date(date)) if kind == Kind::DATE => {
                self.dates.lock().unwrap_or_else(PoisonError::into_inner)[before()] = Some(date);
            }
            _ => {}
        }
    }

    /// The columns. `cards` are those of the rows, in their order, without counts.
    pub fn finish(self, mut cards: Vec<CardRow>) -> Columns {
        for (card, counts) in cards.iter_mut().zip(&self.counts) {
            card.counts = *counts;
        }
        let all = |of: Mutex<Vec<Option<Interval>>>| of.into_inner().unwrap_or_else(PoisonError::into_inner);
        let nothing = Interval::beyond(0.0, true, false);
        let dates = self.dates.into_inner().unwrap_or_else(PoisonError::into_inner);
        Columns {
            cards,
            width: self.width,
            kinds: self.kinds,
            index: self.index,
            stored: self.stored,
            places: self.places.into_iter().map(AtomicU32::into_inner).collect(),
            marks: self
                .marks
                .into_iter()
                .map(|marks| Marks::from_bits_truncate(marks.into_inner()))
                .collect(),
            numbers: self.numbers.into_iter().map(|bits| f64::from_bits(bits.into_inner())).collect(),
            intervals: all(self.intervals).into_iter().map(|interval| interval.unwrap_or(nothing)).collect(),
            dates: dates.into_iter().flatten().collect(),
            treaties: vec![],
        }
    }
}

fn counts_of(row: &[Kind]) -> Counts {
    let many = |is_such: &dyn Fn(Kind) -> bool| {
        u32::try_from(row.iter().filter(|kind| is_such(**kind)).count()).unwrap_or(u32::MAX)
    };
    let not_applicable = Kind::of_gap(Gap::NotApplicable);
    let not_applicable = many(&|kind| kind == not_applicable);
    let given = many(&|kind| kind.0 >= Kind::NUMBER.0 && kind != Kind::BLANK);
    let all = u32::try_from(row.len()).unwrap_or(u32::MAX);
    Counts { given, missing: all - given - not_applicable, not_applicable }
}
