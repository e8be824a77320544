//! What an input format is: how its files are told, and what is read out of them.

use std::{borrow::Cow, cell::OnceCell, collections::HashMap, sync::Arc};

use super::{
    infer::{Inference, Looks},
    json_form::Form,
    table::{OpenedTable, TableOptions},
};
use crate::core::{
    detail::Batch,
    framework::{Framework, Group},
    input_file::{InputFile, NamedText},
    json::Limits,
    problem::Problem,
};

/// One format.
#[derive(Debug)]
pub struct Input {
    /// The name for people.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// Whether a file is of this format: by its content first, then by its name.
    pub(super) claims: fn(&Head<'_>) -> bool,
    /// The paths of the files that belong to one, relative to its folder.
    pub(super) parts: fn(&str) -> Vec<String>,
    /// What other files need of it: read at once.
    pub(super) shared: fn(&InputFile, &Limits) -> SharedParts,
    /// The user's findings in it: read when the framework is known.
    pub(super) findings: Option<ReadFindings>,
    /// Its cards: read when all frameworks are known.
    pub(super) cards: Option<CardInput>,
    /// Its table, which is a set of its own.
    pub(super) table: Option<TableInput>,
}

/// How the tables of a format are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableInput {
    pub open: fn(&Arc<InputFile>, &TableOptions) -> Result<OpenedTable, Vec<Problem>>,
    /// Why a file has no table.
    pub fault: fn(&InputFile, &TableOptions) -> Option<Problem>,
    /// The names of files that may lie beside one of this path.
    pub beside: fn(&str) -> Vec<String>,
}

type ReadFindings = fn(&NamedText, &Limits, &mut Framework) -> Vec<Problem>;
type LookAtCards = fn(&InputFile, &mut dyn FnMut(&CardLooks<'_>));

/// How the cards of a format are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct CardInput {
    /// Hands over what each card looks like.
    pub look: LookAtCards,
    pub read: fn(&Arc<InputFile>, Reading<'_>) -> (Batch, Outcome),
    /// Why a file as a whole cannot be read.
    pub fault: fn(&InputFile, &Limits) -> Option<Problem>,
}

impl Input {
    /// A format whose files hold nothing.
    pub(super) const EMPTY: Self = Self {
        name: "",
        about: "",
        claims: |_| false,
        parts: |_| vec![],
        shared: |_, _| SharedParts::default(),
        findings: None,
        cards: None,
        table: None,
    };
}

/// A file of which only the name and the text are known.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub file: &'a InputFile,
    /// What the text looks like as JSON.
    pub form: OnceCell<Form>,
}

impl<'a> Head<'a> {
    pub(super) fn new(file: &'a InputFile) -> Self {
        Self { file, form: OnceCell::new() }
    }
}

/// A file and its format.
#[derive(Clone, Debug)]
pub(super) struct ClaimedFile {
    pub input: &'static Input,
    pub file: Arc<InputFile>,
    /// Whether the user named it.
    pub is_named: bool,
}

/// What the files share.
#[derive(Debug, Default)]
pub(super) struct SharedParts {
    /// Each with the problem to tell if another one of its id says something else.
    pub frameworks: Vec<(Framework, Problem)>,
    pub groups: Vec<Group>,
    pub problems: Vec<Problem>,
}

/// What a card looks like before any framework is known.
#[derive(Debug, Default)]
pub(super) struct CardLooks<'t> {
    /// The id of the framework that it names; empty if it names none.
    pub framework: Cow<'t, str>,
    /// Its answers by the ids of the indicators.
    pub answers: Vec<(Cow<'t, str>, Looks)>,
}

impl CardLooks<'_> {
    pub(super) fn teach(&self, inference: &mut Inference) {
        for (id, looks) in &self.answers {
            inference.see(id, *looks);
        }
    }
}

/// What reading the cards of one file gave beside them.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub problems: Vec<Problem>,
    /// Cards of other frameworks, by framework id.
    pub elsewhere: Vec<(Box<str>, usize)>,
}

/// How the cards of a file are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub index: &'a IndicatorIndex<'a>,
    pub limits: &'a Limits,
    /// Parts of a text to be read at once, and the least bytes of one.
    pub most_parts: usize,
    pub least_part: usize,
    /// Told now and then that so many more cards were read.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// A framework with its indicators by id.
#[derive(Debug)]
pub(super) struct IndicatorIndex<'a> {
    pub framework: &'a Framework,
    pub by_id: HashMap<&'a str, u16>,
}

impl<'a> IndicatorIndex<'a> {
    pub(super) fn new(framework: &'a Framework) -> Self {
        let ids = framework.indicators.iter().zip(0..);
        Self { framework, by_id: ids.map(|(indicator, at)| (&*indicator.id, at)).collect() }
    }
}

/// Adds cards of a framework to the number of each.
pub(super) fn count(counts: &mut Vec<(Box<str>, usize)>, id: &str, more: usize) {
    match counts.iter_mut().find(|(known, _)| **known == *id) {
        Some((_, count)) => *count += more,
        None => counts.push((id.into(), more)),
    }
}
