//! Which items of the queue are shown.

use strum::IntoEnumIterator as _;

use super::{Item, QueueKind, QueueState};
use crate::{
    core::{
        dataset::{CountryId, Dataset},
        date::Date,
    },
    review::{
        overlay_on_data::Review,
        target::{Target, TargetIds},
    },
    text::{Raw, fold},
};

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
    /// An indicator's id.
    pub indicator: Option<Box<str>>,
    /// Who is asked to deal with it.
    pub asked: Option<Raw<'static>>,
    /// Only what was said or resolved on this day or later.
    pub since: Option<Date>,
    /// Only items about these countries (sorted by id), or about no country of these cards.
    pub members: Option<Vec<CountryId>>,
    /// Words that must all occur in the item's words, author, kind, or the names and codes of its target.
    pub text: String,
}

/// A filter by what is left to do.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumIter, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Whatever is left to do: open, in conflict or changed.
    #[default]
    Open,
    Conflict,
    Changed,
    Resolved,
    All,
}

impl Stage {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Conflict => "conflict",
            Self::Changed => "changed",
            Self::Resolved => "resolved",
            Self::All => "all",
        }
    }

    /// Whether it keeps any of these; what is to be done and everything can always be asked for.
    pub fn occurs_in(self, items: &[Item]) -> bool {
        let is = |wanted: QueueState| items.iter().any(|item| item.state == wanted);
        match self {
            Self::Open | Self::All => true,
            Self::Conflict => is(QueueState::Conflict),
            Self::Changed => is(QueueState::Changed),
            Self::Resolved => is(QueueState::Resolved),
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::iter().find(|stage| stage.id() == id)
    }
}

impl QueueFilter {
    pub fn keeps(&self, item: &Item, review: &Review, data: &Dataset) -> bool {
        let of_stage = match self.state {
            Stage::Open => item.state.is_open(),
            Stage::Conflict => item.state == QueueState::Conflict,
            Stage::Changed => item.state == QueueState::Changed,
            Stage::Resolved => !item.state.is_open(),
            Stage::All => true,
        };
        of_stage
            && self.kind.is_none_or(|kind| kind == item.kind)
            && self.author.as_ref().is_none_or(|author| *author == item.said.author)
            && self
                .asked
                .as_ref()
                .is_none_or(|who| item.asked.iter().any(|asked| asked.to.as_ref() == Some(who)))
            && self.since.is_none_or(|since| item.days().any(|day| day >= since))
            && self.is_about(&item.on, item.place)
            && self.finds(item, review, data)
    }

    /// Whether it keeps what is about this target, which has this place in the cards.
    pub fn is_about(&self, on: &Target, place: Option<TargetIds>) -> bool {
        let is_member = |country: CountryId| {
            self.members.as_ref().is_none_or(|members| members.binary_search(&country).is_ok())
        };
        self.country.as_ref().is_none_or(|code| on.country.as_ref() == Some(code))
            && self.edition.as_ref().is_none_or(|edition| on.edition == *edition)
            && self.indicator.as_ref().is_none_or(|id| on.indicator.as_ref() == Some(id))
            && place.and_then(TargetIds::country).is_none_or(is_member)
    }

    fn finds(&self, item: &Item, review: &Review, data: &Dataset) -> bool {
        if self.text.trim().is_empty() {
            return true;
        }
        let text = fold(&item.all_words(review, data));
        fold(&self.text).split_whitespace().all(|word| text.contains(word))
    }
}
