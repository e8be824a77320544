//! What keys do, in the words of a user.

use std::sync::Arc;

use ratatui::layout::Rect;
use visavis::{
    core::{
        read::from_texts,
        report::{RankReport, Report as _},
        score::RankedBy,
    },
    text::safe_line,
    tui::{
        Effect, Msg,
        keymap::Keymap,
        look::{Look, Palette, UNICODE},
        model::ReadProgress,
        places::Pane,
        view::links,
    },
};

use crate::screen::{Screen, fixture};

fn country(screen: &Screen) -> String {
    let workspace = screen.model.workspace.as_ref().expect("cards");
    workspace.data.country(workspace.selection.country).code.raw().to_owned()
}

fn edition(screen: &Screen) -> String {
    let workspace = screen.model.workspace.as_ref().expect("cards");
    workspace.data.edition(workspace.selection.edition).label.to_string()
}

fn indicator(screen: &Screen) -> String {
    let workspace = screen.model.workspace.as_ref().expect("cards");
    workspace.data.framework.indicator(workspace.selection.indicator).id.to_string()
}

fn subjects(screen: &Screen) -> Vec<String> {
    let workspace = screen.model.workspace.as_ref().expect("cards");
    let one = |subject: &visavis::core::subject::Subject| {
        format!("{}@{}", subject.code(&workspace.data).raw(), workspace.data.edition(subject.edition()).label)
    };
    workspace.subjects().iter().map(one).collect()
}

#[test]
fn it_opens_on_the_newest_edition() {
    let screen = Screen::open(80, 24);
    assert_eq!((country(&screen).as_str(), edition(&screen).as_str()), ("ALB", "2012"));
}

#[test]
fn arrows_and_letters_move_alike() {
    assert_eq!(
        country(&Screen::open(80, 24).press("j j k")),
        country(&Screen::open(80, 24).press("down down up"))
    );
    assert_eq!(country(&Screen::open(80, 24).press("G g g")), "ALB");
}

#[test]
fn q_closes_an_overlay_before_it_quits() {
    let screen = Screen::open(80, 24).press("! q");
    assert_eq!(screen.effects, []);
    assert!(screen.model.overlay.is_none());
    assert_eq!(screen.press("q").effects, [Effect::Quit]);
}

#[test]
fn esc_goes_back_and_never_quits() {
    let screen = Screen::open(80, 24).press("c u z b enter ? esc esc esc esc esc");
    assert_eq!(screen.effects, []);
    assert_eq!(screen.model.front(), Pane::Countries);
    assert!(screen.footer().contains("q quits"), "{}", screen.footer());
}

#[test]
fn esc_from_a_comparison_goes_where_it_was_opened() {
    assert_eq!(Screen::open(80, 24).press("2 c u z b enter esc").model.front(), Pane::Card);
    assert_eq!(Screen::open(80, 24).press("c u z b enter esc").model.front(), Pane::Countries);
}

#[test]
fn letters_are_text_where_there_is_a_field() {
    let screen = Screen::open(80, 24).press("?").type_text("quit jq");
    assert!(screen.effects.is_empty());
    assert!(screen.text().contains("> quit jq"));
    assert!(screen.press("ctrl-w").text().contains("> quit "));
}

#[test]
fn tab_goes_round_the_boxes_on_the_screen() {
    let fronts = |screen: Screen| {
        let mut screen = screen;
        let mut seen = vec![];
        for _ in 0..4 {
            screen = screen.press("tab");
            seen.push((screen.model.front(), screen.model.pane().box_in_use()));
        }
        seen
    };
    let (list, card, detail) = ((Pane::Countries, 0), (Pane::Card, 0), (Pane::Card, 1));
    assert_eq!(fronts(Screen::open(80, 24)), [card, detail, list, card]);
    let (table, words) = ((Pane::Comparison, 0), (Pane::Comparison, 1));
    let compared = || Screen::open(80, 24).press("c u z b enter");
    assert_eq!(fronts(compared()), [words, table, words, table]);
    assert_eq!(Screen::open(80, 24).press("backtab").model.pane().box_in_use(), 1);
    let alone = Screen::open(80, 24).press("4 tab");
    assert!(alone.footer().contains("one box is on this screen: the number keys"), "{}", alone.footer());
    assert_eq!(fronts(Screen::open(19, 4)), [list; 4], "nothing is shown there");
}

