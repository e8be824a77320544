//! The terminal device: its modes, its size, and writes that cannot hang.
//!
//! The device is opened anew, so its non-blocking flag does not affect the shell, which shares the standard streams.

use std::{
    io::{self, PipeReader, PipeWriter, Read, Write},
    os::fd::OwnedFd,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    io::Errno,
    process::getpgrp,
    termios::{
        LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize,
        tcsetattr,
    },
};

use super::capabilities::Dialect;

/// Reports presses, drags and the wheel (mode 1002), but not every move, with positions in decimal (mode 1006).
pub(crate) const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
pub(crate) const MOUSE_OFF: &[u8] = b"\x1b[?1002l\x1b[?1006l";
/// How long the terminal may take to accept the bytes that restore it, at the first try and at the second.
const LEAVE_PATIENCE: Duration = Duration::from_millis(300);
const LAST_PATIENCE: Duration = Duration::from_millis(50);
/// The size assumed for a terminal of unknown size, and the largest size that is drawn on.
const UNKNOWN_SIZE: Size = Size { width: 80, height: 24 };
const LARGEST_SIZE: Size = Size { width: 1000, height: 500 };

/// The terminal device and the state that this program has put it in.
#[derive(Debug)]
pub(crate) struct Tty {
    device: OwnedFd,
    dialect: Dialect,
    /// The modes found at the start, restored at the end.
    found: Termios,
    screen: Mutex<Screen>,
    has_mouse: AtomicBool,
    /// How many threads wait to give the terminal back. A write in progress stops for them.
    leaving: AtomicUsize,
    bell: (PipeReader, PipeWriter),
}

#[derive(Debug, Default)]
struct Screen {
    is_entered: bool,
    /// Whether anything was written since the screen was last left. Only then does it have to be left.
    is_painted: bool,
    epoch: u64,
}

/// What happened to a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameOutcome {
    Written,
    /// The screen was left, or left and entered again, since the frame was drawn.
    Dropped,
    /// The terminal has vanished.
    Gone,
}

#[derive(Debug, Clone, Copy)]
enum Until {
    Done,
    Deadline(Instant),
}

impl Tty {
    pub(crate) fn open(dialect: Dialect) -> io::Result<Self> {
        Self::with(open_controlling_terminal()?, dialect)
    }

    /// Takes a terminal device that is open for reading and writing and non-blocking.
    pub(crate) fn with(device: OwnedFd, dialect: Dialect) -> io::Result<Self> {
        let found = tcgetattr(&device)?;
        Ok(Self {
            device,
            dialect,
            found,
            screen: Mutex::default(),
            has_mouse: AtomicBool::new(false),
            leaving: AtomicUsize::new(0),
            bell: io::pipe()?,
        })
    }

    pub(crate) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn size(&self) -> Size {
        let found = tcgetwinsize(&self.device);
        let (width, height) = found.map_or((0, 0), |size| (size.ws_col, size.ws_row));
        let known =
            |number: u16, unknown: u16, largest: u16| if number == 0 { unknown } else { number.min(largest) };
        Size {
            width: known(width, UNKNOWN_SIZE.width, LARGEST_SIZE.width),
            height: known(height, UNKNOWN_SIZE.height, LARGEST_SIZE.height),
        }
    }

    /// Whether this program is in the foreground. A background process that changes the terminal's modes is stopped.
    pub(crate) fn is_in_foreground(&self) -> bool {
        tcgetpgrp(&self.device).is_ok_and(|group| group == getpgrp())
    }

    /// Makes the terminal raw and returns the epoch of the frames drawn from now on.
    ///
    /// Signal keys keep working: Ctrl-C ends the program whatever the rest of it is doing.
    pub(crate) fn enter(&self) -> io::Result<u64> {
        let mut screen = self.lock();
        let mut raw = self.found.clone();
        raw.make_raw();
        raw.local_modes |= LocalModes::ISIG;
        tcsetattr(&self.device, OptionalActions::Now, &raw)?;
        // If another process stopped this one, the screen was never left: it still has to be.
        *screen = Screen { is_entered: true, is_painted: screen.is_painted, epoch: screen.epoch + 1 };
        Ok(screen.epoch)
    }

    /// Restores the terminal as it was found, within about [`LEAVE_PATIENCE`] even if it accepts no bytes.
    pub(crate) fn leave(&self) {
        let mut screen = self.lock_now();
        if !std::mem::take(&mut screen.is_entered) || !self.is_in_foreground() {
            return;
        }
        let until = Until::Deadline(Instant::now() + LEAVE_PATIENCE);
        if std::mem::take(&mut screen.is_painted) {
            let mouse = if self.has_mouse.swap(false, SeqCst) { MOUSE_OFF } else { b"" };
            let farewell = [mouse, self.dialect.leave()].concat();
            if self.write(&farewell, until) == FrameOutcome::Dropped {
                // The terminal accepts no bytes. Drop those it has not read, so that at least the farewell arrives.
                let _ = tcflush(&self.device, QueueSelector::OFlush);
                self.write(&farewell, Until::Deadline(Instant::now() + LAST_PATIENCE));
            }
        }
        // A failure is ignored: it means that the terminal is gone.
        let _ = tcsetattr(&self.device, OptionalActions::Now, &self.found);
    }

