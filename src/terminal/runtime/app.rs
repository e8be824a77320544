//! What the event loop asks of an application.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::{Frame, layout::Size};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<M> {
    /// A key was pressed or is held; never a release.
    Key(KeyEvent),
    /// Text was pasted: at most 1 MiB of it; `cut` says that there was more.
    Paste { text: String, cut: bool },
    /// Only while [`App::wants_mouse`].
    Mouse(MouseEvent),
    /// The terminal has another size, or had one for a moment. The screen is drawn anew by itself.
    Resized(Size),
    /// The program is back from [`Flow::Suspend`], [`Flow::Outside`] or Ctrl-Z. The screen is drawn anew by itself.
    Resumed,
    /// Another thread has a message.
    Posted(M),
}

/// What follows from an event.
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
    /// The app said so.
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

    /// Takes one event. Long work belongs on another thread that posts its result.
    fn handle(&mut self, event: Event<Self::Message>) -> Flow;

    /// Draws the whole screen. Nothing is written where nothing has changed.
    fn draw(&self, frame: &mut Frame);

    /// Whether the first frame would be complete. If not, it waits for up to 25 ms for messages.
    fn is_ready_for_first_frame(&self) -> bool {
        true
    }

    /// Whether mouse reports are wanted; asked before each frame.
    fn wants_mouse(&self) -> bool {
        false
    }

    /// Bytes for the terminal that are no part of the screen, such as a copy to its clipboard; asked once a frame.
    fn take_output(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// Runs with the terminal as the shell left it and no input taken: the place to run an editor, and to wait for it.
    fn outside(&mut self) {}

    /// The last call, with the screen still up: saves what is not saved. After a fatal signal it has 800 ms in all.
    fn on_end(&mut self, _why: End) {}
}
