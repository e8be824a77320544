//! Commands that move about, find, look and compare.

use super::row;
use crate::tui::{
    command::{Command, Format, Needs, Paper, Piece, Section, Spec},
    places::{Overlay, Pane},
    scopes::Scope,
};

const ANY: Scope = Scope::Anywhere;
const CARD: Scope = Scope::Pane(Pane::Card);
const COMPARISON: Scope = Scope::Pane(Pane::Comparison);
const COVERAGE: Scope = Scope::Pane(Pane::Coverage);
const FINDINGS: Scope = Scope::Pane(Pane::Findings);
const FINDING: Scope = Scope::On(Overlay::Finding);
const WEIGHTS: Scope = Scope::On(Overlay::Weights);

pub(super) const ROWS: &[Spec] = &[
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
    row(Command::Copy(Piece::Cell), "copy-cell", "Copy what the cell says", &["y"], Section::Find, ANY)
        .needs(Needs::Cards)
        .words("yank clipboard value"),
    row(Command::Copy(Piece::Row), "copy-row", "Copy the row with its sources", &["Y"], Section::Find, ANY)
        .needs(Needs::Cards)
        .words("yank clipboard tabs"),
    row(
        Command::Copy(Piece::All(Format::Markdown)),
        "copy-md",
        "Copy the pane as Markdown",
        &["C m"],
        Section::Find,
        ANY,
    )
    .needs(Needs::Cards)
    .last_word("Markdown")
    .words("copy md clipboard"),
    row(
        Command::Copy(Piece::All(Format::Csv)),
        "copy-csv",
        "Copy the pane as CSV",
        &["C c"],
        Section::Find,
        ANY,
    )
    .needs(Needs::Cards)
    .last_word("CSV")
    .words("copy csv clipboard spreadsheet"),
    row(
        Command::Copy(Piece::All(Format::Json)),
        "copy-json",
        "Copy the pane as JSON",
        &["C j"],
        Section::Find,
        ANY,
    )
    .needs(Needs::Cards)
    .last_word("JSON")
    .words("copy json clipboard"),
    row(
        Command::Write(Paper::BriefingInMarkdown),
        "write-report",
        "Write the report in Markdown",
        &["W m"],
        Section::Find,
        ANY,
    )
    .hint("write report")
    .needs(Needs::Cards)
    .words("report briefing submission file save md"),
    row(
        Command::Write(Paper::BriefingInHtml),
        "write-report-html",
        "Write the report as a web page",
        &["W h"],
        Section::Find,
        ANY,
    )
    .needs(Needs::Cards)
    .words("report briefing submission file save html print"),
    row(
        Command::Write(Paper::DataPackage),
        "write-export",
        "Write all data as tidy CSV",
        &["W d"],
        Section::Find,
        ANY,
    )
    .needs(Needs::Cards)
    .words("export data package datapackage csv file save spreadsheet"),
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
    row(Command::DetailDown, "detail-down", "Scroll the indicator's detail", &["J"], Section::Move, CARD)
        .hint("detail down")
        .words("scroll question note sources trend distribution read"),
    row(Command::DetailUp, "detail-up", "Scroll the detail back up", &["K"], Section::Move, CARD)
        .words("scroll question note sources trend distribution read"),
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
    .hint("reset all")
    .needs(Needs::Cards)
    .words("default"),
    row(Command::Ranks, "ranks", "Scroll the ranks, or go back", &["tab"], Section::Look, WEIGHTS)
        .hint("ranks")
        .needs(Needs::Cards)
        .words("list rank score scroll"),
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
];
