//! The report on the journals: files, lines, records, and a problem for every line that cannot be read.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::words;
use crate::{
    core::{
        problem::Problem,
        report::{About, Context, ProblemJson, Report, Table, json_of, of_problems},
        severity::Severity,
    },
    text::{Raw, counted},
};

/// What a file of a journal comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct FileLine {
    #[serde(rename = "file")]
    pub name: Raw<'static>,
    /// Ids of the frameworks that it is about.
    pub frameworks: Vec<Raw<'static>>,
    pub lines: usize,
    pub records: usize,
    /// Lines that cannot be taken.
    pub damaged: usize,
}

/// The check of all journals in one folder.
#[derive(Clone, Debug, Default)]
pub struct JournalReport {
    /// The folder, as the user named it.
    pub place: Raw<'static>,
    pub files: Vec<FileLine>,
    pub problems: Vec<Problem>,
}

/// The report `journal`: what the files of the reviews hold, and every line of them that cannot be taken.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct JournalJson<'a> {
    #[serde(flatten)]
    about: About,
    files: &'a [FileLine],
    /// In all files.
    lines: usize,
    records: usize,
    damaged: usize,
    problems: Vec<ProblemJson<'a>>,
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
        json_of(&JournalJson {
            about: self.context().about(self.name()),
            files: &self.files,
            lines: self.sum(|file| file.lines),
            records: self.sum(|file| file.records),
            damaged: self.sum(|file| file.damaged),
            problems: self.problems.iter().map(Into::into).collect(),
        })
    }

    fn table(&self) -> Table {
        let counts = [
            counted(self.files.len(), "file", "files"),
            counted(self.sum(|file| file.lines), "line", "lines"),
            counted(self.sum(|file| file.records), "record", "records"),
            format!("{} damaged", self.sum(|file| file.damaged)),
        ];
        let (title, lines) = (Raw::from_static("Journal"), vec![words(&counts.join(", "))]);
        of_problems(Table { title, context: self.context(), lines, ..Table::default() }, &self.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Safe;

    fn report() -> JournalReport {
        let file = |name: &'static str, damaged| FileLine {
            name: Raw::from_static(name),
            frameworks: vec![Raw::from_static("f")],
            lines: 3,
            records: 3 - damaged,
            damaged,
        };
        let problem = Problem::new("damaged-line", Severity::Warning, Safe::fixed("this is no record"));
        let problems = vec![problem.in_file(&Raw::from_static("b.jsonl"))];
        JournalReport {
            place: Raw::from_static("j"),
            files: vec![file("a.jsonl", 0), file("b.jsonl", 1)],
            problems,
        }
    }

    #[test]
    fn the_sums_are_over_all_files_and_a_framework_is_named_once() {
        let json = report().json();
        assert_eq!((&json["lines"], &json["records"], &json["damaged"]), (&6.into(), &5.into(), &1.into()));
        assert_eq!((&json["framework"]["id"], &json["files"][1]["file"]), (&"f".into(), &"b.jsonl".into()));
    }

    #[test]
    fn a_damaged_line_is_a_row_with_its_file() {
        let table = report().table();
        assert_eq!(table.lines[0].raw(), "2 files, 6 lines, 5 records, 1 damaged");
        let row: Vec<&str> = table.rows[0].iter().map(crate::core::report::Field::raw).collect();
        assert_eq!(row[..4], ["warning", "b.jsonl: this is no record", "damaged-line", "b.jsonl"]);
    }
}
