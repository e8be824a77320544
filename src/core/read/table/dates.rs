//! Dates as tables write them: the day or the month first, months by name, digits without signs.

use crate::core::date::{Date, month_named as month};

/// Why rows whose dates are ambiguous are not read.
pub(super) const EITHER_FIRST: &str = "a date of which the day or the month may come first";

/// Which of the first two numbers of `1/2/2020` is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl DateOrder {
    /// The order in which all of these are dates; `None` if both or neither will do.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        let (mut any, mut day_first, mut month_first) = (false, true, true);
        for numbers in texts.filter_map(numbers) {
            any = true;
            day_first &= numbers.label(Self::DayFirst).is_some();
            month_first &= numbers.label(Self::MonthFirst).is_some();
        }
        match (any, day_first, month_first) {
            (true, true, false) => Some(Self::DayFirst),
            (true, false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::DayFirst => "the day first",
            Self::MonthFirst => "the month first",
        }
    }
}

/// The three numbers of `31/12/2020`, of which the last is the year.
#[derive(Clone, Copy)]
struct DateNumbers {
    first: u8,
    second: u8,
    year: u16,
    /// Points between them: the day is first everywhere.
    has_points: bool,
}

impl DateNumbers {
    fn label(self, order: DateOrder) -> Option<String> {
        let (day, month) = match order {
            DateOrder::DayFirst => (self.first, self.second),
            DateOrder::MonthFirst => (self.second, self.first),
        };
        (order == DateOrder::DayFirst || !self.has_points).then(|| of_day(self.year, month, day))?
    }
}

fn of_day(year: u16, month: u8, day: u8) -> Option<String> {
    let label = format!("{year:04}-{month:02}-{day:02}");
    Date::parse(&label).map(|_| label)
}

fn of_month(year: u16, month: u8) -> String {
    format!("{year:04}-{month:02}")
}

