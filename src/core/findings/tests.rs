//! What a finding counts, by hand-computed tables.

use super::*;
use crate::core::read;

/// Five countries: two levels apart, one gap, one to which it does not apply, one without a card.
fn data(findings: &str) -> Dataset {
    let text = format!(
        r#"{{"framework": {{"id": "f", "scales": {{"m": {{"kind": "levels", "levels": ["none", "some", "full"]}},
              "n": {{"kind": "number"}}, "t": {{"kind": "treaty"}}}},
            "goals": [{{"id": "g", "title": "G", "indicators": [
                {{"id": "plan", "title": "Plan", "scale": "m"}}, {{"id": "line", "title": "Line", "scale": "m"}},
                {{"id": "age", "title": "Age", "scale": "n"}}, {{"id": "opsc", "title": "OPSC", "scale": "t"}}]}}],
            "findings": [{findings}]}},
          "cards": [
            {{"framework": "f", "country": "ALB", "edition": "2022", "assessments":
                {{"plan": "none", "line": "full", "age": 15, "opsc": {{"signed": "2000-09-07"}}}}}},
            {{"framework": "f", "country": "ARM", "edition": "2022", "assessments":
                {{"plan": "full", "line": "none", "age": 16, "opsc": {{"signed": null}}}}}},
            {{"framework": "f", "country": "AZE", "edition": "2022", "assessments":
                {{"plan": {{"gap": "no-data"}}, "line": "none", "age": 18, "opsc": {{"signed": "2000-09-07", "bound": "2002"}}}}}},
            {{"framework": "f", "country": "BIH", "edition": "2022", "assessments":
                {{"plan": {{"gap": "not-applicable"}}, "age": {{"gap": "no-data"}}}}}},
            {{"framework": "f", "country": "BRA", "edition": "2021", "assessments": {{}}}}]}}"#
    );
    read::from_texts("test", &[("cards.json", &text)])
}

fn counted(condition: &str, more: &str) -> (u32, u32, u32, u32) {
    let finding = format!(r#"{{"id": "x", "text": "x", "where": {condition}, {more}}}"#);
    let data = data(&finding);
    assert_eq!(data.problems.len(), 0, "{:?}", data.problems);
    let edition = data.newest_edition().unwrap();
    let rows = count(&data, &groups::everyone(&data), edition);
    (rows[0].k, rows[0].assessed, rows[0].set, rows[0].not_applicable)
}

#[test]
fn a_gap_is_in_the_set_and_in_neither_count_and_not_applicable_is_in_none() {
    let of = |condition, indicator: &str| counted(condition, &format!(r#""indicators": ["{indicator}"]"#));
    assert_eq!(of(r#"{"levels": ["none"]}"#, "plan"), (1, 2, 4, 1));
    assert_eq!(of(r#"{"levels": ["none", "full"]}"#, "plan"), (2, 2, 4, 1));
    assert_eq!(of(r#"{"at_most": 16}"#, "age"), (2, 3, 5, 0));
    assert_eq!(of(r#"{"at_least": 16}"#, "age"), (2, 3, 5, 0));
    assert_eq!(of(r#"{"signed_only": true}"#, "opsc"), (1, 3, 5, 0));
    assert_eq!(of(r#"{"not_signed": true}"#, "opsc"), (1, 3, 5, 0));
    assert_eq!(of(r#"{"bound": true}"#, "opsc"), (1, 3, 5, 0));
}

#[test]
fn where_gaps_are_counted_everybody_it_applies_to_is_assessed() {
    let of = |condition| counted(condition, r#""indicators": ["plan"]"#);
    assert_eq!(of(r#"{"gap": true}"#), (2, 4, 4, 1));
    assert_eq!(of(r#"{"gap": ["no-data"]}"#), (1, 4, 4, 1));
}

#[test]
fn several_indicators_count_countries_by_any_or_all_or_count_answers() {
    let of = |more: &str| {
        counted(r#"{"levels": ["none"]}"#, &format!(r#""indicators": ["plan", "line"], {more}"#))
    };
    // Any: ALB by its plan, ARM and AZE by their line; BIH and BRA are not decided.
    assert_eq!(of(r#""unit": "countries""#), (3, 3, 5, 0));
    // All: ALB and ARM fail on one; AZE and BRA are not decided; BIH has no line either.
    assert_eq!(of(r#""match": "all""#), (0, 2, 5, 0));
    // Answers: three of the five given; BIH's plan is not applicable; BIH's line and both of BRA are gaps, as is AZE's plan.
    assert_eq!(of(r#""unit": "answers""#), (3, 5, 9, 1));
}

#[test]
fn the_published_figure_agrees_when_rounding_or_truncation_explains_it() {
    let row = |k, assessed| Counted {
        finding: 0,
        k,
        assessed,
        set: assessed,
        not_applicable: 0,
        countries: vec![],
        unassessed: vec![],
        agreement: Agreement::default(),
    };
    let published = |text: &'static str, percent| Published {
        text: crate::text::Raw::from_static(text),
        percent,
        edition: None,
        group: None,
    };
    let of = |k, n, percent| agreement(&row(k, n), &published("", Some(percent)));
    assert_eq!(of(5, 26, 19.0), Agreement::Same);
    assert_eq!(of(16, 26, 61.0), Agreement::Truncated);
    assert_eq!(of(16, 26, 62.0), Agreement::Same);
    assert_eq!(of(16, 26, 61.5), Agreement::Same);
    assert_eq!(of(5, 26, 20.0), Agreement::WithinOnePoint);
    assert_eq!(of(5, 26, 25.0), Agreement::Differs);
    assert_eq!(of(0, 26, 0.0), Agreement::Same);
    assert_eq!(of(0, 0, 0.0), Agreement::NotComparable);
    let words = |k, text| agreement(&row(k, 26), &published(text, None));
    assert_eq!(words(2, "2 countries"), Agreement::Same);
    assert_eq!(words(3, "2 countries"), Agreement::Differs);
    assert_eq!(words(6, "nearly one in four"), Agreement::InWords);
}
