//! Commands of a field or an editor that is typed into.

use super::row;
use crate::tui::{
    command::{Command, HelpSection, Spec},
    scopes::Scope,
};

const EDITING: Scope = Scope::Editing;

pub(super) const ROWS: &[Spec] = &[
    row(
        Command::DeleteLetter,
        "delete-letter",
        "Take back a letter",
        &["backspace"],
        HelpSection::Type,
        Scope::Typing,
    ),
    row(
        Command::DeleteWord,
        "delete-word",
        "Take back a word",
        &["ctrl-w"],
        HelpSection::Type,
        Scope::Typing,
    ),
    row(
        Command::DeleteLine,
        "delete-line",
        "Take back everything",
        &["ctrl-u"],
        HelpSection::Type,
        Scope::Typing,
    ),
    row(Command::Save, "save", "Save what is typed", &["ctrl-d"], HelpSection::Type, EDITING)
        .words("note flag keep"),
    row(Command::EditOutside, "edit-outside", "Go on in $EDITOR", &["ctrl-x"], HelpSection::Type, EDITING),
    row(
        Command::NextPart,
        "next-part",
        "Go to the text and back",
        &["tab", "backtab"],
        HelpSection::Type,
        EDITING,
    ),
    row(Command::NewLine, "new-line", "Begin a new line", &["ctrl-j"], HelpSection::Type, EDITING),
    row(Command::CaretLeft, "caret-left", "Go a letter left", &["left"], HelpSection::Type, EDITING),
    row(Command::CaretRight, "caret-right", "Go a letter right", &["right"], HelpSection::Type, EDITING),
    row(Command::WordLeft, "word-left", "Go a word left", &["ctrl-left"], HelpSection::Type, EDITING),
    row(Command::WordRight, "word-right", "Go a word right", &["ctrl-right"], HelpSection::Type, EDITING),
    row(
        Command::LineStart,
        "line-start",
        "Go to the start of the line",
        &["ctrl-a"],
        HelpSection::Type,
        EDITING,
    ),
    row(Command::LineEnd, "line-end", "Go to the end of the line", &["ctrl-e"], HelpSection::Type, EDITING),
    row(
        Command::DeleteRight,
        "delete-right",
        "Take the next letter away",
        &["del"],
        HelpSection::Type,
        EDITING,
    ),
];
