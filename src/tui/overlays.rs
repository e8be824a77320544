//! The overlays: at most one covers the panes. Each is a list, some with a field that filters it, or an editor.

mod list;
pub mod help;
pub mod palette;
pub mod goto;
pub mod picker;
pub mod groups;
pub mod filters;
pub mod sources;
pub mod finding;
pub mod weights;
pub mod sum;
pub mod median;
pub mod reload_diff;
pub mod sets;
pub mod every_set;
pub mod reading;
pub mod problems;
pub mod history;
mod saving;
pub mod flag;
pub mod note;
pub mod asking;
pub mod choices;

use std::fmt::Debug;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    command::{Command, Elsewhere, NeedsMet},
    keymap::Keymap,
    look::Look,
    pane_context::Copied,
    places::{Overlay, Pane},
    text_area::Editor,
    text_input::TextInput,
    workspace::Workspace,
};
use crate::{
    core::{
        dataset::{CountryId, Dataset},
        framework::{Finding, Group},
        problem::Problem,
        reload_diff::ReloadDiff,
        score::Rules,
        search::{CellTarget, Mention},
        subject::Subject,
        table_mapping::Mapping,
    },
    review::{Draft, FlagKind, news::NewsLog, target::Target},
    text::{Raw, Safe},
};
pub use picker::Purpose;
pub use reading::{ReadingPlace, ReadingQuestion};
pub use saving::Keeping;

/// The parts of the model that an overlay may see.
#[derive(Clone, Copy, Debug)]
pub struct Backdrop<'a> {
    pub workspace: Option<&'a Workspace>,
    /// The problems of the files, also if the files gave no card and so no workspace.
    pub problems: &'a [Problem],
    /// The changes of the last reload that changed anything.
    pub reload_diff: Option<&'a ReloadDiff>,
    /// What others have said.
    pub inbox: &'a NewsLog,
    /// Whether how the table is read was changed and not kept.
    pub is_unkept: bool,
    /// Sets that were shown before, by the ids of their frameworks, of which that is so.
    pub unkept: &'a [Box<str>],
    pub keymap: &'a Keymap,
    pub needs_met: NeedsMet,
    /// Subcommands of the command line that the palette tells of.
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

/// A text that is typed and not saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    /// The kind that was chosen for a flag.
    pub kind: Option<FlagKind>,
}

/// The state of an open overlay, and what it does. Everything but the drawing has a default: that the overlay has no
/// such part.
pub trait OverlayState: Debug {
    fn kind(&self) -> Overlay;

    /// The text field. Call [`OverlayState::find`] after changing it.
    fn field_mut(&mut self) -> Option<&mut TextInput> {
        None
    }

    /// What Enter does, where that depends on what is asked.
    fn enter_does(&self) -> Option<&'static str> {
        None
    }

    /// Filters the list again by the text of the field.
    fn find(&mut self, _: &Backdrop<'_>) {}

    /// Types a letter into the editor.
    ///
    /// Errors: why the letter has no meaning at the cursor.
    fn type_letter(&mut self, _: char) -> Result<(), Safe> {
        Ok(())
    }

    /// Pastes into the editor. Returns how many bytes had no room and were cut.
    fn paste(&mut self, _: &str) -> usize {
        0
    }

    fn editor_mut(&mut self) -> Option<&mut Editor> {
        None
    }

    /// What the typed text is about, and the text unless it is saved or empty.
    fn typed(&self) -> Option<(&Target, Option<&str>)> {
        None
    }

    /// The kind that is chosen for a flag that is typed.
    fn typed_kind(&self) -> Option<FlagKind> {
        None
    }

    /// The state of saving, on an overlay that writes records.
    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        None
    }

    /// Where in [`Overlay::Reading`] to go when this is closed.
    fn goes_back_to(&self) -> Option<ReadingPlace> {
        None
    }

    /// Call after the user's own finding could not be saved: it can be saved again.
    fn release(&mut self) {}

    /// Call after the size or the data changed: scrolls so that the cursor is visible.
    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size);

    /// Runs a command, other than those that close every overlay, in an area of this size, border included.
    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome;

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer);

    /// How many lines there are to show inside the frame; `None` to get as much room as there is.
    fn lines(&self) -> Option<usize> {
        None
    }

    /// The places in `area` that lead to web addresses, with these.
    fn links(&self, _look: &Look, _area: Rect) -> Vec<(Rect, String)> {
        vec![]
    }

    /// Whether it waits for every set of the files.
    fn wants_sets(&self) -> bool {
        false
    }

    /// Takes every set, or why they cannot be read.
    fn take_sets(&mut self, _: Result<&[Dataset], &Safe>) {}

    /// The words to look for in notes and sources, once for each change of the field.
    fn wanted_from_notes(&mut self) -> Option<&str> {
        None
    }

    /// What was found in notes and sources; ignored if other words have been typed since.
    fn take_from_notes(&mut self, _words: &str, _found: &[Mention]) {}
}

