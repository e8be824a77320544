//! From batches to a data set: countries in name order, editions in time order, and who has which card.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Loader, doubtful_countries,
    framework::{UNKNOWN_GROUP, UNKNOWN_MEMBER},
    observation::UNKNOWN_STATUS,
    odd_numbers,
    values::{DOUBTFUL_NUMBER, MISSING_SIGN, NUMBER_SPELLING, PLACEHOLDER, QUOTED_NUMBER},
};
use crate::core::{
    columns::CardRow,
    country::{self, Country, ResolvedCountry},
    dataset::{CountryId, Dataset, Edition, NO_CARD},
    detail::Batch,
    framework::{Framework, Group, IndicatorId},
    json::Places,
    period::Period,
    problem::{FilePlace, Problem},
    severity::Severity,
};
use crate::text::{Raw, excerpt, fold, safe_line};

/// At most so many unknown-key and unknown-indicator problems of one kind are told one by one.
const MOST_OF_A_KIND: usize = 1;

pub(super) fn dataset(
    loader: Loader,
    mut framework: Framework,
    mut batches: Vec<Batch>,
    name: Raw<'static>,
    kept: Vec<Raw<'static>>,
) -> Dataset {
    let Loader { options, groups, mut problems, others, files, .. } = loader;
    merge_groups(groups, &mut framework, &mut problems);
    // A bundle's groups are known only now: a figure that was published for one of them is no problem.
    problems.retain(|problem| {
        let is = |group: &Group| problem.found == Some(safe_line(&format!("\"{}\"", excerpt(&group.id, 60))));
        problem.code != UNKNOWN_GROUP || !framework.groups.iter().any(is)
    });
    let (countries, editions) = (countries(&batches), editions(&batches));
    problems.extend(shared_names(&countries).chain(similar_editions(&editions)));
    problems.extend(doubtful_countries::tell(&batches));
    let country_at: HashMap<&str, usize> =
        countries.iter().enumerate().map(|(at, country)| (country.code.raw(), at)).collect();
    let edition_at: HashMap<(Period, &str), usize> =
        editions.iter().enumerate().map(|(at, edition)| ((edition.period, &*edition.label), at)).collect();
    let mut matrix = vec![NO_CARD; countries.len() * editions.len()];
    let mut cards: Vec<(u32, u32)> = vec![];
    // Lines are counted once a file, if at all.
    let places: Vec<Places<'_>> = batches.iter().map(|batch| Places::new(&batch.cards().text)).collect();
    let mut contested = vec![];
    let mut beyond = 0;
    for (batch_at, batch) in batches.iter().enumerate() {
        let is_kept = kept.contains(batch.file().name());
        for (row, card) in batch.columns.cards.iter().enumerate() {
            let Some(edition) = edition_at.get(&(card.edition, &*card.edition_label)) else {
                beyond += 1;
                continue;
            };
            let place = &mut matrix[country_at[&*card.country] * editions.len() + edition];
            if *place == NO_CARD {
                *place = index(cards.len());
                cards.push((index(batch_at), index(row)));
                continue;
            }
            let first = cards[*place as usize];
            let first_batch = &batches[first.0 as usize];
            // A card that another file has by now stands in the place of the older one.
            if !is_kept || Arc::ptr_eq(first_batch.file(), batch.file()) {
                let second = CardInBatch { batch, row, places: &places[batch_at] };
                let places = &places[first.0 as usize];
                let first_card = CardInBatch { batch: first_batch, row: first.1 as usize, places };
                let (problem, is_copy) = second_card(second, first_card, &framework);
                problems.push(problem);
                contested.extend((!is_copy).then_some(first));
            }
        }
    }
    drop((country_at, edition_at, places));
    for (batch, row) in contested {
        batches[batch as usize].columns.contest(row as usize);
    }
    let (odd, suspected_breaks) =
        odd_numbers::tell(&mut batches, &cards, &editions, &framework, options.workers);
    let has_suspects = odd.iter().any(|problem| problem.code == odd_numbers::LOOKS_MISSING);
    problems.extend(odd);
    drop_unknown_members(&countries, &mut framework, &mut problems);
    let batches = batches.into_iter().map(Arc::new).collect();
    problems.extend(too_many_editions(beyond));
    let problems = thinned(problems);
    Dataset {
        framework,
        name,
        by_code: by_code(&countries),
        countries,
        editions,
        batches,
        cards,
        matrix,
        problems,
        has_suspects,
        suspected_breaks,
        readings: vec![],
        kept,
        others,
        files,
    }
}

