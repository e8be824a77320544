//! What all records together mean: flags with their state, notes, reviewed cells and assigned gaps.
//!
//! A record *holds* unless it is undone. A record that holds *speaks* unless another record that holds replaces it.
//! Notes and reviews are replaced, and records are undone, by their own author only: a note that names another author's
//! in its place is read as an answer to it, and both stand. Where two records that resolve a flag or assign a gap speak,
//! they were written without knowledge of each other; both are shown, as a conflict.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    record::{Act, FlagKind, Id, Record, Reviewer, SignOffStage},
    target::Target,
};
use crate::{
    core::{cell::Gap, date::Date},
    text::Raw,
};

/// The id, author and time of a record.
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
    /// The records that speak for the state; a record that changes the state has to replace them.
    pub heads: Vec<Id>,
    /// Who is asked to deal with it; several if they were asked by writers who did not know of each other.
    pub asked: Vec<Asked>,
}

/// Who is asked to deal with a flag, and by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub said: Said,
    /// `None` asks nobody in particular.
    pub to: Option<Raw<'static>>,
    pub due: Option<Date>,
}

/// How far the review of a card has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    pub said: Said,
    pub stage: SignOffStage,
    pub note: Raw<'static>,
    pub seen: u64,
}

/// Who reviews a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giving {
    pub said: Said,
    /// `None` takes it back.
    pub to: Option<Raw<'static>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagState {
    Open,
    Resolved {
        by: Said,
        note: Raw<'static>,
    },
    /// Resolved and reopened by records that do not know of each other; the flag counts as open.
    Disputed {
        resolved: Said,
        note: Raw<'static>,
        reopened: Said,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub said: Said,
    pub text: Raw<'static>,
    /// The notes on the same target that stand and that it answers.
    pub answers: Vec<Id>,
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

/// All records of one data set, and what they mean together.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By Lamport number, then id.
    records: BTreeMap<(u64, Id), Record>,
    flags: Vec<Flag>,
    /// Indices into `flags` by target.
    flagged: HashMap<Target, Vec<usize>>,
    notes: HashMap<Target, Vec<Note>>,
    reviewed: HashMap<Target, Vec<Reviewed>>,
    assigned: HashMap<Target, Vec<GapAssignment>>,
    signed: HashMap<Target, Vec<SignOff>>,
    given: HashMap<Target, Vec<Giving>>,
    undone: HashSet<Id>,
}

impl Book {
    pub fn of(records: impl IntoIterator<Item = Record>) -> Self {
        let mut book = Self::default();
        book.add(records);
        book
    }

