//! Tests themes as people write them, mistakes included.

use ratatui::style::{Color, Style};

use super::*;
use crate::tui::look::{Look, Palette, UNICODE};

fn look(text: &str, palette: Palette) -> Look {
    Look::themed(palette, &UNICODE, &read(Path::new("mine.toml"), text).0)
}

fn told(text: &str) -> Vec<String> {
    let told = read(Path::new("mine.toml"), text).1;
    told.problems.iter().chain(&told.warnings).map(ToString::to_string).collect()
}

const MINE: &str = "base = \"dark\"\n[roles]\ngap = \"#ff5f00\"\nkey = 214\n\
                    faint = { fg = \"bright-black\", bold = true, dim = false, underline = true }\n";

#[test]
fn a_role_has_the_ink_that_its_line_says_and_the_others_that_of_the_base() {
    assert_eq!(told(MINE), Vec::<String>::new());
    let mine = look(MINE, Palette::Rgb);
    let dark = Look::themed(Palette::Rgb, &UNICODE, &Theme::find("dark").unwrap());
    assert_eq!(
        mine.style(Role::Gap),
        Style::new().fg(Color::Rgb(0xff, 0x5f, 0)).add_modifier(Modifier::BOLD)
    );
    assert_eq!(mine.style(Role::Key).fg, Some(Color::Indexed(214)));
    let faint = Style::new().fg(Color::DarkGray).add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(mine.style(Role::Faint), faint);
    assert_eq!(mine.style(Role::Ahead), dark.style(Role::Ahead));
}

#[test]
fn where_there_are_fewer_colours_the_nearest_is_sent_and_without_any_none() {
    assert_eq!(look(MINE, Palette::Indexed).style(Role::Gap).fg, Some(Color::Indexed(202)));
    assert_eq!(look(MINE, Palette::Sixteen).style(Role::Gap).fg, Some(Color::Yellow));
    let stands_in = "[roles]\ngap = { fg = \"#ff5f00\", fg16 = \"magenta\" }\n";
    assert_eq!(look(stands_in, Palette::Sixteen).style(Role::Gap).fg, Some(Color::Magenta));
    let mono = look(MINE, Palette::Mono);
    assert_eq!(mono, Look::new(Palette::Mono, &UNICODE));
}

#[test]
fn a_background_is_painted_only_when_that_is_said() {
    let named = "background = \"#102030\"\n";
    assert_eq!(look(named, Palette::Rgb).ground().bg, None);
    let painted = format!("{named}paint = true\n");
    assert_eq!(look(&painted, Palette::Rgb).ground().bg, Some(Color::Rgb(0x10, 0x20, 0x30)));
    assert_eq!(
        look(&painted, Palette::Sixteen).ground(),
        look("base = \"high-contrast\"", Palette::Sixteen).ground()
    );
    assert_eq!(look(&painted, Palette::Mono).ground().bg, None);
    assert!(told("paint = true")[0].starts_with("mine.toml:1:9: paint: expected a background"));
}

#[test]
fn every_line_that_cannot_be_used_is_told_and_the_rest_holds() {
    let text = "bse = \"dark\"\nbase = \"drak\"\nbackground = \"default\"\npaint = 1\n[roles]\ngpa = \"red\"\n\
                gap = \"bright-blck\"\nkey = 256\nmark = { fg = \"#ff\", bld = true, bold = \"yes\" }\n\
                title = { fg16 = \"#ffffff\" }\nfailed = \"red\"\n";
    let told = told(text);
    let places: Vec<&str> = told.iter().filter_map(|line| line.split(": ").next()).collect();
    let wanted = ["1:1", "2:8", "3:14", "4:9", "6:1", "7:7", "8:7", "9:15", "9:22", "9:41", "10:18"];
    assert_eq!(places, wanted.map(|place| format!("mine.toml:{place}")));
    let words = told.join("\n");
    for wanted in [
        "no setting bse; did you mean base?",
        "base: expected one of auto, dark",
        "paint: expected true or false, found 1",
        "no role gpa; did you mean gap?",
        "(did you mean bright-black?), found \"bright-blck\"",
        "key: expected a colour: default, a name such as bright-black, 0 to 255 or #rrggbb",
        "did you mean bold?",
        "fg16: expected one of the sixteen",
    ] {
        assert!(words.contains(wanted), "{wanted} in\n{words}");
    }
    assert_eq!(look(text, Palette::Sixteen).style(Role::Failed).fg, Some(Color::Red));
}

#[test]
fn words_that_can_hardly_be_read_are_told_but_drawn_as_they_were_wanted() {
    let text = "background = \"#202020\"\n[roles]\ngap = \"#404040\"\nborder = \"#303030\"\n";
    let said = told(text);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("mine.toml:3:7: gap has a contrast of 1.6:1 on #202020"), "{said:?}");
    assert_eq!(look(text, Palette::Rgb).style(Role::Gap).fg, Some(Color::Rgb(0x40, 0x40, 0x40)));
    // A role of the base that is hard to read is reported at the place of `background`.
    assert!(told("base = \"dark\"\nbackground = \"#f0f0f0\"").iter().all(|line| line.contains(":2:14: ")));
}

#[test]
fn a_theme_is_found_by_its_name_or_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let themes = beside(folder.path());
    fs::create_dir(&themes).unwrap();
    fs::write(themes.join("mine.toml"), MINE).unwrap();
    let (by_name, _) = find("mine", Some(&themes)).unwrap();
    let path = themes.join("mine.toml");
    let (by_path, _) = find(path.to_str().unwrap(), None).unwrap();
    assert_eq!((by_name.theme, by_name.file), (by_path.theme, Some(path)));
    let why = find("mien", Some(&themes)).unwrap_err().to_string();
    assert!(why.contains("no theme is called \"mien\"; did you mean mine?"), "{why}");
    assert!(find("./none.toml", None).unwrap_err().contains("cannot be read"));
    assert!(find("/dev/null", None).unwrap_err().contains("no regular file"));
    assert_eq!(find("mono", None).unwrap().0.theme, None);
}

#[test]
fn every_built_in_theme_is_offered() {
    let offered: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).filter(|name| *name != "mono").collect();
    assert_eq!(offered, Theme::names().collect::<Vec<_>>());
}

/// Every role is in the example, with a comment, and the example can be used unchanged.
#[test]
fn the_example_lists_every_role_with_its_meaning() {
    let example = include_str!("../../../docs/theme.toml");
    assert_eq!(told(example), Vec::<String>::new());
    let roles: Vec<&str> = Role::iter().map(Into::into).collect();
    let (_, listed) = example.split_once("[roles]").unwrap();
    let lines = listed.lines().filter(|line| line.contains(" = "));
    let named: Vec<&str> = lines.clone().filter_map(|line| line.split(" = ").next()).collect();
    assert_eq!(named, roles);
    assert!(lines.clone().all(|line| line.rsplit_once("# ").is_some_and(|(_, meaning)| meaning.len() > 10)));
}
