//! The terminal device: its modes, its size, and writes that cannot hang.
//!
//! The device is opened anew, so its non-blocking flag belongs to this program alone and never leaks to the shell.

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

/// Presses, drags and the wheel, but not every move; places in decimal.
pub(crate) const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
pub(crate) const MOUSE_OFF: &[u8] = b"\x1b[?1002l\x1b[?1006l";
/// How long giving the terminal back may take where nobody reads.
const LEAVE_PATIENCE: Duration = Duration::from_millis(300);
const LAST_PATIENCE: Duration = Duration::from_millis(50);
/// What a terminal of unknown size is taken for, and the largest one that is drawn on.
const UNKNOWN_SIZE: Size = Size { width: 80, height: 24 };
const LARGEST_SIZE: Size = Size { width: 1000, height: 500 };

/// The device and what this program has made of it.
#[derive(Debug)]
pub(crate) struct Tty {
    device: OwnedFd,
    dialect: Dialect,
    /// The modes as they were found, which is how they are left.
    found: Termios,
    screen: Mutex<Screen>,
    has_mouse: AtomicBool,
    /// How many threads wait to give the terminal back: a write in progress makes way for them.
    leaving: AtomicUsize,
    bell: (PipeReader, PipeWriter),
}

#[derive(Debug, Default)]
struct Screen {
    is_entered: bool,
    /// Whether anything was written since it was left last: only then is there a screen to leave.
    is_painted: bool,
    epoch: u64,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameOutcome {
    Written,
    /// The screen was left, or left and entered again, since the frame was drawn.
    Dropped,
    /// There is no terminal any more.
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

    /// Takes a terminal device that is opened for reading and writing, without blocking.
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

    /// Whether the shell has given this program the terminal: changing its modes otherwise would stop the process.
    pub(crate) fn is_in_foreground(&self) -> bool {
        tcgetpgrp(&self.device).is_ok_and(|group| group == getpgrp())
    }

    /// Makes the terminal raw and gives the number that the frames drawn from now on carry.
    ///
    /// Signal keys keep working: Ctrl-C ends the program whatever the rest of it is doing.
    pub(crate) fn enter(&self) -> io::Result<u64> {
        let mut screen = self.lock();
        let mut raw = self.found.clone();
        raw.make_raw();
        raw.local_modes |= LocalModes::ISIG;
        tcsetattr(&self.device, OptionalActions::Now, &raw)?;
        // Stopped from outside, it was never left: what was painted before is still there to be left.
        *screen = Screen { is_entered: true, is_painted: screen.is_painted, epoch: screen.epoch + 1 };
        Ok(screen.epoch)
    }

    /// Gives the terminal back as it was found; within about [`LEAVE_PATIENCE`] even where nobody reads.
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
                // Nobody reads. What they have not read is dropped, so that they find at least this.
                let _ = tcflush(&self.device, QueueSelector::OFlush);
                self.write(&farewell, Until::Deadline(Instant::now() + LAST_PATIENCE));
            }
        }
        // Nothing can be done about a failure, and the terminal is as good as gone then.
        let _ = tcsetattr(&self.device, OptionalActions::Now, &self.found);
    }

    /// Remembers that the mouse has to be given back too.
    pub(crate) fn set_mouse(&self, is_on: bool) {
        self.has_mouse.store(is_on, SeqCst);
    }

    /// Writes one frame, however long the terminal takes for it. Returns early when the terminal is left or gone.
    pub(crate) fn paint(&self, epoch: u64, frame: &[u8]) -> FrameOutcome {
        let mut screen = self.lock();
        if !screen.is_entered || screen.epoch != epoch {
            return FrameOutcome::Dropped;
        }
        screen.is_painted = true;
        self.write(frame, Until::Done)
    }

    /// Waits for input for at most `patience`, for ever without one; true if `also` has something to read.
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

    /// Reads what is there; 0 if nothing is.
    pub(crate) fn read(&self, into: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.device, into) {
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            other => Ok(other?),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Like `lock`, but a frame that is being written makes way.
    fn lock_now(&self) -> MutexGuard<'_, Screen> {
        self.leaving.fetch_add(1, SeqCst);
        let (listening, ringing) = (&self.bell.0, &self.bell.1);
        let has_rung = { ringing }.write_all(b"!").is_ok();
        let screen = self.lock();
        if has_rung {
            // The bell rang once for this call, so there is one byte to take back.
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
                    // Another program that is writing can make the terminal "ready" and refuse all the same.
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

    /// False when the time is up.
    fn wait_to_write(&self, until: Until) -> io::Result<bool> {
        let mut watched =
            [PollFd::new(&self.device, PollFlags::OUT), PollFd::new(&self.bell.0, PollFlags::IN)];
        // While the terminal is being left, other leavers' bells are no reason to stop.
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

/// What woke the thread that waits for input.
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

/// Apple's `poll` does not take `/dev/tty`, only the device behind it.
#[cfg(target_vendor = "apple")]
fn open_controlling_terminal() -> io::Result<OwnedFd> {
    use rustix::stdio::{stderr, stdin, stdout};
    let name = [stdin(), stdout(), stderr()]
        .into_iter()
        .find_map(|end| rustix::termios::ttyname(end, Vec::new()).ok());
    let name = name.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    Ok(rustix::fs::open(name, HOW, Mode::empty())?)
}
