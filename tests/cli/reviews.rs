//! Reviews without the screen: every flag that has an id is on the disk, and damage is found.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::Value;

use super::{code, program, text};

/// Runs in the small data set, with a state folder of its own.
fn reviews(state: &Path, args: &[&str]) -> Output {
    program(Path::new("tests/data"), &[args, &["-d", "small"]].concat())
        .env("XDG_STATE_HOME", state)
        .env("VISAVIS_AUTHOR", "Ana K.")
        .output()
        .unwrap()
}

fn done(state: &Path, args: &[&str]) -> String {
    let output = reviews(state, args);
    assert_eq!(code(&output), 0, "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn listed(state: &Path, args: &[&str]) -> Vec<Value> {
    let report = done(state, &[&["flags", "list", "--format", "json"], args].concat());
    serde_json::from_str::<Value>(&report).unwrap()["flags"].as_array().unwrap().clone()
}

/// The one journal that was written.
pub(super) fn journal(state: &Path) -> PathBuf {
    let folders = state.join("visavis/reviews");
    let folder = fs::read_dir(folders).unwrap().next().unwrap().unwrap().path();
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|ending| ending == "jsonl")).unwrap()
}

#[test]
fn a_flag_is_added_listed_resolved_and_taken_back() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    assert_eq!(listed(state, &[]), Vec::<Value>::new());
    assert_eq!(fs::read_dir(state).unwrap().count(), 0, "listing leaves nothing behind");
    let gap = done(state, &["flags", "add", "IRL@2010", "convictions", "--note", "ask the ministry"]);
    let question = done(state, &["flags", "add", "ireland", "opsc", "--author", "Ben"]);
    done(state, &["flags", "note", "IRL", "opsc", "--text", "article 12?"]);
    let flags = listed(state, &[]);
    assert_eq!((&flags[0]["id"], &flags[0]["kind"]), (&gap.trim().into(), &"missing-data".into()));
    assert_eq!((&flags[0]["author"], &flags[0]["note"]), (&"Ana K.".into(), &"ask the ministry".into()));
    assert_eq!((&flags[1]["kind"], &flags[1]["author"]), (&"question".into(), &"Ben".into()));
    assert_eq!(flags[1]["notes"][0]["text"], "article 12?");
    assert_eq!(listed(state, &["--author", "Ben"]).len(), 1);
    assert_eq!(listed(state, &["--kind", "missing-data", "--country", "Ireland"]).len(), 1);
    assert_eq!(listed(state, &["--country", "SWE"]).len(), 0);
    done(state, &["flags", "resolve", gap.trim(), question.trim(), "--note", "done"]);
    assert_eq!((listed(state, &[]).len(), listed(state, &["--state", "resolved"]).len()), (0, 2));
    assert_eq!(listed(state, &["--state", "all"])[0]["resolved"]["note"], "done");
    done(state, &["flags", "reopen", gap.trim()]);
    assert_eq!(listed(state, &[]).len(), 1);
    done(state, &["flags", "undo"]);
    assert_eq!(listed(state, &[]).len(), 0);
}

#[test]
fn a_digest_is_markdown_with_what_is_open_and_what_was_settled_since_a_day() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let id = done(state, &["flags", "add", "IRL@2010", "convictions", "--note", "ask | the ministry"]);
    done(state, &["flags", "add", "SWE@2010", "opsc"]);
    done(state, &["flags", "resolve", id.trim(), "--note", "they answered"]);
    let digest = done(state, &["flags", "digest"]);
    let lines: Vec<&str> = digest.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(lines[2].starts_with("| open | Sweden |"), "{digest}");
    assert!(lines[3].starts_with("| settled | Ireland |") && lines[3].contains("they answered"), "{digest}");
    assert!(!done(state, &["flags", "digest", "--since", "2999-01-01"]).contains("| open |"));
    let wrong = reviews(state, &["flags", "digest", "--since", "yesterday"]);
    assert_eq!((code(&wrong), wrong.stdout.len()), (2, 0));
    assert!(text(&wrong.stderr).contains("a day such as 2026-11-01"), "{}", text(&wrong.stderr));
}

