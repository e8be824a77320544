//! What a terminal shows after small frames is what it would show after one whole repaint.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};

use super::*;

fn anything(_: &str) -> bool {
    true
}

fn screen(size: Size) -> vt100::Parser {
    let number = |number| NonZero::new(number).unwrap();
    vt100::Parser::new(number(size.height), number(size.width), 0)
}

/// The look of each cell; of a blank only the attributes that show on a blank.
fn looks(parser: &vt100::Parser, size: Size) -> Vec<String> {
    let look = |x, y| {
        let cell = parser.screen().cell(y, x).unwrap();
        let text = if cell.contents().is_empty() { " " } else { cell.contents() };
        let on_any = (cell.bgcolor(), cell.inverse(), cell.underline());
        let on_text = (text != " " || cell.inverse()).then(|| (cell.fgcolor(), cell.bold(), cell.italic()));
        format!("{text:?} {on_any:?} {on_text:?}")
    };
    (0..size.height).flat_map(|y| (0..size.width).map(move |x| (x, y))).map(|(x, y)| look(x, y)).collect()
}

type Stroke = (u16, u16, String, Style);

fn paint(frame: &mut Frame, strokes: &[Stroke]) {
    let area = frame.area();
    for (x, y, text, style) in strokes {
        frame.buffer_mut().set_string(x % area.width, y % area.height, text, *style);
    }
}

fn style() -> impl Strategy<Value = Style> {
    let color = || {
        prop::sample::select(vec![
            Color::Reset,
            Color::Reset,
            Color::Blue,
            Color::LightRed,
            Color::Indexed(200),
            Color::Rgb(1, 2, 3),
        ])
    };
    let modifier = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::REVERSED,
        Modifier::UNDERLINED | Modifier::ITALIC,
    ]);
    (color(), color(), modifier)
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

fn stroke() -> impl Strategy<Value = Stroke> {
    let text = prop::sample::select(vec![
        "a",
        "word",
        "two words",
        "東京",
        "x東y",
        "│",
        "     ",
        "e\u{301}t",
        "a               b",
    ]);
    (0..24_u16, 0..6_u16, text, style()).prop_map(|(x, y, text, style)| (x, y, text.to_owned(), style))
}

proptest! {
    #[test]
    fn small_frames_show_what_a_repaint_would_show(
        frames in prop::collection::vec(prop::collection::vec(stroke(), 0..8), 1..6),
        width in 1..24_u16,
        height in 1..6_u16,
    ) {
        let size = Size { width, height };
        let mut canvas = Canvas::new(size, Dialect::Full);
        let mut shown = screen(size);
        for strokes in &frames {
            shown.process(&canvas.draw(|frame| paint(frame, strokes), anything));
            let mut fresh = screen(size);
            fresh.process(&Canvas::new(size, Dialect::Full).draw(|frame| paint(frame, strokes), anything));
            prop_assert_eq!(looks(&shown, size), looks(&fresh, size));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace('\x1b', "^")
}

/// The bytes between the marks of a synchronized update.
fn body(bytes: &[u8]) -> String {
    let text = text(bytes);
    let inside = text.strip_prefix("^[?2026h").and_then(|rest| rest.strip_suffix("^[?2026l"));
    inside.unwrap_or_else(|| panic!("one synchronized update: {text}")).to_owned()
}

const SIZE: Size = Size { width: 40, height: 3 };

#[test]
fn a_frame_that_changes_nothing_writes_nothing() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let strokes = [(0, 0, "hello".to_owned(), Style::new())];
    assert_eq!(body(&canvas.draw(|frame| paint(frame, &strokes), anything)), "^[m^[2J^[Hhello");
    assert_eq!(text(&canvas.draw(|frame| paint(frame, &strokes), anything)), "");
}

#[test]
fn an_empty_first_frame_still_clears_the_screen() {
    assert_eq!(body(&Canvas::new(SIZE, Dialect::Full).draw(|_| {}, anything)), "^[m^[2J");
}

#[test]
fn the_rest_of_a_row_is_erased_and_a_short_gap_is_printed() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let row = |text: &str| [(2, 1, text.to_owned(), Style::new())];
    canvas.draw(|frame| paint(frame, &row("one two three four five six")), anything);
    assert_eq!(
        body(&canvas.draw(|frame| paint(frame, &row("One Two three")), anything)),
        "^[2;3HOne T^[9C^[K"
    );
}

#[test]
fn the_cursor_is_shown_only_where_text_is_asked_for() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    canvas.draw(|_| {}, anything);
    let at = |x| move |frame: &mut Frame| frame.set_cursor_position((x, 2));
    assert_eq!(body(&canvas.draw(at(4), anything)), "^[3;5H^[?25h");
    assert_eq!(text(&canvas.draw(at(4), anything)), "");
    assert_eq!(body(&canvas.draw(at(5), anything)), "^[3;6H");
    assert_eq!(body(&canvas.draw(|_| {}, anything)), "^[?25l");
}

#[test]
fn a_cell_that_is_not_safe_shows_a_question_mark() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let hostile = |frame: &mut Frame| {
        for (x, symbol) in (0..).zip(["a", "\u{1b}]0;x\u{7}", "é", "\u{202e}", "", "b"]) {
            frame.buffer_mut()[(x, 0)].set_symbol(symbol);
        }
    };
    let is_safe = |symbol: &str| symbol.chars().all(char::is_alphanumeric);
    assert_eq!(body(&canvas.draw(hostile, is_safe)), "^[m^[2J^[Ha?é?^[Cb".replace("^[C", " "));
}

