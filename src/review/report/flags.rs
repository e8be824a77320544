//! Flags on paper: what is open or resolved, on which cell, by whom, with the notes beside it.

use serde_json::{Value, json};

use super::{day_field, place_field, said_json, target_fields, words};
use crate::{
    core::{
        dataset::Dataset,
        date::Date,
        framework::{Group, GroupMember},
        report::{Column, Context, Field, Report, Table, counted},
    },
    review::{Book, Flag, FlagKind, FlagState, Note},
    text::Raw,
};

/// Which flags by their state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Also the disputed ones.
    #[default]
    Open,
    Resolved,
    All,
}

/// Which flags are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    pub state: StateFilter,
    pub kind: Option<FlagKind>,
    pub author: Option<Box<str>>,
    /// A code.
    pub country: Option<Box<str>>,
    pub edition: Option<Box<str>>,
    /// Only its members; what is about every country stays.
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
    let date = Date::parse(&flag.on.edition);
    let is_member = |member: &GroupMember| date.is_none_or(|date| member.during.holds(date));
    group.members.iter().any(|member| member.code == *code && is_member(member))
}

/// The flags of a data set, or some of them.
#[derive(Debug)]
pub struct FlagsReport<'a> {
    data: &'a Dataset,
    group: Option<Group>,
    flags: Vec<(&'a Flag, &'a [Note])>,
    /// Of how many.
    of: usize,
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
        let mut map = self.context().json(self.name());
        map.insert("count".into(), json!(self.flags.len()));
        map.insert("of".into(), json!(self.of));
        map.insert("flags".into(), self.flags.iter().map(|(flag, notes)| flag_json(flag, notes)).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let text = |key: &str, title: &'static str| Column::text(key, Raw::from_static(title));
        Table {
            title: Raw::from_static("Flags"),
            context: self.context(),
            lines: vec![words(&format!(
                "{} of {}",
                self.flags.len(),
                counted(self.of as u64, "flag", "flags")
            ))],
            columns: vec![
                text("state", "State"),
                text("kind", "Kind"),
                Column::whole("where", Raw::from_static("Where")),
                Column::record("country"),
                Column::record("edition"),
                Column::record("indicator"),
                text("note", "Note"),
                text("author", "Author"),
                Column::record("time"),
                Column::whole("day", Raw::from_static("Day")),
                Column::whole("id", Raw::from_static("Id")),
                Column::record("id"),
                text("notes", "Notes"),
                Column::record("resolved_by"),
                Column::record("resolved_at"),
                text("resolution", "Resolution"),
            ],
            rows: self.flags.iter().map(|(flag, notes)| row(flag, notes)).collect(),
            ..Table::default()
        }
    }
}

pub(super) const fn state_id(state: &FlagState) -> &'static str {
    match state {
        FlagState::Open => "open",
        FlagState::Resolved { .. } => "resolved",
        FlagState::Disputed { .. } => "disputed",
    }
}

pub(super) fn flag_json(flag: &Flag, notes: &[Note]) -> Value {
    let mut json = json!({
        "id": flag.said.id,
        "state": state_id(&flag.state),
        "kind": flag.kind.id(),
        "country": flag.on.country,
        "edition": flag.on.edition,
        "indicator": flag.on.indicator,
        "note": flag.note,
        "author": flag.said.author,
        "time": flag.said.time,
        "notes": notes.iter().map(note_json).collect::<Vec<_>>(),
    });
    let changed = match &flag.state {
        FlagState::Open => vec![],
        FlagState::Resolved { by, note } => {
            let mut by = said_json(by);
            by["note"] = json!(note);
            vec![("resolved", by)]
        }
        FlagState::Disputed { resolved, reopened } => {
            vec![("resolved", said_json(resolved)), ("reopened", said_json(reopened))]
        }
    };
    for (key, value) in changed {
        json[key] = value;
    }
    json
}

pub(super) fn note_json(note: &Note) -> Value {
    let mut json = said_json(&note.said);
    json["text"] = json!(note.text);
    json
}

fn row(flag: &Flag, notes: &[Note]) -> Vec<Field> {
    let time = |time: &str| Field::text(words(time));
    let texts: Vec<String> =
        notes.iter().map(|note| format!("{}: {}", note.said.author.raw(), note.text.raw())).collect();
    let (resolved, resolution) = match &flag.state {
        FlagState::Open => (None, None),
        FlagState::Resolved { by, note } => (Some(by), Some(note)),
        FlagState::Disputed { resolved, .. } => (Some(resolved), None),
    };
    let [country, edition, indicator] = target_fields(Some(&flag.on));
    let id = || Field::text(words(flag.said.id.text()));
    vec![
        Field::text(state_id(&flag.state)),
        Field::text(flag.kind.id()),
        place_field(Some(&flag.on)),
        country,
        edition,
        indicator,
        Field::text(flag.note.clone()),
        Field::text(flag.said.author.clone()),
        time(&flag.said.time),
        day_field(&flag.said.time),
        id(),
        id(),
        Field::text(words(&texts.join("\n"))),
        Field::maybe(resolved.map(|said| &said.author)),
        resolved.map_or(Field::Empty, |said| time(&said.time)),
        Field::maybe(resolution),
    ]
}
