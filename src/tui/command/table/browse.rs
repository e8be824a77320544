//! Commands that move, find, change the view and compare.

use super::row;
use crate::tui::{
    command::{
        Command,
        HelpSection::{Compare, Find, Look, Move},
        Needs, NewFile, Piece, Spec,
    },
    places::{Overlay, Pane},
    scopes::Scope,
};

const ANY: Scope = Scope::Anywhere;
const COMPARISON: Scope = Scope::Pane(Pane::Comparison);
const COVERAGE: Scope = Scope::Pane(Pane::Coverage);
const FINDINGS: Scope = Scope::Pane(Pane::Findings);
const FINDING: Scope = Scope::On(Overlay::Finding);
const WEIGHTS: Scope = Scope::On(Overlay::Weights);
const READING: Scope = Scope::On(Overlay::Reading);

pub(super) const ROWS: &[Spec] = &[
    row(Command::Down, "down", "Move down", &["j", "down"], Move, ANY).typing(&["down", "ctrl-n"]),
    row(Command::Up, "up", "Move up", &["k", "up"], Move, ANY).typing(&["up", "ctrl-p"]),
    row(Command::PageDown, "page-down", "Move a page down", &["pgdn", "ctrl-f", "ctrl-d"], Move, ANY)
        .typing(&["pgdn"]),
    row(Command::PageUp, "page-up", "Move a page up", &["pgup", "ctrl-b", "ctrl-u"], Move, ANY)
        .typing(&["pgup"]),
    row(Command::Top, "top", "Go to the top", &["g g", "home"], Move, ANY)
        .typing(&["home"])
        .words("first start"),
    row(Command::Bottom, "bottom", "Go to the bottom", &["G", "end"], Move, ANY)
        .typing(&["end"])
        .words("last end"),
    row(Command::Left, "left", "Move left", &["h", "left"], Move, ANY).words("previous pane subject"),
    row(Command::Right, "right", "Move right", &["l", "right"], Move, ANY).words("next pane subject"),
    row(Command::NextPane, "next-pane", "Go to the next box", &["tab"], Move, ANY)
        .hint("next box")
        .words("pane window part"),
    row(Command::PreviousPane, "previous-pane", "Go to the previous box", &["shift-tab"], Move, ANY)
        .words("pane window part"),
    row(Command::Go(Pane::Countries), "countries", "Show the countries", &["1"], Move, ANY).words("list"),
    row(Command::Go(Pane::Card), "card", "Show the card", &["2"], Move, ANY).words("indicators detail"),
    row(Command::Go(Pane::Comparison), "comparison", "Show the comparison", &["3"], Move, ANY)
        .words("side by side vis-a-vis"),
    row(Command::Go(Pane::Coverage), "coverage", "Show the coverage matrix", &["4"], Move, ANY)
        .words("missing matrix heatmap countries indicators"),
    row(Command::Go(Pane::Findings), "findings", "Show the findings", &["5"], Move, ANY)
        .words("share percent published sentence k of n"),
    row(Command::Go(Pane::Review), "review", "Show the review queue", &["7"], Move, ANY)
        .words("flags notes queue"),
    #[cfg(test)]
    row(Command::Go(Pane::Fake), "fake", "Show the pane of the tests", &["9"], Move, ANY),
    row(Command::Enter, "open", "Open what is selected", &["enter"], Move, ANY)
        .typing(&["enter"])
        .hint("open")
        .words("accept choose select"),
    row(Command::Back, "back", "Go back", &["esc"], Move, ANY).typing(&["esc"]).words("close cancel leave"),
    row(Command::Copy(Piece::Cell), "copy-cell", "Copy what the cell says", &["y"], Find, ANY)
        .needs(Needs::Cards)
        .words("yank clipboard value"),
    row(Command::Copy(Piece::Row), "copy-row", "Copy the row with its sources", &["Y"], Find, ANY)
        .needs(Needs::Cards)
        .words("yank clipboard tabs"),
    row(Command::Copy(Piece::All("md")), "copy-md", "Copy the pane as Markdown", &["C m"], Find, ANY)
        .needs(Needs::Cards)
        .last_word("Markdown")
        .words("copy md clipboard"),
    row(Command::Copy(Piece::All("csv")), "copy-csv", "Copy the pane as CSV", &["C c"], Find, ANY)
        .needs(Needs::Cards)
        .last_word("CSV")
        .words("copy csv clipboard spreadsheet"),
    row(Command::Copy(Piece::All("json")), "copy-json", "Copy the pane as JSON", &["C j"], Find, ANY)
        .needs(Needs::Cards)
        .last_word("JSON")
        .words("copy json clipboard"),
    row(
        Command::Write(NewFile::BriefingInMarkdown),
        "write-report",
        "Write the report in Markdown",
        &["W m"],
        Find,
        ANY,
    )
    .hint("write report")
    .last_word("report as Markdown")
    .needs(Needs::Cards)
    .words("report briefing submission file save md"),
    row(
        Command::Write(NewFile::BriefingInHtml),
        "write-report-html",
        "Write the report as a web page",
        &["W h"],
        Find,
        ANY,
    )
    .last_word("report as web page")
    .needs(Needs::Cards)
    .words("report briefing submission file save html print"),
    row(
        Command::Write(NewFile::Workbook),
        "write-workbook",
        "Write the cards as a workbook",
        &["W x"],
        Find,
        ANY,
    )
    .last_word("cards as workbook")
    .needs(Needs::Cards)
    .words("workbook excel xlsx spreadsheet file save libreoffice"),
    row(
        Command::Write(NewFile::DataPackage),
        "write-export",
        "Write all data as tidy CSV",
        &["W d"],
        Find,
        ANY,
    )
    .last_word("all data as CSV")
    .needs(Needs::Cards)
    .words("export data package datapackage csv file save spreadsheet"),
    row(Command::Search, "search", "Search in this list", &["/"], Find, ANY)
        .hint("search")
        .needs(Needs::Cards)
        .words("find filter fuzzy country indicator"),
    row(Command::NextMatch, "next-match", "Go to the next match", &["n"], Find, ANY)
        .needs(Needs::SearchText)
        .words("search again hit"),
    row(Command::PreviousMatch, "previous-match", "Go to the previous match", &["N"], Find, ANY)
        .needs(Needs::SearchText)
        .words("search again hit"),
    row(Command::ClearSearch, "clear-search", "Clear the search and filters", &["ctrl-l"], Find, ANY)
        .hint("clear")
        .needs(Needs::Narrowed)
        .words("filter reset all again"),
    row(Command::Show(Overlay::GoTo), "go-to", "Go to anything", &["ctrl-p"], Find, ANY)
        .hint("go to")
        .needs(Needs::Cards)
        .words("jump find country indicator edition cell"),
    row(Command::Sort, "sort", "Sort by the next column", &["s"], Look, ANY)
        .hint("sort")
        .needs(Needs::Cards)
        .words("order name gaps coverage"),
    row(Command::SortColumns, "sort-columns", "Sort the columns by gaps", &["S"], Look, COVERAGE)
        .needs(Needs::Cards)
        .words("order indicators"),
    row(Command::Show(Overlay::Filters), "filter", "Choose what is shown", &["f"], Look, ANY)
        .hint("filter")
        .needs(Needs::Cards)
        .words(
            "reason mark state kind author country no data absent empty withheld outdated only open resolved",
        ),
    row(Command::Pivot, "pivot", "Show one country's editions", &["P"], Look, COVERAGE)
        .hint("editions")
        .needs(Needs::Cards)
        .words("other pivot disappeared history turn matrix"),
    row(Command::Legend, "legend", "Show what the letters mean", &["L"], Look, COVERAGE)
        .hint("letters")
        .words("glyphs signs key legend"),
    row(Command::AsAssigned, "as-assigned", "Count gaps as reviewers say", &["a"], Look, COVERAGE)
        .needs(Needs::Cards)
        .words("assigned not applicable no data silent"),
    row(Command::Zoom, "zoom", "Zoom this box, or back", &["z"], Look, ANY)
        .hint("zoom")
        .words("whole screen maximise larger full"),
    row(Command::Fold, "fold", "Fold or unfold the goal", &["Z"], Look, ANY).words("collapse section goal"),
    row(Command::DetailDown, "detail-down", "Scroll the indicator's detail", &["J"], Move, ANY)
        .hint("detail down")
        .words("scroll question note sources trend distribution read"),
    row(Command::DetailUp, "detail-up", "Scroll the detail back up", &["K"], Move, ANY)
        .words("scroll question note sources trend distribution read"),
    row(Command::OlderEdition, "older-edition", "Go to the older edition", &["<"], Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("older")
        .words("year previous earlier"),
    row(Command::NewerEdition, "newer-edition", "Go to the newer edition", &[">"], Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("newer")
        .words("year next later"),
    row(Command::Show(Overlay::Groups), "group", "Choose the group of countries", &["ctrl-g"], Find, ANY)
        .hint("group")
        .needs(Needs::Cards)
        .words("filter region osce council of europe eu m49 subset all countries mine given my cards"),
    row(Command::Show(Overlay::Weights), "weights", "Weigh goals and see the ranks", &["w"], Look, ANY)
        .needs(Needs::Cards)
        .words("score rank ranking weights mean arithmetic geometric threshold"),
    row(Command::Show(Overlay::Sum), "sum", "Show the sum of this score", &["t"], Look, ANY)
        .needs(Needs::Cards)
        .words("score rank explain total why firm robust range ties weight left out"),
    row(
        Command::Show(Overlay::Finding),
        "new-finding",
        "Make a finding of this indicator",
        &["F"],
        Find,
        ANY,
    )
    .hint("new finding")
    .needs(Needs::Cards)
    .words("own ad-hoc count distribution countries where none partial"),
    row(Command::Choose, "choose", "Count this answer, or not", &["space", "x"], Find, FINDING)
        .hint("choose")
        .needs(Needs::Cards),
    row(Command::RemoveFinding, "remove-finding", "Remove this own finding", &["D"], Find, FINDINGS)
        .needs(Needs::Cards)
        .words("delete own ad-hoc"),
    row(Command::Heavier, "heavier", "Weigh it more", &["right", "l", "+"], Look, WEIGHTS)
        .hint("heavier")
        .needs(Needs::Cards),
    row(Command::Lighter, "lighter", "Weigh it less", &["left", "h", "-"], Look, WEIGHTS)
        .hint("lighter")
        .needs(Needs::Cards)
        .words("weight 0 leave out"),
    row(Command::OtherMean, "other-mean", "Take the other mean", &["m"], Look, WEIGHTS)
        .hint("mean")
        .needs(Needs::Cards)
        .words("arithmetic geometric score"),
    row(Command::ResetWeight, "reset-weight", "Weigh it as the framework does", &["r"], Look, WEIGHTS)
        .hint("reset")
        .needs(Needs::Cards),
    row(Command::ResetWeights, "reset-weights", "Weigh all as the framework does", &["D"], Look, WEIGHTS)
        .hint("reset all")
        .needs(Needs::Cards)
        .words("default"),
    row(Command::Ranks, "ranks", "Scroll the ranks, or go back", &["tab"], Look, WEIGHTS)
        .hint("ranks")
        .needs(Needs::Cards)
        .words("list rank score scroll"),
    row(Command::Compare, "compare", "Compare with…", &["c"], Compare, ANY)
        .hint("compare")
        .needs(Needs::Cards)
        .words("second country group median side by side"),
    row(Command::NextDifference, "next-difference", "Go to the next difference", &["]"], Compare, COMPARISON)
        .hint("difference")
        .needs(Needs::TwoSubjects),
    row(
        Command::PreviousDifference,
        "previous-difference",
        "Go to the previous difference",
        &["["],
        Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects),
    row(Command::Show(Overlay::Sources), "sources", "Show the sources, copy the URL", &["o"], Find, ANY)
        .hint("source")
        .needs(Needs::Cards)
        .words("url link address open web cite page"),
    row(Command::Show(Overlay::Reading), "reading", "How this table was read", &["i"], Look, ANY)
        .hint("how read")
        .needs(Needs::Table)
        .words("mapping columns roles import direction better order unit goal countries signs csv workbook"),
    row(Command::Change, "change", "Take the next choice", &["space", "right", "l"], Look, READING)
        .hint("change"),
    row(Command::ChangeBack, "change-back", "Take the choice before", &["left", "h"], Look, READING),
    row(Command::FillIn, "fill-in", "Fill in a country, unit, edition", &["e"], Look, READING)
        .hint("fill in"),
    row(Command::GoalOf, "goal-of", "Say the goal of this indicator", &["g"], Look, READING).hint("goal"),
    row(Command::KindOf, "kind-of", "Say the kind of this indicator", &["t"], Look, READING)
        .words("numbers categories dates texts levels"),
    row(Command::OrderBetter, "order-better", "Move this answer towards best", &["+"], Look, READING)
        .hint("higher"),
    row(Command::OrderWorse, "order-worse", "Move this answer towards worst", &["-"], Look, READING)
        .hint("lower"),
    row(Command::FindLine, "find-line", "Find a column or an indicator", &["/"], Look, READING).hint("find"),
    row(Command::SaveMapping, "save-mapping", "Save how it is read with the table", &["S"], Look, READING)
        .hint("save"),
    row(Command::NextGap, "next-gap", "Go to the next gap", &["}"], Find, ANY)
        .hint("gap")
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(Command::PreviousGap, "previous-gap", "Go to the previous gap", &["{"], Find, ANY)
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(Command::OnlyDifferences, "only-differences", "Show only differences", &["d"], Compare, COMPARISON)
        .hint("only differences")
        .needs(Needs::TwoSubjects)
        .words("filter hide equal"),
    row(Command::OnlyGaps, "only-gaps", "Show only gaps", &["m"], Look, ANY)
        .hint("only gaps")
        .needs(Needs::Cards)
        .words("filter missing data"),
    row(Command::Swap, "swap", "Swap the sides", &["x"], Compare, COMPARISON)
        .hint("swap")
        .needs(Needs::TwoSubjects)
        .words("exchange left right"),
    row(
        Command::Show(Overlay::EverySet),
        "every-set",
        "Compare these in every set",
        &["S"],
        Compare,
        COMPARISON,
    )
    .hint("all sets")
    .needs(Needs::ComparedInSets)
    .words("stack sets tables all other files blocks"),
    row(Command::AddSubject, "add-subject", "Add a third or fourth", &["a"], Compare, COMPARISON)
        .hint("add")
        .needs(Needs::TwoSubjects)
        .words("country group median edition"),
    row(
        Command::ReplaceSubject,
        "replace-subject",
        "Replace the side under the cursor",
        &["r"],
        Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects)
    .words("change country group"),
    row(
        Command::RemoveSubject,
        "remove-subject",
        "Remove the side under the cursor",
        &["D"],
        Compare,
        COMPARISON,
    )
    .needs(Needs::ThirdSubject),
];
