//! Where a key is bound: everywhere, in a pane, on an overlay, or while text is typed.

use super::places::{Overlay, Pane};

/// Where a key is bound. The innermost scope is looked up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Anywhere,
    Pane(Pane),
    /// While text is typed into a field. Binds only keys that type nothing.
    Typing,
    /// While text is typed into an editor of several lines: more keys for the caret, and the key that saves.
    Editing,
    /// On this overlay, which has no field.
    On(Overlay),
}

impl Scope {
    /// The name of the scope in messages and in the manual.
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
    /// The scopes of keys while the pane is in front, innermost first.
    pub const fn scopes(self) -> [Scope; 2] {
        [Scope::Pane(self), Scope::Anywhere]
    }
}

impl Overlay {
    /// The scopes of keys while the overlay is open, innermost first. Keys of panes are not among them, and in a
    /// field letters are text.
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            _ if self.has_editor() => vec![Scope::Editing, Scope::Typing],
            _ if self.has_field() => vec![Scope::Typing],
            _ => vec![Scope::On(self), Scope::Anywhere],
        }
    }
}
