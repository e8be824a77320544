//! The part of a session about the comparison pane; the subjects are saved with the workspace.

use serde::{Deserialize, Serialize};

use super::{State, sort::CompareSort};

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    only_differences: bool,
    only_gaps: bool,
    sort: CompareSort,
    /// The side under the cursor, counted from the left.
    side: usize,
}

impl State {
    pub fn settings(&self) -> Settings {
        let Self { only_differences, only_gaps, sort, side, .. } = *self;
        Settings { only_differences, only_gaps, sort, side }
    }

    pub fn restore(&mut self, settings: &Settings) {
        (self.only_differences, self.only_gaps) = (settings.only_differences, settings.only_gaps);
        (self.sort, self.side) = (settings.sort, settings.side);
    }
}
