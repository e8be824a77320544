//! The queue: flags, notes, changed cells, assigned gaps and sign-offs, newest first, with a filter.

mod filter;

pub use self::filter::{QueueFilter, Stage};

use std::collections::HashMap;

use strum::IntoEnumIterator as _;

use super::{
    book::{Asked, FlagState, GapAssignment, Said},
    overlay_on_data::{Review, ReviewState},
    record::{FlagKind, Id, SignOffStage},
    target::{Target, TargetIds},
};
use crate::{
    core::{dataset::Dataset, date::Date},
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
    /// How far the review of a card has come.
    SignOff,
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
    /// Who resolved the flag, and why.
    pub resolved: Option<(Said, Raw<'static>)>,
    /// Who reopened it, not knowing that it was resolved once more: a conflict.
    pub reopened: Option<Said>,
    /// Who is asked to deal with the flag.
    pub asked: Vec<Asked>,
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
        FlagKind::iter().map(Self::Flag).chain([Self::Note, Self::Review, Self::Assignment, Self::SignOff])
    }

    /// The kind's name in options and reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Flag(kind) => kind.id(),
            Self::Note => "note",
            Self::Review => "review",
            Self::Assignment => "assignment",
            Self::SignOff => "sign-off",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Flag(kind) => kind.title(),
            Self::Note => "note",
            Self::Review => "review",
            Self::Assignment => "assigned gap",
            Self::SignOff => "sign-off",
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

impl Item {
    /// The text that `QueueFilter::text` is searched in: all that is shown of it, and the notes on the same target.
    fn all_words(&self, review: &Review, data: &Dataset) -> String {
        let country = self.place.and_then(TargetIds::country).map(|id| data.country(id).name.raw());
        let indicator = self.place.and_then(TargetIds::indicator);
        let indicator = indicator.map(|id| data.framework.indicator(id).title.raw());
        let [code, id] = [&self.on.country, &self.on.indicator].map(|code| code.as_deref());
        let own =
            [self.words.raw(), self.said.author.raw(), &self.on.edition, self.kind.title(), self.state.id()];
        let notes = review.book.notes_on(&self.on).iter().map(|note| note.text.raw());
        let resolved = self.resolved.iter().flat_map(|(said, why)| [said.author.raw(), why.raw()]);
        let asked = self.asked.iter().filter_map(|asked| asked.to.as_ref()).map(Raw::raw);
        let whole = own.into_iter().chain([country, indicator, code, id].into_iter().flatten());
        whole.chain(notes).chain(resolved).chain(asked).collect::<Vec<_>>().join(" ")
    }

    /// The days on which it was said and resolved.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        let times = [Some(&self.said.time), self.resolved.as_ref().map(|(said, _)| &said.time)];
        times.into_iter().flatten().filter_map(|time| Date::parse(time.get(..10)?))
    }

    /// How it was resolved, and who reopened it: `Ana resolved it: page 3; Ben reopened it`. Nothing while it is open.
    pub fn resolution(&self) -> String {
        let Some((by, why)) = &self.resolved else { return String::new() };
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.raw()) };
        let resolved = format!("{} resolved it{why}", by.author.raw());
        match &self.reopened {
            Some(reopened) => format!("{resolved}; {} reopened it", reopened.author.raw()),
            None => resolved,
        }
    }

    /// Who is asked to deal with it, and by when: `Ben, by 2026-12-01`; nothing if nobody is.
    pub fn asked_words(&self) -> String {
        let words = |asked: &Asked| match (&asked.to, asked.due) {
            (Some(to), Some(due)) => format!("{}, by {due}", to.raw()),
            (Some(to), None) => to.raw().to_owned(),
            (None, Some(due)) => format!("by {due}"),
            (None, None) => String::new(),
        };
        self.asked.iter().map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

impl Queue {
    /// The items that the filter keeps, also those about targets that these cards do not have.
    pub fn new(review: &Review, data: &Dataset, filter: &QueueFilter) -> Self {
        Self::among(&items(review, data), review, data, filter)
    }

    /// As [`Queue::new`], with items computed before by [`items`].
    pub fn among(all: &[Item], review: &Review, data: &Dataset, filter: &QueueFilter) -> Self {
        let mut authors: Vec<Raw<'static>> = all.iter().map(|item| item.said.author.clone()).collect();
        authors.sort();
        authors.dedup();
        let mut countries: Vec<Box<str>> = all.iter().filter_map(|item| item.on.country.clone()).collect();
        countries.sort();
        countries.dedup();
        let items = all.iter().filter(|item| filter.keeps(item, review, data)).cloned().collect();
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
        let resolved = match &flag.state {
            FlagState::Resolved { by, note } | FlagState::Disputed { resolved: by, note, .. } => {
                Some((by.clone(), note.clone()))
            }
            FlagState::Open => None,
        };
        let reopened = match &flag.state {
            FlagState::Disputed { reopened, .. } => Some(reopened.clone()),
            FlagState::Open | FlagState::Resolved { .. } => None,
        };
        let kind = QueueKind::Flag(flag.kind);
        let item = item(data, &flag.on, kind, state, &flag.said, flag.note.clone());
        items.push(Item { resolved, reopened, asked: flag.asked.clone(), ..item });
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
    for (on, _) in book.sign_offs() {
        items.extend(sign_off(review, data, on));
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
    Item {
        on: on.clone(),
        place: on.find(data),
        kind,
        state,
        said: said.clone(),
        words,
        resolved: None,
        reopened: None,
        asked: vec![],
    }
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

/// The item for the sign-off of a card; `None` if it was taken back, or is of other cards.
fn sign_off(review: &Review, data: &Dataset, on: &Target) -> Option<Item> {
    let Some(TargetIds::Country(country, edition)) = on.find(data) else { return None };
    let signed = review.card_reviews.signed(country, edition)?;
    let state = match signed.stage {
        _ if !signed.against.is_empty() => QueueState::Conflict,
        _ if signed.has_changed => QueueState::Changed,
        SignOffStage::SentBack | SignOffStage::Open => QueueState::Open,
        SignOffStage::Checked | SignOffStage::Approved => QueueState::Resolved,
    };
    let words = if signed.against.is_empty() {
        let between = if signed.note.is_empty() { "" } else { ": " };
        format!("{}{between}{}", signed.stage.title(), signed.note.raw())
    } else {
        let own = (&signed.said, signed.stage);
        let sides = signed.against.iter().map(|other| (&other.said, other.stage)).chain([own]);
        let sides = sides.map(|(said, stage)| format!("{} says {}", said.author.raw(), stage.title()));
        sides.collect::<Vec<_>>().join("; ")
    };
    Some(item(data, on, QueueKind::SignOff, state, &signed.said, Raw::new(words)))
}

#[cfg(test)]
mod tests;
