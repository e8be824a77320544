//! The words of a cell for a narrow column, and the counts above a list of cells.

use strum::IntoEnumIterator as _;

use crate::{
    core::{
        cell::{Cell, Gap, Value},
        compare::{Reason, Verdict},
        framework::{Framework, IndicatorId, Source},
        label,
        scale::{Scale, ScaleKind},
    },
    text::{Raw, fit, fold, width},
    tui::look::{GAP_SIGN, Look, Role},
};

/// The words of a cell: a part that may be cut, and one that may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub head: String,
    /// The position of a level, `4/5`, or what a gap is assigned to be; else empty.
    pub tail: String,
    /// The unit of a number. It is dropped, not cut, if there is no room.
    pub unit: String,
    pub role: Role,
}

impl Words {
    fn new(head: String, role: Role) -> Self {
        Self { head, tail: String::new(), unit: String::new(), role }
    }

    /// Drops a unit that the title already says: under "Convictions", `14` and not `14 convictions`.
    #[must_use]
    pub fn under(mut self, title: &str) -> Self {
        if !self.unit.is_empty() && fold(title).contains(&fold(&self.unit)) {
            self.unit.clear();
        }
        self
    }

    /// Adds what reviewers say that a gap is: `?? empty → no data`.
    #[must_use]
    pub fn assigned(mut self, gap: Option<Gap>, becomes: &str) -> Self {
        if let Some(gap) = gap {
            self.tail = format!("{becomes} {}", gap.title());
        }
        self
    }

    /// The words in at most this many columns. The tail is kept if there is room for it and some of the head.
    pub fn within(&self, columns: usize, look: &Look) -> String {
        let head = look.words(&self.head);
        let unit = look.words(&self.unit);
        let tail = width(&self.tail);
        if !unit.is_empty() && width(&head) + 1 + width(&unit) <= columns {
            return format!("{head} {unit}");
        }
        if tail == 0 || columns < tail + 3 {
            return fit(&head, columns, look.glyphs.ellipsis).into_owned();
        }
        format!("{} {}", fit(&head, columns - tail - 1, look.glyphs.ellipsis), self.tail)
    }

