//! The findings on paper: a sentence a row, k of n (N), the published figure beside.

use serde_json::{Value, json};

use super::{
    Report,
    context::Context,
    table::{Align, Column, Field, Table},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset},
        findings::{Answer, Counted, Findings},
        label::tenths,
    },
    text::Raw,
};

/// Findings of one group in one edition.
#[derive(Debug)]
pub struct FindingsReport<'a> {
    data: &'a Dataset,
    findings: Findings,
    /// Whether countries are named and not only coded: what has room for few findings.
    names: bool,
}

impl<'a> FindingsReport<'a> {
    /// Findings counted over the same data.
    pub const fn new(data: &'a Dataset, findings: Findings) -> Self {
        Self { data, findings, names: false }
    }

    /// Names the countries where pages otherwise have their codes.
    #[must_use]
    pub const fn naming(mut self, names: bool) -> Self {
        self.names = names;
        self
    }

    fn context(&self) -> Context {
        let Findings { group, edition, .. } = &self.findings;
        Context::of(self.data).in_group(self.data, group, Some(*edition)).in_edition(self.data, *edition)
    }

    fn codes(&self, row: &Counted, answer: Answer) -> Vec<Raw<'static>> {
        let countries = row.countries(answer);
        countries.iter().map(|country| self.data.country(*country).code.clone()).collect()
    }

    /// The gaps that leave countries undecided, each with its reason.
    fn gaps(&self, row: &Counted) -> Vec<Value> {
        let undecided = row.answers.iter().filter(|answered| answered.answer == Answer::Unassessed);
        let cells = undecided
            .flat_map(|answered| answered.indicators.iter().map(|indicator| (answered.country, *indicator)));
        let gaps = cells.filter_map(|(country, indicator)| {
            let gap = self.data.cell(country, self.findings.edition, indicator).state.err()?;
            let code = &self.data.country(country).code;
            let indicator = &self.data.framework.indicator(indicator).id;
            Some(json!({ "country": code, "indicator": indicator, "reason": gap.id() }))
        });
        gaps.collect()
    }

    fn row_json(&self, row: &Counted) -> Value {
        let finding = &row.finding;
        let goal = finding.goal.map(|goal| &self.data.framework.goal(goal).id);
        let indicators = finding.indicators.iter().map(|id| &self.data.framework.indicator(*id).id);
        json!({
            "id": finding.id,
            "own": finding.own,
            "goal": goal,
            "indicators": indicators.collect::<Vec<_>>(),
            "text": finding.text,
            "sentence": row.sentence(),
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
            "published_for": row.elsewhere,
            "explained": (!row.explained.is_empty()).then_some(&row.explained),
            "countries": self.codes(row, Answer::Holds),
            "holds_not": self.codes(row, Answer::HoldsNot),
            "unassessed": self.codes(row, Answer::Unassessed),
            "gaps": self.gaps(row),
        })
    }

    fn row_fields(&self, row: &Counted) -> Vec<Field> {
        let finding = &row.finding;
        let goal = finding.goal.map(|goal| self.data.framework.goal(goal));
        let unit = if finding.counts_answers { "answers" } else { "countries" };
        let join = |answer| {
            let codes = self.codes(row, answer);
            Field::text(codes.iter().map(Raw::raw).collect::<Vec<_>>().join(" "))
        };
        let percent = row.percent();
        let agrees = if finding.published.is_some() { row.agreement.title() } else { "" };
        vec![
            Field::maybe(goal.map(|goal| &goal.title)),
            goal.map_or(Field::Empty, |goal| Field::text(goal.id.to_string())),
            Field::text(finding.id.to_string()),
            Field::text(finding.id.to_string()),
            Field::text(row.count_words()),
            Field::text(row.percent_words()),
            Field::maybe(as_published(row).as_ref()),
            Field::text(agrees.to_owned()),
            Field::text(finding.text.clone()),
            Field::text(if finding.own { "own finding" } else { "" }),
            Field::Flag(finding.own),
            Field::text(finding.text.clone()),
            Field::maybe(finding.published.as_ref().map(|published| &published.text)),
            Field::text(row.agreement.id().to_owned()),
            Field::text(unit.to_owned()),
            Field::number(row.k),
            Field::number(row.assessed),
            Field::number(row.set),
            percent.map_or(Field::Empty, |percent| Field::Number(tenths(percent))),
            Field::text(row.explained.clone()),
            join(Answer::Holds),
            join(Answer::HoldsNot),
            join(Answer::Unassessed),
        ]
    }

    /// Who is behind a count: `no-plan: XA XC; not assessed: XB`.
    fn who(&self, row: &Counted) -> Raw<'static> {
        let list = |answer| {
            let of = |country: &CountryId| {
                let country = self.data.country(*country);
                let (code, name) = (country.code.raw(), country.name.raw());
                if self.names { format!("{name} ({code})") } else { code.to_owned() }
            };
            let all: Vec<String> = row.countries(answer).iter().map(of).collect();
            all.join(if self.names { ", " } else { " " })
        };
        let mut words = match list(Answer::Holds) {
            none if none.is_empty() => "no country".to_owned(),
            some => some,
        };
        for (answer, title) in [(Answer::HoldsNot, "not"), (Answer::Unassessed, "not assessed")] {
            let others = list(answer);
            if !others.is_empty() && (self.names || answer == Answer::Unassessed) {
                words = format!("{words}; {title}: {others}");
            }
        }
        Raw::new(format!("{}: {words}", row.finding.id))
    }

    fn notes(&self) -> Vec<Raw<'static>> {
        let rows = &self.findings.rows;
        let mut notes: Vec<Raw<'static>> = rows.iter().map(|row| self.who(row)).collect();
        notes.push(Raw::from_static(
            "k of n assessed (N in the set); a country with a gap is in N and in neither k nor n.",
        ));
        if rows.iter().any(|row| row.finding.counts_answers) {
            notes
                .push(Raw::from_static("Where the text speaks of services or figures, answers are counted."));
        }
        // Why a figure beside its count looks like another.
        let odd = rows.iter().filter(|row| row.agreement.wants_words() && !row.explained.is_empty());
        notes.extend(odd.map(|row| row.explained.clone()));
        notes.extend(self.findings.published_elsewhere(self.data).iter().map(elsewhere_words));
        notes
    }
}

