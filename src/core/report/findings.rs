//! The findings on paper: a sentence a row, k of n (N), the published figure beside.

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
        cell::Gap,
        dataset::{CountryId, Dataset},
        date::Date,
        findings::{Answer, Counted, Findings, NOT_APPLICABLE_COUNTS},
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

/// The report `findings`: sentences with a count behind each, over a group in an edition.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingsJson<'a> {
    #[serde(flatten)]
    about: About,
    rows: Vec<FindingJson<'a>>,
}

/// A finding, counted. A country with a gap is in `set` and in neither `k` nor `assessed`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct FindingJson<'a> {
    id: &'a str,
    /// Whether the user wrote it, and not the framework.
    own: bool,
    goal: Option<&'a str>,
    /// Ids of the indicators that it asks.
    indicators: Vec<&'a str>,
    /// What is said of those counted, without the count.
    text: &'a Raw<'static>,
    /// The count and the text as one sentence.
    sentence: String,
    #[schemars(extend("enum" = ["answers", "countries"]))]
    unit: &'static str,
    /// Why the finding is not counted, with the place in it; null where it is. Beside a problem there is no figure.
    problem: Option<&'a Raw<'static>>,
    /// For how many it holds; null beside a problem.
    k: Option<u32>,
    /// For how many the cells say whether it holds: what `k` is a part of; null beside a problem.
    assessed: Option<u32>,
    /// All that the question applies to, with a gap or without; null beside a problem.
    set: Option<u32>,
    /// Those that the question does not apply to; null beside a problem.
    not_applicable: Option<u32>,
    /// Whether cells that are not applicable are asked for, and so are in `k`, `assessed` and `set`.
    counts_not_applicable: bool,
    /// Of `k`, those for which it holds of all indicators that apply, and not of all; null unless all must hold.
    passed_over: Option<u32>,
    /// `k` of `assessed`, to one decimal; null of none, and beside a problem.
    percent: Option<f64>,
    published: Option<PublishedJson<'a>>,
    /// Whether the count agrees with the published figure; null where there is nothing to agree with.
    agrees: Option<bool>,
    /// How it does.
    #[schemars(schema_with = "vocabulary::agreement")]
    agreement: &'static str,
    /// For whom the figure was published, where that is not this group and edition.
    published_for: Option<&'a Raw<'static>>,
    /// How the count stands to the published figure, in a sentence; null where nothing was published.
    explained: Option<&'a Raw<'static>>,
    /// Codes of those for whom it holds.
    countries: Vec<Raw<'static>>,
    holds_not: Vec<Raw<'static>>,
    unassessed: Vec<Raw<'static>>,
    /// Why it cannot be said of those that are not assessed.
    gaps: Vec<FindingGap<'a>>,
}

/// The figure as it was published.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct PublishedJson<'a> {
    text: &'a Raw<'static>,
    percent: Option<f64>,
    edition: Option<Date>,
    /// The id of the group that it is about.
    group: Option<&'a str>,
}

