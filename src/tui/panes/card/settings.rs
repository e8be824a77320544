//! The part of a session about the card pane.

use serde::{Deserialize, Serialize};

use super::State;

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    only_gaps: bool,
}

impl State {
    pub fn settings(&self) -> Settings {
        Settings { only_gaps: self.only_gaps }
    }

    pub fn restore(&mut self, settings: &Settings) {
        self.only_gaps = settings.only_gaps;
    }
}
