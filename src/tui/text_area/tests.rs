//! Editing a text of several lines.

use proptest::prelude::*;

use super::*;
use crate::tui::look::{Palette, UNICODE};

fn edited(text: &str, commands: &[Command]) -> Editor {
    let mut editor = Editor::with(text);
    for command in commands {
        editor.edit(*command, 20);
    }
    editor
}

fn shown(editor: &Editor, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    editor.draw(&mut buf, &Look::new(Palette::Mono, &UNICODE), area, true);
    let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..height).map(row).collect()
}

#[test]
fn a_letter_with_its_marks_is_one_step_and_goes_at_once() {
    let mut editor = edited("Tu\u{308}rk", &[Command::CaretLeft, Command::CaretLeft, Command::DeleteLetter]);
    assert_eq!(editor.text(), "Trk");
    editor.insert("ü");
    assert_eq!(editor.text(), "Türk");
}

#[test]
fn the_caret_goes_by_words_and_to_both_ends_of_a_line() {
    let editor = edited("article 12\nsecond line", &[Command::WordLeft, Command::DeleteWord]);
    assert_eq!(editor.text(), "article 12\nline");
    let mut editor = edited("one\ntwo", &[Command::LineStart, Command::DeleteLetter, Command::LineEnd]);
    editor.insert("!");
    assert_eq!(editor.text(), "onetwo!");
    assert_eq!(edited("a bc", &[Command::Top, Command::WordRight, Command::DeleteRight]).text(), "abc");
}

#[test]
fn up_and_down_keep_the_column_and_stop_at_the_ends() {
    let mut editor = edited("first line\nab\nthird line", &[Command::Up]);
    editor.insert("|");
    assert_eq!(editor.text(), "first line\nab|\nthird line");
    assert!(editor.edit(Command::Up, 20) && !editor.edit(Command::Up, 20));
    editor.insert("|");
    assert_eq!(editor.text(), "fir|st line\nab|\nthird line");
}

#[test]
fn pasted_lines_are_put_in_as_they_stand() {
    let mut editor = Editor::default();
    assert_eq!(editor.insert("a\r\nb\rc\td\u{1b}[2J"), 0);
    assert_eq!(editor.text(), "a\nb\nc\td\u{1b}[2J");
    assert_eq!(shown(&editor, 20, 3), ["a", "b", "c    d^[[2J"]);
}

#[test]
fn a_paste_too_long_is_cut_between_characters_and_says_by_how_much() {
    let mut editor = Editor::default();
    let long = "é".repeat(LONGEST);
    assert_eq!(editor.insert(&format!("x{long}")), LONGEST + 2);
    assert_eq!(editor.text().len(), LONGEST - 1);
    assert_eq!(editor.insert("yz"), 1);
}

#[test]
fn long_lines_are_broken_at_spaces() {
    let editor = Editor::with("adopted, not implemented");
    assert_eq!(shown(&editor, 12, 3), ["adopted,", "not", "implemented"]);
    assert_eq!(shown(&Editor::with("abcdefgh"), 5, 2), ["abcd", "efgh"]);
}

proptest! {
    #[test]
    fn no_key_breaks_the_text_or_loses_the_caret(
        text in "[a-z \\n\u{308}\u{1b}é中👩\u{200d}🇫🇷]{0,40}",
        keys in prop::collection::vec(0..14_usize, 0..40),
        columns in 1..24_usize,
    ) {
        use Command::{Bottom, CaretLeft, CaretRight, DeleteLetter, DeleteLine, DeleteRight, DeleteWord, Down,
            NewLine, PageUp, Top, Up, WordLeft, WordRight};
        let all = [Bottom, CaretLeft, CaretRight, DeleteLetter, DeleteLine, DeleteRight, DeleteWord, Down,
            NewLine, PageUp, Top, Up, WordLeft, WordRight];
        let mut editor = Editor::with(&text);
        for key in keys {
            editor.edit(all[key], columns);
            prop_assert!(editor.starts().any(|at| at == editor.caret));
            editor.scroll_into_view(columns, 3);
            let lines = editor.lines(columns, false);
            prop_assert_eq!(lines.iter().map(ExactSizeIterator::len).sum::<usize>(), editor.text.len());
            let width = u16::try_from(columns).unwrap();
            for line in shown(&editor, width, 3) {
                prop_assert!(crate::text::is_safe(&line));
            }
        }
    }
}
