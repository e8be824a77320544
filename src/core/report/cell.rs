//! One cell as reports write it: its value or gap, the words around it, where it comes from.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    table::{Cited, Column, Field, source_line},
    vocabulary,
};
use crate::{
    core::{
        cell::{Cell, Gap, Treaty, TreatyAct, Value},
        counts::Counts,
        dataset::Dataset,
        date::Date,
        detail::Detail,
        framework::{IndicatorId, Source},
        label,
        scale::ScaleKind,
        subject::{self, GroupMedian, Subject},
    },
    text::Raw,
};

/// Everything a report says about one subject and one indicator.
pub(super) struct CellReport<'a> {
    data: &'a Dataset,
    indicator: IndicatorId,
    pub(super) cell: Cell,
    pub(super) label: Raw<'static>,
    pub(super) detail: Detail,
    /// For a group: how many cells its median stands on, and of how many.
    median: Option<GroupMedian>,
}

/// A number in JSON. A whole one has no point: what was written as 12 comes back as 12.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(inline)]
pub(super) struct NumberJson(pub(super) f64);

impl Serialize for NumberJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let Self(number) = *self;
        // The digits of a whole number this small are an integer's.
        let is_whole = number.fract() == 0.0 && number.abs() < EXACT;
        match is_whole.then(|| format!("{number:.0}").parse::<i64>()) {
            Some(Ok(whole)) => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(number),
        }
    }
}

/// One cell. A given one has a `level` or a `value`, a gap has a `gap`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Cell")]
pub(super) struct CellJson<'a> {
    /// On a scale of levels: the id of the level; null for a median between two levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    level: Option<OneLevel<'a>>,
    /// Of a median of an even number of answers whose middle two differ: the ids of these levels, the worse one first.
    #[serde(skip_serializing_if = "Option::is_none")]
    levels: Option<[&'a str; 2]>,
    /// On any other scale: a number in the scale's unit, a date, or the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueJson>,
    /// Of a number of which only bounds are known: the bounds that there are; `value` is null.
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<NumberJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<NumberJson>,
    /// Why nothing is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::gap")]
    gap: Option<&'static str>,
    /// What a person reads: the value in words, or that it is a gap.
    label: Raw<'static>,
    /// The value as the source prints it, where the card says that.
    printed: Option<Raw<'static>>,
    /// When the value held, where the card says another date than its own.
    as_of: Option<Date>,
    #[schemars(schema_with = "vocabulary::marks")]
    marks: Vec<&'static str>,
    note: Option<Raw<'static>>,
    /// The observation status as written, if some of its codes have no mark here.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Raw<'static>>,
    sources: Vec<Source>,
    /// All readings, where sources disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Raw<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    treaty: Option<TreatyJson>,
    /// Of a group, whose value is the median of its members: on how many of them it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_of: Option<MedianOf>,
}

/// A level by its id, or null.
#[derive(Debug, Serialize)]
pub(super) struct OneLevel<'a>(Option<&'a str>);

/// A number, a text, or null where only the bounds of a number are known.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum ValueJson {
    Number(NumberJson),
    Text(Raw<'static>),
    Bounds(()),
}

/// What a country has done about a treaty.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct TreatyJson {
    signed: Option<Date>,
    /// Since when the treaty binds the country.
    bound: Option<Date>,
    #[schemars(schema_with = "vocabulary::treaty_act_or_null")]
    act: Option<&'static str>,
}

/// How many of a group's members give a value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct MedianOf {
    given: usize,
    of: usize,
}

/// How many cells say something.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Coverage")]
pub(super) struct CoverageJson {
    given: u32,
    /// Given and missing: what `given` is a part of.
    of: u32,
    missing: u32,
    /// Cells that do not apply; they are in no denominator.
    not_applicable: u32,
}

impl From<Counts> for CoverageJson {
    fn from(counts: Counts) -> Self {
        let (of, Counts { given, missing, not_applicable }) = (counts.denominator(), counts);
        Self { given, of, missing, not_applicable }
    }
}

