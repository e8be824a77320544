//! The table of cells: a row as an entry, and what it means on its scale.

use std::collections::HashMap;

use super::table::{CsvTable, TableRow};
use crate::{
    core::{
        cell::{Cell, Gap, MARKS, Marks, Treaty, Value},
        columns::{CardRow, RowCell},
        framework::{Framework, Source},
        input_file::NamedText,
        label,
        read::{
            entry::{CitedSource, Part, PartValue, StatedCell},
            input::IndicatorIndex,
            members::CellMember as Member,
            notes::{Notes, PlacePath},
            rules::{self, RuledCell},
            words::{nearest, writable_mark},
        },
        scale::{Scale, ScaleKind},
    },
    text::{excerpt, safe_block},
};

/// The columns that are read.
const COLUMNS: [&str; 15] = [
    "country",
    "edition",
    "indicator",
    "value",
    "gap",
    "printed",
    "as_of",
    "marks",
    "note",
    "signed",
    "bound",
    "act",
    "source_ids",
    "status",
    "label",
];
/// How many of them, from the first, say what a cell is at all.
const NEEDED: usize = 5;
pub(super) const COUNTRY: usize = 0;
pub(super) const EDITION: usize = 1;
pub(super) const INDICATOR: usize = 2;
pub(super) const VALUE: usize = 3;
pub(super) const GAP: usize = 4;
pub(super) const PRINTED: usize = 5;
pub(super) const AS_OF: usize = 6;
const MARKS_COLUMN: usize = 7;
pub(super) const NOTE: usize = 8;
const SIGNED: usize = 9;
const BOUND: usize = 10;
const ACT: usize = 11;
pub(super) const SOURCES: usize = 12;
pub(super) const STATUS: usize = 13;
const LABEL: usize = 14;
/// Rows with words of another value that are told one by one.
const MOST_STALE: usize = 20;

/// The table of cells with its columns; `None` if one that it cannot do without is missing, which is told.
pub(super) fn table_of<'t>(named: &'t NamedText, notes: &mut Notes<'_>) -> Option<CsvTable<'t>> {
    CsvTable::of(named, &COLUMNS, NEEDED, notes)
}

/// Says as an entry what a row says. Without a scale a number is one if it can be read as one.
pub(super) fn state(row: &TableRow<'_>, stated: &mut StatedCell<'static>, scale: Option<&Scale>) {
    let mut set = |member: Member, said: PartValue<'static>| {
        stated.gives_again(member);
        stated.set(member, Part { said, at: row.at, end: row.at });
    };
    let text = |column: usize| row.get(column).into_owned();
    let written = |column: usize| Some(text(column)).filter(|text| !text.is_empty());
    let words = [
        (Member::Printed, PRINTED),
        (Member::Note, NOTE),
        (Member::AsOf, AS_OF),
        (Member::Gap, GAP),
        (Member::Status, STATUS),
    ];
    for (member, column) in words {
        if let Some(text) = written(column) {
            set(member, PartValue::Text(text.into()));
        }
    }
    let dates = [(Member::Signed, SIGNED), (Member::Bound, BOUND), (Member::Act, ACT)];
    let mut has_dates = false;
    for (member, column) in dates {
        if let Some(text) = written(column) {
            has_dates = true;
            set(member, PartValue::Text(text.into()));
        }
    }
    let value_text = written(VALUE);
    let is_status = |text: &String| Scale::treaty("").level_of(text).is_some();
    let is_treaty = match scale {
        Some(scale) => matches!(scale.kind, ScaleKind::Treaty),
        None => has_dates || value_text.as_ref().is_some_and(is_status),
    };
    match value_text {
        // The dates say the level; without any it is not signed.
        Some(_) if is_treaty && written(SIGNED).is_none() => set(Member::Signed, PartValue::Nothing),
        Some(_) if is_treaty => {}
        Some(text) => set(Member::Value, value(text, scale)),
        None => {}
    }
}

/// A value as its scale wants it.
fn value(text: String, scale: Option<&Scale>) -> PartValue<'static> {
    let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
    match scale.map(|scale| &scale.kind) {
        Some(ScaleKind::Number(_)) | None => match number() {
            Some(number) => PartValue::Number(number),
            None => PartValue::Text(text.into()),
        },
        Some(ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo) => {
            // An id with characters that act on a terminal is written in its visible form.
            let levels = scale.map_or(&[][..], |scale| &scale.levels);
            let known = levels.iter().find(|level| safe_block(&level.id).as_str() == text);
            PartValue::Text(known.map_or(text, |level| level.id.to_string()).into())
        }
        Some(ScaleKind::Treaty | ScaleKind::Date | ScaleKind::Text) => PartValue::Text(text.into()),
    }
}

