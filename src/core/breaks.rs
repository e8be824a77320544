//! Breaks in series: editions between which the method or the scale of an indicator changed.

use super::{
    cell::Marks,
    dataset::{CountryId, Dataset, EditionId, SuspectedBreak},
    framework::{Framework, IndicatorId},
    label,
    period::Period,
};
use crate::text::toml_key;

/// The suspected break of an indicator between two editions.
pub fn suspected(
    data: &Dataset,
    indicator: IndicatorId,
    one: EditionId,
    other: EditionId,
) -> Option<&SuspectedBreak> {
    let (from, to) = (one.min(other), one.max(other));
    let at = data.suspected_breaks.binary_search_by_key(&indicator, |step| step.indicator).ok()?;
    Some(&data.suspected_breaks[at]).filter(|step| from < step.to && step.from < to)
}

/// A factor in words: `10.0`, or `1/12.5` where numbers become smaller.
pub fn factor_words(factor: f64) -> String {
    let is_down = factor > 0.0 && factor < 1.0;
    if is_down { format!("1/{}", label::tenths(1.0 / factor)) } else { label::tenths(factor) }
}

/// How a break of an indicator before an edition is declared.
pub fn declaration(framework: &Framework, indicator: IndicatorId, edition: Period) -> String {
    if framework.of_table {
        let id = toml_key(&framework.indicator(indicator).id);
        format!("in the mapping: [indicators.{id}] comparable_from = \"{}\"", edition.first)
    } else {
        format!("of the indicator in the framework: \"comparable_from\": \"{}\"", edition.first)
    }
}

/// Whether the framework declares a break between two editions: one of them is before the date from which the indicator
/// is comparable, the other is not.
pub fn is_declared(data: &Dataset, indicator: IndicatorId, one: EditionId, other: EditionId) -> bool {
    is_before(data, indicator, one) != is_before(data, indicator, other)
}

/// Whether an edition is before the one from which the indicator is comparable.
pub fn is_before(data: &Dataset, indicator: IndicatorId, edition: EditionId) -> bool {
    let from = data.framework.indicator(indicator).comparable_from;
    from.is_some_and(|date| data.edition(edition).period < Period::from(date))
}

/// The same, or whether a cell of this country after the earlier edition is marked as a break.
pub fn of_country(
    data: &Dataset,
    country: CountryId,
    indicator: IndicatorId,
    one: EditionId,
    other: EditionId,
) -> bool {
    let (from, to) = (one.min(other), one.max(other));
    let is_marked = |edition: EditionId| data.cell(country, edition, indicator).marks.contains(Marks::BREAK);
    is_declared(data, indicator, one, other) || (from.0 + 1..=to.0).map(EditionId).any(is_marked)
}
