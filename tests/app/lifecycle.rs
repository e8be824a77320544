//! Every way the program can end, from every state somebody may be in: gone, with its code, the terminal as it was.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::session::{PATIENCE, Session};

/// Keys, and what the screen then shows.
const STATES: [(&str, &str, &str); 9] = [
    ("at rest", "", "Albania"),
    ("a search being typed", "/alb", "/alb"),
    ("the help", "?", "Help"),
    ("a note being typed", "2ehalf a thought", "half a thought"),
    ("a comparison", "cuzb\r", "UZB"),
    ("half a mouse report", "\x1b[<", "Albania"),
    ("half a reply", "\x1b[?1", "Albania"),
    ("a paste without its end", "\x1b[200~abc", "Albania"),
    ("half a letter", "/\u{e9}", "/"),
];

#[derive(Clone, Copy, Debug)]
enum Ending {
    /// The key, as a byte: the terminal is raw.
    CtrlC,
    Signal(&'static str, u32),
}

const ENDINGS: [Ending; 5] = [
    Ending::CtrlC,
    Ending::Signal("INT", 130),
    Ending::Signal("TERM", 143),
    Ending::Signal("HUP", 129),
    Ending::Signal("QUIT", 131),
];

fn one(ending: Ending, (state, keys, shown): (&str, &str, &str)) {
    let mut session = Session::start();
    session.wait_for("Albania");
    let keys = keys.as_bytes();
    // Of a letter of two bytes only the first arrives.
    session.send(if state == "half a letter" { &keys[..keys.len() - 1] } else { keys });
    session.wait_for(shown);
    let began = Instant::now();
    match ending {
        Ending::CtrlC => {
            // A sequence that never ends is given up after a moment; until then a key belongs to it.
            while session.is_running() {
                session.send(b"\x03");
                assert!(began.elapsed() < PATIENCE, "{ending:?} from {state}: {}", session.text());
                thread::sleep(Duration::from_millis(100));
            }
            // What was typed and not saved is asked about once, then kept as a draft.
            assert!(matches!(session.end_as_it_was(), 0 | 130), "{ending:?} from {state}");
        }
        Ending::Signal(name, code) => {
            session.signal(name);
            assert_eq!(session.end_as_it_was(), code, "{ending:?} from {state}");
        }
    }
}

#[test]
fn every_ending_from_every_state_leaves_a_terminal_as_it_was_and_nobody_behind() {
    // As many at once as there are processors keeps the machine busy and no more.
    let many = thread::available_parallelism().map_or(2, usize::from);
    let all: Vec<_> =
        ENDINGS.iter().flat_map(|ending| STATES.iter().map(move |state| (*ending, *state))).collect();
    thread::scope(|scope| {
        for share in 0..many {
            let all = &all;
            scope.spawn(move || {
                all.iter().skip(share).step_by(many).for_each(|(ending, state)| one(*ending, *state));
            });
        }
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
    thread::sleep(Duration::from_millis(800));
    assert!(session.is_running(), "{}", session.text());
    let before = session.ticks();
    thread::sleep(Duration::from_millis(600));
    let spent = session.ticks() - before;
    assert!(spent <= 6, "{spent} of 60 ticks of a processor at rest");
    session.signal("TERM");
    assert_eq!(session.end(), 143);
}
