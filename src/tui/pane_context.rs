//! What every pane is shown: the data, what is selected, what is compared; and what a pane may wish for.

use crate::{
    core::{
        compare::Comparison,
        dataset::{CountryId, Dataset, EditionId},
        framework::{Framework, Group, IndicatorId},
        groups,
        report::why_words,
        score::{Method, Ranking, Rules},
        subject::Subject,
    },
    review::{Review, TargetIds},
    text::safe_line,
    tui::{keymap::Keymap, places::Pane},
};

/// The cell everything is about. All panes share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub country: CountryId,
    pub edition: EditionId,
    pub indicator: IndicatorId,
}

/// The model as a pane sees it. There is at least one country, edition and indicator.
#[derive(Clone, Copy, Debug)]
pub struct PaneContext<'a> {
    pub data: &'a Dataset,
    pub selection: Selection,
    /// The group that lists, counts and medians are about: everyone unless one was chosen.
    pub group: &'a Group,
    /// Its members that the data knows, in name order.
    pub members: &'a [CountryId],
    /// `None` until two subjects are chosen. Computed once a change, read by every draw.
    pub comparison: Option<&'a Comparison>,
    /// What reviewers say.
    pub review: &'a Review,
    /// How scores are made.
    pub rules: &'a Rules,
    /// The group in the selected edition, ranked over all goals.
    pub ranking: &'a Ranking,
    /// Whether this pane has the keys.
    pub focused: bool,
    /// For words that name keys; those of the table where nobody could choose any.
    pub keymap: Option<&'a Keymap>,
}

impl PaneContext<'_> {
    /// Words of a pane, with the keys of the commands that they name in braces.
    pub fn spell(&self, pane: Pane, words: &str) -> String {
        let spell = |keymap: &Keymap| keymap.spell(&pane.scopes(), words);
        self.keymap.map_or_else(|| spell(&Keymap::choosing(&[]).0), spell)
    }

    /// Whether no group was chosen.
    pub fn is_everyone(&self) -> bool {
        &*self.group.id == groups::EVERYONE
    }

    /// What somebody has changed about scores, in words: `own weights`, `geometric`, `own threshold`.
    pub fn own_rules(&self) -> Vec<&'static str> {
        own_rules(&self.data.framework, self.rules)
    }

    /// Why a country has no rank, if it has none: `2 of 6 given; 70 % needed`.
    pub fn why_no_rank(&self, country: CountryId) -> Option<String> {
        let row = self.ranking.why_not(country)?;
        let words = why_words(&self.data.framework, self.rules, row.why, row.coverage);
        Some(safe_line(&words).into_string())
    }

    /// The same in full, then in steps shorter: half a reason would be another one.
    pub fn no_rank_words(&self, country: CountryId) -> Vec<String> {
        let (Some(row), Some(why)) = (self.ranking.why_not(country), self.why_no_rank(country)) else {
            return vec![];
        };
        let short = match why.split_once("; ") {
            Some((_, needed)) => format!("{}/{}, {needed}", row.coverage.given, row.coverage.denominator()),
            None => why.clone(),
        };
        vec![format!("no rank: {why}"), format!("no rank: {short}"), short]
    }
}

/// What of the rules is not as the framework has it, in words that stand wherever scores do.
pub fn own_rules(framework: &Framework, rules: &Rules) -> Vec<&'static str> {
    let says = [
        ("own weights", !rules.changed(framework).is_empty()),
        ("geometric", rules.method == Method::Geometric),
        ("own threshold", rules.threshold.total_cmp(&framework.coverage_threshold).is_ne()),
    ];
    says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words).collect()
}

/// What a review command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub cell: Selection,
    /// How much around the cell is meant.
    pub extent: Extent,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum Extent {
    #[default]
    Cell,
    /// Every indicator of the country.
    Card,
    /// The indicator in every card.
    Indicator,
}

impl Spot {
    pub const fn place(self) -> TargetIds {
        let Selection { country, edition, indicator } = self.cell;
        match self.extent {
            Extent::Cell => TargetIds::Cell(country, edition, indicator),
            Extent::Card => TargetIds::Country(country, edition),
            Extent::Indicator => TargetIds::Indicator(indicator, edition),
        }
    }

    #[must_use]
    pub const fn over(self, extent: Extent) -> Self {
        Self { extent, ..self }
    }
}

/// What a pane asks the model to do; the model alone does it.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    SelectCountry(CountryId),
    SelectIndicator(IndicatorId),
    SelectEdition(EditionId),
    /// Show and focus another pane.
    Go(Pane),
    /// Put these side by side.
    SetSubjects(Vec<Subject>),
    /// Take a finding out of the user's own.
    RemoveFinding(Box<str>),
    /// Say something in the footer until the next key.
    Say(crate::text::Safe),
}
