//! From a sample of a table to what its columns are for, each with the evidence for it.

mod key_columns;
mod signs;
mod status_columns;
mod other_columns;
mod value_columns;

pub(super) use self::key_columns::{OF_ANOTHER_TABLE, OTHER_YEARS};

use crate::core::table_mapping::{ColumnRole, Mapping};
use std::collections::BTreeSet;

use super::{
    annotations::qualified,
    blocks::TableEnd,
    dates::{DateOrder, date_label},
    headings::{edition_label, is_dated_by_name, only_year, plain, roles, stem_and_edition},
    heads::{self, HeadRows},
    sample::{ColumnLooks, CountryLooks, LooksLike, Sample, SampleRow},
    written_forms::NumberForm,
};
use crate::core::{
    cell::Marks, country::CodeList, delimited::FieldDialect, number_signs::NumberSigns,
    obs_status::CodesOfValues, period::UNDATED,
};

/// A column, what it is for and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TableColumn {
    /// As it stands in the last row of headings; `column 3` where none does.
    pub heading: String,
    pub role: ColumnRole,
    /// The evidence, in words.
    pub why: String,
    /// Some of what stands in it.
    pub examples: Vec<String>,
    /// What a column of values itself says of where they belong.
    pub edition: Option<String>,
    pub indicator: Option<ColumnIndicator>,
    pub country: Option<String>,
    /// The column of flags of these values.
    pub status_at: Option<usize>,
    /// Columns of notes and sources of these values alone.
    pub words_at: Vec<usize>,
    /// What its heading says of all its values: `2022 provisional`.
    pub marks: Marks,
    /// What stands beside the digits of its numbers.
    pub form: NumberForm,
    /// Whether its numbers are steps of a small scale.
    pub has_few_numbers: bool,
}

/// The indicator of a column of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ColumnIndicator {
    /// A code, if the headings have one.
    pub code: Option<String>,
    pub title: String,
    /// What stands over several columns.
    pub goal: Option<String>,
    /// A percent sign that stands behind all its numbers.
    pub unit: Option<String>,
}

