//! The cards of one file in columns: ten bytes a cell beside the file's own text.

use super::{
    cell::{Cell, Gap, Marks, Treaty, Value},
    counts::Counts,
    date::Date,
};
use crate::text::Raw;

/// One card: who, when, and where it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct CardRow {
    /// Alpha-3 or user-assigned code, as resolved.
    pub country: Box<str>,
    pub name: Box<str>,
    pub edition: Date,
    pub edition_label: Box<str>,
    pub assessed_on: Option<Date>,
    /// Byte offset of the card's opening brace in the text.
    pub at: u32,
    /// Byte offset of its `sources` object, if it has one.
    pub sources_at: Option<u32>,
    pub counts: Counts,
}

/// Byte offset of a cell that is not in the text.
const NOWHERE: u32 = u32::MAX;

/// The cards of one file. `width` indicators a card, card after card.
#[derive(Debug, Default)]
pub struct Batch {
    pub file: Raw<'static>,
    pub text: String,
    pub cards: Vec<CardRow>,
    width: usize,
    kinds: Vec<Packed>,
    marks: Vec<Marks>,
    codes: Vec<u32>,
    places: Vec<u32>,
    numbers: Vec<f64>,
    dates: Vec<Date>,
    treaties: Vec<Treaty>,
}

/// How much a batch held at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Checkpoint {
    cards: usize,
    numbers: usize,
    dates: usize,
    treaties: usize,
}

/// What a cell's code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packed {
    Gap(Gap),
    Level,
    Number,
    Date,
    Text,
    /// A treaty: its level is in the code's low byte, its dates at the index above it.
    Treaty,
}

impl Batch {
    /// A batch over a text shorter than 4 GiB.
    pub fn new(file: Raw<'static>, text: String, width: usize) -> Self {
        Self { file, text, width, ..Self::default() }
    }

    /// Starts a row of absent cells and returns its first position, which is always the one after the last finished
    /// row: whatever an unfinished row has left is dropped.
    pub fn start_row(&mut self) -> usize {
        self.drop_row();
        let first = self.kinds.len();
        let end = first + self.width;
        self.kinds.resize(end, Packed::Gap(Gap::Absent));
        self.marks.resize(end, Marks::empty());
        self.codes.resize(end, 0);
        self.places.resize(end, NOWHERE);
        first
    }

    /// Drops the row that was started and not finished, if there is one.
    pub fn drop_row(&mut self) {
        let first = self.cards.len() * self.width;
        self.kinds.truncate(first);
        self.marks.truncate(first);
        self.codes.truncate(first);
        self.places.truncate(first);
    }

    /// How much the batch holds now, so that [`Batch::rewind`] can take back what comes after.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            cards: self.cards.len(),
            numbers: self.numbers.len(),
            dates: self.dates.len(),
            treaties: self.treaties.len(),
        }
    }

    /// Takes back every row, finished or not, that was started since the checkpoint.
    pub fn rewind(&mut self, to: Checkpoint) {
        self.cards.truncate(to.cards);
        self.numbers.truncate(to.numbers);
        self.dates.truncate(to.dates);
        self.treaties.truncate(to.treaties);
        self.drop_row();
    }

    /// Whether the text mentions the cell at this position.
    pub fn is_set(&self, position: usize) -> bool {
        self.places[position] != NOWHERE
    }

    /// Writes a cell; `at` is the byte offset of its value in the text.
    pub fn set(&mut self, position: usize, cell: Cell, at: usize) {
        let (kind, code) = match cell.state {
            Err(gap) => (Packed::Gap(gap), 0),
            Ok(Value::Level(level)) => (Packed::Level, u32::from(level)),
            Ok(Value::Number(number)) => (Packed::Number, push(&mut self.numbers, number)),
            Ok(Value::Date(date)) => (Packed::Date, push(&mut self.dates, date)),
            Ok(Value::Text) => (Packed::Text, 0),
        };
        self.kinds[position] = kind;
        self.codes[position] = code;
        self.marks[position] = cell.marks;
        self.places[position] = u32::try_from(at).unwrap_or(NOWHERE - 1);
    }

    /// Writes a treaty cell; its level waits for the card's date.
    pub fn set_treaty(&mut self, position: usize, treaty: Treaty, marks: Marks, at: usize) {
        self.set(position, Cell { state: Ok(Value::Level(0)), marks }, at);
        self.kinds[position] = Packed::Treaty;
        self.codes[position] = push(&mut self.treaties, treaty) << 8;
    }

    /// Ends a row: derives treaty levels as of the card's date, marks what is outdated, and counts.
    pub fn finish_row(&mut self, first: usize, mut card: CardRow) {
        let as_of = card.assessed_on.unwrap_or(card.edition.last_day());
        for position in first..first + self.width {
            if self.kinds[position] == Packed::Treaty {
                let index = self.codes[position] >> 8;
                let level = self.treaties[index as usize].level(as_of);
                self.codes[position] = index << 8 | u32::from(level);
            }
            card.counts.add(&self.cell_at(position));
        }
        self.cards.push(card);
    }

    pub fn add_mark(&mut self, position: usize, mark: Marks) {
        self.marks[position] |= mark;
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cell_at(row * self.width + column)
    }

    fn cell_at(&self, position: usize) -> Cell {
        let code = self.codes[position];
        let state = match self.kinds[position] {
            Packed::Gap(gap) => Err(gap),
            Packed::Level | Packed::Treaty => Ok(Value::Level(code.to_le_bytes()[0])),
            Packed::Number => Ok(Value::Number(self.numbers[code as usize])),
            Packed::Date => Ok(Value::Date(self.dates[code as usize])),
            Packed::Text => Ok(Value::Text),
        };
        Cell { state, marks: self.marks[position] }
    }

    /// The dates behind a treaty cell.
    pub fn treaty(&self, row: usize, column: usize) -> Option<Treaty> {
        let position = row * self.width + column;
        (self.kinds[position] == Packed::Treaty).then(|| self.treaties[(self.codes[position] >> 8) as usize])
    }

    /// Byte offset of the cell's value in the text.
    pub fn place(&self, row: usize, column: usize) -> Option<usize> {
        let at = self.places[row * self.width + column];
        (at != NOWHERE).then_some(at as usize)
    }

    /// Gives back what growing took in reserve.
    pub fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.codes.shrink_to_fit();
        self.places.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.cards.shrink_to_fit();
    }

    pub fn bytes(&self) -> usize {
        self.text.len() + self.kinds.capacity() * 2 + self.codes.capacity() * 8 + self.numbers.capacity() * 8
    }
}

fn push<T>(column: &mut Vec<T>, value: T) -> u32 {
    column.push(value);
    u32::try_from(column.len() - 1).unwrap_or(u32::MAX)
}
