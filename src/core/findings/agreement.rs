//! How a count agrees with the published figure: equal, explained by rounding, or different, and the words for it.

use std::collections::BTreeMap;

use super::{Counted, percent_words};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::{Finding, Group, Published},
        groups,
        period::Period,
    },
    text::Raw,
};

/// How a count agrees with the published figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum Agreement {
    /// Nothing was published, or it is about another edition or group.
    #[default]
    NotComparable,
    /// Published in words without a figure.
    InWords,
    /// The same count, or the same after rounding.
    Same,
    /// The published figure drops the decimals instead of rounding.
    Truncated,
    /// The published figure is rounded up, whatever its decimals were.
    RoundedUp,
    /// At most one point apart, and not explained by rounding.
    WithinOnePoint,
    Differs,
}

impl Agreement {
    /// For JSON reports; `None` (null) if there is no figure to agree with.
    pub const fn agrees(self) -> Option<bool> {
        match self {
            Self::NotComparable | Self::InWords => None,
            Self::Same | Self::Truncated | Self::RoundedUp | Self::WithinOnePoint => Some(true),
            Self::Differs => Some(false),
        }
    }

    pub const fn id(self) -> &'static str {
        match self {
            Self::NotComparable => "not-comparable",
            Self::InWords => "in-words",
            Self::Same => "same",
            Self::Truncated => "truncated",
            Self::RoundedUp => "rounded-up",
            Self::WithinOnePoint => "within-one-point",
            Self::Differs => "differs",
        }
    }

    /// The words for a column beside the published figure.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotComparable => "not comparable",
            Self::InWords => "in words",
            Self::Same => "ok",
            Self::Truncated => "truncated",
            Self::RoundedUp => "rounded up",
            Self::WithinOnePoint => "within one point",
            Self::Differs => "differs",
        }
    }

    /// Whether the title needs an explanation.
    pub const fn wants_words(self) -> bool {
        matches!(self, Self::Truncated | Self::RoundedUp | Self::WithinOnePoint | Self::Differs)
    }
}

/// The groups that figures were published for, each found once.
pub(super) struct Audiences<'a> {
    /// Title and members in the edition; `None` for an unknown group.
    groups: BTreeMap<&'a str, Option<(Raw<'static>, Vec<CountryId>)>>,
    edition: EditionId,
}

impl<'a> Audiences<'a> {
    pub(super) fn of(
        data: &Dataset,
        findings: impl Iterator<Item = &'a Finding>,
        edition: EditionId,
    ) -> Self {
        let mut groups = BTreeMap::new();
        let published = findings.filter_map(|finding| finding.published.as_ref());
        for id in published.filter_map(|published| published.group.as_deref()) {
            groups.entry(id).or_insert_with(|| {
                let group = groups::asked(data, id).ok()?;
                let members = groups::members(data, &group, edition);
                Some((group.title, members))
            });
        }
        Self { groups, edition }
    }

    pub(super) fn of_figure<'b>(&'b self, published: &'b Published) -> Audience<'b> {
        let known = published.group.as_deref().and_then(|id| self.groups.get(id)).and_then(Option::as_ref);
        Audience { published, known, edition: self.edition }
    }
}

/// The group and edition that one figure was published for.
pub(super) struct Audience<'a> {
    published: &'a Published,
    known: Option<&'a (Raw<'static>, Vec<CountryId>)>,
    edition: EditionId,
}

