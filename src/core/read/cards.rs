//! Reads the cards of every text against one framework, choosing which.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use serde::de::DeserializeSeed as _;

use super::{
    Document, Index, Loader, again, card,
    document::Form,
    fast::{self, Pass, PassResult},
    infer::Inference,
    notes::Notes,
    plain, problem,
};
use crate::core::{
    batch::Batch,
    framework::Framework,
    json::{JsonReader, Node},
    parallel,
    problem::Problem,
};

/// Which framework the cards are read against.
pub(super) enum FrameworkChoice {
    Known(Box<Framework>),
    /// Cards name a framework that is not here (or none): it is made up from them.
    Infer(Box<str>),
}

/// What reading one document gave beside its batch.
#[derive(Default)]
struct Outcome {
    problems: Vec<Problem>,
    elsewhere: Vec<(Box<str>, usize)>,
}

impl Loader {
    /// The framework asked for, or the only one, or the one most cards name.
    pub(super) fn choose_framework(&mut self) -> FrameworkChoice {
        if let Some(wanted) = &self.options.framework {
            let known = self.frameworks.iter().position(|framework| *framework.id == **wanted);
            return known.map_or_else(
                || FrameworkChoice::Infer(wanted.as_str().into()),
                |at| FrameworkChoice::Known(Box::new(self.frameworks.swap_remove(at))),
            );
        }
        if self.frameworks.len() == 1 {
            return FrameworkChoice::Known(Box::new(self.frameworks.remove(0)));
        }
        let counts = self.count_frameworks();
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let id = most.map_or_else(|| "cards".into(), |(id, _)| id);
        let known = self.frameworks.iter().position(|framework| framework.id == id);
        match known {
            Some(at) => FrameworkChoice::Known(Box::new(self.frameworks.swap_remove(at))),
            None if !self.frameworks.is_empty() && id.is_empty() => {
                FrameworkChoice::Known(Box::new(self.frameworks.swap_remove(0)))
            }
            None => FrameworkChoice::Infer(id),
        }
    }

    /// How many cards name which framework; "" for none.
    fn count_frameworks(&self) -> HashMap<Box<str>, usize> {
        let mut counts = HashMap::new();
        for document in &self.documents {
            each_card(document, |card| {
                let id = card.get("framework").and_then(Node::text).unwrap_or_default();
                *counts.entry(id.into()).or_insert(0) += 1;
            });
        }
        counts
    }

    /// Reads every document's cards; falls back to an inferred framework when none names the chosen one.
    pub(super) fn read_cards(
        &mut self,
        choice: FrameworkChoice,
        progress: &(dyn Fn(usize) + Sync),
    ) -> (Framework, Vec<Batch>) {
        let documents = std::mem::take(&mut self.documents);
        let framework = match choice {
            FrameworkChoice::Known(framework) => *framework,
            FrameworkChoice::Infer(id) => infer(&id, &documents),
        };
        let index = Index::new(&framework);
        let mut batches = vec![];
        let mut elsewhere: Vec<(Box<str>, usize)> = vec![];
        let mut problems = vec![];
        let seen = AtomicUsize::new(0);
        let limits = &self.options.limits;
        let read = parallel::map(documents, self.options.workers, |document| {
            let more = |more| progress(seen.fetch_add(more, Relaxed) + more);
            read_document(document, &index, limits, &more)
        });
        for (batch, outcome) in read {
            problems.extend(outcome.problems);
            for (id, count) in outcome.elsewhere {
                match elsewhere.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, total)) => *total += count,
                    None => elsewhere.push((id, count)),
                }
            }
            batches.push(batch);
        }
        drop(index);
        let is_made_up = batches.iter().all(|batch| batch.cards.is_empty())
            && !framework.inferred
            && self.options.framework.is_none();
        if let (true, Some(most)) = (is_made_up, elsewhere.iter().max_by_key(|(_, count)| *count)) {
            // Whatever else is wrong is told when they are read against that one.
            self.tell_elsewhere(&framework, std::slice::from_ref(most), true);
            let id = most.0.clone();
            self.documents = batches.into_iter().map(|batch| again(batch.file, batch.text)).collect();
            return self.read_cards(FrameworkChoice::Infer(id), progress);
        }
        self.problems.extend(problems);
        self.tell_elsewhere(&framework, &elsewhere, false);
        (framework, batches)
    }

    /// Reads older texts against the framework of the others. What is wrong with them was told when they were new.
    pub(super) fn read_older(&self, documents: Vec<Document>, framework: &Framework) -> Vec<Batch> {
        let index = Index::new(framework);
        let limits = &self.options.limits;
        documents.into_iter().map(|document| read_document(document, &index, limits, &|_| ()).0).collect()
    }

    fn tell_elsewhere(&mut self, framework: &Framework, elsewhere: &[(Box<str>, usize)], none_here: bool) {
        use crate::core::severity::Severity;
        for (id, count) in elsewhere {
            let id = crate::text::excerpt(id, 60);
            let (message, hint) = if none_here {
                (
                    format!(
                        "{count} cards name framework \"{id}\", which is not here; it is made up from the cards"
                    ),
                    format!(
                        "open its file too, or check the \"framework\" of the cards against \"{}\"",
                        framework.id
                    ),
                )
            } else {
                (
                    format!("{count} cards of framework \"{id}\" are not shown beside \"{}\"", framework.id),
                    format!("open them with --framework {id}"),
                )
            };
            let problem =
                Problem::new("other-framework", Severity::Warning, crate::text::safe_line(&message));
            self.problems.push(problem.with_hint(crate::text::safe_line(&hint)));
        }
    }
}

