//! Which sign separates the fields of a text, told by its first records.

use crate::core::delimited::{DelimitedRecord, FieldDialect};

/// Those that are tried; of two that fit equally well the first one is it.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Records that are looked at.
const SAMPLE: usize = 200;

/// How well a sign separates fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    pub separator: u8,
    /// Records with the most common number of fields.
    pub even: usize,
    /// Records with more than one field: those that end in gaps are shorter.
    pub records: usize,
}

/// How the fields of a text are separated; `None` if no sign separates two fields in two records.
pub(super) fn dialect(text: &str) -> Option<FieldDialect> {
    let fits = SEPARATORS.iter().filter_map(|separator| fit(text, *separator));
    // `max_by_key` takes the last of equals.
    let best = fits.rev().max_by_key(|fit| (fit.even, fit.records))?;
    let is_joined = best.separator != b',' && is_joined(text, best.separator);
    Some(FieldDialect { separator: best.separator, within_first: is_joined.then_some(b',') })
}

/// Whether the first field of the first line with a backslash is several that commas separate.
fn is_joined(text: &str, separator: u8) -> bool {
    let Some(at) = memchr::memchr(b'\\', text.as_bytes()) else { return false };
    let begin = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
    let line = text[begin..].lines().next().unwrap_or_default();
    let joined = line.split(char::from(separator)).next().unwrap_or_default();
    joined.contains(',') && joined.contains('\\')
}

fn fit(text: &str, separator: u8) -> Option<Fit> {
    let (mut record, mut at, mut widths) = (DelimitedRecord::default(), 0, vec![]);
    let dialect = FieldDialect { separator, within_first: None };
    while let Some(next) = record.read(text, at, dialect, usize::MAX).filter(|_| widths.len() < SAMPLE) {
        // One at the end of every line separates nothing.
        let trailing = usize::from(record.fields.last().is_some_and(|field| field.start == field.end));
        widths.push((record.fields.len() - trailing).max(1));
        at = next;
    }
    let many = |fields: usize| widths.iter().filter(|width| **width == fields).count();
    let best =
        widths.iter().copied().filter(|fields| *fields > 1).max_by_key(|fields| (many(*fields), *fields))?;
    let records = widths.iter().filter(|width| **width > 1).count();
    (many(best) > 1 || widths.len() == 2).then_some(Fit { separator, even: many(best), records })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_that_separates_is_found_whatever_stands_between() {
        for (text, want) in [
            ("a,b\n1,2\n3,4\n", b','),
            ("Land;2019;2020\nPolen;1,5;2,5\nItalien;3,5;4,5\n", b';'),
            ("a\tb\n1,5\t2\n3,5\t4\n", b'\t'),
            ("a|b\n1|2\n3|4\n", b'|'),
            ("a;x;y,b\n1;z,2\n3,4\n5;u,6\n", b','),
            ("\"Data Source\",\"x\",\n\n\"Country Name\",\"1960\",\n\"A\",\"1\",\n\"B\",\"2\",\n", b','),
        ] {
            let found = dialect(text).unwrap();
            assert_eq!((found.separator, found.within_first), (want, None), "{text}");
        }
        let eurostat =
            dialect("freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,EL\t: \t3.4 bp\nA,PC,FR\t1 \t2 \n");
        assert_eq!(eurostat, Some(FieldDialect { separator: b'\t', within_first: Some(b',') }));
        for none in ["", "a", "a\nb\n", "Dear all,\nhere are the cards\n"] {
            assert_eq!(dialect(none), None, "{none}");
        }
    }
}
