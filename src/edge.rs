//! The world: files, the terminal, the clock, arguments. Everything here may fail and says how.

pub mod paths;
pub mod load;
pub mod sample;
pub mod terminal;
pub mod runtime;
pub mod journal;
mod located;
pub mod themes;
pub mod appearance;
pub mod config;
mod own_file;
mod clipboard;
mod drafts;
mod editor;
mod own_findings;
mod papers;
pub mod session;
mod watch;
pub mod app;
pub mod args;
pub mod output;
pub mod schema;
pub mod commands;
