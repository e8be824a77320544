//! Scales: what kind of answer an indicator takes, and which answers are better.

use super::{
    cell::{Gap, Value},
    number_signs::NumberSigns,
};
use crate::text::Raw;

/// One step of an ordered scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub id: Box<str>,
    pub label: Raw<'static>,
    /// A shorter label for narrow columns.
    pub short: Option<Raw<'static>>,
}

/// Which numbers are better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum Better {
    Higher,
    Lower,
    /// Differences are shown, but no side is ahead.
    #[default]
    Neither,
}

impl Better {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// A number scale: its unit, how it is printed, which way is better.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberScale {
    pub unit: Option<Raw<'static>>,
    pub decimals: u8,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub better: Better,
    /// The signs in numbers that are written as texts.
    pub signs: NumberSigns,
}

impl NumberScale {
    /// Whether a number is within the bounds.
    pub fn admits(&self, number: f64) -> bool {
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }
}

/// The kinds of scale. Levels, yes/no and treaties are ordered, worst to best.
#[derive(Clone, Debug, PartialEq)]
pub enum ScaleKind {
    Levels,
    /// Words that differ, in no order that anybody has said.
    Categories,
    YesNo,
    Number(NumberScale),
    Treaty,
    Date,
    /// Never ranked.
    Text,
}

impl ScaleKind {
    /// As files and reports say it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Levels => "levels",
            Self::Categories => "categories",
            Self::YesNo => "yes_no",
            Self::Number(_) => "number",
            Self::Treaty => "treaty",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// The most levels of a scale: a cell keeps its level in one byte, beside a few other words.
pub const MOST_LEVELS: usize = 240;

/// A scale by name, with its levels where it has any (treaty and yes/no have built-in ones).
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pub id: Box<str>,
    pub kind: ScaleKind,
    /// Worst first, but of categories in no order. Empty for numbers, dates and text; at most [`MOST_LEVELS`].
    pub levels: Vec<Level>,
    /// Signs that stand where a value is missing, each with the gap that it means.
    pub missing: Vec<(Box<str>, Gap)>,
}

impl Scale {
    pub fn levels(id: &str, levels: Vec<Level>) -> Self {
        Self { id: id.into(), kind: ScaleKind::Levels, levels, missing: vec![] }
    }

    pub fn categories(id: &str, levels: Vec<Level>) -> Self {
        Self { kind: ScaleKind::Categories, ..Self::levels(id, levels) }
    }

    pub fn yes_no(id: &str) -> Self {
        let levels = vec![level("no", "no"), level("partial", "partial"), level("yes", "yes")];
        Self { id: id.into(), kind: ScaleKind::YesNo, levels, missing: vec![] }
    }

    pub fn treaty(id: &str) -> Self {
        let levels = vec![
            level("not-signed", "not signed"),
            level("signed-only", "signed only"),
            level("bound", "bound"),
        ];
        Self { id: id.into(), kind: ScaleKind::Treaty, levels, missing: vec![] }
    }

    pub fn number(id: &str, number: NumberScale) -> Self {
        Self { id: id.into(), kind: ScaleKind::Number(number), levels: vec![], missing: vec![] }
    }

    pub fn date(id: &str) -> Self {
        Self { id: id.into(), kind: ScaleKind::Date, levels: vec![], missing: vec![] }
    }

    pub fn text(id: &str) -> Self {
        Self { id: id.into(), kind: ScaleKind::Text, levels: vec![], missing: vec![] }
    }

    /// Decimals to print at least.
    pub const fn decimals(&self) -> u8 {
        if let ScaleKind::Number(about) = &self.kind { about.decimals } else { 0 }
    }

    /// The same scale without stated bounds of its numbers.
    #[must_use]
    pub fn without_bounds(&self) -> Self {
        let mut scale = self.clone();
        if let ScaleKind::Number(about) = &mut scale.kind {
            (about.min, about.max) = (None, None);
        }
        scale
    }

    /// Whether one answer can be ahead of another.
    pub fn is_ordered(&self) -> bool {
        match &self.kind {
            ScaleKind::Levels | ScaleKind::YesNo | ScaleKind::Treaty => true,
            ScaleKind::Number(number) => number.better != Better::Neither,
            ScaleKind::Categories | ScaleKind::Date | ScaleKind::Text => false,
        }
    }

    /// Whether lower numbers are better.
    pub fn is_lower_better(&self) -> bool {
        matches!(&self.kind, ScaleKind::Number(number) if number.better == Better::Lower)
    }