/// Countries by their code in upper case.
fn by_code(countries: &[Country]) -> HashMap<Box<str>, CountryId> {
    let code =
        |(country, at): (&Country, u32)| (country.code.raw().to_ascii_uppercase().into(), CountryId(at));
    countries.iter().zip(0..).map(code).collect()
}

/// Tells cards that are of no edition that is shown.
fn too_many_editions(beyond: usize) -> Option<Problem> {
    let words = format!("{beyond} cards are of more editions than can be shown together: 65,535");
    let problem = Problem::new("too-many-editions", Severity::Error, safe_line(&words));
    (beyond > 0).then(|| problem.with_hint(crate::text::Safe::fixed("open fewer files at once")))
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NO_CARD - 1)
}

/// Each country once, under the name of its newest card, in name order.
fn countries(batches: &[Batch]) -> Vec<Country> {
    let mut names: BTreeMap<&str, (Period, &str)> = BTreeMap::new();
    for card in batches.iter().flat_map(|batch| &batch.columns.cards) {
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

/// Adds the groups of bundles; one whose id another one has is told and left out.
fn merge_groups(groups: Vec<Group>, framework: &mut Framework, problems: &mut Vec<Problem>) {
    for group in groups {
        match framework.groups.iter().find(|known| known.id.eq_ignore_ascii_case(&group.id)) {
            None => framework.groups.push(group),
            Some(known) if *known == group => {}
            Some(_) => {
                let words =
                    format!("the group \"{}\" stands twice; the first one is used", excerpt(&group.id, 60));
                let problem = Problem::new("duplicate-group", Severity::Error, safe_line(&words));
                problems
                    .push(problem.with_hint(crate::text::Safe::fixed("give one of the two another \"id\"")));
            }
        }
    }
}

/// Takes the members away that are no country, unless a card is about one of that name: then nothing is told of it.
fn drop_unknown_members(countries: &[Country], framework: &mut Framework, problems: &mut Vec<Problem>) {
    let is_here = |code: &str| countries.iter().any(|country| country.code.raw().eq_ignore_ascii_case(code));
    let is_no_country = |code: &str| {
        use ResolvedCountry::{Aggregate, Ambiguous, Unknown};
        matches!(country::resolve(code), Unknown | Ambiguous(_) | Aggregate(_))
    };
    let mut here = vec![];
    for group in &mut framework.groups {
        let (known, strangers): (Vec<_>, Vec<_>) =
            std::mem::take(&mut group.members).into_iter().partition(|member| {
                let is_aggregate = matches!(country::resolve(&member.code), ResolvedCountry::Aggregate(_));
                let is_known = is_here(&member.code) && !is_aggregate;
                if is_known {
                    here.push(safe_line(&format!("\"{}\"", excerpt(&member.code, 60))));
                }
                is_known || !is_no_country(&member.code)
            });
        group.members = known;
        group.not_understood.extend(strangers.into_iter().map(|member| member.code));
    }
    problems.retain(|problem| {
        problem.code != UNKNOWN_MEMBER || !problem.found.as_ref().is_some_and(|found| here.contains(found))
    });
}

/// Tells names that two countries have: who asks for one must use its code.
fn shared_names(countries: &[Country]) -> impl Iterator<Item = Problem> + use<'_> {
    // Countries stand in the order of their folded names.
    let same = countries.windows(2).filter(|pair| fold(pair[0].name.raw()) == fold(pair[1].name.raw()));
    same.map(|pair| {
        let [one, other] = [&pair[0].code, &pair[1].code].map(|code| excerpt(code.raw(), 20));
        let words = format!("{one} and {other} have the same name, {}", excerpt(pair[0].name.raw(), 60));
        Problem::new("shared-name", Severity::Hint, safe_line(&words))
            .with_hint(crate::text::Safe::fixed("ask for either by its code"))
    })
}

/// Each edition once, in the order of their periods; another label is another edition.
fn editions(batches: &[Batch]) -> Vec<Edition> {
    let cards = batches.iter().flat_map(|batch| &batch.columns.cards);
    let editions: BTreeSet<(Period, &str)> = cards.map(|card| (card.edition, &*card.edition_label)).collect();
    let editions = editions.into_iter().take(usize::from(u16::MAX));
    editions.map(|(period, label)| Edition { label: label.into(), period }).collect()
}

/// Tells editions of the same period or that end on the same day: they are shown as two, though they may be meant as one.
fn similar_editions(editions: &[Edition]) -> impl Iterator<Item = Problem> + use<'_> {
    editions.windows(2).filter_map(|pair| {
        let [one, other] = [pair[0].period, pair[1].period];
        let how = if one == other {
            "are of the same period"
        } else if one.is_date() && other.is_date() && one.last_day() == other.last_day() {
            "end on the same day"
        } else {
            return None;
        };
        let [one, other] = [&pair[0].label, &pair[1].label].map(|label| excerpt(label, 40));
        let words = format!("the editions {one} and {other} {how} and are two");
        let hint = "write the edition in the same way in every card, if one is meant";
        let problem = Problem::new("similar-editions", Severity::Warning, safe_line(&words));
        Some(problem.with_hint(crate::text::Safe::fixed(hint)))
    })
}

