//! The queue: flags, notes, changed cells and assigned gaps, newest first, with a filter.

use std::collections::HashMap;

use strum::IntoEnumIterator as _;

use super::{
    book::{FlagState, GapAssignment, Said},
    overlay_on_data::{Review, ReviewState},
    record::{FlagKind, Id},
    target::{Target, TargetIds},
};
use crate::{
    core::dataset::{CountryId, Dataset},
    text::{Raw, fold},
};

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueueKind {
    Flag(FlagKind),
    Note,
    /// A cell that was reviewed and has changed since.
    Review,
    /// An assigned gap.
    Assignment,
}

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum QueueState {
    Open,
    /// Records that do not know of each other contradict each other.
    Conflict,
    /// The cell has changed since it was reviewed.
    Changed,
    /// Nothing is left to do: a resolved flag, or a gap that all assign alike.
    Resolved,
}

/// An item of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub on: Target,
    /// The target's place; `None` if these cards do not have it.
    pub place: Option<TargetIds>,
    pub kind: QueueKind,
    pub state: QueueState,
    /// The record; of several the latest.
    pub said: Said,
    /// The note, or the assigned gap; in a conflict each with its author.
    pub words: Raw<'static>,
}

/// Which items are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    pub state: Stage,
    pub kind: Option<QueueKind>,
    pub author: Option<Raw<'static>>,
    /// A country's code.
    pub country: Option<Box<str>>,
    /// An edition's label.
    pub edition: Option<Box<str>>,
    /// Only items about these countries (sorted by id), or about no country of these cards.
    pub members: Option<Vec<CountryId>>,
    /// Words that must all occur in the item's words, author, kind, or the names and codes of its target.
    pub text: String,
}

/// A filter by whether something is left to do.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumIter, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    #[default]
    Open,
    Resolved,
    All,
}

/// The order of the queue. Items that are alike in it stay newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueSort {
    #[default]
    Newest,
    Country,
    Kind,
    Author,
}

impl QueueSort {
    /// What the queue is sorted by.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Newest => "date",
            Self::Country => "country",
            Self::Kind => "kind",
            Self::Author => "author",
        }
    }

    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Newest => Self::Country,
            Self::Country => Self::Kind,
            Self::Kind => Self::Author,
            Self::Author => Self::Newest,
        }
    }

    /// Sorts items that stand newest first. Items about no country come before those about one.
    pub fn order(self, items: &mut [Item], data: &Dataset) {
        let name = |item: &Item| {
            let id = item.place.and_then(TargetIds::country);
            id.map_or_else(
                || item.on.country.as_deref().map(fold),
                |id| Some(fold(data.country(id).name.raw())),
            )
        };
        match self {
            Self::Newest => {}
            Self::Country => items.sort_by_cached_key(name),
            Self::Kind => items.sort_by_key(|item| item.kind),
            Self::Author => items.sort_by(|one, other| one.said.author.cmp(&other.said.author)),
        }
    }
}

/// The items that a filter keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Newest first.
    pub items: Vec<Item>,
    /// Number of items without the filter.
    pub of: usize,
    /// The authors of all items, each once, sorted.
    pub authors: Vec<Raw<'static>>,
    /// The codes of the countries of all items, each once, sorted.
    pub countries: Vec<Box<str>>,
}

impl QueueKind {
    /// Every kind, in the order of the filter.
    pub fn all() -> impl Iterator<Item = Self> {
        FlagKind::iter().map(Self::Flag).chain([Self::Note, Self::Review, Self::Assignment])
    }

    /// The kind's name in options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Flag(kind) => kind.id(),
            Self::Note => "note",
            Self::Review => "review",
            Self::Assignment => "assignment",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Flag(kind) => kind.title(),
            Self::Note => "note",
            Self::Review => "review",
            Self::Assignment => "assigned gap",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|kind| kind.id() == id)
    }
}

impl QueueState {
    /// The state's name in reports and on the screen.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Conflict => "conflict",
            Self::Changed => "changed",
            Self::Resolved => "resolved",
        }
    }

    /// Whether something is left to do.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Resolved)
    }
}

impl Stage {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::All => "all",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|stage| stage.id() == id)
    }
}

impl QueueFilter {
    pub fn keeps(&self, item: &Item, data: &Dataset) -> bool {
        let of_stage = match self.state {
            Stage::Open => item.state.is_open(),
            Stage::Resolved => !item.state.is_open(),
            Stage::All => true,
        };
        let is_member = |country: CountryId| {
            self.members.as_ref().is_none_or(|members| members.binary_search(&country).is_ok())
        };
        of_stage
            && self.kind.is_none_or(|kind| kind == item.kind)
            && self.author.as_ref().is_none_or(|author| *author == item.said.author)
            && self.country.as_ref().is_none_or(|code| item.on.country.as_ref() == Some(code))
            && self.edition.as_ref().is_none_or(|edition| item.on.edition == *edition)
            && item.place.and_then(TargetIds::country).is_none_or(is_member)
            && self.finds(item, data)
    }

