//! Briefings on a group, on a country and on two subjects, in the shape of a submission: in short first, method last.
//!
//! Its numbers are those of the other reports; its words stand in sections of blocks.

mod document;
mod short;
mod findings;
mod goals;
mod sections;
mod country;
mod pair;

pub use self::document::{
    Block, BriefingColumnKind, BriefingSection, Chart, ChartBar, ChartPart, ChartPartKind, Document, Paper,
    Rows,
};
pub use self::{country::CountryBriefing, pair::PairBriefing};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    ChangesReport, FindingsReport, MissingReport,
    changes::StepJson,
    context::{About, Context, TOOL},
    findings::FindingJson,
    json_of,
    missing::MissingSums,
    table::Cited,
};
use crate::{
    core::{
        changes::Changes,
        checked::{Checked, CheckedJson},
        coverage::{AssignedGaps, Coverage, Question},
        dataset::{CardId, CountryId, Dataset, EditionId},
        date::Date,
        findings::Findings,
        framework::{Group, Source},
        groups,
    },
    text::Raw,
};

/// What is briefed about, counted.
#[derive(Debug)]
pub struct Briefing<'a> {
    data: &'a Dataset,
    group: Group,
    edition: EditionId,
    members: Vec<CountryId>,
    findings: Findings,
    coverage: Coverage,
    /// Since the edition before; nothing when there is none.
    changes: Option<Changes>,
    /// The day it is written, from whoever has a clock.
    written: Option<Date>,
    /// What is told of the review; nothing is if it is `None`.
    checked: Option<Checked>,
}

/// The report `report`: the numbers of a briefing, as the other reports give them.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BriefingJson<'a> {
    #[serde(flatten)]
    about: About,
    written_on: Option<Date>,
    scope: ScopeJson<'a>,
    /// How far the review has come; left out unless it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<CheckedJson>,
    findings: BriefingFindings<'a>,
    missing: MissingSums,
    /// Since the edition before; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<BriefingChanges<'a>>,
    /// What the cards call for; a country that calls for nothing is left out.
    priority_actions: Vec<ActionsJson<'a>>,
    /// In the order that the words cite them in.
    sources: Vec<Source>,
}

/// What a briefing is about.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ScopeJson<'a> {
    /// Codes of the members of the group in the edition.
    countries: Vec<&'a Raw<'static>>,
    /// Codes of those of them that have a card.
    with_card: Vec<&'a Raw<'static>>,
    /// The earliest date that a card names; null where none does.
    assessed_from: Option<Date>,
    assessed_to: Option<Date>,
    /// How many goals and indicators the framework has.
    goals: usize,
    indicators: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct BriefingFindings<'a> {
    rows: Vec<FindingJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct BriefingChanges<'a> {
    steps: Vec<StepJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ActionsJson<'a> {
    country: &'a Raw<'static>,
    actions: Vec<Raw<'static>>,
}

impl<'a> Briefing<'a> {
    pub fn new(data: &'a Dataset, group: Group, edition: EditionId) -> Self {
        let members = groups::members(data, &group, edition);
        let findings = Findings::of(data, &group, edition);
        let question = Question::of_edition(members.clone(), edition);
        let coverage = Coverage::of(data, &question, &AssignedGaps::default());
        let before = data.edition_ids().rev().find(|older| *older < edition);
        let changes = before.map(|before| Changes::between(data, &members, before, edition));
        Self { data, group, edition, members, findings, coverage, changes, written: None, checked: None }
    }

    /// Says on which day it is written.
    #[must_use]
    pub const fn written(mut self, day: Option<Date>) -> Self {
        self.written = day;
        self
    }

    /// Tells how far the review of the cards has come.
    #[must_use]
    pub fn reviewed(self, checked: Option<Checked>) -> Self {
        Self { checked, ..self }
    }

    fn context(&self) -> Context {
        Context::of(self.data)
            .in_group(self.data, &self.group, Some(self.edition))
            .in_edition(self.data, self.edition)
            .without_place()
    }

    fn label(&self, edition: EditionId) -> &'a str {
        &self.data.edition(edition).label
    }

    fn name(&self, country: CountryId) -> &'a str {
        self.data.country(country).name.raw()
    }

    /// `Finland, Ireland and Malta`.
    fn names(&self, countries: &[CountryId]) -> String {
        let names: Vec<&str> = countries.iter().map(|country| self.name(*country)).collect();
        match &names[..] {
            [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    /// Members that have a card in the edition.
    fn with_card(&self) -> impl Iterator<Item = (CountryId, CardId)> {
        self.members.iter().filter_map(|id| Some((*id, self.data.card(*id, self.edition)?)))
    }

    /// The first and the last day that the cards speak of.
    fn assessed_on(&self) -> Option<(Date, Date)> {
        let dates: Vec<Date> =
            self.with_card().filter_map(|(_, card)| self.data.card_detail(card).assessed_on).collect();
        Some((*dates.iter().min()?, *dates.iter().max()?))
    }

    /// What each card calls for, by country.
    fn actions(&self) -> Vec<(CountryId, Vec<Raw<'static>>)> {
        let of = |country: &CountryId| {
            let card = self.data.card(*country, self.edition)?;
            let actions = self.data.card_detail(card).priority_actions;
            (!actions.is_empty()).then_some((*country, actions))
        };
        self.members.iter().filter_map(of).collect()
    }
}

impl Paper for Briefing<'_> {
    fn document(&self) -> Document {
        let mut cited = Cited::default();
        let sections = self.sections(&mut cited);
        let title = format!(
            "{} – {}, {}",
            self.data.framework.title.raw(),
            self.group.title.raw(),
            self.label(self.edition)
        );
        let sources = cited.into_sources();
        Document {
            title: Raw::new(title),
            context: self.context(),
            made: made_on(self.written),
            sections,
            sources,
        }
    }

    fn json(&self) -> Value {
        let data = self.data;
        let code = |country: CountryId| &data.country(country).code;
        let dates = self.assessed_on();
        let findings = FindingsReport::new(data, self.findings.clone());
        let question = Question::of_edition(self.members.clone(), self.edition);
        let missing = MissingReport::new(data, self.group.clone(), &question, AssignedGaps::default(), None);
        let changes = self.changes.as_ref().map(|changes| {
            let editions = [changes.from, changes.to];
            ChangesReport::new(data, self.group.clone(), &editions, &[], None)
        });
        let actions = self.actions().into_iter();
        json_of(&BriefingJson {
            about: self.context().about("report"),
            written_on: self.written,
            scope: ScopeJson {
                countries: self.members.iter().copied().map(code).collect(),
                with_card: self.with_card().map(|(country, _)| code(country)).collect(),
                assessed_from: dates.map(|(first, _)| first),
                assessed_to: dates.map(|(_, last)| last),
                goals: data.framework.goals.len(),
                indicators: data.framework.indicators.len(),
            },
            review: self.checked.as_ref().map(|checked| checked.of(data, &self.members, self.edition)),
            findings: BriefingFindings { rows: findings.rows_json() },
            missing: missing.sums(),
            changes: changes.map(|changes| BriefingChanges { steps: changes.steps_json() }),
            priority_actions: actions
                .map(|(country, actions)| ActionsJson { country: code(country), actions })
                .collect(),
            sources: self.document().sources,
        })
    }
}

/// When, and with what a document was made.
fn made_on(day: Option<Date>) -> String {
    match day {
        Some(day) => format!("Written on {day} with {TOOL}."),
        None => format!("Made with {TOOL}."),
    }
}

#[cfg(test)]
mod tests;
