//! Reads the text of a filter.

use strum::IntoEnumIterator as _;

use super::{AnswerFilter, Asked, FilterFault, Operator, Question};
use crate::{
    core::{
        cell::Gap,
        date::Date,
        framework::{Framework, Indicator, IndicatorId, Where, only},
        read::nearest,
        scale::{NumberScale, Scale, ScaleKind},
    },
    text::{excerpt, fold},
};

/// Longer first, where one begins with another.
const SIGNS: [(&str, Operator); 6] = [
    ("!=", Operator::Unequal),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::More),
];
const SIGN_LIST: &str = "=, !=, <, <=, > or >=";
/// How `gap(` begins, which no name does.
const GAP: &str = "gap(";
/// The most levels or ids that a message lists.
const MOST_LISTED: usize = 8;
const LONGEST_FOUND: usize = 30;

impl AnswerFilter {
    /// Reads a text. Words that ask nothing match names as they do in every search.
    pub fn parse(text: &str, framework: &Framework) -> Result<Self, FilterFault> {
        if !text.contains(['<', '>', '=', '!']) && !text.to_lowercase().contains(GAP) {
            return Ok(Self { questions: vec![], names: text.to_owned() });
        }
        let mut parser = Parser { text, at: 0, framework };
        let (mut questions, mut names) = (vec![], vec![]);
        while parser.skip_blanks() {
            match parser.question()? {
                Question { is_negated: false, asked: Asked::Name(name) } => names.push(name),
                question => questions.push(question),
            }
        }
        Ok(Self { questions, names: names.join(" ") })
    }
}

/// A word as the parser reads it again: in quotes if it holds a sign.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| !c.is_whitespace() && !"<>=!\"(),".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { format!("\"{word}\"") }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    framework: &'a Framework,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Returns whether anything follows.
    fn skip_blanks(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        !self.rest().is_empty()
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len() } else { 0 };
        is_there
    }

    fn takes_operator(&mut self) -> Option<Operator> {
        SIGNS.iter().find(|(sign, _)| self.takes(sign)).map(|(_, operator)| *operator)
    }

    /// Reads a word in quotes, or up to a blank or one of these signs.
    fn word(&mut self, ends: &str) -> Result<&'a str, FilterFault> {
        if self.takes("\"") {
            let Some(end) = self.rest().find('"') else {
                self.at = self.text.len();
                return Err(self.fault(self.at, "", "a closing quote"));
            };
            let word = &self.rest()[..end];
            self.at += end + 1;
            return Ok(word);
        }
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || ends.contains(c)).unwrap_or(rest.len());
        self.at += end;
        Ok(&rest[..end])
    }

    /// Reads what stands between two blanks that are "and".
    fn question(&mut self) -> Result<Question, FilterFault> {
        let is_negated = !self.rest().starts_with("!=") && self.takes("!");
        let start = self.at;
        if self.rest().get(..GAP.len()).is_some_and(|word| word.eq_ignore_ascii_case(GAP)) {
            self.at += GAP.len();
            return Ok(Question { is_negated, asked: self.gap()? });
        }
        let word = self.word("<>=!")?;
        let end = self.at;
        self.skip_blanks();
        if let Some(operator) = self.takes_operator() {
            let indicator = self.indicator(start, word, "an indicator before the sign")?;
            let asked = self.answer(indicator, operator)?;
            return Ok(Question { is_negated: is_negated != (operator == Operator::Unequal), asked });
        }
        self.at = end;
        if word.is_empty() {
            return Err(self.fault(start, self.rest(), "a question such as opsc=no, or a name"));
        }
        if self.rest().starts_with('!') {
            return Err(self.fault(end, self.rest(), SIGN_LIST));
        }
        Ok(Question { is_negated, asked: Asked::Name(word.to_owned()) })
    }

    /// Reads what stands behind `gap(`.
    fn gap(&mut self) -> Result<Asked, FilterFault> {
        self.skip_blanks();
        let start = self.at;
        let word = self.word(",)")?;
        let is_any = word.eq_ignore_ascii_case("any");
        let of = if is_any { None } else { Some(self.indicator(start, word, "an indicator or any")?) };
        self.skip_blanks();
        let mut reason = None;
        if self.takes(",") {
            self.skip_blanks();
            let start = self.at;
            let word = self.word(",)")?;
            let ids = || Gap::iter().map(Gap::id);
            let known = Gap::iter().find(|gap| [gap.id(), gap.title()].contains(&&*word.to_lowercase()));
            let fault = || FilterFault {
                meant: nearest(word, ids()).map(str::to_owned),
                ..self.fault(start, word, &format!("a reason: {}", either(ids())))
            };
            reason = Some(known.ok_or_else(fault)?);
            self.skip_blanks();
        }
        if self.takes(")") {
            return Ok(Asked::Gap(of, reason));
        }
        let expected = if reason.is_some() { ")" } else { ") or a comma and a reason" };
        Err(self.fault(self.at, self.rest(), expected))
    }

    fn indicator(&self, start: usize, word: &str, expected: &str) -> Result<IndicatorId, FilterFault> {
        let known = self.framework.indicator_named(word);
        known.ok_or_else(|| {
            let ids = || self.framework.indicators.iter().map(|indicator| &*indicator.id);
            let expected = format!("{expected}, such as {}", ids().next().unwrap_or("opsc"));
            // Titles have blanks where one types a dash.
            let part = fold(word).replace('-', " ");
            let has_part = |one: &&Indicator| {
                !part.is_empty()
                    && [&*one.id, one.title.raw()]
                        .iter()
                        .any(|name| fold(name).replace('-', " ").contains(&part))
            };
            let partly = || only(self.framework.indicators.iter().filter(has_part)).map(|one| &*one.id);
            FilterFault {
                meant: nearest(word, ids()).or_else(partly).map(quoted),
                ..self.fault(start, word, if word.is_empty() { &expected } else { "the id of an indicator" })
            }
        })
    }

    /// Reads the answer behind an operator.
    fn answer(&mut self, indicator: IndicatorId, operator: Operator) -> Result<Asked, FilterFault> {
        self.skip_blanks();
        let start = self.at;
        let word = self.word("")?;
        let scale = self.framework.scale(indicator);
        match &scale.kind {
            ScaleKind::Number(about) => {
                let number = number(word, about).ok_or_else(|| self.fault(start, word, "a number"))?;
                Ok(Asked::Answer(indicator, operator.conditions(number)))
            }
            ScaleKind::Date => {
                let date = Date::parse(word);
                let date =
                    date.ok_or_else(|| self.fault(start, word, "a date such as 2010 or 2010-07-01"))?;
                Ok(Asked::Date(indicator, operator, date))
            }
            ScaleKind::Text => {
                let id = quoted(&self.framework.indicator(indicator).id);
                let expected = format!("gap({id}) or !gap({id}), because its answers are texts");
                Err(FilterFault { is_unfinished: false, ..self.fault(start, word, &expected) })
            }
            ScaleKind::Categories if !matches!(operator, Operator::Equal | Operator::Unequal) => {
                let expected = "= or != before it, because its answers are in no order";
                Err(FilterFault { is_unfinished: false, ..self.fault(start, word, expected) })
            }
            ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo | ScaleKind::Treaty => {
                let level = level(scale, word).ok_or_else(|| self.no_level(scale, start, word, operator))?;
                let levels = scale.levels.iter().zip(0..).filter(|(_, at)| operator.admits(*at, level));
                let ids = levels.map(|(level, _)| level.id.clone()).collect();
                Ok(Asked::Answer(indicator, vec![Where::Levels(ids)]))
            }
        }
    }

    fn no_level(&self, scale: &Scale, start: usize, word: &str, operator: Operator) -> FilterFault {
        let ids: Vec<String> = scale.levels.iter().map(|level| quoted(&level.id)).collect();
        let order =
            if matches!(operator, Operator::Equal | Operator::Unequal) { "" } else { ", worst first" };
        let expected = format!("a level{order}: {}", either(ids.iter().map(String::as_str)));
        let names = scale.levels.iter().flat_map(|level| [&*level.id, level.label.raw()]);
        FilterFault { meant: nearest(word, names).map(quoted), ..self.fault(start, word, &expected) }
    }

    fn fault(&self, at: usize, found: &str, expected: &str) -> FilterFault {
        let is_unfinished = found.is_empty() && self.rest().is_empty();
        let found = match found {
            "" if is_unfinished => "the end".to_owned(),
            "" => format!("\"{}\"", excerpt(&self.text[at..], LONGEST_FOUND)),
            _ => format!("\"{}\"", excerpt(found, LONGEST_FOUND)),
        };
        let character = self.text[..at].chars().count() + 1;
        FilterFault { character, expected: expected.to_owned(), found, meant: None, is_unfinished }
    }
}

