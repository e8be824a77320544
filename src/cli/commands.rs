//! Runs the subcommands, from arguments to an exit code: one file per subcommand.

mod data;
mod reviews;
mod check;
mod export;
mod import;
mod findings;
mod manual;
mod rank;
mod changes;
mod compare;
mod report;
mod config;
mod flags;
mod journal;
mod missing;
mod open;
mod sample;
mod schema;
mod show;

use std::{ffi::OsString, path::Path, process::ExitCode};

use clap::Parser as _;

use super::{
    args::{Cli, CliCommand, Common, OutputArgs},
    color_support,
    config::Config,
    themes,
};
use crate::store::{
    load::{self, LoadError},
    output::{OutputError, OutputTarget, tell, tell_usage},
    pager,
};
use crate::{
    core::{problem::Problem, report::Report},
    export::{self as formats, FORMATS, Format, Style},
    text::{Safe, safe_line},
};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// A check found something: problems, differences or too many gaps.
    Found,
    /// Wrong usage, or input that cannot be read.
    Failed,
    /// The exit code of the terminal interface; see `terminal::runtime::run`.
    Code(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::Failed => 2,
            Exit::Code(code) => code,
        })
    }
}

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("{0}")]
    Words(Safe),
}

impl From<Safe> for Failure {
    fn from(words: Safe) -> Self {
        Self::Words(words)
    }
}

/// Finds the theme that the command line names, and adds problems of its file to those of the configuration. Errors:
/// there is no such theme.
fn find_theme(common: &mut Common) -> Result<(), Safe> {
    let Some(name) = &common.theme else { return Ok(()) };
    let folder = common.settings.file.as_deref().and_then(Path::parent).map(themes::beside);
    let (themed, told) = themes::find(name, folder.as_deref())?;
    common.themed = Some(themed);
    common.settings.problems.extend(told.problems);
    common.settings.warnings.extend(told.warnings);
    Ok(())
}

/// Runs the program with these arguments, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            tell_usage(&error);
            if error.use_stderr() {
                tell_files_are_named(&args);
            }
            return if error.use_stderr() { Exit::Failed.into() } else { Exit::Done.into() };
        }
    };
    let Cli { paths, watch, fresh, filter, mut common, command } = cli;
    common.data.splice(0..0, paths);
    (common.watch, common.fresh, common.filter) = (watch, fresh, filter);
    if command.is_some() && (watch || fresh) {
        tell("--watch and --fresh are for the terminal interface; this subcommand does without");
    }
    if command.is_some() && common.filter.is_some() {
        // Whoever asks for a part must not take the whole for it.
        tell("--where filters the list of countries; this subcommand has none: use visavis --plain --where");
        return Exit::Failed.into();
    }
    common.settings = Config::here(common.config.as_deref());
    if let Err(why) = find_theme(&mut common) {
        tell(&why);
        return Exit::Failed.into();
    }
    if !matches!(command, Some(CliCommand::Config(_))) {
        common.settings.problems.iter().for_each(|problem| tell(problem));
    }
    let takes_words =
        matches!(command, Some(CliCommand::Show(_) | CliCommand::Compare(_) | CliCommand::Findings(_)));
    let names_no_data = takes_words && common.data.is_empty();
    let done = match command {
        None => open::run(&common),
        Some(CliCommand::Check(args)) => check::run(common, args),
        Some(CliCommand::Show(args)) => show::run(&common, args),
        Some(CliCommand::Compare(args)) => compare::run(&common, args),
        Some(CliCommand::Findings(args)) => findings::run(&common, args),
        Some(CliCommand::Missing(args)) => missing::run(&common, args),
        Some(CliCommand::Changes(args)) => changes::run(&common, args),
        Some(CliCommand::Report(args)) => report::run(&common, &args),
        Some(CliCommand::Import(args)) => import::run(&common, &args),
        Some(CliCommand::Export(args)) => export::run(&common, &args),
        Some(CliCommand::Rank(args)) => rank::run(&common, args),
        Some(CliCommand::Flags(args)) => flags::run(&common, args),
        Some(CliCommand::Journal(args)) => journal::run(&common, args),
        Some(CliCommand::Sample(args)) => sample::run(&args),
        Some(CliCommand::Config(args)) => config::run(&common, args),
        Some(CliCommand::Schema(args)) => schema::run(args),
        Some(CliCommand::Completions(args)) => manual::completions(args),
        Some(CliCommand::Man(args)) => manual::run(args),
    };
    let exit = done.unwrap_or_else(|failure| {
        tell(&failure.to_string());
        if names_no_data {
            tell_files_are_named(&args);
        }
        Exit::Failed
    });
    exit.into()
}

