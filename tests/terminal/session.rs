//! A terminal with the program on it, as a test sees it: keys in, a screen out.

use std::{
    env, fs,
    io::{Read, Write},
    num::NonZero,
    ops::{Deref, DerefMut},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::program::ENDED;

/// Nothing here takes a second on an idle machine; a busy one is given time.
const PATIENCE: Duration = Duration::from_secs(40);
const SILENCE: Duration = Duration::from_millis(150);

pub(crate) struct Session {
    master: Box<dyn MasterPty + Send>,
    /// Kept, so that the terminal outlives the program and its modes can be looked at.
    slave: Box<dyn SlavePty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Killed,
    seen: Arc<Mutex<Seen>>,
    is_paused: Arc<AtomicBool>,
    is_over: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    found: String,
    folder: tempfile::TempDir,
}

/// A child that does not outlive its test.
struct Killed(Box<dyn Child + Send + Sync>);

struct Seen {
    bytes: Vec<u8>,
    screen: vt100::Parser,
}

/// A session whose program is the job of a shell.
pub(crate) struct Shell(Session);

/// The arguments that make this test's own executable the program.
const PROGRAM: [&str; 5] = ["--quiet", "--nocapture", "--ignored", "--exact", "program::program"];

impl Session {
    /// Starts the program on 80 × 24 and waits for its first frame.
    pub(crate) fn start() -> Self {
        let mut command = CommandBuilder::new(env::current_exe().unwrap());
        command.args(PROGRAM);
        Self::spawn(command)
    }

    fn spawn(mut command: CommandBuilder) -> Self {
        let folder = tempfile::tempdir().unwrap();
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        command.env(ENDED, folder.path().join("ended"));
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let PtyPair { master, slave } = native_pty_system().openpty(size).unwrap();
        let found = modes(&*master);
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), screen: screen(80, 24) }));
        let (is_paused, is_over) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
        let reader = read(master.try_clone_reader().unwrap(), &seen, &is_paused, &is_over);
        let child = Killed(slave.spawn_command(command).unwrap());
        let keyboard = master.take_writer().unwrap();
        let session =
            Self { master, slave, keyboard, child, seen, is_paused, is_over, reader, found, folder };
        session.wait_for("item 22");
        session
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn signal(&self, signal: i32) {
        let signal = Signal::from_named_raw(signal).unwrap();
        kill_process(self.pid(), signal).unwrap();
    }

    pub(crate) fn resize(&self, width: u16, height: u16) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let unknown =
            |number: u16, otherwise: u16| NonZero::new(if number == 0 { otherwise } else { number }).unwrap();
        let mut seen = self.seen();
        seen.screen.screen_mut().set_size(unknown(height, 24), unknown(width, 80));
        self.master.resize(size).unwrap();
    }

    /// Nothing more is taken from the terminal, but for the one piece that may be on its way.
    pub(crate) fn stop_reading(&self) {
        self.is_paused.store(true, SeqCst);
    }

    pub(crate) fn read_again(&self) {
        self.is_paused.store(false, SeqCst);
    }

    pub(crate) fn screen(&self) -> vt100::Screen {
        self.seen().screen.screen().clone()
    }

    pub(crate) fn written(&self) -> usize {
        self.seen().bytes.len()
    }

    pub(crate) fn count(&self, text: &str) -> usize {
        memchr::memmem::find_iter(&self.seen().bytes, text).count()
    }

    /// From the first byte of the program to the end of its first synchronized update.
    pub(crate) fn first_frame(&self) -> String {
        let bytes = self.seen().bytes.clone();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let begin = text.find("\x1b[?1049h").unwrap();
        text[begin..begin + text[begin..].find("\x1b[?2026l").unwrap()].to_owned()
    }

    pub(crate) fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.0.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program did not end:\n{}", self.screen().contents());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What the program said when it ended; nothing if it was not asked.
    pub(crate) fn ended(&self) -> String {
        fs::read_to_string(self.folder.path().join("ended")).unwrap_or_default()
    }

    pub(crate) fn has_shell_modes(&self) -> bool {
        modes(&*self.master) == self.found
    }

    pub(crate) fn assert_restored(&self) {
        self.wait_until("the ordinary screen", |session| !session.screen().alternate_screen());
        self.wait_until("a cursor", |session| !session.screen().hide_cursor());
        self.wait_until("ordinary pastes", |session| !session.screen().bracketed_paste());
        self.wait_until("the modes as found", Self::has_shell_modes);
    }

    /// Takes the terminal away; gives the exit code and whether the program could still say goodbye.
    pub(crate) fn hang_up(mut self) -> (u32, bool) {
        self.is_over.store(true, SeqCst);
        // Something to read, so that the reader comes back and closes its end.
        self.send("j");
        let Self { master, slave, keyboard, mut child, reader, folder, .. } = self;
        reader.join().unwrap();
        drop((keyboard, slave, master));
        let deadline = Instant::now() + PATIENCE;
        while child.0.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the program outlived its terminal");
            thread::sleep(Duration::from_millis(5));
        }
        (child.0.wait().unwrap().exit_code(), folder.path().join("ended").exists())
    }

    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |session| session.screen().contents().contains(text));
    }

    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "never came: {what}\n{}", self.screen().contents());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Until nothing was written for a moment.
    pub(crate) fn wait_until_silent(&self) {
        self.wait_until("silence", |session| {
            let before = session.written();
            thread::sleep(SILENCE);
            session.written() == before
        });
    }

    /// Until no thread of the program was woken for half a second. Other systems than Linux do not tell.
    pub(crate) fn wait_until_idle(&self) {
        self.wait_until("an idle program", |session| {
            let before = session.wake_ups();
            thread::sleep(Duration::from_millis(500));
            session.wake_ups() == before
        });
    }

    fn wake_ups(&self) -> Vec<String> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid())).into_iter().flatten();
        let status = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("status")).ok());
        status
            .flat_map(|text| {
                text.lines().filter(|line| line.contains("ctxt")).map(str::to_owned).collect::<Vec<_>>()
            })
            .collect()
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.0.process_id().unwrap()).unwrap()).unwrap()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Shell {
    /// A shell with job control runs the program, then, when that stops or ends, the script.
    pub(crate) fn start(script: &str) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &format!("set -m; \"$@\"; {script}; echo ended with $?"), "sh"]);
        command.arg(env::current_exe().unwrap());
        command.args(PROGRAM);
        Self(Session::spawn(command))
    }
}

impl Deref for Shell {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}

impl DerefMut for Shell {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}

fn screen(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(NonZero::new(height).unwrap(), NonZero::new(width).unwrap(), 0)
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn read(
    mut from: Box<dyn Read + Send>,
    seen: &Arc<Mutex<Seen>>,
    is_paused: &Arc<AtomicBool>,
    is_over: &Arc<AtomicBool>,
) -> JoinHandle<()> {
    let (seen, is_paused, is_over) = (Arc::clone(seen), Arc::clone(is_paused), Arc::clone(is_over));
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while !is_over.load(SeqCst) {
            while is_paused.load(SeqCst) {
                thread::sleep(Duration::from_millis(2));
            }
            let Ok(count @ 1..) = from.read(&mut buffer) else { return };
            let mut seen = seen.lock().unwrap();
            seen.bytes.extend_from_slice(&buffer[..count]);
            seen.screen.process(&buffer[..count]);
        }
    })
}
