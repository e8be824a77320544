//! The real program on a real pseudo-terminal: opens its sample, answers keys, survives sizes, restores and leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::{
    io::{Read as _, Write as _},
    num::NonZero,
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Far more than anything here takes; only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder without any cards.
fn nowhere() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn cells(many: u16) -> NonZero<u16> {
    NonZero::new(many).unwrap()
}

struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn std::io::Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// Its state, unless it is told another place for it: gone with the session.
    _state: tempfile::TempDir,
}

impl Session {
    /// Starts the program without arguments in a folder that holds no cards.
    fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more in its environment.
    fn start_with(environment: &[(&str, &Path)]) -> Self {
        Self::start_on(&[], environment)
    }

    /// The same with arguments.
    fn start_on(args: &[&str], environment: &[(&str, &Path)]) -> Self {
        let state = tempfile::tempdir().unwrap();
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_visavis"));
        command.args(args);
        command.cwd(nowhere());
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        command.env("XDG_DATA_HOME", "/nonexistent");
        command.env("XDG_STATE_HOME", state.path());
        command.env("LC_ALL", "C.UTF-8");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(24), cells(80), 0)));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&screen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                seen.lock().unwrap().process(&bytes[..read]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, writer, screen, _state: state }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_for(&self, words: &str) {
        let began = Instant::now();
        while !self.text().contains(words) {
            assert!(began.elapsed() < PATIENCE, "no {words:?} on the screen:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
    }

    fn resize(&self, cols: u16, rows: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &process]).status().unwrap();
        assert!(sent.success());
    }

    /// The exit code, once the program has ended and the terminal is as it was.
    fn end(mut self) -> u32 {
        let began = Instant::now();
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.exit_code();
            }
            assert!(began.elapsed() < PATIENCE, "still running:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        };
        let began = Instant::now();
        while self.screen.lock().unwrap().screen().alternate_screen() {
            assert!(began.elapsed() < PATIENCE, "the alternate screen was not left");
            thread::sleep(Duration::from_millis(5));
        }
        assert!(!self.screen.lock().unwrap().screen().hide_cursor(), "the cursor is shown");
        code
    }
}

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
        let session = Session::start();
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
    let rows = report["flags"].as_array().unwrap();
    rows.iter().map(|row| (word(row, "note"), word(row, "author"), word(row, "time"))).collect()
}

#[test]
fn every_flag_that_said_saved_is_there_after_the_connection_is_cut() {
    let state = tempfile::tempdir().unwrap();
    let mut saved: Vec<String> = vec![];
    for (round, signal) in ["HUP", "KILL", "HUP", "KILL"].into_iter().enumerate() {
        let environment = [("XDG_STATE_HOME", state.path()), ("USER", Path::new("ana"))];
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
    let session = Session::start_on(&["--watch", cards.path().to_str().unwrap()], &[]);
    session.wait_for("Countries 1");
    std::fs::write(&est, EST).unwrap();
    session.wait_for("read again: 1 card new");
    session.wait_for("Countries 2");
    replace(&alb, &ALB.replace("no", "yes"));
    session.wait_for("read again: 1 cell changed");
    std::fs::write(&alb, &ALB[..60]).unwrap();
    session.wait_for("NOT read again: alb.json:");
    session.wait_for("Countries 2");
    replace(&alb, ALB);
    session.wait_for("read again: 1 cell changed");
    std::fs::remove_file(&est).unwrap();
    session.wait_for("read again: 1 card gone");
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
    let session = start(&[]);
    session.wait_for("Coverage");
    session.wait_for("edition 2021");
    session.signal("HUP");
    assert_eq!(session.end(), 129);
    let mut session = start(&["--fresh"]);
    session.wait_for("Countries 24");
    assert!(!session.text().contains("Coverage"), "{}", session.text());
    session.press("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_place_for_sessions_that_cannot_be_written_is_told_and_stops_nobody() {
    let state = tempfile::tempdir().unwrap();
    std::fs::create_dir(state.path().join("visavis")).unwrap();
    std::fs::write(state.path().join("visavis/sessions"), "in the way").unwrap();
    let mut session = Session::start_with(&[("XDG_STATE_HOME", state.path())]);
    session.wait_for("the embedded sample");
    session.press("j");
    session.wait_for("where you are is not kept");
    session.press("jjq");
    assert_eq!(session.end(), 0);
}
