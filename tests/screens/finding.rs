//! Findings of one's own: made from an indicator's answers, saved, shown, removed.

use std::sync::Arc;

use serde_json::{Value, json};
use visavis::{
    core::{findings::own::OwnFindingChange, read::from_texts},
    text::{Safe, safe_line},
    tui::{Effect, Msg, places::Overlay},
};

use crate::screen::{Screen, fixture};

/// What the program asks to be written.
fn change(screen: &Screen) -> &OwnFindingChange {
    match screen.effects.last() {
        Some(Effect::ChangeFindings { framework, change }) if &**framework == "demo" => change,
        other => panic!("no change of findings: {other:?}"),
    }
}

fn made(screen: &Screen) -> &Value {
    let OwnFindingChange::Add(finding) = change(screen) else { panic!("{:?}", screen.effects) };
    finding
}

/// The data, read again with these findings beside it.
fn read_with(findings: &[&Value]) -> Msg {
    let own =
        json!({ "schema": "visavis.findings/1", "framework": "demo", "findings": findings }).to_string();
    let files = [
        ("framework.json", include_str!("fixture/framework.json")),
        ("cards.json", include_str!("fixture/cards.json")),
        ("own.json", &own),
    ];
    let data = from_texts("fixture", &files);
    assert_eq!(data.problems, fixture().problems, "what was made is read back without a word");
    Msg::Loaded(Arc::new(data))
}

fn done(words: &str) -> Msg {
    Msg::FindingsChanged(Ok(safe_line(words)))
}

/// A finding of the first indicator: none or partial.
fn asked() -> Screen {
    Screen::open(100, 30).press("2 F space j space enter")
}

#[test]
fn answers_are_chosen_saved_and_the_new_finding_is_shown_and_removed() {
    let screen = asked();
    let finding = made(&screen).clone();
    assert_eq!(finding["where"], json!({ "levels": ["none", "partial"] }));
    assert_eq!(finding["indicators"], json!(["national-plan"]));
    assert!(screen.text().contains("saving"), "{}", screen.text());
    // Until it is on the disk it is not said to be.
    let screen = screen.press("enter");
    assert_eq!(screen.effects.len(), 1, "it is saved once");
    let screen = screen.send(done("saved in demo.json"));
    assert_eq!(screen.effects.last(), Some(&Effect::Reload));
    assert!(screen.model.overlay.is_none());
    let screen = screen.send(read_with(&[&finding]));
    assert!(screen.footer().contains("saved in demo.json"), "{}", screen.footer());
    let screen = screen.press("5");
    let shown = screen.text();
    assert!(shown.contains("countries where National plan of action is No measure or Partial"), "{shown}");
    assert!(shown.contains("made here: D removes it"), "{shown}");
    let screen = screen.press("D");
    assert!(screen.footer().contains("D once more removes it for good"), "{}", screen.footer());
    assert!(!matches!(screen.effects.last(), Some(Effect::ChangeFindings { .. })), "it asks first");
    let screen = screen.press("D");
    assert_eq!(*change(&screen), OwnFindingChange::Remove(finding["id"].as_str().expect("an id").into()));
    let screen = screen.send(done("removed from demo.json")).send(read_with(&[]));
    assert!(screen.text().contains("F makes one of the selected indicator"), "{}", screen.text());
}

#[test]
fn what_could_not_be_saved_stays_chosen_and_can_be_saved_again() {
    let failed = asked().send(Msg::FindingsChanged(Err(Safe::fixed("NOT saved: the disk is full"))));
    assert_eq!(failed.model.overlay.as_ref().map(|open| open.kind()), Some(Overlay::Finding));
    assert!(failed.footer().contains("NOT saved: the disk is full"), "{}", failed.footer());
    let again = failed.press("enter");
    assert_eq!(again.effects[0], again.effects[1]);
}

/// In the pane of findings it is about the finding under the cursor, not about what another pane selected.
#[test]
fn in_the_findings_it_is_about_what_the_cursor_is_on() {
    let finding = json!({ "id": "own", "text": "t", "goal": "legal", "indicators": ["minimum-age"], "unit": "countries",
        "where": { "at_least": 3.0 } });
    let screen = Screen::open(100, 30).send(read_with(&[&finding])).press("5 F");
    assert!(screen.text().contains("New finding: Minimum age"), "{}", screen.text());
}

#[test]
fn nothing_chosen_is_no_finding_and_says_what_to_press() {
    let screen = Screen::open(100, 30).press("2 F");
    assert!(screen.text().contains("space chooses the answers"), "{}", screen.text());
    assert_eq!(screen.press("enter").effects, []);
}

#[test]
fn levels_and_gaps_are_not_asked_in_one() {
    let screen = Screen::open(100, 30).press("2 F space G space enter");
    assert_eq!(made(&screen)["where"]["levels"], Value::Null);
    assert!(made(&screen)["where"]["gap"].is_array(), "{}", made(&screen));
}

/// What is being read may have been read before the change.
#[test]
fn a_change_during_a_reading_is_read_once_more() {
    let screen = asked().press("esc R");
    assert_eq!(screen.effects.last(), Some(&Effect::Reload));
    let finding = made(&asked()).clone();
    let screen = screen.send(done("saved in demo.json"));
    assert_eq!(screen.effects.len(), 2, "{:?}", screen.effects);
    let screen = screen.send(Msg::Loaded(fixture()));
    assert_eq!(screen.effects.len(), 3);
    assert_eq!(screen.effects.last(), Some(&Effect::Reload));
    let screen = screen.send(read_with(&[&finding])).press("5");
    assert!(screen.text().contains("made here"), "{}", screen.text());
}

