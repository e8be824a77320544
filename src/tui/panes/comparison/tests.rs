//! The comparison pane as a user sees and uses it.

use ratatui::layout::Size;

use super::*;
use crate::{
    core::dataset::Dataset,
    tui::{
        look::{ASCII, Palette},
        widgets::test_context::{context, country, data, screen, screen_in, subjects},
    },
};

const SIZE: Size = Size { width: 80, height: 18 };

fn beside<'a>(data: &'a Dataset, comparison: &'a Comparison, indicator: &str) -> PaneContext<'a> {
    PaneContext { comparison: Some(comparison), ..context(data, "ALB", indicator) }
}

fn shown(state: &State, context: &PaneContext<'_>, size: Size) -> Vec<String> {
    screen(size.width, size.height, |look, area, buf| state.view(context, look, area, buf))
}

#[test]
fn two_countries_stand_side_by_side_with_a_verdict_in_words() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    assert_eq!(
        shown(&State::default(), &beside(&data, &comparison, "crime"), SIZE)[..11],
        [
            " Compare · edition 2022                       >Albania ALB      Uzbekistan UZB",
            " ahead ALB 2 · UZB 2   equal 0   not comparable 2 (UZB gaps)",
            &"─".repeat(80),
            " Legal framework                  ahead 1 · 2  0 of 1 yes       1 of 1 yes",
            "  OPSC                             ALB ahead   bound            signed only",
            "> Sexual exploitation prohibited   UZB ahead   no               yes",
            "  Minimum age for work             UZB +2      16 years         18 years",
            " Victim services                  ahead 1 · 0  1 of 1 yes       1 of 3 given",
            "  Referral                         ? UZB gap   yes              ?? no data",
            "  Investigations                   ? UZB gap   44 cases         ?? no data",
            "  Advancement                      ALB +1      moderate 3/3     Minimal 2/3",
        ]
    );
}

#[test]
fn the_strip_prints_what_both_sides_say_and_their_sources() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    let lines =
        shown(&State::default(), &beside(&data, &comparison, "crime"), Size { width: 80, height: 30 });
    let words = lines[11..].join("\n");
    for expected in [
        "Sexual exploitation prohibited: Does the law prohibit it?",
        "Albania ALB: no. Not all forms.",
        "    2021 2022",
        "ALB yes  no",
        "ALB [1] UN Treaty Collection",
        "https://treaties.un.org",
        "Uzbekistan UZB: yes",
    ] {
        assert!(words.contains(expected), "{expected} is not in\n{words}");
    }
}

#[test]
fn a_gap_is_never_behind() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    let lines = shown(&State::default(), &beside(&data, &comparison, "referral"), SIZE);
    assert!(lines[8].contains("? UZB") && lines[8].contains("?? no data"), "{lines:?}");
    assert!(lines.join("\n").contains("?? no data, as printed “Unknown”: somebody looked"), "{lines:?}");
}

#[test]
fn brackets_go_to_the_next_difference_and_braces_to_the_next_gap() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    let mut state = State::default();
    let id = |name: &str| Wish::SelectIndicator(data.framework.find_indicator(name).unwrap());
    let mut go = |from: &str, command| state.update(command, &beside(&data, &comparison, from), SIZE);
    assert_eq!(go("age", Command::NextDifference), [id("grade")]);
    assert_eq!(go("grade", Command::PreviousDifference), [id("age")]);
    assert_eq!(go("opsc", Command::NextGap), [id("referral")]);
    assert_eq!(go("cases", Command::PreviousGap), [id("referral")]);
    assert!(matches!(go("grade", Command::NextDifference)[..], [Wish::Say(_)]));
}

#[test]
fn filters_say_in_the_title_how_many_rows_are_left() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    let here = beside(&data, &comparison, "crime");
    let mut state = State::default();
    state.update(Command::OnlyDifferences, &here, SIZE);
    let lines = shown(&state, &here, SIZE);
    assert!(lines[0].starts_with(" 4 of 6 · only differences"), "{lines:?}");
    assert!(lines[1].contains("not comparable 2"), "totals are over all rows");
    state.update(Command::OnlyDifferences, &here, SIZE);
    state.update(Command::OnlyGaps, &here, SIZE);
    assert!(shown(&state, &here, SIZE)[0].starts_with(" 2 of 6 · only gaps"));
}

