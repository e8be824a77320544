//! The comparison on paper: subjects side by side, one row an indicator, one verdict a row.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Report,
    cell::{Entry, RECORDS, number_json},
    context::Context,
    table::{Cited, Column, Field, Table},
};
use crate::{
    core::{
        compare::{Comparison, Reason, Row, Tallies, Verdict},
        dataset::Dataset,
        date::Date,
        framework::GoalId,
        groups,
        subject::Subject,
        tally::Tally,
    },
    text::Raw,
};

/// Which rows of a comparison a report has. Totals are over all of them, whichever are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    Everything,
    Differences,
    Gaps,
}

impl Only {
    pub const fn id(self) -> Option<&'static str> {
        match self {
            Self::Everything => None,
            Self::Differences => Some("differences"),
            Self::Gaps => Some("gaps"),
        }
    }

    fn keeps(self, row: &Row) -> bool {
        match self {
            Self::Everything => true,
            Self::Differences => row.has_difference(),
            Self::Gaps => row.has_gap(),
        }
    }
}

/// Two or more subjects side by side.
#[derive(Debug)]
pub struct CompareReport<'a> {
    data: &'a Dataset,
    comparison: &'a Comparison,
    only: Only,
    /// What a verdict calls each subject: its code, with the edition where the code alone would not tell.
    names: Vec<String>,
}

impl<'a> CompareReport<'a> {
    pub fn new(data: &'a Dataset, comparison: &'a Comparison, only: Only) -> Self {
        let subjects = &comparison.subjects;
        let codes: Vec<Raw<'static>> = subjects.iter().map(|subject| subject.code(data)).collect();
        let names = subjects.iter().zip(&codes).map(|(subject, code)| {
            let shared = codes.iter().filter(|other| *other == code).count() > 1;
            let edition = &data.edition(subject.edition()).label;
            if shared { format!("{}@{edition}", code.raw()) } else { code.raw().to_owned() }
        });
        Self { data, comparison, only, names: names.collect() }
    }

    /// Whether any two given cells differ, on any indicator.
    pub fn has_difference(&self) -> bool {
        self.comparison.rows.iter().any(Row::has_difference)
    }

    /// The edition is the report's when all subjects share it.
    fn context(&self) -> Context {
        let context = Context::of(self.data);
        let mut editions = self.comparison.subjects.iter().map(Subject::edition);
        match editions.next() {
            Some(first) if editions.all(|other| other == first) => context.in_edition(self.data, first),
            _ => context,
        }
    }

    fn is_pair(&self) -> bool {
        self.comparison.subjects.len() == 2
    }

    fn rows(&self) -> impl Iterator<Item = &'a Row> {
        let only = self.only;
        self.comparison.rows.iter().filter(move |row| only.keeps(row))
    }

    fn entries(&self, row: &Row) -> Vec<Entry<'a>> {
        let data = self.data;
        self.comparison.subjects.iter().map(|subject| Entry::of(data, subject, row.indicator)).collect()
    }

    /// Whole coverage of one subject.
    fn coverage(&self, subject: usize) -> Tally {
        self.comparison.coverage.iter().fold(Tally::default(), |sum, goal| Tally {
            given: sum.given + goal[subject].given,
            missing: sum.missing + goal[subject].missing,
            not_applicable: sum.not_applicable + goal[subject].not_applicable,
        })
    }

    /// How often each subject leads, over the indicators of one goal or of all.
    fn leads(&self, goal: Option<GoalId>) -> Vec<u32> {
        let mut leads = vec![0; self.names.len()];
        for row in &self.comparison.rows {
            if goal.is_none_or(|goal| self.data.framework.indicator(row.indicator).goal == goal) {
                row.leaders.iter().for_each(|leader| leads[*leader] += 1);
            }
        }
        leads
    }
}

impl Report for CompareReport<'_> {
    fn name(&self) -> &'static str {
        "compare"
    }

    fn json(&self) -> Value {
        let mut map = self.context().json(self.name());
        map.insert("subjects".into(), (0..self.names.len()).map(|at| self.subject_json(at)).collect());
        map.insert("only".into(), json!(self.only.id()));
        map.insert("rows".into(), self.rows().map(|row| self.row_json(row)).collect());
        map.insert("tallies".into(), self.tallies_json());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let mut cited = Cited::default();
        let rows = self.rows().map(|row| self.row_fields(row, &mut cited)).collect();
        let titles: Vec<String> = (0..self.names.len()).map(|at| self.subject_title(at)).collect();
        Table {
            title: Raw::new(format!("Compare {}", titles.join(" and "))),
            context: self.context(),
            notes: self.notes(),
            lines: self.totals(),
            columns: self.columns(),
            rows,
            sources: cited.into_sources(),
            ..Table::default()
        }
    }
}

