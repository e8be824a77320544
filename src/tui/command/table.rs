//! The table of commands: a key is one line here, and nothing anywhere else.

use super::{Command, Needs, Section, Spec};
use crate::tui::place::{Overlay, Pane, Scope};

const ANY: Scope = Scope::Anywhere;
const COMPARISON: Scope = Scope::Pane(Pane::Comparison);
const COVERAGE: Scope = Scope::Pane(Pane::Coverage);
const FINDINGS: Scope = Scope::Pane(Pane::Findings);
const REVIEW: Scope = Scope::Pane(Pane::Review);
const FINDING: Scope = Scope::On(Overlay::Finding);
const WEIGHTS: Scope = Scope::On(Overlay::Weights);
const EDITING: Scope = Scope::Editing;

pub static COMMANDS: &[Spec] = &[
    row(Command::Down, "down", "Move down", &["j", "down"], Section::Move, ANY).typing(&["down", "ctrl-n"]),
    row(Command::Up, "up", "Move up", &["k", "up"], Section::Move, ANY).typing(&["up", "ctrl-p"]),
    row(
        Command::PageDown,
        "page-down",
        "Move a page down",
        &["pgdn", "ctrl-f", "ctrl-d"],
        Section::Move,
        ANY,
    )
    .typing(&["pgdn"]),
    row(Command::PageUp, "page-up", "Move a page up", &["pgup", "ctrl-b", "ctrl-u"], Section::Move, ANY)
        .typing(&["pgup"]),
    row(Command::Top, "top", "Go to the top", &["g g", "home"], Section::Move, ANY)
        .typing(&["home"])
        .words("first start"),
    row(Command::Bottom, "bottom", "Go to the bottom", &["G", "end"], Section::Move, ANY)
        .typing(&["end"])
        .words("last end"),
    row(Command::Left, "left", "Move left", &["h", "left"], Section::Move, ANY)
        .words("previous pane subject"),
    row(Command::Right, "right", "Move right", &["l", "right"], Section::Move, ANY)
        .words("next pane subject"),
    row(Command::NextPane, "next-pane", "Go to the next pane", &["tab"], Section::Move, ANY).hint("pane"),
    row(Command::PreviousPane, "previous-pane", "Go to the previous pane", &["backtab"], Section::Move, ANY),
    row(Command::Go(Pane::Countries), "countries", "Show the countries", &["1"], Section::Move, ANY)
        .words("list"),
    row(Command::Go(Pane::Card), "card", "Show the card", &["2"], Section::Move, ANY)
        .words("indicators detail"),
    row(Command::Go(Pane::Comparison), "comparison", "Show the comparison", &["3"], Section::Move, ANY)
        .words("side by side vis-a-vis"),
    row(Command::Go(Pane::Coverage), "coverage", "Show the coverage matrix", &["4"], Section::Move, ANY)
        .words("missing matrix heatmap countries indicators"),
    row(Command::Go(Pane::Findings), "findings", "Show the findings", &["5"], Section::Move, ANY)
        .words("share percent published sentence k of n"),
    row(Command::Go(Pane::Review), "review", "Show the review queue", &["7"], Section::Move, ANY)
        .words("flags notes queue"),
    row(Command::Enter, "open", "Open what is selected", &["enter"], Section::Move, ANY)
        .typing(&["enter"])
        .hint("open")
        .words("accept choose select"),
    row(Command::Back, "back", "Go back", &["esc"], Section::Move, ANY)
        .typing(&["esc"])
        .words("close cancel leave"),
    row(Command::Search, "search", "Search in this list", &["/"], Section::Find, ANY)
        .hint("search")
        .needs(Needs::Cards)
        .words("find filter fuzzy country indicator"),
    row(Command::ClearSearch, "clear-search", "Clear the search", &["ctrl-l"], Section::Find, ANY)
        .needs(Needs::SearchText)
        .words("filter reset"),
    row(Command::Show(Overlay::GoTo), "go-to", "Go to anything", &["ctrl-p"], Section::Find, ANY)
        .hint("go to")
        .needs(Needs::Cards)
        .words("jump find country indicator edition cell"),
    row(Command::Sort, "sort", "Sort by the next column", &["s"], Section::Look, ANY)
        .hint("sort")
        .needs(Needs::Cards)
        .words("order name gaps coverage"),
    row(Command::SortColumns, "sort-columns", "Sort the columns by gaps", &["S"], Section::Look, COVERAGE)
        .needs(Needs::Cards)
        .words("order indicators"),
    row(Command::Filter, "filter", "Show one reason or mark", &["f"], Section::Look, COVERAGE)
        .hint("filter")
        .needs(Needs::Cards)
        .words("no data absent empty withheld unsourced outdated disputed only"),
    row(Command::Pivot, "pivot", "Show one country's editions", &["o"], Section::Look, COVERAGE)
        .hint("editions")
        .needs(Needs::Cards)
        .words("other pivot disappeared history turn matrix"),
    row(Command::Legend, "legend", "Show what the letters mean", &["L"], Section::Look, COVERAGE)
        .hint("letters")
        .words("glyphs signs key legend"),
    row(Command::AsAssigned, "as-assigned", "Count gaps as reviewers say", &["a"], Section::Look, COVERAGE)
        .needs(Needs::Cards)
        .words("assigned not applicable no data silent"),
    row(Command::Fold, "fold", "Fold or unfold the goal", &["z"], Section::Look, ANY)
        .words("collapse section goal"),
    row(Command::OlderEdition, "older-edition", "Go to the older edition", &["<"], Section::Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("older")
        .words("year previous earlier"),
    row(Command::NewerEdition, "newer-edition", "Go to the newer edition", &[">"], Section::Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("newer")
        .words("year next later"),
    row(
        Command::Show(Overlay::Groups),
        "group",
        "Choose the group of countries",
        &["ctrl-g"],
        Section::Find,
        ANY,
    )
    .hint("group")
    .needs(Needs::Cards)
    .words("filter region osce council of europe eu m49 subset all countries"),
    row(
        Command::Show(Overlay::Weights),
        "weights",
        "Weigh goals and see the ranks",
        &["w"],
        Section::Look,
        ANY,
    )
    .needs(Needs::Cards)
    .words("score rank ranking weights mean arithmetic geometric threshold"),
    row(
        Command::Show(Overlay::Finding),
        "new-finding",
        "Make a finding of this indicator",
        &["F"],
        Section::Find,
        ANY,
    )
    .hint("new finding")
    .needs(Needs::Cards)
    .words("own ad-hoc count distribution countries where none partial"),
    row(Command::Choose, "choose", "Count this answer, or not", &["space", "x"], Section::Find, FINDING)
        .hint("choose")
        .needs(Needs::Cards),
    row(Command::RemoveFinding, "remove-finding", "Remove this own finding", &["D"], Section::Find, FINDINGS)
        .needs(Needs::Cards)
        .words("delete own ad-hoc"),
    row(Command::Heavier, "heavier", "Weigh it more", &["right", "l", "+"], Section::Look, WEIGHTS)
        .hint("heavier")
        .needs(Needs::Cards),
    row(Command::Lighter, "lighter", "Weigh it less", &["left", "h", "-"], Section::Look, WEIGHTS)
        .hint("lighter")
        .needs(Needs::Cards)
        .words("weight 0 leave out"),
    row(Command::OtherMean, "other-mean", "Take the other mean", &["m"], Section::Look, WEIGHTS)
        .hint("mean")
        .needs(Needs::Cards)
        .words("arithmetic geometric score"),
    row(
        Command::ResetWeight,
        "reset-weight",
        "Weigh it as the framework does",
        &["r"],
        Section::Look,
        WEIGHTS,
    )
    .hint("reset")
    .needs(Needs::Cards),
    row(
        Command::ResetWeights,
        "reset-weights",
        "Weigh all as the framework does",
        &["D"],
        Section::Look,
        WEIGHTS,
    )
    .needs(Needs::Cards)
    .words("default"),
    row(Command::Compare, "compare", "Compare with…", &["c"], Section::Compare, ANY)
        .hint("compare")
        .needs(Needs::Cards)
        .words("second country group median side by side"),
    row(
        Command::NextDifference,
        "next-difference",
        "Go to the next difference",
        &["]"],
        Section::Compare,
        COMPARISON,
    )
    .hint("difference")
    .needs(Needs::TwoSubjects),
    row(
        Command::PreviousDifference,
        "previous-difference",
        "Go to the previous difference",
        &["["],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects),
    row(Command::NextGap, "next-gap", "Go to the next gap", &["}"], Section::Find, ANY)
        .hint("gap")
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(Command::PreviousGap, "previous-gap", "Go to the previous gap", &["{"], Section::Find, ANY)
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(
        Command::OnlyDifferences,
        "only-differences",
        "Show only differences",
        &["d"],
        Section::Compare,
        COMPARISON,
    )
    .hint("only differences")
    .needs(Needs::TwoSubjects)
    .words("filter hide equal"),
    row(Command::OnlyGaps, "only-gaps", "Show only gaps", &["m"], Section::Look, ANY)
        .hint("only gaps")
        .needs(Needs::Cards)
        .words("filter missing data"),
    row(Command::Swap, "swap", "Swap the sides", &["x"], Section::Compare, COMPARISON)
        .hint("swap")
        .needs(Needs::TwoSubjects)
        .words("exchange left right"),
    row(Command::AddSubject, "add-subject", "Add a third or fourth", &["a"], Section::Compare, COMPARISON)
        .hint("add")
        .needs(Needs::TwoSubjects)
        .words("country group median edition"),
    row(
        Command::ReplaceSubject,
        "replace-subject",
        "Replace the side under the cursor",
        &["r"],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects)
    .words("change country group"),
    row(
        Command::RemoveSubject,
        "remove-subject",
        "Remove the side under the cursor",
        &["D"],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::ThirdSubject),
    row(Command::Show(Overlay::Flag), "flag", "Flag what is selected", &["space"], Section::Review, ANY)
        .hint("flag")
        .needs(Needs::Cards)
        .words("missing data check source outdated disagree question cell card indicator"),
    row(Command::Show(Overlay::Note), "note", "Write a note", &["e"], Section::Review, ANY)
        .hint("note")
        .needs(Needs::Cards)
        .words("comment text edit"),
    row(Command::EditNote, "note-in-editor", "Write a note in $EDITOR", &["E"], Section::Review, ANY)
        .needs(Needs::Cards)
        .words("comment text visual external"),
    row(Command::MarkReviewed, "reviewed", "Mark as reviewed, or not", &["v"], Section::Review, ANY)
        .hint("reviewed")
        .needs(Needs::Cards)
        .words("seen done progress verified"),
    row(
        Command::Show(Overlay::Reviewed),
        "reviewed-all",
        "Mark more as reviewed…",
        &["V"],
        Section::Review,
        ANY,
    )
    .needs(Needs::Cards)
    .words("whole card indicator column row"),
    row(
        Command::Show(Overlay::Resolve),
        "resolve",
        "Resolve a flag, or reopen it",
        &["X"],
        Section::Review,
        ANY,
    )
    .needs(Needs::Cards)
    .hint("resolve")
    .words("done close flag"),
    row(Command::Show(Overlay::Assign), "assign", "Say what a gap really is", &["A"], Section::Review, ANY)
        .needs(Needs::Cards)
        .words("absent empty not assessed no data not applicable withheld reason"),
    row(Command::Undo, "undo", "Undo what you said last", &["u"], Section::Review, ANY)
        .needs(Needs::Cards)
        .words("take back"),
    row(Command::Redo, "redo", "Redo what was undone", &["ctrl-r"], Section::Review, ANY).needs(Needs::Cards),
    row(Command::FilterState, "filter-state", "Show open, resolved or all", &["s"], Section::Review, REVIEW)
        .hint("state"),
    row(Command::FilterKind, "filter-kind", "Show one kind only", &["t"], Section::Review, REVIEW)
        .hint("kind"),
    row(Command::FilterAuthor, "filter-author", "Show one author only", &["a"], Section::Review, REVIEW)
        .hint("author"),
    row(Command::FilterCountry, "filter-country", "Show one country only", &["n"], Section::Review, REVIEW)
        .hint("country"),
    row(
        Command::Show(Overlay::Problems),
        "problems",
        "Show problems in the data",
        &["!"],
        Section::Program,
        ANY,
    )
    .words("errors warnings broken files check"),
    row(Command::Show(Overlay::Palette), "palette", "Run a command by name", &[":"], Section::Program, ANY)
        .hint("commands"),
    row(Command::Show(Overlay::Help), "help", "Show keys and meanings", &["?"], Section::Program, ANY)
        .hint("help")
        .words("legend glyphs keys"),
    row(Command::Reload, "reload", "Read the files again", &["R"], Section::Program, ANY).words("refresh"),
    row(Command::Quit, "quit", "Quit", &["q", "ctrl-c"], Section::Program, ANY)
        .typing(&["ctrl-c"])
        .words("exit leave"),
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

const fn row(
    command: Command,
    name: &'static str,
    title: &'static str,
    keys: &'static [&'static str],
    section: Section,
    scope: Scope,
) -> Spec {
    Spec {
        command,
        name,
        title,
        hint: "",
        keys,
        typing: &[],
        scope,
        section,
        needs: Needs::Nothing,
        words: "",
    }
}

impl Spec {
    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn typing(self, typing: &'static [&'static str]) -> Self {
        Self { typing, ..self }
    }

    const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    const fn words(self, words: &'static str) -> Self {
        Self { words, ..self }
    }
}
