//! The journal on the disk: a folder of append-only files, one per writer, that keeps every acknowledged record.
//!
//! ```text
//! reviews/progress-card-1f2e3d4c/      one folder per data set, or the one that --journal names
//!   ana-7f3k2m9x.0.jsonl               one file per writer; a second process of the same writer takes .1, and so on
//!   ben-0q8r5t1v.0.jsonl
//!   .gitattributes                     so that git never joins lines
//! ```
//!
//! **Invariants.** No file or folder is created before the first record is kept. A record is acknowledged only after
//! `fsync` has returned. Only its writer appends to a file, and no file is rewritten: a torn line gets its line end
//! and is not deleted. After a failed sync this process does not write to the file again. A journal of other cards is
//! never read as a journal of these cards. The time of a record is only shown; records are ordered by Lamport number.
//!
//! If a batch cannot be written, the file is cut back to its length before. If cutting fails too, a later reading may
//! find some of the batch's records: whole, with valid checksums, but never acknowledged.

mod disk;
mod file;
mod read;
mod writer;
mod segment;
mod author;
mod seen;
mod clocks;
mod committed;
mod thread;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use twox_hash::XxHash3_64;

pub use self::{
    committed::committed,
    disk::{Disk, EntryKind, FolderEntry, Handle, Lock, Os, Reach},
    file::JournalFile,
    read::{Folder, JournalReading},
};
pub(crate) use thread::{Ending, Keeper, Unsaved};

use self::{
    disk::create_folders,
    segment::Segment,
    writer::{Seed, slug},
};
use crate::{
    core::framework::ReviewRules,
    review::{Act, Draft, Record, Reviewer, identity::Identity, news::Seen},
    text::{Raw, Safe, safe_line},
};

/// Most segments of one writer; above that, keeping a record fails.
const MOST_SEGMENTS: u32 = 10_000;
/// Bytes of one draft before escaping. Escaping can make a text several times longer, and a line must stay within
/// `LONGEST_LINE`.
const LONGEST_TEXT: usize = file::LONGEST_LINE / 8;
const GIT_ATTRIBUTES: &[u8] = b"*.jsonl -text merge=union\n";

/// Where journals are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// In this folder, which may also have journals of other cards.
    Folder(PathBuf),
    /// In this folder of the program's state, one subfolder per data set.
    State(PathBuf),
    /// Nowhere: no folder was named and there is no state folder.
    Nowhere,
}

impl Home {
    /// The folder in which journals are, if there is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(path) | Self::State(path) => Some(path),
            Self::Nowhere => None,
        }
    }
}

/// What a journal needs besides the identity of the cards.
#[derive(Clone, Debug)]
pub struct Settings {
    pub disk: Arc<dyn Disk>,
    pub home: Home,
    /// The program's state folder, where the random part of the writer's name is kept.
    pub state: Option<PathBuf>,
    pub author: Raw<'static>,
    /// Whether nobody has said the author's name: it is what this machine calls them.
    pub is_guessed: bool,
    /// What the configuration asks of every review.
    pub asks: ReviewRules,
    /// Host name and user id, to tell writers apart.
    pub machine: Box<str>,
    /// The current time in RFC 3339 with the local offset.
    pub clock: fn() -> String,
}

/// These drafts were not kept, none of them, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    pub drafts: Vec<Draft>,
    pub why: Safe,
}

/// The journals of one data set, open to be read and added to.
#[derive(Debug)]
pub struct Journal {
    settings: Settings,
    identity: Identity,
    seed: Seed,
    writer: String,
    /// The folder this writer appends to.
    folder: PathBuf,
    segment: Option<Segment>,
    /// Segments that are not written to again. They stay locked so that no other process appends to them either.
    spoilt: Vec<Segment>,
    next_segment: u32,
    latest: u64,
}

impl Settings {
    /// Settings with this machine's disk, clock and user. The journal is in `folder`, else in the state directory.
    /// The author's name is `author`, else `VISAVIS_AUTHOR`, else `configured`, else the one given when it was asked for, else
    /// the user's name on this machine.
    pub fn here(folder: Option<PathBuf>, author: Option<&str>, configured: Option<&str>) -> Self {
        let state = super::paths::state_here();
        let author = author::here(author, configured, state.as_deref());
        let home = match (folder, &state) {
            (Some(folder), _) => Home::Folder(folder),
            (None, Some(state)) => Home::State(state.join("reviews")),
            (None, None) => Home::Nowhere,
        };
        Self {
            disk: Arc::new(Os),
            home,
            state,
            author: author.name,
            is_guessed: author.is_guessed,
            asks: ReviewRules::default(),
            machine: writer::machine().into(),
            clock: now,
        }
    }
}

