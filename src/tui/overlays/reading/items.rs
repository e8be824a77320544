//! What can be changed of how a table is read, and the mapping that each change gives.

use strum::IntoEnumIterator as _;

use super::with;
use crate::{
    core::{
        framework::{Framework, IndicatorId},
        problem::Problem,
        scale::{Better, Scale, ScaleKind},
        table_mapping::{ColumnRole, MappedBetter, MappedIndicator, MappedKind, Mapping, NO_GOAL},
        table_reading::{ReadSign, TableReading, UnknownCountry},
    },
    text::{excerpt, fold},
    tui::command::Command,
};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingLine {
    Heading(String),
    Column(usize),
    /// A text that names no country, by its position among them.
    Unknown(usize),
    /// A text of which it is said what country it means.
    Assigned(String),
    Sign(usize),
    Undated,
    Indicator(IndicatorId),
    /// A word that is an answer.
    Category(IndicatorId, u8),
    /// Rows that are not used.
    LeftOut(usize),
    /// A sheet or member that is not read.
    Other(usize),
}

/// What a text is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadingQuestion {
    /// What to find in the list.
    Find,
    /// The country that a text means.
    Country(String),
    Undated(String),
    Unit(Box<str>, String),
    Goal(Box<str>, String),
}

/// The lines of the list; of the columns and indicators those that have the wanted words.
pub(super) fn items(reading: &TableReading, framework: &Framework, wanted: &str) -> Vec<ReadingLine> {
    let wanted = fold(wanted);
    let has = |text: &str| wanted.is_empty() || fold(text).contains(&wanted);
    let mut items = vec![];
    let mut add = |heading: String, some: Vec<ReadingLine>| {
        if !some.is_empty() {
            items.push(ReadingLine::Heading(heading));
            items.extend(some);
        }
    };
    let unknown = (0..reading.unknown.len())
        .filter(|at| has(reading.unknown[*at].written.raw()))
        .map(ReadingLine::Unknown);
    let assigned =
        reading.said.countries.keys().filter(|written| has(written)).cloned().map(ReadingLine::Assigned);
    let all: Vec<ReadingLine> = unknown.chain(assigned).collect();
    let assigned = match reading.said.countries.len() {
        0 => String::new(),
        many => format!(", {many} assigned"),
    };
    add(format!("Countries ({} not understood{assigned})", reading.unknown.len()), all);
    let left_out = (0..reading.left_out.len()).filter(|_| wanted.is_empty()).map(ReadingLine::LeftOut);
    let others = (0..reading.others.len()).filter(|_| wanted.is_empty()).map(ReadingLine::Other);
    add("Left out".to_owned(), left_out.chain(others).collect());
    let signs = (0..reading.signs.len()).filter(|at| has(reading.signs[*at].sign.raw()));
    add(
        "Signs for what is missing, and words among numbers".to_owned(),
        signs.map(ReadingLine::Sign).collect(),
    );
    let undated = reading.undated.is_some() && has("edition");
    add("Edition".to_owned(), undated.then_some(ReadingLine::Undated).into_iter().collect());
    let columns = (0..reading.columns.len()).filter(|at| {
        let column = &reading.columns[*at];
        // Columns of values are told as their indicators.
        (column.role != ColumnRole::Value.id() || reading.columns.len() < 12) && has(column.heading.raw())
    });
    let columns: Vec<ReadingLine> = columns.map(ReadingLine::Column).collect();
    let heading = match reading.columns.len() - columns.len() {
        hidden if hidden > 0 && wanted.is_empty() => {
            format!("Columns ({}, and {hidden} of values: Indicators)", columns.len())
        }
        _ => format!("Columns ({})", columns.len()),
    };
    add(heading, columns);
    let mut indicators = vec![];
    for id in framework.indicator_ids() {
        let indicator = framework.indicator(id);
        if !(has(&indicator.id)
            || has(indicator.title.raw())
            || has(framework.goal(indicator.goal).title.raw()))
        {
            continue;
        }
        indicators.push(ReadingLine::Indicator(id));
        let scale = framework.scale(id);
        if matches!(scale.kind, ScaleKind::Categories | ScaleKind::Levels) {
            indicators
                .extend((0_u8..).take(scale.levels.len()).map(|level| ReadingLine::Category(id, level)));
        }
    }
    add(format!("Indicators ({})", framework.indicators.len()), indicators);
    items
}

