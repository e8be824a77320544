//! A glance at all numbers of an indicator: whether any may be a sign of a missing value, or its scale may change.
//!
//! Most indicators need no second look, which is what makes large tables quick.

use crate::core::suspects::has_one_digit;

/// Countries that stand for all others when editions are compared.
pub(super) const PROBES: u32 = 24;

/// What was seen of the numbers of one indicator.
#[derive(Clone, Debug)]
pub(super) struct Glance {
    total: usize,
    zeros: usize,
    lowest: f64,
    highest: f64,
    /// Of some countries.
    probes: Vec<EditionNumber>,
}

impl Default for Glance {
    fn default() -> Self {
        Self { total: 0, zeros: 0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY, probes: vec![] }
    }
}

impl Glance {
    pub(super) fn see(&mut self, (edition, country): (u32, u32), number: f64) {
        self.total += 1;
        self.zeros += usize::from(number == 0.0);
        self.lowest = self.lowest.min(number);
        self.highest = self.highest.max(number);
        if country < PROBES {
            self.probes.push((edition, country, number));
        }
    }

    /// Whether any number may be a sign of a missing value. Such a sign lies outside of the others, so it is the lowest or
    /// the highest of all, or zero.
    pub(super) fn may_have_signs(&self) -> bool {
        let is_low = self.lowest < 0.0 && (self.lowest.fract() == 0.0 || has_one_digit(self.lowest));
        let is_often_zero = self.zeros > 0 && self.zeros * 5 >= self.total;
        self.total > 0 && (is_low || has_one_digit(self.highest)) || is_often_zero
    }

    /// Whether from some edition to the next all numbers may become several times as large, or as small: not if those of
    /// the probes do nowhere, unless there are none to tell it by.
    pub(super) fn may_be_rescaled(&mut self, factor: f64) -> bool {
        self.probes.sort_unstable_by_key(|(edition, country, _)| (*edition, *country));
        let of_probes: Vec<&[EditionNumber]> = self.probes.chunk_by(|one, other| one.0 == other.0).collect();
        let cannot_tell = self.total > self.probes.len() && of_probes.is_empty();
        cannot_tell || of_probes.windows(2).any(|pair| may_be_rescaled(pair[0], pair[1], factor))
    }

    /// Each edition and the next one, both with at least `fewest` numbers, between which they may be rescaled. `counts` are
    /// those of all numbers by edition.
    pub(super) fn steps(&self, counts: &[u32], factor: f64, fewest: u32) -> Vec<(u32, u32)> {
        let editions: Vec<(u32, u32)> =
            (0..).zip(counts.iter().copied()).filter(|(_, many)| *many > 0).collect();
        let pairs = editions.windows(2).filter(|pair| pair.iter().all(|(_, many)| *many >= fewest));
        let steps = pairs.map(|pair| (pair[0].0, pair[1].0));
        let of = |edition| of_edition(&self.probes, edition);
        steps.filter(|(from, to)| may_be_rescaled(of(*from), of(*to), factor)).collect()
    }
}

/// Edition, country and number.
pub(super) type EditionNumber = (u32, u32, f64);

/// The numbers of one edition, of numbers in the order of editions and countries.
pub(super) fn of_edition(numbers: &[EditionNumber], edition: u32) -> &[EditionNumber] {
    let begin = numbers.partition_point(|number| number.0 < edition);
    let end = numbers.partition_point(|number| number.0 <= edition);
    &numbers[begin..end]
}

/// By which factors the numbers of the countries change that two editions have, each in the order of countries.
pub(super) fn factors(before: &[EditionNumber], after: &[EditionNumber]) -> Vec<f64> {
    let factor = |(_, country, was): &EditionNumber| {
        let at = after.binary_search_by_key(country, |(_, country, _)| *country).ok()?;
        // Nothing is a multiple of nothing.
        Some(after[at].2 / was).filter(|factor| factor.is_finite())
    };
    before.iter().filter_map(factor).collect()
}

fn may_be_rescaled(before: &[EditionNumber], after: &[EditionNumber], factor: f64) -> bool {
    let factors = factors(before, after);
    factors.iter().all(|one| *one >= factor) || factors.iter().all(|one| (0.0..=1.0 / factor).contains(one))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::suspects::suspects;

    proptest! {
        #[test]
        fn a_glance_misses_no_sign(numbers in proptest::collection::vec(
            prop_oneof![-10.0..200.0_f64, (-99_i32..200).prop_map(f64::from), Just(999.0), Just(-99.0), Just(0.0), Just(99.9), Just(-7.7)], 0..40)
        ) {
            let mut glance = Glance::default();
            for number in &numbers {
                glance.see((0, 99), *number);
            }
            prop_assert!(glance.may_have_signs() || suspects(&numbers).is_empty(), "{numbers:?}");
        }
    }
}
