//! Counts of given, missing and not applicable cells: the k and the n of every percentage.

use super::cell::{Cell, Gap};

/// How many cells are given, missing and not applicable. `denominator()` leaves the not applicable ones out.
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

    /// Given and missing cells.
    pub const fn denominator(&self) -> u32 {
        self.given + self.missing
    }
}
