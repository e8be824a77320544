//! The sixteen colours on palettes that people have: words never depend on them, and what may be lost is listed.

use std::{fs, path::Path};

use ratatui::style::{Color, Modifier};
use strum::IntoEnumIterator as _;
use visavis::tui::look::{
    Look, Palette, Role, UNICODE,
    colour::{Rgb, contrast},
    theme::Theme,
};

struct Known {
    name: &'static str,
    ground: &'static str,
    text: &'static str,
    /// The colours 0–15.
    sixteen: &'static str,
}

/// As each project publishes them: xterm's defaults, the VGA text mode, Ethan Schoonover's Solarized, the "GNOME" and "Tango"
/// schemes of VTE.
const KNOWN: [Known; 7] = [
    Known { name: "xterm, white on black", ground: "000000", text: "e5e5e5", sixteen: XTERM },
    Known { name: "xterm, black on white", ground: "ffffff", text: "000000", sixteen: XTERM },
    Known {
        name: "VGA",
        ground: "000000",
        text: "aaaaaa",
        sixteen: "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    },
    Known { name: "Solarized dark", ground: "002b36", text: "839496", sixteen: SOLARIZED },
    Known { name: "Solarized light", ground: "fdf6e3", text: "657b83", sixteen: SOLARIZED },
    Known {
        name: "GNOME",
        ground: "171421",
        text: "d0cfcc",
        sixteen: "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",
    },
    Known {
        name: "Tango, dark",
        ground: "2e3436",
        text: "d3d7cf",
        sixteen: "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
    },
];
const XTERM: &str = "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff";
const SOLARIZED: &str = "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3";

fn rgb(colour: &str) -> Rgb {
    let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits");
    [part(0), part(2), part(4)]
}

/// The least contrast of lines and blocks that carry meaning (WCAG 2.2, 1.4.11).
const DRAWN: f64 = 3.0;

/// What the default look draws in a colour of the sixteen, and the number of that colour.
fn accents() -> Vec<(&'static str, usize)> {
    let look = Look::new(Palette::Sixteen, &UNICODE);
    let number = |colour: Option<Color>| match colour {
        Some(Color::Yellow) => 3,
        Some(Color::Cyan) => 6,
        Some(Color::LightBlue) => 12,
        other => panic!("{other:?} is no accent"),
    };
    vec![
        ("the `??` before a gap", number(look.gap_sign().fg)),
        ("a bar", number(look.style(Role::Bar).fg)),
        ("the frame in use", number(look.style(Role::BorderFocused).fg)),
    ]
}

fn page() -> String {
    let head = "# Colours on the terminal's own background\n\n\
        The default look does not know the background, so words have the terminal's own colour there, and bold, underline and\n\
        reverse tell them apart. What is drawn has one of the sixteen colours as an accent. Contrasts (WCAG 2) on palettes that\n\
        people have; *lost* marks what is under 3:1 there. Nothing is said by an accent alone: a gap has its words, a bar its\n\
        number, the box in use its row in reverse. `--theme dark`, `light`, `high-contrast` and `colour-blind` have colours that\n\
        can be read on their own backgrounds.\n\n| palette | words |";
    let accents = accents();
    let heads =
        accents.iter().map(|(what, number)| format!(" {what} ({number}) |")).collect::<Vec<_>>().concat();
    let row = |Known { name, ground, text, sixteen }: Known| {
        let cells = accents.iter().map(|(_, number)| {
            let colour = sixteen.split(' ').nth(*number).expect("sixteen");
            let found = contrast(rgb(colour), rgb(ground));
            format!(" {found:.1}{} |", if found < DRAWN { ", *lost*" } else { "" })
        });
        let words = contrast(rgb(text), rgb(ground));
        format!("| {name} | {words:.1} |{}\n", cells.collect::<String>())
    };
    format!("{head}{heads}\n|---|---|---|---|---|\n{}", KNOWN.into_iter().map(row).collect::<String>())
}

#[test]
fn the_page_of_colours_is_what_the_default_look_sends() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/colours.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page()).expect("a page");
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        page(),
        "run: UPDATE=1 cargo test --test screens colours"
    );
}

#[test]
fn by_default_no_word_has_a_colour_and_each_kind_of_word_is_told_apart_without() {
    let look = Look::new(Palette::Sixteen, &UNICODE);
    for role in Role::iter() {
        let is_drawn = matches!(role, Role::Border | Role::BorderFocused | Role::Bar | Role::BarEmpty);
        assert!(is_drawn || matches!(look.style(role).fg, None | Some(Color::Reset)), "{role:?}");
    }
    let bold = |role| look.style(role).add_modifier.contains(Modifier::BOLD);
    for role in [Role::Gap, Role::Key, Role::Mark, Role::Notice, Role::Warning, Role::Ahead, Role::Failed] {
        assert!(bold(role) && !bold(Role::Text) && !bold(Role::Given), "{role:?}");
    }
}

#[test]
fn words_can_be_read_on_the_selected_row_of_every_theme_whose_colours_are_ours() {
    for name in Theme::names() {
        let theme = Theme::find(name).expect("a theme");
        let Some(background) = theme.background else { continue };
        for palette in [Palette::Rgb, Palette::Indexed, Palette::Sixteen] {
            let look = Look::themed(palette, &UNICODE, &theme);
            let cursor = look.style(Role::Cursor);
            for role in Role::iter() {
                // As `LineWriter::cursor` does it: the bar over the role.
                let style = look.style(role).patch(cursor.remove_modifier(Modifier::DIM));
                assert_eq!(style.fg, cursor.fg, "{name} {role:?}: one colour from edge to edge");
                assert!(style.add_modifier.contains(Modifier::REVERSED) && style.bg.is_none());
                assert!(!style.add_modifier.contains(Modifier::DIM), "{name} {role:?} is dim on the bar");
                if let (Some(Color::Rgb(red, green, blue)), Palette::Rgb) = (style.fg, palette) {
                    let found = contrast([red, green, blue], background);
                    assert!(found >= if name == "high-contrast" { 7.0 } else { 4.5 }, "{name}: {found:.1}");
                }
            }
        }
    }
}
