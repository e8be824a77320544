//! The terminal the program draws on: opened anew, entered, and always restored as it was.

use std::{fmt, io, sync::Arc};

use ratatui::layout::Size;
use signal_hook::{
    consts::{
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
        SIGVTALRM, SIGWINCH, SIGXCPU,
    },
    iterator::Signals,
};

use super::{capabilities::Dialect, tty::Tty};

/// The signals that the program handles: those of a terminal, and all that would otherwise end it without restoring
/// it.
const SIGNALS: [i32; 14] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM,
    SIGPROF, SIGXCPU, SIGABRT,
];

/// Why there is no screen to draw on. The caller prints plain text instead.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The process has no controlling terminal, or it cannot be opened or set up.
    #[error("no terminal here ({0})")]
    NoTerminal(#[from] io::Error),
    /// `TERM=dumb`: the terminal cannot move its cursor.
    #[error("this terminal cannot show a screen (TERM=dumb)")]
    Dumb,
}

/// A terminal that is ready to be drawn on. Dropping it restores the terminal.
///
/// **Invariant** Nothing is written and no mode is changed before [`run`](super::runtime::run): opening a terminal
/// and failing afterwards leaves no trace. Standard input, output and error are not touched at all; they may be
/// pipes.
pub struct Terminal {
    pub(super) tty: Given,
    pub(super) signals: Signals,
}

/// Restores the terminal when dropped, so also when a panic unwinds.
pub(super) struct Given(pub(super) Arc<Tty>);

impl Terminal {
    /// Opens the controlling terminal. `term` is the value of `TERM`. Errors: see [`OpenError`].
    ///
    /// From here on the process's fatal signals are collected for [`run`](super::runtime::run) instead of
    /// ending the process, so the two belong together.
    pub fn open(term: Option<&str>) -> Result<Self, OpenError> {
        if term == Some("dumb") {
            return Err(OpenError::Dumb);
        }
        let tty = Given(Arc::new(Tty::open(Dialect::of(term))?));
        Ok(Self { tty, signals: Signals::new(SIGNALS)? })
    }

    /// Columns and rows, never 0: a terminal that does not know its size counts as 80 × 24.
    pub fn size(&self) -> Size {
        self.tty.0.size()
    }

    /// Restores the terminal. Does nothing if that was done already.
    pub fn leave(&self) {
        self.tty.0.leave();
    }
}

impl fmt::Debug for Terminal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Terminal").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.0.leave();
    }
}
