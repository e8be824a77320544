//! The comparison on paper: subjects side by side, one row an indicator, one verdict a row.

mod json;
mod sets;

use std::collections::BTreeMap;

use serde_json::Value;

pub use self::sets::{CompareSetsReport, ComparedSet};
pub(super) use self::{json::CompareJson, sets::CompareSetsJson};

use super::{
    Report,
    cell::{CellReport, record_columns},
    context::Context,
    json_of,
    table::{Cited, Column, Field, Filling, Table},
};
use crate::{
    core::{
        cautions,
        compare::{self, Comparison, ComparisonRow, Reason, Tallies, TimeSpan, VerdictNames},
        counts::Counts,
        dataset::{Dataset, EditionId},
        date::Date,
        framework::{GoalId, Group, Indicator, IndicatorId},
        groups,
        subject::Subject,
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

    fn keeps(self, row: &ComparisonRow) -> bool {
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
    /// The indicators that are asked for; none named is all of them.
    indicators: Vec<IndicatorId>,
    /// The group that the subjects were taken from, where one was asked for.
    group: Option<Group>,
    /// What a verdict calls each subject: its code, with the edition where the subjects are of several.
    names: Vec<String>,
}

impl<'a> CompareReport<'a> {
    pub fn new(data: &'a Dataset, comparison: &'a Comparison, only: Only) -> Self {
        let subjects = &comparison.subjects;
        let codes: Vec<Raw<'static>> = subjects.iter().map(|subject| subject.code(data)).collect();
        // Where the editions differ, no column may be read as if it were of another's.
        let mixed = subjects.iter().any(|subject| subject.edition() != subjects[0].edition());
        let names = subjects.iter().zip(&codes).map(|(subject, code)| {
            let edition = &data.edition(subject.edition()).label;
            if mixed { format!("{}@{edition}", code.raw()) } else { code.raw().to_owned() }
        });
        let names = names.collect();
        Self { data, comparison, only, indicators: vec![], group: None, names }
    }

    /// Shows these indicators alone; none named is all of them.
    #[must_use]
    pub fn about(mut self, indicators: Vec<IndicatorId>) -> Self {
        self.indicators = indicators;
        self
    }

    /// Names the group that the subjects were taken from.
    #[must_use]
    pub fn within(mut self, group: Option<Group>) -> Self {
        self.group = group;
        self
    }

    /// Whether any two given cells differ, on any indicator that is asked for.
    pub fn has_difference(&self) -> bool {
        self.comparison.rows.iter().any(|row| self.is_asked(row) && row.has_difference())
    }

    fn is_asked(&self, row: &ComparisonRow) -> bool {
        self.indicators.is_empty() || self.indicators.contains(&row.indicator)
    }

    /// The edition is the report's when all subjects share it.
    fn context(&self) -> Context {
        let mut context = Context::of(self.data);
        if let Some(group) = &self.group {
            let edition = self.comparison.subjects.first().map(Subject::edition);
            context = context.in_group(self.data, group, edition);
        }
        let mut editions = self.comparison.subjects.iter().map(Subject::edition);
        match editions.next() {
            Some(first) if editions.all(|other| other == first) => context.in_edition(self.data, first),
            _ => context,
        }
    }

    fn is_pair(&self) -> bool {
        self.comparison.subjects.len() == 2
    }

    fn rows(&self) -> impl Iterator<Item = &'a ComparisonRow> {
        self.comparison.rows.iter().filter(|row| self.is_asked(row) && self.only.keeps(row))
    }

    fn entries(&self, row: &ComparisonRow) -> Vec<CellReport<'a>> {
        let data = self.data;
        self.comparison.subjects.iter().map(|subject| CellReport::of(data, subject, row.indicator)).collect()
    }

    /// What a verdict calls the subjects.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What a verdict calls the subject.
    pub(super) fn name_of(&self, at: usize) -> &str {
        &self.names[at]
    }

    /// Whole coverage of one subject.
    pub(super) fn coverage(&self, subject: usize) -> Counts {
        self.comparison.coverage.iter().fold(Counts::default(), |sum, goal| Counts {
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
        json_of(&self.document())
    }

    fn table(&self) -> Table {
        let mut cited = Cited::default();
        let table = self.citing(&mut cited);
        Table { sources: cited.into_sources(), ..table }
    }
}

/// A row of the table, with what its sources are numbered by.
struct CompareTableRow<'a> {
    row: &'a ComparisonRow,
    indicator: &'a Indicator,
    /// One a subject, and the same in words that cite its sources.
    entries: Vec<(CellReport<'a>, Field)>,
}

/// For people and for records.
impl<'a> CompareReport<'a> {
    /// The table without its sources, which it cites as `cited` numbers them.
    fn citing(&self, cited: &mut Cited) -> Table {
        let rows: Vec<CompareTableRow<'_>> = self.rows().map(|row| self.table_row(row, cited)).collect();
        let table = Table {
            title: Raw::new(format!("Compare {}", self.titles().join(" and "))),
            context: self.context(),
            notes: self.notes(),
            lines: self.totals(),
            ..Table::default()
        };
        self.filled(table.of_rows(&rows))
    }

    fn titles(&self) -> Vec<String> {
        (0..self.names.len()).map(|at| self.subject_title(at)).collect()
    }

    pub(super) fn subject_title(&self, at: usize) -> String {
        let subject = &self.comparison.subjects[at];
        let edition = &self.data.edition(subject.edition()).label;
        match subject {
            Subject::Country(..) => {
                format!("{} ({}) {edition}", subject.name(self.data).raw(), subject.code(self.data).raw())
            }
            Subject::Group(..) => format!("{} {edition}", subject.name(self.data).raw()),
        }
    }

    /// The verdicts and the coverage in words, and what to beware of.
    pub fn totals(&self) -> Vec<Raw<'static>> {
        let names = &self.names;
        let verdicts = if self.is_pair() {
            let Tallies { left, right, equal, differ, not_comparable } = self.comparison.tallies;
            let who = match TimeSpan::of(&self.comparison.subjects) {
                Some(span) => {
                    let (improved, worsened) = span.tallies(self.comparison);
                    format!("improved {improved}, worsened {worsened}")
                }
                None => format!("{} ahead {left}, {} ahead {right}", names[0], names[1]),
            };
            format!("{who}, equal {equal}, differ {differ}, not comparable {not_comparable}")
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
        if compare::is_over_the_same(&self.comparison.subjects) {
            lines.push(Raw::from_static("medians of the members that are given in both editions"));
        }
        let (shown, all) = (self.rows().count(), self.comparison.rows.len());
        if let Some(only) = self.only.id() {
            lines.push(Raw::new(format!("only {only}: {shown} of {all} indicators")));
        } else if !self.indicators.is_empty() {
            lines.push(Raw::new(format!("{shown} of {all} indicators shown; the totals are over all")));
        }
        let caution = self.comparison.subjects.iter().find_map(|subject| {
            let members = match subject {
                Subject::Country(country, _) => vec![*country],
                Subject::Group(group, edition) => groups::members(self.data, group, *edition),
            };
            let asked = self.rows().map(|row| row.indicator);
            cautions::looks_missing(self.data, &members, &[subject.edition()], asked)
        });
        lines.extend(caution.map(Raw::new));
        let editions: Vec<EditionId> = self.comparison.subjects.iter().map(Subject::edition).collect();
        let asked = self.rows().map(|row| row.indicator);
        lines.extend(cautions::rescaled(self.data, &editions, asked).map(Raw::new));
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

    fn table_row(&self, row: &'a ComparisonRow, cited: &mut Cited) -> CompareTableRow<'a> {
        let years = compare::years_apart(self.data, &self.comparison.subjects, row);
        let entries = self.entries(row).into_iter().enumerate().map(|(at, entry)| {
            let words = entry.cited_words(cited, years.as_ref().and_then(|years| years[at]));
            (entry, words)
        });
        let indicator = self.data.framework.indicator(row.indicator);
        CompareTableRow { row, indicator, entries: entries.collect() }
    }

    fn filled(&self, table: Filling<'_, CompareTableRow<'_>>) -> Table {
        let data = self.data;
        let leaders = |line: &CompareTableRow<'_>| {
            let leaders: Vec<&str> = line.row.leaders.iter().map(|at| self.names[*at].as_str()).collect();
            leaders.join(", ")
        };
        let mut table = table
            .text(Column::heading("heading"), |line| self.heading(line.indicator.goal))
            .text(Column::record("goal"), |line| data.framework.goal(line.indicator.goal).id.to_string())
            .text(Column::record("indicator"), |line| line.indicator.id.to_string())
            .text(Column::text("title", "Indicator"), |line| line.indicator.title.clone());
        // The verdict comes before what it is about, as on the screen.
        table = if self.is_pair() {
            let verdict = Column::page("verdict_words", "Verdict");
            let names = VerdictNames::new(data, self.comparison, &self.names);
            let scale = |row: &ComparisonRow| data.framework.scale(row.indicator);
            table.text(verdict, move |line| names.words(scale(line.row), line.row).swap_remove(0))
        } else {
            table.text(Column::text("leaders", "Ahead"), leaders)
        };
        for (at, name) in self.names.iter().enumerate() {
            let column = Column::page(column_key(at, "cell"), Raw::new(name.clone()));
            let column = column.with_bare(column_key(at, "value"));
            table = table.field(column, |line| line.entries[at].1.clone());
        }
        if self.is_pair() {
            table = table
                .text(Column::record("verdict"), |line| line.row.verdict.id())
                .text(Column::record("reason"), |line| line.row.verdict.reason().map_or("", Reason::id))
                .number(Column::record("distance").why_empty("reason"), |line| line.row.verdict.distance());
        }
        for (at, subject) in self.comparison.subjects.iter().enumerate() {
            let edition = &data.edition(subject.edition()).label;
            let record = |key| Column::record(column_key(at, key));
            table = table
                .text(record("country"), |_| subject.code(data))
                .text(record("edition"), |_| edition.to_string())
                .fields(record_columns(|key| column_key(at, key)), |line| line.entries[at].0.records());
        }
        table.done()
    }

    /// `Legal framework: IRL 3 of 4, SWE 4 of 4`.
    fn heading(&self, goal: GoalId) -> String {
        let tallies = self.comparison.coverage.get(goal.index()).into_iter().flatten();
        let given: Vec<String> =
            self.names.iter().zip(tallies).map(|(name, counts)| given_words(name, *counts)).collect();
        format!("{}: {}", self.data.framework.goal(goal).title.raw(), given.join("; "))
    }
}

fn column_key(subject: usize, key: &str) -> String {
    format!("{key}_{}", subject + 1)
}

/// `IRL 17 of 20 (22 in set)`: given, asked and applicable, all asked.
fn given_words(name: &str, counts: Counts) -> String {
    format!("{name} {}", k_of_n(counts))
}

/// `17 of 20 (22 in set)`; the set is named when some of it does not apply.
pub(super) fn k_of_n(counts: Counts) -> String {
    let set = counts.denominator() + counts.not_applicable;
    if counts.not_applicable == 0 {
        format!("{} of {set}", counts.given)
    } else {
        format!("{} of {} ({set} in set)", counts.given, counts.denominator())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read;

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","some","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}]},
     "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"none","b":"some"}},
      {"country":"MLT","edition":"2012","assessments":{"a":"full","b":{"gap":"not-applicable"}}},
      {"country":"SWE","edition":"2012","assessments":{"a":"full","b":{"gap":"no-data"}}}]}"#;

    /// The countries of that order, in the newest edition.
    fn report(countries: &[&str], only: Only) -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let edition = data.newest_edition().unwrap();
        let id = |code: &&str| data.country_ids().find(|id| data.country(*id).code.raw() == *code).unwrap();
        let subjects = countries.iter().map(|code| Subject::Country(id(code), edition));
        let comparison = compare::compare(&data, subjects.collect());
        let report = CompareReport::new(&data, &comparison, only);
        (report.json(), report.table())
    }

    #[test]
    fn a_gap_is_behind_nobody() {
        let (json, _) = report(&["IRL", "SWE"], Only::Everything);
        assert_eq!((&json["rows"][0]["verdict"], &json["rows"][0]["distance"]), (&"right".into(), &2.into()));
        assert_eq!(
            (&json["rows"][1]["verdict"], &json["rows"][1]["reason"]),
            (&"not-comparable".into(), &"right-gap".into())
        );
        assert_eq!(json["rows"][1]["distance"], Value::Null);
        assert_eq!(json["tallies"]["by_goal"]["g"]["right"], 1);
    }

    #[test]
    fn each_subject_says_how_much_of_it_is_given() {
        let (_, table) = report(&["IRL", "SWE"], Only::Gaps);
        assert_eq!(table.lines[1].raw(), "given: IRL 2 of 2; SWE 1 of 2");
        assert_eq!(table.lines[2].raw(), "only gaps: 1 of 2 indicators");
        let (json, _) = report(&["MLT", "SWE"], Only::Everything);
        assert_eq!(
            (&json["subjects"][0]["coverage"]["of"], &json["subjects"][1]["coverage"]["of"]),
            (&1.into(), &2.into())
        );
    }

    #[test]
    fn several_have_leaders_instead_of_verdicts_and_columns_in_their_order() {
        let (json, table) = report(&["SWE", "IRL", "MLT"], Only::Everything);
        assert_eq!(json["rows"][0]["leaders"], serde_json::json!(["SWE", "MLT"]));
        assert!(json["rows"][0].get("verdict").is_none());
        assert_eq!(json["tallies"]["leads"]["IRL"], 0);
        let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
        assert_eq!(keys[3..9], ["title", "leaders", "cell_1", "cell_2", "cell_3", "country_1"]);
        assert!(table.rows.iter().all(|row| row.len() == keys.len()));
    }
}
