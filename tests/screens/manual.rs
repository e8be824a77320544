//! The page of keys, the help and the palette are the table's own.

use std::{collections::BTreeSet, fs, path::Path};

use visavis::tui::{
    command::{COMMANDS, Command},
    places::Overlay,
    scopes::Scope,
};

use crate::screen::Screen;

#[test]
fn the_page_of_keys_matches_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = visavis::tui::manual::markdown();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("docs")).expect("a folder");
        fs::write(&path, &page).expect("a page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page, "run: UPDATE=1 cargo test --test screens manual");
}

/// The lines of a list, paged through from its beginning to its end.
fn every_line(screen: Screen) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let mut screen = screen;
    loop {
        let text = screen.text();
        lines.extend(text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")));
        screen = screen.press("pgdn");
        if screen.text() == text {
            return lines;
        }
    }
}

#[test]
fn the_help_lists_every_command_with_its_keys_at_every_size() {
    for (width, height) in [(120, 40), (80, 24)] {
        let lines = every_line(Screen::open(width, height).press("?"));
        for spec in COMMANDS.iter() {
            let is_listed = lines.iter().any(|line| line.contains(spec.title));
            assert!(is_listed, "{} is not in the help at {width}x{height}", spec.name);
        }
    }
}

#[test]
fn the_palette_finds_every_command_by_its_name() {
    // What is typed into a field is no command to choose, and the palette is open already.
    let chosen = COMMANDS.iter().filter(|spec| {
        !matches!(spec.scope, Scope::Typing | Scope::Editing)
            && spec.command != Command::Show(Overlay::Palette)
    });
    for spec in chosen {
        let text = Screen::open(80, 24).press(":").type_text(spec.name).text();
        assert!(text.contains(spec.title), "{} is not in the palette: {text}", spec.name);
    }
}
