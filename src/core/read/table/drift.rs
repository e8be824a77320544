//! What has changed in a table since its mapping was written.

use std::collections::HashSet;

use super::{headings::names, recognise::TableShape};
use crate::core::{
    framework::Framework,
    input_file::NamedText,
    problem::Problem,
    read::words::nearest,
    scale::ScaleKind,
    severity::Severity,
    table_mapping::{Mapping, SeenTable},
};
use crate::text::{counted, excerpt, safe_line};

/// Columns, indicators and categories that are no more, and new ones.
pub(super) fn told(
    named: &NamedText,
    mapping: &Mapping,
    shape: &TableShape,
    framework: &Framework,
) -> Vec<Problem> {
    let since = mapping.seen.as_ref().map(|seen| since_saved(seen, mapping, framework));
    columns(mapping, shape)
        .chain(indicators(mapping, framework))
        .chain(since.into_iter().flatten())
        .map(|change| {
            let problem = Problem::new(change.code, change.severity, safe_line(&change.message));
            problem.in_file(&named.name).with_hint(safe_line(&change.hint))
        })
        .collect()
}

struct Change {
    severity: Severity,
    code: &'static str,
    message: String,
    hint: String,
}

impl Change {
    fn error(code: &'static str, message: String, hint: String) -> Self {
        Self { severity: Severity::Error, code, message, hint }
    }

    /// What is so until the mapping is saved again.
    fn since_saved(severity: Severity, code: &'static str, message: String) -> Self {
        let hint = "once you have seen it, save the mapping again: S in \"How this was read\"".to_owned();
        Self { severity, code, message, hint }
    }
}

/// Columns that the mapping names and the table does not have.
fn columns(mapping: &Mapping, shape: &TableShape) -> impl Iterator<Item = Change> {
    let headings = || shape.columns.iter().map(|column| &*column.heading);
    let gone = mapping.columns.keys().filter(move |name| headings().all(|heading| heading != name.trim()));
    gone.map(move |heading| {
        let listed = || {
            let some: Vec<_> = headings().take(12).map(|one| excerpt(one, 30).into_string()).collect();
            format!("its columns are {}", some.join(", "))
        };
        let message = format!(
            "the mapping names a column \"{}\", which this table does not have",
            excerpt(heading, 60)
        );
        Change::error("no-column", message, nearest(heading, headings()).map_or_else(listed, meant))
    })
}

/// Indicators that the mapping names and the table does not have, and categories that it orders in vain.
fn indicators(mapping: &Mapping, framework: &Framework) -> impl Iterator<Item = Change> {
    mapping.indicators.iter().filter_map(|(id, mapped)| {
        let Some(indicator) = framework.indicator_named(id) else {
            let near = nearest(id, framework.indicators.iter().map(|indicator| &*indicator.id));
            let hint = near.map_or_else(|| "take it out of the mapping if it is no more".to_owned(), meant);
            let message = format!(
                "the mapping names an indicator \"{}\", which this table does not have",
                excerpt(id, 60)
            );
            return Some(Change::error("no-indicator", message, hint));
        };
        let scale = framework.scale(indicator);
        let known = |word: &String| scale.levels.iter().any(|level| level.label.raw() == word);
        let word = mapped.order.iter().find(|word| !known(word))?;
        let message = format!(
            "the mapping orders a category \"{}\" of {}, which is no answer there",
            excerpt(word, 40),
            excerpt(id, 60)
        );
        Some(Change::error("no-category", message, "check how the table writes it".to_owned()))
    })
}

fn meant(near: &str) -> String {
    format!("did you mean \"{}\"?", excerpt(near, 60))
}

/// What the table has now and did not have when its mapping was saved, and what it had then.
fn since_saved(seen: &SeenTable, mapping: &Mapping, framework: &Framework) -> Vec<Change> {
    let mut changes = vec![];
    let now: HashSet<&str> = framework.indicators.iter().map(|indicator| &*indicator.id).collect();
    let then: HashSet<&str> = seen.indicators.iter().map(|id| &**id).collect();
    // What the mapping itself names is told as an error.
    let is_gone = |id: &&str| !now.contains(id) && !mapping.indicators.contains_key(*id);
    let gone: Vec<&str> = seen.indicators.iter().map(|id| &**id).filter(is_gone).collect();
    let ids = framework.indicators.iter().map(|indicator| &*indicator.id);
    let new: Vec<&str> = ids.filter(|id| !then.is_empty() && !then.contains(id)).collect();
    if !gone.is_empty() {
        let many = counted(gone.len(), "indicator is", "indicators are");
        let message =
            format!("{many} no longer in this table, since its mapping was saved: {}", names(&gone));
        changes.push(Change::since_saved(Severity::Warning, "gone-since-saved", message));
    }
    if !new.is_empty() {
        let many = counted(new.len(), "indicator is", "indicators are");
        let message = format!("{many} new since the mapping was saved: {}", names(&new));
        changes.push(Change::since_saved(Severity::Hint, "new-since-saved", message));
    }
    for (id, known) in &seen.categories {
        let Some(indicator) = framework.indicator_named(id) else { continue };
        let scale = framework.scale(indicator);
        let id = excerpt(id, 60);
        if !matches!(scale.kind, ScaleKind::Categories | ScaleKind::Levels | ScaleKind::YesNo) {
            let message = format!(
                "{id} had categories when the mapping was saved; now its answers are of the kind {}",
                scale.kind.id()
            );
            changes.push(Change::since_saved(Severity::Warning, "new-since-saved", message));
            continue;
        }
        let labels = scale.levels.iter().map(|level| level.label.raw());
        let new: Vec<&str> = labels.filter(|label| known.iter().all(|one| one != label)).collect();
        if !new.is_empty() {
            let message = format!(
                "{} of {id} {} new since the mapping was saved: {}",
                counted(new.len(), "category", "categories"),
                if new.len() == 1 { "is" } else { "are" },
                names(&new)
            );
            changes.push(Change::since_saved(Severity::Warning, "new-since-saved", message));
        }
    }
    changes
}
