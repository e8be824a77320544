//! The configuration file: TOML, only ever read. A line that cannot be used is told with its place, and the rest holds.

mod read;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{color_support::ColorChoice, themes::Themed};
use crate::store::paths;
use crate::{
    core::score::{Adjustments, Method},
    text::{Safe, safe_line},
};

/// A setting and the line it stands on, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Set<T> {
    pub value: T,
    pub line: usize,
}

/// What a goal or an indicator of a framework weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    pub framework: String,
    pub id: String,
    pub weight: Set<f64>,
}

/// Chords for a command of the terminal interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub command: String,
    pub chords: Vec<String>,
    pub line: usize,
    /// The byte where the command is named.
    pub at: usize,
}

/// What the file says. What it leaves out is as the program has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The file that was read, or would be.
    pub file: Option<PathBuf>,
    pub author: Option<Set<String>>,
    pub journal: Option<Set<PathBuf>>,
    pub color: Option<Set<ColorChoice>>,
    pub theme: Option<Set<Themed>>,
    pub ascii: Option<Set<bool>>,
    pub mouse: Option<Set<bool>>,
    /// Whether files are read again when they change.
    pub watch: Option<Set<bool>>,
    /// Whether where somebody was is kept, and found again.
    pub session: Option<Set<bool>>,
    pub method: Option<Set<Method>>,
    /// A share, 0–1.
    pub threshold: Option<Set<f64>>,
    pub weights: Vec<Weight>,
    pub keys: Vec<Keys>,
    /// What could not be used, with its place, ready to be printed.
    pub problems: Vec<Safe>,
    /// What is used as it stands, but hardly does what was meant.
    pub warnings: Vec<Safe>,
}

/// A file larger than this is no configuration.
const MOST_BYTES: u64 = 1 << 20;

impl Config {
    /// Reads the file that was named, else the one in its usual place if there is one.
    pub fn here(named: Option<&Path>) -> Self {
        let usual = || paths::config_here().map(|folder| folder.join("config.toml"));
        let Some(file) = named.map(Path::to_owned).or_else(usual) else { return Self::default() };
        let text = fs::metadata(&file).and_then(|meta| match meta.len() {
            _ if !meta.is_file() => Err(io::Error::other("it is no regular file")),
            len if len > MOST_BYTES => Err(io::Error::other("it is larger than 1 MiB")),
            _ => fs::read_to_string(&file),
        });
        match text {
            Ok(text) => Self::read(&file, &text),
            // Nobody has to have one.
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
                Self { file: Some(file), ..Self::default() }
            }
            Err(error) => {
                let words = safe_line(&format!("{} cannot be read: {error}", file.display()));
                Self { file: Some(file), problems: vec![words], ..Self::default() }
            }
        }
    }

    /// Reads the text of a file of this name.
    pub fn read(file: &Path, text: &str) -> Self {
        read::read(file, text)
    }

    /// What it changes about scores.
    pub fn scores(&self) -> Adjustments {
        let weights = self.weights.iter();
        let weights =
            weights.map(|one| (one.framework.as_str().into(), one.id.as_str().into(), one.weight.value));
        Adjustments {
            weights: weights.collect(),
            method: self.method.as_ref().map(|set| set.value),
            threshold: self.threshold.as_ref().map(|set| set.value),
        }
    }
}

#[cfg(test)]
mod tests;
