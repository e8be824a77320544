//! `visavis journal`: where a journal stands, and whether its files are whole.

use std::path::PathBuf;

use super::{Exit, Failure, Printer, data, reviews};
use crate::{
    cli::args::{Common, JournalAction, JournalArgs, OutputArgs},
    core::severity::Severity,
    review::{
        Record,
        news::{in_words, news},
        report::{AuthorLine, FileLine, JournalReport, StatusReport},
    },
    store::journal::{Folder, Home, Settings, committed, every_folder, words},
    text::{Raw, Safe, safe_line},
};

pub(super) fn run(common: &Common, args: JournalArgs) -> Result<Exit, Failure> {
    match args.action {
        JournalAction::Status { output } => status(common, output),
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
        report.problems.extend(folder.clocks(jiff::Timestamp::now()));
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

fn status(common: &Common, output: OutputArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(output, common)?;
    let data = data::open(common)?;
    let Settings { disk, .. } = reviews::settings(common);
    let reviews = reviews::open(common, &data)?;
    let (me, place) = (reviews.journal.reviewer(), reviews.journal.folder().to_owned());
    let folder = Folder::read(&*disk, &place)
        .map_err(|error| safe_line(&format!("{}: {}", place.display(), words(&error))))?;
    let mut not_committed = None;
    for file in folder.files.iter().filter(|file| file.is_of(&me.writer)) {
        if let Some(in_commit) = committed(&place, file) {
            *not_committed.get_or_insert(0) += file.records().saturating_sub(in_commit);
        }
    }
    let mut seen = reviews.journal.seen();
    let has_looked = seen.has_looked_at(&data.framework.id);
    let fresh: Vec<&Record> = if has_looked {
        let fresh = news(&reviews.book, &me, &data.framework.id, &mut seen);
        reviews.book.records().filter(|record| fresh.contains(&record.id)).collect()
    } else {
        // Who only ever wrote here knew what was there then.
        let is_mine = |record: &&Record| me.wrote(&record.id, &record.author);
        let wrote = reviews.book.records().rev().find(is_mine).map_or(0, |record| record.lamport);
        reviews.book.records().filter(|record| record.lamport > wrote && !is_mine(record)).collect()
    };
    let mut authors: Vec<AuthorLine> = vec![];
    for record in reviews.book.records() {
        let at = authors.iter().position(|line| line.author == record.author).unwrap_or_else(|| {
            let is_mine = record.author.raw() == me.author.raw();
            let author = record.author.clone();
            authors.push(AuthorLine { author, is_mine, records: 0, new: 0, last: Box::default() });
            authors.len() - 1
        });
        authors[at].records += 1;
        authors[at].new += usize::from(fresh.iter().any(|one| one.id == record.id));
        authors[at].last.clone_from(&record.time);
    }
    let since = if has_looked { "Since you last looked" } else { "Since you last wrote here" };
    let news = if fresh.is_empty() { String::new() } else { format!("{since}: {}", in_words(&fresh)) };
    let place = Raw::new(place.to_string_lossy().into_owned());
    printer.print(&StatusReport { data: &data, place, me: me.author, not_committed, authors, news })?;
    Ok(Exit::Done)
}