/// For programs.
impl CompareReport<'_> {
    fn subject_json(&self, at: usize) -> Value {
        let subject = &self.comparison.subjects[at];
        let (country, group, members) = match subject {
            Subject::Country(..) => (Some(subject.code(self.data)), None, None),
            Subject::Group(group, edition) => {
                let members = groups::members(self.data, group, *edition);
                let codes: Vec<_> = members.iter().map(|id| &self.data.country(*id).code).collect();
                (None, Some(subject.code(self.data)), Some(codes))
            }
        };
        let mut map = Map::new();
        map.insert("country".into(), json!(country));
        map.insert("name".into(), json!(subject.name(self.data)));
        map.insert("edition".into(), json!(self.data.edition(subject.edition()).label));
        map.insert("coverage".into(), coverage_json(self.coverage(at)));
        if let Some(members) = members {
            map.insert("group".into(), json!(group));
            map.insert("members".into(), json!(members));
        }
        Value::Object(map)
    }

    fn row_json(&self, row: &Row) -> Value {
        let indicator = self.data.framework.indicator(row.indicator);
        let mut map = Map::new();
        map.insert("goal".into(), json!(self.data.framework.goal(indicator.goal).id));
        map.insert("indicator".into(), json!(indicator.id));
        map.insert("title".into(), json!(indicator.title));
        map.insert("values".into(), self.entries(row).iter().map(Entry::json).collect());
        if self.is_pair() {
            map.insert("verdict".into(), json!(row.verdict.id()));
            map.insert("reason".into(), json!(row.verdict.reason().map(Reason::id)));
            map.insert("distance".into(), row.verdict.distance().map_or(Value::Null, number_json));
        } else {
            let leaders: Vec<&String> = row.leaders.iter().map(|at| &self.names[*at]).collect();
            map.insert("leaders".into(), json!(leaders));
        }
        Value::Object(map)
    }

    fn tallies_json(&self) -> Value {
        let framework = &self.data.framework;
        let goals = self.comparison.by_goal.iter();
        if self.is_pair() {
            let by_goal = goals.map(|(goal, tallies)| (framework.goal(*goal).id.to_string(), json!(tallies)));
            return with_goals(json!(self.comparison.tallies), by_goal.collect());
        }
        let named =
            |leads: Vec<u32>| json!({ "leads": self.names.iter().zip(leads).collect::<NamedLeads<'_>>() });
        let by_goal =
            goals.map(|(goal, _)| (framework.goal(*goal).id.to_string(), named(self.leads(Some(*goal)))));
        with_goals(named(self.leads(None)), by_goal.collect())
    }
}

type NamedLeads<'a> = BTreeMap<&'a String, u32>;

pub(super) fn coverage_json(tally: Tally) -> Value {
    json!({
        "given": tally.given,
        "of": tally.of(),
        "missing": tally.missing,
        "not_applicable": tally.not_applicable,
    })
}

fn with_goals(mut tallies: Value, by_goal: Map<String, Value>) -> Value {
    if let Value::Object(map) = &mut tallies {
        map.insert("by_goal".into(), Value::Object(by_goal));
    }
    tallies
}

/// For people and for records.
impl CompareReport<'_> {
    fn subject_title(&self, at: usize) -> String {
        let subject = &self.comparison.subjects[at];
        let edition = &self.data.edition(subject.edition()).label;
        match subject {
            Subject::Country(..) => {
                format!("{} ({}) {edition}", subject.name(self.data).raw(), subject.code(self.data).raw())
            }
            Subject::Group(..) => format!("{} {edition}", subject.name(self.data).raw()),
        }
    }

    fn totals(&self) -> Vec<Raw<'static>> {
        let names = &self.names;
        let verdicts = if self.is_pair() {
            let Tallies { left, right, equal, differ, not_comparable } = self.comparison.tallies;
            format!(
                "{} ahead {left}, {} ahead {right}, equal {equal}, differ {differ}, not comparable {not_comparable}",
                names[0], names[1]
            )
        } else {
            let leads: Vec<String> = names
                .iter()
                .zip(self.leads(None))
                .map(|(name, leads)| format!("{name} leads {leads}"))
                .collect();
            leads.join(", ")
        };
        let given: Vec<String> =
            (0..names.len()).map(|at| given_words(&names[at], self.coverage(at))).collect();
        let mut lines = vec![Raw::new(verdicts), Raw::new(format!("given: {}", given.join("; ")))];
        if let Some(only) = self.only.id() {
            let shown = self.rows().count();
            lines
                .push(Raw::new(format!("only {only}: {shown} of {} indicators", self.comparison.rows.len())));
        }
        lines
    }

    /// What the cells say beside their values, and the dates that are not the edition's.
    fn notes(&self) -> Vec<Raw<'static>> {
        let mut notes = vec![];
        let mut dated: BTreeMap<Date, Vec<String>> = BTreeMap::new();
        for row in self.rows() {
            let title = self.data.framework.indicator(row.indicator).title.raw();
            let entries = self.entries(row);
            for ((entry, name), subject) in entries.iter().zip(&self.names).zip(&self.comparison.subjects) {
                let said = entry.remarks();
                if !said.is_empty() {
                    notes.push(Raw::new(format!("{name}, {title}: {said}")));
                }
                let edition = &self.data.edition(subject.edition()).label;
                if let Some(date) = entry.detail.as_of.filter(|date| date.to_string() != **edition) {
                    dated.entry(date).or_default().push(format!("{name} {title}"));
                }
            }
        }
        notes.extend(
            dated.into_iter().map(|(date, cells)| Raw::new(format!("As of {date}: {}", cells.join(", ")))),
        );
        notes
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![
            Column::heading("heading"),
            Column::record("goal"),
            Column::record("indicator"),
            Column::text("title", Raw::from_static("Indicator")),
        ];
        // The verdict comes before what it is about, as on the screen.
        columns.push(if self.is_pair() {
            Column::page("verdict_words", Raw::from_static("Verdict"))
        } else {
            Column::text("leaders", Raw::from_static("Ahead"))
        });
        for (at, name) in self.names.iter().enumerate() {
            columns.push(Column::page(column_key(at, "cell"), Raw::new(name.clone())));
        }
        if self.is_pair() {
            columns.extend(["verdict", "reason", "distance"].map(Column::record));
        }
        for at in 0..self.names.len() {
            columns.extend(["country", "edition"].map(|key| Column::record(column_key(at, key))));
            columns.extend(RECORDS.map(|key| Column::record(column_key(at, key))));
        }
        columns
    }

    fn row_fields(&self, row: &Row, cited: &mut Cited) -> Vec<Field> {
        let indicator = self.data.framework.indicator(row.indicator);
        let entries = self.entries(row);
        let mut fields = vec![
            Field::text(self.heading(indicator.goal)),
            Field::text(self.data.framework.goal(indicator.goal).id.to_string()),
            Field::text(indicator.id.to_string()),
            Field::text(indicator.title.clone()),
        ];
        fields.push(if self.is_pair() {
            Field::text(verdict_words(row.verdict, &self.names[0], &self.names[1]))
        } else {
            let leaders: Vec<&str> = row.leaders.iter().map(|at| self.names[*at].as_str()).collect();
            Field::text(leaders.join(", "))
        });
        fields.extend(entries.iter().map(|entry| entry.cited_words(cited)));
        if self.is_pair() {
            fields.push(Field::text(row.verdict.id()));
            fields.push(Field::text(row.verdict.reason().map_or("", Reason::id)));
            fields.push(row.verdict.distance().map_or(Field::Empty, Field::number));
        }
        for (entry, subject) in entries.iter().zip(&self.comparison.subjects) {
            fields.push(Field::text(subject.code(self.data)));
            fields.push(Field::text(self.data.edition(subject.edition()).label.to_string()));
            fields.extend(entry.records());
        }
        fields
    }

    /// `Legal framework: IRL 3 of 4, SWE 4 of 4`.
    fn heading(&self, goal: GoalId) -> String {
        let tallies = self.comparison.coverage.get(goal.index()).into_iter().flatten();
        let given: Vec<String> =
            self.names.iter().zip(tallies).map(|(name, tally)| given_words(name, *tally)).collect();
        format!("{}: {}", self.data.framework.goal(goal).title.raw(), given.join("; "))
    }
}

