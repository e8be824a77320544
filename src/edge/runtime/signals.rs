//! The thread that answers signals, and ends the program when the rest of it does not.

use std::{
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU, SIGWINCH},
    iterator::Signals,
    low_level::raise,
};

use super::{Notice, Poster};
use crate::edge::terminal::Tty;

/// The signals that are answered here.
pub(crate) const SIGNALS: [i32; 7] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH];
/// How long the app may take to end after a fatal signal.
const WATCHDOG_PATIENCE: Duration = Duration::from_millis(800);
/// How long the news of being continued may take from the signal thread.
const CONTINUED_PATIENCE: Duration = Duration::from_millis(100);

/// 128 + the signal's number, as shells have it.
pub(super) fn exit_code(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// What the threads have to know of the process.
pub(super) struct Process {
    pub(super) tty: Arc<Tty>,
    is_outside: AtomicBool,
    continued: AtomicU64,
}

impl Process {
    pub(super) fn new(tty: Arc<Tty>) -> Self {
        Self { tty, is_outside: AtomicBool::new(false), continued: AtomicU64::new(0) }
    }

    /// While another program has the terminal, the signal keys are meant for that one.
    pub(super) fn set_outside(&self, is_outside: bool) {
        self.is_outside.store(is_outside, SeqCst);
    }

    /// How often the process was continued.
    pub(super) fn continued(&self) -> u64 {
        self.continued.load(SeqCst)
    }

    /// Stops the process and returns when it goes on; false if it could not be stopped.
    ///
    /// The stop is by `SIGTTOU`, whose action is still the default one: the kernel then does not stop a process
    /// that no shell could ever continue.
    pub(super) fn stop(&self) -> bool {
        let before = self.continued();
        let _ = raise(SIGTTOU);
        let deadline = Instant::now() + CONTINUED_PATIENCE;
        while self.continued() == before && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
        self.continued() != before
    }
}

pub(super) fn spawn<M: Send + 'static>(mut signals: Signals, process: Arc<Process>, poster: Poster<M>) {
    thread::spawn(move || {
        for signal in signals.forever() {
            let is_outside = process.is_outside.load(SeqCst);
            match signal {
                SIGWINCH => {
                    poster.notify(Notice::Resized(process.tty.size()));
                }
                SIGCONT => {
                    let count = process.continued.fetch_add(1, SeqCst) + 1;
                    if !is_outside {
                        poster.notify(Notice::Continued(count));
                    }
                }
                // The program outside stops too; without this, the shell would wait for us, and we for it.
                SIGTSTP if is_outside => {
                    let _ = raise(SIGTTOU);
                }
                SIGTSTP => {
                    poster.notify(Notice::Stop);
                }
                SIGINT | SIGQUIT if is_outside => {}
                fatal => {
                    poster.notify(Notice::Fatal(fatal));
                    thread::sleep(WATCHDOG_PATIENCE);
                    process.tty.leave();
                    process::exit(exit_code(fatal).into());
                }
            }
        }
    });
}
