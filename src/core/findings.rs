//! Findings: a sentence with a count of a group in an edition, beside the figure that was once published.
//!
//! A country is assessed if its cells decide the question. A gap never decides, unless the finding counts gaps.

mod agreement;
pub mod own;

use super::{
    cell::{Cell, Gap, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Finding, Framework, GoalId, Group, IndicatorId, Published, Where},
    groups,
    interval::Interval,
    period::Period,
    scale::{Scale, ScaleKind},
};
use crate::text::Raw;
pub use agreement::Agreement;

/// What a finding says of itself if cells that are not applicable are in its counts.
pub const NOT_APPLICABLE_COUNTS: &str = "what is not applicable is counted here";

/// The findings of a group in an edition, for the pane and the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    pub group: Group,
    pub edition: EditionId,
    /// In the framework's order, goal by goal.
    pub rows: Vec<Counted>,
}

/// A finding with its count.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    pub finding: Finding,
    /// Countries (or answers, if the finding counts those) for which the finding holds.
    pub k: u32,
    /// Countries (or answers) that decide whether the finding holds: the denominator of the percentage.
    pub assessed: u32,
    /// All countries of the group (or answers) that the question applies to, gaps included.
    pub set: u32,
    pub not_applicable: u32,
    /// Of `k`, if all indicators must hold: those with a cell that is not applicable, which was passed over.
    pub passed_over: u32,
    /// The answers that were counted, by country in name order.
    pub answers: Vec<Answered>,
    pub agreement: Agreement,
    /// How the count compares with the published figure, in a sentence; empty if nothing was published.
    pub explained: Raw<'static>,
    /// The group and edition that the figure was published for, if they differ from the ones counted: `OSCE, 2010`.
    pub elsewhere: Option<Raw<'static>>,
}

/// The answer of one country; of one cell, if the finding counts answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub country: CountryId,
    /// The indicators that were asked; those that decide come first.
    pub indicators: Vec<IndicatorId>,
    pub answer: Answer,
}

/// Whether a finding holds for a country or an answer. `Unassessed` means that a gap leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum Answer {
    Holds,
    HoldsNot,
    Unassessed,
    NotApplicable,
}

impl Findings {
    /// Counts every finding of the framework over a group in an edition.
    pub fn of(data: &Dataset, group: &Group, edition: EditionId) -> Self {
        let members = groups::members(data, group, edition);
        let audiences = agreement::Audiences::of(data, data.framework.findings.iter(), edition);
        let count = |finding: &Finding| {
            let mut counted = count_one(data, finding, &members, edition);
            let published = finding.published.as_ref().filter(|_| finding.problem().is_none());
            let audience = published.map(|published| audiences.of_figure(published));
            if let Some(audience) = audience {
                audience.hold(&mut counted, data, group, &members);
            }
            counted
        };
        let mut rows: Vec<Counted> = data.framework.findings.iter().map(count).collect();
        // The sort is stable: findings of one goal, and those without a goal, keep their order.
        rows.sort_by_key(|row| row.finding.goal.map_or(usize::MAX, GoalId::index));
        Self { group: group.clone(), edition, rows }
    }

    /// The groups and editions, other than these, that figures were published for, each with the options that select
    /// them: `OSCE, 2010` and `--group osce --edition 2010`. Without options if the data has no such group or
    /// edition.
    pub fn published_elsewhere(&self, data: &Dataset) -> Vec<(Raw<'static>, Option<String>)> {
        let mut all: Vec<(Raw<'static>, Option<String>)> = vec![];
        for row in &self.rows {
            let (Some(name), Some(published)) = (&row.elsewhere, &row.finding.published) else { continue };
            if !all.iter().any(|(known, _)| known == name) {
                all.push((name.clone(), self.asking(data, published)));
            }
        }
        all
    }

    /// The command-line options that select the group and edition of a figure.
    fn asking(&self, data: &Dataset, published: &Published) -> Option<String> {
        let mut words = vec![];
        if let Some(id) = published.group.as_deref().filter(|id| *id != &*self.group.id) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ',' | '.');
            if !id.chars().all(is_plain) || groups::asked(data, id).is_err() {
                return None;
            }
            words.push(format!("--group {id}"));
        }
        if let Some(date) =
            published.edition.filter(|date| Period::from(*date) != data.edition(self.edition).period)
        {
            let edition = data.edition_ids().find(|id| data.edition(*id).period == date.into())?;
            words.push(format!("--edition {}", data.edition(edition).label));
        }
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Keeps only the findings with these ids; all if `ids` is empty.
    #[must_use]
    pub fn only(mut self, ids: &[String]) -> Self {
        self.rows.retain(|row| ids.is_empty() || ids.iter().any(|id| **id == *row.finding.id));
        self
    }
}

impl Counted {
    /// `k` in percent of the assessed; `None` if none is assessed.
    pub fn percent(&self) -> Option<f64> {
        (self.assessed > 0).then(|| f64::from(self.k) * 100.0 / f64::from(self.assessed))
    }

