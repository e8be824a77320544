//! What must be said beside a rank, a median or a score before anybody relies on it.

use std::collections::BTreeMap;

use super::{
    breaks,
    cell::{Marks, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::IndicatorId,
    label,
};
use crate::text::excerpt;

/// The numbers among these cells that look like signs of missing values, and how to declare them; `None` if there are
/// none.
pub fn looks_missing(
    data: &Dataset,
    members: &[CountryId],
    editions: &[EditionId],
    indicators: impl Iterator<Item = IndicatorId>,
) -> Option<String> {
    if !data.has_suspects {
        return None;
    }
    let mut found: BTreeMap<IndicatorId, Vec<f64>> = BTreeMap::new();
    for indicator in indicators {
        let cells =
            members.iter().flat_map(|country| editions.iter().map(move |edition| (*country, *edition)));
        for (country, edition) in cells {
            let cell = data.cell(country, edition, indicator);
            if let Ok(Value::Number(number)) = cell.state
                && cell.marks.contains(Marks::LOOKS_MISSING)
            {
                let numbers = found.entry(indicator).or_default();
                if !numbers.iter().any(|known| known.total_cmp(&number).is_eq()) {
                    numbers.push(number);
                }
            }
        }
    }
    let first = *found.values().next()?.first()?;
    let words = found.into_iter().map(|(indicator, mut numbers)| {
        numbers.sort_by(f64::total_cmp);
        let numbers: Vec<String> = numbers.iter().map(|number| label::number(*number, 0)).collect();
        format!("{} ({})", excerpt(data.framework.indicator(indicator).title.raw(), 60), numbers.join(", "))
    });
    let words: Vec<String> = words.collect();
    let first = label::number(first, 0);
    let how = if data.framework.of_table {
        format!("if they are some, say so: --missing={first}=no-data")
    } else {
        format!("declare them in the framework: \"missing\": {{ \"{first}\": \"no-data\" }}")
    };
    let words = words.join("; ");
    Some(format!(
        "Caution: numbers that look like signs of missing values are counted as numbers: {words}; {how}"
    ))
}

/// The indicators that are not known to be of one scale in all of these editions, and how to declare it; `None` if there
/// are none.
pub fn rescaled(
    data: &Dataset,
    editions: &[EditionId],
    mut indicators: impl Iterator<Item = IndicatorId>,
) -> Option<String> {
    let (from, to) = (*editions.iter().min()?, *editions.iter().max()?);
    if data.suspected_breaks.is_empty() {
        return None;
    }
    let first = indicators.find_map(|id| breaks::suspected(data, id, from, to))?;
    let others = indicators.filter(|id| breaks::suspected(data, *id, from, to).is_some()).count();
    let others = match others {
        0 => String::new(),
        1 => " (and those of 1 more indicator)".to_owned(),
        many => format!(" (and those of {many} more indicators)"),
    };
    let label = |edition: EditionId| excerpt(&data.edition(edition).label, 20);
    Some(format!(
        "Caution: all numbers of {}{others} change by about the same factor ({}) from {} to {}: they are compared as if the scale were the same; if it is another, say so {}",
        excerpt(data.framework.indicator(first.indicator).title.raw(), 60),
        breaks::factor_words(first.factor),
        label(first.from),
        label(first.to),
        breaks::declaration(&data.framework, first.indicator, data.edition(first.to).period)
    ))
}
