//! Where the headings of a table are: what stands before them, one to three rows of them, and where the data begin.

use std::collections::BTreeSet;

use super::{
    headings::{edition_label, roles},
    sample::{ColumnLooks, CountryLooks, LooksLike, Sample, SampleRow, is_number},
};
use crate::core::table_mapping::ColumnRole;

/// The rows of a table, by their positions among the first ones of its sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadRows {
    /// From the top.
    pub heads: Vec<usize>,
    /// A row below them that has the units of the columns.
    pub units: Option<usize>,
    /// The first row of data.
    pub data: usize,
    /// Whether countries stand in the headings, side by side.
    pub is_across: bool,
}

/// The most rows of headings.
const MOST_HEADS: usize = 5;

/// Finds the headings; `None` if no column and no row holds countries.
pub(super) fn find(sample: &Sample, looks: &mut CountryLooks) -> Option<HeadRows> {
    let across = across(sample, looks);
    let down = country_column(sample, looks);
    match (down, across) {
        // Countries across, and a first column of words that happen to be some.
        (Some((_, column, many)), Some((head, countries))) if countries > many * 2 && column > 0 => {
            Some(below_codes(sample, with_heads(sample, head + 1, head, true, usize::MAX)))
        }
        (Some((data, column, _)), _) => {
            let data = first_of_data(sample, data, column);
            Some(match head_above(sample, data) {
                Some(head) => {
                    let rows = without_tags(sample, with_heads(sample, data, head, false, column));
                    with_titles(sample, with_units(sample, rows, column), head)
                }
                None => HeadRows { heads: vec![], units: None, data, is_across: false },
            })
        }
        (None, Some((head, _))) => {
            Some(below_codes(sample, with_heads(sample, head + 1, head, true, usize::MAX)))
        }
        (None, None) => None,
    }
}

/// The first row of a column of countries, the column, and how many countries it has.
fn country_column(sample: &Sample, looks: &mut CountryLooks) -> Option<(usize, usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None;
    for column in 0..sample.width() {
        let is_country =
            |row: &SampleRow, looks: &mut CountryLooks| looks.of(row.get(column)) != LooksLike::Nothing;
        // `geo` is a heading, though it is a code of Georgia, too.
        let is_data = |row: &SampleRow, looks: &mut CountryLooks| is_country(row, looks) && !is_heading(row);
        let found = sample.first.iter().position(|row| is_data(row, looks));
        let found = found.map(|at| if is_above_figures(sample, at) { at + 1 } else { at });
        let Some(data) = found.filter(|at| *at < sample.first.len()) else { continue };
        let rows = sample.first[data..].iter().chain(&sample.far);
        let seen = ColumnLooks::of(rows, column, looks);
        // Between a heading and the first country that is known others may stand.
        let above = (0..data).rev().take(5).map(|head| sample.first[head].get(column));
        let is_country =
            |role: &ColumnRole| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName);
        let is_named = above.flat_map(roles).any(|(role, _)| is_country(&role));
        let is_enough = seen.distinct.len() > 2 || is_named;
        let many = seen.countries - seen.aggregates;
        if seen.is_of_countries() && is_enough && best.is_none_or(|(_, _, most)| many > most) {
            best = Some((data, column, many));
        }
    }
    best
}

/// Whether several fields of a row are words that headings are.
fn is_heading(row: &SampleRow) -> bool {
    let named = row.fields.iter().filter(|field| !roles(field).is_empty()).count();
    named > 1 && !row.fields.iter().any(|field| is_number(field.trim()) && edition_label(field).is_none())
}

/// Whether a row is of words, with figures below most of them: headings, of which one may be a code of a country.
fn is_above_figures(sample: &Sample, at: usize) -> bool {
    let (row, Some(below)) = (&sample.first[at], sample.first.get(at + 1)) else { return false };
    let is_word = |text: &str| !text.is_empty() && (!is_number(text) || edition_label(text).is_some());
    let all: Vec<usize> = (0..row.fields.len()).filter(|column| !row.get(*column).is_empty()).collect();
    let is_figure = |column: &&usize| {
        let text = below.get(**column);
        let is_again = sample.first.get(at + 2).is_none_or(|row| is_number(row.get(**column)));
        is_again
            && is_number(text)
            && !(edition_label(text).is_some() && edition_label(row.get(**column)).is_some())
    };
    let is_first = sample.first[..at].iter().all(|above| above.filled() < 2);
    let words = all.iter().filter(|column| is_word(row.get(**column))).count();
    is_first && all.len() > 1 && words == all.len() && all.iter().any(|column| is_figure(&column))
}

