//! What changed between two editions, cell by cell; a cell that appears or disappears is neither better nor worse.

use super::{
    breaks,
    cell::Cell,
    compare::{Reason, Verdict, verdict},
    counts::Counts,
    dataset::{CountryId, Dataset, EditionId},
    framework::{GoalId, IndicatorId},
};

/// How a cell of the newer edition stands to the same cell of the older one. Distances are in levels, or in the unit
/// of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    Improved(f64),
    Worsened(f64),
    Equal,
    /// Another value, neither of them better; the distance if the values are numbers.
    Differs(Option<f64>),
    /// A gap in the older edition, given in the newer.
    Appeared,
    /// Given in the older edition, a gap in the newer.
    Disappeared,
    NotComparable(Reason),
}

impl Change {
    fn of(before_against_after: Verdict) -> Self {
        match before_against_after {
            Verdict::Left(by) => Self::Worsened(by),
            Verdict::Right(by) => Self::Improved(by),
            Verdict::Equal => Self::Equal,
            Verdict::Differ(by) => Self::Differs(by),
            Verdict::NotComparable(Reason::LeftGap) => Self::Appeared,
            Verdict::NotComparable(Reason::RightGap) => Self::Disappeared,
            Verdict::NotComparable(reason) => Self::NotComparable(reason),
        }
    }

    pub const fn kind(self) -> ChangeKind {
        match self {
            Self::Improved(_) => ChangeKind::Improved,
            Self::Worsened(_) => ChangeKind::Worsened,
            Self::Equal => ChangeKind::Equal,
            Self::Differs(_) => ChangeKind::Differs,
            Self::Appeared => ChangeKind::Appeared,
            Self::Disappeared => ChangeKind::Disappeared,
            Self::NotComparable(_) => ChangeKind::NotComparable,
        }
    }

    pub const fn distance(self) -> Option<f64> {
        match self {
            Self::Improved(by) | Self::Worsened(by) => Some(by),
            Self::Differs(by) => by,
            Self::Equal => Some(0.0),
            Self::Appeared | Self::Disappeared | Self::NotComparable(_) => None,
        }
    }
}

/// The kinds of change, without their distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum ChangeKind {
    Improved,
    Worsened,
    Differs,
    Appeared,
    Disappeared,
    Equal,
    NotComparable,
}

impl ChangeKind {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worsened => "worsened",
            Self::Equal => "equal",
            Self::Differs => "differs",
            Self::Appeared => "appeared",
            Self::Disappeared => "disappeared",
            Self::NotComparable => "not-comparable",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Equal => "the same",
            Self::NotComparable => "not comparable",
            _ => self.id(),
        }
    }

    /// Whether the cell differs between the two editions.
    pub const fn is_change(self) -> bool {
        !matches!(self, Self::Equal | Self::NotComparable)
    }
}

/// How many cells changed which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Moves {
    pub improved: u32,
    pub worsened: u32,
    pub differs: u32,
    pub appeared: u32,
    pub disappeared: u32,
    pub equal: u32,
    pub not_comparable: u32,
}

impl Moves {
    pub fn add(&mut self, change: Change) {
        *match change.kind() {
            ChangeKind::Improved => &mut self.improved,
            ChangeKind::Worsened => &mut self.worsened,
            ChangeKind::Equal => &mut self.equal,
            ChangeKind::Differs => &mut self.differs,
            ChangeKind::Appeared => &mut self.appeared,
            ChangeKind::Disappeared => &mut self.disappeared,
            ChangeKind::NotComparable => &mut self.not_comparable,
        } += 1;
    }

    pub const fn of(&self, kind: ChangeKind) -> u32 {
        match kind {
            ChangeKind::Improved => self.improved,
            ChangeKind::Worsened => self.worsened,
            ChangeKind::Equal => self.equal,
            ChangeKind::Differs => self.differs,
            ChangeKind::Appeared => self.appeared,
            ChangeKind::Disappeared => self.disappeared,
            ChangeKind::NotComparable => self.not_comparable,
        }
    }

