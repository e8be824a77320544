//! What can be said of the tables that are opened.

use std::path::PathBuf;

use clap::Args;

use crate::core::{
    cell::Gap,
    table_mapping::{ColumnRole, MappedBetter, MappedIndicator, Mapping},
};

/// How tables are read, before what is recognised and before the mapping that lies beside them.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Tables")]
pub struct TableArgs {
    /// The sheet of a workbook, or the member of an archive
    #[arg(long, value_name = "NAME", global = true)]
    pub sheet: Option<String>,
    /// The heading of the column of countries
    #[arg(long, value_name = "HEADING", global = true)]
    pub country_column: Option<String>,
    /// The heading of the column of editions
    #[arg(long, value_name = "HEADING", global = true)]
    pub edition_column: Option<String>,
    /// The heading of the column of indicators
    #[arg(long, value_name = "HEADING", global = true)]
    pub indicator_column: Option<String>,
    /// The heading of the column of values
    #[arg(long, value_name = "HEADING", global = true)]
    pub value_column: Option<String>,
    /// The edition of a table that states none
    #[arg(long, value_name = "EDITION", global = true)]
    pub undated: Option<String>,
    /// How the table is read, from this file; otherwise NAME.visavis.toml beside the table
    #[arg(long, value_name = "FILE", global = true)]
    pub mapping: Option<PathBuf>,
    /// Which numbers of an indicator are better: `gdp=higher`, `u5mr=lower`; may be repeated
    #[arg(long, value_name = "INDICATOR=WAY", value_parser = better, global = true)]
    pub better: Vec<(String, MappedBetter)>,
    /// What a sign means that stands where a value is missing: `"-=no-data"`; may be repeated
    #[arg(long, value_name = "SIGN=GAP", value_parser = missing, allow_hyphen_values = true, global = true)]
    pub missing: Vec<(String, Gap)>,
    /// The sign before decimals: a comma or a full stop
    #[arg(long, value_name = "SIGN", value_parser = [",", "."], global = true)]
    pub decimal: Option<String>,
    /// The encoding of the text, as browsers call it: windows-1252, iso-8859-2, utf-16le
    #[arg(long, value_name = "NAME", global = true)]
    pub encoding: Option<String>,
}

fn better(text: &str) -> Result<(String, MappedBetter), String> {
    let (indicator, way) = text.rsplit_once('=').ok_or("write INDICATOR=higher, =lower or =neither")?;
    let way = match way {
        "higher" => MappedBetter::Higher,
        "lower" => MappedBetter::Lower,
        "neither" => MappedBetter::Neither,
        _ => return Err("write higher, lower or neither behind the =".to_owned()),
    };
    Ok((indicator.to_owned(), way))
}

fn missing(text: &str) -> Result<(String, Gap), String> {
    let known = "no-data, not-assessed, not-applicable or withheld";
    let (sign, gap) =
        text.rsplit_once('=').ok_or_else(|| format!("write SIGN=GAP, with {known} as the gap"))?;
    let gap = Gap::from_id(gap)
        .filter(|gap| gap.can_be_written())
        .ok_or_else(|| format!("write {known} behind the ="))?;
    Ok((sign.to_owned(), gap))
}

impl TableArgs {
    /// What is said, without what the file of `--mapping` says.
    pub fn said(&self) -> Mapping {
        let columns = [
            (&self.country_column, ColumnRole::CountryName),
            (&self.edition_column, ColumnRole::Edition),
            (&self.indicator_column, ColumnRole::IndicatorName),
            (&self.value_column, ColumnRole::Value),
        ];
        let columns = columns.into_iter().filter_map(|(heading, role)| Some((heading.clone()?, role)));
        let better = self.better.iter().map(|(indicator, better)| {
            (indicator.clone(), MappedIndicator { better: Some(*better), ..MappedIndicator::default() })
        });
        Mapping {
            sheet: self.sheet.clone(),
            encoding: self.encoding.clone(),
            decimal: self.decimal.clone(),
            undated: self.undated.clone(),
            columns: columns.collect(),
            missing: self.missing.iter().map(|(sign, gap)| (sign.clone(), gap.id().to_owned())).collect(),
            indicators: better.collect(),
            ..Mapping::default()
        }
    }

    /// The first of these options that was given; `None` if none was.
    pub fn first_given(&self) -> Option<&'static str> {
        let given = [
            ("--sheet", self.sheet.is_some()),
            ("--country-column", self.country_column.is_some()),
            ("--edition-column", self.edition_column.is_some()),
            ("--indicator-column", self.indicator_column.is_some()),
            ("--value-column", self.value_column.is_some()),
            ("--undated", self.undated.is_some()),
            ("--mapping", self.mapping.is_some()),
            ("--better", !self.better.is_empty()),
            ("--missing", !self.missing.is_empty()),
            ("--decimal", self.decimal.is_some()),
            ("--encoding", self.encoding.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(name, _)| name)
    }
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  visavis import wdi.zip --plan
  visavis import scores.xlsx --sheet 2024 -o cards && visavis cards
  visavis import rates.csv --better rate=lower --missing '-=no-data' --strict

Exit codes:
  0  done
  1  with --strict: rows were left out
  2  no table, DIR is not empty, or input that cannot be read";

/// Write a table as a framework and cards, or say how it would be read
#[derive(Debug, Args)]
#[command(after_long_help = IMPORT_EXAMPLES)]
pub struct ImportArgs {
    /// The table: text, a workbook, an archive or JSON
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print how the table is read, as a mapping with what became what beside it, and write nothing else
    #[arg(long)]
    pub plan: bool,
    /// Exit with 1 when anything was left out
    #[arg(long)]
    pub strict: bool,
    /// The folder to write to, or the file of --plan
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Write although DIR is not empty, and replace the file of --plan
    #[arg(long, help_heading = "Output")]
    pub force: bool,
}
