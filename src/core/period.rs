//! The time that an edition is about, from labels as they are written: 2010, 2018/19, FY2019, 2019Q2.

use super::date::Date;

/// From a date to a date, both included, each known to the year, the month or the day. Periods are ordered by their
/// first date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub first: Date,
    pub last: Date,
    form: PeriodForm,
}

/// The label of an edition of which nobody says when it is.
pub const UNDATED: &str = "undated";

/// How a period is named. The fiscal year 2019 is not the year 2019, even if nobody says when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum PeriodForm {
    Date,
    Span,
    Part,
    Fiscal,
    /// Nobody says when.
    Undated,
}

/// What `YYYY-NN` means in a set of editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum LabelRule {
    /// 2001-02 is February 2001.
    Month,
    /// 2001-02 is the years 2001 and 2002.
    Span,
}

impl LabelRule {
    /// As frameworks declare it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Span => "span",
        }
    }
}

/// What a framework says of the labels of its editions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditionLabels {
    pub rule: Option<LabelRule>,
    /// The month in which the fiscal year 2000 begins.
    pub fy2000_begins: Option<Date>,
}

/// What the labels `YYYY-NN` of a set mean together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelVerdict {
    /// There are none.
    Nothing,
    Rule(LabelRule),
    /// Some can only be months, others only spans.
    Both,
}

impl LabelVerdict {
    /// One rule for all labels: months if every NN is one and not all are the next year; spans if all are the next year.
    pub fn of<'l>(labels: impl Iterator<Item = &'l str>) -> Self {
        let (mut any, mut months, mut spans) = (false, true, true);
        for (year, part) in labels.filter_map(year_and_part) {
            any = true;
            months &= (1..=12).contains(&part);
            spans &= part == (year + 1) % 100;
        }
        match (any, spans, months) {
            (false, ..) => Self::Nothing,
            (_, true, _) => Self::Rule(LabelRule::Span),
            (_, _, true) => Self::Rule(LabelRule::Month),
            _ => Self::Both,
        }
    }
}

/// The year and the two digits of a label `YYYY-NN`.
pub fn year_and_part(label: &str) -> Option<(u16, u16)> {
    let (year, part) = label.trim().split_once('-')?;
    (year.len() == 4 && part.len() == 2).then_some(())?;
    Some((digits(year)?, digits(part)?))
}

fn digits(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

impl From<Date> for Period {
    fn from(date: Date) -> Self {
        Self { first: date, last: date, form: PeriodForm::Date }
    }
}

impl Period {
    /// Parses a date (2010, 2022-03, 2010-07-01), two years (2018/19, 2018-2019, 1981-82, `2016_2018`), a fiscal year
    /// (FY2019, FY2018/19), a quarter (2019Q2), a half (2019S1, 2019H1) or a month (2019M05). Before the rule of the set
    /// is known, `YYYY-NN` is a month if it can be one.
    pub fn parse(text: &str, labels: EditionLabels) -> Option<Self> {
        let text = text.trim();
        if text == UNDATED {
            return Some(Self::undated());
        }
        if let Some(fiscal) = text.strip_prefix("FY").or_else(|| text.strip_prefix("fy")) {
            let fiscal = fiscal.trim_start_matches([' ', '-']);
            let years =
                year(fiscal).map(|year| (year, year)).or_else(|| two_years(fiscal, &['/', '-', '–']))?;
            return Self::fiscal(years, labels.fy2000_begins);
        }
        let is_pair = year_and_part(text).is_some();
        let date = Date::parse(text).filter(|_| !is_pair || labels.rule != Some(LabelRule::Span));
        if let Some(date) = date {
            return Some(date.into());
        }
        if is_pair && labels.rule == Some(LabelRule::Month) {
            return None;
        }
        if let Some((from, to)) = two_years(text, &['/', '-', '–', '_']) {
            let is_next = to == from + 1;
            if is_pair && labels.rule.is_none() && !is_next {
                return None;
            }
            return Some(Self { first: of_year(from)?, last: of_year(to)?, form: PeriodForm::Span });
        }
        part_of_year(text)
    }

    /// The period of an edition of which nobody says when it is: after all others, so that memberships are those of
    /// today.
    fn undated() -> Self {
        let end = Date::LAST;
        Self { first: end, last: end, form: PeriodForm::Undated }
    }

    /// The fiscal year of the second of these years; without a month in which fiscal years begin, as the years
    /// themselves.
    fn fiscal((from, to): (u16, u16), fy2000_begins: Option<Date>) -> Option<Self> {
        let Some(begins) = fy2000_begins else {
            return Some(Self { first: of_year(from)?, last: of_year(to)?, form: PeriodForm::Fiscal });
        };
        let shift = i32::from(to) - 2000;
        let at = |months: i32| {
            let month =
                i32::from(begins.year()) * 12 + i32::from(begins.month().max(1)) - 1 + shift * 12 + months;
            Date::parse(&format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1))
        };
        Some(Self { first: at(0)?, last: at(11)?, form: PeriodForm::Fiscal })
    }

    /// The last day of the period, as far as it is known.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.last.last_day()
    }

    /// The date that a card of this edition is about, if it says none itself: the last day, or, where nobody stated the
    /// days, the year.
    #[must_use]
    pub fn as_of(self) -> Date {
        let is_day_known =
            self.form != PeriodForm::Span && self.form != PeriodForm::Fiscal || self.last.month() > 0;
        if is_day_known { self.last_day() } else { self.last }
    }

    /// Whether it is a date and nothing else.
    pub fn is_date(self) -> bool {
        self.form == PeriodForm::Date
    }
}