/// The list sorted by score is the report's ranking, place by place, and weights move both alike.
#[test]
fn the_countries_by_score_stand_as_the_report_ranks_them() {
    for keys in ["s s s", "w right right m esc s s s"] {
        let screen = Screen::open(120, 40).press(keys);
        let workspace = screen.model.workspace.as_ref().expect("cards");
        let edition = workspace.selection.edition;
        let report = RankReport::new(
            &workspace.data,
            workspace.group.clone(),
            edition,
            &workspace.rules,
            RankedBy::Overall,
        );
        let table = report.expect("an overall ranking").table();
        let at = |key: &str| table.columns.iter().position(|column| column.key == key).expect("a column");
        let field = |row: usize, key: &str| table.rows[row][at(key)].raw().to_owned();
        for row in 0..table.rows.len() {
            let line = screen.line(5 + row);
            let inside: String = line.chars().skip(2).collect();
            let first = inside.split_whitespace().next().unwrap_or_default();
            assert_eq!(first, field(row, "country"), "{line}");
            let given = format!("{}/{}", field(row, "given"), field(row, "of"));
            let ranked = format!("{} {:>5} {given}", field(row, "place"), field(row, "score"));
            let wanted = if field(row, "score").is_empty() { format!("no score {given:>4}") } else { ranked };
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(squeezed(&line).contains(&squeezed(&wanted)), "{wanted} in {line}");
        }
    }
}

#[test]
fn comparing_takes_four_keys() {
    let screen = Screen::open(80, 24).press("c u z enter");
    assert_eq!(subjects(&screen), ["ALB@2012", "UZB@2012"]);
    assert_eq!(screen.model.front(), Pane::Comparison);
}

#[test]
fn a_third_is_added_and_a_side_replaced() {
    let screen = Screen::open(120, 40).press("c u z b enter a t u r enter");
    assert_eq!(subjects(&screen), ["ALB@2012", "UZB@2012", "TUR@2012"]);
    let screen = screen.press("D r e s t enter");
    assert!(subjects(&screen).contains(&"EST@2012".to_owned()), "{:?}", subjects(&screen));
    assert_eq!(subjects(&screen).len(), 2);
}

#[test]
fn swapping_twice_changes_nothing() {
    let screen = Screen::open(80, 24).press("c u z b enter");
    let before = subjects(&screen);
    let screen = screen.press("x");
    assert_ne!(subjects(&screen), before);
    assert_eq!(subjects(&screen.press("x")), before);
}

#[test]
fn an_edition_moves_both_sides_of_a_comparison() {
    let screen = Screen::open(80, 24).press("c u z b enter <");
    assert_eq!(subjects(&screen), ["ALB@2010", "UZB@2010"]);
    assert_eq!(edition(&screen), "2010");
    let screen = screen.press("<");
    assert!(screen.footer().contains("oldest"), "{}", screen.footer());
}

#[test]
fn a_country_beside_itself_never_meets_itself() {
    let screen = Screen::open(80, 24).press("c").type_text("alb 2010").press("enter");
    assert_eq!(subjects(&screen), ["ALB@2010", "ALB@2012"]);
    let screen = screen.press("<");
    assert_eq!(subjects(&screen), ["ALB@2010", "ALB@2012"], "{}", screen.footer());
}

#[test]
fn go_to_lands_on_the_cell_that_was_named() {
    for words in ["tur opsc 2012", "opsc tur", "2012 turkiye sale", "Türk opsc"] {
        let screen = Screen::open(80, 24).press("ctrl-p").type_text(words).press("enter");
        assert_eq!((country(&screen).as_str(), indicator(&screen).as_str()), ("TUR", "opsc"), "{words}");
        assert_eq!(screen.model.front(), Pane::Card);
    }
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("alb 2010 shel").press("enter");
    assert_eq!((edition(&screen).as_str(), indicator(&screen).as_str()), ("2010", "shelters"));
}

#[test]
fn a_country_without_a_card_is_met_in_its_newest_edition() {
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("lithuania").press("enter");
    assert_eq!((country(&screen).as_str(), edition(&screen).as_str()), ("LTU", "2010"));
}

#[test]
fn go_to_finds_words_of_notes_when_no_name_has_them() {
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("twelve counties");
    assert!(screen.text().contains("note: … 2011 in all twelve counties."), "{}", screen.text());
    let screen = screen.press("enter");
    assert_eq!((country(&screen).as_str(), indicator(&screen).as_str()), ("ALB", "national-plan"));
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("coordinator");
    assert!(screen.text().contains("source: Report of the coordinator"), "{}", screen.text());
    let screen = screen.type_text("q");
    assert!(screen.text().contains("no name, and no note or source of a card"), "{}", screen.text());
    let stale = Msg::FoundInNotes { words: "coordinator".to_owned(), found: vec![] };
    assert_eq!(screen.text(), screen.send(stale).text(), "an answer to other words changes nothing");
}