    /// All parts.
    pub fn all(&self) -> String {
        let parts = [&self.head, &self.tail, &self.unit].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The words of a cell. `printed` gives its label and is called only for a text cell, and for a number
/// that is not kept exactly.
pub fn of_cell(scale: &Scale, cell: &Cell, printed: impl FnOnce() -> Raw<'static>) -> Words {
    match cell.state {
        Err(Gap::NotApplicable) => Words::new("n/a".to_owned(), Role::NotApplicable),
        Err(gap) => Words::new(format!("{GAP_SIGN} {}", gap.title()), Role::Gap),
        Ok(Value::Level(level)) if scale.kind == ScaleKind::Levels => {
            let tail = format!("{}/{}", u16::from(level) + 1, scale.levels.len());
            Words { tail, ..Words::new(self::level(scale, level), Role::Given) }
        }
        Ok(Value::Text) => Words::new(printed().line().into_string(), Role::Given),
        Ok(Value::Number(number)) if !label::is_exact(number) => {
            Words::new(printed().line().into_string(), Role::Given)
        }
        Ok(Value::Number(number)) if let ScaleKind::Number(about) = &scale.kind => {
            let unit = about.unit.as_ref().map_or_else(String::new, |unit| unit.line().into_string());
            Words { unit, ..Words::new(label::number(number, about.decimals), Role::Given) }
        }
        Ok(value) => Words::new(label::of_value(scale, value).line().into_string(), Role::Given),
    }
}

/// How a verdict is drawn.
pub const fn of_verdict(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Left(_) | Verdict::Right(_) => Role::Ahead,
        Verdict::Equal => Role::Faint,
        Verdict::Differ(_) => Role::Differ,
        Verdict::NotComparable(Reason::NotApplicable) => Role::NotApplicable,
        Verdict::NotComparable(
            Reason::LeftGap | Reason::RightGap | Reason::BothGaps | Reason::OtherScale,
        ) => Role::Gap,
        Verdict::NotComparable(_) => Role::Faint,
    }
}

/// The shortest words of a cell: `yes`, `3/5`, `16`; of a gap the letter of its reason, [`gap_letters`] says which.
pub fn shortest(scale: &Scale, cell: &Cell) -> String {
    match cell.state {
        Err(gap) => gap.glyph().to_owned(),
        Ok(Value::Level(level)) if scale.kind == ScaleKind::Levels => {
            format!("{}/{}", u16::from(level) + 1, scale.levels.len())
        }
        Ok(Value::Number(number)) => match &scale.kind {
            ScaleKind::Number(about) => label::number(number, about.decimals),
            _ => label::number(number, 0),
        },
        Ok(value) => label::of_value(scale, value).line().into_string(),
    }
}

/// What the letters of the gaps among some cells mean: `. empty  _ no card`. Empty without a gap.
pub fn gap_letters(cells: impl Iterator<Item = Cell>) -> String {
    let gaps: Vec<Gap> = cells.filter_map(|cell| cell.state.err()).collect();
    let is_seen = |gap: &Gap| gaps.contains(gap);
    let words = Gap::iter().filter(is_seen).map(|gap| format!("{} {}", gap.glyph(), gap.title()));
    words.collect::<Vec<_>>().join("  ")
}

/// The short label of a level, else its label.
pub fn level(scale: &Scale, level: u8) -> String {
    let known = scale.levels.get(usize::from(level));
    let words = known.map(|known| known.short.as_ref().unwrap_or(&known.label).line().into_string());
    words.unwrap_or_else(|| "?".to_owned())
}

/// Counts over some cells: how many are given and missing, how many of them are "yes" or bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub given: usize,
    pub missing: usize,
    pub not_applicable: usize,
    yes: usize,
    /// The number of given yes/no answers.
    answered: usize,
    bound: usize,
    /// The number of given treaty statuses.
    treaties: usize,
    /// Indicators that are not treaties, given or not. Missing cells count too, so that they do not decide whether a
    /// goal is summed up by "bound".
    others: usize,
}

impl Summary {
    pub fn of(framework: &Framework, cells: impl Iterator<Item = (IndicatorId, Cell)>) -> Self {
        let mut summary = Self::default();
        for (indicator, cell) in cells {
            summary.add(&framework.scale(indicator).kind, &cell);
        }
        summary
    }

    /// Adds a median between two levels: it is given, but neither "yes" nor bound, and no "no" either.
    pub fn add_between(&mut self, kind: &ScaleKind) {
        self.given += 1;
        self.others += usize::from(*kind != ScaleKind::Treaty);
    }

    fn add(&mut self, kind: &ScaleKind, cell: &Cell) {
        self.others += usize::from(*kind != ScaleKind::Treaty);
        match cell.state {
            Err(Gap::NotApplicable) => self.not_applicable += 1,
            Err(_) => self.missing += 1,
            Ok(value) => {
                self.given += 1;
                let best = value == Value::Level(2);
                match kind {
                    ScaleKind::YesNo => {
                        self.answered += 1;
                        self.yes += usize::from(best);
                    }
                    ScaleKind::Treaty => {
                        self.treaties += 1;
                        self.bound += usize::from(best);
                    }
                    _ => {}
                }
            }
        }
    }

    /// `7 of 9 yes`, `3 of 4 bound` or `9 of 10 given`. The second number is that of given cells; in the last form,
    /// of applicable ones.
    pub fn counts(&self) -> String {
        if self.answered > 0 {
            format!("{} of {} yes", self.yes, self.answered)
        } else if self.treaties > 0 && self.others == 0 {
            format!("{} of {} bound", self.bound, self.treaties)
        } else if self.given + self.missing > 0 {
            format!("{} of {} given", self.given, self.given + self.missing)
        } else if self.not_applicable > 0 {
            "not applicable".to_owned()
        } else {
            String::new()
        }
    }

