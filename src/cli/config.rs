//! The configuration file: TOML, never written. An unusable line is reported with its place, and the rest applies.

mod read;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{color_support::ColorChoice, themes::Themed};
use crate::store::paths;
use crate::{
    core::{
        framework::ReviewRules,
        score::{Adjustments, Method},
    },
    text::{Safe, safe_line},
};

/// A setting and its line, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Set<T> {
    pub value: T,
    pub line: usize,
}

/// The weight of a goal or an indicator of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    pub framework: String,
    pub id: String,
    pub weight: Set<f64>,
}

/// The key chords for a command of the terminal interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub command: String,
    pub chords: Vec<String>,
    pub line: usize,
    /// The byte offset of the command's name in the file.
    pub at: usize,
}

/// The settings of the file. A setting that it leaves out has the program's default.
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
    /// Whether the session is kept and restored.
    pub session: Option<Set<bool>>,
    /// How many pairs of eyes a cell needs to count as checked.
    pub eyes: Option<Set<u8>>,
    /// Whether somebody else than its author resolves a flag.
    pub by_another: Option<Set<bool>>,
    pub method: Option<Set<Method>>,
    /// A share, 0–1.
    pub threshold: Option<Set<f64>>,
    pub weights: Vec<Weight>,
    pub keys: Vec<Keys>,
    /// Lines that cannot be used, with their place, ready to be printed.
    pub problems: Vec<Safe>,
    /// Lines that are used, but probably do not do what was meant.
    pub warnings: Vec<Safe>,
}

/// Bytes of the largest configuration file that is read.
const MOST_BYTES: u64 = 1 << 20;

impl Config {
    /// Reads the file `named`, else `config.toml` in the configuration folder, if it exists. Failures are in
    /// `problems`.
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
            // The file is optional.
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
                Self { file: Some(file), ..Self::default() }
            }
            Err(error) => {
                let words = safe_line(&format!("{} cannot be read: {error}", file.display()));
                Self { file: Some(file), problems: vec![words], ..Self::default() }
            }
        }
    }

    /// Reads the text of a configuration file; `file` is its path for messages and themes.
    pub fn read(file: &Path, text: &str) -> Self {
        read::read(file, text)
    }

    /// What the settings ask of a review, beside what the framework does.
    pub fn review(&self) -> ReviewRules {
        let usual = ReviewRules::default();
        ReviewRules {
            eyes: self.eyes.as_ref().map_or(usual.eyes, |set| set.value),
            by_another: self.by_another.as_ref().map_or(usual.by_another, |set| set.value),
        }
    }

    /// The settings about scores.
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
