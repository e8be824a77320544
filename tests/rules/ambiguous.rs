//! Nothing that can be read in two ways, or in none, passes in silence: each kind is told at its place, and nothing is
//! chosen.

use visavis::core::{
    cell::{Gap, Marks, Value},
    compare::{Reason, Verdict, compare},
    dataset::Dataset,
    read::from_texts,
    report::{CompareReport, Only, Report as _},
    subject::Subject,
};

/// A bundle of one card with these answers, and with these members of the framework beside its scales and goals.
pub(super) fn bundle(framework: &str, answers: &str) -> Dataset {
    let text = format!(
        r#"{{ "framework": {{ "schema": "visavis.framework/1", "id": "f", "scales": {{
          "l": {{ "kind": "levels", "levels": ["a", "b", "c"] }}, "n": {{ "kind": "number", "min": 0, "max": 100 }},
          "y": {{ "kind": "yes_no" }}, "t": {{ "kind": "treaty" }}, "w": {{ "kind": "text" }}, "d": {{ "kind": "date" }} }},
        "goals": [{{ "id": "g", "indicators": [{{ "id": "l", "scale": "l" }}, {{ "id": "n", "scale": "n" }},
          {{ "id": "y", "scale": "y" }}, {{ "id": "t", "scale": "t" }}, {{ "id": "w", "scale": "w" }},
          {{ "id": "d", "scale": "d" }}] }}]{framework} }},
        "cards": [{{ "schema": "visavis.card/1", "country": "IRL", "edition": "2010", "assessments": {{ {answers} }} }}] }}"#
    );
    from_texts("b", &[("b.json", &text)])
}

/// Code and path of each problem, in their order.
pub(super) fn told(data: &Dataset) -> Vec<(&'static str, String)> {
    let path = |problem: &visavis::core::problem::Problem| {
        problem.path.as_ref().map_or_else(String::new, |path| path.raw().to_owned())
    };
    data.problems.iter().map(|problem| (problem.code, path(problem))).collect()
}

fn state(data: &Dataset, id: &str) -> (Result<Value, Gap>, Marks) {
    let indicator = data.framework.find_indicator(id).unwrap();
    let cell = data.cell(data.find_country("IRL").unwrap(), data.newest_edition().unwrap(), indicator);
    (cell.state, cell.marks)
}

