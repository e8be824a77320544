//! The years that the two sides of a row are about, where they differ.

use super::ComparisonRow;
use crate::core::{dataset::Dataset, date::Date, subject::Subject};

/// Per subject the year of its value, if the years of a row differ and say more than the editions do; a side without a
/// value of its own has none.
pub fn years_apart(data: &Dataset, subjects: &[Subject], row: &ComparisonRow) -> Option<Vec<Option<i16>>> {
    // The year of a value, and whether it is another than that of the edition.
    let year = |(subject, cell): (&Subject, &crate::core::cell::Cell)| match subject {
        Subject::Country(country, edition) if cell.is_given() => {
            let of_edition = data.edition(*edition).period.last.year();
            let said = data.detail(*country, *edition, row.indicator).as_of.map(Date::year);
            Some((said.unwrap_or(of_edition), said.is_some_and(|said| said != of_edition)))
        }
        _ => None,
    };
    let years: Vec<Option<(i16, bool)>> = subjects.iter().zip(&row.cells).map(year).collect();
    let mut known = years.iter().flatten();
    let (first, _) = known.next()?;
    let differ = known.any(|(year, _)| year != first);
    let says_more = years.iter().flatten().any(|(_, is_other)| *is_other);
    (differ && says_more).then(|| years.into_iter().map(|year| year.map(|(year, _)| year)).collect())
}
