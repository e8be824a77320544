//! Where rows begin and which they are: a mark now and then, so that the place of a cell is found without counting all.

use crate::core::{
    delimited::{DelimitedRecord, FieldDialect},
    input_file::{Addressing, NamedText},
    parallel,
    problem::{FilePlace, PlaceForm},
};

/// Bytes, or records, between two marks.
const LINES_EVERY: usize = 1 << 16;
const RECORDS_EVERY: usize = 64;

/// The byte where a line or a record begins, and how many stand before it.
#[derive(Clone, Copy, Debug, Default)]
struct RowMark {
    at: u32,
    before: u32,
}

#[derive(Debug, Default)]
pub(super) struct RowPlaces {
    marks: Vec<RowMark>,
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl RowPlaces {
    pub(super) fn of(named: &NamedText, workers: usize) -> Self {
        let marks = match named.addressing {
            Addressing::Lines => line_marks(named.text.as_bytes(), workers),
            Addressing::Sheet | Addressing::Items => record_marks(&named.text),
        };
        Self { marks }
    }

    /// The place of the field that begins at this byte.
    pub(super) fn of_field(&self, named: &NamedText, at: usize) -> FilePlace {
        let known = self.marks.partition_point(|mark| mark.at as usize <= at).saturating_sub(1);
        let mark = self.marks.get(known).copied().unwrap_or_default();
        let (begin, before) = (mark.at as usize, mark.before as usize);
        let (line, column, form) = match named.addressing {
            Addressing::Lines => {
                let bytes = &named.text.as_bytes()[begin..at.min(named.text.len())];
                let lines = memchr::memchr_iter(b'\n', bytes).count();
                let start = memchr::memrchr(b'\n', bytes).map_or(begin, |end| begin + end + 1);
                let column = named.text.get(start..at).map_or(0, |text| text.chars().count()) + 1;
                (before + lines + 1, column, PlaceForm::Line)
            }
            Addressing::Sheet | Addressing::Items => {
                let (row, column) = record_place(&named.text, begin, at);
                match named.addressing {
                    // Before the items stand their headings.
                    Addressing::Items => ((before + row).saturating_sub(1), column, PlaceForm::Item),
                    _ => (before + row + 1, column, PlaceForm::Cell),
                }
            }
        };
        FilePlace { line: short(line), column: short(column), byte: at as u64, form }
    }

    /// How many lines or records stand before the one of this byte.
    pub(super) fn records_before(&self, named: &NamedText, at: usize) -> usize {
        let known = self.marks.partition_point(|mark| mark.at as usize <= at).saturating_sub(1);
        let mark = self.marks.get(known).copied().unwrap_or_default();
        mark.before as usize + record_place(&named.text, mark.at as usize, at).0
    }
}

/// How many records lie between, and the number of the field, from 1.
fn record_place(text: &str, mut begin: usize, at: usize) -> (usize, usize) {
    let (mut record, mut rows) = (DelimitedRecord::default(), 0);
    while let Some(next) = record.read(text, begin, FieldDialect::COMMAS, usize::MAX) {
        if at < next || next == text.len() {
            break;
        }
        rows += 1;
        begin = next;
    }
    // Before a field stands the quote that opens it.
    let fields = record.fields.iter().take_while(|field| field.start as usize <= at + 1).count();
    (rows, fields.max(1))
}

fn line_marks(bytes: &[u8], workers: usize) -> Vec<RowMark> {
    /// Marks whose lines one thread counts together.
    const AT_ONCE: usize = 64;
    let mut starts = vec![0];
    let mut from = 0;
    while let Some(rest) = bytes.get(from + LINES_EVERY..) {
        let Some(end) = memchr::memchr(b'\n', rest) else { break };
        from += LINES_EVERY + end + 1;
        starts.push(from);
    }
    let between: Vec<(usize, usize)> = starts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let lines = |(from, to): &(usize, usize)| memchr::memchr_iter(b'\n', &bytes[*from..*to]).count();
    let counted = parallel::map(between.chunks(AT_ONCE).collect(), workers, |part| {
        part.iter().map(lines).collect::<Vec<usize>>()
    });
    let mut before = 0;
    let counted = counted.into_iter().flatten().map(|lines| {
        before += lines;
        before
    });
    let befores = std::iter::once(0).chain(counted);
    starts.iter().zip(befores).map(|(at, before)| RowMark { at: short(*at), before: short(before) }).collect()
}

fn record_marks(text: &str) -> Vec<RowMark> {
    let (mut marks, mut record, mut at, mut before) = (vec![], DelimitedRecord::default(), 0, 0);
    loop {
        if before % RECORDS_EVERY == 0 {
            marks.push(RowMark { at: short(at), before: short(before) });
        }
        match record.read(text, at, FieldDialect::COMMAS, 0) {
            Some(next) if next > at => at = next,
            _ => return marks,
        }
        before += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{core::json::Places, text::Raw};

    #[test]
    fn a_place_is_the_same_with_marks_and_without() {
        let mut text = String::from("country,\"a\nb\",c\n");
        for row in 0..9000 {
            text.push_str("GHA,\"ü\",");
            text.push_str(&row.to_string());
            text.push('\n');
        }
        for addressing in [Addressing::Lines, Addressing::Sheet, Addressing::Items] {
            let named = NamedText { name: Raw::from_static("t"), text: text.clone(), addressing };
            let (places, plain) = (RowPlaces::of(&named, 2), Places::new(&named.text));
            for at in (16..named.text.len()).step_by(3001).filter(|at| text.is_char_boundary(*at)) {
                let at = named.text[at..].find(',').map_or(16, |comma| at + comma + 1);
                let at = if named.text[at..].starts_with('"') { at + 1 } else { at };
                assert_eq!(
                    places.of_field(&named, at),
                    named.place(&plain, at),
                    "{:?} {at}",
                    named.addressing
                );
            }
        }
    }
}
