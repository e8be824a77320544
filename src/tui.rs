//! The screen: a pure function of its model; one table of commands; panes that do not know the model.
//!
//! Reading order is import order.

pub mod place;
pub mod command;
pub mod keymap;
pub mod manual;
pub mod look;
pub mod scene;
pub mod widgets;
pub mod field;
pub mod editor;
pub mod layout;
pub mod panes;
pub mod desk;
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