/// How a table is read.
#[derive(Clone, Debug)]
pub(super) struct TableShape {
    pub dialect: FieldDialect,
    pub heads: Vec<SampleRow>,
    /// The byte of the first row of data.
    pub data_at: usize,
    /// Where it ends, if that is before the end of its text.
    pub ends: Option<TableEnd>,
    /// The list that the codes of countries are of, if it is not ISO 3166.
    pub code_list: Option<&'static CodeList>,
    /// Whether a country stands in the first of its rows alone.
    pub fills_down: bool,
    /// What stands above the headings.
    pub preamble: Vec<String>,
    /// Those lines of it that are a label with something beside it.
    pub labels: Vec<(String, String)>,
    pub columns: Vec<TableColumn>,
    pub signs: NumberSigns,
    /// Codes of status that mean no gaps here.
    pub codes_of_values: CodesOfValues,
    /// The edition of a table that states none, and where it is from.
    pub undated: Option<(String, &'static str)>,
    /// The shape in words: "a row for each country and year, a column for each indicator".
    pub words: &'static str,
    /// Rows of the sample.
    pub looked_at: usize,
    /// Countries in the sample, to choose between sheets.
    pub countries: usize,
    /// Headings of columns that name other countries than those of the rows.
    pub other_countries: Vec<String>,
    /// Headings of columns in which a percent sign stands behind some numbers.
    pub mixed_percents: Vec<String>,
    /// A number whose point may stand between thousands.
    pub doubtful_point: Option<String>,
}

/// Recognises a table. `name` is that of its file and sheet. `None` if nothing in it is about countries.
pub(super) fn recognise(
    sample: &Sample,
    dialect: FieldDialect,
    mapping: &Mapping,
    name: &str,
    stated: &[(String, ColumnRole)],
    looks: &mut CountryLooks,
) -> Option<TableShape> {
    let rows = heads::find(sample, looks).or_else(|| by_mapping(sample, mapping))?;
    let mut table = Recognition::new(sample, &rows, mapping, stated, looks);
    table.countries();
    let is_country = |role: ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
    if !table.is_across && !table.columns.iter().any(|column| is_country(column.role)) {
        return None;
    }
    table.editions();
    table.values();
    table.other_columns();
    let (words, has_edition) = (table.words(), table.has_edition());
    let (signs, doubtful_point) = signs::of(&table, mapping, dialect.separator);
    let mixed_percents = signs::percents(&mut table);
    signs::forms(&mut table);
    if let Some(units) = rows.units.map(|row| &sample.first[row]) {
        table.take_units(units);
    }
    let first = &sample.first;
    let (preamble, labels) = above(&first[..rows.heads.first().copied().unwrap_or(rows.data)]);
    let undated = (!has_edition).then(|| undated(mapping, name, &preamble, &table.columns));
    Some(TableShape {
        dialect,
        heads: rows.heads.iter().map(|head| first[*head].clone()).collect(),
        data_at: first[rows.data].at,
        ends: None,
        code_list: table.code_list(),
        fills_down: table.fills_down(),
        preamble,
        labels,
        signs,
        codes_of_values: table.codes_of_values(),
        undated,
        words,
        looked_at: table.rows.len(),
        countries: table.many_countries,
        other_countries: table.other_countries.iter().map(|at| table.columns[*at].heading.clone()).collect(),
        columns: table.columns,
        mixed_percents,
        doubtful_point,
    })
}

/// What stands above the headings: its lines, and those of them that are a label with something beside it.
fn above(rows: &[SampleRow]) -> (Vec<String>, Vec<(String, String)>) {
    let said = |row: &SampleRow| -> Vec<String> {
        let mut fields: Vec<String> = row.fields.iter().map(|field| field.trim().to_owned()).collect();
        fields.retain(|field| !field.is_empty());
        // A title over the whole width, as merged cells come.
        fields.dedup();
        fields
    };
    let rows: Vec<Vec<String>> =
        rows.iter().map(said).filter(|row| row.first().is_some_and(|first| !is_no_title(first))).collect();
    let label = |row: &Vec<String>| match &row[..] {
        [label, value] => Some((label.clone(), value.clone())),
        [line] => line.split_once(": ").map(|(label, value)| (label.to_owned(), value.trim().to_owned())),
        _ => None,
    };
    (rows.iter().map(|row| row.join(" ")).collect(), rows.iter().filter_map(label).collect())
}

/// Lines above the headings of which a year is that of the file or of its source.
fn is_about_the_file(line: &str) -> bool {
    const WORDS: [&str; 11] = [
        "extracted",
        "downloaded",
        "download",
        "updated",
        "update",
        "accessed",
        "retrieved",
        "generated",
        "source",
        "copyright",
        "license",
    ];
    line.contains('©') || plain(line).split(' ').any(|word| WORDS.contains(&word))
}

/// Lines above the headings that are for programs.
fn is_no_title(line: &str) -> bool {
    line.starts_with("sep=") || line.starts_with("<?xml")
}

/// The headings are in the first row if the user says which column has the countries.
fn by_mapping(sample: &Sample, mapping: &Mapping) -> Option<HeadRows> {
    let is_country = |role: &ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
    let named =
        mapping.columns.iter().filter(|(_, role)| is_country(role)).map(|(heading, _)| heading.trim());
    let named: BTreeSet<&str> = named.collect();
    let head =
        sample.first.iter().position(|row| row.fields.iter().any(|field| named.contains(field.trim())))?;
    (head + 1 < sample.first.len()).then_some(HeadRows {
        heads: vec![head],
        units: None,
        data: head + 1,
        is_across: false,
    })
}

fn undated(
    mapping: &Mapping,
    name: &str,
    preamble: &[String],
    columns: &[TableColumn],
) -> (String, &'static str) {
    if let Some(said) = &mapping.undated {
        return (said.clone(), "as the mapping says");
    }
    // The title may stand below the number of the table.
    let titles = preamble.iter().take(2).take_while(|line| !is_about_the_file(line));
    let of_title = titles.filter(|title| !is_dated_by_name(title)).find_map(|title| only_year(title));
    let values: Vec<&TableColumn> =
        columns.iter().filter(|column| column.role == ColumnRole::Value).collect();
    let stated: Vec<String> =
        values.iter().filter_map(|column| Some(stem_and_edition(&column.heading)?.1)).collect();
    if let Some(year) = stated.first()
        && stated.len() * 2 >= values.len()
        && stated.iter().all(|other| other == year)
    {
        return (year.clone(), "as its headings say");
    }
    match (of_title, only_year(name)) {
        (Some(year), _) => (year.to_owned(), "as its title says"),
        (None, Some(year)) => (year.to_owned(), "as its name says"),
        (None, None) => (UNDATED.to_owned(), "no year stands in it, in its title or in its name"),
    }
}

/// The number of columns: that of the headings, unless most rows have more.
fn width<'s>(heads: &[&SampleRow], rows: impl Iterator<Item = &'s SampleRow>, most: usize) -> usize {
    let Some(head) = heads.iter().map(|head| head.fields.len()).max() else { return most };
    let (mut longer, mut all) = (0, 0);
    for row in rows {
        all += 1;
        longer += usize::from(row.fields.iter().skip(head).any(|field| !field.trim().is_empty()));
    }
    if longer * 2 >= all.max(1) { most } else { head }
}

