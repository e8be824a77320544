//! Filter by answer: `opsc=no inspectors<20 !gap(opsc) alb`. Blanks are "and", `!` is "not", other words match names.
//!
//! A question is three-valued: a gap satisfies neither it nor its negation.

mod parse;

use std::fmt;

use super::{
    cell::{Gap, Value},
    dataset::{CountryId, Dataset, EditionId},
    date::Date,
    findings::{self, Answer, own::Asks},
    framework::{Framework, IndicatorId, Where},
    scale::ScaleKind,
    search::{self, Query},
};

/// A filter of countries, read from a text for one framework.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerFilter {
    questions: Vec<Question>,
    /// The words that match names, with blanks between them; the whole text if it has no question.
    pub names: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Question {
    is_negated: bool,
    asked: Asked,
}

#[derive(Clone, Debug, PartialEq)]
enum Asked {
    /// The answer meets all of these conditions.
    Answer(IndicatorId, Vec<Where>),
    Date(IndicatorId, Operator, Date),
    /// The indicator, or any of them, has this gap; any gap but *not applicable* if none is named.
    Gap(Option<IndicatorId>, Option<Gap>),
    /// Only asked with `!`: words without it are [`AnswerFilter::names`].
    Name(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// Whether a country satisfies a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Judgement {
    Yes,
    No,
    /// A gap, or a number of which only bounds are known, leaves it open.
    CannotJudge,
}

/// Why a text is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterFault {
    /// The character where the fault is, from 1.
    pub character: usize,
    pub expected: String,
    pub found: String,
    /// What a misspelt word may have been meant to be.
    pub meant: Option<String>,
    /// Whether the text ends before its question does.
    pub is_unfinished: bool,
}

/// The countries that satisfy a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Those with the plainest names first, if the filter matches names; otherwise in their own order.
    pub ids: Vec<CountryId>,
    /// How many countries could not be judged.
    pub unjudged: usize,
}

impl fmt::Display for FilterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)?;
        self.meant.as_ref().map_or(Ok(()), |meant| write!(f, "; did you mean {meant}?"))
    }
}

impl AnswerFilter {
    /// Whether anything but names is asked for.
    pub const fn has_questions(&self) -> bool {
        !self.questions.is_empty()
    }

    /// Judges the questions, but not the names.
    pub fn judge(&self, data: &Dataset, country: CountryId, edition: EditionId) -> Judgement {
        let judged = self.questions.iter().map(|question| question.judge(data, country, edition));
        judged.fold(Judgement::Yes, Judgement::and)
    }

    /// The countries that satisfy the filter.
    pub fn select(&self, data: &Dataset, countries: &[CountryId], edition: EditionId) -> Filtered {
        let keys = countries.iter().map(|id| &data.country(*id).keys[..]);
        let named = search::rank(&self.names, keys).into_iter().map(|hit| countries[hit.index]);
        let mut unjudged = 0;
        let ids = named.filter(|id| {
            let judgement = self.judge(data, *id, edition);
            unjudged += usize::from(judgement == Judgement::CannotJudge);
            judgement == Judgement::Yes
        });
        Filtered { ids: ids.collect(), unjudged }
    }
}

impl Question {
    fn judge(&self, data: &Dataset, country: CountryId, edition: EditionId) -> Judgement {
        let judgement = match &self.asked {
            Asked::Answer(indicator, conditions) => {
                let cell = data.cell(country, edition, *indicator);
                match findings::answer(&data.framework, *indicator, &cell, conditions) {
                    Answer::Holds => Judgement::Yes,
                    Answer::HoldsNot => Judgement::No,
                    Answer::Unassessed | Answer::NotApplicable => Judgement::CannotJudge,
                }
            }
            Asked::Date(indicator, operator, wanted) => match data.cell(country, edition, *indicator).state {
                Ok(Value::Date(answer)) => operator.judge_date(answer, *wanted),
                _ => Judgement::CannotJudge,
            },
            Asked::Gap(of, reason) => {
                let has_gap = |indicator: IndicatorId| {
                    let cell = data.cell(country, edition, indicator);
                    reason.map_or_else(|| cell.is_missing(), |reason| cell.state == Err(reason))
                };
                match of {
                    Some(indicator) => has_gap(*indicator),
                    None => data.framework.indicator_ids().any(has_gap),
                }
                .into()
            }
            Asked::Name(name) => Query::new(name).tier(&data.country(country).keys).is_some().into(),
        };
        if self.is_negated { judgement.not() } else { judgement }
    }
}

impl From<bool> for Judgement {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Judgement {
    const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::CannotJudge => Self::CannotJudge,
        }
    }

    /// Kleene's "and": one "no" decides.
    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::CannotJudge, _) | (_, Self::CannotJudge) => Self::CannotJudge,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

impl Operator {
    /// Judges a date where all its days agree: 2010 is before 2011, and may be 2010-05.
    fn judge_date(self, date: Date, wanted: Date) -> Judgement {
        let (first, last) = (date.first_day(), date.last_day());
        let (from, to) = (wanted.first_day(), wanted.last_day());
        let (holds, fails) = match self {
            Self::Equal | Self::Unequal => (from <= first && last <= to, last < from || to < first),
            Self::Less | Self::AtLeast => (last < from, from <= first),
            Self::AtMost | Self::More => (last <= to, to < first),
        };
        let judgement = match (holds, fails) {
            (true, _) => Judgement::Yes,
            (_, true) => Judgement::No,
            _ => Judgement::CannotJudge,
        };
        let is_negated = matches!(self, Self::Unequal | Self::AtLeast | Self::More);
        if is_negated { judgement.not() } else { judgement }
    }
}

/// A question that an indicator can be asked: of its best level, of a number or a date, or whether it has a gap.
pub fn example(framework: &Framework, indicator: IndicatorId) -> String {
    let (id, scale) = (parse::quoted(&framework.indicator(indicator).id), framework.scale(indicator));
    match (&scale.kind, scale.levels.last()) {
        (ScaleKind::Number(_), _) => format!("{id}<20"),
        (ScaleKind::Date, _) => format!("{id}<2010"),
        (ScaleKind::Text, _) | (_, None) => format!("gap({id})"),
        (_, Some(best)) => format!("{id}={}", parse::quoted(&best.id)),
    }
}

/// The text of the question that asks an indicator for this answer.
pub fn question_text(data: &Dataset, indicator: IndicatorId, asks: &Asks) -> String {
    let id = parse::quoted(&data.framework.indicator(indicator).id);
    match asks {
        Asks::Level(level) => format!("{id}={}", parse::quoted(level)),
        Asks::Gap(gap) => format!("gap({id},{})", gap.id()),
        Asks::AtMost(most) => format!("{id}<={most}"),
        Asks::AtLeast(least) => format!("{id}>={least}"),
    }
}

#[cfg(test)]
mod tests;
