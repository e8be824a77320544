//! All file-system calls of the journal, as a trait, so that a test can make each of them fail.

use std::{
    fmt::Debug,
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use rustix::fs::OFlags;

/// Who may read a file or folder that is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only the user: folders 0700, files 0600.
    Private,
    /// Everyone the umask permits, because a team may share the folder.
    Shared,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    pub name: String,
    pub kind: EntryKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    File,
    Folder,
    /// A link, a pipe or a device. These are never opened.
    Other,
}

/// The result of asking for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Ours,
    /// Another process has it.
    Theirs,
    /// The file system has no locks.
    Unsupported,
}

/// The disk that journals are kept on.
pub trait Disk: Debug + Send + Sync {
    /// The entries of a folder, by name. Names that are not UTF-8 are left out.
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>>;
    /// A regular file's bytes. Errors: `FileTooLarge` if there are more than `most`.
    fn read(&self, file: &Path, most: u64) -> io::Result<Vec<u8>>;
    /// Creates one folder; its parent must exist.
    fn create_folder(&self, folder: &Path, reach: Reach) -> io::Result<()>;
    /// Creates a small file, whole or not at all. Errors: `AlreadyExists`.
    fn publish(&self, file: &Path, bytes: &[u8], reach: Reach) -> io::Result<()>;
    /// Creates a file to append to. Errors: `AlreadyExists`.
    fn create(&self, file: &Path, reach: Reach) -> io::Result<Box<dyn Handle>>;
    /// Opens a regular file to append to; links are not followed.
    fn open(&self, file: &Path) -> io::Result<Box<dyn Handle>>;
    /// Makes the names in a folder survive a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// A file that is open for appending.
pub trait Handle: Debug + Send {
    /// Asks for the lock without waiting. The lock is held until the handle is dropped or the process ends.
    fn lock(&mut self) -> io::Result<Lock>;
    fn read(&mut self, most: u64) -> io::Result<Vec<u8>>;
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Returns when the bytes are on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// The file's length in bytes. `None` if the path names another file by now: git and editors replace files.
    fn length_at(&self, path: &Path) -> io::Result<Option<u64>>;
    /// Cuts the file back to `length` bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Os;

impl Disk for Os {
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let mut found = vec![];
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = match entry.file_type()? {
                kind if kind.is_file() => EntryKind::File,
                kind if kind.is_dir() => EntryKind::Folder,
                _ => EntryKind::Other,
            };
            found.push(FolderEntry { name, kind });
        }
        found.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn read(&self, file: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut file = regular(OpenOptions::new().read(true), file)?;
        read_all(&mut file, most)
    }

    fn create_folder(&self, folder: &Path, reach: Reach) -> io::Result<()> {
        let mode = if reach == Reach::Private { 0o700 } else { 0o777 };
        DirBuilder::new().mode(mode).create(folder)
    }

    fn publish(&self, file: &Path, bytes: &[u8], reach: Reach) -> io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        let mode = if reach == Reach::Private { 0o600 } else { 0o666 };
        let mut builder = tempfile::Builder::new();
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        let mut beside = builder.prefix(".visavis-").permissions(permissions).tempfile_in(folder)?;
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        beside.persist_noclobber(file).map_err(|refused| refused.error)?;
        Ok(())
    }

    fn create(&self, file: &Path, reach: Reach) -> io::Result<Box<dyn Handle>> {
        let mode = if reach == Reach::Private { 0o600 } else { 0o666 };
        let file = OpenOptions::new().read(true).append(true).create_new(true).mode(mode).open(file)?;
        Ok(Box::new(file))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(regular(OpenOptions::new().read(true).append(true), file)?))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = match File::open(folder) {
            // A folder without read permission was not created by this program, so its name is on the disk already.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(()),
            opened => opened?,
        };
        match folder.sync_all() {
            // Some file systems cannot sync a folder; they say so with one of these.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            synced => synced,
        }
    }
}

impl Handle for File {
    fn lock(&mut self) -> io::Result<Lock> {
        match self.try_lock() {
            Ok(()) => Ok(Lock::Ours),
            Err(TryLockError::WouldBlock) => Ok(Lock::Theirs),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Lock::Unsupported)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn read(&mut self, most: u64) -> io::Result<Vec<u8>> {
        self.seek(SeekFrom::Start(0))?;
        read_all(self, most)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        let ours = self.metadata()?;
        match fs::symlink_metadata(path) {
            Ok(there) if (there.dev(), there.ino()) == (ours.dev(), ours.ino()) => Ok(Some(ours.len())),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// Opens a regular file, never a link, a FIFO or a device, which could block or act when opened.
fn regular(options: &mut OpenOptions, file: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = options.custom_flags(flags.bits().cast_signed()).open(file)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    Ok(file)
}

fn read_all(file: &mut File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Creates a folder and its parents.
pub(super) fn create_folders(disk: &dyn Disk, folder: &Path, reach: Reach) -> io::Result<()> {
    let create = || match disk.create_folder(folder, reach) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    };
    match (create(), above(folder)) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            create_folders(disk, &parent, reach)?;
            create()
        }
        (created, _) => created,
    }
}

/// Syncs a folder and all its parents: an earlier run may have created the parents and ended before it could sync
/// them.
pub(super) fn sync_names(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let mut next = Some(folder.to_owned());
    while let Some(folder) = next {
        disk.sync_folder(&folder)?;
        next = above(&folder);
    }
    Ok(())
}

fn above(folder: &Path) -> Option<PathBuf> {
    let parent = folder.parent()?;
    let is_here = parent.as_os_str().is_empty() && folder != Path::new(".");
    Some(if is_here { PathBuf::from(".") } else { parent.to_owned() })
        .filter(|above| !above.as_os_str().is_empty())
}
