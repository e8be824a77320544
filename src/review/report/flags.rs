//! The report on the queue: what reviewers have said and what is left to do, one row each, with the notes on the same target.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use strum::IntoEnumIterator as _;

use super::{SaidJson, TargetJson, country_field, day_field, flag_kind, indicator_field, with_target, words};
use crate::{
    core::{
        dataset::Dataset,
        framework::Group,
        report::{About, Column, Context, Field, Report, Table, closed_list, json_of},
    },
    review::{
        Flag, FlagState, Note, Queue, QueueFilter, Review,
        book::{Asked, Said},
        queue::{Item, QueueKind, QueueSort, QueueState},
    },
    text::{Raw, counted},
};

/// The items of the queue that a filter keeps, in an order.
#[derive(Debug)]
pub struct FlagsReport<'a> {
    data: &'a Dataset,
    review: &'a Review,
    group: Option<Group>,
    queue: Queue,
}

/// The report `flags`: what reviewers have said and what is left to do.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FlagsJson<'a> {
    #[serde(flatten)]
    about: About,
    /// How many rows were asked for.
    count: usize,
    /// How many there are.
    of: usize,
    /// In the order that was asked for, the newest first unless said otherwise.
    rows: Vec<ItemJson<'a>>,
}

/// A flag, a note, a cell that has changed since it was reviewed, an assigned gap, or the sign-off of a card.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QueueItem")]
pub(super) struct ItemJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    #[serde(flatten)]
    on: TargetJson<'a>,
    /// What speaks against each other, neither knowing of the other, is a conflict.
    #[schemars(schema_with = "queue_states")]
    state: &'static str,
    #[schemars(schema_with = "queue_kinds")]
    kind: &'static str,
    words: &'a Raw<'static>,
    /// What was noted on the same target, oldest first.
    notes: Vec<NoteJson<'a>>,
    /// Who is asked to deal with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    asked: Vec<AskedJson<'a>>,
    /// Who resolved it, and how; left out while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<ResolvedJson<'a>>,
    /// Who reopened it, in a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened: Option<SaidJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct AskedJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// Null for nobody in particular.
    to: Option<&'a Raw<'static>>,
    /// The day by which it is to be dealt with.
    due: Option<String>,
}

impl<'a> From<&'a Asked> for AskedJson<'a> {
    fn from(asked: &'a Asked) -> Self {
        let due = asked.due.map(|due| due.to_string());
        Self { said: (&asked.said).into(), to: asked.to.as_ref(), due }
    }
}

fn queue_states(_: &mut SchemaGenerator) -> Schema {
    closed_list(QueueState::iter().map(QueueState::id))
}

fn queue_kinds(_: &mut SchemaGenerator) -> Schema {
    closed_list(QueueKind::all().map(QueueKind::id))
}

/// A flag: who raised it on what, and what has become of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Flag")]
pub(super) struct FlagJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    #[serde(flatten)]
    on: TargetJson<'a>,
    /// A disputed flag was resolved by one and reopened by another, neither knowing of the other: it counts as open.
    #[schemars(schema_with = "states")]
    state: &'static str,
    #[schemars(schema_with = "flag_kind")]
    kind: &'static str,
    note: &'a Raw<'static>,
    /// What was noted on the same target, oldest first.
    notes: Vec<NoteJson<'a>>,
    /// Who resolved it; left out while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<ResolvedJson<'a>>,
    /// Who reopened it; left out unless that is disputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened: Option<SaidJson<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ResolvedJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// How it was resolved; left out where that is disputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a Raw<'static>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct NoteJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    text: &'a Raw<'static>,
    /// The ids of the notes of others that it answers and that stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<&'a str>,
}

impl<'a> From<&'a Note> for NoteJson<'a> {
    fn from(note: &'a Note) -> Self {
        let answers = note.answers.iter().map(crate::review::Id::text).collect();
        Self { said: (&note.said).into(), text: &note.text, answers }
    }
}

fn states(_: &mut SchemaGenerator) -> Schema {
    closed_list(["open", "resolved", "disputed"])
}

impl<'a> FlagsReport<'a> {
    /// `group` is that of the filter's members, for the heading.
    pub fn new(
        data: &'a Dataset,
        review: &'a Review,
        filter: &QueueFilter,
        sort: QueueSort,
        group: Option<Group>,
    ) -> Self {
        let mut queue = Queue::new(review, data, filter);
        sort.order(&mut queue.items, data);
        Self { data, review, group, queue }
    }

    pub fn len(&self) -> usize {
        self.queue.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.queue.items.is_empty()
    }

    fn context(&self) -> Context {
        let context = Context::of(self.data);
        match &self.group {
            Some(group) => context.in_group(self.data, group, None),
            None => context,
        }
    }

