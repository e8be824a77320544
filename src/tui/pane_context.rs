//! What every pane may see (data, selection, comparison), and what a pane may ask for.

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
    text::{Safe, safe_line},
    tui::{keymap::Keymap, places::Pane},
};

/// The selected cell. All panes share it.
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
    /// The group that lists, counts and medians are about: all countries unless a group was chosen.
    pub group: &'a Group,
    /// The members of the group that are in the data, by name.
    pub members: &'a [CountryId],
    /// `None` until two subjects are chosen. Computed when the subjects change, not when drawing.
    pub comparison: Option<&'a Comparison>,
    pub review: &'a Review,
    /// How scores are computed.
    pub rules: &'a Rules,
    /// The members of the group in the selected edition, ranked by the score over all goals.
    pub ranking: &'a Ranking,
    /// Whether this pane has the keys.
    pub focused: bool,
    /// Whether the box of this pane that has the keys fills the pane.
    pub is_zoomed: bool,
    /// The keymap for messages that name keys; `None` where keys cannot be configured, which means the keys of the
    /// table.
    pub keymap: Option<&'a Keymap>,
}

impl PaneContext<'_> {
    /// Replaces each command name in braces by the key that runs it in this pane.
    pub fn spell(&self, pane: Pane, words: &str) -> String {
        let spell = |keymap: &Keymap| keymap.spell(&pane.scopes(), words);
        self.keymap.map_or_else(|| spell(&Keymap::choosing(&[]).0), spell)
    }

    /// Whether the group is all countries.
    pub fn is_everyone(&self) -> bool {
        &*self.group.id == groups::EVERYONE
    }

    /// What the user changed about scores, in words: `own weights`, `geometric`, `own threshold`.
    pub fn own_rules(&self) -> Vec<&'static str> {
        own_rules(&self.data.framework, self.rules)
    }

    /// Why a country has no rank: `2 of 6 given; 70 % needed`. `None` if it has one.
    pub fn why_no_rank(&self, country: CountryId) -> Option<String> {
        let row = self.ranking.why_not(country)?;
        let words = why_words(&self.data.framework, self.rules, row.why, row.coverage);
        Some(safe_line(&words).into_string())
    }

    /// The same words in full, then shorter versions of them, so that no caller cuts a reason in half.
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

/// How the rules differ from those of the framework, in words that are shown wherever scores are.
pub fn own_rules(framework: &Framework, rules: &Rules) -> Vec<&'static str> {
    let says = [
        ("own weights", !rules.changed(framework).is_empty()),
        ("geometric", rules.method == Method::Geometric),
        ("own threshold", rules.threshold.total_cmp(&framework.coverage_threshold).is_ne()),
    ];
    says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words).collect()
}

/// The target of a review command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub cell: Selection,
    /// Whether the cell, its card or its indicator is meant.
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

/// A text for the clipboard, safe to show on a terminal, and its name for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub what: Safe,
    pub text: String,
}

/// Why nothing is written about, or copied from, what a pane does not show.
pub const NOT_SHOWN: Safe = Safe::fixed("what is selected is not shown here: {clear-search} shows all again");

/// What a pane asks the model to do. A pane changes nothing but itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    SelectCountry(CountryId),
    SelectIndicator(IndicatorId),
    SelectEdition(EditionId),
    /// Show and focus another pane.
    Go(Pane),
    /// Show what this median of the selected indicator is of.
    ShowMedian(Group, EditionId),
    /// Show the sum of the selected country's score.
    ShowSum,
    /// Compare these subjects.
    SetSubjects(Vec<Subject>),
    /// Remove the finding with this id from the user's own.
    RemoveFinding(Box<str>),
    /// Show a message in the footer until the next key.
    Say(Safe),
}