fn infer(id: &str, documents: &[Document]) -> Framework {
    let mut inference = Inference::default();
    for document in documents {
        each_card(document, |card| {
            if card.get("framework").and_then(Node::text).unwrap_or_default() == id {
                inference.see(card);
            }
        });
    }
    inference.finish(if id.is_empty() { "cards" } else { id })
}

/// Looks at every card of a document that can be read as a tree.
fn each_card(document: &Document, mut see: impl FnMut(&Node<'_>)) {
    let reader = JsonReader::new(&document.text, &crate::core::json::Limits::default());
    match document.form {
        Form::Lines => {
            for (from, to) in lines(&document.text, document.start) {
                if let Ok((node, _)) = reader.whole(from..to) {
                    see(&node);
                }
            }
        }
        _ => {
            let Ok((node, _)) = reader.whole(document.start..document.text.len()) else { return };
            let cards = node.get("cards").and_then(Node::array).or_else(|| node.array());
            for card in cards.unwrap_or(std::slice::from_ref(&node)) {
                see(card);
            }
        }
    }
}

/// Byte ranges of the lines that are not blank.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut from = start;
    text[start..].split_inclusive('\n').filter_map(move |line| {
        let at = from;
        from += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (!line.trim().is_empty()).then_some((at, at + line.len()))
    })
}

/// Reads one document: the hot path first, then whatever it could not settle.
fn read_document(
    document: Document,
    index: &Index<'_>,
    limits: &crate::core::json::Limits,
    progress: &dyn Fn(usize),
) -> (Batch, Outcome) {
    let Document { name, text, start, form } = document;
    let mut batch = Batch::new(name, String::new(), index.framework.indicators.len());
    let mut outcome = Outcome::default();
    let mut careful =
        Careful { reader: JsonReader::new(&text, limits), index, notes: Notes::new(&text), faults: vec![] };
    match form {
        Form::Lines => {
            for (from, to) in lines(&text, start) {
                let before = batch.checkpoint();
                let (read, found) = fast_pass(&text, (from, to), Form::One, index, &mut batch, progress);
                if read.is_err() || found.shapeless || !found.odd.is_empty() {
                    batch.rewind(before);
                    careful.line((from, to), &mut batch, &mut outcome);
                } else {
                    merge(&mut outcome.elsewhere, &found);
                }
            }
        }
        _ => {
            let (read, found) = fast_pass(&text, (start, text.len()), form, index, &mut batch, progress);
            if read.is_err() || found.shapeless {
                batch = Batch::new(batch.file, String::new(), index.framework.indicators.len());
                careful.whole(start..text.len(), form, &mut batch, &mut outcome);
            } else {
                merge(&mut outcome.elsewhere, &found);
                careful.odd(&found.odd, form, &mut batch, &mut outcome);
            }
        }
    }
    let places = careful.reader.places();
    let faults = careful.faults.into_iter().chain(careful.notes.faults);
    outcome.problems = faults.map(|fault| problem(&batch.file, places, fault)).collect();
    batch.text = text;
    batch.shrink();
    batch.cards.shrink_to_fit();
    (batch, outcome)
}

