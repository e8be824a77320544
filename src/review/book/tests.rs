//! Tests what records mean together, as reviewers would say it.

use super::*;

fn on(indicator: &str) -> Target {
    Target { country: Some("ALB".into()), edition: "2022".into(), indicator: Some(indicator.into()) }
}

/// Writes records as one writer after another would, each having read all before.
struct Pen {
    records: Vec<Record>,
}

impl Pen {
    fn new() -> Self {
        Self { records: vec![] }
    }

    fn write(&mut self, writer: &str, lamport: u64, act: Act, over: &[&Id]) -> Id {
        let number = self.records.len() as u64 + 1;
        let id = Id::new(&format!("{writer}.0"), number);
        self.records.push(Record {
            id: id.clone(),
            lamport,
            time: "2026-11-24T02:00:00Z".into(),
            author: Raw::new(writer.to_owned()),
            act,
            over: over.iter().map(|id| (*id).clone()).collect(),
        });
        id
    }

    fn next(&mut self, writer: &str, act: Act) -> Id {
        let lamport = self.book().latest() + 1;
        self.write(writer, lamport, act, &[])
    }

    fn book(&self) -> Book {
        Book::of(self.records.clone())
    }
}

fn flag(indicator: &str) -> Act {
    Act::Flag { on: on(indicator), kind: FlagKind::Question, note: Raw::default() }
}

fn note(text: &str) -> Act {
    Act::Note { on: on("opsc"), text: Raw::new(text.to_owned()), to: vec![] }
}

#[test]
fn undo_takes_back_the_last_thing_and_redo_brings_it_back_until_something_new_is_done() {
    let mut pen = Pen::new();
    let first = pen.next("ana", flag("opsc"));
    let second = pen.next("ana", flag("helpline"));
    pen.next("ben", flag("shelters"));
    assert_eq!(pen.book().undoable("ana"), std::slice::from_ref(&second));
    let undo = pen.next("ana", Act::Undo { of: vec![second.clone()] });
    assert!(pen.book().is_undone(&second));
    assert_eq!(
        (pen.book().undoable("ana"), pen.book().redoable("ana")),
        (vec![first.clone()], vec![undo.clone()])
    );
    let again = pen.next("ana", Act::Undo { of: vec![first.clone()] });
    assert_eq!(pen.book().redoable("ana"), std::slice::from_ref(&again));
    pen.next("ana", Act::Undo { of: vec![again] });
    assert_eq!(pen.book().redoable("ana"), std::slice::from_ref(&undo), "the older undo is next");
    pen.next("ana", Act::Undo { of: vec![undo] });
    assert_eq!(pen.book().flags().len(), 3);
    assert_eq!(pen.book().redoable("ana"), []);
    let third = pen.next("ana", flag("plan"));
    pen.next("ana", Act::Undo { of: vec![third] });
    pen.next("ana", flag("police"));
    assert_eq!(pen.book().redoable("ana"), [], "something new was done");
}

#[test]
fn what_was_written_together_is_undone_together() {
    let mut pen = Pen::new();
    let a = pen.write("ana", 5, flag("opsc"), &[]);
    let b = pen.write("ana", 5, flag("helpline"), &[]);
    let mut both = pen.book().undoable("ana");
    both.sort();
    assert_eq!(both, [a, b]);
}

#[test]
fn a_flag_is_resolved_reopened_and_disputed_when_both_happened_at_once() {
    let mut pen = Pen::new();
    let id = pen.next("ana", flag("opsc"));
    let resolve = || Act::Resolve { flag: id.clone(), note: Raw::default() };
    let resolved = pen.write("ben", 2, resolve(), &[]);
    assert!(matches!(pen.book().flags()[0].state, FlagState::Resolved { .. }));
    let reopened = pen.write("ana", 3, Act::Reopen { flag: id.clone() }, &[&resolved]);
    assert_eq!(pen.book().flags()[0].state, FlagState::Open);
    pen.write("cem", 3, resolve(), &[&resolved]);
    assert!(matches!(pen.book().flags()[0].state, FlagState::Disputed { .. }));
    let heads = pen.book().flags()[0].heads.clone();
    assert_eq!(heads.len(), 2);
    let heads: Vec<&Id> = heads.iter().collect();
    pen.write("ana", 4, resolve(), &heads);
    assert!(matches!(pen.book().flags()[0].state, FlagState::Resolved { .. }));
    assert_ne!(reopened, id);
}

#[test]
fn two_versions_of_a_note_that_do_not_know_each_other_both_stand() {
    let mut pen = Pen::new();
    let first = pen.next("ana", note("article 12?"));
    pen.write("ana", 2, note("article 14"), &[&first]);
    pen.write("ben", 2, note("article 15"), &[&first]);
    let book = pen.book();
    let texts: Vec<&str> = book.notes_on(&on("opsc")).iter().map(|note| note.text.raw()).collect();
    assert_eq!(texts, ["article 14", "article 15"]);
}

#[test]
fn records_come_to_the_same_in_whatever_order_they_arrive() {
    let mut pen = Pen::new();
    let a = pen.next("ana", flag("opsc"));
    let b = pen.write("ben", 2, Act::Resolve { flag: a.clone(), note: Raw::default() }, &[]);
    pen.write("ana", 2, Act::Undo { of: vec![a] }, &[]);
    pen.write("cem", 3, Act::Undo { of: vec![b] }, &[]);
    let forward = pen.book();
    let mut records = pen.records.clone();
    records.reverse();
    let mut backward = Book::default();
    for record in records {
        backward.add([record.clone(), record]);
    }
    assert_eq!(forward.flags(), backward.flags());
    assert_eq!(forward.records().count(), backward.records().count());
}

#[test]
fn the_history_of_a_cell_has_what_was_undone_and_resolved() {
    let mut pen = Pen::new();
    let a = pen.next("ana", flag("opsc"));
    pen.next("ana", flag("helpline"));
    pen.next("ben", Act::Resolve { flag: a.clone(), note: Raw::default() });
    pen.next("ana", Act::Undo { of: vec![a] });
    let book = pen.book();
    let history: Vec<&str> = book.history(&on("opsc")).iter().map(|record| record.act.title()).collect();
    assert_eq!(history, ["flagged", "resolved", "undid"]);
}
