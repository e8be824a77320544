//! Reads and writes the program's own files: only regular ones, because opening a FIFO could block for ever.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use super::output::OutputTarget;

/// The first `most` bytes of a file; `None` if it does not exist. Errors: no regular file, or unreadable.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = match open(OpenOptions::new().read(true), path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        opened => opened?,
    };
    let mut bytes = vec![];
    file.take(most).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Replaces the file by one with these bytes, atomically. Errors: another thing than a file is there, or it cannot be
/// written.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(no_file());
    }
    let written = OutputTarget::new(Some(path.to_owned()), true).write(bytes);
    written.map_err(|error| io::Error::other(error.to_string()))
}

/// Opens a lock file, which one program at a time can lock, and creates it if needed.
pub(crate) fn lock_file(path: &Path) -> io::Result<File> {
    open(OpenOptions::new().write(true).create(true).truncate(false), path)
}

/// Opens without blocking, as opening a FIFO without a peer would.
fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0);
    let file = options.custom_flags(nonblocking).open(path).map_err(|error| {
        // For a FIFO without a reader the system's message (`No such device or address`) explains nothing.
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) { no_file() } else { error }
    })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_file()) }
}

fn no_file() -> io::Error {
    io::Error::other("it is no regular file")
}

#[cfg(test)]
pub(crate) mod tests {
    use std::process::Command;

    use super::*;

    /// Makes a FIFO: opening it like a file would block.
    pub(crate) fn make_fifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn a_fifo_is_neither_read_nor_written_nor_locked_and_nobody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fifo");
        make_fifo(&path);
        let told = [
            read(&path, 10).unwrap_err(),
            write(&path, b"x").unwrap_err(),
            lock_file(&path).unwrap_err(),
            read(folder.path(), 10).unwrap_err(),
        ];
        for error in told {
            assert_eq!(error.to_string(), "it is no regular file");
        }
        assert!(read(&folder.path().join("nothing"), 10).unwrap().is_none());
    }
}
