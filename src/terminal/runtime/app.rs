//! The interface between the event loop and an application.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::{
    Frame,
    layout::{Rect, Size},
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<M> {
    /// A key was pressed or is held; never a release.
    Key(KeyEvent),
    /// Text was pasted. `text` has at most 1 MiB; `cut` says that there was more.
    Paste { text: String, cut: bool },
    /// Only while [`App::wants_mouse`].
    Mouse(MouseEvent),
    /// The terminal has another size, or had one for a moment. The loop redraws the screen by itself.
    Resized(Size),
    /// The program is back from [`Flow::Suspend`], [`Flow::Outside`] or Ctrl-Z. The loop redraws the screen by
    /// itself.
    Resumed,
    /// Another thread has a message.
    Posted(M),
}

/// What the event loop does after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Nothing to draw.
    Continue,
    /// The screen is to be drawn, once all waiting events are handled.
    Redraw,
    /// Ends the program with this exit code.
    Quit(u8),
    /// Stops the program as Ctrl-Z does; the shell's `fg` brings it back.
    Suspend,
    /// Lends the terminal to [`App::outside`], then takes it back.
    Outside,
}

/// Why the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The app returned [`Flow::Quit`].
    Quit(u8),
    /// A fatal signal: interrupt, quit, terminate or hang-up.
    Signal(i32),
    /// The terminal vanished.
    TerminalGone,
    /// Another thread panicked.
    Panic,
}

/// An application: it handles events, and draws itself when asked to.
pub trait App {
    /// What other threads post to it.
    type Message: Send + 'static;

    /// Handles one event. Long work belongs on another thread that posts its result.
    fn handle(&mut self, event: Event<Self::Message>) -> Flow;

    /// Draws the whole screen. Only changed cells are written to the terminal.
    fn draw(&self, frame: &mut Frame);

    /// Places on the screen that lead to web addresses. Only to be given to a terminal that takes links.
    fn links(&self) -> Vec<(Rect, String)> {
        Vec::new()
    }

    /// Whether text of several lines is written now; asked before each key.
    fn takes_text(&self) -> bool {
        false
    }

    /// Whether the first frame would be complete. If not, it waits up to 25 ms for messages.
    fn is_ready_for_first_frame(&self) -> bool {
        true
    }

    /// Whether mouse reports are wanted; asked before each frame.
    fn wants_mouse(&self) -> bool {
        false
    }

    /// Bytes for the terminal that are no part of the screen, such as a copy to its clipboard. Called once per frame.
    fn take_output(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// Called with the terminal restored and no input read: runs an editor and waits for it.
    fn outside(&mut self) {}

    /// The last call, with the screen still up: saves what is not saved. After a fatal signal it has 800 ms in all.
    fn on_end(&mut self, _why: End) {}
}
