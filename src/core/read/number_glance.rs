//! A glance at all numbers of an indicator: whether any may be a sign of a missing value, or its scale may change.
//!
//! Most indicators need no second look, which is what makes large tables quick.

use crate::core::suspects::has_one_digit;

/// What was seen of the numbers of some indicators.
#[derive(Clone, Debug)]
pub(super) struct Glances {
    of_indicators: Vec<Glance>,
    /// Edition by edition, as numbers are stored.
    of_editions: Vec<EditionGlance>,
}

/// What was seen of the numbers of one indicator.
#[derive(Clone, Copy, Debug)]
struct Glance {
    total: usize,
    zeros: usize,
    lowest: f64,
    highest: f64,
    last: EditionNumber,
}

/// What was seen of one indicator in one edition.
#[derive(Clone, Copy, Debug, Default)]
struct EditionGlance {
    numbers: u32,
    /// The number behind that of the last edition from which to this one some country's number stays of its size; 0 if
    /// there is none.
    ordinary_after: u32,
}

impl Glances {
    pub(super) fn new(indicators: usize, editions: usize) -> Self {
        let nothing = Glance {
            total: 0,
            zeros: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            last: (0, u32::MAX, 0.0),
        };
        Self {
            of_indicators: vec![nothing; indicators],
            of_editions: vec![EditionGlance::default(); indicators * editions],
        }
    }

    /// Sees a number of an indicator. Those of a country that follow each other are compared, so that most need no second
    /// look.
    pub(super) fn see(&mut self, nth: usize, (edition, country): (u32, u32), number: f64, factor: f64) {
        let many = self.of_indicators.len();
        let glance = &mut self.of_indicators[nth];
        glance.total += 1;
        glance.zeros += usize::from(number == 0.0);
        glance.lowest = glance.lowest.min(number);
        glance.highest = glance.highest.max(number);
        let (before, same, was) = std::mem::replace(&mut glance.last, (edition, country, number));
        let own = &mut self.of_editions[edition as usize * many + nth];
        own.numbers += 1;
        if same == country && before < edition {
            let change = number / was;
            if change.is_finite() && is_no_step(change, factor) {
                own.ordinary_after = own.ordinary_after.max(before + 1);
            }
        }
    }

    /// With what was seen of the same indicators on other cards.
    #[must_use]
    pub(super) fn and(mut self, other: &Self) -> Self {
        for (own, other) in self.of_indicators.iter_mut().zip(&other.of_indicators) {
            own.total += other.total;
            own.zeros += other.zeros;
            own.lowest = own.lowest.min(other.lowest);
            own.highest = own.highest.max(other.highest);
        }
        for (own, other) in self.of_editions.iter_mut().zip(&other.of_editions) {
            own.numbers += other.numbers;
            own.ordinary_after = own.ordinary_after.max(other.ordinary_after);
        }
        self
    }

    /// Whether any number may be a sign of a missing value. Such a sign lies outside of the others, so it is the lowest or
    /// the highest of all, or zero.
    pub(super) fn may_have_signs(&self, nth: usize) -> bool {
        let Glance { total, zeros, lowest, highest, .. } = self.of_indicators[nth];
        let is_low = lowest < 0.0 && (lowest.fract() == 0.0 || has_one_digit(lowest));
        let is_often_zero = zeros > 0 && zeros * 5 >= total;
        total > 0 && (is_low || has_one_digit(highest)) || is_often_zero
    }

    /// Each edition and the next one, both with at least `fewest` numbers, from which to which all may become several
    /// times as large, or as small: not where a country was seen whose number stays of its size.
    pub(super) fn steps(&self, nth: usize, fewest: u32) -> Vec<(u32, u32)> {
        let own = self.of_editions.iter().skip(nth).step_by(self.of_indicators.len().max(1));
        let editions: Vec<(u32, &EditionGlance)> =
            (0..).zip(own).filter(|(_, seen)| seen.numbers > 0).collect();
        let pairs = editions.windows(2).filter(|pair| pair.iter().all(|(_, seen)| seen.numbers >= fewest));
        let pairs = pairs.filter(|pair| pair[1].1.ordinary_after != pair[0].0 + 1);
        pairs.map(|pair| (pair[0].0, pair[1].0)).collect()
    }
}

/// Whether a number that changes so stays of its size.
fn is_no_step(change: f64, factor: f64) -> bool {
    change < factor && !(0.0..=1.0 / factor).contains(&change)
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
            let mut glance = Glances::new(2, 1);
            for number in &numbers {
                glance.see(1, (0, 99), *number, 3.0);
            }
            prop_assert!(glance.may_have_signs(1) || suspects(&numbers).is_empty(), "{numbers:?}");
        }

        #[test]
        fn a_glance_misses_no_step(
            cells in proptest::collection::vec((0_u32..4, 0_u32..3, prop_oneof![1.0..3.0_f64, 9.0..30.0_f64, Just(0.0), -3.0..-1.0_f64]), 0..24),
            by_country in any::<bool>(),
            cut in 0_usize..24,
        ) {
            let mut cells = cells;
            cells.sort_unstable_by_key(|(edition, country, _)| (*country, *edition));
            cells.dedup_by_key(|(edition, country, _)| (*country, *edition));
            if !by_country {
                cells.sort_unstable_by_key(|(edition, country, _)| (*edition, *country));
            }
            // In two parts, as by two threads.
            let mut glances = [Glances::new(2, 4), Glances::new(2, 4)];
            for (at, (edition, country, number)) in cells.iter().enumerate() {
                glances[usize::from(at > cut)].see(1, (*edition, *country), *number, 3.0);
            }
            let [one, other] = glances;
            let steps = one.and(&other).steps(1, 1);
            cells.sort_unstable_by_key(|(edition, country, _)| (*edition, *country));
            let mut editions: Vec<u32> = cells.iter().map(|cell| cell.0).collect();
            editions.dedup();
            for pair in editions.windows(2) {
                let changes = factors(of_edition(&cells, pair[0]), of_edition(&cells, pair[1]));
                let is_step = !changes.is_empty()
                    && (changes.iter().all(|one| *one >= 3.0)
                        || changes.iter().all(|one| (0.0..=1.0 / 3.0).contains(one)));
                prop_assert!(!is_step || steps.contains(&(pair[0], pair[1])), "{cells:?} {pair:?}");
            }
        }
    }
}