/// `Figures published for OSCE, 2010 are about others than these countries: --group osce compares them.`
pub(super) fn elsewhere_words((name, ask): &(Raw<'static>, Option<String>)) -> Raw<'static> {
    let name = name.raw();
    Raw::new(match ask {
        Some(ask) => {
            format!("Figures published for {name} are not about this group and edition: {ask} compares them.")
        }
        None => format!(
            "Figures published for {name} are not about this group and edition, and these data have none such."
        ),
    })
}

/// `19 %`, or `19 % for OSCE, 2010` where that is another group or edition.
fn as_published(row: &Counted) -> Option<Raw<'static>> {
    let figure = row.finding.published.as_ref()?.figure();
    Some(match &row.elsewhere {
        Some(elsewhere) => Raw::new(format!("{} for {}", figure.raw(), elsewhere.raw())),
        None => figure,
    })
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
        map.insert("rows".into(), self.findings.rows.iter().map(|row| self.row_json(row)).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let right = |key: &str, title: &'static str| {
            let mut column = Column::whole(key, Raw::from_static(title));
            column.align = Align::Right;
            column
        };
        let rows = &self.findings.rows;
        Table {
            title: Raw::from_static("Findings"),
            context: self.context(),
            lines: vec![],
            columns: vec![
                Column::heading("goal_title"),
                Column::record("goal"),
                Column::whole("finding", Raw::from_static("Id")),
                Column::record("id"),
                right("count", "k of n (N)"),
                right("share", "Percent"),
                Column::whole("as_published", Raw::from_static("Published")),
                Column::whole("agrees", Raw::default()),
                Column::whole("sentence", Raw::from_static("Finding")),
                Column::whole("whose", Raw::default()),
                Column::record("own"),
                Column::record("text"),
                Column::record("published"),
                Column::record("agreement"),
                Column::record("unit"),
                Column::record("k"),
                Column::record("assessed"),
                Column::record("set"),
                Column::record("percent"),
                Column::record("explained"),
                Column::record("countries"),
                Column::record("holds_not"),
                Column::record("unassessed"),
            ],
            rows: rows.iter().map(|row| self.row_fields(row)).collect(),
            notes: self.notes(),
            ..Table::default()
        }
    }
}
