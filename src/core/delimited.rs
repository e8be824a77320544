//! Splits a text into records and fields: separators and quotes as in RFC 4180, leniently.

use std::{borrow::Cow, ops::Range};

/// How the fields of a text are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDialect {
    pub separator: u8,
    /// Separates keys that stand together in the first field, as Eurostat joins them.
    pub within_first: Option<u8>,
}

impl FieldDialect {
    /// Commas: what the readers of workbooks and JSON write.
    pub const COMMAS: Self = Self { separator: b',', within_first: None };
}

/// The bytes of one field in its text, without its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSpan {
    pub start: u32,
    pub end: u32,
    /// Whether it stood in quotes, so that two of them inside mean one.
    pub is_quoted: bool,
}

impl FieldSpan {
    /// What stands there, without white space around it.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let field = text.get(self.start as usize..self.end as usize).unwrap_or_default();
        let is_bare = match field.as_bytes() {
            [only] => only.is_ascii_graphic(),
            [first, .., last] => first.is_ascii_graphic() && last.is_ascii_graphic(),
            [] => true,
        };
        let field = if is_bare { field } else { field.trim() };
        if self.is_quoted && field.contains("\"\"") {
            Cow::Owned(field.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(field)
        }
    }
}

/// Where the fields that were wanted end.
enum SplitEnd {
    /// With the record, at this byte.
    Record(usize),
    /// Before another field, which begins here.
    Field(usize),
}

/// The fields of one record.
#[derive(Clone, Debug, Default)]
pub struct DelimitedRecord {
    /// The byte it begins at.
    pub at: usize,
    /// Fields before the first one that was read.
    pub left_out: usize,
    pub fields: Vec<FieldSpan>,
    /// The byte of a quote that is not closed; it counts as a character of its field.
    pub open_quote: Option<usize>,
}

impl DelimitedRecord {
    /// What stands in a field; nothing behind the last one.
    pub fn get<'t>(&self, text: &'t str, field: usize) -> Cow<'t, str> {
        self.span(field).map_or(Cow::Borrowed(""), |span| span.text(text))
    }

    /// Where a field stands, if it was read.
    pub fn span(&self, field: usize) -> Option<&FieldSpan> {
        self.fields.get(field.checked_sub(self.left_out)?)
    }

    /// Whether nothing stands in the first `most` of the fields that were read.
    pub fn is_blank(&self, text: &str, most: usize) -> bool {
        self.fields
            .iter()
            .take(most)
            .all(|span| text.as_bytes()[span.start as usize..span.end as usize].trim_ascii().is_empty())
    }

    /// Whether something stands in two fields at least of those that were read.
    pub fn has_more_than_one(&self, text: &str) -> bool {
        let is_said = |span: &&FieldSpan| {
            !text.as_bytes()[span.start as usize..span.end as usize].trim_ascii().is_empty()
        };
        self.fields.iter().filter(is_said).nth(1).is_some()
    }

    /// Reads the first `most` fields of the record that begins at `at`. Returns where the next one begins; `None` at the
    /// end of the text.
    pub fn read(&mut self, text: &str, at: usize, dialect: FieldDialect, most: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        (self.at, self.left_out) = (at, 0);
        self.fields.clear();
        self.open_quote = None;
        if at >= bytes.len() {
            return None;
        }
        Some(match self.split(bytes, at, dialect, most) {
            SplitEnd::Record(end) => next_record(bytes, end),
            SplitEnd::Field(next) => self.skip_rest(bytes, next, dialect),
        })
    }

    /// Reads fields from the middle of a record. The first of them begins at `at`, behind a separator.
    pub fn read_fields(&mut self, text: &str, at: usize, dialect: FieldDialect, fields: Range<usize>) {
        (self.at, self.left_out) = (at, fields.start);
        self.fields.clear();
        self.open_quote = None;
        self.split(text.as_bytes(), at, FieldDialect { within_first: None, ..dialect }, fields.len());
    }

    /// Takes the next fields, at most so many.
    fn split(&mut self, bytes: &[u8], at: usize, dialect: FieldDialect, most: usize) -> SplitEnd {
        let mut within = dialect.within_first;
        let mut start = at;
        while self.fields.len() < most {
            let (span, end) = self.field(bytes, start, dialect.separator, within);
            self.fields.push(span);
            match bytes.get(end) {
                None | Some(b'\n' | b'\r') => return SplitEnd::Record(end),
                Some(sign) if *sign == dialect.separator => within = None,
                Some(_) => {}
            }
            start = end + 1;
        }
        SplitEnd::Field(start)
    }

    /// Where the next record begins, if no more fields of this one are wanted.
    fn skip_rest(&mut self, bytes: &[u8], start: usize, dialect: FieldDialect) -> usize {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |end| start + end);
        if memchr::memchr(b'"', &bytes[start..end]).is_none() {
            return next_record(bytes, end);
        }
        let mut start = start;
        loop {
            let (_, end) = self.field(bytes, start, dialect.separator, None);
            match bytes.get(end) {
                None | Some(b'\n' | b'\r') => return next_record(bytes, end),
                Some(_) => start = end + 1,
            }
        }
    }

    /// The field that begins at `start`, and the byte that ends it.
    fn field(&mut self, bytes: &[u8], start: usize, separator: u8, within: Option<u8>) -> (FieldSpan, usize) {
        if bytes.get(start) == Some(&b'"') {
            match quoted(bytes, start + 1, separator, within) {
                Some(end) => return (span(start + 1, end - 1, true), end),
                None => _ = self.open_quote.get_or_insert(start),
            }
        }
        let end = end_of_field(bytes, start, separator, within.unwrap_or(separator));
        (span(start, end, false), end)
    }
}

