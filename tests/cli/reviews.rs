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
    serde_json::from_str::<Value>(&report).unwrap()["rows"].as_array().unwrap().clone()
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
    let rows = listed(state, &["--sort", "kind"]);
    let kinds: Vec<&Value> = rows.iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["missing-data", "question", "note"]);
    assert_eq!(rows[0]["id"], gap.trim());
    assert_eq!((&rows[0]["author"], &rows[0]["words"]), (&"Ana K.".into(), &"ask the ministry".into()));
    assert_eq!(rows[1]["author"], "Ben");
    assert_eq!(rows[1]["notes"][0]["text"], "article 12?");
    let found = |args: &[&str]| listed(state, args).len();
    assert_eq!(found(&["--by", "Ben"]), 1);
    assert_eq!(found(&["--kind", "missing-data", "--country", "Ireland"]), 1);
    assert_eq!(found(&["--country", "SWE"]), 0);
    assert_eq!(found(&["--indicator", "OPSC", "--kind", "question"]), 1);
    assert_eq!(found(&["--search", "ministry ask"]), 1);
    assert_eq!((found(&["--since", "2999-01-01"]), found(&["--since", "2020-01-01"])), (0, 3));
    done(state, &["flags", "ask", gap.trim(), "--to", "Cem", "--due", "2026-12-01"]);
    let asked = listed(state, &["--to", "Cem"]);
    assert_eq!(
        (&asked[0]["asked"][0]["to"], &asked[0]["asked"][0]["due"]),
        (&"Cem".into(), &"2026-12-01".into())
    );
    done(state, &["flags", "ask", gap.trim(), "--nobody"]);
    assert_eq!(found(&["--to", "Cem"]), 0);
    done(state, &["flags", "resolve", gap.trim(), question.trim(), "--note", "done"]);
    assert_eq!((found(&["--kind", "missing-data"]), found(&["--state", "resolved"])), (0, 2));
    assert_eq!(listed(state, &["--state", "all", "--kind", "question"])[0]["resolved"]["note"], "done");
    done(state, &["flags", "reopen", gap.trim()]);
    assert_eq!(found(&["--kind", "missing-data"]), 1);
    done(state, &["flags", "undo"]);
    assert_eq!(found(&["--kind", "missing-data"]), 0);
}

/// A card goes from hand to hand: given, checked, sent back with a reason, approved by another, and found changed.
#[test]
fn a_card_is_given_reviewed_signed_off_and_counted() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let progress = |by: &str| -> Value {
        let printed =
            done(state, &["flags", "progress", "--by", by, "--edition", "2010", "--format", "json"]);
        serde_json::from_str::<Value>(&printed).unwrap()["rows"].clone()
    };
    let of =
        |rows: &Value, id: &str| rows.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    done(state, &["flags", "give", "IRL@2010", "SWE@2010", "--to", "Ben"]);
    done(state, &["flags", "review", "IRL@2010", "--author", "Ben"]);
    let again = reviews(state, &["flags", "review", "IRL@2010", "--author", "Ben"]);
    assert!(text(&again.stderr).contains("nothing is left to say"), "{}", text(&again.stderr));
    let ireland = of(&progress("country"), "IRL");
    assert_eq!(ireland["checked"], ireland["cells"]);
    assert_eq!(ireland["given"], serde_json::json!(["Ben"]));
    let ben = of(&progress("author"), "Ben");
    assert_eq!(ben["cells"], 2 * ireland["cells"].as_u64().unwrap());
    assert_eq!((&ben["checked"], &ben["given"]), (&ireland["cells"], &serde_json::json!(["IRL", "SWE"])));
    let why = reviews(state, &["flags", "sign-off", "IRL@2010", "--as", "sent-back"]);
    assert_eq!(code(&why), 2);
    assert!(text(&why.stderr).contains("with a reason"), "{}", text(&why.stderr));
    done(state, &["flags", "sign-off", "IRL@2010", "--author", "Ben"]);
    assert_eq!(of(&progress("country"), "IRL")["sign_off"], "checked");
    done(state, &["flags", "sign-off", "IRL@2010", "--as", "sent-back", "--note", "one source is missing"]);
    let open = listed(state, &["--kind", "sign-off"]);
    assert_eq!(open[0]["words"], "sent back: one source is missing");
    done(state, &["flags", "sign-off", "IRL@2010", "--as", "approved"]);
    assert_eq!(listed(state, &["--kind", "sign-off"]).len(), 0, "nothing is left to do");
    assert_eq!(of(&progress("country"), "IRL")["sign_off"], "approved");
    let none = reviews(state, &["flags", "sign-off", "IRL@1999"]);
    assert_eq!(code(&none), 2);
}

