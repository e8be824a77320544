//! Messages in, effects and the model out: tests of what keys do, without drawing.

use ratatui::layout::Size;

use super::*;
use crate::{
    core::{reload_diff::ReloadDiff, subject::Subject},
    review::Act,
    tui::{keymap::Keymap, places::Overlay, widgets::test_context},
};

fn model() -> Model {
    Model::new(Size { width: 80, height: 24 }, Keymap::choosing(&[]).0)
        .with_data(Arc::new(test_context::data()))
}

/// Presses keys in the notation of the table of commands, and returns the effects.
fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = keys.split(' ').map(|key| key.parse::<Key>().expect("a key"));
    keys.flat_map(|key| update(model, Msg::Key(key))).collect()
}

fn selected(model: &Model) -> (String, String, String) {
    let workspace = model.workspace.as_ref().expect("there are cards");
    let (data, here) = (&workspace.data, workspace.selection);
    let indicator = data.framework.indicator(here.indicator).id.to_string();
    (
        data.country(here.country).code.raw().to_owned(),
        indicator,
        data.edition(here.edition).label.to_string(),
    )
}

/// The message in the footer, and whether it refuses something.
fn said(model: &Model) -> (String, bool) {
    match &model.notice {
        Some(Notice::Said(words)) => (words.to_string(), false),
        Some(Notice::Refused(words)) => (words.to_string(), true),
        None => (String::new(), false),
    }
}

#[test]
fn the_next_gap_goes_over_the_indicators_of_a_card_and_then_to_the_next_country() {
    let mut model = model();
    let mut seen = vec![];
    for _ in 0..4 {
        press(&mut model, "}");
        let (country, indicator, _) = selected(&model);
        seen.push(format!("{country} {indicator}"));
    }
    assert_eq!(
        seen,
        ["SWE opsc", "UZB referral", "UZB cases", "SWE opsc"],
        "Sweden has no card: it is one gap"
    );
    assert!(said(&model).0.ends_with("(from the other end)"), "{:?}", said(&model));
}

#[test]
fn the_edition_stops_at_its_ends_and_takes_a_comparison_along() {
    let mut model = model();
    press(&mut model, "c u z b enter");
    press(&mut model, "<");
    let workspace = model.workspace.as_ref().expect("there are cards");
    let labels = workspace
        .subjects()
        .iter()
        .map(|subject| workspace.data.edition(subject.edition()).label.to_string());
    assert_eq!(labels.collect::<Vec<_>>(), ["2021", "2021"]);
    press(&mut model, "<");
    assert_eq!(said(&model), ("this is the oldest edition".to_owned(), true));
}

#[test]
fn a_key_that_means_nothing_says_so_and_names_the_help() {
    let mut model = model();
    assert_eq!(press(&mut model, "ctrl-x"), []);
    assert_eq!(said(&model), ("ctrl-x does nothing here: ? shows the keys".to_owned(), true));
    press(&mut model, "j");
    assert_eq!(said(&model), (String::new(), false), "what was said has been seen");
}

#[test]
fn quitting_goes_back_first_and_asks_nothing_of_the_world_until_then() {
    let mut model = model();
    assert_eq!(press(&mut model, "2 q"), []);
    assert_eq!(model.front(), Pane::Countries);
    assert_eq!(press(&mut model, "q"), [Effect::Quit]);
}

#[test]
fn four_are_compared_at_most_and_a_fifth_is_refused_with_what_to_do() {
    let mut model = model();
    press(&mut model, "c u z b enter a c i v enter a s w e enter");
    assert_eq!(model.workspace.as_ref().expect("there are cards").subjects().len(), 4);
    press(&mut model, "a");
    assert!(model.overlay.is_none());
    assert_eq!(
        said(&model),
        ("four are compared already: press r to replace one, D to remove one".to_owned(), true)
    );
}

#[test]
fn a_group_has_no_cell_to_flag() {
    let mut model = model();
    press(&mut model, "c a l l");
    press(&mut model, "enter right");
    let workspace = model.workspace.as_ref().expect("there are cards");
    assert!(matches!(workspace.subjects(), [_, Subject::Group(..)]), "{:?}", workspace.subjects());
    press(&mut model, "space");
    assert!(model.overlay.is_none());
    assert!(said(&model).0.starts_with("a group has no cell of its own: h and l move"), "{:?}", said(&model));
}

#[test]
fn a_flag_is_a_draft_until_it_is_kept_and_stays_in_front_when_it_cannot_be() {
    let mut model = model();
    let effects = press(&mut model, "2 space c enter");
    let [Effect::Keep(drafts)] = &effects[..] else { panic!("{effects:?}") };
    assert!(matches!(&drafts[..], [draft] if matches!(draft.act, Act::Flag { .. })), "{drafts:?}");
    assert!(
        model.workspace.as_ref().expect("there are cards").review.book.records().len() == 0,
        "nothing is said yet"
    );
    update(&mut model, Msg::NotKept { drafts: drafts.clone(), why: Safe::fixed("the disk is full") });
    assert_eq!(model.overlay.as_ref().map(|open| open.kind()), Some(Overlay::Flag), "it can be saved again");
    assert_eq!(said(&model), ("NOT saved; it stays here to be saved again".to_owned(), true));
}

#[test]
fn a_comparison_whose_subjects_are_gone_gives_way_to_the_countries() {
    let mut model = model();
    press(&mut model, "c u z b enter");
    assert_eq!(model.front(), Pane::Comparison);
    let data = Arc::new(crate::core::read::from_texts(
        "test",
        &[("c.json", r#"[{"country":"ALB","edition":"2022","assessments":{"a":1}}]"#)],
    ));
    let reload_diff = ReloadDiff::between(&test_context::data(), &data);
    update(&mut model, Msg::ReadAgain { data, reload_diff });
    assert_eq!(model.front(), Pane::Countries);
}

#[test]
fn words_nobody_asked_for_wait_until_nobody_writes() {
    let mut model = model();
    press(&mut model, "2 e w");
    update(&mut model, Msg::Tell(Safe::fixed("the session could not be kept")));
    assert_eq!(said(&model).0, "");
    press(&mut model, "backspace esc");
    assert_eq!(said(&model).0, "the session could not be kept");
}
