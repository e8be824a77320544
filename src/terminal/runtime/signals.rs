//! The thread that handles signals, with a watchdog that ends the program after a fatal one.

use std::{
    process,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use rustix::process::{Signal, getpid, kill_process};
use signal_hook::{
    consts::{SIGCONT, SIGINT, SIGQUIT, SIGTSTP, SIGTTOU, SIGWINCH},
    iterator::Signals,
    low_level::raise,
};

use super::{Notice, Poster};
use crate::terminal::tty::Tty;

/// How long the app may take to end after a fatal signal.
const WATCHDOG_PATIENCE: Duration = Duration::from_millis(800);
/// How long to wait for the signal thread to report `SIGCONT`.
const CONTINUED_PATIENCE: Duration = Duration::from_millis(200);

/// 128 + the signal's number, as in shells.
pub(super) fn exit_code(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// The state of the process that the threads share.
pub(super) struct Process {
    pub(super) tty: Arc<Tty>,
    is_outside: AtomicBool,
    continued: Mutex<u64>,
    has_continued: Condvar,
}

impl Process {
    pub(super) fn new(tty: Arc<Tty>) -> Self {
        Self {
            tty,
            is_outside: AtomicBool::new(false),
            continued: Mutex::default(),
            has_continued: Condvar::new(),
        }
    }

    /// Runs `outside` while another program has the terminal. Signal keys are meant for that program and ignored
    /// here.
    pub(super) fn lend(&self, outside: impl FnOnce()) {
        self.is_outside.store(true, SeqCst);
        outside();
        // A Ctrl-C for the other program may still be on its way to the signal thread. It has been handled once a
        // signal sent after it has; the thread may be in the middle of a round, so send two.
        for _ in 0..2 {
            let before = self.continued();
            let _ = kill_process(getpid(), Signal::CONT);
            self.wait_until_continued(before);
        }
        self.is_outside.store(false, SeqCst);
    }

    /// How many times the process was continued.
    pub(super) fn continued(&self) -> u64 {
        *self.lock()
    }

    /// Stops the process and returns when it is continued; false if it could not be stopped.
    ///
    /// It is stopped by `SIGTTOU` with the default action, because the kernel then does not stop a process that no
    /// shell could continue.
    pub(super) fn stop(&self) -> bool {
        let before = self.continued();
        let _ = raise(SIGTTOU);
        self.wait_until_continued(before)
    }

    fn wait_until_continued(&self, before: u64) -> bool {
        let waited =
            self.has_continued.wait_timeout_while(self.lock(), CONTINUED_PATIENCE, |count| *count == before);
        *waited.unwrap_or_else(PoisonError::into_inner).0 != before
    }

    fn count_continued(&self) -> u64 {
        let mut count = self.lock();
        *count += 1;
        self.has_continued.notify_all();
        *count
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        self.continued.lock().unwrap_or_else(PoisonError::into_inner)
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
                    let count = process.count_continued();
                    if !is_outside {
                        poster.notify(Notice::Continued(count));
                    }
                }
                // The other program stops too. Without this the shell would wait for this process, and this process
                // for the other program.
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
