//! The command line: one declaration behind parsing, help, man pages, completions and docs/cli.md.

use std::path::PathBuf;

use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{NonEmptyStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser},
};
use strum::IntoEnumIterator as _;

use super::{
    color_support::ColorChoice,
    config::Config,
    themes::{self, Themed},
};
use crate::{
    core::{
        json::Limits,
        read::{INPUTS, Input},
    },
    export::FORMATS,
    review::report::report_schemas,
    tui::{command::Elsewhere, places::Pane},
};

const EXAMPLES: &str = "\
Examples:
  visavis                                   cards or tables of this folder, or the sample
  visavis cards/ framework.json             these files and folders
  visavis --watch cards/                    read again whenever a file changes
  visavis compare IRL@2010 SWE@2010         two countries side by side
  visavis compare THA@2016 THA@2022         one country in two editions
  visavis show ALB --format md -o alb.md    a card as Markdown
  visavis check cards/                      what is wrong with the files
  visavis --plain --where 'opsc=no'         who answers so, and how many could not be judged

Exit codes:
  0    done
  1    what was asked to be checked was found (check, compare --exit-code)
  2    wrong usage, or input that cannot be read
  130  interrupted";

/// Examples and exit codes, and what can be opened.
fn main_help() -> String {
    let about = |input: &&Input| format!("  {:<13} {}", input.name, input.about);
    let opened: Vec<String> = INPUTS.iter().map(about).collect();
    format!("What is opened, told by its content:\n{}\n\n{EXAMPLES}", opened.join("\n"))
}

/// Review and compare countries: progress cards side by side, with every gap shown and named.
///
/// Without a subcommand the terminal interface opens. Without a path it opens the cards in the current folder, or an
/// embedded sample, labelled so. Cards are never written.
#[derive(Debug, Parser)]
#[command(name = "visavis", bin_name = "visavis", version, subcommand_precedence_over_arg = true)]
#[command(after_long_help = main_help())]
pub struct Cli {
    /// Files, folders or globs to open; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read the files again by themselves when they change
    #[arg(long)]
    pub watch: bool,
    /// Begin at the newest edition, not where the last session with these files ended
    #[arg(long)]
    pub fresh: bool,
    /// List only the countries that answer so: `opsc=no`, `"tip-tier>=tier-2 !gap(opsc)"`; see the README, Filter by
    /// answer
    #[arg(long = "where", value_name = "FILTER")]
    pub filter: Option<String>,
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// What every subcommand understands.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Data and looks")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Common {
    /// A file, folder or glob to read; `-` is standard input; may be repeated
    #[arg(short, long, value_name = "PATH", global = true)]
    pub data: Vec<PathBuf>,
    /// The set to open, when there are several: the id of a framework, which is read with the cards that name it
    #[arg(long, value_name = "ID", visible_alias = "framework", global = true)]
    pub set: Option<String>,
    /// The edition to show; otherwise the newest
    #[arg(long, value_name = "EDITION", global = true)]
    pub edition: Option<String>,
    /// Only the countries of this group: an id or title such as osce or "Northern Europe", or codes: IRL,SWE,DNK.
    /// Otherwise all countries of the data
    #[arg(long, value_name = "GROUP", global = true)]
    pub group: Option<String>,
    /// The folder of the review journal, such as one that a team keeps in git; otherwise the state directory
    #[arg(long, value_name = "DIR", global = true)]
    pub journal: Option<PathBuf>,
    /// Who reviews; otherwise `VISAVIS_AUTHOR`, then the user's name
    #[arg(long, value_name = "NAME", global = true)]
    pub author: Option<String>,
    /// Which colours the terminal interface uses
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    pub color: Option<ColorChoice>,
    /// Print linear text, for screen readers and pipes: no panes, no tables
    #[arg(long, global = true, long_help = plain_help())]
    pub plain: bool,
    /// Colours: those of the terminal, chosen for a background, or your own: `NAME` for `themes/NAME.toml` beside the
    /// configuration, or a path to such a file
    #[arg(long, value_parser = ThemeName, value_name = "THEME", global = true)]
    pub theme: Option<String>,
    /// Print a report that is longer than the screen all at once, not in `$VISAVIS_PAGER`, `$PAGER` or less
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Draw and print in ASCII only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Read this configuration instead of `config.toml` in the configuration directory
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// What it says, read once the arguments are known.
    #[arg(skip)]
    pub settings: Config,
    /// The theme that was asked for, found and read.
    #[arg(skip)]
    pub themed: Option<Themed>,
    /// That the terminal interface is to watch the files.
    #[arg(skip)]
    pub watch: bool,
    /// That it is not to begin where the last session ended.
    #[arg(skip)]
    pub fresh: bool,
    /// The filter by answer that it begins with, or that the overview is printed with.
    #[arg(skip)]
    pub filter: Option<String>,
    /// Refuse files larger than this, such as 64M or 3G (at most 4095M)
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "2G", global = true)]
    pub max_size: u64,
    /// Refuse JSON nested deeper than this
    #[arg(long, value_name = "LEVELS", value_parser = depth, default_value_t = Limits::default().depth, global = true)]
    pub max_depth: usize,
    #[command(flatten)]
    pub table: TableArgs,
}

