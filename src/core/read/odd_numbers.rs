//! Numbers of all cards together: those that look like signs of missing values, and scales that seem to change.

use std::{collections::BTreeMap, ops::Range};

use super::number_glance::{EditionNumber, Glances, factors, of_edition};
use crate::{
    core::{
        breaks,
        cell::Marks,
        dataset::{Edition, EditionId, SuspectedBreak},
        detail::Batch,
        framework::{Framework, IndicatorId},
        json::Places,
        label, parallel,
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
/// the batch and row of each card that is shown, `editions` those of the set. Returns the problems and the suspected breaks.
pub(super) fn tell(
    batches: &mut [Batch],
    cards: &[(u32, u32)],
    editions: &[Edition],
    framework: &Framework,
    workers: usize,
) -> (Vec<Problem>, Vec<SuspectedBreak>) {
    let Told { problems, marked, breaks } = odd(batches, cards, editions, framework, workers);
    for (id, (batch, row)) in marked {
        batches[batch].columns.mark(row, id.index(), Marks::LOOKS_MISSING);
    }
    (problems, breaks)
}

/// An indicator, and the batch and row of a cell of it.
type PlacedCell = (IndicatorId, (usize, usize));

/// What there is to tell, and the cells that look like signs of missing values.
#[derive(Default)]
struct Told {
    problems: Vec<Problem>,
    marked: Vec<PlacedCell>,
    breaks: Vec<SuspectedBreak>,
}

fn odd(
    batches: &[Batch],
    cards: &[(u32, u32)],
    editions: &[Edition],
    framework: &Framework,
    workers: usize,
) -> Told {
    let shown = Shown::of(batches, cards);
    let places: Vec<Places<'_>> = batches.iter().map(|batch| Places::new(&batch.cards().text)).collect();
    let mut told = Told::default();
    let edition = |of: (Period, &str)| {
        let found = editions.binary_search_by(|one| (one.period, &*one.label).cmp(&of)).ok()?;
        u16::try_from(found).ok().map(EditionId)
    };
    for OddNumbers { id, signs, step } in odd_by_indicator(batches, &shown, framework, workers) {
        for (value, same) in signs {
            told.problems.extend(sentinel(batches, &places, framework, id, value, &same));
            told.marked.extend(same.into_iter().map(|place| (id, place)));
        }
        if let Some((from, to, factor)) = step {
            let [from, to] = [from, to].map(|at| shown.editions[at as usize]);
            told.problems.push(rescaled(framework, id, (from, to, factor)));
            let between = edition(from).zip(edition(to));
            let suspected = |(from, to)| SuspectedBreak { indicator: id, from, to, factor };
            told.breaks.extend(between.map(suspected));
        }
    }
    told
}

/// What is odd about the numbers of an indicator.
struct OddNumbers {
    id: IndicatorId,
    /// Numbers that look like signs of missing values, each with the batch and row of its cells.
    signs: Vec<(f64, Vec<(usize, usize)>)>,
    /// From which edition to which all numbers change, and by which factor.
    step: Option<(u32, u32, f64)>,
}

impl Doubtful {
    /// The second look; `None` if nothing is odd.
    fn judged(self, framework: &Framework) -> Option<OddNumbers> {
        let Self { id, signs, steps, numbers } = self;
        let ScaleKind::Number(about) = &framework.scale(id).kind else { return None };
        let answers: Vec<f64> = signs.iter().map(|(number, _)| *number).collect();
        let expected = |value: f64| value != 0.0 && about.min.is_some() && about.max.is_some();
        let cells = |value: f64| {
            let same = signs.iter().filter(move |(number, _)| number.total_cmp(&value).is_eq());
            same.map(|(_, (batch, row))| (*batch as usize, *row as usize)).collect()
        };
        let odd = suspects(&answers).into_iter().filter(|value| !expected(*value));
        let signs: Vec<_> = odd.map(|value| (value, cells(value))).collect();
        let step = step_of(&steps, numbers);
        (!signs.is_empty() || step.is_some()).then_some(OddNumbers { id, signs, step })
    }
}

/// The rows of the cards that are shown.
struct Shown<'b> {
    /// In the order of time.
    editions: Vec<(Period, &'b str)>,
    /// Of each batch and row, its edition and its country; countries in the order of the rows.
    rows: Vec<Vec<Option<(u32, u32)>>>,
}

impl<'b> Shown<'b> {
    fn of(batches: &'b [Batch], cards: &[(u32, u32)]) -> Self {
        let mut rows: Vec<Vec<Option<(u32, u32)>>> =
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
            rows[card.0 as usize][card.1 as usize] = Some((edition, country));
        }
        Self { editions: editions.into_keys().collect(), rows }
    }
}

/// The numbers of an indicator that need a second look.
struct Doubtful {
    id: IndicatorId,
    /// All of them, if any may be a sign of a missing value.
    signs: Vec<PlacedNumber>,
    /// The editions from which to which their scale may change, and their numbers.
    steps: Vec<(u32, u32)>,
    numbers: Vec<EditionNumber>,
}

/// The indicators whose numbers need a second look, after a glance at all: several threads glance at some cards each, in the
/// order in which numbers are stored, and then look at some indicators each, so that what is kept of all numbers is little
/// at a time.
fn odd_by_indicator(
    batches: &[Batch],
    shown: &Shown<'_>,
    framework: &Framework,
    workers: usize,
) -> Vec<OddNumbers> {
    const AT_ONCE: usize = 64;
    /// Indicators × editions that are glanced at together.
    const MOST: usize = 4 << 20;
    let ids: Vec<IndicatorId> = framework.indicator_ids().collect();
    let editions = shown.editions.len();
    let may_change = |id| framework.indicator(id).comparable_from.is_none() && editions > 1;
    let mut found = vec![];
    for ids in ids.chunks((MOST / editions.max(1)).max(AT_ONCE)) {
        let glances = glanced(batches, shown, ids, workers);
        let looked = parallel::map(ids.chunks(AT_ONCE).enumerate().collect(), workers, |(part, ids)| {
            let nth = |at: usize| part * AT_ONCE + at;
            let steps = ids
                .iter()
                .enumerate()
                .map(|(at, id)| if may_change(*id) { glances.steps(nth(at), FEWEST) } else { vec![] });
            let steps: Vec<Vec<(u32, u32)>> = steps.collect();
            let has_signs: Vec<bool> = (0..ids.len()).map(|at| glances.may_have_signs(nth(at))).collect();
            let doubtful = second_look(batches, shown, ids, &has_signs, steps);
            doubtful.into_iter().filter_map(|one| one.judged(framework)).collect::<Vec<_>>()
        });
        found.extend(looked.into_iter().flatten());
    }
    found
}

/// A glance at all numbers of these indicators.
fn glanced(batches: &[Batch], shown: &Shown<'_>, ids: &[IndicatorId], workers: usize) -> Glances {
    /// Cells that are worth another thread.
    const WORTH_IT: usize = 1 << 20;
    let rows_a_part = WORTH_IT.div_ceil(ids.len().max(1));
    let mut parts: Vec<Vec<(usize, Range<usize>)>> = vec![vec![]];
    let mut room = rows_a_part;
    for (at, batch) in batches.iter().enumerate() {
        let mut from = 0;
        let rows = batch.columns.cards.len();
        while from < rows {
            let to = rows.min(from + room);
            if let Some(part) = parts.last_mut() {
                part.push((at, from..to));
            }
            room -= to - from;
            from = to;
            if room == 0 {
                parts.push(vec![]);
                room = rows_a_part;
            }
        }
    }
    // Each thread keeps one glance for all of its parts.
    let share = parts.len().div_ceil(workers.max(1)).max(1);
    let shares: Vec<_> = parts.chunks(share).collect();
    let seen = parallel::map(shares, workers, |parts| {
        let mut glances = Glances::new(ids.len(), shown.editions.len());
        for (at, rows) in parts.iter().flatten() {
            each_number_of(&batches[*at], &shown.rows[*at], rows.clone(), ids, |nth, number, _, place| {
                glances.see(nth, place, number, FACTORS.1);
            });
        }
        glances
    });
    let nothing = || Glances::new(ids.len(), shown.editions.len());
    seen.into_iter().reduce(|all, more| all.and(&more)).unwrap_or_else(nothing)
}

/// Gathers the numbers that need a second look.
fn second_look(
    batches: &[Batch],
    shown: &Shown<'_>,
    ids: &[IndicatorId],
    has_signs: &[bool],
    steps: Vec<Vec<(u32, u32)>>,
) -> Vec<Doubtful> {
    if !has_signs.contains(&true) && steps.iter().all(Vec::is_empty) {
        return vec![];
    }
    let mut changing = vec![vec![false; shown.editions.len()]; ids.len()];
    for (changing, steps) in changing.iter_mut().zip(&steps) {
        for (from, to) in steps {
            changing[*from as usize] = true;
            changing[*to as usize] = true;
        }
    }
    let doubtful =
        ids.iter().zip(steps).map(|(id, steps)| Doubtful { id: *id, signs: vec![], steps, numbers: vec![] });
    let mut doubtful: Vec<Doubtful> = doubtful.collect();
    each_number(batches, shown, ids, |nth, number, place, (edition, country)| {
        if has_signs[nth] {
            doubtful[nth].signs.push((number, place));
        }
        if changing[nth][edition as usize] {
            doubtful[nth].numbers.push((edition, country, number));
        }
    });
    doubtful.retain(|one| !one.signs.is_empty() || !one.numbers.is_empty());
    doubtful
}

/// Hands over every number of these indicators on cards that are shown: the position of its indicator among them, the
/// number, its batch and row, its edition and country.
fn each_number(
    batches: &[Batch],
    shown: &Shown<'_>,
    ids: &[IndicatorId],
    mut take: impl FnMut(usize, f64, (u32, u32), (u32, u32)),
) {
    for ((at, batch), rows) in (0..).zip(batches).zip(&shown.rows) {
        each_number_of(batch, rows, 0..rows.len(), ids, |nth, number, row, place| {
            take(nth, number, (at, u32::try_from(row).unwrap_or(u32::MAX)), place);
        });
    }
}

/// The same of some rows of one batch, with their edition and country: position, number, row, edition and country.
fn each_number_of(
    batch: &Batch,
    places: &[Option<(u32, u32)>],
    rows: Range<usize>,
    ids: &[IndicatorId],
    mut take: impl FnMut(usize, f64, usize, (u32, u32)),
) {
    let Some(first) = ids.first().map(|id| id.index()) else { return };
    batch.columns.each_number(rows, first..first + ids.len(), |row, column, number| {
        if let Some(place) = places[row] {
            take(column - first, number, row, place);
        }
    });
}

/// The fewest countries whose numbers tell that a scale changes.
const FEWEST: u32 = 3;

/// By how much the number of the typical country changes, and that of each, where a scale does.
const FACTORS: (f64, f64) = (5.0, 3.0);

fn sentinel(
    batches: &[Batch],
    text_places: &[Places<'_>],
    framework: &Framework,
    id: IndicatorId,
    value: f64,
    places: &[(usize, usize)],
) -> Option<Problem> {
    let (batch, row) = *places.first()?;
    let (batch, text_places) = (&batches[batch], &text_places[batch]);
    let (number, many) = (label::number(value, 0), places.len());
    let cells = if many == 1 { "1 cell".to_owned() } else { format!("{many} cells") };
    let words = format!(
        "{number} in {cells} of {} looks like a sign of a missing value; it counts as the number {number}",
        excerpt(&framework.indicator(id).id, 60)
    );
    let hint = if framework.of_table {
        format!("if it is one, say what it means: --missing={number}=no-data (or not-applicable, withheld)")
    } else if framework.inferred {
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
        place: Some(named.place(text_places, at)),
        found: Some(safe_line(&number)),
        ..Problem::new(LOOKS_MISSING, Severity::Warning, safe_line(&words))
    };
    Some(problem.with_hint(safe_line(&hint)))
}

/// The first of these steps at which the numbers of all countries become several times as large, or as small, and by which
/// factor that of the typical one.
fn step_of(steps: &[(u32, u32)], mut numbers: Vec<EditionNumber>) -> Option<(u32, u32, f64)> {
    numbers.sort_unstable_by_key(|(edition, country, _)| (*edition, *country));
    let jump = |from: u32, to: u32| {
        let mut factors = factors(of_edition(&numbers, from), of_edition(&numbers, to));
        factors.sort_by(f64::total_cmp);
        let typical = factors.get(factors.len() / 2).copied().unwrap_or(1.0);
        let is_up = typical >= FACTORS.0 && factors.iter().all(|factor| *factor >= FACTORS.1);
        let is_down = typical > 0.0
            && typical <= 1.0 / FACTORS.0
            && factors.iter().all(|factor| (0.0..=1.0 / FACTORS.1).contains(factor));
        (factors.len() >= FEWEST as usize && (is_up || is_down)).then_some(typical)
    };
    steps.iter().find_map(|(from, to)| Some((*from, *to, jump(*from, *to)?)))
}

/// Tells an indicator whose numbers all become several times as large, or as small, from one edition to the next.
fn rescaled(
    framework: &Framework,
    id: IndicatorId,
    (from, to, factor): ((Period, &str), (Period, &str), f64),
) -> Problem {
    let words = format!(
        "all numbers of {} change by about the same factor ({}) from {} to {}: is it another scale?",
        excerpt(&framework.indicator(id).id, 60),
        breaks::factor_words(factor),
        excerpt(from.1, 20),
        excerpt(to.1, 20)
    );
    let hint = format!("if it is, say so {}", breaks::declaration(framework, id, to.0));
    let problem = Problem::new("rescaled", Severity::Warning, safe_line(&words));
    problem.with_hint(safe_line(&hint))
}