#[test]
fn what_a_gap_really_is_is_said_only_of_a_gap_and_everything_is_exported() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let given = reviews(state, &["flags", "assign", "SWE@2010", "opsc", "--as", "no-data"]);
    assert_eq!(code(&given), 2);
    assert!(text(&given.stderr).contains("absent or empty"), "{}", text(&given.stderr));
    done(state, &["flags", "review", "SWE@2010", "opsc"]);
    done(state, &["flags", "add", "@2010", "opsc", "--kind", "disagree"]);
    let whole: Value = serde_json::from_str(&done(state, &["flags", "export", "--format", "json"])).unwrap();
    assert_eq!((&whole["report"], &whole["schema"]), (&"reviews".into(), &1.into()));
    assert_eq!(whole["reviews"][0]["country"], "SWE");
    assert_eq!(whole["flags"][0]["country"], Value::Null);
    let acts: Vec<&Value> = whole["history"].as_array().unwrap().iter().map(|one| &one["act"]).collect();
    assert_eq!(acts, ["reviewed", "flagged"]);
    let records = done(state, &["flags", "export", "--format", "csv"]);
    assert_eq!(records.lines().count(), 3, "{records}");
}

#[test]
fn what_cannot_be_reviewed_is_said_and_nothing_is_kept() {
    let state = tempfile::tempdir().unwrap();
    for args in [
        &["flags", "add", "XYZ"][..],
        &["flags", "add", "IRL", "no-such-indicator"],
        &["flags", "add", "group:both", "opsc"],
        &["flags", "add", "@1999", "opsc"],
        &["flags", "review", "IRL"],
        &["flags", "resolve", "nobody.0-1"],
        &["flags", "undo"],
        &["journal", "check", "no/such/folder"],
    ] {
        let output = reviews(state.path(), args);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{args:?}");
        assert_eq!(text(&output.stderr).lines().count(), 1, "{}", text(&output.stderr));
    }
    assert_eq!(fs::read_dir(state.path()).unwrap().count(), 0);
}

#[test]
fn a_damaged_journal_is_found_and_named() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    done(state, &["flags", "add", "IRL", "opsc", "--note", "first"]);
    done(state, &["flags", "add", "IRL", "opsc", "--note", "second"]);
    assert_eq!(code(&reviews(state, &["journal", "check"])), 0);
    let path = journal(state);
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replacen("first", "worst", 1)).unwrap();
    let check = reviews(state, &["journal", "check", "--format", "json"]);
    assert_eq!(code(&check), 1);
    let report: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!((&report["lines"], &report["records"], &report["damaged"]), (&3.into(), &1.into(), &1.into()));
    assert_eq!(
        (&report["problems"][0]["line"], &report["problems"][0]["code"]),
        (&2.into(), &"journal-line-damaged".into())
    );
    let list = reviews(state, &["flags", "list"]);
    assert_eq!(code(&list), 0);
    assert!(text(&list.stderr).contains("1 problem in the journal"), "{}", text(&list.stderr));
    let folder = path.parent().unwrap().to_str().unwrap();
    assert_eq!(code(&reviews(state, &["journal", "check", folder])), 1);
}

#[test]
fn a_journal_folder_that_cannot_be_written_keeps_nothing_and_says_so() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("file");
    fs::write(&file, "").unwrap();
    let within = file.join("reviews");
    let output = reviews(state.path(), &["flags", "add", "IRL", "--journal", within.to_str().unwrap()]);
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    assert!(text(&output.stderr).contains("no folder"), "{}", text(&output.stderr));
}

#[test]
fn a_journal_is_named_by_a_path_from_the_current_folder() {
    let folder = tempfile::tempdir().unwrap();
    let cards = super::root().join("tests/data/small");
    for journal in ["reviews", "./a/b", "."] {
        let args = ["flags", "add", "IRL", "--journal", journal, "-d", cards.to_str().unwrap()];
        let added = program(folder.path(), &args).env("XDG_STATE_HOME", folder.path()).output().unwrap();
        assert_eq!(code(&added), 0, "{journal}: {}", text(&added.stderr));
        let files = fs::read_dir(folder.path().join(journal)).unwrap();
        let is_journal = |path: PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
        assert_eq!(files.filter(|entry| is_journal(entry.as_ref().unwrap().path())).count(), 1, "{journal}");
    }
}