impl Common {
    /// The colours to use: as asked for, else as configured.
    pub fn theme(&self) -> Themed {
        let configured = || self.settings.theme.as_ref().map(|set| set.value.clone());
        self.themed.clone().or_else(configured).unwrap_or_default()
    }

    pub fn color(&self) -> ColorChoice {
        self.color.or(self.settings.color.as_ref().map(|set| set.value)).unwrap_or_default()
    }

    /// Whether to read files again when they change: as asked for, else as configured.
    pub fn watch(&self) -> bool {
        self.watch || self.settings.watch.as_ref().is_some_and(|set| set.value)
    }

    pub fn ascii(&self) -> bool {
        self.ascii || self.settings.ascii.as_ref().is_some_and(|set| set.value)
    }
}

/// What `--plain` does, and which command stands for which pane.
fn plain_help() -> String {
    let panes = Pane::iter().map(|pane| format!("{}: visavis {}", pane.title(), pane.printed_by()));
    let panes: Vec<String> = panes.collect();
    format!("Print linear text, for screen readers and pipes: no panes, no tables. {}", panes.join("; "))
}

/// Any name or path will do: those that are built in are what help and completions offer.
#[derive(Clone)]
struct ThemeName;

impl TypedValueParser for ThemeName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        NonEmptyStringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(themes::BUILT_IN.iter().map(|(name, about)| PossibleValue::new(name).help(about))))
    }
}

/// The subcommands, each in its own file under `commands`.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    Check(CheckArgs),
    Show(ShowArgs),
    Compare(CompareArgs),
    Findings(FindingsArgs),
    Missing(MissingArgs),
    Rank(RankArgs),
    Changes(ChangesArgs),
    Report(BriefingArgs),
    Import(ImportArgs),
    Export(ExportArgs),
    Flags(FlagsArgs),
    Journal(JournalArgs),
    Sample(SampleArgs),
    Schema(SchemaArgs),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// The subcommands that the palette tells of, each with what the screen has in its place.
pub const ELSEWHERE: [Elsewhere; 16] = [
    Elsewhere::about("rank", "here: {sort} sorts the countries by score, {weights} weighs"),
    Elsewhere::about("changes", "here: {sort} sorts by change, {card} has the trend"),
    Elsewhere::about("report", "here: {write-report} and {write-report-html} write it to a file"),
    Elsewhere::bare("import", "here: {reading} shows how a table was read, and saves it"),
    Elsewhere::about("export", "here: {write-export} writes it to a folder"),
    Elsewhere::about("show", "here: {card} is the card, {copy-md} copies it"),
    Elsewhere::about("compare", "here: {compare} compares, {copy-md} copies it"),
    Elsewhere::about("missing", "here: {coverage} is the coverage, {copy-md} copies it"),
    Elsewhere::bare("flags", "here: {review} is the queue, {copy-md} copies it"),
    Elsewhere::bare("check", "here: {problems} shows the problems"),
    Elsewhere::bare("journal", "checks and joins the files of reviewers"),
    Elsewhere::bare("sample", "unpacks the embedded sample"),
    Elsewhere::bare("schema", "prints the JSON Schemas"),
    Elsewhere::bare("config", "prints the configuration"),
    Elsewhere::bare("completions", "prints completions for a shell"),
    Elsewhere::bare("man", "prints the manual page"),
];

/// How a report is printed, and where to.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// The format; otherwise as the ending of FILE says, which must be known; a table without one
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(format_value)))]
    pub format: Option<String>,
    #[command(flatten)]
    pub to: To,
}

/// Where output goes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct To {
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace FILE if it exists
    #[arg(long)]
    pub force: bool,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  visavis check cards/
  visavis check -d cards -d framework.json --strict
  visavis check cards/ --format json | jq '.problems[] | .code'

Exit codes:
  0  no errors (with --strict: no errors and no warnings)
  1  errors were found (with --strict: or warnings)
  2  nothing could be read";