impl Audience<'_> {
    /// Compares the count with the figure, and stores the result in `counted`.
    pub(super) fn hold(&self, counted: &mut Counted, data: &Dataset, group: &Group, members: &[CountryId]) {
        if self.is_about(data, group, members) {
            counted.agreement = agreement(counted, self.published);
            counted.explained = Raw::new(words(counted, self.published));
            return;
        }
        let audience = self.name();
        let figure = self.published.figure();
        counted.explained = Raw::new(format!("published for {audience}: {}, not comparable", figure.raw()));
        counted.elsewhere = Some(Raw::new(audience));
    }

    /// Whether the figure is about this edition and the same countries. The group may have another id.
    fn is_about(&self, data: &Dataset, group: &Group, members: &[CountryId]) -> bool {
        let is_same = |id: &str| *id == *group.id || self.known.is_some_and(|(_, own)| own == members);
        self.published.group.as_deref().is_none_or(is_same)
            && self
                .published
                .edition
                .is_none_or(|date| Period::from(date) == data.edition(self.edition).period)
    }

    /// `OSCE, 2010`.
    fn name(&self) -> String {
        let title = self.known.map(|(title, _)| title.raw()).or(self.published.group.as_deref());
        let edition = self.published.edition.map(|date| date.to_string());
        [title.map(str::to_owned), edition].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

pub(super) fn agreement(counted: &Counted, published: &Published) -> Agreement {
    let Some(figure) = published.percent else {
        return match leading_count(published.text.raw()) {
            Some(count) if count == u64::from(counted.k) => Agreement::Same,
            Some(_) => Agreement::Differs,
            None => Agreement::InWords,
        };
    };
    let Some(percent) = counted.percent() else { return Agreement::NotComparable };
    let shift = 10_f64.powi(decimals(figure));
    let is = |value: f64| (value / shift - figure).abs() < 1e-9;
    if is((percent * shift).round()) {
        Agreement::Same
    } else if is((percent * shift).floor()) {
        Agreement::Truncated
    } else if is((percent * shift).ceil()) {
        Agreement::RoundedUp
    } else if (percent - figure).abs() <= 1.0 {
        Agreement::WithinOnePoint
    } else {
        Agreement::Differs
    }
}

impl Published {
    /// The figure as it was printed, else the percentage.
    pub fn figure(&self) -> Raw<'static> {
        match (self.text.raw(), self.percent) {
            ("", Some(percent)) => Raw::new(format!("{percent} %")),
            ("", None) => Raw::from_static("a figure"),
            _ => self.text.clone(),
        }
    }
}

/// `16 of 26 is 61.5 %, printed as 61 %: truncated, not rounded`.
fn words(counted: &Counted, published: &Published) -> String {
    let figure = published.figure();
    let figure = figure.raw();
    let Some(percent) = counted.percent() else {
        return format!("printed as {figure}: nobody is assessed here, so there is nothing to compare");
    };
    let verdict = match (counted.agreement, published.percent) {
        (Agreement::NotComparable, _) => "not comparable".to_owned(),
        (Agreement::InWords, _) => "in words, no figure to compare".to_owned(),
        (Agreement::Same, _) => "ok".to_owned(),
        (Agreement::Truncated, _) => "truncated, not rounded".to_owned(),
        (Agreement::RoundedUp, _) => "rounded up, not to the nearest".to_owned(),
        (Agreement::WithinOnePoint, _) => "within one point, and no rounding explains it".to_owned(),
        (Agreement::Differs, Some(figure)) => {
            format!("differs by {:.1} points, which no rounding explains", (percent - figure).abs())
        }
        (Agreement::Differs, None) => "another count".to_owned(),
    };
    let (k, assessed) = (counted.k, counted.assessed);
    format!("{k} of {assessed} is {}, printed as {figure}: {verdict}", percent_words(percent))
}

/// "2 countries", "two countries" and "none" are counts; "nearly one in four" is not.
fn leading_count(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let (count, of) = text.split_once(' ').unwrap_or((&text, ""));
    let spelled = || COUNTS.iter().position(|words| words.contains(&count)).and_then(|at| at.try_into().ok());
    let is_whole =
        if of.is_empty() { count == "none" } else { of.starts_with("countr") || of.starts_with("of the") };
    if is_whole { count.parse().ok().or_else(spelled) } else { None }
}

/// Counts that are written out, from none to twelve.
const COUNTS: [&[&str]; 13] = [
    &["none", "no", "zero"],
    &["one"],
    &["two"],
    &["three"],
    &["four"],
    &["five"],
    &["six"],
    &["seven"],
    &["eight"],
    &["nine"],
    &["ten"],
    &["eleven"],
    &["twelve"],
];

/// The number of decimals of a published figure: 2 for 66.67.
fn decimals(figure: f64) -> i32 {
    let is_whole = |places: &i32| {
        let shifted = figure * 10_f64.powi(*places);
        (shifted - shifted.round()).abs() < 1e-7
    };
    (0..6).find(is_whole).unwrap_or(6)
}

#[cfg(test)]
mod tests;