#[test]
fn x_swaps_and_d_removes_the_side_under_the_cursor() {
    let data = data();
    let (two, three) = (subjects(&data, &["ALB", "UZB"]), subjects(&data, &["ALB", "UZB", "CIV"]));
    let codes = |wishes: Vec<Wish>| match &wishes[..] {
        [Wish::SetSubjects(all)] => all.iter().map(|one| one.code(&data).raw().to_owned()).collect(),
        _ => vec![],
    };
    let mut state = State::default();
    let here = beside(&data, &two, "crime");
    assert_eq!(codes(state.update(Command::Swap, &here, SIZE)), ["UZB", "ALB"]);
    assert_eq!(codes(state.update(Command::RemoveSubject, &here, SIZE)), Vec::<String>::new());
    let here = beside(&data, &three, "crime");
    for _ in 0..5 {
        state.update(Command::Right, &here, SIZE);
    }
    assert_eq!(state.side(), 2);
    assert_eq!(codes(state.update(Command::Swap, &here, SIZE)), ["ALB", "CIV", "UZB"]);
    assert_eq!(codes(state.update(Command::RemoveSubject, &here, SIZE)), ["ALB", "UZB"]);
    assert_eq!(state.side(), 1);
}

#[test]
fn of_three_the_best_carry_a_star() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB", "CIV"]);
    let lines = shown(&State::default(), &beside(&data, &comparison, "crime"), SIZE);
    assert!(lines[1].starts_with(" * leads ALB 2 · UZB 2 · CIV 1   gaps ALB 0 · UZB 2 · CIV 0"), "{lines:?}");
    assert!(lines[5].contains("no ") && lines[5].contains("*yes"), "{lines:?}");
}

#[test]
fn one_country_is_compared_with_its_older_card() {
    let data = data();
    let comparison = subjects(&data, &["ALB@2021", "ALB@2022"]);
    let lines = shown(&State::default(), &beside(&data, &comparison, "crime"), SIZE);
    assert!(lines[0].contains(">Albania 2021") && lines[0].contains("Albania 2022"), "{lines:?}");
    assert!(lines[1].starts_with(" improved 4 · worsened 1   equal 0   differ 1"), "{lines:?}");
    assert!(lines[4].contains("improved") && lines[5].contains("worsened"), "{lines:?}");
    assert!(lines[9].contains("+41"), "{lines:?}");
}

#[test]
fn a_group_says_of_how_many_it_is_the_median() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "group:all"]);
    let lines =
        shown(&State::default(), &beside(&data, &comparison, "crime"), Size { width: 100, height: 24 });
    assert!(lines[5].contains("yes (of 3 given)"), "{lines:?}");
}

#[test]
fn a_median_between_two_levels_is_no_no() {
    let card = |code: &str, plan: &str| {
        format!(r#"{{ "country": "{code}", "edition": "2010", "assessments": {{ "p": "{plan}" }} }}"#)
    };
    let text = format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "y": {{ "kind": "yes_no" }} }},
          "goals": [{{ "id": "g", "title": "Goal", "indicators": [{{ "id": "p", "title": "Plan", "scale": "y" }}] }}] }},
        "cards": [{}, {}] }}"#,
        card("UZB", "no"),
        card("ALB", "yes")
    );
    let data = crate::core::read::from_texts("d", &[("b.json", &text)]);
    let comparison = subjects(&data, &["ALB", "group:all"]);
    let lines = shown(&State::default(), &beside(&data, &comparison, "p"), Size { width: 100, height: 24 });
    let line = |title: &str| {
        lines.iter().find(|line| line.trim_start_matches([' ', '>']).starts_with(title)).unwrap()
    };
    assert!(line("Goal").contains("1 of 1 yes") && line("Goal").contains("1 of 1 given"), "{lines:?}");
    assert!(line("Plan").contains("no | yes (of 2 given)") && !line("Goal").contains("0 of 1"), "{lines:?}");
}