/// A gap that leaves a country undecided.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct FindingGap<'a> {
    country: &'a Raw<'static>,
    indicator: &'a str,
    #[schemars(schema_with = "vocabulary::gap")]
    reason: &'static str,
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
    fn gaps(&self, row: &Counted) -> Vec<FindingGap<'a>> {
        let undecided = row.answers.iter().filter(|answered| answered.answer == Answer::Unassessed);
        let cells = undecided
            .flat_map(|answered| answered.indicators.iter().map(|indicator| (answered.country, *indicator)));
        let gaps = cells.filter_map(|(country, indicator)| {
            let gap = self.data.cell(country, self.findings.edition, indicator).state.err()?;
            Some(FindingGap {
                country: &self.data.country(country).code,
                indicator: &self.data.framework.indicator(indicator).id,
                reason: Gap::id(gap),
            })
        });
        gaps.collect()
    }

    /// What the JSON has of each finding.
    pub(super) fn rows_json(&self) -> Vec<FindingJson<'_>> {
        self.findings.rows.iter().map(|row| self.row_json(row)).collect()
    }

    fn row_json<'r>(&'r self, row: &'r Counted) -> FindingJson<'r> {
        let (finding, framework) = (&row.finding, &self.data.framework);
        let published = finding.published.as_ref().map(|published| PublishedJson {
            text: &published.text,
            percent: published.percent,
            edition: published.edition,
            group: published.group.as_deref(),
        });
        FindingJson {
            id: &finding.id,
            own: finding.own,
            goal: finding.goal.map(|goal| &*framework.goal(goal).id),
            indicators: finding.indicators.iter().map(|id| &*framework.indicator(*id).id).collect(),
            text: &finding.text,
            sentence: row.sentence(),
            unit: unit(row),
            problem: finding.problem(),
            k: figure(row, row.k),
            assessed: figure(row, row.assessed),
            set: figure(row, row.set),
            not_applicable: figure(row, row.not_applicable),
            counts_not_applicable: finding.counts_not_applicable(),
            passed_over: passed_over(row),
            percent: row.percent().map(one_decimal),
            published,
            agrees: row.agreement.agrees(),
            agreement: row.agreement.id(),
            published_for: row.elsewhere.as_ref(),
            explained: Some(&row.explained).filter(|words| !words.is_empty()),
            countries: self.codes(row, Answer::Holds),
            holds_not: self.codes(row, Answer::HoldsNot),
            unassessed: self.codes(row, Answer::Unassessed),
            gaps: self.gaps(row),
        }
    }

    fn filled(&self, table: Table) -> Table {
        let goal = |row: &Counted| row.finding.goal.map(|goal| self.data.framework.goal(goal));
        let published = |row: &Counted| row.finding.published.clone().map(|published| published.text);
        let agrees = |row: &Counted| row.finding.published.as_ref().map_or("", |_| row.agreement.title());
        let codes = |row: &Counted, answer| {
            let codes = self.codes(row, answer);
            codes.iter().map(Raw::raw).collect::<Vec<_>>().join(" ")
        };
        table
            .of_rows(&self.findings.rows)
            .field(Column::heading("goal_title"), |row| Field::maybe(goal(row).map(|goal| &goal.title)))
            .text(Column::record("goal"), |row| {
                goal(row).map_or_else(String::new, |goal| goal.id.to_string())
            })
            .text(Column::whole("finding", "Id"), |row| row.finding.id.to_string())
            .text(Column::record("id"), |row| row.finding.id.to_string())
            .text(Column::whole("count", "k of n (N)").at_right(), Counted::count_words)
            .text(Column::whole("share", "Percent").at_right(), Counted::percent_words)
            .field(Column::whole("as_published", "Published"), |row| Field::maybe(as_published(row).as_ref()))
            .text(Column::whole("agrees", ""), agrees)
            .text(Column::whole("sentence", "Finding"), |row| with_problem(row))
            .text(Column::whole("whose", ""), |row| if row.finding.own { "own finding" } else { "" })
            .field(Column::record("own"), |row| Field::Flag(row.finding.own))
            .text(Column::record("text"), |row| row.finding.text.clone())
            .field(Column::record("published"), |row| Field::maybe(published(row).as_ref()))
            .text(Column::record("agreement"), |row| row.agreement.id())
            .text(Column::record("unit"), unit)
            .number(Column::record("k").why_empty("problem"), |row| figure(row, row.k))
            .number(Column::record("assessed").why_empty("problem"), |row| figure(row, row.assessed))
            .number(Column::record("set").why_empty("problem"), |row| figure(row, row.set))
            .number(Column::record("percent").why_empty("problem").means_empty("nothing assessed"), |row| {
                row.percent().map(tenths)
            })
            .number(Column::record("passed_over"), passed_over)
            .field(Column::record("problem"), |row| Field::maybe(row.finding.problem()))
            .text(Column::record("explained"), |row| row.explained.clone())
            .text(Column::record("countries"), |row| codes(row, Answer::Holds))
            .text(Column::record("holds_not"), |row| codes(row, Answer::HoldsNot))
            .text(Column::record("unassessed"), |row| codes(row, Answer::Unassessed))
            .done()
    }

    /// Who is behind a count: `no-plan: XA XC; not assessed: XB`.
    fn who(&self, row: &Counted) -> Raw<'static> {
        let list = |countries: &[CountryId]| {
            let of = |country: &CountryId| {
                let country = self.data.country(*country);
                let (code, name) = (country.code.raw(), country.name.raw());
                if self.names { format!("{name} ({code})") } else { code.to_owned() }
            };
            let all: Vec<String> = countries.iter().map(of).collect();
            all.join(if self.names { ", " } else { " " })
        };
        if let Some(problem) = row.finding.problem() {
            return Raw::new(format!("{}: not counted: {}", row.finding.id, problem.raw()));
        }
        let mut words = match list(&row.countries(Answer::Holds)) {
            none if none.is_empty() => "no country".to_owned(),
            some => some,
        };
        let (open, unassessed) = row.unassessed_countries(self.data, self.findings.edition);
        for (title, countries, is_said) in [
            ("not", row.countries(Answer::HoldsNot), self.names),
            ("not assessed", unassessed, true),
            ("left open by bounds", open, true),
        ] {
            if !countries.is_empty() && is_said {
                words = format!("{words}; {title}: {}", list(&countries));
            }
        }
        let more = [
            row.passed_over_words(),
            row.finding.counts_not_applicable().then(|| NOT_APPLICABLE_COUNTS.to_owned()),
        ];
        for more in more.into_iter().flatten() {
            words = format!("{words}; {more}");
        }
        Raw::new(format!("{}: {words}", row.finding.id))
    }

    fn notes(&self) -> Vec<Raw<'static>> {
        let rows = &self.findings.rows;
        let mut notes: Vec<Raw<'static>> = rows.iter().map(|row| self.who(row)).collect();
        notes.push(Raw::from_static(
            "k of n assessed (N in the set); a country with a gap, or whose bounds leave it open, is in N and in neither k nor n.",
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

/// A number of a finding, unless it has a problem.
fn figure(row: &Counted, number: u32) -> Option<u32> {
    row.finding.problem().is_none().then_some(number)
}

fn passed_over(row: &Counted) -> Option<u32> {
    let finding = &row.finding;
    let needs_all = finding.all && !finding.counts_answers && finding.indicators.len() > 1;
    figure(row, row.passed_over).filter(|_| needs_all)
}

/// The text, and why it is not counted.
fn with_problem(row: &Counted) -> Raw<'static> {
    match row.finding.problem() {
        Some(problem) => Raw::new(format!("{} (not counted: {})", row.finding.text.raw(), problem.raw())),
        None => row.finding.text.clone(),
    }
}

/// What is counted.
const fn unit(row: &Counted) -> &'static str {
    if row.finding.counts_answers { "answers" } else { "countries" }
}

