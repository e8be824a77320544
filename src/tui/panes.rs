//! The panes: each keeps its own state, knows the context and never the model.

pub mod countries;
pub mod card;
pub mod comparison;
pub mod coverage;
pub mod findings;
pub mod review;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    look::Look,
    pane_context::{PaneContext, Wish},
    places::Pane,
};

/// Every pane's state, shown or not.
#[derive(Clone, Debug, Default)]
pub struct Panes {
    pub countries: countries::State,
    pub card: card::State,
    pub comparison: comparison::State,
    pub coverage: coverage::State,
    pub findings: findings::State,
    pub review: review::State,
}

/// How the panes were left: what a session keeps of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    countries: countries::Settings,
    card: card::Settings,
    comparison: comparison::Settings,
    coverage: coverage::Settings,
    findings: findings::Settings,
    review: review::Settings,
}

impl Panes {
    pub fn settings(&self) -> Settings {
        Settings {
            countries: self.countries.settings(),
            card: self.card.settings(),
            comparison: self.comparison.settings(),
            coverage: self.coverage.settings(),
            findings: self.findings.settings(),
            review: self.review.settings(),
        }
    }

    pub fn restore(&mut self, settings: &Settings) {
        self.countries.restore(&settings.countries);
        self.card.restore(&settings.card);
        self.comparison.restore(&settings.comparison);
        self.coverage.restore(&settings.coverage);
        self.findings.restore(&settings.findings);
        self.review.restore(&settings.review);
    }

    /// Passes a command to a pane of this size.
    pub fn update(&mut self, at: Pane, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        match at {
            Pane::Countries => self.countries.update(command, context, size),
            Pane::Card => self.card.update(command, context, size),
            Pane::Comparison => self.comparison.update(command, context, size),
            Pane::Coverage => self.coverage.update(command, context, size),
            Pane::Findings => self.findings.update(command, context, size),
            Pane::Review => self.review.update(command, context, size),
        }
    }

    /// Passes on what is searched for, at each change of it.
    pub fn search(&mut self, at: Pane, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        match at {
            Pane::Countries => self.countries.search(text, context, size),
            Pane::Card => self.card.search(text, context, size),
            Pane::Comparison => self.comparison.search(text, context, size),
            Pane::Coverage => self.coverage.search(text, context, size),
            Pane::Findings => self.findings.search(text, context, size),
            Pane::Review => self.review.search(text, context, size),
        }
    }

    pub fn searched(&self, at: Pane) -> &str {
        match at {
            Pane::Countries => self.countries.searched(),
            Pane::Card => self.card.searched(),
            Pane::Comparison => self.comparison.searched(),
            Pane::Coverage => self.coverage.searched(),
            Pane::Findings => self.findings.searched(),
            Pane::Review => self.review.searched(),
        }
    }

    /// Scrolls a pane so that what is selected can be seen.
    pub fn scroll_into_view(&mut self, at: Pane, context: &PaneContext<'_>, size: Size) {
        match at {
            Pane::Countries => self.countries.scroll_into_view(context, size),
            Pane::Card => self.card.scroll_into_view(context, size),
            Pane::Comparison => self.comparison.scroll_into_view(context, size),
            Pane::Coverage => self.coverage.scroll_into_view(context, size),
            Pane::Findings => self.findings.scroll_into_view(context, size),
            Pane::Review => self.review.scroll_into_view(context, size),
        }
    }

    /// Scrolls words beside a pane's list that lie under the pointer; false where there are none.
    pub fn scroll_words(
        &mut self,
        at: Pane,
        by: isize,
        pointer: Position,
        context: &PaneContext<'_>,
        area: Rect,
    ) -> bool {
        at == Pane::Card && self.card.scroll_words(by, pointer, context, area)
    }

    /// Whether Esc has something to close in this pane before it leaves it.
    pub const fn takes_back(&self, at: Pane) -> bool {
        match at {
            Pane::Card => self.card.takes_back(),
            Pane::Findings => self.findings.takes_back(),
            Pane::Countries | Pane::Comparison | Pane::Coverage | Pane::Review => false,
        }
    }

    pub fn view(&self, at: Pane, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        match at {
            Pane::Countries => self.countries.view(context, look, area, buf),
            Pane::Card => self.card.view(context, look, area, buf),
            Pane::Comparison => self.comparison.view(context, look, area, buf),
            Pane::Coverage => self.coverage.view(context, look, area, buf),
            Pane::Findings => self.findings.view(context, look, area, buf),
            Pane::Review => self.review.view(context, look, area, buf),
        }
    }
}
