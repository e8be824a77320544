//! The names of places: panes, overlays, and the scopes keys live in. Names only.

/// A pane, in the order of its number key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumCount, strum::EnumIter)]
pub enum Pane {
    #[default]
    Countries,
    Card,
    Comparison,
    Coverage,
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
    Problems,
}

/// Where a key means what it means. The innermost is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Anywhere,
    Pane(Pane),
    /// While text is typed into a field: only keys that are not text.
    Typing,
    Overlay,
}

impl Pane {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Countries => "Countries",
            Self::Card => "Card",
            Self::Comparison => "Comparison",
            Self::Coverage => "Coverage",
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
            Self::Problems => "Problems",
        }
    }

    /// Whether the overlay has a field to type into.
    pub const fn has_field(self) -> bool {
        !matches!(self, Self::Problems)
    }
}

impl Scope {
    /// As config files and the manual call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Pane(pane) => pane.title(),
            Self::Typing => "while typing",
            Self::Overlay => "overlays",
        }
    }
}
