//! One damaged card never touches another: any byte or span of it is changed, in every form of file.
//!
//! `VISAVIS_DAMAGE` says how many cases are run (`just damage` runs two million; docs/reliability.md).

use std::fmt::Write as _;

use visavis::{
    core::{
        cell::Cell,
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        detail::{CardDetail, Detail},
        problem::Problem,
        read::{Loader, Options},
        severity::Severity,
    },
    text::Raw,
};

const FRAMEWORK: &str = r#"{ "schema": "visavis.framework/1", "id": "f", "outdated_after_years": 3,
  "scales": { "grade": { "kind": "levels", "levels": ["none", "some", "full"] },
    "number": { "kind": "number", "better": "higher", "min": 0, "max": 1000 }, "treaty": { "kind": "treaty" },
    "yes": { "kind": "yes_no" }, "day": { "kind": "date" }, "words": { "kind": "text" } },
  "goals": [{ "id": "g", "title": "G", "indicators": [
    { "id": "grade", "scale": "grade" }, { "id": "number", "scale": "number" }, { "id": "treaty", "scale": "treaty" },
    { "id": "yes", "scale": "yes" }, { "id": "day", "scale": "day" }, { "id": "words", "scale": "words" },
    { "id": "many", "scale": "number" }, { "id": "gap", "scale": "grade" }] }],
  "sources": { "s1": { "title": "The first source" } } }"#;

/// What looks like a card and is none, since it stands inside one.
const CARD_INSIDE: &str = r#"{ "country": "NOR", "edition": "2010", "assessments": { "yes": "no" } }"#;

const COUNTRIES: [&str; 6] = ["IRL", "SWE", "FRA", "DNK", "ITA", "PRT"];

