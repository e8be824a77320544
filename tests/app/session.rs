//! The program on a pseudo-terminal, with a terminal that understands what it draws.

use std::{
    fs,
    io::{Read, Write as _},
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr},
};

/// Far more than anything here takes; only a hang reaches it.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The first of what is written on entering the screen.
pub(crate) const ENTERED: &str = "\x1b[?1049h";

/// What a shell with job control does with the program: whenever it is stopped, a line brings it back.
const JOBS: &str = r#"set -m; "$@"; code=$?
while [ $code -ge 147 ] && [ $code -le 150 ]; do read line; fg >/dev/null; code=$?; done; exit $code"#;

/// A folder without any cards.
pub(crate) fn nowhere() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn cells(many: u16) -> NonZero<u16> {
    NonZero::new(many).unwrap()
}

/// Whatever starts the program: itself, or something that runs it, with an environment that is the same everywhere.
pub(crate) fn command(words: &[&str], state: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    command.cwd(nowhere());
    for name in ["COLORTERM", "NO_COLOR", "TMUX", "STY", "LANG", "LC_CTYPE"] {
        command.env_remove(name);
    }
    // Whoever has no name is asked for one before the first record.
    command.env("VISAVIS_AUTHOR", "ana");
    command.env("TERM", "xterm-256color");
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command.env("XDG_DATA_HOME", "/nonexistent");
    command.env("XDG_STATE_HOME", state);
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// Between the program and the terminal.
pub(crate) struct Wire {
    seen: Mutex<Seen>,
    /// Nothing more is taken from the program, but for the one piece that may be on its way.
    pub(crate) is_paused: AtomicBool,
    is_over: AtomicBool,
    /// Where the terminal answers, as long as the line is not cut.
    keyboard: Mutex<Option<Keyboard>>,
}

type Keyboard = Arc<Mutex<Box<dyn std::io::Write + Send>>>;

struct Seen {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
}

/// How a program asks whether the terminal is well, and how one answers that is.
const QUESTION: &[u8] = b"\x1b[5n";
const ANSWER: &[u8] = b"\x1b[0n";

/// How the bytes of the program come to the terminal.
pub(crate) type Carry = fn(Box<dyn Read + Send>, &Wire);

impl Wire {
    fn new() -> Self {
        let terminal = vt100::Parser::new(cells(24), cells(80), 0);
        let seen = Mutex::new(Seen { terminal, bytes: vec![] });
        let (is_paused, is_over) = (AtomicBool::default(), AtomicBool::default());
        Self { seen, is_paused, is_over, keyboard: Mutex::default() }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(SeqCst)
    }

    /// Shows these bytes, and gives how many questions in them want an answer.
    pub(crate) fn show(&self, bytes: &[u8]) -> usize {
        let mut seen = self.seen();
        // A question may have begun in the bytes before.
        let from = seen.bytes.len().saturating_sub(QUESTION.len() - 1);
        seen.bytes.extend_from_slice(bytes);
        seen.terminal.process(bytes);
        memchr::memmem::find_iter(&seen.bytes[from..], QUESTION).count()
    }

    pub(crate) fn answer(&self, questions: usize) {
        let keyboard = self.keyboard.lock().unwrap().clone();
        if let (Some(keyboard), 1..) = (keyboard, questions) {
            let _ = keyboard.lock().unwrap().write_all(&ANSWER.repeat(questions));
        }
    }

    pub(crate) fn deliver(&self, bytes: &[u8]) {
        self.answer(self.show(bytes));
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }
}

/// As fast as they come.
pub(crate) fn at_once(mut from: Box<dyn Read + Send>, wire: &Wire) {
    let mut bytes = [0; 4096];
    loop {
        while wire.is_paused.load(SeqCst) && !wire.is_over() {
            thread::sleep(Duration::from_millis(2));
        }
        if wire.is_over() {
            return;
        }
        let Ok(read @ 1..) = from.read(&mut bytes) else { return };
        wire.deliver(&bytes[..read]);
    }
}

pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) wire: Arc<Wire>,
    line: Option<Line>,
    reader: Option<JoinHandle<()>>,
    /// The process of the program itself, where it is a shell that was started.
    job: Option<Pid>,
    /// How the terminal treated bytes before the program ran.
    before: String,
    /// Its state, unless it is told another place for it: gone with the session.
    state: tempfile::TempDir,
}

