//! From bytes to a data set. Content never makes it fail: every problem is a value and the rest still loads.
//!
//! Each format of [`INPUTS`] is read into entries (`entry`); what an entry means is the same for all formats (`card`,
//! `rules`). A card is in the columns only when it has been read to its end.

pub mod members;
mod words;
mod entry;
mod notes;
mod published;
mod observation;
mod values;
mod rules;
pub mod declared;
mod framework;
mod infer;
mod json_form;
pub mod table;
mod input;
mod table_input;
mod edition;
mod card;
mod json;
mod package;
mod text;
mod cards;
mod tables;
mod kept;
mod number_glance;
mod odd_numbers;
mod doubtful_countries;
mod assemble;

use std::collections::BTreeMap;

pub(super) use self::words::nearest;
pub use self::{input::Input, text::Text, words::writable_mark};
use self::{
    input::{ClaimedFile, SharedParts},
    notes::{Notes, member},
    table::OpenedTable,
};
use super::{
    country::{self, ResolvedCountry},
    dataset::{CardSet, Dataset},
    framework::{Framework, Group},
    json::{Limits, Node, read_at},
    problem::Problem,
    severity::Severity,
    table_mapping::Mapping,
};
use crate::text::Raw;

/// Every format that is opened; the first that claims a file reads it, and the last claims all.
pub static INPUTS: [&Input; 8] = [
    &table_input::TABLE,
    &json::FRAMEWORK,
    &json::FINDINGS,
    &json::BUNDLE,
    &json::LINES,
    &json::ARRAY,
    &package::PACKAGE,
    &json::CARD,
];

/// How far reading goes.
#[derive(Debug, Clone)]
pub struct Options {
    /// The framework to read the cards against; otherwise the one with the most cards.
    pub framework: Option<String>,
    pub limits: Limits,
    /// How many threads may read texts at once; 0 and 1 are this one alone.
    pub workers: usize,
    /// A text is cut into parts of at least so many bytes, so that several threads read it.
    pub least_part: usize,
    /// What the user says of tables.
    pub mapping: Mapping,
    /// All that is said of the tables of some files, in the place of that.
    pub instead: BTreeMap<String, Mapping>,
    /// Bytes of all that one file unpacks to.
    pub most_bytes: u64,
}

impl Default for Options {
    /// One thread; below 1 MiB starting another costs more than it saves.
    fn default() -> Self {
        Self {
            framework: None,
            limits: Limits::default(),
            workers: 1,
            least_part: 1 << 20,
            mapping: Mapping::default(),
            instead: BTreeMap::new(),
            most_bytes: u64::from(u32::MAX) - 1,
        }
    }
}

/// Gathers files, then builds the data set.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    options: Options,
    frameworks: Vec<Framework>,
    groups: Vec<Group>,
    documents: Vec<ClaimedFile>,
    tables: Vec<ClaimedFile>,
    /// Of users: read when the framework is known.
    findings: Vec<ClaimedFile>,
    problems: Vec<Problem>,
    /// Those of the cards that are not of the framework that is read.
    others: Vec<CardSet>,
    files: usize,
}

impl Loader {
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Takes a file's bytes.
    pub fn add(&mut self, name: Raw<'static>, bytes: Vec<u8>) {
        let text = Text::new(name, bytes, &self.options);
        self.take(text);
    }

    /// Takes a file's text. Frameworks are read at once, cards when all frameworks are known.
    pub fn take(&mut self, text: Text) {
        self.files += 1;
        self.problems.extend(text.problems);
        for document in text.documents {
            self.share(&document);
            if document.input.findings.is_some() {
                self.findings.push(document);
            } else {
                self.give(document);
            }
        }
    }

    /// Puts a file among those that are read when all frameworks are known.
    fn give(&mut self, document: ClaimedFile) {
        if document.input.table.is_some() {
            self.tables.push(document);
        } else if document.input.cards.is_some() {
            self.documents.push(document);
        }
    }

    /// Takes what a file has for others: frameworks and groups.
    fn share(&mut self, document: &ClaimedFile) {
        let SharedParts { frameworks, groups, problems } =
            (document.input.shared)(&document.file, &self.options.limits);
        for (framework, duplicate) in frameworks {
            match self.frameworks.iter().find(|known| known.id == framework.id) {
                None => self.frameworks.push(framework),
                Some(known) if *known == framework => {}
                Some(_) => self.problems.push(duplicate),
            }
        }
        self.groups.extend(groups);
        self.problems.extend(problems);
    }

