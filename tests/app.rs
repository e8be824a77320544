//! The real program on a real pseudo-terminal: opens its sample, answers keys, survives sizes, restores and leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

#[path = "app/ledger.rs"]
mod ledger;
#[path = "app/lifecycle.rs"]
mod lifecycle;
#[path = "app/link.rs"]
mod link;
#[path = "app/pager.rs"]
mod pager;
#[path = "app/session.rs"]
mod session;
#[path = "app/terminals.rs"]
mod terminals;
#[path = "app/typist.rs"]
mod typist;

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use session::{PATIENCE, Session, nowhere};

#[test]
fn the_tour_of_the_readme_works_on_a_terminal() {
    let mut session = Session::start();
    session.wait_for("Albania");
    session.wait_for("embedded sample");
    session.press("/kos\r");
    session.wait_for("Kosovo · 2022");
    session.wait_for("n/a");
    session.press("1/alb\rcuzb\r");
    session.wait_for("Uzbekistan UZB");
    session.press("]");
    session.wait_for("UZB ahead");
    session.press("\u{10}ukr opsc\r");
    session.wait_for("Ukraine · 2022");
    session.press("<<");
    session.wait_for("Ukraine · 2020");
    session.press("?gap");
    session.wait_for("not applicable");
    session.press("\u{1b}");
    session.wait_for("Ukraine · 2020");
    session.press("qqq");
    assert_eq!(session.end(), 0);
}

#[test]
fn of_several_sets_one_is_chosen_and_another_later() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let [small, large] = ["tests/data/small", "sample-data/progress-cards-2010"].map(|path| root.join(path));
    let paths = [small.to_str().unwrap(), large.to_str().unwrap()];
    let mut session = Session::start_on(&paths, &[]);
    session.wait_for("Small cards");
    insta::assert_snapshot!("sets", session.text().lines().take(8).collect::<Vec<_>>().join("\n"));
    session.press("j\r");
    session.wait_for("Countries 2");
    session.wait_for("Ireland");
    session.press("jT");
    session.wait_for("* small");
    session.press("k\r");
    session.wait_for("Countries 26");
    session.press("q");
    assert_eq!(session.end(), 0);
    let mut session = Session::start_on(&[paths[0], paths[1], "--set", "small"], &[]);
    session.wait_for("Countries 2");
    session.press("q");
    assert_eq!(session.end(), 0);
    let mut session = Session::start_on(&[paths[0]], &[]);
    session.wait_for("Countries 2");
    session.press("T");
    session.wait_for("only one set");
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_workbook_that_contradicts_itself_is_a_problem_and_ends_nothing() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/contradicts");
    let mut session = Session::start_on(&[folder], &[]);
    session.wait_for("Norway");
    session.press("!");
    session.wait_for("shelters.xlsb");
    session.press("!");
    session.wait_for("Countries 3");
    session.press("q");
    assert_eq!(session.end(), 0);
    let check =
        std::process::Command::new(env!("CARGO_BIN_EXE_visavis")).args(["check", folder]).output().unwrap();
    let told = String::from_utf8(check.stdout).unwrap();
    assert!(told.contains("this workbook is damaged"), "{told}");
    assert_eq!(String::from_utf8(check.stderr).unwrap(), "", "a panic that is contained prints nothing");
}

#[test]
fn sizes_from_one_cell_to_a_wall_are_survived() {
    let mut session = Session::start();
    session.wait_for("Albania");
    for (cols, rows) in [(1, 1), (40, 12), (2, 30), (500, 200), (7, 3), (120, 40)] {
        session.resize(cols, rows);
        session.press("j");
    }
    session.wait_for("Countries 24");
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_signal_ends_it_with_its_code_and_the_terminal_restored() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let mut session = Session::start();
        session.wait_for("Albania");
        session.signal(name);
        assert_eq!(session.end(), code, "SIG{name}");
    }
}

/// The notes of all flags in the journal of the sample, oldest first, with author and time.
fn flags(state: &Path) -> Vec<(String, String, String)> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_visavis"))
        .args(["flags", "list", "--state", "all", "--format", "json"])
        .current_dir(nowhere())
        .env("XDG_STATE_HOME", state)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let word = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = report["rows"].as_array().unwrap();
    // The newest come first.
    rows.iter().rev().map(|row| (word(row, "words"), word(row, "author"), word(row, "time"))).collect()
}

