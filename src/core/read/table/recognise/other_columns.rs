//! What the columns beside the answers are for: what tells rows apart, flags, notes, units, groups.

use std::collections::{HashMap, HashSet};

use super::Recognition;
use crate::core::{
    read::table::{
        headings::{is_multiplier, is_of_partners, plain, rank, roles},
        sample::SampleRow,
    },
    table_mapping::ColumnRole,
};

/// Whether a heading says of whom the values are, which no country has once and for all: a sex, an age, a partner.
fn says_of_whom(heading: &str) -> bool {
    is_of_partners(heading) || matches!(&*plain(heading), "sex" | "gender" | "age" | "age group")
}

impl<'s> Recognition<'s> {
    /// Whether the columns that say country and edition, with these beside them, are different in every row of the sample.
    pub(super) fn tells_rows_apart(&self, beside: &[usize]) -> bool {
        let keys: Vec<usize> = self.keys().chain(beside.iter().copied()).collect();
        let twice = self.said_twice(&keys);
        twice * 50 <= self.rows.len() && (twice == 0 || self.rows.len() > 100)
    }

    /// The rows of the sample of whose keys one before has the same.
    fn said_twice(&self, keys: &[usize]) -> usize {
        let mut known = HashSet::new();
        let all = self.rows.iter().map(|row| keys.iter().map(|key| self.key(row, *key)).collect::<Vec<_>>());
        all.filter(|key| !known.insert(key.clone())).count()
    }

