//! Bounds the bytes on the way to the terminal, so that a slow link shows the newest frame and no queue of old ones.
//!
//! A terminal device, `ssh` and the network buffer many kilobytes before a writer has to wait: at 9,600 bit/s that is
//! a quarter of a minute of old frames. So a question follows the bytes (`ESC [ 5 n`, which every terminal since the
//! VT100 answers); the answer says that the terminal has handled everything before it. Until it comes, the bytes sent
//! beyond are bounded by the terminal's speed so far.
//!
//! The program waits once, and briefly, for a terminal that has never answered, and asks none before the first key or
//! click.

use std::time::{Duration, Instant};

/// Asks for the terminal's status (DSR 5); the answer arrives as [`TerminalInput::Ready`](crate::terminal::keys::TerminalInput).
pub(super) const QUESTION: &[u8] = b"\x1b[5n";
/// How long an answer may take when the screen waits for it. After that it counts as lost.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// The same before a terminal has ever answered.
pub(super) const FIRST_PATIENCE: Duration = Duration::from_secs(1);
/// How long to wait for an answer before the terminal is given back, so that it is not typed into the shell.
pub(super) const LAST_PATIENCE: Duration = Duration::from_millis(200);
/// Fewest unconfirmed bytes that are followed by a question.
const WORTH_ASKING: u64 = 400;
/// Bounds in bytes of what may be on the way: the smallest is always allowed, the largest never exceeded.
const SMALLEST_WINDOW: u64 = 900;
const LARGEST_WINDOW: u64 = 1 << 16;
/// Time in which the bytes on the way should reach the terminal.
const GOAL: Duration = Duration::from_millis(250);

/// Counts the bytes sent and those that the terminal has confirmed.
#[derive(Debug)]
pub(super) struct Pace {
    /// Whether the user has pressed a key or clicked. Before that no question is sent.
    may_ask: bool,
    sent: u64,
    seen: u64,
    asked: Option<Asked>,
    has_answered: bool,
    /// Whether an answer was waited for in vain.
    has_failed: bool,
    window: u64,
}

#[derive(Debug)]
struct Asked {
    /// Bytes sent before the question; the answer confirms them.
    at: u64,
    when: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            may_ask: false,
            sent: 0,
            seen: 0,
            asked: None,
            has_answered: false,
            has_failed: false,
            window: SMALLEST_WINDOW,
        }
    }
}

impl Pace {
    /// Permits questions from now on, because the user has pressed a key or clicked.
    pub(super) fn allow(&mut self) {
        self.may_ask = true;
    }

    /// Counts bytes that are sent; true if [`QUESTION`] should follow them.
    pub(super) fn send(&mut self, bytes: usize, now: Instant) -> bool {
        self.sent += bytes as u64;
        let asks = self.may_ask && self.asked.is_none() && self.sent - self.seen >= WORTH_ASKING;
        if asks {
            self.asked = Some(Asked { at: self.sent, when: now });
        }
        asks
    }

    /// Handles an answer: the terminal has handled all bytes before the question. An answer without a question is
    /// ignored.
    pub(super) fn answered(&mut self, now: Instant) {
        let Some(Asked { at, when }) = self.asked.take() else { return };
        let took = now.saturating_duration_since(when).max(Duration::from_millis(1));
        let in_time = u128::from(at - self.seen) * GOAL.as_millis() / took.as_millis();
        // One quick answer may come out of a stall that is over; several say that the terminal is quick.
        let largest = (2 * self.window).min(LARGEST_WINDOW);
        self.window = u64::try_from(in_time).unwrap_or(largest).clamp(SMALLEST_WINDOW, largest);
        self.seen = at;
        self.has_answered = true;
    }

    /// Whether the next frame has to wait for an answer.
    pub(super) fn is_full(&self) -> bool {
        let is_expected = self.has_answered || !self.has_failed;
        is_expected && self.asked.is_some() && self.sent - self.seen >= self.window
    }

    /// How long the next frame may wait for an answer.
    pub(super) const fn patience(&self) -> Duration {
        if self.has_answered { PATIENCE } else { FIRST_PATIENCE }
    }

    /// Whether an answer is likely to be on its way.
    pub(super) fn is_asking(&self, now: Instant) -> bool {
        let is_soon = |asked: &Asked| now.saturating_duration_since(asked.when) < LAST_PATIENCE;
        self.asked.as_ref().is_some_and(|asked| self.has_answered || is_soon(asked))
    }

