//! Counts of findings, checked against tables computed by hand.

use super::*;
use crate::core::read;

/// Five countries: two with different levels, one gap, one not applicable, one without a card.
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
    let rows = Findings::of(&data, &groups::everyone(&data), edition).rows;
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
fn several_conditions_must_all_hold_of_a_cell() {
    let of = |condition| counted(condition, r#""indicators": ["age"]"#);
    assert_eq!(of(r#"{"at_least": 15, "at_most": 16}"#), (2, 3, 5, 0));
    assert_eq!(of(r#"{"more_than": 15, "at_most": 16}"#), (1, 3, 5, 0));
    assert_eq!(of(r#"{"more_than": 15, "less_than": 18}"#), (1, 3, 5, 0));
    assert_eq!(of(r#"{"less_than": 18}"#), (2, 3, 5, 0));
    assert_eq!(of(r#"{"at_least": 16, "at_most": 16}"#), (1, 3, 5, 0));
    let of = |condition| counted(condition, r#""indicators": ["opsc"]"#);
    assert_eq!(of(r#"{"bound": true, "levels": ["bound", "not-signed"]}"#), (1, 3, 5, 0));
}

#[test]
fn what_is_not_applicable_is_counted_only_where_it_is_asked_for_by_name() {
    let finding = |gap: &str| {
        format!(r#"{{"id": "x", "text": "have no need", "where": {{"gap": {gap}}}, "indicators": ["plan"]}}"#)
    };
    let row = |gap: &str| {
        let data = data(&finding(gap));
        assert_eq!(data.problems.len(), 0, "{:?}", data.problems);
        let mut all = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap()).rows;
        all.remove(0)
    };
    let counts = |row: &Counted| (row.k, row.assessed, row.set, row.not_applicable);
    let named = row(r#"["not-applicable"]"#);
    assert_eq!(counts(&named), (1, 5, 5, 0));
    let words =
        "1 of 5 countries assessed (5 in set), 20.0 %, have no need; what is not applicable is counted here.";
    assert_eq!(named.sentence(), words);
    assert_eq!(counts(&row(r#"["not-applicable", "no-data"]"#)), (2, 5, 5, 0));
    assert_eq!(counts(&row("true")), (2, 4, 4, 1));
    assert!(!row("true").sentence().contains("not applicable"));
}

#[test]
fn where_all_must_hold_those_with_fewer_that_apply_are_told_apart() {
    let row = |finding: &str| {
        let data = data(finding);
        let mut all = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap()).rows;
        all.remove(0)
    };
    let all = row(
        r#"{"id": "x", "text": "x", "where": {"gap": true}, "indicators": ["plan", "line"], "match": "all"}"#,
    );
    // Bosnia and Herzegovina: no plan applies, and there is no line. Brazil has no card.
    assert_eq!((all.k, all.passed_over), (2, 1));
    assert_eq!(all.passed_over_words().unwrap(), "1 of 5 hold on all 2; 1 more on all that apply");
    let any = row(r#"{"id": "x", "text": "x", "where": {"gap": true}, "indicators": ["plan", "line"]}"#);
    assert_eq!((any.passed_over, any.passed_over_words()), (0, None));
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
    // Answers: three of the five given; BIH's plan is not applicable; BIH's line, both of BRA and AZE's plan are
    // gaps.
    assert_eq!(of(r#""unit": "answers""#), (3, 5, 9, 1));
}

#[test]
fn each_country_stands_once_under_what_its_cells_say() {
    let data = data(
        r#"{"id": "any", "text": "x", "where": {"levels": ["none"]}, "indicators": ["plan", "line"]},
           {"id": "answers", "text": "x", "where": {"levels": ["none"]}, "indicators": ["plan", "line"], "unit": "answers"}"#,
    );
    let rows = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap()).rows;
    let of = |row: &Counted, answer| {
        let codes = row.countries(answer).into_iter().map(|id| data.country(id).code.raw().to_owned());
        codes.collect::<Vec<_>>().join(" ")
    };
    let all = |row: &Counted| {
        <Answer as strum::IntoEnumIterator>::iter().map(|answer| of(row, answer)).collect::<Vec<_>>()
    };
    assert_eq!(all(&rows[0]), ["ALB ARM AZE", "", "BIH BRA", ""]);
    assert_eq!(all(&rows[1]), ["ALB ARM AZE", "ALB ARM", "AZE BIH BRA", "BIH"]);
    // The cell that decides comes first: Armenia has a plan and no line.
    let armenia = rows[0].answers.iter().find(|one| data.country(one.country).code.raw() == "ARM").unwrap();
    let first = data.framework.indicator(armenia.indicators[0]);
    assert_eq!((&*first.id, armenia.indicators.len()), ("line", 2));
}

#[test]
fn a_figure_for_others_is_not_compared_and_says_for_whom_it_was() {
    let published = |more: &str| {
        let data = data(&format!(
            r#"{{"id": "x", "text": "x", "where": {{"levels": ["none"]}}, "indicators": ["plan"],
                "published": {{"text": "50 %", "percent": 50 {more}}}}}"#
        ));
        let rows = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap()).rows;
        (rows[0].agreement, rows[0].explained.raw().to_owned())
    };
    let same = "1 of 2 is 50.0 %, printed as 50 %: ok".to_owned();
    assert_eq!(published(""), (Agreement::Same, same.clone()));
    // A group with the same members counts as the same group.
    assert_eq!(published(r#", "edition": "2022", "group": "ALB,ARM,AZE,BIH,BRA""#), (Agreement::Same, same));
    let other = |more, whom: &str| {
        let words = format!("published for {whom}: 50 %, not comparable");
        assert_eq!(published(more), (Agreement::NotComparable, words));
    };
    other(r#", "group": "ALB,ARM""#, "ALB, ARM");
    other(r#", "group": "osce", "edition": "2010""#, "OSCE, 2010");
    other(r#", "edition": "2021""#, "2021");
    other(r#", "group": "nobody", "edition": "2022""#, "nobody, 2022");
}

#[test]
fn a_condition_on_bounds_is_decided_only_where_it_holds_of_all_that_the_number_may_be() {
    let of = |condition: &Where, text: &str| {
        of_interval(condition, Interval::parse(text, |bound| bound.parse().ok()).unwrap())
    };
    for (condition, text, want) in [
        (Where::AtLeast(5.0), "<5", Answer::HoldsNot),
        (Where::AtLeast(5.0), "≤5", Answer::Unassessed),
        (Where::AtLeast(5.0), "≥5", Answer::Holds),
        (Where::MoreThan(5.0), ">5", Answer::Holds),
        (Where::MoreThan(5.0), "≥5", Answer::Unassessed),
        (Where::AtMost(5.0), ">5", Answer::HoldsNot),
        (Where::AtMost(4.0), "3-4", Answer::Holds),
        (Where::LessThan(4.0), "3-4", Answer::Unassessed),
        (Where::LessThan(3.0), "3-4", Answer::HoldsNot),
    ] {
        assert_eq!(of(&condition, text), want, "{condition:?} {text}");
    }
}
