//! How alike two cards are, to propose whom a country may be compared with.

use super::{Verdict, verdict};
use crate::core::{
    cell::Cell,
    country,
    dataset::{CountryId, Dataset, EditionId},
};

/// Of the indicators that both give, how many they answer alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    pub equal: u32,
    pub compared: u32,
}

/// Compares the cards of two countries in one edition.
pub fn likeness(data: &Dataset, one: CountryId, other: CountryId, edition: EditionId) -> Likeness {
    let mut likeness = Likeness::default();
    for id in data.framework.indicator_ids() {
        let (left, right): (Cell, Cell) = (data.cell(one, edition, id), data.cell(other, edition, id));
        let same_text = || data.label(one, edition, id) == data.label(other, edition, id);
        match verdict(data.framework.scale(id), &left, &right, same_text) {
            Verdict::NotComparable(_) => {}
            verdict => {
                likeness.compared += 1;
                likeness.equal += u32::from(verdict == Verdict::Equal);
            }
        }
    }
    likeness
}

/// Whether two countries are of one UN M49 subregion.
pub fn share_subregion(data: &Dataset, one: CountryId, other: CountryId) -> bool {
    let of = |id: CountryId| {
        let code = data.country(id).code.raw();
        country::TABLE.iter().find(|row| row.iso3 == code).map(|row| row.subregion)
    };
    of(one).filter(|subregion| !subregion.is_empty()).is_some_and(|subregion| of(other) == Some(subregion))
}
