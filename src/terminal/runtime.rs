//! The event loop: one thread draws and decides; input, signals and writing have threads of their own.
//!
//! ```text
//!   input ────┐                          ┌──── writer ──► terminal
//!   signals ──┼──► one queue ──► app ────┘ (one frame at a time)
//!   posters ──┘
//! ```
//!
//! **Invariant** The thread that draws never reads from or writes to the terminal while it runs, so a terminal that
//! hangs cannot keep the program from saving and ending.
//!
//! **Invariant** There is no clock: every thread blocks until something happens. An idle program uses no processor
//! time, wakes no thread and writes nothing.
//!
//! **Invariant** At most one frame is being written, and only a bounded part of earlier frames has not yet reached
//! the terminal (`flow_control`). A slow link makes the program skip frames, never queue them.

mod app;
mod input;
mod flow_control;
mod signals;
mod writer;
mod screen;

use std::{
    collections::VecDeque,
    fmt, panic,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use ratatui::layout::Size;

pub use app::{App, End, Event, Flow};

use crate::contained::is_contained;

use super::{
    device::Terminal,
    keys::{self, TerminalInput},
};
use input::InputReader;
use screen::Screen;
use signals::Process;

/// How long the first frame waits for the data set, so that it shows a small one complete.
const FIRST_FRAME_PATIENCE: Duration = Duration::from_millis(25);
/// How long waiting events are handled before a frame is drawn in any case.
const LONGEST_DRAIN: Duration = Duration::from_millis(50);
/// How long to wait for a signal's notice after the terminal has vanished.
const SIGNAL_PATIENCE: Duration = Duration::from_millis(20);
/// The exit code of a Rust program that panics.
const PANICKED: u8 = 101;

/// Everything that reaches the thread that draws.
enum Notice<M> {
    Input(Vec<TerminalInput>),
    Posted(M),
    Resized(Size),
    Stop,
    Continued(u64),
    Fatal(i32),
    /// The writer has written its frame or dropped it.
    Written,
    Gone,
    Panicked,
}

/// Posts messages to the app from other threads.
pub struct Poster<M> {
    queue: Sender<Notice<M>>,
}

/// The end of the queue that [`run`] takes messages from.
pub struct Inbox<M> {
    queue: Receiver<Notice<M>>,
    poster: Poster<M>,
}

/// The two ends of the app's queue.
pub fn channel<M>() -> (Poster<M>, Inbox<M>) {
    let (sender, queue) = mpsc::channel();
    let poster = Poster { queue: sender };
    (poster.clone(), Inbox { queue, poster })
}

impl<M> Poster<M> {
    /// Posts a message; false if the app has ended and will not read it.
    pub fn post(&self, message: M) -> bool {
        self.notify(Notice::Posted(message))
    }

    fn notify(&self, notice: Notice<M>) -> bool {
        self.queue.send(notice).is_ok()
    }
}

#[cfg(test)]
impl<M> Inbox<M> {
    /// The next message that was posted.
    pub(crate) fn posted(&self, patience: Duration) -> Option<M> {
        loop {
            if let Notice::Posted(message) = self.queue.recv_timeout(patience).ok()? {
                return Some(message);
            }
        }
    }
}

impl<M> Clone for Poster<M> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

impl<M> fmt::Debug for Poster<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Poster").finish_non_exhaustive()
    }
}

impl<M> fmt::Debug for Inbox<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Inbox").finish_non_exhaustive()
    }
}

