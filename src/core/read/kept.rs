//! Files that became broken since they were read: they keep the cards they gave then, and their problem stands beside.

use std::{collections::HashSet, sync::Arc};

use super::{Loader, input::ClaimedFile, text::document_of};
use crate::core::{
    dataset::Dataset,
    detail::Batch,
    problem::{NO_SUCH_FILE, Problem},
    severity::Severity,
};
use crate::text::{Raw, Safe, safe_line};

/// Which files keep what they gave, and whether the framework does.
#[derive(Debug, Default)]
pub(super) struct KeptFiles {
    pub(super) files: Vec<Raw<'static>>,
    is_framework: bool,
}

impl Loader {
    /// Puts the older text in the place of each one that cannot be read as a whole any more or at all, and brings the
    /// framework back that came from such a file. A file that is gone takes its cards with it.
    pub(super) fn keep(&mut self, before: &Dataset) -> KeptFiles {
        let mut kept = KeptFiles::default();
        let mut has_broken = false;
        let documents = std::mem::take(&mut self.documents);
        for document in documents.into_iter().chain(std::mem::take(&mut self.tables)) {
            let old = batch_of(before, document.file.name());
            let is_same = old.is_some_and(|old| *old.file() == document.file);
            match self.fault(&document).filter(|_| !is_same) {
                Some(fault) if old.is_some() => {
                    self.problems.push(fault);
                    kept.files.push(document.file.name().clone());
                }
                fault => {
                    has_broken |= fault.is_some();
                    self.give(document);
                }
            }
        }
        let here: HashSet<&Raw<'_>> =
            self.documents.iter().chain(&self.tables).map(|document| document.file.name()).collect();
        let unread = self.problems.iter().filter(|problem| is_unread(problem));
        let unread = unread.filter_map(|problem| problem.file.as_ref()).filter(|file| !here.contains(file));
        let (with_cards, without): (Vec<_>, Vec<_>) =
            unread.cloned().partition(|file| batch_of(before, file).is_some());
        has_broken |= without.iter().any(|file| !before.problems.iter().any(|known| is_in(known, file)));
        for file in with_cards {
            if !kept.files.contains(&file) {
                kept.files.push(file);
            }
        }
        self.keep_old_framework(before, has_broken || !kept.files.is_empty(), &mut kept);
        // After what was read now: a card that stands elsewhere by now is newer.
        let old = kept.files.iter().filter_map(|file| batch_of(before, file));
        let old: Vec<ClaimedFile> = old.map(again).collect();
        let known = self.problems.len();
        for document in &old {
            self.share(document);
        }
        // What is wrong with them was told when they were new.
        self.problems.truncate(known);
        for document in old {
            self.give(document);
        }
        kept
    }

    fn keep_old_framework(&mut self, before: &Dataset, has_broken: bool, kept: &mut KeptFiles) {
        let old = &before.framework;
        let is_lost = !old.inferred && !self.frameworks.iter().any(|framework| framework.id == old.id);
        if is_lost && has_broken {
            let mut framework = old.clone();
            // Those of the user are read again with their own files.
            framework.findings.retain(|finding| !finding.own);
            self.frameworks.push(framework);
            kept.is_framework = true;
        }
    }

    /// Why a file cannot be read as a whole.
    fn fault(&self, document: &ClaimedFile) -> Option<Problem> {
        let of_table = || (document.input.table?.fault)(&document.file, &self.table_options());
        let of_cards =
            document.input.cards.and_then(|cards| (cards.fault)(&document.file, &self.options.limits));
        of_cards.or_else(of_table)
    }
}

/// A file that was read before, as it was then.
fn again(batch: &Batch) -> ClaimedFile {
    document_of(Arc::clone(batch.file()))
}

impl KeptFiles {
    /// The files that can be read, gave cards before, and give none and an error now: their older texts, to be read again.
    pub(super) fn emptied(
        &mut self,
        batches: &mut Vec<Batch>,
        problems: &[Problem],
        before: &Dataset,
    ) -> Vec<ClaimedFile> {
        let has_error = |file: &Raw<'_>| {
            problems.iter().any(|problem| problem.severity == Severity::Error && is_in(problem, file))
        };
        let mut old = vec![];
        batches.retain(|batch| {
            let name = batch.file().name();
            let gave = if batch.columns.cards.is_empty() { batch_of(before, name) } else { None };
            let Some(gave) = gave.filter(|gave| gave.file() != batch.file() && has_error(name)) else {
                return true;
            };
            self.files.push(name.clone());
            old.push(again(gave));
            false
        });
        old
    }

    /// What stands beside the problems of these files.
    pub(super) fn problems(&self, batches: &[Batch]) -> Vec<Problem> {
        let hint = Safe::fixed("mend the file and read it again");
        let mut told = vec![];
        for file in &self.files {
            let cards = batches
                .iter()
                .filter(|batch| batch.file().name() == file)
                .map(|batch| batch.columns.cards.len())
                .sum::<usize>();
            let cards = if cards == 1 { "its card is".to_owned() } else { format!("its {cards} cards are") };
            let message = safe_line(&format!("{cards} shown as read before this file became broken"));
            told.push(
                Problem::new("kept-cards", Severity::Warning, message).in_file(file).with_hint(hint.clone()),
            );
        }
        if self.is_framework {
            let message = Safe::fixed("the framework is shown as read before its file became broken");
            told.push(Problem::new("kept-framework", Severity::Warning, message).with_hint(hint));
        }
        told
    }
}

/// What that file gave, if it gave cards.
fn batch_of<'a>(before: &'a Dataset, file: &Raw<'_>) -> Option<&'a Batch> {
    let batches = before.batches.iter().map(|batch| &**batch);
    batches.into_iter().find(|batch| batch.file().name() == file && !batch.columns.cards.is_empty())
}

fn is_in(problem: &Problem, file: &Raw<'_>) -> bool {
    problem.file.as_ref() == Some(file)
}

/// Whether a file is there and nothing came of it.
fn is_unread(problem: &Problem) -> bool {
    let is_gone = problem.message.as_str() == NO_SUCH_FILE;
    (problem.severity == Severity::Error && !is_gone) || problem.code == "not-a-file"
}
