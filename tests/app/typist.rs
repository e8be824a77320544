//! Somebody who types at random, and whose terminal, machine and line fail at random: nothing said to be saved is lost.
//!
//! `VISAVIS_FAULTS=long` runs it five hundred times, which `docs/reliability.md` keeps the figures of;
//! `VISAVIS_SEED` begins with other dice.

use std::{path::Path, thread, time::Duration};

use super::ledger::{self, Ledger};
use super::session::{ENTERED, Session};

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    /// Neighbours among the seeds have nothing in common.
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

const MOVES: [&str; 20] = [
    "j", "k", "h", "l", "gg", "G", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x06",
    "\x02", "}", "{", "]", "[", "\t", "\x1b[Z",
];
const PANES: [&str; 6] = ["1", "2", "3", "4", "5", "7"];
/// Ways about: searches, pickers, overlays, orders and filters. Each may leave something open.
const WAYS: [&str; 30] = [
    "/alb",
    "/zzz",
    "/\u{e9}\r",
    "/ko\r",
    "\x10ukr opsc\r",
    "\x10",
    ":sort\r",
    ":cov",
    "?gap",
    "?",
    "!",
    "cuzb\r",
    "c",
    "x",
    "d",
    "m",
    "s",
    "S",
    "f",
    "o",
    "L",
    "z",
    "<",
    ">",
    "w",
    "wl+",
    "\x07eu\r",
    "\x0c",
    "M",
    "R",
];
const HALVES: [&[u8]; 9] =
    [b"\x1b[", b"\x1b[<", b"\x1bO", b"\x1b[?1", b"\xc3", b"\xe2\x82", b"\x1b]11;", b"\x1bP", b"\x1b[200~qu"];
const SIZES: [(u16, u16); 10] =
    [(1, 1), (40, 12), (2, 30), (500, 200), (7, 3), (120, 40), (200, 1), (39, 11), (80, 24), (300, 90)];

/// What became of the program in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Signal(&'static str, u32),
    CtrlC,
    /// Quit by keys.
    Quit,
    Cut,
}

impl Fate {
    const fn name(self) -> &'static str {
        match self {
            Self::Signal(name, _) => name,
            Self::CtrlC => "Ctrl-C",
            Self::Quit => "quit",
            Self::Cut => "line cut",
        }
    }
}

const KILLED: Fate = Fate::Signal("KILL", 137);
const FATES: [Fate; 8] = [
    Fate::Signal("TERM", 143),
    Fate::Signal("HUP", 129),
    Fate::Signal("INT", 130),
    Fate::Signal("QUIT", 131),
    KILLED,
    Fate::CtrlC,
    Fate::Quit,
    Fate::Cut,
];

/// One life of the program.
struct Life<'a> {
    session: Session,
    dice: &'a mut Dice,
    ledger: &'a mut Ledger,
    is_job: bool,
}

