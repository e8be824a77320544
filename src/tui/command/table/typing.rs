//! Commands of a field or an editor that is typed into.

use super::row;
use crate::tui::{
    command::{Command, Section, Spec},
    scopes::Scope,
};

const EDITING: Scope = Scope::Editing;

pub(super) const ROWS: &[Spec] = &[
    row(
        Command::DeleteLetter,
        "delete-letter",
        "Take back a letter",
        &["backspace"],
        Section::Type,
        Scope::Typing,
    ),
    row(Command::DeleteWord, "delete-word", "Take back a word", &["ctrl-w"], Section::Type, Scope::Typing),
    row(
        Command::DeleteLine,
        "delete-line",
        "Take back everything",
        &["ctrl-u"],
        Section::Type,
        Scope::Typing,
    ),
    row(Command::Save, "save", "Save what is typed", &["ctrl-d"], Section::Type, EDITING)
        .words("note flag keep"),
    row(Command::EditOutside, "edit-outside", "Go on in $EDITOR", &["ctrl-x"], Section::Type, EDITING),
    row(
        Command::NextPart,
        "next-part",
        "Go to the text and back",
        &["tab", "backtab"],
        Section::Type,
        EDITING,
    ),
    row(Command::NewLine, "new-line", "Begin a new line", &["ctrl-j"], Section::Type, EDITING),
    row(Command::CaretLeft, "caret-left", "Go a letter left", &["left"], Section::Type, EDITING),
    row(Command::CaretRight, "caret-right", "Go a letter right", &["right"], Section::Type, EDITING),
    row(Command::WordLeft, "word-left", "Go a word left", &["ctrl-left"], Section::Type, EDITING),
    row(Command::WordRight, "word-right", "Go a word right", &["ctrl-right"], Section::Type, EDITING),
    row(Command::LineStart, "line-start", "Go to the start of the line", &["ctrl-a"], Section::Type, EDITING),
    row(Command::LineEnd, "line-end", "Go to the end of the line", &["ctrl-e"], Section::Type, EDITING),
    row(Command::DeleteRight, "delete-right", "Take the next letter away", &["del"], Section::Type, EDITING),
];