    /// Cells given in both editions: the denominator of the shares that improved or worsened.
    pub const fn comparable(&self) -> u32 {
        self.improved + self.worsened + self.equal + self.differs
    }

    /// All cells, changed or not.
    pub const fn all(&self) -> u32 {
        self.comparable() + self.appeared + self.disappeared + self.not_comparable
    }

    /// Cells that differ from the older edition.
    pub const fn changed(&self) -> u32 {
        self.improved + self.worsened + self.differs + self.appeared + self.disappeared
    }
}

/// One cell in both editions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeRow {
    pub country: CountryId,
    pub indicator: IndicatorId,
    pub before: Cell,
    pub after: Cell,
    pub change: Change,
}

/// Two editions of the same countries.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    pub from: EditionId,
    pub to: EditionId,
    /// Country by country, in the order of the indicators.
    pub rows: Vec<ChangeRow>,
    pub by_country: Vec<(CountryId, Moves)>,
    pub by_indicator: Vec<(IndicatorId, Moves)>,
    pub by_goal: Vec<(GoalId, Moves)>,
    pub all: Moves,
    /// Counts over all cells in the older edition, and in the newer.
    pub before: Counts,
    pub after: Counts,
}

impl Changes {
    /// Every indicator of these countries.
    pub fn between(data: &Dataset, members: &[CountryId], from: EditionId, to: EditionId) -> Self {
        let all: Vec<IndicatorId> = data.framework.indicator_ids().collect();
        Self::of(data, members, &all, from, to)
    }

    /// These indicators of these countries.
    pub fn of(
        data: &Dataset,
        members: &[CountryId],
        indicators: &[IndicatorId],
        from: EditionId,
        to: EditionId,
    ) -> Self {
        let framework = &data.framework;
        let goals = framework.goal_ids();
        let goals = goals.filter(|goal| indicators.iter().any(|id| framework.indicator(*id).goal == *goal));
        let mut changes = Self {
            from,
            to,
            rows: Vec::with_capacity(members.len() * indicators.len()),
            by_country: vec![],
            by_indicator: indicators.iter().map(|id| (*id, Moves::default())).collect(),
            by_goal: goals.map(|id| (id, Moves::default())).collect(),
            all: Moves::default(),
            before: Counts::default(),
            after: Counts::default(),
        };
        for &country in members {
            let mut moves = Moves::default();
            for (at, &indicator) in indicators.iter().enumerate() {
                let row = row(data, country, indicator, from, to);
                moves.add(row.change);
                changes.all.add(row.change);
                changes.by_indicator[at].1.add(row.change);
                let goal = framework.indicator(indicator).goal;
                if let Some((_, moves)) = changes.by_goal.iter_mut().find(|(id, _)| *id == goal) {
                    moves.add(row.change);
                }
                changes.before.add(&row.before);
                changes.after.add(&row.after);
                changes.rows.push(row);
            }
            changes.by_country.push((country, moves));
        }
        changes
    }
}

/// One cell in two editions.
pub fn row(
    data: &Dataset,
    country: CountryId,
    indicator: IndicatorId,
    from: EditionId,
    to: EditionId,
) -> ChangeRow {
    let (before, after) = (data.cell(country, from, indicator), data.cell(country, to, indicator));
    let same = || data.label(country, from, indicator) == data.label(country, to, indicator);
    let verdict = match verdict(data.framework.scale(indicator), &before, &after, same) {
        verdict @ Verdict::NotComparable(_) => verdict,
        _ if breaks::of_country(data, country, indicator, from, to) => Verdict::NotComparable(Reason::Break),
        verdict => verdict,
    };
    let change = Change::of(verdict);
    ChangeRow { country, indicator, before, after, change }
}

/// How one country's card changed between two editions.
pub fn of_country(data: &Dataset, country: CountryId, from: EditionId, to: EditionId) -> Moves {
    let mut moves = Moves::default();
    for indicator in data.framework.indicator_ids() {
        moves.add(row(data, country, indicator, from, to).change);
    }
    moves
}

#[cfg(test)]
mod tests;
