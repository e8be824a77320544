//! From bytes to a data set. Content never makes it fail: every problem is a value and the rest still loads.
//!
//! A format is read into entries (`json_cards` into `entry`); what an entry means is the same for all formats (`card`,
//! `rules`). A card is in the columns only when it has been read to its end.

pub mod members;
mod words;
mod entry;
mod notes;
mod rules;
mod framework;
mod infer;
mod document;
mod walk;
mod recover;
mod card;
mod json_cards;
mod document_cards;
mod cards;
mod kept;
mod assemble;

use std::collections::HashMap;

pub use self::words::writable_mark;
use self::{
    document::Form,
    notes::{Notes, member},
};
use super::{
    country::{self, ResolvedCountry},
    dataset::Dataset,
    framework::{Framework, Group},
    json::{self, Decoded, Fault, JsonReader, Limits, Node, Places, Pull},
    problem::{FilePlace, Problem},
    severity::Severity,
};
use crate::text::{Raw, safe_line};

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
}

impl Default for Options {
    /// One thread; below 1 MiB starting another costs more than it saves.
    fn default() -> Self {
        Self { framework: None, limits: Limits::default(), workers: 1, least_part: 1 << 20 }
    }
}

/// Gathers files, then builds the data set.
#[derive(Debug, Default)]
pub struct Loader {
    options: Options,
    frameworks: Vec<Framework>,
    groups: Vec<Group>,
    documents: Vec<Document>,
    /// Of users: read when the framework is known.
    findings: Vec<Document>,
    problems: Vec<Problem>,
    files: usize,
}

/// What can be told of a file's bytes without any other file.
#[derive(Debug)]
pub struct Text {
    /// Nothing when the bytes are no text.
    document: Option<Document>,
    problems: Vec<Problem>,
    promises_lines: bool,
}

impl Text {
    /// Decodes the bytes and tells by content what they are.
    pub fn new(name: Raw<'static>, bytes: Vec<u8>) -> Self {
        let promises_lines = promises_lines(&name);
        let (document, problems) = match json::decode(bytes) {
            Ok(Decoded { text, warning, .. }) => {
                let problems =
                    warning.map(|fault| problem(&name, &Places::new(text.as_bytes()), fault)).into_iter();
                let problems = problems.collect();
                (Some(document_of(name, text, promises_lines)), problems)
            }
            Err((bytes, fault)) => {
                let told = problem(&name, &Places::new(&bytes), fault);
                let document = json::salvage(&bytes).map(|text| document_of(name, text, promises_lines));
                (document, vec![told])
            }
        };
        Self { document, problems, promises_lines }
    }
}

/// A text with cards in it.
#[derive(Debug)]
struct Document {
    name: Raw<'static>,
    text: String,
    /// Bytes of a byte order mark.
    start: usize,
    form: Form,
}

impl Loader {
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Takes a file's bytes.
    pub fn add(&mut self, name: Raw<'static>, bytes: Vec<u8>) {
        self.take(Text::new(name, bytes));
    }

    /// Takes a file's text. Frameworks are read at once, cards when all frameworks are known.
    pub fn take(&mut self, text: Text) {
        self.files += 1;
        self.problems.extend(text.problems);
        let Some(document) = text.document else { return };
        let Document { name, text: body, start, form } = &document;
        if *form == Form::Lines && !text.promises_lines && name.raw() != "-" {
            self.tell_second_value(name, body, *start);
        }
        match form {
            Form::Framework => self.add_framework(name, body, *start),
            Form::Bundle => {
                self.add_bundle(name, body, *start);
                self.documents.push(document);
            }
            Form::Findings => self.findings.push(document),
            _ => self.documents.push(document),
        }
    }

