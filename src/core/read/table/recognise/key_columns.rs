//! Which columns say of which country and of which edition a row is.

use std::collections::HashMap;

use super::Recognition;
use crate::core::read::table::{
    dates::{DateOrder, is_numeric},
    headings::{edition_label, is_year, only_year, plain, rank},
    sample::{ColumnLooks, LooksLike, SampleRow},
};
use crate::core::{country::CodeList, table_mapping::ColumnRole};

/// Why a column is not read that says the years of some values beside it.
pub(in crate::core::read::table) const OTHER_YEARS: &str = "other years than the edition";

/// Why the columns of a table beside the one that is read are left out.
pub(in crate::core::read::table) const OF_ANOTHER_TABLE: &str = "of another table beside this one";

impl Recognition<'_> {
    /// Finds the columns of countries: a code leads, a name stands beside it.
    pub(super) fn countries(&mut self) {
        if self.is_across {
            return;
        }
        let is_said = |role: &ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
        let has_said =
            (0..self.columns.len()).any(|at| self.is_decided[at] && is_said(&self.columns[at].role));
        let mut candidates: Vec<usize> =
            self.undecided().into_iter().filter(|column| self.may_be_countries(*column)).collect();
        if !has_said {
            self.lead(&mut candidates);
        }
        let Some(leading) =
            self.with_role(ColumnRole::CountryCode).chain(self.with_role(ColumnRole::CountryName)).next()
        else {
            return;
        };
        self.many_countries = self.seen[leading].distinct.len();
        for column in candidates.into_iter().filter(|column| *column != leading) {
            let (same, other) = self.agreement(leading, column);
            let is_code = is_of_codes(&self.seen[column]);
            // A name that mostly agrees with its code is wrong where it does not, which is told row by row.
            let is_twin = same > other
                && !is_code
                && is_of_codes(&self.seen[leading])
                && rank(&self.columns[column].heading, ColumnRole::CountryName).is_some();
            if other > 0 && other * 4 >= same && !is_twin {
                // Another country: a partner, a neighbour, or the first column of a table beside this one.
                let heading = &self.columns[column].heading;
                if column > leading && *heading == self.columns[leading].heading {
                    self.another_table(self.begin_of_table(leading, column));
                    break;
                }
                let is_named = rank(heading, ColumnRole::CountryCode).is_some()
                    || rank(heading, ColumnRole::CountryName).is_some();
                // F, PF and NF are codes of countries, too, and so are va and ge.
                let long = self.seen[column].distinct.iter().filter(|text| text.len() > 3).count();
                if is_named || long * 2 > self.seen[column].distinct.len() {
                    self.other_countries.push(column);
                }
                continue;
            }
            let has = |role: ColumnRole| self.with_role(role).next().is_some();
            match (is_code, has(ColumnRole::CountryCode), has(ColumnRole::CountryName)) {
                (true, true, _) => {
                    self.decide(column, ColumnRole::Ignored, "another code of the same country");
                }
                (true, false, _) => self.decide(column, ColumnRole::CountryCode, "codes of countries"),
                (false, _, true) => {
                    self.decide(column, ColumnRole::Ignored, "another name of the same country");
                }
                (false, _, false) => self.decide(column, ColumnRole::CountryName, "names of countries"),
            }
        }
        // Numbers that stand for the same countries, one for one.
        for column in self.undecided() {
            let heading = &self.columns[column].heading;
            let is_named = rank(heading, ColumnRole::CountryCode).is_some() || is_called_code(heading);
            if is_named && self.seen[column].is_of_numbers() && self.is_one_for_one(leading, column) {
                self.decide(column, ColumnRole::Ignored, "another code of the same country");
            }
        }
    }

    /// Whether countries stand in the first of their rows alone: a third of the rows or more say none, and something else.
    pub(super) fn fills_down(&self) -> bool {
        let keys: Vec<usize> =
            self.with_role(ColumnRole::CountryCode).chain(self.with_role(ColumnRole::CountryName)).collect();
        let is_open = |row: &SampleRow| keys.iter().all(|key| row.get(*key).is_empty());
        let open = self.rows.iter().filter(|row| is_open(row)).count();
        let is_first_said = self.rows.first().is_some_and(|row| !is_open(row));
        !keys.is_empty() && is_first_said && open > 1 && open * 3 >= self.rows.len()
    }

    /// The list that the codes are of by their heading; it is said.
    pub(super) fn code_list(&mut self) -> Option<&'static CodeList> {
        let column = self.with_role(ColumnRole::CountryCode).next()?;
        let list = CodeList::of_heading(&plain(&self.columns[column].heading))?;
        self.columns[column].why = format!("codes of {}", list.name);
        Some(list)
    }

    /// Where a table beside this one begins, whose countries stand in the second column: headings that stand before it as
    /// before the first are of that table.
    fn begin_of_table(&self, leading: usize, second: usize) -> usize {
        let heading = |column: usize| &self.columns[column].heading;
        let is_repeated =
            |column: &usize| *column > leading && heading(*column) == heading(*column + leading - second);
        (second - leading..second).rev().take_while(is_repeated).last().unwrap_or(second)
    }

    /// Leaves out a table that stands to the right of this one, from this column on.
    fn another_table(&mut self, from: usize) {
        for column in from..self.columns.len() {
            self.decide(column, ColumnRole::Ignored, OF_ANOTHER_TABLE);
        }
    }

    fn may_be_countries(&self, column: usize) -> bool {
        let seen = &self.seen[column];
        let heading = &self.columns[column].heading;
        // Codes of two letters of another list: AU is Austria there, and CH is China.
        if matches!(&*plain(heading), "fips" | "fips code" | "fips 10 4" | "fips10") {
            return false;
        }
        let is_named = rank(heading, ColumnRole::CountryCode).is_some()
            || rank(heading, ColumnRole::CountryName).is_some();
        // F and PF are codes of countries, too.
        let are_names = seen.distinct.len() > 1 && seen.distinct.iter().all(|text| text.len() > 3);
        seen.is_of_countries() && (is_named || are_names || seen.distinct.len() > 2)
            || is_named
                && seen.countries * 10 >= seen.filled * 3
                && seen.countries > 1
                && seen.aggregates * 2 <= seen.countries
    }

    /// Decides which column leads: codes of three letters, else of two, else names, the best heading first.
    fn lead(&mut self, candidates: &mut [usize]) {
        let quality = |column: &usize| {
            let (seen, heading) = (&self.seen[*column], &self.columns[*column].heading);
            let is_code = is_of_codes(seen);
            let length =
                seen.distinct.iter().filter(|text| text.len() == 3).count() * 2 > seen.distinct.len();
            let role = if is_code { ColumnRole::CountryCode } else { ColumnRole::CountryName };
            // Codes of the Olympic committee are other ones in part.
            let is_other_list = matches!(&*plain(heading), "ioc" | "noc" | "ioc code" | "fifa");
            let named = rank(heading, role).map_or(1000, |rank| if is_other_list { 900 } else { rank });
            // A heading that names a partner or nothing at all comes after one that names the country.
            // Of columns without a name the one with the most countries is it: F, PF and NF are codes of two.
            let many = if named == 1000 { seen.countries } else { 0 };
            (named == 1000, named == 900, std::cmp::Reverse(many), !is_code, !length, named, *column)
        };
        candidates.sort_by_key(quality);
        let Some(column) = candidates.first().copied() else { return self.numeric_codes() };
        let seen = &self.seen[column];
        let (role, what) = if is_of_codes(seen) {
            (ColumnRole::CountryCode, "codes")
        } else {
            (ColumnRole::CountryName, "names")
        };
        let why = format!("{} of {} are {what} of countries", seen.countries, seen.filled);
        self.decide(column, role, why);
    }

    /// Countries by number, if the heading says so.
    fn numeric_codes(&mut self) {
        let named = |column: &usize| {
            let heading = plain(&self.columns[*column].heading);
            ["m49", "m49 code", "iso numeric", "numeric code", "un code", "geoareacode"].contains(&&*heading)
        };
        if let Some(column) = self.undecided().into_iter().find(named) {
            self.decide(column, ColumnRole::CountryCode, "its heading names the numbers of UN M49");
            self.many_countries = self.seen[column].distinct.len();
        }
    }

    /// In how many rows of the sample two columns mean the same country, and in how many another one.
    fn agreement(&mut self, one: usize, other: usize) -> (usize, usize) {
        let (mut same, mut differ) = (0, 0);
        for row in 0..self.rows.len() {
            match (self.country(row, one), self.country(row, other)) {
                (LooksLike::Nothing | LooksLike::Ambiguous, _)
                | (_, LooksLike::Nothing | LooksLike::Ambiguous) => {}
                (a, b) if a.code() == b.code() => same += 1,
                _ => differ += 1,
            }
        }
        (same, differ)
    }

    /// Whether two columns of editions say different years in some row.
    fn says_other_years(&self, one: usize, other: usize) -> bool {
        self.rows.iter().any(|row| {
            let own = only_year(row.get(other)).filter(|_| is_year(row.get(other)));
            let years = only_year(row.get(one)).zip(own);
            years.is_some_and(|(one, other)| one != other)
        })
    }

    /// Whether each text of one column goes with one text of the other, both ways.
    pub(super) fn is_one_for_one(&self, one: usize, other: usize) -> bool {
        self.determines(one, other) && self.determines(other, one)
    }

    /// Whether each text of one column goes with one text of the other: a date with its month.
    fn determines(&self, one: usize, other: usize) -> bool {
        let mut known: HashMap<&str, &str> = HashMap::new();
        self.rows.iter().all(|row| {
            let text = row.get(other);
            *known.entry(row.get(one)).or_insert(text) == text
        })
    }

    /// Finds the column of editions, or those whose headings are editions.
    pub(super) fn editions(&mut self) {
        if self.with_role(ColumnRole::Edition).next().is_some() {
            return;
        }
        let headings = self.edition_headings();
        let named: Vec<(usize, usize)> = self
            .undecided()
            .into_iter()
            .filter(|column| self.seen[*column].editions * 10 >= self.seen[*column].filled * 6)
            .filter(|column| !self.is_of_an_event(*column))
            .filter_map(|column| Some((rank(&self.columns[column].heading, ColumnRole::Edition)?, column)))
            .collect();
        if headings > 1 && named.is_empty() {
            return;
        }
        // A moment at which rows were written, and what is the same in all rows, come last.
        let quality = |(rank, column): &(usize, usize)| {
            let seen = &self.seen[*column];
            let is_moment = seen.distinct.iter().any(|text| text.contains('T') && text.contains(':'));
            let is_apart = self.tells_rows_apart(&[*column]);
            (is_moment, seen.distinct.len() < 2, !is_apart, *rank, *column)
        };
        let best = named.into_iter().min_by_key(quality).map(|(_, column)| column);
        let Some(column) = best.or_else(|| self.unnamed_years()) else { return };
        let seen = &self.seen[column];
        let order = DateOrder::of(seen.distinct.iter().map(String::as_str));
        let order = order.map_or(String::new(), |order| format!(", {}", order.words()));
        let why = format!("{} of {} are years or periods{order}", seen.editions, seen.filled);
        self.decide(column, ColumnRole::Edition, why);
        for other in self.undecided() {
            let is_edition = rank(&self.columns[other].heading, ColumnRole::Edition).is_some();
            let is_said = self.seen[other].filled > 0;
            if is_edition && is_said && (self.seen[other].is_of_editions() || self.determines(column, other))
            {
                let why = if self.says_other_years(column, other) {
                    OTHER_YEARS
                } else {
                    "another way to say the edition"
                };
                self.decide(other, ColumnRole::Ignored, why);
            }
        }
    }

    /// Whether a column has the day on which something happened once in each country: the date of a ratification is an
    /// answer, not the time that the row is about.
    fn is_of_an_event(&self, column: usize) -> bool {
        let lead =
            self.with_role(ColumnRole::CountryCode).chain(self.with_role(ColumnRole::CountryName)).next();
        let (rows, days) = (self.rows.len(), &self.seen[column].distinct);
        let is_once = lead.is_some_and(|lead| self.seen[lead].distinct.len() == rows);
        let is_day = |text: &String| {
            let is_iso = edition_label(text).is_some_and(|label| label.len() == "2020-01-31".len());
            is_iso || is_numeric(text)
        };
        is_once && rows > 2 && days.len() * 2 > rows && days.iter().all(is_day)
    }

    /// A column of years whose heading has the word for it among others: `iyear`, `Index year`. Only where it tells rows of
    /// one country apart, or is the same in all rows: the year of something that happened once is a fact like any other.
    fn unnamed_years(&self) -> Option<usize> {
        let is_needed = !self.tells_rows_apart(&[]);
        self.undecided().into_iter().find(|column| {
            let (seen, plain) = (&self.seen[*column], plain(&self.columns[*column].heading));
            let is_called =
                plain.split(' ').any(|word| word == "year" || word == "yr") || plain.ends_with("year");
            let is_one = seen.distinct.len() == 1 && seen.filled == self.rows.len() && self.rows.len() > 2;
            is_called
                && (is_needed || is_one)
                && seen.is_of_editions()
                && seen.distinct.iter().all(|text| is_year(text))
        })
    }

    /// How many headings are editions and nothing else.
    fn edition_headings(&self) -> usize {
        let is_edition =
            |column: &usize| self.heads.iter().any(|head| self.edition_heading(head.get(*column)).is_some());
        self.undecided().iter().filter(|column| is_edition(column)).count()
    }
}

