//! How a table was read, for people to check: what its columns were taken for and why, and what was left out.

mod written;

pub use self::written::mapping_text;
use super::table_mapping::{Mapping, SeenTable};
use crate::text::Raw;

/// A column, and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadColumn {
    pub heading: Raw<'static>,
    /// As mappings write it: `country-code`.
    pub role: &'static str,
    /// The edition or the country that its heading says its values are of; empty if the rows say it.
    pub of: Raw<'static>,
    /// What the headings above it say; empty if it has one row of headings.
    pub above: Raw<'static>,
    /// The evidence, in words.
    pub why: Raw<'static>,
    /// Some of what stands in it.
    pub examples: Vec<Raw<'static>>,
}

impl ReadColumn {
    /// Its heading, behind what stands above it.
    pub fn title(&self) -> Raw<'static> {
        if self.above.is_empty() {
            return self.heading.clone();
        }
        Raw::new(format!("{}: {}", self.above.raw(), self.heading.raw()))
    }
}

/// A country as the table writes it, and the rows that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCountry {
    pub written: Raw<'static>,
    pub rows: usize,
    /// Codes and names that may be meant, the best first.
    pub proposals: Vec<(Raw<'static>, Raw<'static>)>,
    /// `FILE:line:column` of the first.
    pub place: Raw<'static>,
}

/// A sign or word that stands where a value is missing or cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSign {
    pub sign: Raw<'static>,
    /// What it counts as, as files say it: `no-data`, `unreadable`.
    pub gap: &'static str,
    pub cells: usize,
    /// Whether it may mean one gap or another, so that somebody must say which.
    pub is_ambiguous: bool,
}

/// Rows that were not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutRows {
    pub why: &'static str,
    pub rows: usize,
    pub place: Raw<'static>,
}

/// How one table was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableReading {
    /// The file, with its sheet or member.
    pub file: Raw<'static>,
    /// The file alone.
    pub opened: Raw<'static>,
    /// "a row for each country and edition, a column for each indicator".
    pub shape: &'static str,
    /// "semicolons, decimal commas, Windows-1252".
    pub text: String,
    /// What stands above the headings.
    pub preamble: Vec<Raw<'static>>,
    pub columns: Vec<ReadColumn>,
    pub rows: usize,
    pub rows_used: usize,
    /// Rows that were looked at to find out what its columns are.
    pub looked_at: usize,
    pub left_out: Vec<LeftOutRows>,
    pub countries: usize,
    pub aggregates: usize,
    pub unknown: Vec<UnknownCountry>,
    pub editions: usize,
    /// The label of the edition of a table that states none, and where it is from.
    pub undated: Option<(Raw<'static>, &'static str)>,
    pub indicators: usize,
    /// Indicators of numbers of which nobody has said which way is better.
    pub without_direction: usize,
    /// Indicators of numbers of which no unit is known.
    pub without_unit: usize,
    /// Indicators of categories whose order nobody has said.
    pub without_order: usize,
    pub signs: Vec<ReadSign>,
    /// Other sheets or members with countries, which are not read.
    pub others: Vec<Raw<'static>>,
    /// The mapping that lies beside it, if any: `NAME.visavis.toml`.
    pub mapping: Option<Raw<'static>>,
    /// All that was said of how it is read.
    pub said: Mapping,
    /// What a mapping keeps of it, to tell later what has changed.
    pub seen: SeenTable,
    /// Where a mapping can be kept; `None` of a table that is in no file.
    pub keeps_at: Option<Raw<'static>>,
}

impl TableReading {
    /// One line: how it was read, with its shape.
    pub fn line(&self) -> String {
        format!("{}: {}", self.shape, self.counts())
    }

    /// What was found in it, in one line.
    pub fn counts(&self) -> String {
        let many = |count: usize, one: &str, several: &str| {
            format!("{count} {}", if count == 1 { one } else { several })
        };
        let mut parts = vec![
            many(self.countries, "country", "countries"),
            match &self.undated {
                Some((label, _)) => format!("edition {}", label.line()),
                None => many(self.editions, "edition", "editions"),
            },
            many(self.indicators, "indicator", "indicators"),
        ];
        if self.aggregates > 0 {
            parts.push(many(self.aggregates, "aggregate", "aggregates"));
        }
        let unread: usize = self.left_out.iter().map(|left_out| left_out.rows).sum();
        if unread > 0 {
            parts.push(format!("{} left out", many(unread, "row", "rows")));
        }
        parts.join(", ")
    }
}
