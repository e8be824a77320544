//! Times in a journal that cannot be right: of the future, earlier than what they answer, or running backwards.
//!
//! Only the order of Lamport numbers counts; times are shown to people, who should know which clock is wrong.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{file::Held, read::Folder};
use crate::{
    core::{problem::Problem, severity::Severity},
    review::{Act, Id, Record},
    text::{Raw, Safe, safe_line},
};

/// Clocks that differ by less are taken to agree.
const SLACK: SignedDuration = SignedDuration::from_mins(5);

impl Folder {
    /// A hint for every record whose time cannot be right.
    pub fn clocks(&self, now: Timestamp) -> Vec<Problem> {
        let held = self.files.iter().flat_map(|file| file.held.iter().map(|held| (&file.name, held)));
        let times: HashMap<&Id, (Timestamp, &Record)> = held
            .clone()
            .filter_map(|(_, held)| Some((&held.record.id, (time(&held.record)?, &held.record))))
            .collect();
        held.filter_map(|(name, held)| fault(name, held, &times, now)).collect()
    }
}

fn time(record: &Record) -> Option<Timestamp> {
    record.time.parse().ok()
}

fn fault(
    name: &Raw<'static>,
    held: &Held,
    times: &HashMap<&Id, (Timestamp, &Record)>,
    now: Timestamp,
) -> Option<Problem> {
    let record = &held.record;
    let author = record.author.line();
    let tell = |code, message: String, hint| {
        let problem = Problem::new(code, Severity::Hint, safe_line(&message)).with_hint(Safe::fixed(hint));
        Some(Problem { place: Some(held.place), ..problem.in_file(name) })
    };
    let Some(said) = time(record) else {
        let message = format!("{author} wrote this at a time that is none: {}", safe_line(&record.time));
        return tell(
            "journal-clock-unreadable",
            message,
            "the order does not depend on it; only the time that is shown is wrong",
        );
    };
    if said.duration_since(now) > SLACK {
        let message = format!("{author} wrote this in the future: {}", record.time);
        return tell(
            "journal-clock-ahead",
            message,
            "the clock of the writer is ahead, or that of this machine behind",
        );
    }
    let before =
        spoken_of(record).find_map(|id| times.get(id).filter(|(at, _)| at.duration_since(said) > SLACK));
    let (_, earlier) = before?;
    let message = format!(
        "{author} wrote this at {}, before what it speaks of: {} wrote that at {}",
        record.time,
        earlier.author.line(),
        earlier.time
    );
    tell("journal-clock-behind", message, "one of the two clocks is wrong; the order does not depend on them")
}

/// The records that a record knew of when it was written.
fn spoken_of(record: &Record) -> impl Iterator<Item = &Id> {
    let named = match &record.act {
        Act::Note { to, .. } => to.as_slice(),
        Act::Undo { of } => of.as_slice(),
        _ => &[],
    };
    record.over.iter().chain(named).chain(record.act.flag())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        review::{FlagKind, Target, line},
        store::journal::JournalFile,
    };

    fn folder(records: &[(&str, &str, Option<&str>)]) -> Folder {
        let on = Target { country: Some("ALB".into()), edition: "2022".into(), indicator: None };
        let mut text = String::new();
        for ((author, time, of), number) in records.iter().zip(1..) {
            let act = match of {
                Some(flag) => Act::Resolve { flag: Id::from(*flag), note: Raw::default() },
                None => Act::Flag { on: on.clone(), kind: FlagKind::Question, note: Raw::default() },
            };
            let record = Record {
                id: Id::new(&format!("{author}.0"), number),
                lamport: number,
                time: (*time).into(),
                author: Raw::new((*author).to_owned()),
                act,
                over: vec![],
            };
            text +=
                &line::write(&line::JournalLine::Record { framework: "f".into(), record: Box::new(record) });
        }
        let file = JournalFile::parse(Raw::from_static("a.jsonl"), text.as_bytes());
        Folder { files: vec![file], ..Folder::default() }
    }

    #[test]
    fn times_that_cannot_be_right_are_told_with_their_place_and_others_are_not() {
        let now = "2026-11-29T12:00:00Z".parse().unwrap();
        let folder = folder(&[
            ("ana", "2026-11-29T10:00:00+01:00", None),
            ("ben", "2026-11-29T08:58:00Z", Some("ana.0-1")),
            ("ben", "2026-11-28T08:58:00Z", Some("ana.0-1")),
            ("cem", "2027-01-01T00:00:00Z", None),
            ("dee", "yesterday", None),
        ]);
        let told: Vec<String> = folder.clocks(now).iter().map(|problem| problem.code.to_string()).collect();
        assert_eq!(told, ["journal-clock-behind", "journal-clock-ahead", "journal-clock-unreadable"]);
        let behind = &folder.clocks(now)[0];
        assert_eq!(behind.place.unwrap().line, 3);
        assert!(behind.severity == Severity::Hint, "the journal is whole");
    }
}