/// Small random numbers (`SplitMix64`), so that a case can be run again by its number.
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(case: u64) -> Self {
        Self(case)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    pub(super) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A card that differs from all others in every cell, with what makes finding the next card hard: braces, quotes and
/// heads of cards in its texts, objects and lists that are no cards.
fn card(code: &str, nth: usize, random: &mut Random) -> String {
    let (grade, yes) = (["none", "some", "full"][nth % 3], ["yes", "no", "partial"][nth % 3]);
    let note = random.one(&[
        "plain",
        "with \\\"quotes\\\" and {braces}, [brackets]",
        "{\\\"framework\\\": \\\"f\\\", \\\"country\\\": \\\"NOR\\\", \\\"edition\\\": \\\"2010\\\", \\\"assessments\\\": {}}",
        "back\\\\slash and \\u00e9\\n",
        "caf\u{e9} \u{4e2d}",
    ]);
    let mut cells = vec![
        format!(
            r#""grade": {{ "level": "{grade}", "note": "{note} of {code}", "sources": ["s1", {{ "title": "Page of {code}", "page": {nth} }}] }}"#
        ),
        format!(r#""number": {{ "value": {nth}.25, "as_of": "2009", "printed": "{nth},25 %" }}"#),
        format!(r#""treaty": {{ "signed": "200{nth}-05-01", "bound": null, "note": "signed by {code}" }}"#),
        format!(r#""yes": "{yes}""#),
        format!(r#""day": "20{nth}0-07-01""#),
        format!(r#""words": {{ "value": "words of {code}", "marks": ["provisional"] }}"#),
        format!(r#""many": {{ "values": [{nth}, {nth}.5], "sources": "own" }}"#),
        format!(r#""gap": {{ "gap": "{}" }}"#, ["no-data", "withheld", "not-assessed"][nth % 3]),
    ];
    cells.truncate(3 + random.below(6));
    let mut members = vec![
        r#""framework": "f""#.to_owned(),
        format!(r#""country": "{code}""#),
        r#""edition": "2010""#.to_owned(),
        format!(r#""summary": "{note}""#),
        format!(r#""assessments": {{ {} }}"#, cells.join(", ")),
        format!(r#""priority_actions": ["first of {code}", "second"]"#),
        format!(
            r#""campaign": {{ "name": "of {code}", "inner": {CARD_INSIDE}, "list": [{CARD_INSIDE}, {CARD_INSIDE}, 2] }}"#
        ),
        format!(r#""sources": {{ "own": {{ "title": "Own of {code}" }} }}"#),
    ];
    members.truncate(5 + random.below(4));
    format!("{{ {} }}", members.join(", "))
}

/// What one country says, as far as a reader can see.
#[derive(Debug, PartialEq)]
struct Seen {
    cells: Vec<(Cell, Detail)>,
    card: CardDetail,
}

fn seen(data: &Dataset, code: &str) -> Option<(Seen, CountryId, EditionId)> {
    let country = data.find_country(code)?;
    let edition = data.find_edition("2010")?;
    let card = data.card(country, edition)?;
    let cells = data
        .framework
        .indicator_ids()
        .map(|indicator| (data.cell(country, edition, indicator), data.detail(country, edition, indicator)));
    Some((Seen { cells: cells.collect(), card: data.card_detail(card) }, country, edition))
}

fn load(files: &[(String, Vec<u8>)], options: Options) -> Dataset {
    let mut loader = Loader::new(options);
    for (name, bytes) in files {
        loader.add(Raw::new(name.clone()), bytes.clone());
    }
    loader.finish(Raw::from_static("damaged"), &|_| ())
}

/// The files of one case: their names, their texts, and where each card stands.
struct Files {
    files: Vec<(String, Vec<u8>)>,
    cards: Vec<(usize, std::ops::Range<usize>)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    Files,
    Array,
    Lines,
    Bundle,
    SeveralArrays,
}

pub(super) const FORMS: [Form; 5] =
    [Form::Files, Form::Array, Form::Lines, Form::Bundle, Form::SeveralArrays];

fn files(form: Form, cards: &[String]) -> Files {
    let mut files = vec![];
    let mut places = vec![];
    let mut list = |name: &str, before: &str, cards: &[String], between: &str, after: &str| {
        let mut text = before.to_owned();
        for (at, card) in cards.iter().enumerate() {
            text.push_str(if at > 0 { between } else { "" });
            places.push((files.len(), text.len()..text.len() + card.len()));
            text.push_str(card);
        }
        text.push_str(after);
        files.push((name.to_owned(), text.into_bytes()));
    };
    match form {
        Form::Files => {
            for (at, card) in cards.iter().enumerate() {
                list(&format!("{at}.json"), "", std::slice::from_ref(card), "", "\n");
            }
        }
        Form::Array => list("cards.json", "[\n", cards, ",\n", "\n]\n"),
        Form::Lines => list("cards.jsonl", "", cards, "\n", "\n"),
        Form::Bundle => {
            let before = format!("{{ \"framework\": {FRAMEWORK}, \"cards\": [");
            list(
                "bundle.json",
                &before,
                cards,
                ", ",
                "], \"groups\": [{ \"id\": \"x\", \"members\": [\"IRL\"] }] }",
            );
        }
        Form::SeveralArrays => {
            let (some, others) = cards.split_at(cards.len() / 2);
            list("one.json", "[", some, ",", "]");
            list("two.json", "[", others, ",", "]");
        }
    }
    if form != Form::Bundle {
        files.push(("framework.json".to_owned(), FRAMEWORK.as_bytes().to_vec()));
    }
    Files { files, cards: places }
}

/// The good files of a case.
pub(super) fn random_files(form: Form, random: &mut Random) -> Vec<(String, Vec<u8>)> {
    let count = 1 + random.below(COUNTRIES.len());
    let cards: Vec<String> =
        COUNTRIES[..count].iter().enumerate().map(|(nth, code)| card(code, nth, random)).collect();
    files(form, &cards).files
}

/// Changes one place of a card, and says what was done.
fn damage(bytes: &mut Vec<u8>, card: std::ops::Range<usize>, random: &mut Random) -> String {
    const WORDS: [&str; 16] = [
        "NaN",
        "-Infinity",
        "1e400",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\0",
        "\\ud800",
        "+5",
        "null",
    ];
    let at = card.start + random.below(card.len());
    let structural: Vec<usize> = card.clone().filter(|at| b"{}[]\",:".contains(&bytes[*at])).collect();
    let bracket = structural[random.below(structural.len())];
    match random.below(8) {
        0 => {
            let bit = random.below(8);
            bytes[at] ^= 1 << bit;
            format!("bit {bit} of byte {at} flipped")
        }
        1 => {
            bytes[at] = u8::try_from(random.below(256)).unwrap();
            format!("byte {at} replaced by {:#x}", bytes[at])
        }
        2 => {
            bytes.remove(bracket);
            format!("byte {bracket} deleted")
        }
        3 => {
            let end = (at + 1 + random.below(40)).min(card.end);
            bytes.drain(at..end);
            format!("bytes {at} to {end} deleted")
        }
        4 => {
            bytes.drain(at..card.end);
            format!("cut from {at} to {}", card.end)
        }
        5 => {
            let word = random.one(&WORDS);
            bytes.splice(at..at, word.bytes());
            format!("{word:?} put in at {at}")
        }
        6 => {
            let word = random.one(&WORDS);
            bytes.splice(bracket..=bracket, word.bytes());
            format!("{word:?} in place of byte {bracket}")
        }
        _ => {
            bytes.insert(bracket, bytes[bracket]);
            format!("byte {bracket} doubled")
        }
    }
}

fn is_two_cards(problem: &Problem, code: &str) -> bool {
    problem.code == "two-cards" && problem.message.contains(code)
}

/// Runs a case. Returns how many cards that were whole are lost.
///
/// Errors: what another card says now that it did not say, or what is lost untold.
fn run(case: u64) -> Result<usize, String> {
    let mut random = Random::new(case);
    let form = FORMS[random.below(FORMS.len())];
    let count = 2 + random.below(COUNTRIES.len() - 1);
    let cards: Vec<String> =
        COUNTRIES[..count].iter().enumerate().map(|(nth, code)| card(code, nth, &mut random)).collect();
    let Files { mut files, cards: places } = files(form, &cards);
    let before = load(&files, Options::default());
    let hurt = random.below(count);
    let (file, place) = places[hurt].clone();
    let what = damage(&mut files[file].1, place, &mut random);
    let after = load(&files, Options::default());
    let told = |words: &str| {
        let mut all = format!("case {case}, {form:?}, card {hurt} of {count}, {what}: {words}\n");
        let _ = write!(all, "{}\n{:#?}", String::from_utf8_lossy(&files[file].1), after.problems);
        all
    };
    let has_error = after.problems.iter().any(|problem| problem.severity == Severity::Error);
    let mut lost = 0;
    for (nth, code) in COUNTRIES[..count].iter().enumerate().filter(|(nth, _)| *nth != hurt) {
        let (was, ..) = seen(&before, code).ok_or_else(|| told("the good files are not read"))?;
        match seen(&after, code) {
            Some((is, ..)) if is == was => {}
            Some(_) if after.problems.iter().any(|problem| is_two_cards(problem, code)) => lost += 1,
            Some((is, ..)) => return Err(told(&format!("{code} ({nth}) was {was:?} and is {is:?}"))),
            None if has_error => lost += 1,
            None => return Err(told(&format!("{code} is lost untold"))),
        }
    }
    if after.find_country("NOR").is_some() {
        return Err(told("what stands inside a card is taken for one"));
    }
    let is_json = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    let is_refused = match form {
        Form::Lines => files[file]
            .1
            .split(|byte| *byte == b'\n')
            .any(|line| !line.trim_ascii().is_empty() && !is_json(line)),
        _ => !is_json(&files[file].1),
    };
    if is_refused && !has_error {
        return Err(told("no JSON, and no error is told"));
    }
    if case.is_multiple_of(4) {
        let (workers, least_part) = (2 + random.below(4), 1 + random.below(600));
        let in_parts = load(&files, Options { workers, least_part, ..Options::default() });
        let all = |data: &Dataset| COUNTRIES.map(|code| seen(data, code).map(|(seen, ..)| seen));
        if in_parts.problems != after.problems || all(&in_parts) != all(&after) {
            let parts =
                format!("{workers} threads and parts of {least_part} bytes: {:#?}", in_parts.problems);
            return Err(told(&format!("read in parts it is something else, {parts}")));
        }
    }
    for country in after.country_ids() {
        for edition in after.edition_ids() {
            let mut counts = Counts::default();
            for indicator in after.framework.indicator_ids() {
                counts.add(&after.cell(country, edition, indicator));
            }
            if counts != after.counts(country, edition) {
                return Err(told("the counts are not those of the cells"));
            }
        }
    }
    Ok(lost)
}

#[test]
fn a_damaged_card_touches_no_other() {
    let cases = std::env::var("VISAVIS_DAMAGE").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let first = std::env::var("VISAVIS_DAMAGE_FROM").ok().and_then(|case| case.parse().ok()).unwrap_or(0);
    let mut lost = 0;
    let mut wrong = vec![];
    for case in first..first + cases {
        match run(case) {
            Ok(more) => lost += more,
            Err(why) => wrong.push(why),
        }
    }
    println!(
        "| damaged cards | {cases} | another card changed or lost untold | {} | whole cards lost | {lost} |",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {cases}:\n{}", wrong.len(), wrong[..wrong.len().min(3)].join("\n\n"));
    assert!(lost as u64 * 50 < cases, "{lost} whole cards are lost in {cases} cases: 2 in 100 at most");
}