/// Tells how files are named to a subcommand, if one of the arguments is a data file that is named in another way.
fn tell_files_are_named(args: &[OsString]) {
    let is_file = |arg: &OsString| {
        let path = Path::new(arg);
        load::is_data_name(path) && path.is_file() || path.is_dir()
    };
    let is_option = |arg: &OsString| arg.to_string_lossy().starts_with('-');
    let mut pairs = args.windows(2).filter(|pair| !is_option(&pair[0]) && is_file(&pair[1]));
    if let Some([_, file]) = pairs.next() {
        tell(&format!("to a subcommand, files are named with -d: -d {}", file.display()));
    }
}

/// Where and in which format a report is printed: [`OutputArgs`], resolved.
#[derive(Debug)]
struct Printer {
    format: &'static Format,
    target: OutputTarget,
    style: Style,
    is_paged: bool,
}

impl Printer {
    /// Resolves the arguments. Errors, found before any data is read: the output file is in the way or its ending says
    /// no format, or bytes that are no text would go to a terminal.
    fn new(output: OutputArgs, common: &Common) -> Result<Self, Failure> {
        let by_ending = output.to.output.as_deref().and_then(formats::of_file);
        if let (Some(file), None, None) = (&output.to.output, by_ending, &output.format)
            && let Some(ending) = file.extension()
        {
            return Err(no_format_ends_in(&ending.to_string_lossy()).into());
        }
        let format = output.format.as_deref().and_then(formats::find).or(by_ending);
        let plain = || if common.plain { formats::find("plain") } else { None };
        let format = format.or_else(plain).unwrap_or(&FORMATS[0]);
        let target = OutputTarget::new(output.to.output, output.to.force);
        target.check()?;
        if format.is_binary {
            target.check_takes_bytes(format.extension)?;
        }
        // The locale matters only for standard output: a file may be read anywhere.
        let is_printed = target == OutputTarget::Stdout;
        let variable = |name: &str| std::env::var(name).ok();
        let is_ascii = common.ascii() || is_printed && color_support::not_utf8(&variable).is_some();
        let style = Style { width: target.width(), cuts: target.is_terminal(), ascii: is_ascii };
        Ok(Self { format, target, style, is_paged: format.is_paged && !common.no_pager })
    }

    fn print(&self, report: &dyn Report) -> Result<(), Failure> {
        let bytes = (self.format.write)(report, &self.style);
        if self.format.is_binary && bytes.is_empty() {
            return Err(Safe::fixed("this report cannot be written in this format; csv has all of it").into());
        }
        Ok(pager::write(&self.target, &bytes, self.is_paged)?)
    }
}

/// Why a file's ending is refused, with all that are known, the nearest first if one is near.
fn no_format_ends_in(ending: &str) -> Safe {
    let lower = ending.to_lowercase();
    let distance = |known: &str| strsim::osa_distance(known, &lower);
    let near = FORMATS.iter().map(|format| format.extension).min_by_key(|known| distance(known));
    let near = near.filter(|near| lower.chars().count() <= 12 && distance(near) < 3);
    let meant = near.map_or_else(|| ".".to_owned(), |near| format!(": did you mean .{near}?"));
    let known: Vec<String> =
        FORMATS.iter().map(|format| format!(".{} ({})", format.extension, format.title)).collect();
    let known = known.join(", ");
    safe_line(&format!(
        "no format has files that end in .{ending}{meant} Known are {known}; --format writes any of them to any FILE"
    ))
}

/// Prints the number of errors in the data on standard error, for reports that do not list them.
fn tell_errors(problems: &[Problem]) {
    let errors =
        problems.iter().filter(|problem| problem.severity == crate::core::severity::Severity::Error).count();
    match errors {
        0 => {}
        1 => tell("1 error in the data: visavis check names it"),
        _ => tell(&format!("{errors} errors in the data: visavis check names them")),
    }
}