    fn notes(&self, item: &Item) -> &[Note] {
        // A note is no note on itself.
        if item.kind == QueueKind::Note { &[] } else { self.review.book.notes_on(&item.on) }
    }

    /// All that is said of an item: its words, the notes beside them, who is asked, how it was resolved, and a flag's id.
    fn said(&self, item: &Item) -> Field {
        let mut said: Vec<String> = vec![];
        if !item.words.is_empty() {
            said.push(item.words.raw().to_owned());
        }
        said.extend(
            self.notes(item).iter().map(|note| format!("{}: {}", note.said.author.raw(), note.text.raw())),
        );
        let asked = Some(item.asked_words()).filter(|words| !words.is_empty());
        said.extend(asked.map(|words| format!("asked: {words}")));
        said.extend(Some(item.resolution()).filter(|words| !words.is_empty()));
        if matches!(item.kind, QueueKind::Flag(_)) {
            said.push(item.said.id.text().to_owned());
        }
        Field::text(Raw::new(said.join(" · ")))
    }
}

impl Report for FlagsReport<'_> {
    fn name(&self) -> &'static str {
        "flags"
    }

    fn json(&self) -> Value {
        let row = |item| {
            let Item { said, on, state, kind, words, asked, resolved, reopened, .. }: &Item = item;
            let resolved =
                resolved.as_ref().map(|(by, note)| ResolvedJson { said: by.into(), note: Some(note) });
            ItemJson {
                said: said.into(),
                on: on.into(),
                state: state.id(),
                kind: kind.id(),
                words,
                notes: self.notes(item).iter().map(Into::into).collect(),
                asked: asked.iter().map(Into::into).collect(),
                resolved,
                reopened: reopened.as_ref().map(Into::into),
            }
        };
        json_of(&FlagsJson {
            about: self.context().about(self.name()),
            count: self.len(),
            of: self.queue.of,
            rows: self.queue.items.iter().map(row).collect(),
        })
    }

    fn table(&self) -> Table {
        let items = &self.queue.items;
        let count = format!("{} of {}", items.len(), counted(self.queue.of, "row", "rows"));
        let lines = vec![words(&count)];
        // Where all are of one edition the heading of the data says it.
        let is_of_one = items.windows(2).all(|two| two[0].on.edition == two[1].on.edition);
        let edition =
            |item: &Item| if is_of_one { Field::Empty } else { Field::text(words(&item.on.edition)) };
        let title = Raw::from_static("Flags");
        let table = Table { title, context: self.context(), lines, ..Table::default() }
            .of_rows(items)
            .text(Column::text("state", "State"), |item| item.state.id())
            .text(Column::page("what", "What"), |item| item.kind.title())
            .text(Column::record("kind"), |item| item.kind.id())
            .field(Column::page("country_name", "Country"), |item| country_field(self.data, &item.on))
            .field(Column::page("title", "Indicator"), |item| indicator_field(self.data, &item.on))
            .field(Column::page("label", "Edition"), edition);
        let (resolved, asked) =
            (|item: &Item| item.resolved.clone(), |item: &Item| Field::text(Raw::new(item.asked_words())));
        let notes = |item: &Item| {
            let notes = self.notes(item).iter();
            let notes = notes.map(|note| format!("{}: {}", note.said.author.raw(), note.text.raw()));
            words(&notes.collect::<Vec<_>>().join("\n"))
        };
        with_target(table, |item| Some(&item.on))
            .text(Column::text("author", "By"), |item| item.said.author.clone())
            .text(Column::record("time"), |item| words(&item.said.time))
            .field(Column::whole("day", "Day"), |item| day_field(&item.said.time))
            .field(Column::record("asked"), asked)
            .text(Column::record("id"), |item| words(item.said.id.text()))
            .text(Column::record("words"), |item| item.words.clone())
            .text(Column::record("notes"), notes)
            .field(Column::record("resolved_by"), |item| {
                resolved(item).map_or(Field::Empty, |(said, _)| Field::text(said.author))
            })
            .text(Column::record("resolved_at"), |item| {
                resolved(item).map_or_else(Raw::default, |(said, _)| words(&said.time))
            })
            .field(Column::record("resolution"), |item| {
                resolved(item).map_or(Field::Empty, |(_, note)| Field::text(note))
            })
            .field(Column::page("said", "What is said · id of a flag"), |item| self.said(item))
            .done()
    }
}

pub(super) const fn state_id(state: &FlagState) -> &'static str {
    match state {
        FlagState::Open => "open",
        FlagState::Resolved { .. } => "resolved",
        FlagState::Disputed { .. } => "disputed",
    }
}

/// Who resolved the flag, and with which words.
const fn resolved(state: &FlagState) -> Option<(&Said, Option<&Raw<'static>>)> {
    match state {
        FlagState::Open => None,
        FlagState::Resolved { by, note } => Some((by, Some(note))),
        FlagState::Disputed { resolved, note, .. } => Some((resolved, Some(note))),
    }
}

