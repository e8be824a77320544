//! What is missing on paper: each gap with its reason, or sums by country, indicator, goal and reason.

use serde_json::{Value, json};

use super::{
    Report,
    compare::{counted, k_of_n},
    context::Context,
    table::{Align, Column, Field, Table},
};
use crate::{
    core::{
        cell::{Cell, Gap, MARKS},
        counts::Counts,
        coverage::{self, AssignedGaps, Axis, Coverage, Question},
        dataset::{Dataset, EditionId},
        framework::Group,
        label::tenths,
    },
    text::Raw,
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

    fn listed(&self) -> impl Iterator<Item = (&coverage::CoverageRow, &coverage::CoverageColumn, Cell)> {
        self.coverage.cells().filter(|(.., cell)| self.question.filter.keeps(cell))
    }

    fn assigned(
        &self,
        row: &coverage::CoverageRow,
        column: &coverage::CoverageColumn,
    ) -> Option<&'static str> {
        self.assigned.get(row.country, row.edition, column.indicator).map(Gap::id)
    }

    fn all_json(&self) -> Vec<(&'static str, Value)> {
        let (data, coverage) = (self.data, &self.coverage);
        let rows = self.listed().map(|(row, column, cell)| {
            let mut object = json!({
                "country": data.country(row.country).code,
                "edition": data.edition(row.edition).label,
                "indicator": data.framework.indicator(column.indicator).id,
                "reason": cell.state.err().map(Gap::id),
                "marks": cell.marks.ids().collect::<Vec<_>>(),
            });
            if let (Some(gap), Some(object)) = (self.assigned(row, column), object.as_object_mut()) {
                object.insert("assigned".into(), json!(gap));
            }
            object
        });
        let by_country = coverage
            .rows
            .iter()
            .map(|row| sum_json("country", &json!(data.country(row.country).code), row.counts));
        let by_indicator = coverage.columns.iter().map(|column| {
            sum_json("indicator", &json!(data.framework.indicator(column.indicator).id), column.counts)
        });
        let by_goal = coverage
            .goals
            .iter()
            .map(|(goal, counts)| sum_json("goal", &json!(data.framework.goal(*goal).id), *counts));
        let by_reason = coverage.reasons.iter().map(|(gap, count)| (gap.id().to_owned(), json!(count)));
        let by_mark = coverage.marks.iter().filter(|(_, count)| *count > 0);
        let by_mark = by_mark.map(|(mark, count)| (mark.ids().collect::<String>(), json!(count)));
        vec![
            ("cells", json!(coverage.all.denominator() + coverage.all.not_applicable)),
            ("given", json!(coverage.all.given)),
            ("gaps", json!(coverage.all.missing)),
            ("not_applicable", json!(coverage.all.not_applicable)),
            ("as_assigned", json!(self.question.as_assigned)),
            ("rows", rows.collect()),
            ("by_country", by_country.collect()),
            ("by_indicator", by_indicator.collect()),
            ("by_goal", by_goal.collect()),
            ("by_reason", Value::Object(by_reason.collect())),
            ("by_mark", Value::Object(by_mark.collect())),
        ]
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
            let words = counted(self.assigned.len() as u64, "silent cell has", "silent cells have");
            lines.push(Raw::new(format!("{words} a reason from reviewers (--as-assigned counts it)")));
        }
        lines
    }

    /// Every cell, a row each.
    fn list(&self) -> (Vec<Column>, Vec<Vec<Field>>) {
        let data = self.data;
        let rows = self.listed().map(|(row, column, cell)| {
            let (country, indicator) =
                (data.country(row.country), data.framework.indicator(column.indicator));
            let detail = data.detail(row.country, row.edition, column.indicator);
            let marks: Vec<&str> = cell.marks.ids().collect();
            let reason = cell.state.err();
            let assigned = self.assigned.get(row.country, row.edition, column.indicator);
            vec![
                Field::text(country.code.clone()),
                Field::text(country.name.clone()),
                Field::text(data.edition(row.edition).label.to_string()),
                Field::text(data.framework.goal(column.goal).id.to_string()),
                Field::text(data.framework.goal(column.goal).title.clone()),
                Field::text(indicator.id.to_string()),
                Field::text(indicator.title.clone()),
                Field::text(reason.map_or("", Gap::title).to_owned()),
                Field::text(reason.map_or("", Gap::id).to_owned()),
                Field::text(reason.and_then(Gap::obs_status).unwrap_or_default().to_owned()),
                Field::text(assigned.map_or("", Gap::title).to_owned()),
                Field::text(assigned.map_or("", Gap::id).to_owned()),
                Field::maybe(detail.printed.as_ref()),
                Field::text(marks.join(" ")),
                Field::maybe(detail.note.as_ref()),
            ]
        });
        let text = |key: &str, title| Column::text(key, Raw::from_static(title));
        let columns = vec![
            text("country", "Code"),
            text("name", "Country"),
            Column::record("edition"),
            Column::record("goal"),
            Column::record("goal_title"),
            Column::record("indicator"),
            text("title", "Indicator"),
            // People read the words that the screen has, programs the ids.
            Column::page("reason_words", Raw::from_static("Reason")),
            Column::record("reason"),
            Column::record("obs_status"),
            Column::page("assigned_words", Raw::from_static("Reviewers say")),
            Column::record("assigned"),
            text("printed", "As printed"),
            text("marks", "Marks"),
            text("note", "Note"),
        ];
        (columns, rows.collect())
    }

    /// Sums: what, given, gaps, share, not applicable.
    fn sums(&self, by: By) -> (Vec<Column>, Vec<Vec<Field>>) {
        let (data, coverage) = (self.data, &self.coverage);
        if by == By::Reason {
            return self.reasons();
        }
        let rows: Vec<(String, Raw<'static>, Counts, Option<u32>)> = match by {
            By::Country => coverage
                .rows
                .iter()
                .map(|row| {
                    let country = data.country(row.country);
                    (country.code.raw().to_owned(), country.name.clone(), row.counts, Some(row.hits))
                })
                .collect(),
            By::Indicator => coverage
                .columns
                .iter()
                .map(|column| {
                    let indicator = data.framework.indicator(column.indicator);
                    (indicator.id.to_string(), indicator.title.clone(), column.counts, Some(column.hits))
                })
                .collect(),
            By::Goal | By::Reason => coverage
                .goals
                .iter()
                .map(|(goal, counts)| {
                    let goal = data.framework.goal(*goal);
                    (goal.id.to_string(), goal.title.clone(), *counts, None)
                })
                .collect(),
        };
        let is_filtered = !self.question.filter.is_empty();
        let fields = rows.into_iter().map(|(id, title, counts, hits)| {
            vec![
                Field::text(id),
                Field::text(title),
                Field::text(k_of_n(counts)),
                Field::number(counts.missing),
                percent(counts.missing, counts.denominator()),
                Field::number(counts.not_applicable),
                hits.filter(|_| is_filtered).map_or(Field::Empty, Field::number),
                Field::number(counts.denominator()),
            ]
        });
        let mut given = Column::text("given", Raw::from_static("Given"));
        given.align = Align::Right;
        let (key, title) = match by {
            By::Country => ("country", "Country"),
            By::Indicator => ("indicator", "Indicator"),
            By::Goal | By::Reason => ("goal", "Goal"),
        };
        let code =
            if by == By::Country { Column::text(key, Raw::from_static("Code")) } else { Column::record(key) };
        let columns = vec![
            code,
            Column::text("title", Raw::from_static(title)),
            given,
            Column::number("gaps", Raw::from_static("Gaps")),
            Column::number("percent", Raw::from_static("% missing")),
            Column::number("not_applicable", Raw::from_static("n/a")),
            Column::number("asked_for", Raw::from_static("Asked for")),
            Column::record("of"),
        ];
        (columns, fields.collect())
    }

    fn reasons(&self) -> (Vec<Column>, Vec<Vec<Field>>) {
        let all = self.coverage.all;
        let of = |gap: Gap| {
            if gap == Gap::NotApplicable { all.denominator() + all.not_applicable } else { all.denominator() }
        };
        let reasons = self.coverage.reasons.iter().map(|(gap, count)| {
            vec![
                Field::text(gap.id().to_owned()),
                Field::text(gap.title().to_owned()),
                Field::number(*count),
                Field::number(of(*gap)),
                percent(*count, of(*gap)),
                Field::text(gap.obs_status().unwrap_or_default().to_owned()),
                Field::text(gap.meaning().to_owned()),
            ]
        });
        let marks = self.coverage.marks.iter().filter(|(_, count)| *count > 0).map(|(mark, count)| {
            let about = MARKS.iter().find(|(known, ..)| known == mark);
            let (id, title) = about.map_or(("", ""), |(_, id, title, _)| (id, title));
            vec![
                Field::text(id.to_owned()),
                Field::text(format!("given, {title}")),
                Field::number(*count),
                Field::number(all.given),
                percent(*count, all.given),
                Field::Empty,
                Field::text("a mark on a given cell".to_owned()),
            ]
        });
        let columns = vec![
            Column::record("reason"),
            Column::text("title", Raw::from_static("Reason")),
            Column::number("cells", Raw::from_static("Cells")),
            Column::number("of", Raw::from_static("of")),
            Column::number("percent", Raw::from_static("%")),
            Column::text("obs_status", Raw::from_static("SDMX")),
            Column::text("meaning", Raw::from_static("Meaning")),
        ];
        (columns, reasons.chain(marks).collect())
    }
}

fn sum_json(key: &str, id: &Value, counts: Counts) -> Value {
    json!({ key: id, "gaps": counts.missing, "of": counts.denominator(), "not_applicable": counts.not_applicable })
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
        let mut map = self.context().json(self.name());
        for (key, value) in self.all_json() {
            map.insert(key.into(), value);
        }
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let (columns, rows) = match self.by {
            None => self.list(),
            Some(by) => self.sums(by),
        };
        Table {
            title: Raw::from_static("What is missing"),
            context: self.context(),
            lines: self.lines(),
            columns,
            rows,
            ..Table::default()
        }
    }
}
