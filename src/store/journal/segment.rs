//! The file that this process appends to, alone, until it ends or a write cannot be trusted.

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

/// A file that has grown beyond this is left to be; the next one is begun.
const FULL: u64 = 32 << 20;

/// A file of one writer, open and locked.
#[derive(Debug)]
pub(super) struct Segment {
    handle: Box<dyn Handle>,
    path: PathBuf,
    /// What ids begin with: the file's name and a mark of this opening. The same file may be gone on with on two branches of
    /// a repository, from the same number on.
    stem: String,
    /// Bytes that are known to be good.
    end: u64,
    next: u64,
    /// What has to stand before the first record: the end of a torn line, a header.
    before: String,
    /// Whether the file's name, and those of its folders, are on the disk as well as its bytes.
    is_named: bool,
    /// The highest Lamport number in it when it was opened.
    pub(super) latest: u64,
}

/// Why an append failed, and whether the file may be written to again.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: io::Error,
    pub(super) is_spoilt: bool,
}

impl Segment {
    /// Opens or creates the file; nothing when it is somebody else's, full, or about other cards.
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
                // A link or a folder by that name: not ours to follow.
                Err(error) if is_no_file(&error) => return Ok(None),
                Err(error) => return Err(error),
            },
            Err(error) => return Err(error),
        };
        match handle.lock()? {
            Lock::Ours => {}
            Lock::Theirs => return Ok(None),
            // Without locks a file is only safe with the process that created it.
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
        // Where lines are lost nobody can say which numbers were given.
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
        // A header takes a line, and no number may be given twice.
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

    /// Appends these records as one write and returns when they are on the disk. After an error none of them is there,
    /// unless even cutting the file back failed: then a later reading may find some of them, whole and unacknowledged.
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
        // Numbers are not used again, whatever becomes of this write.
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
                // After a failed sync nobody can say what the disk holds.
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
