//! Scores and ranks on the screen: named, explained, weighed, and found again.

use visavis::tui::{Msg, look::ASCII, look::Palette};

use crate::screen::{Screen, fixture};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// The first line of the list of countries.
fn title(screen: &Screen) -> String {
    screen.text().lines().find(|line| line.starts_with('┌')).unwrap_or_default().to_owned()
}

#[test]
fn the_order_is_never_cut_before_the_group() {
    for (width, height) in SIZES {
        let screen = Screen::open(width, height).press("ctrl-g").type_text("north").press("enter s s s");
        assert!(title(&screen).contains("by score"), "{width}: {}", title(&screen));
        let screen = screen.press("s");
        assert!(title(&screen).contains("by change"), "{width}: {}", title(&screen));
        let screen = screen.press("s s");
        assert!(title(&screen).contains("by review"), "{width}: {}", title(&screen));
    }
}

#[test]
fn own_weights_and_the_other_mean_are_named_wherever_scores_stand() {
    let screen = Screen::open(200, 60).press("s s s w right m esc");
    assert!(title(&screen).contains("by score · own weights · geometric"), "{}", title(&screen));
    let screen = Screen::open(100, 30).press("w m esc");
    assert!(
        screen.head().contains("geometric") && !screen.head().contains("own weights"),
        "{}",
        screen.head()
    );
    for (width, height) in [(80, 24), (120, 40)] {
        let screen = Screen::open(width, height).press("w right esc 2");
        assert!(screen.head().contains("own weights"), "{}", screen.head());
    }
}

#[test]
fn who_has_no_rank_says_why_without_anything_being_opened() {
    for (width, height) in SIZES {
        let screen = Screen::open(width, height).press("s s s G");
        assert!(
            screen.text().contains("5 of 8 scored; 80 % needed")
                || screen.text().contains("5/8, 80 % needed"),
            "{width}:\n{}",
            screen.text()
        );
        // On the card too, where the list is not sorted by score.
        let screen = Screen::open(width, height).press("/ t u r k enter ctrl-l 2");
        assert!(screen.text().contains("no rank: 5"), "{width}:\n{}", screen.text());
    }
}

#[test]
fn a_card_always_says_its_score_and_rank_also_by_own_weights() {
    for (width, height) in SIZES {
        for keys in ["2", "w right esc 2"] {
            let screen = Screen::open(width, height).press(keys);
            assert!(screen.text().contains(", rank "), "{width} {keys}:\n{}", screen.text());
        }
    }
}

#[test]
fn that_close_ranks_mean_little_is_said_where_ranks_are() {
    let screen = Screen::open(80, 24).press("s s s");
    assert!(screen.footer().contains("close ranks mean little"), "{}", screen.footer());
    assert!(Screen::open(120, 40).press("s s s").text().contains("close ranks mean little"));
    assert!(Screen::open(80, 24).press("w").text().contains("Close ranks mean little"));
}

#[test]
fn own_weights_are_found_again_unless_the_configuration_changed_since() {
    let before = Screen::open(100, 30).press("w right down left m esc");
    let rules = before.model.workspace.as_ref().expect("cards").rules.clone();
    let session = before.model.to_session().expect("a session");
    let again = |begin: fn(&mut visavis::tui::Model)| {
        let mut screen = Screen::waiting(100, 30);
        begin(&mut screen.model);
        screen.send(Msg::Begin(Box::new(session.clone()))).send(Msg::Loaded(fixture()))
    };
    let found = again(|_| ());
    assert_eq!(found.model.workspace.as_ref().expect("cards").rules, rules);
    assert!(found.head().contains("own weights"), "{}", found.head());
    let other = again(|model| model.scores.weights = vec![("demo".into(), "legal".into(), 3.0)]);
    assert_ne!(other.model.workspace.as_ref().expect("cards").rules, rules);
}

#[test]
fn the_ranks_begin_at_the_first_and_scroll_and_the_selected_country_stays_in_view() {
    // Four ranks, and room for three lines.
    let screen = Screen::open(80, 13).press("s s s j j 2 w");
    assert!(screen.text().contains("Estonia") && screen.text().contains("Uzbekistan"), "{}", screen.text());
    assert!(screen.footer().contains("tab ranks"), "{}", screen.footer());
    let scrolled = screen.press("tab G");
    assert!(scrolled.text().contains("Uzbekistan"), "{}", scrolled.text());
    let narrow = Screen::open(40, 12).press("w tab");
    assert!(
        narrow.text().contains("4 countries ranked") && narrow.text().contains("Estonia"),
        "{}",
        narrow.text()
    );
    assert!(narrow.press("tab").text().contains("Community-based"));
}

#[test]
fn a_weight_within_a_goal_that_weighs_nothing_says_so() {
    let screen = Screen::open(80, 24).press("w left left down right");
    assert!(screen.text().contains("weighs 0: no weight within it moves a rank"), "{}", screen.text());
    assert!(screen.footer().contains("D reset all"), "{}", screen.footer());
    assert!(!screen.press("D").text().contains("weighs 0:"));
}

#[test]
fn the_borders_are_ascii_on_an_ascii_terminal() {
    for keys in ["s s s G", "/ t u r k enter", "w tab G", "2", "t", "t G"] {
        let screen = Screen::open(80, 24).press(keys);
        let buf = screen.draw_with(Palette::Mono, &ASCII);
        assert!(buf.content.iter().all(|cell| cell.symbol().is_ascii()), "{keys}");
    }
}

#[test]
fn a_score_opens_to_its_sum_wherever_it_stands() {
    for (width, height) in SIZES {
        let screen = Screen::open(width, height).press("2 t");
        let text = screen.text();
        assert!(text.contains("Albania: 78.1 · rank 2 of 4"), "{width}:\n{text}");
        let end = screen.press("G").text();
        assert!(end.contains("(Helpline") && end.contains("children)"), "{width}:\n{end}");
    }
}

#[test]
fn the_sum_goes_to_a_cell_and_closes_where_it_was_opened() {
    let screen = Screen::open(80, 24).press("t j j");
    let text = screen.press("enter").text();
    assert!(text.contains("[2 Card]"), "{text}");
    let refused = Screen::open(80, 24).press("t enter");
    assert!(refused.footer().contains("only an indicator"), "{}", refused.footer());
    assert!(!Screen::open(80, 24).press("t t").text().contains("Sum of a score"));
}

#[test]
fn who_has_no_rank_has_a_sum_without_a_range_of_ranks() {
    let text = Screen::open(120, 40).press("/ t u r k enter ctrl-l t").text();
    assert!(text.contains("no rank: 5 of 8 scored; 80 % needed"), "{text}");
    assert!(text.contains("left out: no data") && text.contains("Firm"), "{text}");
    assert!(!text.contains("Leaving any one"), "{text}");
}

#[test]
fn the_ranks_open_the_sum_of_the_country_under_their_cursor() {
    let ranks = Screen::open(80, 24).press("w tab j");
    assert!(ranks.text().contains("enter opens the sum of a score"), "{}", ranks.text());
    let second = ranks.model.workspace.as_ref().expect("cards").ranking.rows[1].country;
    let name = ranks.model.workspace.as_ref().expect("cards").data.country(second).name.raw().to_owned();
    let sum = ranks.press("enter");
    assert!(sum.text().contains(&format!("{name}: ")), "{}", sum.text());
    // Among the weights the key is for the selected country.
    assert!(Screen::open(80, 24).press("w t").text().contains("Albania: "));
}
