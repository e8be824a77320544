//! The questions that every card should answer: goals, their indicators, scales, groups and findings.

use super::{cell::Gap, country::Span, date::Date, period::EditionLabels, scale::Scale};
use crate::text::{Raw, fold};

/// Position of an indicator in its framework, in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId(pub u16);

/// Position of a goal in its framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalId(pub u16);

impl IndicatorId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl GoalId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a statement comes from: an object, a key into `sources`, or a bare URL or title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
pub struct Source {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Raw<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Raw<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Raw<'static>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Raw<'static>>,
}

/// The highest weight of a goal or an indicator.
pub const HEAVIEST: f64 = 1000.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub id: Box<str>,
    pub title: Raw<'static>,
    pub question: Option<Raw<'static>>,
    pub guidance: Option<Raw<'static>>,
    pub goal: GoalId,
    /// Index into [`Framework::scales`].
    pub scale: u16,
    /// The first date whose editions are comparable with one another, if the method or the scale changed.
    pub comparable_from: Option<Date>,
    pub weight: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    pub id: Box<str>,
    pub title: Raw<'static>,
    pub weight: f64,
}

/// A named set of countries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: Box<str>,
    pub title: Raw<'static>,
    pub members: Vec<GroupMember>,
    /// What is written as a member and names no country, or an aggregate.
    pub not_understood: Vec<Box<str>>,
    /// The label of an edition, if its medians are only over members that are given in that one, too.
    pub given_also_in: Option<Box<str>>,
}

/// One country of a group: its ISO 3166-1 alpha-3 code, and the time of its membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMember {
    pub code: Box<str>,
    /// Without dates: always.
    pub during: Span,
}

impl GroupMember {
    pub fn always(code: &str) -> Self {
        Self { code: code.into(), during: Span::default() }
    }
}

/// A condition of a finding: which answers it counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    Levels(Vec<Box<str>>),
    /// One of these gaps; any gap but *not applicable* if the list is empty.
    Gap(Vec<Gap>),
    AtLeast(f64),
    MoreThan(f64),
    AtMost(f64),
    LessThan(f64),
    Bound,
    SignedOnly,
    NotSigned,
}

impl Where {
    /// Its member in a file.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Levels(_) => "levels",
            Self::Gap(_) => "gap",
            Self::AtLeast(_) => "at_least",
            Self::MoreThan(_) => "more_than",
            Self::AtMost(_) => "at_most",
            Self::LessThan(_) => "less_than",
            Self::Bound => "bound",
            Self::SignedOnly => "signed_only",
            Self::NotSigned => "not_signed",
        }
    }

    /// The place of its level on a scale of treaties; `None` if it asks for something else.
    pub const fn treaty_level(&self) -> Option<u8> {
        match self {
            Self::NotSigned => Some(0),
            Self::SignedOnly => Some(1),
            Self::Bound => Some(2),
            _ => None,
        }
    }
}

/// A sentence with a count behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub id: Box<str>,
    pub goal: Option<GoalId>,
    pub indicators: Vec<IndicatorId>,
    /// What all must hold of a cell, or why nothing is counted.
    pub conditions: Result<Vec<Where>, FindingFault>,
    /// Whether the unit is `answers` and not `countries`.
    pub counts_answers: bool,
    /// If countries are counted over several indicators: whether all must hold, not just any.
    pub all: bool,
    pub text: Raw<'static>,
    pub published: Option<Published>,
    /// Whether the finding is from a user's findings file, not from the framework.
    pub own: bool,
}

/// Why a finding is not counted.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingFault {
    /// `where.levels[0]: expected a level of these indicators, found "nothing"`
    pub words: Raw<'static>,
    /// The finding as its file has it.
    pub written: serde_json::Value,
}

impl Finding {
    /// Why it is not counted; `None` if it is.
    pub fn problem(&self) -> Option<&Raw<'static>> {
        self.conditions.as_ref().err().map(|fault| &fault.words)
    }

    /// Whether cells that are not applicable are counted: only if their gap is asked for by its name.
    pub fn counts_not_applicable(&self) -> bool {
        let names_it = |one: &Where| matches!(one, Where::Gap(gaps) if gaps.contains(&Gap::NotApplicable));
        self.conditions.as_ref().is_ok_and(|all| all.iter().any(names_it))
    }
}

/// A figure that was published earlier.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub text: Raw<'static>,
    pub percent: Option<f64>,
    pub edition: Option<Date>,
    pub group: Option<Box<str>>,
}

/// What is asked of a review beyond what everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewRules {
    /// How many pairs of eyes a cell needs to count as checked; at least 1.
    pub eyes: u8,
    /// Whether somebody else than its author resolves a flag, and somebody else than who checked a card approves it.
    pub by_another: bool,
}

