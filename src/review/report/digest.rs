//! The digest of a review: what contradicts itself, what is open by country, what was said, and what was settled.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use strum::IntoEnumIterator as _;

use super::{country_field, day_field, indicator_field, words};
use crate::{
    core::{
        dataset::Dataset,
        date::Date,
        report::{About, Column, Context, Field, Report, Table, closed_list, json_of},
    },
    review::{
        Book, Review, Reviewer,
        news::Seen,
        queue::{Item, QueueKind, QueueState, items},
    },
    text::{Raw, counted},
};

/// The parts of a digest, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
enum Part {
    /// Resolved and reopened, or assigned differently, by two who did not know of each other.
    Conflict,
    /// Reviewed, and something else on the card since.
    Changed,
    /// A flag that nobody has resolved.
    Open,
    /// A note: it asks for nothing.
    Said,
    Settled,
}

impl Part {
    const fn id(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Changed => "changed",
            Self::Open => "open",
            Self::Said => "said",
            Self::Settled => "settled",
        }
    }

    fn of(item: &Item) -> Self {
        match (item.state, item.kind) {
            (QueueState::Conflict, _) => Self::Conflict,
            (QueueState::Changed, _) => Self::Changed,
            (QueueState::Resolved, _) => Self::Settled,
            (QueueState::Open, QueueKind::Note) => Self::Said,
            (QueueState::Open, _) => Self::Open,
        }
    }
}

/// One line of the digest.
#[derive(Clone, Debug)]
struct DigestRow {
    part: Part,
    item: Item,
    country: Field,
    indicator: Field,
}

/// What reviewers have said and settled, since a day.
#[derive(Debug)]
pub struct DigestReport<'a> {
    data: &'a Dataset,
    since: DigestSince,
    rows: Vec<DigestRow>,
}

/// From when on a digest tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DigestSince {
    #[default]
    Ever,
    /// What was said or resolved on this day or later.
    Day(Date),
    /// What was not in the digests before.
    Last(Seen),
}

/// The report `digest`: what reviewers have said and settled.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DigestJson<'a> {
    #[serde(flatten)]
    about: About,
    /// Only what was said or settled on this day or later; null for everything, or for what was in no digest before.
    since: Option<String>,
    /// Conflicts first, then what changed, what is open, notes, and what was settled; each by country.
    rows: Vec<DigestRowJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DigestRow")]
pub(super) struct DigestRowJson<'a> {
    #[schemars(schema_with = "parts")]
    part: &'static str,
    /// Alpha-3 or user-assigned code; null for every country.
    country: Option<&'a str>,
    edition: &'a str,
    /// The id of the indicator; null for the whole card.
    indicator: Option<&'a str>,
    /// The kind of a flag, or `note`, `review` or `assignment`.
    kind: &'static str,
    words: &'a Raw<'static>,
    author: &'a Raw<'static>,
    time: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_by: Option<&'a Raw<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a Raw<'static>>,
}

fn parts(_: &mut SchemaGenerator) -> Schema {
    closed_list(Part::iter().map(Part::id))
}

impl<'a> DigestReport<'a> {
    pub fn new(data: &'a Dataset, book: Book, since: DigestSince) -> Self {
        let review = Review::over(book, Reviewer::default(), data);
        let row = |item: Item| DigestRow {
            part: Part::of(&item),
            country: country_field(data, &item.on),
            indicator: indicator_field(data, &item.on),
            item,
        };
        let mut rows: Vec<DigestRow> = items(&review, data).into_iter().map(row).collect();
        rows.retain(|row| since.takes(&row.item));
        rows.sort_by(|one, other| (one.part, one.country.raw()).cmp(&(other.part, other.country.raw())));
        Self { data, since, rows }
    }

    fn count(&self, part: Part) -> usize {
        self.rows.iter().filter(|row| row.part == part).count()
    }
}

impl DigestSince {
    fn takes(&self, item: &Item) -> bool {
        match self {
            Self::Ever => true,
            Self::Day(since) => item.days().any(|day| day >= *since),
            Self::Last(told) => {
                let resolved = item.resolved.iter().map(|(said, _)| said);
                let asked = item.asked.iter().map(|asked| &asked.said);
                let mut said = std::iter::once(&item.said).chain(resolved).chain(asked);
                said.any(|said| !told.has(&said.id))
            }
        }
    }
}

impl<'a> From<&'a DigestRow> for DigestRowJson<'a> {
    fn from(row: &'a DigestRow) -> Self {
        let (by, at, reason) = match &row.item.resolved {
            Some((by, reason)) => (Some(&by.author), Some(&*by.time), Some(reason)),
            None => (None, None, None),
        };
        Self {
            part: row.part.id(),
            country: row.item.on.country.as_deref(),
            edition: &row.item.on.edition,
            indicator: row.item.on.indicator.as_deref(),
            kind: row.item.kind.id(),
            words: &row.item.words,
            author: &row.item.said.author,
            time: &row.item.said.time,
            resolved_by: by,
            resolved_at: at,
            reason,
        }
    }
}

