//! The countries pane as a user sees and uses it.

use ratatui::layout::Size;

use super::*;
use crate::{
    core::dataset::Dataset,
    tui::{
        look::{ASCII, Palette},
        widgets::test_context::{context, country, data, screen, screen_in},
    },
};

const SIZE: Size = Size { width: 46, height: 8 };

fn shown(state: &State, data: &Dataset, size: Size) -> Vec<String> {
    let context = context(data, "ALB", "opsc");
    screen(size.width, size.height, |look, area, buf| state.view(&context, look, area, buf))
}

#[test]
fn the_list_says_who_has_gaps_and_who_has_no_card() {
    let data = data();
    assert_eq!(
        shown(&State::default(), &data, SIZE),
        [
            "┌ Countries 4 · by name ─────────────────────┐",
            "│>ALB Albania                   6/6          │",
            "│ CIV Côte d’Ivoire             5/5  1 n/a   │",
            "│ SWE Sweden                    0/6  no card │",
            "│ UZB Uzbekistan                4/6  2 gaps  │",
            "│                                            │",
            "│                                            │",
            "└────────────────────────────────────────────┘",
        ]
    );
}

#[test]
fn a_narrow_list_drops_the_words_then_the_counts_then_the_names() {
    let data = data();
    let row = |width| shown(&State::default(), &data, Size { width, height: 8 })[4].clone();
    assert_eq!(row(26), "│ UZB Uzbekistan      4/6│");
    assert_eq!(row(16), "│ UZB Uzbekist…│");
    assert_eq!(row(8), "│ UZB  │");
}

#[test]
fn every_size_draws_and_an_ascii_terminal_gets_ascii() {
    let data = data();
    let context = context(&data, "CIV", "opsc");
    let look = Look::new(Palette::Mono, &ASCII);
    for (width, height) in (0..60).flat_map(|width| (0..9).map(move |height| (width, height))) {
        let mut state = State::default();
        for command in [Command::Bottom, Command::Sort, Command::PageUp] {
            state.update(command, &context, Size { width, height });
        }
        let lines = screen_in(&look, width, height, |look, area, buf| state.view(&context, look, area, buf));
        assert!(lines.iter().all(|line| line.is_ascii()), "{lines:?}");
    }
}

#[test]
fn s_sorts_by_gaps_coverage_score_change_flags_and_what_changed_since_review_and_says_so() {
    let data = data();
    let context = context(&data, "ALB", "opsc");
    let mut state = State::default();
    let mut first = || {
        state.update(Command::Sort, &context, SIZE);
        let lines = shown(&state, &data, SIZE);
        (lines[0].trim_matches(['┌', '┐', '─', ' ']).to_owned(), lines[1][..8].to_owned())
    };
    assert_eq!(first(), ("Countries 4 · by gaps".to_owned(), "│ SWE ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by coverage".to_owned(), "│>ALB ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by score".to_owned(), "│>ALB ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by change since 2021".to_owned(), "│>ALB ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by flags".to_owned(), "│>ALB ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by review: changed since".to_owned(), "│>ALB ".to_owned()));
    assert_eq!(first(), ("Countries 4 · by name".to_owned(), "│>ALB ".to_owned()));
}

#[test]
fn searching_filters_selects_the_plainest_and_clearing_brings_all_back() {
    let data = data();
    let context = context(&data, "ALB", "opsc");
    let mut state = State::default();
    let wishes = state.search("cote", &context, SIZE);
    assert_eq!(wishes, [Wish::SelectCountry(country(&data, "CIV"))]);
    let lines = shown(&state, &data, SIZE);
    assert!(lines[0].contains("Countries 1 of 4 · /cote"), "{lines:?}");
    assert_eq!(state.search("", &context, SIZE), []);
    assert!(shown(&state, &data, SIZE)[0].contains("Countries 4 ·"));
}

#[test]
fn a_search_that_finds_nobody_says_so_and_selects_nothing() {
    let data = data();
    let context = context(&data, "ALB", "opsc");
    let mut state = State::default();
    assert_eq!(state.search("zzzqqq", &context, SIZE), []);
    assert!(shown(&state, &data, SIZE)[1].contains("No country is called so here."));
    assert_eq!(state.update(Command::Down, &context, SIZE), []);
}

#[test]
fn only_gaps_hides_whole_cards_and_the_cursor_comes_back_to_the_list() {
    let data = data();
    let context = context(&data, "ALB", "opsc");
    let mut state = State::default();
    state.update(Command::OnlyGaps, &context, SIZE);
    assert_eq!(state.listed(&context), [country(&data, "SWE"), country(&data, "UZB")]);
    assert!(shown(&state, &data, SIZE)[0].contains("Countries 2 of 4 · only gaps"));
    assert_eq!(state.update(Command::Down, &context, SIZE), [Wish::SelectCountry(country(&data, "SWE"))]);
}

#[test]
fn down_and_up_stop_at_the_ends() {
    let data = data();
    let mut state = State::default();
    let mut step = |from: &str, command| state.update(command, &context(&data, from, "opsc"), SIZE);
    assert_eq!(step("ALB", Command::Up), []);
    assert_eq!(step("ALB", Command::Down), [Wish::SelectCountry(country(&data, "CIV"))]);
    assert_eq!(step("ALB", Command::Bottom), [Wish::SelectCountry(country(&data, "UZB"))]);
    assert_eq!(step("UZB", Command::PageDown), []);
    assert_eq!(step("UZB", Command::Enter), [Wish::Go(Pane::Card)]);
}