/// A row in which most fields are countries, and how many.
fn across(sample: &Sample, looks: &mut CountryLooks) -> Option<(usize, usize)> {
    const FEWEST: usize = 3;
    let rows = sample.first.iter().enumerate().take(40);
    let counted = rows.map(|(at, row)| {
        let countries = row.fields.iter().filter_map(|field| looks.of(field).country());
        // The same few codes again and again are no countries: PR and CL are political rights and civil liberties.
        let countries = countries.collect::<BTreeSet<_>>().len();
        (at, countries, row.filled())
    });
    let all: Vec<(usize, usize, usize)> = counted.collect();
    let (at, countries, _) = all.into_iter().find(|(_, countries, filled)| {
        *countries >= FEWEST && countries * 10 >= filled.saturating_sub(2) * 6
    })?;
    // The rows below are about something else than countries.
    let below: usize = sample
        .first
        .iter()
        .skip(at + 1)
        .take(3)
        .flat_map(|row| &row.fields)
        .filter(|field| is_number(field))
        .count();
    (below > 0).then_some((at, countries))
}

/// Rows above the first country that are data, too: of a country that is not known.
fn first_of_data(sample: &Sample, mut data: usize, column: usize) -> usize {
    while let Some(above) = data.checked_sub(1) {
        let (row, below) = (&sample.first[above], &sample.first[data]);
        let numbers = |row: &SampleRow| row.fields.iter().filter(|field| is_number(field.trim())).count();
        let is_heading = row.fields.iter().all(|field| {
            field.trim().is_empty() || !is_number(field.trim()) || edition_label(field).is_some()
        });
        // A region has no code, but figures.
        let is_full = numbers(row) > 1 && numbers(row) * 4 >= numbers(below) * 3;
        // A word for countries above countries is a heading, whatever stands beside it: `2019 rank`.
        let is_named = roles(row.get(column))
            .iter()
            .any(|(role, _)| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName));
        if row.get(column).is_empty() && !is_full
            || is_heading
            || is_named
            || numbers(row) * 2 < numbers(below)
            || row.filled() * 2 < below.filled()
        {
            break;
        }
        data = above;
    }
    data
}

/// The nearest row above the data that says something.
fn head_above(sample: &Sample, data: usize) -> Option<usize> {
    const MOST_BLANK: usize = 3;
    let filled = |at: usize| sample.first[at].filled();
    let nearest = (0..data).rev().take(MOST_BLANK + 1).find(|at| filled(*at) > 0)?;
    // A line of one field is a caption of the rows below if others like it stand among the data; then the headings stand
    // above it.
    let column = sample.first[nearest].fields.iter().position(|field| !field.trim().is_empty());
    let is_alike = |row: &SampleRow| row.filled() == 1 && column.is_some_and(|at| !row.get(at).is_empty());
    // What stands behind the last row of data is a footer.
    let last = sample.first.iter().rposition(|row| row.filled() > 2).unwrap_or(data).max(data);
    let is_caption =
        filled(nearest) == 1 && filled(data) > 2 && sample.first[data..last].iter().any(is_alike);
    let above = (0..nearest).rev().take(MOST_BLANK).find(|at| filled(*at) > 1);
    let editions = above_others(sample, nearest);
    editions.or_else(|| above.filter(|_| is_caption)).or(Some(nearest))
}

/// A row of editions above others that say more of them, each with a label beside it: the thresholds of each year.
fn above_others(sample: &Sample, nearest: usize) -> Option<usize> {
    const MOST: usize = 10;
    const FEWEST: usize = 3;
    let editions = |at: usize| {
        let fields = sample.first[at].fields.iter();
        fields.filter(|field| edition_label(field).is_some()).count()
    };
    let label = |at: usize| sample.first[at].fields.iter().position(|field| !field.is_empty());
    let is_named = sample.first[nearest].fields.iter().any(|field| !roles(field).is_empty());
    if is_named || editions(nearest) > 0 || sample.first[nearest].filled() <= FEWEST {
        return None;
    }
    let of_label = label(nearest);
    let others =
        (0..nearest).rev().take(MOST).take_while(|at| label(*at).is_none() || label(*at) == of_label);
    let found = others.into_iter().filter(|at| editions(*at) >= FEWEST).last()?;
    let is_full = editions(found) * 2 >= sample.first[nearest].filled();
    is_full.then_some(found)
}

/// The rows, with the last row of headings taken for that of units: nothing stands over the countries, and every column is
/// named above it by words of its own.
fn with_units(sample: &Sample, rows: HeadRows, column: usize) -> HeadRows {
    let [.., above, last] = rows.heads[..] else { return rows };
    let (names, units) = (&sample.first[above], &sample.first[last]);
    let others = || (0..sample.width()).filter(|at| *at != column);
    let titles: Vec<&str> = others().map(|at| names.get(at)).filter(|title| !title.is_empty()).collect();
    let is_named = titles.len() * 10 >= (sample.width() - 1) * 9
        && titles.iter().collect::<BTreeSet<_>>().len() == titles.len()
        && !titles.iter().any(|title| edition_label(title).is_some());
    let all: Vec<&str> = others().map(|at| units.get(at)).filter(|unit| !unit.is_empty()).collect();
    let is_unit = |unit: &&str| {
        let bare = unit.trim_matches(['(', ')', '[', ']']);
        unit.chars().count() <= 30 && edition_label(bare).is_none() && !is_number(bare)
    };
    let has_units = units.get(column).is_empty() && !all.is_empty() && all.iter().all(is_unit);
    let is_so = is_named && has_units && !names.get(column).is_empty();
    if !is_so {
        return rows;
    }
    let heads = rows.heads[..rows.heads.len() - 1].to_vec();
    HeadRows { heads, units: Some(last), ..rows }
}

