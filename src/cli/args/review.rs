//! The arguments of the subcommands about reviews: `flags` and `journal`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, builder::PossibleValuesParser};
use strum::IntoEnumIterator as _;

use super::OutputArgs;
use crate::{core::cell::Gap, review::FlagKind};

const FLAGS_EXAMPLES: &str = "\
Examples:
  visavis flags list --kind missing-data
  visavis flags add ALB@2022 opsc --note 'the 2021 survey has it'
  visavis flags resolve ana-7f3k2m9x.0_k3f9z-17
  visavis flags digest --since 2026-11-01
  visavis flags export --format csv -o reviews.csv

Exit codes:
  0  done; what was to be kept is on the disk
  2  no such subject or flag, or it could not be read or kept";

/// Say what a reviewer says without the screen: flags, notes, reviews, assigned gaps
#[derive(Debug, Args)]
#[command(after_long_help = FLAGS_EXAMPLES)]
pub struct FlagsArgs {
    #[command(subcommand)]
    pub action: FlagsAction,
}

#[derive(Debug, Subcommand)]
pub enum FlagsAction {
    /// Print flags, each with the notes on the same cell; --author and --edition choose among them
    List(WhichArgs),
    /// Flag a cell, a card or an indicator, and print the flag's id
    Add {
        #[command(flatten)]
        on: OnArgs,
        /// Otherwise missing-data where the cell is a gap, and question elsewhere
        #[arg(long, value_name = "KIND", value_parser = kinds())]
        kind: Option<String>,
        /// What is wrong, in words
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Say that flags are dealt with
    Resolve {
        #[command(flatten)]
        what: WhatArgs,
        /// How, in words
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Say that flags are not dealt with after all
    Reopen(WhatArgs),
    /// Write a note on a cell, a card or an indicator
    Note {
        #[command(flatten)]
        on: OnArgs,
        #[arg(long, value_name = "TEXT")]
        text: String,
    },
    /// Mark a cell as reviewed as it now is
    Review(OnArgs),
    /// Say what a gap really is: kept beside the card, never over it
    Assign {
        #[command(flatten)]
        on: OnArgs,
        /// The reason, or nothing to take an assignment back
        #[arg(long = "as", value_name = "REASON", value_parser = reasons())]
        reason: String,
    },
    /// Take back what was written last by this author
    Undo,
    /// Print what reviewers have said and settled, conflicts first: Markdown, to paste into a mail
    Digest {
        /// Only what was said or settled on this day or later, such as 2026-11-01
        #[arg(long, value_name = "DATE")]
        since: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Print everything that was ever said: flags, notes, reviews, assignments, and what undid them
    Export(OutputArgs),
}

/// What is spoken of.
#[derive(Debug, Args)]
pub struct OnArgs {
    /// A code or a name, and after `@` an edition; `@2022` alone means every card of it
    #[arg(value_name = "COUNTRY[@EDITION]")]
    pub subject: String,
    /// The id of an indicator; otherwise the whole card
    #[arg(value_name = "INDICATOR")]
    pub indicator: Option<String>,
}

/// Which flags are meant.
#[derive(Debug, Args)]
pub struct WhatArgs {
    /// As `flags list` prints them
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
}

/// Which flags are listed.
#[derive(Debug, Args)]
pub struct WhichArgs {
    #[arg(long, value_enum, value_name = "STATE", default_value_t)]
    pub state: StateArg,
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Option<String>,
    /// Only flags on this country, by code or name
    #[arg(long, value_name = "COUNTRY")]
    pub country: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `--state`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StateArg {
    /// Also those that somebody resolved while somebody else reopened them
    #[default]
    Open,
    Resolved,
    All,
}

const JOURNAL_EXAMPLES: &str = "\
Examples:
  visavis journal check
  visavis journal check shared/reviews --format json

Exit codes:
  0  every line is whole
  1  something is damaged
  2  a folder or a file cannot be read";

/// Look after the files that reviews are kept in
#[derive(Debug, Args)]
#[command(after_long_help = JOURNAL_EXAMPLES)]
pub struct JournalArgs {
    #[command(subcommand)]
    pub action: JournalAction,
}

#[derive(Debug, Subcommand)]
pub enum JournalAction {
    /// Read every line of every journal and name those that are damaged
    Check {
        /// Otherwise the one that --journal names, or all in the state directory
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(FlagKind::iter().map(FlagKind::id))
}

fn reasons() -> PossibleValuesParser {
    PossibleValuesParser::new(Gap::iter().filter(|gap| gap.can_be_written()).map(Gap::id).chain(["nothing"]))
}