fn now() -> String {
    jiff::ZonedDateTime::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

impl Journal {
    /// Finds the journals of these cards and reads them. Creates nothing. Errors: there is no place for a journal, or
    /// a folder cannot be read.
    pub fn open(settings: Settings, identity: Identity) -> Result<(Self, JournalReading), Safe> {
        let seed = Seed::find(&*settings.disk, settings.state.as_deref());
        let mut journal = Self {
            settings,
            identity,
            seed,
            writer: String::new(),
            folder: PathBuf::new(),
            segment: None,
            spoilt: vec![],
            next_segment: 0,
            latest: 0,
        };
        let (folder, reading) = journal.find()?;
        journal.writer = journal.seed.writer(&folder, &journal.settings.machine, &journal.settings.author);
        journal.folder = folder;
        Ok((journal, reading))
    }

    /// Keeps the spoilt segments of an earlier journal locked.
    fn beware(&mut self, spoilt: Vec<Segment>) {
        self.spoilt.extend(spoilt);
    }

    fn into_spoilt(self) -> Vec<Segment> {
        self.spoilt
    }

    /// The writer's name. A record can be undone by the writer that kept it.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    /// Who writes here.
    pub fn reviewer(&self) -> Reviewer {
        Reviewer {
            writer: self.writer.as_str().into(),
            author: self.settings.author.clone(),
            asks: self.settings.asks,
            is_guessed: self.settings.is_guessed,
        }
    }

    /// What this reviewer has seen of what others say.
    pub fn seen(&self) -> Seen {
        seen::read(self.settings.state.as_deref())
    }

    /// What was in the digests that this reviewer has made.
    pub fn told(&self) -> Seen {
        seen::read_told(self.settings.state.as_deref())
    }

    /// Adds what was in a digest.
    pub fn add_told(&self, now: &Seen) {
        seen::add_told(self.settings.state.as_deref(), now);
    }

    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The folder records are appended in. It may not exist yet.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads all journals of these cards again, because other writers may have added records. Errors: as
    /// [`Journal::open`].
    pub fn read(&mut self) -> Result<JournalReading, Safe> {
        Ok(self.find()?.1)
    }

    /// The folder to write to, and the records and problems of all folders about these cards.
    fn find(&mut self) -> Result<(PathBuf, JournalReading), Safe> {
        let disk = &*self.settings.disk;
        let mut folders: Vec<Folder> = vec![];
        let path = match &self.settings.home {
            Home::Nowhere => {
                return Err(Safe::fixed("there is no place for a journal: --journal DIR names one"));
            }
            Home::Folder(path) => {
                folders.push(Folder::read(disk, path).map_err(|error| unread(path, &error))?);
                path.clone()
            }
            Home::State(root) => {
                let mut kin = candidates(disk, root, &self.identity)?;
                kin.sort_by_cached_key(|folder| {
                    (std::cmp::Reverse(folder.shared(&self.identity)), folder.path.clone())
                });
                let path =
                    kin.first().map_or_else(|| root.join(new_name(&self.identity)), |best| best.path.clone());
                folders.extend(kin);
                path
            }
        };
        let reading = read::bind(folders, &self.identity);
        self.latest = self.latest.max(reading.records.last().map_or(0, |record| record.lamport));
        Ok((path, reading))
    }

    /// Writes these drafts in one append and returns once they are on the disk. Errors: the drafts back, with the
    /// reason.
    pub fn keep(&mut self, drafts: Vec<Draft>) -> Result<Vec<Record>, NotKept> {
        if drafts.is_empty() {
            return Ok(vec![]);
        }
        if drafts.iter().any(|draft| size(draft) > LONGEST_TEXT) {
            let why = safe_line(&format!("a note may have at most {} kB", LONGEST_TEXT >> 10));
            return Err(NotKept { drafts, why });
        }
        match self.try_keep(&drafts) {
            Ok(records) => Ok(records),
            Err(error) => {
                let why = safe_line(&format!("{}: {}", self.folder.display(), words(&error)));
                Err(NotKept { drafts, why })
            }
        }
    }

    fn try_keep(&mut self, drafts: &[Draft]) -> io::Result<Vec<Record>> {
        let disk = Arc::clone(&self.settings.disk);
        let mut segment = match self.segment.take() {
            Some(segment) if segment.is_as_left()? => segment,
            Some(replaced) => {
                // The file was changed by someone else. Its ids must not be given twice, so this process leaves it
                // alone.
                self.next_segment += 1;
                self.spoilt.push(replaced);
                self.begin(&*disk)?
            }
            None => self.begin(&*disk)?,
        };
        self.latest = self.latest.max(segment.latest);
        let (time, lamport) = ((self.settings.clock)(), (self.latest + 1).min(file::HIGHEST_LAMPORT));
        let records: Vec<Record> = segment
            .ids()
            .zip(drafts)
            .map(|(id, draft)| Record {
                id,
                lamport,
                time: time.as_str().into(),
                author: self.settings.author.clone(),
                act: draft.act.clone(),
                over: draft.over.clone(),
            })
            .collect();
        let kept = segment.append(&*disk, &self.folder, &self.identity.framework, &records);
        match kept {
            Ok(()) => {
                self.latest = lamport;
                self.segment = Some(segment);
                Ok(records)
            }
            Err(failed) => {
                if failed.is_spoilt {
                    self.next_segment += 1;
                    self.spoilt.push(segment);
                } else {
                    self.segment = Some(segment);
                }
                Err(failed.error)
            }
        }
    }

    /// Creates the folder if needed and opens the writer's first segment that is free.
    fn begin(&mut self, disk: &dyn Disk) -> io::Result<Segment> {
        let reach = match self.settings.home {
            Home::Folder(_) => Reach::Shared,
            _ => Reach::Private,
        };
        create_folders(disk, &self.folder, reach)?;
        self.seed.settle(disk);
        // Only git reads it, and git works without it.
        let attributes = self.folder.join(".gitattributes");
        if disk.read(&attributes, 0).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            let _ = disk.publish(&attributes, GIT_ATTRIBUTES, reach);
        }
        while self.next_segment < MOST_SEGMENTS {
            let name = format!("{}.{}", self.writer, self.next_segment);
            if let Some(segment) = Segment::open(disk, &self.folder, &name, &self.identity, reach)? {
                return Ok(segment);
            }
            self.next_segment += 1;
        }
        Err(io::Error::other("too many files of one writer are in use"))
    }
}