/// Runs the app until it quits or is ended, and returns the exit code of the process.
///
/// `is_safe` is asked about every drawn symbol that is not plain ASCII; a symbol it refuses is drawn as `?`.
///
/// The code is the app's own, 128 + n after signal n, 129 after the terminal vanished, 101 after a panic on any
/// thread. The terminal is restored in each case; after a fatal signal within a second, because a watchdog ends the
/// process if the app does not. The caller should exit with the code at once.
pub fn run<A: App>(
    app: &mut A,
    terminal: Terminal,
    inbox: Inbox<A::Message>,
    is_safe: fn(&str) -> bool,
) -> u8 {
    let Terminal { tty: given, signals } = terminal;
    let process = Arc::new(Process::new(Arc::clone(&given.0)));
    let Inbox { queue, poster } = inbox;
    restore_before_panicking(&process, &poster);
    signals::spawn(signals, Arc::clone(&process), poster.clone());
    let end = match Screen::enter(Arc::clone(&given.0), poster.clone()) {
        Ok(screen) => {
            let reader = InputReader::spawn(Arc::clone(&given.0), poster);
            let mut runtime =
                Runtime { app, screen, queue, reader, process: &process, is_safe, is_stale: true, seen: 0 };
            let end = runtime.run();
            runtime.app.on_end(end);
            if matches!(end, End::Quit(_) | End::Signal(_)) {
                runtime.settle();
            }
            end
        }
        Err(_) => {
            app.on_end(End::TerminalGone);
            End::TerminalGone
        }
    };
    given.0.leave();
    match end {
        End::Quit(code) => code,
        End::Signal(signal) => signals::exit_code(signal),
        End::TerminalGone => signals::exit_code(signal_hook::consts::SIGHUP),
        End::Panic => PANICKED,
    }
}

/// Restores the terminal before a panic's message is printed, so that it can be read. A panic on any thread that
/// is not contained ends the program.
fn restore_before_panicking<M: Send + 'static>(process: &Arc<Process>, poster: &Poster<M>) {
    let (process, poster) = (Arc::clone(process), poster.clone());
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if is_contained() {
            return;
        }
        process.tty.leave();
        before(panic);
        poster.notify(Notice::Panicked);
    }));
}

struct Runtime<'a, A: App> {
    app: &'a mut A,
    screen: Screen,
    queue: Receiver<Notice<A::Message>>,
    reader: InputReader,
    process: &'a Process,
    is_safe: fn(&str) -> bool,
    /// Whether the app has changed since the last frame was drawn.
    is_stale: bool,
    /// The last continuation (`SIGCONT`) of the process after which the screen was entered.
    seen: u64,
}

/// `Err` ends the loop with its reason, so that `?` passes it on.
type Going = Result<(), End>;

