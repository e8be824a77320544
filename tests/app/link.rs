//! A slow line: 9,600 bit/s and 100 ms each way. What is shown in the end is the newest, and little is on its way.
//!
//! CI runs the line ten times as fast; `VISAVIS_FAULTS=long` at its own pace, and prints what docs/performance.md keeps.

use std::{
    io::Read,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::session::{Carry, Session, Wire, at_once};

const PROGRAM: &str = env!("CARGO_BIN_EXE_visavis");

/// What begins each frame.
const FRAME: &str = "\x1b[?2026h";

/// A key that is held comes so often a second, when the line is at its own pace.
const REPEATS: u32 = 30;

/// What a serial line of 9,600 bit/s carries in a second.
const RATE: u32 = 960;

/// Most bytes after a held key: what is sent before the terminal has said how far it has come, the frame that was being
/// drawn, the frame after that, and the newest; a queue would be a hundred of them.
const MOST_LATE: usize = 900 + 3 * 2_000 + RATE as usize / 10;

/// Bytes come one after the other at this pace, and `LATENCY` later they are there.
fn carry<const TIMES: u32>(mut from: Box<dyn Read + Send>, wire: &Wire) {
    let latency = Duration::from_millis(100) / TIMES;
    let (sender, receiver) = mpsc::channel::<(Instant, Vec<u8>)>();
    let (answers, answering) = mpsc::channel::<(Instant, usize)>();
    thread::scope(|scope| {
        scope.spawn(move || {
            for (due, bytes) in receiver {
                thread::sleep(due.saturating_duration_since(Instant::now()));
                let _ = answers.send((due + latency, wire.show(&bytes)));
            }
        });
        scope.spawn(move || {
            for (due, questions) in answering {
                thread::sleep(due.saturating_duration_since(Instant::now()));
                wire.answer(questions);
            }
        });
        let (mut bytes, mut free) = ([0; 24], Instant::now());
        while let (false, Ok(read @ 1..)) = (wire.is_over(), from.read(&mut bytes)) {
            let takes = Duration::from_secs(1) * u32::try_from(read).unwrap() / (RATE * TIMES);
            free = free.max(Instant::now()) + takes;
            // The line takes the next bytes when it has carried these.
            thread::sleep(free.saturating_duration_since(Instant::now()));
            if sender.send((free + latency, bytes[..read].to_vec())).is_err() {
                return;
            }
        }
    });
}

/// How fast the line is, as a multiple of what it stands for.
fn pace() -> (u32, Carry) {
    let is_long = std::env::var_os("VISAVIS_FAULTS").is_some_and(|value| value == "long");
    if is_long { (1, carry::<1>) } else { (10, carry::<10>) }
}

/// How long the line takes for so many bytes, with the way there and back.
fn seconds(bytes: usize) -> String {
    let tenths = bytes * 10 / usize::try_from(RATE).unwrap() + 2;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What one press costs.
struct Cost {
    bytes: usize,
    frames: usize,
}

/// Presses this at once, and waits for these words and the end of the frame that has them.
fn press(session: &mut Session, keys: &str, words: &str) -> Cost {
    let (bytes, frames) = (session.written(), session.count(FRAME));
    session.press(keys);
    session.wait_until(words, |session| {
        session.written() > bytes && session.text().contains(words) && session.has_whole_frame()
    });
    session.wait_until_it_rests();
    Cost { bytes: session.written() - bytes, frames: session.count(FRAME) - frames }
}

#[test]
fn each_step_over_a_slow_line_is_worth_its_bytes() {
    let mut session = Session::run(&[PROGRAM], &[], at_once);
    session.wait_for("embedded sample");
    session.wait_until_it_rests();
    let opening = Cost { bytes: session.written(), frames: session.count(FRAME) };
    // An overlay costs at most half of a full frame, and so does closing it.
    let half = opening.bytes / 2;
    let steps: [(&str, &str, &str, usize); 14] = [
        ("a move in the list, the card beside it", "j", "Armenia · 2022", 420),
        ("the first letter of a search", "/a", "/a", 1_000),
        ("the next letter", "l", "/al", 900),
        ("clearing it", "\x1b", "Countries 24", 1_500),
        ("the flag dialog", " ", "┌ Flag", half),
        ("closing it again", "\x1b", "space flag", half),
        ("the palette", ":", "┌ Commands", half),
        ("closing the palette", "\x1b", "space flag", half),
        ("closing the picker", "c\x1b", "space flag", 2 * half),
        ("opening the picker", "c", "Compare", half),
        ("opening a comparison", "uzb\r", "UZB ahead", 3_600),
        ("a move in the comparison", "j", "> OPSC", 600),
        ("50 moves at once", &"j".repeat(50), "UZB", 2_400),
        ("the coverage matrix", "4", "by column", 3_000),
    ];
    let tell = |name: &str, cost: &Cost| {
        println!("| {name} | {} | {} | {} s |", cost.bytes, cost.frames, seconds(cost.bytes));
    };
    tell("opening", &opening);
    assert!(opening.bytes <= 4_000, "{} bytes", opening.bytes);
    for (name, keys, words, most) in steps {
        let cost = press(&mut session, keys, words);
        tell(name, &cost);
        assert!(cost.bytes <= most, "{name}: {} bytes", cost.bytes);
        assert!(cost.frames <= 4, "{name}: {} frames", cost.frames);
    }
}

/// The rows without the blanks behind them, which may be printed or not.
fn shown(session: &Session) -> Vec<String> {
    session.screen().rows(0, 80).map(|row| row.trim_end().to_owned()).collect()
}

/// Holds a key down: so many presses, as a keyboard repeats them. Gives how many bytes follow the last of them.
#[expect(clippy::print_stdout, reason = "`just typist` reads it")]
fn hold(place: &str, keys: &str, begin: &str) -> usize {
    let (times, carry) = pace();
    let start = |carry| {
        let mut session = Session::run(&[PROGRAM], &[], carry);
        session.wait_for("embedded sample");
        session.press(begin);
        session.wait_until_it_rests();
        session
    };
    // What it comes to where no line is in between.
    let mut direct = start(at_once);
    direct.press(keys);
    direct.wait_until_it_rests();
    let newest = shown(&direct);
    let mut session = start(carry);
    session.wait_until("silence", |session| {
        let before = session.written();
        thread::sleep(Duration::from_millis(400));
        session.written() == before
    });
    let (before, frames) = (session.written(), session.count(FRAME));
    for key in keys.chars() {
        session.press(&key.to_string());
        thread::sleep(Duration::from_secs(1) / (REPEATS * times));
    }
    let at_last_key = session.written();
    session.wait_until("the newest state", |session| shown(session) == newest);
    let late = session.written() - at_last_key;
    let (bytes, frames) = (session.written() - before, session.count(FRAME) - frames);
    let many = keys.len();
    println!(
        "| {many} keys held in {place} | {bytes} | {frames} | {late} bytes after the last key, {} s |",
        seconds(late)
    );
    assert!(frames < many * 2 / 3, "{frames} frames for {many} keys");
    late
}

/// Up and down through a list of 24, and so on.
fn to_and_fro(many: usize) -> String {
    ["j".repeat(20), "k".repeat(20)].concat().repeat(many / 40) + "jjj"
}

#[test]
fn a_key_held_over_a_slow_line_leaves_no_queue_of_frames_that_nobody_wants() {
    let moves = to_and_fro(240);
    // Where letters are text, the arrows' twins move.
    let typed = moves.replace('j', "\u{e}").replace('k', "\u{10}");
    let tries = [("the list", &moves, "1"), ("the comparison", &moves, "cuzb\r"), ("a search", &typed, "/")];
    thread::scope(|scope| {
        for (place, keys, begin) in tries {
            scope.spawn(move || {
                // A machine that stalls delays the line, too. A queue is there each time.
                let late = (0..5).map(|_| hold(place, keys, begin)).find(|late| *late <= MOST_LATE);
                assert!(late.is_some(), "{place}: each time more than {MOST_LATE} bytes after the last key");
            });
        }
    });
}
