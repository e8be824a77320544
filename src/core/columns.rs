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
    /// Whether another card of the same country and edition says something else, so that neither is shown.
    pub is_contested: bool,
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

/// A cell of a row that is not in the batch yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowCell {
    /// The position of the indicator in the framework.
    pub column: u16,
    /// Byte offset of the cell's value in the text.
    pub at: u32,
    pub cell: Cell,
    /// The dates of a treaty. Its level is worked out when the row is added.
    pub treaty: Option<Treaty>,
    pub as_of: Option<Date>,
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

    /// Adds a finished row, of which each column is named at most once; columns that are not named are absent. Treaty
    /// levels are those at the card's date.
    pub fn push(&mut self, mut card: CardRow, cells: &[RowCell]) {
        let as_of = card.assessed_on.unwrap_or(card.edition.last_day());
        let first = self.kinds.len();
        let end = first + self.width;
        self.kinds.resize(end, Packed::Gap(Gap::Absent));
        self.marks.resize(end, Marks::empty());
        self.codes.resize(end, 0);
        self.places.resize(end, NOWHERE);
        for cell in cells {
            self.set(first + usize::from(cell.column), cell, as_of);
        }
        for position in first..end {
            card.counts.add(&self.cell_at(position));
        }
        self.cards.push(card);
    }

    /// Takes the rows of another batch over the same text and framework, after the own ones.
    pub fn append(&mut self, other: &mut Self) {
        if self.cards.is_empty() {
            let (file, text) = (std::mem::take(&mut self.file), std::mem::take(&mut self.text));
            *self = Self { file, text, ..std::mem::take(other) };
            return;
        }
        let [numbers, dates, treaties] = [self.numbers.len(), self.dates.len(), self.treaties.len()]
            .map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        let codes = other.codes.iter().zip(&other.kinds).map(|(code, kind)| match kind {
            Packed::Number => code + numbers,
            Packed::Date => code + dates,
            Packed::Treaty => code + (treaties << 8),
            Packed::Gap(_) | Packed::Level | Packed::Text => *code,
        });
        self.codes.extend(codes);
        self.kinds.append(&mut other.kinds);
        self.marks.append(&mut other.marks);
        self.places.append(&mut other.places);
        self.numbers.append(&mut other.numbers);
        self.dates.append(&mut other.dates);
        self.treaties.append(&mut other.treaties);
        self.cards.append(&mut other.cards);
    }

    fn set(&mut self, position: usize, RowCell { at, cell, treaty, .. }: &RowCell, as_of: Date) {
        let (kind, code) = match (cell.state, treaty) {
            (Err(gap), _) => (Packed::Gap(gap), 0),
            (Ok(_), Some(treaty)) => {
                let level = u32::from(treaty.level(as_of));
                (Packed::Treaty, push(&mut self.treaties, *treaty) << 8 | level)
            }
            (Ok(Value::Level(level)), None) => (Packed::Level, u32::from(level)),
            (Ok(Value::Number(number)), None) => (Packed::Number, push(&mut self.numbers, number)),
            (Ok(Value::Date(date)), None) => (Packed::Date, push(&mut self.dates, date)),
            (Ok(Value::Text), None) => (Packed::Text, 0),
        };
        self.kinds[position] = kind;
        self.codes[position] = code;
        self.marks[position] = cell.marks;
        self.places[position] = (*at).min(NOWHERE - 1);
    }

    /// Makes every cell of a row unreadable and takes its words away, since another card says something else.
    pub fn contest(&mut self, row: usize) {
        let first = row * self.width;
        let mut counts = Counts::default();
        for position in first..first + self.width {
            self.kinds[position] = Packed::Gap(Gap::Unreadable);
            self.codes[position] = 0;
            self.marks[position] = Marks::empty();
            self.places[position] = NOWHERE;
            counts.add(&self.cell_at(position));
        }
        let card = &mut self.cards[row];
        (card.counts, card.is_contested) = (counts, true);
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
