//! `visavis journal`: checks the files of the journal for damage.

use std::path::PathBuf;

use super::{Exit, Failure, Printer, reviews};
use crate::{
    cli::args::{Common, JournalAction, JournalArgs, OutputArgs},
    core::severity::Severity,
    review::report::{FileLine, JournalReport},
    store::journal::{Folder, Home, Settings, every_folder, words},
    text::{Raw, Safe, safe_line},
};

pub(super) fn run(common: &Common, args: JournalArgs) -> Result<Exit, Failure> {
    match args.action {
        JournalAction::Check { folder, output } => check(common, folder, output),
    }
}

fn check(common: &Common, folder: Option<PathBuf>, output: OutputArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(output, common)?;
    let Settings { disk, home, .. } = reviews::settings(common);
    let home = folder.map_or(home, Home::Folder);
    let (place, folders) = match home {
        Home::Nowhere => return Err(Safe::fixed("there is no journal: name its folder").into()),
        Home::State(root) => {
            let folders = every_folder(&*disk, &root)?;
            (root, folders)
        }
        Home::Folder(path) => {
            if !path.is_dir() {
                return Err(safe_line(&format!("{} is no folder", path.display())).into());
            }
            let folder = Folder::read(&*disk, &path)
                .map_err(|error| safe_line(&format!("{}: {}", path.display(), words(&error))))?;
            (path, vec![folder])
        }
    };
    let mut report =
        JournalReport { place: Raw::new(place.to_string_lossy().into_owned()), ..JournalReport::default() };
    let mut is_unread = false;
    for folder in folders {
        is_unread |= folder.problems.iter().any(|problem| problem.severity == Severity::Error);
        report.problems.extend(folder.problems);
        for file in folder.files {
            let frameworks = file.frameworks().into_iter().map(|id| Raw::new(id.to_owned())).collect();
            let (lines, records, damaged) = (file.lines, file.records(), file.damaged);
            report.files.push(FileLine { name: file.name, frameworks, lines, records, damaged });
            report.problems.extend(file.problems);
        }
    }
    printer.print(&report)?;
    Ok(match report.has_damage() {
        _ if is_unread => Exit::Failed,
        true => Exit::Found,
        false => Exit::Done,
    })
}
