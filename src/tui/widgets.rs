//! What panes and overlays are drawn with: pens, frames, lists, bars, wrapped text. Pure functions of their input.
//!
//! Reading order is import order.

pub mod pen;
pub mod frame;
pub mod scroll;
pub mod kept;
pub mod words;
pub mod said;
pub mod outline;
pub mod prose;
pub mod share;
pub mod trend;

#[cfg(test)]
pub(crate) mod stage;
