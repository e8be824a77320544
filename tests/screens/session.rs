//! Where somebody was is found again, and files that change by themselves disturb nobody.

use std::sync::Arc;

use visavis::{
    core::{
        dataset::Dataset,
        read::{again_from_texts, from_texts},
        reload_diff::ReloadDiff,
        severity::Severity,
    },
    tui::{
        Effect, Msg,
        places::{Overlay, Pane},
        session::Session,
    },
};

use crate::screen::{Screen, fixture};

/// What was left behind, as it comes back from the disk.
fn left(screen: &Screen) -> Session {
    let session = screen.model.to_session().expect("cards");
    let text = serde_json::to_string(&session).expect("codes and words");
    let back = serde_json::from_str(&text).expect("what was written");
    assert_eq!(session, back, "{text}");
    back
}

/// Another start with what was left behind.
fn again(session: Session, data: Arc<Dataset>) -> Screen {
    Screen::waiting(100, 30).send(Msg::Begin(Box::new(session))).send(Msg::Loaded(data))
}

fn cards(text: &str) -> Arc<Dataset> {
    let files = [("framework.json", include_str!("fixture/framework.json")), ("cards.json", text)];
    Arc::new(from_texts("fixture", &files))
}

#[test]
fn every_pane_is_found_as_it_was_left() {
    for keys in [
        "j j",
        "s s m",
        "2 j j m",
        "c u z b enter ] d",
        "c u z b enter a t u r enter right 1 2",
        "4 s S P f j j enter",
        "4 f j j enter L a",
        "5 j",
        "< 4",
        "ctrl-g A L B , E S T enter",
    ] {
        let screen = Screen::open(100, 30).press(keys);
        let back = again(left(&screen), fixture());
        assert_eq!(left(&back), left(&screen), "{keys}");
        // The footer may still say something, and a list may have been scrolled.
        let shown = |screen: &Screen| screen.text().lines().take(29).collect::<Vec<_>>().join("\n");
        assert_eq!(shown(&back), shown(&screen), "{keys}");
        assert_eq!(back.effects, []);
    }
}

#[test]
fn no_search_and_no_filter_of_the_queue_waits_for_the_next_start() {
    for keys in ["/ e s t enter", "2 / s h e l enter", "7 / x enter 7 f j enter", "4 / l a t enter"] {
        let screen = Screen::open(100, 30).press(keys);
        let back = again(left(&screen), fixture());
        let panes = [Pane::Countries, Pane::Card, Pane::Coverage, Pane::Review];
        assert!(panes.iter().all(|pane| back.model.panes.of(*pane).searched().is_empty()), "{keys}");
        assert!(!back.model.panes.of(Pane::Review).is_filtered(), "{keys}");
    }
}

#[test]
fn what_the_cards_no_longer_have_is_left_out_without_a_word() {
    let screen = Screen::open(100, 30).press("ctrl-g A L B , U Z B enter < c u z b enter");
    let only = r#"{ "framework": "demo", "country": "EST", "edition": "2012", "assessments": {} }"#;
    let back = again(left(&screen), cards(only));
    assert_eq!(back.model.front(), Pane::Countries);
    assert!(back.text().contains("Estonia"), "{}", back.text());
    assert!(!back.text().contains("ALB"), "{}", back.text());
}

#[test]
fn nothing_is_left_behind_before_there_are_cards() {
    assert_eq!(Screen::waiting(80, 24).model.to_session(), None);
}

fn changed() -> Screen {
    let screen = Screen::open(80, 24).send(Msg::FilesChanged);
    assert_eq!(screen.effects, [Effect::Reload]);
    screen
}

fn read_again(screen: Screen, data: &Arc<Dataset>) -> Screen {
    let reload_diff = ReloadDiff::between(screen.model.data.as_ref().expect("cards"), data);
    screen.send(Msg::ReadAgain { data: Arc::clone(data), reload_diff })
}

