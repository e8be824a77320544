//! Numbers of all cards together: those that look like signs of missing values, and scales that seem to change.

use std::collections::BTreeMap;

use crate::{
    core::{
        cell::Marks,
        detail::Batch,
        framework::{Framework, IndicatorId},
        json::Places,
        label,
        period::Period,
        problem::{FilePlace, Problem},
        scale::ScaleKind,
        severity::Severity,
        suspects::suspects,
    },
    text::{excerpt, safe_line},
};

/// A number that looks like a sign of a missing value.
pub(super) const LOOKS_MISSING: &str = "looks-missing";

/// A number with its place: batch, row, column.
type PlacedNumber = (f64, (usize, usize));

/// Marks the numbers that look like signs of missing values, and tells them and scales that seem to change. `cards` are
/// the batch and row of each card that is shown.
pub(super) fn tell(batches: &mut [Batch], cards: &[(u32, u32)], framework: &Framework) -> Vec<Problem> {
    let mut is_shown: Vec<Vec<bool>> =
        batches.iter().map(|batch| vec![false; batch.columns.cards.len()]).collect();
    for (batch, row) in cards {
        is_shown[*batch as usize][*row as usize] = true;
    }
    let mut numbers: Vec<Vec<PlacedNumber>> = vec![vec![]; framework.indicators.len()];
    for (at, batch) in batches.iter().enumerate() {
        batch.columns.each_number(&mut |row, column, number| {
            if is_shown[at][row] {
                numbers[column].push((number, (at, row)));
            }
        });
    }
    let mut problems = vec![];
    for (numbers, id) in numbers.iter().zip(framework.indicator_ids()) {
        let ScaleKind::Number(about) = &framework.scale(id).kind else { continue };
        let answers: Vec<f64> = numbers.iter().map(|(number, _)| *number).collect();
        let expected = |value: f64| value != 0.0 && about.min.is_some() && about.max.is_some();
        for value in suspects(&answers).into_iter().filter(|value| !expected(*value)) {
            let same: Vec<(usize, usize)> = numbers
                .iter()
                .filter(|(number, _)| number.total_cmp(&value).is_eq())
                .map(|(_, place)| *place)
                .collect();
            problems.extend(sentinel(batches, framework, id, value, &same));
            for (batch, row) in same {
                batches[batch].columns.mark(row, id.index(), Marks::LOOKS_MISSING);
            }
        }
        problems.extend(rescaled(batches, framework, id, numbers));
    }
    problems
}

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
    let (line, column) = Places::new(&batch.cards().text).of(at);
    let problem = Problem {
        file: Some(batch.cards().name.clone()),
        place: Some(FilePlace { line, column, byte: at as u64 }),
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
    /// Of the typical country, and of each.
    const FACTORS: (f64, f64) = (5.0, 3.0);
    if framework.indicator(id).comparable_from.is_some() || numbers.len() < 2 * FEWEST {
        return None;
    }
    let mut editions: BTreeMap<(Period, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    for (number, (batch, row)) in numbers {
        let card = &batches[*batch].columns.cards[*row];
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
