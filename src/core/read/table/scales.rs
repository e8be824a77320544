//! What kind of answers an indicator of a table has, and what each of its words means.

use crate::core::table_mapping::{MappedBetter, MappedIndicator, MappedKind};
use std::collections::BTreeMap;

use super::{
    dates::date_of,
    fill::{SeenWord, SeenWords},
    flat::IndicatorMetadata,
    sample::is_number,
    written_forms::money,
};
use crate::{
    core::{
        cell::Gap,
        columns::CellKind,
        number_signs::NumberSigns,
        read::words::{MissingSign, is_same_sign, missing_sign, missing_sign_among_words, plain_number},
        scale::{Better, Level, NumberScale, Scale},
    },
    text::{Raw, fold},
};

/// The most words that are categories; more are texts.
const MOST_CATEGORIES: usize = 24;
/// The longest word of a category, in bytes.
const LONGEST_CATEGORY: usize = 60;

/// A word that is no value of its indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldWord {
    pub word: String,
    /// The id of the first indicator that has it.
    pub indicator: String,
    pub seen: usize,
    pub first: usize,
    /// What it counts as: a gap with a meaning, or unreadable.
    pub gap: Gap,
    /// Whether it may stand for a gap, so that somebody must say which.
    pub is_ambiguous: bool,
}

/// The scale of an indicator, and the kinds that its cells mean.
#[derive(Debug)]
pub(super) struct DecidedScale {
    pub scale: Scale,
    pub kinds: [CellKind; 256],
    pub told: Vec<ToldWord>,
    /// Whether its numbers are words, so that the rows must be read again.
    pub has_number_words: bool,
}

/// What is known of an indicator beside its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndicatorFacts<'f> {
    pub id: &'f str,
    pub mapped: Option<&'f MappedIndicator>,
    pub metadata: Option<&'f IndicatorMetadata>,
    /// As the rows of the table have it.
    pub unit: Option<&'f str>,
    /// Declared signs of missing values.
    pub missing: &'f [(Box<str>, Gap)],
    pub signs: NumberSigns,
    /// Cells with a number.
    pub numbers: usize,
    /// Whether they are steps of a small scale.
    pub has_few_numbers: bool,
}

/// Whether a word may be one number or another: `1,234`, or `5.4m`, of which nothing says what the letter stands for.
fn is_unclear_number(word: &str) -> bool {
    let bare = ["m", "b", "mn", "bn", "k", "K", "M", "B", "t", "tn", "mio", "mrd"]
        .iter()
        .find_map(|sign| Some(word.strip_suffix(sign)?.trim_end()));
    let bare = bare.filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit()));
    let text = bare.or_else(|| Some(money(word)?.1)).unwrap_or(word);
    is_number(text) && !text.contains(char::is_alphabetic)
}

/// The signs of missing values that are numbers.
pub(super) fn number_signs(missing: &[(Box<str>, Gap)]) -> Vec<f64> {
    missing.iter().filter_map(|(sign, _)| plain_number(sign.trim())).collect()
}

/// The gap that a text is declared to mean.
pub(super) fn declared_gap(missing: &[(Box<str>, Gap)], text: &str) -> Option<Gap> {
    let number = |text: &str| plain_number(text.trim());
    let is_sign =
        |sign: &str| is_same_sign(text, sign) || number(sign).is_some_and(|sign| number(text) == Some(sign));
    missing.iter().find(|(sign, _)| is_sign(sign)).map(|(_, gap)| *gap)
}