/// A recognition under way.
pub(super) struct Recognition<'s> {
    pub rows: Vec<&'s SampleRow>,
    pub heads: Vec<&'s SampleRow>,
    pub is_across: bool,
    pub columns: Vec<TableColumn>,
    pub seen: Vec<ColumnLooks>,
    /// Columns whose role is decided.
    pub is_decided: Vec<bool>,
    pub looks: &'s mut CountryLooks,
    pub many_countries: usize,
    /// Columns of other countries than those of the rows.
    pub other_countries: Vec<usize>,
    /// That of the dates in headings.
    pub date_order: Option<DateOrder>,
}

impl<'s> Recognition<'s> {
    fn new(
        sample: &'s Sample,
        rows: &HeadRows,
        mapping: &Mapping,
        stated: &[(String, ColumnRole)],
        looks: &'s mut CountryLooks,
    ) -> Self {
        let heads: Vec<&SampleRow> = rows.heads.iter().map(|head| &sample.first[*head]).collect();
        let all = || sample.first[rows.data..].iter().chain(&sample.far);
        let width = width(&heads, all(), sample.width());
        // A row with more fields than there are headings was split: what it says stands under the wrong ones.
        let is_whole = |row: &&SampleRow| row.fields.iter().skip(width).all(|field| field.trim().is_empty());
        let data: Vec<&SampleRow> =
            all().filter(|row| row.filled() > 1 || width == 1).filter(is_whole).collect();
        let seen = ColumnLooks::of_all(data.iter().copied(), width, looks);
        let titles = heads.iter().flat_map(|head| &head.fields).map(String::as_str);
        let date_order = DateOrder::of(titles);
        let mut table = Self {
            heads,
            rows: data,
            is_across: rows.is_across,
            columns: vec![],
            seen,
            is_decided: vec![false; width],
            looks,
            many_countries: 0,
            other_countries: vec![],
            date_order,
        };
        for column in 0..width {
            let heading = table.heading(column);
            let heading = if heading.is_empty() { format!("column {}", column + 1) } else { heading };
            let said = mapping
                .columns
                .iter()
                .find(|(known, _)| known.trim() == heading)
                .map(|(_, role)| (*role, "as the mapping says"));
            let known = stated
                .iter()
                .find(|(known, _)| known.trim() == heading)
                .map(|(_, role)| (*role, "as the format says"));
            let decided = said.or(known);
            table.is_decided[column] = decided.is_some();
            let (role, why) = decided.unwrap_or((ColumnRole::Ignored, ""));
            table.columns.push(TableColumn {
                heading,
                role,
                why: why.to_owned(),
                examples: table.examples(column),
                edition: None,
                indicator: None,
                country: None,
                status_at: None,
                words_at: vec![],
                marks: Marks::empty(),
                form: NumberForm::Plain,
                has_few_numbers: table.seen[column].has_few_numbers(),
            });
        }
        table
    }

