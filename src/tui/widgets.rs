//! The parts that panes and overlays are drawn with; all are pure functions of their input.

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
