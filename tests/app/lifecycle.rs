//! Every way the program can end, from every state somebody may be in: gone, with its code, the terminal as it was.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
    time::Duration,
};

use super::session::{ENTERED, Session};

/// Where somebody is when the end comes.
#[derive(Clone, Copy, Debug)]
struct State {
    name: &'static str,
    keys: &'static [u8],
    /// What the screen then shows.
    shown: &'static str,
    /// What was typed and not saved.
    typed: Option<&'static str>,
    around: Around,
}

/// What else is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    Nothing,
    /// The cards come from a pipe that says no more.
    Reading,
    /// The window is being dragged.
    Resizing,
    /// Nobody reads what the program writes, and the line is full of it.
    Deaf,
}

const fn state(name: &'static str, keys: &'static [u8], shown: &'static str) -> State {
    State { name, keys, shown, typed: None, around: Around::Nothing }
}

impl State {
    const fn typed(self, text: &'static str) -> Self {
        Self { typed: Some(text), ..self }
    }

    const fn amid(self, around: Around) -> Self {
        Self { around, ..self }
    }
}

const STATES: [State; 17] = [
    state("at rest", b"", "Albania"),
    state("a search being typed", b"/alb", "/alb"),
    state("a card", b"2jj", "Albania"),
    state("the help", b"?", "Help"),
    state("the palette", b":the", "the"),
    state("the review queue", b"7", "Review"),
    state("the mouse in use", b"M", "mouse"),
    state("a comparison", b"cuzb\r", "UZB"),
    state("a note being typed", b"2ehalf a thought", "half a thought").typed("half a thought"),
    state("a flag being typed", b"4} \thalf a doubt", "half a doubt").typed("half a doubt"),
    state("half a mouse report", b"\x1b[<", "Albania"),
    state("half a reply", b"\x1b[?1", "Albania"),
    state("a paste without its end", b"\x1b[200~abc", "Albania"),
    // Of a letter of two bytes only the first arrives.
    state("half a letter", b"/\xc3", "/"),
    state("files being read", b"", "reading").amid(Around::Reading),
    state("a window being dragged", b"j", "Armenia").amid(Around::Resizing),
    state("a line nobody reads", b"2eunheard", "unheard").typed("unheard").amid(Around::Deaf),
];

/// How it ends: the last three are stopped and brought back first, and must draw themselves anew.
#[derive(Clone, Copy, Debug)]
enum Ending {
    /// The key, as a byte.
    CtrlC,
    Signal(&'static str, u32),
    /// The terminal's other end is closed.
    Cut,
    /// By these signals from outside, without a shell; then by another one.
    Continued(&'static str),
    /// Ctrl-Z and `fg` in a shell; then by a signal.
    Suspended,
}

const ENDINGS: [Ending; 9] = [
    Ending::CtrlC,
    Ending::Signal("INT", 130),
    Ending::Signal("TERM", 143),
    Ending::Signal("HUP", 129),
    Ending::Signal("QUIT", 131),
    Ending::Cut,
    Ending::Continued("TSTP"),
    Ending::Continued("STOP"),
    Ending::Suspended,
];

/// The program in this state, as a shell's job or by itself.
fn begin(state: &State, is_job: bool) -> Session {
    // Opened both ways, the pipe waits for no writer, and never ends.
    const FROM_PIPE: &str = r#"exec "$0" - 0<>"$PIPE""#;
    let program = env!("CARGO_BIN_EXE_visavis");
    let pipe = pipe();
    let words: &[&str] = match state.around {
        Around::Reading => &["sh", "-c", FROM_PIPE, program],
        _ => &[program],
    };
    let environment = [("PIPE", &*pipe)];
    let mut session = if is_job {
        Session::start_in_shell(words, &environment)
    } else {
        Session::run(words, &environment, super::session::at_once)
    };
    if state.around != Around::Reading {
        // The last that is said at the start, which would stand in front of what is typed.
        session.wait_for("embedded sample");
    }
    session.send(state.keys);
    session.wait_for(state.shown);
    match state.around {
        Around::Nothing | Around::Reading => {}
        Around::Resizing => {
            for size in
                [(1, 1), (500, 200), (7, 3), (80, 2), (300, 100), (40, 12), (81, 25), (80, 24)].repeat(4)
            {
                session.resize(size.0, size.1);
            }
        }
        Around::Deaf => {
            session.wire.is_paused.store(true, SeqCst);
            // A whole frame of this size is 9 kB, and the kernel takes 20 kB before a write waits.
            for width in [500, 499, 498, 497, 496] {
                session.resize(width, 200);
                thread::sleep(Duration::from_millis(30));
            }
            session.resize(80, 24);
        }
    }
    session
}

/// A pipe that all tests here read from and nobody writes to.
fn pipe() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pipe-{}", std::process::id()));
    if !path.exists() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        // Another thread may have made it in between.
        let _ = mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0);
    }
    path
}

