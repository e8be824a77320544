//! Reads one regular file without ever blocking, and reports if the file changed while it was read.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom},
    num::NonZero,
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::Path,
    thread,
};

use crate::core::{
    parallel,
    problem::{NO_SUCH_FILE, Problem},
    severity::Severity,
};
use crate::text::{Raw, Safe, safe_line};

/// The bytes of a file, and a problem if it changed while it was read. Errors: no regular file, larger than
/// `max_bytes`, unreadable.
pub(super) fn read(
    path: &Path,
    name: &Raw<'static>,
    max_bytes: u64,
) -> Result<(Vec<u8>, Vec<Problem>), Problem> {
    // A FIFO that has replaced the file since the walk must not block the open.
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0);
    let opened = OpenOptions::new().read(true).custom_flags(nonblocking).open(path);
    let mut file = opened.map_err(|error| failed(name, &error))?;
    let before = file.metadata().map_err(|error| failed(name, &error))?;
    if !before.is_file() {
        let message = Safe::fixed("this is no longer a regular file; it was not read");
        return Err(Problem::new("not-a-file", Severity::Warning, message).in_file(name));
    }
    if before.len() > max_bytes {
        return Err(too_large(name, Some(before.len()), max_bytes));
    }
    let mut bytes = read_at_once(&file, before.len());
    file.seek(SeekFrom::Start(bytes.len() as u64)).map_err(|error| failed(name, &error))?;
    let rest = (max_bytes + 1).saturating_sub(bytes.len() as u64);
    (&mut file).take(rest).read_to_end(&mut bytes).map_err(|error| failed(name, &error))?;
    if bytes.len() as u64 > max_bytes {
        return Err(too_large(name, None, max_bytes));
    }
    let mut odd = vec![];
    if file.metadata().is_ok_and(|after| changed(&before, &after, bytes.len())) {
        let message = Safe::fixed("this file changed while it was read; what is shown may mix old and new");
        let problem = Problem::new("changed-while-read", Severity::Warning, message);
        odd.push(problem.in_file(name).with_hint(Safe::fixed("read it again when it is complete")));
    }
    Ok((bytes, odd))
}

/// The bytes of a large file, several parts at once: copying them out of the page cache takes a processor as long as
/// splitting them. Nothing if the file is small, or ends before its length.
fn read_at_once(file: &File, length: u64) -> Vec<u8> {
    /// Bytes that are worth a thread.
    const PART: usize = 8 << 20;
    let length = usize::try_from(length).unwrap_or(0);
    if length < 2 * PART {
        return vec![];
    }
    // Pages of zeros that the threads fill, not this one.
    let mut bytes = vec![0; length];
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let parts: Vec<(usize, &mut [u8])> = bytes.chunks_mut(PART).enumerate().collect();
    let read = parallel::map(parts, workers, |(nth, part)| file.read_exact_at(part, (nth * PART) as u64));
    if read.iter().all(Result::is_ok) { bytes } else { vec![] }
}

fn changed(before: &Metadata, after: &Metadata, read: usize) -> bool {
    before.len() != after.len()
        || after.len() != read as u64
        || before.modified().ok() != after.modified().ok()
}

/// The problem for a file that cannot be opened or read.
pub(super) fn failed(name: &Raw<'static>, error: &io::Error) -> Problem {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => (NO_SUCH_FILE.to_owned(), "check the path"),
        io::ErrorKind::PermissionDenied => {
            ("permission denied".to_owned(), "ask its owner for read permission")
        }
        _ => (format!("cannot be read: {error}"), "check the path and the disk"),
    };
    Problem::new("unreadable-file", Severity::Error, safe_line(&message))
        .in_file(name)
        .with_hint(Safe::fixed(hint))
}

pub(super) fn too_large(name: &Raw<'static>, bytes: Option<u64>, max_bytes: u64) -> Problem {
    let size = bytes.map_or_else(String::new, |bytes| format!(" ({} MiB)", bytes >> 20));
    let message =
        format!("this file{size} is larger than the limit of {} MiB; it was not read", max_bytes >> 20);
    let problem = Problem::new("too-large", Severity::Error, safe_line(&message)).in_file(name);
    problem.with_hint(Safe::fixed(
        "raise the limit with --max-size (at most 4095 MiB a file), or split the file",
    ))
}
