//! Pages under `docs/` that are generated: `UPDATE=1 cargo test --test cli` writes them anew.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use visavis::cli::{args::Cli, schema};

use super::root;

/// Compares a page with what it should say, or writes it.
fn hold(name: &str, want: &str) {
    let path = root().join("docs").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, want).unwrap();
        return;
    }
    let have = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(have == want, "docs/{name} is stale: UPDATE=1 cargo test --test cli writes it anew");
}

#[test]
fn the_published_schemas_are_those_of_the_program() {
    for (file, schema) in schema::published() {
        hold(&file, &schema::page(&schema));
    }
}

#[test]
fn the_manual_of_the_command_line_says_what_the_program_says() {
    let mut command = Cli::command().term_width(100);
    command.build();
    let mut text =
        "# The command line\n\nWritten by `UPDATE=1 cargo test --test cli` from the program's own help.\n"
            .to_owned();
    let mut section = |name: &str, help: String| {
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        write!(text, "\n## {name}\n\n```text\n{}\n```\n", lines.join("\n")).unwrap();
    };
    section("visavis", command.render_long_help().to_string());
    for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
        let name = format!("visavis {}", sub.get_name());
        section(&name, sub.render_long_help().to_string());
        for action in sub.get_subcommands_mut().filter(|action| action.get_name() != "help") {
            section(&format!("{name} {}", action.get_name()), action.render_long_help().to_string());
        }
    }
    hold("cli.md", &text);
}
