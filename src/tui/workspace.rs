//! The workspace: the data with its selection, group, comparison, review and ranking.

use std::sync::Arc;

use super::pane_context::{PaneContext, Selection};
use crate::{
    core::{
        compare::{self, Comparison},
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        framework::{Group, IndicatorId},
        groups,
        score::{RankedBy, Ranking, Rules, Scoring},
        search::{CellTarget, Index},
        subject::Subject,
    },
    review::Review,
};

/// Data with at least one country, edition and indicator, and the user's view of it.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub data: Arc<Dataset>,
    pub selection: Selection,
    /// The group that every pane is about: all countries unless a group was chosen.
    pub group: Group,
    /// The members of the group that are in the data, by name.
    pub members: Vec<CountryId>,
    /// Computed when the subjects change, not when drawing.
    pub comparison: Option<Comparison>,
    /// The records about these cards; computed when the records or the cards change.
    pub review: Review,
    /// The names that searches look through, folded once.
    pub index: Index,
    /// The counts of the group in the selected edition.
    pub counts: Counts,
    /// How scores are computed: as the framework says, or as the user changed it.
    pub rules: Rules,
    /// The rules at the start: those of the framework, the configuration and the command line.
    pub begun_with: Rules,
    /// The members of the group in the selected edition, ranked by the score over all goals.
    pub ranking: Ranking,
    /// Whether the box in use has the whole screen.
    pub is_zoomed: bool,
    lost_country: Lost,
    lost_edition: Lost,
}

/// What was selected before its file went, by its code or label, and what took its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lost(Option<(Box<str>, Box<str>)>);

impl Lost {
    /// What to select in data that were read again: what was lost if it is back and its place was not left since, else what
    /// is selected `now`, else the `fallback`.
    fn over(&self, now: &str, fallback: &str, is_there: impl Fn(&str) -> bool) -> (Box<str>, Self) {
        let lost = self.0.as_ref().filter(|(_, instead)| **instead == *now).map_or(now, |(lost, _)| lost);
        if is_there(lost) {
            return (lost.into(), Self::default());
        }
        let instead = if is_there(now) { now } else { fallback };
        (instead.into(), Self(Some((lost.into(), instead.into()))))
    }
}

impl Workspace {
    /// Starts at the newest edition and the first country with a card in it. `None` if there is no card or no
    /// indicator.
    pub fn open(data: Arc<Dataset>) -> Option<Self> {
        let edition = data.newest_edition()?;
        let has_card = |id: &CountryId| data.card(*id, edition).is_some();
        let counts = |id: &CountryId| has_card(id) && data.is_counted(*id, edition);
        let country = data.country_ids().find(counts).or_else(|| data.country_ids().find(has_card));
        let country = country.or_else(|| data.country_ids().next())?;
        let indicator = data.framework.indicator_ids().next()?;
        let selection = Selection { country, edition, indicator };
        let group = groups::everyone(&data);
        let members = groups::members(&data, &group, edition);
        let (index, counts) = (Index::new(&data), data.counts_of(&members, edition));
        let review = Review::default();
        let rules = Rules::of(&data.framework);
        let mut workspace = Self {
            begun_with: rules.clone(),
            comparison: None,
            ranking: Ranking::default(),
            is_zoomed: false,
            lost_country: Lost::default(),
            lost_edition: Lost::default(),
            data,
            selection,
            group,
            members,
            review,
            index,
            counts,
            rules,
        };
        workspace.rank();
        Some(workspace)
    }