/// Indicators by the visible form of their ids.
pub(super) fn visible_ids(index: &IndicatorIndex<'_>) -> HashMap<String, u16> {
    index.by_id.iter().map(|(id, at)| (safe_block(id).into_string(), *at)).collect()
}

/// Reads cells against a framework.
pub(super) struct CellReader<'a> {
    framework: &'a Framework,
    /// Indicators by the visible form of their ids.
    indicators: HashMap<String, u16>,
    /// By their numbers; nothing if their table is lost.
    sources: Option<&'a HashMap<String, Source>>,
    stated: StatedCell<'static>,
    /// Cells that are unreadable as they were in the cards, and the byte of the first.
    pub unreadable: (usize, usize),
    /// Cells whose value was edited and whose words were not.
    stale: usize,
}

impl<'a> CellReader<'a> {
    pub(super) fn new(index: &IndicatorIndex<'a>, sources: Option<&'a HashMap<String, Source>>) -> Self {
        let framework = index.framework;
        Self {
            framework,
            indicators: visible_ids(index),
            sources,
            stated: StatedCell::default(),
            unreadable: (0, 0),
            stale: 0,
        }
    }

    /// The column of an indicator in the framework; one that is not there is told.
    pub(super) fn column(&self, row: &TableRow<'_>, notes: &mut Notes<'_>) -> Option<u16> {
        let id = row.get(INDICATOR);
        let known = self.indicators.get(&*id).copied();
        if known.is_none() {
            let near = nearest(&id, self.indicators.keys().map(String::as_str));
            let message = format!(
                "indicator \"{}\" is not in framework \"{}\"; it is not shown",
                excerpt(&id, 60),
                self.framework.id
            );
            let path = PlacePath::Row { table: "cells", number: row.number };
            notes.warning("unknown-indicator", row.at, path.member(&id), message).hint =
                near.map(|near| format!("did you mean \"{near}\"?"));
        }
        known
    }

    /// The cell of a row; `None` if the card does not mention the indicator.
    pub(super) fn cell(
        &mut self,
        row: &TableRow<'_>,
        column: u16,
        card: &CardRow,
        notes: &mut Notes<'_>,
    ) -> Option<RowCell> {
        let path = PlacePath::Row { table: "cells", number: row.number };
        let indicator = &self.framework.indicators[usize::from(column)];
        let scale = &self.framework.scales[usize::from(indicator.scale)];
        self.stated.clear();
        self.stated.span.at = row.at;
        state(row, &mut self.stated, Some(scale));
        self.cite(row);
        let marks = self.marks(row);
        let gap = row.get(GAP);
        let ruled = match Gap::from_id(&gap) {
            Some(Gap::Absent) => return None,
            Some(Gap::Unreadable) => {
                let first = if self.unreadable.0 == 0 { row.at } else { self.unreadable.1 };
                self.unreadable = (self.unreadable.0 + 1, first);
                RuledCell::plain(Cell::gap(Gap::Unreadable))
            }
            Some(Gap::Empty) if row.get(VALUE).is_empty() => RuledCell::plain(Cell::gap(Gap::Empty)),
            _ => rules::long(&self.stated, scale, &path, notes),
        };
        let RuledCell { mut cell, mut treaty, as_of } = ruled;
        if let Some(dates) = treaty
            && says_other_level(row, scale, dates, card)
        {
            let message = "the dates of the treaty and the value say two things; it counts as unreadable";
            notes.error("two-answers", row.at, path.text(), message).hint =
                Some("the dates decide: take the value away, or mend the dates".to_owned());
            (cell, treaty) = (Cell::gap(Gap::Unreadable), None);
        }
        if cell.is_given() {
            cell.marks |= marks;
        }
        self.tell_stale(row, scale, &cell, notes);
        Some(RowCell { column, at: u32::try_from(row.at).unwrap_or(u32::MAX), cell, treaty, as_of })
    }

