//! Problems on paper: every one with its place, what was expected, what was found, how to mend it.

use serde_json::{Value, json};

use super::{
    Report,
    compare::counted,
    context::Context,
    table::{Column, Field, Table},
};
use crate::{
    core::{dataset::Dataset, problem::Problem, severity::Severity},
    text::{Raw, Safe},
};

/// The columns that only records have, in the order of [`problem_fields`].
pub const PROBLEM_RECORDS: [&str; 10] =
    ["code", "file", "line", "column", "byte", "path", "message", "expected", "found", "hint"];

/// What is wrong with the files of a data set.
#[derive(Debug)]
pub struct CheckReport<'a> {
    data: &'a Dataset,
    cap: Option<usize>,
}

impl<'a> CheckReport<'a> {
    /// Pages for people show the first `cap` problems; records and JSON have all.
    pub const fn new(data: &'a Dataset, cap: Option<usize>) -> Self {
        Self { data, cap }
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.data.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

impl Report for CheckReport<'_> {
    fn name(&self) -> &'static str {
        "check"
    }

    fn json(&self) -> Value {
        let mut map = Context::of(self.data).json(self.name());
        map.insert("files".into(), json!(self.data.files));
        map.insert("cards".into(), json!(self.data.card_count()));
        map.insert("errors".into(), json!(self.count(Severity::Error)));
        map.insert("warnings".into(), json!(self.count(Severity::Warning)));
        map.insert("hints".into(), json!(self.count(Severity::Hint)));
        map.insert("problems".into(), self.data.problems.iter().map(problem_json).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let counts = [
            counted(self.data.files as u64, "file", "files"),
            counted(self.data.card_count() as u64, "card", "cards"),
            counted(self.count(Severity::Error) as u64, "error", "errors"),
            counted(self.count(Severity::Warning) as u64, "warning", "warnings"),
            counted(self.count(Severity::Hint) as u64, "hint", "hints"),
        ];
        let mut columns = vec![Column::text("severity", Raw::from_static("Severity"))];
        columns.push(Column::whole("problem", Raw::from_static("Problem")));
        columns.extend(PROBLEM_RECORDS.map(Column::record));
        let is_cut = self.cap.is_some_and(|cap| self.data.problems.len() > cap);
        Table {
            title: Raw::from_static("Check"),
            notes: if is_cut { vec![Raw::from_static("--all shows every problem")] } else { vec![] },
            context: Context::of(self.data),
            lines: vec![Raw::new(counts.join(", "))],
            columns,
            rows: self.data.problems.iter().map(problem_fields).collect(),
            cap: self.cap,
            ..Table::default()
        }
    }
}

/// A problem as JSON reports write it.
pub fn problem_json(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.place.map(|place| place.line),
        "column": problem.place.map(|place| place.column),
        "byte": problem.place.map(|place| place.byte),
        "path": problem.path,
        "message": problem.message,
        "expected": problem.expected,
        "found": problem.found,
        "hint": problem.hint,
    })
}

/// A problem as a row: its severity, the whole of it for people, then [`PROBLEM_RECORDS`].
pub fn problem_fields(problem: &Problem) -> Vec<Field> {
    let number = |number: Option<u64>| number.map_or(Field::Empty, Field::number);
    let words = |words: Option<&Safe>| words.map_or(Field::Empty, |words| Field::text(words.to_string()));
    vec![
        Field::text(problem.severity.to_string()),
        Field::text(problem.to_string()),
        Field::text(problem.code),
        Field::maybe(problem.file.as_ref()),
        number(problem.place.map(|place| u64::from(place.line))),
        number(problem.place.map(|place| u64::from(place.column))),
        number(problem.place.map(|place| place.byte)),
        Field::maybe(problem.path.as_ref()),
        words(Some(&problem.message)),
        words(problem.expected.as_ref()),
        words(problem.found.as_ref()),
        words(problem.hint.as_ref()),
    ]
}
