//! The app's screen: draws frames and passes them to the writer, one at a time.

use std::{
    io, mem,
    sync::{Arc, mpsc::Sender},
    time::Instant,
};

use ratatui::layout::Size;

use super::{
    App, Poster,
    flow_control::{Pace, QUESTION},
    writer::{self, Job},
};
use crate::terminal::{
    backend::Canvas,
    tty::{MOUSE_OFF, MOUSE_ON, Tty},
};

pub(super) struct Screen {
    tty: Arc<Tty>,
    canvas: Canvas,
    writer: Sender<Job>,
    epoch: u64,
    /// Whether the next frame has to begin with the sequence that enters the screen.
    is_opening: bool,
    has_mouse: bool,
    /// Whether the writer is writing a frame.
    pub(super) is_busy: bool,
    pub(super) pace: Pace,
}

impl Screen {
    /// The writer reports to `poster`.
    pub(super) fn enter<M: Send + 'static>(tty: Arc<Tty>, poster: Poster<M>) -> io::Result<Self> {
        let epoch = tty.enter()?;
        let canvas = Canvas::new(tty.size(), tty.dialect());
        let writer = writer::spawn(Arc::clone(&tty), poster);
        Ok(Self {
            tty,
            canvas,
            writer,
            epoch,
            is_opening: true,
            has_mouse: false,
            is_busy: false,
            pace: Pace::default(),
        })
    }

    /// Takes the terminal back after it was left; the next frame paints every cell.
    pub(super) fn reenter(&mut self) -> io::Result<()> {
        self.epoch = self.tty.enter()?;
        self.is_opening = true;
        self.has_mouse = false;
        self.pace = Pace::default();
        self.canvas.repaint(self.tty.size());
        Ok(())
    }

    pub(super) fn resize(&mut self, size: Size) {
        self.canvas.repaint(size);
    }

    /// Draws a frame and passes it to the writer. Must not be called while `is_busy`.
    pub(super) fn draw(&mut self, app: &mut impl App, is_safe: fn(&str) -> bool) {
        let mut bytes = Vec::new();
        if mem::take(&mut self.is_opening) {
            bytes.extend_from_slice(self.tty.dialect().enter());
        }
        if self.has_mouse != app.wants_mouse() {
            self.has_mouse = !self.has_mouse;
            self.tty.set_mouse(self.has_mouse);
            bytes.extend_from_slice(if self.has_mouse { MOUSE_ON } else { MOUSE_OFF });
        }
        self.canvas.link(app.links());
        bytes.extend(self.canvas.draw(|frame| app.draw(frame), is_safe));
        bytes.extend(app.take_output());
        if !bytes.is_empty() {
            if self.pace.send(bytes.len(), Instant::now()) {
                bytes.extend_from_slice(QUESTION);
            }
            self.is_busy = self.writer.send(Job { epoch: self.epoch, bytes }).is_ok();
        }
    }
}
