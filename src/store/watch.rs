//! Reports changes of the opened files: by the system's events or, without them, by polling every two seconds.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use notify::{
    Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, MetadataKind, ModifyKind},
};

use super::load::{self, is_data_name, is_leftover};
use crate::tui::model::Msg;

/// A change is reported after this time without another one,
const QUIET: Duration = Duration::from_millis(200);
/// and at the latest after this time.
const AT_LATEST: Duration = Duration::from_secs(2);
/// How often files are polled where the system has no events.
const LOOK_EVERY: Duration = Duration::from_millis(if cfg!(test) { 200 } else { 2_000 });

/// How a path that the user named is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Watched {
    /// A folder and everything in it.
    Folder(PathBuf),
    /// A file, by watching its folder, because editors replace files by new ones.
    File { folder: PathBuf, file: PathBuf },
    /// A glob, by watching the folder above its first wildcard.
    Pattern { folder: PathBuf, pattern: Box<glob::Pattern>, is_deep: bool },
}

impl Watched {
    /// What to watch for a path. Empty for standard input and for a path whose folder does not exist.
    fn of(path: &Path) -> Vec<Self> {
        if path == Path::new("-") {
            return vec![];
        }
        let text = path.to_string_lossy();
        if path.is_dir() {
            return path.canonicalize().map(Self::Folder).into_iter().collect();
        }
        if !path.exists() && text.contains(['*', '?', '[']) {
            return Self::of_pattern(&text).into_iter().collect();
        }
        // A link may be changed to point to another file, and the file it points to may change.
        let beside = |path: &Path| {
            let name = path.file_name()?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
            Some(Self::File { file: folder.join(name), folder })
        };
        let behind = path.canonicalize().ok().and_then(|path| beside(&path));
        let mut watched: Vec<Self> = beside(path).into_iter().chain(behind).collect();
        watched.dedup();
        watched
    }

    fn of_pattern(text: &str) -> Option<Self> {
        let wild = text.find(['*', '?', '['])?;
        let (above, rest) = text.split_at(text[..wild].rfind('/').map_or(0, |slash| slash + 1));
        let folder = Path::new(if above.is_empty() { "." } else { above }).canonicalize().ok()?;
        let whole = format!("{}/{rest}", glob::Pattern::escape(&folder.to_string_lossy()));
        let pattern = Box::new(glob::Pattern::new(&whole).ok()?);
        Some(Self::Pattern { folder, pattern, is_deep: rest.contains('/') })
    }

    fn folder(&self) -> (&Path, RecursiveMode) {
        match self {
            Self::Folder(folder) | Self::Pattern { folder, is_deep: true, .. } => {
                (folder, RecursiveMode::Recursive)
            }
            Self::File { folder, .. } | Self::Pattern { folder, .. } => (folder, RecursiveMode::NonRecursive),
        }
    }

    /// Whether a change of `path` may change what was opened.
    fn is_about(&self, path: &Path) -> bool {
        let is_plain = |folder: &Path| {
            let inside = path.strip_prefix(folder).ok();
            inside.is_some_and(|inside| !inside.iter().any(|name| is_leftover(&name.to_string_lossy())))
        };
        match self {
            Self::Folder(folder) => is_plain(folder) && (is_data_name(path) || !is_file(path)),
            Self::File { folder, file } => path == file || path == folder,
            Self::Pattern { folder, pattern, .. } => {
                is_plain(folder) && (pattern.matches_path(path) || !is_file(path))
            }
        }
    }
}

/// Whether `path` is, or was, a file. A path that is gone counts as a folder unless its name has an extension.
fn is_file(path: &Path) -> bool {
    path.is_file() || (!path.is_dir() && path.extension().is_some())
}

/// Access events are ignored: reading the files after a change would itself raise them and never end.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        _ => true,
    }
}

