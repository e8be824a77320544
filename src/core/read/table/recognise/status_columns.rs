//! Which columns hold flags and marks of the answers beside them.

use std::collections::{HashMap, HashSet};

use super::Recognition;
use crate::core::{
    obs_status::{CodesOfValues, ObservationStatus},
    read::table::{
        headings::{plain, rank},
        sample::is_number,
    },
    table_mapping::ColumnRole,
};

impl Recognition<'_> {
    /// Columns of flags beside those of editions: `Y2019F`, `2019 flag`.
    pub(super) fn status_of_editions(&mut self) {
        for column in self.undecided() {
            let heading = &self.columns[column].heading;
            let stem = ["F", " flag", " Flag", "_flag", " flags", " Flags", " status"]
                .into_iter()
                .find_map(|flag| heading.strip_suffix(flag));
            let of = stem.and_then(|stem| {
                let mut values = self.with_role(ColumnRole::Value);
                values.find(|value| self.columns[*value].heading == stem)
            });
            // `2019, Flag, 2020, Flag`.
            let left = column.checked_sub(1).filter(|left| {
                self.columns[*left].edition.is_some()
                    && rank(&self.columns[column].heading, ColumnRole::Status).is_some()
                    && self.are_codes(column)
            });
            if let Some(of) = of.or(left).filter(|_| !self.seen[column].is_of_numbers()) {
                let why = format!("flags of {}", self.columns[of].heading);
                self.decide(column, ColumnRole::Status, why);
                self.columns[of].status_at = Some(column);
            }
        }
    }

    /// The column of numbers whose marks a column has: it stands to the right of them with no heading of its own.
    pub(super) fn marks_beside(&self, column: usize) -> Option<usize> {
        const LONGEST: usize = 4;
        let left = column.checked_sub(1)?;
        let has_no_own = self.heads.iter().all(|head| {
            let own = head.get(column);
            own.is_empty() || own == head.get(left)
        });
        let seen = &self.seen[column];
        // Words of a footer may stand among the numbers.
        let has_numbers = self.seen[left].numbers * 2 > self.seen[left].filled;
        let are_short = seen.distinct.iter().all(|text| text.chars().count() <= LONGEST);
        let is_said = !self.heads.is_empty() && self.heads.iter().any(|head| !head.get(left).is_empty());
        (has_no_own && is_said && are_short && !seen.is_of_numbers() && has_numbers).then_some(left)
    }

    /// Whether marks are flags as Eurostat has them: known ones, in a table with its headings or its sign of a gap.
    pub(super) fn has_flags(&self, values: usize, marks: usize) -> bool {
        let is_heading = |text: &str| text.starts_with("TIME") || text.starts_with("GEO");
        let is_eurostat =
            self.heads.iter().any(|head| head.fields.iter().any(|text| is_heading(text.trim())))
                || self.rows.iter().any(|row| row.get(values) == ":");
        is_eurostat && self.are_codes(marks)
    }

    /// Flags that stand beside a column of answers and are called like it: `gdp_flag`, `GDP Footnotes`.
    pub(super) fn status_columns(&mut self) {
        for column in self.undecided() {
            if let Some(left) = self.marks_beside(column).filter(|left| !self.is_decided[*left]) {
                // Letters of footnotes are no flags, though some look like them.
                let why = format!("marks beside {}", self.columns[left].heading);
                self.decide(column, ColumnRole::Ignored, why);
            }
        }
        let undecided = self.undecided();
        let mut called: HashMap<String, usize> = HashMap::new();
        for column in &undecided {
            called.entry(plain(&self.columns[*column].heading)).or_insert(*column);
        }
        for column in &undecided {
            let own = plain(&self.columns[*column].heading);
            let is_flag = |word: &str| {
                matches!(
                    word,
                    "flag" | "flags" | "status" | "footnote" | "footnotes" | "obs status" | "symbol"
                )
            };
            let stem =
                own.rsplit_once(' ').filter(|(_, last)| is_flag(last)).map(|(stem, _)| stem.to_owned());
            let stem = stem.or_else(|| {
                own.split_once(' ').filter(|(first, _)| is_flag(first)).map(|(_, rest)| rest.to_owned())
            });
            let left = column.checked_sub(1).filter(|left| {
                let is_bare = is_flag(own.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
                is_bare
                    && undecided.contains(left)
                    && self.seen[*left].is_of_numbers()
                    && self.are_codes(*column)
            });
            let of = stem.and_then(|stem| called.get(&stem).copied());
            let Some(of) = of.or(left).filter(|of| of != column) else { continue };
            if self.seen[*column].is_of_numbers() {
                continue;
            }
            let why = format!("flags of {}", self.columns[of].heading);
            self.decide(*column, ColumnRole::Status, why);
            self.columns[of].status_at = Some(*column);
        }
    }

    /// The codes of gaps that stand beside values of any size, more often than where none is: they mean something else in
    /// this table. Where they stand beside zeros or one number alone, that is how a gap is filled up.
    pub(super) fn codes_of_values(&self) -> CodesOfValues {
        const FEWEST: usize = 3;
        let mut seen: HashMap<char, (usize, HashSet<&str>, [usize; 2])> = HashMap::new();
        for value in self.with_role(ColumnRole::Value) {
            let Some(status) = self.columns[value].status_at else { continue };
            for row in &self.rows {
                let text = row.get(value);
                let is_value = is_number(text);
                for code in ObservationStatus::gap_codes(row.get(status)) {
                    let (zeros, distinct, many) = seen.entry(code).or_default();
                    many[usize::from(is_value)] += 1;
                    *zeros += usize::from(is_value && !text.contains(|c: char| ('1'..='9').contains(&c)));
                    if is_value && distinct.len() < FEWEST {
                        distinct.insert(text);
                    }
                }
            }
        }
        let is_of_values =
            |(_, (zeros, distinct, [without, with])): &(char, (usize, HashSet<&str>, [usize; 2]))| {
                distinct.len() == FEWEST && with > without && zeros * 2 < *with
            };
        seen.into_iter().filter(is_of_values).map(|(code, _)| code).collect()
    }

    /// Whether what stands in a column are codes of the status of an observation.
    pub(super) fn are_codes(&self, column: usize) -> bool {
        let seen = &self.seen[column].distinct;
        seen.iter().all(|text| text.len() <= 4 && *ObservationStatus::parse(text).others == *"")
    }
}
