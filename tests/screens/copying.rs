//! What is copied from each pane: the cell, the row, all of it.

use std::sync::Arc;

use visavis::{
    core::read::from_texts,
    text::is_safe,
    tui::{Effect, Msg},
};

use crate::{review::said, screen::Screen};

fn copied(screen: &Screen) -> (&str, &str) {
    match screen.effects.last() {
        Some(Effect::Copy(copied)) => (&copied.what, &copied.text),
        other => panic!("nothing was copied: {other:?} {}", screen.footer()),
    }
}

fn copy(keys: &str) -> (String, String) {
    let screen = Screen::open(100, 30).press(keys);
    let (what, text) = copied(&screen);
    (what.to_owned(), text.to_owned())
}

/// Of a source its address, and the overlay says so.
#[test]
fn the_address_of_a_source_is_copied_when_it_is_shown() {
    let shown = Screen::open(80, 24).press("2 o");
    let Some(Effect::Copy(copied)) = shown.effects.last() else { panic!("nothing: {}", shown.text()) };
    assert!(copied.text.starts_with("https://"), "{}", copied.text);
    assert!(shown.text().contains("its address is copied"), "{}", shown.text());
    let none = Screen::open(80, 24).press("2 G k o");
    assert!(none.model.overlay.is_none() && none.footer().contains("no source"), "{}", none.footer());
}

#[test]
fn a_cell_is_copied_as_its_words_and_a_gap_as_its_reason() {
    assert_eq!(copy("y").1, "Albania");
    assert_eq!(copy("2 y").1, "Comprehensive");
    // Never a "no", whatever the pane.
    assert_eq!(copy("2 } y").1, "not assessed");
    assert_eq!(copy("2 } 4 y").1, "not assessed");
}

#[test]
fn a_row_is_copied_with_its_sources_and_tabs_between() {
    let (what, row) = copy("2 Y");
    assert_eq!(what, "the row of ALB, National plan of action");
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!(&cells[..3], ["ALB", "Albania", "2012"], "{row}");
    assert!(row.contains("example.org"), "{row}");
}

#[test]
fn what_a_spreadsheet_would_run_is_text_in_a_copied_row_and_numbers_stay_numbers() {
    let card = r#"{ "framework": "x", "country": "ALB", "edition": "2012",
        "assessments": { "=cmd|' /C calc'!A0": { "value": -5, "note": "@SUM(1+1)" } } }"#;
    let data = Arc::new(from_texts("hostile", &[("alb.json", card)]));
    let screen = Screen::waiting(100, 30).send(Msg::Loaded(data)).press("2 Y");
    let row = copied(&screen).1;
    assert!(row.split('\t').any(|cell| cell.starts_with("'=cmd")), "{row}");
    assert!(row.split('\t').any(|cell| cell == "'@SUM(1+1)"), "{row}");
    assert!(row.split('\t').any(|cell| cell == "-5"), "{row}");
    let runs = |cell: &str| cell.starts_with(['=', '@', '+']);
    assert!(!row.split('\t').any(runs), "{row}");
}

#[test]
fn the_side_under_the_cursor_is_copied_in_a_comparison() {
    assert_ne!(copy("c u z b enter y").1, copy("c u z b enter l y").1);
}

#[test]
fn a_pane_is_copied_as_its_report_writes_it() {
    for (keys, report, called) in [
        ("1", "overview", "Countries"),
        ("s s s", "rank", "Countries by score"),
        ("2", "show", "Card"),
        ("c u z b enter", "compare", "Comparison"),
        ("4", "missing", "Coverage"),
        ("5", "findings", "Findings"),
        ("7", "flags", "the queue"),
    ] {
        let screen = Screen::open(100, 30).press(keys).press(":").type_text("copy json").press("enter");
        let (what, text) = copied(&screen);
        assert_eq!(what, format!("{called} as JSON"));
        let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(json["report"], report);
        let screen = screen.press(":").type_text("copy md").press("enter");
        assert!(copied(&screen).1.contains("# "), "{}", copied(&screen).1);
    }
}

#[test]
fn what_somebody_said_is_copied_from_the_queue() {
    let screen = Screen::open(100, 30).with_reviews(said()).press("7 y");
    assert!(screen.text().contains(copied(&screen).1.lines().next().expect("a line")), "{}", screen.text());
    let screen = screen.press("Y");
    assert_eq!(copied(&screen).1.split('\t').count(), 3, "{}", copied(&screen).1);
}

#[test]
fn what_a_terminal_would_act_on_is_copied_as_marks() {
    let text = r#"{"framework":{"id":"f","scales":{"t":{"kind":"text"}},"goals":[{"id":"g","indicators":[{"id":"a","scale":"t"}]}]},
        "cards":[{"country":"ALB","edition":"2012","assessments":{"a":{"value":"x\u001b[2J\u202e\ty","note":"a\tb\nc"}}}]}"#;
    let data = Arc::new(from_texts("d", &[("x.json", text)]));
    for keys in ["2 y", "2 Y", "1 Y"] {
        let screen = Screen::open(100, 30).send(Msg::Loaded(Arc::clone(&data))).press(keys);
        let (_, text) = copied(&screen);
        assert!(text.split('\t').all(is_safe), "{text:?}");
    }
}

#[test]
fn without_cards_there_is_nothing_to_copy_and_it_is_said() {
    let screen = Screen::open(100, 30).send(Msg::Loaded(Arc::new(from_texts("empty", &[])))).press("y");
    assert_eq!(screen.effects, []);
    assert!(screen.footer().contains("no cards"), "{}", screen.footer());
}

/// The keys of the rows that a copy has, as its JSON names them.
fn rows(keys: &str, key: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&copy(&format!("{keys} C j")).1).expect("JSON");
    let rows = json.get("rows").unwrap_or(&json["cards"][0]["rows"]);
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| row[key].as_str().expect("a key").to_owned()).collect()
}

#[test]
fn a_copy_has_what_the_pane_shows_and_says_what_narrows_it() {
    let all = rows("c u z b enter", "indicator");
    let different = rows("c u z b enter d", "indicator");
    assert!(!different.is_empty() && different.len() < all.len(), "{different:?}");
    assert!(copy("c u z b enter d C m").1.contains("Shown: only differences"));
    let gaps = rows("2 m", "indicator");
    assert_eq!(gaps, ["teachers"]);
    assert_eq!(rows("/ t u r k enter", "country"), ["TUR"]);
    assert!(copy("/ t u r k enter C m").1.contains("Shown: /turk; 1 of 7 rows"));
    // Folding hides nothing.
    assert_eq!(rows("2 z", "indicator"), rows("2", "indicator"));
    // In the order of the screen.
    assert_eq!(rows("s", "country").first(), Some(&"XA".to_owned()));
}

#[test]
fn a_copy_of_the_countries_is_about_the_group_that_is_shown() {
    let screen = Screen::open(100, 30).press("ctrl-g").type_text("ALB,EST").press("enter C m");
    let text = copied(&screen).1;
    assert!(text.contains("2 of 7 countries") && !text.contains("Latvia"), "{text}");
}
