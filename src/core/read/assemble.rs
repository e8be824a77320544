//! From batches to a data set: countries in name order, editions in time order, and who has which card.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{Loader, framework::UNKNOWN_GROUP};
use crate::core::{
    batch::Batch,
    country::Country,
    dataset::{CountryId, Dataset, Edition, NO_CARD},
    date::Date,
    framework::{Framework, Group},
    json::Places,
    problem::{FilePlace, Problem},
    severity::Severity,
};
use crate::text::{Raw, excerpt, fold, safe_line};

/// At most so many unknown-key and unknown-indicator problems of one kind are told one by one.
const MOST_OF_A_KIND: usize = 1;

pub(super) fn dataset(
    loader: Loader,
    mut framework: Framework,
    batches: Vec<Batch>,
    name: Raw<'static>,
) -> Dataset {
    let Loader { groups, mut problems, files, .. } = loader;
    for group in groups {
        if !framework.groups.iter().any(|known| known.id == group.id) {
            framework.groups.push(group);
        }
    }
    // A bundle's groups are known only now: a figure that was published for one of them is no problem.
    problems.retain(|problem| {
        let is = |group: &Group| problem.found == Some(safe_line(&format!("\"{}\"", excerpt(&group.id, 60))));
        problem.code != UNKNOWN_GROUP || !framework.groups.iter().any(is)
    });
    let batches: Vec<Arc<Batch>> = batches.into_iter().map(Arc::new).collect();
    let countries = countries(&batches);
    let editions = editions(&batches);
    let country_at: HashMap<&str, usize> =
        countries.iter().enumerate().map(|(at, country)| (country.code.raw(), at)).collect();
    let edition_at: HashMap<Date, usize> =
        editions.iter().enumerate().map(|(at, edition)| (edition.date, at)).collect();
    let mut matrix = vec![NO_CARD; countries.len() * editions.len()];
    let mut cards = vec![];
    let mut beyond = 0;
    for (batch_at, batch) in batches.iter().enumerate() {
        let mut rows: Vec<usize> = (0..batch.cards.len()).collect();
        rows.sort_by_key(|row| batch.cards[*row].at);
        for row in rows {
            let card = &batch.cards[row];
            let Some(edition) = edition_at.get(&card.edition) else {
                beyond += 1;
                continue;
            };
            let cell = country_at[&*card.country] * editions.len() + edition;
            if matrix[cell] == NO_CARD {
                matrix[cell] = index(cards.len());
                cards.push((index(batch_at), index(row)));
            } else {
                let (first_batch, first_row) = cards[matrix[cell] as usize];
                let first_batch = &batches[first_batch as usize];
                problems.push(twice(batch, row, first_batch, first_row as usize));
            }
        }
    }
    drop((country_at, edition_at));
    if beyond > 0 {
        let words = format!("{beyond} cards are of more editions than can be shown together: 65,535");
        let problem = Problem::new("too-many-editions", Severity::Error, safe_line(&words));
        problems.push(problem.with_hint(crate::text::Safe::fixed("open fewer files at once")));
    }
    let problems = thinned(problems);
    let by_code = countries
        .iter()
        .zip(0..)
        .map(|(country, at)| (country.code.raw().to_ascii_uppercase().into(), CountryId(at)))
        .collect();
    let kept = vec![];
    Dataset { framework, name, countries, by_code, editions, batches, cards, matrix, problems, kept, files }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NO_CARD - 1)
}

/// Each country once, under the name of its newest card, in name order.
fn countries(batches: &[Arc<Batch>]) -> Vec<Country> {
    let mut names: BTreeMap<&str, (Date, &str)> = BTreeMap::new();
    for card in batches.iter().flat_map(|batch| &batch.cards) {
        let known = names.entry(&card.country).or_insert((card.edition, &card.name));
        if card.edition > known.0 {
            *known = (card.edition, &card.name);
        }
    }
    let mut countries: Vec<(String, Country)> =
        names.into_iter().map(|(code, (_, name))| (fold(name), Country::new(code, name))).collect();
    countries.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    countries.into_iter().map(|(_, country)| country).collect()
}

fn editions(batches: &[Arc<Batch>]) -> Vec<Edition> {
    let mut editions: BTreeMap<Date, &str> = BTreeMap::new();
    for card in batches.iter().flat_map(|batch| &batch.cards) {
        editions.entry(card.edition).or_insert(&card.edition_label);
    }
    editions
        .into_iter()
        .take(usize::from(u16::MAX))
        .map(|(date, label)| Edition { label: label.into(), date })
        .collect()
}

/// A second card of the same country and edition. The first is shown.
fn twice(batch: &Batch, row: usize, first_batch: &Batch, first_row: usize) -> Problem {
    let (card, first) = (&batch.cards[row], &first_batch.cards[first_row]);
    let place = |batch: &Batch, at: u32| {
        let (line, column) = Places::new(&batch.text).of(at as usize);
        FilePlace { line, column, byte: u64::from(at) }
    };
    let first_place = place(first_batch, first.at);
    let message = format!(
        "a second card of the same country and edition ({} {}); the first is shown, at {}:{}:{}",
        excerpt(&card.country, 20),
        card.edition_label,
        first_batch.file.line(),
        first_place.line,
        first_place.column,
    );
    let same_text = card_text(batch, row) == card_text(first_batch, first_row);
    let severity =
        if same_text && batch.file != first_batch.file { Severity::Warning } else { Severity::Error };
    Problem {
        file: Some(batch.file.clone()),
        place: Some(place(batch, card.at)),
        path: Some(Raw::from_static("$")),
        ..Problem::new("duplicate-card", severity, safe_line(&message))
    }
    .with_hint(crate::text::Safe::fixed("keep one of the two, or give it another edition"))
}

/// The text of a card, to tell a copy from a contradiction.
fn card_text(batch: &Batch, row: usize) -> Option<serde_json::Value> {
    let at = batch.cards[row].at as usize;
    serde_json::Deserializer::from_str(&batch.text[at..]).into_iter().next()?.ok()
}

/// Says each unknown key and indicator once, with how often; everything else as it is, worst first in place order.
fn thinned(problems: Vec<Problem>) -> Vec<Problem> {
    let key = |problem: &Problem| {
        let last =
            problem.path.as_ref().map(|path| path.raw().rsplit('.').next().unwrap_or_default().to_owned());
        (problem.code, last)
    };
    let repeats = |problem: &Problem| matches!(problem.code, "unknown-key" | "unknown-indicator");
    let mut counts: HashMap<_, usize> = HashMap::new();
    let mut kept: Vec<Problem> = vec![];
    for problem in problems {
        if repeats(&problem) {
            let count = counts.entry(key(&problem)).or_default();
            *count += 1;
            if *count > MOST_OF_A_KIND {
                continue;
            }
        }
        kept.push(problem);
    }
    for problem in kept.iter_mut().filter(|problem| repeats(problem)) {
        let count = counts.get(&key(problem)).copied().unwrap_or(1);
        if count > 1 {
            problem.message = safe_line(&format!("{} ({} more like it)", problem.message, count - 1));
        }
    }
    kept
}