fn column_key(subject: usize, key: &str) -> String {
    format!("{key}_{}", subject + 1)
}

/// `IRL 17 of 20 (22 in set)`: given, asked and applicable, all asked.
fn given_words(name: &str, tally: Tally) -> String {
    format!("{name} {}", k_of_n(tally))
}

/// `1 gap`, `2 gaps`.
pub fn counted(count: impl Into<u64>, one: &str, many: &str) -> String {
    let count = count.into();
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `17 of 20 (22 in set)`; the set is named when some of it does not apply.
pub(super) fn k_of_n(tally: Tally) -> String {
    let set = tally.of() + tally.not_applicable;
    if tally.not_applicable == 0 {
        format!("{} of {set}", tally.given)
    } else {
        format!("{} of {} ({set} in set)", tally.given, tally.of())
    }
}

fn verdict_words(verdict: Verdict, left: &str, right: &str) -> String {
    match verdict {
        Verdict::Left(_) => format!("{left} ahead"),
        Verdict::Right(_) => format!("{right} ahead"),
        Verdict::Equal => "equal".to_owned(),
        Verdict::Differ(Some(apart)) => format!("{apart} apart"),
        Verdict::Differ(None) => "differ".to_owned(),
        Verdict::NotComparable(reason) => match reason {
            Reason::LeftGap => format!("? {left} gap"),
            Reason::RightGap => format!("? {right} gap"),
            Reason::BothGaps => "? both gaps".to_owned(),
            Reason::NotApplicable => "n/a".to_owned(),
            Reason::OtherScale => "other scale".to_owned(),
        },
    }
}
