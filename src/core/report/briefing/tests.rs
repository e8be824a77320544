//! A briefing says what the other reports say.

use super::*;
use crate::core::read;

const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","some","full"]}},
  "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}],
  "findings":[{"id":"x","goal":"g","indicators":["a"],"where":{"levels":["none"]},"text":"have no act"}]},
 "cards":[{"country":"IRL","edition":"2010","assessments":{"a":"none","b":"some"}},
  {"country":"IRL","edition":"2012","assessments":{"a":{"level":"none","sources":["https://example.org/a"]},"b":"full"},"priority_actions":["Pass an act."]},
  {"country":"SWE","edition":"2012","assessments":{"a":{"gap":"no-data"},"b":{"gap":"not-applicable"}}}]}"#;

fn words(document: &Document, id: &str) -> String {
    let section = document.sections.iter().find(|section| section.id == id).unwrap();
    format!("{:?}", section.blocks)
}

#[test]
fn a_briefing_names_who_what_is_missing_and_what_changed() {
    let data = read::from_texts("d", &[("x.json", CARDS)]);
    let briefing = Briefing::new(&data, groups::everyone(&data), data.newest_edition().unwrap());
    let document = briefing.document();
    let ids: Vec<&str> = document.sections.iter().map(|section| section.id).collect();
    assert_eq!(ids, ["short", "scope", "findings", "goals", "missing", "changes", "actions", "method"]);
    let short = words(&document, "short");
    for wanted in [
        "All countries, edition 2012: 2 countries (Ireland and Sweden), 1 goal, 2 indicators, 2 of 3 (4 in set) given.",
        "1 of 3 is missing, of Sweden (1 of 1: no data) and on Act (1 of 2: no data); since 2010, 1 improved and 0 worsened of 2 \
         given in both editions.",
    ] {
        assert!(short.contains(wanted), "{wanted} in {short}");
    }
    assert!(
        words(&document, "scope").contains("2 of 2 countries have a card"),
        "{}",
        words(&document, "scope")
    );
    let findings = words(&document, "findings");
    for wanted in [
        "1 of 1 countries assessed (2 in set), 100.0 %, have no act.",
        "1 country: Ireland.",
        "Sweden (no data)",
        "Sources([1])",
    ] {
        assert!(findings.contains(wanted), "{wanted} in {findings}");
    }
    let missing = words(&document, "missing");
    assert!(missing.contains("2 of 3 (4 in set) given, 1 gap (33.3 %); 1 not applicable"), "{missing}");
    let changes = words(&document, "changes");
    assert!(changes.contains("Improved: 1") && changes.contains("Plan"), "{changes}");
    assert!(words(&document, "actions").contains("Pass an act."));
    assert_eq!(document.sources.len(), 1);
}

#[test]
fn an_empty_section_says_why_it_is_empty() {
    let data =
        read::from_texts("d", &[("x.json", r#"{"country":"IRL","edition":"2010","assessments":{"a":"x"}}"#)]);
    let briefing = Briefing::new(&data, groups::everyone(&data), data.newest_edition().unwrap());
    let document = briefing.document();
    for (id, wanted) in [
        ("findings", "states no findings"),
        ("missing", "Nothing is missing"),
        ("changes", "no earlier edition"),
        ("actions", "no priority actions"),
    ] {
        assert!(words(&document, id).contains(wanted), "{}", words(&document, id));
    }
    assert_eq!(briefing.json()["findings"]["rows"], serde_json::json!([]));
}

/// Six countries: two findings hold of all that are assessed, one of nobody, one is decided by too few.
const SIX: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","full"]}},
  "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}],
  "findings":[{"id":"w","indicators":["b"],"where":{"levels":["full"]},"text":"have a plan"},
   {"id":"x","indicators":["a"],"where":{"levels":["full"]},"text":"have an act"},
   {"id":"y","indicators":["a"],"where":{"levels":["none"]},"text":"have no act"}]},
 "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"full","b":"full"}},
  {"country":"SWE","edition":"2012","assessments":{"a":"full"}},{"country":"DNK","edition":"2012","assessments":{"a":"full"}},
  {"country":"MLT","edition":"2012","assessments":{"a":"full"}},{"country":"FIN","edition":"2012","assessments":{"a":"full"}},
  {"country":"ALB","edition":"2012","assessments":{"a":{"gap":"no-data"}}}]}"#;

#[test]
fn what_few_are_assessed_on_is_not_told_in_short_and_what_holds_of_nobody_stands_in_one_line() {
    let data = read::from_texts("d", &[("x.json", SIX)]);
    let briefing = Briefing::new(&data, groups::everyone(&data), data.newest_edition().unwrap());
    let document = briefing.document();
    let short = words(&document, "short");
    assert!(short.contains("5 of 5 countries assessed (6 in set), 100.0 %, have an act."), "{short}");
    assert!(!short.contains("have a plan") && !short.contains("have no act"), "{short}");
    let findings = words(&document, "findings");
    let nobody =
        "None of the countries: have no act (of 5 assessed, 6 in set; not assessed: Albania (no data)).";
    assert!(findings.contains(nobody), "{findings}");
    assert!(!findings.contains("0 of 5"), "{findings}");
}
