//! Reports: the seam between screen and paper. Each view of the data is one value, and every format reads that.
//!
//! **Invariant.** A report is a pure reading of a data set: no file, no clock, no width, no colour.

mod context;
mod table;
mod vocabulary;
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
    changes::{ChangesReport, ChangesScope, moves_words},
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

/// The value of a report's document.
fn json_of(document: &impl serde::Serialize) -> serde_json::Value {
    // Texts, numbers and lists have a JSON form, always.
    serde_json::to_value(document).unwrap_or_default()
}

/// The JSON Schema of a report.
#[derive(Clone, Copy, Debug)]
pub struct ReportSchema {
    /// As the subcommand and the JSON's `report` have it.
    pub name: &'static str,
    pub schema: fn() -> schemars::Schema,
}

/// Every report that has a JSON form.
pub const REPORT_SCHEMAS: [ReportSchema; 1] =
    [ReportSchema { name: "missing", schema: schema_of::<missing::MissingJson> }];

/// The schema of what is written, where every member that is always there is required.
fn schema_of<T: schemars::JsonSchema>() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>()
}
