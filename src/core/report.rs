//! Reports: the seam between screen and paper. Each view of the data is one value, and every format reads that.
//!
//! **Invariant.** A report is a pure reading of a data set: no file, no clock, no width, no colour.

mod context;
mod table;
mod cell;
mod compare;
mod card;
mod check;
mod findings;
mod missing;
mod changes;
mod briefing;
mod overview;
mod rank;
mod tidy;

pub use self::{
    briefing::{Block, Briefing, BriefingColumnKind as CellHolds, BriefingSection, Document, Rows},
    card::CardReport,
    changes::{About, ChangesReport, moves_words},
    check::{CheckReport, PROBLEM_RECORDS, problem_fields, problem_json},
    compare::{CompareReport, Only, counted},
    context::{Context, TOOL},
    findings::FindingsReport,
    missing::{By, MissingReport},
    overview::OverviewReport,
    rank::{RANKS_SAY_LITTLE, RankReport, rules_words, why_words},
    table::{Align, Cited, Column, Field, Shown, Table, number_words, ranges, source_line},
    tidy::{TABLES, Tidy, TidyColumnKind, TidyTable, gap_codes},
};

/// One view of the data, ready to be printed in any format.
pub trait Report {
    /// One word, as the subcommand and the JSON's `report` say it.
    fn name(&self) -> &'static str;

    /// Rows and columns, for people and for spreadsheets.
    fn table(&self) -> Table;

    /// The stable JSON: raw values, starting from [`Context::json`].
    fn json(&self) -> serde_json::Value;
}
