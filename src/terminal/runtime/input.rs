//! The thread that reads from the terminal. It is the first to notice when the terminal vanishes.

use std::{
    io::{self, PipeReader, PipeWriter, Read, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use super::{Notice, Poster};
use crate::terminal::{keys::Parser, tty::Tty};

/// One read takes this many bytes; all keys in it are handled before the next frame.
const READ_SIZE: usize = 1 << 12;

/// Controls the reading thread: it can be paused while another program has the terminal.
#[derive(Debug)]
pub(super) struct InputReader {
    gate: Arc<Gate>,
    bell: Option<PipeWriter>,
}

#[derive(Debug, Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Reading,
    Called,
    Paused,
    Ended,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, state: State) {
        let waited = self.changed.wait_while(self.lock(), |found| *found == state);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn set(&self, from: State, to: State) {
        let mut state = self.lock();
        if *state == from {
            *state = to;
        }
        self.changed.notify_all();
    }
}

impl InputReader {
    pub(super) fn spawn<M: Send + 'static>(tty: Arc<Tty>, poster: Poster<M>) -> Self {
        let gate = Arc::new(Gate::default());
        let Ok((listening, bell)) = io::pipe() else {
            poster.notify(Notice::Gone);
            return Self { gate, bell: None };
        };
        let its_gate = Arc::clone(&gate);
        thread::spawn(move || {
            read(&tty, &poster, &its_gate, listening);
            *its_gate.lock() = State::Ended;
            its_gate.changed.notify_all();
            poster.notify(Notice::Gone);
        });
        Self { gate, bell: Some(bell) }
    }

    /// Pauses the thread. Returns when it no longer reads from the terminal.
    pub(super) fn pause(&mut self) {
        let Some(bell) = &mut self.bell else { return };
        self.gate.set(State::Reading, State::Called);
        if bell.write_all(b"!").is_ok() {
            self.gate.wait_while(State::Called);
        }
    }

    pub(super) fn resume(&self) {
        self.gate.set(State::Paused, State::Reading);
    }
}

/// Reads until the terminal is gone or the event loop has ended.
fn read<M>(tty: &Tty, poster: &Poster<M>, gate: &Gate, mut listening: PipeReader) {
    let mut parser = Parser::default();
    let mut buffer = [0; READ_SIZE];
    loop {
        let Ok(ready) = tty.wait(&listening, parser.patience()) else { return };
        if ready.is_called {
            if listening.read_exact(&mut [0]).is_err() {
                return;
            }
            gate.set(State::Called, State::Paused);
            gate.wait_while(State::Paused);
            // A sequence that began before the pause will not be completed.
            parser = Parser::default();
            continue;
        }
        if ready.is_gone {
            return;
        }
        let inputs = if ready.has_input {
            let Ok(count) = tty.read(&mut buffer) else { return };
            parser.feed(&buffer[..count])
        } else {
            parser.expire()
        };
        if !inputs.is_empty() && !poster.notify(Notice::Input(inputs)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc::RecvTimeoutError, time::Duration};

    use portable_pty::{MasterPty, PtyPair, PtySize, SlavePty, native_pty_system};
    use rustix::fs::{Mode, OFlags};

    use super::*;
    use crate::terminal::{capabilities::Dialect, keys::TerminalInput, runtime::channel};

    type Ends = (Box<dyn MasterPty + Send>, Box<dyn SlavePty + Send>);

    /// A terminal that does not control this process, so that closing it sends no signal.
    fn terminal() -> (Ends, Arc<Tty>) {
        let PtyPair { master, slave } = native_pty_system().openpty(PtySize::default()).unwrap();
        let how = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let device = rustix::fs::open(master.tty_name().unwrap(), how, Mode::empty()).unwrap();
        let tty = Arc::new(Tty::with(device, Dialect::Full).unwrap());
        tty.enter().unwrap();
        ((master, slave), tty)
    }

    const PATIENCE: Duration = Duration::from_secs(40);

    #[test]
    fn a_terminal_that_vanishes_without_a_signal_is_noticed() {
        let ((master, slave), tty) = terminal();
        let (poster, inbox) = channel::<()>();
        let _reader = InputReader::spawn(tty, poster);
        drop((master, slave));
        assert!(matches!(inbox.queue.recv_timeout(PATIENCE), Ok(Notice::Gone)));
    }

    #[test]
    fn nothing_is_read_while_paused() {
        let ((master, _slave), tty) = terminal();
        let (poster, inbox) = channel::<()>();
        let mut reader = InputReader::spawn(tty.clone(), poster);
        let mut keyboard = master.take_writer().unwrap();
        reader.pause();
        reader.pause();
        keyboard.write_all(b"mine").unwrap();
        let (mut theirs, mut buffer) = (Vec::new(), [0; 8]);
        while theirs != b"mine" {
            let count = tty.read(&mut buffer).unwrap();
            theirs.extend_from_slice(&buffer[..count]);
        }
        assert!(matches!(inbox.queue.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Timeout)));
        reader.resume();
        keyboard.write_all(b"ours").unwrap();
        let mut keys = 0;
        while keys < 4 {
            let Ok(Notice::Input(inputs)) = inbox.queue.recv_timeout(PATIENCE) else { panic!("no keys") };
            keys += inputs.iter().filter(|input| matches!(input, TerminalInput::Key(_))).count();
        }
    }
}
