//! Turns TOML into settings, and reports every line that cannot be used, not only the first.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use clap::ValueEnum as _;
use strum::IntoEnumIterator as _;
use toml::de::DeValue;

use super::{Config, Keys, Set, Weight};
use crate::{
    cli::{
        color_support::ColorChoice,
        themes,
        toml_spans::{Located, SpannedValue, nearest},
    },
    core::{framework::HEAVIEST, score::Method},
    text::safe_line,
    tui::keymap::{Chosen, KeyClash, Keymap},
};

/// The names of the top-level settings and tables.
const SETTINGS: [&str; 12] = [
    "author", "journal", "color", "theme", "ascii", "mouse", "watch", "session", "review", "scores",
    "weights", "keys",
];
const REVIEW: [&str; 2] = ["eyes", "by-another"];
const SCORES: [&str; 2] = ["mean", "threshold"];

pub(super) fn read(file: &Path, text: &str) -> Config {
    let config = Config { file: Some(file.to_owned()), ..Config::default() };
    let (located, table) = Located::parse(file, text);
    let mut reader = Reader { located, themes: file.parent().map(themes::beside), config };
    for (key, value) in table.get_ref() {
        reader.setting(key.get_ref(), &key.span(), value);
    }
    reader.check_keys();
    let Reader { located, mut config, .. } = reader;
    config.problems.splice(0..0, located.told());
    config
}

struct Reader<'t> {
    located: Located<'t>,
    /// The folder of the user's themes.
    themes: Option<PathBuf>,
    config: Config,
}

impl Reader<'_> {
    fn set<T>(&self, at: &Range<usize>, value: T) -> Set<T> {
        Set { value, line: self.located.line(at) }
    }

    fn setting(&mut self, key: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        let here = value.span();
        match key {
            "author" => self.config.author = self.located.words(key, value).map(|text| self.set(&here, text)),
            "journal" => {
                let folder = self.located.words(key, value).map(Into::into);
                self.config.journal = folder.map(|folder| self.set(&here, folder));
            }
            "color" => {
                let choices = ColorChoice::value_variants().iter().filter_map(|one| {
                    one.to_possible_value().map(|named| (named.get_name().to_owned(), *one))
                });
                self.config.color = self.one_of(key, value, &choices.collect::<Vec<_>>());
            }
            "theme" => self.theme(value),
            "ascii" => self.config.ascii = self.yes_or_no(key, value),
            "mouse" => self.config.mouse = self.yes_or_no(key, value),
            "watch" => self.config.watch = self.yes_or_no(key, value),
            "session" => self.config.session = self.yes_or_no(key, value),
            "review" => self.table(key, value, Self::review),
            "scores" => self.table(key, value, Self::score),
            "weights" => self.table(key, value, Self::weights),
            "keys" => self.table(key, value, Self::keys),
            _ => self.located.unknown("setting", key, at, &SETTINGS),
        }
    }

    fn review(&mut self, key: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        match key {
            "eyes" => {
                let choices: Vec<(String, u8)> = (1..=9).map(|eyes: u8| (eyes.to_string(), eyes)).collect();
                self.config.eyes = self.one_of(key, value, &choices);
            }
            "by-another" => self.config.by_another = self.yes_or_no(key, value),
            _ => self.located.unknown("setting", key, at, &REVIEW),
        }
    }

    fn score(&mut self, key: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
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
            _ => self.located.unknown("setting", key, at, &SCORES),
        }
    }

    /// Reads the table of weights of one framework.
    fn weights(&mut self, framework: &str, _: &Range<usize>, value: &SpannedValue<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.located.expected(
                framework,
                &value.span(),
                "a table: [weights.FRAMEWORK]",
                value.get_ref(),
            );
        };
        for (id, value) in table {
            let id = id.get_ref().to_string();
            let weight = self.number(&id, value, 0.0..=HEAVIEST, "a weight from 0 to 1000");
            if let Some(weight) = weight.map(|weight| self.set(&value.span(), weight)) {
                self.config.weights.push(Weight { framework: framework.to_owned(), id, weight });
            }
        }
    }

    /// Reads the chords of a command: one, or a list.
    fn keys(&mut self, command: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        let chord = |value: &SpannedValue<'_>| match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let chords: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(chord).collect(),
            _ => chord(value).map(|chord| vec![chord]),
        };
        match chords {
            Some(chords) => {
                let line = self.located.line(at);
                self.config.keys.push(Keys { command: command.to_owned(), chords, line, at: at.start });
            }
            None => self.located.expected(
                command,
                &value.span(),
                "keys such as \"x\" or [\"g g\", \"home\"]",
                value.get_ref(),
            ),
        }
    }

    /// Drops and reports chords that are invalid or already used.
    fn check_keys(&mut self) {
        // If two commands have the same chord, the first in the file gets it.
        self.config.keys.sort_by_key(|keys| keys.at);
        let chosen: Vec<Chosen> =
            self.config.keys.iter().map(|keys| (keys.command.clone(), keys.chords.clone())).collect();
        let (map, wrong) = Keymap::choosing(&chosen);
        let place = |name: &str| {
            let keys = self.config.keys.iter().find(|keys| keys.command == name);
            keys.map_or(0, |keys| keys.at)
        };
        let wrong: Vec<(usize, KeyClash)> =
            wrong.into_iter().map(|clash| (place(&clash.name), clash)).collect();
        let hidden: Vec<_> =
            map.hidden(&chosen).into_iter().map(|clash| (place(&clash.name), clash)).collect();
        for (at, clash) in wrong {
            self.located.wrong(&(at..at), &clash.words);
            self.config.keys.retain(|keys| keys.command != clash.name);
        }
        for (at, clash) in hidden {
            let words = format!("{}: {}", self.located.place(at), clash.words);
            self.config.warnings.push(safe_line(&words));
        }
    }

    fn table(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
        each: fn(&mut Self, &str, &Range<usize>, &SpannedValue<'_>),
    ) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.located.expected(key, &value.span(), &format!("a table: [{key}]"), value.get_ref());
        };
        for (key, value) in table {
            each(self, key.get_ref(), &key.span(), value);
        }
    }

    /// Reads a built-in theme or one of the user's. Problems of the theme's file come after those of this file.
    fn theme(&mut self, value: &SpannedValue<'_>) {
        let Some(name) = self.located.words("theme", value) else { return };
        match themes::find(&name, self.themes.as_deref()) {
            Ok((theme, told)) => {
                self.config.theme = Some(self.set(&value.span(), theme));
                self.config.problems.extend(told.problems);
                self.config.warnings.extend(told.warnings);
            }
            Err(why) => self.located.wrong(&value.span(), &format!("theme: {why}")),
        }
    }

    fn yes_or_no(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<Set<bool>> {
        let yes = self.located.yes_or_no(key, value)?;
        Some(self.set(&value.span(), yes))
    }

    fn one_of<T: Copy>(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
        choices: &[(String, T)],
    ) -> Option<Set<T>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(digits) => digits.as_str().to_owned(),
            _ => String::new(),
        };
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, one)| *one);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| name.as_str()).collect();
            let near =
                nearest(&text, names.iter().copied()).filter(|near| strsim::osa_distance(near, &text) < 3);
            let near = near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
            let wants = format!("one of {}{near}", names.join(", "));
            self.located.expected(key, &value.span(), &wants, value.get_ref());
        }
        chosen.map(|one| self.set(&value.span(), one))
    }

    fn number(
        &mut self,
        key: &str,
        value: &SpannedValue<'_>,
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
            self.located.expected(key, &value.span(), wants, value.get_ref());
        }
        number
    }
}
