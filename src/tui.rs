//! The screen: a pure function of its model; one table of commands; panes that do not know the model.
//!
//! Reading order is import order.

pub mod places;
pub mod scopes;
pub mod command;
pub mod keymap;
pub mod manual;
pub mod look;
pub mod pane_context;
pub mod widgets;
pub mod text_input;
pub mod text_area;
pub mod layout;
pub mod navigation;
pub mod shown_report;
pub mod pane_state;
pub mod panes;
pub mod workspace;
pub mod set_switch;
pub mod overlays;
pub mod copy;
pub mod session;
pub mod model;
pub mod update;
pub mod view;
pub mod mouse;

pub use model::{Effect, Model, Msg};
pub use update::update;
pub use view::view;
