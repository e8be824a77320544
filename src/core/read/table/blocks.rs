//! Where a table ends though its text goes on: another table below it, or the list of its footnotes.

use super::{
    headings::{edition_label, roles},
    sample::{CountryLooks, is_number},
};
use crate::{
    core::{
        delimited::{DelimitedRecord, FieldDialect},
        table_mapping::ColumnRole,
    },
    text::fold,
};

/// The first byte that is no longer of the table, and what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableEnd {
    pub end: usize,
    /// The first row of another table; `None` if footnotes stand there.
    pub another: Option<usize>,
}

/// Bytes in which blank rows are looked for: tables below each other are made by hand.
const LOOKED_AT: usize = 4 << 20;

/// Rows in which a first country is looked for.
const MOST_BEFORE: usize = 100;

/// Fields of a row that are looked at: wider tables are not made by hand.
const MOST_FIELDS: usize = 500;

/// What the list of footnotes begins with in downloads of data.un.org, where it may stand far below.
const FOOTNOTES: &str = "footnoteSeqID";

/// Rows alone in which only one field says something: titles of what follows.
const MOST_TITLES: usize = 3;

/// Finds the end of the first table in a text.
pub(super) fn table_end(
    text: &str,
    start: usize,
    dialect: FieldDialect,
    looks: &mut CountryLooks,
) -> Option<TableEnd> {
    let (mut walk, mut record, mut at) = (Walk::default(), DelimitedRecord::default(), start);
    let mut rows = 0;
    while at < text.len().min(start + LOOKED_AT) && (walk.has_country || rows < MOST_BEFORE) {
        rows += 1;
        let Some(next) = record.read(text, at, dialect, MOST_FIELDS) else { break };
        // Most rows only go on.
        if walk.has_country && walk.blank.is_none() && !record.is_blank(text, MOST_FIELDS) {
            at = next;
            continue;
        }
        let fields = (0..record.fields.len()).map(|field| record.get(text, field).trim().to_owned());
        if let Some(end) = walk.take(at, fields.collect(), looks) {
            return Some(end);
        }
        at = next;
    }
    let below = at.max(text.len().saturating_sub(LOOKED_AT));
    let far = memchr::memmem::rfind(text.as_bytes().get(below..)?, FOOTNOTES.as_bytes())?;
    let line = memchr::memrchr(b'\n', &text.as_bytes()[..below + far])? + 1;
    Some(TableEnd { end: line, another: None })
}

/// What was seen so far.
#[derive(Default)]
struct Walk {
    heading: Option<Vec<String>>,
    titles: Vec<String>,
    has_country: bool,
    /// The first blank row below a country, and the titles below it with the first one's byte.
    blank: Option<usize>,
    below: Vec<(usize, String)>,
}

impl Walk {
    fn take(&mut self, at: usize, fields: Vec<String>, looks: &mut CountryLooks) -> Option<TableEnd> {
        let filled: Vec<&String> = fields.iter().filter(|field| !field.is_empty()).collect();
        let Some(first) = filled.first() else {
            if self.has_country {
                self.blank.get_or_insert(at);
            }
            return None;
        };
        match self.blank {
            Some(end) if **first == FOOTNOTES => return Some(TableEnd { end, another: None }),
            Some(end) if is_heading(&fields) => {
                let is_known = |title: &String| self.titles.contains(title) || fold(title).contains("cont");
                let is_same_page = self.below.iter().all(|(_, title)| is_known(title));
                if self.heading.as_ref() != Some(&fields) || !is_same_page {
                    let another = self.below.first().map_or(at, |(at, _)| *at);
                    return Some(TableEnd { end, another: Some(another) });
                }
                self.goes_on();
            }
            Some(_) if filled.len() == 1 && self.below.len() < MOST_TITLES => {
                self.below.push((at, (*first).clone()));
            }
            Some(_) => self.goes_on(),
            None if self.has_country => {}
            None if is_heading(&fields) => self.heading = Some(fields),
            None if filled.len() == 1 => self.titles.push((*first).clone()),
            None => {
                let is_country = |field: &&String| looks.of(field).code().is_some();
                self.has_country = self.heading.is_some() && filled.iter().any(is_country);
            }
        }
        None
    }

    /// The rows below a blank one are of the same table.
    fn goes_on(&mut self) {
        self.blank = None;
        self.below.clear();
    }
}

/// Whether a row has headings, one of them of countries, and no figures but years.
fn is_heading(fields: &[String]) -> bool {
    let is_country = |role: ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
    let names_countries =
        fields.iter().any(|field| roles(field).into_iter().any(|(role, _)| is_country(role)));
    let has_figure = fields.iter().any(|field| is_number(field) && edition_label(field).is_none());
    let filled = fields.iter().filter(|field| !field.is_empty()).count();
    filled > 1 && names_countries && !has_figure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str) -> Option<(&str, bool)> {
        let mut looks = CountryLooks::default();
        let end = table_end(text, 0, FieldDialect::COMMAS, &mut looks)?;
        Some((&text[end.another.unwrap_or(end.end)..], end.another.is_some()))
    }

    #[test]
    fn another_table_below_ends_a_table_and_a_page_does_not() {
        let table = "Table 1\nCountry,Year,V\nPeru,2020,1\nChad,2020,2\n";
        for (below, want) in [
            ("\nCountry,Year,W\nPeru,2020,1\n", Some(("Country,Year,W\nPeru,2020,1\n", true))),
            (
                "\nTable 2\nCountry,Year,V\nPeru,2020,1\n",
                Some(("Table 2\nCountry,Year,V\nPeru,2020,1\n", true)),
            ),
            (",,\nfootnoteSeqID,Footnote\n1,x\n", Some(("footnoteSeqID,Footnote\n1,x\n", false))),
            ("\nTable 1\nCountry,Year,V\nPeru,2021,1\n", None),
            ("\nTable 1 (continued)\nCountry,Year,V\nPeru,2021,1\n", None),
            ("\nCountry,Year,V\nPeru,2021,1\n", None),
            ("\nAsia\nNepal,2020,1\n", None),
            ("\nSource: us\n", None),
            ("", None),
        ] {
            let text = format!("{table}{below}");
            // The end of footnotes is the blank row before them.
            let found = rest(&text).map(|(rest, another)| (rest.trim_start_matches([',', '\n']), another));
            assert_eq!(found, want, "{below}");
        }
        assert_eq!(rest("Data,World\n\nCountry,Year\nPeru,2020\n"), None);
    }
}
