//! The first rows of a table and some from across it, and what stands in their columns.

use std::collections::{BTreeSet, HashMap};

use super::{
    annotations::{qualified, without_footnote},
    dates::{self, compact_label},
    headings::{edition_label, is_year, survey_label},
    written_forms::{NumberForm, is_bare_number},
};
use crate::core::{
    country::{self, ResolvedCountry},
    delimited::{DelimitedRecord, FieldDialect},
    interval::bounded,
    number_signs::NumberSigns,
    read::words::missing_sign,
};

/// A record that was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct SampleRow {
    pub at: usize,
    /// Without white space around them.
    pub fields: Vec<String>,
    /// Of a sheet, which fields are numbers there, however they are shown; empty of other texts.
    pub is_typed: Vec<bool>,
}

impl SampleRow {
    pub(super) fn get(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The number of fields that say something.
    pub(super) fn filled(&self) -> usize {
        self.fields.iter().filter(|field| !field.is_empty()).count()
    }
}

/// Records of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    /// The first ones, as they stand.
    pub first: Vec<SampleRow>,
    /// Some of the others.
    pub far: Vec<SampleRow>,
}

impl Sample {
    pub(super) fn of(text: &str, start: usize, dialect: FieldDialect, is_sheet: bool) -> Self {
        const FIRST: usize = 300;
        const PLACES: usize = 12;
        const AT_EACH: usize = 50;
        let (first, end) = rows(text, start, dialect, FIRST, is_sheet);
        let (mut far, mut seen) = (vec![], end);
        for part in 0..PLACES {
            let from = end + (text.len() - end) / PLACES * part;
            let line = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1);
            let line = if from <= seen { seen } else { line };
            let (more, end) = rows(text, line, dialect, AT_EACH, is_sheet);
            far.extend(more);
            seen = seen.max(end);
        }
        Self { first, far }
    }

    /// The most fields of a record.
    pub(super) fn width(&self) -> usize {
        self.first.iter().map(|row| row.fields.len()).max().unwrap_or(0)
    }
}

fn rows(
    text: &str,
    start: usize,
    dialect: FieldDialect,
    most: usize,
    is_sheet: bool,
) -> (Vec<SampleRow>, usize) {
    /// Columns that are looked at; further ones are not read, which is told.
    const MOST_FIELDS: usize = super::MOST_COLUMNS;
    let (mut record, mut at, mut rows, mut budget) =
        (DelimitedRecord::default(), start, vec![], 2_000_000_usize);
    while rows.len() < most && budget > 0 {
        let Some(next) = record.read(text, at, dialect, MOST_FIELDS) else { break };
        let fields = (0..record.fields.len()).map(|field| record.get(text, field).into_owned()).collect();
        budget = budget.saturating_sub(record.fields.len());
        let typed = record.fields.iter().filter(|_| is_sheet).map(|span| !span.is_quoted);
        rows.push(SampleRow { at, fields, is_typed: typed.collect() });
        at = next;
    }
    (rows, at)
}

/// What a text is as a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LooksLike {
    Nothing,
    Country(&'static str),
    Aggregate(&'static str),
    /// A name of several.
    Ambiguous,
}

impl LooksLike {
    /// The code of a country, not of an aggregate.
    pub(super) const fn country(self) -> Option<&'static str> {
        if let Self::Country(code) = self { Some(code) } else { None }
    }

    pub(super) const fn code(self) -> Option<&'static str> {
        if let Self::Country(code) | Self::Aggregate(code) = self { Some(code) } else { None }
    }
}

/// Looks countries up, each text once.
#[derive(Debug, Default)]
pub(super) struct CountryLooks {
    known: HashMap<String, LooksLike>,
}

