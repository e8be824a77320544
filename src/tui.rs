//! The screen: a pure function of its model; one table of commands; panes that do not know the model.
//!
//! Reading order is import order.

pub mod place;
pub mod command;
pub mod look;
pub mod scene;
pub mod widgets;
pub mod panes;