fn one_decimal(percent: f64) -> f64 {
    (percent * 10.0).round() / 10.0
}

impl Report for FindingsReport<'_> {
    fn name(&self) -> &'static str {
        "findings"
    }

    fn json(&self) -> Value {
        json_of(&FindingsJson { about: self.context().about(self.name()), rows: self.rows_json() })
    }

    fn table(&self) -> Table {
        let title = Raw::from_static("Findings");
        self.filled(Table { title, context: self.context(), notes: self.notes(), ..Table::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{groups, read};

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"}]}],
      "findings":[{"id":"x","goal":"g","indicators":["a"],"where":{"levels":["none"]},"text":"have no act"}]},
     "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"none"}},
      {"country":"MLT","edition":"2012","assessments":{"a":"full"}},
      {"country":"SWE","edition":"2012","assessments":{"a":{"gap":"no-data"}}}]}"#;

    fn report() -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let findings = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap());
        let report = FindingsReport::new(&data, findings);
        (report.json(), report.table())
    }

    #[test]
    fn a_country_with_a_gap_is_in_the_set_and_in_neither_k_nor_n() {
        let (json, _) = report();
        let row = &json["rows"][0];
        assert_eq!([&row["problem"], &row["passed_over"]], [&Value::Null; 2]);
        assert_eq!([&row["k"], &row["assessed"], &row["set"]], [1, 2, 3]);
        assert_eq!((&row["percent"], &row["unit"]), (&50.0.into(), &"countries".into()));
        assert_eq!(
            [&row["countries"][0], &row["holds_not"][0], &row["unassessed"][0]],
            ["IRL", "MLT", "SWE"]
        );
        assert_eq!(
            (&row["gaps"][0]["country"], &row["gaps"][0]["reason"]),
            (&"SWE".into(), &"no-data".into())
        );
    }

    #[test]
    fn a_finding_with_a_problem_has_no_figure_in_any_form() {
        let cards = CARDS.replace(
            r#""where":{"levels":["none"]}"#,
            r#""where":{"levels":["nil"]}, "published":{"text":"none"}"#,
        );
        let data = read::from_texts("d", &[("x.json", &cards)]);
        let findings = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap());
        let report = FindingsReport::new(&data, findings);
        let (json, table) = (report.json(), report.table());
        let problem = r#"where.levels[0]: expected a level of these indicators, found "nil""#;
        let row = &json["rows"][0];
        assert_eq!(row["problem"], problem);
        for key in ["k", "assessed", "set", "not_applicable", "passed_over", "percent", "agrees", "explained"]
        {
            assert_eq!(row[key], Value::Null, "{key}");
        }
        assert_eq!((&row["agreement"], &row["countries"]), (&"not-comparable".into(), &Value::Array(vec![])));
        assert_eq!(row["sentence"], format!("How many have no act is not counted: {problem}."));
        let of = |key: &str| {
            let at = table.columns.iter().position(|column| column.key == key).unwrap();
            table.rows[0][at].raw().to_owned()
        };
        let want = ["problem", "", "", "", "", problem].map(str::to_owned);
        assert_eq!(["count", "share", "k", "assessed", "percent", "problem"].map(of), want);
        assert_eq!(of("sentence"), format!("have no act (not counted: {problem})"));
        assert_eq!(table.notes[0].raw(), format!("x: not counted: {problem}"));
    }

    #[test]
    fn nothing_published_is_nothing_to_agree_with() {
        let (json, table) = report();
        let row = &json["rows"][0];
        assert_eq!([&row["published"], &row["agrees"], &row["explained"]], [&Value::Null; 3]);
        assert_eq!(row["agreement"], "not-comparable");
        assert_eq!((table.rows[0][4].raw(), table.rows[0][7].raw()), ("1 of 2 (3)", ""));
        assert_eq!(table.notes[0].raw(), "x: IRL; not assessed: SWE");
    }
}
