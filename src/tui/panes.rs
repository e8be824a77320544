//! The panes: each has its own state, sees a context and never the model.

pub mod countries;
pub mod card;
pub mod comparison;
pub mod coverage;
pub mod findings;
pub mod review;
#[cfg(test)]
pub mod fake;

use serde::{Deserialize, Serialize};

use super::{pane_state::PaneState, places::Pane};

/// The state of every pane, shown or not.
#[derive(Clone, Debug, Default)]
pub struct Panes {
    pub countries: countries::State,
    pub card: card::State,
    pub comparison: comparison::State,
    pub coverage: coverage::State,
    pub findings: findings::State,
    pub review: review::State,
    #[cfg(test)]
    pub fake: fake::State,
}

/// What a session keeps of each pane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    countries: countries::Settings,
    card: card::Settings,
    comparison: comparison::Settings,
    coverage: coverage::Settings,
    findings: findings::Settings,
}

impl Panes {
    pub fn settings(&self) -> Settings {
        Settings {
            countries: self.countries.settings(),
            card: self.card.settings(),
            comparison: self.comparison.settings(),
            coverage: self.coverage.settings(),
            findings: self.findings.settings(),
        }
    }

    pub fn restore(&mut self, settings: &Settings) {
        self.countries.restore(&settings.countries);
        self.card.restore(&settings.card);
        self.comparison.restore(&settings.comparison);
        self.coverage.restore(&settings.coverage);
        self.findings.restore(&settings.findings);
    }

    pub fn of(&self, pane: Pane) -> &dyn PaneState {
        match pane {
            Pane::Countries => &self.countries,
            Pane::Card => &self.card,
            Pane::Comparison => &self.comparison,
            Pane::Coverage => &self.coverage,
            Pane::Findings => &self.findings,
            Pane::Review => &self.review,
            #[cfg(test)]
            Pane::Fake => &self.fake,
        }
    }

    pub fn of_mut(&mut self, pane: Pane) -> &mut dyn PaneState {
        match pane {
            Pane::Countries => &mut self.countries,
            Pane::Card => &mut self.card,
            Pane::Comparison => &mut self.comparison,
            Pane::Coverage => &mut self.coverage,
            Pane::Findings => &mut self.findings,
            Pane::Review => &mut self.review,
            #[cfg(test)]
            Pane::Fake => &mut self.fake,
        }
    }
}
