//! How many cells say something: the k and the n of every percentage.

use super::cell::{Cell, Gap};

/// How many cells of a country, goal or indicator say something. `denominator()` leaves out what is not applicable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub given: u32,
    pub missing: u32,
    pub not_applicable: u32,
}

impl Counts {
    pub fn add(&mut self, cell: &Cell) {
        match cell.state {
            Ok(_) => self.given += 1,
            Err(Gap::NotApplicable) => self.not_applicable += 1,
            Err(_) => self.missing += 1,
        }
    }

    /// The denominator: given and missing.
    pub const fn denominator(&self) -> u32 {
        self.given + self.missing
    }
}
