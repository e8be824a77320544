//! The arguments of the subcommands that print reports on cards.

use std::path::PathBuf;

use clap::{
    Args, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser},
};
use strum::IntoEnumIterator as _;

use super::{OutputArgs, To};
use crate::core::{
    cell::{Gap, MARKS},
    changes::ChangeKind,
    coverage::CoverageFilter,
    framework::HEAVIEST,
};
use crate::export as formats;
use crate::text::did_you_mean;

const SHOW_EXAMPLES: &str = "\
Examples:
  visavis show ALB
  visavis show Türkiye@2010 -d sample-data/osce-2009-2012
  visavis show ALB@2016 ALB@2022 --format csv -o albania.csv
  visavis show --group IRL,SWE,DNK --edition 2010

Exit codes:
  0  done
  2  no such country or edition, or input that cannot be read";

/// Print cards: each indicator with its value or gap, notes and sources, by goal
#[derive(Debug, Args)]
#[command(after_long_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// A code or a name, and after `@` an edition; otherwise the newest card. Without one, those of `--group`
    #[arg(value_name = "COUNTRY[@EDITION]", required_unless_present = "group")]
    pub countries: Vec<String>,
    #[command(flatten)]
    pub reviews: ReviewsArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

const COMPARE_EXAMPLES: &str = "\
Examples:
  visavis compare IRL@2010 SWE@2010 -d sample-data/osce-2009-2012
  visavis compare ALB group:europe --only differences
  visavis compare --group IRL,SWE,DNK --edition 2010
  visavis compare THA@2016 THA@2022 --exit-code --format json
  visavis compare SWE NOR -d freedom.xlsx -d health.zip -d cards

Exit codes:
  0  done
  1  with --exit-code: at least one indicator differs
  2  no such subject, or input that cannot be read";

