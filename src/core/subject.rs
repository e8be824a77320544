//! The subjects of a comparison: a country in an edition, or the median of a group in an edition.

use std::cmp::Ordering;

use super::{
    cell::{Cell, Gap, Marks, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Group, IndicatorId},
    groups,
    interval::Interval,
    label,
    scale::{Scale, ScaleKind},
};
use crate::text::{Raw, Safe, excerpt, fold, no_such};

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

    /// The country's name, with what it is if it is no country of today; or "OSCE median".
    pub fn name(&self, data: &Dataset) -> Raw<'static> {
        match self {
            Self::Country(country, _) => data.country(*country).title(),
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
        self.answer(data, indicator).cell
    }

    pub fn answer(&self, data: &Dataset, indicator: IndicatorId) -> SideAnswer {
        match self {
            Self::Country(country, edition) => {
                SideAnswer { cell: data.cell(*country, *edition, indicator), upper: None }
            }
            Self::Group(group, edition) => {
                let GroupMedian { cell, upper, .. } = median(data, group, *edition, indicator);
                SideAnswer { cell, upper }
            }
        }
    }

    /// The words for the cell. A median is followed by the number of given cells it is taken of.
    pub fn label(&self, data: &Dataset, indicator: IndicatorId) -> Raw<'static> {
        match self {
            Self::Country(country, edition) => data.label(*country, *edition, indicator),
            Self::Group(group, edition) => {
                let median = median(data, group, *edition, indicator);
                let word = median.words(data.framework.scale(indicator));
                Raw::new(format!("{} ({})", word.raw(), median.of_words()))
            }
        }
    }

    /// The subject without its edition, as [`Subject::parse`] takes it.
    pub fn text(&self, data: &Dataset) -> String {
        let code = self.code(data);
        match self {
            Self::Country(..) => code.raw().to_owned(),
            Self::Group(..) => format!("group:{}", code.raw()),
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

/// What a side of a comparison answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SideAnswer {
    pub cell: Cell,
    /// Of a median, the upper of the two middle levels or dates, if they differ; the lower one is in the cell.
    pub upper: Option<Value>,
}

/// The median of a group's given cells: of numbers the mean of the middle two if their count is even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupMedian {
    /// The median; of levels and dates the lower of the middle two. Texts have no order and no median: then any text
    /// stands for them.
    pub cell: Cell,
    /// The upper of two middle levels or dates that differ.
    pub upper: Option<Value>,
    /// The number of given cells.
    pub given: usize,
    /// The number of cells that are applicable.
    pub of: usize,
}

impl GroupMedian {
    /// What it is taken of: `median of 7 given of 8`.
    pub fn of_words(&self) -> String {
        let what = if self.upper.is_some() { "the middle two" } else { "median" };
        format!("{what} of {} given of {}", self.given, self.of)
    }

    /// The words for the median, without the number of cells it is taken of.
    pub fn words(&self, scale: &Scale) -> Raw<'static> {
        match (self.cell.state, self.upper) {
            (Ok(Value::Text), _) => Raw::from_static("no median"),
            (Ok(Value::Date(date)), Some(Value::Date(other))) => Raw::new(format!("{date} and {other}")),
            (Ok(lower), Some(upper)) => {
                let [lower, upper] = [lower, upper].map(|value| label::of_value(scale, value));
                Raw::new(format!("{} | {}", lower.raw(), upper.raw()))
            }
            _ => label::of_cell(scale, &self.cell),
        }
    }
}

/// A member of a group, and whether its cell is one of those that the median is taken of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MedianMember {
    pub country: CountryId,
    pub cell: Cell,
    /// Whether the cell is given, in the group's other edition too if there is one.
    pub counts: bool,
}

/// The members of a group: those that the median is taken of, from the lowest answer to the highest, then the others.
pub fn median_members(
    data: &Dataset,
    group: &Group,
    edition: EditionId,
    indicator: IndicatorId,
) -> Vec<MedianMember> {
    let mut members = members_of(data, group, edition, indicator);
    let rank =
        |member: &MedianMember| (!member.counts, !member.cell.is_given(), member.cell.is_not_applicable());
    members.sort_by(|one, other| {
        let values = one.cell.state.ok().zip(other.cell.state.ok());
        rank(one).cmp(&rank(other)).then(values.map_or(Ordering::Equal, |(one, other)| order(one, other)))
    });
    members
}

fn members_of(
    data: &Dataset,
    group: &Group,
    edition: EditionId,
    indicator: IndicatorId,
) -> Vec<MedianMember> {
    let other = group.given_also_in.as_ref().and_then(|label| data.find_edition(label));
    let is_in_both =
        |country: CountryId| other.is_none_or(|other| data.cell(country, other, indicator).is_given());
    let member = |country| {
        let cell = data.cell(country, edition, indicator);
        MedianMember { country, cell, counts: cell.is_given() && is_in_both(country) }
    };
    groups::members(data, group, edition).into_iter().map(member).collect()
}