    /// Adds a problem the edge has met: a file that cannot be opened, a link that leaves the folder.
    pub fn tell(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Findings that users stated for this framework; those for another are left alone.
    fn add_findings(&mut self, framework: &mut Framework) {
        for ClaimedFile { input, file, .. } in std::mem::take(&mut self.findings) {
            let read = input.findings.map(|read| read(&file.own, &self.options.limits, framework));
            self.problems.extend(read.unwrap_or_default());
        }
    }

    /// Reads the cards and builds the data set. `progress` is told the number of cards seen so far.
    pub fn finish(mut self, name: Raw<'static>, progress: &(dyn Fn(usize) + Sync)) -> Dataset {
        match self.choose_table(progress) {
            Some(table) => self.set_of_table(table, name, vec![]),
            None => self.set_of_cards(name, progress),
        }
    }

    /// Builds the data set of every set in the files: those with the most cards first, as [`Dataset::sets`] has them.
    /// What is told of the files as a whole is told with the first. If none has a card, one is there all the same, with what
    /// is wrong.
    pub fn finish_sets(mut self, name: &Raw<'static>, progress: &(dyn Fn(usize) + Sync)) -> Vec<Dataset> {
        self.options.framework = None;
        let tables = self.open_tables(progress);
        let mut sets = vec![];
        if self.has_cards() || tables.is_empty() {
            let asked = |id: Option<&str>| {
                let mut loader = self.clone();
                loader.options.framework = id.map(str::to_owned);
                loader.set_of_cards(name.clone(), progress)
            };
            let first = asked(None);
            let others: Vec<Dataset> = first.others.iter().map(|set| asked(Some(&set.id))).collect();
            sets.extend(std::iter::once(first).chain(others));
        } else {
            self.tell_of_no_cards();
        }
        for mut table in tables {
            let mut loader = self.clone();
            loader.problems.append(&mut table.problems);
            sets.push(loader.set_of_table(table, name.clone(), vec![]));
        }
        if sets.iter().any(|set| set.card_count() > 0) {
            sets.retain(|set| set.card_count() > 0);
        }
        sets.sort_by(|one, other| {
            other.card_count().cmp(&one.card_count()).then_with(|| one.framework.id.cmp(&other.framework.id))
        });
        let told = &self.problems;
        for set in sets.iter_mut().skip(1) {
            set.problems.retain(|problem| !told.contains(problem));
        }
        sets
    }

    fn set_of_cards(mut self, name: Raw<'static>, progress: &(dyn Fn(usize) + Sync)) -> Dataset {
        let framework = self.choose_framework();
        let (mut framework, batches) = self.read_cards(framework, progress);
        self.add_findings(&mut framework);
        assemble::dataset(self, framework, batches, name, vec![])
    }

    fn set_of_table(mut self, table: OpenedTable, name: Raw<'static>, kept: Vec<Raw<'static>>) -> Dataset {
        let OpenedTable { mut framework, batch, reading, .. } = table;
        self.add_findings(&mut framework);
        Dataset { readings: vec![reading], ..assemble::dataset(self, framework, vec![batch], name, kept) }
    }

    /// The same when these files were read before: one that became broken keeps the cards it gave then, with its
    /// problem beside them, and all others are as they are now.
    pub fn finish_again(
        mut self,
        name: Raw<'static>,
        progress: &(dyn Fn(usize) + Sync),
        before: &Dataset,
    ) -> Dataset {
        let mut kept = self.keep(before);
        let known = self.problems.len();
        if let Some(table) = self.choose_table(progress) {
            self.problems.extend(kept.problems(std::slice::from_ref(&table.batch)));
            return self.set_of_table(table, name, kept.files);
        }
        let framework = self.choose_framework();
        let (mut framework, mut batches) = self.read_cards(framework, progress);
        // What is wrong with the older texts was told when they were new.
        let is_of_older =
            |problem: &Problem| problem.file.as_ref().is_some_and(|file| kept.files.contains(file));
        let mut at = 0;
        self.problems.retain(|problem| {
            at += 1;
            at <= known || !is_of_older(problem)
        });
        let emptied = kept.emptied(&mut batches, &self.problems, before);
        batches.extend(self.read_older(&emptied, &framework));
        self.problems.extend(kept.problems(&batches));
        self.add_findings(&mut framework);
        assemble::dataset(self, framework, batches, name, kept.files)
    }
}

/// Who and when the first card in the head of a text is about; the head may end anywhere after that card.
pub fn glimpse(head: &str) -> Option<Raw<'static>> {
    let start = head.find('{')?;
    let (card, ..) = read_at(head, start, &Limits::default()).ok()?;
    let words = |key: &str| card.get(key).and_then(Node::text);
    let who = words("name").or_else(|| words("country"))?;
    Some(Raw::new(format!("{who}, {}", words("edition")?)))
}

