//! The manual's page of keys, written from the table of commands.

use std::fmt::Write as _;

use strum::IntoEnumIterator as _;

use super::{
    command::{COMMANDS, HelpSection},
    places::Pane,
    scopes::Scope,
};

pub fn markdown() -> String {
    let mut page = String::from("# Keys\n\n");
    page += "Every command with its keys. While text is typed, letters are text: the keys in the third column work then.\n";
    page += "The names are what the command palette (`:`) calls the commands.\n";
    for section in HelpSection::iter() {
        let _ = write!(page, "\n## {}\n\n", section.title());
        page +=
            "| Does | Keys | While typing | Where | Needs | Name |\n| --- | --- | --- | --- | --- | --- |\n";
        for spec in COMMANDS.iter().filter(|spec| spec.section == section) {
            let typing = if spec.scope == Scope::Typing { spec.keys } else { spec.typing };
            let keys = if spec.scope == Scope::Typing { &[][..] } else { spec.keys };
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | `{}` |",
                spec.title,
                codes(keys),
                codes(typing),
                spec.scope.title(),
                spec.needs.title(),
                spec.name
            );
        }
    }
    page += "\n## Panes as text\n\nFor screen readers and pipes: what each pane says, as lines.\n\n";
    page += "| Pane | Printed by |\n| --- | --- |\n";
    for pane in Pane::iter() {
        let _ = writeln!(page, "| {} | `visavis {}` |", pane.title(), pane.printed_by());
    }
    page
}

fn codes(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}