    /// Adds records, in any order. A record that is there already changes nothing.
    pub fn add(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.records.insert((record.lamport, record.id.clone()), record);
        }
        self.settle();
    }

    /// All records, oldest first, undone and replaced ones too.
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

    /// The thread on exactly this target: notes, oldest first, each of which answers some before it or none.
    pub fn notes_on(&self, on: &Target) -> &[Note] {
        self.notes.get(on).map_or(&[], Vec::as_slice)
    }

    /// The notes of a thread that nobody has answered.
    pub fn ends_of(&self, on: &Target) -> impl Iterator<Item = &Note> {
        let notes = self.notes_on(on);
        notes.iter().filter(|note| !notes.iter().any(|other| other.answers.contains(&note.said.id)))
    }

    /// Whether two notes of a thread were written at the same time: by two authors, neither of whom knew the other's,
    /// and nobody has answered both since.
    pub fn has_split(&self, on: &Target) -> bool {
        let mut ends = self.ends_of(on);
        let first = ends.next();
        ends.any(|other| first.is_some_and(|first| other.said.author != first.said.author))
    }

    /// The author's newest note on a target, if nobody has answered it.
    pub fn last_word<'a>(&'a self, on: &Target, me: &Reviewer) -> Option<&'a Note> {
        let mine = |note: &&Note| me.wrote(&note.said.id, &note.said.author);
        let newest = self.notes_on(on).iter().rev().find(mine)?;
        self.ends_of(on).find(|end| end.said.id == newest.said.id)
    }

    pub fn notes(&self) -> impl Iterator<Item = (&Target, &Note)> {
        self.notes.iter().flat_map(|(on, notes)| notes.iter().map(move |note| (on, note)))
    }

    /// The reviews of a cell; more than one if their writers did not know of each other.
    pub fn reviewed(&self, on: &Target) -> &[Reviewed] {
        self.reviewed.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn reviews(&self) -> impl Iterator<Item = (&Target, &[Reviewed])> {
        self.reviewed.iter().map(|(on, reviewed)| (on, reviewed.as_slice()))
    }

    /// The gaps assigned to a cell; several that differ are a conflict.
    pub fn assigned(&self, on: &Target) -> &[GapAssignment] {
        self.assigned.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn assignments(&self) -> impl Iterator<Item = (&Target, &[GapAssignment])> {
        self.assigned.iter().map(|(on, assigned)| (on, assigned.as_slice()))
    }

    /// The sign-offs of a card; several that differ are a conflict.
    pub fn signed(&self, on: &Target) -> &[SignOff] {
        self.signed.get(on).map_or(&[], Vec::as_slice)
    }

    pub fn sign_offs(&self) -> impl Iterator<Item = (&Target, &[SignOff])> {
        self.signed.iter().map(|(on, signed)| (on, signed.as_slice()))
    }

    /// Who reviews a card: each was given it by somebody who did not know of the others.
    pub fn given(&self, on: &Target) -> &[Giving] {
        self.given.get(on).map_or(&[], Vec::as_slice)
    }

    /// The cards that were given to somebody.
    pub fn gifts(&self) -> impl Iterator<Item = (&Target, &[Giving])> {
        self.given.iter().map(|(on, given)| (on, given.as_slice()))
    }

    pub fn is_undone(&self, id: &Id) -> bool {
        self.undone.contains(id)
    }

    /// All records about a target, oldest first: undone ones, resolutions and undos too.
    pub fn history(&self, on: &Target) -> Vec<&Record> {
        let mut known: HashSet<&Id> = HashSet::new();
        let mut found = vec![];
        for record in self.records.values() {
            let is_about = match &record.act {
                Act::Undo { of } => of.iter().any(|id| known.contains(id)),
                act => match act.flag() {
                    Some(flag) => known.contains(flag),
                    None => act.target() == Some(on),
                },
            };
            if is_about {
                known.insert(&record.id);
                found.push(record);
            }
        }
        found
    }

    /// Ids of the records that an undo takes back: this writer's latest that hold. Records kept together are undone
    /// together.
    pub fn undoable(&self, writer: &str) -> Vec<Id> {
        self.last_of(writer, |record| !matches!(record.act, Act::Undo { .. }), false)
    }

    /// Ids of the records that a redo undoes: this writer's latest undo, if no other act followed it.
    pub fn redoable(&self, writer: &str) -> Vec<Id> {
        // A redo is written as the undo of an undo; such a record does not count as an act.
        let targets_undo = |record: &Record| match &record.act {
            Act::Undo { of } => of.iter().any(|id| {
                self.records.values().any(|other| other.id == *id && matches!(other.act, Act::Undo { .. }))
            }),
            _ => false,
        };
        self.last_of(writer, |record| !targets_undo(record), true)
    }

    /// Of the writer's records that hold and are wanted, those with the highest Lamport number; with `undos`, none
    /// unless they are undos.
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
        let by_id: HashMap<&Id, &Record> = self.records.values().map(|record| (&record.id, record)).collect();
        let replaced = replaced(self.records.values().filter(holds), &by_id);
        let mut moves: HashMap<&Id, Vec<&Record>> = HashMap::new();
        let mut asked: HashMap<&Id, Vec<Asked>> = HashMap::new();
        let mut flags = vec![];
        let mut notes: HashMap<Target, Vec<Note>> = HashMap::new();
        (self.reviewed, self.assigned) = (HashMap::new(), HashMap::new());
        (self.signed, self.given) = (HashMap::new(), HashMap::new());
        for record in self.records.values().filter(holds) {
            if let Act::Flag { on, kind, note } = &record.act {
                flags.push((record, on, *kind, note));
            }
            if replaced.contains_key(&record.id) {
                continue;
            }
            let said = said(record);
            match &record.act {
                Act::Resolve { flag, .. } | Act::Reopen { flag } => {
                    moves.entry(flag).or_default().push(record);
                }
                Act::Address { flag, to, due } => {
                    asked.entry(flag).or_default().push(Asked { said, to: to.clone(), due: *due });
                }
                Act::Note { on, text, .. } if !text.is_empty() => {
                    push(&mut notes, on, Note { said, text: text.clone(), answers: vec![] });
                }
                Act::Review { on, seen } => push(&mut self.reviewed, on, Reviewed { said, seen: *seen }),
                Act::Assign { on, gap, seen } => {
                    push(&mut self.assigned, on, GapAssignment { said, gap: *gap, seen: *seen });
                }
                Act::SignOff { on, stage, note, seen } => {
                    let sign_off = SignOff { said, stage: *stage, note: note.clone(), seen: *seen };
                    push(&mut self.signed, on, sign_off);
                }
                Act::Give { on, to } => push(&mut self.given, on, Giving { said, to: to.clone() }),
                Act::Note { .. } | Act::Flag { .. } | Act::Undo { .. } => {}
            }
        }
        // An answer stays where it was when what it answers is worded anew, later.
        for thread in notes.values_mut().filter(|thread| thread.len() > 1) {
            let ids: Vec<Id> = thread.iter().map(|note| note.said.id.clone()).collect();
            for note in thread {
                let answers = answered(by_id[&note.said.id], &by_id, &replaced);
                note.answers = ids.iter().filter(|id| answers.contains(id)).cloned().collect();
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
                    asked: asked.remove(&record.id).unwrap_or_default(),
                }
            })
            .collect();
        self.flagged.clear();
        for (at, flag) in self.flags.iter().enumerate() {
            self.flagged.entry(flag.on.clone()).or_default().push(at);
        }
        self.notes = notes;
    }
}