impl ReadingLine {
    /// Where that which a problem asks for is said, if it is about how the table was read.
    pub(in crate::tui::overlays) fn of(problem: &Problem, reading: &TableReading) -> Option<Self> {
        let place = problem.place_words();
        let found = problem.found.as_ref();
        match problem.code {
            "unknown-country" => {
                let is_it = |unknown: &UnknownCountry| unknown.place.line().as_str() == place;
                reading.unknown.iter().position(is_it).map(Self::Unknown)
            }
            "placeholder" | "not-a-number" => {
                let is_it =
                    |sign: &ReadSign| found.is_some_and(|found| *found == excerpt(sign.sign.raw(), 40));
                reading.signs.iter().position(is_it).map(Self::Sign)
            }
            "undated" => reading.undated.is_some().then_some(Self::Undated),
            _ => None,
        }
    }

    pub(super) const fn is_heading(&self) -> bool {
        matches!(self, Self::Heading(_))
    }

    /// The line that it is after a key that changed it.
    pub(super) fn after(&self, command: Command) -> Option<Self> {
        match (self, command) {
            (Self::Category(id, level), Command::OrderBetter) => {
                Some(Self::Category(*id, level.saturating_add(1)))
            }
            (Self::Category(id, level), Command::OrderWorse) => {
                Some(Self::Category(*id, level.saturating_sub(1)))
            }
            (Self::Unknown(_) | Self::Assigned(_), _) => None,
            (line, _) => Some(line.clone()),
        }
    }

    /// The text that can be filled in of it.
    pub(super) fn words_to_fill(
        &self,
        reading: &TableReading,
        framework: &Framework,
    ) -> Option<ReadingQuestion> {
        match self {
            Self::Assigned(written) => Some(ReadingQuestion::Country(written.clone())),
            Self::Unknown(at) => {
                Some(ReadingQuestion::Country(reading.unknown.get(*at)?.written.raw().to_owned()))
            }
            Self::Heading(_)
            | Self::Column(_)
            | Self::Sign(_)
            | Self::LeftOut(_)
            | Self::Other(_)
            | Self::Category(..) => None,
            Self::Undated => Some(ReadingQuestion::Undated(String::new())),
            Self::Indicator(id) => {
                let ScaleKind::Number(about) = &framework.scale(*id).kind else { return None };
                let unit = about.unit.as_ref().map_or_else(String::new, |unit| unit.raw().to_owned());
                Some(ReadingQuestion::Unit(framework.indicator(*id).id.clone(), unit))
            }
        }
    }

    pub(super) fn goal_to_fill(&self, framework: &Framework) -> Option<ReadingQuestion> {
        let Self::Indicator(id) = self else { return None };
        let indicator = framework.indicator(*id);
        // What nobody has said is no text to begin with.
        let goal = framework.goal(indicator.goal).title.raw();
        let said = if goal == NO_GOAL { "" } else { goal };
        Some(ReadingQuestion::Goal(indicator.id.clone(), said.to_owned()))
    }

    /// The mapping with the next or the previous choice for it; `None` if it has none.
    pub(super) fn changed(
        &self,
        reading: &TableReading,
        framework: &Framework,
        next: bool,
    ) -> Option<Mapping> {
        let said = &reading.said;
        match self {
            Self::Heading(_)
            | Self::Undated
            | Self::LeftOut(_)
            | Self::Other(_)
            | Self::Category(..)
            | Self::Column(_) => None,
            Self::Unknown(at) => {
                let unknown = reading.unknown.get(*at)?;
                let meant = unknown.proposals.first().map_or("", |(code, _)| code.raw());
                Some(with(said, |mapping| {
                    _ = mapping.countries.insert(unknown.written.raw().to_owned(), meant.to_owned());
                }))
            }
            // What was chosen is taken back: it stands among those that are not understood again.
            Self::Assigned(written) => Some(with(said, |mapping| _ = mapping.countries.remove(written))),
            Self::Sign(at) => {
                const GAPS: [&str; 5] = ["", "no-data", "not-assessed", "not-applicable", "withheld"];
                let sign = reading.signs.get(*at)?.sign.raw();
                let now = said
                    .missing
                    .get(sign)
                    .and_then(|gap| GAPS.iter().position(|known| known == gap))
                    .unwrap_or(0);
                let gap = GAPS[stepped(now, GAPS.len(), next)];
                Some(with(said, |mapping| {
                    mapping.missing.remove(sign);
                    if !gap.is_empty() {
                        mapping.missing.insert(sign.to_owned(), gap.to_owned());
                    }
                }))
            }
            Self::Indicator(id) => {
                let (own, scale) = (framework.indicator(*id).id.to_string(), framework.scale(*id));
                let change = indicator_changed(said, &own, scale, next)?;
                Some(with(said, |mapping| _ = mapping.indicators.insert(own, change)))
            }
        }
    }

