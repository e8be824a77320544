//! What goes along when another set of the same files is shown: the country, the comparison and the place in it.

use super::{places::Pane, workspace::Workspace};
use crate::{
    core::subject::Subject,
    text::{Safe, safe_line},
};

/// What was selected in the set that was shown before, by codes that other sets may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    country: String,
    /// Those of the comparison, if it had the keys.
    subjects: Vec<String>,
    indicator: Option<Box<str>>,
}

impl Carried {
    /// From this workspace; `indicator` is one of the set that will be shown.
    pub fn of(workspace: &Workspace, front: Pane, indicator: Option<Box<str>>) -> Self {
        let data = &workspace.data;
        let compared = (front == Pane::Comparison).then(|| workspace.subjects_elsewhere());
        Self {
            country: data.country(workspace.selection.country).code.raw().to_owned(),
            subjects: compared.unwrap_or_default(),
            indicator,
        }
    }

    /// Selects the same in another set. Returns the pane that has the keys then, if it is the comparison, and what this
    /// set does not have.
    pub fn restore(self, workspace: &mut Workspace) -> (Option<Pane>, Option<Safe>) {
        let data = std::sync::Arc::clone(&workspace.data);
        // Of two that were compared one may be here.
        let mut here = std::iter::once(&self.country).chain(&self.subjects);
        let country = |text: &String| data.find_country(text.split('@').next().unwrap_or_default());
        match here.find_map(country) {
            Some(country) => workspace.select_country(country),
            None if self.subjects.is_empty() => {
                let words = format!("{} is not in this set", self.country);
                return (None, Some(safe_line(&words)));
            }
            None => {}
        }
        let came_to_row = self.indicator.is_some();
        if let Some(indicator) = self.indicator.and_then(|id| data.framework.find_indicator(&id)) {
            workspace.select_indicator(indicator);
        }
        let subjects = self.subjects.iter().map(|text| Subject::parse(&data, text, None));
        match subjects.collect::<Result<Vec<Subject>, Safe>>() {
            Ok(subjects) if subjects.len() > 1 => {
                workspace.compare(subjects);
                let back = "{every-set} shows every set again, {sets} leads to one of them";
                (Some(Pane::Comparison), came_to_row.then(|| Safe::fixed(back)))
            }
            Ok(_) => (None, None),
            Err(why) => (None, Some(safe_line(&format!("not compared here: {why}")))),
        }
    }
}