    /// Adds a problem the edge has met: a file that cannot be opened, a link that leaves the folder.
    pub fn tell(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn add_framework(&mut self, name: &Raw<'static>, text: &str, start: usize) {
        let reader = JsonReader::new(text, &self.options.limits);
        let whole = reader.whole(start..text.len());
        let read = whole.or_else(|fault| match reader.first_lenient(start..text.len()) {
            Ok((node, faults, end)) if text[end..].trim().is_empty() => Ok((node, faults)),
            _ => Err(fault),
        });
        match read {
            Err(fault) => {
                let message = format!("the framework is lost: {}", fault.message);
                self.problems.push(problem(name, reader.places(), Fault { message, ..fault }));
            }
            Ok((node, faults)) => {
                let mut notes = Notes::new(text);
                let framework = framework::read(&node, "$", &mut notes);
                self.keep_framework(framework, node.at, &mut notes);
                self.tell_all(name, reader.places(), faults.into_iter().chain(notes.faults));
            }
        }
    }

    /// The framework and the groups of a bundle; its cards wait.
    fn add_bundle(&mut self, name: &Raw<'static>, text: &str, start: usize) {
        let reader = JsonReader::new(text, &self.options.limits);
        let Some(parts) = bundle_parts(text, start, &self.options.limits) else { return };
        let mut notes = Notes::new(text);
        let mut faults = vec![];
        for (key, key_at, at) in parts {
            const KEYS: [&str; 4] = ["schema", "framework", "cards", "groups"];
            if !KEYS.contains(&&*key) {
                unknown_key(&mut notes, "$", &key, key_at, KEYS);
            }
            if !matches!(&*key, "framework" | "groups") {
                continue;
            }
            let (node, odd, _) = match reader.first_lenient(at..text.len()) {
                Ok(read) => read,
                Err(fault) => {
                    let (path, message) =
                        (format!("$.{key}"), format!("the {key} of this bundle is lost: {}", fault.message));
                    faults.push(Fault { path, message, ..fault });
                    continue;
                }
            };
            let path = format!("$.{key}");
            faults.extend(odd.into_iter().map(|fault| Fault {
                path: format!("{path}{}", fault.path.trim_start_matches('$')),
                ..fault
            }));
            if key == "framework" {
                let framework = framework::read(&node, &path, &mut notes);
                self.keep_framework(framework, node.at, &mut notes);
            } else {
                self.groups.extend(framework::read_groups(&node, &path, &mut notes));
            }
        }
        self.tell_all(name, reader.places(), faults.into_iter().chain(notes.faults));
    }

    /// Findings that users stated for this framework; those for another are left alone.
    fn add_findings(&mut self, framework: &mut Framework) {
        for Document { name, text, start, .. } in std::mem::take(&mut self.findings) {
            let reader = JsonReader::new(&text, &self.options.limits);
            match reader.whole(start..text.len()) {
                Err(fault) => self.problems.push(problem(&name, reader.places(), fault)),
                Ok((node, faults)) => {
                    let mut notes = Notes::new(&text);
                    framework::read_findings(&node, framework, &mut notes);
                    self.tell_all(&name, reader.places(), faults.into_iter().chain(notes.faults));
                }
            }
        }
    }

    fn keep_framework(&mut self, framework: Option<Framework>, at: usize, notes: &mut Notes<'_>) {
        let Some(framework) = framework else { return };
        match self.frameworks.iter().find(|known| known.id == framework.id) {
            None => self.frameworks.push(framework),
            Some(known) if *known == framework => {}
            Some(_) => {
                let message = format!(
                    "framework \"{}\" was read already and says something else; the first one is used",
                    framework.id
                );
                notes.error("duplicate-framework", at, "$", message).hint =
                    Some("give one of the two another \"id\"".to_owned());
            }
        }
    }

    /// A file that is not called JSON Lines and holds several values.
    fn tell_second_value(&mut self, name: &Raw<'static>, text: &str, start: usize) {
        let reader = JsonReader::new(text, &self.options.limits);
        if let Err(fault) = reader.whole(start..text.len()) {
            self.problems.push(problem(name, reader.places(), fault));
        }
    }

    fn tell_all(
        &mut self,
        name: &Raw<'static>,
        places: &Places<'_>,
        faults: impl IntoIterator<Item = Fault>,
    ) {
        self.problems.extend(faults.into_iter().map(|fault| problem(name, places, fault)));
    }

    /// Reads the cards and builds the data set. `progress` is told the number of cards seen so far.
    pub fn finish(mut self, name: Raw<'static>, progress: &(dyn Fn(usize) + Sync)) -> Dataset {
        let framework = self.choose_framework();
        let (mut framework, batches) = self.read_cards(framework, progress);
        self.add_findings(&mut framework);
        assemble::dataset(self, framework, batches, name, vec![])
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
        batches.extend(self.read_older(emptied, &framework));
        self.problems.extend(kept.problems(&batches));
        self.add_findings(&mut framework);
        assemble::dataset(self, framework, batches, name, kept.files)
    }
}

/// Where the values of a bundle's members stand, but for its cards, as far as it can be read; `None` if the text is no
/// object.
fn bundle_parts(text: &str, start: usize, limits: &Limits) -> Option<Vec<(String, usize, usize)>> {
    let mut pull = Pull::new(text, start..text.len(), limits).lenient();
    let opened = pull.open_object().ok()??;
    let (mut parts, mut is_first) = (vec![], true);
    while let Ok(Some(key)) = pull.next_key(opened, &mut is_first) {
        pull.peek();
        let is_cards = key.text == "cards";
        if !is_cards {
            parts.push((key.text.into_owned(), key.at, pull.at()));
        }
        if pull.skip().is_err() {
            if is_cards {
                parts.extend(parts_after(text, pull.at()));
            }
            break;
        }
    }
    Some(parts)
}

/// The framework and the groups that stand behind broken cards: no card has an object or a list of that name.
fn parts_after(text: &str, from: usize) -> Vec<(String, usize, usize)> {
    let find = |key: &str, bracket: char| {
        let quoted = format!("\"{key}\"");
        text[from..].match_indices(&quoted).find_map(|(at, _)| {
            let rest = text[from + at + quoted.len()..].trim_start().strip_prefix(':')?.trim_start();
            rest.starts_with(bracket).then(|| (key.to_owned(), from + at, text.len() - rest.len()))
        })
    };
    [find("framework", '{'), find("groups", '[')].into_iter().flatten().collect()
}

/// A text that was read before, as a document.
fn again(name: Raw<'static>, text: String) -> Document {
    let promises_lines = promises_lines(&name);
    document_of(name, text, promises_lines)
}

fn document_of(name: Raw<'static>, text: String, promises_lines: bool) -> Document {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let form = document::form(&text, start, promises_lines);
    Document { name, text, start, form }
}

fn promises_lines(name: &Raw<'_>) -> bool {
    [".jsonl", ".ndjson"].iter().any(|end| name.raw().to_lowercase().ends_with(end))
}

/// Who and when the first card in the head of a text is about; the head may end anywhere after that card.
pub fn glimpse(head: &str) -> Option<Raw<'static>> {
    let start = head.find('{')?;
    let (card, ..) = json::read_at(head, start, &Limits::default()).ok()?;
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
    for (name, text) in files {
        loader.add(Raw::new((*name).to_owned()), text.as_bytes().to_vec());
    }
    loader
}