#[test]
fn enter_opens_the_card_of_the_side_under_the_cursor() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB@2021"]);
    let here = beside(&data, &comparison, "crime");
    let mut state = State::default();
    state.update(Command::Right, &here, SIZE);
    let older = data.find_edition("2021").unwrap();
    assert_eq!(
        state.update(Command::Enter, &here, SIZE),
        [Wish::SelectCountry(country(&data, "UZB")), Wish::SelectEdition(older), Wish::Go(Pane::Card)]
    );
}

#[test]
fn without_a_comparison_the_pane_says_how_to_begin_one() {
    let data = data();
    let lines = shown(&State::default(), &context(&data, "ALB", "crime"), SIZE);
    assert!(lines[2].contains("Nothing is compared yet: press c"), "{lines:?}");
    assert_eq!(State::default().update(Command::Swap, &context(&data, "ALB", "crime"), SIZE), []);
}

#[test]
fn every_size_draws_and_an_ascii_terminal_gets_ascii() {
    let data = data();
    let look = Look::new(Palette::Mono, &ASCII);
    let all = ["ALB", "CIV", "UZB", "group:all"];
    for sides in 2..=4 {
        let comparison = subjects(&data, &all[..sides]);
        for (width, height) in
            (0..120).step_by(3).flat_map(|width| (0..32).map(move |height| (width, height)))
        {
            let here = beside(&data, &comparison, "grade");
            let mut state = State::default();
            state.update(Command::PageUp, &here, Size { width, height });
            state.scroll_into_view(&here, Size { width, height });
            let lines = screen_in(&look, width, height, |look, area, buf| state.view(&here, look, area, buf));
            assert!(lines.iter().all(|line| line.is_ascii()), "{lines:?}");
        }
    }
}

/// The years stand on the row where the two differ, as they would say nothing if both were of the edition.
#[test]
fn the_year_of_each_value_stands_on_its_row_where_the_two_differ() {
    let card = |code: &str, year: &str| {
        format!(
            r#"{{ "country": "{code}", "edition": "2023", "assessments": {{
                "p": {{ "value": 5, "as_of": "{year}" }}, "q": {{ "value": 5, "as_of": "2023" }} }} }}"#
        )
    };
    let text = format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "n": {{ "kind": "number" }} }},
          "goals": [{{ "id": "g", "title": "Goal", "indicators": [{{ "id": "p", "title": "Plan", "scale": "n" }},
            {{ "id": "q", "title": "Quota", "scale": "n" }}] }}] }},
        "cards": [{}, {}] }}"#,
        card("UZB", "2012"),
        card("ALB", "2023")
    );
    let data = crate::core::read::from_texts("d", &[("b.json", &text)]);
    let comparison = subjects(&data, &["ALB", "UZB"]);
    for width in [60, 80, 120] {
        let lines = shown(&State::default(), &beside(&data, &comparison, "q"), Size { width, height: 24 });
        let line = |title: &str| {
            lines.iter().find(|line| line.trim_start_matches([' ', '>']).starts_with(title)).unwrap()
        };
        assert!(line("Plan").contains("5 (2023)") && line("Plan").contains("5 (2012)"), "{lines:?}");
        assert!(!line("Quota").contains("(20"), "{lines:?}");
    }
}

#[test]
fn rows_are_sorted_by_what_is_most_apart_or_missing() {
    let data = data();
    let comparison = subjects(&data, &["ALB", "UZB"]);
    let context = beside(&data, &comparison, "crime");
    let mut state = State::default();
    let first = |state: &State| shown(state, &context, SIZE)[3].clone();
    let wishes = state.update(Command::Sort, &context, SIZE);
    assert!(wishes.contains(&Wish::Say(Safe::fixed("largest differences first"))), "{wishes:?}");
    assert!(
        first(&state).contains("Sexual exploitation"),
        "yes and no are as far apart as can be: {}",
        first(&state)
    );
    assert!(shown(&state, &context, SIZE)[0].contains("largest differences first"));
    state.update(Command::Sort, &context, SIZE);
    assert!(first(&state).contains("Referral"), "{}", first(&state));
    state.update(Command::Sort, &context, SIZE);
    assert!(first(&state).contains("Legal framework"), "{}", first(&state));
}
