//! The arguments of the subcommands about reviews: `flags` and `journal`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, builder::PossibleValuesParser};
use strum::IntoEnumIterator as _;

use super::OutputArgs;
use crate::{
    core::cell::Gap,
    review::{
        FlagKind, SignOffStage,
        queue::{QueueKind, Stage},
    },
};

const FLAGS_EXAMPLES: &str = "\
Examples:
  visavis flags list --kind missing-data --sort country
  visavis flags list --state conflict
  visavis flags add ALB@2022 opsc --note 'the 2021 survey has it'
  visavis flags ask ana-7f3k2m9x.0_k3f9z-17 --to Ben --due 2026-12-01
  visavis flags resolve ana-7f3k2m9x.0_k3f9z-17 --note 'page 3'
  visavis flags review ALB
  visavis flags give ALB UZB --to Ben
  visavis flags sign-off ALB --as approved
  visavis flags progress --by author
  visavis flags digest --since 2026-11-01
  visavis flags export --format csv -o reviews.csv

Exit codes:
  0  done; what was to be kept is on the disk
  2  no such subject or flag, or it could not be read or kept";

/// Say what a reviewer says without the screen: flags, notes, reviews, assigned gaps, sign-offs
#[derive(Debug, Args)]
#[command(after_long_help = FLAGS_EXAMPLES)]
pub struct FlagsArgs {
    #[command(subcommand)]
    pub action: FlagsAction,
}