/// The fixture without most of its cards.
fn fewer() -> Arc<Dataset> {
    cards(r#"{ "framework": "demo", "country": "TUR", "edition": "2012", "assessments": { "opsc": null } }"#)
}

#[test]
fn files_that_change_while_they_are_read_are_read_once_more() {
    let screen = changed().send(Msg::FilesChanged).send(Msg::FilesChanged);
    assert_eq!(screen.effects.len(), 1);
    let screen = read_again(screen, &fixture());
    assert_eq!(screen.effects, [Effect::Reload, Effect::Reload]);
    let screen = read_again(screen, &fixture());
    assert_eq!(screen.effects.len(), 2);
    assert!(screen.footer().contains("read again: the cards say the same"), "{}", screen.footer());
}

#[test]
fn a_file_that_goes_and_comes_back_brings_its_country_and_edition_back() {
    let at = |screen: &Screen| {
        let workspace = screen.model.workspace.as_ref().unwrap();
        let (data, here) = (&workspace.data, workspace.selection);
        (data.country(here.country).code.raw().to_owned(), data.edition(here.edition).label.to_string())
    };
    let begun = Screen::open(80, 24).press("< j");
    let before = at(&begun);
    assert_ne!(before.1, "2012");
    let gone = read_again(begun, &fewer());
    assert_eq!(at(&gone), ("TUR".to_owned(), "2012".to_owned()));
    let back = read_again(gone.press("2"), &fixture());
    assert_eq!(at(&back), before);
    // Whoever has gone elsewhere meanwhile stays there.
    let elsewhere = read_again(read_again(back, &fewer()), &fixture()).press("1 G");
    let there = at(&elsewhere);
    assert_eq!(at(&read_again(elsewhere, &fixture())), there);
}

#[test]
fn who_is_choosing_is_not_disturbed_and_sees_the_new_cards_after() {
    for keys in ["ctrl-p", "c", "ctrl-g", "w", "} space", "2 e"] {
        let screen = read_again(changed().press(keys), &fewer());
        assert!(screen.model.overlay.is_some(), "{keys}");
        let screen = screen.send(Msg::FilesChanged);
        assert_eq!(screen.effects.len(), 1, "{keys}");
        let screen = screen.press("esc");
        assert!(
            screen.text().contains("Countries 1") || screen.text().contains("TUR"),
            "{keys}: {}",
            screen.text()
        );
        assert_eq!(screen.effects.len(), 2, "what changed meanwhile is read then: {keys}");
    }
    let screen = read_again(changed().press("?"), &fewer());
    assert_eq!(
        screen.model.data.as_ref().map(|data| data.card_count()),
        Some(1),
        "the help holds nothing up"
    );
}

/// The fixture, read again when its cards are this text.
fn fixture_again(cards: &str) -> Arc<Dataset> {
    let files = [("framework.json", include_str!("fixture/framework.json")), ("cards.json", cards)];
    Arc::new(again_from_texts(&cards_before(), &files))
}

fn cards_before() -> Arc<Dataset> {
    cards(include_str!("fixture/cards.json"))
}

#[test]
fn half_a_file_leaves_its_cards_as_they_were_and_its_problem_is_shown() {
    let whole = include_str!("fixture/cards.json");
    let half = fixture_again(&whole[..whole.len() / 2]);
    let screen = read_again(changed(), &half);
    assert!(screen.footer().contains("cards.json broken, cards kept: ! says why"), "{}", screen.footer());
    let screen = screen.press("j");
    assert!(screen.text().contains("Albania"));
    let screen = screen.press("!");
    assert_eq!(screen.model.overlay.as_ref().map(|open| open.kind()), Some(Overlay::Problems));
    assert!(screen.text().contains("cards.json"), "{}", screen.text());
    assert!(screen.model.problems().iter().any(|problem| problem.severity == Severity::Error));
    let screen = read_again(screen.press("esc R"), &cards_before());
    assert!(screen.footer().contains("read again: the cards say the same"), "{}", screen.footer());
}

/// A change of a cell that everybody sees.
fn other() -> Arc<Dataset> {
    let text =
        include_str!("fixture/cards.json").replacen("\"helpline\": \"no\"", "\"helpline\": \"yes\"", 1);
    assert_ne!(text, include_str!("fixture/cards.json"));
    fixture_again(&text)
}

/// The screen after most cards went and one says something else.
pub(crate) fn after_changes(width: u16, height: u16) -> Screen {
    read_again(Screen::open(width, height).send(Msg::FilesChanged), &fewer())
}

#[test]
fn what_changed_is_listed_by_a_key_and_enter_goes_to_the_cell() {
    let screen = read_again(changed(), &other());
    assert!(screen.footer().contains("read again: 1 cell changed (= lists it)"), "{}", screen.footer());
    // The list is there however many keys were pressed since, and by its name too.
    let screen = screen.press("j j : w h a t - c h a n g e d enter");
    assert!(screen.text().contains("->"), "{}", screen.text());
    let listed = screen.model.reload_diff.as_ref().expect("a change").list[0].clone();
    let screen = screen.press("enter");
    assert_eq!(screen.model.front(), Pane::Card);
    let workspace = screen.model.workspace.as_ref().expect("cards");
    assert_eq!(workspace.data.country(workspace.selection.country).code.raw(), &*listed.country);
    assert_eq!(&*workspace.data.framework.indicator(workspace.selection.indicator).id, "helpline");
    // Reading again without a change leaves the list.
    let screen = read_again(screen.press("R"), &other()).press("=");
    assert!(screen.text().contains("->"), "{}", screen.text());
}

#[test]
fn before_anything_changed_the_list_says_so_and_what_is_gone_is_nowhere_to_go() {
    let screen = Screen::open(80, 24).press("=");
    assert!(screen.text().contains("Nothing has changed"), "{}", screen.text());
    let screen = read_again(changed(), &fewer()).press("= G enter");
    assert!(screen.text().contains("the card is gone"), "{}", screen.text());
    assert!(screen.footer().contains("nothing to go to"), "{}", screen.footer());
}

#[test]
fn what_changed_while_a_note_is_open_is_said_when_it_is_closed() {
    let screen = read_again(changed().press("2 e h a l f"), &other());
    assert!(!screen.footer().contains("read again"), "{}", screen.footer());
    let screen = screen.press("esc");
    assert!(screen.footer().contains("kept as a draft"), "{}", screen.footer());
    let screen = screen.press("j");
    assert!(screen.footer().contains("read again: 1 cell changed (= lists it)"), "{}", screen.footer());
    assert!(!screen.press("j").footer().contains("read again"));
}

#[test]
fn what_was_said_when_the_note_was_closed_comes_back_after_what_changed() {
    let screen = Screen::open(80, 24).press("2 e h a l f").send(Msg::FilesChanged);
    assert_eq!(screen.effects, [], "nothing is read while somebody writes");
    let screen = screen.press("esc");
    assert_eq!(screen.effects, [Effect::Reload]);
    let screen = read_again(screen, &other());
    assert!(screen.footer().contains("read again: 1 cell changed (= lists it)"), "{}", screen.footer());
    let screen = screen.press("j");
    assert!(screen.footer().contains("kept as a draft"), "{}", screen.footer());
}
