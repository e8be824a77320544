//! Where somebody was is found again, and files that change by themselves disturb nobody.

use std::sync::Arc;

use visavis::{
    core::{dataset::Dataset, read::from_texts, reread::Reread, severity::Severity},
    tui::{
        Effect, Msg,
        place::{Overlay, Pane},
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
    Screen::waiting(100, 30).send(Msg::Begin(session)).send(Msg::Loaded(data))
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
        "/ e s t enter",
        "2 j j m",
        "c u z b enter ] d",
        "c u z b enter a t u r enter right 1 2",
        "4 s S o f",
        "4 f f L A",
        "5 j",
        "7 s k",
        "< 4",
        "ctrl-g A L B , E S T enter",
        "2 / s h e l enter",
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
fn what_the_cards_no_longer_have_is_left_out_without_a_word() {
    let screen = Screen::open(100, 30).press("ctrl-g A L B , U Z B enter < c u z b enter");
    let only = r#"{ "framework": "demo", "country": "EST", "edition": "2012", "assessments": {} }"#;
    let back = again(left(&screen), cards(only));
    assert_eq!(back.model.front, Pane::Countries);
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
    let reread = Reread::between(screen.model.data.as_ref().expect("cards"), data);
    screen.send(Msg::ReadAgain { data: Arc::clone(data), reread })
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
    assert!(screen.footer().contains("read again: nothing changed"), "{}", screen.footer());
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

#[test]
fn half_a_file_leaves_the_cards_as_they_were_and_its_problem_is_shown() {
    let whole = include_str!("fixture/cards.json");
    let half = cards(&whole[..whole.len() / 2]);
    let screen = read_again(changed(), &half);
    assert!(screen.footer().contains("NOT read again: cards.json:"), "{}", screen.footer());
    let screen = screen.press("j");
    assert!(screen.text().contains("Albania"));
    assert!(screen.line(0).contains("not read again"), "{}", screen.line(0));
    let screen = screen.press("!");
    assert_eq!(
        screen.model.overlay.as_ref().map(visavis::tui::overlays::Open::kind),
        Some(Overlay::Problems)
    );
    assert!(screen.text().contains("cards.json"), "{}", screen.text());
    assert!(screen.model.problems().iter().any(|problem| problem.severity == Severity::Error));
    let screen = read_again(screen.press("esc R"), &fixture());
    assert!(screen.footer().contains("read again: nothing changed"), "{}", screen.footer());
    assert!(!screen.line(0).contains("not read again"), "{}", screen.line(0));
}
