//! Every pane says the same on every terminal, in no sequence that this terminal does not know.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    process::{Command, Stdio},
};

use visavis::{
    text::ascii,
    tui::look::{ASCII, UNICODE},
};

use super::session::{Session, at_once, command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_visavis");

/// The keys to each pane that is built, and words that are only there.
const PANES: [(&str, &str); 6] = [
    ("1", "c compare  space flag"),
    ("2j", "> OPSC"),
    ("1cuzb\r", "UZB ahead"),
    ("4", "by column"),
    ("5", "Findings 6"),
    ("7", "Nothing has been said"),
];

type Variables = &'static [(&'static str, &'static str)];

fn start(words: &[&str], variables: Variables) -> Session {
    let state = tempfile::tempdir().unwrap();
    let mut command = command(words, state.path());
    // Both want a folder of their own for their sockets, and screen one that is nobody else's.
    fs::set_permissions(state.path(), fs::Permissions::from_mode(0o700)).unwrap();
    command.env("SCREENDIR", state.path());
    command.env("TMUX_TMPDIR", state.path());
    for (name, value) in variables {
        command.env(name, value);
    }
    Session::launch(command, state, at_once)
}

/// The rows of the program: of a multiplexer's window not the row below.
fn rows(session: &Session) -> Vec<String> {
    session.screen().rows(0, 80).take(24).map(|row| row.trim_end().to_owned()).collect()
}

/// All panes, one after the other, as a terminal shows them that marks its frames.
fn reference(variables: Variables) -> Vec<Vec<String>> {
    let mut session = start(&[PROGRAM], variables);
    session.wait_for("embedded sample");
    let panes = PANES.map(|(keys, words)| {
        session.press(keys);
        session.wait_until(words, |session| session.text().contains(words) && session.has_whole_frame());
        rows(&session)
    });
    session.signal("TERM");
    assert_eq!(session.end(), 143);
    panes.to_vec()
}

fn page(panes: &[Vec<String>]) -> String {
    panes.iter().map(|rows| rows.join("\n")).collect::<Vec<_>>().join(&format!("\n{}\n", "=".repeat(80)))
}

/// Waits for each pane to be as expected, and says how it differs if it never is.
fn assert_same(session: &mut Session, expected: &[Vec<String>], told: &str) {
    session.wait_for("embedded sample");
    for ((keys, words), expected) in PANES.iter().zip(expected) {
        session.press(keys);
        session.wait_until(
            &format!("on {told}, as on every terminal, {words}:\n{}", expected.join("\n")),
            |session| rows(session) == *expected,
        );
    }
}

#[test]
fn every_pane_says_the_same_on_every_terminal() {
    let expected = reference(&[]);
    insta::assert_snapshot!("panes", page(&expected));
    let others: [(&str, Variables); 8] = [
        ("xterm", &[("TERM", "xterm")]),
        ("xterm with all colours", &[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
        ("linux", &[("TERM", "linux")]),
        ("vt100", &[("TERM", "vt100")]),
        ("vt220", &[("TERM", "vt220")]),
        ("screen", &[("TERM", "screen")]),
        ("an unknown terminal", &[("TERM", "no-such-terminal")]),
        ("NO_COLOR", &[("NO_COLOR", "1")]),
    ];
    for (told, variables) in others {
        let mut session = start(&[PROGRAM], variables);
        assert_same(&mut session, &expected, told);
        session.signal("TERM");
        assert_eq!(session.end(), 143, "{told}");
    }
}

/// The sign for the same in ASCII, or as the program spells it.
fn twin(c: char) -> String {
    let of = |glyphs: &visavis::tui::look::Glyphs| {
        let border = glyphs.border;
        [
            glyphs.ellipsis,
            glyphs.bar,
            glyphs.bar_empty,
            glyphs.separator,
            glyphs.rule,
            glyphs.here,
            glyphs.more_above,
            glyphs.more_below,
            glyphs.older,
            glyphs.newer,
            border.top_left,
            border.top_right,
            border.bottom_left,
            border.bottom_right,
            border.vertical_left,
            border.vertical_right,
        ]
    };
    let text = c.to_string();
    let found = of(&UNICODE).iter().zip(of(&ASCII)).find(|(glyph, _)| **glyph == text).map(|(_, twin)| twin);
    found.map_or_else(|| ascii(&text).into_owned(), str::to_owned)
}

#[test]
fn a_locale_without_unicode_shows_the_same_with_ascii_twins() {
    let panes = reference(&[("LC_ALL", "C")]);
    assert!(page(&panes).is_ascii());
    insta::assert_snapshot!("panes_in_ascii", page(&panes));
    for (rows, expected) in panes.iter().zip(reference(&[])) {
        for (row, expected) in rows.iter().zip(&expected) {
            let twins: String = expected.chars().map(twin).collect();
            assert_eq!(uncounted(row), uncounted(twins.trim_end()));
        }
    }
}

/// How many lines are further down may differ: ASCII may take more letters, and other line breaks.
fn uncounted(row: &str) -> String {
    let is_counted = row.starts_with('+');
    row.chars().map(|c| if is_counted && c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Whether it is installed; else that is said.
#[expect(clippy::print_stdout, reason = "a test that tries nothing says so")]
fn is_here(multiplexer: &str, flag: &str) -> bool {
    let found = Command::new(multiplexer).arg(flag).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        println!("{multiplexer} is not installed: not tried");
    }
    found.is_ok()
}

#[test]
fn tmux_as_it_comes_shows_the_same() {
    if !is_here("tmux", "-V") {
        return;
    }
    let expected = reference(&[]);
    let mut session = start(&["tmux", "-L", "visavis", "-f", "/dev/null", "new-session", PROGRAM], &[]);
    session.resize(80, 25);
    assert_same(&mut session, &expected, "tmux");
    // The program ends, then its window, its server and the client.
    session.press("\x03");
    assert_eq!(session.end_somehow(), 0);
}

#[test]
fn gnu_screen_as_it_comes_shows_the_same() {
    if !is_here("screen", "-v") {
        return;
    }
    let expected = reference(&[]);
    let mut session = start(&["screen", "-U", "-c", "/dev/null", PROGRAM], &[]);
    assert_same(&mut session, &expected, "GNU screen");
    session.press("\x03");
    assert_eq!(session.end_somehow(), 0);
}

/// The kinds of control sequences in these bytes: `CSI ?25h`, `CSI K`, `SGR 7`, `ESC 7`, `C0 8`, `OSC`.
fn kinds(bytes: &[u8]) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (0x1b, [b'[', body @ ..]) => {
                let end = body.iter().position(|byte| (0x40..0x7f).contains(byte)).unwrap();
                let (parameters, last) = (std::str::from_utf8(&body[..end]).unwrap(), char::from(body[end]));
                rest = &body[end + 1..];
                match last {
                    'm' => kinds.extend(
                        parameters.split(';').map(|one| format!("SGR {}", one.trim_start_matches('0'))),
                    ),
                    _ if parameters.starts_with('?') => drop(kinds.insert(format!("CSI {parameters}{last}"))),
                    'J' => drop(kinds.insert(format!("CSI {parameters}{last}"))),
                    _ => drop(kinds.insert(format!("CSI {last}"))),
                }
            }
            (0x1b, [b']', ..]) => drop(kinds.insert("OSC".to_owned())),
            (0x1b, [other, ..]) => drop(kinds.insert(format!("ESC {}", char::from(*other)))),
            (0x00..=0x1f | 0x7f, _) => drop(kinds.insert(format!("C0 {first}"))),
            _ => {}
        }
    }
    kinds
}

/// Moves, erasures and the few styles that every terminal since the VT100 knows.
const EVERYWHERE: &str = "C0 8,C0 10,C0 13,CSI A,CSI B,CSI C,CSI D,CSI H,CSI K,CSI 2J,SGR ,SGR 1,SGR 4,SGR 7";
const SINGLE_STYLES: &str = "SGR 2,SGR 22,SGR 24,SGR 27,CSI X,CSI ?25l,CSI ?25h,CSI n";
const COLOURS: &str = "SGR 30,SGR 31,SGR 32,SGR 33,SGR 34,SGR 35,SGR 36,SGR 37,SGR 39,SGR 49,SGR 90,SGR 94";
const SCREENS: &str = "CSI ?1049h,CSI ?1049l,CSI ?2004h,CSI ?2004l,CSI ?2026h,CSI ?2026l";
const COPIES: &str = "OSC,ESC \\";

#[test]
fn no_terminal_is_sent_what_it_does_not_know() {
    let cases: [(Variables, &[&str]); 6] = [
        (&[("TERM", "vt100")], &[EVERYWHERE]),
        (&[("TERM", "vt220")], &[EVERYWHERE, SINGLE_STYLES]),
        (&[("TERM", "linux")], &[EVERYWHERE, SINGLE_STYLES, COLOURS]),
        (&[("TERM", "xterm")], &[EVERYWHERE, SINGLE_STYLES, COLOURS, SCREENS, COPIES]),
        (&[("TERM", "screen")], &[EVERYWHERE, SINGLE_STYLES, COLOURS, SCREENS, COPIES]),
        (&[("NO_COLOR", "1")], &[EVERYWHERE, SINGLE_STYLES, SCREENS, COPIES]),
    ];
    for (variables, known) in cases {
        let mut session = start(&[PROGRAM], variables);
        session.wait_for("embedded sample");
        for (keys, words) in PANES {
            session.press(keys);
            session.wait_for(words);
        }
        session.press("?");
        session.wait_for(" Help ");
        session.press("\x1b");
        session.wait_until("no help", |session| !session.text().contains(" Help "));
        for (keys, words) in [("1y", "copied"), ("2/al", "/al")] {
            session.press(keys);
            session.wait_for(words);
        }
        session.signal("TERM");
        assert_eq!(session.end(), 143, "{variables:?}");
        let known: BTreeSet<String> =
            known.iter().flat_map(|some| some.split(',')).map(str::to_owned).collect();
        let unknown: Vec<String> = kinds(&session.bytes()).difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{variables:?} is sent {unknown:?}");
    }
}

#[test]
fn a_dumb_terminal_gets_plain_text_instead_of_a_screen() {
    let mut session = start(&[PROGRAM], &[("TERM", "dumb")]);
    assert_eq!(session.end(), 0);
    let text = String::from_utf8(session.bytes()).unwrap().replace("\r\n", "\n");
    assert!(kinds(text.as_bytes()).iter().all(|kind| kind == "C0 10"), "{text:?}");
    insta::assert_snapshot!("dumb", text);
}
