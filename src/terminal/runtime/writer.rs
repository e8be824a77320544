//! The thread that writes frames: it may wait for a slow terminal for ever, because no thread waits for it.

use std::{
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread,
};

use super::{Notice, Poster};
use crate::terminal::tty::{FrameOutcome, Tty};

/// One frame. `epoch` is the number that [`Tty::enter`] returned before the frame was drawn.
pub(super) struct Job {
    pub(super) epoch: u64,
    pub(super) bytes: Vec<u8>,
}

pub(super) fn spawn<M: Send + 'static>(tty: Arc<Tty>, poster: Poster<M>) -> Sender<Job> {
    let (sender, jobs) = mpsc::channel::<Job>();
    thread::spawn(move || {
        for job in jobs {
            let notice = match tty.paint(job.epoch, &job.bytes) {
                FrameOutcome::Written | FrameOutcome::Dropped => Notice::Written,
                FrameOutcome::Gone => Notice::Gone,
            };
            if !poster.notify(notice) {
                return;
            }
        }
    });
    sender
}
