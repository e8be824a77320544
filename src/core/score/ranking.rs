//! Competition ranks with ties, always within a group and an edition; a country without a rank has a reason.

use super::{LeftOut, Scoring, Why};
use crate::core::{
    cell::{Gap, Value},
    compare::{Verdict, verdict},
    counts::Counts,
    dataset::CountryId,
    framework::{GoalId, IndicatorId},
};

/// What countries are ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankedBy {
    #[default]
    Overall,
    Goal(GoalId),
    Indicator(IndicatorId),
}

/// One country with a rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// One more than the number of countries ahead.
    pub rank: u32,
    /// Whether another country has the same rank.
    pub tied: bool,
    pub country: CountryId,
    /// 0–100 for a goal and overall; `None` for an indicator.
    pub points: Option<f64>,
    /// The value of the indicator that countries are ranked by; `None` for a goal and overall.
    pub value: Option<Value>,
    pub coverage: Counts,
}

/// One country without a rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unranked {
    pub country: CountryId,
    pub why: Why,
    pub coverage: Counts,
}

/// The countries of a group, ranked where possible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    pub what: RankedBy,
    /// Best first; countries of the same rank by name.
    pub rows: Vec<Ranked>,
    /// By name.
    pub unranked: Vec<Unranked>,
}

/// Scores that differ by less are equal: they differ only by the rounding of sums.
pub(super) const SAME: f64 = 1e-9;

impl Ranking {
    /// Ranks the members of the group. Errors: why an indicator cannot rank anyone.
    pub fn of(scoring: &Scoring<'_>, what: RankedBy) -> Result<Self, LeftOut> {
        let mut ranking = match what {
            RankedBy::Indicator(indicator) => by_indicator(scoring, indicator)?,
            RankedBy::Goal(goal) => by_score(scoring, |country| scoring.goal(country, goal)),
            RankedBy::Overall => by_score(scoring, |country| scoring.overall(country)),
        };
        ranking.what = what;
        Ok(ranking)
    }

    pub fn row(&self, country: CountryId) -> Option<&Ranked> {
        self.rows.iter().find(|row| row.country == country)
    }

    /// How many countries have this rank.
    pub fn tied_at(&self, rank: u32) -> usize {
        self.rows.iter().filter(|row| row.rank == rank).count()
    }

    /// `4 tied`; `None` for a country that has its rank alone.
    pub fn tied_words(&self, row: &Ranked) -> Option<String> {
        row.tied.then(|| format!("{} tied", self.tied_at(row.rank)))
    }

    pub fn why_not(&self, country: CountryId) -> Option<&Unranked> {
        self.unranked.iter().find(|row| row.country == country)
    }
}

impl Ranked {
    /// `81.3`
    pub fn points_words(&self) -> String {
        crate::core::label::tenths(self.points.unwrap_or_default())
    }

    /// `3`, or `3=` for a tie.
    pub fn words(&self) -> String {
        format!("{}{}", self.rank, if self.tied { "=" } else { "" })
    }
}

fn by_score(scoring: &Scoring<'_>, score: impl Fn(CountryId) -> super::Score) -> Ranking {
    let mut ranking = Ranking::default();
    for &country in scoring.members() {
        let score = score(country);
        let coverage = score.coverage;
        match score.points {
            Ok(points) => ranking.rows.push(Ranked {
                rank: 0,
                tied: false,
                country,
                points: Some(points),
                value: None,
                coverage,
            }),
            Err(why) => ranking.unranked.push(Unranked { country, why, coverage }),
        }
    }
    let points = |row: &Ranked| row.points.unwrap_or_default();
    ranking.rows.sort_by(|a, b| points(b).total_cmp(&points(a)));
    let ranked = ranks(&mut ranking.rows, |a, b| (points(a) - points(b)).abs() < SAME);
    by_name_within_ranks(ranked);
    ranking
}

fn by_indicator(scoring: &Scoring<'_>, indicator: IndicatorId) -> Result<Ranking, LeftOut> {
    let scale = scoring.data.framework.scale(indicator);
    if !scale.is_ordered() {
        return Err(LeftOut::Unordered);
    }
    let mut ranking = Ranking::default();
    for &country in scoring.members() {
        let cell = scoring.data.cell(country, scoring.edition, indicator);
        let mut coverage = Counts::default();
        coverage.add(&cell);
        match cell.state {
            Ok(Value::Interval(_)) => {
                ranking.unranked.push(Unranked { country, why: Why::Bounds, coverage });
            }
            Ok(value) => ranking.rows.push(Ranked {
                rank: 0,
                tied: false,
                country,
                points: None,
                value: Some(value),
                coverage,
            }),
            Err(Gap::NotApplicable) => {
                ranking.unranked.push(Unranked { country, why: Why::NotApplicable, coverage });
            }
            Err(gap) => ranking.unranked.push(Unranked { country, why: Why::Gap(gap), coverage }),
        }
    }
    let cell = |row: &Ranked| scoring.data.cell(row.country, scoring.edition, indicator);
    let held = |a: &Ranked, b: &Ranked| verdict(scale, &cell(a), &cell(b), || true);
    ranking.rows.sort_by(|a, b| match held(a, b) {
        Verdict::Left(_) => std::cmp::Ordering::Less,
        Verdict::Right(_) => std::cmp::Ordering::Greater,
        _ => std::cmp::Ordering::Equal,
    });
    by_name_within_ranks(ranks(&mut ranking.rows, |a, b| held(a, b) == Verdict::Equal));
    Ok(ranking)
}

/// Gives ranks to rows that are sorted best first.
fn ranks(rows: &mut [Ranked], same: impl Fn(&Ranked, &Ranked) -> bool) -> &mut [Ranked] {
    let mut start = 0;
    while start < rows.len() {
        let first = rows[start];
        let many = rows[start..].iter().take_while(|row| same(&first, row)).count().max(1);
        for row in &mut rows[start..start + many] {
            row.rank = u32::try_from(start + 1).unwrap_or(u32::MAX);
            row.tied = many > 1;
        }
        start += many;
    }
    rows
}

/// Rounding must not decide the order of equal scores: within a rank, countries are in name order.
fn by_name_within_ranks(rows: &mut [Ranked]) {
    rows.sort_by_key(|row| (row.rank, row.country));
}