    /// Records whether mouse reports are on, so that `leave` turns them off.
    pub(crate) fn set_mouse(&self, is_on: bool) {
        self.has_mouse.store(is_on, SeqCst);
    }

    /// Writes one frame, however long the terminal takes. Returns early if the terminal is left or gone.
    pub(crate) fn paint(&self, epoch: u64, frame: &[u8]) -> FrameOutcome {
        let mut screen = self.lock();
        if !screen.is_entered || screen.epoch != epoch {
            return FrameOutcome::Dropped;
        }
        screen.is_painted = true;
        self.write(frame, Until::Done)
    }

    /// Waits until the terminal or `also` can be read, at most `patience`, or without limit if that is `None`.
    pub(crate) fn wait(&self, also: &PipeReader, patience: Option<Duration>) -> io::Result<Readiness> {
        let mut watched = [PollFd::new(&self.device, PollFlags::IN), PollFd::new(also, PollFlags::IN)];
        match poll(&mut watched, patience.map(timespec).as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let device = watched[0].revents();
        Ok(Readiness {
            is_gone: device.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            has_input: device.contains(PollFlags::IN),
            is_called: !watched[1].revents().is_empty(),
        })
    }

    /// Reads the bytes that are there; returns how many, 0 if none.
    pub(crate) fn read(&self, into: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.device, into) {
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            other => Ok(other?),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Like `lock`, but stops a frame that is being written.
    fn lock_now(&self) -> MutexGuard<'_, Screen> {
        self.leaving.fetch_add(1, SeqCst);
        let (listening, ringing) = (&self.bell.0, &self.bell.1);
        let has_rung = { ringing }.write_all(b"!").is_ok();
        let screen = self.lock();
        if has_rung {
            // This call wrote one byte to the bell, so take one byte back.
            let _ = { listening }.read_exact(&mut [0]);
        }
        self.leaving.fetch_sub(1, SeqCst);
        screen
    }

    fn write(&self, mut bytes: &[u8], until: Until) -> FrameOutcome {
        let mut refusals = 0_u32;
        while !bytes.is_empty() {
            if matches!(until, Until::Done) && self.leaving.load(SeqCst) > 0 {
                return FrameOutcome::Dropped;
            }
            match rustix::io::write(&self.device, bytes) {
                Ok(0) | Err(Errno::AGAIN) => {
                    // If another program is writing too, the terminal can be "ready" and still refuse bytes.
                    if refusals > 0 {
                        thread::sleep(Duration::from_millis(5));
                    }
                    refusals += 1;
                    match self.wait_to_write(until) {
                        Ok(true) => {}
                        Ok(false) => return FrameOutcome::Dropped,
                        Err(_) => return FrameOutcome::Gone,
                    }
                }
                Ok(written) => {
                    bytes = &bytes[written..];
                    refusals = 0;
                }
                Err(Errno::INTR) => {}
                Err(_) => return FrameOutcome::Gone,
            }
        }
        FrameOutcome::Written
    }

    /// Waits until the terminal accepts bytes; false if the time is up.
    fn wait_to_write(&self, until: Until) -> io::Result<bool> {
        let mut watched =
            [PollFd::new(&self.device, PollFlags::OUT), PollFd::new(&self.bell.0, PollFlags::IN)];
        // While the terminal is being left, the bell is not watched: another thread that leaves is no reason to stop.
        let (count, patience) = match until {
            Until::Done => (2, None),
            Until::Deadline(deadline) => (1, Some(deadline.saturating_duration_since(Instant::now()))),
        };
        if patience.is_some_and(|left| left.is_zero()) {
            return Ok(false);
        }
        match poll(&mut watched[..count], patience.map(timespec).as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(true)
    }
}

/// Why [`Tty::wait`] returned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readiness {
    pub(crate) is_gone: bool,
    pub(crate) has_input: bool,
    pub(crate) is_called: bool,
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(duration.subsec_nanos()),
    }
}

const HOW: OFlags = OFlags::RDWR.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

#[cfg(not(target_vendor = "apple"))]
fn open_controlling_terminal() -> io::Result<OwnedFd> {
    Ok(rustix::fs::open("/dev/tty", HOW, Mode::empty())?)
}

/// Apple's `poll` does not accept `/dev/tty`, only the device behind it.
#[cfg(target_vendor = "apple")]
fn open_controlling_terminal() -> io::Result<OwnedFd> {
    use rustix::stdio::{stderr, stdin, stdout};
    let name = [stdin(), stdout(), stderr()]
        .into_iter()
        .find_map(|end| rustix::termios::ttyname(end, Vec::new()).ok());
    let name = name.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    Ok(rustix::fs::open(name, HOW, Mode::empty())?)
}
