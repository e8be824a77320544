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
    /// Of the tests alone.
    #[cfg(test)]
    Fake,
}

/// At most one overlay at a time: an enum, not a row of bools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Overlay {
    Help,
    Palette,
    /// Go to any country × indicator × edition.
    GoTo,
    /// Choose a subject for the comparison.
    Picker,
    /// Choose the group that every pane is about.
    Groups,
    /// Make a finding of the selected indicator.
    Finding,
    /// Weigh goals and indicators, and see ranks move.
    Weights,
    Problems,
    /// What changed when the files were read again.
    ReloadDiff,
    /// Flag a cell, a card or an indicator.
    Flag,
    /// Write a note.
    Note,
    /// Say what a gap really is.
    Assign,
    /// Mark a card or an indicator as reviewed.
    Reviewed,
    /// Choose which flag to resolve.
    Resolve,
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

    /// What prints the same without a screen, `--plain` for screen readers: the command line after `visavis`.
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
            Self::Finding => "New finding",
            Self::Weights => "Weights and ranks",
            Self::Problems => "Problems",
            Self::ReloadDiff => "What changed on disk",
            Self::Flag => "Flag",
            Self::Note => "Note",
            Self::Assign => "What the gap is",
            Self::Reviewed => "Mark as reviewed",
            Self::Resolve => "Resolve",
        }
    }

    /// Whether the overlay has a field to type into.
    pub const fn has_field(self) -> bool {
        !matches!(
            self,
            Self::Finding
                | Self::Weights
                | Self::Problems
                | Self::ReloadDiff
                | Self::Assign
                | Self::Reviewed
                | Self::Resolve
        )
    }

    /// Whether that field has several lines.
    pub const fn has_editor(self) -> bool {
        matches!(self, Self::Flag | Self::Note)
    }
}