impl Life<'_> {
    /// Whatever was left last time is offered.
    fn begin(&mut self) {
        let screen = |session: &Session| session.count(ENTERED) > 0 && session.text().contains("4 Coverage");
        self.session.wait_until("a first frame", screen);
        if self.ledger.has_drafts() {
            self.session.wait_for("left unsaved last time");
        } else {
            self.session.wait_until("cards", |session| !session.text().contains("reading"));
        }
    }

    fn act(&mut self) {
        match self.dice.roll(24) {
            0..=5 => {
                let (keys, many) = (self.dice.pick(&MOVES), 1 + self.dice.roll(20));
                self.session.press(&keys.repeat(many));
            }
            6..=8 => {
                let pane = self.dice.pick(&PANES);
                self.session.press(pane);
            }
            9..=12 => {
                let way = self.dice.pick(&WAYS);
                self.session.press(way);
            }
            13 | 14 => {
                let (width, height) = self.dice.pick(&SIZES);
                self.session.resize(width, height);
            }
            15 => {
                let half = self.dice.pick(&HALVES);
                self.session.send(half);
            }
            16 => self.rave(),
            17 | 18 => self.suspend(),
            19 => self.session.press("\x1b"),
            _ => self.say(),
        }
        if self.dice.roll(4) == 0 {
            thread::sleep(Duration::from_millis(self.dice.roll(40) as u64));
        }
    }

    /// Bytes that no keyboard sends; none that is a letter, since those are commands that say something or end it all.
    fn rave(&mut self) {
        let bytes: Vec<u8> = (0..60)
            .map(|_| match u8::try_from(self.dice.roll(256)).unwrap() {
                byte if byte.is_ascii_alphabetic() || byte <= b' ' => 0x1b,
                byte => byte,
            })
            .collect();
        self.session.send(&bytes);
    }

    /// Stopped by the key or from outside, and brought back.
    fn suspend(&mut self) {
        if self.is_job {
            let before = self.session.count(ENTERED);
            if self.dice.roll(2) == 0 {
                self.session.press("\x1a");
            } else {
                self.session.signal("STOP");
            }
            self.session.wait_until("the job stopped", Session::is_stopped);
            // A line in raw modes too, which a program stopped from outside leaves behind.
            self.session.press("\n");
            self.session.wait_until("entered again", |session| session.count(ENTERED) > before);
        } else {
            let stop = self.dice.pick(&["TSTP", "STOP"]);
            self.session.signal(stop);
            self.session.signal("CONT");
        }
    }

    /// Out of whatever is open, at a size that shows everything.
    fn compose(&mut self) {
        self.session.resize(80, 24);
        self.session.press("\x1b[201~");
        for _ in 0..4 {
            // A lone Esc is one once nothing has followed it for a moment.
            thread::sleep(Duration::from_millis(45));
            self.session.press("\x1b");
        }
        thread::sleep(Duration::from_millis(45));
    }

    /// Opens a flag or a note and types; true if it is on the screen.
    fn type_something(&mut self) -> Option<(String, bool)> {
        self.compose();
        let is_flag = self.dice.roll(2) == 0;
        let moved = self.dice.pick(&["", "}", "j", "k", "l", "jj"]);
        let pane = self.dice.pick(&["1\x0c", "2", "4"]);
        self.session.press(&format!("{pane}{moved}{}", if is_flag { " " } else { "e" }));
        if !self.session.shows_soon(title(is_flag)) {
            self.ledger.refused += 1;
            return None;
        }
        let text = self.ledger.next();
        self.session.press(&format!("{}{text}", if is_flag { "\t" } else { "\x1b[F " }));
        self.session.wait_for(&text);
        Some((text, is_flag))
    }

    /// Flags or notes something, and saves it, or leaves it typed.
    fn say(&mut self) {
        let Some((text, is_flag)) = self.type_something() else { return };
        if self.dice.roll(4) == 0 {
            self.ledger.typed(&text);
            self.session.press("\x1b");
            // Else the next key would belong to the same sequence, and go into the text.
            self.session.wait_until("a closed overlay", |session| !session.text().contains(title(is_flag)));
            return;
        }
        // The words of the save before are gone, or they would be taken for those of this one.
        self.session.wait_until("no words", |session| !session.text().contains("saved: "));
        self.ledger.sent(&text);
        self.session.press(if is_flag { "\r" } else { "\x04" });
        if self.dice.roll(8) == 0 {
            return;
        }
        self.session.wait_for("saved: ");
        self.ledger.said_saved(&text);
        if self.dice.roll(5) == 0 {
            self.ledger.undone(&text);
            self.session.press("u");
            self.session.wait_for("saved: no longer");
        }
    }

    fn end(mut self, fate: Fate, told: &str) {
        // At times something is being typed when the end comes.
        let is_typing = self.dice.roll(3) == 0;
        if let Some((text, _)) = is_typing.then(|| self.type_something()).flatten() {
            self.ledger.typed(&text);
        }
        if fate == KILLED {
            // It is written while it is typed, but not letter by letter.
            let ledger = &*self.ledger;
            self.session.wait_until("drafts on the disk", |_| ledger.lost_drafts().is_empty());
        }
        if self.dice.roll(4) == 0 {
            self.session.wait_until_it_rests();
        }
        let is_stopped =
            self.is_job && !is_typing && fate != Fate::CtrlC && fate != Fate::Quit && self.dice.roll(4) == 0;
        if is_stopped {
            self.session.press("\x1a");
            self.session.wait_until("the job stopped", Session::is_stopped);
        }
        let code = match fate {
            Fate::Signal(name, code) => {
                self.session.signal(name);
                if is_stopped {
                    self.session.press("\n");
                }
                (fate != KILLED).then_some(code)
            }
            Fate::CtrlC => {
                self.session.press("\x03");
                Some(130)
            }
            Fate::Quit => {
                self.compose();
                self.session.press("qqqq");
                Some(0)
            }
            Fate::Cut => {
                self.session.cut();
                // A shell goes with its terminal.
                (!self.is_job).then_some(129)
            }
        };
        let is_restored = !matches!(fate, Fate::Cut | KILLED);
        let ended = if is_restored { self.session.end() } else { self.session.end_somehow() };
        if let Some(code) = code {
            assert_eq!(ended, code, "{told}");
        }
    }
}

const fn title(is_flag: bool) -> &'static str {
    if is_flag { "┌ Flag " } else { "┌ Note " }
}

/// One typist's lives over one state, and what the ledger holds then.
fn lives(typist: usize, batch: usize, many: usize, dice: &mut Dice) -> Ledger {
    let state = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::new(state.path(), &format!("z{typist}b{batch}"));
    for life in 0..many {
        let environment = [
            ("XDG_STATE_HOME", state.path()),
            ("VISAVIS_AUTHOR", Path::new("ana")),
            ("EDITOR", Path::new("true")),
        ];
        let program = env!("CARGO_BIN_EXE_visavis");
        let is_job = dice.roll(2) == 0;
        let words: &[&str] = if dice.roll(3) == 0 { &[program, "--fresh"] } else { &[program] };
        let session = if is_job {
            Session::start_in_shell(words, &environment)
        } else {
            Session::start_on(&words[1..], &environment)
        };
        let fate = FATES[(typist * many + life) % FATES.len()];
        let told = format!("typist {typist}, batch {batch}, life {life}, {fate:?}");
        let mut one = Life { session, dice, ledger: &mut ledger, is_job };
        one.begin();
        for _ in 0..8 + one.dice.roll(30) {
            one.act();
        }
        one.end(fate, &told);
        ledger.check(&told);
        ledger.ends.push(fate.name());
    }
    ledger
}

#[test]
fn whatever_a_random_typist_was_told_is_saved_is_there_however_it_ends() {
    let is_long = std::env::var_os("VISAVIS_FAULTS").is_some_and(|value| value == "long");
    let seed: u64 = std::env::var("VISAVIS_SEED").map_or(7, |seed| seed.parse().unwrap());
    let (typists, batches, many) = if is_long { (4, 5, 25) } else { (4, 1, 3) };
    let ledgers: Vec<Ledger> = thread::scope(|scope| {
        let each = (0..typists).map(|typist| {
            scope.spawn(move || {
                let mut dice = Dice::new(seed + 1_000 * typist as u64);
                (0..batches).map(|batch| lives(typist, batch, many, &mut dice)).collect::<Vec<_>>()
            })
        });
        let all: Vec<_> = each.collect();
        all.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    ledger::tell(&ledgers);
}
