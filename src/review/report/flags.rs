//! The report on flags: state, kind, target and author of each, with the notes on the same target.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use super::{SaidJson, TargetJson, day_field, flag_kind, place_field, with_target, words};
use crate::{
    core::{
        dataset::Dataset,
        framework::{Group, GroupMember},
        period::{EditionLabels, Period},
        report::{About, Column, Context, Field, Report, Table, closed_list, counted, json_of},
    },
    review::{Book, Flag, FlagKind, FlagState, Note, book::Said},
    text::Raw,
};

/// A filter by the state of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Open and disputed flags.
    #[default]
    Open,
    Resolved,
    All,
}

/// Which flags the report has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    pub state: StateFilter,
    pub kind: Option<FlagKind>,
    pub author: Option<Box<str>>,
    /// A country's code.
    pub country: Option<Box<str>>,
    pub edition: Option<Box<str>>,
    /// Only flags about members of the group, and flags about every country.
    pub group: Option<Group>,
}

impl Which {
    pub fn takes(&self, flag: &Flag) -> bool {
        let is_resolved = matches!(flag.state, FlagState::Resolved { .. });
        let in_state = match self.state {
            StateFilter::Open => !is_resolved,
            StateFilter::Resolved => is_resolved,
            StateFilter::All => true,
        };
        in_state
            && self.kind.is_none_or(|kind| kind == flag.kind)
            && self.author.as_deref().is_none_or(|author| author == flag.said.author.raw())
            && self.country.as_ref().is_none_or(|code| flag.on.country.as_ref() == Some(code))
            && self.edition.as_ref().is_none_or(|edition| *edition == flag.on.edition)
            && self.group.as_ref().is_none_or(|group| is_about(group, flag))
    }
}

fn is_about(group: &Group, flag: &Flag) -> bool {
    let Some(code) = &flag.on.country else { return true };
    let date = Period::parse(&flag.on.edition, EditionLabels::default()).map(|period| period.last);
    let is_member = |member: &GroupMember| date.is_none_or(|date| member.during.holds(date));
    group.members.iter().any(|member| member.code == *code && is_member(member))
}

/// The flags of a data set, or some of them.
#[derive(Debug)]
pub struct FlagsReport<'a> {
    data: &'a Dataset,
    group: Option<Group>,
    flags: Vec<(&'a Flag, &'a [Note])>,
    /// Number of flags without the filter.
    of: usize,
}

/// The report `flags`: what reviewers have flagged, with the notes beside it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FlagsJson<'a> {
    #[serde(flatten)]
    about: About,
    /// How many flags were asked for.
    count: usize,
    /// How many there are.
    of: usize,
    /// Oldest first.
    flags: Vec<FlagJson<'a>>,
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
    pub fn new(data: &'a Dataset, book: &'a Book, which: &Which) -> Self {
        let wanted = book.flags().iter().filter(|flag| which.takes(flag));
        let flags = wanted.map(|flag| (flag, book.notes_on(&flag.on))).collect();
        Self { data, group: which.group.clone(), flags, of: book.flags().len() }
    }

    pub fn len(&self) -> usize {
        self.flags.len()
    }

    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    fn context(&self) -> Context {
        let context = Context::of(self.data);
        match &self.group {
            Some(group) => context.in_group(self.data, group, None),
            None => context,
        }
    }
}

