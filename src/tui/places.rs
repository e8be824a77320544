//! The panes and the overlays: their names and titles.

use serde::{Deserialize, Serialize};

/// A pane, in the order of its number key.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumCount,
    strum::EnumIter,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    #[default]
    Countries,
    Card,
    Comparison,
    Coverage,
    Findings,
    Review,
    /// For tests only.
    #[cfg(test)]
    Fake,
}

/// An overlay. At most one is open at a time, so this is an enum and not a set of flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Overlay {
    Help,
    Palette,
    /// Goes to any country × indicator × edition.
    GoTo,
    /// Chooses a subject for the comparison.
    Picker,
    /// Chooses the group that every pane is about.
    Groups,
    /// Narrows the pane in front.
    Filters,
    /// The sources of the selected cell, whole.
    Sources,
    /// Makes a finding about the selected indicator.
    Finding,
    /// Changes the weights of goals and indicators, and shows how ranks move.
    Weights,
    /// The sum of a country's score.
    Sum,
    /// The members that a median is of.
    Median,
    Problems,
    /// The changes of the last reload.
    ReloadDiff,
    /// Chooses one of the sets that the files hold.
    Sets,
    /// The comparison in every set that the files hold.
    EverySet,
    /// How a table was read.
    Reading,
    /// Asks for a text about how a table is read.
    ReadingText,
    /// Flags a cell, a card or an indicator.
    Flag,
    /// Writes a note.
    Note,
    /// Assigns a gap: says what a gap really is.
    Assign,
    /// Marks a card or an indicator as reviewed.
    Reviewed,
    /// Chooses which flag to resolve.
    Resolve,
    /// Chooses which flag somebody is asked about.
    Ask,
    /// Signs a card off, or gives it to somebody.
    SignOff,
    /// Everything that was said about a cell.
    History,
    /// Asks for the words of a record in one line.
    Asking,
}

impl Pane {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Countries => "Countries",
            Self::Card => "Card",
            Self::Comparison => "Comparison",
            Self::Coverage => "Coverage",
            Self::Findings => "Findings",
            Self::Review => "Review",
            #[cfg(test)]
            Self::Fake => "Fake",
        }
    }

    /// Whether the line of views names it.
    pub const fn is_listed(self) -> bool {
        match self {
            #[cfg(test)]
            Self::Fake => false,
            _ => true,
        }
    }

    /// The title where there is little room.
    pub const fn short_title(self) -> &'static str {
        match self {
            Self::Countries => "List",
            Self::Comparison => "Compare",
            _ => self.title(),
        }
    }

    /// The arguments after `visavis` that print the same report without a screen; `--plain` is for screen readers.
    pub const fn printed_by(self) -> &'static str {
        match self {
            Self::Countries => "--plain",
            Self::Card => "show COUNTRY --plain",
            Self::Comparison => "compare SUBJECT SUBJECT --plain",
            Self::Coverage => "missing --plain",
            Self::Findings => "findings --plain",
            Self::Review => "flags --plain",
            #[cfg(test)]
            Self::Fake => "--plain",
        }
    }
}

impl Overlay {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Help => "Help",
            Self::Palette => "Commands",
            Self::GoTo => "Go to",
            Self::Picker => "Compare with",
            Self::Groups => "Group",
            Self::Filters => "Filter",
            Self::Sources => "Sources",
            Self::Finding => "New finding",
            Self::Weights => "Weights and ranks",
            Self::Sum => "Sum of a score",
            Self::Median => "Median",
            Self::Problems => "Problems",
            Self::ReloadDiff => "What changed or came in",
            Self::Sets => "Sets",
            Self::EverySet => "In every set",
            Self::Reading => "How this was read",
            Self::ReadingText => "How this is read",
            Self::Flag => "Flag",
            Self::Note => "Note",
            Self::Assign => "What the gap is",
            Self::Reviewed => "Mark as reviewed",
            Self::Resolve => "Resolve",
            Self::Ask => "Ask somebody",
            Self::SignOff => "Sign off",
            Self::History => "History",
            Self::Asking => "In a line",
        }
    }

    /// Whether the overlay has a field to type into.
    pub const fn has_field(self) -> bool {
        !matches!(
            self,
            Self::Filters
                | Self::Sources
                | Self::Finding
                | Self::Weights
                | Self::Sum
                | Self::Median
                | Self::Problems
                | Self::ReloadDiff
                | Self::Sets
                | Self::Reading
                | Self::Assign
                | Self::Reviewed
                | Self::Resolve
                | Self::Ask
                | Self::SignOff
                | Self::History
        )
    }

    /// Whether the field is an editor of several lines.
    pub const fn has_editor(self) -> bool {
        matches!(self, Self::Flag | Self::Note)
    }
}