/// Whether all words of a heading are about codes or numbers of countries.
fn is_called_code(heading: &str) -> bool {
    let plain = plain(heading);
    // A column of this name counts something.
    if matches!(&*plain, "number" | "num" | "nr" | "numeric") {
        return false;
    }
    let is_code = |word: &str| {
        matches!(
            word,
            "id" | "code"
                | "num"
                | "nr"
                | "number"
                | "numeric"
                | "n3"
                | "uid"
                | "iso"
                | "m49"
                | "cow"
                | "unctry"
                | "gwcode"
                | "imfcode"
                | "faocode"
                | "uncode"
                | "wbcode"
                | "ccode"
                | "scode"
        )
    };
    let is_such = |word: &str| {
        let of_country = matches!(
            word,
            "country"
                | "countries"
                | "nation"
                | "state"
                | "area"
                | "location"
                | "territory"
                | "entity"
                | "economy"
        );
        let of_list = matches!(
            word,
            "un" | "wb" | "fao" | "gw" | "3166" | "1" | "weo" | "imf" | "who" | "oecd" | "vdem" | "polity"
        );
        of_country || of_list || is_code(word)
    };
    plain.split(' ').all(is_such) && plain.split(' ').any(is_code)
}

fn is_of_codes(seen: &ColumnLooks) -> bool {
    seen.codes * 10 >= seen.countries * 6 && seen.codes > 0
}
