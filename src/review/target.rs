//! The target of a record: a cell, a country or an indicator in an edition, by the codes that files use.

use serde::{Deserialize, Serialize};

use crate::core::{
    dataset::{CountryId, Dataset, EditionId},
    framework::IndicatorId,
};

/// A target by country code, edition label and indicator id, so that it stays valid when files or their order change.
/// Without an indicator it is the whole card, without a country the indicator on every card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Box<str>>,
    pub edition: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Box<str>>,
}

/// A target in one data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetIds {
    Cell(CountryId, EditionId, IndicatorId),
    /// A country's whole card: a row of the coverage matrix.
    Country(CountryId, EditionId),
    /// An indicator on every card: a column of the coverage matrix.
    Indicator(IndicatorId, EditionId),
}

impl Target {
    pub fn of(data: &Dataset, place: TargetIds) -> Self {
        let country = |id: CountryId| Some(data.country(id).code.raw().into());
        let indicator = |id: IndicatorId| Some(data.framework.indicator(id).id.clone());
        let (country, edition, indicator) = match place {
            TargetIds::Cell(c, e, i) => (country(c), e, indicator(i)),
            TargetIds::Country(c, e) => (country(c), e, None),
            TargetIds::Indicator(i, e) => (None, e, indicator(i)),
        };
        Self { country, edition: data.edition(edition).label.clone(), indicator }
    }

    /// The target's place in these cards; `None` if they do not have it.
    pub fn find(&self, data: &Dataset) -> Option<TargetIds> {
        let edition = data.find_edition(&self.edition)?;
        let country = self.country.as_ref().map(|code| data.find_country(code));
        let indicator = self.indicator.as_ref().map(|id| data.framework.find_indicator(id));
        match (country, indicator) {
            (Some(country), Some(indicator)) => Some(TargetIds::Cell(country?, edition, indicator?)),
            (Some(country), None) => Some(TargetIds::Country(country?, edition)),
            (None, Some(indicator)) => Some(TargetIds::Indicator(indicator?, edition)),
            (None, None) => None,
        }
    }
}

impl TargetIds {
    pub const fn edition(self) -> EditionId {
        match self {
            Self::Cell(_, edition, _) | Self::Country(_, edition) | Self::Indicator(_, edition) => edition,
        }
    }

    pub const fn country(self) -> Option<CountryId> {
        match self {
            Self::Cell(country, ..) | Self::Country(country, _) => Some(country),
            Self::Indicator(..) => None,
        }
    }

    pub const fn indicator(self) -> Option<IndicatorId> {
        match self {
            Self::Cell(_, _, indicator) | Self::Indicator(indicator, _) => Some(indicator),
            Self::Country(..) => None,
        }
    }
}