    /// Tells words of a row that are those of another value: somebody edited one and not the other.
    fn tell_stale(&mut self, row: &TableRow<'_>, scale: &Scale, cell: &Cell, notes: &mut Notes<'_>) {
        let Some(wanted) = words_of(row, scale, cell) else { return };
        let (label, printed) = (row.get(LABEL), row.get(PRINTED));
        let is_label = !label.is_empty() && *label != *wanted;
        let is_printed =
            !printed.is_empty() && is_of_another(&printed, scale, cell, if is_label { 0 } else { 6 });
        let columns = match (is_label, is_printed) {
            (true, true) => "label and printed",
            (true, false) => "label",
            (false, true) => "printed",
            (false, false) => return,
        };
        self.stale += 1;
        if self.stale > MOST_STALE {
            return;
        }
        let path = PlacePath::Row { table: "cells", number: row.number };
        let says = excerpt(if is_label { &label } else { &printed }, 40);
        let found = excerpt(&row.get(VALUE), 40);
        let message =
            format!("the value is \"{found}\", and \"{says}\" stands in {columns}; the value is used");
        let mend = match (is_label, is_printed) {
            (true, true) => format!("write \"{}\" in label and empty printed", excerpt(&wanted, 40)),
            (true, false) => format!("write \"{}\" in label", excerpt(&wanted, 40)),
            _ => "empty printed".to_owned(),
        };
        notes.warning("stale-words", row.at, path.text(), message).hint =
            Some(format!("{mend}, or put the value back"));
    }

    /// Tells how many more rows have words of another value than were told.
    pub(super) fn tell_more_stale(&self, notes: &mut Notes<'_>) {
        if self.stale > MOST_STALE {
            let message = format!("{} more rows have words of another value", self.stale - MOST_STALE);
            notes.warning("stale-words", 0, "", message).hint =
                Some("export the cards again, or mend the columns label and printed".to_owned());
        }
    }

    /// Takes the sources of a row.
    fn cite(&mut self, row: &TableRow<'_>) {
        let ids = row.get(SOURCES);
        for id in ids.split_whitespace() {
            let is_named = self
                .sources
                .is_none_or(|known| known.get(id).is_some_and(|source| *source != Source::default()));
            let part = Part { said: PartValue::Text(id.to_owned().into()), at: row.at, end: row.at };
            self.stated.sources.push(CitedSource { part, is_named });
        }
        if !self.stated.sources.is_empty() {
            self.stated.gives_again(Member::Sources);
            self.stated.set(Member::Sources, Part { said: PartValue::List, at: row.at, end: row.at });
        }
    }

    /// Takes the marks of a row that a card can state; the others are returned.
    fn marks(&mut self, row: &TableRow<'_>) -> Marks {
        let mut derived = Marks::empty();
        let ids = row.get(MARKS_COLUMN);
        for id in ids.split_whitespace() {
            match MARKS.iter().find(|known| known.id == id) {
                Some(known) if writable_mark(id).is_none() => derived |= known.mark,
                _ => {
                    let said = PartValue::Text(id.to_owned().into());
                    self.stated.marks.push(Part { said, at: row.at, end: row.at });
                }
            }
        }
        if !self.stated.marks.is_empty() {
            self.stated.gives_again(Member::Marks);
            self.stated.set(Member::Marks, Part { said: PartValue::List, at: row.at, end: row.at });
        }
        derived
    }
}

/// What the column `label` says of a value as it is exported; `None` where that is not known here.
fn words_of(row: &TableRow<'_>, scale: &Scale, cell: &Cell) -> Option<String> {
    let is_bare = !row.get(VALUE).is_empty() && row.get(GAP).is_empty();
    match cell.state {
        Ok(Value::Number(number)) if !label::is_exact(number) => None,
        Ok(Value::Level(_)) if scale.kind == ScaleKind::Treaty => None,
        Ok(Value::Number(_) | Value::Level(_) | Value::Date(_)) if is_bare => {
            Some(safe_block(label::of_cell(scale, cell).raw()).into_string())
        }
        _ => None,
    }
}

/// Whether printed words are those of another value. A number that was rounded is none, nor one that a power of ten
/// tells apart, up to the one that is given: another unit.
fn is_of_another(printed: &str, scale: &Scale, cell: &Cell, powers: i32) -> bool {
    match cell.state {
        Ok(Value::Level(level)) => scale.level_of(printed).is_some_and(|printed| printed != level),
        Ok(Value::Number(number)) => {
            let Ok(said) = printed.parse::<f64>() else { return false };
            let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let step = 10_f64.powi(i32::try_from(decimals).map_or(0, |decimals| -decimals));
            let mut near = (-powers..=powers).map(|power| number * 10_f64.powi(power));
            let is_near = |value: f64| (value - said).abs() <= step * 0.500_001;
            !near.any(is_near)
        }
        _ => false,
    }
}

/// Whether the row names another level than its dates give.
fn says_other_level(row: &TableRow<'_>, scale: &Scale, dates: Treaty, card: &CardRow) -> bool {
    let level = dates.level(card.assessed_on.unwrap_or(card.edition.last_day()));
    let written = row.get(VALUE);
    !written.is_empty() && scale.level_of(&written) != Some(level)
}
