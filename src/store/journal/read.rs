//! Reads folders of journals: the records about these cards, journals of other cards, and damage.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io,
    path::{Path, PathBuf},
};

use super::{
    disk::{Disk, EntryKind},
    file::{Binding, Held, JournalFile, LARGEST_FILE},
};
use crate::{
    core::{problem::Problem, severity::Severity},
    review::{Id, Record, identity::Identity},
    text::{Raw, Safe, excerpt, safe_line},
};

/// What the journals say about the cards that are open.
#[derive(Clone, Debug, Default)]
pub struct JournalReading {
    /// In the order of their Lamport numbers.
    pub records: Vec<Record>,
    pub problems: Vec<Problem>,
    /// Frameworks of the journals that belong to other cards, with the number of files of each.
    pub others: BTreeMap<Box<str>, usize>,
    /// Countries of these cards that no journal's header names, because they were added later.
    pub grown: BTreeSet<Box<str>>,
    /// Files that the records come from.
    pub files: usize,
    /// How many of `files` have lost their header.
    pub headless: usize,
}

/// All journals of one folder, whichever cards they are about.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    pub path: PathBuf,
    pub files: Vec<JournalFile>,
    /// One problem for each file that cannot be read at all.
    pub problems: Vec<Problem>,
}

impl Folder {
    /// Reads every `*.jsonl` file of a folder. A folder that does not exist counts as empty. Errors: the folder
    /// cannot be listed.
    pub fn read(disk: &dyn Disk, path: &Path) -> io::Result<Self> {
        let mut folder = Self { path: path.to_owned(), ..Self::default() };
        let entries = match disk.list(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            listed => listed?,
        };
        let is_journal = |name: &str| !name.starts_with('.') && name.strip_suffix(".jsonl").is_some();
        for entry in entries.iter().filter(|entry| is_journal(&entry.name)) {
            let file = path.join(&entry.name);
            let name = Raw::new(file.to_string_lossy().into_owned());
            let read = match entry.kind {
                EntryKind::File => disk.read(&file, LARGEST_FILE).map_err(|error| super::words(&error)),
                _ => Err(Safe::fixed("not a regular file; links are not followed")),
            };
            match read {
                Ok(bytes) => folder.files.push(JournalFile::parse(name, &bytes)),
                Err(why) => folder.problems.push(unreadable(&name, &why)),
            }
        }
        Ok(folder)
    }

    /// The most countries of these cards that one journal of this folder names; `None` if no journal is about these
    /// cards.
    pub(super) fn shared(&self, identity: &Identity) -> Option<usize> {
        let bound = self.files.iter().filter(|file| is_bound(file.binding(identity)));
        bound.map(|file| file.countries(identity).intersection(&identity.countries).count()).max()
    }
}

const fn is_bound(binding: Binding) -> bool {
    matches!(binding, Binding::Bound | Binding::BoundByRecords)
}

