//! The subjects of a comparison: a country in an edition, or the median of a group in an edition.

use super::{
    cell::{Cell, Gap, Marks, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Group, IndicatorId},
    groups, label,
};
use crate::text::{Raw, Safe, excerpt, fold};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Country(CountryId, EditionId),
    /// The median of a group's given cells.
    Group(Group, EditionId),
}

impl Subject {
    pub const fn edition(&self) -> EditionId {
        match self {
            Self::Country(_, edition) | Self::Group(_, edition) => *edition,
        }
    }

    #[must_use]
    pub fn at(&self, edition: EditionId) -> Self {
        match self {
            Self::Country(country, _) => Self::Country(*country, edition),
            Self::Group(group, _) => Self::Group(group.clone(), edition),
        }
    }

    /// The country's name, or "OSCE median".
    pub fn name(&self, data: &Dataset) -> Raw<'static> {
        match self {
            Self::Country(country, _) => data.country(*country).name.clone(),
            Self::Group(group, _) => Raw::new(format!("{} median", group.title.raw())),
        }
    }

    /// The country's code, or the group's id.
    pub fn code(&self, data: &Dataset) -> Raw<'static> {
        match self {
            Self::Country(country, _) => data.country(*country).code.clone(),
            Self::Group(group, _) => Raw::new(group.id.to_string()),
        }
    }

    pub fn cell(&self, data: &Dataset, indicator: IndicatorId) -> Cell {
        match self {
            Self::Country(country, edition) => data.cell(*country, *edition, indicator),
            Self::Group(group, edition) => median(data, group, *edition, indicator).0,
        }
    }

    /// The words for the cell. A median is followed by the number of given cells it is taken of.
    pub fn label(&self, data: &Dataset, indicator: IndicatorId) -> Raw<'static> {
        match self {
            Self::Country(country, edition) => data.label(*country, *edition, indicator),
            Self::Group(group, edition) => {
                let (cell, given, of) = median(data, group, *edition, indicator);
                let word = label::of_cell(data.framework.scale(indicator), &cell);
                Raw::new(format!("{} ({given} of {of})", word.raw()))
            }
        }
    }

    /// Parses `THA`, `THA@2013`, `Türkiye@2010` or `group:osce@2010`. Without an edition it is `default`, else that
    /// of the country's newest card (for a group the newest of the data). Errors: what is not known.
    pub fn parse(data: &Dataset, text: &str, default: Option<EditionId>) -> Result<Self, Safe> {
        let (who, edition) = match text.rsplit_once('@') {
            Some((who, label)) => (who, Some(find_edition(data, label)?)),
            None => (text, default),
        };
        let newest = || data.newest_edition().ok_or_else(|| Safe::fixed("there are no cards"));
        if let Some(id) = who.strip_prefix("group:") {
            let edition = edition.map_or_else(newest, Ok)?;
            let group = groups::asked(data, id)?;
            return Ok(Self::Group(group, edition));
        }
        let country = data.resolve_country(who).ok_or_else(|| no_country(data, who))?;
        let newest_card = || data.edition_ids().rev().find(|edition| data.card(country, *edition).is_some());
        let edition = edition.or_else(newest_card).map_or_else(newest, Ok)?;
        Ok(Self::Country(country, edition))
    }
}

/// The lower median of the group's given cells, the number of given cells, and the number of cells that are
/// applicable.
pub fn median(
    data: &Dataset,
    group: &Group,
    edition: EditionId,
    indicator: IndicatorId,
) -> (Cell, usize, usize) {
    let members = groups::members(data, group, edition).into_iter();
    let cells: Vec<Cell> = members.map(|country| data.cell(country, edition, indicator)).collect();
    let of = cells.iter().filter(|cell| !cell.is_not_applicable()).count();
    let mut levels: Vec<u8> = vec![];
    let mut numbers: Vec<f64> = vec![];
    for cell in &cells {
        match cell.state {
            Ok(Value::Level(level)) => levels.push(level),
            Ok(Value::Number(number)) => numbers.push(number),
            _ => {}
        }
    }
    let given = levels.len() + numbers.len();
    levels.sort_unstable();
    numbers.sort_unstable_by(f64::total_cmp);
    let middle = given.saturating_sub(1) / 2;
    let state = match (levels.get(middle), numbers.get(middle)) {
        (Some(level), _) => Ok(Value::Level(*level)),
        (None, Some(number)) => Ok(Value::Number(*number)),
        (None, None) if of == 0 && !cells.is_empty() => Err(Gap::NotApplicable),
        (None, None) => Err(Gap::NoData),
    };
    (Cell { state, marks: Marks::empty() }, given, of)
}

fn find_edition(data: &Dataset, label: &str) -> Result<EditionId, Safe> {
    data.find_edition(label).ok_or_else(|| {
        let known: Vec<&str> = data.edition_ids().map(|id| &*data.edition(id).label).collect();
        words(&format!("no edition {}: there is {}", excerpt(label, 40), known.join(", ")))
    })
}

fn no_country(data: &Dataset, text: &str) -> Safe {
    let wanted = fold(text);
    let distance = |key: &str| strsim::osa_distance(&wanted, key);
    let is_close = |key: &str| distance(key) <= key.chars().count().max(3) / 3;
    let near = data
        .countries()
        .iter()
        .filter(|country| text.len() <= 80 && country.keys.iter().any(|key| is_close(key)))
        .min_by_key(|country| country.keys.iter().map(|key| distance(key)).min());
    let hint =
        near.map_or(String::new(), |c| format!("; did you mean {} ({})?", c.name.line(), c.code.line()));
    words(&format!("no country {} in this data{hint}", excerpt(text, 60)))
}

fn words(text: &str) -> Safe {
    crate::text::safe_line(text)
}
