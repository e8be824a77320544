//! How subjects differ, indicator by indicator; a gap never gets a verdict.

mod alike;
mod words;
mod years;

use super::{
    breaks,
    cell::{Cell, Gap, Value},
    counts::Counts,
    dataset::Dataset,
    framework::{Framework, GoalId, IndicatorId},
    interval::Interval,
    label,
    scale::{Better, Scale, ScaleKind},
    subject::{SideAnswer, Subject},
};

pub use self::{
    alike::{Likeness, likeness, share_subregion},
    words::{TimeSpan, VerdictNames},
    years::years_apart,
};

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Reason {
    LeftGap,
    RightGap,
    BothGaps,
    NotApplicable,
    OtherScale,
    /// Texts have no order, so a group has no median of them.
    NoMedian,
    /// A median of dates is shown, but no date is better than another.
    NoOrder,
    /// A level is one of the two middle ones of a median, or between them.
    Within,
    /// The middle two of two medians overlap, or the bounds of a number hold the other one.
    Overlap,
    /// Between the editions of the two the method or the scale changed.
    Break,
}

impl Reason {
    pub const fn id(self) -> &'static str {
        match self {
            Self::LeftGap => "left-gap",
            Self::RightGap => "right-gap",
            Self::BothGaps => "both-gaps",
            Self::NotApplicable => "not-applicable",
            Self::OtherScale => "other-scale",
            Self::NoMedian => "no-median",
            Self::NoOrder => "no-order",
            Self::Within => "within",
            Self::Overlap => "overlap",
            Self::Break => "break",
        }
    }
}

/// The result of comparing two cells. Distances are in levels, or in the unit of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Left(f64),
    Right(f64),
    Equal,
    /// Not equal, on a scale without order; for numbers with the distance.
    Differ(Option<f64>),
    NotComparable(Reason),
}

impl Verdict {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Left(_) => "left",
            Self::Right(_) => "right",
            Self::Equal => "equal",
            Self::Differ(_) => "differ",
            Self::NotComparable(_) => "not-comparable",
        }
    }

    /// The distance, to twelve digits: 97.1 − 91.2 is 5.9. `None` also if it is too large for a number.
    pub fn distance(self) -> Option<f64> {
        match self {
            Self::Left(by) | Self::Right(by) | Self::Differ(Some(by)) if by.is_finite() => {
                format!("{by:.11e}").parse().ok()
            }
            Self::Equal => Some(0.0),
            _ => None,
        }
    }

    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::NotComparable(reason) => Some(reason),
            _ => None,
        }
    }

    /// Whether the two values differ, in order or not.
    pub const fn is_difference(self) -> bool {
        matches!(self, Self::Left(_) | Self::Right(_) | Self::Differ(_))
    }

    /// The verdict with the sides exchanged.
    #[must_use]
    pub const fn swapped(self) -> Self {
        match self {
            Self::Left(by) => Self::Right(by),
            Self::Right(by) => Self::Left(by),
            Self::NotComparable(Reason::LeftGap) => Self::NotComparable(Reason::RightGap),
            Self::NotComparable(Reason::RightGap) => Self::NotComparable(Reason::LeftGap),
            other => other,
        }
    }
}

/// Compares two cells of one scale. `same_text` is called only for two given text cells.
pub fn verdict(scale: &Scale, left: &Cell, right: &Cell, same_text: impl FnOnce() -> bool) -> Verdict {
    let (l, r) = match (left.state, right.state) {
        (Err(Gap::NotApplicable), _) | (_, Err(Gap::NotApplicable)) => {
            return Verdict::NotComparable(Reason::NotApplicable);
        }
        (Err(_), Err(_)) => return Verdict::NotComparable(Reason::BothGaps),
        (Err(_), Ok(_)) => return Verdict::NotComparable(Reason::LeftGap),
        (Ok(_), Err(_)) => return Verdict::NotComparable(Reason::RightGap),
        (Ok(l), Ok(r)) => (l, r),
    };
    match (l, r) {
        (Value::Level(l), Value::Level(r)) if scale.kind == ScaleKind::Categories => {
            if l == r {
                Verdict::Equal
            } else {
                Verdict::Differ(None)
            }
        }
        (Value::Level(l), Value::Level(r)) => ahead(f64::from(l), f64::from(r), Better::Higher),
        (Value::Number(l), Value::Number(r)) => {
            let ScaleKind::Number(about) = &scale.kind else { return ahead(l, r, Better::Neither) };
            ahead(l, r, about.better)
        }
        (Value::Number(_) | Value::Interval(_), Value::Number(_) | Value::Interval(_)) => {
            let better =
                if let ScaleKind::Number(about) = &scale.kind { about.better } else { Better::Neither };
            apart(bounds(l), bounds(r), better)
        }
        (Value::Date(l), Value::Date(r)) if l == r => Verdict::Equal,
        (Value::Text, Value::Text) if same_text() => Verdict::Equal,
        (Value::Date(_), Value::Date(_)) | (Value::Text, Value::Text) => Verdict::Differ(None),
        _ => Verdict::NotComparable(Reason::OtherScale),
    }
}