/// A card, and the lines of the text it stands in.
#[derive(Clone, Copy)]
struct CardInBatch<'a> {
    batch: &'a Batch,
    row: usize,
    places: &'a Places<'a>,
}

impl<'a> CardInBatch<'a> {
    fn row(&self) -> &'a CardRow {
        &self.batch.columns.cards[self.row]
    }

    fn place(&self) -> FilePlace {
        self.batch.cards().place(self.places, self.row().at as usize)
    }
}

/// A second card of the same country and edition, and whether it is a copy of the first. Of two that differ neither is
/// preferred.
fn second_card(second: CardInBatch<'_>, first: CardInBatch<'_>, framework: &Framework) -> (Problem, bool) {
    let card = second.row();
    let first_place = first.place();
    let is_copy = is_same_text(second, first).unwrap_or_else(|| is_same_card(second, first, framework));
    let (code, severity, what, hint) = if is_copy {
        // A copy in another file is often meant; twice in one file it is not.
        let severity = if Arc::ptr_eq(second.batch.file(), first.batch.file()) {
            Severity::Error
        } else {
            Severity::Hint
        };
        ("duplicate-card", severity, "a copy of the first", "one of the two is enough")
    } else {
        let what = "two cards that differ: neither is shown, all cells are unreadable";
        ("two-cards", Severity::Error, what, "keep the one that is right, or give the other another edition")
    };
    let written = card.written.as_ref().map(|written| format!(", written \"{written}\"")).unwrap_or_default();
    let message = format!(
        "a second card of the same country and edition ({} {}{written}), {what}; the first is at {}{}",
        excerpt(&card.country, 20),
        card.edition_label,
        first.batch.cards().name.line(),
        first_place,
    );
    let problem = Problem {
        file: Some(second.batch.cards().name.clone()),
        place: Some(second.place()),
        path: Some(Raw::from_static("$")),
        ..Problem::new(code, severity, safe_line(&message))
    };
    (problem.with_hint(crate::text::Safe::fixed(hint)), is_copy)
}

/// Whether the texts of two cards in JSON say the same, whatever the order of their members and the white space between
/// them; `None` if one is no JSON.
fn is_same_text(one: CardInBatch<'_>, other: CardInBatch<'_>) -> Option<bool> {
    let [one, other] = [one, other].map(|card| card.batch.card_text(card.row, None));
    let (one, other) = (one?, other?);
    let value = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    Some(one == other || is_same_json(&value(one)?, &value(other)?))
}

