//! Which columns hold the answers, of which indicator and edition, and what the columns beside them are.

use std::collections::BTreeSet;

use super::{ColumnIndicator, Recognition};
use crate::core::{
    interval::bounded,
    read::table::{
        annotations::qualified,
        headings::{edition_label, is_of_partners, plain, rank, stem_and_edition},
        sample::LooksLike,
    },
    table_mapping::ColumnRole,
};

impl Recognition<'_> {
    /// Finds the columns of answers and those that say which indicator a row is about.
    pub(super) fn values(&mut self) {
        if self.is_across {
            return self.values_across();
        }
        self.indicator_columns();
        let has_edition = self.with_role(ColumnRole::Edition).next().is_some();
        if !has_edition && (self.values_by_edition() || self.values_by_stem()) {
            return;
        }
        self.value_of_a_row();
    }

    /// Columns that say which indicator a row is about: words under a heading that says so.
    fn indicator_columns(&mut self) {
        let mut others = vec![];
        for role in [ColumnRole::IndicatorName, ColumnRole::IndicatorCode] {
            let named = self.undecided().into_iter().filter_map(|column| {
                let (heading, seen) = (&self.columns[column].heading, &self.seen[column]);
                let is_code = role == ColumnRole::IndicatorCode;
                let is_words = seen.filled > 0 && (!seen.is_of_numbers() || is_code);
                Some((seen.distinct.len() < 2, rank(heading, role).filter(|_| is_words)?, column))
            });
            let mut named: Vec<(bool, usize, usize)> = named.collect();
            named.sort_unstable();
            let named: Vec<usize> = named.into_iter().map(|(.., column)| column).collect();
            // Numbers are codes only beside the names that they stand for.
            let first = named.first().copied().filter(|column| !self.seen[*column].is_of_numbers());
            others.extend(named.into_iter().filter(|column| Some(*column) != first));
            if let Some(first) = first {
                let is_one = self.seen[first].distinct.len() == 1;
                self.decide(
                    first,
                    role,
                    if is_one { "the one indicator" } else { "indicators, by its heading" },
                );
            }
        }
        // Item and element together are what a row is about.
        for column in others {
            let known =
                self.with_role(ColumnRole::IndicatorName).chain(self.with_role(ColumnRole::IndicatorCode));
            let known = known.chain(self.with_role(ColumnRole::Dimension));
            let same: Vec<usize> = known.filter(|known| self.is_one_for_one(*known, column)).collect();
            if let Some(same) = same.first() {
                let why = format!("another way to say {}", self.columns[*same].heading);
                self.decide(column, ColumnRole::Ignored, why);
            } else if self.seen[column].distinct.len() > 1 && !self.seen[column].is_of_numbers() {
                self.decide(column, ColumnRole::Dimension, "it says what a row is about, too");
            }
        }
    }

    /// What a row of headings says of a column; what is blank there is as to the left of it, but in the last row.
    fn part(&self, head: usize, column: usize) -> String {
        let row = self.heads[head];
        let is_key = |left: &usize| self.is_decided[*left] && self.columns[*left].role != ColumnRole::Value;
        // Under another heading than that of the column to the left begins something else.
        let is_same = |left: &usize| {
            self.heads[..head].iter().all(|above| {
                let next = above.get(left + 1);
                next.is_empty() || next == above.get(*left)
            })
        };
        let to_left = (0..column)
            .rev()
            .take_while(|left| !is_key(left) && is_same(left))
            .filter(|_| head + 1 < self.heads.len());
        let said = [column].into_iter().chain(to_left).map(|at| row.get(at)).find(|part| !part.is_empty());
        said.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Columns whose headings are editions.
    fn values_by_edition(&mut self) -> bool {
        let undecided = self.undecided();
        let in_rows = self
            .with_role(ColumnRole::IndicatorCode)
            .chain(self.with_role(ColumnRole::IndicatorName))
            .next()
            .is_some();
        let editions = |head: usize| -> Vec<(usize, String)> {
            undecided
                .iter()
                .filter_map(|column| Some((*column, self.edition_heading(&self.part(head, *column))?)))
                .collect()
        };
        let found = (0..self.heads.len())
            .map(|head| (head, editions(head)))
            .find(|(_, found)| found.len() > 1 || found.len() == 1 && in_rows);
        let Some((head, found)) = found else { return false };
        let other_heads: Vec<usize> = (0..self.heads.len())
            .filter(|other| *other != head && editions(*other).len() * 2 < found.len())
            .collect();
        let bare: BTreeSet<String> = undecided
            .iter()
            .map(|column| self.part(head, *column))
            .filter(|part| edition_label(part).is_some())
            .collect();
        for (column, edition) in found {
            let part = self.part(head, column);
            if let Some((_, marks)) = qualified(&part) {
                // Beside the year itself it is something else.
                if bare.contains(&edition) {
                    continue;
                }
                self.columns[column].marks = marks;
            }
            self.decide(column, ColumnRole::Value, "its heading is an edition");
            let title: Vec<String> = other_heads
                .iter()
                .map(|other| self.part(*other, column))
                .filter(|part| !part.is_empty())
                .collect();
            let left = self.marks_beside(column);
            let left = left.filter(|left| self.columns[*left].edition.as_ref() == Some(&edition));
            if let Some(left) = left {
                if self.has_flags(left, column) {
                    self.decide(column, ColumnRole::Status, format!("flags of {edition}"));
                    self.columns[left].status_at = Some(column);
                } else {
                    self.decide(column, ColumnRole::Ignored, format!("marks beside {edition}"));
                }
                continue;
            }
            self.columns[column].edition = Some(edition);
            if !title.is_empty() {
                self.columns[column].indicator =
                    Some(ColumnIndicator { title: title.join(": "), ..ColumnIndicator::default() });
            }
        }
        self.status_of_editions();
        true
    }

    /// Columns whose headings say both an indicator and an edition, of one indicator for several editions at least.
    fn values_by_stem(&mut self) -> bool {
        let last = self.heads.len().saturating_sub(1);
        let stems: Vec<(usize, String, String)> = self
            .undecided()
            .into_iter()
            .filter(|_| !self.heads.is_empty())
            .filter_map(|column| {
                stem_and_edition(&self.part(last, column)).map(|(stem, edition)| (column, stem, edition))
            })
            .collect();
        let distinct: BTreeSet<&String> = stems.iter().map(|(_, stem, _)| stem).collect();
        let years: BTreeSet<&String> = stems.iter().map(|(.., year)| year).collect();
        // Where most columns state no year, those that do would leave them out.
        let is_number = |column: &usize| self.seen[*column].is_of_numbers() && !self.is_row_number(*column);
        let figures = self.undecided().iter().filter(|column| is_number(column)).count();
        let is_few = stems.len() * 2 < figures;
        if distinct.len() == stems.len() && years.len() > 1 || stems.len() < 2 || is_few {
            return false;
        }
        for (column, stem, edition) in stems {
            let is = |role: ColumnRole| rank(&stem, role).is_some();
            let beside = [ColumnRole::Status, ColumnRole::Note, ColumnRole::Source].into_iter();
            if let Some(role) = beside.filter(|_| !self.seen[column].is_of_numbers()).find(|role| is(*role)) {
                self.decide(column, role, "its heading says of which edition");
            } else {
                self.decide(column, ColumnRole::Value, "its heading is an indicator and an edition");
                if !is(ColumnRole::Value) {
                    self.columns[column].indicator =
                        Some(ColumnIndicator { title: stem, ..ColumnIndicator::default() });
                }
            }
            self.columns[column].edition = Some(edition);
        }
        self.words_of_editions();
        true
    }

    /// Gives columns of flags, notes and sources of one edition, `2019_note`, to the values of that edition.
    fn words_of_editions(&mut self) {
        for column in 0..self.columns.len() {
            let role = self.columns[column].role;
            let is_beside = matches!(role, ColumnRole::Status | ColumnRole::Note | ColumnRole::Source);
            let Some(edition) = self.columns[column].edition.take_if(|_| is_beside) else { continue };
            let of = self.with_role(ColumnRole::Value);
            let of: Vec<usize> =
                of.filter(|value| self.columns[*value].edition.as_ref() == Some(&edition)).collect();
            match role {
                _ if of.is_empty() => self.decide(column, ColumnRole::Ignored, "no values of its edition"),
                ColumnRole::Status => of.into_iter().for_each(|at| self.columns[at].status_at = Some(column)),
                _ => of.into_iter().for_each(|at| self.columns[at].words_at.push(column)),
            }
        }
    }

    /// Countries side by side: the columns before them say what a row is about.
    fn values_across(&mut self) {
        for column in self.undecided() {
            let country =
                self.heads.iter().map(|head| head.get(column)).find(|text| {
                    matches!(self.looks.of(text), LooksLike::Country(_) | LooksLike::Aggregate(_))
                });
            if let Some(country) = country.map(str::to_owned) {
                self.decide(column, ColumnRole::Value, "its heading is a country");
                self.columns[column].country = Some(country);
                self.many_countries += 1;
            }
        }
        let first_value = self.with_role(ColumnRole::Value).next().unwrap_or(usize::MAX);
        for column in self.undecided() {
            let (heading, seen) = (&self.columns[column].heading, &self.seen[column]);
            if column > first_value && !self.heads.is_empty() && seen.is_of_numbers() {
                // Something between or behind the countries that is none we know.
                self.decide(column, ColumnRole::Value, "it stands among columns of countries");
                self.columns[column].country = Some(self.columns[column].heading.clone());
            } else if let Some(role) = [ColumnRole::Unit, ColumnRole::Note, ColumnRole::Source]
                .into_iter()
                .find(|role| rank(heading, *role).is_some())
            {
                self.decide(column, role, "by its heading");
            } else if seen.filled > 0 && !seen.is_of_numbers() {
                let role = if rank(heading, ColumnRole::IndicatorCode).is_some() {
                    ColumnRole::IndicatorCode
                } else {
                    ColumnRole::IndicatorName
                };
                self.decide(column, role, "it says what a row is about");
            }
        }
    }

    /// One answer a row, or a column for each indicator.
    fn value_of_a_row(&mut self) {
        let has_rows = self
            .with_role(ColumnRole::IndicatorCode)
            .chain(self.with_role(ColumnRole::IndicatorName))
            .next()
            .is_some();
        let numbers: Vec<usize> =
            self.undecided().into_iter().filter(|column| self.seen[*column].is_of_numbers()).collect();
        let named = self.undecided().into_iter().filter_map(|column| {
            let rank = rank(&self.columns[column].heading, ColumnRole::Value)?;
            let seen = &self.seen[column];
            let has_bounds = seen.distinct.iter().any(|text| bounded(text).is_some());
            Some((!seen.is_of_numbers(), has_bounds, rank, column))
        });
        // A figure comes before the same in words, with its bounds.
        let best = named.min().map(|(.., column)| column);
        let only = if let [only] = numbers[..] { Some(only) } else { None };
        if self.with_role(ColumnRole::Value).next().is_none() {
            match best.filter(|_| has_rows || numbers.len() < 2 || !self.tells_rows_apart(&[])) {
                Some(column) => self.decide(column, ColumnRole::Value, "values, by its heading"),
                None if has_rows && only.is_some() => {
                    self.decide(only.unwrap_or_default(), ColumnRole::Value, "the only column of numbers");
                }
                None => {}
            }
        }
        if self.with_role(ColumnRole::Value).next().is_none() {
            self.values_by_heading(has_rows);
        }
    }

    /// Every column that is for nothing else is an indicator.
    fn values_by_heading(&mut self, has_rows: bool) {
        self.status_columns();
        let (mut beside, stems) = (vec![], self.names_by_stem());
        for column in self.undecided() {
            let (heading, seen) = (&self.columns[column].heading, &self.seen[column]);
            let named = |role: ColumnRole| rank(heading, role).is_some();
            let is_words = !seen.is_of_numbers();
            let role = match () {
                () if seen.filled == 0 && heading.starts_with("column ") => {
                    Some((ColumnRole::Ignored, "nothing stands in it"))
                }
                () if is_words && seen.is_of_groups() && is_of_partners(heading) => {
                    Some((ColumnRole::Dimension, "by its heading"))
                }
                () if is_words && (named(ColumnRole::Group) || seen.is_of_groups()) => {
                    Some((ColumnRole::Group, "groups of countries"))
                }
                () if is_words && (named(ColumnRole::Note) || plain(heading).ends_with(" annotations")) => {
                    Some((ColumnRole::Note, "by its heading"))
                }
                () if is_words && named(ColumnRole::Source) => Some((ColumnRole::Source, "by its heading")),
                () if is_words && named(ColumnRole::Unit) => Some((ColumnRole::Unit, "by its heading")),
                () if named(ColumnRole::Ignored) => Some((ColumnRole::Ignored, "by its heading")),
                () if self.is_row_number(column) => Some((ColumnRole::Ignored, "numbers of rows")),
                () if is_words && self.is_another_name(column) => {
                    Some((ColumnRole::Ignored, "another name of the same country"))
                }
                () if self.is_id_of(&stems, column) => {
                    Some((ColumnRole::Ignored, "numbers for the names beside it"))
                }
                () => None,
            };
            match role {
                Some((role, why)) => self.decide(column, role, why),
                None => beside.push(column),
            }
        }
        let dimensions = self.dimensions(&beside);
        for column in dimensions {
            self.decide(column, ColumnRole::Dimension, "rows of a country and an edition differ in it");
        }
        let last = self.heads.len().saturating_sub(1);
        if self.undecided().is_empty() && self.with_role(ColumnRole::Value).next().is_none() {
            // Of a list of countries and their groups the groups are what there is to see.
            for column in self.with_role(ColumnRole::Group).collect::<Vec<_>>() {
                self.is_decided[column] = false;
            }
        }
        let dimensions: Vec<usize> = self.with_role(ColumnRole::Dimension).collect();
        for column in self.undecided() {
            if has_rows && !self.seen[column].is_of_numbers() || self.same_as(column, &dimensions).is_some() {
                continue;
            }
            self.decide(column, ColumnRole::Value, "an indicator, by its heading");
            self.columns[column].indicator = Some(self.column_indicator(column, last));
        }
    }

    /// The indicator that the headings of a column name: a code, what stands over several columns, and the title.
    fn column_indicator(&self, column: usize, last: usize) -> ColumnIndicator {
        let title = self.columns[column].heading.clone();
        let mut above: Vec<String> = (0..last).map(|head| self.part(head, column)).collect();
        above.retain(|part| !part.is_empty() && *part != title);
        above.dedup();
        let Some(goal) = above.first().cloned() else {
            return ColumnIndicator { title, ..ColumnIndicator::default() };
        };
        let all: Vec<usize> = (0..self.columns.len())
            .filter(|other| !self.is_decided[*other] || self.columns[*other].role == ColumnRole::Value)
            .collect();
        let distinct =
            |of: &dyn Fn(usize) -> String| all.iter().map(|at| of(*at)).collect::<BTreeSet<_>>().len();
        let has_titles = distinct(&|at| self.columns[at].heading.clone()) == all.len();
        let upper = |at: usize| self.part(last - 1, at);
        if has_titles && distinct(&upper) == all.len() {
            let length = |of: &dyn Fn(usize) -> String| all.iter().map(|at| of(*at).len()).sum::<usize>();
            let is_code = length(&upper) <= length(&|at| self.columns[at].heading.clone());
            let (code, title) = if is_code { (upper(column), title) } else { (title, upper(column)) };
            return ColumnIndicator { code: Some(code), title, ..ColumnIndicator::default() };
        }
        let title = if has_titles { title } else { format!("{}: {title}", above.join(": ")) };
        ColumnIndicator { title, goal: Some(goal), ..ColumnIndicator::default() }
    }

    /// Whether the rows are numbered in it.
    pub(super) fn is_row_number(&self, column: usize) -> bool {
        let (heading, seen) = (&self.columns[column].heading, &self.seen[column]);
        let is_unnamed = heading.starts_with("column ")
            || column == 0 && plain(heading) == "x"
            || matches!(
                &*plain(heading),
                "" | "unnamed 0"
                    | "index"
                    | "no"
                    | "nr"
                    | "id"
                    | "row"
                    | "rownames"
                    | "row names"
                    | "obs"
                    | "sno"
                    | "s no"
                    | "sl no"
                    | "serial"
                    | "objectid"
                    | "fid"
                    | "gid"
                    | "ogc fid"
                    | "rank order"
            );
        let numbers: Vec<i64> =
            self.rows.iter().take(50).filter_map(|row| row.get(column).parse().ok()).collect();
        is_unnamed
            && seen.is_of_numbers()
            && numbers.len() > 1
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }
}
