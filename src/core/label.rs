//! The words for a value, short enough for a column; the same on the screen and in exports.

use super::{
    cell::{Cell, Value},
    interval::Interval,
    scale::{NumberScale, Scale, ScaleKind},
};
use crate::text::Raw;

/// The label of the level, the number with its unit, the date, or the title of the gap. Text cells get "text".
pub fn of_cell(scale: &Scale, cell: &Cell) -> Raw<'static> {
    match cell.state {
        Err(gap) => Raw::from_static(gap.title()),
        Ok(value) => of_value(scale, value),
    }
}

pub fn of_value(scale: &Scale, value: Value) -> Raw<'static> {
    match value {
        Value::Level(level) => {
            scale.levels.get(usize::from(level)).map_or(Raw::from_static("?"), |level| level.label.clone())
        }
        Value::Number(number) => Raw::new(with_unit(scale, number)),
        Value::Interval(interval) => Raw::new(interval_with_unit(scale, interval)),
        Value::Date(date) => Raw::new(date.to_string()),
        Value::Text => Raw::from_static("text"),
    }
}

/// `16 years`: the number as its scale prints it, then its unit.
pub fn with_unit(scale: &Scale, value: f64) -> String {
    let ScaleKind::Number(about) = &scale.kind else { return number(value, 0) };
    let digits = number(value, about.decimals);
    match &about.unit {
        Some(unit) => format!("{digits} {}", unit.raw()),
        None => digits,
    }
}

/// `<5 years`, `3–4 years`.
fn interval_with_unit(scale: &Scale, value: Interval) -> String {
    let words = interval(value, scale.decimals());
    match &scale.kind {
        ScaleKind::Number(NumberScale { unit: Some(unit), .. }) => format!("{words} {}", unit.raw()),
        _ => words,
    }
}

/// `<5`, `≥95` or `3–4`, with at least this many decimals.
pub fn interval(value: Interval, decimals: u8) -> String {
    let print = |bound: f64| number(bound, decimals);
    match (value.bounds(), value.is_strict) {
        ((Some(low), Some(high)), _) if low.total_cmp(&high).is_eq() => print(low),
        ((Some(low), Some(high)), _) => format!("{}–{}", print(low), print(high)),
        ((Some(low), None), true) => format!(">{}", print(low)),
        ((Some(low), None), false) => format!("≥{}", print(low)),
        ((None, Some(high)), true) => format!("<{}", print(high)),
        ((None, Some(high)), false) => format!("≤{}", print(high)),
        ((None, None), _) => "any number".to_owned(),
    }
}

/// A number with at least this many decimals, more if it needs them; a huge or a tiny one as `1e308`. A distance too large for a number is said in words.
pub fn number(value: f64, decimals: u8) -> String {
    if value.is_infinite() {
        let than = if value > 0.0 { "more than " } else { "less than -" };
        return format!("{than}1.8e308");
    }
    // Zero has no sign.
    let value = value + 0.0;
    if value != 0.0 && !(1e-7..1e16).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let fixed = format!("{value:.*}", usize::from(decimals));
    if fixed.parse() == Ok(value) { fixed } else { format!("{value}") }
}

/// Whether every digit of a number is kept: whole numbers are up to 2⁵³.
pub fn is_exact(value: f64) -> bool {
    const LAST_EXACT: f64 = 9_007_199_254_740_992.0;
    value.abs() < LAST_EXACT
}

/// The mean of two numbers, with one digit more than they have: not 0.15000000000000002 of 0.1 and 0.2.
pub fn mean(one: f64, other: f64) -> f64 {
    if one.total_cmp(&other).is_eq() {
        return one;
    }
    // The sum of two huge numbers is more than a number can be; half of a tiny one would be nothing.
    let sum = one + other;
    let exact = if sum.is_finite() { sum / 2.0 } else { one / 2.0 + other / 2.0 };
    let decimals = |value: f64| format!("{value}").split_once('.').map_or(0, |(_, part)| part.len());
    let digits = decimals(one).max(decimals(other)) + 1;
    let rounded = format!("{exact:.digits$}").parse().unwrap_or(exact);
    rounded + 0.0
}

/// How far two numbers are apart, with as many digits as they have: not 0.10000000000000009 between 1.1 and 1.
pub fn distance(one: f64, other: f64) -> f64 {
    let exact = (one - other).abs();
    // The least power of ten with which both are whole numbers.
    let is_whole = |value: f64, power: f64| ((value * power).round() / power).total_cmp(&value).is_eq();
    let powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];
    let found = powers.into_iter().find(|power| is_whole(one, *power) && is_whole(other, *power));
    match found {
        Some(power) if is_exact(exact * power) => (exact * power).round() / power,
        _ => exact,
    }
}

/// One decimal, with halves rounded up as in the JSON reports. `format!` alone would round them to even.
pub fn tenths(value: f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0 + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_has_the_digits_of_its_numbers() {
        for (one, other, want) in [
            (1.1, 1.0, 0.1),
            (90.0, 9.39, 80.61),
            (0.3, 0.1, 0.2),
            (1e300, -1e300, 2e300),
            (5e-324, 0.0, 5e-324),
            (3.0, 3.0, 0.0),
            (f64::MAX, f64::MIN, f64::INFINITY),
        ] {
            assert!(distance(one, other).total_cmp(&want).is_eq(), "{one} {other}");
            assert!(distance(other, one).total_cmp(&want).is_eq(), "{other} {one}");
        }
    }

    #[test]
    fn a_number_is_never_rounded_silently() {
        assert_eq!(number(12.0, 0), "12");
        assert_eq!(number(0.5, 0), "0.5");
        assert_eq!(number(2.0, 1), "2.0");
        assert_eq!((number(-0.0, 1), tenths(-0.01)), ("0.0".to_owned(), "0.0".to_owned()));
        assert_eq!((number(1e308, 2), number(-5e-324, 0)), ("1e308".to_owned(), "-5e-324".to_owned()));
        assert_eq!(number(f64::INFINITY, 0), "more than 1.8e308");
    }

    #[test]
    fn a_mean_has_no_digits_that_nobody_wrote() {
        for (one, other, want) in [
            (10.0, 20.0, 15.0),
            (0.1, 0.2, 0.15),
            (1.0, 2.0, 1.5),
            (-1.0, 1.0, 0.0),
            (f64::MAX, f64::MAX, f64::MAX),
            (-f64::MAX, f64::MAX, 0.0),
            (0.300_000_000_000_000_04, 0.3, 0.300_000_000_000_000_04),
            (5e-324, 5e-324, 5e-324),
        ] {
            assert_eq!(mean(one, other).to_bits(), want.to_bits(), "{one} {other}");
        }
    }

    #[test]
    fn an_interval_is_written_as_it_is_read() {
        for text in ["<5", "≤5.5", ">95", "≥95", "3–4"] {
            let read = Interval::parse(text, |bound| bound.parse().ok()).unwrap();
            assert_eq!(interval(read, 0), text);
        }
    }

    #[test]
    fn a_half_is_rounded_up() {
        assert_eq!([81.25, 6.25, 2.0, 99.96].map(tenths), ["81.3", "6.3", "2.0", "100.0"]);
    }
}
