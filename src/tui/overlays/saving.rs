//! Whether what an overlay holds is on its way to the disk: until it is there, the words stay in front of who wrote them.

use crate::{
    review::{Draft, Record},
    text::Safe,
    tui::look::Role,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    #[default]
    NotYet,
    Underway(Vec<Draft>),
    /// Nothing was kept, and why.
    Failed(Safe),
}

impl Keeping {
    pub const fn is_underway(&self) -> bool {
        matches!(self, Self::Underway(_))
    }

    /// Whether these records are what was asked for.
    pub fn is_of(&self, records: &[Record]) -> bool {
        matches!(self, Self::Underway(drafts) if drafts.iter().map(|draft| &draft.act).eq(records.iter().map(|record| &record.act)))
    }

    /// Whether these are the drafts that were asked to be kept.
    pub fn is_for(&self, refused: &[Draft]) -> bool {
        matches!(self, Self::Underway(drafts) if drafts == refused)
    }

    /// A line about it, if there is anything to say.
    pub fn words(&self) -> Option<(String, Role)> {
        match self {
            Self::NotYet => None,
            Self::Underway(_) => Some(("saving, not yet on the disk".to_owned(), Role::Notice)),
            Self::Failed(why) => Some((format!("NOT saved: {why}"), Role::Failed)),
        }
    }
}
