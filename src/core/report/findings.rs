//! The findings on paper: a sentence a row, k of n (N), the published figure beside.

use serde_json::{Value, json};

use super::{
    Report,
    context::Context,
    table::{Align, Column, Field, Table},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        findings::{self, Counted, percent_words},
        framework::{Finding, Group},
    },
    text::Raw,
};

/// Findings of one group in one edition.
#[derive(Debug)]
pub struct FindingsReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: EditionId,
    rows: Vec<Counted>,
}

impl<'a> FindingsReport<'a> {
    /// Counts the findings of these ids, or all when none is named.
    pub fn new(data: &'a Dataset, group: Group, edition: EditionId, ids: &[String]) -> Self {
        let mut rows = findings::count(data, &group, edition);
        rows.retain(|row| {
            let id = &data.framework.findings[row.finding].id;
            ids.is_empty() || ids.iter().any(|wanted| **wanted == **id)
        });
        Self { data, group, edition, rows }
    }

    pub fn rows(&self) -> &[Counted] {
        &self.rows
    }

    fn finding(&self, row: &Counted) -> &'a Finding {
        &self.data.framework.findings[row.finding]
    }

    fn context(&self) -> Context {
        Context::of(self.data).in_group(&self.group).in_edition(self.data, self.edition)
    }

    fn codes(&self, countries: &[CountryId]) -> Vec<Raw<'static>> {
        countries.iter().map(|country| self.data.country(*country).code.clone()).collect()
    }

    fn row_json(&self, row: &Counted) -> Value {
        let finding = self.finding(row);
        let goal = finding.goal.map(|goal| &self.data.framework.goal(goal).id);
        let indicators = finding.indicators.iter().map(|id| &self.data.framework.indicator(*id).id);
        json!({
            "id": finding.id,
            "goal": goal,
            "indicators": indicators.collect::<Vec<_>>(),
            "text": finding.text,
            "unit": if finding.counts_answers { "answers" } else { "countries" },
            "k": row.k,
            "assessed": row.assessed,
            "set": row.set,
            "not_applicable": row.not_applicable,
            "percent": row.percent().map(one_decimal),
            "published": finding.published.as_ref().map(|published| json!({
                "text": published.text,
                "percent": published.percent,
                "edition": published.edition,
                "group": published.group,
            })),
            "agrees": row.agreement.agrees(),
            "agreement": row.agreement.id(),
            "countries": self.codes(&row.countries),
            "unassessed": self.codes(&row.unassessed),
        })
    }

    fn row_fields(&self, row: &Counted) -> Vec<Field> {
        let finding = self.finding(row);
        let goal = finding.goal.map(|goal| self.data.framework.goal(goal).title.clone());
        let unit = if finding.counts_answers { "answers" } else { "countries" };
        let join = |countries: &[CountryId]| {
            let codes = self.codes(countries);
            Field::text(codes.iter().map(Raw::raw).collect::<Vec<_>>().join(" "))
        };
        let percent = row.percent();
        vec![
            Field::maybe(goal.as_ref()),
            Field::text(finding.id.to_string()),
            Field::text(count_words(row)),
            Field::text(percent.map_or_else(|| "nobody assessed".to_owned(), percent_words)),
            Field::maybe(finding.published.as_ref().map(|published| &published.text)),
            Field::text(row.agreement.title().to_owned()),
            Field::text(finding.text.clone()),
            Field::text(finding.text.clone()),
            Field::maybe(finding.published.as_ref().map(|published| &published.text)),
            Field::text(row.agreement.id().to_owned()),
            Field::text(unit.to_owned()),
            Field::number(row.k),
            Field::number(row.assessed),
            Field::number(row.set),
            percent.map_or(Field::Empty, |percent| Field::Number(format!("{percent:.1}"))),
            join(&row.countries),
            join(&row.unassessed),
        ]
    }
}

/// `5 of 26 (26)`: k of those assessed, and of how many in the set.
fn count_words(row: &Counted) -> String {
    format!("{} of {} ({})", row.k, row.assessed, row.set)
}

fn one_decimal(percent: f64) -> f64 {
    (percent * 10.0).round() / 10.0
}

impl Report for FindingsReport<'_> {
    fn name(&self) -> &'static str {
        "findings"
    }

    fn json(&self) -> Value {
        let mut map = self.context().json(self.name());
        map.insert("rows".into(), self.rows.iter().map(|row| self.row_json(row)).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let right = |key: &str, title: &'static str| {
            let mut column = Column::whole(key, Raw::from_static(title));
            column.align = Align::Right;
            column
        };
        let mut notes = vec![Raw::from_static(
            "k of n assessed (N in the set); a country with a gap is in N and in neither k nor n.",
        )];
        if self.rows.iter().any(|row| self.finding(row).counts_answers) {
            notes
                .push(Raw::from_static("Where the text speaks of services or figures, answers are counted."));
        }
        Table {
            title: Raw::from_static("Findings"),
            context: self.context(),
            lines: vec![],
            columns: vec![
                Column::heading("goal_title"),
                Column::record("id"),
                right("count", "k of n (N)"),
                right("share", "Percent"),
                Column::whole("as_published", Raw::from_static("Published")),
                Column::whole("agrees", Raw::default()),
                Column::whole("sentence", Raw::from_static("Finding")),
                Column::record("text"),
                Column::record("published"),
                Column::record("agreement"),
                Column::record("unit"),
                Column::record("k"),
                Column::record("assessed"),
                Column::record("set"),
                Column::record("percent"),
                Column::record("countries"),
                Column::record("unassessed"),
            ],
            rows: self.rows.iter().map(|row| self.row_fields(row)).collect(),
            notes,
            ..Table::default()
        }
    }
}
