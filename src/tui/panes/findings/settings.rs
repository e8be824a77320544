//! The part of a session about the findings pane.

use serde::{Deserialize, Serialize};

use super::State;

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The finding under the cursor, by its id.
    at: Option<Box<str>>,
}

impl State {
    pub fn settings(&self) -> Settings {
        Settings { at: self.at.clone() }
    }

    pub fn restore(&mut self, settings: &Settings) {
        self.at.clone_from(&settings.at);
    }
}