#[test]
fn two_answers_in_one_cell_are_told_and_neither_is_chosen() {
    for (answer, code) in [
        (r#""l": { "level": "a", "value": "c" }"#, "two-answers"),
        (r#""y": { "level": "yes", "value": false }"#, "two-answers"),
        (r#""n": { "value": 1, "level": 7 }"#, "two-answers"),
        (r#""n": { "value": 1, "values": [2, 3] }"#, "two-answers"),
        (r#""w": { "value": "these words", "level": "other words" }"#, "two-answers"),
        (r#""t": { "signed": "2001", "value": "bound" }"#, "two-answers"),
        (r#""y": { "signed": "2001", "value": "yes" }"#, "two-answers"),
        (r#""n": { "value": 1, "gap": "no-data" }"#, "gap-and-value"),
        (r#""n": { "values": [1], "gap": "no-data" }"#, "gap-and-value"),
        (r#""t": { "bound": "2001", "gap": "withheld" }"#, "gap-and-value"),
        (r#""y": { "signed": "2001" }"#, "not-a-treaty"),
        (r#""n": { "values": 3 }"#, "not-a-list"),
    ] {
        let data = bundle("", answer);
        let (id, _) = answer[1..].split_once('"').unwrap();
        assert_eq!(state(&data, id).0, Err(Gap::Unreadable), "{answer}");
        let told = told(&data);
        assert_eq!(told.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{answer}: {told:?}");
        assert!(told[0].1.starts_with(&format!("$.cards[0].assessments.{id}")), "{answer}: {told:?}");
    }
}

#[test]
fn the_same_answer_twice_and_null_beside_an_answer_are_one_answer() {
    let level = |at| Ok(Value::Level(at));
    for (answer, want) in [
        (r#""l": { "level": "b", "value": "b" }"#, level(1)),
        (r#""n": { "value": 2, "values": [2, 3] }"#, Ok(Value::Number(2.0))),
        (
            r#""n": { "level": null, "value": 12, "gap": null, "values": null, "signed": null, "bound": null, "act": null, "note": null, "printed": null, "as_of": null, "sources": null, "marks": null }"#,
            Ok(Value::Number(12.0)),
        ),
        (r#""l": { "level": null, "value": null, "gap": null }"#, Err(Gap::Empty)),
        (
            r#""n": { "gap": "no-data", "value": null, "level": null, "values": null, "signed": null, "bound": null }"#,
            Err(Gap::NoData),
        ),
        (r#""t": { "signed": null, "bound": null }"#, level(0)),
        (r#""t": { "signed": "2001", "bound": null, "level": null, "value": null, "gap": null }"#, level(1)),
        (r#""t": { "signed": null, "bound": null, "gap": "withheld" }"#, Err(Gap::Withheld)),
    ] {
        let data = bundle("", answer);
        let (id, _) = answer[1..].split_once('"').unwrap();
        assert_eq!((state(&data, id).0, told(&data)), (want, vec![]), "{answer}");
    }
}

#[test]
fn every_reading_is_held_against_the_scale_and_a_null_one_hides_no_other() {
    let data = bundle(
        "",
        r#""n": { "values": [null, 3] }, "l": { "values": ["a", "zzz"] }, "y": { "values": ["perhaps", true] }, "w": { "values": ["one", "two"] }"#,
    );
    assert_eq!(state(&data, "n"), (Ok(Value::Number(3.0)), Marks::UNSOURCED));
    assert_eq!(state(&data, "l"), (Ok(Value::Level(0)), Marks::UNSOURCED | Marks::DISPUTED));
    assert_eq!(state(&data, "y").0, Err(Gap::Unreadable));
    let at = |rest: &str| format!("$.cards[0].assessments.{rest}");
    let want = [
        ("empty-value", at("n.values[0]")),
        ("unknown-level", at("l.values[1]")),
        ("unknown-level", at("y.values[0]")),
    ];
    assert_eq!(told(&data), want);
}

#[test]
fn what_a_framework_says_twice_or_wrongly_is_told_at_its_place() {
    for (framework, code, path) in [
        (
            r#""groups": [{ "id": "x", "members": ["IRL"] }, { "id": "x", "members": ["SWE"] }]"#,
            "duplicate-group",
            "groups[1].id",
        ),
        (r#""groups": [{ "id": "SWE", "members": ["IRL"] }]"#, "duplicate-group", "groups[0].id"),
        (r#""groups": [{ "id": "all", "members": ["IRL"] }]"#, "duplicate-group", "groups[0].id"),
        (
            r#""groups": [{ "id": "x", "members": ["IRL", "Swedn"] }]"#,
            "unknown-member",
            "groups[0].members[1]",
        ),
        (
            r#""groups": [{ "id": "x", "members": ["IRL", "Ireland"] }]"#,
            "duplicate-member",
            "groups[0].members[1]",
        ),
        (r#""groups": [{ "id": "x", "title": 3, "members": ["IRL"] }]"#, "not-text", "groups[0].title"),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": [], "where": { "levels": ["a"] } }]"#,
            "no-indicators",
            "findings[0].indicators",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l", "l"], "where": { "levels": ["a"] } }]"#,
            "duplicate-indicator",
            "findings[0].indicators[1]",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["m"], "where": { "levels": ["a"] } }]"#,
            "unknown-indicator",
            "findings[0].indicators[0]",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "levels": ["z"] } }]"#,
            "unknown-level",
            "findings[0].where.levels[0]",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "gap": ["none"] } }]"#,
            "unknown-gap",
            "findings[0].where.gap[0]",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "levels": ["a"], "gap": true } }]"#,
            "bad-where",
            "findings[0].where",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "match": "every", "where": { "levels": ["a"] } }]"#,
            "unknown-word",
            "findings[0].match",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "unit": "answer", "where": { "levels": ["a"] } }]"#,
            "unknown-word",
            "findings[0].unit",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "goal": "h", "where": { "levels": ["a"] } }]"#,
            "unknown-goal",
            "findings[0].goal",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "levels": ["a"] }, "published": { "percent": 130 } }]"#,
            "not-a-share",
            "findings[0].published.percent",
        ),
        (
            r#""findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "levels": ["a"] }, "published": { "group": "nobody" } }]"#,
            "unknown-group",
            "findings[0].published.group",
        ),
        (r#""outdated_after_years": 1.5"#, "not-a-number", "outdated_after_years"),
        (r#""sources": { "s": 3 }"#, "not-a-source", "sources.s"),
    ] {
        let data = bundle(&format!(", {framework}"), r#""l": "a""#);
        assert_eq!(told(&data), [(code, format!("$.framework.{path}"))], "{framework}");
    }
}

#[test]
fn of_two_findings_with_one_id_the_first_is_used() {
    let findings = r#", "findings": [{ "id": "x", "text": "t", "indicators": ["l"], "where": { "levels": ["a"] } }, { "id": "x", "text": "u", "indicators": ["l"], "where": { "levels": ["b"] } }]"#;
    let data = bundle(findings, r#""l": "a""#);
    assert_eq!(told(&data), [("duplicate-finding", "$.framework.findings[1]".to_owned())]);
    assert_eq!(data.framework.findings.len(), 1);
}

#[test]
fn a_figure_for_a_title_of_two_groups_is_told_and_a_condition_given_twice_is_not_counted() {
    let finding = |condition: &str, more: &str| {
        r#", "groups": [{ "id": "x", "title": "T", "members": ["IRL"] }, { "id": "y", "title": "t", "members": ["SWE"] }],
            "findings": [{ "id": "x", "text": "t", "indicators": ["n"], "where": { CONDITION } MORE }]"#
            .replace("CONDITION", condition)
        .replace("MORE", more)
    };
    let data = bundle(&finding(r#""at_least": 1"#, r#", "published": { "group": "T" }"#), r#""l": "a""#);
    assert_eq!(told(&data), [("shared-title", "$.framework.findings[0].published.group".to_owned())]);
    let data = bundle(&finding(r#""at_least": 1, "at_least": 2"#, ""), r#""l": "a""#);
    let path = "$.framework.findings[0].where.at_least".to_owned();
    assert_eq!(told(&data), [("duplicate-key", path.clone()), ("bad-where", path)]);
    assert!(data.framework.findings[0].problem().is_some());
}

#[test]
fn null_is_not_said_for_every_member_of_a_framework_too() {
    let nulls = r#", "title": null, "version": null, "description": null, "notice": null, "coverage_threshold": null, "outdated_after_years": null, "findings": null, "groups": null, "sources": null"#;
    assert_eq!(told(&bundle(nulls, r#""l": "a""#)), []);
    let scales = r#"{ "framework": { "id": "f", "scales": { "n": { "kind": "number", "unit": null, "decimals": null, "min": null, "max": null, "better": null } }, "goals": [{ "id": "g", "title": null, "weight": null, "description": null, "indicators": [{ "id": "n", "title": null, "question": null, "guidance": null, "weight": null, "scale": "n" }] }] }, "cards": [{ "country": "IRL", "name": null, "edition": "2010", "assessed_on": null, "summary": null, "assessments": { "n": 3 }, "priority_actions": null, "campaign": null, "sources": null }] }"#;
    let data = from_texts("b", &[("b.json", scales)]);
    assert_eq!((told(&data), state(&data, "n").0), (vec![], Ok(Value::Number(3.0))));
}

#[test]
fn bounds_the_wrong_way_round_are_the_fault_of_the_framework_and_are_not_used() {
    let text = r#"{ "framework": { "id": "f", "scales": { "n": { "kind": "number", "min": 10, "max": 0 } }, "goals": [{ "id": "g", "indicators": [{ "id": "n", "scale": "n" }] }] }, "cards": [{ "country": "IRL", "edition": "2010", "assessments": { "n": 5 } }] }"#;
    let data = from_texts("b", &[("b.json", text)]);
    assert_eq!(told(&data), [("min-above-max", "$.framework.scales.n".to_owned())]);
    assert_eq!(state(&data, "n").0, Ok(Value::Number(5.0)));
}

#[test]
fn another_format_than_the_known_one_is_told_of_cards_and_of_frameworks() {
    let text = r#"{ "framework": { "schema": "visavis.framework/2", "id": "f", "scales": { "n": { "kind": "number" } }, "goals": [{ "id": "g", "indicators": [{ "id": "n", "scale": "n" }] }] }, "cards": [{ "schema": "other", "country": "IRL", "edition": "2010", "assessments": { "n": 5 } }] }"#;
    let data = from_texts("b", &[("b.json", text)]);
    let at = |path: &str| ("unknown-schema", path.to_owned());
    assert_eq!(told(&data), [at("$.framework.schema"), at("$.cards[0].schema")]);
}

#[test]
fn of_two_cards_that_differ_neither_is_shown_and_a_copy_is_a_hint() {
    let card = |value: u8| {
        format!(
            r#"{{ "framework": "f", "country": "IRL", "edition": "2010", "assessments": {{ "n": {value} }} }}"#
        )
    };
    let framework = r#"{ "id": "f", "scales": { "n": { "kind": "number" } }, "goals": [{ "id": "g", "indicators": [{ "id": "n", "scale": "n" }] }] }"#;
    let open = |one: String, other: String| {
        from_texts("d", &[("f.json", framework), ("one.json", &one), ("other.json", &other)])
    };
    let data = open(card(1), card(2));
    assert_eq!((told(&data)[0].0, state(&data, "n").0), ("two-cards", Err(Gap::Unreadable)));
    let message = data.problems[0].to_string();
    assert!(message.contains("one.json:1:1") && message.contains("other.json:1:1"), "{message}");
    let data = open(card(1), card(1).replace(": 1", ":   1"));
    assert_eq!((told(&data)[0].0, state(&data, "n").0), ("duplicate-card", Ok(Value::Number(1.0))));
}

#[test]
fn what_has_a_name_of_another_is_told_and_refused_by_that_name() {
    let text = r#"{ "framework": { "id": "f", "scales": { "n": { "kind": "number" } }, "goals": [
        { "id": "g", "title": "Law", "indicators": [{ "id": "a", "title": "Plan", "scale": "n" }, { "id": "b", "title": "plan", "scale": "n" }] },
        { "id": "h", "title": "Law", "indicators": [{ "id": "=c", "title": "Other", "scale": "n" }] }] },
        "cards": [{ "country": "XA", "name": "Land", "edition": "2010", "assessments": { "a": 1 } },
        { "country": "XB", "name": "Land", "edition": "2010", "assessments": { "a": 2 } }] }"#;
    let data = from_texts("b", &[("b.json", text)]);
    let goal = |at: usize, rest: &str| format!("$.framework.goals[{at}]{rest}");
    let want = [
        ("shared-title", goal(0, ".indicators[1].title")),
        ("shared-title", goal(1, ".title")),
        ("formula-id", goal(1, ".indicators[0].id")),
        ("shared-name", String::new()),
    ];
    assert_eq!(told(&data), want);
    let framework = &data.framework;
    assert_eq!((framework.indicator_named("Plan"), framework.goal_named("law")), (None, None));
    assert_eq!(framework.indicator_named("B"), framework.find_indicator("b"));
    assert_eq!((data.resolve_country("Land"), data.resolve_country("XB")), (None, data.find_country("XB")));
}

#[test]
fn an_unreadable_object_is_printed_the_same_whatever_its_layout() {
    let printed = |answer: &str| {
        let data = bundle("", answer);
        let at = (data.find_country("IRL").unwrap(), data.newest_edition().unwrap());
        let detail = data.detail(at.0, at.1, data.framework.find_indicator("n").unwrap());
        detail.printed.unwrap().raw().to_owned()
    };
    let want = r#"{"value":[1,"a \" b"]}"#;
    assert_eq!(printed(r#""n": [1, { "value": [1, "a \" b"] }]"#), format!("[1,{want}]"));
    assert_eq!(printed("\"n\": [1,\n\t{\"value\":\n[1, \"a \\\" b\"]}  ]"), format!("[1,{want}]"));
}

#[test]
fn a_finding_is_counted_only_where_its_condition_can_hold() {
    let finding = |rest: &str| {
        let findings = format!(r#", "findings": [{{ "id": "x", "text": "t", {rest} }}]"#);
        let data = bundle(&findings, r#""l": "a""#);
        assert!(data.framework.findings[0].problem().is_some(), "{rest}");
        told(&data)
    };
    let at = |code: &'static str, path: &str| vec![(code, format!("$.framework.findings[0].{path}"))];
    for (rest, want) in [
        (r#""indicators": ["n", "y"], "where": { "at_least": 6 }"#, at("bad-where", "where.at_least")),
        (r#""indicators": ["y"], "where": { "bound": true }"#, at("bad-where", "where.bound")),
        (r#""indicators": ["n"], "where": { "levels": ["a"] }"#, at("bad-where", "where.levels")),
        (r#""indicators": ["l"], "where": { "levels": [] }"#, at("bad-where", "where.levels")),
        (r#""indicators": ["l"], "where": { "gap": [] }"#, at("bad-where", "where.gap")),
        (r#""indicators": ["n"], "where": { "at_least": 5, "at_most": 3 }"#, at("bad-where", "where")),
        (r#""indicators": ["n"], "where": { "more_than": 3, "at_most": 3 }"#, at("bad-where", "where")),
        (r#""indicators": ["n"], "where": { "at_least": 3, "less_than": 3 }"#, at("bad-where", "where")),
        (
            r#""indicators": ["n"], "where": { "less_than": 3, "gap": ["not-applicable"] }"#,
            at("bad-where", "where"),
        ),
        (
            r#""indicators": ["l"], "where": { "levels": ["a"], "gap": ["not-applicable"] }"#,
            at("bad-where", "where"),
        ),
        (
            r#""indicators": ["n"], "where": { "at_least": 3, "atmost": 5 }"#,
            at("unknown-key", "where.atmost"),
        ),
        (r#""indicators": ["n"], "where": { "at_least": "3" }"#, at("not-a-number", "where.at_least")),
        (r#""indicators": ["n"], "where": {}"#, at("bad-where", "where")),
        (r#""where": { "gap": true }"#, at("no-indicators", "indicators")),
        (r#""indicators": null, "where": { "gap": true }"#, at("no-indicators", "indicators")),
    ] {
        assert_eq!(finding(rest), want, "{rest}");
    }
}

#[test]
fn a_bundle_keeps_its_cards_beside_a_fault_of_its_framework_and_tells_keys_that_are_none() {
    let bundle = |framework: &str, rest: &str| {
        let text = format!(
            r#"{{ "framework": {framework}, "cards": [{{ "country": "IRL", "edition": "2010", "assessments": {{ "w": {{ "level": "b" }} }} }}]{rest} }}"#
        );
        let data = from_texts("b", &[("b.json", &text)]);
        (told(&data), data)
    };
    let framework = r#"{ "id": "f", "scales": { "w": { "kind": "text" } }, "goals": [{ "id": "g", "weight": 1, "indicators": [{ "id": "w", "scale": "w" }] }] }"#;
    let (told, data) = bundle(framework, "");
    assert_eq!((told, state(&data, "w").0), (vec![], Ok(Value::Text)));
    let at = (data.find_country("IRL").unwrap(), data.newest_edition().unwrap());
    assert_eq!(data.label(at.0, at.1, data.framework.find_indicator("w").unwrap()).raw(), "b");
    let (told, data) = bundle(&framework.replace("\"weight\": 1", "\"weight\": NaN"), "");
    assert!(
        told.iter().any(|(code, path)| *code == "syntax" && path == "$.framework.goals[0].weight"),
        "{told:?}"
    );
    assert_eq!(state(&data, "w").0, Ok(Value::Text));
    for (framework, rest, want) in [
        (framework, r#", "Cards": []"#, ("unknown-key", "$.Cards")),
        ("3", "", ("not-a-framework", "$.framework")),
        (r#"{ "id": "f" }"#, "", ("no-goals", "$.framework")),
    ] {
        let (told, _) = bundle(framework, rest);
        assert_eq!(told, [(want.0, want.1.to_owned())], "{framework}{rest}");
    }
    let text = format!(
        r#"{{ "cards": [{{ "country": "IRL", "edition": "2010", "assessments": {{ "w": "b" }} , {{ "country": "SWE", "edition": "2010", "assessments": {{ "w": "c" }} }}], "framework": {framework} }}"#
    );
    let data = from_texts("b", &[("b.json", &text)]);
    assert!(!data.framework.inferred && data.find_country("SWE").is_some(), "{:?}", data.problems);
}

#[test]
fn editions_that_end_on_the_same_day_are_told_and_readings_that_agree_are_not_disputed() {
    let card = |edition: &str| {
        format!(
            r#"{{ "country": "IRL", "edition": "{edition}", "assessments": {{ "n": {{ "values": [5, 5] }} }} }}"#
        )
    };
    let data = from_texts("b", &[("c.json", &format!("[{}, {}]", card("2010"), card("2010-12-31")))]);
    assert_eq!(told(&data), [("similar-editions", String::new())]);
    assert_eq!(state(&data, "n").1, Marks::UNSOURCED);
}

#[test]
fn what_is_not_shown_is_told_and_a_hint_about_a_number_can_be_followed() {
    let at = |code: &'static str, rest: &str| vec![(code, format!("$.cards[0].assessments.{rest}"))];
    for (answer, want) in [
        (r#""n": { "gap": "no-data", "marks": ["disputed"] }"#, at("marks-on-gap", "n.marks")),
        (r#""n": { "value": 5, "act": "ratification" }"#, at("act-alone", "n.act")),
        (r#""t": { "act": "ratification" }"#, at("act-alone", "t.act")),
    ] {
        assert_eq!(told(&bundle("", answer)), want, "{answer}");
    }
    for (answer, hint) in [
        (r#""n": "12""#, "take the quotes away"),
        (r#""n": "05""#, "write 5 without quotes"),
        (r#""n": "12345678901234567890""#, "15 digits"),
    ] {
        let data = bundle("", answer);
        let told = data.problems[0].hint.as_ref().unwrap();
        assert!(told.contains(hint), "{answer}: {told}");
    }
}

#[test]
fn a_member_that_only_a_card_knows_is_a_member_whatever_stands_in_its_name() {
    for name in ["Freedonia", "Land \"of\" \u{1b}]0;x\u{7}", &"long ".repeat(30)] {
        let name = serde_json::to_string(name).unwrap();
        let text = format!(
            r#"{{ "framework": {{ "id": "f", "scales": {{ "n": {{ "kind": "number" }} }}, "goals": [{{ "id": "g", "indicators": [{{ "id": "n", "scale": "n" }}] }}],
            "groups": [{{ "id": "x", "members": ["SWE", {name}, "Swedn"] }}] }},
            "cards": [{{ "country": {name}, "name": "Own", "edition": "2010", "assessments": {{ "n": 1 }} }}] }}"#
        );
        let data = from_texts("b", &[("b.json", &text)]);
        let codes: Vec<&str> = told(&data).iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["unknown-member", "unknown-country"], "{name}: {:?}", data.problems);
        assert_eq!(data.framework.groups[0].members.len(), 2, "{name}");
    }
}

#[test]
fn cards_that_name_no_framework_beside_several_say_which_one_they_are_read_against() {
    let framework = |id: &str| {
        format!(
            r#"{{ "id": "{id}", "scales": {{ "y": {{ "kind": "yes_no" }} }}, "goals": [{{ "id": "g", "indicators": [{{ "id": "i", "scale": "y" }}] }}] }}"#
        )
    };
    let card = r#"{ "country": "IRL", "edition": "2010", "assessments": { "i": "yes" } }"#;
    let (one, other) = (framework("one"), framework("other"));
    let told = |files: &[(&str, &str)]| {
        let data = from_texts("d", files);
        data.problems.into_iter().filter(|problem| problem.code == "no-framework").collect::<Vec<_>>()
    };
    let all = told(&[("1.json", &one), ("2.json", &other), ("c.json", card)]);
    assert!(all.len() == 1 && all[0].message.as_str().contains("1 card names no framework"), "{all:?}");
    assert_eq!(told(&[("1.json", &one), ("c.json", card)]), []);
}

/// The true median of numbers, and both middle levels where they differ; ahead is only what is outside both.
#[test]
fn the_median_of_an_even_number_is_the_mean_of_the_middle_two_or_both_of_them() {
    let card = |code: &str, rate: f64, plan: &str| {
        format!(
            r#"{{ "country": "{code}", "edition": "2010", "assessments": {{ "r": {rate}, "m": {rate}, "p": "{plan}" }} }}"#
        )
    };
    let cards = [
        card("IRL", 0.0, "no"),
        card("SWE", 10.0, "no"),
        card("DNK", 20.0, "yes"),
        card("FIN", 90.5, "yes"),
        card("DEU", 12.0, "yes"),
    ];
    let text = format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "h": {{ "kind": "number", "better": "higher" }}, "l": {{ "kind": "number", "better": "lower" }}, "y": {{ "kind": "yes_no" }} }},
            "goals": [{{ "id": "g", "indicators": [{{ "id": "r", "scale": "h" }}, {{ "id": "m", "scale": "l" }}, {{ "id": "p", "scale": "y" }}] }}],
            "groups": [{{ "id": "q", "members": ["IRL", "SWE", "DNK", "FIN"] }}, {{ "id": "three", "members": ["IRL", "SWE", "DEU"] }}] }}, "cards": [{}] }}"#,
        cards.join(", ")
    );
    let data = from_texts("d", &[("b.json", &text)]);
    let edition = data.newest_edition().unwrap();
    let subject = |text: &str| Subject::parse(&data, text, Some(edition)).unwrap();
    let against = |group: &str| {
        let both = vec![subject("DEU"), subject(group)];
        let labels: Vec<String> =
            data.framework.indicator_ids().map(|id| both[1].label(&data, id).raw().to_owned()).collect();
        let comparison = compare(&data, both);
        let verdicts: Vec<Verdict> = comparison.rows.iter().map(|row| row.verdict).collect();
        (labels, verdicts, CompareReport::new(&data, &comparison, Only::Everything).json())
    };
    let (labels, verdicts, json) = against("group:q");
    assert_eq!(
        labels,
        [
            "15 (median of 4 given of 4)",
            "15 (median of 4 given of 4)",
            "no | yes (the middle two of 4 given of 4)"
        ]
    );
    assert_eq!(verdicts, [Verdict::Right(3.0), Verdict::Left(3.0), Verdict::NotComparable(Reason::Within)]);
    assert_eq!(json["schema"], 2);
    let median = &json["rows"][2]["values"][1];
    assert_eq!(
        (&median["level"], &median["levels"]),
        (&serde_json::Value::Null, &serde_json::json!(["no", "yes"]))
    );
    let (labels, verdicts, _) = against("group:three");
    assert_eq!(
        labels,
        ["10 (median of 3 given of 3)", "10 (median of 3 given of 3)", "no (median of 3 given of 3)"]
    );
    assert_eq!(verdicts[2], Verdict::Left(2.0));
}

/// Of two values under one key neither is chosen, whatever the key means.
#[test]
fn a_key_given_twice_with_two_values_is_no_answer_and_no_card() {
    for answers in [
        r#""n": { "value": 3, "value": 40 }"#,
        r#""l": { "level": "a", "level": "b" }"#,
        r#""t": { "bound": null, "bound": "2004-01-01" }"#,
        r#""n": { "gap": "not-applicable", "gap": "no-data" }"#,
        r#""n": { "values": [1], "values": [2] }"#,
    ] {
        let data = bundle("", answers);
        let indicator = data.framework.find_indicator(&answers[1..2]).unwrap();
        let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
        assert_eq!(data.cell(country, edition, indicator).state, Err(Gap::Unreadable), "{answers}");
        let codes: Vec<&str> = told(&data).into_iter().map(|(code, _)| code).collect();
        assert!(codes.contains(&"duplicate-key") && codes.contains(&"two-answers"), "{answers}: {codes:?}");
    }
    // The same said twice is one answer.
    let data = bundle("", r#""n": { "value": 3, "value": 3 }"#);
    let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
    let indicator = data.framework.find_indicator("n").unwrap();
    assert_eq!(data.cell(country, edition, indicator).state, Ok(Value::Number(3.0)));
    for head in [
        r#""country": "IRL", "country": "GBR", "edition": "2010", "assessments": {}"#,
        r#""country": "IRL", "edition": "2010", "edition": "2012", "assessments": {}"#,
        r#""country": "IRL", "edition": "2010", "assessments": {}, "assessments": { "i": "yes" }"#,
    ] {
        let data = from_texts("d", &[("c.json", &format!("{{ {head} }}"))]);
        assert_eq!(data.card_count(), 0, "{head}");
        assert!(data.problems.iter().any(|problem| problem.code == "two-answers"), "{head}");
    }
}

#[test]
fn a_group_with_the_name_of_a_country_is_told() {
    for (group, path) in [
        (r#"{ "id": "Ireland", "members": ["FRA"] }"#, "$.framework.groups[0].id"),
        (r#"{ "id": "mine", "title": "Sweden", "members": ["FRA"] }"#, "$.framework.groups[0].title"),
    ] {
        let data = bundle(&format!(r#", "groups": [{group}]"#), r#""n": 1"#);
        assert_eq!(told(&data), [("shared-title", path.to_owned())], "{group}");
        assert_eq!(data.framework.groups.len(), 1, "it stands");
    }
}