/// The order of two values of one scale. Texts have none; an interval stands where it begins.
fn order(one: Value, other: Value) -> Ordering {
    let begin = |value| match value {
        Value::Number(number) => Some(number),
        Value::Interval(interval) => Some(interval.low),
        Value::Level(_) | Value::Date(_) | Value::Text => None,
    };
    match (one, other) {
        (Value::Level(one), Value::Level(other)) => one.cmp(&other),
        (Value::Date(one), Value::Date(other)) => one.cmp(&other),
        _ => begin(one).zip(begin(other)).map_or(Ordering::Equal, |(one, other)| one.total_cmp(&other)),
    }
}

/// The median of a group's given cells.
pub fn median(data: &Dataset, group: &Group, edition: EditionId, indicator: IndicatorId) -> GroupMedian {
    let members = members_of(data, group, edition, indicator);
    let of = members.iter().filter(|member| !member.cell.is_not_applicable()).count();
    let has_members = !members.is_empty();
    let cells: Vec<Cell> =
        members.into_iter().filter(|member| member.counts).map(|member| member.cell).collect();
    let mut values: Vec<Value> = cells.iter().filter_map(|cell| cell.state.ok()).collect();
    if data.framework.scale(indicator).kind == ScaleKind::Categories {
        // Words in no order have no middle, as texts have none.
        values.fill(Value::Text);
    }
    let given = values.len();
    // A median over a number that may be none is no firmer than it.
    let marks = cells.iter().fold(Marks::empty(), |all, cell| all | cell.marks) & Marks::LOOKS_MISSING;
    if values.iter().any(|value| matches!(value, Value::Interval(_))) {
        let state = Ok(interval_median(&values));
        return GroupMedian { cell: Cell { state, marks }, upper: None, given, of };
    }
    values.sort_by(|one, other| order(*one, *other));
    let middle = values.get(given.saturating_sub(1) / 2).copied().zip(values.get(given / 2).copied());
    let (state, upper) = match middle {
        Some((Value::Number(lower), Value::Number(upper))) => {
            (Ok(Value::Number(label::mean(lower, upper))), None)
        }
        Some((lower @ Value::Text, _)) => (Ok(lower), None),
        Some((lower, upper)) => (Ok(lower), (lower != upper).then_some(upper)),
        None if of == 0 && has_members => (Err(Gap::NotApplicable), None),
        None => (Err(Gap::NoData), None),
    };
    GroupMedian { cell: Cell { state, marks }, upper, given, of }
}

/// The median of numbers of which some are known by their bounds alone: it lies between the median of the lowest and
/// that of the highest numbers that they may be.
fn interval_median(values: &[Value]) -> Value {
    let median = |bound: fn(Interval) -> f64| {
        let ends = values.iter().map(|value| match value {
            Value::Interval(interval) => bound(*interval),
            Value::Number(number) => *number,
            Value::Level(_) | Value::Date(_) | Value::Text => f64::NAN,
        });
        let mut ends: Vec<f64> = ends.collect();
        ends.sort_by(f64::total_cmp);
        let (lower, upper) = (ends[(ends.len() - 1) / 2], ends[ends.len() / 2]);
        if lower.is_finite() && upper.is_finite() { label::mean(lower, upper) } else { lower.midpoint(upper) }
    };
    let (low, high) = (median(|interval| interval.low), median(|interval| interval.high));
    if low.total_cmp(&high).is_eq() {
        Value::Number(low)
    } else {
        Value::Interval(Interval { low, high, is_strict: false })
    }
}

/// An edition by its label. Errors: there is none, but these.
pub fn find_edition(data: &Dataset, label: &str) -> Result<EditionId, Safe> {
    data.find_edition(label)
        .ok_or_else(|| no_such("edition", label, data.edition_ids().map(|id| &*data.edition(id).label)))
}

fn no_country(data: &Dataset, text: &str) -> Safe {
    let called: Vec<&str> = data.countries_called(text).map(|id| data.country(id).code.raw()).collect();
    if called.len() > 1 {
        return words(&format!(
            "{} is the name of several: ask for {}",
            excerpt(text, 60),
            called.join(" or ")
        ));
    }
    let wanted = fold(text);
    let distance = |key: &str| strsim::osa_distance(&wanted, key);
    // Names are compared with names: a code that shares letters with another says nothing.
    let is_name = |key: &str| key.chars().count() > 3;
    let is_close = |key: &str| is_name(key) && distance(key) <= key.chars().count() / 3;
    let near = data
        .countries()
        .iter()
        .filter(|country| {
            text.len() <= 80 && is_name(&wanted) && country.keys.iter().any(|key| is_close(key))
        })
        .min_by_key(|country| country.keys.iter().map(|key| distance(key)).min());
    let hint =
        near.map_or(String::new(), |c| format!("; did you mean {} ({})?", c.name.line(), c.code.line()));
    let hint = match groups::asked(data, text) {
        Ok(group) => format!("; group:{} is the median of a group", group.id),
        Err(_) => hint,
    };
    words(&format!("no country {} in this data{hint}", excerpt(text, 60)))
}

fn words(text: &str) -> Safe {
    crate::text::safe_line(text)
}
