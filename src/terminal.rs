//! The terminal: output to it, input from it, the event loop between the two, and the external editor.
//!
//! Reading order is import order.

pub(crate) mod capabilities;
mod pen;
pub(crate) mod links;
mod tty;
mod backend;
pub(crate) mod keys;
mod device;
pub mod runtime;
pub(crate) mod external_editor;

pub use self::device::{OpenError, Terminal};
