//! Reads the cards of every text against one framework, choosing which.

use std::{
    collections::HashMap,
    ops::Range,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use super::{
    Document, Index, Loader, again,
    document::Form,
    document_cards::{Reading, count, read_document},
    infer::Inference,
    notes::PlacePath,
    recover::recover,
    walk::{CardTaker, TextPart, lines, walk},
};
use crate::core::{
    columns::Batch,
    framework::Framework,
    json::{JsonReader, Limits, Node, Pull, Stop},
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
        let more = |more| progress(seen.fetch_add(more, Relaxed) + more);
        let most_parts = (self.options.workers / documents.len().max(1)).max(1);
        let least_part = self.options.least_part;
        let reading = Reading { index: &index, limits, most_parts, least_part, progress: &more };
        let read =
            parallel::map(documents, self.options.workers, |document| read_document(document, reading));
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
        let reading =
            Reading { index: &index, limits, most_parts: 1, least_part: usize::MAX, progress: &|_| () };
        documents.into_iter().map(|document| read_document(document, reading).0).collect()
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
        let part = TextPart { range: range.clone(), is_first: true, is_last: true };
        match walk(&mut Pull::new(text, range.clone(), &limits), *form, &part, &mut found) {
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
