//! The overlays: at most one covers the panes. Each is a list, some with a field that filters it, or an editor.

mod list;
pub mod help;
pub mod palette;
pub mod goto;
pub mod picker;
pub mod groups;
pub mod finding;
pub mod weights;
pub mod problems;
pub mod reload_diff;
mod saving;
pub mod flag;
pub mod note;
pub mod choices;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    command::{Command, Elsewhere, NeedsMet},
    keymap::Keymap,
    look::Look,
    places::{Overlay, Pane},
    text_area::Editor,
    text_input::TextInput,
    workspace::Workspace,
};
use crate::{
    core::{
        framework::{Finding, Group},
        problem::Problem,
        reload_diff::ReloadDiff,
        score::Rules,
        search::CellTarget,
        subject::Subject,
    },
    review::{Draft, target},
    text::Safe,
};
pub use picker::Purpose;
pub use saving::Keeping;

/// The parts of the model that an overlay may see.
#[derive(Clone, Copy, Debug)]
pub struct Backdrop<'a> {
    pub workspace: Option<&'a Workspace>,
    /// The problems of the files, also if the files gave no card and so no workspace.
    pub problems: &'a [Problem],
    /// The changes of the last reload that changed anything.
    pub reload_diff: Option<&'a ReloadDiff>,
    pub keymap: &'a Keymap,
    pub needs_met: NeedsMet,
    /// Subcommands of the command line that have no command of the same name on the screen.
    pub elsewhere: &'static [Elsewhere],
    /// The pane below the overlay, in which commands will run.
    pub front: Pane,
}

impl Backdrop<'_> {
    /// Replaces each command name in braces by the key that runs it on this overlay.
    fn spell(&self, overlay: Overlay, words: &str) -> String {
        self.keymap.spell(&overlay.scopes(), words)
    }

    /// Like [`Backdrop::spell`], with the keys that work once the overlay is closed.
    fn spell_below(&self, words: &str) -> String {
        self.keymap.spell(&self.front.scopes(), words)
    }
}

/// The open overlay with its state.
#[derive(Clone, Debug)]
pub enum Open {
    Help(help::State),
    Palette(palette::State),
    GoTo(goto::State),
    Picker(picker::State),
    Groups(groups::State),
    Finding(finding::State),
    Weights(weights::State),
    Problems(problems::State),
    ReloadDiff(reload_diff::State),
    Flag(flag::State),
    Note(note::State),
    Choices(choices::State),
}

/// What an overlay asks the model to do after a command.
#[derive(Clone, Debug, PartialEq)]
pub enum OverlayOutcome {
    Stay,
    Close,
    /// Close the overlay, then run this command.
    Run(Command),
    GoTo(CellTarget),
    Choose(Purpose, Subject),
    ChooseGroup(Group),
    /// Add this finding to the user's own, and stay open until it is on the disk.
    SaveFinding(Finding),
    /// Score by these rules from now on, and stay open.
    Weigh(Rules),
    /// Write these to the journal, and stay open until they are on the disk.
    Keep(Vec<Draft>),
    /// Edit this text in the user's editor.
    Edit(String),
    Refuse(Safe),
}

impl Open {
    /// Opens an overlay. Returns `None` if it has nothing to show, or if it is about a cell: those are opened by
    /// `update::review`.
    pub fn new(overlay: Overlay, backdrop: &Backdrop<'_>) -> Option<Self> {
        Some(match overlay {
            Overlay::Help => Self::Help(help::State::new(backdrop)),
            Overlay::Palette => Self::Palette(palette::State::new(backdrop)),
            Overlay::GoTo => Self::GoTo(goto::State::new(backdrop.workspace?)),
            Overlay::Picker => Self::Picker(picker::State::new(Purpose::Compare, backdrop.workspace?)),
            Overlay::Groups => Self::Groups(groups::State::new(backdrop.workspace?)),
            Overlay::Finding => Self::Finding(finding::State::new(backdrop.workspace?)),
            Overlay::Weights => Self::Weights(weights::State::new(backdrop.workspace?)),
            Overlay::Problems => Self::Problems(problems::State::default()),
            Overlay::ReloadDiff => Self::ReloadDiff(reload_diff::State::default()),
            Overlay::Flag | Overlay::Note | Overlay::Assign | Overlay::Reviewed | Overlay::Resolve => {
                return None;
            }
        })
    }

    pub const fn kind(&self) -> Overlay {
        match self {
            Self::Help(_) => Overlay::Help,
            Self::Palette(_) => Overlay::Palette,
            Self::GoTo(_) => Overlay::GoTo,
            Self::Picker(_) => Overlay::Picker,
            Self::Groups(_) => Overlay::Groups,
            Self::Finding(_) => Overlay::Finding,
            Self::Weights(_) => Overlay::Weights,
            Self::Problems(_) => Overlay::Problems,
            Self::ReloadDiff(_) => Overlay::ReloadDiff,
            Self::Flag(_) => Overlay::Flag,
            Self::Note(_) => Overlay::Note,
            Self::Choices(state) => state.overlay,
        }
    }

    /// The text field of the overlay, if it has one. Call [`Open::find`] after changing it.
    pub const fn field_mut(&mut self) -> Option<&mut TextInput> {
        match self {
            Self::Help(state) => Some(&mut state.field),
            Self::Palette(state) => Some(&mut state.field),
            Self::GoTo(state) => Some(&mut state.field),
            Self::Picker(state) => Some(&mut state.field),
            Self::Groups(state) => Some(&mut state.field),
            Self::Finding(_)
            | Self::Weights(_)
            | Self::Problems(_)
            | Self::ReloadDiff(_)
            | Self::Flag(_)
            | Self::Note(_)
            | Self::Choices(_) => None,
        }
    }

