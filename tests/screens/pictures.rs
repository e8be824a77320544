//! Every pane and every overlay at three sizes, as reviewed pictures.

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};
use visavis::tui::{
    Msg,
    look::{ASCII, Palette, UNICODE},
};

use crate::{
    reading::{TABLE, shown},
    review::said,
    screen::{Screen, plane, with_findings},
};

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// Takes the picture after these keys at every size.
fn look_at(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let screen = Screen::open(width, height);
        let screen = if keys.is_empty() { screen } else { screen.press(keys) };
        take(&format!("{name}-{width}x{height}"), &screen);
    }
}

fn take(name: &str, screen: &Screen) {
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, screen.picture());
    });
}

#[test]
fn the_countries_at_rest() {
    look_at("countries", "");
}

#[test]
fn the_card_and_its_indicator() {
    look_at("card", "enter j");
}

#[test]
fn a_gap_says_why() {
    look_at("gap", "}");
}

#[test]
fn two_countries_side_by_side() {
    look_at("comparison", "c u z b enter");
}

#[test]
fn what_a_median_is_of() {
    look_at("median", "c g r o u p enter l enter");
}

#[test]
fn a_country_beside_a_group() {
    look_at("group", "c b a l t i c enter");
}

#[test]
fn three_side_by_side() {
    look_at("three", "c u z b enter a t u r enter");
}

#[test]
fn nothing_compared_yet() {
    look_at("nothing-compared", "3");
}

#[test]
fn what_is_missing_cell_by_cell() {
    look_at("coverage", "4 j j");
    look_at("coverage-sorted", "4 s S l l");
    look_at("coverage-filter", "4 f f");
    look_at("coverage-letters", "4 L");
    look_at("coverage-editions", "4 o");
}

#[test]
fn findings_and_the_countries_behind_one() {
    for (name, keys) in [("findings", "5 j"), ("findings-opened", "5 enter j")] {
        for (width, height) in SIZES {
            let screen = Screen::waiting(width, height).send(Msg::Loaded(with_findings())).press(keys);
            take(&format!("{name}-{width}x{height}"), &screen);
        }
    }
}

#[test]
fn choosing_a_group() {
    look_at("groups", "ctrl-g");
}

/// The fourth letter sorts by score, and the ranks move with the weights.
#[test]
fn weighing_goals_moves_ranks() {
    look_at("score", "s s s");
    look_at("weights", "w");
    look_at("weights-changed", "w right right down left m");
}

/// A score opens to its sum; below stand how firm it is, the range of ranks, and what to beware of.
#[test]
fn a_score_opens_to_its_sum() {
    look_at("sum", "t");
    look_at("sum-end", "t G");
}

/// Which answers a finding of one's own counts, and how many give them.
#[test]
fn making_a_finding() {
    look_at("finding", "2 j F j space");
}

#[test]
fn a_search_being_typed() {
    look_at("search", "/ t u r k");
}

#[test]
fn the_help() {
    // Once, of what a search finds, so that a new command changes no picture; `manual` has every row.
    take("help-gap-120x40", &Screen::open(120, 40).press("? g a p"));
}

#[test]
fn the_palette() {
    take("palette-swap-120x40", &Screen::open(120, 40).press(": s w a p"));
}

#[test]
fn go_to_anything() {
    look_at("goto", "ctrl-p");
    look_at("goto-words", "ctrl-p o p s c space t u r");
}

#[test]
fn choosing_whom_to_compare_with() {
    look_at("picker", "c");
    look_at("picker-median", "c m e d");
}

#[test]
fn the_problems() {
    look_at("problems", "!");
}

#[test]
fn what_changed_on_disk() {
    let name = "what-changed";
    for (width, height) in SIZES {
        take(&format!("{name}-{width}x{height}"), &crate::session::after_changes(width, height).press("= j"));
    }
}

#[test]
fn each_set_is_a_block_with_its_own_edition() {
    let name = "every-set";
    for (width, height) in SIZES {
        take(&format!("{name}-{width}x{height}"), &crate::every_set::opened(width, height));
    }
}

#[test]
fn typed_letters_leave_the_rows_of_every_set_that_have_them() {
    let name = "every-set-typed";
    take(&format!("{name}-80x24"), &crate::every_set::narrowed(80, 24));
}

#[test]
fn another_set_is_shown_with_the_same_comparison_at_the_same_row() {
    let name = "every-set-gone-to";
    take(&format!("{name}-80x24"), &crate::every_set::gone_to(80, 24));
}

#[test]
fn how_a_table_was_read() {
    let name = "reading-ngo";
    for (width, height) in [(80, 24), (120, 40), (40, 12)] {
        take(&format!("{name}-{width}x{height}"), &shown(TABLE, width, height));
    }
    let name = "reading-traps";
    take(&format!("{name}-80x24"), &shown("tests/tables/traps.csv", 80, 24));
}

#[test]
fn a_chord_waiting_for_its_second_key() {
    look_at("chord", "g");
    look_at("chord-copy", "C");
}

