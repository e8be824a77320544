//! Problems on paper: every one with its place, what was expected, what was found, how to mend it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    Report,
    context::{About, Context},
    json_of,
    table::{Column, Field, Table},
    vocabulary,
};
use crate::{
    core::{
        dataset::Dataset,
        problem::{EqualProblems, Problem},
        severity::Severity,
    },
    text::{Raw, Safe, counted},
};

/// What is wrong with the files of a data set, or of all that are in some files.
#[derive(Debug)]
pub struct CheckReport<'a> {
    sets: &'a [Dataset],
    /// Those of all sets, set by set.
    problems: Cow<'a, [Problem]>,
    cap: Option<usize>,
}

/// The report `check`: every problem of the files of a data set, or of all sets in the files.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CheckJson<'a> {
    #[serde(flatten)]
    about: About,
    /// How many files were read.
    files: usize,
    /// Those of all sets.
    cards: usize,
    /// The sets in the files, those with the most cards first.
    sets: Vec<CheckedSet>,
    errors: usize,
    warnings: usize,
    hints: usize,
    problems: Vec<ProblemJson<'a>>,
}

/// A set of the files that were checked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CheckedSet {
    id: Raw<'static>,
    title: Raw<'static>,
    cards: usize,
}

/// A problem: where it is, what was expected, what was found, how to mend it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct ProblemJson<'a> {
    /// Kebab-case and stable. The list of codes is open: more may come.
    code: &'static str,
    #[schemars(schema_with = "vocabulary::severity")]
    severity: &'static str,
    /// The file as the user named it.
    file: Option<&'a Raw<'static>>,
    /// From 1.
    line: Option<u32>,
    /// In characters, from 1.
    column: Option<u32>,
    /// From 0.
    byte: Option<u64>,
    /// JSON path such as `$.assessments.opsc.bound`.
    path: Option<&'a Raw<'static>>,
    #[schemars(with = "String")]
    message: &'a Safe,
    #[schemars(with = "Option<String>")]
    expected: Option<&'a Safe>,
    #[schemars(with = "Option<String>")]
    found: Option<&'a Safe>,
    /// How to mend it.
    #[schemars(with = "Option<String>")]
    hint: Option<&'a Safe>,
}

impl<'a> From<&'a Problem> for ProblemJson<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            code: problem.code,
            severity: problem.severity.into(),
            file: problem.file.as_ref(),
            line: problem.place.map(|place| place.line),
            column: problem.place.map(|place| place.column),
            byte: problem.place.map(|place| place.byte),
            path: problem.path.as_ref(),
            message: &problem.message,
            expected: problem.expected.as_ref(),
            found: problem.found.as_ref(),
            hint: problem.hint.as_ref(),
        }
    }
}

impl<'a> CheckReport<'a> {
    /// Pages for people show the first `cap` problems, equal ones as one; records and JSON have all.
    pub fn new(data: &'a Dataset, cap: Option<usize>) -> Self {
        Self { sets: std::slice::from_ref(data), problems: Cow::Borrowed(&data.problems), cap }
    }

    /// The same of every set in the files: one at least.
    pub fn of_sets(sets: &'a [Dataset], cap: Option<usize>) -> Self {
        match sets {
            [only] => Self::new(only, cap),
            sets => {
                let problems = sets.iter().flat_map(|data| data.problems.iter().cloned()).collect();
                Self { sets, problems, cap }
            }
        }
    }

    /// What was read; of several sets their number.
    fn context(&self) -> Context {
        match self.sets {
            [data] => Context::of(data),
            sets => Context {
                data: sets.first().map(|data| data.name.clone()).unwrap_or_default(),
                framework_title: Raw::new(counted(sets.len(), "set", "sets")),
                ..Context::default()
            },
        }
    }

    /// Files that were read: those of all sets.
    fn files(&self) -> usize {
        self.sets.first().map_or(0, |data| data.files)
    }

    fn cards(&self) -> usize {
        self.sets.iter().map(Dataset::card_count).sum()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

impl Report for CheckReport<'_> {
    fn name(&self) -> &'static str {
        "check"
    }