    /// Like [`Summary::counts`], as short as possible: `7/9`.
    pub fn counts_short(&self) -> String {
        if self.answered > 0 {
            format!("{}/{}", self.yes, self.answered)
        } else if self.treaties > 0 && self.others == 0 {
            format!("{}/{}", self.bound, self.treaties)
        } else if self.given + self.missing > 0 {
            format!("{}/{}", self.given, self.given + self.missing)
        } else {
            "n/a".to_owned()
        }
    }

    /// `3 gaps`; empty if none is missing.
    pub fn gaps(&self) -> String {
        if self.missing == 0 { String::new() } else { count(self.missing, "gap", "gaps") }
    }
}

/// `1 gap`, `3 gaps`.
pub fn count(many: usize, one: &str, several: &str) -> String {
    format!("{many} {}", if many == 1 { one } else { several })
}

/// A source in words: title, date, page, address.
pub fn source(source: &Source) -> String {
    let page = source.page.as_ref().map(|page| format!("page {}", page.line()));
    let line = |raw: &Option<Raw<'static>>| raw.as_ref().map(|raw| raw.line().into_string());
    let parts = [line(&source.title), line(&source.date), page, line(&source.url)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::scale::{Level, NumberScale},
        tui::look::{Palette, UNICODE},
    };

    fn levels() -> Scale {
        let level =
            |label: &'static str| Level { id: label.into(), label: Raw::from_static(label), short: None };
        Scale::levels("s", ["none", "minimal", "moderate"].map(level).to_vec())
    }

    #[test]
    fn a_level_keeps_its_place_on_the_scale_when_its_name_is_cut() {
        let look = Look::new(Palette::Mono, &UNICODE);
        let words = of_cell(&levels(), &Cell::given(Value::Level(2)), Raw::default);
        assert_eq!(words.within(20, &look), "moderate 3/3");
        assert_eq!(words.within(8, &look), "mod… 3/3");
        assert_eq!(words.within(0, &look), "");
    }

    #[test]
    fn a_unit_that_the_title_says_is_not_said_again() {
        let look = Look::new(Palette::Mono, &UNICODE);
        let number = NumberScale { unit: Some(Raw::from_static("convictions")), ..NumberScale::default() };
        let words = of_cell(&Scale::number("n", number), &Cell::given(Value::Number(14.0)), Raw::default);
        assert_eq!(words.clone().under("Rulings").within(20, &look), "14 convictions");
        assert_eq!(words.clone().under("Convictions").within(20, &look), "14");
        assert_eq!(words.within(8, &look), "14");
    }

    #[test]
    fn a_gap_is_never_a_no() {
        for gap in [Gap::NoCard, Gap::Absent, Gap::NoData, Gap::Withheld] {
            let words = of_cell(&Scale::yes_no("y"), &Cell::gap(gap), Raw::default);
            assert_eq!(words.head, format!("?? {}", gap.title()));
        }
        let words = of_cell(&Scale::yes_no("y"), &Cell::gap(Gap::NotApplicable), Raw::default);
        assert_eq!((words.head.as_str(), words.role), ("n/a", Role::NotApplicable));
    }

    #[test]
    fn yes_is_counted_among_answers_only() {
        let mut summary = Summary::default();
        summary.add(&ScaleKind::YesNo, &Cell::given(Value::Level(2)));
        summary.add(&ScaleKind::YesNo, &Cell::given(Value::Level(0)));
        summary.add(&ScaleKind::YesNo, &Cell::gap(Gap::NoData));
        summary.add(&ScaleKind::YesNo, &Cell::gap(Gap::NotApplicable));
        assert_eq!((summary.counts(), summary.gaps()), ("1 of 2 yes".to_owned(), "1 gap".to_owned()));
    }
}
