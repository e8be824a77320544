//! Texts on a scale of numbers, as sources publish them: bounds, ranges, declared signs, flags behind a value.

use super::words::{missing_sign, plain_number};
use crate::core::{
    cell::{Gap, Marks, Value},
    interval::Interval,
    label,
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
            // Eurostat's colon is a gap whatever its flags say of it.
            (None, None) if value == ":" => Some((Err(Gap::NoData), Marks::empty())),
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
    let plain = plain_number(text).or_else(|| NumberSigns::default().number(text));
    if let Some(number) = plain.filter(|number| about.admits(*number)) {
        return Some(format!("write {number} without quotes"));
    }
    let status = ObservationStatus::parse(text);
    if let (Some(gap), true, true) = (status.gap, status.others.is_empty(), text.trim().len() == 1) {
        return Some(format!("if it is the flag of a missing value: {{ \"gap\": \"{}\" }}", gap.id()));
    }
    match &declarations(text, about)[..] {
        [] => without_declaration(text, about),
        [(published, signs)] => Some(format!(
            "write {}, or once in the framework: {}",
            written(published, text),
            signs.declaration()
        )),
        several => {
            let ways = several
                .iter()
                .map(|(published, signs)| format!("{} with {}", meant(published), signs.declaration()));
            let ways: Vec<String> = ways.collect();
            Some(format!("it may be {}: say which in the framework", ways.join(", or ")))
        }
    }
}

/// What a text says with further signs beside those that are declared, each with all signs that would have to be: only
/// readings that need the fewest.
fn declarations(text: &str, about: &NumberScale) -> Vec<(PublishedValue, NumberSigns)> {
    let mut found: Vec<(PublishedValue, NumberSigns)> = vec![];
    for (percent, flags) in [(false, false), (true, false), (false, true), (true, true)] {
        for (decimal, thousands) in NumberSigns::PUBLISHED {
            let signs = about.signs.or(NumberSigns { decimal, thousands, percent, flags });
            let with_signs = NumberScale { signs, ..about.clone() };
            if !signs.contradict()
                && let Some(published) = read(text, &with_signs)
                && !found.iter().any(|(known, _)| *known == published)
            {
                found.push((published, signs));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// What to write for a text that no declaration beside those of the scale makes a value.
fn without_declaration(text: &str, about: &NumberScale) -> Option<String> {
    let plain = NumberScale { signs: NumberSigns::default(), ..about.clone() };
    // Signs that contradict the declared ones: 12.3 % beside decimal commas.
    let any = NumberSigns { percent: true, flags: true, ..NumberSigns::default() };
    if let Some(published) = read(text, &NumberScale { signs: any, ..plain }) {
        return Some(format!("write {}", written(&published, text)));
    }
    let number = |text: &str| plain_number(text).filter(|number| about.admits(*number));
    if let Some(interval) = Interval::in_words(text, number) {
        return Some(format!("if it is a bound, write \"{}\"", label::interval(interval, 0)));
    }
    // A sign of a footnote or of a currency says nothing of the number; words, bounds and faults do.
    let is_beside = |c: char| matches!(c, '*' | '†' | '‡' | '~' | '≈' | '$' | '€' | '£' | ' ');
    let inner = text.split('[').next().unwrap_or_default().trim_matches(is_beside);
    let number = number(inner)?;
    Some(format!("write {number}, and what stands beside it into a \"note\""))
}

/// A value as JSON has it, with the flags that stand behind it.
fn written((state, marks): &PublishedValue, text: &str) -> String {
    let flags = ObservationStatus::split(text).map(|(_, flags)| flags).filter(|_| !marks.is_empty());
    let value = match state {
        Err(gap) => return format!("{{ \"gap\": \"{}\" }}", gap.id()),
        Ok(Value::Interval(interval)) => format!("\"{}\"", label::interval(*interval, 0)),
        Ok(_) => meant(&(*state, *marks)),
    };
    match flags {
        Some(flags) => format!("{{ \"value\": {value}, \"status\": \"{flags}\" }}"),
        None if value.starts_with('"') => value,
        None => format!("{value} without quotes"),
    }
}

/// A value in words.
fn meant((state, _): &PublishedValue) -> String {
    match state {
        Ok(Value::Number(number)) => number.to_string(),
        Ok(Value::Interval(interval)) => label::interval(*interval, 0),
        Ok(_) => String::new(),
        Err(gap) => gap.title().to_owned(),
    }
}
