//! The part of a session about the coverage pane.

use serde::{Deserialize, Serialize};

use super::State;
use crate::core::{
    cell::Gap,
    coverage::{CoverageFilter, CoverageSort},
};

/// What a session keeps of the pane. Searches are kept for all panes together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    by_edition: bool,
    rows: CoverageSort,
    columns: CoverageSort,
    /// Reasons and marks by their ids.
    filter: Vec<Box<str>>,
    as_assigned: bool,
    legend: bool,
}

impl State {
    pub fn settings(&self) -> Settings {
        let reasons = self.filter.reasons.iter().map(|gap| Gap::id(*gap));
        Settings {
            by_edition: self.by_edition,
            rows: self.rows,
            columns: self.columns,
            filter: reasons.chain(self.filter.marks.ids()).map(Box::from).collect(),
            as_assigned: self.as_assigned,
            legend: self.legend,
        }
    }

    pub fn restore(&mut self, settings: &Settings) {
        let Settings { by_edition, rows, columns, filter, as_assigned, legend } = settings;
        (self.by_edition, self.rows, self.columns) = (*by_edition, *rows, *columns);
        (self.as_assigned, self.legend) = (*as_assigned, *legend);
        self.filter = filter
            .iter()
            .filter_map(|id| CoverageFilter::from_id(id))
            .fold(CoverageFilter::default(), CoverageFilter::and);
    }
}
