//! What may lie over the panes, one at a time: each is a list, most with a field that filters it.

mod list;
pub mod help;
pub mod palette;
pub mod goto;
pub mod picker;
pub mod groups;
pub mod problems;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    command::{Command, Standing},
    desk::Desk,
    field::Field,
    keymap::Keymap,
    look::Look,
    place::Overlay,
};
use crate::core::{dataset::Dataset, framework::Group, search::Target, subject::Subject};
pub use picker::Purpose;

/// What an overlay is laid over: the model as an overlay sees it.
#[derive(Clone, Copy, Debug)]
pub struct Backdrop<'a> {
    pub desk: Option<&'a Desk>,
    /// Also when there is nothing in it to put on a desk: its problems say why.
    pub data: Option<&'a Dataset>,
    pub keymap: &'a Keymap,
    pub standing: Standing,
}

/// An open overlay.
#[derive(Clone, Debug)]
pub enum Open {
    Help(help::State),
    Palette(palette::State),
    GoTo(goto::State),
    Picker(picker::State),
    Groups(groups::State),
    Problems(problems::State),
}

/// What an overlay wants after a command; the model alone does it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Stay,
    Close,
    /// Close, then run this.
    Run(Command),
    GoTo(Target),
    Choose(Purpose, Subject),
    ChooseGroup(Group),
}

impl Open {
    /// Opens an overlay; the picker only opens for a purpose, and nothing opens that has nothing to show.
    pub fn new(overlay: Overlay, backdrop: &Backdrop<'_>) -> Option<Self> {
        Some(match overlay {
            Overlay::Help => Self::Help(help::State::new(backdrop)),
            Overlay::Palette => Self::Palette(palette::State::new(backdrop)),
            Overlay::GoTo => Self::GoTo(goto::State::new(backdrop.desk?)),
            Overlay::Picker => Self::Picker(picker::State::new(Purpose::Compare, backdrop.desk?)),
            Overlay::Groups => Self::Groups(groups::State::new(backdrop.desk?)),
            Overlay::Problems => Self::Problems(problems::State::default()),
        })
    }

    pub const fn kind(&self) -> Overlay {
        match self {
            Self::Help(_) => Overlay::Help,
            Self::Palette(_) => Overlay::Palette,
            Self::GoTo(_) => Overlay::GoTo,
            Self::Picker(_) => Overlay::Picker,
            Self::Groups(_) => Overlay::Groups,
            Self::Problems(_) => Overlay::Problems,
        }
    }

    /// Where text is typed. After a change call [`Open::find`].
    pub const fn field_mut(&mut self) -> Option<&mut Field> {
        match self {
            Self::Help(state) => Some(&mut state.field),
            Self::Palette(state) => Some(&mut state.field),
            Self::GoTo(state) => Some(&mut state.field),
            Self::Picker(state) => Some(&mut state.field),
            Self::Groups(state) => Some(&mut state.field),
            Self::Problems(_) => None,
        }
    }

    /// Lists anew what the field's text finds.
    pub fn find(&mut self, backdrop: &Backdrop<'_>) {
        match self {
            Self::Help(state) => state.find(backdrop),
            Self::Palette(state) => state.find(),
            Self::GoTo(state) => backdrop.desk.into_iter().for_each(|desk| state.find(desk)),
            Self::Picker(state) => backdrop.desk.into_iter().for_each(|desk| state.find(desk)),
            Self::Groups(state) => backdrop.desk.into_iter().for_each(|desk| state.find(desk)),
            Self::Problems(_) => {}
        }
    }

    /// Runs a command on an overlay of this outer size.
    pub fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> Outcome {
        if matches!(command, Command::Back | Command::Quit) {
            return Outcome::Close;
        }
        match self {
            Self::Help(state) => state.update(command, size),
            Self::Palette(state) => state.update(command, size),
            Self::GoTo(state) => state.update(command, size),
            Self::Picker(state) => state.update(command, size),
            Self::Groups(state) => state.update(command, size),
            Self::Problems(state) => state.update(command, backdrop.data, size),
        }
    }

    /// After the screen or the data became another: nothing is listed that is gone, the cursor can be seen.
    pub fn settle(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        match self {
            Self::Help(state) => state.settle(size),
            Self::Palette(state) => state.settle(size),
            Self::GoTo(state) => state.settle(size),
            Self::Picker(state) => state.settle(size),
            Self::Groups(state) => state.settle(size),
            Self::Problems(state) => state.settle(backdrop.data, size),
        }
    }

    pub fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        match self {
            Self::Help(state) => state.view(backdrop, look, area, buf),
            Self::Palette(state) => state.view(backdrop, look, area, buf),
            Self::GoTo(state) => state.view(backdrop, look, area, buf),
            Self::Picker(state) => state.view(backdrop, look, area, buf),
            Self::Groups(state) => state.view(backdrop, look, area, buf),
            Self::Problems(state) => state.view(backdrop, look, area, buf),
        }
    }
}