/// A framework with its indicators by id.
#[derive(Debug)]
struct Index<'a> {
    framework: &'a Framework,
    by_id: HashMap<&'a str, u16>,
}

impl<'a> Index<'a> {
    fn new(framework: &'a Framework) -> Self {
        let ids = framework.indicators.iter().zip(0..);
        Self { framework, by_id: ids.map(|(indicator, at)| (&*indicator.id, at)).collect() }
    }
}

/// A located fault as a problem of a file.
fn problem(name: &Raw<'static>, places: &Places<'_>, fault: Fault) -> Problem {
    let (line, column) = places.of(fault.at);
    Problem {
        code: fault.code,
        severity: fault.severity,
        file: Some(name.clone()),
        place: Some(FilePlace { line, column, byte: fault.at as u64 }),
        path: Some(Raw::new(fault.path)),
        message: safe_line(&fault.message),
        expected: fault.expected.as_deref().map(safe_line),
        found: fault.found.as_deref().map(safe_line),
        hint: fault.hint.as_deref().map(safe_line),
    }
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
    let near = words::nearest(key, known);
    let message = format!("unknown key \"{shown}\"; it is kept, not shown");
    let fault = notes.warning("unknown-key", at, member(path, key), message);
    fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
    if near.is_none() && crate::text::is_safe(key) {
        fault.severity = Severity::Hint;
    }
}

/// The code a group's member means. A user-assigned one is left as it is: whether XK is Kosovo, the cards say.
fn country_code(text: &str) -> Box<str> {
    if country::is_user_assigned(text) {
        return text.into();
    }
    match country::resolve(text) {
        ResolvedCountry::Known(known) => known.iso3.into(),
        ResolvedCountry::UserAssigned | ResolvedCountry::Unknown => text.into(),
    }
}

fn node_is_card(node: &Node<'_>) -> bool {
    node.get("assessments").is_some()
}