#[test]
fn go_to_shows_what_is_there_before_one_goes() {
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("est shelters");
    assert!(screen.text().contains("Comprehensive"), "{}", screen.text());
}

#[test]
fn gap_after_gap_walks_through_all_and_comes_round() {
    let mut screen = Screen::open(80, 24).press("}");
    assert_eq!((country(&screen).as_str(), indicator(&screen).as_str()), ("ALB", "teachers"));
    let first = (country(&screen), indicator(&screen));
    let mut seen = vec![first.clone()];
    loop {
        screen = screen.press("}");
        let here = (country(&screen), indicator(&screen));
        if here == first {
            break;
        }
        assert!(!seen.contains(&here), "{here:?} twice");
        seen.push(here);
        assert!(seen.len() < 100);
    }
    assert!(screen.footer().contains("other end"), "{}", screen.footer());
    let workspace = screen.model.workspace.as_ref().expect("cards");
    let data = &workspace.data;
    let gaps = data.country_ids().map(|id| match data.card(id, workspace.selection.edition) {
        Some(_) => data.counts(id, workspace.selection.edition).missing as usize,
        None => 1,
    });
    assert_eq!(seen.len(), gaps.sum::<usize>());
    for back in seen.iter().rev() {
        screen = screen.press("{");
        assert_eq!((country(&screen), indicator(&screen)), *back);
    }
}

#[test]
fn the_selection_survives_clearing_a_search() {
    let screen = Screen::open(80, 24).press("/").type_text("turkiye").press("enter");
    assert_eq!(country(&screen), "TUR");
    let screen = screen.press("esc");
    assert_eq!(country(&screen), "TUR");
    assert!(screen.text().contains("Albania"));
}

#[test]
fn a_command_that_cannot_run_says_why() {
    let screen = Screen::open(80, 24).press("ctrl-l");
    assert!(screen.footer().contains("no search and no filter"), "{}", screen.footer());
    let screen = screen.press(":").type_text("swap").press("enter");
    assert!(screen.footer().contains("press c"), "{}", screen.footer());
    let screen = screen.press("ctrl-x");
    assert!(screen.footer().contains("does nothing here"), "{}", screen.footer());
}

#[test]
fn the_palette_and_the_help_run_what_they_name() {
    assert_eq!(
        Screen::open(80, 24).press(":").type_text("read again").press("enter").effects,
        [Effect::Reload]
    );
    assert_eq!(Screen::open(80, 24).press("?").type_text("quit").press("enter").effects, [Effect::Quit]);
}

#[test]
fn the_help_finds_a_key_by_the_key() {
    for (key, title) in
        [("j", "Move down"), ("ctrl-p", "Go to anything"), ("}", "Go to the next gap"), ("?", "Show keys")]
    {
        let screen = Screen::open(80, 24).press("?").type_text(key);
        assert!(screen.line(5).contains(title), "{key}: {}", screen.line(5));
    }
}

#[test]
fn while_files_are_read_the_screen_says_how_far_and_keys_answer() {
    let progress = ReadProgress {
        files: 12,
        bytes: 43_000_000,
        of_bytes: 165_000_000,
        cards: 3401,
        begins_with: Some(safe_line("ALB 2010, first")),
    };
    let screen = Screen::waiting(80, 24).send(Msg::Progress(progress));
    assert!(screen.text().contains("43 of 165 MB"));
    let screen = screen.press("j");
    let screen = screen.press("ctrl-p");
    assert!(screen.footer().contains("still reading"), "{}", screen.footer());
    assert!(screen.press("?").text().contains("Help"));
    assert_eq!(Screen::waiting(80, 24).press("q").effects, [Effect::Quit]);
}

#[test]
fn reading_again_keeps_the_place() {
    let screen = Screen::open(80, 24).press("ctrl-p").type_text("tur opsc").press("enter c a l b enter R");
    assert_eq!(screen.effects, [Effect::Reload]);
    let fewer = from_texts(
        "again",
        &[
            ("framework.json", include_str!("fixture/framework.json")),
            (
                "tur.json",
                r#"{ "framework": "demo", "country": "TUR", "edition": "2012", "assessments": { "opsc": null } }"#,
            ),
            (
                "alb.json",
                r#"{ "framework": "demo", "country": "ALB", "edition": "2012", "assessments": {} }"#,
            ),
        ],
    );
    let screen = screen.send(Msg::Loaded(Arc::new(fewer)));
    assert_eq!((country(&screen).as_str(), indicator(&screen).as_str()), ("TUR", "opsc"));
    assert_eq!(subjects(&screen), ["TUR@2012", "ALB@2012"]);
    assert!(screen.footer().contains("read again: 20 cells changed, 6 cards gone"), "{}", screen.footer());
}

