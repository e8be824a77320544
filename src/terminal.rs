//! The terminal: what it is sent, what it sends, the loop between the two, and the editor it is lent to.
//!
//! Reading order is import order.

mod capabilities;
mod pen;
mod tty;
mod backend;
pub(crate) mod keys;
mod device;
pub mod runtime;
pub(crate) mod external_editor;

pub use self::device::{OpenError, Terminal};
