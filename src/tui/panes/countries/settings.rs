//! The part of a session about the countries pane.

use serde::{Deserialize, Serialize};

use super::{State, order::CountrySort};

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    sort: CountrySort,
    only_gaps: bool,
}

impl State {
    pub fn settings(&self) -> Settings {
        Settings { sort: self.sort, only_gaps: self.only_gaps }
    }

    pub fn restore(&mut self, settings: &Settings) {
        (self.sort, self.only_gaps) = (settings.sort, settings.only_gaps);
    }
}
