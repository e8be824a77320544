//! What is missing on paper: each gap with its reason, or sums by country, indicator, goal and reason.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    JsonParts, Report,
    compare::k_of_n,
    context::{About, Context},
    json_of,
    table::{Column, Field, Table},
    vocabulary,
};
use crate::{
    core::{
        cell::{Cell, Gap, MARKS, MarkWords},
        counts::Counts,
        coverage::{AssignedGaps, Axis, Coverage, CoverageColumn, CoverageRow, Question},
        dataset::{Dataset, EditionId},
        framework::Group,
        label::tenths,
    },
    text::{Raw, counted},
};

/// By what gaps are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Country,
    Indicator,
    Goal,
    Reason,
}

/// What is missing in one edition of a group.
#[derive(Debug)]
pub struct MissingReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: Option<EditionId>,
    question: Question,
    assigned: AssignedGaps,
    coverage: Coverage,
    by: Option<By>,
}

/// The report `missing`: the gaps of a group in an edition, one by one and summed up. `rows` has the cells that were
/// asked for: the gaps, unless a filter named reasons or marks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MissingJson {
    #[serde(flatten)]
    about: About,
    #[serde(flatten)]
    sums: MissingSums,
    /// Whether absent and empty cells are counted as reviewers assigned them.
    as_assigned: bool,
    /// The reasons and marks that `rows` and `asked_for` are filtered by; none is every gap.
    only: Vec<&'static str>,
    rows: Vec<MissingRow>,
    /// Given cells by mark; a mark that no cell has is left out.
    by_mark: BTreeMap<&'static str, u32>,
}

/// What is missing, summed up.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct MissingSums {
    /// All cells: members × indicators.
    cells: u32,
    given: u32,
    /// Cells that apply and are not given.
    gaps: u32,
    /// Cells that do not apply; they are in no denominator.
    not_applicable: u32,
    by_country: Vec<CountrySum>,
    by_indicator: Vec<IndicatorSum>,
    by_goal: Vec<GoalSum>,
    /// Cells by the reason of their gap.
    by_reason: BTreeMap<&'static str, u32>,
}

/// One cell that was asked for. The members stand in the order of their names, as they are written.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct MissingRow {
    /// What reviewers say the gap is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "vocabulary::gap")]
    assigned: Option<&'static str>,
    /// Alpha-3 or user-assigned code.
    country: Raw<'static>,
    edition: Box<str>,
    indicator: Box<str>,
    #[schemars(schema_with = "vocabulary::marks")]
    marks: Vec<&'static str>,
    /// Why nothing is given; null where the cell is given and was asked for by a mark.
    #[schemars(schema_with = "vocabulary::gap_or_null")]
    reason: Option<&'static str>,
    #[serde(skip)]
    cell: (CoverageRow, CoverageColumn, Cell),
}

