//! The panes: each a state, an update and a view, none of which knows the model.

pub mod countries;
pub mod card;
pub mod comparison;
