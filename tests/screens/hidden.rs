//! Nothing is hidden without a word: searches, details below the edge, and what only the command line has.

use clap::CommandFactory as _;
use visavis::{
    cli::args::ELSEWHERE,
    tui::{
        Effect,
        command::{COMMANDS, NewFile},
    },
};

use crate::screen::Screen;

#[test]
fn a_search_says_how_many_it_hides_and_whether_the_selected_country_is_among_them() {
    let screen = Screen::open(80, 24).press("/ t u r k enter");
    assert!(screen.text().contains("/turk hides 6"), "{}", screen.text());
    // What is no longer on the screen narrows nothing.
    assert!(screen.press("4 1").text().contains("Countries 7 · by name"));
    // Another country is selected beside the list: the list says that it is hidden.
    let screen = Screen::open(120, 40).press("/ t u r k enter c u z b enter l enter");
    assert!(
        screen.text().contains("hides UZB") || screen.text().contains("Uzbekistan too"),
        "{}",
        screen.text()
    );
    assert!(!screen.press("1 esc").text().contains("hides"));
}

#[test]
fn who_goes_to_a_country_by_name_finds_it_listed() {
    let screen = Screen::open(120, 40).press("/ t u r k enter ctrl-p").type_text("latvia").press("enter");
    assert!(screen.footer().contains("/turk hid what is selected"), "{}", screen.footer());
    assert!(screen.press("1").text().contains("Countries 7"));
}

#[test]
fn another_group_is_not_hidden_by_the_search_before_it() {
    let screen = Screen::open(80, 24).press("/ t u r k enter ctrl-g").type_text("ALB,EST").press("enter");
    assert!(
        screen.text().contains("ALB Albania") && screen.text().contains("EST Estonia"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_detail_scrolls_from_the_card_and_the_footer_says_how() {
    let screen = Screen::open(80, 24).press("2");
    assert!(screen.footer().contains("J detail down"), "{}", screen.footer());
    let before = screen.text();
    let screen = screen.press("J J");
    assert_ne!(screen.text(), before);
    assert!(!screen.model.pane().takes_back(), "the list keeps the keys");
    assert_eq!(screen.press("K K K").text(), before);
    // What has no room beside the list is read instead.
    assert!(Screen::open(40, 12).press("2 J").text().contains("Indicator"));
    assert!(
        Screen::open(80, 24).press("?").type_text("scroll").text().contains("Scroll the indicator's detail")
    );
}

#[test]
fn a_meaning_in_the_help_is_never_cut() {
    let shown = Screen::open(80, 24).press("?").type_text("not applicable").text();
    assert!(shown.contains("counts in no total"), "{shown}");
    let shown = Screen::open(80, 24).press("?").type_text("level").text();
    assert!(shown.contains("the first is the worst"), "{shown}");
}

#[test]
fn a_report_is_written_from_any_pane() {
    for (keys, paper) in [
        ("W m", NewFile::BriefingInMarkdown),
        ("5 W h", NewFile::BriefingInHtml),
        ("4 W d", NewFile::DataPackage),
    ] {
        assert_eq!(Screen::open(80, 24).press(keys).effects, [Effect::Write(paper)]);
    }
    let screen = Screen::open(80, 24).press(":").type_text("report").press("enter");
    assert_eq!(screen.effects, [Effect::Write(NewFile::BriefingInMarkdown)]);
    let screen = Screen::open(80, 24).press(":").type_text("export").press("enter");
    assert_eq!(screen.effects, [Effect::Write(NewFile::DataPackage)]);
    assert!(Screen::open(80, 24).press("5").footer().contains("W m write report"));
    assert_eq!(Screen::waiting(80, 24).press("W m").effects, []);
}

#[test]
fn the_palette_says_where_a_subcommand_is() {
    let screen = Screen::open(80, 24).press(":").type_text("changes");
    assert!(
        screen.text().contains("changes: on the command line: visavis changes --group all --edition 2012"),
        "{}",
        screen.text()
    );
    let screen = screen.press("enter");
    assert!(screen.footer().contains("only on the command line: visavis changes"), "{}", screen.footer());
    let screen = Screen::open(80, 24).press(":").type_text("rank");
    assert!(screen.text().contains("rank: on the command line"), "{}", screen.text());
}

#[test]
fn the_palette_knows_every_subcommand() {
    let command = visavis::cli::args::Cli::command();
    for name in command.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help") {
        let is_here = COMMANDS.iter().any(|spec| spec.name == name);
        assert!(is_here || ELSEWHERE.iter().any(|one| one.name == name), "{name}");
    }
    for one in ELSEWHERE {
        assert!(command.find_subcommand(one.name).is_some(), "{}", one.name);
    }
}