fn year(text: &str) -> Option<u16> {
    (text.len() == 4).then(|| digits(text))?.filter(|year| *year >= 1000)
}

fn of_year(year: u16) -> Option<Date> {
    Date::parse(&format!("{year:04}"))
}

/// Two years with one of these signs between them; the second may be its last two digits. The second comes after the
/// first, within fifty years.
fn two_years(text: &str, signs: &[char]) -> Option<(u16, u16)> {
    const LONGEST: u16 = 50;
    let (from, to) = text.split_once(signs)?;
    let from = year(from.trim_end())?;
    let to = to.trim_start();
    let to = match to.len() {
        4 => year(to)?,
        2 => {
            let to = from / 100 * 100 + digits(to)?;
            if to < from { to + 100 } else { to }
        }
        _ => return None,
    };
    (from < to && to - from <= LONGEST).then_some((from, to))
}

/// A quarter, a half or a month: 2019Q2, 2019-Q2, Q2 2019, 2019S1, 2019M05.
fn part_of_year(text: &str) -> Option<Period> {
    let is_between = |c: char| matches!(c, ' ' | '-');
    let (year_text, part) = match text.get(..4).filter(|year_text| year(year_text).is_some()) {
        Some(first) => (first, &text[4..]),
        None => (text.get(text.len().checked_sub(4)?..)?, text.get(..text.len() - 4)?),
    };
    year(year_text)?;
    let part = part.trim_matches(is_between).to_ascii_uppercase();
    let (letter, nth) = (part.chars().next()?, digits(part.get(1..)?)?);
    let months = match letter {
        'Q' if (1..=4).contains(&nth) => (nth * 3 - 2, nth * 3),
        'S' | 'H' if (1..=2).contains(&nth) => (nth * 6 - 5, nth * 6),
        'M' if (1..=12).contains(&nth) => (nth, nth),
        _ => return None,
    };
    let date = |month: u16| Date::parse(&format!("{year_text}-{month:02}"));
    let (first, last) = (date(months.0)?, date(months.1)?);
    let form = if letter == 'M' { PeriodForm::Date } else { PeriodForm::Part };
    Some(Period { first, last, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<String> {
        let period = Period::parse(text, EditionLabels::default())?;
        Some(format!("{}..{}", period.first, period.last))
    }

    #[test]
    fn labels_are_read_as_the_period_they_mean() {
        for (text, want) in [
            ("2010", "2010..2010"),
            ("2010-07-01", "2010-07-01..2010-07-01"),
            ("2018/19", "2018..2019"),
            ("2018/2019", "2018..2019"),
            ("2019-2020", "2019..2020"),
            ("1999/00", "1999..2000"),
            ("1981-82", "1981..1982"),
            ("2016_2018", "2016..2018"),
            ("FY2019", "2019..2019"),
            ("FY 2018/19", "2018..2019"),
            ("2019Q2", "2019-04..2019-06"),
            ("2019-Q2", "2019-04..2019-06"),
            ("Q4 2019", "2019-10..2019-12"),
            ("2019S2", "2019-07..2019-12"),
            ("2019M05", "2019-05..2019-05"),
            ("2019-04", "2019-04..2019-04"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(want), "{text}");
        }
        for text in
            ["latest", "2019a", "2019.0", "2018/07", "1981-90", "2019Q5", "FY19", "", "Q2", "2020/2019"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_and_two_digits_mean_the_same_in_all_labels_of_a_set() {
        let of = |labels: &[&str]| LabelVerdict::of(labels.iter().copied());
        assert_eq!(of(&["2010", "2018/19"]), LabelVerdict::Nothing);
        assert_eq!(of(&["2001-02", "1981-82"]), LabelVerdict::Rule(LabelRule::Span));
        assert_eq!(of(&["2001-02", "2001-05"]), LabelVerdict::Rule(LabelRule::Month));
        assert_eq!(of(&["1981-82", "2001-05"]), LabelVerdict::Both);
        let with = |rule| EditionLabels { rule: Some(rule), fy2000_begins: None };
        let period =
            |text, rule| Period::parse(text, with(rule)).map(|at| format!("{}..{}", at.first, at.last));
        assert_eq!(period("2001-02", LabelRule::Month).as_deref(), Some("2001-02..2001-02"));
        assert_eq!(period("2001-02", LabelRule::Span).as_deref(), Some("2001..2002"));
        assert_eq!(period("1981-90", LabelRule::Span).as_deref(), Some("1981..1990"));
        assert_eq!(period("1981-82", LabelRule::Month), None);
    }

    #[test]
    fn a_fiscal_year_is_no_year_and_has_days_only_if_somebody_says_when_it_begins() {
        let fiscal = Period::parse("FY2019", EditionLabels::default()).unwrap();
        let plain = Period::parse("2019", EditionLabels::default()).unwrap();
        assert!(fiscal != plain && fiscal > plain);
        assert_eq!(
            (fiscal.as_of().to_string(), plain.as_of().to_string()),
            ("2019".into(), "2019-12-31".into())
        );
        let labels = EditionLabels { rule: None, fy2000_begins: Date::parse("1999-07") };
        let known = Period::parse("FY2019", labels).unwrap();
        assert_eq!(
            (known.first.to_string(), known.as_of().to_string()),
            ("2018-07".into(), "2019-06-30".into())
        );
    }
}
