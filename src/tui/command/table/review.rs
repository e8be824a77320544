//! Commands that write records, and those of the review pane.

use super::row;
use crate::tui::{
    command::{Command, HelpSection::Review, Needs, Spec},
    places::{Overlay, Pane},
    scopes::Scope,
};

const ANY: Scope = Scope::Anywhere;

pub(super) const ROWS: &[Spec] = &[
    row(Command::Show(Overlay::Flag), "flag", "Flag what is selected", &["space"], Review, ANY)
        .hint("flag")
        .needs(Needs::Cards)
        .words("missing data check source outdated disagree question cell card indicator"),
    row(Command::Show(Overlay::Note), "note", "Write a note", &["e"], Review, ANY)
        .hint("note")
        .needs(Needs::Cards)
        .words("comment text edit answer reply respond"),
    row(Command::EditNote, "note-in-editor", "Write a note in $EDITOR", &["E"], Review, ANY)
        .needs(Needs::Cards)
        .words("comment text visual external"),
    row(Command::MarkReviewed, "reviewed", "Mark as reviewed, or not", &["v"], Review, ANY)
        .hint("reviewed")
        .needs(Needs::Cards)
        .words("seen done progress verified"),
    row(Command::Show(Overlay::Reviewed), "reviewed-all", "Mark more as reviewed…", &["V"], Review, ANY)
        .needs(Needs::Cards)
        .words("whole card indicator column row"),
    row(Command::Show(Overlay::Resolve), "resolve", "Resolve a flag, or reopen it", &["X"], Review, ANY)
        .needs(Needs::Cards)
        .hint("resolve")
        .words("done close flag"),
    row(
        Command::ResolveAll,
        "resolve-all",
        "Resolve all that is shown",
        &["D"],
        Review,
        Scope::Pane(Pane::Review),
    )
    .needs(Needs::Cards)
    .hint("resolve all")
    .words("every flag at once close"),
    row(Command::Show(Overlay::Ask), "ask", "Ask somebody about a flag", &["@"], Review, ANY)
        .needs(Needs::Cards)
        .words("addressee due date deadline whom flag"),
    row(
        Command::Show(Overlay::SignOff),
        "sign-off",
        "Sign the card off, or give it away",
        &["O"],
        Review,
        ANY,
    )
    .hint("sign off")
    .needs(Needs::Cards)
    .words("approve approved checked send back publish who reviews assign reviewer owner hand over mine"),
    row(Command::Show(Overlay::History), "history", "Show all that was said here", &["H"], Review, ANY)
        .hint("history")
        .needs(Needs::Cards)
        .words("records log who when undone notes flags"),
    row(Command::Show(Overlay::Assign), "assign", "Say what a gap really is", &["A"], Review, ANY)
        .needs(Needs::Cards)
        .words("absent empty not assessed no data not applicable withheld reason"),
    row(Command::NextNews, "next-news", "Go to what others said, next", &[")"], Review, ANY)
        .needs(Needs::Cards)
        .words("inbox new news unseen arrived others answer"),
    row(Command::PreviousNews, "previous-news", "Go to what others said, back", &["("], Review, ANY)
        .needs(Needs::Cards)
        .words("inbox new news unseen arrived others answer"),
    row(Command::NextUnreviewed, "next-unreviewed", "Go to the next cell not reviewed", &["."], Review, ANY)
        .needs(Needs::Cards)
        .words("review todo left unchecked"),
    row(
        Command::PreviousUnreviewed,
        "previous-unreviewed",
        "Go to the cell not reviewed before",
        &[","],
        Review,
        ANY,
    )
    .needs(Needs::Cards)
    .words("review todo left unchecked"),
    row(Command::Undo, "undo", "Undo what you said last", &["u"], Review, ANY)
        .needs(Needs::Cards)
        .words("take back"),
    row(Command::Redo, "redo", "Redo what was undone", &["ctrl-r"], Review, ANY).needs(Needs::Cards),
];