    /// Treats the answer as lost. From now on no frame waits, until an answer comes. One that has never come may be late
    /// and still say how fast the line is.
    pub(super) fn give_up(&mut self) {
        let asked = self.asked.take().filter(|_| !self.has_answered);
        let seen = if asked.is_some() { self.seen } else { self.sent };
        *self =
            Self { may_ask: self.may_ask, sent: self.sent, seen, asked, has_failed: true, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most bytes on the way while a key is held, over a line of `rate` bytes per second and this latency, for
    /// frames of `frame` bytes.
    fn late(rate: u64, latency: Duration, frame: u64) -> u64 {
        let start = Instant::now();
        let mut pace = Pace { may_ask: true, has_answered: true, ..Pace::default() };
        let (mut free, mut answer, mut latest) = (start, None, 0);
        for tick in 0..2_000 {
            let now = start + Duration::from_millis(tick * 5);
            if answer.is_some_and(|due| due <= now) {
                pace.answered(now);
                answer = None;
            }
            if pace.is_full() {
                continue;
            }
            free = free.max(now) + Duration::from_micros(frame * 1_000_000 / rate);
            if pace.send(usize::try_from(frame).unwrap(), now) {
                answer = Some(free + 2 * latency);
            }
            latest = latest.max(rate * u64::try_from((free - now).as_millis()).unwrap() / 1_000);
        }
        latest
    }

    #[test]
    fn a_slow_line_has_little_on_its_way_and_a_fast_one_is_not_held_up() {
        let far = Duration::from_millis(100);
        assert!(late(960, far, 300) < 1_800, "{}", late(960, far, 300));
        assert!(late(960, far, 2_000) < 6_100, "{}", late(960, far, 2_000));
        // A frame every 5 ms on a fast line: every frame is sent.
        let start = Instant::now();
        let mut pace = Pace { may_ask: true, has_answered: true, ..Pace::default() };
        let mut held_up = 0;
        for tick in 0..1_000 {
            let now = start + Duration::from_millis(tick * 5);
            if pace.is_full() {
                held_up += 1;
            } else {
                pace.send(500, now);
            }
            pace.answered(now + Duration::from_millis(1));
        }
        assert_eq!(held_up, 0);
    }

    #[test]
    fn one_quick_answer_opens_no_queue() {
        let now = Instant::now();
        let mut pace = Pace { may_ask: true, has_answered: true, ..Pace::default() };
        pace.send(500, now);
        pace.answered(now);
        pace.send(500, now);
        assert!(!pace.is_full());
        pace.send(2 * usize::try_from(SMALLEST_WINDOW).expect("it is small"), now);
        assert!(pace.is_full());
    }

    #[test]
    fn a_terminal_that_never_answers_is_asked_once_and_waited_for_once() {
        let now = Instant::now();
        let mut pace = Pace { may_ask: true, ..Pace::default() };
        let asked = (0..500).filter(|_| pace.send(1_000, now)).count();
        assert_eq!(asked, 1);
        assert!(pace.is_full() && pace.patience() == FIRST_PATIENCE);
        pace.give_up();
        assert!(!pace.is_full() && !pace.send(50_000, now) && !pace.is_full());
        pace.answered(now + Duration::from_secs(2));
        assert!(pace.has_answered);
    }

    #[test]
    fn nobody_is_asked_before_it_is_allowed_and_what_was_not_asked_is_no_answer() {
        let now = Instant::now();
        let mut pace = Pace::default();
        assert!(!pace.send(50_000, now));
        pace.answered(now);
        assert!(!pace.has_answered);
        pace.allow();
        assert!(pace.send(0, now) && pace.is_asking(now));
    }

    #[test]
    fn an_answer_that_is_lost_holds_nobody_up_for_ever() {
        let now = Instant::now();
        let mut pace = Pace { may_ask: true, has_answered: true, ..Pace::default() };
        pace.send(5_000, now);
        assert!(pace.is_full());
        pace.give_up();
        assert!(!pace.is_full() && !pace.is_asking(now));
        assert!(pace.send(5_000, now) && !pace.is_full(), "it is asked again and not waited for");
    }
}
