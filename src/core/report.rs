//! Reports: the seam between screen and paper. Each view of the data is one value, and every format reads that.
//!
//! **Invariant.** A report is a pure reading of a data set: no file, no clock, no width, no colour.

use schemars::{generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;

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
mod overview;
mod rank;
mod briefing;
mod explain;
mod tidy;

pub use self::{
    briefing::{
        Block, Briefing, BriefingColumnKind as CellHolds, BriefingSection, Chart, ChartBar, ChartPart,
        ChartPartKind, CountryBriefing, Document, PairBriefing, Paper, Rows,
    },
    card::CardReport,
    changes::{ChangesReport, ChangesScope, moves_words},
    check::{CheckReport, ProblemJson, of_problems},
    compare::{CompareReport, CompareSetsReport, ComparedSet, Only},
    context::{About, Context, TOOL},
    explain::{ExplainKind, ExplainReport, ExplainRow},
    findings::FindingsReport,
    missing::{By, MissingReport},
    overview::OverviewReport,
    rank::{RANKS_SAY_LITTLE, RankReport, rules_words, why_words},
    table::{Align, Cited, Column, Field, Filling, Shown, Table, number_words, ranges, source_line},
    tidy::{Tidy, TidyColumnKind, TidyTable, gap_codes},
    vocabulary::{closed_list, gap_or_null, open_list},
};

/// One view of the data, ready to be printed in any format.
pub trait Report {
    /// One word, as the subcommand and the JSON's `report` say it.
    fn name(&self) -> &'static str;

    /// Rows and columns, for people and for spreadsheets.
    fn table(&self) -> Table;

    /// The stable JSON: raw values, starting from [`Context::about`].
    fn json(&self) -> Value;

    /// The same in parts, if one of its lists may be too long to be held at once; `None` if not.
    fn json_in_parts(&self) -> Option<JsonParts<'_>> {
        None
    }
}

/// A document without the items of one of its lists, and these one by one.
pub struct JsonParts<'a> {
    pub whole: Value,
    /// The member whose list is left empty in `whole`.
    pub list: &'static str,
    /// Each as JSON with two spaces a level and its members by name, as those of `whole` are.
    pub items: Box<dyn Iterator<Item = String> + 'a>,
}

impl std::fmt::Debug for JsonParts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonParts").field("whole", &self.whole).field("list", &self.list).finish()
    }
}

/// The value of a report's document.
pub fn json_of(document: &impl serde::Serialize) -> Value {
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
pub const REPORT_SCHEMAS: [ReportSchema; 11] = [
    ReportSchema { name: "overview", schema: schema_of::<overview::OverviewJson<'_>> },
    ReportSchema { name: "compare", schema: compare_schema },
    ReportSchema { name: "compare-sets", schema: compare_sets_schema },
    ReportSchema { name: "show", schema: || of_version("show", schema_of::<card::ShowJson<'_>>()) },
    ReportSchema { name: "check", schema: schema_of::<check::CheckJson<'_>> },
    ReportSchema {
        name: "findings",
        schema: || of_version("findings", schema_of::<findings::FindingsJson<'_>>()),
    },
    ReportSchema { name: "missing", schema: schema_of::<missing::MissingJson> },
    ReportSchema {
        name: "changes",
        schema: || of_version("changes", schema_of::<changes::ChangesJson<'_>>()),
    },
    ReportSchema { name: "rank", schema: schema_of::<rank::RankJson<'_>> },
    ReportSchema { name: "explain", schema: schema_of::<explain::ExplainJson<'_>> },
    ReportSchema {
        name: "report",
        schema: || of_version("report", schema_of::<briefing::BriefingJson<'_>>()),
    },
];

fn compare_schema() -> schemars::Schema {
    with_medians(of_version("compare", schema_of::<compare::CompareJson<'_>>()))
}

fn compare_sets_schema() -> schemars::Schema {
    let mut schema = with_medians(schema_of::<compare::CompareSetsJson<'_>>());
    if let Some(version) = schema.pointer_mut("/$defs/CompareJson/properties/schema/const") {
        *version = context::schema_version("compare").into();
    }
    schema
}

/// The schema of a comparison: of its cells, a median may have two levels and then no one level.
fn with_medians(mut schema: schemars::Schema) -> schemars::Schema {
    if let Some(level) = schema.pointer_mut("/$defs/Cell/properties/level/type") {
        *level = serde_json::json!(["string", "null"]);
    }
    schema
}

/// The schema with the version of the report's JSON.
pub fn of_version(report: &str, mut schema: schemars::Schema) -> schemars::Schema {
    if let Some(version) = schema.pointer_mut("/properties/schema/const") {
        *version = context::schema_version(report).into();
    }
    schema
}

/// The schema of what is written: a member that is always there is required, one that may be left out is never null.
pub fn schema_of<T: schemars::JsonSchema>() -> schemars::Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(without_null_where_left_out));
    settings.into_generator().into_root_schema_for::<T>()
}

fn without_null_where_left_out(schema: &mut schemars::Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|names| names.contains(&name.into()));
    let members = schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, member) in members.filter(|(name, _)| !is_required(name)) {
        if let Some(Value::Array(types)) = member.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = &types[..] {
                let only = only.clone();
                member["type"] = only;
            }
        }
        if let Some(Value::Array(any)) = member.get_mut("anyOf") {
            any.retain(|one| one["type"] != "null");
        }
    }
}
