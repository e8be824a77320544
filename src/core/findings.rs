//! Findings: a sentence with a count behind it, over a group and an edition, beside the figure once published.
//!
//! A country counts as assessed when its cells decide the question; a gap never does, unless gaps are what is counted.

use super::{
    cell::{Cell, Gap, Value},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Finding, Framework, Group, IndicatorId, Published, Where},
    groups,
    scale::Kind,
};

/// A finding, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Position in the framework's list.
    pub finding: usize,
    /// Countries, or answers if that is the unit, for which it holds.
    pub k: u32,
    /// Those whose cells say whether it holds: the denominator of the percentage.
    pub assessed: u32,
    /// All of the group, or all its answers, that the question applies to; those that have a gap too.
    pub set: u32,
    pub not_applicable: u32,
    /// Countries for which it holds; for answers, those with at least one.
    pub countries: Vec<CountryId>,
    /// Countries that a gap leaves undecided.
    pub unassessed: Vec<CountryId>,
    pub agreement: Agreement,
}

/// How the count stands to the figure that was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Agreement {
    /// Nothing was published, or for another edition or group.
    #[default]
    NotComparable,
    /// Published in words that are no figure.
    InWords,
    /// The same when rounded, or the same count.
    Same,
    /// The published figure drops the decimals instead of rounding.
    Truncated,
    /// Within one point, and no rounding explains it.
    WithinOnePoint,
    Differs,
}

impl Agreement {
    /// As JSON reports write it; null where there is nothing to agree with.
    pub const fn agrees(self) -> Option<bool> {
        match self {
            Self::NotComparable | Self::InWords => None,
            Self::Same | Self::Truncated | Self::WithinOnePoint => Some(true),
            Self::Differs => Some(false),
        }
    }

    pub const fn id(self) -> &'static str {
        match self {
            Self::NotComparable => "not-comparable",
            Self::InWords => "in-words",
            Self::Same => "same",
            Self::Truncated => "truncated",
            Self::WithinOnePoint => "within-one-point",
            Self::Differs => "differs",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::NotComparable => "",
            Self::InWords => "in words",
            Self::Same => "ok",
            Self::Truncated => "truncated",
            Self::WithinOnePoint => "within one point",
            Self::Differs => "differs",
        }
    }
}

impl Counted {
    /// In percent of those assessed; nothing when nobody is.
    pub fn percent(&self) -> Option<f64> {
        (self.assessed > 0).then(|| f64::from(self.k) * 100.0 / f64::from(self.assessed))
    }
}

/// Every finding of the framework over a group in an edition.
pub fn count(data: &Dataset, group: &Group, edition: EditionId) -> Vec<Counted> {
    let members = groups::members(data, group, edition);
    let findings = data.framework.findings.iter().enumerate();
    findings
        .map(|(at, finding)| {
            let mut counted = count_one(data, finding, &members, edition);
            counted.finding = at;
            if let Some(published) = &finding.published
                && published.is_about(data, group, edition)
            {
                counted.agreement = agreement(&counted, published);
            }
            counted
        })
        .collect()
}

impl Published {
    /// Whether the figure was published for this group and edition.
    fn is_about(&self, data: &Dataset, group: &Group, edition: EditionId) -> bool {
        self.group.as_ref().is_none_or(|id| *id == group.id)
            && self.edition.is_none_or(|date| date == data.edition(edition).date)
    }
}

/// What one cell says to a finding's question: it holds, it does not, it is not said, it cannot be asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Holds,
    HoldsNot,
    Unknown,
    NotApplicable,
}

/// Counts one finding, whatever list it stands in.
pub fn count_one(data: &Dataset, finding: &Finding, members: &[CountryId], edition: EditionId) -> Counted {
    let mut counted = Counted {
        finding: 0,
        k: 0,
        assessed: 0,
        set: 0,
        not_applicable: 0,
        countries: vec![],
        unassessed: vec![],
        agreement: Agreement::default(),
    };
    for &country in members {
        let answers: Vec<Answer> = finding
            .indicators
            .iter()
            .map(|indicator| {
                let cell = data.cell(country, edition, *indicator);
                answer(&data.framework, *indicator, &cell, &finding.condition)
            })
            .collect();
        let has = |wanted| answers.contains(&wanted);
        if has(Answer::Holds) && (finding.counts_answers || together(&answers, finding.all) == Answer::Holds)
        {
            counted.countries.push(country);
        }
        if finding.counts_answers {
            for answer in &answers {
                counted.add(*answer);
            }
            if has(Answer::Unknown) {
                counted.unassessed.push(country);
            }
        } else {
            let whole = together(&answers, finding.all);
            counted.add(whole);
            if whole == Answer::Unknown {
                counted.unassessed.push(country);
            }
        }
    }
    counted
}

