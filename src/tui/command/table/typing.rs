//! Commands of a text field and of an editor.

use super::row;
use crate::tui::{
    command::{Command, HelpSection::Type, Spec},
    scopes::Scope,
};

const EDITING: Scope = Scope::Editing;

pub(super) const ROWS: &[Spec] = &[
    row(Command::DeleteLetter, "delete-letter", "Take back a letter", &["backspace"], Type, Scope::Typing),
    row(Command::DeleteWord, "delete-word", "Take back a word", &["ctrl-w"], Type, Scope::Typing),
    row(Command::DeleteLine, "delete-line", "Take back everything", &["ctrl-u"], Type, Scope::Typing),
    row(Command::Save, "save", "Save what is typed", &["ctrl-d"], Type, EDITING).words("note flag keep"),
    row(Command::EditOutside, "edit-outside", "Go on in $EDITOR", &["ctrl-x"], Type, EDITING),
    row(Command::NextKind, "next-kind", "Choose the next kind of flag", &["tab"], Type, EDITING),
    row(Command::NextScope, "next-scope", "Choose what it is on", &["shift-tab"], Type, EDITING),
    row(Command::NewLine, "new-line", "Begin a new line", &["ctrl-j"], Type, EDITING),
    row(Command::CaretLeft, "caret-left", "Go a letter left", &["left"], Type, EDITING),
    row(Command::CaretRight, "caret-right", "Go a letter right", &["right"], Type, EDITING),
    row(Command::WordLeft, "word-left", "Go a word left", &["ctrl-left"], Type, EDITING),
    row(Command::WordRight, "word-right", "Go a word right", &["ctrl-right"], Type, EDITING),
    row(Command::LineStart, "line-start", "Go to the start of the line", &["ctrl-a"], Type, EDITING),
    row(Command::LineEnd, "line-end", "Go to the end of the line", &["ctrl-e"], Type, EDITING),
    row(Command::DeleteRight, "delete-right", "Take the next letter away", &["del"], Type, EDITING),
];