/// Hold two or more countries, editions or groups side by side, one verdict an indicator
///
/// Of several sets, each is a block under its title and in its own edition (the report compare-sets); --set chooses one.
#[derive(Debug, Args)]
#[command(after_long_help = COMPARE_EXAMPLES)]
pub struct CompareArgs {
    /// A country (THA, Türkiye), one edition of it (THA@2013), or a group's median (group:osce@2010). Without one, the
    /// members of `--group`; one alone is held against the group's median
    #[arg(value_name = "SUBJECT", required_unless_present = "group")]
    pub subjects: Vec<String>,
    /// Only the indicators with differences, or with gaps
    #[arg(long, value_enum, value_name = "WHICH")]
    pub only: Option<OnlyArg>,
    /// Only these indicators, by id or title; may be repeated
    #[arg(long, value_name = "ID")]
    pub indicator: Vec<String>,
    /// Exit with 1 when any indicator differs
    #[arg(long)]
    pub exit_code: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnlyArg {
    Differences,
    Gaps,
}

const FINDINGS_EXAMPLES: &str = "\
Examples:
  visavis findings -d sample-data/progress-cards-2010
  visavis findings -d sample-data/osce-2009-2012 --edition 2010 --group europe
  visavis findings opsc-signed-only --group IRL,SWE,DNK --format json

Exit codes:
  0  done
  2  no such finding, edition or group, or input that cannot be read";

/// Count the framework's findings over a group: k of n assessed, beside the figure once published
#[derive(Debug, Args)]
#[command(after_long_help = FINDINGS_EXAMPLES)]
pub struct FindingsArgs {
    /// Only these findings
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

const MISSING_EXAMPLES: &str = "\
Examples:
  visavis missing --by country
  visavis missing --by reason --edition 2016
  visavis missing --only no-data,unsourced --format csv -o missing.csv
  visavis missing --group europe --fail-over 20%

Exit codes:
  0  done
  1  with --fail-over: more is missing than that
  2  no such reason, edition or group, or input that cannot be read";

/// List what is missing and why, cell by cell or summed up; not applicable leaves every count
#[derive(Debug, Args)]
#[command(after_long_help = MISSING_EXAMPLES)]
pub struct MissingArgs {
    /// Sum up instead of listing every cell
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<ByArg>,
    /// Only these reasons or marks: no-data, absent, empty, not-assessed, unsourced, outdated …
    #[arg(long, value_name = "REASON,…", value_delimiter = ',', value_parser = reason)]
    pub only: Vec<CoverageFilter>,
    /// Exit with 1 when a larger share of the cells is missing
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub fail_over: Option<f64>,
    /// Count absent and empty cells as reviewers say they are
    #[arg(long)]
    pub as_assigned: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `--by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ByArg {
    Country,
    Indicator,
    Goal,
    Reason,
}

/// `--by` of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChangesByArg {
    Country,
    Indicator,
    Goal,
}

const CHANGES_EXAMPLES: &str = "\
Examples:
  visavis changes
  visavis changes 2010 2012 -d sample-data/osce-2009-2012 --only improved,worsened
  visavis changes --each --by goal --group europe
  visavis changes 2010 2012 --country IRL --indicator opsc -d sample-data/osce-2009-2012
  visavis changes 2016 2022 --format csv -o changes.csv

Exit codes:
  0  done
  2  no such edition or group, fewer than two editions, or input that cannot be read";

/// Say what improved, worsened, appeared and disappeared between two editions, or from each to the next
#[derive(Debug, Args)]
#[command(after_long_help = CHANGES_EXAMPLES)]
pub struct ChangesArgs {
    /// The edition to start from; otherwise the one before TO
    #[arg(value_name = "FROM")]
    pub from: Option<String>,
    /// The edition to end with, as --edition says too; otherwise the newest
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// Every edition against the one before it, from FROM (or the oldest) to TO
    #[arg(long)]
    pub each: bool,
    /// Only this country; may be repeated
    #[arg(long, value_name = "COUNTRY")]
    pub country: Vec<String>,
    /// Only this indicator, by id or title; may be repeated
    #[arg(long, value_name = "ID")]
    pub indicator: Vec<String>,
    /// Sum up by country, indicator or goal instead of listing every cell
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<ChangesByArg>,
    /// Only these: improved, worsened, differs, appeared, disappeared, equal, not-comparable
    #[arg(long, value_name = "CHANGE,…", value_delimiter = ',', value_parser = change)]
    pub only: Vec<ChangeKind>,
    #[command(flatten)]
    pub output: OutputArgs,
}

fn change(text: &str) -> Result<ChangeKind, String> {
    ChangeKind::iter().find(|kind| kind.id() == text.trim()).ok_or_else(|| {
        let known: Vec<&str> = ChangeKind::iter().map(ChangeKind::id).collect();
        format!("a change is one of {}{}", known.join(", "), did_you_mean(text, known.iter().copied()))
    })
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  visavis export
  visavis export out --edition 2010 --group osce -d sample-data/osce-2009-2012

Exit codes:
  0  done
  2  DIR is not empty, or cannot be written; no such edition or group, or input that cannot be read";

/// Write the whole data set as tidy CSV, a row a cell, with a datapackage.json that says what every code means
#[derive(Debug, Args)]
#[command(after_long_help = EXPORT_EXAMPLES)]
pub struct ExportArgs {
    /// A folder that is empty or not there yet
    #[arg(value_name = "DIR", default_value = "visavis-export")]
    pub folder: PathBuf,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Begin each CSV with a byte order mark, which Excel wants to read UTF-8 on a double click
    #[arg(long)]
    pub bom: bool,
    #[command(flatten)]
    pub reviews: ReviewsArgs,
}

/// What a report about the data tells of the review.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct ReviewsArgs {
    /// Tell how far the review of each card has come: k of n cells, open flags, sign-off
    #[arg(long, value_enum, value_name = "HOW", num_args = 0..=1, default_missing_value = "say", require_equals = true)]
    pub reviews: Option<ReviewsArg>,
}

/// `--reviews`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewsArg {
    /// Say how many cells are reviewed by as many as are asked for
    Say,
    /// And mark what is not: cells; in a briefing on a group, cards that are not approved
    Mark,
    /// Leave out what is not, and say how much that is
    Only,
}

const BRIEFING_EXAMPLES: &str = "\
Examples:
  visavis report --group osce --edition 2010 -d sample-data/osce-2009-2012
  visavis report -o briefing.html
  visavis report --country ALB
  visavis report --compare ALB@2016 ALB@2022 -o albania.html
  visavis report --format json | jq '.missing.by_reason'

Exit codes:
  0  done
  2  no such edition, group or country, FILE exists, or input that cannot be read";

/// Write a briefing on a group and an edition, on one country, or on two: in short, findings or cards, what is missing,
/// changes, sources
#[derive(Debug, Args)]
#[command(after_long_help = BRIEFING_EXAMPLES)]
pub struct BriefingArgs {
    /// On one country, and after `@` an edition; otherwise its newest card. Its JSON is that of `show`
    #[arg(long, value_name = "COUNTRY[@EDITION]", conflicts_with = "compare")]
    pub country: Option<String>,
    /// On two subjects side by side, named as for `compare`; the JSON is that of `compare`
    #[arg(long, value_name = "SUBJECT", num_args = 2)]
    pub compare: Vec<String>,
    #[command(flatten)]
    pub reviews: ReviewsArgs,
    /// The format; otherwise as the ending of FILE says, or Markdown
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_parser = PossibleValuesParser::new(briefing_formats()))]
    pub format: Option<String>,
    #[command(flatten)]
    pub to: To,
}

/// Those that a briefing is written in, as the formats are told elsewhere.
fn briefing_formats() -> Vec<PossibleValue> {
    formats::of_briefings().map(|(format, _)| super::format_value(format)).collect()
}

const RANK_EXAMPLES: &str = "\
Examples:
  visavis rank --group europe
  visavis rank --goal prevention --edition 2016 --format csv -o ranks.csv
  visavis rank --indicator opsc -d sample-data/osce-2009-2012
  visavis rank --weight prevention=2 --weight opsc=0 --geometric
  visavis rank --explain ALB

Exit codes:
  0  done
  2  no such goal, indicator, edition or group, nothing to rank by, or input that cannot be read";

/// Rank the countries of a group by their score, a goal's, or one indicator; who cannot be ranked says why
#[derive(Debug, Args)]
#[command(after_long_help = RANK_EXAMPLES)]
pub struct RankArgs {
    /// By the score over all goals; what is done when nothing else is asked for
    #[arg(long, conflicts_with_all = ["goal", "indicator"])]
    pub overall: bool,
    /// By the score of this goal, by id or title
    #[arg(long, value_name = "ID")]
    pub goal: Option<String>,
    /// By the values of this indicator, by id or title
    #[arg(long, value_name = "ID", conflicts_with = "goal")]
    pub indicator: Option<String>,
    /// Open scores to their sums, with how firm each is and how far its rank moves: of this country, or of all
    #[arg(long, value_name = "COUNTRY", num_args = 0..=1, conflicts_with = "indicator")]
    pub explain: Option<Option<String>>,
    #[command(flatten)]
    pub rules: RulesArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// How scores are made, where not as the framework says.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Scores")]
pub struct RulesArgs {
    /// What a goal or an indicator weighs, from 0 (left out) to 1000, by id or title; goal:ID and indicator:ID tell two of
    /// one name apart; may be repeated
    #[arg(long, value_name = "ID=WEIGHT", value_parser = weight)]
    pub weight: Vec<(String, f64)>,
    /// Take the geometric mean, of values scaled to 1–100, in which strength makes up less for weakness
    #[arg(long)]
    pub geometric: bool,
    /// How much must be given before there is a score
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub threshold: Option<f64>,
}

/// `prevention=2`.
fn weight(text: &str) -> Result<(String, f64), String> {
    let read = || {
        let (id, digits) = text.rsplit_once('=')?;
        let weight = digits.trim().parse().ok().filter(|weight| (0.0..=HEAVIEST).contains(weight))?;
        Some((id.trim().to_owned(), weight)).filter(|(id, _)| !id.is_empty())
    };
    read().ok_or_else(|| {
        "a goal or an indicator and its weight from 0 to 1000, such as prevention=2".to_owned()
    })
}

fn reason(text: &str) -> Result<CoverageFilter, String> {
    CoverageFilter::from_id(text.trim()).ok_or_else(|| {
        let reasons = Gap::iter().map(Gap::id);
        let known: Vec<&str> = reasons.chain(MARKS.iter().map(|known| known.id)).collect();
        format!(
            "a reason or a mark is one of {}{}",
            known.join(", "),
            did_you_mean(text, known.iter().copied())
        )
    })
}

/// `20%`, `20 %`, `7.5`.
fn percent(text: &str) -> Result<f64, String> {
    let digits = text.trim().trim_end_matches('%').trim_end();
    let percent = digits.parse().ok().filter(|percent| (0.0..=100.0).contains(percent));
    percent.ok_or_else(|| "a percentage from 0 to 100, such as 20%".to_owned())
}