    /// The heading of a column and its next or previous role; without a role it is what it is recognised as, which stands
    /// between the last and the first. A role that was tried and taken back is gone past.
    pub(super) fn role_changed(
        &self,
        reading: &TableReading,
        tried: Option<&(String, Option<ColumnRole>)>,
        next: bool,
    ) -> Option<(String, Option<ColumnRole>)> {
        let Self::Column(at) = self else { return None };
        let column = reading.columns.get(*at)?;
        let heading = column.heading.raw().to_owned();
        let roles: Vec<Option<ColumnRole>> =
            std::iter::once(None).chain(ColumnRole::iter().map(Some)).collect();
        let said = reading.said.columns.get(&heading).copied();
        let now = tried.filter(|(tried, _)| *tried == heading).map_or(said, |(_, role)| *role);
        // From what it is recognised as the next role is the one behind that.
        let recognised = || roles.iter().position(|role| role.is_some_and(|role| role.id() == column.role));
        let now = match now {
            None if next => recognised(),
            now => roles.iter().position(|role| *role == now),
        };
        let role = roles[stepped(now?, roles.len(), next)];
        Some((heading, role))
    }

    /// The mapping with the next kind of an indicator: what it is recognised as, numbers, categories, dates, texts.
    pub(super) fn kind_changed(&self, reading: &TableReading, framework: &Framework) -> Option<Mapping> {
        const KINDS: [Option<MappedKind>; 5] = [
            None,
            Some(MappedKind::Number),
            Some(MappedKind::Categories),
            Some(MappedKind::Date),
            Some(MappedKind::Text),
        ];
        let Self::Indicator(id) = self else { return None };
        let own = framework.indicator(*id).id.to_string();
        let known = reading.said.indicators.get(&own).cloned().unwrap_or_default();
        let shown = match framework.scale(*id).kind {
            ScaleKind::Number(_) => MappedKind::Number,
            ScaleKind::Categories | ScaleKind::Levels => MappedKind::Categories,
            ScaleKind::Date => MappedKind::Date,
            _ => MappedKind::Text,
        };
        let mut now = KINDS.iter().position(|kind| *kind == known.kind)?;
        // What it is recognised as anyway is no other choice.
        loop {
            now = stepped(now, KINDS.len(), true);
            if known.kind.is_some() || KINDS[now] != Some(shown) {
                break;
            }
        }
        let order = if KINDS[now] == Some(MappedKind::Categories) { known.order.clone() } else { vec![] };
        let change = MappedIndicator { kind: KINDS[now], order, ..known };
        Some(with(&reading.said, |mapping| _ = mapping.indicators.insert(own, change)))
    }

    /// The mapping with this category one step better or worse than it is, or with the better way of numbers.
    pub(super) fn moved(
        &self,
        reading: &TableReading,
        framework: &Framework,
        better: bool,
    ) -> Option<Mapping> {
        let (id, level) = match self {
            Self::Category(id, level) => (id, level),
            // Of numbers the sign says which way is better.
            Self::Indicator(id) if matches!(framework.scale(*id).kind, ScaleKind::Number(_)) => {
                let own = framework.indicator(*id).id.to_string();
                let known = reading.said.indicators.get(&own).cloned().unwrap_or_default();
                let way = if better { MappedBetter::Higher } else { MappedBetter::Lower };
                return Some(with(&reading.said, |mapping| {
                    _ = mapping.indicators.insert(own, MappedIndicator { better: Some(way), ..known });
                }));
            }
            _ => return None,
        };
        let (own, scale) = (framework.indicator(*id).id.to_string(), framework.scale(*id));
        let mut order: Vec<String> = scale.levels.iter().map(|level| level.label.raw().to_owned()).collect();
        let from = usize::from(*level);
        let to = if better { from + 1 } else { from.wrapping_sub(1) };
        if to < order.len() {
            order.swap(from, to);
        } else if scale.kind == ScaleKind::Levels {
            return None;
        }
        let known = reading.said.indicators.get(&own).cloned().unwrap_or_default();
        Some(with(&reading.said, |mapping| {
            _ = mapping.indicators.insert(own, MappedIndicator { order, ..known });
        }))
    }
}

