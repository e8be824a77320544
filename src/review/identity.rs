//! Which cards a journal belongs to: a framework and its countries, never a path.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::core::dataset::Dataset;

/// What identifies a data set in a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub framework: Box<str>,
    /// Country codes, sorted, each once.
    pub countries: BTreeSet<Box<str>>,
}

/// How a journal's cards relate to the cards that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    Same,
    /// The same framework, and at least half of the countries of the smaller set are in the larger.
    Grown,
    /// Another framework, or fewer countries in common.
    Other,
}

impl Identity {
    pub fn of(data: &Dataset) -> Self {
        Self {
            framework: data.framework.id.clone(),
            countries: data.countries().iter().map(|country| country.code.raw().into()).collect(),
        }
    }

    pub fn kinship(&self, other: &Self) -> Kinship {
        if self.framework != other.framework {
            return Kinship::Other;
        }
        if self.countries == other.countries {
            return Kinship::Same;
        }
        let shared = self.countries.intersection(&other.countries).count();
        let smaller = self.countries.len().min(other.countries.len());
        if shared > 0 && shared * 2 >= smaller { Kinship::Grown } else { Kinship::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(framework: &str, countries: &str) -> Identity {
        Identity { framework: framework.into(), countries: countries.split(' ').map(Box::from).collect() }
    }

    #[test]
    fn a_data_set_that_gained_a_country_is_still_itself_and_another_one_is_not() {
        let known = identity("progress-card", "ALB ARM AZE BIH");
        let kinship = |framework, countries| known.kinship(&identity(framework, countries));
        assert_eq!(kinship("progress-card", "BIH AZE ARM ALB"), Kinship::Same);
        assert_eq!(kinship("progress-card", "ALB ARM AZE BIH BRA"), Kinship::Grown);
        assert_eq!(kinship("progress-card", "ALB"), Kinship::Grown);
        assert_eq!(kinship("progress-card", "XA XB XC ALB"), Kinship::Other);
        assert_eq!(kinship("press-freedom", "ALB ARM AZE BIH"), Kinship::Other);
    }
}
