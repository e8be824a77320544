//! Reads the cards of every text against one framework, choosing which.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use super::{
    Loader,
    infer::Inference,
    input::{CardLooks, ClaimedFile, IndicatorIndex, Outcome, Reading, count},
};
use crate::core::{
    dataset::CardSet,
    detail::Batch,
    framework::Framework,
    parallel,
    period::{LabelRule, LabelVerdict, Period, year_and_part},
    problem::Problem,
    severity::Severity,
};
use crate::text::Raw;

/// Which framework the cards are read against.
pub(super) enum FrameworkChoice {
    Known(Box<Framework>),
    /// Cards name a framework that is not here (or none): it is made up from them.
    Infer(Box<str>),
}

/// Where a problem stands, and of what kind it is.
fn place_of(problem: &Problem) -> (&'static str, Option<&str>, Option<u64>) {
    (problem.code, problem.file.as_ref().map(Raw::raw), problem.place.map(|place| place.byte))
}

impl Loader {
    /// The framework asked for, or the only one, or the one most cards name.
    pub(super) fn choose_framework(&mut self) -> FrameworkChoice {
        if let Some(wanted) = self.options.framework.clone() {
            if let Some(at) = self.frameworks.iter().position(|framework| *framework.id == *wanted) {
                return FrameworkChoice::Known(Box::new(self.frameworks.swap_remove(at)));
            }
            let counts: Vec<_> = self.count_frameworks().into_iter().collect();
            let sets = self.sets(&counts);
            self.others.extend(sets);
            return FrameworkChoice::Infer(wanted.as_str().into());
        }
        if self.frameworks.len() == 1 {
            return FrameworkChoice::Known(Box::new(self.frameworks.remove(0)));
        }
        let counts = self.count_frameworks();
        let nameless = counts.get("").copied().unwrap_or(0);
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let id = most.map_or_else(|| "cards".into(), |(id, _)| id);
        let known = self.frameworks.iter().position(|framework| framework.id == id);
        let is_any = !self.frameworks.is_empty() && id.is_empty();
        let Some(at) = known.or(is_any.then_some(0)) else { return FrameworkChoice::Infer(id) };
        if nameless > 0 {
            self.tell_nameless(nameless, at);
        }
        FrameworkChoice::Known(Box::new(self.frameworks.swap_remove(at)))
    }

    /// Tells which of several frameworks stands for cards that name none.
    fn tell_nameless(&mut self, cards: usize, at: usize) {
        let (id, all) = (&self.frameworks[at].id, self.frameworks.len());
        let cards = if cards == 1 { "1 card names".to_owned() } else { format!("{cards} cards name") };
        let message = format!(
            "{cards} no framework, of which there are {all} here; what is read is \"{}\"",
            crate::text::excerpt(id, 60)
        );
        let problem = Problem::new("no-framework", Severity::Warning, crate::text::safe_line(&message));
        let hint = "name it in the cards (\"framework\": \"…\"), or choose with --set";
        self.problems.push(problem.with_hint(crate::text::Safe::fixed(hint)));
    }

    /// The sets of these, of which there is a framework here.
    pub(super) fn sets(&self, counts: &[(Box<str>, usize)]) -> Vec<CardSet> {
        let set = |(id, cards): &(Box<str>, usize)| {
            let known = self.frameworks.iter().find(|known| known.id == *id)?;
            Some(CardSet { id: id.clone(), title: known.title.clone(), cards: *cards })
        };
        counts.iter().filter_map(set).collect()
    }

