//! Commands of the program itself.

use super::row;
use crate::tui::{
    command::{Command, HelpSection::Program, Needs, Spec},
    places::Overlay,
    scopes::Scope,
};

const ANY: Scope = Scope::Anywhere;

pub(super) const ROWS: &[Spec] = &[
    row(Command::Show(Overlay::Problems), "problems", "Show problems in the data", &["!"], Program, ANY)
        .words("errors warnings broken files check"),
    row(
        Command::Show(Overlay::ReloadDiff),
        "what-changed",
        "Show what changed or came in",
        &["="],
        Program,
        ANY,
    )
    .words("read again reload watch files difference before after disk others said news inbox"),
    row(Command::Show(Overlay::Sets), "sets", "Show another set of these files", &["T"], Program, ANY)
        .needs(Needs::SeveralSets)
        .words("framework data open choose"),
    row(Command::Show(Overlay::Palette), "palette", "Run a command by name", &[":"], Program, ANY)
        .hint("commands"),
    row(Command::Show(Overlay::Help), "help", "Show keys and meanings", &["?"], Program, ANY)
        .hint("help")
        .words("legend glyphs keys"),
    row(Command::ToggleMouse, "mouse", "Turn the mouse on or off", &["M"], Program, ANY)
        .words("click wheel pointer"),
    row(Command::Reload, "reload", "Read the files again", &["R"], Program, ANY).words("refresh"),
    row(Command::Quit, "quit", "Quit", &["q", "ctrl-c"], Program, ANY)
        .typing(&["ctrl-c"])
        .words("exit leave"),
];
