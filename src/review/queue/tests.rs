//! Tests the items of the queue and its filter.

use super::*;
use crate::{
    core::{cell::Gap, read},
    review::{
        book::Book,
        fingerprint::fingerprint,
        record::{Act, Record, Reviewer},
    },
};

fn cards() -> Dataset {
    let text = r#"{"framework": {"id": "f", "scales": {"m": {"kind": "levels", "levels": ["none", "full"]}},
        "goals": [{"id": "g", "title": "G", "indicators": [
            {"id": "plan", "title": "National plan", "scale": "m"}, {"id": "opsc", "title": "OPSC", "scale": "m"}]}]},
      "cards": [{"framework": "f", "country": "ALB", "edition": "2022", "assessments": {"opsc": "full"}},
        {"framework": "f", "country": "UZB", "edition": "2022", "assessments": {"opsc": "none"}}]}"#;
    read::from_texts("test", &[("cards.json", text)])
}

fn on(country: &str, indicator: &str) -> Target {
    Target { country: Some(country.into()), edition: "2022".into(), indicator: Some(indicator.into()) }
}

fn flag(on: Target, kind: FlagKind, note: &'static str) -> Act {
    Act::Flag { on, kind, note: Raw::from_static(note) }
}

/// A book of one record for each author and act, in this order; those of one number are simultaneous.
fn review(data: &Dataset, acts: Vec<(&str, u64, Act)>) -> Review {
    let record = |(author, lamport, act): (&str, u64, Act)| Record {
        id: Id::new(&format!("{author}.0"), lamport),
        lamport,
        time: "2026-11-24T02:00:00Z".into(),
        author: Raw::new(author.to_owned()),
        act,
        over: vec![],
    };
    Review::over(Book::of(acts.into_iter().map(record)), Reviewer::default(), data)
}

fn some(data: &Dataset) -> Review {
    let resolved = Act::Resolve { flag: Id::new("ana.0", 1), note: Raw::default() };
    let assign = |gap| Act::Assign { on: on("ALB", "plan"), gap: Some(gap), seen: 0 };
    let seen = Act::Review { on: on("UZB", "opsc"), seen: 1 };
    let (alb, e) = (data.find_country("ALB").unwrap(), data.newest_edition().unwrap());
    let opsc = data.framework.find_indicator("opsc").unwrap();
    let same = Act::Review { on: on("ALB", "opsc"), seen: fingerprint(data, alb, e, opsc) };
    review(
        data,
        vec![
            ("ana", 1, flag(on("ALB", "opsc"), FlagKind::Question, "article 12?")),
            ("ana", 2, flag(on("ALB", "plan"), FlagKind::MissingData, "")),
            ("ben", 3, resolved),
            (
                "ben",
                4,
                Act::Note { on: on("UZB", "plan"), text: Raw::from_static("Asked the ministry"), to: vec![] },
            ),
            ("ana", 5, seen),
            ("ana", 6, same),
            ("ana", 7, assign(Gap::NoData)),
            ("ben", 7, assign(Gap::Withheld)),
            ("ben", 8, flag(on("FRA", "plan"), FlagKind::Question, "gone")),
        ],
    )
}

fn shown(filter: &QueueFilter) -> Vec<String> {
    let data = cards();
    let queue = Queue::new(&some(&data), &data, filter);
    let words = |item: &Item| {
        let country = item.on.country.as_deref().unwrap_or_default();
        format!("{} {} {country} {}", item.state.id(), item.kind.id(), item.words.raw()).trim().to_owned()
    };
    queue.items.iter().map(words).collect()
}

#[test]
fn what_waits_is_listed_newest_first_and_what_is_done_on_request() {
    assert_eq!(
        shown(&QueueFilter::default()),
        [
            "open question FRA gone",
            "conflict assignment ALB ana says no data; ben says withheld",
            "changed review UZB",
            "open note UZB Asked the ministry",
            "open missing-data ALB",
        ]
    );
    let resolved = QueueFilter { state: Stage::Resolved, ..QueueFilter::default() };
    assert_eq!(shown(&resolved), ["resolved question ALB article 12?"]);
    assert_eq!(shown(&QueueFilter { state: Stage::All, ..QueueFilter::default() }).len(), 6);
}

#[test]
fn a_filter_shows_what_is_of_a_kind_an_author_a_country_and_has_the_words() {
    let only = |filter: QueueFilter| shown(&QueueFilter { state: Stage::All, ..filter }).len();
    assert_eq!(only(QueueFilter { kind: QueueKind::from_id("question"), ..QueueFilter::default() }), 2);
    assert_eq!(only(QueueFilter { author: Some(Raw::from_static("ben")), ..QueueFilter::default() }), 3);
    assert_eq!(only(QueueFilter { country: Some("UZB".into()), ..QueueFilter::default() }), 2);
    assert_eq!(only(QueueFilter { edition: Some("2010".into()), ..QueueFilter::default() }), 0);
    assert_eq!(only(QueueFilter { text: "MINISTRY uzbekistan".to_owned(), ..QueueFilter::default() }), 1);
    assert_eq!(only(QueueFilter { text: "national plan".to_owned(), ..QueueFilter::default() }), 3);
}

#[test]
fn a_group_hides_other_countries_but_not_what_no_card_has() {
    let data = cards();
    let members = Some(vec![data.find_country("UZB").unwrap()]);
    let kept = shown(&QueueFilter { members, ..QueueFilter::default() });
    assert_eq!(kept, ["open question FRA gone", "changed review UZB", "open note UZB Asked the ministry"]);
}

#[test]
fn the_queue_knows_whom_and_what_it_is_about() {
    let data = cards();
    let queue = Queue::new(
        &some(&data),
        &data,
        &QueueFilter { text: "nothing".to_owned(), ..QueueFilter::default() },
    );
    assert_eq!((queue.items.len(), queue.of), (0, 6));
    let authors: Vec<&str> = queue.authors.iter().map(Raw::raw).collect();
    assert_eq!(authors, ["ana", "ben"]);
    assert_eq!(queue.countries, ["ALB".into(), "FRA".into(), "UZB".into()]);
}

#[test]
fn every_kind_and_stage_is_found_by_its_id() {
    assert!(QueueKind::all().all(|kind| QueueKind::from_id(kind.id()) == Some(kind)));
    assert!(Stage::iter().all(|stage| Stage::from_id(stage.id()) == Some(stage)));
}
