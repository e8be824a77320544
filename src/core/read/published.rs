//! Texts on a scale of numbers, as sources publish them: bounds, ranges, declared signs, flags behind a value.

use super::words::{missing_sign, plain_number};
use crate::core::{
    cell::{Gap, Marks, Value},
    interval::Interval,
    number_signs::NumberSigns,
    obs_status::ObservationStatus,
    scale::NumberScale,
};

/// What a text says: a value with what its flags mark, or the gap that they mean.
pub(super) type PublishedValue = (Result<Value, Gap>, Marks);

/// Reads a number or an interval with the signs that the scale declares. `None` if it is neither, or out of the scale's
/// bounds.
pub(super) fn read(text: &str, about: &NumberScale) -> Option<PublishedValue> {
    if about.signs.flags
        && let Some((value, flags)) = ObservationStatus::split(text)
    {
        let status = ObservationStatus::parse(flags);
        return match (status.gap, value_of(value, about)) {
            (None, Some(value)) => Some((Ok(value), status.marks)),
            (Some(gap), None) if missing_sign(value).is_some() => Some((Err(gap), Marks::empty())),
            _ => None,
        };
    }
    let status = ObservationStatus::parse(text);
    if let (true, Some(gap), true) = (about.signs.flags, status.gap, status.others.is_empty()) {
        return Some((Err(gap), Marks::empty()));
    }
    Some((Ok(value_of(text, about)?), Marks::empty()))
}

fn value_of(text: &str, about: &NumberScale) -> Option<Value> {
    let number = |text: &str| {
        if about.signs.is_said() { about.signs.number(text) } else { plain_number(text) }
    };
    if let Some(number) = number(text) {
        return Some(Value::Number(number)).filter(|_| about.admits(number));
    }
    let interval = Interval::parse(text, number)?;
    let (low, high) = interval.bounds();
    let is_in = |bound: Option<f64>| bound.is_none_or(|bound| about.admits(bound));
    (is_in(low) && is_in(high)).then_some(Value::Interval(interval))
}

/// The interval that the printed form of a value says, where the value is one of its bounds: `<5` beside 5.
pub(super) fn printed_interval(printed: &str, about: &NumberScale, value: f64) -> Option<Interval> {
    let Value::Interval(interval) = value_of(printed, about)? else { return None };
    let is_bound = |bound: Option<f64>| bound.is_some_and(|bound| bound.total_cmp(&value).is_eq());
    let (low, high) = interval.bounds();
    (is_bound(low) || is_bound(high)).then_some(interval)
}

/// What to do about a text that is a number of the scale only with signs that nobody declared; `None` if it is none at all.
pub(super) fn advice(text: &str, about: &NumberScale) -> Option<String> {
    let is_in = |number: &f64| about.admits(*number);
    if let Some((value, flags)) = ObservationStatus::split(text) {
        let status = ObservationStatus::parse(flags);
        let declare = NumberSigns { flags: true, ..NumberSigns::default() }.declaration();
        if let (Some(number), None) = (plain_number(value).filter(is_in), status.gap) {
            return Some(format!(
                "write {{ \"value\": {number}, \"status\": \"{flags}\" }}, or once in the framework: {declare}"
            ));
        }
        if let (Some(gap), Some(_)) = (status.gap, missing_sign(value)) {
            return Some(format!(
                "write {{ \"gap\": \"{}\" }}, or once in the framework: {declare}",
                gap.id()
            ));
        }
    }
    let status = ObservationStatus::parse(text);
    if let (Some(gap), true, true) = (status.gap, status.others.is_empty(), text.trim().len() == 1) {
        return Some(format!("if it is the flag of a missing value: {{ \"gap\": \"{}\" }}", gap.id()));
    }
    let readings = NumberSigns::readings(text);
    let is_number = !readings.is_empty();
    let readings: Vec<_> = readings.into_iter().filter(|(number, _)| is_in(number)).collect();
    match &readings[..] {
        [] if is_number => None,
        [] => {
            // A sign of a footnote or of a currency says nothing of the number; words, bounds and faults do.
            let is_beside = |c: char| matches!(c, '*' | '†' | '‡' | '~' | '≈' | '$' | '€' | '£' | ' ');
            let inner = text.split('[').next().unwrap_or_default().trim_matches(is_beside);
            let number = plain_number(inner).filter(is_in)?;
            Some(format!("write {number}, and what stands beside it into a \"note\""))
        }
        [(number, signs)] if signs.is_said() => {
            Some(format!("write {number} without quotes, or once in the framework: {}", signs.declaration()))
        }
        [(number, _)] => Some(format!("write {number} without quotes")),
        several => {
            let ways = several.iter().map(|(number, signs)| format!("{number} with {}", signs.declaration()));
            let ways: Vec<String> = ways.collect();
            Some(format!("it may be {}: say which in the framework", ways.join(", or ")))
        }
    }
}
