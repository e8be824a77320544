//! From TOML to settings: every line that cannot be used is told at once.

use std::{ops::Range, path::Path};

use clap::ValueEnum as _;
use strum::IntoEnumIterator as _;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Config, Keys, Set, Weight};
use crate::{
    core::{framework::HEAVIEST, score::Method},
    edge::appearance::{ColorChoice, ThemeChoice},
    text::{excerpt, safe_line},
    tui::keymap::{Chosen, Keymap},
};

/// The settings outside of any table, and the tables.
const SETTINGS: [&str; 11] = [
    "author", "journal", "color", "theme", "ascii", "mouse", "watch", "session", "scores", "weights", "keys",
];
const SCORES: [&str; 2] = ["mean", "threshold"];

pub(super) fn read(file: &Path, text: &str) -> Config {
    let config = Config { file: Some(file.to_owned()), ..Config::default() };
    let mut reader = Reader { text, file: file.display().to_string(), config, wrong: vec![] };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.wrong(&error.span().unwrap_or(0..0), error.message());
    }
    for (key, value) in table.get_ref() {
        reader.setting(key.get_ref(), &key.span(), value);
    }
    reader.check_keys();
    reader.told()
}

type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'t> {
    text: &'t str,
    file: String,
    config: Config,
    /// Each with its byte, so that they can be told in the order of the file.
    wrong: Vec<(usize, String)>,
}

