//! The card pane as a user sees and uses it.

use ratatui::layout::Size;

use super::*;
use crate::{
    core::dataset::Dataset,
    tui::{
        look::Palette,
        widgets::test_context::{context, data, screen, screen_in},
    },
};

const SMALL: Size = Size { width: 46, height: 12 };
const WIDE: Size = Size { width: 92, height: 40 };

fn shown(state: &State, context: &PaneContext<'_>, size: Size) -> Vec<String> {
    screen(size.width, size.height, |look, area, buf| state.view(context, look, area, buf))
}

/// The text of the detail beside the list of a wide card.
fn detail(data: &Dataset, code: &str, indicator: &str) -> String {
    let lines = shown(&State::default(), &context(data, code, indicator), WIDE);
    let right = |line: &String| line.chars().skip(46).collect::<String>();
    lines.iter().map(right).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_card_lists_its_indicators_under_their_goals() {
    let data = data();
    assert_eq!(
        shown(&State::default(), &context(&data, "UZB", "crime"), SMALL)[..10],
        [
            "┌ Uzbekistan · 2022 ─────────────────────────┐",
            "│ Legal framework                 1 of 1 yes │",
            "│  OPSC                           signed only│",
            "│> Sexual exploitation prohibited yes        │",
            "│  Minimum age for work           18 years   │",
            "│ Victim services       1 of 3 given, 2 gaps │",
            "│  Referral                       ?? no data │",
            "│  Investigations                 ?? no data │",
            "│  Advancement                    Minimal 2/3│",
            "│ Total    66.7 (4 of 5 scored), rank 1= of 3│",
        ]
    );
}

#[test]
fn a_mark_stands_by_its_letter_beside_the_value() {
    let data = data();
    let lines = shown(&State::default(), &context(&data, "CIV", "crime"), SMALL);
    assert!(lines[3].ends_with("yes      u│"), "{lines:?}");
    assert!(lines[2].contains(" n/a "));
}

#[test]
fn a_country_without_a_card_says_so_for_every_indicator() {
    let data = data();
    let lines = shown(&State::default(), &context(&data, "SWE", "crime"), SMALL);
    assert!(lines[0].contains("Sweden · 2022 · no card"));
    assert!(lines[1].contains("0 of 3 given, 3 gaps") && lines[2].contains("?? no card"), "{lines:?}");
}

#[test]
fn the_detail_says_what_is_printed_where_it_stands_and_who_says_so() {
    let data = data();
    let words = detail(&data, "ALB", "crime");
    for expected in [
        "Does the law prohibit it?",
        "no    as printed: “No”",
        "Not all forms.",
        "2021 22",
        "yes  [no]",
        "4 countries, 2022",
        "yes: 2 of 3 assessed (4 in set)",
        "1 ◂ ALB",
        "Source: UN Treaty Collection",
        "https://treaties.un.org",
        "Moderate advancement.",
        "1 Make it a crime.",
        "launched: 2009-10",
    ] {
        assert!(words.contains(expected), "{expected} is not in\n{words}");
    }
}

#[test]
fn a_gap_says_its_reason_and_what_that_means() {
    let data = data();
    let words = detail(&data, "UZB", "referral");
    assert!(words.contains("?? no data") && words.contains("somebody looked"), "{words}");
    assert!(words.contains("as printed: “Unknown”"), "{words}");
    assert!(!words.contains("No source is named"), "a gap needs no source");
    assert!(words.contains("gap") && words.contains("2 ◂ UZB"), "{words}");
}

#[test]
fn a_treaty_shows_its_dates_and_its_older_status() {
    let data = data();
    let words = detail(&data, "ALB", "opsc");
    for expected in [
        "signed 2000-09-07, ratification",
        "not signed · signed only · [bound]",
        "2021  ▅ signed only",
        ">2022  █ bound",
    ] {
        assert!(words.contains(expected), "{expected} is not in\n{words}");
    }
}

#[test]
fn a_level_stands_in_brackets_on_its_scale() {
    let data = data();
    let words = detail(&data, "ALB", "grade");
    assert!(words.contains("Moderate 3/3") && words.contains("none · Minimal · [moderate]"), "{words}");
}

#[test]
fn a_folded_goal_is_one_line_that_the_cursor_can_rest_on() {
    let data = data();
    let mut state = State::default();
    let here = context(&data, "ALB", "age");
    state.update(Command::Fold, &here, SMALL);
    let lines = shown(&state, &here, SMALL);
    assert!(lines[1].starts_with("│>Legal framework"), "{lines:?}");
    assert!(lines[2].starts_with("│ Victim services"));
    let referral = data.framework.find_indicator("referral").unwrap();
    assert_eq!(state.update(Command::Down, &here, SMALL), [Wish::SelectIndicator(referral)]);
    state.update(Command::Fold, &here, SMALL);
    assert!(shown(&state, &here, SMALL)[4].starts_with("│> Minimum age"));
}

#[test]
fn only_gaps_hides_what_is_given_and_says_how_many_are_left() {
    let data = data();
    let mut state = State::default();
    let here = context(&data, "UZB", "crime");
    state.update(Command::OnlyGaps, &here, SMALL);
    let lines = shown(&state, &here, SMALL);
    assert!(lines[0].contains("2 of 6 shown · only g…"), "{lines:?}");
    assert!(lines[1].contains("Victim services") && lines[2].contains("Referral"));
    let whole = context(&data, "ALB", "crime");
    assert!(shown(&state, &whole, SMALL)[1].contains("No gaps on this card: 6 of 6 given."));
}

#[test]
fn searching_selects_the_indicator_that_is_named() {
    let data = data();
    let mut state = State::default();
    let here = context(&data, "ALB", "opsc");
    let age = data.framework.find_indicator("age").unwrap();
    assert_eq!(state.search("min age", &here, SMALL), [Wish::SelectIndicator(age)]);
    assert!(shown(&state, &here, SMALL)[0].contains("/min age · 1 of 6 shown"));
    assert_eq!(state.search("", &here, SMALL), []);
    assert_eq!(state.searched(), "");
}

#[test]
fn enter_reads_the_detail_on_a_small_screen_and_esc_goes_back() {
    let data = data();
    let mut state = State::default();
    let here = context(&data, "ALB", "crime");
    assert_eq!(state.update(Command::Enter, &here, SMALL), []);
    assert!(state.takes_back());
    assert!(shown(&state, &here, SMALL)[0].contains("Indicator"));
    state.update(Command::Bottom, &here, SMALL);
    assert!(shown(&state, &here, SMALL)[10].contains("read from cards.json"));
    state.update(Command::Back, &here, SMALL);
    assert!(!state.takes_back());
    assert!(shown(&state, &here, SMALL)[0].contains("Albania · 2022"));
}

#[test]
fn another_indicator_is_read_from_its_first_line() {
    let data = data();
    let mut state = State::default();
    state.update(Command::Enter, &context(&data, "ALB", "crime"), SMALL);
    state.update(Command::Bottom, &context(&data, "ALB", "crime"), SMALL);
    let lines = shown(&state, &context(&data, "ALB", "age"), SMALL);
    assert!(lines[1].contains("Minimum age for work"), "{lines:?}");
}

#[test]
fn every_size_draws_and_an_ascii_terminal_gets_ascii() {
    let data = data();
    let look = Look::new(Palette::Mono, &ASCII);
    for (width, height) in (0..120).step_by(3).flat_map(|width| (0..26).map(move |height| (width, height))) {
        for reading in [false, true] {
            let here = context(&data, "CIV", "grade");
            let mut state = State { reading, ..State::default() };
            state.update(Command::PageDown, &here, Size { width, height });
            state.scroll_into_view(&here, Size { width, height });
            let lines = screen_in(&look, width, height, |look, area, buf| state.view(&here, look, area, buf));
            assert!(lines.iter().all(|line| line.is_ascii()), "{lines:?}");
        }
    }
}

#[test]
fn moving_the_cursor_changes_two_rows_of_the_list() {
    let data = data();
    let state = State::default();
    let draw = |indicator| shown(&state, &context(&data, "ALB", indicator), SMALL);
    let (before, after) = (draw("crime"), draw("age"));
    assert_eq!(before.iter().zip(&after).filter(|(a, b)| a != b).count(), 2);
}

#[test]
fn the_total_is_the_last_line_and_no_cell() {
    let data = data();
    let context = context(&data, "ALB", "crime");
    let mut state = State::default();
    let down = |state: &mut State, command| state.update(command, &context, SMALL);
    assert!(!down(&mut state, Command::Bottom).contains(&Wish::ShowSum));
    let lines = shown(&state, &context, SMALL);
    assert!(lines.iter().any(|line| line.starts_with("│>Total ")), "{lines:#?}");
    assert_eq!(state.spot(&context), Err(total::ON_THE_TOTAL));
    assert!(state.record(&context).unwrap().cell.starts_with("Albania 2022: score "));
    assert_eq!(down(&mut state, Command::Enter), [Wish::ShowSum]);
    // One step back from it is the last indicator.
    assert!(matches!(down(&mut state, Command::Up)[..], [Wish::SelectIndicator(_)]));
    assert!(state.spot(&context).is_ok());
    // A search and a filter leave nothing to total.
    down(&mut state, Command::Bottom);
    down(&mut state, Command::OnlyGaps);
    assert!(state.spot(&context) != Err(total::ON_THE_TOTAL));
}