#[test]
fn a_finding_of_the_framework_is_not_removed() {
    let finding = json!({ "id": "k", "text": "have no plan", "goal": "prevention", "indicators": ["national-plan"],
        "where": { "levels": ["none"] } });
    let mut framework: Value = serde_json::from_str(include_str!("fixture/framework.json")).expect("JSON");
    framework["findings"] = json!([finding]);
    let files =
        [("framework.json", &*framework.to_string()), ("cards.json", include_str!("fixture/cards.json"))];
    let screen =
        Screen::open(100, 30).send(Msg::Loaded(Arc::new(from_texts("fixture", &files)))).press("5 D");
    assert_eq!(screen.effects, []);
    assert!(screen.footer().contains("the framework's"), "{}", screen.footer());
}

#[test]
fn an_opened_finding_is_removed_as_in_the_list_and_any_other_key_takes_the_question_back() {
    let finding = json!({ "id": "own", "text": "have no plan", "goal": "prevention", "unit": "countries",
        "indicators": ["national-plan"], "where": { "levels": ["none"] } });
    let screen = Screen::open(80, 24).send(read_with(&[&finding])).press("5 enter D");
    assert!(screen.footer().contains("D once more removes it for good: have no plan"), "{}", screen.footer());
    let screen = screen.press("j D");
    assert_eq!(screen.effects, [], "the question is asked anew");
    let screen = screen.press("D");
    assert_eq!(*change(&screen), OwnFindingChange::Remove("own".into()));
    // The list is in front again, not an opened finding that is gone.
    assert!(screen.text().contains("Findings 1"), "{}", screen.text());
}

#[test]
fn the_cursor_goes_to_a_finding_that_was_just_made() {
    let first = json!({ "id": "first", "text": "say yes", "goal": "prevention", "unit": "countries",
        "indicators": ["awareness"], "where": { "levels": ["yes"] } });
    let finding = made(&asked()).clone();
    let screen = asked().send(done("saved in demo.json")).send(read_with(&[&first, &finding])).press("5");
    let row = screen.text().lines().find(|line| line.starts_with("│>")).map(str::to_owned);
    assert!(screen.text().contains("Finding 4 of") || row.is_some(), "{}", screen.text());
    let context = screen.model.workspace.as_ref().expect("cards").context(true);
    let record = screen.model.pane().record(&context).expect("a finding is under the cursor");
    assert!(record.row.split('\t').any(|field| field == finding["id"]), "{record:?}");
}

/// At every width the published figure stands beside the count, under its heading.
#[test]
fn a_published_figure_is_never_dropped_and_its_column_has_a_heading() {
    let finding = |id: &str, text: &str, published: Value| {
        json!({ "id": id, "text": text, "goal": "prevention", "unit": "countries", "published": published,
            "indicators": ["national-plan"], "where": { "levels": ["none"] } })
    };
    let framework: Value = serde_json::from_str(include_str!("fixture/framework.json")).expect("JSON");
    let long = "have signed but not ratified the treaty that";
    let mut framework = framework;
    framework["findings"] = json!([
        finding("a", &format!("{long} was opened in Palermo"), json!({ "text": "97 %", "percent": 97 })),
        finding("b", &format!("{long} was opened in Warsaw"), json!({ "text": "nearly one in four" })),
        finding("c", "have no plan", json!({ "text": "19 %", "percent": 19, "edition": "1999" })),
    ]);
    let framework = framework.to_string();
    let files = [("framework.json", framework.as_str()), ("cards.json", include_str!("fixture/cards.json"))];
    let data = Arc::new(from_texts("fixture", &files));
    for (width, height) in [(40, 24), (80, 24), (120, 40), (200, 60)] {
        let screen = Screen::open(width, height).send(Msg::Loaded(Arc::clone(&data))).press("5");
        let shown = screen.text();
        for words in ["k of n", "%", "published", "97 %", "nearly", "19 %"] {
            assert!(shown.contains(words), "{words} at {width}:\n{shown}");
        }
        // Rows that begin alike can be told apart.
        assert!(shown.contains("Palermo") && shown.contains("Warsaw"), "{width}:\n{shown}");
    }
    let shown = Screen::open(80, 24).send(Msg::Loaded(data)).press("5").text();
    for words in ["97 % differs", "nearly one in four in words", "19 % not comparable"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

/// A finding that comes in another way later does not move the cursor to itself.
#[test]
fn a_finding_that_could_not_be_saved_is_not_waited_for() {
    let finding = made(&asked()).clone();
    let other = json!({ "id": "other", "text": "t", "goal": "legal", "indicators": ["minimum-age"], "unit": "countries",
        "where": { "at_least": 3.0 } });
    let read = |screen: Screen| screen.send(read_with(&[&other])).send(read_with(&[&other, &finding])).text();
    let failed = asked().send(Msg::FindingsChanged(Err(Safe::fixed("NOT saved: the disk is full"))));
    assert_eq!(read(failed.press("esc 5")), read(Screen::open(100, 30).press("2 F space j space esc 5")));
}
