//! The comparison in every set, and what goes along when another set is shown.

use std::sync::Arc;

use visavis::{
    core::{
        dataset::Dataset,
        read::{Loader, Options},
        reload_diff::ReloadDiff,
    },
    text::{Raw, Safe},
    tui::{Effect, Model, Msg, places::Overlay},
};

use super::screen::Screen;

const TABLES: [(&str, &str); 3] = [
    (
        "rights.csv",
        "Country,Year,Political rights,Status\nSweden,2019,1,Free\nSweden,2020,2,Free\nNorway,2020,..,Free\nChad,2020,9,Not Free\n",
    ),
    ("health.csv", "Country,Year,Shelter beds,Law\nSweden,2018,10.5,yes\nNorway,2018,12,no\n"),
    ("money.csv", "Country,Year,Debt\nNorway,2020,3\n"),
];

fn loader(set: Option<&str>) -> Loader {
    let options = Options { framework: set.map(str::to_owned), ..Options::default() };
    let mut loader = Loader::new(options);
    for (name, text) in TABLES {
        loader.add(Raw::new(name.to_owned()), text.as_bytes().to_vec());
    }
    loader
}

fn set(id: &str) -> Arc<Dataset> {
    Arc::new(loader(Some(id)).finish(Raw::new("tables".to_owned()), &|_| ()))
}

fn sets() -> Msg {
    Msg::SetsRead(Ok(Arc::new(loader(None).finish_sets(&Raw::new("tables".to_owned()), &|_| ()))))
}

/// Sweden and Norway compared in one of the sets.
fn compared(width: u16, height: u16) -> Screen {
    let screen = Screen::waiting(width, height).send(Msg::Loaded(set("rights")));
    screen.press("G c").type_text("norway").press("enter 3")
}

pub(crate) fn opened(width: u16, height: u16) -> Screen {
    let screen = compared(width, height).press("S");
    assert!(screen.effects.contains(&Effect::ReadSets));
    screen.send(sets())
}

#[test]
fn the_sets_are_read_once_and_what_fails_is_said() {
    let screen = compared(80, 24).press("S");
    let asked = |screen: &Screen| screen.effects.iter().filter(|one| **one == Effect::ReadSets).count();
    assert!(screen.text().contains("reading every set"), "{}", screen.text());
    let screen = screen.press("down down");
    assert_eq!(asked(&screen), 1);
    let screen = screen.send(Msg::SetsRead(Err(Safe::fixed("no such file")))).press("down");
    assert!(screen.text().contains("no such file"), "{}", screen.text());
    assert_eq!(asked(&screen), 1);
}

/// The set `health`, after Enter on its last row.
pub(crate) fn gone_to(width: u16, height: u16) -> Screen {
    let screen = opened(width, height);
    let lines: Vec<String> = screen.text().lines().map(str::to_owned).collect();
    let at = |words: &str| lines.iter().position(|line| line.contains(words)).expect("it is on the screen");
    let down = at("Law") - at(">rights");
    let screen = (0..down).fold(screen, |screen, _| screen.press("down")).press("enter");
    assert!(screen.effects.contains(&Effect::OpenSet("health".into())), "{:?}", screen.effects);
    let model: Model = screen.model.for_another_set();
    Screen { model, effects: vec![] }.send(Msg::Loaded(set("health")))
}

#[test]
fn a_set_without_one_of_them_says_so_and_shows_its_own() {
    let screen = compared(80, 24).press("T");
    assert_eq!(screen.model.overlay.as_ref().unwrap().kind(), Overlay::Sets);
    let screen = screen.press("G enter");
    let model = screen.model.for_another_set();
    let screen = Screen { model, effects: vec![] }.send(Msg::Loaded(set("money")));
    assert!(screen.footer().contains("not compared here: no country SWE"), "{}", screen.text());
}

/// The indicators of all sets that have the typed letters.
pub(crate) fn narrowed(width: u16, height: u16) -> Screen {
    opened(width, height).type_text("beds")
}

#[test]
fn what_is_typed_leaves_the_rows_that_have_it_under_their_sets() {
    let screen = narrowed(100, 24);
    let text = screen.text();
    assert!(text.contains("Shelter beds") && text.contains("health"), "{text}");
    assert!(!text.contains("Political rights") && !text.contains("rights, edition"), "{text}");
    // The cursor is on the row, so that Enter leads to it.
    let screen = screen.press("enter");
    assert!(screen.effects.contains(&Effect::OpenSet("health".into())), "{:?}", screen.effects);
    let screen = opened(100, 24).type_text("health").text();
    assert!(screen.contains("Law") && screen.contains("given: ") && !screen.contains("Status"), "{screen}");
    let screen = opened(100, 24).type_text("zzz").text();
    assert!(screen.contains("no indicator and no set is called so"), "{screen}");
}

#[test]
fn over_time_each_set_is_asked_for_the_same_editions() {
    let screen = Screen::waiting(100, 30).send(Msg::Loaded(set("rights")));
    let screen = screen.press("G c").type_text("swe@2019").press("enter 3");
    let text = screen.press("S").send(sets()).text();
    assert!(text.contains("Sweden 2020") && text.contains("Sweden 2019"), "{text}");
    // Other sets have no such editions: they are not compared in another one in silence.
    assert_eq!(text.matches("not compared: ").count(), 2, "{text}");
    assert!(text.contains("2019") && !text.contains("10.5"), "{text}");
}

#[test]
fn of_one_set_the_key_says_what_it_takes() {
    let screen = Screen::open(80, 24).press("c enter 3 S");
    assert!(screen.model.overlay.is_none());
    assert!(screen.footer().contains("second set"), "{}", screen.footer());
}

#[test]
fn how_a_table_is_read_is_not_lost_in_silence_when_another_set_is_shown() {
    let switched = |screen: Screen, keys: &str, id: &str| {
        let screen = screen.press(keys);
        assert!(screen.effects.contains(&Effect::OpenSet(id.into())), "{:?}", screen.effects);
        Screen { model: screen.model.for_another_set(), effects: vec![] }.send(Msg::Loaded(set(id)))
    };
    let screen = Screen::waiting(80, 24).send(Msg::Loaded(set("rights"))).press("i /");
    let screen = screen.type_text("political").press("enter +");
    assert!(matches!(screen.effects.last(), Some(Effect::Remap(_))), "{}", screen.text());
    let reload_diff = ReloadDiff::between(&set("rights"), &set("rights"));
    let screen = screen.send(Msg::ReadAgain { data: set("rights"), reload_diff });
    let away = switched(screen.press("esc"), "T G enter", "money");
    assert!(away.model.unkept_sets() == ["rights"]);
    let warned = away.press("q");
    assert!(!warned.effects.contains(&Effect::Quit));
    assert!(warned.footer().contains("not kept: how rights is read"), "{}", warned.footer());
    let sets = warned.press("T");
    assert!(sets.text().contains("not kept"), "{}", sets.text());
    let back = switched(sets, "home enter", "rights");
    assert!(back.model.unkept_sets() == ["rights"] && back.model.unkept.is_empty());
    let warned = back.press("q");
    assert!(!warned.effects.contains(&Effect::Quit), "{}", warned.footer());
    assert!(warned.press("q").effects.contains(&Effect::Quit));
}