    fn finds(&self, item: &Item, data: &Dataset) -> bool {
        if self.text.trim().is_empty() {
            return true;
        }
        let text = fold(&item.all_words(data));
        fold(&self.text).split_whitespace().all(|word| text.contains(word))
    }
}

impl Item {
    /// The text that `QueueFilter::text` is searched in.
    fn all_words(&self, data: &Dataset) -> String {
        let country =
            self.place.and_then(TargetIds::country).map(|id| data.country(id).name.raw().to_owned());
        let indicator = self.place.and_then(TargetIds::indicator);
        let indicator = indicator.map(|id| data.framework.indicator(id).title.raw().to_owned());
        let codes = [&self.on.country, &self.on.indicator].map(|code| code.as_ref().map(ToString::to_string));
        let [code, id] = codes;
        let own = [self.words.raw(), self.said.author.raw(), &self.on.edition, self.kind.title()];
        let own = own.map(|words| Some(words.to_owned()));
        own.into_iter().chain([country, indicator, code, id]).flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Queue {
    /// The items that the filter keeps, also those about targets that these cards do not have.
    pub fn new(review: &Review, data: &Dataset, filter: &QueueFilter) -> Self {
        Self::among(&items(review, data), data, filter)
    }

    /// As [`Queue::new`], with items computed before by [`items`].
    pub fn among(all: &[Item], data: &Dataset, filter: &QueueFilter) -> Self {
        let mut authors: Vec<Raw<'static>> = all.iter().map(|item| item.said.author.clone()).collect();
        authors.sort();
        authors.dedup();
        let mut countries: Vec<Box<str>> = all.iter().filter_map(|item| item.on.country.clone()).collect();
        countries.sort();
        countries.dedup();
        let items = all.iter().filter(|item| filter.keeps(item, data)).cloned().collect();
        Self { items, of: all.len(), authors, countries }
    }
}

/// All items, newest first.
pub fn items(review: &Review, data: &Dataset) -> Vec<Item> {
    let book = &review.book;
    let order: HashMap<&Id, usize> =
        book.records().enumerate().map(|(at, record)| (&record.id, at)).collect();
    let mut items: Vec<Item> = vec![];
    for flag in book.flags() {
        let state = match flag.state {
            FlagState::Open => QueueState::Open,
            FlagState::Resolved { .. } => QueueState::Resolved,
            FlagState::Disputed { .. } => QueueState::Conflict,
        };
        items.push(item(data, &flag.on, QueueKind::Flag(flag.kind), state, &flag.said, flag.note.clone()));
    }
    for (on, note) in book.notes() {
        items.push(item(data, on, QueueKind::Note, QueueState::Open, &note.said, note.text.clone()));
    }
    for (on, reviewed) in book.reviews() {
        let Some(TargetIds::Cell(c, e, i)) = on.find(data) else { continue };
        let latest = reviewed.iter().max_by_key(|one| order.get(&one.said.id));
        if let (ReviewState::Changed, Some(latest)) = (review.cell(c, e, i).state, latest) {
            items.push(item(data, on, QueueKind::Review, QueueState::Changed, &latest.said, Raw::default()));
        }
    }
    for (on, assigned) in book.assignments() {
        items.extend(assignment(data, on, assigned, &order));
    }
    items.sort_by_cached_key(|item| std::cmp::Reverse(order.get(&item.said.id).copied()));
    items
}

fn item(
    data: &Dataset,
    on: &Target,
    kind: QueueKind,
    state: QueueState,
    said: &Said,
    words: Raw<'static>,
) -> Item {
    Item { on: on.clone(), place: on.find(data), kind, state, said: said.clone(), words }
}

/// The item for the gaps assigned to a target; `None` if the assignment was taken back.
fn assignment(
    data: &Dataset,
    on: &Target,
    all: &[GapAssignment],
    order: &HashMap<&Id, usize>,
) -> Option<Item> {
    let latest = all.iter().max_by_key(|one| order.get(&one.said.id))?;
    let agree = all.iter().all(|one| one.gap == latest.gap);
    if agree && latest.gap.is_none() {
        return None;
    }
    let title = |one: &GapAssignment| one.gap.map_or("as the card says", |gap| gap.title());
    let words = if agree {
        title(latest).to_owned()
    } else {
        let sides: Vec<String> =
            all.iter().map(|one| format!("{} says {}", one.said.author.raw(), title(one))).collect();
        sides.join("; ")
    };
    let state = if agree { QueueState::Resolved } else { QueueState::Conflict };
    Some(item(data, on, QueueKind::Assignment, state, &latest.said, Raw::new(words)))
}

#[cfg(test)]
mod tests;