/// Watches these paths on a thread of its own as long as the program runs, or until `tell` returns false because
/// there is no receiver any more.
pub(crate) fn spawn(paths: Vec<PathBuf>, tell: impl Fn(Msg) -> bool + Send + 'static) {
    thread::spawn(move || {
        let watched: Vec<Watched> = paths.iter().flat_map(|path| Watched::of(path)).collect();
        if watched.iter().all(|one| tells_changes(one.folder().0)) {
            listen(&watched, &tell, watch);
        }
        // Without events, or after they stopped, the files are polled.
        look(&paths, &tell);
    });
}

/// Watches the folder of a journal, which may not exist yet, as [`spawn`] watches files.
pub(crate) fn spawn_for_journal(folder: PathBuf, tell: impl Fn(Msg) -> bool + Send + 'static) {
    thread::spawn(move || {
        while !folder.is_dir() {
            thread::sleep(LOOK_EVERY);
        }
        // What was written before the watch began is told at once.
        if tell(Msg::JournalChanged) {
            spawn(vec![folder], move |_| tell(Msg::JournalChanged));
        }
    });
}

/// Reports changes by the system's events. Returns when they are not available, or not any more.
fn listen(
    watched: &[Watched],
    tell: &impl Fn(Msg) -> bool,
    watch: impl Fn(&[Watched], &Sender<()>) -> Option<RecommendedWatcher>,
) {
    let (notice, changes) = mpsc::channel();
    let is_gone = || watched.iter().any(|one| !one.folder().0.exists());
    // The watcher stops when it is dropped.
    let Some(mut watching) = watch(watched, &notice) else { return };
    while wait(&changes) {
        if is_gone() && !wait_for_return(is_gone, &changes, tell) {
            return;
        }
        // Watch anew before the files are read, so that no later change is missed: the folder may have been replaced
        // by another one of its name.
        let Some(again) = watch(watched, &notice) else {
            // Polling, which follows, compares with the files as they are now, so this change must be reported here.
            tell(Msg::FilesChanged);
            return;
        };
        drop(std::mem::replace(&mut watching, again));
        if !tell(Msg::FilesChanged) {
            return;
        }
    }
}

/// Reports that a folder is gone, and changes elsewhere until the folder is back; false if there is no receiver any
/// more.
fn wait_for_return(is_gone: impl Fn() -> bool, changes: &Receiver<()>, tell: &impl Fn(Msg) -> bool) -> bool {
    let mut is_told = false;
    while is_gone() {
        if !is_told && !tell(Msg::FilesChanged) {
            return false;
        }
        // The system still watches the deleted folder, so only polling finds a new one of its name.
        is_told = match changes.recv_timeout(LOOK_EVERY) {
            Ok(()) => {
                thread::sleep(QUIET);
                while changes.try_recv().is_ok() {}
                false
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => return false,
        };
    }
    true
}

/// Polls the files every two seconds and reports when they differ.
fn look(paths: &[PathBuf], tell: &impl Fn(Msg) -> bool) {
    let mut before = load::file_states(paths);
    loop {
        thread::sleep(LOOK_EVERY);
        let mut now = load::file_states(paths);
        if now == before {
            continue;
        }
        // Another program may still be writing: wait until the files stay the same.
        let latest = Instant::now() + AT_LATEST;
        while Instant::now() < latest && now != before {
            thread::sleep(QUIET);
            before = std::mem::replace(&mut now, load::file_states(paths));
        }
        before = now;
        if !tell(Msg::FilesChanged) {
            return;
        }
    }
}

/// Waits for a change and for quiet after it; false if no watcher is left.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let latest = Instant::now() + AT_LATEST;
    loop {
        let left = latest.saturating_duration_since(Instant::now());
        match changes.recv_timeout(QUIET.min(left)) {
            Ok(()) if !left.is_zero() => {}
            Ok(()) | Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Starts a watcher, which runs until it is dropped. `None` if the system cannot watch every path.
fn watch(watched: &[Watched], notice: &Sender<()>) -> Option<RecommendedWatcher> {
    let (all, notice) = (watched.to_vec(), notice.clone());
    let handler = move |event: notify::Result<Event>| {
        // An error may hide a change, so it counts as one.
        let is_news = event.map_or(true, |event| {
            let is_about = |path: &PathBuf| all.iter().any(|one| one.is_about(path));
            event.need_rescan() || is_change(event.kind) && event.paths.iter().any(is_about)
        });
        if is_news {
            // Sending fails only when the receiving thread has ended.
            let _ = notice.send(());
        }
    };
    let mut eye = RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false)).ok()?;
    for one in watched {
        let (folder, mode) = one.folder();
        eye.watch(folder, mode).ok()?;
    }
    Some(eye)
}

/// Whether the file system reports all changes. Network file systems report only those made on this machine.
#[cfg(target_os = "linux")]
fn tells_changes(folder: &Path) -> bool {
    /// NFS, SMB, CIFS, SMB2, AFS, Coda, 9P, Ceph, FUSE, with the numbers of `statfs(2)`.
    const REMOTE: [u32; 9] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x5346_414F,
        0x7375_7245,
        0x0102_1997,
        0x00C3_6400,
        0x6573_5546,
    ];
    let kind = rustix::fs::statfs(folder).map(|found| found.f_type);
    kind.is_ok_and(|kind| !REMOTE.iter().any(|remote| i128::from(*remote) == i128::from(kind) & 0xFFFF_FFFF))
}

