//! The cards of a table: one for each country and edition that a row or a column is about.

use std::collections::BTreeMap;

use super::Maker;
use crate::{
    core::{
        columns::CardRow,
        counts::Counts,
        delimited::DelimitedRecord,
        json::Fault,
        period::UNDATED,
        read::{
            table::{
                countries::TableCountry,
                editions::TableEdition,
                fill::NO_CARD,
                keys::{NO_KEY, Skipped},
            },
            words::missing_sign,
        },
    },
    text::{counted, excerpt, toml_key},
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
                    if self.is_gone(country, edition) {
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

    /// Whether an edition is after the end of a former country.
    fn is_gone(&self, country: usize, edition: usize) -> bool {
        let until = self.countries.list[country].former.and_then(|former| former.during.until);
        // Of a table without years nobody knows whether it is of after the end.
        let edition = &self.editions.list[edition];
        edition.label != UNDATED
            && until.is_some_and(|until| edition.period.first.first_day() > until.last_day())
    }

    /// Tells the values of former countries that stand in editions after their end: no card has them.
    pub(super) fn told_of_gone(&self) -> Vec<Fault> {
        if self.countries.list.iter().all(|country| country.former.is_none()) {
            return vec![];
        }
        let text = &self.source.named.text;
        let is_former =
            |id: usize| self.countries.list.get(id).is_some_and(|country| country.former.is_some());
        let is_across = self.columns.iter().any(|column| column.country.is_some());
        let mut lost: BTreeMap<usize, Skipped> = BTreeMap::new();
        let mut record = DelimitedRecord::default();
        for row in self.directory.rows() {
            let of_row = self.countries.of_key.get(usize::from(row.country)).copied().unwrap_or(NO_KEY);
            if !is_across && !is_former(usize::from(of_row)) {
                continue;
            }
            let edition = self.editions.of_key.get(usize::from(row.edition)).copied().unwrap_or(NO_KEY);
            record.read(text, row.at as usize, self.source.shape.dialect, usize::MAX);
            for column in &self.columns {
                let (country, edition) =
                    (column.country.unwrap_or(of_row), column.edition.unwrap_or(edition));
                let (country, edition) = (usize::from(country), usize::from(edition));
                let field = record.get(text, column.field);
                let is_value = is_value(field.trim());
                if is_value
                    && is_former(country)
                    && edition < self.editions.list.len()
                    && self.is_gone(country, edition)
                {
                    lost.entry(country).or_default().add(row.at as usize);
                }
            }
        }
        let told = lost.into_iter().filter_map(|(country, lost)| {
            let country = &self.countries.list[country];
            let until = country.former?.during.until?;
            let values = counted(lost.many, "value", "values");
            let (name, code) = (excerpt(&country.name, 60), &country.code);
            let message = format!("{values} of {name} ({code}) left out: it was no more after {until}");
            let written = toml_key(country.written.as_deref().unwrap_or(code));
            let hint = format!(
                "if they are of what it became, say so in the mapping: [countries] {written} = \"CODE\""
            );
            Some(Fault::error("former-country", lost.first, message).hint(hint))
        });
        told.collect()
    }
}

/// Whether a field may have a value: nothing and signs of missing values are none, and `xxx` of a country that is no more.
fn is_value(field: &str) -> bool {
    let mut letters = field.chars();
    let is_filler = letters.next().is_some_and(|first| !first.is_numeric() && letters.all(|c| c == first));
    let is_nothing = field.is_empty() || is_filler && field.len() > 1 || missing_sign(field).is_some();
    !is_nothing
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