impl<'a> FlagJson<'a> {
    pub(super) fn new(flag: &'a Flag, notes: &'a [Note]) -> Self {
        let reopened = match &flag.state {
            FlagState::Disputed { reopened, .. } => Some(reopened.into()),
            FlagState::Open | FlagState::Resolved { .. } => None,
        };
        Self {
            said: (&flag.said).into(),
            on: (&flag.on).into(),
            state: state_id(&flag.state),
            kind: flag.kind.id(),
            note: &flag.note,
            notes: notes.iter().map(Into::into).collect(),
            resolved: resolved(&flag.state).map(|(by, note)| ResolvedJson { said: by.into(), note }),
            reopened,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::read,
        review::{Act, Book, FlagKind, Id, Record, Reviewer, Target, queue::Stage},
    };

    /// A flag on a cell and what two others have said of it, all written in this order unless they share a number.
    fn book(acts: Vec<(u64, Act, Vec<Id>)>) -> Book {
        let record = |(at, (lamport, act, over)): (usize, (u64, Act, Vec<Id>))| Record {
            id: Id::new("ana.0", at as u64 + 1),
            lamport,
            time: "2026-11-24T02:00:00Z".into(),
            author: Raw::from_static("Ana"),
            act,
            over,
        };
        Book::of(acts.into_iter().enumerate().map(record))
    }

    fn flag() -> Act {
        let on =
            Target { country: Some("IRL".into()), edition: "2010".into(), indicator: Some("opsc".into()) };
        Act::Flag { on, kind: FlagKind::Question, note: Raw::from_static("sure?") }
    }

    fn report(book: Book, state: Stage) -> (Value, Table) {
        let text = r#"{ "framework": { "id": "f", "scales": { "y": { "kind": "yes_no" } }, "goals": [{ "id": "g",
            "indicators": [{ "id": "opsc", "title": "OPSC", "scale": "y" }] }] }, "cards": [
            { "country": "IRL", "edition": "2010", "assessments": { "opsc": "yes" } } ] }"#;
        let data = read::from_texts("d", &[("b.json", text)]);
        let review = Review::over(book, Reviewer::default(), &data);
        let filter = QueueFilter { state, ..QueueFilter::default() };
        let report = FlagsReport::new(&data, &review, &filter, QueueSort::Newest, None);
        (report.json(), report.table())
    }

    #[test]
    fn a_resolved_flag_says_by_whom_and_is_not_among_the_open_ones() {
        let resolve = Act::Resolve { flag: Id::new("ana.0", 1), note: Raw::from_static("done") };
        let acts = vec![(1, flag(), vec![]), (2, resolve, vec![Id::new("ana.0", 1)])];
        let (json, table) = report(book(acts.clone()), Stage::All);
        let flag = &json["rows"][0];
        assert_eq!((&flag["state"], &flag["resolved"]["note"]), (&"resolved".into(), &"done".into()));
        assert!(flag.get("reopened").is_none());
        assert_eq!(table.rows[0].last().unwrap().raw(), "sure? · Ana resolved it: done · ana.0-1");
        let (json, _) = report(book(acts), Stage::Open);
        assert_eq!((&json["count"], &json["of"]), (&0.into(), &1.into()));
    }

    #[test]
    fn a_flag_in_conflict_names_both_and_counts_as_open() {
        let first = Id::new("ana.0", 1);
        let resolve = || Act::Resolve { flag: Id::new("ana.0", 1), note: Raw::from_static("done") };
        let reopen = Act::Reopen { flag: first.clone() };
        let second = Id::new("ana.0", 2);
        let acts = vec![
            (1, flag(), vec![]),
            (2, resolve(), vec![first]),
            (3, reopen, vec![second.clone()]),
            (3, resolve(), vec![second]),
        ];
        for stage in [Stage::Open, Stage::Conflict] {
            let (json, table) = report(book(acts.clone()), stage);
            let flag = &json["rows"][0];
            assert_eq!((&flag["state"], &flag["reopened"]["author"]), (&"conflict".into(), &"Ana".into()));
            assert!(table.rows[0].last().unwrap().raw().contains("Ana resolved it: done; Ana reopened it"));
        }
    }

    #[test]
    fn a_flag_on_a_cell_has_its_place_in_words_for_people_and_in_ids_for_records() {
        let (_, table) = report(book(vec![(1, flag(), vec![])]), Stage::All);
        let says = |key: &str| table.rows[0][table.position(key).unwrap()].raw();
        assert_eq!([says("country_name"), says("title")], ["Ireland", "OPSC"]);
        assert_eq!(["country", "edition", "indicator"].map(says), ["IRL", "2010", "opsc"]);
    }
}
