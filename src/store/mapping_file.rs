//! Keeps a mapping beside its table.

use std::path::Path;

use super::private_file;
use crate::text::{Raw, Safe, safe_line};

/// Writes a mapping in the place of the one that was there, and returns the message for the user.
pub(crate) fn write(path: &Raw<'_>, text: &str) -> Safe {
    let place = Path::new(path.raw());
    match private_file::write(place, text.as_bytes()) {
        Ok(()) => safe_line(&format!("saved: {} is read with the table from now on", path.line())),
        Err(why) => safe_line(&format!("NOT saved: {}: {why}", path.line())),
    }
}