/// Whether two values are the same, numbers by what they are worth: 34 and 34.0.
fn is_same_json(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, other) {
        (Number(one), Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        (Array(one), Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same_json(one, other))
        }
        (Object(one), Object(other)) => {
            let is_in = |(key, one)| other.get(key).is_some_and(|other| is_same_json(one, other));
            one.len() == other.len() && one.iter().all(is_in)
        }
        _ => one == other,
    }
}

/// Whether two cards of any formats say the same.
fn is_same_card(one: CardInBatch<'_>, other: CardInBatch<'_>, framework: &Framework) -> bool {
    let head = |card: CardInBatch<'_>| {
        let CardRow { name, edition_label, assessed_on, .. } = card.row().clone();
        (name, edition_label, assessed_on, card.batch.card_detail(card.row))
    };
    let cell = |CardInBatch { batch, row, .. }: CardInBatch<'_>, indicator: IndicatorId| {
        (batch.columns.cell(row, indicator.index()), batch.detail(row, indicator, framework))
    };
    head(one) == head(other) && framework.indicator_ids().all(|id| cell(one, id) == cell(other, id))
}

/// Asks about a number in quotes such as "1.234" where another of the same file has a decimal comma.
fn doubt_quoted(problems: &mut [Problem]) {
    let has_comma = |problem: &&Problem| {
        let hint = problem.hint.as_ref().map(ToString::to_string).unwrap_or_default();
        problem.code == NUMBER_SPELLING && hint.contains("\"decimal\": \",\"")
    };
    let files: Vec<Option<Raw<'static>>> =
        problems.iter().filter(has_comma).map(|problem| problem.file.clone()).collect();
    let is_grouped = |found: &str| {
        let mut parts = found.trim_matches('"').trim_start_matches('-').split('.');
        let is_first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0");
        let rest: Vec<&str> = parts.collect();
        is_first && matches!(rest[..], [group] if group.len() == 3)
    };
    for problem in
        problems.iter_mut().filter(|problem| problem.code == QUOTED_NUMBER && files.contains(&problem.file))
    {
        let Some(found) = problem.found.as_ref().map(ToString::to_string).filter(|found| is_grouped(found))
        else {
            continue;
        };
        problem.severity = Severity::Warning;
        problem.code = DOUBTFUL_NUMBER;
        let words = format!(
            "{found} is read as {}, though numbers beside it have a decimal comma: the full stop may stand between thousands",
            found.trim_matches('"')
        );
        problem.message = safe_line(&words);
        let hint = "say which in the framework: \"numbers\": { \"decimal\": \",\", \"thousands\": \".\" }; or take the quotes away";
        problem.hint = Some(crate::text::Safe::fixed(hint));
    }
}

/// Says each unknown key and indicator once, and each sign of a missing value and quoted numbers once a file, with how
/// often; everything else as it is, worst first in place order.
fn thinned(mut problems: Vec<Problem>) -> Vec<Problem> {
    doubt_quoted(&mut problems);
    let is_key = |problem: &Problem| matches!(problem.code, "unknown-key" | "unknown-indicator");
    let is_sign = |problem: &Problem| {
        matches!(
            problem.code,
            MISSING_SIGN | PLACEHOLDER | QUOTED_NUMBER | DOUBTFUL_NUMBER | UNKNOWN_STATUS | NUMBER_SPELLING
        )
    };
    let repeats = |problem: &Problem| is_key(problem) || is_sign(problem);
    let key = |problem: &Problem| {
        let last =
            problem.path.as_ref().map(|path| path.raw().rsplit('.').next().unwrap_or_default().to_owned());
        let found = || problem.found.as_ref().map(ToString::to_string);
        // Of numbers with the same signs one stands for all.
        let declaration = || {
            let hint = problem.hint.as_ref()?.to_string();
            hint.find("\"numbers\"").map(|at| hint[at..].to_owned())
        };
        let what = match problem.code {
            _ if is_key(problem) => last,
            QUOTED_NUMBER | DOUBTFUL_NUMBER => None,
            NUMBER_SPELLING => declaration().or_else(found),
            _ => found(),
        };
        (problem.code, problem.file.clone().filter(|_| is_sign(problem)), what)
    };
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