#[test]
fn every_picture_kept_is_still_taken() {
    let source = include_str!("pictures.rs");
    let named = |call: &'static str| source.split(call).skip(1).filter_map(|rest| rest.split('"').next());
    let taken = named("look_at(\"").chain(named("look_at_reviewed(\"")).chain(named("name = \""));
    let taken: Vec<&str> = taken
        .chain(PANES.iter().map(|(name, _)| *name))
        .chain(["findings", "findings-opened", "help-gap", "palette-swap"])
        .collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/snapshots");
    for file in std::fs::read_dir(folder).expect("pictures") {
        let name = file.expect("a file").file_name().into_string().expect("a plain name");
        if name.starts_with("cli__") {
            continue;
        }
        let picture = name.trim_end_matches(".snap").rsplit_once('-').map_or("", |(picture, _)| picture);
        assert!(taken.contains(&picture), "{name} is taken by no test");
    }
}

/// A very wide and high screen shows more, never a small picture in an empty field.
#[test]
fn every_pane_on_a_screen_of_200_by_60() {
    for (name, keys) in [
        ("countries", ""),
        ("card", "2"),
        ("comparison", "c u z b enter"),
        ("coverage", "4"),
        ("findings", "5"),
        ("review", "7"),
    ] {
        let screen = Screen::open(200, 60).with_reviews(said());
        take(&format!("{name}-200x60"), &if keys.is_empty() { screen } else { screen.press(keys) });
    }
}

/// As [`look_at`], after a team has said what it thinks.
fn look_at_reviewed(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let screen = Screen::open(width, height).with_reviews(said()).press(keys);
        take(&format!("{name}-{width}x{height}"), &screen);
    }
}

#[test]
fn a_flag_is_put_on_a_cell_that_has_one() {
    look_at_reviewed("flag", "2 space");
}

#[test]
fn a_note_is_written() {
    look_at_reviewed("note", "2 e");
}

#[test]
fn a_gap_is_given_its_reason() {
    look_at_reviewed("assign", "ctrl-p t u r space t e a c h enter A");
}

#[test]
fn more_is_marked_as_reviewed() {
    look_at_reviewed("reviewed", "2 V");
}

#[test]
fn the_queue() {
    look_at_reviewed("review", "7 j j");
}

#[test]
fn the_queue_with_what_is_resolved() {
    look_at_reviewed("review-all", "7 s s G");
}

#[test]
fn the_queue_before_anything_is_said() {
    look_at("review-empty", "7");
}

#[test]
fn a_card_about_which_something_is_said() {
    look_at_reviewed("card-reviewed", "enter enter");
}

#[test]
fn countries_with_flags() {
    look_at_reviewed("countries-flagged", "j");
}

#[test]
fn what_is_typed_stays_when_it_could_not_be_saved() {
    let name = "not-saved";
    for (width, height) in SIZES {
        let screen = Screen::open(width, height).with_reviews(said()).press("2 space q w h y enter");
        let (drafts, why) = (screen.drafts(), visavis::text::safe_line("no space left on the disk"));
        take(&format!("{name}-{width}x{height}"), &screen.send(Msg::NotKept { drafts, why }));
    }
}

/// What brings each pane to the front, with something to show.
const PANES: [(&str, &str); 8] = [
    ("ascii-countries", "j }"),
    ("ascii-card", "2 j j"),
    ("ascii-comparison", "c u z b enter ]"),
    ("ascii-coverage", "4 j j"),
    ("ascii-coverage-letters", "4 L"),
    ("ascii-findings", "5 j"),
    ("ascii-findings-opened", "5 enter j"),
    ("ascii-review", "7 j j"),
];

fn plainest(keys: &str) -> Screen {
    Screen::waiting(80, 24).send(Msg::Loaded(with_findings())).with_reviews(said()).press(keys)
}

/// The plainest terminal there is: its words, then what is bold, dim, underlined and reversed.
#[test]
fn without_colours_and_without_unicode_every_pane_says_what_it_says() {
    for (name, keys) in PANES {
        let screen = plainest(keys);
        let buf = screen.draw_with(Palette::Mono, &ASCII);
        let text = plane(&buf, |cell| cell.symbol().to_owned());
        assert!(text.is_ascii(), "{name}");
        let picture = text + "----\n" + &plane(&buf, weight);
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}-80x24"), picture);
        });
    }
}

fn weight(cell: &Cell) -> String {
    assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "no colour is named");
    let weights = [
        (Modifier::REVERSED, "R"),
        (Modifier::BOLD | Modifier::UNDERLINED, "!"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::BOLD, "B"),
        (Modifier::DIM, "d"),
    ];
    let found = weights.iter().find(|(weight, _)| cell.modifier.contains(*weight));
    let is_blank = cell.symbol() == " " && !cell.modifier.contains(Modifier::REVERSED);
    match found {
        _ if is_blank => " ".to_owned(),
        Some((_, letter)) => (*letter).to_owned(),
        None => ".".to_owned(),
    }
}

/// A word cut by the frame may be cut elsewhere where a letter takes two; the others are the same.
#[test]
fn ascii_says_the_same_words_as_unicode() {
    for (name, keys) in PANES {
        let screen = plainest(keys);
        let words = |glyphs| {
            let text = plane(&screen.draw_with(Palette::Mono, glyphs), |cell| cell.symbol().to_owned());
            let text = visavis::text::ascii(&text.replace('…', "~")).into_owned();
            let words = text.split_whitespace().filter(|word| !word.contains('~'));
            let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
            // An arrow down is a letter here.
            let words = words.map(|word| word.strip_prefix('v').unwrap_or(&word).to_owned());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
        };
        assert_eq!(words(&UNICODE), words(&ASCII), "{name}");
    }
}
