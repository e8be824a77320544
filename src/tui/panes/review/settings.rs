//! The part of a session about the review pane.

use serde::{Deserialize, Serialize};

use super::State;
use crate::{
    review::queue::{QueueKind, Stage},
    text::Raw,
};

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    state: Stage,
    kind: Option<Box<str>>,
    author: Option<Box<str>>,
    country: Option<Box<str>>,
}

impl State {
    pub fn settings(&self) -> Settings {
        Settings {
            state: self.filter.state,
            kind: self.filter.kind.map(|kind| kind.id().into()),
            author: self.filter.author.as_ref().map(|author| author.raw().into()),
            country: self.filter.country.clone(),
        }
    }

    pub fn restore(&mut self, settings: &Settings) {
        self.filter.state = settings.state;
        self.filter.kind = settings.kind.as_deref().and_then(QueueKind::from_id);
        self.filter.author = settings.author.as_ref().map(|author| Raw::new(author.to_string()));
        self.filter.country.clone_from(&settings.country);
    }
}