/// Decides by what is written, unless somebody says it.
pub(super) fn decide(words: &SeenWords, facts: IndicatorFacts<'_>) -> DecidedScale {
    let mut all: Vec<(&str, SeenWord)> = words.each().collect();
    all.sort_by_key(|(word, seen)| (fold(word), seen.first));
    let declared = |word: &str| declared_gap(facts.missing, word);
    let answers: Vec<(&str, SeenWord)> = all
        .iter()
        .copied()
        .filter(|(word, _)| declared(word).is_none() && missing_sign_among_words(word).is_none())
        .collect();
    let answered = answers.iter().map(|(_, seen)| seen.cells).sum::<usize>() + words.beyond.many;
    let kind = facts
        .mapped
        .and_then(|mapped| mapped.kind.or((!mapped.order.is_empty()).then_some(MappedKind::Categories)));
    let kind = kind.unwrap_or_else(|| kind_of(&answers, answered, words, facts));
    let scale = scale(kind, &answers, facts);
    let level_of = LevelOf::new(&scale);
    let mut kinds = std::array::from_fn(CellKind::of_index);
    let mut told = vec![];
    for (word, seen) in all {
        let known_sign =
            if kind == MappedKind::Number { missing_sign(word) } else { missing_sign_among_words(word) };
        let told_as = |gap, is_ambiguous| ToldWord {
            word: word.to_owned(),
            indicator: facts.id.to_owned(),
            seen: seen.cells,
            first: seen.first,
            gap,
            is_ambiguous,
        };
        let mut tell = |gap: Gap, is_ambiguous: bool| {
            told.push(told_as(gap, is_ambiguous));
            CellKind::gap(gap)
        };
        kinds[CellKind::word(seen.nth).index()] = match (declared(word), known_sign, kind) {
            (Some(gap), ..) | (None, Some(MissingSign::Sure(gap)), _) => tell(gap, false),
            (None, Some(MissingSign::Ambiguous), _) => tell(Gap::Unreadable, true),
            (None, None, MappedKind::Number) => tell(Gap::Unreadable, false),
            (None, None, MappedKind::Text) => CellKind::TEXT,
            (None, None, MappedKind::Date) if date_of(word).is_some() => CellKind::DATE,
            (None, None, MappedKind::Date) => tell(Gap::Unreadable, false),
            (None, None, MappedKind::Categories) => match level_of.get(word) {
                Some(level) => CellKind::word(level),
                None => tell(Gap::Unreadable, false),
            },
        };
    }
    let beyond = match kind {
        MappedKind::Text => CellKind::TEXT,
        MappedKind::Date => CellKind::DATE,
        MappedKind::Number | MappedKind::Categories => CellKind::gap(Gap::Unreadable),
    };
    kinds[CellKind::TEXT.index()] = beyond;
    let has_number_words = kind != MappedKind::Number && facts.numbers > 0;
    DecidedScale { scale, kinds, told, has_number_words }
}

/// The most words that are steps of a scale beside numbers.
const MOST_STEPS: usize = 12;

/// The levels of a scale by their words; small and capital letters are the same unless they are all there is to a word.
struct LevelOf {
    exact: BTreeMap<String, u8>,
    by_letters: BTreeMap<String, u8>,
}

impl LevelOf {
    fn new(scale: &Scale) -> Self {
        let all = || scale.levels.iter().zip(0_u8..).map(|(level, at)| (level.label.raw().to_owned(), at));
        let by_letters = all().filter_map(|(label, at)| Some((letters(&label)?, at)));
        Self { exact: all().collect(), by_letters: by_letters.collect() }
    }

    fn get(&self, word: &str) -> Option<u8> {
        self.exact.get(word).or_else(|| self.by_letters.get(&letters(word)?)).copied()
    }
}

/// A word in small letters; `None` of a single letter, which may be a code.
fn letters(word: &str) -> Option<String> {
    (word.chars().count() > 1).then(|| word.to_lowercase())
}

/// Words that differ in small and capital letters alone once, as most cells write them.
fn distinct_words(answers: &[(&str, SeenWord)]) -> Vec<String> {
    let mut found: Vec<(&str, Option<String>, usize)> = vec![];
    for (word, seen) in answers {
        let own = letters(word);
        match found.iter_mut().find(|(_, letters, _)| own.is_some() && *letters == own) {
            Some(known) if known.2 < seen.cells => (known.0, known.2) = (word, seen.cells),
            Some(_) => {}
            None => found.push((word, own, seen.cells)),
        }
    }
    found.into_iter().map(|(word, ..)| word.to_owned()).collect()
}