/// What reviewers have said stands in reports about the data where it is asked for, and nowhere else.
#[test]
fn a_report_says_marks_or_leaves_out_what_is_not_checked() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let show = |args: &[&str]| done(state, &[&["show", "IRL@2010"], args].concat());
    let plain = show(&[]);
    done(state, &["flags", "review", "IRL@2010", "opsc"]);
    assert_eq!(show(&[]), plain);
    let json: Value = serde_json::from_str(&show(&["--format", "json"])).unwrap();
    let all = json["cards"][0]["rows"].as_array().unwrap().len();
    assert!(json["cards"][0].get("review").is_none());
    let said = show(&["--reviews"]);
    assert!(said.contains(&format!("1 of {all} cells reviewed; no flag open; not signed off")), "{said}");
    assert!(!said.contains("not reviewed"), "{said}");
    assert_eq!(show(&["--reviews=mark"]).matches("not reviewed").count(), all - 1);
    let only: Value = serde_json::from_str(&show(&["--reviews=only", "--format", "json"])).unwrap();
    let rows = only["cards"][0]["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["indicator"]), (1, &"opsc".into()));
    assert_eq!(only["cards"][0]["review"]["checked"], 1);
    let words = show(&["--reviews=only"]);
    assert!(words.contains(&format!("{} of {all} cells left out here: not reviewed", all - 1)), "{words}");
    // Two pairs of eyes are asked for by the configuration: one is not enough then.
    let config = state.join("two.toml");
    fs::write(&config, "[review]\neyes = 2\nby-another = true\n").unwrap();
    let two = ["--config", config.to_str().unwrap()];
    let said = show(&[&["--reviews"][..], &two].concat());
    assert!(said.contains(&format!("0 of {all} cells checked by two")), "{said}");
    done(state, &["flags", "review", "IRL@2010", "opsc", "--author", "Ben"]);
    let said = show(&[&["--reviews"][..], &two].concat());
    assert!(said.contains(&format!("1 of {all} cells checked by two")), "{said}");
    // Whoever has raised a flag or checked a card leaves the rest to another.
    let id = done(state, &["flags", "add", "IRL@2010", "opsc"]);
    let own = reviews(state, &[&["flags", "resolve", id.trim()][..], &two].concat());
    assert_eq!(code(&own), 2);
    assert!(
        text(&own.stderr).contains("Ana K. has raised this flag: here another resolves it"),
        "{}",
        text(&own.stderr)
    );
    done(state, &["flags", "sign-off", "IRL@2010"]);
    let own = reviews(state, &[&["flags", "sign-off", "IRL@2010", "--as", "approved"][..], &two].concat());
    assert!(text(&own.stderr).contains("here another approves it"), "{}", text(&own.stderr));
    done(
        state,
        &[&["flags", "sign-off", "IRL@2010", "--as", "approved", "--author", "Ben"][..], &two].concat(),
    );
    let said = show(&["--reviews"]);
    assert!(said.contains("1 flag open; approved by Ben, "), "{said}");
    let report = done(state, &["report", "--edition", "2010", "--reviews=mark"]);
    assert!(
        report.contains("## How far the review has come") && report.contains("Not approved:"),
        "{report}"
    );
    let only = done(state, &["report", "--edition", "2010", "--reviews=only"]);
    assert!(only.contains("approved cards only (1 of "), "{only}");
    let folder = state.join("out");
    let folder = folder.to_str().unwrap();
    done(state, &["export", folder, "--reviews=only"]);
    let cells = fs::read_to_string(format!("{folder}/cells.csv")).unwrap();
    assert_eq!(cells.lines().count(), 2, "{cells}");
    let table = fs::read_to_string(format!("{folder}/reviews.csv")).unwrap();
    assert!(table.contains("IRL,2010,opsc,2,yes,,") && table.contains("IRL,2010,,,,1,"), "{table}");
    let descriptor = fs::read_to_string(format!("{folder}/datapackage.json")).unwrap();
    assert!(descriptor.contains("\"leftOut\"") && descriptor.contains("reviews.csv"), "{descriptor}");
    let refused = reviews(state, &["report", "--compare", "IRL", "SWE", "--reviews"]);
    assert_eq!(code(&refused), 2);
}

#[test]
fn a_digest_of_what_was_in_none_before_tells_everything_once() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let digest = || done(state, &["flags", "digest", "--since-last"]);
    done(state, &["flags", "add", "IRL@2010", "opsc", "--note", "first"]);
    assert!(digest().contains("first"));
    assert!(!digest().contains("first"));
    done(state, &["flags", "add", "SWE@2010", "opsc", "--note", "second"]);
    let second = digest();
    assert!(second.contains("second") && !second.contains("first"), "{second}");
}

#[test]
fn an_option_that_does_not_apply_is_refused_and_an_export_can_be_narrowed() {
    let state = tempfile::tempdir().unwrap();
    let state = state.path();
    let id = done(state, &["flags", "add", "IRL@2010", "opsc", "--note", "first", "--author", "Ben"]);
    done(state, &["flags", "add", "SWE@2010", "opsc", "--note", "second"]);
    done(state, &["flags", "resolve", id.trim(), "--note", "page 3"]);
    for (args, hint) in [
        (&["flags", "list", "--author", "Ben"][..], "--by"),
        (&["flags", "export", "--author", "Ben"], "--by"),
        (&["flags", "add", "IRL@2010", "opsc", "--group", "both"], "--group does not apply"),
    ] {
        let output = reviews(state, args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(text(&output.stderr).contains(hint), "{}", text(&output.stderr));
    }
    let acts = |args: &[&str]| -> Vec<String> {
        let printed = done(state, &[&["flags", "export", "--format", "json"], args].concat());
        let json: Value = serde_json::from_str(&printed).unwrap();
        let history = json["history"].as_array().unwrap();
        history
            .iter()
            .map(|row| format!("{} {}", row["act"].as_str().unwrap(), row["text"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(acts(&[]), ["flagged first", "flagged second", "resolved page 3"]);
    assert_eq!(acts(&["--by", "Ben"]), ["flagged first"]);
    assert_eq!(acts(&["--country", "IRL"]), ["flagged first", "resolved page 3"]);
    assert_eq!(acts(&["--state", "resolved"]), ["flagged first", "resolved page 3"]);
    assert_eq!(acts(&["--search", "second"]), ["flagged second"]);
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
        &["flags", "review", "@2010", "opsc"],
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
