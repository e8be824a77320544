//! One comparison over several sets: a block a set, each in its own edition, none mixed with another.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{CompareJson, CompareReport};
use crate::{
    core::{
        dataset::Dataset,
        report::{
            Report,
            context::{Context, TOOL, schema_version},
            json_of,
            table::{Cited, Column, Field, Table},
        },
        subject::Subject,
    },
    text::{Raw, Safe, counted},
};

/// What one set has to say about the subjects.
#[derive(Debug)]
pub struct ComparedSet<'a> {
    pub data: &'a Dataset,
    /// Or why the subjects cannot be compared in this set.
    pub report: Result<CompareReport<'a>, Safe>,
}

/// The same subjects side by side in several sets.
#[derive(Debug)]
pub struct CompareSetsReport<'a> {
    /// The subjects, as the user named them.
    subjects: Vec<String>,
    sets: Vec<ComparedSet<'a>>,
}

impl<'a> CompareSetsReport<'a> {
    pub const fn new(subjects: Vec<String>, sets: Vec<ComparedSet<'a>>) -> Self {
        Self { subjects, sets }
    }

    /// Whether any two given cells differ in any set.
    pub fn has_difference(&self) -> bool {
        self.sets.iter().any(|set| set.report.as_ref().is_ok_and(CompareReport::has_difference))
    }

    /// The name and the code of a subject, as the first set has them that knows it.
    fn subject_title(&self, at: usize) -> String {
        let known = self.sets.iter().find_map(|set| {
            let report = set.report.as_ref().ok()?;
            let subject = &report.comparison.subjects[at];
            let (name, code) = (subject.name(set.data), subject.code(set.data));
            let is_group = matches!(subject, Subject::Group(..));
            Some(if is_group { name.raw().to_owned() } else { format!("{} ({})", name.raw(), code.raw()) })
        });
        known.unwrap_or_else(|| self.subjects[at].clone())
    }

    fn data_name(&self) -> Raw<'static> {
        self.sets.first().map(|set| set.data.name.clone()).unwrap_or_default()
    }
}

impl ComparedSet<'_> {
    /// `Freedom in the World, edition 2023`: the set's title, and the editions where the sides have several.
    pub fn heading(&self) -> String {
        let title = self.data.framework.title.raw();
        let Ok(report) = &self.report else { return title.to_owned() };
        match report.context().edition {
            Some(edition) => format!("{title}, edition {}", edition.raw()),
            None => format!("{title}: {}", report.names.join(", ")),
        }
    }

    fn table(&self, subjects: &[String], cited: &mut Cited) -> Table {
        let heading = self.heading();
        let (mut table, why) = match &self.report {
            Ok(report) => (report.citing(cited), Field::Empty),
            Err(why) => {
                let words = Raw::new(format!("not compared: {why}"));
                let title = Column::text("title", "Indicator");
                let table = Table { lines: vec![words.clone()], ..Table::default() };
                let table = table.of_rows(&[words]).text(title, Clone::clone).done();
                (table, Field::text(Raw::new(why.to_string())))
            }
        };
        // A column is called as its side was named: in each block it may be of another edition.
        for (at, subject) in subjects.iter().enumerate() {
            let key = super::column_key(at, "cell");
            if let Some(at) = table.position(&key) {
                table.columns[at].title = Raw::new(subject.clone());
            }
        }
        if let Some(at) = table.position("heading") {
            for row in &mut table.rows {
                row[at] = Field::text(Raw::new(format!("{heading}. {}", row[at].raw())));
            }
        } else {
            table = with(table, 0, Column::heading("heading"), &Field::text(Raw::new(heading.clone())));
        }
        let id = Field::text(Raw::new(self.data.framework.id.to_string()));
        let edition = match &self.report {
            Ok(report) => Field::maybe(report.context().edition.as_ref()),
            Err(_) => Field::Empty,
        };
        table = with(table, 0, Column::record("framework"), &id);
        table = with(
            table,
            1,
            Column::record("framework_title"),
            &Field::maybe(Some(&self.data.framework.title)),
        );
        table = with(table, 2, Column::record("edition"), &edition);
        table = with(table, 3, Column::record("not_compared"), &why);
        for text in table.lines.iter_mut().chain(&mut table.notes) {
            *text = Raw::new(format!("{heading}: {}", text.raw()));
        }
        table
    }
}

/// The table with one more column, which says the same in every row.
fn with(mut table: Table, at: usize, column: Column, says: &Field) -> Table {
    table.columns.insert(at, column);
    table.rows.iter_mut().for_each(|row| row.insert(at, says.clone()));
    table
}

/// Adds the rows of a table; each has all columns of both.
fn stack(mut above: Table, below: Table) -> Table {
    for column in &below.columns {
        if above.position(&column.key).is_none() {
            above.columns.push(column.clone());
            above.rows.iter_mut().for_each(|row| row.push(Field::Empty));
        }
    }
    let from: Vec<Option<usize>> = above.columns.iter().map(|column| below.position(&column.key)).collect();
    above.rows.extend(below.rows.iter().map(|row| {
        from.iter().map(|at| at.map_or(Field::Empty, |at| row[at].clone())).collect::<Vec<Field>>()
    }));
    above.lines.extend(below.lines);
    above.notes.extend(below.notes);
    above
}

impl Report for CompareSetsReport<'_> {
    fn name(&self) -> &'static str {
        "compare-sets"
    }

    fn json(&self) -> Value {
        json_of(&self.document())
    }

    fn table(&self) -> Table {
        let mut cited = Cited::default();
        let context = Context {
            data: self.data_name(),
            framework_title: Raw::new(counted(self.sets.len(), "set", "sets")),
            ..Context::default()
        };
        let titles: Vec<String> = (0..self.subjects.len()).map(|at| self.subject_title(at)).collect();
        let title = Raw::new(format!("Compare {} in several sets", titles.join(" and ")));
        let tables = self.sets.iter().map(|set| set.table(&self.subjects, &mut cited));
        let table = tables.reduce(stack).unwrap_or_default();
        Table { title, context, sources: cited.into_sources(), ..table }
    }
}

/// The report `compare-sets`: what `compare` writes of the same subjects in several sets, a block a set.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::core::report) struct CompareSetsJson<'a> {
    /// The version of this report's JSON.
    schema: u32,
    /// The report's name.
    report: &'static str,
    /// The program that made it, and its version.
    tool: &'static str,
    /// The data, as the user named it.
    data: Raw<'static>,
    /// The subjects, as the user named them.
    subjects: &'a [String],
    /// Those with the most cards first.
    sets: Vec<SetJson<'a>>,
}

/// One of the sets. Its editions are its own: no number of one set is held against one of another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SetJson<'a> {
    /// Its id, as `--set` takes it.
    set: &'a str,
    title: &'a Raw<'static>,
    /// Why the subjects are not compared in this set; null where they are.
    not_compared: Option<&'a str>,
    /// The report `compare` of this set; null where it has none.
    comparison: Option<CompareJson<'a>>,
}

impl CompareSetsReport<'_> {
    fn document(&self) -> CompareSetsJson<'_> {
        let sets = self.sets.iter().map(|ComparedSet { data, report }| SetJson {
            set: &data.framework.id,
            title: &data.framework.title,
            not_compared: report.as_ref().err().map(|why| &**why),
            comparison: report.as_ref().ok().map(CompareReport::document),
        });
        CompareSetsJson {
            schema: schema_version(self.name()),
            report: self.name(),
            tool: TOOL,
            data: self.data_name(),
            subjects: &self.subjects,
            sets: sets.collect(),
        }
    }
}
