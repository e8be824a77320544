//! The countries that answer so: questions in the search of the list.

use visavis::tui::{Effect, Msg, places::Pane};

use crate::screen::{Screen, fixture};

/// The first words of each row of the list.
fn listed(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let lines = text.lines().skip(4).map_while(|line| line.strip_prefix('│')?.get(1..4).map(str::to_owned));
    lines.filter(|code| code.trim().len() > 1).collect()
}

fn asked(text: &str) -> Screen {
    Screen::open(80, 24).press("/").type_text(text)
}

#[test]
fn a_question_lists_who_answers_so_and_says_how_many_could_not_be_judged() {
    let screen = asked("helpline=no").press("enter");
    assert_eq!(listed(&screen), ["UZB"]);
    let shown = screen.text();
    assert!(shown.contains("1 of 7 · /helpline=no"), "{shown}");
    assert!(shown.contains("3 could not be judged"), "{shown}");
    assert_eq!(listed(&screen.press("esc")).len(), 7);
}

#[test]
fn questions_stand_beside_names_and_gaps_are_asked_for() {
    assert_eq!(listed(&asked("minimum-age<16 lat")), ["LVA"]);
    assert_eq!(listed(&asked("gap(teachers,not-assessed)")), ["ALB"]);
    assert_eq!(listed(&asked("national-plan>=partial !gap(teachers)")), ["EST", "LVA", "UZB"]);
}

#[test]
fn a_question_half_typed_hides_nobody_and_says_what_is_expected() {
    let screen = asked("helpline=");
    assert_eq!(listed(&screen).len(), 7, "{}", screen.text());
    assert!(screen.footer().contains("expected a level: no, partial or yes"), "{}", screen.footer());
    let screen = screen.press("enter");
    assert!(screen.model.typing.is_some(), "it goes on");
    let screen = screen.type_text("yess");
    assert!(screen.footer().contains("did you mean yes?"), "{}", screen.footer());
    let screen = screen.press("backspace enter");
    assert!(screen.model.typing.is_none() && screen.text().contains("/helpline=yes"), "{}", screen.text());
}

#[test]
fn an_indicator_alone_is_a_name_and_the_question_is_offered() {
    let screen = asked("helpline");
    assert!(screen.text().contains("Or ask: helpline=yes"), "{}", screen.text());
}

#[test]
fn a_copy_names_the_filter_and_the_count() {
    let text = |keys: &str| match asked("helpline=no").press(keys).effects.pop() {
        Some(Effect::Copy(copied)) => copied.text,
        other => panic!("{other:?}"),
    };
    let markdown = text("enter C m");
    assert!(markdown.contains("Shown: /helpline=no; 1 of 7 rows, 3 could not be judged"), "{markdown}");
    let json: serde_json::Value = serde_json::from_str(&text("enter C j")).expect("JSON");
    assert_eq!((&json["shown"][0], &json["could_not_be_judged"]), (&"/helpline=no".into(), &3.into()));
}

#[test]
fn what_is_written_from_the_list_is_about_whom_the_question_finds() {
    let group = |screen: &Screen| {
        let workspace = screen.model.workspace.as_ref().expect("cards");
        let group = screen.model.pane().written_group(&workspace.context(true))?;
        Some((group.id.to_string(), group.title.raw().to_owned()))
    };
    let title = "All countries where national-plan>=partial in 2012 (5 of 7 rows, 2 could not be judged)";
    let screen = asked("national-plan>=partial").press("enter");
    assert_eq!(group(&screen), Some(("ALB,EST,LVA,TUR,UZB".to_owned(), title.to_owned())));
    assert_eq!(group(&screen.press("2")), None, "the card is not filtered");
    assert_eq!(group(&asked("latvia").press("enter")), None, "a name is for finding");
}

#[test]
fn enter_on_an_answer_leads_to_the_countries_that_give_it() {
    let screen = Screen::open(80, 24).press("2 F j enter");
    assert!(screen.effects.is_empty() && screen.model.overlay.is_none());
    assert_eq!(screen.model.front(), Pane::Countries);
    assert!(screen.text().contains("3 of 7 · /national-plan=p"), "{}", screen.text());
    assert_eq!(listed(&screen), ["LVA", "TUR", "UZB"]);
}

#[test]
fn it_can_begin_with_a_filter() {
    let mut screen = Screen::waiting(80, 24);
    screen.model.begin_with = Some("helpline=no".to_owned());
    let screen = screen.send(Msg::Loaded(fixture()));
    assert_eq!(listed(&screen), ["UZB"]);
    let mut screen = Screen::waiting(80, 24);
    screen.model.begin_with = Some("helpline=never".to_owned());
    let screen = screen.send(Msg::Loaded(fixture()));
    assert_eq!(listed(&screen).len(), 7);
    assert!(screen.footer().contains("expected a level"), "{}", screen.footer());
    assert!(screen.text().contains("filter not read"), "{}", screen.text());
}