/// Reads texts as files of those names: for embedded data and tests.
pub fn from_texts(name: &str, files: &[(&str, &str)]) -> Dataset {
    of_texts(files).finish(Raw::new(name.to_owned()), &|_| ())
}

/// The same when files of these names were read before.
pub fn again_from_texts(before: &Dataset, files: &[(&str, &str)]) -> Dataset {
    of_texts(files).finish_again(before.name.clone(), &|_| (), before)
}

fn of_texts(files: &[(&str, &str)]) -> Loader {
    let mut loader = Loader::new(Options::default());
    let bytes = |text: &str| text.as_bytes().to_vec();
    let options = Options::default();
    let text = |(name, text): &(&str, &str)| Text::new(Raw::new((*name).to_owned()), bytes(text), &options);
    let mut texts: Vec<Text> = files.iter().map(text).collect();
    let mut belong = vec![];
    for ((name, _), text) in files.iter().zip(&mut texts) {
        let folder = name.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        for part in text.parts() {
            let whole = format!("{folder}{part}");
            if let Some((name, content)) = files.iter().find(|(name, _)| **name == *whole) {
                text.add_part(part, Raw::new((*name).to_owned()), bytes(content));
                belong.push(whole);
            }
        }
    }
    let is_part = |name: &str| belong.iter().any(|part| **part == *name);
    let own = files.iter().zip(texts).filter(|((name, _), text)| !is_part(name) || !text.parts().is_empty());
    own.for_each(|(_, text)| loader.take(text));
    loader
}

/// Tells a key that is not known: a hint, or a warning when it is close to a known one or hides something.
fn unknown_key<'k>(
    notes: &mut Notes<'_>,
    path: &str,
    key: &str,
    at: usize,
    known: impl IntoIterator<Item = &'k str>,
) {
    let shown = crate::text::excerpt(key, 60);
    let near = nearest(key, known);
    let message = format!("unknown key \"{shown}\"; it is kept, not shown");
    let fault = notes.warning("unknown-key", at, member(path, key), message);
    fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
    if near.is_none() && crate::text::is_safe(key) {
        fault.severity = Severity::Hint;
    }
}

/// Why a text names no one country, and what to do about it; `None` if it does, or may be a code of the user. `name` is
/// what a card calls it. Cards and groups complain alike.
fn country_complaint(text: &str, name: Option<&str>) -> Option<(String, Option<String>)> {
    let found = crate::text::excerpt(text, 60);
    match country::resolve(text) {
        ResolvedCountry::Ambiguous(places) => {
            let codes: Vec<&str> = places.iter().map(|(code, _)| *code).collect();
            let message = format!("\"{found}\" is the name of several, {}", country::either(&places));
            Some((message, Some(format!("write the code that is meant: {}", codes.join(" or ")))))
        }
        ResolvedCountry::Unknown if let Some(whole) = country::part_of(text) => {
            let message = format!("\"{found}\" is a part of the country {} ({})", whole.name, whole.iso3);
            let hint = format!(
                "if the whole is meant, write {}; else a code of your own, XA to XZ, and a \"name\"",
                whole.iso3
            );
            Some((message, Some(hint)))
        }
        ResolvedCountry::Unknown => {
            let near = country::nearest(text, name);
            let hint = near.map(|near| format!("did you mean \"{}\" ({})?", near.name, near.iso3));
            Some((format!("no country \"{found}\""), hint))
        }
        _ => None,
    }
}

/// The code a group's member means. A user-assigned one is left as it is: whether XK is Kosovo, the cards say.
fn country_code(text: &str) -> Box<str> {
    if country::is_user_assigned(text) {
        return text.into();
    }
    match country::resolve(text) {
        ResolvedCountry::Ambiguous(_)
        | ResolvedCountry::Aggregate(_)
        | ResolvedCountry::UserAssigned
        | ResolvedCountry::Unknown => text.into(),
        resolved => resolved.code().unwrap_or(text).into(),
    }
}
