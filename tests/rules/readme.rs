//! The README's own words, held to: its commands run, its card loads, its gaps are the program's.

use std::{fs, path::Path, process::Command};

use strum::IntoEnumIterator as _;
use visavis::core::{
    cell::{Gap, MARKS, MarkWords},
    read::from_texts,
    severity::Severity,
};

const README: &str = include_str!("../../README.md");

/// The lines of the README's shell blocks that call the program.
fn commands() -> Vec<String> {
    let blocks = README.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines =
        blocks.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned());
    lines.filter(|line| line.starts_with("visavis ")).collect()
}

#[test]
fn every_command_of_the_readme_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = commands();
    assert!(commands.len() >= 4, "{commands:?}");
    for line in commands {
        let mine = root.join("sample-data/osce-2009-2012").display().to_string();
        let args = line.split_whitespace().skip(1).map(|word| word.replace("my-cards/", &mine));
        // The paths of the README start at the top of the repository.
        let run = Command::new(env!("CARGO_BIN_EXE_visavis")).args(args).current_dir(root).output().unwrap();
        let words = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{line}: {words}");
        assert!(!run.stdout.is_empty(), "{line}");
    }
}

#[test]
fn the_card_of_the_readme_loads_without_an_error() {
    let card = README.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let data = from_texts("README", &[("card.json", card)]);
    let errors: Vec<String> =
        data.problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(data.edition_counts(data.newest_edition().unwrap()).given, 4);
}

#[test]
fn the_gaps_and_marks_of_the_readme_are_the_programs() {
    for gap in Gap::iter() {
        let row = format!("| `{}` | {} |", gap.glyph(), gap.title());
        assert!(README.contains(&row), "no row {row}");
    }
    for MarkWords { title, letter, .. } in &MARKS {
        let word = title.replacen(letter, &format!("**{letter}**"), 1);
        assert!(README.contains(&word), "no {word}");
    }
}

#[test]
fn every_file_the_readme_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("http") || fs::exists(root.join(link)).unwrap(), "{link} is not there");
    }
}