/// Compares two answers of one scale. Against a median between two levels only what is outside both is ahead or behind.
fn verdict_of(
    scale: &Scale,
    left: &SideAnswer,
    right: &SideAnswer,
    same_text: impl FnOnce() -> bool,
) -> Verdict {
    let (Some(l), Some(r)) = (levels(left), levels(right)) else {
        return verdict(scale, &left.cell, &right.cell, same_text);
    };
    match (left.upper.is_some(), right.upper.is_some()) {
        (false, false) => verdict(scale, &left.cell, &right.cell, same_text),
        _ if l.0 > r.1 => Verdict::Left(f64::from(l.0 - r.1)),
        _ if r.0 > l.1 => Verdict::Right(f64::from(r.0 - l.1)),
        (true, true) => Verdict::NotComparable(Reason::Overlap),
        _ => Verdict::NotComparable(Reason::Within),
    }
}

/// The lower and the upper level.
const fn levels(answer: &SideAnswer) -> Option<(u8, u8)> {
    match (answer.cell.state, answer.upper) {
        (Ok(Value::Level(lower)), Some(Value::Level(upper))) => Some((lower, upper)),
        (Ok(Value::Level(level)), None) => Some((level, level)),
        _ => None,
    }
}

/// The lowest and the highest number that a value may be.
const fn bounds(value: Value) -> (f64, f64) {
    match value {
        Value::Number(number) => (number, number),
        Value::Interval(Interval { low, high, .. }) => (low, high),
        Value::Level(_) | Value::Date(_) | Value::Text => (f64::NEG_INFINITY, f64::INFINITY),
    }
}

/// Compares two intervals. The distance is the least that there can be between them.
fn apart(left: (f64, f64), right: (f64, f64), better: Better) -> Verdict {
    if left.0 > right.1 {
        ahead(left.0, right.1, better)
    } else if right.0 > left.1 {
        ahead(left.1, right.0, better)
    } else {
        Verdict::NotComparable(Reason::Overlap)
    }
}

fn ahead(left: f64, right: f64, better: Better) -> Verdict {
    let apart = label::distance(left, right);
    match (left.total_cmp(&right), better) {
        _ if apart == 0.0 => Verdict::Equal,
        (_, Better::Neither) => Verdict::Differ(Some(apart)),
        (std::cmp::Ordering::Greater, Better::Higher) | (std::cmp::Ordering::Less, Better::Lower) => {
            Verdict::Left(apart)
        }
        _ => Verdict::Right(apart),
    }
}

/// One indicator of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow {
    pub indicator: IndicatorId,
    /// One cell per subject; of a median between two levels or dates the lower one.
    pub cells: Vec<Cell>,
    /// Per subject, the upper of the two middle levels or dates of a median, if they differ.
    pub uppers: Vec<Option<Value>>,
    /// The first subject against the second. With more than two subjects, use `leaders`.
    pub verdict: Verdict,
    /// With more than two subjects: the positions of those with the best given value on an ordered scale; empty if
    /// all are equal.
    pub leaders: Vec<usize>,
}

impl ComparisonRow {
    pub fn has_gap(&self) -> bool {
        self.cells.iter().any(Cell::is_missing)
    }

