//! Review and compare countries: what each card says, what is missing, how two differ.
//!
//! Reading order is import order: each module may use only those above it.

pub mod contained;
pub mod text;
pub mod core;
pub mod review;
pub mod export;
pub mod tui;
pub mod terminal;
pub mod store;
pub mod cli;