impl Report for DigestReport<'_> {
    fn name(&self) -> &'static str {
        "digest"
    }

    fn json(&self) -> Value {
        json_of(&DigestJson {
            about: Context::of(self.data).about(self.name()),
            since: if let DigestSince::Day(day) = &self.since { Some(day.to_string()) } else { None },
            rows: self.rows.iter().map(Into::into).collect(),
        })
    }

    fn table(&self) -> Table {
        let since = match &self.since {
            DigestSince::Ever => String::new(),
            DigestSince::Day(since) => format!("Since {since}: "),
            DigestSince::Last(_) => "Since the last digest: ".to_owned(),
        };
        let named = [
            (Part::Conflict, "conflict", "conflicts"),
            (Part::Changed, "cell changed since its review", "cells changed since their review"),
            (Part::Open, "open flag", "open flags"),
            (Part::Said, "note", "notes"),
            (Part::Settled, "settled", "settled"),
        ];
        let counts = named.map(|(part, one, several)| counted(self.count(part), one, several));
        let lines = vec![words(&format!("{since}{}", counts.join(", ")))];
        let title = Raw::from_static("What reviewers have said");
        let said = |row: &DigestRow| {
            if row.item.words.is_empty() { Field::Empty } else { Field::text(row.item.words.clone()) }
        };
        let settled = |row: &DigestRow| {
            let Some((by, reason)) = &row.item.resolved else { return Field::Empty };
            let day: String = by.time.chars().take(10).collect();
            let reason = if reason.is_empty() { String::new() } else { format!(": {}", reason.raw()) };
            Field::text(Raw::new(format!("{} {day}{reason}", by.author.raw())))
        };
        Table { title, context: Context::of(self.data), lines, ..Table::default() }
            .of_rows(&self.rows)
            .text(Column::text("part", "State"), |row| row.part.id())
            .field(Column::text("country", "Country"), |row| row.country.clone())
            .text(Column::text("edition", "Edition"), |row| words(&row.item.on.edition))
            .field(Column::text("indicator", "Indicator"), |row| row.indicator.clone())
            .text(Column::text("kind", "What"), |row| row.item.kind.title())
            .field(Column::text("words", "Words"), said)
            .text(Column::text("author", "By"), |row| row.item.said.author.clone())
            .field(Column::whole("day", "Day"), |row| day_field(&row.item.said.time))
            .text(Column::record("time"), |row| words(&row.item.said.time))
            .field(Column::text("settled", "Resolved"), settled)
            .done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::read::from_texts,
        review::{Act, FlagKind, Id, Record, Target},
    };

    #[test]
    fn conflicts_come_first_then_what_is_open_by_country_then_what_was_settled() {
        let text = r#"{ "framework": { "id": "f", "scales": { "y": { "kind": "yes_no" } }, "goals": [{ "id": "g",
            "indicators": [{ "id": "p", "title": "Plan", "scale": "y" }] }] }, "cards": [
            { "country": "UZB", "edition": "2010", "assessments": { "p": "yes" } },
            { "country": "ALB", "edition": "2010", "assessments": { "p": "no" } } ] }"#;
        let data = from_texts("d", &[("b.json", text)]);
        let on = |code: &str| Target {
            country: Some(code.into()),
            edition: "2010".into(),
            indicator: Some("p".into()),
        };
        let flag =
            |code: &str| Act::Flag { on: on(code), kind: FlagKind::Question, note: Raw::from_static("why?") };
        let resolve = |of: &str| Act::Resolve { flag: Id::from(of), note: Raw::from_static("page 3") };
        let acts = [
            ("ana", 1, flag("UZB"), vec![]),
            ("ana", 2, flag("ALB"), vec![]),
            ("ben", 3, resolve("ana.0-1"), vec![]),
            ("ana", 4, flag("UZB"), vec![]),
            ("ben", 5, resolve("ana.0-4"), vec![]),
            ("cem", 6, Act::Reopen { flag: Id::from("ana.0-4") }, vec![]),
            ("cem", 7, Act::Note { on: on("ALB"), text: Raw::from_static("asked"), to: vec![] }, vec![]),
        ];
        let records = acts.into_iter().map(|(who, lamport, act, over)| Record {
            id: Id::new(&format!("{who}.0"), lamport),
            lamport,
            time: format!("2026-11-{:02}T10:00:00Z", 10 + lamport).into(),
            author: Raw::new(who.to_owned()),
            act,
            over,
        });
        let records: Vec<Record> = records.collect();
        let report = |since: Option<&str>| {
            DigestReport::new(
                &data,
                Book::of(records.clone()),
                since.and_then(Date::parse).map_or(DigestSince::Ever, DigestSince::Day),
            )
        };
        let told = |report: &DigestReport<'_>| -> Vec<String> {
            let row = |row: &DigestRow| format!("{} {}", row.part.id(), row.country.raw());
            report.rows.iter().map(row).collect()
        };
        let all = report(None);
        assert_eq!(told(&all), ["conflict Uzbekistan", "open Albania", "said Albania", "settled Uzbekistan"]);
        assert_eq!(
            all.table().lines[0].raw(),
            "1 conflict, 0 cells changed since their review, 1 open flag, 1 note, 1 settled"
        );
        let json = all.json();
        assert_eq!(
            (&json["rows"][3]["resolved_by"], &json["rows"][3]["reason"]),
            (&"ben".into(), &"page 3".into())
        );
        // What was said before the day is left out, unless it was settled since.
        assert_eq!(
            told(&report(Some("2026-11-13"))),
            ["conflict Uzbekistan", "said Albania", "settled Uzbekistan"]
        );
        assert_eq!(report(Some("2027-01-01")).rows.len(), 0);
    }
}