fn kind_of(
    answers: &[(&str, SeenWord)],
    answered: usize,
    words: &SeenWords,
    facts: IndicatorFacts<'_>,
) -> MappedKind {
    // Beside 1, 2 and 3 `2WL` is a step, too.
    let is_step = |word: &str| {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=2).contains(&(word.len() - rest.len())) && rest.trim_start().starts_with(char::is_alphabetic)
    };
    let has_steps = answers.iter().any(|(word, seen)| {
        seen.cells > 1 && is_step(word) && !is_unclear_number(word) && date_of(word).is_none()
    });
    if facts.has_few_numbers && has_steps && answers.len() <= MOST_STEPS && words.beyond.many == 0 {
        return MappedKind::Categories;
    }
    // Some words among numbers are notes that somebody put there.
    if answered == 0 || facts.numbers >= answered {
        return MappedKind::Number;
    }
    let dates =
        answers.iter().filter(|(word, _)| date_of(word).is_some()).map(|(_, seen)| seen.cells).sum::<usize>();
    if facts.numbers == 0 && dates + words.beyond_dates == answered {
        return MappedKind::Date;
    }
    // What is a number by some convention is none of several words: which one it is must be said.
    let unclear =
        answers.iter().filter(|(word, _)| is_unclear_number(word)).map(|(_, seen)| seen.cells).sum::<usize>();
    if (unclear + facts.numbers) * 10 >= (answered + facts.numbers) * 9 {
        return MappedKind::Number;
    }
    let is_often = answers.len() <= 8 || answers.len() * 2 <= answered;
    if words.beyond.many == 0
        && answers.len() <= MOST_CATEGORIES
        && words.longest <= LONGEST_CATEGORY
        && is_often
    {
        MappedKind::Categories
    } else {
        MappedKind::Text
    }
}

fn scale(kind: MappedKind, answers: &[(&str, SeenWord)], facts: IndicatorFacts<'_>) -> Scale {
    // Whoever made the table gives scales no names.
    let id = "";
    let mut scale = match kind {
        MappedKind::Number => Scale::number(id, number_scale(facts)),
        MappedKind::Date => Scale::date(id),
        MappedKind::Text => Scale::text(id),
        MappedKind::Categories => {
            let said = facts.mapped.map_or(&[][..], |mapped| &mapped.order);
            let known = facts.metadata.map_or(&[][..], |metadata| &metadata.ordered_categories);
            let order = if said.is_empty() { known } else { said };
            let is_whole = answers.iter().all(|(word, _)| {
                order.iter().any(|known| {
                    known == word || letters(known).is_some_and(|known| Some(known) == letters(word))
                })
            });
            let names: Vec<String> = if order.is_empty() || !is_whole && said.is_empty() {
                distinct_words(answers)
            } else {
                order.to_vec()
            };
            let levels = names.into_iter().map(|name| Level {
                id: name.as_str().into(),
                label: Raw::new(name),
                short: None,
            });
            let is_ordered = !order.is_empty() && (is_whole || !said.is_empty());
            let levels: Vec<Level> = levels.take(crate::core::scale::MOST_LEVELS).collect();
            if is_ordered { Scale::levels(id, levels) } else { Scale::categories(id, levels) }
        }
    };
    scale.missing = facts.missing.to_vec();
    scale
}

fn number_scale(facts: IndicatorFacts<'_>) -> NumberScale {
    let mapped = facts.mapped;
    let unit = mapped.and_then(|mapped| mapped.unit.as_deref());
    let unit = unit.or_else(|| facts.metadata.and_then(|metadata| metadata.unit.as_deref())).or(facts.unit);
    NumberScale {
        unit: unit.filter(|unit| !unit.trim().is_empty()).map(|unit| Raw::new(unit.to_owned())),
        decimals: facts.metadata.and_then(|metadata| metadata.decimals).unwrap_or(0),
        min: mapped.and_then(|mapped| mapped.min),
        max: mapped.and_then(|mapped| mapped.max),
        better: match mapped.and_then(|mapped| mapped.better) {
            Some(MappedBetter::Higher) => Better::Higher,
            Some(MappedBetter::Lower) => Better::Lower,
            Some(MappedBetter::Neither) | None => Better::Neither,
        },
        signs: facts.signs,
    }
}
