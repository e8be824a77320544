//! What a card says and what is missing: no file, no clock, no screen.
pub mod json;
pub mod severity;