/// The rows, of countries side by side, without those at the top that say more of the countries: their codes, their regions.
fn below_codes(sample: &Sample, mut rows: HeadRows) -> HeadRows {
    let is_about_countries = |row: &SampleRow| {
        let label = row.fields.iter().map(|field| field.trim()).find(|field| !field.is_empty());
        let is_label = label.is_some_and(|label| {
            let of = [ColumnRole::CountryCode, ColumnRole::CountryName, ColumnRole::Group];
            roles(label).iter().any(|(role, _)| of.contains(role))
        });
        is_label && row.filled() > 1 && !row.fields.iter().any(|field| is_number(field.trim()))
    };
    while rows.data + 1 < sample.first.len() && is_about_countries(&sample.first[rows.data]) {
        rows.data += 1;
    }
    rows
}

/// The rows without one of tags below the headings, as the Humanitarian Exchange Language has it: `#country+code`.
fn without_tags(sample: &Sample, mut rows: HeadRows) -> HeadRows {
    let is_tag = |field: &String| {
        field.strip_prefix('#').is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let is_of_tags = |at: usize| {
        let mut said = sample.first[at].fields.iter().filter(|field| !field.trim().is_empty());
        said.all(is_tag)
    };
    if let [.., _, last] = rows.heads[..]
        && is_of_tags(last)
    {
        rows.heads.pop();
    }
    rows
}

/// The heading row with further ones above it.
fn with_heads(sample: &Sample, data: usize, last: usize, is_across: bool, column: usize) -> HeadRows {
    let mut heads = vec![last];
    while heads.len() < MOST_HEADS && heads[0] > 0 && is_head_too(sample, heads[0] - 1, heads[0], column) {
        heads.insert(0, heads[0] - 1);
    }
    HeadRows { heads, units: None, data, is_across }
}

/// The rows with those at their top of which only one field says something: titles of the rows below.
fn with_titles(sample: &Sample, rows: HeadRows, head: usize) -> HeadRows {
    let between = head + 1..rows.data;
    let is_of_titles = between.clone().all(|at| sample.first[at].filled() <= 1);
    let first = between.into_iter().find(|at| sample.first[*at].filled() == 1);
    HeadRows { data: first.filter(|_| is_of_titles).unwrap_or(rows.data), ..rows }
}

/// Whether the row above a row of headings belongs to them: it is spread over several columns, or says what the lower one
/// leaves open, or has a word for each of its columns.
fn is_head_too(sample: &Sample, above: usize, below: usize, column: usize) -> bool {
    let (above, below) = (&sample.first[above], &sample.first[below]);
    let from = if column == usize::MAX { 1 } else { column + 1 };
    let words = |row: &SampleRow| -> Vec<String> {
        (from..sample.width()).map(|at| row.get(at).to_owned()).collect()
    };
    let (upper, lower) = (words(above), words(below));
    let filled = |row: &[String]| row.iter().filter(|word| !word.is_empty()).count();
    let distinct = |row: &[String]| {
        let mut all: Vec<&String> = row.iter().filter(|word| !word.is_empty()).collect();
        all.sort();
        all.dedup();
        all.len()
    };
    if filled(&upper) < 2 || upper.len() < 2 {
        return false;
    }
    // A title over the whole width says nothing of single columns.
    let is_title = distinct(&upper) == 1;
    let is_spread = upper.windows(2).any(|pair| !pair[0].is_empty() && pair[0] == pair[1]);
    let is_open = distinct(&lower) < filled(&lower)
        || filled(&lower) < filled(&upper)
        || below.get(column.min(sample.width())).is_empty() && column != usize::MAX;
    // Merged headings that were saved as text: the first field of each, nothing behind it and nothing over the countries.
    let is_banded =
        column != usize::MAX && above.get(column).is_empty() && filled(&upper) == distinct(&upper);
    let is_full = filled(&upper) * 10 >= filled(&lower) * 8
        && !upper.iter().any(|word| is_number(word) && edition_label(word).is_none());
    let is_data = upper.iter().filter(|word| is_number(word) && edition_label(word).is_none()).count() > 0;
    !is_title && !is_data && (is_spread || is_open || is_banded || is_full)
}