#[test]
fn what_cannot_be_read_again_leaves_the_old_data() {
    let screen = Screen::open(80, 24).press("R").send(Msg::Failed(safe_line("cards: gone\u{1b}[2J")));
    assert!(screen.text().contains("Albania"));
    assert!(screen.footer().contains("cards: gone^["), "{}", screen.footer());
}

#[test]
fn a_folder_without_cards_says_so() {
    let nothing = from_texts("somewhere", &[("notes.json", "[1, 2")]);
    let screen = Screen::waiting(80, 24).send(Msg::Loaded(Arc::new(nothing)));
    assert!(screen.text().contains("no cards in somewhere"), "{}", screen.text());
    assert!(screen.text().contains("shows what is wrong"), "{}", screen.text());
    assert!(screen.press("!").text().contains("notes.json"));
}

#[test]
fn pasted_text_is_typed_and_never_run() {
    let screen = Screen::open(80, 24).send(Msg::Paste("qqq".to_owned()));
    assert!(screen.effects.is_empty());
    let screen = screen.press("ctrl-p").send(Msg::Paste("est\nopsc\u{1b}[2J".to_owned()));
    assert!(screen.text().contains("> est opsc[2J"), "{}", screen.text());
}

#[test]
fn the_notice_of_the_framework_is_on_every_screen() {
    for keys in ["j", "2", "3", "c", "?", "!", ":", "ctrl-p"] {
        for (width, height) in [(120, 40), (80, 24), (46, 12), (46, 6)] {
            let screen = Screen::open(width, height).press(keys);
            assert!(
                screen.text().contains("reconstruction"),
                "{keys} at {width}x{height}:\n{}",
                screen.text()
            );
        }
    }
}

#[test]
fn a_move_in_a_list_repaints_two_rows() {
    let look = Look::new(Palette::Sixteen, &UNICODE);
    let screen = Screen::open(40, 24).press("j");
    let before = screen.draw(&look);
    let after = screen.press("j").draw(&look);
    let changed: std::collections::HashSet<u16> = before.diff(&after).iter().map(|(_, y, _)| *y).collect();
    assert!(changed.len() <= 2, "{changed:?}");
}

#[test]
fn data_arrives_while_an_overlay_is_open() {
    let screen = Screen::open(80, 24).press("ctrl-p").send(Msg::Loaded(fixture()));
    assert!(screen.press("j").model.overlay.is_none());
    let screen = Screen::open(80, 24).press("! G").send(Msg::Loaded(Arc::new(from_texts("empty", &[]))));
    screen.text();
}

#[test]
fn a_group_narrows_every_pane_and_is_named_until_all_countries_come_back() {
    let screen = Screen::open(100, 30).press("ctrl-g").type_text("ALB,EST").press("enter");
    let workspace = screen.model.workspace.as_ref().expect("cards");
    assert_eq!(workspace.members.len(), 2);
    let shown = screen.text();
    assert!(shown.contains("Countries 2"), "{shown}");
    assert!(shown.contains("ALB, EST"), "{shown}");
    let screen = screen.press("ctrl-g").type_text("all").press("enter");
    assert!(!screen.text().contains("ALB, EST"));
    assert!(screen.model.workspace.as_ref().is_some_and(|workspace| workspace.members.len() > 2));
}

/// The numbers of a narrowed screen are those of the group, in each pane that counts or lists countries.
#[test]
fn a_group_narrows_what_every_pane_lists_and_counts() {
    let narrowed = |keys: &str| {
        let screen = Screen::open(120, 40).press("ctrl-g").type_text("ALB,EST").press("enter");
        screen.press(keys)
    };
    let everyone = |keys: &str| Screen::open(120, 40).press(keys);
    // Card: the distribution is of the two.
    assert!(narrowed("2").text().contains("ALB, EST: 2 countries, 2012"), "{}", narrowed("2").text());
    assert!(everyone("2").text().contains("7 countries, 2012"));
    // Comparison: the median of the group is offered, and is of two.
    let compared = narrowed("c").type_text("ALB,EST").press("enter");
    assert!(compared.text().contains("ALB, EST"), "{}", compared.text());
    // Coverage: two rows and their totals.
    let coverage = narrowed("4");
    assert!(coverage.text().contains("Coverage · 2012 · 2 countries"), "{}", coverage.text());
    assert!(!coverage.text().contains("Latvia") && everyone("4").text().contains("Latvia"));
    // Findings, ranks, and the header over them.
    assert!(narrowed("5").text().contains("2 countries · ALB, EST"), "{}", narrowed("5").text());
    assert!(narrowed("w").text().contains("2 countries ranked"), "{}", narrowed("w").text());
    for pane in ["1", "2", "3", "4", "5", "7"] {
        let line = narrowed(pane).head();
        assert!(line.contains("ALB, EST") && line.contains("2 gaps in 20"), "{pane}: {line}");
    }
}

