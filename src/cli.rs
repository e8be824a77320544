//! The command line: arguments, configuration, themes, one file per subcommand, and the program on the terminal.
//!
//! Reading order is import order.

mod toml_spans;
pub mod themes;
pub mod color_support;
pub mod config;
pub mod app;
pub mod args;
pub mod schema;
pub mod commands;