    /// The last heading of a column that says something.
    fn heading(&self, column: usize) -> String {
        let mut said =
            self.heads.iter().rev().map(|head| head.get(column)).filter(|heading| !heading.is_empty());
        // Over the last row stand headings of several columns, and those of a key that is open below.
        let is_open = self.heads.last().is_some_and(|head| head.get(column).is_empty());
        let named = said.clone().find(|heading| is_open && !roles(heading).is_empty());
        let said = named.or_else(|| said.next());
        // A line break in a heading is a space.
        said.map(|heading| heading.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    fn examples(&self, column: usize) -> Vec<String> {
        const MOST: usize = 3;
        let mut found: Vec<&str> = vec![];
        for row in &self.rows {
            let text = row.get(column);
            if !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
            if found.len() == MOST {
                break;
            }
        }
        found.into_iter().map(str::to_owned).collect()
    }

    /// The label of an edition in a heading, if the heading is nothing else.
    pub(super) fn edition_heading(&self, heading: &str) -> Option<String> {
        let label = |text: &str| edition_label(text).or_else(|| date_label(text, self.date_order));
        label(heading).or_else(|| label(qualified(heading)?.0))
    }

    pub(super) fn decide(&mut self, column: usize, role: ColumnRole, why: impl Into<String>) {
        self.columns[column].role = role;
        self.columns[column].why = why.into();
        self.is_decided[column] = true;
    }

    pub(super) fn with_role(&self, role: ColumnRole) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.len())
            .filter(move |column| self.is_decided[*column] && self.columns[*column].role == role)
    }

    pub(super) fn undecided(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|column| !self.is_decided[*column]).collect()
    }

    /// Takes the units of a row below the headings.
    fn take_units(&mut self, units: &SampleRow) {
        for column in self.with_role(ColumnRole::Value).collect::<Vec<_>>() {
            let unit = units.get(column);
            let bare = unit.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(unit);
            if !bare.is_empty() {
                self.columns[column].indicator.get_or_insert_default().unit = Some(bare.to_owned());
            }
        }
    }

    fn has_edition(&self) -> bool {
        self.with_role(ColumnRole::Edition).next().is_some()
            || self.with_role(ColumnRole::Value).all(|column| self.columns[column].edition.is_some())
    }

    /// A cell of the sample as a country.
    pub(super) fn country(&mut self, row: usize, column: usize) -> LooksLike {
        self.looks.of(self.rows[row].get(column))
    }

    fn words(&self) -> &'static str {
        let any = |role: ColumnRole| self.with_role(role).next().is_some();
        let rows_have =
            any(ColumnRole::IndicatorCode) || any(ColumnRole::IndicatorName) || any(ColumnRole::Dimension);
        let values = || self.with_role(ColumnRole::Value).map(|column| &self.columns[column]);
        let by_edition = values().any(|column| column.edition.is_some());
        let by_indicator = values().any(|column| column.indicator.is_some());
        let many = values().count() > 1;
        if values().any(|column| column.country.is_some()) {
            return "a column for each country";
        }
        match (rows_have, by_edition, by_indicator, any(ColumnRole::Edition)) {
            (true, true, ..) => "a row for each country and indicator, a column for each edition",
            (_, true, true, _) => "a row for each country, a column for each indicator and edition",
            (false, true, false, _) => "a row for each country, a column for each edition of one indicator",
            (true, false, _, _) if !many => "a row for each country, edition and indicator",
            (true, false, ..) => "a row for each country, edition and category, a column for each indicator",
            (false, false, _, true) => "a row for each country and edition, a column for each indicator",
            (false, false, _, false) => "a row for each country, a column for each indicator",
        }
    }
}
