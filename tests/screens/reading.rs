//! How a table was read: what the box says, what its keys change, and that what is saved is what was said.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use visavis::{
    core::{dataset::Dataset, reload_diff::ReloadDiff, table_mapping::Mapping},
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
    let Some(Effect::Remap(said)) = screen.effects.last() else { panic!("{}", screen.text()) };
    let data = read(TABLE, Some((**said).clone()));
    let reload_diff = ReloadDiff::between(screen.model.data.as_ref().expect("it was read"), &data);
    screen.send(Msg::ReadAgain { data, reload_diff })
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
