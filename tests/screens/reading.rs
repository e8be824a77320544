//! How a table was read: what the box says, what its keys change, and that what is saved is what was said.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use visavis::{
    core::{
        dataset::Dataset,
        reload_diff::ReloadDiff,
        table_mapping::{MappedKind, Mapping},
    },
    store::load::{LoadOptions, open},
    tui::{Effect, Msg, places::Overlay},
};

use super::screen::Screen;

pub(crate) const TABLE: &str = "tests/tables/ngo.csv";

fn read(file: &str, said: Option<Mapping>) -> Arc<Dataset> {
    let instead = said.map_or_else(BTreeMap::new, |said| BTreeMap::from([(file.to_owned(), said)]));
    let options = LoadOptions { paths: vec![PathBuf::from(file)], instead, ..LoadOptions::default() };
    Arc::new(open(&options, &|_| ()).expect("it can be read"))
}

pub(crate) fn shown(file: &str, width: u16, height: u16) -> Screen {
    Screen::waiting(width, height).send(Msg::Loaded(read(file, None))).press("i")
}

/// Reads the table as the last key asked for.
fn read_again(screen: Screen) -> Screen {
    read_again_of(TABLE, screen)
}

fn read_again_of(table: &str, screen: Screen) -> Screen {
    let asked = |screen: &Screen| match screen.effects.last() {
        Some(Effect::Remap(said)) => (**said).clone(),
        _ => panic!("{}", screen.text()),
    };
    let send = |screen: Screen, said: Mapping| {
        let data = read(table, Some(said));
        let reload_diff = ReloadDiff::between(screen.model.data.as_ref().expect("it was read"), &data);
        let many = screen.effects.len();
        let screen = screen.send(Msg::ReadAgain { data, reload_diff });
        let is_again = matches!(screen.effects.last(), Some(Effect::Remap(_)));
        (is_again && screen.effects.len() > many, screen)
    };
    let said = asked(&screen);
    let (is_taken_back, screen) = send(screen, said);
    if !is_taken_back {
        return screen;
    }
    // What left nothing to show is read as it was before.
    let said = asked(&screen);
    send(screen, said).1
}

fn said_of(screen: &Screen) -> Mapping {
    screen.model.workspace.as_ref().expect("it is shown").data.readings[0].said.clone()
}

#[test]
fn a_role_that_was_changed_by_mistake_comes_back() {
    const YEARS: &str = "tests/tables/marked-years.csv";
    let screen = shown(YEARS, 80, 24).press("/").type_text("2021 (p)").press("enter enter");
    assert!(screen.footer().contains("takes the next choice"), "{}", screen.footer());
    assert!(said_of(&screen).columns.is_empty());
    let shown_first = screen.text();
    let mut screen = screen;
    let mut roles = vec![];
    for _ in 0..20 {
        screen = read_again_of(YEARS, screen.press("space"));
        roles.extend(said_of(&screen).columns.into_values());
        if said_of(&screen).columns.is_empty() && roles.len() > 3 {
            break;
        }
    }
    assert!(said_of(&screen).columns.is_empty(), "{roles:?}");
    roles.dedup();
    assert!(roles.len() > 5, "one that leaves nothing is gone past: {roles:?}");
    let line = |text: &str| text.lines().find(|line| line.contains("2021 (p)  ")).map(str::to_owned);
    assert_eq!(line(&screen.text()), line(&shown_first));
}

#[test]
fn a_kind_is_said_with_a_key_and_taken_back() {
    const TIERS: &str = "tests/tables/tiers-among-numbers.csv";
    let mut screen = shown(TIERS, 80, 24).press("G");
    while !screen.text().contains("its kind") {
        screen = screen.press("k");
    }
    let kind = |screen: &Screen| said_of(screen).indicators.into_values().find_map(|said| said.kind);
    let mut kinds = vec![];
    for _ in 0..6 {
        screen = read_again_of(TIERS, screen.press("t"));
        kinds.push(kind(&screen));
        if kind(&screen).is_none() {
            break;
        }
    }
    assert_eq!(kinds.last(), Some(&None), "{kinds:?}");
    assert!(kinds.contains(&Some(MappedKind::Number)), "{kinds:?}");
}

fn saved(screen: &Screen) -> Vec<&String> {
    let texts = screen.effects.iter().filter_map(|effect| match effect {
        Effect::SaveMapping { text, .. } => Some(text),
        _ => None,
    });
    texts.collect()
}

#[test]
fn what_is_saved_while_the_table_is_read_again_is_what_was_said_last() {
    let screen = shown(TABLE, 80, 24).press("/").type_text("beds").press("enter +");
    let Some(Effect::Remap(said)) = screen.effects.last() else { panic!("{}", screen.text()) };
    assert!(said.indicators.values().any(|indicator| indicator.better.is_some()), "{said:?}");
    let screen = screen.press("S");
    assert!(saved(&screen).is_empty());
    assert!(screen.footer().contains("still reading"), "{}", screen.footer());
    let warned = screen.press("esc q");
    assert!(!warned.effects.contains(&Effect::Quit), "{}", warned.footer());
    let screen = read_again(warned);
    let [text] = &saved(&screen)[..] else { panic!("{:?}", screen.effects) };
    assert!(text.contains("better = \"higher\""), "{text}");
    assert!(screen.press("q").effects.contains(&Effect::Quit));
}

#[test]
fn what_is_not_saved_is_told_before_the_program_ends() {
    let screen = read_again(shown(TABLE, 80, 24).press("/").type_text("beds").press("enter +"));
    let screen = screen.press("esc q");
    assert!(!screen.effects.contains(&Effect::Quit));
    assert!(screen.footer().contains("not kept"), "{}", screen.footer());
    assert!(screen.press("q").effects.contains(&Effect::Quit));
}

#[test]
fn words_that_stand_nowhere_are_said_to_and_others_begin_at_their_indicator() {
    let screen = shown(TABLE, 80, 24).press("/").type_text("zzz").press("enter");
    assert!(screen.text().contains("nothing here has these words"), "{}", screen.text());
    let screen = shown(TABLE, 80, 24).press("/").type_text("beds").press("enter -");
    assert!(matches!(screen.effects.last(), Some(Effect::Remap(_))), "{}", screen.text());
    assert_eq!(screen.model.overlay.as_ref().map(|open| open.kind()), Some(Overlay::Reading));
}

#[test]
fn enter_on_a_problem_goes_to_where_it_is_answered() {
    let problems = || Screen::waiting(100, 30).send(Msg::Loaded(read(TABLE, None))).press("!");
    let screen = problems();
    assert!(screen.text().contains("enter say what it is"), "{}", screen.text());
    let cases = [("enter", "> Frnace"), ("j enter", "> - "), ("j j enter", "> all rows are of")];
    for (keys, want) in cases {
        let screen = problems().press(keys);
        let open = screen.model.overlay.as_ref().map(|open| open.kind());
        assert_eq!(open, Some(Overlay::Reading), "{}", screen.text());
        assert!(screen.text().contains(want), "{want}: {}", screen.text());
    }
}