impl Report for FlagsReport<'_> {
    fn name(&self) -> &'static str {
        "flags"
    }

    fn json(&self) -> Value {
        json_of(&FlagsJson {
            about: self.context().about(self.name()),
            count: self.flags.len(),
            of: self.of,
            flags: self.flags.iter().map(|(flag, notes)| FlagJson::new(flag, notes)).collect(),
        })
    }

    fn table(&self) -> Table {
        let count = format!("{} of {}", self.flags.len(), counted(self.of as u64, "flag", "flags"));
        let notes = |notes: &[Note]| {
            let notes = notes.iter().map(|note| format!("{}: {}", note.said.author.raw(), note.text.raw()));
            notes.collect::<Vec<_>>().join("\n")
        };
        let title = Raw::from_static("Flags");
        let table = Table { title, context: self.context(), lines: vec![words(&count)], ..Table::default() }
            .of_rows(&self.flags)
            .text(Column::text("state", "State"), |(flag, _)| state_id(&flag.state))
            .text(Column::text("kind", "Kind"), |(flag, _)| flag.kind.id())
            .field(Column::whole("where", "Where"), |(flag, _)| place_field(Some(&flag.on)));
        with_target(table, |(flag, _)| Some(&flag.on))
            .text(Column::text("note", "Note"), |(flag, _)| flag.note.clone())
            .text(Column::text("author", "Author"), |(flag, _)| flag.said.author.clone())
            .text(Column::record("time"), |(flag, _)| words(&flag.said.time))
            .field(Column::whole("day", "Day"), |(flag, _)| day_field(&flag.said.time))
            .text(Column::whole("id", "Id"), |(flag, _)| words(flag.said.id.text()))
            .text(Column::record("id"), |(flag, _)| words(flag.said.id.text()))
            .text(Column::text("notes", "Notes"), |(_, all)| notes(all))
            .field(Column::record("resolved_by"), |(flag, _)| {
                Field::maybe(resolved(&flag.state).map(|(said, _)| &said.author))
            })
            .text(Column::record("resolved_at"), |(flag, _)| {
                resolved(&flag.state).map_or_else(Raw::default, |(said, _)| words(&said.time))
            })
            .field(Column::text("resolution", "Resolution"), |(flag, _)| {
                Field::maybe(resolved(&flag.state).and_then(|(_, note)| note))
            })
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
        FlagState::Disputed { resolved, .. } => Some((resolved, None)),
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
        review::{Act, Id, Record, Target},
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

    fn report(book: &Book, state: StateFilter) -> (Value, Table) {
        let data = read::from_texts("d", &[]);
        let report = FlagsReport::new(&data, book, &Which { state, ..Which::default() });
        (report.json(), report.table())
    }

    #[test]
    fn a_resolved_flag_says_by_whom_and_is_not_among_the_open_ones() {
        let resolve = Act::Resolve { flag: Id::new("ana.0", 1), note: Raw::from_static("done") };
        let book = book(vec![(1, flag(), vec![]), (2, resolve, vec![Id::new("ana.0", 1)])]);
        let (json, table) = report(&book, StateFilter::All);
        let flag = &json["flags"][0];
        assert_eq!((&flag["state"], &flag["resolved"]["note"]), (&"resolved".into(), &"done".into()));
        assert!(flag.get("reopened").is_none());
        assert_eq!(table.rows[0].last().unwrap().raw(), "done");
        let (json, _) = report(&book, StateFilter::Open);
        assert_eq!((&json["count"], &json["of"]), (&0.into(), &1.into()));
    }

    #[test]
    fn a_disputed_flag_names_both_and_counts_as_open() {
        let first = Id::new("ana.0", 1);
        let resolve = || Act::Resolve { flag: Id::new("ana.0", 1), note: Raw::from_static("done") };
        let reopen = Act::Reopen { flag: first.clone() };
        let second = Id::new("ana.0", 2);
        let book = book(vec![
            (1, flag(), vec![]),
            (2, resolve(), vec![first]),
            (3, reopen, vec![second.clone()]),
            (3, resolve(), vec![second]),
        ]);
        let (json, _) = report(&book, StateFilter::Open);
        let flag = &json["flags"][0];
        assert_eq!((&flag["state"], &flag["reopened"]["author"]), (&"disputed".into(), &"Ana".into()));
        assert!(flag["resolved"].get("note").is_none());
    }

    #[test]
    fn a_flag_on_a_cell_has_its_place_in_one_column_for_people_and_in_three_for_records() {
        let (_, table) = report(&book(vec![(1, flag(), vec![])]), StateFilter::All);
        let at = |key: &str| table.columns.iter().position(|column| column.key == key).unwrap();
        assert_eq!(table.rows[0][at("where")].raw(), "IRL 2010 opsc");
        let parts = ["country", "edition", "indicator"].map(|key| table.rows[0][at(key)].raw());
        assert_eq!(parts, ["IRL", "2010", "opsc"]);
    }
}