/// Merges the journals of several folders: records about these cards in Lamport order, and all problems.
pub(super) fn bind(folders: Vec<Folder>, identity: &Identity) -> JournalReading {
    let mut reading = JournalReading::default();
    let mut known = BTreeSet::new();
    let mut first: HashMap<Id, (usize, Raw<'static>)> = HashMap::new();
    for folder in folders {
        reading.problems.extend(folder.problems);
        for file in folder.files {
            let binding = file.binding(identity);
            if binding == Binding::Other {
                for framework in file.frameworks() {
                    *reading.others.entry(framework.into()).or_default() += 1;
                }
                if file.headers.is_empty() {
                    // The file may have been about these cards before its header was damaged.
                    reading.problems.extend(file.problems);
                }
                continue;
            }
            if is_bound(binding) {
                reading.files += 1;
                known.extend(file.countries(identity));
            }
            if binding == Binding::BoundByRecords {
                reading.headless += 1;
                reading.problems.push(headless(&file.name));
            }
            reading.problems.extend(file.problems);
            for held in file.held {
                reading.take(held, &file.name, identity, &mut first);
            }
        }
    }
    if reading.files > reading.headless {
        reading.grown = identity.countries.difference(&known).cloned().collect();
    }
    reading.records.sort_by(|a, b| (a.lamport, &a.id).cmp(&(b.lamport, &b.id)));
    reading
}

impl JournalReading {
    /// Adds a record, once. If two different records have the same id, the first is kept and a problem names both.
    fn take(
        &mut self,
        held: Held,
        file: &Raw<'static>,
        identity: &Identity,
        first: &mut HashMap<Id, (usize, Raw<'static>)>,
    ) {
        let Held { framework, record, place } = held;
        if framework != identity.framework {
            let message = safe_line(&format!("the record is about cards of {}", excerpt(&framework, 40)));
            let mut problem =
                Problem::new("journal-other-framework", Severity::Warning, message).in_file(file);
            problem.place = Some(place);
            problem.expected = Some(safe_line(&identity.framework));
            problem.found = Some(excerpt(&framework, 40));
            self.problems.push(problem);
            return;
        }
        match first.get(&record.id) {
            None => {
                first.insert(record.id.clone(), (self.records.len(), file.clone()));
                self.records.push(record);
            }
            Some((at, _)) if self.records[*at] == record => {}
            Some((at, other)) => {
                let message = format!(
                    "two records are called {}: the other, in {}, is kept",
                    excerpt(record.id.text(), 40),
                    other.line()
                );
                let mut problem =
                    Problem::new("journal-same-id", Severity::Error, safe_line(&message)).in_file(file);
                problem.place = Some(place);
                problem.expected = Some(gist(&self.records[*at]));
                problem.found = Some(gist(&record));
                problem.hint =
                    Some(Safe::fixed("one of the files was changed by hand, or copied and gone on with"));
                self.problems.push(problem);
            }
        }
    }

    /// Errors and warnings among the problems.
    pub fn damage(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity > Severity::Hint).count()
    }

    /// One line for the user about damage, other cards' journals and added countries; `None` if there is nothing to
    /// say.
    pub fn told(&self) -> Option<Safe> {
        let mut told = vec![];
        match self.damage() {
            0 => {}
            1 => told.push("1 problem in the journal: visavis journal check names it".to_owned()),
            count => told.push(format!("{count} problems in the journal: visavis journal check names them")),
        }
        let others: usize = self.others.values().sum();
        if others > 0 {
            let frameworks: Vec<String> =
                self.others.keys().take(3).map(|name| excerpt(name, 40).into_string()).collect();
            let (files, belong) = if others == 1 { ("journal", "belongs") } else { ("journals", "belong") };
            told.push(format!(
                "{others} {files} here {belong} to other cards (framework {}): not shown",
                frameworks.join(", ")
            ));
        }
        if !self.grown.is_empty() {
            let names: Vec<String> =
                self.grown.iter().take(3).map(|code| excerpt(code, 20).into_string()).collect();
            let more = if self.grown.len() > 3 { ", ..." } else { "" };
            told.push(format!(
                "the journal was begun without {}{more}: shown with these cards",
                names.join(", ")
            ));
        }
        (!told.is_empty()).then(|| safe_line(&told.join("; ")))
    }
}

fn unreadable(name: &Raw<'static>, why: &Safe) -> Problem {
    let message = safe_line(&format!("the journal cannot be read: {why}"));
    Problem::new("journal-unreadable", Severity::Error, message).in_file(name)
}

fn headless(name: &Raw<'static>) -> Problem {
    let message = Safe::fixed("the header is damaged: the file is read because its records name these cards");
    Problem::new("journal-header-damaged", Severity::Warning, message).in_file(name)
}

/// `flagged ALB 2022 opsc by m.k., 2026-11-24T02:00:00Z`.
fn gist(record: &Record) -> Safe {
    let target = record.act.target().map_or_else(String::new, |on| {
        let parts = [on.country.as_deref(), Some(&*on.edition), on.indicator.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        format!(" {}", parts.join(" "))
    });
    let author = excerpt(record.author.raw(), 40);
    excerpt(&format!("{}{target} by {author}, {}", record.act.title(), record.time), 160)
}
