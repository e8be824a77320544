//! The coverage pane as a user sees and uses it.

use super::*;
use crate::tui::{
    look::{ASCII, Palette, UNICODE},
    widgets::test_context::{self, context, data, screen_in},
};

const SIZE: Size = Size { width: 60, height: 22 };

fn shown_in(state: &State, context: &PaneContext<'_>, size: Size, look: &Look) -> Vec<String> {
    screen_in(look, size.width, size.height, |look, area, buf| state.view(context, look, area, buf))
}

fn shown(state: &State, context: &PaneContext<'_>) -> Vec<String> {
    shown_in(state, context, SIZE, &Look::new(Palette::Mono, &UNICODE))
}

fn scrolled_into_view(context: &PaneContext<'_>, commands: &[Command]) -> State {
    let mut state = State::default();
    for command in commands {
        state.update(*command, context, SIZE);
    }
    state.scroll_into_view(context, SIZE);
    state
}

#[test]
fn every_cell_has_one_sign_and_totals_leave_out_what_does_not_apply() {
    let data = data();
    let context = context(&data, "UZB", "referral");
    assert_eq!(
        shown(&scrolled_into_view(&context, &[]), &context),
        [
            "┌ Coverage · 2022 · 4 countries · 1 n/a not counted ───────┐",
            "│               Legal framework Victim services            │",
            "│               O    C    A     R    C    G                │",
            "│               P    R    G     E    A    R                │",
            "│               S    I    E     F    S    A            gaps│",
            "│ Albania       b    n    +     y    +    3               0│",
            "│ Côte d’Ivoire /    y    +     y    +    1               0│",
            "│ Sweden        _    _    _     _    _    _               6│",
            "│>Uzbekistan    s    y    +    [?]   ?    2               2│",
            "│                                                          │",
            "│ by column     1    1    1     2    2    1               8│",
            "│ by goal       3               5                          │",
            "│ Referral                                                 │",
            "│ Uzbekistan, 2022: ?? no data, printed “Unknown”          │",
            "│ Given:   y\u{a0}yes   p\u{a0}partial   n\u{a0}no,\u{a0}or\u{a0}not\u{a0}signed         │",
            "│ s\u{a0}signed\u{a0}only   b\u{a0}bound   1\u{a0}2\u{a0}3\u{a0}level,\u{a0}worst\u{a0}first       │",
            "│ +\u{a0}a\u{a0}number,\u{a0}date\u{a0}or\u{a0}text                                 │",
            "│ Missing: ?\u{a0}no\u{a0}data   ~\u{a0}not\u{a0}assessed   -\u{a0}absent   .\u{a0}empty │",
            "│ #\u{a0}withheld   &\u{a0}unreadable   _\u{a0}no\u{a0}card   /\u{a0}not\u{a0}applicable │",
            "│ (not counted)                                            │",
            "│ Also:    <\u{a0}given\u{a0}in\u{a0}the\u{a0}edition\u{a0}before                   │",
            "└──────────────────────────────────────────────────────────┘",
        ]
    );
}

#[test]
fn an_ascii_terminal_sees_the_same_cells() {
    let data = data();
    let context = context(&data, "UZB", "referral");
    let state = scrolled_into_view(&context, &[]);
    let ascii = shown_in(&state, &context, SIZE, &Look::new(Palette::Mono, &ASCII));
    assert!(ascii.iter().all(|line| line.is_ascii()), "{ascii:#?}");
    let unicode = shown(&state, &context);
    assert_eq!(ascii[8][16..], unicode[8].replace('│', "|")[16..]);
}

#[test]
fn the_other_pivot_shows_what_one_country_no_longer_says() {
    let data = data();
    let context = context(&data, "UZB", "crime");
    let lines = shown(&scrolled_into_view(&context, &[Command::Pivot]), &context);
    assert!(lines[0].starts_with("┌ Coverage · Uzbekistan, 2 editions"), "{lines:#?}");
    assert!(lines[5].starts_with("│ 2021      _    _ "), "{lines:#?}");
    assert!(lines[6].starts_with("│>2022"), "{lines:#?}");

    let text = r#"{"framework": {"id": "f", "scales": {"y": {"kind": "yes_no"}}, "goals": [{"id": "g", "title": "G",
        "indicators": [{"id": "crime", "title": "Crime", "scale": "y"}, {"id": "law", "title": "Law", "scale": "y"}]}]},
      "cards": [{"framework": "f", "country": "SWE", "edition": "2021", "assessments": {"crime": "yes", "law": "no"}},
        {"framework": "f", "country": "SWE", "edition": "2022", "assessments": {"law": "no"}}]}"#;
    let data = crate::core::read::from_texts("test", &[("cards.json", text)]);
    let context = test_context::context(&data, "SWE", "crime");
    let lines = shown(&scrolled_into_view(&context, &[Command::Pivot]), &context);
    assert!(lines[7].starts_with("│>2022     [-]") && lines[7].ends_with("1 gone  1│"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("?? absent; given in 2021")), "{lines:#?}");
}

#[test]
fn a_filter_leaves_only_its_cells_and_counts_them() {
    let data = data();
    let context = context(&data, "UZB", "referral");
    let mut state = scrolled_into_view(&context, &[]);
    let at = state.filters(&context).iter().position(|choice| choice.title.as_str() == "no data").unwrap();
    assert_eq!(state.filters(&context)[at].count, 2);
    state.choose_filter(at, &context, SIZE);
    let lines = shown(&state, &context);
    assert!(lines[0].contains("only no data"), "{lines:#?}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("│>Uzbekistan") && line.contains("[?]") && line.ends_with(" 2│")),
        "{lines:#?}"
    );
    assert!(!lines.iter().any(|line| line.contains("Sweden")), "no cell of it is kept: {lines:#?}");
}

#[test]
fn rows_are_sorted_and_searched_and_the_next_gap_is_found_across_rows() {
    let data = data();
    let context = context(&data, "ALB", "crime");
    let mut state = scrolled_into_view(&context, &[Command::Sort]);
    let lines = shown(&state, &context);
    assert!(lines[5].contains("Sweden") && lines[6].contains("Uzbekistan"), "{lines:#?}");
    let wishes = state.update(Command::NextGap, &context, SIZE);
    let sweden = data.find_country("SWE").unwrap();
    assert!(wishes.contains(&Wish::SelectCountry(sweden)), "from the other end: {wishes:?}");
    let wishes = state.search("uzb", &context, SIZE);
    assert_eq!(wishes, [Wish::SelectCountry(data.find_country("UZB").unwrap())]);
    assert!(shown(&state, &context)[0].contains("1 country"));
}

#[test]
fn a_window_too_narrow_for_all_columns_follows_the_cursor() {
    let data = data();
    let size = Size { width: 26, height: 10 };
    let context = context(&data, "ALB", "grade");
    let mut state = State::default();
    state.scroll_into_view(&context, size);
    let lines = shown_in(&state, &context, size, &Look::new(Palette::Mono, &UNICODE));
    let row = lines.iter().find(|line| line.contains(">Albania")).unwrap();
    assert!(row.contains('3'), "the last column is in sight: {lines:#?}");
    for width in 1..40 {
        for height in 1..20 {
            let size = Size { width, height };
            state.scroll_into_view(&context, size);
            shown_in(&state, &context, size, &Look::new(Palette::Mono, &UNICODE));
        }
    }
}
