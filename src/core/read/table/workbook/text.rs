//! Writes the values of cells as fields of comma-separated text.

use std::fmt::{self, Display};

use calamine::ExcelDateTime;

pub(super) fn push(text: &mut String, value: impl Display) {
    let written = fmt::Write::write_fmt(text, format_args!("{value}"));
    debug_assert!(written.is_ok(), "a string takes everything");
}

/// Writes a text. One that may be a number is put in quotes: numbers that the workbook itself has as such are not, so
/// that they can be told apart.
pub(super) fn push_field(text: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) || may_be_number(field) {
        push(text, format_args!("\"{}\"", field.replace('"', "\"\"")));
    } else {
        text.push_str(field);
    }
}

fn may_be_number(field: &str) -> bool {
    const LONGEST: usize = 40;
    field.len() <= LONGEST
        && field.bytes().any(|byte| byte.is_ascii_digit())
        && field.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | '−' | ' '))
}

/// Shifts the point in the text of the number, as a product with 100 would not keep its digits: 0.07 is 7 %.
pub(super) fn push_percent(text: &mut String, number: impl Display) {
    let number = number.to_string();
    let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let shifted = format!("{whole}{fraction:0<2}");
    let (whole, fraction) = shifted.split_at(whole.len() + 2);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    push(text, format_args!("{sign}{whole}{point}{fraction}%"));
}

/// A date, with the time unless it is midnight; a time alone for a part of a day; hours, minutes and seconds
/// for a duration.
pub(super) fn push_moment(text: &mut String, moment: &ExcelDateTime) {
    let days = moment.as_f64();
    if !days.is_finite() {
        return push(text, days);
    }
    if moment.is_duration() {
        let seconds = (days.abs() * 86_400.0).round();
        let sign = if days < 0.0 { "-" } else { "" };
        let (hours, minutes) = ((seconds / 3_600.0).floor(), (seconds / 60.0).floor() % 60.0);
        return push(text, format_args!("{sign}{hours}:{minutes:02}:{:02}", seconds % 60.0));
    }
    // Excel shows no date outside of these years either.
    if !(0.0..2_958_466.0).contains(&days) {
        return push(text, days);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let is_time = days > 0.0 && days < 1.0;
    if !is_time {
        push(text, format_args!("{year:04}-{month:02}-{day:02}"));
        if (hour, minute, second, milli) == (0, 0, 0, 0) {
            return;
        }
        text.push('T');
    }
    push(text, format_args!("{hour:02}:{minute:02}:{second:02}"));
    if milli > 0 {
        push(text, format_args!(".{milli:03}"));
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn counts_days_from_either_start() {
        for (days, is_1904, expected) in
            [(0.0, true, "1904-01-01"), (1.0, false, "1900-01-01"), (366.0, true, "1905-01-01")]
        {
            let mut text = String::new();
            push_moment(&mut text, &ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904));
            assert_eq!(text, expected);
        }
    }
}