/// The open overlay.
pub type Open = Box<dyn OverlayState>;

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
    /// Show the set of this framework, at this indicator or where it was left.
    OpenSet {
        set: Box<str>,
        indicator: Option<Box<str>>,
    },
    /// Narrow the pane in front by this of its filters.
    Narrow(usize),
    Copy(Copied),
    /// Show the countries that this search finds.
    ListCountries(String),
    /// Add this finding to the user's own, and stay open until it is on the disk.
    SaveFinding(Finding),
    /// Show the sum of this country's score.
    Explain(CountryId),
    /// Score by these rules from now on, and stay open.
    Weigh(Rules),
    /// Write these to the journal, and stay open until they are on the disk.
    Keep(Vec<Draft>),
    /// Write under this name from now on, or under the guessed one if it is empty, then run the command.
    NameAuthor(String, Command),
    /// Ask for the words of this record, then keep it.
    AskFor(Draft),
    /// Read the table so from now on, and show how it was read.
    Remap(Box<Mapping>, ReadingPlace),
    ShowReading(ReadingPlace),
    /// Ask for a text about how the table is read.
    AskOfTable(ReadingQuestion, ReadingPlace),
    /// Keep this mapping beside its table.
    SaveMapping {
        path: Raw<'static>,
        text: String,
    },
    /// Edit this text in the user's editor.
    Edit(String),
    Refuse(Safe),
}

/// Opens an overlay. Returns `None` if it has nothing to show, or if it is about a cell, a country or a pane: those are
/// opened by `update::review` and `update::overlay`.
pub fn open(overlay: Overlay, backdrop: &Backdrop<'_>) -> Option<Open> {
    Some(match overlay {
        Overlay::Help => Box::new(help::State::new(backdrop)),
        Overlay::Palette => Box::new(palette::State::new(backdrop)),
        Overlay::GoTo => Box::new(goto::State::new(backdrop)),
        Overlay::Picker => Box::new(picker::State::new(Purpose::Compare, backdrop)?),
        Overlay::Groups => Box::new(groups::State::new(backdrop)?),
        Overlay::Finding => Box::new(finding::State::new(backdrop.workspace?)),
        Overlay::Weights => Box::new(weights::State::new(backdrop.workspace?)),
        Overlay::Problems => Box::new(problems::State::default()),
        Overlay::ReloadDiff => Box::new(reload_diff::State::default()),
        Overlay::Sets => Box::new(sets::State::new(backdrop)?),
        Overlay::EverySet => Box::new(every_set::State::new(backdrop.workspace?)),
        Overlay::Reading => Box::new(reading::State::new(backdrop.workspace?, &ReadingPlace::default())?),
        Overlay::Filters
        | Overlay::Sources
        | Overlay::Sum
        | Overlay::Median
        | Overlay::Flag
        | Overlay::Note
        | Overlay::Assign
        | Overlay::Reviewed
        | Overlay::Resolve
        | Overlay::Ask
        | Overlay::SignOff
        | Overlay::History
        | Overlay::ReadingText
        | Overlay::Asking => return None,
    })
}
