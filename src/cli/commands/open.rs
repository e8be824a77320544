//! Without a subcommand: runs the terminal interface, or prints an overview if there is no terminal.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

use clap::CommandFactory as _;

use super::{Exit, Failure, Printer, data, reviews, tell};
use crate::{
    cli::{
        app::{self, Plan},
        args::{Cli, Common, ELSEWHERE, OutputArgs},
        color_support,
    },
    core::{
        answer_filter::AnswerFilter,
        dataset::{CountryId, Dataset, EditionId},
        framework::Group,
        groups,
        report::OverviewReport,
    },
    store::{load, paths, session::Sessions},
    terminal::Terminal,
    text::{Safe, safe_line},
    tui::{
        Model,
        keymap::Keymap,
        places::Pane,
        shown_report::{Listed, ShownReport},
    },
};

pub(super) fn run(common: &Common) -> Result<Exit, Failure> {
    tell_meant_command(common);
    if common.plain {
        return overview(common);
    }
    if nothing_is_there(common) {
        return overview(common);
    }
    if !io::stdout().is_terminal() {
        tell("standard output is no terminal: this is the overview as plain text (see visavis --help)");
        return overview(common);
    }
    let settings = &common.settings;
    let chosen: Vec<_> =
        settings.keys.iter().map(|keys| (keys.command.clone(), keys.chords.clone())).collect();
    let (keymap, _) = Keymap::choosing(&chosen);
    let variable = |name: &str| std::env::var(name).ok();
    let look = color_support::look(common.color(), &common.theme(), common.ascii(), variable);
    match Terminal::open(variable("TERM").as_deref()) {
        Err(why) => {
            tell(&format!("{why}: this is the overview as plain text (see visavis --help)"));
            overview(common)
        }
        Ok(terminal) => {
            let mut model = Model::new(terminal.size(), keymap);
            model.elsewhere = &ELSEWHERE;
            model.scores = settings.scores();
            model.has_mouse = settings.mouse.as_ref().is_some_and(|set| set.value);
            let wrong = settings.problems.len();
            if wrong > 0 {
                let (lines, them) = if wrong == 1 { ("line", "it") } else { ("lines", "them") };
                let words = format!(
                    "{wrong} {lines} of the configuration cannot be used: visavis config names {them}"
                );
                model.greeting = Some(safe_line(&words));
            }
            model.begin_at = common.edition.as_deref().map(Box::from);
            model.begin_in = common.group.as_deref().map(Box::from);
            model.asks_for_set = common.set.is_none();
            model.begin_with.clone_from(&common.filter);
            let plan = Plan {
                source: data::source(common)?,
                journal: reviews::settings(common),
                is_watching: common.watch(),
                sessions: sessions(common),
            };
            Ok(Exit::Code(app::run(terminal, plan, look, model)))
        }
    }
}

/// Where the session is kept; `None` if it is not. The session before is not restored if the arguments say where to
/// begin.
fn sessions(common: &Common) -> Option<Sessions> {
    let is_wanted = common.settings.session.as_ref().is_none_or(|set| set.value);
    let folder = paths::state_here().filter(|_| is_wanted)?.join("sessions");
    let is_fresh =
        common.fresh || common.edition.is_some() || common.group.is_some() || common.filter.is_some();
    Some(Sessions { folder, is_fresh })
}

/// Whether every named path is missing, or there is no file to read in any, nor will one be waited for. Then the message
/// is the same as without a terminal, and no screen is opened.
fn nothing_is_there(common: &Common) -> bool {
    let is_pattern = |path: &Path| path.to_string_lossy().contains(['*', '?', '[']);
    let missing = |path: &Path| !path.exists() && path != Path::new("-") && !is_pattern(path);
    let paths = &common.data;
    let is_empty = || !common.watch() && !paths.contains(&"-".into()) && load::file_states(paths).is_empty();
    !paths.is_empty() && (paths.iter().all(|path| missing(path)) || is_empty())
}

/// Prints every country with its coverage.
fn overview(common: &Common) -> Result<Exit, Failure> {
    let printer = Printer::new(OutputArgs::default(), common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let group = data::group(&data, common.group.as_deref())?;
    let listed = match (&common.filter, edition) {
        (Some(filter), Some(edition)) => Some(listed(&data, filter, &group, edition)?),
        _ => None,
    };
    let report = Box::new(OverviewReport::new(&data, group, edition));
    printer.print(&ShownReport { title: Pane::Countries.title(), report, listed })?;
    Ok(if edition.is_some() { Exit::Done } else { Exit::Failed })
}

/// The countries of the overview that satisfy a filter. Errors: it cannot be read.
fn listed(data: &Dataset, filter: &str, group: &Group, edition: EditionId) -> Result<Listed, Safe> {
    let read = AnswerFilter::parse(filter, &data.framework)
        .map_err(|why| safe_line(&format!("--where, character {}: {why}", why.character)))?;
    let beside = data.aggregates().filter(|_| *group.id == *groups::EVERYONE);
    let all: Vec<CountryId> = groups::members(data, group, edition).into_iter().chain(beside).collect();
    let filtered = read.select(data, &all, edition);
    Ok(Listed {
        key: "country",
        rows: filtered.ids.iter().map(|id| data.country(*id).code.raw().to_owned()).collect(),
        narrowed_by: vec![safe_line(filter).into_string()],
        unjudged: read.has_questions().then_some(filtered.unjudged),
    })
}

/// Suggests a subcommand if the first path does not exist and is similar to its name.
fn tell_meant_command(common: &Common) {
    let Some(path) = common.data.first().filter(|path| !path.exists()) else { return };
    let word = path.to_string_lossy();
    if word.len() > 20 {
        return;
    }
    let command = Cli::command();
    let distance = |name: &str| strsim::osa_distance(name, &word);
    let near = command.get_subcommands().map(clap::Command::get_name).min_by_key(|name| distance(name));
    if let Some(near) = near.filter(|name| distance(name) <= name.len().max(3) / 3) {
        tell(&format!("no subcommand {word}: did you mean {near}?"));
    }
}