/// Where a field without quotes ends: at one of two signs or the end of its line. Eight bytes are looked at together, since
/// most fields are short.
fn end_of_field(bytes: &[u8], start: usize, separator: u8, within: u8) -> usize {
    let signs = [separator, within, b'\n', b'\r'].map(|sign| u64::from(sign) * ONES);
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let found = signs.iter().fold(0, |found, sign| found | zeros(eight ^ sign));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_end = |byte: &u8| [separator, within, b'\n', b'\r'].contains(byte);
    bytes[at..].iter().position(is_end).map_or(bytes.len(), |end| at + end)
}

/// One in each of eight bytes.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The highest bit of each byte that is zero; bytes behind the first such one may have it for no reason.
const fn zeros(eight: u64) -> u64 {
    eight.wrapping_sub(ONES) & !eight & (ONES << 7)
}

fn span(start: usize, end: usize, is_quoted: bool) -> FieldSpan {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    FieldSpan { start: byte(start), end: byte(end), is_quoted }
}

/// Where the record after a line end begins.
fn next_record(bytes: &[u8], end: usize) -> usize {
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => end + 2,
        (Some(_), _) => end + 1,
        (None, _) => end,
    }
}

/// The byte behind the closing quote of a field; `None` if a quote stands where none can, or none closes it. Then the
/// first one is a character like others, so that a quote that somebody forgot costs one field and no rows.
fn quoted(bytes: &[u8], start: usize, separator: u8, within: Option<u8>) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr(b'"', &bytes[at..])?;
        match bytes.get(at + 1) {
            Some(b'"') => at += 2,
            Some(sign) if *sign != separator && !matches!(sign, b'\n' | b'\r') && Some(*sign) != within => {
                return None;
            }
            _ => return Some(at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, dialect: FieldDialect) -> Vec<Vec<String>> {
        let (mut record, mut at, mut all) = (DelimitedRecord::default(), 0, vec![]);
        while let Some(next) = record.read(text, at, dialect, usize::MAX) {
            all.push((0..record.fields.len()).map(|field| record.get(text, field).into_owned()).collect());
            at = next;
        }
        all
    }

    #[test]
    fn fields_are_split_and_a_quote_that_is_not_closed_costs_no_rows() {
        for (text, want) in [
            ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a,b\r\n1,\r\n", vec![vec!["a", "b"], vec!["1", ""]]),
            ("\"a,\"\"b\"\"\",c", vec![vec!["a,\"b\"", "c"]]),
            ("\"a\nb\",c\nd,e", vec![vec!["a\nb", "c"], vec!["d", "e"]]),
            ("\"open,1\nx,2\n", vec![vec!["\"open", "1"], vec!["x", "2"]]),
            ("\"open,1\n\"x\",2\n", vec![vec!["\"open", "1"], vec!["x", "2"]]),
            ("5\" pipe,1\n", vec![vec!["5\" pipe", "1"]]),
            ("\n,\n", vec![vec![""], vec!["", ""]]),
            ("a\rb\r", vec![vec!["a"], vec!["b"]]),
        ] {
            assert_eq!(records(text, FieldDialect::COMMAS), want, "{text:?}");
        }
        let eurostat = FieldDialect { separator: b'\t', within_first: Some(b',') };
        let want = vec![vec!["A", "PC", "EL", ":", "3,4 bp"]];
        assert_eq!(records("A,PC,EL\t: \t3,4 bp\n", eurostat), want);
    }

    #[test]
    fn where_the_next_record_begins_does_not_depend_on_how_many_fields_are_wanted() {
        let text = "a,\"b\nc\",d\r\n\"e\"\"\",\"f,1\n";
        for most in 0..4 {
            let (mut record, mut at, mut begins) = (DelimitedRecord::default(), 0, vec![]);
            while let Some(next) = record.read(text, at, FieldDialect::COMMAS, most) {
                begins.push(at);
                at = next;
            }
            assert_eq!(begins, [0, 11], "{most}");
        }
    }
}