impl CountryLooks {
    /// Numbers are no countries here: only a heading can say that they are.
    pub(super) fn of(&mut self, text: &str) -> LooksLike {
        let text = text.trim();
        if text.is_empty()
            || is_bare_number(text)
            || text.parse::<f64>().is_ok() && !text.eq_ignore_ascii_case("nan")
        {
            return LooksLike::Nothing;
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let looks = match resolve(text) {
            ResolvedCountry::Known(row) => LooksLike::Country(row.iso3),
            ResolvedCountry::Former(row) => LooksLike::Country(row.code),
            ResolvedCountry::Aggregate(row) => LooksLike::Aggregate(row.code),
            ResolvedCountry::Ambiguous(_) => LooksLike::Ambiguous,
            ResolvedCountry::UserAssigned | ResolvedCountry::Unknown => LooksLike::Nothing,
        };
        self.known.insert(text.to_owned(), looks);
        looks
    }
}

/// The place that a text means; of `GHA: Ghana` the code, of `France2` and `Norway (a)` the name before the mark of a
/// footnote. `UK: Scotland` is a part, not the whole.
pub(super) fn resolve(text: &str) -> ResolvedCountry {
    // A row that was commented out.
    if text.trim_start().starts_with('#') {
        return ResolvedCountry::Unknown;
    }
    let unknown = match country::resolve(text) {
        unknown @ (ResolvedCountry::Unknown | ResolvedCountry::UserAssigned) => unknown,
        resolved => return resolved,
    };
    if let Some((code, label)) = text.split_once(": ") {
        let resolved = country::resolve(code);
        let is_aggregate = matches!(resolved, ResolvedCountry::Aggregate(_));
        let is_same = resolved.code().is_some() && resolved.code() == country::resolve(label).code();
        return if is_same || is_aggregate { resolved } else { unknown };
    }
    match without_marks(text) {
        bare if bare.len() < text.trim().len() => match country::resolve(bare) {
            ResolvedCountry::UserAssigned | ResolvedCountry::Unknown => unknown,
            resolved => resolved,
        },
        _ => unknown,
    }
}

/// A name without the marks of footnotes behind it: `2`, `1, 2`, `1/`, `*`, `(a)`, `[1]`, `²`.
fn without_marks(text: &str) -> &str {
    const FEWEST_LETTERS: usize = 4;
    let mut bare = text.trim();
    loop {
        let is_sign =
            |c: char| matches!(c, '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | ',' | '/');
        let mut next = bare.trim_end_matches(is_sign).trim_end();
        let digits = next.trim_end_matches(|c: char| c.is_ascii_digit());
        if next.len() - digits.len() <= 2 {
            next = digits.trim_end();
        }
        let open = if next.ends_with(')') { '(' } else { '[' };
        if let Some(inner) = next.strip_suffix([')', ']'])
            && let Some((name, mark)) = inner.rsplit_once(open)
            && mark.len() <= 2
            && mark.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || mark.len() == 1)
        {
            next = name.trim_end();
        }
        let is_name = next.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS;
        if next.len() == bare.len() || !is_name {
            return bare;
        }
        bare = next;
    }
}

/// Whether a text is a number in any way that numbers are published.
pub(super) fn is_number(text: &str) -> bool {
    if is_bare_number(text) {
        return true;
    }
    let text = bounded(text).map_or(text, |(estimate, _)| estimate);
    let text =
        without_footnote(qualified(text).map(|(rest, _)| rest).filter(|rest| !is_year(rest)).unwrap_or(text));
    let is_plain = text.parse::<f64>().is_ok_and(f64::is_finite);
    is_plain
        || NumberForm::Abbreviated.is_of(text)
        || text.starts_with(|c: char| {
            c.is_ascii_digit() || matches!(c, '-' | '−' | '+' | '.' | '<' | '>' | '≤' | '≥')
        }) && NumberSigns::PUBLISHED.iter().any(|(decimal, thousands)| {
            let signs = NumberSigns { decimal: *decimal, thousands: *thousands, percent: true, flags: true };
            signs.number(without_flags(text).trim_start_matches(['<', '>', '≤', '≥'])).is_some()
        })
}

/// A text without letters and stars that stand behind a number, apart from it.
pub(super) fn without_flags(text: &str) -> &str {
    let is_star = |c: char| matches!(c, '*' | '†' | '‡');
    let bare = text.trim_end_matches(|c: char| c.is_ascii_lowercase() || is_star(c));
    // `482b` are billions, and `2nd` is no flag: letters stand apart.
    let is_apart = bare.ends_with(char::is_whitespace) || text[bare.len()..].starts_with(is_star);
    let bare = bare.trim_end();
    if is_apart && bare.ends_with(|c: char| c.is_ascii_digit() || c == '%') { bare } else { text }
}

/// Whether a text is a number with decimals that is nothing else, told quickly: no date, no code, no sign.
fn is_only_number(text: &str) -> bool {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, decimals)| {
        (1..=3).contains(&whole.len())
            && (1..=20).contains(&decimals.len())
            && decimals.len() != 4
            && is_digits(whole)
            && is_digits(decimals)
    })
}

/// What stands in one column of the sample.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnLooks {
    pub filled: usize,
    pub countries: usize,
    /// Those of the countries that are aggregates.
    pub aggregates: usize,
    /// Those of the countries that are written as a code of two or three capitals.
    pub codes: usize,
    pub numbers: usize,
    pub editions: usize,
    pub signs: usize,
    /// Signs of missing values that are countries, too.
    doubtful: usize,
    pub distinct: BTreeSet<String>,
}