fn merge(into: &mut Vec<(Box<str>, usize)>, found: &PassResult) {
    for (id, count) in &found.elsewhere {
        for _ in 0..*count {
            fast::count(into, id);
        }
    }
}

fn fast_pass(
    text: &str,
    (from, to): (usize, usize),
    form: Form,
    index: &Index<'_>,
    batch: &mut Batch,
    progress: &dyn Fn(usize),
) -> (Result<(), serde_json::Error>, PassResult) {
    let mut pass = Pass { text, index, batch, found: PassResult::default(), order: vec![], progress };
    let mut deserializer = serde_json::Deserializer::from_str(&text[from..to]);
    let read = match form {
        Form::Array => fast::CardsSeed(&mut pass).deserialize(&mut deserializer),
        Form::Bundle => fast::BundleSeed(&mut pass).deserialize(&mut deserializer),
        Form::One | Form::Lines | Form::Framework | Form::Findings => {
            fast::CardSeed(&mut pass).deserialize(&mut deserializer)
        }
    };
    (read.and_then(|()| deserializer.end()), pass.found)
}

/// The careful way over one text.
struct Careful<'a, 't> {
    reader: JsonReader<'t>,
    index: &'a Index<'a>,
    notes: Notes<'t>,
    faults: Vec<crate::core::json::Fault>,
}

impl Careful<'_, '_> {
    /// The whole text: it is no JSON, or something in it is no card.
    fn whole(&mut self, range: std::ops::Range<usize>, form: Form, batch: &mut Batch, outcome: &mut Outcome) {
        match self.reader.whole(range) {
            Err(fault) => self.faults.push(fault),
            Ok((node, faults)) => {
                self.faults.extend(faults);
                let cards = match form {
                    Form::Bundle => node.get("cards"),
                    _ => Some(&node),
                };
                let Some(cards) = cards else { return };
                let prefix = if form == Form::Bundle { "$.cards" } else { "$" };
                match cards.array() {
                    None => self.card(cards, prefix, batch, outcome),
                    Some(items) => {
                        for (at, item) in items.iter().enumerate() {
                            self.card(item, &format!("{prefix}[{at}]"), batch, outcome);
                        }
                    }
                }
            }
        }
    }

    /// One line of JSON Lines.
    fn line(&mut self, (from, to): (usize, usize), batch: &mut Batch, outcome: &mut Outcome) {
        let (line, _) = self.reader.places().of(from);
        let before = (self.faults.len(), self.notes.faults.len());
        match self.reader.whole(from..to) {
            Err(fault) => self.faults.push(fault),
            Ok((node, faults)) => {
                self.faults.extend(faults);
                self.card(&node, "$", batch, outcome);
            }
        }
        for fault in self.faults[before.0..].iter_mut().chain(&mut self.notes.faults[before.1..]) {
            fault.message = format!("line {line}: {}", fault.message);
        }
    }

    /// The cards the hot path set aside.
    fn odd(&mut self, odd: &[(usize, usize)], form: Form, batch: &mut Batch, outcome: &mut Outcome) {
        for (position, at) in odd {
            let path = match form {
                Form::Array => format!("$[{position}]"),
                Form::Bundle => format!("$.cards[{position}]"),
                _ => "$".to_owned(),
            };
            match self.reader.first(*at..self.notes.text.len()) {
                Err(fault) => self.faults.push(fault),
                Ok((node, mut faults, _)) => {
                    for fault in &mut faults {
                        fault.path = format!("{path}{}", fault.path.trim_start_matches('$'));
                    }
                    self.faults.extend(faults);
                    self.card(&node, &path, batch, outcome);
                }
            }
        }
    }

    fn card(&mut self, node: &Node<'_>, path: &str, batch: &mut Batch, outcome: &mut Outcome) {
        let other = node.get("framework").and_then(Node::text).filter(|id| *id != &*self.index.framework.id);
        if let Some(other) = other.filter(|_| super::node_is_card(node) && !self.index.framework.inferred) {
            fast::count(&mut outcome.elsewhere, other);
        } else {
            card::read(node, path, self.index, batch, &mut self.notes);
        }
    }
}

/// Byte offsets of a bundle's `framework` and `groups`.
pub(super) fn bundle_parts(text: &str, start: usize) -> Option<Vec<(String, usize)>> {
    plain::offsets(&text[start..]).map(|parts| parts.into_iter().map(|(key, at)| (key, at + start)).collect())
}
