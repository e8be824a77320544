//! Collects the cells of a sheet in any order and lays them out as text.

use std::ops::Range;

use calamine::{CellErrorType, DataType, Dimensions};

use super::fault::{WorkbookFault, too_large};
use super::text::{push, push_field, push_moment, push_percent};

/// A text merged over more rows or columns than this is spread only over those the sheet uses: a title is
/// often merged over all 16,384 columns.
const WIDEST_SPREAD: u32 = 1_000;

/// A cell that is not empty.
#[derive(Clone)]
struct Spot {
    /// Row and column.
    place: (u32, u32),
    /// Its field in the text of all fields.
    field: Range<usize>,
    is_text: bool,
}

/// The cells of a sheet in any order: all fields in one text, as they are to be written.
pub(super) struct SheetCells {
    fields: String,
    spots: Vec<Spot>,
    most_bytes: u64,
    /// What the sheets before have left of `most_bytes`.
    left: u64,
}

impl SheetCells {
    pub(super) fn new(most_bytes: u64, left: u64) -> Self {
        Self { fields: String::new(), spots: Vec::new(), most_bytes, left }
    }

    pub(super) fn put(
        &mut self,
        place: (u32, u32),
        value: &impl DataType,
        is_percent: bool,
    ) -> Result<(), WorkbookFault> {
        let fields = &mut self.fields;
        let start = fields.len();
        if let Some(text) = value.get_string() {
            push_field(fields, text);
        } else if let Some(number) = value.get_int() {
            if is_percent {
                push_percent(fields, number);
            } else {
                push(fields, number);
            }
        } else if let Some(number) = value.get_float() {
            if is_percent && number.is_finite() {
                push_percent(fields, number);
            } else {
                // The sum has no minus before a zero.
                push(fields, number + 0.0);
            }
        } else if let Some(truth) = value.get_bool() {
            push(fields, truth);
        } else if let Some(moment) = value.get_datetime() {
            push_moment(fields, &moment);
        } else if let Some(text) = value.get_datetime_iso().or(value.get_duration_iso()) {
            let text = text.strip_suffix("T00:00:00").unwrap_or(text);
            let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:.+".contains(&byte));
            if is_plain { fields.push_str(text) } else { push_field(fields, text) }
        } else if let Some(error) = value.get_error() {
            match error {
                CellErrorType::GettingData => fields.push_str("#GETTING_DATA"),
                error => push(fields, error),
            }
        }
        let field = start..fields.len();
        if !field.is_empty() {
            self.spots.push(Spot { place, field, is_text: value.is_string() });
        }
        self.check_length(self.fields.len() as u64)
    }

    pub(super) fn into_text(mut self, merges: &[Dimensions]) -> Result<String, WorkbookFault> {
        if self.spots.is_empty() {
            return Ok(String::new());
        }
        // Of two cells in one place the later one counts.
        self.spots.sort_by_key(|spot| spot.place);
        self.spread(merges)?;
        let rows = self.spots.last().map_or(0, |spot| spot.place.0 as usize);
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let mut text = String::with_capacity((self.fields.len() + self.spots.len() + rows + 1).min(most));
        let (mut row, mut column) = (0, 0);
        let mut spots = self.spots.iter().peekable();
        while let Some(spot) = spots.next() {
            if spots.peek().is_some_and(|next| next.place == spot.place) {
                continue;
            }
            if spot.place.0 > row {
                column = 0;
            }
            let gap = u64::from(spot.place.0 - row) + u64::from(spot.place.1 - column);
            self.check_length((text.len() + spot.field.len() + 1) as u64 + gap)?;
            text.extend((row..spot.place.0).map(|_| '\n'));
            text.extend((column..spot.place.1).map(|_| ','));
            text.push_str(&self.fields[spot.field.clone()]);
            (row, column) = spot.place;
        }
        text.push('\n');
        Ok(text)
    }

    /// Gives the text of a merged area, which is that of its first cell, to all its cells, in place of what
    /// they may hold unseen.
    fn spread(&mut self, merges: &[Dimensions]) -> Result<(), WorkbookFault> {
        let known = self.spots.len();
        let last_row = self.spots.last().map_or(0, |spot| spot.place.0);
        let last_column = self.spots.iter().map(|spot| spot.place.1).max().unwrap_or(0);
        let first_column = self.spots.iter().map(|spot| spot.place.1).min().unwrap_or(0);
        let mut length = self.fields.len() as u64;
        for area in merges {
            let after = self.spots[..known].partition_point(|spot| spot.place <= area.start);
            let Some(first) = after.checked_sub(1).and_then(|index| self.spots.get(index)) else {
                continue;
            };
            if first.place != area.start || !first.is_text {
                continue;
            }
            // A band over the whole width is one title, not the same one in every column.
            let is_row = area.start.0 == area.end.0 && first_column < last_column;
            if is_row && area.start.1 <= first_column && area.end.1 >= last_column {
                continue;
            }
            let first = first.clone();
            let end = |start: u32, end: u32, last: u32| {
                if end.saturating_sub(start) < WIDEST_SPREAD { end } else { end.min(last) }
            };
            let rows = area.start.0..=end(area.start.0, area.end.0, last_row);
            let columns = area.start.1..=end(area.start.1, area.end.1, last_column);
            for row in rows {
                for column in columns.clone().filter(|&column| (row, column) != area.start) {
                    length += 1 + first.field.len() as u64;
                    self.check_length(length)?;
                    self.spots.push(Spot { place: (row, column), ..first.clone() });
                }
            }
        }
        self.spots.sort_by_key(|spot| spot.place);
        Ok(())
    }

    fn check_length(&self, length: u64) -> Result<(), WorkbookFault> {
        if length > self.left {
            return Err(too_large(format_args!(
                "its sheets are more than {} bytes as text",
                self.most_bytes
            )));
        }
        Ok(())
    }
}