#[test]
fn every_flag_that_said_saved_is_there_after_the_connection_is_cut() {
    let state = tempfile::tempdir().unwrap();
    let mut saved: Vec<String> = vec![];
    for (round, signal) in ["HUP", "KILL", "HUP", "KILL"].into_iter().enumerate() {
        let environment = [("XDG_STATE_HOME", state.path()), ("VISAVIS_AUTHOR", Path::new("ana"))];
        let mut session = Session::start_with(&environment);
        session.wait_for("Albania");
        session.press("4");
        session.wait_for("Coverage");
        for number in 0..3 {
            let note = format!("note {round} {number}");
            session.press("} ");
            session.wait_for("┌ Flag ");
            session.press(&format!("\t{note}"));
            session.wait_for(&note);
            session.press("\r");
            session.wait_for("saved: flagged");
            saved.push(note);
            // The next key takes the words away, so that they are not taken for those of the next flag.
            session.press("l");
            let began = Instant::now();
            while session.text().contains("saved: flagged") {
                assert!(began.elapsed() < PATIENCE, "{}", session.text());
                thread::sleep(Duration::from_millis(5));
            }
        }
        // One more is being typed, or just sent off, when the connection goes.
        session.press(" \tnever");
        if round % 2 == 0 {
            session.wait_for("never");
            session.press("\r");
        }
        session.signal(signal);
        session.child.wait().unwrap();
        let found = flags(state.path());
        let (known, other): (Vec<_>, Vec<_>) = found.iter().partition(|(note, ..)| note != "never");
        let notes: Vec<&String> = known.iter().map(|(note, ..)| note).collect();
        assert_eq!(notes, saved.iter().collect::<Vec<_>>(), "after SIG{signal}, in order");
        assert!(other.len() <= round / 2 + 1, "what was sent off is there once at most: {other:?}");
        assert!(found.iter().all(|(_, author, time)| author == "ana" && time.contains('T')), "{found:?}");
    }
    assert_eq!(saved.len(), 12);
}

#[test]
fn a_note_that_was_being_typed_when_the_connection_went_is_there_at_the_next_start() {
    let state = tempfile::tempdir().unwrap();
    let environment = [("XDG_STATE_HOME", state.path())];
    let mut session = Session::start_with(&environment);
    session.wait_for("Albania");
    session.press("2e");
    session.wait_for("Note ");
    session.press("half a thought");
    session.wait_for("half a thought");
    session.signal("HUP");
    assert_eq!(session.end(), 129);
    let mut session = Session::start_with(&environment);
    session.wait_for("left unsaved last time: a note on Albania");
    session.press("2e");
    session.wait_for("half a thought");

    session.press("\x04");
    session.wait_for("saved");
    session.press("qqq");
    assert_eq!(session.end(), 0);
    let mut session = Session::start_with(&environment);
    session.wait_for("Albania");
    session.press("2e");
    session.wait_for("Note ");
    assert!(!session.text().contains("left unsaved"), "{}", session.text());
}

#[test]
fn a_note_that_was_being_typed_when_the_program_was_killed_is_there_at_the_next_start() {
    let state = tempfile::tempdir().unwrap();
    let environment = [("XDG_STATE_HOME", state.path())];
    let drafts = || std::fs::read_to_string(state.path().join("visavis/drafts.json")).unwrap_or_default();
    let wait_for = |what: &dyn Fn() -> bool| {
        let began = Instant::now();
        while !what() {
            assert!(began.elapsed() < PATIENCE, "{}", drafts());
            thread::sleep(Duration::from_millis(5));
        }
    };
    let mut session = Session::start_with(&environment);
    session.wait_for("Albania");
    session.press("2ehalf a thought");
    // Nobody stops typing for it: it is on the disk within half a second.
    wait_for(&|| drafts().contains("half a thought"));
    let mut other = Session::start_with(&environment);
    other.wait_for("embedded sample");
    assert!(!other.text().contains("left unsaved"), "the first one still types it");
    other.press("qq");
    assert_eq!(other.end(), 0);
    session.signal("KILL");
    session.child.wait().unwrap();
    let mut session = Session::start_with(&environment);
    session.wait_for("left unsaved last time: a note on Albania");
    session.press("2e");
    session.wait_for("half a thought");
    session.press("\x04");
    session.wait_for("saved");
    // What was saved is asked about no more, not even after another kill.
    wait_for(&|| drafts() == "[]");
    session.signal("KILL");
    session.child.wait().unwrap();
    let mut session = Session::start_with(&environment);
    session.wait_for("embedded sample");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
}