#[cfg(not(target_os = "linux"))]
fn tells_changes(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Far longer than a change takes to be reported.
    const PATIENCE: Duration = Duration::from_secs(20);
    /// Longer than a change would take to be reported.
    const SHORT: Duration = Duration::from_millis(700);

    /// Watches these paths by the system's events; the receiver gets one `()` per change.
    fn watching(paths: &[PathBuf]) -> (Option<RecommendedWatcher>, Receiver<()>) {
        let (notice, changes) = mpsc::channel();
        let watched: Vec<Watched> = paths.iter().flat_map(|path| Watched::of(path)).collect();
        (watch(&watched, &notice), changes)
    }

    fn is_told(changes: &Receiver<()>, patience: Duration) -> bool {
        let told = changes.recv_timeout(patience).is_ok();
        while changes.recv_timeout(QUIET).is_ok() {}
        told
    }

    #[test]
    fn a_file_that_is_written_replaced_or_gone_is_told_and_its_neighbours_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.json"), "{}").unwrap();
        let (_watcher, changes) = watching(&[at("a.json")]);
        fs::write(at("a.json"), "{ }").unwrap();
        assert!(is_told(&changes, PATIENCE), "written");
        fs::write(at("b.json"), "[]").unwrap();
        fs::read(at("a.json")).unwrap();
        assert!(!is_told(&changes, SHORT), "a neighbour, and reading");
        fs::rename(at("b.json"), at("a.json")).unwrap();
        assert!(is_told(&changes, PATIENCE), "replaced");
        fs::remove_file(at("a.json")).unwrap();
        assert!(is_told(&changes, PATIENCE), "gone");
    }

    #[test]
    fn a_folder_is_watched_with_all_in_it_but_what_is_never_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("deep/deeper")).unwrap();
        fs::create_dir(at(".git")).unwrap();
        let (_watcher, changes) = watching(&[folder.path().to_owned()]);
        for name in ["notes.txt", ".a.json.swp", "a.json~", ".git/x.json"] {
            fs::write(at(name), "x").unwrap();
        }
        assert!(!is_told(&changes, SHORT));
        fs::write(at("deep/deeper/a.json"), "{}").unwrap();
        assert!(is_told(&changes, PATIENCE), "in a folder of a folder");
        fs::create_dir(at("new")).unwrap();
        assert!(is_told(&changes, PATIENCE), "a new folder");
        fs::write(at("new/b.json"), "{}").unwrap();
        assert!(is_told(&changes, PATIENCE), "in the new folder");
        fs::rename(at("new"), at(".new")).unwrap();
        assert!(is_told(&changes, PATIENCE), "the folder is gone");
    }

    #[test]
    fn where_the_system_tells_nothing_files_are_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a.json"), "{}").unwrap();
        let (sender, changes) = mpsc::channel();
        let paths = [folder.path().to_owned()];
        thread::spawn(move || look(&paths, &|_| sender.send(()).is_ok()));
        thread::sleep(QUIET);
        fs::write(at("a.json"), "{ }").unwrap();
        assert!(is_told(&changes, PATIENCE), "written");
        fs::write(at("b.json"), "{}").unwrap();
        assert!(is_told(&changes, PATIENCE), "new");
        fs::remove_file(at("a.json")).unwrap();
        assert!(is_told(&changes, PATIENCE), "gone");
    }

    #[test]
    fn a_pattern_is_watched_for_what_matches_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (_watcher, changes) = watching(&[at("al*.json")]);
        fs::write(at("est.json"), "{}").unwrap();
        assert!(!is_told(&changes, SHORT));
        fs::write(at("alb.json"), "{}").unwrap();
        assert!(is_told(&changes, PATIENCE));
    }

    #[test]
    fn what_a_link_leads_to_is_watched_too() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("there")).unwrap();
        fs::write(at("there/real.json"), "{}").unwrap();
        std::os::unix::fs::symlink("there/real.json", at("link.json")).unwrap();
        let (_watcher, changes) = watching(&[at("link.json")]);
        fs::write(at("there/real.json"), "{ }").unwrap();
        assert!(is_told(&changes, PATIENCE));
    }

    #[test]
    fn a_folder_that_goes_is_told_and_its_return_too() {
        let folder = tempfile::tempdir().unwrap();
        let cards = folder.path().join("cards");
        fs::create_dir(&cards).unwrap();
        fs::write(cards.join("a.json"), "{}").unwrap();
        let (sender, told) = mpsc::channel();
        spawn(vec![cards.clone()], move |_| sender.send(()).is_ok());
        // The thread may not be there yet.
        thread::sleep(QUIET);
        fs::remove_dir_all(&cards).unwrap();
        assert!(told.recv_timeout(PATIENCE).is_ok(), "gone");
        while told.recv_timeout(SHORT).is_ok() {}
        fs::create_dir(&cards).unwrap();
        assert!(told.recv_timeout(PATIENCE).is_ok(), "back");
    }

    #[test]
    fn many_changes_are_told_as_one_and_a_folder_that_is_replaced_is_watched_on() {
        let folder = tempfile::tempdir().unwrap();
        let cards = folder.path().join("cards");
        fs::create_dir(&cards).unwrap();
        let (sender, told) = mpsc::channel();
        spawn(vec![cards.clone()], move |_| sender.send(()).is_ok());
        let count_within = |patience| {
            let until = Instant::now() + patience;
            let left = || until.saturating_duration_since(Instant::now());
            std::iter::from_fn(|| told.recv_timeout(left()).ok()).count()
        };
        // The thread may not be there yet.
        thread::sleep(QUIET);
        for _ in 0..50 {
            fs::write(cards.join("a.json"), "{}").unwrap();
        }
        assert_eq!(count_within(SHORT), 1);
        fs::rename(&cards, folder.path().join("old")).unwrap();
        fs::create_dir(&cards).unwrap();
        assert!(count_within(LOOK_EVERY + SHORT) >= 1);
        fs::write(cards.join("b.json"), "{}").unwrap();
        assert!(count_within(SHORT) >= 1);
    }

    #[test]
    fn a_change_after_which_the_system_watches_no_more_is_told_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let watched: Vec<Watched> = Watched::of(&path).into_iter().collect();
        let (sender, told) = mpsc::channel();
        thread::spawn(move || {
            let times = std::cell::Cell::new(0);
            let once = |watched: &[Watched], notice: &Sender<()>| {
                times.set(times.get() + 1);
                if times.get() == 1 { watch(watched, notice) } else { None }
            };
            listen(&watched, &|_| sender.send(()).is_ok(), once);
        });
        let mut is_told = false;
        // The other thread may not be watching yet, so write more than once.
        for at in 0..200 {
            fs::write(&path, format!("[{at}]")).unwrap();
            is_told = told.recv_timeout(Duration::from_millis(50)).is_ok();
            if is_told {
                break;
            }
        }
        assert!(is_told);
    }
}
