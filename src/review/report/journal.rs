//! The state of the journals on paper: files, lines, records, and every line that cannot be taken.

use serde_json::{Value, json};

use super::words;
use crate::{
    core::{
        problem::Problem,
        report::{Column, Context, PROBLEM_RECORDS, Report, Table, counted, problem_fields, problem_json},
        severity::Severity,
    },
    text::Raw,
};

/// What a file of a journal comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    pub name: Raw<'static>,
    /// Ids of the frameworks that it is about.
    pub frameworks: Vec<Raw<'static>>,
    pub lines: usize,
    pub records: usize,
    pub damaged: usize,
}

/// Every line of every journal in one place, checked.
#[derive(Clone, Debug, Default)]
pub struct JournalReport {
    /// The folder, as the user named it.
    pub place: Raw<'static>,
    pub files: Vec<FileLine>,
    pub problems: Vec<Problem>,
}

impl JournalReport {
    pub fn has_damage(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity > Severity::Hint)
    }

    fn sum(&self, of: impl Fn(&FileLine) -> usize) -> usize {
        self.files.iter().map(of).sum()
    }

    fn context(&self) -> Context {
        let mut ids: Vec<&str> = self.files.iter().flat_map(|file| &file.frameworks).map(Raw::raw).collect();
        ids.sort_unstable();
        ids.dedup();
        let framework = words(&ids.join(", "));
        let title = if ids.is_empty() { Raw::from_static("no cards") } else { framework.clone() };
        Context { data: self.place.clone(), framework, framework_title: title, ..Context::default() }
    }
}

impl Report for JournalReport {
    fn name(&self) -> &'static str {
        "journal"
    }

    fn json(&self) -> Value {
        let mut map = self.context().json(self.name());
        let file = |file: &FileLine| {
            json!({
                "file": file.name,
                "frameworks": file.frameworks,
                "lines": file.lines,
                "records": file.records,
                "damaged": file.damaged,
            })
        };
        map.insert("files".into(), self.files.iter().map(file).collect());
        map.insert("lines".into(), json!(self.sum(|file| file.lines)));
        map.insert("records".into(), json!(self.sum(|file| file.records)));
        map.insert("damaged".into(), json!(self.sum(|file| file.damaged)));
        map.insert("problems".into(), self.problems.iter().map(problem_json).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let counts = [
            counted(self.files.len() as u64, "file", "files"),
            counted(self.sum(|file| file.lines) as u64, "line", "lines"),
            counted(self.sum(|file| file.records) as u64, "record", "records"),
            format!("{} damaged", self.sum(|file| file.damaged)),
        ];
        let mut columns = vec![Column::text("severity", Raw::from_static("Severity"))];
        columns.push(Column::whole("problem", Raw::from_static("Problem")));
        columns.extend(PROBLEM_RECORDS.map(Column::record));
        Table {
            title: Raw::from_static("Journal"),
            context: self.context(),
            lines: vec![words(&counts.join(", "))],
            columns,
            rows: self.problems.iter().map(problem_fields).collect(),
            ..Table::default()
        }
    }
}