    /// The countries with this answer, each once. If the finding counts answers, those with at least one such answer.
    pub fn countries(&self, answer: Answer) -> Vec<CountryId> {
        let with = self.answers.iter().filter(|answered| answered.answer == answer);
        let mut countries: Vec<CountryId> = with.map(|answered| answered.country).collect();
        countries.dedup();
        countries
    }

    /// The countries that are not decided: those whose number is known by bounds that leave it open, and those with a gap.
    pub fn unassessed_countries(
        &self,
        data: &Dataset,
        edition: EditionId,
    ) -> (Vec<CountryId>, Vec<CountryId>) {
        let is_open = |answered: &&Answered| {
            let is_interval = |id: &IndicatorId| {
                matches!(data.cell(answered.country, edition, *id).state, Ok(Value::Interval(_)))
            };
            answered.answer == Answer::Unassessed && answered.indicators.iter().any(is_interval)
        };
        let mut open: Vec<CountryId> = self.answers.iter().filter(is_open).map(|by| by.country).collect();
        open.dedup();
        let others = self.countries(Answer::Unassessed).into_iter().filter(|id| !open.contains(id)).collect();
        (open, others)
    }

    /// How many countries (or answers) a gap, or bounds alone, leave undecided.
    pub const fn unassessed(&self) -> u32 {
        self.set - self.assessed
    }

    /// `5 of 26 (26)`: k of n assessed (N in set); a problem is no count.
    pub fn count_words(&self) -> String {
        if self.finding.problem().is_some() {
            return "problem".to_owned();
        }
        format!("{} of {} ({})", self.k, self.assessed, self.set)
    }

    /// The finding as a whole sentence, with k of n assessed (N in set): `5 of 27 countries assessed (27 in set),
    /// 18.5 %, have signed but not ratified the OPSC.`
    pub fn sentence(&self) -> String {
        let end = if self.finding.counts_not_applicable() {
            format!("; {NOT_APPLICABLE_COUNTS}.")
        } else {
            ".".to_owned()
        };
        let text = self.finding.text.raw().trim().trim_end_matches('.');
        let unit = if self.finding.counts_answers { "answers" } else { "countries" };
        if let Some(problem) = self.finding.problem() {
            return format!("How many {text} is not counted: {}.", problem.raw());
        }
        let (k, assessed, set) = (self.k, self.assessed, self.set);
        let Some(percent) = self.percent().map(percent_words) else {
            return format!("Nobody is assessed ({set} {unit} in set): how many {text} is not known{end}");
        };
        let mut letters = text.chars();
        match (text.split_whitespace().next(), letters.next()) {
            // Texts such as "countries where …" and "of the services are …" cannot follow "5 of 27 countries".
            (Some("countries"), Some(first)) => {
                let rest = letters.as_str();
                format!(
                    "{}{rest}: {k} of {assessed} assessed ({set} in set), {percent}{end}",
                    first.to_uppercase()
                )
            }
            (Some("of"), _) => {
                format!("{percent} {text}: {k} of {assessed} {unit} assessed ({set} in set){end}")
            }
            _ => format!("{k} of {assessed} {unit} assessed ({set} in set), {percent}, {text}{end}"),
        }
    }

    /// `12 of 140 have all 12; 14 more have all that apply`, if cells that are not applicable were passed over.
    pub fn passed_over_words(&self) -> Option<String> {
        let (whole, more) = (self.k - self.passed_over, self.passed_over);
        let asked = self.finding.indicators.len();
        let of = self.assessed;
        (more > 0).then(|| format!("{whole} of {of} hold on all {asked}; {more} more on all that apply"))
    }

    /// `19.2 %`, or that nobody is assessed; nothing beside a problem.
    pub fn percent_words(&self) -> String {
        if self.finding.problem().is_some() {
            return String::new();
        }
        self.percent().map_or_else(|| "nobody assessed".to_owned(), percent_words)
    }
}

/// Counts one finding, whether or not the framework has it.
pub fn count_one(data: &Dataset, finding: &Finding, members: &[CountryId], edition: EditionId) -> Counted {
    let mut counted = Counted {
        finding: finding.clone(),
        k: 0,
        assessed: 0,
        set: 0,
        not_applicable: 0,
        passed_over: 0,
        answers: vec![],
        agreement: Agreement::default(),
        explained: Raw::default(),
        elsewhere: None,
    };
    let Ok(conditions) = &finding.conditions else { return counted };
    for &country in members {
        let answer = |indicator: &IndicatorId| {
            let cell = data.cell(country, edition, *indicator);
            (*indicator, answer(&data.framework, *indicator, &cell, conditions))
        };
        let cells: Vec<(IndicatorId, Answer)> = finding.indicators.iter().map(answer).collect();
        if finding.counts_answers {
            for (indicator, answer) in cells {
                counted.add(Answered { country, indicators: vec![indicator], answer });
            }
        } else {
            let answer = together(&cells, finding.all);
            if finding.all && answer == Answer::Holds {
                let passes = cells.iter().any(|(_, own)| *own == Answer::NotApplicable);
                counted.passed_over += u32::from(passes);
            }
            let (decide, others): (Vec<_>, Vec<_>) = cells.iter().partition(|(_, own)| *own == answer);
            let indicators = decide.into_iter().chain(others).map(|(indicator, _)| indicator).collect();
            counted.add(Answered { country, indicators, answer });
        }
    }
    counted
}

