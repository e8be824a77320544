//! The one file that this process appends to, until the process ends or a write fails.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    disk::{Disk, Handle, Lock, Reach, sync_names},
    file::{Binding, JournalFile, LARGEST_FILE, MARK},
    writer::mark,
};
use crate::{
    review::{
        Id, Record,
        identity::Identity,
        line::{self, JournalLine},
    },
    text::Raw,
};

/// Bytes after which a segment is not opened again; the writer begins the next one.
const FULL: u64 = 32 << 20;

/// A file of one writer, open and locked.
#[derive(Debug)]
pub(super) struct Segment {
    handle: Box<dyn Handle>,
    path: PathBuf,
    /// Ids begin with the file's name and random letters for this opening: on two branches of a repository the same
    /// file may be continued from the same number, and the letters keep the ids apart.
    stem: String,
    /// Length of the file in bytes, up to the last append that was synced.
    end: u64,
    next: u64,
    /// Text to write before the next record: the end of a torn line, a header, or nothing.
    before: String,
    /// Whether the names of the file and its folders have been synced too.
    is_named: bool,
    /// The highest Lamport number in the file when it was opened.
    pub(super) latest: u64,
}

/// Why an append failed, and whether the file may be written to again.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: io::Error,
    pub(super) is_spoilt: bool,
}

impl Segment {
    /// Opens or creates the file and locks it. `None` if another process has it, it is no regular file, it is full or
    /// damaged, it is about other cards, or the file system has no locks and the file is not new.
    pub(super) fn open(
        disk: &dyn Disk,
        folder: &Path,
        name: &str,
        identity: &Identity,
        reach: Reach,
    ) -> io::Result<Option<Self>> {
        let path = folder.join(format!("{name}.jsonl"));
        let (mut handle, is_new) = match disk.create(&path, reach) {
            Ok(handle) => (handle, true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match disk.open(&path) {
                Ok(handle) => (handle, false),
                // A link or a folder of that name is not followed.
                Err(error) if is_no_file(&error) => return Ok(None),
                Err(error) => return Err(error),
            },
            Err(error) => return Err(error),
        };
        match handle.lock()? {
            Lock::Ours => {}
            Lock::Theirs => return Ok(None),
            // Without locks only the process that created the file may append to it.
            Lock::Unsupported if is_new => {}
            Lock::Unsupported => return Ok(None),
        }
        let bytes = match handle.read(LARGEST_FILE) {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Ok(None),
            read => read?,
        };
        let end = bytes.len() as u64;
        let file = JournalFile::parse(Raw::default(), &bytes);
        let is_ours =
            file.lines == 0 || matches!(file.binding(identity), Binding::Bound | Binding::BoundByRecords);
        // If lines are damaged, the ids they had are unknown and might be given twice.
        if end > FULL || !is_ours || file.is_damaged_inside() {
            return Ok(None);
        }
        let mut before = if file.is_open_ended { "\n".to_owned() } else { String::new() };
        let known = file.countries(identity);
        if !identity.countries.is_subset(&known) || file.headers.is_empty() {
            let countries = known.union(&identity.countries).cloned().collect();
            let header = Identity { framework: identity.framework.clone(), countries };
            before.push_str(&line::write(&JournalLine::Header(header)));
        }
        // The id after the highest one. Damaged lines count as ids, see `highest`.
        let next = file.highest(name) + 1;
        let stem = format!("{name}{MARK}{}", mark());
        let latest = file.latest();
        Ok(Some(Self { handle, path, stem, end, next, before, is_named: false, latest }))
    }

    /// Whether the file is still the one that was opened, and as long as this process left it.
    pub(super) fn is_as_left(&self) -> io::Result<bool> {
        Ok(self.handle.length_at(&self.path)? == Some(self.end))
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        (self.next..).map(|number| Id::new(&self.stem, number))
    }

    /// Appends these records in one write and returns when they are on the disk. Errors: none of the records is in
    /// the file, unless cutting the file back failed too; then a later reading may find some of them, whole and
    /// unacknowledged.
    pub(super) fn append(
        &mut self,
        disk: &dyn Disk,
        folder: &Path,
        framework: &str,
        records: &[Record],
    ) -> Result<(), Failed> {
        let mut text = self.before.clone();
        for record in records {
            let (framework, record) = (framework.into(), Box::new(record.clone()));
            text.push_str(&line::write(&JournalLine::Record { framework, record }));
        }
        // The numbers are used up even if this write fails.
        self.next += records.len() as u64 + 1;
        let written = self.handle.append(text.as_bytes());
        let is_written = written.is_ok();
        let kept = written
            .and_then(|()| self.handle.sync())
            .and_then(|()| self.settle_name(disk, folder))
            .and_then(|()| self.is_still_there());
        match kept {
            Ok(()) => {
                self.end += text.len() as u64;
                self.next -= 1;
                self.before.clear();
                Ok(())
            }
            Err(error) => {
                let is_cut = self.handle.cut(self.end).is_ok();
                // After a failed sync the content of the disk is unknown.
                Err(Failed { error, is_spoilt: is_written || !is_cut })
            }
        }
    }

    fn is_still_there(&self) -> io::Result<()> {
        match self.handle.length_at(&self.path)? {
            Some(_) => Ok(()),
            None => Err(io::Error::other("the file was replaced while it was being written")),
        }
    }

    fn settle_name(&mut self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        if !self.is_named {
            sync_names(disk, folder)?;
            self.is_named = true;
        }
        Ok(())
    }
}

fn is_no_file(error: &io::Error) -> bool {
    let is_link = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    is_link || matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory)
}
