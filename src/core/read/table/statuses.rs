//! Observation status beside the values of a table: what has no mark of its own, and values that are said to be missing.

use std::collections::BTreeMap;

use super::keys::Skipped;
use crate::core::{
    json::Fault,
    obs_status::ObservationStatus,
    read::observation::{GAP_AND_VALUE, UNKNOWN_STATUS},
    severity::Severity,
};
use crate::text::{counted, excerpt, toml_key};

/// Statuses that are told one by one.
const MOST_TOLD: usize = 20;

/// The statuses of a table that must be told, as they stand there, each with its first place and count.
#[derive(Debug, Default)]
pub(super) struct ToldStatuses {
    unknown: BTreeMap<String, Skipped>,
    /// They say that a value is missing, and one stands beside them.
    contradicted: BTreeMap<String, Skipped>,
}

impl ToldStatuses {
    pub(super) fn see_unknown(&mut self, status: &str, at: usize) {
        see(&mut self.unknown, status, at);
    }

    pub(super) fn see_contradicted(&mut self, status: &str, at: usize) {
        see(&mut self.contradicted, status, at);
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (own, other) in [(&mut self.unknown, other.unknown), (&mut self.contradicted, other.contradicted)]
        {
            for (status, skipped) in other {
                own.entry(status).or_default().merge(skipped);
            }
        }
    }

    /// What is to be said of them; `heading` is that of a column of status.
    pub(super) fn tell(&self, heading: &str) -> impl Iterator<Item = Fault> + '_ {
        let heading = toml_key(heading);
        let no_status = format!(
            "if the column is no observation status, say so in the mapping: [columns] {heading} = \"note\""
        );
        let unknown = self.unknown.iter().take(MOST_TOLD).map(|(status, Skipped { many, first })| {
            let beside = counted(*many, "value", "values");
            let is_gap = ObservationStatus::parse(status).gap.is_some();
            let what = if is_gap {
                "means no gap here, since it stands beside values"
            } else {
                "has no mark of its own"
            };
            let message =
                format!("the status \"{}\" of {beside} {what}; it is shown as written", excerpt(status, 40));
            let severity = if is_gap { Severity::Warning } else { Severity::Hint };
            Fault::new(severity, UNKNOWN_STATUS, *first, message).found(status.clone())
        });
        let hint = no_status.clone();
        let contradicted = self.contradicted.iter().map(move |(status, Skipped { many, first })| {
            let values = counted(*many, "value stands", "values stand");
            let message = format!(
                "{values} beside the status \"{}\", which says that there is none; unreadable",
                excerpt(status, 40)
            );
            Fault::error(GAP_AND_VALUE, *first, message).hint(hint.clone())
        });
        let others = self.unknown.iter().skip(MOST_TOLD);
        let first = others.clone().map(|(_, skipped)| skipped.first).min();
        let others = first.map(|first| {
            let message = format!(
                "{} have no mark of their own either",
                counted(others.count(), "more status", "more statuses")
            );
            Fault::new(Severity::Hint, UNKNOWN_STATUS, first, message).hint(no_status)
        });
        unknown.chain(others).chain(contradicted.take(MOST_TOLD))
    }
}

fn see(seen: &mut BTreeMap<String, Skipped>, status: &str, at: usize) {
    match seen.get_mut(status) {
        Some(known) => known.add(at),
        None => seen.entry(status.to_owned()).or_default().add(at),
    }
}
