//! The cards of a table: one for each country and edition that a row or a column is about.

use super::Maker;
use crate::core::{
    columns::CardRow,
    counts::Counts,
    period::UNDATED,
    read::table::{
        countries::TableCountry,
        editions::TableEdition,
        fill::NO_CARD,
        keys::{NO_KEY, Skipped},
    },
};

impl Maker<'_, '_> {
    /// The cards of all rows: country by country, each edition in the order of the table. Also countries × editions, and
    /// the rows of former countries after their end.
    pub(super) fn cards(&self) -> (Vec<CardRow>, Vec<u32>, Skipped) {
        let editions = self.editions.list.len();
        let mut first: Vec<u32> = vec![NO_CARD; self.countries.list.len() * editions];
        let mut gone = Skipped::default();
        let mut own: Vec<u16> = self.columns.iter().filter_map(|column| column.edition).collect();
        own.sort_unstable();
        own.dedup();
        let across: Vec<u16> =
            self.columns.iter().filter_map(|column| column.country).filter(|id| *id != NO_KEY).collect();
        let is_gone = |country: usize, edition: usize| {
            let until = self.countries.list[country].former.and_then(|former| former.during.until);
            // Of a table without years nobody knows whether it is of after the end.
            let edition_is_known = self.editions.list[edition].label != UNDATED;
            edition_is_known
                && until.is_some_and(|until| {
                    self.editions.list[edition].period.first.first_day() > until.last_day()
                })
        };
        // Where columns say the editions, every row of a country is of the same ones.
        let is_by_country = !own.is_empty() && across.is_empty();
        let mut known: Vec<Option<bool>> = vec![None; self.countries.list.len()];
        for row in self.directory.rows() {
            let country = self.countries.of_key.get(usize::from(row.country)).copied().unwrap_or(NO_KEY);
            let edition = self.editions.of_key.get(usize::from(row.edition)).copied().unwrap_or(NO_KEY);
            if let Some(is_lost) = known.get(usize::from(country)).copied().flatten() {
                if is_lost {
                    gone.add(row.at as usize);
                }
                continue;
            }
            let of_row = [edition];
            let its_editions = if own.is_empty() { &of_row[..] } else { &own };
            let of_row = [country];
            let its_countries = if across.is_empty() { &of_row[..] } else { &across };
            let (mut is_lost, mut is_kept) = (false, false);
            for country in its_countries.iter().filter(|id| **id != NO_KEY) {
                for edition in its_editions.iter().filter(|id| **id != NO_KEY) {
                    let (country, edition) = (usize::from(*country), usize::from(*edition));
                    if is_gone(country, edition) {
                        is_lost = true;
                        continue;
                    }
                    is_kept = true;
                    let place = &mut first[country * editions + edition];
                    *place = (*place).min(row.at);
                }
            }
            if is_lost && !is_kept {
                gone.add(row.at as usize);
            }
            if let Some(known) = known.get_mut(usize::from(country)).filter(|_| is_by_country) {
                *known = Some(is_lost && !is_kept);
            }
        }
        let mut cards = vec![];
        let mut matrix = first;
        for (at, place) in matrix.iter_mut().enumerate().filter(|(_, place)| **place != NO_CARD) {
            let (country, edition) =
                (&self.countries.list[at / editions], &self.editions.list[at % editions]);
            let row = card(country, edition, *place);
            *place = u32::try_from(cards.len()).unwrap_or(NO_CARD);
            cards.push(row);
        }
        (cards, matrix, gone)
    }
}

fn card(country: &TableCountry, edition: &TableEdition, at: u32) -> CardRow {
    CardRow {
        country: country.code.as_str().into(),
        name: country.name.as_str().into(),
        written: country.written.as_deref().map(Into::into),
        edition: edition.period,
        edition_label: edition.label.as_str().into(),
        assessed_on: None,
        at,
        sources_at: None,
        counts: Counts::default(),
        is_contested: false,
    }
}