    fn json(&self) -> Value {
        json_of(&CheckJson {
            about: self.context().about(self.name()),
            files: self.files(),
            cards: self.cards(),
            sets: self
                .sets
                .iter()
                .map(|data| CheckedSet {
                    id: Raw::new(data.framework.id.to_string()),
                    title: data.framework.title.clone(),
                    cards: data.card_count(),
                })
                .collect(),
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            hints: self.count(Severity::Hint),
            problems: self.problems.iter().map(Into::into).collect(),
        })
    }

    fn table(&self) -> Table {
        let counts = [
            counted(self.files(), "file", "files"),
            counted(self.cards(), "card", "cards"),
            counted(self.count(Severity::Error), "error", "errors"),
            counted(self.count(Severity::Warning), "warning", "warnings"),
            counted(self.count(Severity::Hint), "hint", "hints"),
        ];
        let problems = &*self.problems;
        let kinds = EqualProblems::of(problems);
        let is_cut = self.cap.is_some_and(|cap| kinds.len() > cap || kinds.len() < problems.len());
        let table = Table {
            title: Raw::from_static("Check"),
            notes: if is_cut { vec![Raw::from_static("--all shows every problem")] } else { vec![] },
            context: self.context(),
            lines: vec![Raw::new(counts.join(", "))],
            cap: self.cap,
            ..Table::default()
        };
        let mut table = of_problems(table, problems);
        if let (Some(_), Some(column)) = (self.cap, table.position("problem")) {
            table.repeats = (0..problems.len()).collect();
            for kind in kinds {
                table.rows[kind.at][column] = Field::text(kind.to_string());
                table.repeats.remove(&kind.at);
            }
        }
        table
    }
}

/// The table filled with problems, a row each: for people the whole of it, for records each part.
pub fn of_problems(table: Table, problems: &[Problem]) -> Table {
    let words = |words: Option<&Safe>| words.map_or_else(String::new, Safe::to_string);
    table
        .of_rows(problems)
        .text(Column::text("severity", "Severity"), |problem| problem.severity.to_string())
        .text(Column::whole("problem", "Problem"), Problem::to_string)
        .text(Column::record("code"), |problem| problem.code)
        .field(Column::record("file"), |problem| Field::maybe(problem.file.as_ref()))
        .number(Column::record("line"), |problem| problem.place.map(|place| place.line))
        .number(Column::record("column"), |problem| problem.place.map(|place| place.column))
        .number(Column::record("byte"), |problem| problem.place.map(|place| place.byte))
        .field(Column::record("path"), |problem| Field::maybe(problem.path.as_ref()))
        .text(Column::record("message"), |problem| words(Some(&problem.message)))
        .text(Column::record("expected"), |problem| words(problem.expected.as_ref()))
        .text(Column::record("found"), |problem| words(problem.found.as_ref()))
        .text(Column::record("hint"), |problem| words(problem.hint.as_ref()))
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read;

    const CARDS: &str = r#"{"country":"IRL","edition":"2012","assessments":{"a":"none"},"assesments":{}}"#;

    #[test]
    fn a_problem_says_where_it_is_and_how_much_it_weighs() {
        let data = read::from_texts("d", &[("x.json", CARDS), ("y.json", "{")]);
        let json = CheckReport::new(&data, None).json();
        assert_eq!((&json["files"], &json["cards"], &json["errors"]), (&2.into(), &1.into(), &1.into()));
        let problems = json["problems"].as_array().unwrap();
        let error = problems.iter().find(|problem| problem["severity"] == "error").unwrap();
        assert_eq!((&error["file"], &error["line"]), (&"y.json".into(), &1.into()));
    }

    #[test]
    fn a_page_is_cut_and_says_so_and_the_json_has_all() {
        let data = read::from_texts("d", &[("x.json", "{"), ("y.json", "{")]);
        let report = CheckReport::new(&data, Some(1));
        let table = report.table();
        assert_eq!(table.notes[0].raw(), "--all shows every problem");
        assert_eq!(report.json()["problems"].as_array().unwrap().len(), table.rows.len());
        let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
        assert_eq!(keys[..4], ["severity", "problem", "code", "file"]);
    }
}
