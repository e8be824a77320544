//! The state of saving in an overlay: the typed words stay in the overlay until they are on the disk.

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
    /// Nothing was kept, with the reason.
    Failed(Safe),
}

impl Keeping {
    pub const fn is_underway(&self) -> bool {
        matches!(self, Self::Underway(_))
    }

    /// Whether these records are those of the drafts being saved.
    pub fn is_of(&self, records: &[Record]) -> bool {
        matches!(self, Self::Underway(drafts) if drafts.iter().map(|draft| &draft.act).eq(records.iter().map(|record| &record.act)))
    }

    /// Whether these are the drafts being saved.
    pub fn is_for(&self, refused: &[Draft]) -> bool {
        matches!(self, Self::Underway(drafts) if drafts == refused)
    }

    /// A line about the state, if there is anything to say.
    pub fn words(&self) -> Option<(String, Role)> {
        match self {
            Self::NotYet => None,
            Self::Underway(_) => Some(("saving, not yet on the disk".to_owned(), Role::Notice)),
            Self::Failed(why) => Some((format!("NOT saved: {why}"), Role::Failed)),
        }
    }
}
