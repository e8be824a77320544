//! The part of a session about the comparison pane; the subjects are saved with the workspace.

use serde::{Deserialize, Serialize};

use super::State;

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    only_differences: bool,
    only_gaps: bool,
    /// The side under the cursor, counted from the left.
    side: usize,
}

impl State {
    pub fn settings(&self) -> Settings {
        Settings { only_differences: self.only_differences, only_gaps: self.only_gaps, side: self.side }
    }

    pub fn restore(&mut self, settings: &Settings) {
        (self.only_differences, self.only_gaps) = (settings.only_differences, settings.only_gaps);
        self.side = settings.side;
    }
}
