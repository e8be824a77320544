//! Nothing breaks at any size, and nothing is said by colour or by letters that a terminal has not.

use ratatui::{layout::Size, style::Color};
use strum::IntoEnumIterator as _;
use visavis::tui::{
    Msg,
    look::{ASCII, Palette, UNICODE},
};

use crate::{review::said, screen::Screen};

/// A terminal of this size, with the fixture read and things said about it.
fn open(width: u16, height: u16) -> Screen {
    Screen::open(width, height).with_reviews(said())
}

/// A way to every pane and overlay.
const WAYS: [&str; 29] = [
    "j",
    "2 j j",
    "3",
    "c u z b enter j",
    "c u z b enter a t u r enter j l",
    "/ t u",
    "2 / s h",
    "?",
    ": x",
    "ctrl-p 2 0",
    "c",
    "! j",
    "g",
    "G m s",
    "7 s",
    "2 space tab w h y",
    "space right down",
    "2 e w o r d s enter x",
    "2 V",
    "ctrl-p t u r space t e a c h enter A down",
    "2 o j enter",
    "t j pgdn",
    "w tab enter",
    "4 f j enter P",
    "7 f j j enter tab j z",
    "2 tab z j tab",
    "c u z b enter s tab z pgdn z",
    "/ o p s c = n o enter f",
    "2 Z y enter T",
];

#[test]
fn nothing_breaks_at_the_smallest_sizes() {
    for (width, height) in (0..=6).flat_map(|width| (0..=6).map(move |height| (width, height))) {
        for keys in WAYS {
            open(width, height).press(keys).text();
        }
    }
}

#[test]
fn nothing_breaks_at_any_width_that_changes_the_layout() {
    for width in (7..=30).chain([39, 40, 65, 66, 67, 119, 120, 199, 200, 201, 400]) {
        for (height, keys) in (4..=14).step_by(2).flat_map(|height| WAYS.map(move |keys| (height, keys))) {
            open(width, height).press(keys).text();
        }
    }
}

#[test]
fn a_storm_of_sizes_leaves_the_selection_in_view() {
    for keys in WAYS {
        let mut screen = open(120, 40).press(keys);
        for (width, height) in [(0, 0), (200, 60), (19, 4), (40, 12), (80, 5), (5, 80), (80, 24)] {
            screen = screen.send(Msg::Resized(Size { width, height }));
            screen.text();
        }
        let fresh = open(80, 24).press(keys);
        assert_eq!(screen.text().lines().count(), fresh.text().lines().count());
    }
}

#[test]
fn too_small_a_screen_says_so() {
    assert_eq!(Screen::open(19, 3).line(0), "visavis needs 20x5");
    assert_eq!(Screen::open(8, 1).line(0), "visavis…");
}

#[test]
fn mono_names_no_colour_and_ascii_is_ascii() {
    for keys in WAYS {
        for (width, height) in [(120, 40), (80, 24), (40, 12)] {
            let buf = open(width, height).press(keys).draw_with(Palette::Mono, &ASCII);
            for cell in &buf.content {
                assert!(cell.symbol().is_ascii(), "{:?} after {keys}", cell.symbol());
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "after {keys}");
            }
        }
    }
}

#[test]
fn every_palette_says_the_same_words() {
    for keys in WAYS {
        let screen = open(80, 24).press(keys);
        let words = |palette| {
            screen
                .draw_with(palette, &UNICODE)
                .content
                .iter()
                .map(|cell| cell.symbol().to_owned())
                .collect::<String>()
        };
        for palette in Palette::iter() {
            assert_eq!(words(palette), words(Palette::Mono), "after {keys}");
        }
    }
}

#[test]
fn what_a_card_writes_never_acts_on_the_terminal() {
    for keys in ["2 G", "G 2", "ctrl-p u z b enter", "!", "ctrl-p u z b space p l a n enter"] {
        let screen = open(120, 40).press(keys);
        assert!(!screen.text().contains(['\u{1b}', '\u{202e}']), "after {keys}");
    }
}
