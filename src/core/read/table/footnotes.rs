//! The list of footnotes behind a table, and what their numbers in a column of notes mean.

use std::collections::HashMap;

use super::blocks::TableEnd;
use crate::core::delimited::{DelimitedRecord, FieldDialect};

/// The footnotes of a table by their numbers, as they stand there.
#[derive(Debug, Default)]
pub(super) struct Footnotes(HashMap<String, String>);

impl Footnotes {
    /// Those behind the end of a table: a row of headings and a row each, its number and its words.
    pub(super) fn of(text: &str, ends: Option<TableEnd>, dialect: FieldDialect) -> Self {
        let Some(TableEnd { end, another: None }) = ends else { return Self::default() };
        let (mut found, mut record, mut at) = (HashMap::new(), DelimitedRecord::default(), end);
        let mut is_below = false;
        while let Some(next) = record.read(text, at, dialect, 2) {
            let [number, words] = [0, 1].map(|field| record.get(text, field));
            if is_below && !number.is_empty() && !words.is_empty() {
                found.insert(number.into_owned(), words.into_owned());
            }
            is_below |= !record.is_blank(text, 2);
            at = next;
        }
        Self(found)
    }

    /// The words that the numbers of a note stand for, `2,3`; `None` if it is none of numbers alone.
    pub(super) fn words(&self, note: &str) -> Option<String> {
        let all: Option<Vec<&str>> = note
            .split([',', ';', ' '])
            .filter(|number| !number.is_empty())
            .map(|number| self.0.get(number).map(String::as_str))
            .collect();
        all.filter(|all| !all.is_empty()).map(|all| all.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_notes_are_the_words_of_the_list_below() {
        let text = "Country,Value,Value Footnotes\nNorway,5,1\n\nfootnoteSeqID,Footnote\n1,\"Persons, not households.\"\n2,Of 2020.\n";
        let end = text.find("\n\n").unwrap() + 1;
        let notes = Footnotes::of(text, Some(TableEnd { end, another: None }), FieldDialect::COMMAS);
        assert_eq!(notes.words("1,2").as_deref(), Some("Persons, not households.; Of 2020."));
        assert_eq!(notes.words("1"), Some("Persons, not households.".to_owned()));
        for other in ["3", "1,3", "as in 1", ""] {
            assert_eq!(notes.words(other), None, "{other}");
        }
        let another = Footnotes::of(text, Some(TableEnd { end, another: Some(end) }), FieldDialect::COMMAS);
        assert_eq!(another.words("1"), None);
    }
}
