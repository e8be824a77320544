//! `visavis man` and `visavis completions`: write man pages and completion scripts for packagers and shells.

use std::{fs, io, path::Path};

use clap::CommandFactory as _;

use super::{Exit, Failure, tell};
use crate::{
    cli::args::{Cli, CompletionsArgs, ManArgs},
    store::output::OutputTarget,
    text::safe_line,
};

pub(super) fn completions(args: CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = vec![];
    clap_complete::generate(args.shell, &mut Cli::command(), "visavis", &mut script);
    OutputTarget::new(args.to.output, args.to.force).write(&script)?;
    Ok(Exit::Done)
}

pub(super) fn run(args: ManArgs) -> Result<Exit, Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = args.folder else {
        OutputTarget::Stdout.write(&page(command).map_err(|error| failed(Path::new("-"), &error))?)?;
        return Ok(Exit::Done);
    };
    let failed = |error: io::Error| failed(&folder, &error);
    fs::create_dir_all(&folder).map_err(failed)?;
    let mut pages = vec![];
    collect(&command, &mut pages);
    let targets: Vec<OutputTarget> = pages
        .iter()
        .map(|page| page.get_display_name().unwrap_or(page.get_name()))
        .map(|name| OutputTarget::new(Some(folder.join(format!("{name}.1"))), args.force))
        .collect();
    targets.iter().try_for_each(OutputTarget::check)?;
    for (command, target) in pages.into_iter().zip(&targets) {
        target.write(&page(command).map_err(failed)?)?;
    }
    tell(&format!("{} manual pages in {}", targets.len(), folder.display()));
    Ok(Exit::Done)
}

/// Collects a command and its subcommands, whose full names `build` has set.
fn collect(command: &clap::Command, pages: &mut Vec<clap::Command>) {
    pages.push(command.clone());
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        collect(sub, pages);
    }
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut page = vec![];
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}

fn failed(folder: &Path, error: &io::Error) -> Failure {
    Failure::Words(safe_line(&format!("{} cannot be written: {error}", folder.display())))
}
