//! Writes data to standard output or a file, whole or not at all, and messages to standard error.
//!
//! A file is written under a temporary name in the target's folder, synced, and then renamed: an error leaves the old
//! file as it was.

use std::{
    ffi::OsString,
    fs::{self, File, FileType},
    io::{self, IsTerminal as _, Write as _},
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use crate::text::{Safe, safe_block, safe_line};

/// Why output could not be written. The text of each variant is safe to print.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error("{0} exists; --force replaces it")]
    Exists(Safe),
    #[error("{0} is a folder, not a file")]
    Folder(Safe),
    #[error("{0} is a link to nothing")]
    BrokenLink(Safe),
    #[error("{0} cannot be written: {1}")]
    File(Safe, Safe),
    #[error("standard output is a terminal; use -o NAME.{0}")]
    Terminal(&'static str),
    #[error("standard output cannot be written: {0}")]
    Stdout(Safe),
}

/// Where data goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputTarget {
    Stdout,
    File { path: PathBuf, force: bool },
}

impl OutputTarget {
    /// No path, or `-`, is standard output.
    pub fn new(path: Option<PathBuf>, force: bool) -> Self {
        match path {
            Some(path) if path != Path::new("-") => Self::File { path, force },
            _ => Self::Stdout,
        }
    }

    /// Checks the target before any work is done. Errors: the file exists and `force` is not set, it is a folder, or
    /// a link to nothing.
    pub fn check(&self) -> Result<(), OutputError> {
        match self {
            Self::Stdout => Ok(()),
            Self::File { path, force } => place(path, *force).map(drop),
        }
    }

    /// Checks that bytes that are no text do not go to a terminal; `extension` is that of their files.
    pub fn check_takes_bytes(&self, extension: &'static str) -> Result<(), OutputError> {
        if self.is_terminal() { Err(OutputError::Terminal(extension)) } else { Ok(()) }
    }

    /// Writes all bytes, or leaves the file as it was. A reader that has closed the pipe is no error.
    pub fn write(&self, bytes: &[u8]) -> Result<(), OutputError> {
        match self {
            Self::Stdout => to_stdout(bytes),
            Self::File { path, force } => to_file(path, *force, bytes),
        }
    }

    /// Whether the target is standard output and that is a terminal.
    pub fn is_terminal(&self) -> bool {
        *self == Self::Stdout && io::stdout().is_terminal()
    }

    /// Width of the output in columns: on a terminal `COLUMNS`, else the terminal's width, at least 40; otherwise
    /// 100.
    pub fn width(&self) -> usize {
        const NARROW: usize = 40;
        if !self.is_terminal() {
            return 100;
        }
        let asked = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse().ok());
        let size = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
        asked.or_else(size).filter(|columns| *columns > 0).map_or(100, |columns| columns.max(NARROW))
    }
}

/// Prints a message on standard error. Text from outside the program is made safe here.
pub fn tell(message: &str) {
    let mut stderr = io::stderr().lock();
    for line in safe_block(message).lines() {
        // If standard error cannot be written, no other place is left for the message.
        let _ = writeln!(stderr, "visavis: {line}");
    }
}

/// Prints clap's help as it is, and clap's error message made safe, because the message quotes the argument.
pub fn tell_usage(error: &clap::Error) {
    if !error.use_stderr() {
        // A reader that has closed the pipe is no error.
        let _ = error.print();
        return;
    }
    let _ = io::stderr().lock().write_all(safe_block(&error.render().to_string()).as_bytes());
}

fn to_stdout(bytes: &[u8]) -> Result<(), OutputError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(OutputError::Stdout(words(&error))),
        _ => Ok(()),
    }
}

/// What exists at the path where output goes.
enum Place {
    /// Nothing yet, or a file that may be replaced.
    File(PathBuf),
    /// A pipe or a terminal: it is written to, not replaced.
    Stream(PathBuf),
}

fn place(path: &Path, force: bool) -> Result<Place, OutputError> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(Place::File(path.to_owned()));
    }
    let Ok(meta) = fs::metadata(path) else { return Err(OutputError::BrokenLink(shown(path))) };
    let kind = meta.file_type();
    if kind.is_dir() {
        return Err(OutputError::Folder(shown(path)));
    }
    if is_stream(kind) {
        return Ok(Place::Stream(path.to_owned()));
    }
    // If the path is a link, the file it points to is replaced and the link stays.
    if !force {
        return Err(OutputError::Exists(shown(path)));
    }
    let real = fs::canonicalize(path).map_err(|error| OutputError::File(shown(path), words(&error)))?;
    Ok(Place::File(real))
}

fn is_stream(kind: FileType) -> bool {
    kind.is_fifo() || kind.is_char_device()
}

fn to_file(path: &Path, force: bool, bytes: &[u8]) -> Result<(), OutputError> {
    let failed = |error: &io::Error| OutputError::File(shown(path), words(error));
    let target = match place(path, force)? {
        Place::File(target) => target,
        Place::Stream(stream) => {
            let written = File::options().write(true).open(stream).and_then(|mut file| file.write_all(bytes));
            return match written {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(failed(&error)),
                _ => Ok(()),
            };
        }
    };
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mode = fs::metadata(&target).map_or(0o666, |old| old.permissions().mode() & 0o7777);
    let beside = beside(folder, mode, force && target.exists()).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    });
    let beside = beside.map_err(|error| failed(&error))?;
    let named = if force { beside.persist(&target) } else { beside.persist_noclobber(&target) };
    named.map_err(|refused| match refused.error.kind() {
        io::ErrorKind::AlreadyExists => OutputError::Exists(shown(path)),
        _ => failed(&refused.error),
    })?;
    // Syncing the folder makes the new name survive a power cut. Not every system can, so an error is ignored.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// A new file in the same folder, with the permissions of the file it will replace, or `mode` as limited by the
/// umask.
fn beside(folder: &Path, mode: u32, replaces: bool) -> io::Result<tempfile::NamedTempFile> {
    let prefix = OsString::from(".visavis-");
    let mut builder = tempfile::Builder::new();
    let file = builder.prefix(&prefix).permissions(fs::Permissions::from_mode(mode)).tempfile_in(folder)?;
    if replaces {
        file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    }
    Ok(file)
}

fn shown(path: &Path) -> Safe {
    safe_line(&path.to_string_lossy())
}

fn words(error: &io::Error) -> Safe {
    safe_line(&error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: PathBuf, force: bool) -> OutputTarget {
        OutputTarget::File { path, force }
    }

    #[test]
    fn a_file_that_exists_is_kept_unless_forced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        file(path.clone(), false).write(b"one").unwrap();
        assert!(matches!(file(path.clone(), false).write(b"two"), Err(OutputError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        file(path.clone(), true).write(b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn replacing_keeps_the_rights_and_the_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(matches!(file(link.clone(), false).check(), Err(OutputError::Exists(_))));
        file(link.clone(), true).write(b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_folder_a_broken_link_and_a_missing_folder_are_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert!(matches!(file(folder.path().into(), true).check(), Err(OutputError::Folder(_))));
        assert!(matches!(file(link, true).check(), Err(OutputError::BrokenLink(_))));
        let missing = folder.path().join("no/a\u{1b}[2J.csv");
        let message = file(missing, false).write(b"x").unwrap_err().to_string();
        assert!(message.contains("a^[[2J.csv cannot be written"), "{message}");
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(OutputTarget::new(Some("-".into()), true), OutputTarget::Stdout);
        assert_eq!(OutputTarget::new(None, false), OutputTarget::Stdout);
    }
}
