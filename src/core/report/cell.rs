//! One cell as reports write it: its value or gap, the words around it, where it comes from.

use serde_json::{Map, Value as Json, json};

use super::table::{Cited, Field, source_line};
use crate::{
    core::{
        cell::{Cell, Gap, Treaty, TreatyAct, Value},
        dataset::Dataset,
        detail::Detail,
        framework::IndicatorId,
        label,
        scale::ScaleKind,
        subject::{self, Subject},
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
    median_of: Option<(usize, usize)>,
}

/// A whole number without a point: what was written as 12 comes back as 12.
pub(super) fn number_json(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        // The digits of a whole number this small are an integer's.
        let digits = format!("{number:.0}");
        return digits.parse::<i64>().map_or_else(|_| json!(number), |whole| json!(whole));
    }
    json!(number)
}

/// The records that a cell becomes in a table, in this order.
pub(super) const RECORDS: [&str; 8] =
    ["label", "value", "gap", "printed", "as_of", "marks", "note", "sources"];

impl<'a> CellReport<'a> {
    pub(super) fn of(data: &'a Dataset, subject: &Subject, indicator: IndicatorId) -> Self {
        let cell = subject.cell(data, indicator);
        let label = subject.label(data, indicator);
        let (detail, median_of) = match subject {
            Subject::Country(country, edition) => (data.detail(*country, *edition, indicator), None),
            Subject::Group(group, edition) => {
                let (_, given, of) = subject::median(data, group, *edition, indicator);
                (Detail::default(), Some((given, of)))
            }
        };
        Self { data, indicator, cell, label, detail, median_of }
    }

    /// The CELL of a JSON report: a given cell has no `gap`, a gap has no value.
    pub(super) fn json(&self) -> Json {
        let mut map = Map::new();
        let mut put = |key: &str, value: Json| drop(map.insert(key.to_owned(), value));
        match self.cell.state {
            Ok(Value::Level(level)) => put("level", json!(self.level_id(level))),
            Ok(Value::Number(number)) => put("value", number_json(number)),
            Ok(Value::Date(date)) => put("value", json!(date)),
            Ok(Value::Text) => put("value", json!(self.label)),
            Err(gap) => put("gap", json!(gap.id())),
        }
        put("label", json!(self.label));
        put("printed", json!(self.detail.printed));
        put("as_of", json!(self.detail.as_of));
        put("marks", json!(self.cell.marks.ids().collect::<Vec<_>>()));
        put("note", json!(self.detail.note));
        put("sources", json!(self.detail.sources));
        if !self.detail.values.is_empty() {
            put("values", json!(self.detail.values));
        }
        if let Some(Treaty { signed, bound, act }) = self.detail.treaty {
            put("treaty", json!({ "signed": signed, "bound": bound, "act": act.map(TreatyAct::id) }));
        }
        if let Some((given, of)) = self.median_of {
            put("median_of", json!({ "given": given, "of": of }));
        }
        Json::Object(map)
    }

    fn level_id(&self, level: u8) -> Option<&str> {
        let levels = &self.data.framework.scale(self.indicator).levels;
        levels.get(usize::from(level)).map(|level| &*level.id)
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
        words
    }

    /// The value as printed, where a label says it otherwise.
    pub(super) fn printed(&self) -> Option<&str> {
        let printed = self.detail.printed.as_ref()?.raw();
        let value = &self.records()[1];
        let is_said = !self.cell.is_given() || printed == self.label.raw() || printed == value.raw();
        (!is_said).then_some(printed)
    }

    /// The value as printed and the note, in words.
    pub(super) fn remarks(&self) -> String {
        let printed = self.printed().map(|printed| format!("printed as \"{printed}\""));
        let note = self.detail.note.as_ref().map(|note| note.raw().to_owned());
        printed.into_iter().chain(note).collect::<Vec<_>>().join("; ")
    }

    /// The same with the numbers of its sources: `signed only [1]`.
    pub(super) fn cited_words(&self, cited: &mut Cited) -> Field {
        let numbers = cited.cite(&self.detail.sources);
        let words = self.words();
        Field::text(if numbers.is_empty() { words } else { format!("{words} [{numbers}]") })
    }

    /// The cell as [`RECORDS`].
    pub(super) fn records(&self) -> [Field; RECORDS.len()] {
        let scale = self.data.framework.scale(self.indicator);
        let value = match (self.cell.state, &scale.kind) {
            (Ok(Value::Level(level)), _) => Field::text(self.level_id(level).unwrap_or_default().to_owned()),
            (Ok(Value::Number(number)), ScaleKind::Number(about)) => {
                Field::Number(label::number(number, about.decimals))
            }
            (Ok(Value::Number(number)), _) => Field::Number(label::number(number, 0)),
            (Ok(Value::Date(date)), _) => Field::text(date.to_string()),
            (Ok(Value::Text), _) => Field::text(self.label.clone()),
            (Err(_), _) => Field::Empty,
        };
        let sources: Vec<Raw<'static>> = self.detail.sources.iter().map(source_line).collect();
        let sources: Vec<&str> = sources.iter().map(Raw::raw).collect();
        [
            Field::text(self.label.clone()),
            value,
            Field::text(self.cell.state.err().map_or("", Gap::id).to_owned()),
            Field::maybe(self.detail.printed.as_ref()),
            Field::text(self.detail.as_of.map_or_else(String::new, |date| date.to_string())),
            Field::text(self.cell.marks.ids().collect::<Vec<_>>().join(" ")),
            Field::maybe(self.detail.note.as_ref()),
            Field::text(sources.join("; ")),
        ]
    }
}
