//! The answers of a group to one indicator in one edition, and how one answer compares with them.

use super::{
    cell::{Cell, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::IndicatorId,
    label,
};

/// The answers of a group, counted. Every member is in exactly one of `given`, `missing` and `not_applicable`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    /// How many members are at each level, worst first.
    pub levels: Vec<usize>,
    /// The given numbers with their countries, lowest first.
    pub numbers: Vec<(f64, CountryId)>,
    pub given: usize,
    pub missing: usize,
    pub not_applicable: usize,
}

impl Distribution {
    pub fn of(data: &Dataset, members: &[CountryId], edition: EditionId, indicator: IndicatorId) -> Self {
        let scale = data.framework.scale(indicator);
        let mut distribution = Self { levels: vec![0; scale.levels.len()], ..Self::default() };
        for &country in members {
            let cell = data.cell(country, edition, indicator);
            match cell.state {
                Ok(value) => {
                    distribution.given += 1;
                    distribution.count(value, country);
                }
                Err(_) if cell.is_not_applicable() => distribution.not_applicable += 1,
                Err(_) => distribution.missing += 1,
            }
        }
        distribution.numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        distribution
    }

    fn count(&mut self, value: Value, country: CountryId) {
        match value {
            Value::Level(level) => {
                if let Some(count) = self.levels.get_mut(usize::from(level)) {
                    *count += 1;
                }
            }
            Value::Number(number) => self.numbers.push((number, country)),
            Value::Interval(_) | Value::Date(_) | Value::Text => {}
        }
    }

    /// All members: the N of "k of n (N)".
    pub const fn set(&self) -> usize {
        self.given + self.missing + self.not_applicable
    }

    /// How many members give the same answer as this cell, including its own country if that is a member. `None` for
    /// gaps, intervals, dates and texts.
    pub fn same(&self, cell: &Cell) -> Option<usize> {
        match cell.state.ok()? {
            Value::Level(level) => self.levels.get(usize::from(level)).copied(),
            Value::Number(number) => {
                let same = |(other, _): &&(f64, CountryId)| other.total_cmp(&number).is_eq();
                Some(self.numbers.iter().filter(same).count())
            }
            Value::Interval(_) | Value::Date(_) | Value::Text => None,
        }
    }

    /// How many members gave a lower and a higher number, or are at a worse and a better level.
    pub fn below_and_above(&self, cell: &Cell) -> Option<(usize, usize)> {
        match cell.state.ok()? {
            Value::Level(level) => {
                let level = usize::from(level);
                let below = self.levels.get(..level)?.iter().sum();
                Some((below, self.levels.get(level + 1..)?.iter().sum()))
            }
            Value::Number(number) => {
                let below = self.numbers.iter().filter(|(other, _)| *other < number).count();
                Some((below, self.numbers.iter().filter(|(other, _)| *other > number).count()))
            }
            Value::Interval(_) | Value::Date(_) | Value::Text => None,
        }
    }

    /// The median of the numbers; the mean of the middle two if their count is even.
    pub fn median(&self) -> Option<f64> {
        let count = self.numbers.len();
        let lower = self.numbers.get(count.checked_sub(1)? / 2)?.0;
        Some(label::mean(lower, self.numbers.get(count / 2)?.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::from_texts;

    const CARDS: &str = r#"{"framework":{"id":"f","scales":{"m":{"kind":"levels","levels":["none","some","full"]},"n":{"kind":"number"}},
      "goals":[{"id":"g","indicators":[{"id":"a","scale":"m"},{"id":"n","scale":"n"}]}]},
     "cards":[{"country":"IRL","edition":"2010","assessments":{"a":"none","n":15}},{"country":"SWE","edition":"2010","assessments":{"a":"some","n":18}},
      {"country":"DNK","edition":"2010","assessments":{"a":{"gap":"not-applicable"},"n":18}},{"country":"FIN","edition":"2010","assessments":{"a":{"gap":"no-data"},"n":20}}]}"#;

    #[test]
    fn everybody_is_counted_once_and_a_place_is_told_from_both_sides() {
        let data = from_texts("d", &[("x.json", CARDS)]);
        let (members, edition) = (data.country_ids().collect::<Vec<_>>(), data.newest_edition().unwrap());
        let levels = Distribution::of(&data, &members, edition, IndicatorId(0));
        assert_eq!(levels.levels, [1, 1, 0]);
        assert_eq!((levels.given, levels.missing, levels.not_applicable, levels.set()), (2, 1, 1, 4));
        let numbers = Distribution::of(&data, &members, edition, IndicatorId(1));
        assert_eq!(numbers.median(), Some(18.0));
        let cell = |code: &str, indicator| data.cell(data.find_country(code).unwrap(), edition, indicator);
        let swedish = cell("SWE", IndicatorId(1));
        assert_eq!((numbers.same(&swedish), numbers.below_and_above(&swedish)), (Some(2), Some((1, 1))));
        let irish = cell("IRL", IndicatorId(0));
        assert_eq!((levels.same(&irish), levels.below_and_above(&irish)), (Some(1), Some((0, 1))));
        let gap = cell("FIN", IndicatorId(0));
        assert_eq!((levels.same(&gap), levels.below_and_above(&gap)), (None, None));
    }
}