impl Counted {
    fn add(&mut self, answer: Answer) {
        match answer {
            Answer::NotApplicable => {
                self.not_applicable += 1;
                return;
            }
            Answer::Unknown => {}
            Answer::HoldsNot => self.assessed += 1,
            Answer::Holds => {
                self.assessed += 1;
                self.k += 1;
            }
        }
        self.set += 1;
    }
}

/// Several indicators as one answer: an "any" that holds somewhere is decided, and so is an "all" that fails somewhere.
fn together(answers: &[Answer], all: bool) -> Answer {
    let has = |wanted| answers.contains(&wanted);
    let decides = if all { Answer::HoldsNot } else { Answer::Holds };
    if has(decides) {
        return decides;
    }
    if has(Answer::Unknown) {
        return Answer::Unknown;
    }
    let other = if all { Answer::Holds } else { Answer::HoldsNot };
    if has(other) { other } else { Answer::NotApplicable }
}

fn answer(framework: &Framework, indicator: IndicatorId, cell: &Cell, condition: &Where) -> Answer {
    let holds = |holds: bool| if holds { Answer::Holds } else { Answer::HoldsNot };
    let scale = framework.scale(indicator);
    match (condition, cell.state) {
        (_, Err(Gap::NotApplicable)) => Answer::NotApplicable,
        (Where::Gap(_), Ok(_)) => Answer::HoldsNot,
        (Where::Gap(reasons), Err(gap)) => holds(reasons.is_empty() || reasons.contains(&gap)),
        (_, Err(_)) => Answer::Unknown,
        (Where::Levels(ids), Ok(Value::Level(level))) => {
            let id = scale.levels.get(usize::from(level)).map(|level| &level.id);
            holds(id.is_some_and(|id| ids.contains(id)))
        }
        (Where::AtLeast(least), Ok(Value::Number(number))) => holds(number >= *least),
        (Where::AtMost(most), Ok(Value::Number(number))) => holds(number <= *most),
        (Where::NotSigned, Ok(Value::Level(level))) if scale.kind == Kind::Treaty => holds(level == 0),
        (Where::SignedOnly, Ok(Value::Level(level))) if scale.kind == Kind::Treaty => holds(level == 1),
        (Where::Bound, Ok(Value::Level(level))) if scale.kind == Kind::Treaty => holds(level == 2),
        // The question is not one that this scale answers.
        _ => Answer::Unknown,
    }
}

fn agreement(counted: &Counted, published: &Published) -> Agreement {
    let Some(figure) = published.percent else {
        return match leading_count(published.text.raw()) {
            Some(count) if count == u64::from(counted.k) => Agreement::Same,
            Some(_) => Agreement::Differs,
            None => Agreement::InWords,
        };
    };
    let Some(percent) = counted.percent() else { return Agreement::NotComparable };
    // As many decimals as the figure was published with.
    let shift = if figure.fract() == 0.0 { 1.0 } else { 10.0 };
    let is = |value: f64| (value / shift - figure).abs() < 1e-9;
    if is((percent * shift).round()) {
        Agreement::Same
    } else if is((percent * shift).floor()) {
        Agreement::Truncated
    } else if (percent - figure).abs() <= 1.0 {
        Agreement::WithinOnePoint
    } else {
        Agreement::Differs
    }
}

/// "2 countries" is a count; "nearly one in four" is not.
fn leading_count(text: &str) -> Option<u64> {
    let (digits, rest) = text.trim().split_once(' ')?;
    rest.starts_with("countr").then(|| digits.parse().ok()).flatten()
}

/// `19.2 %`, to one decimal.
pub fn percent_words(percent: f64) -> String {
    format!("{percent:.1} %")
}

#[cfg(test)]
mod tests;