/// Sums of one country, indicator or goal.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct Sum {
    gaps: u32,
    /// Given and missing: what `gaps` is a part of.
    of: u32,
    not_applicable: u32,
    /// Cells that the filter keeps; not there without a filter, and not of goals.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_for: Option<u32>,
    #[serde(skip)]
    title: Raw<'static>,
    #[serde(skip)]
    counts: Counts,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct CountrySum {
    country: Raw<'static>,
    #[serde(flatten)]
    sum: Sum,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct IndicatorSum {
    indicator: Raw<'static>,
    #[serde(flatten)]
    sum: Sum,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GoalSum {
    goal: Raw<'static>,
    #[serde(flatten)]
    sum: Sum,
}

/// Cells that share a reason, or given cells that share a mark.
struct ReasonSum {
    id: &'static str,
    title: String,
    cells: u32,
    of: u32,
    obs_status: &'static str,
    meaning: &'static str,
}

impl Sum {
    fn new(title: Raw<'static>, counts: Counts, asked_for: Option<u32>) -> Self {
        let (of, not_applicable) = (counts.denominator(), counts.not_applicable);
        Self { gaps: counts.missing, of, not_applicable, asked_for, title, counts }
    }
}

impl<'a> MissingReport<'a> {
    /// Without `by`, every cell that the question's filter keeps is listed.
    pub fn new(
        data: &'a Dataset,
        group: Group,
        question: &Question,
        assigned: AssignedGaps,
        by: Option<By>,
    ) -> Self {
        let edition = match question.axis {
            Axis::Countries { edition, .. } => Some(edition),
            Axis::Editions { .. } => None,
        };
        let coverage = Coverage::of(data, question, &assigned);
        Self { data, group, edition, question: question.clone(), assigned, coverage, by }
    }

    /// In percent of the cells that apply; nothing when none does.
    pub fn share(&self) -> Option<f64> {
        let Counts { missing, .. } = self.coverage.all;
        let of = self.coverage.all.denominator();
        (of > 0).then(|| f64::from(missing) * 100.0 / f64::from(of))
    }

    fn context(&self) -> Context {
        let context = Context::of(self.data).in_group(self.data, &self.group, self.edition);
        match self.edition {
            Some(edition) => context.in_edition(self.data, edition),
            None => context,
        }
    }

    fn rows(&self) -> impl Iterator<Item = MissingRow> {
        let data = self.data;
        let listed = self.coverage.cells().filter(|(.., cell)| self.question.filter.keeps(cell));
        listed.map(|(row, column, cell)| {
            let assigned = self.assigned.get(row.country, row.edition, column.indicator);
            MissingRow {
                country: data.country(row.country).code.clone(),
                edition: data.edition(row.edition).label.clone(),
                indicator: data.framework.indicator(column.indicator).id.clone(),
                reason: cell.state.err().map(Gap::id),
                marks: cell.marks.ids().collect(),
                assigned: assigned.map(Gap::id),
                cell: (*row, *column, cell),
            }
        })
    }

    fn document(&self, rows: Vec<MissingRow>) -> MissingJson {
        MissingJson {
            about: self.context().about(self.name()),
            sums: self.sums(),
            as_assigned: self.question.as_assigned,
            only: self.question.filter.ids(),
            rows,
            by_mark: self.marks().map(|(known, count)| (known.id, count)).collect(),
        }
    }

    /// How many cells the filter keeps, if there is one.
    fn asked_for(&self, hits: u32) -> Option<u32> {
        (!self.question.filter.is_empty()).then_some(hits)
    }

    fn countries(&self) -> Vec<CountrySum> {
        let sum = |row: &CoverageRow| {
            let country = self.data.country(row.country);
            let sum = Sum::new(country.name.clone(), row.counts, self.asked_for(row.hits));
            CountrySum { country: country.code.clone(), sum }
        };
        self.coverage.rows.iter().map(sum).collect()
    }

    fn indicators(&self) -> Vec<IndicatorSum> {
        let sum = |column: &CoverageColumn| {
            let indicator = self.data.framework.indicator(column.indicator);
            let sum = Sum::new(indicator.title.clone(), column.counts, self.asked_for(column.hits));
            IndicatorSum { indicator: Raw::new(indicator.id.to_string()), sum }
        };
        self.coverage.columns.iter().map(sum).collect()
    }

    fn goals(&self) -> Vec<GoalSum> {
        let goals = self.coverage.goals.iter().map(|(goal, counts)| {
            let goal = self.data.framework.goal(*goal);
            GoalSum { goal: Raw::new(goal.id.to_string()), sum: Sum::new(goal.title.clone(), *counts, None) }
        });
        goals.collect()
    }

    pub(super) fn sums(&self) -> MissingSums {
        let all = self.coverage.all;
        MissingSums {
            cells: all.denominator() + all.not_applicable,
            given: all.given,
            gaps: all.missing,
            not_applicable: all.not_applicable,
            by_country: self.countries(),
            by_indicator: self.indicators(),
            by_goal: self.goals(),
            by_reason: self.coverage.reasons.iter().map(|(gap, count)| (gap.id(), *count)).collect(),
        }
    }

    fn marks(&self) -> impl Iterator<Item = (&'static MarkWords, u32)> {
        let marks = self.coverage.marks.iter().filter(|(_, count)| *count > 0);
        marks.filter_map(|(mark, count)| {
            let known = MARKS.iter().find(|known| known.mark == *mark)?;
            Some((known, *count))
        })
    }

    fn lines(&self) -> Vec<Raw<'static>> {
        let all = self.coverage.all;
        let mut line = format!("{} given, {}", k_of_n(all), counted(all.missing, "gap", "gaps"));
        if let Some(share) = self.share().filter(|_| all.missing > 0) {
            line = format!("{line} ({} %)", tenths(share));
        }
        if all.not_applicable > 0 {
            line = format!("{line}; {} not applicable, outside the count", all.not_applicable);
        }
        let mut lines = vec![Raw::new(line)];
        if self.question.as_assigned {
            lines.push(Raw::from_static("Silent cells are counted as reviewers assigned them."));
        } else if !self.assigned.is_empty() {
            let words = counted(self.assigned.len(), "silent cell has", "silent cells have");
            lines.push(Raw::new(format!("{words} a reason from reviewers (--as-assigned counts it)")));
        }
        lines
    }

    /// Every cell, a row each. People read the words that the screen has, programs the ids.
    fn listed(&self, table: Table) -> Table {
        let data = self.data;
        let goal = |row: &MissingRow| data.framework.goal(row.cell.1.goal);
        let title = |row: &MissingRow| data.framework.indicator(row.cell.1.indicator).title.clone();
        let reason = |row: &MissingRow| row.cell.2.state.err();
        let at = |row: &MissingRow| (row.cell.0.country, row.cell.0.edition, row.cell.1.indicator);
        let assigned = |row: &MissingRow| {
            let (country, edition, indicator) = at(row);
            self.assigned.get(country, edition, indicator).map_or("", Gap::title)
        };
        let detail = |row: &MissingRow| {
            let (country, edition, indicator) = at(row);
            data.detail(country, edition, indicator)
        };
        table
            .of_rows(&self.rows().collect::<Vec<_>>())
            .text(Column::text("country", "Code"), |row| row.country.clone())
            .text(Column::text("name", "Country"), |row| data.country(row.cell.0.country).name.clone())
            .text(Column::record("edition"), |row| row.edition.to_string())
            .text(Column::record("goal"), |row| goal(row).id.to_string())
            .text(Column::record("goal_title"), |row| goal(row).title.clone())
            .text(Column::record("indicator"), |row| row.indicator.to_string())
            .text(Column::text("title", "Indicator"), title)
            .text(Column::page("reason_words", "Reason"), |row| reason(row).map_or("", Gap::title))
            .text(Column::record("reason"), |row| row.reason.unwrap_or_default())
            .text(Column::record("obs_status"), |row| {
                reason(row).and_then(Gap::obs_status).unwrap_or_default()
            })
            .text(Column::page("assigned_words", "Reviewers say"), assigned)
            .text(Column::record("assigned"), |row| row.assigned.unwrap_or_default())
            .field(Column::text("printed", "As printed"), |row| Field::maybe(detail(row).printed.as_ref()))
            .text(Column::text("marks", "Marks"), |row| row.marks.join(" "))
            .field(Column::text("note", "Note"), |row| Field::maybe(detail(row).note.as_ref()))
            .done()
    }

    /// Sums, a row each: what, given, gaps, share, not applicable.
    fn summed(table: Table, (id, title): (Column, &'static str), rows: &[(Raw<'static>, Sum)]) -> Table {
        table
            .of_rows(rows)
            .text(id, |(id, _)| id.clone())
            .text(Column::text("title", title), |(_, sum)| sum.title.clone())
            .text(Column::text("given", "Given").at_right(), |(_, sum)| k_of_n(sum.counts))
            .number(Column::number("gaps", "Gaps"), |(_, sum)| Some(sum.gaps))
            .field(Column::number("percent", "% missing"), |(_, sum)| percent(sum.gaps, sum.of))
            .number(Column::number("not_applicable", "n/a"), |(_, sum)| Some(sum.not_applicable))
            .number(Column::number("asked_for", "Asked for"), |(_, sum)| sum.asked_for)
            .number(Column::record("of"), |(_, sum)| Some(sum.of))
            .done()
    }

    fn by_reason(&self, table: Table) -> Table {
        let all = self.coverage.all;
        let reasons = self.coverage.reasons.iter().map(|(gap, count)| {
            let is_outside = *gap == Gap::NotApplicable;
            let of = all.denominator() + if is_outside { all.not_applicable } else { 0 };
            let obs_status = gap.obs_status().unwrap_or_default();
            let (id, title, meaning) = (gap.id(), gap.title().to_owned(), gap.meaning());
            ReasonSum { id, title, cells: *count, of, obs_status, meaning }
        });
        let marks = self.marks().map(|(known, cells)| {
            let MarkWords { id, title, meaning, .. } = *known;
            let (title, obs_status) = (format!("given, {title}"), known.obs_status.unwrap_or_default());
            ReasonSum { id, title, cells, of: all.given, obs_status, meaning }
        });
        table
            .of_rows(&reasons.chain(marks).collect::<Vec<_>>())
            .text(Column::record("reason"), |row| row.id)
            .text(Column::text("title", "Reason"), |row| row.title.clone())
            .number(Column::number("cells", "Cells"), |row| Some(row.cells))
            .number(Column::number("of", "of"), |row| Some(row.of))
            .field(Column::number("percent", "%"), |row| percent(row.cells, row.of))
            .text(Column::text("obs_status", "SDMX"), |row| row.obs_status)
            .text(Column::text("meaning", "Meaning"), |row| row.meaning)
            .done()
    }
}

