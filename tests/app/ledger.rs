//! What was said to be saved, sent off, undone or only typed; and whether the disk agrees.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// How far a text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Typed and left: it is a draft.
    Typed,
    /// On its way to the journal when the end came: it may be there.
    Sent,
    /// The screen said that it is saved.
    Saved,
    /// Saved, and then taken back: it may be written again.
    Undone,
}

pub(crate) struct Ledger {
    state: PathBuf,
    name: String,
    texts: BTreeMap<String, Way>,
    /// How often nothing opened to type into.
    pub(crate) refused: usize,
    pub(crate) ends: Vec<&'static str>,
}

impl Ledger {
    pub(crate) fn new(state: &Path, name: &str) -> Self {
        let (state, name) = (state.to_owned(), name.to_owned());
        Self { state, name, texts: BTreeMap::new(), refused: 0, ends: vec![] }
    }

    /// A text that nobody has typed before; the end makes it no beginning of another one.
    pub(crate) fn next(&mut self) -> String {
        let text = format!("{}n{}.", self.name, self.texts.len() + self.refused);
        self.texts.insert(text.clone(), Way::Sent);
        text
    }

    pub(crate) fn typed(&mut self, text: &str) {
        self.texts.insert(text.to_owned(), Way::Typed);
    }

    pub(crate) fn sent(&mut self, text: &str) {
        self.texts.insert(text.to_owned(), Way::Sent);
    }

    pub(crate) fn said_saved(&mut self, text: &str) {
        self.texts.insert(text.to_owned(), Way::Saved);
    }

    pub(crate) fn undone(&mut self, text: &str) {
        self.texts.insert(text.to_owned(), Way::Undone);
    }

    fn count(&self, way: Way) -> usize {
        self.texts.values().filter(|found| **found == way).count()
    }

    fn drafts(&self) -> String {
        fs::read_to_string(self.state.join("visavis/drafts.json")).unwrap_or_default()
    }

    pub(crate) fn has_drafts(&self) -> bool {
        self.drafts().contains("\"text\"")
    }

    /// Every record in the journal's files, as the lines have it.
    fn records(&self) -> Vec<Value> {
        let files = |folder: PathBuf| {
            let entries = fs::read_dir(folder).into_iter().flatten();
            entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
        };
        let folders = files(self.state.join("visavis/reviews"));
        let lines = folders
            .into_iter()
            .flat_map(files)
            .filter(|path| path.extension().is_some_and(|end| end == "jsonl"));
        lines
            .flat_map(|path| {
                let text = fs::read_to_string(path).unwrap();
                text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect::<Vec<Value>>()
            })
            .filter(|line: &Value| line["act"].is_string())
            .collect()
    }

    /// What was typed and left, and is neither a draft on the disk nor in the journal.
    pub(crate) fn lost_drafts(&self) -> Vec<&String> {
        let (drafts, records) = (self.drafts(), self.records());
        let is_said = |text: &str| records.iter().any(|record| said(record).contains(text));
        let typed = self.texts.iter().filter(|(_, way)| **way == Way::Typed);
        typed.map(|(text, _)| text).filter(|text| !drafts.contains(*text) && !is_said(text)).collect()
    }

    /// The notes of all flags, as the program lists them.
    fn listed(&self) -> Vec<String> {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_visavis"))
            .args(["flags", "list", "--state", "all", "--format", "json"])
            .current_dir(super::session::nowhere())
            .env("XDG_STATE_HOME", &self.state)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let flags = report["rows"].as_array().unwrap().iter().filter(|row| row["kind"] != "note");
        flags.map(|row| word(row, "words")).collect()
    }

    /// Nothing is lost, and nothing is there twice.
    ///
    /// A text is typed behind what stands there already, such as a draft that was left: so it is the end of what was
    /// saved, and only of that.
    pub(crate) fn check(&self, told: &str) {
        let (records, listed) = (self.records(), self.listed());
        let lost = self.lost_drafts();
        assert!(lost.is_empty(), "{told}: {lost:?} in neither journal nor drafts\n{}", self.drafts());
        for (text, way) in &self.texts {
            let written =
                records.iter().filter(|record| said(record).trim_end().ends_with(text.as_str())).count();
            let is_right = match way {
                Way::Saved => written == 1,
                Way::Undone => written >= 1,
                Way::Sent | Way::Typed => written <= 1,
            };
            assert!(is_right, "{told}: {text} {way:?}, written {written} times\n{records:?}");
        }
        let replaced: HashSet<&str> = records
            .iter()
            .filter(|record| record["act"] == "flag" || record["act"] == "undo")
            .flat_map(|record| ["over", "of"].map(|key| record[key].as_array()))
            .flatten()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let is_whole: BTreeSet<&String> = listed.iter().filter(|note| !note.is_empty()).collect();
        assert_eq!(
            is_whole.len(),
            listed.iter().filter(|note| !note.is_empty()).count(),
            "{told}: twice in {listed:?}"
        );
        for record in records.iter().filter(|record| record["act"] == "flag") {
            let is_replaced = replaced.contains(&*word(record, "id"));
            assert!(
                is_replaced || listed.contains(&word(record, "note")),
                "{told}: {record} is not in {listed:?}"
            );
        }
    }
}

/// What a record says in words.
fn said(record: &Value) -> String {
    word(record, "note") + &word(record, "text")
}

fn word(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().to_owned()
}

/// The row for the record.
#[expect(clippy::print_stdout, reason = "`just typist` reads it")]
pub(crate) fn tell(ledgers: &[Ledger]) {
    let sum = |way| ledgers.iter().map(|ledger| ledger.count(way)).sum::<usize>();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    ledgers.iter().flat_map(|ledger| &ledger.ends).for_each(|end| *ends.entry(end).or_default() += 1);
    let lives: usize = ends.values().sum();
    let ends: Vec<String> = ends.iter().map(|(end, many)| format!("{many} {end}")).collect();
    let ends = ends.join(", ");
    let refused: usize = ledgers.iter().map(|ledger| ledger.refused).sum();
    println!(
        "| a random typist | {lives} lives: {ends}; {} drafts, {} sent off when it ended; {refused} times nothing opened | {} | 0 | 0 |",
        sum(Way::Typed),
        sum(Way::Sent),
        sum(Way::Saved) + sum(Way::Undone),
    );
    assert!(sum(Way::Saved) + sum(Way::Undone) >= lives / 2, "something was saved");
    assert!(refused <= lives, "mostly there was something to type into");
}