impl Default for ReviewRules {
    fn default() -> Self {
        Self { eyes: 1, by_another: false }
    }
}

impl ReviewRules {
    /// What both ask.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { eyes: self.eyes.max(other.eyes), by_another: self.by_another || other.by_another }
    }
}

/// A set of questions. Indicators are in display order, goal by goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    pub id: Box<str>,
    pub title: Raw<'static>,
    pub version: Option<Raw<'static>>,
    pub description: Option<Raw<'static>>,
    /// Shown on every screen and export.
    pub notice: Option<Raw<'static>>,
    /// The share of cells (0–1) that must be given before a score is shown.
    pub coverage_threshold: f64,
    pub outdated_after_years: Option<u16>,
    /// As of indicators, for all that do not say it themselves.
    pub comparable_from: Option<Date>,
    /// How the labels of editions are read.
    pub edition_labels: EditionLabels,
    /// What it asks of the review of its cards.
    pub review: ReviewRules,
    pub scales: Vec<Scale>,
    pub goals: Vec<Goal>,
    pub indicators: Vec<Indicator>,
    pub findings: Vec<Finding>,
    pub groups: Vec<Group>,
    pub sources: Vec<(Box<str>, Source)>,
    /// Whether the framework was inferred from the cards because there was no framework file.
    pub inferred: bool,
    /// Whether it is that of a table, so that a mapping says what a framework file would.
    pub of_table: bool,
}

/// The one thing that there is; `None` if there is none or another one.
pub fn only<T>(mut of: impl Iterator<Item = T>) -> Option<T> {
    of.next().filter(|_| of.next().is_none())
}

impl Framework {
    /// An empty framework with this id.
    pub fn empty(id: &str) -> Self {
        Self {
            id: id.into(),
            title: Raw::new(id.to_owned()),
            version: None,
            description: None,
            notice: None,
            coverage_threshold: 0.8,
            outdated_after_years: None,
            comparable_from: None,
            edition_labels: EditionLabels::default(),
            review: ReviewRules::default(),
            scales: vec![],
            goals: vec![],
            indicators: vec![],
            findings: vec![],
            groups: vec![],
            sources: vec![],
            inferred: false,
            of_table: false,
        }
    }

    pub fn indicator(&self, id: IndicatorId) -> &Indicator {
        &self.indicators[id.index()]
    }

    pub fn goal(&self, id: GoalId) -> &Goal {
        &self.goals[id.index()]
    }

    pub fn scale(&self, id: IndicatorId) -> &Scale {
        &self.scales[usize::from(self.indicator(id).scale)]
    }

    pub fn indicator_ids(&self) -> impl ExactSizeIterator<Item = IndicatorId> + use<> {
        (0..u16::try_from(self.indicators.len()).unwrap_or(u16::MAX)).map(IndicatorId)
    }

    pub fn goal_ids(&self) -> impl ExactSizeIterator<Item = GoalId> + use<> {
        (0..u16::try_from(self.goals.len()).unwrap_or(u16::MAX)).map(GoalId)
    }

    /// The indicators of one goal, in display order.
    pub fn indicators_of(&self, goal: GoalId) -> impl Iterator<Item = IndicatorId> + '_ {
        self.indicator_ids().filter(move |id| self.indicator(*id).goal == goal)
    }

    pub fn find_indicator(&self, id: &str) -> Option<IndicatorId> {
        self.indicator_ids().find(|at| &*self.indicator(*at).id == id)
    }

    /// The indicator with this id; else the only one with this id or title, ignoring case.
    pub fn indicator_named(&self, text: &str) -> Option<IndicatorId> {
        self.find_indicator(text).or_else(|| only(self.indicators_called(text)))
    }

    /// The indicators with this id or title, ignoring case.
    pub fn indicators_called(&self, text: &str) -> impl Iterator<Item = IndicatorId> {
        let wanted = fold(text);
        self.indicator_ids().filter(move |at| {
            let indicator = self.indicator(*at);
            fold(&indicator.id) == wanted || fold(indicator.title.raw()) == wanted
        })
    }

    /// The goal with this id; else the only one with this id or title, ignoring case.
    pub fn goal_named(&self, text: &str) -> Option<GoalId> {
        let exact = self.goal_ids().find(|at| *self.goal(*at).id == *text);
        exact.or_else(|| only(self.goals_called(text)))
    }

    /// The goals with this id or title, ignoring case.
    pub fn goals_called(&self, text: &str) -> impl Iterator<Item = GoalId> {
        let wanted = fold(text);
        self.goal_ids().filter(move |at| {
            let goal = self.goal(*at);
            fold(&goal.id) == wanted || fold(goal.title.raw()) == wanted
        })
    }

    pub fn find_source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|(id, _)| &**id == key).map(|(_, source)| source)
    }
}