    /// Whether any two given cells differ.
    pub fn has_difference(&self) -> bool {
        if self.cells.len() == 2 {
            return self.verdict.is_difference();
        }
        let answers = self.cells.iter().zip(&self.uppers);
        let mut given = answers.filter_map(|(cell, upper)| Some((cell.state.ok()?, upper)));
        given.next().is_some_and(|first| given.any(|other| other != first || first.0 == Value::Text))
    }
}

/// How many indicators came out which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Tallies {
    pub left: u32,
    pub right: u32,
    pub equal: u32,
    pub differ: u32,
    pub not_comparable: u32,
}

impl Tallies {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Left(_) => self.left += 1,
            Verdict::Right(_) => self.right += 1,
            Verdict::Equal => self.equal += 1,
            Verdict::Differ(_) => self.differ += 1,
            Verdict::NotComparable(_) => self.not_comparable += 1,
        }
    }
}

/// Subjects side by side over every indicator of the framework, goal by goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub subjects: Vec<Subject>,
    pub rows: Vec<ComparisonRow>,
    /// The first subject against the second.
    pub tallies: Tallies,
    pub by_goal: Vec<(GoalId, Tallies)>,
    /// The counts of each subject over each goal: `coverage[goal][subject]`.
    pub coverage: Vec<Vec<Counts>>,
}

/// Compares two or more subjects.
pub fn compare(data: &Dataset, subjects: Vec<Subject>) -> Comparison {
    let subjects = over_the_same(data, subjects);
    let framework = &data.framework;
    let rows: Vec<ComparisonRow> =
        framework.indicator_ids().map(|indicator| row(data, &subjects, indicator)).collect();
    let mut tallies = Tallies::default();
    let mut by_goal: Vec<(GoalId, Tallies)> =
        framework.goal_ids().map(|goal| (goal, Tallies::default())).collect();
    let mut coverage = vec![vec![Counts::default(); subjects.len()]; by_goal.len()];
    for row in &rows {
        let goal = framework.indicator(row.indicator).goal.index();
        tallies.count(row.verdict);
        by_goal[goal].1.count(row.verdict);
        for (counts, cell) in coverage[goal].iter_mut().zip(&row.cells) {
            counts.add(cell);
        }
    }
    Comparison { subjects, rows, tallies, by_goal, coverage }
}

/// A group in two editions is compared over the members that are given in both, so that none improves because another
/// country answered.
fn over_the_same(data: &Dataset, mut subjects: Vec<Subject>) -> Vec<Subject> {
    let is_in_time = TimeSpan::of(&subjects).is_some();
    let labels: Vec<Box<str>> =
        subjects.iter().map(|subject| data.edition(subject.edition()).label.clone()).collect();
    for (at, subject) in subjects.iter_mut().enumerate() {
        if let Subject::Group(group, _) = subject {
            group.given_also_in = if is_in_time { labels.get(1 - at.min(1)).cloned() } else { None };
        }
    }
    subjects
}

/// Whether medians are over the members given in both editions.
pub fn is_over_the_same(subjects: &[Subject]) -> bool {
    subjects
        .iter()
        .any(|subject| matches!(subject, Subject::Group(group, _) if group.given_also_in.is_some()))
}

fn row(data: &Dataset, subjects: &[Subject], indicator: IndicatorId) -> ComparisonRow {
    let answers: Vec<SideAnswer> = subjects.iter().map(|subject| subject.answer(data, indicator)).collect();
    let scale = data.framework.scale(indicator);
    let verdict = match (&answers[..], subjects) {
        ([left, right, ..], [a, b, ..]) => {
            let verdict =
                verdict_of(scale, left, right, || a.label(data, indicator) == b.label(data, indicator));
            match (&scale.kind, verdict) {
                (ScaleKind::Categories, Verdict::NotComparable(Reason::OtherScale))
                    if has_median(subjects) =>
                {
                    Verdict::NotComparable(Reason::NoMedian)
                }
                (_, Verdict::NotComparable(_)) => verdict,
                _ if is_across_break(data, indicator, a, b) => Verdict::NotComparable(Reason::Break),
                (ScaleKind::Text | ScaleKind::Categories, _) if has_median(subjects) => {
                    Verdict::NotComparable(Reason::NoMedian)
                }
                (ScaleKind::Date, _) if has_median(subjects) => Verdict::NotComparable(Reason::NoOrder),
                _ => verdict,
            }
        }
        _ => Verdict::NotComparable(Reason::BothGaps),
    };
    let first = subjects.first();
    let is_broken = first
        .is_some_and(|first| subjects.iter().any(|other| is_across_break(data, indicator, first, other)));
    let leaders = if answers.len() > 2 && !is_broken { leaders(scale, &answers) } else { vec![] };
    let cells = answers.iter().map(|answer| answer.cell).collect();
    let uppers = answers.iter().map(|answer| answer.upper).collect();
    ComparisonRow { indicator, cells, uppers, verdict, leaders }
}