impl Reader<'_> {
    /// Notes what is wrong at a place.
    fn wrong(&mut self, at: &Range<usize>, words: &str) {
        self.wrong.push((at.start, words.to_owned()));
    }

    fn line(&self, at: &Range<usize>) -> usize {
        self.text.get(..at.start).unwrap_or_default().matches('\n').count() + 1
    }

    fn set<T>(&self, at: &Range<usize>, value: T) -> Set<T> {
        Set { value, line: self.line(at) }
    }

    fn setting(&mut self, key: &str, at: &Range<usize>, value: &Value<'_>) {
        let here = value.span();
        match key {
            "author" => self.config.author = self.words(key, value).map(|text| self.set(&here, text)),
            "journal" => {
                let folder = self.words(key, value).map(Into::into);
                self.config.journal = folder.map(|folder| self.set(&here, folder));
            }
            "color" => {
                let choices = ColorChoice::value_variants().iter().filter_map(|one| {
                    one.to_possible_value().map(|named| (named.get_name().to_owned(), *one))
                });
                self.config.color = self.one_of(key, value, &choices.collect::<Vec<_>>());
            }
            "theme" => {
                let choices = ThemeChoice::value_variants().iter().filter_map(|one| {
                    one.to_possible_value().map(|named| (named.get_name().to_owned(), *one))
                });
                self.config.theme = self.one_of(key, value, &choices.collect::<Vec<_>>());
            }
            "ascii" => self.config.ascii = self.yes_or_no(key, value),
            "mouse" => self.config.mouse = self.yes_or_no(key, value),
            "watch" => self.config.watch = self.yes_or_no(key, value),
            "session" => self.config.session = self.yes_or_no(key, value),
            "scores" => self.table(key, value, Self::score),
            "weights" => self.table(key, value, Self::weights),
            "keys" => self.table(key, value, Self::keys),
            _ => self.unknown(key, at, &SETTINGS),
        }
    }

    fn score(&mut self, key: &str, at: &Range<usize>, value: &Value<'_>) {
        match key {
            "mean" => {
                let means: Vec<(String, Method)> =
                    Method::iter().map(|one| (one.id().to_owned(), one)).collect();
                self.config.method = self.one_of(key, value, &means);
            }
            "threshold" => {
                let percent = self.number(key, value, 0.0..=100.0, "a percentage from 0 to 100");
                let share = percent.map(|percent| percent / 100.0);
                self.config.threshold = share.map(|share| self.set(&value.span(), share));
            }
            _ => self.unknown(key, at, &SCORES),
        }
    }

    /// A table of weights for each framework.
    fn weights(&mut self, framework: &str, _: &Range<usize>, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.expected(framework, &value.span(), "a table: [weights.FRAMEWORK]", value.get_ref());
        };
        for (id, value) in table {
            let id = id.get_ref().to_string();
            let weight = self.number(&id, value, 0.0..=HEAVIEST, "a weight from 0 to 1000");
            if let Some(weight) = weight.map(|weight| self.set(&value.span(), weight)) {
                self.config.weights.push(Weight { framework: framework.to_owned(), id, weight });
            }
        }
    }

    /// One chord, or a list of them.
    fn keys(&mut self, command: &str, at: &Range<usize>, value: &Value<'_>) {
        let chord = |value: &Value<'_>| match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let chords: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(chord).collect(),
            _ => chord(value).map(|chord| vec![chord]),
        };
        match chords {
            Some(chords) => {
                let line = self.line(at);
                self.config.keys.push(Keys { command: command.to_owned(), chords, line });
            }
            None => self.expected(
                command,
                &value.span(),
                "keys such as \"x\" or [\"g g\", \"home\"]",
                value.get_ref(),
            ),
        }
    }

    /// Leaves out the keys that mean nothing or two things, and says which.
    fn check_keys(&mut self) {
        let chosen: Vec<Chosen> =
            self.config.keys.iter().map(|keys| (keys.command.clone(), keys.chords.clone())).collect();
        let (_, wrong) = Keymap::choosing(&chosen);
        for clash in wrong {
            let line =
                self.config.keys.iter().find(|keys| keys.command == clash.name).map_or(0, |keys| keys.line);
            let at = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            self.wrong.push((at, clash.words.to_string()));
            self.config.keys.retain(|keys| keys.command != clash.name);
        }
    }

    fn table(&mut self, key: &str, value: &Value<'_>, each: fn(&mut Self, &str, &Range<usize>, &Value<'_>)) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.expected(key, &value.span(), &format!("a table: [{key}]"), value.get_ref());
        };
        for (key, value) in table {
            each(self, key.get_ref(), &key.span(), value);
        }
    }

    fn yes_or_no(&mut self, key: &str, value: &Value<'_>) -> Option<Set<bool>> {
        let here = value.span();
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(self.set(&here, *yes)),
            other => {
                self.expected(key, &here, "true or false", other);
                None
            }
        }
    }

    fn words(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            other => {
                self.expected(key, &value.span(), "text", other);
                None
            }
        }
    }

    fn one_of<T: Copy>(&mut self, key: &str, value: &Value<'_>, choices: &[(String, T)]) -> Option<Set<T>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(digits) => digits.as_str().to_owned(),
            _ => String::new(),
        };
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, one)| *one);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| name.as_str()).collect();
            self.expected(key, &value.span(), &format!("one of {}", names.join(", ")), value.get_ref());
        }
        chosen.map(|one| self.set(&value.span(), one))
    }

    fn number(
        &mut self,
        key: &str,
        value: &Value<'_>,
        range: std::ops::RangeInclusive<f64>,
        wants: &str,
    ) -> Option<f64> {
        let digits = match value.get_ref() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().replace('_', ""),
            DeValue::Float(digits) => digits.as_str().replace('_', ""),
            _ => String::new(),
        };
        let number = digits.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            self.expected(key, &value.span(), wants, value.get_ref());
        }
        number
    }

    fn expected(&mut self, key: &str, at: &Range<usize>, wants: &str, found: &DeValue<'_>) {
        let written = self.text.get(at.clone()).unwrap_or_default();
        let written = if written.is_empty() { found.type_str() } else { written };
        self.wrong(at, &format!("{}: expected {wants}, found {}", excerpt(key, 40), excerpt(written, 40)));
    }

    fn unknown(&mut self, key: &str, at: &Range<usize>, known: &[&str]) {
        let near = known.iter().min_by_key(|name| strsim::osa_distance(name, key)).unwrap_or(&"");
        self.wrong(at, &format!("there is no setting {}; did you mean {near}?", excerpt(key, 40)));
    }

    /// The configuration, with all that is wrong in the order of the file: `config.toml:3:9: …`.
    fn told(mut self) -> Config {
        self.wrong.sort();
        for (at, words) in &self.wrong {
            let before = self.text.get(..*at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            self.config.problems.push(safe_line(&format!("{}:{line}:{column}: {words}", self.file)));
        }
        self.config
    }
}