    /// The same workspace over data that was read again. Selection and subjects are found by code, label and id,
    /// since positions may have changed. A selection that is gone gets the starting value of [`Workspace::open`]; a
    /// subject that is gone is dropped.
    pub fn over(&self, data: Arc<Dataset>) -> Option<Self> {
        let mut workspace = Self::open(data)?;
        workspace.review = Review::over(self.review.book.clone(), self.review.me.clone(), &workspace.data);
        workspace.review.fresh.clone_from(&self.review.fresh);
        if &*self.group.id != groups::EVERYONE {
            let members: Vec<&str> = self.group.members.iter().map(|member| &*member.code).collect();
            let again = groups::find(&workspace.data, &self.group.id);
            let again = again.or_else(|| groups::find(&workspace.data, &members.join(",")));
            if let Some(group) = again {
                workspace.choose_group(group);
            }
        }
        workspace.weigh(self.rules.over(&self.data.framework, &workspace.data.framework));
        workspace.begun_with = self.begun_with.over(&self.data.framework, &workspace.data.framework);
        let Selection { country, edition, indicator } = self.selection;
        let (read, first) = (Arc::clone(&workspace.data), workspace.selection);
        let label = |id: EditionId| &*read.edition(id).label;
        let (now, there) =
            (&*self.data.edition(edition).label, |label: &str| read.find_edition(label).is_some());
        let (edition, lost) = self.lost_edition.over(now, label(first.edition), there);
        workspace.lost_edition = lost;
        workspace.select_edition(read.find_edition(&edition).unwrap_or(first.edition));
        let code = read.country(first.country).code.raw();
        let (now, there) =
            (self.data.country(country).code.raw(), |code: &str| read.find_country(code).is_some());
        let (country, lost) = self.lost_country.over(now, code, there);
        workspace.lost_country = lost;
        workspace.selection.country = read.find_country(&country).unwrap_or(first.country);
        let indicator = workspace.data.framework.find_indicator(&self.data.framework.indicator(indicator).id);
        workspace.selection.indicator = indicator.unwrap_or(workspace.selection.indicator);
        let subjects = self.subjects().iter().filter_map(|subject| {
            let edition = workspace.data.find_edition(&self.data.edition(subject.edition()).label)?;
            match subject {
                Subject::Country(country, _) => self
                    .country_in(&workspace.data, *country)
                    .map(|country| Subject::Country(country, edition)),
                Subject::Group(group, _) => Some(Subject::Group(group.clone(), edition)),
            }
        });
        let subjects = subjects.collect();
        workspace.compare(subjects);
        Some(workspace)
    }

    fn country_in(&self, data: &Dataset, country: CountryId) -> Option<CountryId> {
        data.find_country(self.data.country(country).code.raw())
    }

    pub fn context(&self, focused: bool) -> PaneContext<'_> {
        PaneContext {
            data: &self.data,
            selection: self.selection,
            group: &self.group,
            members: &self.members,
            comparison: self.comparison.as_ref(),
            review: &self.review,
            rules: &self.rules,
            ranking: &self.ranking,
            focused,
            is_zoomed: focused && self.is_zoomed,
            keymap: None,
        }
    }

    pub fn subjects(&self) -> &[Subject] {
        self.comparison.as_ref().map_or(&[], |comparison| &comparison.subjects)
    }

    /// The subjects as other sets can be asked for them: in their own newest edition, unless the comparison is of several
    /// editions; then in the same ones.
    pub fn subjects_elsewhere(&self) -> Vec<String> {
        let subjects = self.subjects();
        let is_over_time = subjects.windows(2).any(|pair| pair[0].edition() != pair[1].edition());
        let text = |subject: &Subject| {
            let text = subject.text(&self.data);
            let edition = &self.data.edition(subject.edition()).label;
            if is_over_time { format!("{text}@{edition}") } else { text }
        };
        subjects.iter().map(text).collect()
    }

    /// Compares these subjects; fewer than two end the comparison.
    pub fn compare(&mut self, subjects: Vec<Subject>) {
        self.comparison = (subjects.len() > 1).then(|| compare::compare(&self.data, subjects));
    }

    pub fn select_country(&mut self, country: CountryId) {
        self.selection.country = country;
    }

    pub fn select_indicator(&mut self, indicator: IndicatorId) {
        self.selection.indicator = indicator;
    }

    pub fn select_edition(&mut self, edition: EditionId) {
        if edition == self.selection.edition {
            return;
        }
        self.selection.edition = edition;
        self.members = groups::members(&self.data, &self.group, edition);
        self.count();
    }

    /// Chooses the group. A selected country outside it is replaced by the first member.
    pub fn choose_group(&mut self, group: Group) {
        self.members = groups::members(&self.data, &group, self.selection.edition);
        self.group = group;
        if let (Some(first), false) = (self.members.first(), self.members.contains(&self.selection.country)) {
            self.selection.country = *first;
        }
        self.count();
    }

    /// Changes how scores are computed.
    pub fn weigh(&mut self, rules: Rules) {
        if rules != self.rules {
            self.rules = rules;
            self.rank();
        }
    }

    /// Call after the group or the edition changed.
    fn count(&mut self) {
        self.counts = self.data.counts_of(&self.members, self.selection.edition);
        self.rank();
    }

    fn rank(&mut self) {
        self.ranking = self.ranked_by(&self.rules);
    }

    /// The members of the group in the selected edition, ranked by other rules.
    pub fn ranked_by(&self, rules: &Rules) -> Ranking {
        let scoring = Scoring::new(&self.data, &self.members, self.selection.edition, rules);
        Ranking::of(&scoring, RankedBy::Overall).unwrap_or_default()
    }

    pub fn go_to(&mut self, target: CellTarget) {
        self.select_country(target.country);
        self.select_edition(target.edition);
        self.select_indicator(target.indicator);
    }

    pub const fn here(&self) -> CellTarget {
        let Selection { country, edition, indicator } = self.selection;
        CellTarget { country, edition, indicator }
    }
}
