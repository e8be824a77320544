//! The findings pane as a user sees it.

use super::*;
use crate::{core::read, tui::widgets::test_context};

#[test]
fn without_findings_it_says_where_they_stand() {
    let data = test_context::data();
    let context = test_context::context(&data, "ALB", "opsc");
    let state = State::default();
    let screen = test_context::screen(80, 24, |look, area, buf| state.view(&context, look, area, buf));
    assert!(screen[0].contains("Findings 0"), "{}", screen[0]);
    assert!(screen.join("\n").contains("This framework has no findings."));
}

#[test]
fn a_country_that_nobody_assessed_is_no_part_of_the_noes() {
    let text = r#"{"framework": {"id": "f", "scales": {"y": {"kind": "yes_no"}},
        "goals": [{"id": "g", "title": "Goal", "indicators": [{"id": "a", "title": "A", "scale": "y"}]}],
        "findings": [{"id": "x", "text": "say yes", "indicators": ["a"], "where": {"levels": ["yes"]}}]},
      "cards": [
        {"framework": "f", "country": "ALB", "edition": "2022", "assessments": {"a": "yes"}},
        {"framework": "f", "country": "ARM", "edition": "2022", "assessments": {"a": {"gap": "no-data"}}},
        {"framework": "f", "country": "AZE", "edition": "2022", "assessments": {"a": {"gap": "not-applicable"}}}]}"#;
    let data = read::from_texts("test", &[("cards.json", text)]);
    let context = test_context::context(&data, "ALB", "a");
    let mut state = State::default();
    let size = Size { width: 80, height: 24 };
    let screen = |state: &State| {
        test_context::screen(80, 24, |look, area, buf| state.view(&context, look, area, buf)).join("\n")
    };
    let list = screen(&state);
    assert!(list.contains("1 of 1 (2)") && list.contains("100.0 %"), "{list}");
    assert!(list.contains("█?") && !list.contains("█░"), "{list}");
    state.update(Command::Enter, &context, size);
    let opened = screen(&state);
    for words in [
        "Does not hold for no country",
        "Not assessed: 1 country",
        "?? no data",
        "Not applicable: 1 country",
        "n/a",
    ] {
        assert!(opened.contains(words), "{words}: {opened}");
    }
}

#[test]
fn a_problem_stands_in_place_of_a_figure_in_the_list_and_where_the_finding_is_open() {
    let text = r#"{"framework": {"id": "f", "scales": {"n": {"kind": "number"}},
        "goals": [{"id": "g", "title": "Goal", "indicators": [{"id": "a", "title": "A", "scale": "n"}]}],
        "findings": [{"id": "x", "text": "are between both", "indicators": ["a"],
            "where": {"at_least": 5, "at_most": 3}, "published": {"text": "none"}}]},
      "cards": [{"framework": "f", "country": "ALB", "edition": "2022", "assessments": {"a": 4}}]}"#;
    let data = read::from_texts("test", &[("cards.json", text)]);
    let context = test_context::context(&data, "ALB", "a");
    for (width, height) in [(40, 12), (80, 24), (130, 30)] {
        let mut state = State::default();
        let screen = |state: &State| {
            test_context::screen(width, height, |look, area, buf| state.view(&context, look, area, buf))
                .join("\n")
        };
        let list = screen(&state);
        assert!(list.contains("problem") && list.contains("between both"), "{list}");
        assert!(!list.contains("0 of 0") && !list.contains("none"), "{list}");
        state.update(Command::Enter, &context, Size { width, height });
        let opened = screen(&state);
        assert!(opened.contains("not counted: where"), "{opened}");
        assert!(!opened.contains("0 of 0") && !opened.contains("Holds for"), "{opened}");
    }
}
