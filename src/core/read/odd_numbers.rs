//! Numbers of all cards together: those that look like signs of missing values, and scales that seem to change.

use std::collections::BTreeMap;

use super::number_glance::Glance;
use crate::{
    core::{
        cell::Marks,
        detail::Batch,
        framework::{Framework, IndicatorId},
        json::Places,
        label,
        period::Period,
        problem::Problem,
        scale::ScaleKind,
        severity::Severity,
        suspects::suspects,
    },
    text::{excerpt, safe_line},
};

/// A number that looks like a sign of a missing value.
pub(super) const LOOKS_MISSING: &str = "looks-missing";

/// A number with its place: batch, row.
type PlacedNumber = (f64, (u32, u32));

/// Marks the numbers that look like signs of missing values, and tells them and scales that seem to change. `cards` are
/// the batch and row of each card that is shown.
pub(super) fn tell(batches: &mut [Batch], cards: &[(u32, u32)], framework: &Framework) -> Vec<Problem> {
    let numbers = doubtful(batches, cards, framework);
    let mut problems = vec![];
    for (id, Doubtful { signs, is_rescaled, numbers }) in numbers {
        let ScaleKind::Number(about) = &framework.scale(id).kind else { continue };
        let answers: Vec<f64> = numbers.iter().map(|(number, _)| *number).filter(|_| signs).collect();
        let expected = |value: f64| value != 0.0 && about.min.is_some() && about.max.is_some();
        for value in suspects(&answers).into_iter().filter(|value| !expected(*value)) {
            let same: Vec<(usize, usize)> = numbers
                .iter()
                .filter(|(number, _)| number.total_cmp(&value).is_eq())
                .map(|(_, (batch, row))| (*batch as usize, *row as usize))
                .collect();
            problems.extend(sentinel(batches, framework, id, value, &same));
            for (batch, row) in same {
                batches[batch].columns.mark(row, id.index(), Marks::LOOKS_MISSING);
            }
        }
        if is_rescaled {
            problems.extend(rescaled(batches, framework, id, &numbers));
        }
    }
    problems
}

/// The numbers of an indicator that needs a second look, and for what.
struct Doubtful {
    signs: bool,
    is_rescaled: bool,
    numbers: Vec<PlacedNumber>,
}

/// The numbers of the indicators that need a second look, after a glance at all.
fn doubtful(batches: &[Batch], cards: &[(u32, u32)], framework: &Framework) -> Vec<(IndicatorId, Doubtful)> {
    // Of each row, its edition and country; countries in the order of the rows.
    let mut shown: Vec<Vec<Option<(u32, u32)>>> =
        batches.iter().map(|batch| vec![None; batch.columns.cards.len()]).collect();
    let mut editions: BTreeMap<(Period, &str), u32> = BTreeMap::new();
    let mut countries: BTreeMap<&str, u32> = BTreeMap::new();
    let row = |(batch, row): (u32, u32)| &batches[batch as usize].columns.cards[row as usize];
    for card in cards {
        editions.insert((row(*card).edition, &row(*card).edition_label), 0);
    }
    editions.values_mut().zip(0..).for_each(|(at, nth)| *at = nth);
    for card in cards {
        let nth = u32::try_from(countries.len()).unwrap_or(u32::MAX);
        let country = *countries.entry(&row(*card).country).or_insert(nth);
        let edition = editions[&(row(*card).edition, &*row(*card).edition_label)];
        shown[card.0 as usize][card.1 as usize] = Some((edition, country));
    }
    let mut glances: Vec<Glance> = vec![Glance::default(); framework.indicators.len()];
    for (batch, shown) in batches.iter().zip(&shown) {
        batch.columns.each_number(&mut |row, column, number| {
            if let Some((edition, country)) = shown[row] {
                glances[column].see(edition, country, number);
            }
        });
    }
    let wanted = glances.iter_mut().zip(framework.indicator_ids()).map(|(glance, id)| {
        let is_rescaled = framework.indicator(id).comparable_from.is_none()
            && editions.len() > 1
            && glance.may_be_rescaled(FACTORS.1);
        (glance.may_have_signs(), is_rescaled)
    });
    let wanted: Vec<(bool, bool)> = wanted.collect();
    let mut numbers: Vec<Vec<PlacedNumber>> = vec![vec![]; wanted.len()];
    for ((at, batch), shown) in (0..).zip(batches).zip(&shown) {
        batch.columns.each_number(&mut |row, column, number| {
            if wanted[column] != (false, false) && shown[row].is_some() {
                numbers[column].push((number, (at, u32::try_from(row).unwrap_or(u32::MAX))));
            }
        });
    }
    let all = numbers.into_iter().zip(wanted).zip(framework.indicator_ids());
    all.filter(|((numbers, _), _)| !numbers.is_empty())
        .map(|((numbers, (signs, is_rescaled)), id)| (id, Doubtful { signs, is_rescaled, numbers }))
        .collect()
}

