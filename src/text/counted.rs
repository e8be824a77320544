//! A count with the word for one or for many.

use std::fmt::Display;

/// `1 gap`, `2 gaps`.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let word = if count == N::from(1) { one } else { many };
    format!("{count} {word}")
}
