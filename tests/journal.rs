//! The journal under everything that can happen to a disk: nothing that was said to be saved is ever lost.
//!
//! `VISAVIS_FAULTS=long cargo test --release --test journal -- --nocapture` runs the long versions, which
//! `docs/reliability.md` keeps the figures of.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop and say where")]

#[path = "journal/clones.rs"]
mod clones;
#[path = "journal/conversation.rs"]
mod conversation;
#[path = "journal/fake.rs"]
mod fake;
#[path = "journal/faults.rs"]
mod faults;
#[path = "journal/kills.rs"]
mod kills;
#[path = "journal/lines.rs"]
mod lines;
#[path = "journal/manners.rs"]
mod manners;
#[path = "journal/tmpfs.rs"]
mod tmpfs;

use std::{path::Path, sync::Arc};

use visavis::{
    review::{Act, Draft, FlagKind, Record, Target, identity::Identity},
    store::journal::{Disk, Home, Journal, JournalReading, Os, Settings},
    text::Raw,
};

fn is_long() -> bool {
    std::env::var_os("VISAVIS_FAULTS").is_some_and(|value| value == "long")
}

/// How often something is tried: in CI, and for the record.
fn times(short: usize, long: usize) -> usize {
    if is_long() { long } else { short }
}

fn identity(framework: &str, countries: &str) -> Identity {
    Identity { framework: framework.into(), countries: countries.split(' ').map(Box::from).collect() }
}

fn cards() -> Identity {
    identity("progress-card", "ALB ARM AZE BIH")
}

fn settings(disk: Arc<dyn Disk>, folder: &Path, state: &Path, author: &str) -> Settings {
    Settings {
        disk,
        home: Home::Folder(folder.to_owned()),
        state: Some(state.to_owned()),
        author: Raw::new(author.to_owned()),
        asks: visavis::core::framework::ReviewRules::default(),
        is_guessed: false,
        machine: "host 1000".into(),
        clock: || "2026-11-24T02:00:00+01:00".to_owned(),
    }
}

/// The journal of some cards in a folder; the state folder is beside it.
fn open(folder: &Path, author: &str) -> (Journal, JournalReading) {
    let state = folder.parent().unwrap().join("state");
    Journal::open(settings(Arc::new(Os), folder, &state, author), cards()).unwrap()
}

fn on(country: &str) -> Target {
    Target { country: Some(country.into()), edition: "2022".into(), indicator: Some("opsc".into()) }
}

fn note(text: &str) -> Draft {
    Draft::new(Act::Note { on: on("ALB"), text: Raw::new(text.to_owned()), to: vec![] })
}

fn flag(note: &str) -> Draft {
    let (on, kind) = (on("ARM"), FlagKind::CheckSource);
    Draft::new(Act::Flag { on, kind, note: Raw::new(note.to_owned()) })
}

/// What a record says, which in these tests is unique.
fn text(record: &Record) -> String {
    match &record.act {
        Act::Note { text, .. } | Act::Flag { note: text, .. } => text.raw().to_owned(),
        act => panic!("{act:?} was never written"),
    }
}

fn texts(records: &[Record]) -> Vec<String> {
    records.iter().map(text).collect()
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}