/// To one decimal; nothing of nothing.
fn percent(count: u32, of: u32) -> Field {
    if of == 0 {
        return Field::Empty;
    }
    Field::Number(tenths(f64::from(count) * 100.0 / f64::from(of)))
}

impl Report for MissingReport<'_> {
    fn name(&self) -> &'static str {
        "missing"
    }

    fn json(&self) -> Value {
        json_of(&self.document(self.rows().collect()))
    }

    fn json_in_parts(&self) -> Option<JsonParts<'_>> {
        let whole = json_of(&self.document(vec![]));
        let items = self.rows().map(|row| serde_json::to_string_pretty(&row).unwrap_or_default());
        Some(JsonParts { whole, list: "rows", items: Box::new(items) })
    }

    fn table(&self) -> Table {
        let title = Raw::from_static("What is missing");
        let table = Table { title, context: self.context(), lines: self.lines(), ..Table::default() };
        match self.by {
            None => self.listed(table),
            Some(By::Country) => {
                let rows = self.countries().into_iter().map(|row| (row.country, row.sum));
                Self::summed(table, (Column::text("country", "Code"), "Country"), &rows.collect::<Vec<_>>())
            }
            Some(By::Indicator) => {
                let rows = self.indicators().into_iter().map(|row| (row.indicator, row.sum));
                Self::summed(table, (Column::record("indicator"), "Indicator"), &rows.collect::<Vec<_>>())
            }
            Some(By::Goal) => {
                let rows = self.goals().into_iter().map(|row| (row.goal, row.sum));
                Self::summed(table, (Column::record("goal"), "Goal"), &rows.collect::<Vec<_>>())
            }
            Some(By::Reason) => self.by_reason(table),
        }
    }
}