impl<A: App> Runtime<'_, A> {
    fn run(&mut self) -> End {
        let ended = self.wait_for_first_frame().and_then(|()| {
            loop {
                self.draw();
                if let Some(notice) = self.wait()? {
                    self.drain(notice)?;
                }
            }
        });
        let Err(end): Result<std::convert::Infallible, End> = ended;
        end
    }

    /// Waits for a notice; `None` if the terminal, for whose answer a frame waits, does not answer in time.
    fn wait(&mut self) -> Result<Option<Notice<A::Message>>, End> {
        let is_held_up = self.is_stale && !self.screen.is_busy;
        let patience = self.screen.pace.patience();
        match self.queue.recv_timeout(if is_held_up { patience } else { Duration::MAX }) {
            Ok(notice) => Ok(Some(notice)),
            Err(RecvTimeoutError::Disconnected) => Err(End::TerminalGone),
            Err(RecvTimeoutError::Timeout) => {
                self.screen.pace.give_up();
                Ok(None)
            }
        }
    }

    /// Waits briefly for the terminal's answer, so that it is not typed into the shell; returns the other notices
    /// that came.
    fn settle(&mut self) -> Vec<Notice<A::Message>> {
        let deadline = Instant::now() + flow_control::LAST_PATIENCE;
        let mut others = vec![];
        while self.screen.pace.is_asking(Instant::now()) {
            match self.queue.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Notice::Input(inputs)) if inputs.contains(&TerminalInput::Ready) => {
                    self.screen.pace.answered(Instant::now());
                    others.push(Notice::Input(inputs));
                }
                Ok(notice) => others.push(notice),
                Err(_) => break,
            }
        }
        others
    }

    fn wait_for_first_frame(&mut self) -> Going {
        let deadline = Instant::now() + FIRST_FRAME_PATIENCE;
        while !self.app.is_ready_for_first_frame() {
            match self.queue.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(notice) => self.take(notice)?,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(End::TerminalGone),
            }
        }
        Ok(())
    }

    /// Handles all waiting notices before a frame is drawn, so that a held key costs one frame and not one per
    /// repeat.
    fn drain(&mut self, first: Notice<A::Message>) -> Going {
        let deadline = Instant::now() + LONGEST_DRAIN;
        self.take(first)?;
        while let Ok(notice) = self.queue.try_recv() {
            self.take(notice)?;
            if Instant::now() > deadline {
                break;
            }
        }
        Ok(())
    }

    /// Handles what one read brought. Where text is written, keys that came together with a line break are text: a paste
    /// into a terminal that does not bracket it would otherwise save at its first line.
    fn take_input(&mut self, inputs: Vec<TerminalInput>) -> Going {
        let mut rest = VecDeque::from(inputs);
        while !rest.is_empty() {
            let pasted = if self.app.takes_text() { keys::as_text(rest.make_contiguous()) } else { None };
            let event = if let Some((keys, text)) = pasted {
                rest.drain(..keys);
                Event::Paste { text, cut: false }
            } else {
                match rest.pop_front() {
                    Some(TerminalInput::Key(key)) => Event::Key(key),
                    Some(TerminalInput::Mouse(mouse)) => Event::Mouse(mouse),
                    Some(TerminalInput::Paste { text, cut }) => Event::Paste { text, cut },
                    Some(TerminalInput::Ready) => {
                        self.screen.pace.answered(Instant::now());
                        continue;
                    }
                    None => break,
                }
            };
            if self.process.tty.dialect().answers() {
                self.screen.pace.allow();
            }
            self.handle(event)?;
        }
        Ok(())
    }

    fn take(&mut self, notice: Notice<A::Message>) -> Going {
        match notice {
            Notice::Input(inputs) => self.take_input(inputs),
            Notice::Posted(message) => self.handle(Event::Posted(message)),
            Notice::Resized(size) => {
                // Even if the size is the same: it may have been another one in between.
                self.screen.resize(size);
                self.is_stale = true;
                self.handle(Event::Resized(size))
            }
            Notice::Stop => self.stop(),
            Notice::Continued(count) if count > self.seen => {
                // The process was stopped by another one without a chance to leave the screen, and the shell has used
                // the terminal since.
                self.seen = count;
                if self.process.tty.is_in_foreground() { self.enter() } else { self.stop() }
            }
            Notice::Continued(_) => Ok(()),
            Notice::Written => {
                self.screen.is_busy = false;
                Ok(())
            }
            Notice::Fatal(signal) => Err(End::Signal(signal)),
            Notice::Gone => Err(self.why_gone()),
            Notice::Panicked => Err(End::Panic),
        }
    }

    /// Why the terminal is gone: a background process that a signal is about to end cannot reach its terminal either.
    fn why_gone(&self) -> End {
        let news = std::iter::from_fn(|| self.queue.recv_timeout(SIGNAL_PATIENCE).ok());
        let signal = news.into_iter().find_map(|notice| match notice {
            Notice::Fatal(signal) => Some(signal),
            _ => None,
        });
        signal.map_or(End::TerminalGone, End::Signal)
    }

    fn handle(&mut self, event: Event<A::Message>) -> Going {
        match self.app.handle(event) {
            Flow::Continue => Ok(()),
            Flow::Redraw => {
                self.is_stale = true;
                Ok(())
            }
            Flow::Quit(code) => Err(End::Quit(code)),
            Flow::Suspend => self.stop(),
            Flow::Outside => {
                let others = self.settle();
                self.reader.pause();
                self.process.tty.leave();
                self.process.lend(|| self.app.outside());
                self.enter()?;
                others.into_iter().try_for_each(|notice| self.take(notice))
            }
        }
    }

    /// Leaves the screen, stops the process as Ctrl-Z does, and enters the screen again when the shell continues it.
    fn stop(&mut self) -> Going {
        let others = self.settle();
        self.reader.pause();
        self.process.tty.leave();
        loop {
            let is_continued = self.process.stop();
            self.seen = self.process.continued();
            if self.process.tty.is_in_foreground() {
                self.enter()?;
                return others.into_iter().try_for_each(|notice| self.take(notice));
            }
            // A background process must not draw: stop again until the shell puts it in the foreground.
            if !is_continued {
                return Err(End::TerminalGone);
            }
        }
    }

    fn enter(&mut self) -> Going {
        self.screen.reenter().map_err(|_| End::TerminalGone)?;
        self.reader.resume();
        self.is_stale = true;
        self.handle(Event::Resumed)
    }

    fn draw(&mut self) {
        if self.is_stale && !self.screen.is_busy && !self.screen.pace.is_full() {
            self.is_stale = false;
            self.screen.draw(self.app, self.is_safe);
        }
    }
}