impl Counted {
    fn add(&mut self, answered: Answered) {
        let (holds, assessed, set) = match answered.answer {
            Answer::Holds => (1, 1, 1),
            Answer::HoldsNot => (0, 1, 1),
            Answer::Unassessed => (0, 0, 1),
            Answer::NotApplicable => (0, 0, 0),
        };
        self.k += holds;
        self.assessed += assessed;
        self.set += set;
        self.not_applicable += 1 - set;
        self.answers.push(answered);
    }
}

/// Joins the answers of several indicators: "any" is decided by one that holds, "all" by one that does not.
fn together(cells: &[(IndicatorId, Answer)], all: bool) -> Answer {
    let has = |wanted| cells.iter().any(|(_, answer)| *answer == wanted);
    let decides = if all { Answer::HoldsNot } else { Answer::Holds };
    if has(decides) {
        return decides;
    }
    if has(Answer::Unassessed) {
        return Answer::Unassessed;
    }
    let other = if all { Answer::Holds } else { Answer::HoldsNot };
    if has(other) { other } else { Answer::NotApplicable }
}

/// Joins what the conditions say of a cell: all must hold.
pub(super) fn answer(
    framework: &Framework,
    indicator: IndicatorId,
    cell: &Cell,
    conditions: &[Where],
) -> Answer {
    let scale = framework.scale(indicator);
    let answers: Vec<Answer> =
        conditions.iter().map(|condition| holds(scale, cell.state, condition)).collect();
    // Of a number of which only bounds are known, one condition may be decided and another not.
    if answers.contains(&Answer::HoldsNot) {
        return Answer::HoldsNot;
    }
    answers.into_iter().max().unwrap_or(Answer::Unassessed)
}

fn holds(scale: &Scale, state: Result<Value, Gap>, condition: &Where) -> Answer {
    let holds = |holds: bool| if holds { Answer::Holds } else { Answer::HoldsNot };
    match (condition, state) {
        (Where::Gap(_), Ok(_)) => Answer::HoldsNot,
        (Where::Gap(gaps), Err(gap)) if gaps.contains(&gap) => Answer::Holds,
        (_, Err(Gap::NotApplicable)) => Answer::NotApplicable,
        (Where::Gap(gaps), Err(_)) => holds(gaps.is_empty()),
        (_, Err(_)) => Answer::Unassessed,
        (Where::Levels(ids), Ok(Value::Level(level))) => {
            let id = scale.levels.get(usize::from(level)).map(|level| &level.id);
            holds(id.is_some_and(|id| ids.contains(id)))
        }
        (Where::AtLeast(least), Ok(Value::Number(number))) => holds(number >= *least),
        (Where::MoreThan(bound), Ok(Value::Number(number))) => holds(number > *bound),
        (Where::AtMost(most), Ok(Value::Number(number))) => holds(number <= *most),
        (Where::LessThan(bound), Ok(Value::Number(number))) => holds(number < *bound),
        (condition, Ok(Value::Interval(interval))) => of_interval(condition, interval),
        (state, Ok(Value::Level(level))) if scale.kind == ScaleKind::Treaty => {
            state.treaty_level().map_or(Answer::Unassessed, |wanted| holds(level == wanted))
        }
        // The condition does not fit the scale.
        _ => Answer::Unassessed,
    }
}

/// A condition on a number of which only bounds are known: decided where it holds, or does not, of all that it may be.
fn of_interval(condition: &Where, Interval { low, high, is_strict }: Interval) -> Answer {
    let is_open = |bound: f64| is_strict && (low.is_finite() != high.is_finite()) && bound.is_finite();
    let (holds, fails) = match condition {
        Where::AtLeast(least) => (low >= *least, high < *least || high <= *least && is_open(high)),
        Where::MoreThan(bound) => (low > *bound || low >= *bound && is_open(low), high <= *bound),
        Where::AtMost(most) => (high <= *most, low > *most || low >= *most && is_open(low)),
        Where::LessThan(bound) => (high < *bound || high <= *bound && is_open(high), low >= *bound),
        _ => (false, false),
    };
    match (holds, fails) {
        (true, _) => Answer::Holds,
        (_, true) => Answer::HoldsNot,
        _ => Answer::Unassessed,
    }
}

/// `19.2 %`, to one decimal.
pub fn percent_words(percent: f64) -> String {
    format!("{} %", super::label::tenths(percent))
}

#[cfg(test)]
mod tests;