    /// Types a letter into an overlay with an editor.
    ///
    /// Errors: why the letter has no meaning at the cursor.
    pub fn type_letter(&mut self, letter: char) -> Result<(), Safe> {
        match self {
            Self::Flag(state) => state.type_letter(letter)?,
            Self::Note(state) => {
                state.editor.insert(letter.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        Ok(())
    }

    /// Pastes into an overlay with an editor. Returns how many bytes had no room and were cut.
    pub fn paste(&mut self, text: &str) -> usize {
        match self {
            Self::Flag(state) => state.paste(text),
            Self::Note(state) => state.editor.insert(text),
            _ => 0,
        }
    }

    /// Replaces the typed text by that of the user's editor. Returns how many bytes had no room and were cut.
    pub fn replace_text(&mut self, text: &str) -> usize {
        let editor = match self {
            Self::Flag(state) => &mut state.note,
            Self::Note(state) => &mut state.editor,
            _ => return 0,
        };
        *editor = Editor::default();
        editor.insert(text)
    }

    /// The target and the text that is typed and not saved, if any.
    pub fn unsaved(&self) -> Option<(&target::Target, &str)> {
        match self {
            Self::Flag(state) if !state.note.text().trim().is_empty() => {
                Some((state.target(), state.note.text()))
            }
            Self::Note(state) if state.is_changed() => Some((state.target(), state.editor.text())),
            _ => None,
        }
    }

    /// The state of saving, on an overlay that writes records.
    pub const fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        match self {
            Self::Flag(state) => Some(&mut state.keeping),
            Self::Note(state) => Some(&mut state.keeping),
            Self::Choices(state) => Some(&mut state.keeping),
            _ => None,
        }
    }

    /// Filters the list again by the text of the field.
    pub fn find(&mut self, backdrop: &Backdrop<'_>) {
        match self {
            Self::Help(state) => state.find(backdrop),
            Self::Palette(state) => state.find(),
            Self::GoTo(state) => backdrop.workspace.into_iter().for_each(|workspace| state.find(workspace)),
            Self::Picker(state) => backdrop.workspace.into_iter().for_each(|workspace| state.find(workspace)),
            Self::Groups(state) => backdrop.workspace.into_iter().for_each(|workspace| state.find(workspace)),
            Self::Finding(_)
            | Self::Weights(_)
            | Self::Problems(_)
            | Self::ReloadDiff(_)
            | Self::Flag(_)
            | Self::Note(_)
            | Self::Choices(_) => {}
        }
    }

    /// Runs a command on an overlay of this size, border included.
    pub fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        if matches!(command, Command::Back | Command::Quit) {
            return OverlayOutcome::Close;
        }
        match self {
            Self::Help(state) => state.update(command, size),
            Self::Palette(state) => state.update(command, size),
            Self::GoTo(state) => state.update(command, size),
            Self::Picker(state) => state.update(command, size),
            Self::Groups(state) => state.update(command, size),
            Self::Finding(state) => state.update(command, backdrop.workspace, size),
            Self::Weights(state) => state.update(command, backdrop.workspace, size),
            Self::Problems(state) => state.update(command, backdrop.problems, size),
            Self::ReloadDiff(state) => state.update(command, backdrop, size),
            Self::Flag(state) => state.update(command, backdrop, size),
            Self::Note(state) => state.update(command, size),
            Self::Choices(state) => state.update(command, size),
        }
    }

    /// Call after the size or the data changed: scrolls so that the cursor is visible.
    pub fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        match self {
            Self::Help(state) => state.scroll_into_view(size),
            Self::Palette(state) => state.scroll_into_view(size),
            Self::GoTo(state) => state.scroll_into_view(size),
            Self::Picker(state) => state.scroll_into_view(size),
            Self::Groups(state) => state.scroll_into_view(size),
            Self::Finding(state) => state.scroll_into_view(size),
            Self::Weights(state) => state.scroll_into_view(backdrop.workspace, size),
            Self::Problems(state) => state.scroll_into_view(backdrop.problems, size),
            Self::ReloadDiff(state) => state.scroll_into_view(backdrop, size),
            Self::Flag(state) => state.scroll_into_view(backdrop, size),
            Self::Note(state) => state.scroll_into_view(size),
            Self::Choices(state) => state.scroll_into_view(size),
        }
    }

    pub fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        match self {
            Self::Help(state) => state.view(backdrop, look, area, buf),
            Self::Palette(state) => state.view(backdrop, look, area, buf),
            Self::GoTo(state) => state.view(backdrop, look, area, buf),
            Self::Picker(state) => state.view(backdrop, look, area, buf),
            Self::Groups(state) => state.view(backdrop, look, area, buf),
            Self::Finding(state) => state.view(backdrop, look, area, buf),
            Self::Weights(state) => state.view(backdrop, look, area, buf),
            Self::Problems(state) => state.view(backdrop, look, area, buf),
            Self::ReloadDiff(state) => state.view(backdrop, look, area, buf),
            Self::Flag(state) => state.view(backdrop, look, area, buf),
            Self::Note(state) => state.view(backdrop, look, area, buf),
            Self::Choices(state) => state.view(backdrop, look, area, buf),
        }
    }
}