#[test]
fn a_box_over_half_a_wide_character_keeps_its_border() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let strokes = [(0, 0, "東京都".to_owned(), Style::new()), (3, 0, "│a│".to_owned(), Style::new())];
    assert_eq!(body(&canvas.draw(|frame| paint(frame, &strokes), anything)), "^[m^[2J^[H東^[1;4H│a│");
}

#[test]
fn every_size_is_drawn() {
    for (width, height) in [(1, 1), (2, 1), (1, 50), (80, 24), (500, 200), (1000, 500)] {
        let size = Size { width, height };
        let mut canvas = Canvas::new(Size { width: 3, height: 3 }, Dialect::Full);
        canvas.repaint(size);
        let mut shown = screen(size);
        let fill = |frame: &mut Frame| {
            for cell in &mut frame.buffer_mut().content {
                cell.set_symbol("x");
            }
        };
        shown.process(&canvas.draw(fill, anything));
        let rows = vec!["x".repeat(usize::from(width)); usize::from(height)];
        assert_eq!(shown.screen().contents().replace('\n', ""), rows.concat());
    }
}

/// 250 countries × 100 indicators, each third cell missing.
fn large() -> crate::tui::Model {
    use crate::tui::{Model, keymap::Keymap};
    let indicators: Vec<String> = (0..100)
        .map(|at| format!(r#"{{"id": "question-{at}", "title": "Question {at}", "question": "Is {at} so?", "scale": "y"}}"#))
        .collect();
    let framework = format!(
        r#"{{"id": "f", "scales": {{"y": {{"kind": "yes_no"}}}}, "goals": [{{"id": "g", "title": "Goal", "indicators": [{}]}}]}}"#,
        indicators.join(",")
    );
    let cards: Vec<String> = (0..250)
        .map(|card| {
            let given = (0..100).filter(|at| (card + at) % 3 > 0);
            let cells: Vec<String> = given.map(|at| format!(r#""question-{at}": "yes""#)).collect();
            format!(
                r#"{{"framework": "f", "country": "XAA-{card}", "name": "Country {card}", "edition": "2022", "assessments": {{{}}}}}"#,
                cells.join(",")
            )
        })
        .collect();
    let text = format!(r#"{{"framework": {framework}, "cards": [{}]}}"#, cards.join(","));
    let data = crate::core::read::from_texts("large", &[("cards.json", &text)]);
    assert_eq!(data.countries().len(), 250);
    let keymap = Keymap::new(&[]).unwrap();
    Model::new(Size { width: 120, height: 40 }, keymap).with_data(std::sync::Arc::new(data))
}

#[test]
fn a_move_in_a_large_coverage_matrix_writes_few_bytes() {
    use crate::tui::{
        keymap::chord,
        look::{Look, Palette, UNICODE},
        model::Msg,
        update::update,
        view::view,
    };
    let mut model = large();
    let look = Look::new(Palette::Sixteen, &UNICODE);
    let mut canvas = Canvas::new(model.size, Dialect::Full);
    let mut press = |keys: &str| {
        for key in chord(keys).unwrap() {
            update(&mut model, Msg::Key(key));
        }
        canvas.draw(|frame| view(&model, &look, frame), crate::text::is_safe).len()
    };
    press("4");
    // These keys stay within the window, where nothing scrolls.
    for keys in ["j", "j", "k", "l", "l", "h", "}", "}"] {
        let bytes = press(keys);
        assert!(bytes <= 420, "{keys}: {bytes} bytes");
    }
}

#[test]
fn a_linked_place_leads_to_its_address_and_nothing_around_it_does() {
    let strokes = [(0, 0, "see example.org now".to_owned(), Style::new())];
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let mut draw = |address: Option<&str>| {
        canvas
            .link(address.map(|address| (Rect::new(4, 0, 11, 1), address.to_owned())).into_iter().collect());
        text(&canvas.draw(|frame| paint(frame, &strokes), anything))
    };
    let linked = |address: &str| format!("^]8;id=v;https://example.org/{address}^\\example.org");
    let first = draw(Some("https://example.org/a"));
    assert!(first.contains(&format!("see^[C{}^[C^]8;;^\\now", linked("a"))), "{first}");
    draw(Some("https://example.org/a"));
    assert_eq!(draw(Some("https://example.org/a")), "", "nothing changed");
    let other = draw(Some("https://example.org/b"));
    assert!(other.contains(&format!("{}^]8;;", linked("b"))), "the same words lead elsewhere: {other}");
    let bare = draw(None);
    assert!(bare.contains("^[1;5Hexample.org^[?2026l"), "a link that is gone does not stay behind: {bare}");
}

#[test]
fn what_is_erased_in_a_linked_place_is_no_link() {
    let mut canvas = Canvas::new(SIZE, Dialect::Full);
    let mut draw = |words: &str| {
        canvas.link(vec![(Rect::new(0, 0, 40, 1), "https://example.org".to_owned())]);
        body(&canvas.draw(|frame| paint(frame, &[(0, 0, words.to_owned(), Style::new())]), anything))
    };
    draw("a very long line of words");
    let shorter = draw("a");
    assert!(shorter.ends_with("^]8;;^\\^[K"), "{shorter}");
}