impl ColumnLooks {
    pub(super) const MOST_DISTINCT: usize = 300;

    pub(super) fn of<'r>(
        rows: impl Iterator<Item = &'r SampleRow>,
        column: usize,
        looks: &mut CountryLooks,
    ) -> Self {
        let mut own = Self::default();
        rows.for_each(|row| own.see(row.get(column), looks));
        own.seen()
    }

    /// The same of the first `width` columns, row by row, as they are kept.
    pub(super) fn of_all<'r>(
        rows: impl Iterator<Item = &'r SampleRow>,
        width: usize,
        looks: &mut CountryLooks,
    ) -> Vec<Self> {
        let mut all = vec![Self::default(); width];
        for row in rows {
            all.iter_mut().zip(&row.fields).for_each(|(own, text)| own.see(text, looks));
        }
        all.into_iter().map(Self::seen).collect()
    }

    fn see(&mut self, text: &str, looks: &mut CountryLooks) {
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.distinct.len() < Self::MOST_DISTINCT && !self.distinct.contains(text) {
            self.distinct.insert(text.to_owned());
        }
        if is_only_number(text) {
            self.numbers += 1;
            return;
        }
        let country = looks.of(text);
        let is_sign = missing_sign(text).is_some();
        self.signs += usize::from(is_sign);
        self.doubtful += usize::from(is_sign && country != LooksLike::Nothing);
        self.countries += usize::from(!is_sign && country != LooksLike::Nothing);
        self.aggregates += usize::from(matches!(country, LooksLike::Aggregate(_)));
        let is_code = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        self.codes += usize::from(is_code && country != LooksLike::Nothing);
        let is_written = NumberForm::Money.is_of(text) || NumberForm::Rank.is_of(text);
        self.numbers += usize::from(is_number(text) || is_written);
        self.editions += usize::from(
            edition_label(text).is_some()
                || dates::is_numeric(text)
                || compact_label(text).is_some()
                || survey_label(text).is_some(),
        );
    }

    /// When all rows were seen.
    const fn seen(mut self) -> Self {
        // NA is Namibia among other codes, and a sign among figures.
        if self.countries > 0 {
            self.countries += self.doubtful;
        }
        self
    }

    /// Whether all numbers are steps of a small scale: whole ones of one or two digits, and few.
    pub(super) fn has_few_numbers(&self) -> bool {
        const MOST: usize = 10;
        let numbers = || self.distinct.iter().filter(|text| is_bare_number(text));
        let is_step = |text: &String| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        numbers().all(is_step) && (2..=MOST).contains(&numbers().count())
    }

    /// Whether most of what is written are countries, and not only groups of them.
    pub(super) const fn is_of_countries(&self) -> bool {
        self.countries * 10 >= self.filled * 6 && self.countries > 0 && self.aggregates * 2 <= self.countries
    }

    pub(super) const fn is_of_groups(&self) -> bool {
        self.countries * 10 >= self.filled * 6 && self.aggregates * 2 > self.countries
    }

    pub(super) const fn is_of_numbers(&self) -> bool {
        let said = self.filled - self.signs;
        self.numbers * 10 >= said * 8 && self.numbers > 0
    }

    pub(super) const fn is_of_editions(&self) -> bool {
        self.editions * 10 >= self.filled * 9 && self.editions > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a text in the slow way, beside that it is a number.
    fn is_something_else(text: &str, looks: &mut CountryLooks) -> bool {
        looks.of(text) != LooksLike::Nothing
            || missing_sign(text).is_some()
            || edition_label(text).is_some()
            || dates::is_numeric(text)
            || compact_label(text).is_some()
            || survey_label(text).is_some()
    }

    #[test]
    fn what_is_told_quickly_is_a_number_and_nothing_else() {
        let mut looks = CountryLooks::default();
        let wholes =
            ["0", "1", "01", "5", "9", "12", "19", "20", "31", "99", "004", "100", "202", "840", "999"];
        let decimals = (0..1000).flat_map(|number| [format!("{number}"), format!("{number:03}")]);
        let long =
            ["00000", "20200", "0120201", "12345678", "20200131", "99999", "31122020"].map(str::to_owned);
        let decimals: Vec<String> = decimals.chain(long).collect();
        for text in wholes.iter().flat_map(|whole| decimals.iter().map(move |part| format!("{whole}.{part}")))
        {
            if is_only_number(&text) {
                assert!(is_number(&text) && !is_something_else(&text, &mut looks), "{text}");
            }
        }
        for other in ["2020.5", "1.2020", "1.1.2020", "1.", ".5", "-1.5", "1.5e3", "1,5", "1.5%", "12"] {
            assert!(!is_only_number(other), "{other}");
        }
    }
}
