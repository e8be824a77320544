//! What the program restores at the next start, as codes, labels and ids, because positions may have changed.

mod weights;

use serde::{Deserialize, Serialize};

use super::{
    navigation::Navigation,
    panes::{Panes, Settings},
    places::Pane,
    workspace::Workspace,
};
use crate::core::{dataset::Dataset, groups, subject::Subject};

/// What is saved about the screen. Of the cards it holds only codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    front: Pane,
    beside: Pane,
    country: Box<str>,
    edition: Box<str>,
    indicator: Box<str>,
    /// The id of the group, or the codes of its members; `None` for all countries.
    group: Option<Box<str>>,
    subjects: Vec<Side>,
    panes: Settings,
    /// How scores were computed, if the user changed that while the program ran.
    scores: Option<weights::Scores>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Side {
    #[serde(flatten)]
    who: Who,
    edition: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Who {
    Country(Box<str>),
    Group(Box<str>),
}

impl Session {
    /// The session of a screen with this workspace and these panes.
    pub fn capture(workspace: &Workspace, panes: &Panes, navigation: &Navigation) -> Self {
        let (data, here) = (&workspace.data, workspace.selection);
        let label = |edition| data.edition(edition).label.clone();
        let code = |country| data.country(country).code.raw().into();
        let side = |subject: &Subject| {
            let who = match subject {
                Subject::Country(country, _) => Who::Country(code(*country)),
                Subject::Group(group, _) => Who::Group(group.id.clone()),
            };
            Side { who, edition: label(subject.edition()) }
        };
        Self {
            front: navigation.front(),
            beside: navigation.beside(),
            country: code(here.country),
            edition: label(here.edition),
            indicator: data.framework.indicator(here.indicator).id.clone(),
            group: (&*workspace.group.id != groups::EVERYONE).then(|| workspace.group.id.clone()),
            subjects: workspace.subjects().iter().map(side).collect(),
            panes: panes.settings(),
            scores: weights::Scores::of(&data.framework, &workspace.begun_with, &workspace.rules),
        }
    }

    /// Restores the session. What these cards no longer have is left as it is. The caller has to scroll the panes
    /// afterwards.
    pub fn restore(&self, workspace: &mut Workspace, panes: &mut Panes) {
        restore_workspace(workspace, self);
        panes.restore(&self.panes);
    }

    /// The pane that had the keys, and the pane beside the countries.
    pub const fn shown(&self) -> (Pane, Pane) {
        (self.front, self.beside)
    }
}

fn restore_workspace(workspace: &mut Workspace, session: &Session) {
    if let Some(edition) = workspace.data.find_edition(&session.edition) {
        workspace.select_edition(edition);
    }
    if let Some(group) = session.group.as_ref().and_then(|id| groups::find(&workspace.data, id))
        && !groups::members(&workspace.data, &group, workspace.selection.edition).is_empty()
    {
        workspace.choose_group(group);
    }
    if let Some(country) = workspace.data.find_country(&session.country) {
        workspace.select_country(country);
    }
    if let Some(indicator) = workspace.data.framework.find_indicator(&session.indicator) {
        workspace.select_indicator(indicator);
    }
    let scores = session.scores.as_ref();
    if let Some(rules) =
        scores.and_then(|scores| scores.rules(&workspace.data.framework, &workspace.begun_with))
    {
        workspace.weigh(rules);
    }
    let subjects = session.subjects.iter().filter_map(|side| subject(&workspace.data, side)).collect();
    workspace.compare(subjects);
}

fn subject(data: &Dataset, side: &Side) -> Option<Subject> {
    let edition = data.find_edition(&side.edition)?;
    match &side.who {
        Who::Country(code) => Some(Subject::Country(data.find_country(code)?, edition)),
        Who::Group(id) => Some(Subject::Group(groups::find(data, id)?, edition)),
    }
}