    /// What a row says in a column of keys; a region has a name where countries have a code.
    fn key(&self, row: &'s SampleRow, column: usize) -> &'s str {
        let text = row.get(column);
        let role = self.columns[column].role;
        if !text.is_empty() || !matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName) {
            return text;
        }
        let name = self.with_role(ColumnRole::CountryName).next().map(|name| row.get(name));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| self.country_above(row, column))
    }

    /// The country above a row that says none.
    fn country_above(&self, row: &SampleRow, column: usize) -> &'s str {
        let rows = &self.rows[..self.rows.partition_point(|above| above.at < row.at)];
        rows.iter().rev().map(|above| above.get(column)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The columns that say where the answers of a row belong, as far as they are known.
    fn keys(&self) -> impl Iterator<Item = usize> + '_ {
        let of = |role: ColumnRole| self.with_role(role);
        let country = of(ColumnRole::CountryCode).chain(of(ColumnRole::CountryName)).next();
        country
            .into_iter()
            .chain(of(ColumnRole::Edition))
            .chain(of(ColumnRole::IndicatorCode))
            .chain(of(ColumnRole::IndicatorName))
            .chain(of(ColumnRole::Dimension))
    }

    /// Whether two rows of the sample that are of the same keys differ in a column. What goes with the country or the
    /// edition, such as its region, tells no rows apart.
    fn differs_within_keys(&self, column: usize) -> bool {
        let keys: Vec<usize> = self.keys().collect();
        let mut known: HashMap<Vec<&str>, &str> = HashMap::new();
        self.rows.iter().any(|row| {
            let text = row.get(column);
            *known.entry(keys.iter().map(|key| self.key(row, *key)).collect()).or_insert(text) != text
        })
    }

    /// The columns of words by what they are names of: `sex` of `sex_name`.
    pub(super) fn names_by_stem(&self) -> HashMap<String, usize> {
        let words = (0..self.columns.len()).filter(|column| !self.seen[*column].is_of_numbers());
        let stem = |column: usize| {
            let heading = plain(&self.columns[column].heading);
            let bare = heading.strip_suffix(" name").or_else(|| heading.strip_suffix(" label"));
            (bare.unwrap_or(&heading).to_owned(), column)
        };
        words.map(stem).collect()
    }

    /// Whether a column has numbers for one of these names: `sex_id` beside `sex_name`.
    pub(super) fn is_id_of(&self, names: &HashMap<String, usize>, column: usize) -> bool {
        let own = plain(&self.columns[column].heading);
        let stem = own.strip_suffix(" id").or_else(|| own.strip_suffix(" code"));
        let name = stem.and_then(|stem| names.get(stem));
        name.is_some_and(|name| *name != column && self.is_one_for_one(*name, column))
    }

    /// Whether a column has the names of the countries in another language: `Country_AR`.
    pub(super) fn is_another_name(&self, column: usize) -> bool {
        let heading = plain(&self.columns[column].heading);
        let is_called =
            heading.split_once(' ').is_some_and(|(first, _)| rank(first, ColumnRole::CountryName).is_some());
        let mut known =
            self.with_role(ColumnRole::CountryName).chain(self.with_role(ColumnRole::CountryCode));
        is_called && known.any(|known| self.is_one_for_one(known, column))
    }

    /// Whether each country has one text in a column, and not all have the same.
    fn is_of_the_country(&self, column: usize) -> bool {
        let Some(country) =
            self.with_role(ColumnRole::CountryCode).chain(self.with_role(ColumnRole::CountryName)).next()
        else {
            return false;
        };
        let mut known: HashMap<&str, &str> = HashMap::new();
        let is_repeated = self.seen[country].distinct.len() < self.rows.len();
        let mut same = self.rows.iter().map(|row| {
            let text = row.get(column);
            *known.entry(self.key(row, country)).or_insert(text) == text
        });
        is_repeated && same.all(|same| same)
    }

    /// The columns of words that tell rows of one country and edition apart, those first whose heading says so.
    pub(super) fn dimensions(&self, beside: &[usize]) -> Vec<usize> {
        const MOST_CATEGORIES: usize = 200;
        let is_words = |column: &usize| {
            let seen = &self.seen[*column];
            !seen.is_of_numbers() && (2..MOST_CATEGORIES).contains(&seen.distinct.len())
        };
        let is_words = |column: &usize| is_words(column) && self.differs_within_keys(*column);
        // A few rows of the same keys are duplicates, unless a heading says what tells them apart.
        let is_often = self.said_twice(&self.keys().collect::<Vec<_>>()) * 10 >= self.rows.len();
        let is_named = |column: &usize| rank(&self.columns[*column].heading, ColumnRole::Dimension).is_some();
        let is_one = |column: &usize| is_words(column) && (is_often || is_named(column));
        let mut candidates: Vec<usize> = beside.iter().copied().filter(is_one).collect();
        candidates
            .sort_by_key(|column| rank(&self.columns[*column].heading, ColumnRole::Dimension).is_none());
        let mut chosen = vec![];
        for column in candidates {
            if self.tells_rows_apart(&chosen) {
                break;
            }
            chosen.push(column);
        }
        if self.tells_rows_apart(&chosen) { chosen } else { vec![] }
    }

    /// What the other columns of a table with an indicator in its rows are for.
    pub(super) fn other_columns(&mut self) {
        self.name_other_columns();
        // A column of flags that the format states belongs to the only column of values.
        let values: Vec<usize> = self.with_role(ColumnRole::Value).collect();
        let status = self.with_role(ColumnRole::Status).next();
        if let ([value], Some(status)) = (&values[..], status) {
            self.columns[*value].status_at.get_or_insert(status);
        }
    }

    fn name_other_columns(&mut self) {
        let undecided = self.undecided();
        let value = if let [only] = self.with_role(ColumnRole::Value).collect::<Vec<_>>()[..] {
            Some(only)
        } else {
            None
        };
        for column in undecided {
            let (heading, seen) = (&self.columns[column].heading, &self.seen[column]);
            let named = |role: ColumnRole| rank(heading, role).is_some();
            let is_words = !seen.is_of_numbers();
            if seen.filled == 0 {
                self.decide(column, ColumnRole::Ignored, "nothing stands in it");
            } else if let Some(value) = value.filter(|_| named(ColumnRole::Status)) {
                self.decide_status(column, value);
            } else if seen.distinct.len() == 1
                && seen.filled == self.rows.len()
                && !named(ColumnRole::Unit)
                && !named(ColumnRole::Source)
                && !named(ColumnRole::Note)
            {
                let always = seen.distinct.first().cloned().unwrap_or_default();
                self.decide(column, ColumnRole::Ignored, format!("always {always}"));
            } else if let Some(of) =
                self.same_as(column, &self.with_role(ColumnRole::Dimension).collect::<Vec<_>>())
            {
                self.decide_twin(of, column, ColumnRole::Dimension);
            } else if let Some((role, _)) = roles(heading).into_iter().find(|(role, _)| {
                matches!(
                    role,
                    ColumnRole::Note
                        | ColumnRole::Source
                        | ColumnRole::Unit
                        | ColumnRole::Group
                        | ColumnRole::Ignored
                )
            }) {
                let twin = (role == ColumnRole::Unit).then(|| self.same_unit(column)).flatten();
                match twin {
                    Some(twin) => self.decide_twin(twin, column, role),
                    None => self.decide(column, role, "by its heading"),
                }
            } else if is_words && says_of_whom(heading) {
                self.decide(column, ColumnRole::Dimension, "by its heading");
            } else if seen.is_of_groups() {
                self.decide(column, ColumnRole::Group, "groups of countries");
            } else if let Some(of) = self.label_of(column) {
                let why = format!("the label of {}", self.columns[of].heading);
                self.decide(column, ColumnRole::IndicatorName, why);
            } else if is_words && self.is_of_the_country(column) {
                self.decide(column, ColumnRole::Ignored, "each country has one");
            } else if is_words
                && (named(ColumnRole::Dimension)
                    || !self.tells_rows_apart(&[]) && self.differs_within_keys(column))
            {
                self.decide(column, ColumnRole::Dimension, "rows differ in it");
            } else if is_words {
                self.decide(column, ColumnRole::Ignored, "it tells no rows apart");
            } else if self.is_row_number(column) {
                self.decide(column, ColumnRole::Ignored, "numbers of rows");
            } else {
                self.decide(column, ColumnRole::Ignored, "figures beside the value");
            }
        }
    }

    /// Decides a column of flags of the only values; of codes and their labels the codes are read.
    fn decide_status(&mut self, column: usize, value: usize) {
        let known = self.columns[value].status_at;
        if let Some(known) = known.filter(|known| self.are_codes(*known) || !self.are_codes(column)) {
            let why = format!("beside {}", self.columns[known].heading);
            return self.decide(column, ColumnRole::Ignored, why);
        }
        if let Some(known) = known {
            self.decide(known, ColumnRole::Note, "by its heading");
        }
        self.decide(column, ColumnRole::Status, "by its heading");
        self.columns[value].status_at = Some(column);
    }

    /// Of two columns that say the same, the one with labels has the role, not that with codes.
    fn decide_twin(&mut self, known: usize, column: usize, role: ColumnRole) {
        // Labels have small letters.
        let is_label =
            |at: usize| self.seen[at].distinct.iter().any(|text| text.contains(char::is_lowercase));
        let length = |at: usize| self.seen[at].distinct.iter().map(String::len).sum::<usize>();
        let length = |at: usize| (is_label(at), length(at));
        let (kept, left) = if length(known) >= length(column) { (known, column) } else { (column, known) };
        let (said, why) = (self.columns[kept].heading.clone(), self.columns[known].why.clone());
        self.decide(kept, role, why);
        self.decide(left, ColumnRole::Ignored, format!("another way to say {said}"));
    }

    /// The column of units that says the same as this one.
    fn same_unit(&self, column: usize) -> Option<usize> {
        let is_bare = |at: usize| !is_multiplier(&self.columns[at].heading);
        let is_same = |known: &usize| {
            let is_unit = |at: usize| plain(&self.columns[at].heading).starts_with("unit");
            is_bare(*known)
                && self.is_one_for_one(*known, column)
                && (self.seen[column].distinct.len() > 1 || is_unit(*known) && is_unit(column))
        };
        self.with_role(ColumnRole::Unit).find(|known| is_bare(column) && is_same(known))
    }

    /// Whether two headings begin alike, as those of codes and their labels do: `SEX` and `Sex`, `Dim1` and
    /// `Dim1ValueCode`, `Country of origin` and `Country of origin (ISO)`.
    fn are_called_alike(&self, one: usize, other: usize) -> bool {
        let [one, other] = [one, other].map(|column| plain(&self.columns[column].heading));
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let is_label = |word: &str| {
            matches!(word, "code" | "id" | "label" | "name" | "iso" | "iso3" | "valuecode" | "key" | "desc")
        };
        let bare = long.rsplit_once(' ').filter(|(_, last)| is_label(last)).map(|(bare, _)| bare);
        let first = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        short == long
            || bare == Some(&*short)
            || long.strip_prefix(&*short).is_some_and(|rest| is_label(rest.trim_start()))
            || first(&short) == first(&long) && first(&short).chars().any(|c| c.is_ascii_digit())
    }

    /// The one of these dimensions that a column says in other words, each for one.
    pub(super) fn same_as(&self, column: usize, dimensions: &[usize]) -> Option<usize> {
        let own = self.seen[column].distinct.len();
        let is_same = |other: &usize| {
            self.seen[*other].distinct.len() == own
                && self.are_called_alike(*other, column)
                && self.is_one_for_one(*other, column)
        };
        dimensions.iter().copied().find(|other| own > 1 && is_same(other))
    }

    /// The column of codes or dimensions that this one has a label for, each for one.
    fn label_of(&self, column: usize) -> Option<usize> {
        let own = self.seen[column].distinct.len();
        if own < 2 || self.with_role(ColumnRole::IndicatorName).next().is_some() {
            return None;
        }
        self.with_role(ColumnRole::IndicatorCode)
            .find(|code| self.seen[*code].distinct.len() == own && self.is_one_for_one(*code, column))
    }
}