impl Operator {
    /// What a number must meet; [`Operator::Unequal`] is the negation of equal.
    fn conditions(self, number: f64) -> Vec<Where> {
        match self {
            Self::Equal | Self::Unequal => vec![Where::AtLeast(number), Where::AtMost(number)],
            Self::Less => vec![Where::LessThan(number)],
            Self::AtMost => vec![Where::AtMost(number)],
            Self::More => vec![Where::MoreThan(number)],
            Self::AtLeast => vec![Where::AtLeast(number)],
        }
    }

    /// Whether the level at one place of the scale stands so to the level at another.
    const fn admits(self, at: usize, level: usize) -> bool {
        match self {
            Self::Equal | Self::Unequal => at == level,
            Self::Less => at < level,
            Self::AtMost => at <= level,
            Self::More => at > level,
            Self::AtLeast => at >= level,
        }
    }
}

/// A finite number, with its unit or without.
fn number(word: &str, about: &NumberScale) -> Option<f64> {
    let unit = about.unit.as_ref().map_or("", |unit| unit.raw());
    let number = word.strip_suffix(unit).unwrap_or(word).trim_end().parse().ok();
    number.filter(|number: &f64| number.is_finite())
}

/// The place of the level with this id, or the only one with this id or label, ignoring case.
fn level(scale: &Scale, word: &str) -> Option<usize> {
    let exact = scale.levels.iter().position(|level| &*level.id == word);
    let wanted = fold(word);
    let mut called = (0..scale.levels.len()).filter(|at| {
        let level = &scale.levels[*at];
        let short = level.short.as_ref().map_or("", |short| short.raw());
        !wanted.is_empty() && [&*level.id, level.label.raw(), short].map(fold).contains(&wanted)
    });
    exact.or_else(|| called.next().filter(|_| called.next().is_none()))
}

/// `no, partial or yes`.
fn either<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    if words.len() > MOST_LISTED {
        words.truncate(MOST_LISTED);
        return format!("{} or another", words.join(", "));
    }
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}
