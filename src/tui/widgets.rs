//! What panes and overlays are drawn with: pens, frames, lists, bars, wrapped text. Pure functions of their input.
//!
//! Reading order is import order.

pub mod line_writer;
pub mod frame;
pub mod scroll;
pub mod memo;
pub mod cell_text;
pub mod review_text;
pub mod outline;
pub mod prose;
pub mod stacked_bar;
pub mod sparkline;

#[cfg(test)]
pub(crate) mod test_context;
