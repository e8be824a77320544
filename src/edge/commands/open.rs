//! No subcommand: the terminal interface, or an overview in plain text where there is no terminal.

use std::io::{self, IsTerminal as _};

use clap::CommandFactory as _;

use super::{Exit, Failure, Printer, data, tell};
use crate::{
    core::report::OverviewReport,
    edge::args::{Cli, Common, Paper},
};

pub(super) fn run(common: &Common) -> Result<Exit, Failure> {
    tell_meant_command(common);
    if !io::stdout().is_terminal() {
        tell("standard output is no terminal: this is the overview as plain text (see visavis --help)");
    }
    overview(common)
}

/// Every country with its coverage.
fn overview(common: &Common) -> Result<Exit, Failure> {
    let printer = Printer::new(Paper::default(), common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    printer.print(&OverviewReport::new(&data, edition))?;
    Ok(if edition.is_some() { Exit::Done } else { Exit::Failed })
}

/// A path that is not there and reads like a subcommand was probably meant as one.
fn tell_meant_command(common: &Common) {
    let Some(path) = common.data.first().filter(|path| !path.exists()) else { return };
    let word = path.to_string_lossy();
    if word.len() > 20 {
        return;
    }
    let command = Cli::command();
    let near = command.get_subcommands().find(|known| strsim::osa_distance(known.get_name(), &word) <= 2);
    if let Some(near) = near {
        tell(&format!("no subcommand {word}: did you mean {}?", near.get_name()));
    }
}
