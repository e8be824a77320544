//! A briefing on a group in an edition, in the shape of a submission, from scope and findings to sources.
//!
//! Its numbers are those of the other reports; its words stand in sections of blocks.

mod sections;

use serde_json::{Map, Value, json};

use super::{
    ChangesReport, FindingsReport, MissingReport, Report,
    context::{Context, TOOL},
    table::Cited,
};
use crate::{
    core::{
        changes::Changes,
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
}

/// A briefing in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub title: Raw<'static>,
    pub context: Context,
    /// When, and with what it was made.
    pub made: String,
    pub sections: Vec<BriefingSection>,
    /// Numbered from 1, as the words cite them.
    pub sources: Vec<Source>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BriefingSection {
    /// For anchors: letters and hyphens.
    pub id: &'static str,
    pub title: Raw<'static>,
    pub blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading within the section.
    Heading(Raw<'static>),
    Text(Raw<'static>),
    /// A finding: its sentence, and the parts of its bar.
    Finding {
        sentence: Raw<'static>,
        k: u32,
        assessed: u32,
        set: u32,
    },
    /// What the parts of a bar mean.
    Legend,
    List(Vec<Raw<'static>>),
    /// The sources of what stands above, by their numbers.
    Sources(Vec<usize>),
    Table(Rows),
}

/// What a column of a small table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefingColumnKind {
    Words,
    Number,
    /// Numbers of sources: `1, 3–5`.
    Sources,
}

/// A small table: headings with what their columns hold, and as many words a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub headings: Vec<(&'static str, BriefingColumnKind)>,
    pub rows: Vec<Vec<Raw<'static>>>,
}

impl<'a> Briefing<'a> {
    pub fn new(data: &'a Dataset, group: Group, edition: EditionId) -> Self {
        let members = groups::members(data, &group, edition);
        let findings = Findings::of(data, &group, edition);
        let question = Question::of_edition(members.clone(), edition);
        let coverage = Coverage::of(data, &question, &AssignedGaps::default());
        let before = data.edition_ids().rev().find(|older| *older < edition);
        let changes = before.map(|before| Changes::between(data, &members, before, edition));
        Self { data, group, edition, members, findings, coverage, changes, written: None }
    }

    /// Says on which day it is written.
    #[must_use]
    pub const fn written(mut self, day: Option<Date>) -> Self {
        self.written = day;
        self
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

    /// The briefing in words.
    pub fn document(&self) -> Document {
        let mut cited = Cited::default();
        let sections = self.sections(&mut cited);
        let title = format!(
            "{} – {}, {}",
            self.data.framework.title.raw(),
            self.group.title.raw(),
            self.label(self.edition)
        );
        let made = match self.written {
            Some(day) => format!("Written on {day} with {TOOL}."),
            None => format!("Made with {TOOL}."),
        };
        let sources = cited.into_sources();
        Document { title: Raw::new(title), context: self.context(), made, sections, sources }
    }

    /// The numbers, as the other reports give them.
    pub fn json(&self) -> Value {
        let mut map = self.context().json("report");
        let data = self.data;
        let code = |country: &CountryId| &data.country(*country).code;
        let dates = self.assessed_on();
        map.insert("written_on".into(), json!(self.written));
        let scope = json!({
            "countries": self.members.iter().map(code).collect::<Vec<_>>(),
            "with_card": self.with_card().map(|(country, _)| code(&country)).collect::<Vec<_>>(),
            "assessed_from": dates.map(|(first, _)| first),
            "assessed_to": dates.map(|(_, last)| last),
            "goals": data.framework.goals.len(),
            "indicators": data.framework.indicators.len(),
        });
        map.insert("scope".into(), scope);
        let question = Question::of_edition(self.members.clone(), self.edition);
        let missing = MissingReport::new(data, self.group.clone(), &question, AssignedGaps::default(), None);
        let mut take = |key: &str, report: &dyn Report, of: &[&str]| {
            let Value::Object(mut all) = report.json() else { return };
            let part: Map<String, Value> = of
                .iter()
                .filter_map(|key| all.remove(*key).map(|value| ((*key).to_owned(), value)))
                .collect();
            map.insert(key.to_owned(), Value::Object(part));
        };
        take("findings", &FindingsReport::new(data, self.findings.clone()), &["rows"]);
        let sums = [
            "cells",
            "given",
            "gaps",
            "not_applicable",
            "by_reason",
            "by_goal",
            "by_country",
            "by_indicator",
        ];
        take("missing", &missing, &sums);
        if let Some(changes) = &self.changes {
            let editions = [changes.from, changes.to];
            let changes = ChangesReport::new(data, self.group.clone(), &editions, &[], None);
            take("changes", &changes, &["steps"]);
        }
        let actions = self.actions();
        let actions: Vec<Value> = actions
            .iter()
            .map(|(country, actions)| json!({ "country": data.country(*country).code, "actions": actions }))
            .collect();
        map.insert("priority_actions".into(), Value::Array(actions));
        map.insert("sources".into(), json!(self.document().sources));
        Value::Object(map)
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

#[cfg(test)]
mod tests;