/// The folders named after this framework whose journals are about these cards.
fn candidates(disk: &dyn Disk, root: &Path, identity: &Identity) -> Result<Vec<Folder>, Safe> {
    let entries = match disk.list(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        listed => listed.map_err(|error| unread(root, &error))?,
    };
    let prefix = format!("{}-", slug(&identity.framework));
    let mut kin = vec![];
    for entry in
        entries.iter().filter(|entry| entry.kind == EntryKind::Folder && entry.name.starts_with(&prefix))
    {
        let path = root.join(&entry.name);
        let folder = Folder::read(disk, &path).map_err(|error| unread(&path, &error))?;
        if folder.shared(identity).is_some() {
            kin.push(folder);
        }
    }
    Ok(kin)
}

/// Every folder of journals in the state folder.
pub fn every_folder(disk: &dyn Disk, root: &Path) -> Result<Vec<Folder>, Safe> {
    let entries = match disk.list(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        listed => listed.map_err(|error| unread(root, &error))?,
    };
    let folders = entries.iter().filter(|entry| entry.kind == EntryKind::Folder);
    folders
        .map(|entry| {
            let path = root.join(&entry.name);
            Folder::read(disk, &path).map_err(|error| unread(&path, &error))
        })
        .collect()
}

fn new_name(identity: &Identity) -> String {
    let mut whole = identity.framework.as_bytes().to_vec();
    for code in &identity.countries {
        whole.push(0);
        whole.extend_from_slice(code.as_bytes());
    }
    let hash = XxHash3_64::oneshot(&whole) >> 32;
    format!("{}-{hash:08x}", slug(&identity.framework))
}

/// Bytes of a draft's text and ids before escaping.
fn size(draft: &Draft) -> usize {
    let text = draft.act.text().map_or(0, |text| text.raw().len());
    let of = if let Act::Undo { of } = &draft.act { of.iter().map(|id| id.text().len()).sum() } else { 0 };
    text + of + draft.over.iter().map(|id| id.text().len()).sum::<usize>()
}

fn unread(path: &Path, error: &io::Error) -> Safe {
    safe_line(&format!("{}: the journal cannot be read: {}", path.display(), words(error)))
}

/// The error in words for a reviewer.
pub(crate) fn words(error: &io::Error) -> Safe {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull => Safe::fixed("the disk is full"),
        Kind::QuotaExceeded => Safe::fixed("the disk quota is used up"),
        Kind::ReadOnlyFilesystem => Safe::fixed("the file system is read-only"),
        Kind::PermissionDenied => Safe::fixed("no permission"),
        Kind::NotADirectory => Safe::fixed("it is, or is inside, something that is no folder"),
        Kind::NotFound => Safe::fixed("it is not there"),
        Kind::FileTooLarge => Safe::fixed("it is larger than is read"),
        _ => safe_line(&error.to_string()),
    }
}

#[cfg(test)]
mod tests;