    /// The ends of the scale: the worst and the best level, or the stated bounds of numbers; an unstated bound is the
    /// lowest or highest of `seen`. `None` for dates, texts and a single level, and if both ends are equal.
    pub fn ends(&self, seen: impl FnOnce() -> Vec<f64>) -> Option<Ends> {
        let (low, high) = match &self.kind {
            ScaleKind::Levels | ScaleKind::YesNo | ScaleKind::Treaty => {
                (0.0, f64::from(u8::try_from(self.levels.len().checked_sub(1)?).ok()?))
            }
            ScaleKind::Number(NumberScale { min: Some(min), max: Some(max), .. }) => (*min, *max),
            ScaleKind::Number(number) => {
                let seen = seen();
                let (lowest, highest) =
                    (seen.iter().copied().reduce(f64::min), seen.iter().copied().reduce(f64::max));
                (number.min.or(lowest)?, number.max.or(highest)?)
            }
            ScaleKind::Categories | ScaleKind::Date | ScaleKind::Text => return None,
        };
        (low < high).then_some(Ends { low, high })
    }

    /// The level with this id.
    pub fn level_of(&self, id: &str) -> Option<u8> {
        let index = self.levels.iter().position(|level| &*level.id == id)?;
        u8::try_from(index).ok()
    }

    /// One letter or digit for a level: y, p, n for yes/no; B, s, n for treaties; 1… for levels.
    pub fn glyph(&self, level: u8) -> &'static str {
        const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let at = usize::from(level);
        match self.kind {
            ScaleKind::YesNo => ["n", "p", "y"].get(at).copied().unwrap_or("+"),
            ScaleKind::Treaty => ["n", "s", "B"].get(at).copied().unwrap_or("+"),
            _ => DIGITS.get(at).copied().unwrap_or("+"),
        }
    }
}

/// The lowest and the highest answer of a scale. `high` is the higher number even if lower is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    pub low: f64,
    pub high: f64,
}

impl Ends {
    /// The position of a value: 0 at the low end, 1 at the high end; a value beyond an end gets the position of that
    /// end. `None` for dates and texts.
    pub fn position(self, value: Value) -> Option<f64> {
        let at = match value {
            Value::Level(level) => f64::from(level),
            Value::Number(number) => number,
            Value::Interval(_) | Value::Date(_) | Value::Text => return None,
        };
        let span = self.high - self.low;
        // The distance of two huge numbers is more than a number can be; halving a tiny one would make it nothing.
        let position = if span.is_finite() {
            (at - self.low) / span
        } else {
            (at / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
        };
        Some(position.clamp(0.0, 1.0))
    }
}

fn level(id: &'static str, label: &'static str) -> Level {
    Level { id: id.into(), label: Raw::from_static(label), short: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_lies_between_the_ends_of_its_scale_and_never_beyond() {
        let number = |min, max| Scale::number("n", NumberScale { min, max, ..NumberScale::default() });
        let at = |scale: Scale, seen: &[f64], value| scale.ends(|| seen.to_vec())?.position(value);
        for (scale, seen, value, want) in [
            (Scale::yes_no("y"), &[][..], Value::Level(1), Some(0.5)),
            (number(Some(-4.0), Some(12.0)), &[], Value::Number(0.0), Some(0.25)),
            (number(Some(0.0), None), &[10.0, 40.0], Value::Number(10.0), Some(0.25)),
            (number(None, None), &[10.0, 40.0], Value::Number(99.0), Some(1.0)),
            (number(Some(-f64::MAX), Some(f64::MAX)), &[], Value::Number(0.0), Some(0.5)),
            (number(Some(0.0), None), &[5e-324], Value::Number(5e-324), Some(1.0)),
            (number(None, None), &[3.0, 3.0], Value::Number(3.0), None),
            (number(None, None), &[], Value::Number(3.0), None),
            (Scale::text("t"), &[], Value::Text, None),
        ] {
            assert_eq!(at(scale.clone(), seen, value), want, "{scale:?} {value:?}");
        }
    }

    #[test]
    fn a_level_is_found_by_its_id() {
        let scale = Scale::treaty("treaty");
        assert_eq!(scale.level_of("signed-only"), Some(1));
        assert_eq!(scale.level_of("soon"), None);
        assert_eq!(scale.glyph(2), "B");
    }

    #[test]
    fn numbers_are_ordered_only_when_one_way_is_better() {
        assert!(!Scale::number("n", NumberScale::default()).is_ordered());
        assert!(
            Scale::number("n", NumberScale { better: Better::Lower, ..NumberScale::default() }).is_ordered()
        );
    }
}
