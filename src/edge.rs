//! The world around the program: the terminal it draws on, and the events that reach it.

#[cfg(unix)]
pub mod runtime;
#[cfg(unix)]
pub mod terminal;