/// A number of so many digits.
fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u16> {
    (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A year of four digits, or of the two that spreadsheets write: 1950 to 2049.
fn year(text: &str) -> Option<u16> {
    match (text.len(), digits(text, 2..=4)?) {
        (4, year @ 1500..=2150) => Some(year),
        (2, year) => Some(if year < 50 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// A text without a time of day behind it.
fn day_of(text: &str) -> &str {
    let text = text.trim();
    text.split_once(' ').filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day)
}

fn numbers(text: &str) -> Option<DateNumbers> {
    let text = day_of(text);
    let sign = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.split(sign);
    let (first, second, last) = (parts.next()?, parts.next()?, parts.next()?);
    let small = |text: &str| u8::try_from(digits(text, 1..=2)?).ok();
    // `01-02-03` may be anything.
    let is_clear = last.len() == 4 || sign == '/';
    let numbers = DateNumbers {
        first: small(first)?,
        second: small(second)?,
        year: year(last)?,
        has_points: sign == '.',
    };
    (parts.next().is_none() && is_clear).then_some(numbers)
}

/// Whether a text is a date of which the day or the month may be first.
pub(super) fn is_numeric(text: &str) -> bool {
    let is = |order: DateOrder| numbers(text).is_some_and(|numbers| numbers.label(order).is_some());
    is(DateOrder::DayFirst) || is(DateOrder::MonthFirst)
}

/// The label of a date that is written in another form than ISO 8601: `2020-12-31` for `31/12/2020`, `2020-01` for
/// `Jan 2020`. Without an order only if it can be no other date.
pub(super) fn date_label(text: &str, order: Option<DateOrder>) -> Option<String> {
    if let Some(numbers) = numbers(text) {
        let [day_first, month_first] =
            [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| numbers.label(order));
        return match (order, day_first, month_first) {
            (Some(DateOrder::DayFirst), label, _) | (Some(DateOrder::MonthFirst), _, label) => label,
            (None, Some(label), None) | (None, None, Some(label)) => Some(label),
            (None, Some(one), Some(other)) => (one == other).then_some(one),
            (None, None, None) => None,
        };
    }
    let parts: Vec<&str> = day_of(text).split([' ', '-', '/', ',']).filter(|part| !part.is_empty()).collect();
    let four = |text: &str| year(text).filter(|_| text.len() == 4);
    let day = |text: &str| u8::try_from(digits(text, 1..=2)?).ok();
    match parts[..] {
        // `Jan-20` is a month, `Jan 20` a day.
        [name, at] if month(name).is_some() && (at.len() == 4 || text.contains('-')) => {
            Some(of_month(year(at)?, month(name)?))
        }
        [at, name] if month(name).is_some() => Some(of_month(four(at)?, month(name)?)),
        [first, second, third] => {
            if let (Some(at), Some(name)) = (day(first), month(second)) {
                of_day(year(third)?, name, at)
            } else if let (Some(name), Some(at)) = (month(first), day(second)) {
                of_day(four(third)?, name, at)
            } else if let (Some(at), Some(number), true) = (four(first), day(second), text.contains('/')) {
                of_day(at, number, day(third)?)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// The date that a cell says, with the letters behind it that lists of treaties have: `11 May 1994 a` or `(a)`, an accession, and
/// `6 Sep 2006 AA`, an approval.
pub(super) fn date_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_act = |letters: &str| {
        let letters = letters.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(letters);
        letters.len() <= 2 && letters.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let bare = text.rsplit_once(' ').filter(|(_, letters)| is_act(letters)).map_or(text, |(bare, _)| bare);
    let label = |text: &str| Date::parse(&date_label(text, None)?);
    Date::parse(text).or_else(|| label(text)).or_else(|| label(bare)).or_else(|| month_of(text))
}

/// The label of a day or a month of digits alone, `20200131` and `202001`, and of a year that a spreadsheet has grouped,
/// `2,015`: only where a heading says that it is a time.
pub(super) fn compact_label(text: &str) -> Option<String> {
    let all = text.trim();
    if let Some((thousands, rest)) = all.split_once(',') {
        let is_year = thousands.len() == 1 && rest.len() == 3;
        let label = format!("{thousands}{rest}");
        return year(&label).filter(|_| is_year).map(|_| label);
    }
    digits(all.get(..4)?, 4..=4).filter(|year| (1900..=2100).contains(year))?;
    let label = match all.len() {
        6 => format!("{}-{}", &all[..4], all.get(4..)?),
        8 => format!("{}-{}-{}", &all[..4], all.get(4..6)?, all.get(6..)?),
        _ => return None,
    };
    Date::parse(&label).map(|_| label)
}

/// The month that `09.2018` or `09/2018` is.
pub(super) fn month_of(text: &str) -> Option<Date> {
    let (month, year) = text.split_once(['.', '/'])?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && year.starts_with(['1', '2']);
    (is_year && month.len() == 2).then(|| Date::parse(&format!("{year}-{month}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_order_that_all_of_them_allow() {
        let order = |texts: &[&str]| DateOrder::of(texts.iter().copied());
        assert_eq!(order(&["31/12/2020", "1/2/2020"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["1/22/20", "2/1/20"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["01.02.2020"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["1/2/2020", "3/4/2020"]), None);
        assert_eq!(order(&["13/12/2020", "12/13/2020"]), None);
        assert_eq!(order(&["2020", "x"]), None);
        for (text, order, want) in [
            ("31/12/2020", None, Some("2020-12-31")),
            ("1/22/20", None, Some("2020-01-22")),
            ("1/1/2020 00:00", None, Some("2020-01-01")),
            ("2/1/20", None, None),
            ("2/1/20", Some(DateOrder::MonthFirst), Some("2020-02-01")),
            ("2/1/20", Some(DateOrder::DayFirst), Some("2020-01-02")),
            ("1.2.2020", None, Some("2020-02-01")),
            ("31/2/2020", None, None),
            ("Jan 2020", None, Some("2020-01")),
            ("2020 Sept", None, Some("2020-09")),
            ("Jan-20", None, Some("2020-01")),
            ("5 March 2020", None, Some("2020-03-05")),
            ("Dec. 31, 2019", None, Some("2019-12-31")),
            ("2020/01/31", None, Some("2020-01-31")),
            ("2018/19", None, None),
            ("1.2.3", None, None),
            ("10-12-14", None, None),
            ("Mayotte 2020", None, None),
            ("March", None, None),
            ("Jan 20", None, None),
            ("1 2 3", None, None),
        ] {
            assert_eq!(date_label(text, order).as_deref(), want, "{text}");
        }
        for (text, want) in [
            ("20200131", Some("2020-01-31")),
            ("202001", Some("2020-01")),
            ("202013", None),
            ("2,015", Some("2015")),
            ("12,015", None),
            ("38041757", None),
            ("2020", None),
            ("2020äöü", None),
        ] {
            assert_eq!(compact_label(text).as_deref(), want, "{text}");
        }
        assert_eq!(month_of("09.2018").map(|date| date.to_string()).as_deref(), Some("2018-09"));
        for text in ["13.2018", "9.2018", "09.218", "09.20181", "a"] {
            assert_eq!(month_of(text), None, "{text}");
        }
    }
}