#[test]
fn what_is_wrong_with_config_and_session_is_said_over_the_sample_too_and_a_fifo_holds_nobody_up() {
    let (state, config) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let environment = [("XDG_STATE_HOME", state.path()), ("XDG_CONFIG_HOME", config.path())];
    let mut session = Session::start_with(&environment);
    session.wait_for("embedded sample");
    session.press("jjq");
    assert_eq!(session.end(), 0);
    let sessions = state.path().join("visavis/sessions");
    let kept = std::fs::read_dir(&sessions).unwrap().flatten().next().unwrap().path();
    std::fs::remove_file(&kept).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&kept).status().unwrap().success());
    std::fs::create_dir(config.path().join("visavis")).unwrap();
    std::fs::write(config.path().join("visavis/config.toml"), "colour = \"16\"\n").unwrap();
    let mut session = Session::start_with(&environment);
    session.wait_for("Albania");
    session.wait_for("1 line of the configuration cannot be used");
    session.press("j");
    session.wait_for("session not found again: it is no regular file: ");
    session.press("j");
    session.wait_for("embedded sample");
    session.press("q");
    assert_eq!(session.end(), 0);
}

const ALB: &str =
    r#"{ "country": "ALB", "edition": "2012", "assessments": { "plan": "yes", "helpline": "no" } }"#;
const EST: &str = r#"{ "country": "EST", "edition": "2012", "assessments": { "plan": "no" } }"#;

/// As editors do it: written beside, then renamed over the old one.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("tmp");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, path).unwrap();
}

#[test]
fn a_file_that_changes_is_read_again_by_itself_and_half_a_file_empties_nothing() {
    let cards = tempfile::tempdir().unwrap();
    let (alb, est) = (cards.path().join("alb.json"), cards.path().join("est.json"));
    std::fs::write(&alb, ALB).unwrap();
    let mut session = Session::start_on(&["--watch", cards.path().to_str().unwrap()], &[]);
    session.wait_for("Countries 1");
    std::fs::write(&est, EST).unwrap();
    session.wait_for("read again: 1 card new");
    session.wait_for("Countries 2");
    replace(&alb, &ALB.replace("no", "yes"));
    session.wait_for("read again: 1 cell changed");
    std::fs::write(&alb, &ALB[..60]).unwrap();
    session.wait_for("read again: alb.json broken, cards kept: ! says why");
    session.wait_for("Countries 2");
    // One broken file holds up no other one.
    replace(&est, &EST.replace("no", "yes"));
    session.wait_for("read again: 1 cell changed (= lists it); alb.json still broken (!)");
    session.press("=");
    session.wait_for("EST Estonia          2012");
    session.wait_for("no -> yes");
    session.press("!");
    session.wait_for("its card is shown as read before");
    session.press("\u{1b}");
    replace(&alb, ALB);
    session.wait_for("read again: 1 cell changed");
    std::fs::remove_file(&est).unwrap();
    session.wait_for("read again: 1 card gone");
    session.wait_for("Countries 1");
    // A folder that goes is told, and leaves what was read.
    std::fs::remove_dir_all(cards.path()).unwrap();
    session.wait_for("NOT read again: ");
    session.wait_for("Countries 1");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
}

#[test]
fn the_program_begins_where_it_ended_however_it_ended_unless_it_is_to_begin_afresh() {
    let state = tempfile::tempdir().unwrap();
    let environment = [("XDG_STATE_HOME", state.path())];
    let start = |args: &[&str]| {
        let session = Session::start_on(args, &environment);
        session.wait_for("Albania");
        session
    };
    let mut session = start(&[]);
    session.press("cuzb\r]");
    session.wait_for("UZB ahead");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
    let mut session = start(&[]);
    session.wait_for("UZB ahead");
    session.press("4<");
    session.wait_for("edition 2021");
    session.press(":quit\r");
    assert_eq!(session.end(), 0);
    let asked = start(&["--edition", "2016"]);
    asked.wait_for("Countries 24");
    asked.signal("KILL");
    let mut session = start(&[]);
    session.wait_for("[4 Coverage]");
    session.wait_for("edition 2021");
    session.signal("HUP");
    assert_eq!(session.end(), 129);
    let mut session = start(&["--fresh"]);
    session.wait_for("Countries 24");
    assert!(session.text().contains("[1 List]"), "{}", session.text());
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_place_for_sessions_that_cannot_be_written_is_told_and_stops_nobody() {
    let state = tempfile::tempdir().unwrap();
    std::fs::create_dir(state.path().join("visavis")).unwrap();
    std::fs::write(state.path().join("visavis/sessions"), "in the way").unwrap();
    let mut session = Session::start_with(&[("XDG_STATE_HOME", state.path())]);
    session.wait_for("embedded sample");
    session.press("j");
    session.wait_for("where you are is not kept");
    session.press("jjq");
    assert_eq!(session.end(), 0);
}