fn push<T>(of: &mut HashMap<Target, Vec<T>>, on: &Target, one: T) {
    of.entry(on.clone()).or_default().push(one);
}

/// The records that others replace, each with the latest that does.
fn replaced<'a>(
    holding: impl Iterator<Item = &'a Record>,
    by_id: &HashMap<&Id, &'a Record>,
) -> HashMap<&'a Id, &'a Record> {
    let mut replaced = HashMap::new();
    for record in holding {
        let is_own_only = matches!(record.act, Act::Note { .. } | Act::Review { .. });
        for id in &record.over {
            let is_own = by_id.get(id).is_some_and(|other| other.is_by_author_of(record));
            if is_own || !is_own_only {
                replaced.insert(id, record);
            }
        }
    }
    replaced
}

/// The notes of others that a note answers, or that its author answered in an earlier wording of it: what stands in their
/// place now.
fn answered<'a>(
    record: &'a Record,
    by_id: &HashMap<&Id, &'a Record>,
    replaced: &HashMap<&'a Id, &'a Record>,
) -> HashSet<&'a Id> {
    let (mut found, mut seen) = (HashSet::new(), HashSet::from([&record.id]));
    // Wordings of this note, and of those that it answers; each is looked at once, whatever a file says.
    let (mut own, mut others) = (vec![record], vec![]);
    while let Some(wording) = own.pop() {
        let Act::Note { to, .. } = &wording.act else { continue };
        others.extend(to);
        for id in &wording.over {
            match by_id.get(id) {
                Some(before) if before.is_by_author_of(record) => {
                    own.extend(Some(*before).filter(|before| seen.insert(&before.id)));
                }
                _ => others.push(id),
            }
        }
    }
    while let Some(id) = others.pop().filter(|id| seen.insert(id)) {
        match replaced.get(id) {
            Some(by) => others.push(&by.id),
            None => _ = found.insert(id),
        }
    }
    found
}

fn said(record: &Record) -> Said {
    Said { id: record.id.clone(), author: record.author.clone(), time: record.time.clone() }
}

/// The state of a flag by the records that speak for it.
fn state(heads: &[&Record]) -> FlagState {
    let resolved = heads.iter().rev().find_map(|record| match &record.act {
        Act::Resolve { note, .. } => Some((said(record), note.clone())),
        _ => None,
    });
    let reopened = heads.iter().rev().find(|record| matches!(record.act, Act::Reopen { .. }));
    match (resolved, reopened) {
        (Some((resolved, note)), Some(reopened)) => {
            FlagState::Disputed { resolved, note, reopened: said(reopened) }
        }
        (Some((by, note)), None) => FlagState::Resolved { by, note },
        (None, _) => FlagState::Open,
    }
}

/// Ids of all undone records. An undo comes after the records it undoes, so the latest undo is decided first.
fn undone<'a>(records: impl DoubleEndedIterator<Item = &'a Record> + Clone) -> HashSet<Id> {
    let by_id: HashMap<&Id, &Record> = records.clone().map(|record| (&record.id, record)).collect();
    let mut undone = HashSet::new();
    for record in records.rev() {
        if let Act::Undo { of } = &record.act
            && !undone.contains(&record.id)
        {
            // Nobody takes back what another has said.
            let is_own = |id: &&Id| by_id.get(id).is_some_and(|other| other.is_by_author_of(record));
            undone.extend(of.iter().filter(|id| **id != record.id).filter(is_own).cloned());
        }
    }
    undone
}

#[cfg(test)]
mod tests;
