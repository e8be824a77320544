//! Reads TOML written by hand, and reports what cannot be used with file, line and column.

use std::{ops::Range, path::Path};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::text::{Safe, excerpt, safe_line};

/// A value and its place in the text.
pub(super) type SpannedValue<'t> = Spanned<DeValue<'t>>;

/// The text, and the mistakes found in it.
pub(super) struct Located<'t> {
    text: &'t str,
    file: String,
    /// Each mistake with its byte offset, so that they can be sorted by place.
    wrong: Vec<(usize, String)>,
}

impl<'t> Located<'t> {
    /// Parses the text; syntax errors are recorded and the rest is kept.
    pub(super) fn parse(file: &Path, text: &'t str) -> (Self, Spanned<DeTable<'t>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut located = Self { text, file: file.display().to_string(), wrong: vec![] };
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            let before = || located.earlier(&at).filter(|_| error.message() == "duplicate key");
            let more = before().map(|words| format!(": {words}")).unwrap_or_default();
            located.wrong(&at, &format!("{}{more}", error.message()));
        }
        (located, table)
    }

    /// For a duplicate key, the line of its first occurrence, in words.
    fn earlier(&self, at: &Range<usize>) -> Option<String> {
        let key = self.text.get(at.clone())?;
        let before = self.text.get(..at.start)?;
        let begins = |line: &&str| {
            line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        // Take the nearest line above, because the same key may occur in another table.
        let line = before.lines().collect::<Vec<_>>().iter().rposition(begins)? + 1;
        Some(format!("{} stands on line {line} already", excerpt(key, 40)))
    }

    /// Records a mistake at a place.
    pub(super) fn wrong(&mut self, at: &Range<usize>, words: &str) {
        self.wrong.push((at.start, words.to_owned()));
    }

    pub(super) fn expected(&mut self, key: &str, at: &Range<usize>, wants: &str, found: &DeValue<'_>) {
        let written = self.text.get(at.clone()).unwrap_or_default();
        let written = if written.is_empty() { found.type_str() } else { written };
        self.wrong(at, &format!("{}: expected {wants}, found {}", excerpt(key, 40), excerpt(written, 40)));
    }

    /// Records an unknown key, and suggests the known one that is most similar.
    pub(super) fn unknown(&mut self, what: &str, key: &str, at: &Range<usize>, known: &[&str]) {
        let near = nearest(key, known.iter().copied()).unwrap_or_default();
        self.wrong(at, &format!("there is no {what} {}; did you mean {near}?", excerpt(key, 40)));
    }

    pub(super) fn yes_or_no(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<bool> {
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(*yes),
            other => {
                self.expected(key, &value.span(), "true or false", other);
                None
            }
        }
    }

    pub(super) fn words(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            other => {
                self.expected(key, &value.span(), "text", other);
                None
            }
        }
    }

    /// The line of a place, counted from 1.
    pub(super) fn line(&self, at: &Range<usize>) -> usize {
        self.text.get(..at.start).unwrap_or_default().matches('\n').count() + 1
    }

    /// The place as `config.toml:3:9`: line and column, in characters, from 1.
    pub(super) fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or_default();
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("{}:{}:{column}", self.file, self.line(&(at..at)))
    }

    /// All mistakes in the order of the file: `config.toml:3:9: …`.
    pub(super) fn told(mut self) -> Vec<Safe> {
        self.wrong.sort();
        let told = self.wrong.iter().map(|(at, words)| safe_line(&format!("{}: {words}", self.place(*at))));
        told.collect()
    }
}

/// The known word that is most similar (optimal string alignment distance).
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.min_by_key(|name| strsim::osa_distance(name, word))
}