/// Whether a break in series lies between two subjects: one that the framework declares, or one that a cell of the one
/// country is marked with.
fn is_across_break(data: &Dataset, indicator: IndicatorId, one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Country(country, from), Subject::Country(again, to)) if country == again => {
            breaks::of_country(data, *country, indicator, *from, *to)
        }
        _ => breaks::is_declared(data, indicator, one.edition(), other.edition()),
    }
}

fn has_median(subjects: &[Subject]) -> bool {
    subjects.iter().take(2).any(|subject| matches!(subject, Subject::Group(..)))
}

/// The positions of those that are as good as any other or better; none if that is everyone. A median between two levels
/// is as good as its lower level.
fn leaders(scale: &Scale, answers: &[SideAnswer]) -> Vec<usize> {
    if !scale.is_ordered() {
        return vec![];
    }
    let given: Vec<&SideAnswer> = answers.iter().filter(|answer| answer.cell.is_given()).collect();
    let is_as_good = |one: &SideAnswer, other: &SideAnswer| match verdict_of(scale, one, other, || true) {
        Verdict::Left(_) | Verdict::Equal => true,
        Verdict::NotComparable(_) => {
            levels(one).zip(levels(other)).is_some_and(|(one, other)| one.0 >= other.1)
        }
        Verdict::Right(_) | Verdict::Differ(_) => false,
    };
    let leads = |answer: &SideAnswer| {
        answer.cell.is_given()
            && given.iter().all(|other| std::ptr::eq(*other, answer) || is_as_good(answer, other))
    };
    let lead: Vec<usize> = (0..answers.len()).filter(|at| leads(&answers[*at])).collect();
    if lead.len() < given.len() { lead } else { vec![] }
}

