//! The records put together: which flags stand open, what notes say, what was reviewed, what gaps were assigned.
//!
//! A record holds unless it is undone, and speaks for its subject unless another that holds replaces it. Two that do not
//! name each other were written without knowledge of each other: both speak, and that is shown as a conflict.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    record::{Act, FlagKind, Id, Record},
    target::Target,
};
use crate::{core::cell::Gap, text::Raw};

/// Who said something, and when they said they did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub id: Id,
    pub author: Raw<'static>,
    pub time: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub said: Said,
    pub on: Target,
    pub kind: FlagKind,
    pub note: Raw<'static>,
    pub state: FlagState,
    /// What a record that changes the state has to replace.
    pub heads: Vec<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagState {
    Open,
    Resolved {
        by: Said,
        note: Raw<'static>,
    },
    /// Somebody resolved it while somebody else reopened it; it counts as open.
    Disputed {
        resolved: Said,
        reopened: Said,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub said: Said,
    pub text: Raw<'static>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    pub said: Said,
    pub seen: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapAssignment {
    pub said: Said,
    /// `None` takes an assignment back.
    pub gap: Option<Gap>,
    pub seen: u64,
}

/// All records of one data set, and what they come to.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By Lamport number, then id.
    records: BTreeMap<(u64, Id), Record>,
    flags: Vec<Flag>,
    /// Where the flags on a target stand among all.
    flagged: HashMap<Target, Vec<usize>>,
    notes: HashMap<Target, Vec<Note>>,
    reviewed: HashMap<Target, Vec<Reviewed>>,
    assigned: HashMap<Target, Vec<GapAssignment>>,
    undone: HashSet<Id>,
}

impl Book {
    pub fn of(records: impl IntoIterator<Item = Record>) -> Self {
        let mut book = Self::default();
        book.add(records);
        book
    }

    /// Takes more records, in any order; one that is there already is taken once.
    pub fn add(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.records.insert((record.lamport, record.id.clone()), record);
        }
        self.settle();
    }

    /// Oldest first, also those that are undone or replaced.
    pub fn records(&self) -> impl DoubleEndedIterator<Item = &Record> + ExactSizeIterator {
        self.records.values()
    }

    /// The highest Lamport number; 0 without records.
    pub fn latest(&self) -> u64 {
        self.records.last_key_value().map_or(0, |((lamport, _), _)| *lamport)
    }

    /// Flags that are not undone, oldest first, resolved ones too.
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    pub fn flag(&self, id: &Id) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.said.id == *id)
    }

    pub fn flags_on<'a>(&'a self, on: &'a Target) -> impl Iterator<Item = &'a Flag> {
        self.flagged.get(on).into_iter().flatten().map(|at| &self.flags[*at])
    }

    /// Notes on exactly this target, oldest first. Each stands until it is written anew.
    pub fn notes_on(&self, on: &Target) -> &[Note] {
        self.notes.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn notes(&self) -> impl Iterator<Item = (&Target, &Note)> {
        self.notes.iter().flat_map(|(on, notes)| notes.iter().map(move |note| (on, note)))
    }

    /// Who has looked at a cell; more than one when they did not know of each other.
    pub fn reviewed(&self, on: &Target) -> &[Reviewed] {
        self.reviewed.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn reviews(&self) -> impl Iterator<Item = (&Target, &[Reviewed])> {
        self.reviewed.iter().map(|(on, reviewed)| (on, reviewed.as_slice()))
    }

    /// What a gap is said to be; several that differ are a conflict.
    pub fn assigned(&self, on: &Target) -> &[GapAssignment] {
        self.assigned.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn assignments(&self) -> impl Iterator<Item = (&Target, &[GapAssignment])> {
        self.assigned.iter().map(|(on, assigned)| (on, assigned.as_slice()))
    }

    pub fn is_undone(&self, id: &Id) -> bool {
        self.undone.contains(id)
    }

    /// What was ever said about a target, oldest first: undone records, resolutions and undoings too.
    pub fn history(&self, on: &Target) -> Vec<&Record> {
        let mut known: HashSet<&Id> = HashSet::new();
        let mut found = vec![];
        for record in self.records.values() {
            let is_about = match &record.act {
                Act::Resolve { flag, .. } | Act::Reopen { flag } => known.contains(flag),
                Act::Undo { of } => of.iter().any(|id| known.contains(id)),
                act => act.target() == Some(on),
            };
            if is_about {
                known.insert(&record.id);
                found.push(record);
            }
        }
        found
    }

    /// The latest thing this writer did that still holds: what an undo takes back. Records written together are one.
    pub fn undoable(&self, writer: &str) -> Vec<Id> {
        self.last_of(writer, |record| !matches!(record.act, Act::Undo { .. }), false)
    }

    /// The latest undoing of this writer after which they did nothing new: what a redo undoes.
    pub fn redoable(&self, writer: &str) -> Vec<Id> {
        // Undoing an undo is how a redo is written; such a record does not count as new.
        let targets_undo = |record: &Record| match &record.act {
            Act::Undo { of } => of.iter().any(|id| {
                self.records.values().any(|other| other.id == *id && matches!(other.act, Act::Undo { .. }))
            }),
            _ => false,
        };
        self.last_of(writer, |record| !targets_undo(record), true)
    }

    /// Of the writer's records that hold and are wanted, those of the latest writing; for `undos`, only if it is one.
    fn last_of(&self, writer: &str, is_wanted: impl Fn(&Record) -> bool, undos: bool) -> Vec<Id> {
        let mine = || self.records.values().rev().filter(|record| record.id.writer() == writer);
        let holds = |record: &&Record| !self.undone.contains(&record.id) && is_wanted(record);
        let Some(last) = mine().find(holds) else { return vec![] };
        if undos && !matches!(last.act, Act::Undo { .. }) {
            return vec![];
        }
        mine().filter(|r| r.lamport == last.lamport).filter(holds).map(|r| r.id.clone()).collect()
    }

    fn settle(&mut self) {
        self.undone = undone(self.records.values());
        let holds = |record: &&Record| !self.undone.contains(&record.id);
        let replaced: HashSet<&Id> =
            self.records.values().filter(holds).flat_map(|record| &record.over).collect();
        let mut moves: HashMap<&Id, Vec<&Record>> = HashMap::new();
        let (mut flags, mut notes) = (vec![], HashMap::<Target, Vec<Note>>::new());
        let mut reviewed = HashMap::<Target, Vec<Reviewed>>::new();
        let mut assigned = HashMap::<Target, Vec<GapAssignment>>::new();
        for record in self.records.values().filter(holds) {
            let speaks = !replaced.contains(&record.id);
            match &record.act {
                Act::Flag { on, kind, note } => flags.push((record, on, *kind, note)),
                Act::Resolve { flag, .. } | Act::Reopen { flag } if speaks => {
                    moves.entry(flag).or_default().push(record);
                }
                Act::Note { on, text } if speaks && !text.is_empty() => {
                    notes
                        .entry(on.clone())
                        .or_default()
                        .push(Note { said: said(record), text: text.clone() });
                }
                Act::Review { on, seen } if speaks => {
                    reviewed
                        .entry(on.clone())
                        .or_default()
                        .push(Reviewed { said: said(record), seen: *seen });
                }
                Act::Assign { on, gap, seen } if speaks => assigned
                    .entry(on.clone())
                    .or_default()
                    .push(GapAssignment { said: said(record), gap: *gap, seen: *seen }),
                _ => {}
            }
        }
        self.flags = flags
            .into_iter()
            .map(|(record, on, kind, note)| {
                let heads = moves.remove(&record.id).unwrap_or_default();
                Flag {
                    said: said(record),
                    on: on.clone(),
                    kind,
                    note: note.clone(),
                    state: state(&heads),
                    heads: heads.iter().map(|head| head.id.clone()).collect(),
                }
            })
            .collect();
        self.flagged.clear();
        for (at, flag) in self.flags.iter().enumerate() {
            self.flagged.entry(flag.on.clone()).or_default().push(at);
        }
        (self.notes, self.reviewed, self.assigned) = (notes, reviewed, assigned);
    }
}

fn said(record: &Record) -> Said {
    Said { id: record.id.clone(), author: record.author.clone(), time: record.time.clone() }
}

/// Whichever of the records that speak for a flag resolve it, and whichever reopen it.
fn state(heads: &[&Record]) -> FlagState {
    let resolved = heads.iter().rev().find_map(|record| match &record.act {
        Act::Resolve { note, .. } => Some((said(record), note.clone())),
        _ => None,
    });
    let reopened = heads.iter().rev().find(|record| matches!(record.act, Act::Reopen { .. }));
    match (resolved, reopened) {
        (Some((resolved, _)), Some(reopened)) => FlagState::Disputed { resolved, reopened: said(reopened) },
        (Some((by, note)), None) => FlagState::Resolved { by, note },
        (None, _) => FlagState::Open,
    }
}

/// An undo comes after what it undoes, so the latest are decided first.
fn undone<'a>(records: impl DoubleEndedIterator<Item = &'a Record>) -> HashSet<Id> {
    let mut undone = HashSet::new();
    for record in records.rev() {
        if let Act::Undo { of } = &record.act
            && !undone.contains(&record.id)
        {
            undone.extend(of.iter().filter(|id| **id != record.id).cloned());
        }
    }
    undone
}

#[cfg(test)]
mod tests;
