//! Countries of all cards together: codes of another list, a former country beside what it became, territories that changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    core::{
        columns::CardRow,
        country::{CODE_LISTS, FORMER, FormerCountry, known},
        date::Date,
        detail::Batch,
        json::Places,
        period::{Period, UNDATED},
        problem::Problem,
        severity::Severity,
    },
    text::{Raw, excerpt, safe_line},
};

/// Tells what about the countries of all cards together may mislead.
pub(super) fn tell(batches: &[Batch]) -> Vec<Problem> {
    let cards = || batches.iter().flat_map(|batch| batch.columns.cards.iter().map(move |card| (batch, card)));
    let mut problems = other_lists(cards);
    // Few data sets have a former country, or a state that another one left.
    let codes: BTreeSet<&str> = cards().map(|(_, card)| &*card.country).collect();
    for former in FORMER.iter() {
        if codes.contains(former.code) {
            problems.extend(counted_twice(former, cards));
        } else if let Some(name) = former.goes_on_as().filter(|code| codes.contains(code)) {
            problems.extend(changed_territory(former, name, cards));
        }
    }
    problems
}

/// Tells codes that mean one thing here and another in the list that the other cards seem to be written by.
fn other_lists<'a, I: Iterator<Item = (&'a Batch, &'a CardRow)>>(cards: impl Fn() -> I) -> Vec<Problem> {
    let written = |card: &'a CardRow| card.written.as_deref().unwrap_or(&card.country);
    let mut problems = vec![];
    for list in &CODE_LISTS {
        let own: BTreeSet<&str> =
            cards().map(|(_, card)| written(card)).filter(|code| list.own.contains(code)).take(3).collect();
        if own.is_empty() {
            continue;
        }
        let own: Vec<&str> = own.into_iter().collect();
        let mut told = BTreeSet::new();
        for (batch, card) in cards() {
            let code = written(card);
            let Some((_, meant)) = list.differing.iter().find(|(differing, _)| *differing == code) else {
                continue;
            };
            // The heading has said which list it is.
            if *card.country == **meant || !told.insert(code) {
                continue;
            }
            let words = format!(
                "\"{code}\" is read as {} ({}), but in the codes of {}, as {} beside it, it is {meant}",
                card.country,
                excerpt(&card.name, 40),
                list.name,
                own.join(", "),
            );
            let hint = format!("write {meant} if that is meant");
            problems.push(at_card(batch, card, "other-code-list", Severity::Warning, &words, &hint));
        }
    }
    problems
}

/// Tells editions in which both a former country and something that it had not yet become have values.
fn counted_twice<'a, I: Iterator<Item = (&'a Batch, &'a CardRow)>>(
    former: &FormerCountry,
    cards: impl Fn() -> I,
) -> Option<Problem> {
    let given = || cards().filter(|(_, card)| card.counts.given > 0);
    let mut editions: BTreeMap<(Period, &str), (&Batch, &CardRow, bool)> = BTreeMap::new();
    for (batch, card) in given().filter(|(_, card)| *card.country == *former.code) {
        editions.entry((card.edition, &card.edition_label)).or_insert((batch, card, false));
    }
    let descendants = former.descendants();
    let mut successors = BTreeSet::new();
    for (_, card) in given().filter(|(_, card)| descendants.iter().any(|code| *card.country == **code)) {
        // Yugoslavia of 1998 is without Croatia.
        let since = known(&card.country).and_then(|row| row.since).map(Date::first_day);
        let day = match &*card.edition_label {
            UNDATED => former.during.until.map(Date::first_day),
            _ => Some(card.edition.first.first_day()),
        };
        let is_a_part = since.zip(day).is_none_or(|(since, day)| since >= day);
        if let Some((.., is_twice)) = editions.get_mut(&(card.edition, &*card.edition_label))
            && is_a_part
        {
            *is_twice = true;
            successors.insert(&*card.country);
        }
    }
    let both: Vec<(&Batch, &CardRow)> = editions
        .into_values()
        .filter(|(.., is_twice)| *is_twice)
        .map(|(batch, card, _)| (batch, card))
        .collect();
    let ((batch, first), (_, last)) = (both.first()?, both.last()?);
    let label = |card: &CardRow| excerpt(&card.edition_label, 40);
    let which = match both.len() {
        1 => label(first).into_string(),
        many => format!("{many} editions, {} to {}", label(first), label(last)),
    };
    let words = format!(
        "{} ({}) and what it became ({}) both have values in {which}: what is counted over all counts the area twice",
        former.name,
        former.code,
        successors.into_iter().collect::<Vec<_>>().join(", "),
    );
    let hint = "take one of the two out, or compare within a group of your own";
    Some(at_card(batch, first, "counted-twice", Severity::Warning, &words, hint))
}

/// Tells a code that stands for a larger territory in older editions than in newer ones.
fn changed_territory<'a, I: Iterator<Item = (&'a Batch, &'a CardRow)>>(
    former: &FormerCountry,
    code: &str,
    cards: impl Fn() -> I,
) -> Option<Problem> {
    let until = former.during.until?.last_day();
    let same = || cards().filter(|(_, card)| *card.country == *code);
    let is_older = |card: &CardRow| card.edition.last_day() < until;
    let (batch, card) = same().find(|(_, card)| is_older(card))?;
    same().find(|(_, card)| !is_older(card))?;
    let words = format!(
        "{code} stands in editions before and after {until}, when its territory changed: {} became {}",
        former.name,
        former.successors().collect::<Vec<_>>().join(" and ")
    );
    let hint = format!(
        "if older figures are of the larger territory, write \"country\": \"{}\" in those cards",
        former.code
    );
    Some(at_card(batch, card, "changed-territory", Severity::Hint, &words, &hint))
}

fn at_card(
    batch: &Batch,
    card: &CardRow,
    code: &'static str,
    severity: Severity,
    words: &str,
    hint: &str,
) -> Problem {
    let named = batch.cards();
    let problem = Problem {
        file: Some(named.name.clone()),
        place: Some(named.place(&Places::new(&named.text), card.at as usize)),
        path: Some(Raw::from_static("$")),
        ..Problem::new(code, severity, safe_line(words))
    };
    problem.with_hint(safe_line(hint))
}