/// Say what is wrong with the files: every problem with its place and how to mend it
#[derive(Debug, Args)]
#[command(after_long_help = CHECK_EXAMPLES)]
pub struct CheckArgs {
    /// Files, folders or globs to check; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show all problems, not only the first 100
    #[arg(long)]
    pub all: bool,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

mod report;
mod review;
mod table;

pub use self::table::{ImportArgs, TableArgs};
pub use report::{
    BriefingArgs, ByArg, ChangesArgs, ChangesByArg, CompareArgs, ExportArgs, FindingsArgs, MissingArgs,
    OnlyArg, RankArgs, ReviewsArg, ReviewsArgs, RulesArgs, ShowArgs,
};
pub use review::{
    AskArgs, CardsArgs, FlagsAction, FlagsArgs, JournalAction, JournalArgs, ListArgs, OnArgs, ProgressArg,
    SortArg, WhatArgs, WhichArgs,
};

const SAMPLE_EXAMPLES: &str = "\
Examples:
  visavis sample
  visavis sample my-cards && visavis my-cards

Exit codes:
  0  done
  2  the folder is not empty, or cannot be written";

/// Write the embedded sample out as files, to read, to change and to learn the format from
#[derive(Debug, Args)]
#[command(after_long_help = SAMPLE_EXAMPLES)]
pub struct SampleArgs {
    /// A folder that is empty or not there yet
    #[arg(value_name = "DIR", default_value = "visavis-sample")]
    pub folder: PathBuf,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  visavis schema card
  visavis schema framework -o framework.schema.json
  visavis schema report missing

Exit codes:
  0  done
  2  FILE exists, or cannot be written";

/// Print the JSON Schema of a file format or of a report
#[derive(Debug, Args)]
#[command(after_long_help = SCHEMA_EXAMPLES)]
pub struct SchemaArgs {
    #[arg(value_enum)]
    pub kind: SchemaKind,
    /// Which report, as its JSON names it
    #[arg(value_name = "NAME", required_if_eq("kind", "report"), value_parser = report_names())]
    pub report: Option<String>,
    #[command(flatten)]
    pub to: To,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// One country in one edition
    Card,
    /// Goals, indicators, scales, findings and groups
    Framework,
    /// A framework with its cards in one file
    Bundle,
    /// How a table is read
    Mapping,
    /// What a subcommand prints with --format json
    Report,
}

fn report_names() -> PossibleValuesParser {
    PossibleValuesParser::new(report_schemas().map(|report| report.name))
}

const CONFIG_EXAMPLES: &str = "\
Examples:
  visavis config
  visavis config -o ~/.config/visavis/config.toml

Exit codes:
  0  done
  1  the configuration has lines that cannot be used
  2  FILE exists, or cannot be written";

/// Print every setting as it holds, and where it comes from, as a file that could be used
#[derive(Debug, Args)]
#[command(after_long_help = CONFIG_EXAMPLES)]
pub struct ConfigArgs {
    #[command(flatten)]
    pub to: To,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  visavis completions bash > ~/.local/share/bash-completion/completions/visavis
  visavis completions fish -o ~/.config/fish/completions/visavis.fish

Exit codes:
  0  done
  2  FILE exists, or cannot be written";

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS_EXAMPLES)]
pub struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
    #[command(flatten)]
    pub to: To,
}

const MAN_EXAMPLES: &str = "\
Examples:
  visavis man | man -l -
  visavis man ~/.local/share/man/man1

Exit codes:
  0  done
  2  a page exists, or cannot be written";

/// Print the manual page, or write one page a subcommand into a folder
#[derive(Debug, Args)]
#[command(after_long_help = MAN_EXAMPLES)]
pub struct ManArgs {
    /// Where to write visavis.1, visavis-check.1 and so on
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Replace pages that exist
    #[arg(long)]
    pub force: bool,
}

fn format_value(format: &crate::export::Format) -> PossibleValue {
    PossibleValue::new(format.name).help(format.about)
}

/// `64M`, `3G`, `500k`, `1048576`.
fn bytes(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches("ib").trim_end_matches('b');
    let (digits, shift) = match digits.chars().next_back() {
        Some('k') => (&digits[..digits.len() - 1], 10),
        Some('m') => (&digits[..digits.len() - 1], 20),
        Some('g') => (&digits[..digits.len() - 1], 30),
        _ => (digits, 0),
    };
    let most = u64::from(u32::MAX);
    let number: u64 =
        digits.trim().parse().map_err(|_| "a size is a number and K, M or G, such as 64M".to_owned())?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes <= most).ok_or_else(|| "at most 4095M".to_owned())
}

fn depth(text: &str) -> Result<usize, String> {
    let deepest = Limits::DEEPEST;
    let levels = text.parse().ok().filter(|levels| (1..=deepest).contains(levels));
    levels.ok_or_else(|| format!("a number from 1 to {deepest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::load::MAX_BYTES;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_size_is_read_as_people_write_it() {
        for (text, want) in [("64M", 64 << 20), ("3g", 3 << 30), ("1 k", 1024), ("2GiB", 2 << 30), ("7", 7)] {
            assert_eq!(bytes(text), Ok(want), "{text}");
        }
        for text in ["", "M", "many", "-1", "4096M", "99999999999999999999G", "18014398509481985k"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_default_limits_are_those_of_the_loader() {
        let cli = Cli::try_parse_from(["visavis"]).unwrap();
        assert_eq!((cli.common.max_size, cli.common.max_depth), (MAX_BYTES, Limits::default().depth));
    }

    #[test]
    fn every_subcommand_documents_its_examples_and_exit_codes() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{}", command.get_name());
        }
    }
}