/// Whether one answer to the indicator can be ahead of another.
pub fn is_ordered(framework: &Framework, indicator: IndicatorId) -> bool {
    framework.scale(indicator).is_ordered()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{cell::Marks, scale::NumberScale};

    fn number(better: Better) -> Scale {
        Scale::number("n", NumberScale { better, ..NumberScale::default() })
    }

    fn given(value: f64) -> Cell {
        Cell { state: Ok(Value::Number(value)), marks: Marks::empty() }
    }

    #[test]
    fn lower_is_ahead_when_lower_is_better() {
        let scale = number(Better::Lower);
        assert_eq!(verdict(&scale, &given(1.0), &given(3.0), || true), Verdict::Left(2.0));
        assert_eq!(
            verdict(&number(Better::Neither), &given(1.0), &given(3.0), || true),
            Verdict::Differ(Some(2.0))
        );
    }

    /// Only MLT answers in 2012 alone: what it says changes nothing about the two medians.
    #[test]
    fn a_group_in_two_editions_is_compared_over_the_members_given_in_both() {
        for only_then in ["1", "900", "null"] {
            let card = |code: &str, edition: u16, value: &str| {
                format!(r#"{{"country":"{code}","edition":"{edition}","assessments":{{"a":{value}}}}}"#)
            };
            let cards = [
                card("IRL", 2010, "10"),
                card("IRL", 2012, "12"),
                card("SWE", 2010, "20"),
                card("SWE", 2012, "22"),
                card("MLT", 2012, only_then),
            ];
            let text = format!(
                r#"{{"framework":{{"id":"f","scales":{{"n":{{"kind":"number","better":"higher"}}}},
                  "goals":[{{"id":"g","indicators":[{{"id":"a","scale":"n"}}]}}]}},"cards":[{}]}}"#,
                cards.join(",")
            );
            let data = crate::core::read::from_texts("d", &[("x.json", &text)]);
            let side = |text: &str| Subject::parse(&data, text, None).unwrap();
            let both = ["group:all@2010", "group:all@2012"].map(side).to_vec();
            let comparison = compare(&data, both);
            let values: Vec<_> = comparison.rows[0].cells.iter().map(|cell| cell.state).collect();
            assert_eq!(values, [Ok(Value::Number(15.0)), Ok(Value::Number(17.0))], "{only_then}");
            assert_eq!(comparison.rows[0].verdict, Verdict::Right(2.0));
            assert!(is_over_the_same(&comparison.subjects));
            // Beside another subject the group is whole again.
            let other = compare(&data, vec![comparison.subjects[1].clone(), side("IRL@2012")]);
            assert!(!is_over_the_same(&other.subjects));
        }
    }

    #[test]
    fn a_gap_never_loses() {
        let scale = number(Better::Higher);
        let gap = Cell::gap(Gap::NoData);
        assert_eq!(verdict(&scale, &gap, &given(3.0), || true), Verdict::NotComparable(Reason::LeftGap));
        assert_eq!(verdict(&scale, &gap, &gap, || true), Verdict::NotComparable(Reason::BothGaps));
        let not_applicable = Cell::gap(Gap::NotApplicable);
        assert_eq!(
            verdict(&scale, &not_applicable, &gap, || true),
            Verdict::NotComparable(Reason::NotApplicable)
        );
    }

    #[test]
    fn only_what_is_outside_the_middle_two_is_ahead_or_behind() {
        let scale = Scale::yes_no("y");
        let level = |level: u8| Cell { state: Ok(Value::Level(level)), marks: Marks::empty() };
        let point = |at: u8| SideAnswer { cell: level(at), upper: None };
        let between = |low: u8, high: u8| SideAnswer { cell: level(low), upper: Some(Value::Level(high)) };
        let of = |left: SideAnswer, right: SideAnswer| verdict_of(&scale, &left, &right, || true);
        let within = Verdict::NotComparable(Reason::Within);
        assert_eq!(of(point(2), between(0, 1)), Verdict::Left(1.0));
        assert_eq!(of(point(0), between(1, 2)), Verdict::Right(1.0));
        for at in [0, 1, 2] {
            assert_eq!(of(point(at), between(0, 2)), within);
            assert_eq!(of(between(0, 2), point(at)), within);
        }
        assert_eq!(of(between(0, 1), between(1, 2)), Verdict::NotComparable(Reason::Overlap));
        assert_eq!(leaders(&scale, &[point(0), between(1, 2), point(2)]), [2]);
    }

    #[test]
    fn an_interval_is_ahead_only_where_it_does_not_overlap() {
        let below = Cell::given(Value::Interval(Interval::beyond(5.0, false, true)));
        let range = Cell::given(Value::Interval(Interval::between(Some(3.0), Some(4.0)).unwrap()));
        let of = |left: &Cell, right: &Cell, better| verdict(&number(better), left, right, || true);
        let overlap = Verdict::NotComparable(Reason::Overlap);
        assert_eq!(of(&below, &given(5.0), Better::Higher), overlap);
        assert_eq!(of(&below, &below, Better::Higher), overlap);
        assert_eq!(of(&range, &given(3.0), Better::Lower), overlap);
        assert_eq!(of(&below, &given(6.0), Better::Higher), Verdict::Right(1.0));
        assert_eq!(of(&below, &given(6.0), Better::Lower), Verdict::Left(1.0));
        assert_eq!(of(&range, &given(6.0), Better::Neither), Verdict::Differ(Some(2.0)));
    }

    #[test]
    fn swapping_the_sides_swaps_the_verdict() {
        let scale = number(Better::Higher);
        let cells = [given(1.0), given(2.0), Cell::gap(Gap::Absent), Cell::gap(Gap::NotApplicable)];
        for a in &cells {
            for b in &cells {
                assert_eq!(verdict(&scale, a, b, || true), verdict(&scale, b, a, || true).swapped());
            }
        }
    }
}