/// As somebody has it who chose these keys.
fn choosing(width: u16, height: u16, chosen: &[(&str, &[&str])]) -> Screen {
    let chosen: Vec<_> = chosen
        .iter()
        .map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect()))
        .collect();
    let mut screen = Screen::waiting(width, height);
    screen.model.keymap = Keymap::new(&chosen).expect("these can be chosen");
    screen.send(Msg::Loaded(fixture()))
}

#[test]
fn every_key_that_completes_a_chord_can_be_seen_at_every_width() {
    let screen = Screen::open(40, 12).press("C");
    assert_eq!(screen.footer(), " C then  m Markdown  c CSV  j JSON");
    let chosen: [(&str, &[&str]); 3] = [("card", &["g t"]), ("palette", &["g p"]), ("help", &["g h"])];
    let footer = choosing(80, 24, &chosen).press("g").footer();
    assert_eq!(footer, " g then  g top  t card  p commands  h help");
    let footer = choosing(24, 8, &chosen).press("g").footer();
    for key in ["g", "t", "p", "h"] {
        assert!(footer.split_whitespace().any(|word| word == key), "{key} in {footer}");
    }
}

#[test]
fn words_name_the_keys_that_were_chosen() {
    let chosen: [(&str, &[&str]); 5] = [
        ("compare", &["f5"]),
        ("flag", &["f6"]),
        ("note", &["f7"]),
        ("only-gaps", &["f8"]),
        ("clear-search", &[]),
    ];
    let text = choosing(80, 24, &chosen).press("3").text();
    assert!(text.contains("press f5 to choose"), "{text}");
    let text = choosing(80, 24, &chosen).press("7").text();
    assert!(text.contains("f6 flags a cell, f7 writes a note"), "{text}");
    let text = choosing(80, 24, &chosen).press("2 / q q q enter").text();
    assert!(text.contains(":clear-search clears the search"), "{text}");
    let footer = choosing(80, 24, &[("replace-subject", &["f9"])]).press("c u z b enter D").footer();
    assert!(footer.contains("press f9 to replace one"), "{footer}");
}

#[test]
fn a_key_that_the_pane_hides_is_not_in_its_footer() {
    let chosen: [(&str, &[&str]); 1] = [("help", &["d"])];
    let screen = choosing(80, 24, &chosen).press("c u z b enter");
    assert!(!screen.footer().contains("d help"), "{}", screen.footer());
    assert!(choosing(80, 24, &chosen).press("j").footer().contains("d help"));
}

#[test]
fn the_lines_of_a_source_lead_to_its_address_as_they_are_drawn() {
    let look = Look::new(Palette::Sixteen, &UNICODE);
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let screen = Screen::open(width, height).press("2 o");
        let places = links(&screen.model, &look);
        assert!(!places.is_empty() && places.iter().all(|(_, address)| address == "https://example.org/alb"));
        let text = screen.text();
        let line = |place: &Rect| {
            let line = text.lines().nth(usize::from(place.y)).expect("on the screen");
            line.chars().skip(place.x.into()).take(place.width.into()).collect::<String>()
        };
        let words: Vec<String> = places.iter().map(|(place, _)| line(place)).collect();
        assert!(words.concat().contains("https://example.org/alb"), "{words:?}");
    }
    assert_eq!(links(&Screen::open(80, 24).model, &look), []);
}

#[test]
fn enter_on_a_median_opens_what_it_is_of_and_leads_to_a_member() {
    let screen = Screen::open(80, 24).press("c").type_text("group").press("enter l enter");
    let text = screen.text();
    assert!(text.contains("All countries median, 2012"), "{text}");
    assert!(text.contains("◂ median"), "{text}");
    let median: Vec<usize> =
        text.lines().enumerate().filter(|(_, line)| line.contains("◂ median")).map(|(at, _)| at).collect();
    let given =
        text.lines().filter(|line| line.contains("Comprehensive") || line.contains("Partial")).count();
    assert!(given > 0 && (1..=2).contains(&median.len()), "{text}");
    let first = text.lines().find(|line| line.contains("│>")).unwrap_or_default().to_owned();
    let there = screen.press("enter");
    assert_eq!(there.model.front(), Pane::Card);
    assert!(first.contains(&country(&there)), "{first}");
}