/// What is kept for the next start.
fn drafts(state: &Path) -> String {
    std::fs::read_to_string(state.join("visavis/drafts.json")).unwrap_or_default()
}

fn one(ending: Ending, state: &State) {
    let told = format!("{ending:?} from {}", state.name);
    let mut session = begin(state, matches!(ending, Ending::Suspended));
    let code = match ending {
        Ending::CtrlC => {
            session.press("\x03");
            session.end()
        }
        Ending::Signal(name, _) => {
            session.signal(name);
            session.end()
        }
        Ending::Cut => {
            session.cut();
            session.end_somehow()
        }
        Ending::Continued(stop) => {
            session.signal(stop);
            session.signal("CONT");
            come_back(&mut session, state);
            session.signal("TERM");
            session.end()
        }
        Ending::Suspended => {
            session.press("\x1a");
            session.wait_until("the job stopped", Session::is_stopped);
            session.wait_until("the modes of the shell", Session::has_modes_as_before);
            session.press("\r");
            come_back(&mut session, state);
            session.signal("TERM");
            session.end()
        }
    };
    let expected = match ending {
        Ending::CtrlC => 130,
        Ending::Signal(_, code) => code,
        Ending::Cut => 129,
        Ending::Continued(_) | Ending::Suspended => 143,
    };
    assert_eq!(code, expected, "{told}");
    if let Some(typed) = state.typed {
        let drafts = drafts(session.state());
        assert!(drafts.contains(typed), "{told}: the draft is not kept: {drafts}");
    }
}

/// The screen is entered a second time and shows again what it showed.
fn come_back(session: &mut Session, state: &State) {
    session.wire.is_paused.store(false, SeqCst);
    session.wait_until("entered again", |session| session.count(ENTERED) >= 2);
    session.wait_until("the same screen", |session| {
        session.screen().alternate_screen() && session.text().contains(state.shown)
    });
}

/// Runs all of them, so many at once.
fn each<T: Sync>(all: &[T], many: usize, one: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..many {
            scope.spawn(|| {
                while let Some(item) = all.get(next.fetch_add(1, SeqCst)) {
                    one(item);
                }
            });
        }
    });
}

#[test]
fn every_ending_from_every_state_leaves_a_terminal_as_it_was_and_nobody_behind() {
    // Twice as many at once as there are processors: half of the time is waiting.
    let many = 2 * thread::available_parallelism().map_or(2, usize::from);
    let all: Vec<_> =
        ENDINGS.iter().flat_map(|ending| STATES.iter().map(move |state| (*ending, state))).collect();
    each(&all, many, |(ending, state)| one(*ending, state));
}

#[test]
fn no_state_keeps_a_processor_busy_nor_does_coming_back_to_it() {
    each(&STATES, STATES.len(), |state| {
        let mut session = begin(state, false);
        session.wait_until_it_rests();
        session.signal("TSTP");
        session.signal("CONT");
        come_back(&mut session, state);
        session.wait_until_it_rests();
        session.signal("TERM");
        assert_eq!(session.end(), 143, "{}", state.name);
    });
}

/// It was entered a second time and had not been painted when the end came: the first screen stayed.
#[test]
fn a_program_stopped_from_outside_continued_and_ended_in_one_breath_leaves_the_screen() {
    each(&["TERM", "HUP", "INT", "QUIT"].repeat(4), 4, |name| {
        let mut session = Session::start();
        session.wait_for("Albania");
        for name in ["STOP", "CONT", name] {
            session.signal(name);
        }
        session.end();
    });
}

/// A terminal gone mad: 20 kB of escape bytes and letters, the same each time.
#[test]
fn random_escape_bytes_are_survived_without_a_spinning_core() {
    let mut session = Session::start();
    session.wait_for("Albania");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let bytes = (0..20_000).map(|at| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let byte = u8::try_from(state >> 56).unwrap();
        // Keys that end the program, stop it or start an editor are left out.
        let is_taken = matches!(byte, b'q' | 3 | 4 | 26 | 24 | 28 | b'e') || byte.is_ascii_alphabetic();
        if at % 3 == 0 {
            0x1b
        } else if is_taken {
            b'['
        } else {
            byte
        }
    });
    session.send(&bytes.collect::<Vec<u8>>());
    session.wait_until_it_rests();
    assert!(session.is_running(), "{}", session.text());
    session.signal("TERM");
    assert_eq!(session.end(), 143);
}