/// The next or previous of some choices, round and round.
const fn stepped(now: usize, many: usize, next: bool) -> usize {
    if next { (now + 1) % many } else { (now + many - 1) % many }
}

/// Which way is better, or in which order categories are: nobody's guess, so the first choice is none.
fn indicator_changed(said: &Mapping, id: &str, scale: &Scale, next: bool) -> Option<MappedIndicator> {
    let known = said.indicators.get(id).cloned().unwrap_or_default();
    match &scale.kind {
        ScaleKind::Number(about) => {
            const WAYS: [Option<MappedBetter>; 3] =
                [None, Some(MappedBetter::Higher), Some(MappedBetter::Lower)];
            let now = match about.better {
                Better::Neither => 0,
                Better::Higher => 1,
                Better::Lower => 2,
            };
            Some(MappedIndicator { better: WAYS[stepped(now, WAYS.len(), next)], ..known })
        }
        ScaleKind::Categories | ScaleKind::Levels => {
            let words: Vec<String> = scale.levels.iter().map(|level| level.label.raw().to_owned()).collect();
            let proposed = proposed_order(&words);
            let reversed: Vec<String> = proposed.iter().rev().cloned().collect();
            let choices = [vec![], proposed, reversed];
            let is_ordered = scale.kind == ScaleKind::Levels;
            let now = choices.iter().position(|order| is_ordered && *order == words).unwrap_or(0);
            Some(MappedIndicator { order: choices[stepped(now, choices.len(), next)].clone(), ..known })
        }
        _ => None,
    }
}

/// Words that are often ordered, from worst to best.
const KNOWN_ORDERS: [&[&str]; 8] = [
    &["no", "partial", "partly", "partially", "yes"],
    &["nf", "pf", "f"],
    &["not free", "partly free", "free"],
    &["none", "weak", "limited", "some", "partial", "moderate", "good", "strong", "full"],
    &["very low", "low", "lower middle", "medium", "upper middle", "high", "very high"],
    &["tier 3", "tier 2 watch list", "tier 2", "tier 1"],
    &["false", "true"],
    &["not signed", "signed", "signed only", "ratified", "bound"],
];

/// The order that is proposed for some words: one that is known, letters with A as the best, else by the alphabet.
fn proposed_order(words: &[String]) -> Vec<String> {
    let place =
        |order: &[&str], word: &str| order.iter().position(|known| *known == fold(word).replace('-', " "));
    let mut sorted = words.to_vec();
    if let Some(order) =
        KNOWN_ORDERS.iter().find(|order| words.iter().all(|word| place(order, word).is_some()))
    {
        sorted.sort_by_key(|word| place(order, word));
        return sorted;
    }
    sorted.sort_by_key(|word| fold(word));
    let is_grade = |word: &String| {
        let mut letters = word.chars();
        letters.next().is_some_and(|first| ('A'..='F').contains(&first))
            && letters.all(|c| matches!(c, '+' | '-'))
    };
    if words.iter().all(is_grade) {
        // A+ is better than A, and A than A-.
        let grade = |word: &String| {
            let sign = if word.ends_with('+') {
                0
            } else if word.ends_with('-') {
                2
            } else {
                1
            };
            (word.chars().next(), sign)
        };
        sorted.sort_by_key(|word| std::cmp::Reverse(grade(word)));
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_proposed_in_their_order_and_others_by_the_alphabet() {
        for (words, want) in [
            ("yes no", "no yes"),
            ("F NF PF", "NF PF F"),
            ("A B+ B C", "C B B+ A"),
            ("Low High Medium", "Low Medium High"),
            ("pear apple", "apple pear"),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(proposed_order(&words).join(" "), want);
        }
    }
}
