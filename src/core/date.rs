//! Dates as cards write them: a year, a month or a day, validated and ordered.

use std::fmt;

use jiff::civil;

/// A calendar date known to the year, the month or the day (ISO 8601 reduced precision).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    /// 1–12, or 0 when only the year is known.
    month: u8,
    /// 1–31, or 0 when only the month is known.
    day: u8,
}

impl Date {
    /// After all that is told.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// Parses `2010`, `2010-07` or `2010-07-01`. `None` for anything else and for a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(0), |part| digits(part, 2).filter(|m| (1..=12).contains(m)))?;
        let day = parts.next().map_or(Some(0), |part| digits(part, 2).filter(|d| *d > 0))?;
        if parts.next().is_some() || year < 1000 {
            return None;
        }
        let (year, month, day) =
            (i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        if day > 0 {
            civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        }
        Some(Self { year, month, day })
    }

    pub const fn year(self) -> i16 {
        self.year
    }

    /// 1–12, or 0 when only the year is known.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The last day of the year or the month, or the day itself.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day > 0 {
            self.day
        } else {
            let first = i8::try_from(month).ok().and_then(|m| civil::Date::new(self.year, m, 1).ok());
            first.map_or(31, |first| u8::try_from(first.days_in_month()).unwrap_or(31))
        };
        Self { year: self.year, month, day }
    }

    /// The first day of the year or the month, or the day itself.
    #[must_use]
    pub const fn first_day(self) -> Self {
        Self {
            year: self.year,
            month: if self.month == 0 { 1 } else { self.month },
            day: if self.day == 0 { 1 } else { self.day },
        }
    }

    /// The same date some years earlier; 29 February becomes the 28th.
    #[must_use]
    pub fn years_before(self, years: u16) -> Self {
        let year = self.year.saturating_sub(i16::try_from(years).unwrap_or(i16::MAX));
        let day = if self.month == 2 && self.day == 29 { 28 } else { self.day };
        Self { year, month: self.month, day }
    }
}

/// The month that an English name or its first letters mean, from 1 to 12: `March`, `mar`, `Sept`, `Dec.`.
pub fn month_named(name: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.trim_end_matches('.').to_lowercase();
    let is_short = name.len() == 3 || name == "sept";
    let at = NAMES.iter().position(|month| *month == name || is_short && month.starts_with(&name))?;
    u8::try_from(at + 1).ok()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("this is no date: write \"2012\" or \"2012-01-31\"");
        Self::parse(&text).ok_or_else(wrong)
    }
}

/// In a JSON Schema a date is a text of one of three lengths.
impl schemars::JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "a date: 2010, 2010-07 or 2010-07-01" })
    }
}

fn digits(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_are_read_and_written_alike() {
        for text in ["2010", "2010-07", "2010-07-01", "2012-02-29"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_never_was_a_date_is_refused() {
        for text in [
            "",
            "soon",
            "20120",
            "2012-02-30",
            "2011-02-29",
            "2010-13",
            "2010-7",
            "2010-07-01-01",
            "201٠",
            "0000",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_edition_ends_on_its_last_day() {
        assert_eq!(Date::parse("2010").unwrap().last_day().to_string(), "2010-12-31");
        assert_eq!(Date::parse("2012-02").unwrap().last_day().to_string(), "2012-02-29");
    }
}