/// The records that a cell becomes in a table, in this order.
pub(super) const RECORDS: [&str; 9] =
    ["label", "value", "gap", "printed", "as_of", "marks", "note", "sources", "values"];

/// The columns of these records, each with the name that it has in its table.
pub(super) fn record_columns(name: impl Fn(&str) -> String) -> [Column; RECORDS.len()] {
    RECORDS.map(|key| {
        let column = Column::record(name(key));
        if key == "value" { column.why_empty(name("gap")) } else { column }
    })
}

impl<'a> CellReport<'a> {
    pub(super) fn of(data: &'a Dataset, subject: &Subject, indicator: IndicatorId) -> Self {
        let cell = subject.cell(data, indicator);
        let label = subject.label(data, indicator);
        let (detail, median) = match subject {
            Subject::Country(country, edition) => (data.detail(*country, *edition, indicator), None),
            Subject::Group(group, edition) => {
                let median = subject::median(data, group, *edition, indicator);
                (Detail::default(), Some(median))
            }
        };
        Self { data, indicator, cell, label, detail, median }
    }

    pub(super) fn into_json(self) -> CellJson<'a> {
        let levels = self.middle_levels();
        let level = match self.cell.state {
            Ok(Value::Level(level)) => Some(OneLevel(self.level_id(level).filter(|_| levels.is_none()))),
            _ => None,
        };
        let (low, high) = match self.cell.state {
            Ok(Value::Interval(interval)) => interval.bounds(),
            _ => (None, None),
        };
        let value = match self.cell.state {
            Ok(Value::Number(number)) => Some(ValueJson::Number(NumberJson(number))),
            Ok(Value::Interval(_)) => Some(ValueJson::Bounds(())),
            Ok(Value::Date(date)) => Some(ValueJson::Text(self.date(date))),
            Ok(Value::Text) if self.median.is_none() => Some(ValueJson::Text(self.label.clone())),
            Ok(Value::Level(_) | Value::Text) | Err(_) => None,
        };
        let treaty =
            |Treaty { signed, bound, act }| TreatyJson { signed, bound, act: act.map(TreatyAct::id) };
        CellJson {
            level,
            levels,
            value,
            low: low.map(NumberJson),
            high: high.map(NumberJson),
            gap: self.cell.state.err().map(Gap::id),
            label: self.label,
            printed: self.detail.printed,
            as_of: self.detail.as_of,
            marks: self.cell.marks.ids().collect(),
            note: self.detail.note,
            status: self.detail.status,
            sources: self.detail.sources,
            values: self.detail.values,
            treaty: self.detail.treaty.map(treaty),
            median_of: self.median.map(|GroupMedian { given, of, .. }| MedianOf { given, of }),
        }
    }

    /// The ids of the middle two levels of a median, if they differ.
    fn middle_levels(&self) -> Option<[&'a str; 2]> {
        match (self.cell.state, self.median?.upper) {
            (Ok(Value::Level(lower)), Some(Value::Level(upper))) => {
                Some([self.level_id(lower)?, self.level_id(upper)?])
            }
            _ => None,
        }
    }

    fn level_id(&self, level: u8) -> Option<&'a str> {
        let levels = &self.data.framework.scale(self.indicator).levels;
        levels.get(usize::from(level)).map(|level| &*level.id)
    }

    /// A date; of a median both middle ones if there are two.
    fn date(&self, date: Date) -> Raw<'static> {
        let scale = self.data.framework.scale(self.indicator);
        self.median.map_or_else(|| Raw::new(date.to_string()), |median| median.words(scale))
    }

    /// All readings, if there are several.
    fn readings(&self, between: &str) -> String {
        let readings: Vec<&str> = self.detail.values.iter().map(Raw::raw).collect();
        if readings.len() > 1 { readings.join(between) } else { String::new() }
    }

    /// The label for people: a gap says `??` and why, a mark says its name.
    pub(super) fn words(&self) -> String {
        let mut words = match self.cell.state {
            Err(Gap::NotApplicable) => return "n/a".to_owned(),
            Err(gap) => match &self.detail.printed {
                Some(printed) => format!("?? {}, printed \"{}\"", gap.title(), printed.raw()),
                None => format!("?? {}", gap.title()),
            },
            Ok(_) => self.label.raw().to_owned(),
        };
        let marks: Vec<&str> = self.cell.marks.titles().collect();
        if !marks.is_empty() {
            words = format!("{words} ({})", marks.join(", "));
        }
        match self.readings(" / ") {
            readings if readings.is_empty() => words,
            readings => format!("{words}, readings {readings}"),
        }
    }

    /// The value as printed, where a label says it otherwise.
    pub(super) fn printed(&self) -> Option<&str> {
        let printed = self.detail.printed.as_ref()?.raw();
        let value = &self.records()[1];
        let is_said = !self.cell.is_given() || printed == self.label.raw() || printed == value.raw();
        (!is_said).then_some(printed)
    }

    /// The value as printed, its status and the note, in words.
    pub(super) fn remarks(&self) -> String {
        let printed = self.printed().map(|printed| format!("printed as \"{printed}\""));
        let note = self.detail.note.as_ref().map(|note| note.raw().to_owned());
        let status = self.detail.status.as_ref().map(|status| format!("status \"{}\"", status.raw()));
        printed.into_iter().chain(status).chain(note).collect::<Vec<_>>().join("; ")
    }

    /// The same with the numbers of its sources: `signed only [1]`.
    pub(super) fn cited_words(&self, cited: &mut Cited, year: Option<i16>) -> Field {
        let numbers = cited.cite(&self.detail.sources);
        let words = self.words();
        // The year, where the sides of a comparison are about different ones.
        let words = year.map_or_else(|| words.clone(), |year| format!("{words} ({year})"));
        Field::text(if numbers.is_empty() { words } else { format!("{words} [{numbers}]") })
    }

    /// When the value held, in words; empty where the card does not say.
    pub(super) fn as_of(&self) -> String {
        self.detail.as_of.map_or_else(String::new, |date| date.to_string())
    }

    /// The cell as [`RECORDS`].
    pub(super) fn records(&self) -> [Field; RECORDS.len()] {
        let scale = self.data.framework.scale(self.indicator);
        let value = match (self.cell.state, &scale.kind) {
            (Ok(Value::Level(level)), _) => Field::text(match self.middle_levels() {
                Some(levels) => levels.join(" | "),
                None => self.level_id(level).unwrap_or_default().to_owned(),
            }),
            (Ok(Value::Number(number)), ScaleKind::Number(about)) => {
                Field::Number(label::number(number, about.decimals))
            }
            (Ok(Value::Number(number)), _) => Field::Number(label::number(number, 0)),
            (Ok(Value::Interval(interval)), _) => Field::text(label::interval(interval, scale.decimals())),
            (Ok(Value::Date(date)), _) => Field::text(self.date(date)),
            (Ok(Value::Text), _) if self.median.is_none() => Field::text(self.label.clone()),
            (Ok(Value::Text), _) => Field::Empty,
            (Err(_), _) => Field::Empty,
        };
        let sources: Vec<Raw<'static>> = self.detail.sources.iter().map(source_line).collect();
        let sources: Vec<&str> = sources.iter().map(Raw::raw).collect();
        [
            Field::text(self.label.clone()),
            value,
            Field::text(self.cell.state.err().map_or("", Gap::id).to_owned()),
            Field::maybe(self.detail.printed.as_ref()),
            Field::text(self.as_of()),
            Field::text(self.cell.marks.ids().collect::<Vec<_>>().join(" ")),
            Field::maybe(self.detail.note.as_ref()),
            Field::text(sources.join("; ")),
            Field::text(self.readings("; ")),
        ]
    }
}