/// The test's end of the terminal.
struct Line {
    master: Box<dyn MasterPty + Send>,
    keyboard: Keyboard,
    device: PathBuf,
}

/// How the terminal treats bytes, in words that can be compared.
fn termios(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Without an end-of-file character: else closing the line would type one, and a break before it.
fn type_nothing_at_the_end(device: &Path) {
    let tty = rustix::fs::open(device, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut modes = tcgetattr(&tty).unwrap();
    modes.special_codes[SpecialCodeIndex::VEOF] = 0;
    tcsetattr(&tty, OptionalActions::Now, &modes).unwrap();
}

impl Session {
    /// Starts the program without arguments in a folder that holds no cards.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with more in its environment.
    pub(crate) fn start_with(environment: &[(&str, &Path)]) -> Self {
        Self::start_on(&[], environment)
    }

    /// The same with arguments.
    pub(crate) fn start_on(args: &[&str], environment: &[(&str, &Path)]) -> Self {
        Self::run(&[&[env!("CARGO_BIN_EXE_visavis")], args].concat(), environment, at_once)
    }

    /// The same as the job of a shell, which takes over when it is stopped and brings it back after a line.
    pub(crate) fn start_in_shell(words: &[&str], environment: &[(&str, &Path)]) -> Self {
        let mut session = Self::run(&[&["sh", "-c", JOBS, "sh"], words].concat(), environment, at_once);
        session.wait_until("the first frame", |session| session.count(ENTERED) > 0);
        let leader = session.line().master.process_group_leader().unwrap();
        session.job = Some(Pid::from_raw(leader).unwrap());
        session
    }

    /// Runs anything on a terminal of 80 × 24, whose bytes are carried in this way.
    pub(crate) fn run(words: &[&str], environment: &[(&str, &Path)], carry: Carry) -> Self {
        let state = tempfile::tempdir().unwrap();
        let mut command = command(words, state.path());
        for (name, value) in environment {
            command.env(name, value);
        }
        Self::launch(command, state, carry)
    }

    pub(crate) fn launch(command: CommandBuilder, state: tempfile::TempDir, carry: Carry) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let device = pair.master.tty_name().unwrap();
        type_nothing_at_the_end(&device);
        let before = termios(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let (wire, from) = (Arc::new(Wire::new()), pair.master.try_clone_reader().unwrap());
        let its_wire = Arc::clone(&wire);
        let keyboard: Keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        *wire.keyboard.lock().unwrap() = Some(Arc::clone(&keyboard));
        let reader = thread::spawn(move || carry(from, &its_wire));
        let line = Line { master: pair.master, keyboard, device };
        Self { child, wire, line: Some(line), reader: Some(reader), job: None, before, state }
    }

    fn line(&self) -> &Line {
        self.line.as_ref().expect("the line is not cut")
    }

    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    pub(crate) fn text(&self) -> String {
        self.wire.seen().terminal.screen().contents()
    }

    pub(crate) fn screen(&self) -> vt100::Screen {
        self.wire.seen().terminal.screen().clone()
    }

    /// All bytes that were written so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.wire.seen().bytes.clone()
    }

    /// Whether the last bytes are the end of a frame, and what may follow one.
    pub(crate) fn has_whole_frame(&self) -> bool {
        let seen = self.wire.seen();
        seen.bytes.strip_suffix(QUESTION).unwrap_or(&seen.bytes).ends_with(b"\x1b[?2026l")
    }

    pub(crate) fn written(&self) -> usize {
        self.wire.seen().bytes.len()
    }

    pub(crate) fn count(&self, sequence: &str) -> usize {
        memchr::memmem::find_iter(&self.wire.seen().bytes, sequence).count()
    }

    pub(crate) fn wait_for(&self, words: &str) {
        self.wait_until(words, |session| session.text().contains(words));
    }

    /// Whether these words come within a few seconds.
    pub(crate) fn shows_soon(&self, words: &str) -> bool {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(4) {
            if self.text().contains(words) {
                return true;
            }
            thread::sleep(Duration::from_millis(4));
        }
        false
    }

    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(began.elapsed() < PATIENCE, "never came: {what:?}\n{}", self.text());
            thread::sleep(Duration::from_millis(4));
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.send(keys.as_bytes());
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.line().keyboard.lock().unwrap().write_all(bytes).unwrap();
    }

    pub(crate) fn resize(&self, cols: u16, rows: u16) {
        self.wire.seen().terminal.screen_mut().set_size(cells(rows), cells(cols));
        self.line().master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// The process of the program.
    fn process(&self) -> Pid {
        let started = || Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        self.job.unwrap_or_else(started)
    }

    pub(crate) fn signal(&self, name: &str) {
        let signal = match name {
            "HUP" => Signal::HUP,
            "INT" => Signal::INT,
            "QUIT" => Signal::QUIT,
            "KILL" => Signal::KILL,
            "TERM" => Signal::TERM,
            "TSTP" => Signal::TSTP,
            "STOP" => Signal::STOP,
            "CONT" => Signal::CONT,
            _ => panic!("SIG{name} is not sent here"),
        };
        kill_process(self.process(), signal).unwrap();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// The fields of the program that the kernel tells, after its name; nothing when it is gone.
    fn stat(&self) -> Option<Vec<String>> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process())).ok()?;
        let fields = stat.rsplit(')').next().unwrap_or_default();
        Some(fields.split_whitespace().map(str::to_owned).collect())
    }

    /// Whether the program stopped, as the kernel has it.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stat().is_some_and(|stat| stat[0] == "T")
    }

    /// Hundredths of a second that a processor has spent on it.
    fn ticks(&self) -> u64 {
        let stat = self.stat().expect("it runs");
        stat[11].parse::<u64>().unwrap() + stat[12].parse::<u64>().unwrap()
    }

    /// Waits until the program takes next to no time: what it began is done, and nothing in it spins.
    pub(crate) fn wait_until_it_rests(&self) {
        self.wait_until("a program at rest", |session| {
            let before = session.ticks();
            thread::sleep(Duration::from_millis(300));
            session.ticks() - before <= 1
        });
    }

    /// Whether the terminal treats bytes as it did before the program ran.
    pub(crate) fn has_modes_as_before(&self) -> bool {
        termios(&*self.line().master) == self.before
    }

    /// The exit code, once the program has ended, nothing of it is left and the terminal is as it was.
    pub(crate) fn end(&mut self) -> u32 {
        let code = self.end_somehow();
        assert!(self.has_modes_as_before(), "the terminal treats bytes in another way than before");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left:\n{}", screen.contents());
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pastes are no longer marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        code
    }

    /// The exit code, once nothing of the program is left, whatever it made of the terminal.
    pub(crate) fn end_somehow(&mut self) -> u32 {
        self.wire.is_paused.store(false, SeqCst);
        let began = Instant::now();
        let leader = self.child.process_id().unwrap();
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.exit_code();
            }
            assert!(began.elapsed() < PATIENCE, "still running:\n{}", self.text());
            thread::sleep(Duration::from_millis(4));
        };
        // The last bytes have been read when nobody holds the terminal any more, or the line is cut.
        while self.reader.as_ref().is_some_and(|reader| !reader.is_finished()) || is_anybody_in(leader) {
            assert!(began.elapsed() < PATIENCE, "somebody was left behind:\n{}", self.text());
            thread::sleep(Duration::from_millis(2));
        }
        code
    }

    /// Takes the terminal away: the master's last descriptors are closed.
    pub(crate) fn cut(&mut self) {
        self.wire.is_over.store(true, SeqCst);
        self.wire.keyboard.lock().unwrap().take();
        let line = self.line.take().expect("the line is cut once");
        // Something to read, so that the reader comes back and closes its end.
        // Where nobody has the terminal open any more, it has come back already.
        let how = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK;
        if let Ok(tty) = rustix::fs::open(&line.device, how, Mode::empty()) {
            let _ = rustix::io::write(&tty, b"\0");
        }
        self.reader.take().expect("the line is cut once").join().unwrap();
        drop(line);
    }
}

/// Whether any process of this session still does anything.
fn is_anybody_in(session: u32) -> bool {
    let session = session.to_string();
    let stats = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| {
        let entry = entry.ok()?;
        entry.file_name().to_str()?.parse::<u32>().ok()?;
        fs::read_to_string(entry.path().join("stat")).ok()
    });
    stats.into_iter().any(|stat| {
        let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let is_alive = fields.next().is_some_and(|state| !matches!(state, "Z" | "X"));
        is_alive && fields.nth(2) == Some(&*session)
    })
}

impl Drop for Session {
    /// A test that fails leaves nobody behind either.
    fn drop(&mut self) {
        self.wire.is_over.store(true, SeqCst);
        if let Some(job) = self.job {
            let _ = kill_process(job, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
