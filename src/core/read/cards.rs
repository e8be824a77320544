//! Reads the cards of every text against one framework, choosing which.

use std::{
    collections::HashMap,
    ops::Range,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use super::{
    Document, Index, Loader, again,
    document::Form,
    infer::Inference,
    json_cards::{CardReader, ReadCard},
    notes::PlacePath,
    problem,
    recover::{self, CardTaker, Loss, recover, walk},
};
use crate::core::{
    batch::Batch,
    framework::Framework,
    json::{Fault, JsonReader, Limits, Node, Pull, Stop},
    parallel,
    problem::Problem,
    severity::Severity,
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
            for (id, cards) in outcome.elsewhere {
                count(&mut elsewhere, &id, cards);
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

/// Looks at every card of a document as a tree.
fn each_card(document: &Document, see: impl FnMut(&Node<'_>)) {
    let Document { text, start, form, .. } = document;
    let limits = Limits::default();
    let mut seen = SeenCards { json: JsonReader::new(text, &limits), read: None, see };
    let mut see_all = |range: Range<usize>| {
        let mut found = FoundCards::default();
        match walk(&mut Pull::new(text, range.clone(), &limits), *form, &mut found) {
            Ok(()) => found.cards.into_iter().for_each(|at| seen.see_at(at)),
            Err(_) => _ = recover(text, range, *form, &limits, &mut seen),
        }
    };
    match form {
        Form::Lines => lines(text, *start).for_each(see_all),
        _ => see_all(*start..text.len()),
    }
}

/// The bytes at which cards begin.
#[derive(Default)]
struct FoundCards {
    cards: Vec<usize>,
}

impl<'t> CardTaker<'t> for FoundCards {
    fn read(&mut self, pull: &mut Pull<'t>, _: &PlacePath<'_>) -> Result<bool, Stop> {
        pull.peek();
        self.cards.push(pull.at());
        pull.skip().map(|_| true)
    }

    fn keep(&mut self) {}

    fn lose(&mut self) {
        self.cards.pop();
    }
}

/// Hands each card to a function as a tree.
struct SeenCards<'t, S> {
    json: JsonReader<'t>,
    read: Option<Node<'t>>,
    see: S,
}

impl<S: FnMut(&Node<'_>)> SeenCards<'_, S> {
    fn see_at(&mut self, at: usize) {
        if let Ok((node, ..)) = self.json.first_lenient(at..usize::MAX) {
            (self.see)(&node);
        }
    }
}

impl<'t, S: FnMut(&Node<'_>)> CardTaker<'t> for SeenCards<'t, S> {
    fn read(&mut self, pull: &mut Pull<'t>, _: &PlacePath<'_>) -> Result<bool, Stop> {
        let at = pull.at();
        pull.skip()?;
        self.read = self.json.first_lenient(at..usize::MAX).ok().map(|(node, ..)| node);
        Ok(self.read.as_ref().is_some_and(super::node_is_card))
    }

    fn keep(&mut self) {
        self.read.take().iter().for_each(&mut self.see);
    }

    fn lose(&mut self) {
        self.read = None;
    }
}

/// The lines that are not blank, without their ends.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = start;
    text[start..].split_inclusive('\n').filter_map(move |line| {
        let at = from;
        from += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (!line.trim().is_empty()).then_some(at..at + line.len())
    })
}

/// Reads the cards of one document.
fn read_document(
    document: Document,
    index: &Index<'_>,
    limits: &Limits,
    progress: &dyn Fn(usize),
) -> (Batch, Outcome) {
    let Document { name, text, start, form } = document;
    let new = || TakenCards {
        reader: CardReader::new(&text, index, JsonReader::new(&text, limits)),
        batch: Batch::new(name.clone(), String::new(), index.framework.indicators.len()),
        elsewhere: vec![],
        read: ReadCard::Nothing,
        told: 0,
        seen: 0,
        progress,
    };
    let mut taken = new();
    if form == Form::Lines {
        for line in lines(&text, start) {
            taken.line(line, limits);
        }
    } else if walk(&mut Pull::new(&text, start..text.len(), limits), form, &mut taken).is_err() {
        taken = new();
        taken.recover(start..text.len(), form, limits);
    }
    let TakenCards { reader, mut batch, elsewhere, .. } = taken;
    let places = reader.json.places();
    let faults = one_nan(reader.notes.faults, &text);
    let problems = faults.into_iter().map(|fault| problem(&name, places, fault)).collect();
    let outcome = Outcome { problems, elsewhere };
    drop(reader.json);
    batch.text = text;
    batch.shrink();
    (batch, outcome)
}

/// Tells values that are written `NaN` once, with their number.
fn one_nan(mut faults: Vec<Fault>, text: &str) -> Vec<Fault> {
    let is_nan = |fault: &Fault| fault.code == "syntax" && text[fault.at..].starts_with("NaN");
    let count = faults.iter().filter(|fault| is_nan(fault)).count();
    let mut is_first = true;
    faults.retain(|fault| !is_nan(fault) || std::mem::take(&mut is_first));
    if let Some(first) = faults.iter_mut().find(|fault| is_nan(fault)) {
        let words =
            if count == 1 { "is read".to_owned() } else { format!("and {} more are read", count - 1) };
        first.message = format!("NaN is no JSON; this value {words} as empty");
        first.hint = Some("write null where there is no value".to_owned());
    }
    faults
}

/// Puts the cards of one text into a batch.
struct TakenCards<'a, 't> {
    reader: CardReader<'a, 't>,
    batch: Batch,
    /// Cards of other frameworks, by framework id.
    elsewhere: Vec<(Box<str>, usize)>,
    read: ReadCard,
    /// How many faults were told before the card that was read last.
    told: usize,
    seen: usize,
    progress: &'a dyn Fn(usize),
}

impl<'t> CardTaker<'t> for TakenCards<'_, 't> {
    fn read(&mut self, pull: &mut Pull<'t>, path: &PlacePath<'_>) -> Result<bool, Stop> {
        self.told = self.reader.notes.faults.len();
        self.read = self.reader.card(pull, path)?;
        Ok(self.reader.has_assessments)
    }

    fn keep(&mut self) {
        const TELL_EVERY: usize = 64;
        match std::mem::replace(&mut self.read, ReadCard::Nothing) {
            ReadCard::Row(row) => self.batch.push(row, &self.reader.cells),
            ReadCard::Elsewhere(id) => count(&mut self.elsewhere, &id, 1),
            ReadCard::Nothing => {}
        }
        self.seen += 1;
        if self.seen.is_multiple_of(TELL_EVERY) {
            (self.progress)(TELL_EVERY);
        }
    }

    fn lose(&mut self) {
        self.read = ReadCard::Nothing;
        self.reader.notes.faults.truncate(self.told);
    }
}

impl TakenCards<'_, '_> {
    /// One line of JSON Lines.
    fn line(&mut self, line: Range<usize>, limits: &Limits) {
        let told = self.reader.notes.faults.len();
        let mut pull = Pull::new(self.reader.notes.text, line.clone(), limits);
        let path = recover::path_of(Form::Lines, 0);
        match self.read(&mut pull, &path).and_then(|_| pull.finish()) {
            Ok(()) => self.keep(),
            Err(_) => {
                self.reader.notes.faults.truncate(told);
                self.recover(line.clone(), Form::Lines, limits);
            }
        }
        if self.reader.notes.faults.len() > told {
            let (number, _) = self.reader.json.places().of(line.start);
            for fault in &mut self.reader.notes.faults[told..] {
                fault.message = format!("line {number}: {}", fault.message);
            }
        }
    }

    /// A text or a line that is no JSON: keeps the cards that can be read and tells what is lost.
    fn recover(&mut self, range: Range<usize>, form: Form, limits: &Limits) {
        const MOST_LOSSES: usize = 100;
        let told = self.reader.notes.faults.len();
        let before = self.batch.cards.len();
        let losses = recover(self.reader.notes.text, range.clone(), form, limits, self);
        if self.batch.cards.len() > before {
            for loss in losses.iter().take(MOST_LOSSES) {
                let fault = self.loss(loss, range.clone());
                self.reader.notes.faults.push(fault);
            }
            if let Some(more) = losses.get(MOST_LOSSES..).filter(|more| !more.is_empty()) {
                let message = format!("and {} more places where cards are lost", more.len());
                self.reader.notes.faults.push(Fault::error("lost-cards", more[0].at, message));
            }
        }
        let is_error = |fault: &Fault| fault.severity == Severity::Error;
        if !self.reader.notes.faults[told..].iter().any(is_error)
            && let Err(fault) = self.reader.json.whole(range)
        {
            self.reader.notes.faults.push(fault);
        }
    }

    /// Why bytes are lost.
    fn loss(&self, loss: &Loss, range: Range<usize>) -> Fault {
        let end = range.end;
        let what = match loss.cards {
            0 => "a part of the file is lost".to_owned(),
            1 => "1 card is lost".to_owned(),
            cards => format!("{cards} cards are lost"),
        };
        let Range { start, end: until } = loss.bytes;
        let json = &self.reader.json;
        let first = json.whole(range).err().filter(|fault| (start..=until).contains(&fault.at));
        let why = match json.first_lenient(loss.at..end) {
            Err(fault) if loss.cards > 0 => fault,
            Ok((.., at)) if loss.cards > 0 => Fault::error(
                "syntax",
                at,
                "something follows that does not belong to it, or it ended too early",
            ),
            _ => first.unwrap_or_else(|| Fault::error("syntax", loss.at, "only cards belong here")),
        };
        Fault { message: format!("{what} (bytes {start} to {until}): {}", why.message), ..why }
    }
}

fn count(counts: &mut Vec<(Box<str>, usize)>, id: &str, more: usize) {
    match counts.iter_mut().find(|(known, _)| **known == *id) {
        Some((_, count)) => *count += more,
        None => counts.push((id.into(), more)),
    }
}