#[derive(Debug, Subcommand)]
pub enum FlagsAction {
    /// Print what reviewers have said and what is left to do, each with the notes on the same cell
    List(ListArgs),
    /// Print how far the review of an edition has come: k of n cells, and what is left to do
    Progress {
        /// What a row is about
        #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
        by: ProgressArg,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Flag a cell, a card or an indicator, and print the flag's id
    Add {
        #[command(flatten)]
        on: OnArgs,
        /// Otherwise missing-data where the cell is a gap, and question elsewhere
        #[arg(long, value_name = "KIND", value_parser = flag_kinds())]
        kind: Option<String>,
        /// What is wrong, in words; - reads them from standard input
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        #[command(flatten)]
        ask: AskArgs,
    },
    /// Ask somebody to deal with flags, by a day if one is named
    #[command(group(clap::ArgGroup::new("whom").required(true).multiple(true).args(["to", "due", "nobody"])))]
    Ask {
        #[command(flatten)]
        what: WhatArgs,
        #[command(flatten)]
        ask: AskArgs,
        /// Ask nobody in particular any more
        #[arg(long, conflicts_with_all = ["to", "due"])]
        nobody: bool,
    },
    /// Say that flags are dealt with
    Resolve {
        #[command(flatten)]
        what: WhatArgs,
        /// How, in words; - reads them from standard input
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Say that flags are not dealt with after all
    Reopen(WhatArgs),
    /// Write a note on a cell, a card or an indicator
    Note {
        #[command(flatten)]
        on: OnArgs,
        /// The note; - reads it from standard input
        #[arg(long, value_name = "TEXT")]
        text: String,
    },
    /// Mark a cell as reviewed as it now is, or all cells of a card
    Review(OnArgs),
    /// Say what a gap really is: kept beside the card, never over it
    Assign {
        #[command(flatten)]
        on: OnArgs,
        /// The reason, or nothing to take an assignment back
        #[arg(long = "as", value_name = "REASON", value_parser = reasons())]
        reason: String,
    },
    /// Say how far the review of cards has come: checked, approved, or sent back with a reason
    SignOff {
        #[command(flatten)]
        cards: CardsArgs,
        /// The stage; open takes a sign-off back
        #[arg(long = "as", value_name = "STAGE", value_parser = stages(), default_value = "checked")]
        stage: String,
        /// Why, in words; needed to send a card back; - reads them from standard input
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Give cards to somebody to review
    Give {
        #[command(flatten)]
        cards: CardsArgs,
        /// Whose cards they are: a name as it stands under what they say
        #[arg(long, value_name = "NAME", required_unless_present = "nobody")]
        to: Option<String>,
        /// Take them back
        #[arg(long, conflicts_with = "to")]
        nobody: bool,
    },
    /// Take back what was written last by this author
    Undo,
    /// Print what reviewers have said and settled, conflicts first: Markdown, to paste into a mail
    Digest {
        /// Only what was said or settled on this day or later, such as 2026-11-01
        #[arg(long, value_name = "DATE", conflicts_with = "since_last")]
        since: Option<String>,
        /// Only what was in no digest of --since-last before, on this machine
        #[arg(long)]
        since_last: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Print everything that was ever said: flags, notes, reviews, assignments, sign-offs, and what undid them
    Export {
        #[command(flatten)]
        which: WhichArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
}

/// What is spoken of.
#[derive(Debug, Args)]
pub struct OnArgs {
    /// A code or a name, and after `@` an edition; `@2022` alone means every card of it
    #[arg(value_name = "COUNTRY[@EDITION]")]
    pub subject: String,
    /// The id or the title of an indicator; otherwise the whole card
    #[arg(value_name = "INDICATOR")]
    pub indicator: Option<String>,
}

/// Which cards are meant.
#[derive(Debug, Args)]
pub struct CardsArgs {
    /// Codes or names, each with an edition after `@` if it is not the newest
    #[arg(value_name = "COUNTRY[@EDITION]", required = true)]
    pub cards: Vec<String>,
}

/// Which flags are meant.
#[derive(Debug, Args)]
pub struct WhatArgs {
    /// As `flags list` prints them
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
}

/// Who is asked to deal with a flag.
#[derive(Debug, Default, Args)]
pub struct AskArgs {
    /// Who is asked to deal with it
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// By when, such as 2026-12-01
    #[arg(long, value_name = "DATE")]
    pub due: Option<String>,
}

/// What is printed. --edition and --group choose too.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is printed")]
pub struct WhichArgs {
    /// What is left to do, or what is not; open unless everything is exported
    #[arg(long, value_name = "STATE", value_parser = states())]
    pub state: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = queue_kinds())]
    pub kind: Option<String>,
    /// Only about this country, by code or name
    #[arg(long, value_name = "COUNTRY")]
    pub country: Option<String>,
    /// Only about this indicator, by id or title
    #[arg(long, value_name = "INDICATOR")]
    pub indicator: Option<String>,
    /// Only what this person has said, by the name under it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Only what this person is asked to deal with
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// Only what was said or resolved on this day or later, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only what has all these words in it, or in the notes beside it
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
}

/// What is listed, and in which order.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub which: WhichArgs,
    /// The order of the rows; those that are alike in it stand newest first
    #[arg(long, value_enum, value_name = "BY", default_value_t, help_heading = "What is printed")]
    pub sort: SortArg,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `--sort`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SortArg {
    #[default]
    Date,
    Country,
    Kind,
    Author,
}

/// `flags progress --by`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProgressArg {
    #[default]
    Country,
    Indicator,
    Author,
}

const JOURNAL_EXAMPLES: &str = "\
Examples:
  visavis journal status --journal reviews
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
    /// Say how much of your own is not committed to git yet, and what others have said since you last looked
    Status {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Read every line of every journal, and name those that are damaged and times that cannot be right
    Check {
        /// Otherwise the one that --journal names, or all in the state directory
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

fn flag_kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(FlagKind::iter().map(FlagKind::id))
}

fn queue_kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(QueueKind::all().map(QueueKind::id))
}

fn states() -> PossibleValuesParser {
    PossibleValuesParser::new(Stage::iter().map(Stage::id))
}

fn stages() -> PossibleValuesParser {
    PossibleValuesParser::new(SignOffStage::iter().map(SignOffStage::id))
}

fn reasons() -> PossibleValuesParser {
    PossibleValuesParser::new(Gap::iter().filter(|gap| gap.can_be_written()).map(Gap::id).chain(["nothing"]))
}
