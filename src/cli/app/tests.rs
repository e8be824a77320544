//! What is said and kept of a text at the end, when the journal's last answers were never seen.

use std::path::Path;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

use super::*;
use crate::{
    store::journal::{Home, Os},
    text::Raw,
    tui::{
        keymap::Keymap,
        look::{Palette, UNICODE},
        widgets::test_context,
    },
};

/// A program over the test data whose journal and drafts stand in this folder.
fn program(folder: &Path) -> (Program, Inbox<Msg>) {
    let (poster, inbox) = runtime::channel();
    let settings = Settings {
        disk: Arc::new(Os),
        home: Home::Folder(folder.join("journal")),
        state: None,
        asks: crate::core::framework::ReviewRules::default(),
        is_guessed: false,
        author: Raw::from_static("Ana"),
        machine: "host".into(),
        clock: || "2026-11-24T02:00:00+01:00".to_owned(),
    };
    let (keeper, ending) = Keeper::spawn(settings, poster.clone());
    let drafts = Arc::new(Mutex::new(Drafts::new(folder.join("drafts.json"))));
    let writer = drafts::DraftsWriter::spawn(Arc::clone(&drafts), poster.clone());
    let mut program = Program {
        model: Model::new(Size { width: 80, height: 24 }, Keymap::choosing(&[]).0),
        look: Look::new(Palette::Mono, &UNICODE),
        poster,
        source: Opened::EmbeddedSample,
        opened: None,
        sessions: None,
        session: None,
        has_chosen_set: false,
        left: None,
        editing: None,
        note_search: NoteSearch::default(),
        takes_links: false,
        output: Arc::default(),
        keeper,
        ending,
        answers: 0,
        asked: VecDeque::new(),
        drafts: Some((drafts, writer)),
        left_words: None,
        unsaved: Some(vec![]),
    };
    program.handle(Event::Posted(Msg::Loaded(Arc::new(test_context::data()))));
    (program, inbox)
}

/// Writes a note, saves it and goes back before the journal has answered; then the program ends.
fn end_after_a_note(program: &mut Program) {
    let mut press = |code, modifiers| program.handle(Event::Key(KeyEvent::new(code, modifiers)));
    for letter in ['2', 'e', 'w', 'o', 'r', 'd', 's'] {
        press(KeyCode::Char(letter), KeyModifiers::NONE);
    }
    press(KeyCode::Char('d'), KeyModifiers::CONTROL);
    press(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(program.asked.len(), 1, "{:?} {:?}", program.model.overlay, program.model.notice);
    assert_eq!(program.model.left().len(), 1, "as long as nobody knows better");
    program.on_end(End::Quit(0));
}

#[test]
fn a_text_that_the_journal_kept_at_the_very_end_is_not_called_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut program, _inbox) = program(folder.path());
    end_after_a_note(&mut program);
    assert!(program.unsaved.as_ref().is_some_and(Vec::is_empty), "{:?}", program.unsaved);
    assert_eq!(program.left_words, None);
}

#[test]
fn a_text_that_the_journal_could_not_keep_at_the_very_end_is_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    // A file stands where the journal's folder would.
    std::fs::write(folder.path().join("journal"), "").unwrap();
    let (mut program, _inbox) = program(folder.path());
    end_after_a_note(&mut program);
    assert_eq!(program.unsaved.as_ref().map(Vec::len), Some(1));
    assert!(program.left_words.as_ref().is_some_and(|words| words.starts_with("1 text not saved")));
}