/// By how much the number of the typical country changes, and that of each, where a scale does.
const FACTORS: (f64, f64) = (5.0, 3.0);

fn sentinel(
    batches: &[Batch],
    framework: &Framework,
    id: IndicatorId,
    value: f64,
    places: &[(usize, usize)],
) -> Option<Problem> {
    let (batch, row) = *places.first()?;
    let batch = &batches[batch];
    let (number, many) = (label::number(value, 0), places.len());
    let cells = if many == 1 { "1 cell".to_owned() } else { format!("{many} cells") };
    let words = format!(
        "{number} in {cells} of {} looks like a sign of a missing value; it counts as the number {number}",
        excerpt(&framework.indicator(id).id, 60)
    );
    let hint = if framework.inferred {
        "if it is one, write null or { \"gap\": \"no-data\" }".to_owned()
    } else {
        format!(
            "if it is one, say so in the framework or the scale: \"missing\": {{ \"{number}\": \"no-data\" }}"
        )
    };
    let at = batch.columns.place(row, id.index())?;
    let named = batch.cards();
    let problem = Problem {
        file: Some(named.name.clone()),
        place: Some(named.place(&Places::new(&named.text), at)),
        found: Some(safe_line(&number)),
        ..Problem::new(LOOKS_MISSING, Severity::Warning, safe_line(&words))
    };
    Some(problem.with_hint(safe_line(&hint)))
}

/// Tells an indicator whose numbers all become several times as large, or as small, from one edition to the next.
fn rescaled(
    batches: &[Batch],
    framework: &Framework,
    id: IndicatorId,
    numbers: &[PlacedNumber],
) -> Option<Problem> {
    const FEWEST: usize = 3;
    if numbers.len() < 2 * FEWEST {
        return None;
    }
    let mut editions: BTreeMap<(Period, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    for (number, (batch, row)) in numbers {
        let card = &batches[*batch as usize].columns.cards[*row as usize];
        editions.entry((card.edition, &card.edition_label)).or_default().insert(&card.country, *number);
    }
    let mut steps = editions.iter().zip(editions.iter().skip(1));
    let is_jump = |before: &BTreeMap<&str, f64>, after: &BTreeMap<&str, f64>| {
        let both = before.iter().filter_map(|(country, was)| Some((*was, *after.get(country)?)));
        // Nothing is a multiple of nothing.
        let mut factors: Vec<f64> =
            both.map(|(was, is)| is / was).filter(|factor| factor.is_finite()).collect();
        factors.sort_by(f64::total_cmp);
        let typical = factors.get(factors.len() / 2).copied().unwrap_or(1.0);
        let is_up = typical >= FACTORS.0 && factors.iter().all(|factor| *factor >= FACTORS.1);
        let is_down = typical <= 1.0 / FACTORS.0
            && factors.iter().all(|factor| (0.0..=1.0 / FACTORS.1).contains(factor));
        (factors.len() >= FEWEST && (is_up || is_down)).then_some(typical)
    };
    let (from, to, factor) =
        steps.find_map(|((from, before), (to, after))| Some((from, to, is_jump(before, after)?)))?;
    let words = format!(
        "all numbers of {} change by about the same factor ({}) from {} to {}: is it another scale?",
        excerpt(&framework.indicator(id).id, 60),
        label::tenths(factor),
        excerpt(from.1, 20),
        excerpt(to.1, 20)
    );
    let hint = format!(
        "if it is, say so of the indicator in the framework: \"comparable_from\": \"{}\"",
        to.0.first
    );
    let problem = Problem::new("rescaled", Severity::Warning, safe_line(&words));
    Some(problem.with_hint(safe_line(&hint)))
}
