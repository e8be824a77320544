//! Where a key means what it means: everywhere, in a pane, in an overlay, or while text is typed.

use super::places::{Overlay, Pane};

/// Where a key means what it means. The innermost is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Anywhere,
    Pane(Pane),
    /// While text is typed into a field: only keys that are not text.
    Typing,
    /// While several lines are typed: what else moves the caret, and what saves.
    Editing,
    /// On one overlay without a field.
    On(Overlay),
}

impl Scope {
    /// As config files and the manual call it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Pane(pane) => pane.title(),
            Self::Typing => "while typing",
            Self::Editing => "in a note",
            Self::On(overlay) => overlay.title(),
        }
    }
}

impl Pane {
    /// Where keys are looked up while it is in front, innermost first.
    pub const fn scopes(self) -> [Scope; 2] {
        [Scope::Pane(self), Scope::Anywhere]
    }
}

impl Overlay {
    /// Where keys are looked up while it is open, innermost first. It hides the panes; a field takes every letter.
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            _ if self.has_editor() => vec![Scope::Editing, Scope::Typing],
            _ if self.has_field() => vec![Scope::Typing],
            _ => vec![Scope::On(self), Scope::Anywhere],
        }
    }
}
