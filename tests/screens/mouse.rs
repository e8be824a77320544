//! The mouse, which is off until it is turned on.

use ratatui::layout::Position;
use visavis::tui::{
    mouse::{Pointer, point},
    places::Pane,
};

use crate::screen::Screen;

impl Screen {
    fn point(mut self, pointer: Pointer, x: u16, y: u16) -> Self {
        self.effects.extend(point(&mut self.model, pointer, Position::new(x, y)));
        self
    }

    /// Clicks on the first letter of these words, counted from the left as a terminal does.
    fn click(self, words: &str) -> Self {
        let text = self.text();
        let found = text.lines().zip(0..).find_map(|(line, y)| {
            let before = &line[..line.find(words)?];
            Some((u16::try_from(before.chars().count()).expect("a column"), y))
        });
        let (x, y) = found.unwrap_or_else(|| panic!("{words} is not in {text}"));
        self.point(Pointer::Click, x, y)
    }

    fn on(self) -> Self {
        self.press("M")
    }

    fn selected(&self) -> (String, String) {
        let workspace = self.model.workspace.as_ref().expect("cards");
        let code = workspace.data.country(workspace.selection.country).code.raw().to_owned();
        (code, workspace.data.framework.indicator(workspace.selection.indicator).id.to_string())
    }
}

#[test]
fn it_does_nothing_until_it_is_turned_on() {
    let screen = Screen::open(120, 40).click("Türkiye");
    assert_eq!(screen.selected().0, "ALB");
    let screen = screen.on();
    assert!(screen.footer().contains("mouse on"), "{}", screen.footer());
    assert_eq!(screen.click("Türkiye").selected().0, "TUR");
}

#[test]
fn a_click_selects_and_another_opens() {
    let screen = Screen::open(120, 40).on().click("Estonia");
    assert_eq!((screen.selected().0.as_str(), screen.model.front()), ("EST", Pane::Countries));
    assert_eq!(screen.click("EST Estonia").model.front(), Pane::Card);
}

#[test]
fn a_click_in_another_pane_goes_there_and_to_the_row() {
    let screen = Screen::open(120, 40).on().click("Minimum age");
    assert_eq!(screen.model.front(), Pane::Card);
    assert_eq!(screen.selected().1, "minimum-age");
}

#[test]
fn a_click_on_a_cell_of_the_coverage_selects_its_row_and_column() {
    let screen = Screen::open(120, 40).press("4").on();
    let text = screen.text();
    let y = text.lines().position(|line| line.contains("Latvia")).expect("a row");
    let line = text.lines().nth(y).expect("a row");
    let x = line.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
    let x = x.map(|at| line[..at].chars().count()).nth(10).expect("the fourth cell");
    let (x, y) = (u16::try_from(x).expect("x"), u16::try_from(y).expect("y"));
    let screen = screen.point(Pointer::Click, x, y);
    assert_eq!(screen.selected().0, "LVA");
    assert_ne!(screen.selected().1, "national-plan");
    let again = screen.selected();
    assert_eq!(screen.point(Pointer::Click, x, y).selected(), again);
}

#[test]
fn the_wheel_moves_and_stays_within() {
    let screen = Screen::open(120, 40).on().point(Pointer::WheelDown, 5, 8);
    assert_eq!(screen.selected().0, "LVA");
    let screen = screen.point(Pointer::WheelUp, 5, 8).point(Pointer::WheelUp, 5, 8);
    assert_eq!(screen.selected().0, "ALB");
    assert_eq!(screen.point(Pointer::WheelDown, 500, 500).selected().0, "ALB");
}

#[test]
fn a_click_beside_an_overlay_closes_it_and_in_it_selects() {
    let screen = Screen::open(120, 40).on().press("ctrl-g").click("Europe");
    assert!(screen.model.overlay.is_some());
    let screen = screen.point(Pointer::Click, 0, 0);
    assert!(screen.model.overlay.is_none());
}

/// The caret of the field above the list is no row.
#[test]
fn a_click_in_a_list_under_a_field_selects_the_row_and_another_opens_it() {
    let screen = Screen::open(120, 40).on().press("c").click("LTU    Lithuania");
    assert!(screen.model.overlay.is_some());
    let subjects = |screen: &Screen| screen.model.workspace.as_ref().expect("cards").subjects().len();
    assert_eq!(subjects(&screen), 0);
    let screen = screen.click("LTU    Lithuania");
    assert_eq!((screen.model.front(), subjects(&screen)), (Pane::Comparison, 2), "{}", screen.text());
    assert!(screen.text().contains("Lithuania"), "{}", screen.text());
    let screen = Screen::open(120, 40)
        .on()
        .press(": m a t r i x")
        .click("Show the coverage")
        .click("Show the coverage");
    assert_eq!(screen.model.front(), Pane::Coverage);
}

#[test]
fn the_wheel_over_the_indicator_scrolls_it_and_leaves_the_selection() {
    let screen = Screen::open(80, 24).on().press("2");
    let (before, selected) = (screen.text(), screen.selected());
    let y = before.lines().position(|line| line.contains("Indicator")).expect("the detail");
    let y = u16::try_from(y).expect("a row") + 2;
    let screen = screen.point(Pointer::WheelDown, 60, y);
    assert_eq!(screen.selected(), selected);
    assert_ne!(screen.text(), before);
    assert_eq!(screen.point(Pointer::WheelUp, 60, y).text(), before);
}

#[test]
fn a_note_that_is_written_is_safe_from_the_mouse() {
    let screen = Screen::open(120, 40).on().press("2 e").type_text("half a th").point(Pointer::Click, 0, 0);
    assert!(screen.model.overlay.is_some() && screen.text().contains("half a th"));
}

/// Wherever and at whatever size somebody clicks.
#[test]
fn no_click_is_a_panic() {
    for (width, height) in [(1, 1), (40, 12), (80, 24), (200, 60)] {
        for keys in ["1", "2", "c u z b enter", "4", "5", "7", "?", "w", "F", "!"] {
            let mut screen = Screen::open(width, height).on().press(keys);
            for (x, y) in [(0, 0), (3, 4), (width / 2, height / 2), (width - 1, height - 1), (width, height)]
            {
                screen = screen.point(Pointer::Click, x, y).point(Pointer::WheelDown, x, y);
                screen.text();
            }
        }
    }
}