    /// How many cards name which framework; "" for none.
    pub(super) fn count_frameworks(&self) -> HashMap<Box<str>, usize> {
        let mut counts = HashMap::new();
        for document in &self.documents {
            look(document, &mut |card| {
                *counts.entry((*card.framework).into()).or_insert(0) += 1;
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
        let mut framework = match choice {
            FrameworkChoice::Known(framework) => *framework,
            FrameworkChoice::Infer(id) => infer(&id, &documents),
        };
        let index = IndicatorIndex::new(&framework);
        let mut batches = vec![];
        let mut elsewhere: Vec<(Box<str>, usize)> = vec![];
        let mut problems = vec![];
        let seen = AtomicUsize::new(0);
        let limits = &self.options.limits;
        let more = |more| progress(seen.fetch_add(more, Relaxed) + more);
        let most_parts = (self.options.workers / documents.len().max(1)).max(1);
        let least_part = self.options.least_part;
        let reading = Reading { index: &index, limits, most_parts, least_part, progress: &more };
        let read = parallel::map(documents.clone(), self.options.workers, |document| {
            read_document(&document, reading)
        });
        for (batch, outcome) in read.into_iter().flatten() {
            problems.extend(outcome.problems);
            for (id, cards) in outcome.elsewhere {
                count(&mut elsewhere, &id, cards);
            }
            batches.push(batch);
        }
        drop(index);
        match self.label_rule(&framework, &batches) {
            Some(rule) if has_months(&batches) && rule == LabelRule::Span => {
                framework.edition_labels.rule = Some(rule);
                self.documents = documents;
                return self.read_cards(FrameworkChoice::Known(Box::new(framework)), progress);
            }
            rule => framework.edition_labels.rule = framework.edition_labels.rule.or(rule),
        }
        let is_made_up = batches.iter().all(|batch| batch.columns.cards.is_empty())
            && !framework.inferred
            && self.options.framework.is_none();
        if let (true, Some(most)) = (is_made_up, elsewhere.iter().max_by_key(|(_, count)| *count)) {
            // Whatever else is wrong is told when they are read against that one.
            self.tell_elsewhere(&framework, std::slice::from_ref(most), true);
            let id = most.0.clone();
            self.documents = documents;
            return self.read_cards(FrameworkChoice::Infer(id), progress);
        }
        // What was told of a text as a whole is not told again of its cards.
        let known: HashSet<_> = self.problems.iter().map(place_of).collect();
        problems.retain(|problem| problem.code != "syntax" || !known.contains(&place_of(problem)));
        drop(known);
        self.problems.extend(problems);
        // What no framework here is called may be a slip, and is told.
        let (others, strange): (Vec<_>, Vec<_>) =
            elsewhere.into_iter().partition(|(id, _)| self.frameworks.iter().any(|known| known.id == *id));
        if !framework.inferred {
            let sets = self.sets(&others);
            self.others.extend(sets);
        }
        self.tell_elsewhere(&framework, &strange, false);
        (framework, batches)
    }

    /// What labels such as 2001-02 mean in all these cards, if that is not declared. Labels that have no one meaning are
    /// told.
    fn label_rule(&mut self, framework: &Framework, batches: &[Batch]) -> Option<LabelRule> {
        if framework.edition_labels.rule.is_some() {
            return None;
        }
        // A label that stands beside a date says nothing of the others.
        let cards = || {
            let cards = batches.iter().flat_map(|batch| &batch.columns.cards);
            cards.filter(|card| {
                Period::parse(&card.edition_label, framework.edition_labels) == Some(card.edition)
            })
        };
        match LabelVerdict::of(cards().map(|card| &*card.edition_label)) {
            LabelVerdict::Nothing => None,
            LabelVerdict::Rule(rule) => Some(rule),
            LabelVerdict::Both => {
                let of = |is_month: bool| {
                    cards()
                        .filter(|card| year_and_part(&card.edition_label).is_some())
                        .find(|card| card.edition.is_date() == is_month)
                };
                let [month, span] = [of(true), of(false)]
                    .map(|card| card.map_or("…", |card| &*card.edition_label))
                    .map(|label| crate::text::excerpt(label, 20));
                let message = format!(
                    "of the editions {month} and {span} one is a month and one is two years: what the others are, no rule says"
                );
                let problem =
                    Problem::new("mixed-editions", Severity::Error, crate::text::safe_line(&message));
                let hint = "say in the framework what they are: \"edition_labels\": \"span\" or \"month\"";
                self.problems.push(problem.with_hint(crate::text::Safe::fixed(hint)));
                None
            }
        }
    }

    /// Reads older texts against the framework of the others. What is wrong with them was told when they were new.
    pub(super) fn read_older(&self, documents: &[ClaimedFile], framework: &Framework) -> Vec<Batch> {
        let index = IndicatorIndex::new(framework);
        let limits = &self.options.limits;
        let reading =
            Reading { index: &index, limits, most_parts: 1, least_part: usize::MAX, progress: &|_| () };
        documents.iter().filter_map(|document| Some(read_document(document, reading)?.0)).collect()
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
                    format!("open them with --set {id}"),
                )
            };
            let problem =
                Problem::new("other-framework", Severity::Warning, crate::text::safe_line(&message));
            self.problems.push(problem.with_hint(crate::text::safe_line(&hint)));
        }
    }
}

/// Whether a label such as 2001-02 was read as a month.
fn has_months(batches: &[Batch]) -> bool {
    let cards = batches.iter().flat_map(|batch| &batch.columns.cards);
    cards.filter(|card| year_and_part(&card.edition_label).is_some()).any(|card| card.edition.is_date())
}

fn infer(id: &str, documents: &[ClaimedFile]) -> Framework {
    let mut inference = Inference::default();
    for document in documents {
        look(document, &mut |card| {
            if card.framework == id {
                card.teach(&mut inference);
            }
        });
    }
    inference.finish(if id.is_empty() { "cards" } else { id })
}

fn look(document: &ClaimedFile, see: &mut dyn FnMut(&CardLooks<'_>)) {
    if let Some(cards) = document.input.cards {
        (cards.look)(&document.file, see);
    }
}

fn read_document(document: &ClaimedFile, reading: Reading<'_>) -> Option<(Batch, Outcome)> {
    document.input.cards.map(|cards| (cards.read)(&document.file, reading))
}
