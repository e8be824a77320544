//! Tells when a file that was opened changes: by the system's events, or by looking every two seconds where it has none.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use notify::{
    Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, MetadataKind, ModifyKind},
};

use super::load::{is_data_name, is_leftover};
use crate::{text::Safe, tui::model::Msg};

/// A change is told after so long without another one,
const QUIET: Duration = Duration::from_millis(200);
/// but at the latest so long after it.
const AT_LATEST: Duration = Duration::from_secs(2);
/// How often to look where the system tells nothing.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// One path of the user's, as it is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Watched {
    /// A folder with all in it.
    Folder(PathBuf),
    /// A file, by its folder: editors put another file in its place.
    File { folder: PathBuf, file: PathBuf },
    /// A pattern, by the folder above its first wildcard.
    Pattern { folder: PathBuf, pattern: Box<glob::Pattern>, is_deep: bool },
}

impl Watched {
    /// What to watch for a path; nothing for standard input, and where there is not even a folder.
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
        // A link may be turned to another file, and the file that it leads to may change.
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

    /// Whether a change there is one of what was opened.
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

/// What is gone may have been a folder with cards in it, unless its name has the ending of a file.
fn is_file(path: &Path) -> bool {
    path.is_file() || (!path.is_dir() && path.extension().is_some())
}

/// Reading tells no news: it would follow from being told, without end.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        _ => true,
    }
}

/// Watches these paths from a thread of its own as long as the program runs; `tell` is false when nobody listens any more.
pub(super) fn spawn(paths: Vec<PathBuf>, tell: impl Fn(Msg) -> bool + Send + 'static) {
    let (notice, changes) = mpsc::channel();
    thread::spawn(move || {
        let watched: Vec<Watched> = paths.iter().flat_map(|path| Watched::of(path)).collect();
        let has_events = watched.iter().all(|one| tells_changes(one.folder().0));
        let is_gone = || watched.iter().any(|one| !one.folder().0.exists());
        // Whatever watches stops when it is dropped.
        let mut watching = watch(&watched, &notice, has_events);
        loop {
            if watching.is_none() {
                tell(Msg::Said(Safe::fixed("these files cannot be watched: R reads them again")));
                return;
            }
            if !wait(&changes) {
                return;
            }
            if is_gone() {
                // The system watches the folder that is gone: only looking finds the one that takes its place.
                drop(watching.take());
                while is_gone() {
                    thread::sleep(LOOK_EVERY);
                }
            }
            // Before the files are read: what changes from now on is told again. A folder may be another one of this name.
            drop(std::mem::replace(&mut watching, watch(&watched, &notice, has_events)));
            if !tell(Msg::FilesChanged) {
                return;
            }
        }
    });
}

/// Waits for a change and for quiet after it; false when nobody is left to tell of any.
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

/// Whatever watches, as long as it is kept.
type Watching = Box<dyn Watcher + Send>;

/// By the system's events where it has them and all of it can be watched so, else by looking.
fn watch(watched: &[Watched], notice: &Sender<()>, has_events: bool) -> Option<Watching> {
    let handler = || {
        let (watched, notice) = (watched.to_vec(), notice.clone());
        move |event: notify::Result<Event>| {
            // Whatever was lost in an error may have been a change.
            let is_news = event.map_or(true, |event| {
                event.need_rescan()
                    || is_change(event.kind)
                        && event.paths.iter().any(|path| watched.iter().any(|one| one.is_about(path)))
            });
            if is_news {
                // The thread that listens ends with the program.
                let _ = notice.send(());
            }
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    let native = || RecommendedWatcher::new(handler(), config);
    let looking = || PollWatcher::new(handler(), config.with_poll_interval(LOOK_EVERY));
    let native = if has_events { native().ok().and_then(|watcher| all_of(watcher, watched)) } else { None };
    native.or_else(|| looking().ok().and_then(|watcher| all_of(watcher, watched)))
}

fn all_of(mut eye: impl Watcher + Send + 'static, watched: &[Watched]) -> Option<Watching> {
    for one in watched {
        let (folder, mode) = one.folder();
        eye.watch(folder, mode).ok()?;
    }
    Some(Box::new(eye))
}

/// Network file systems tell what this machine changes and not what others do.
#[cfg(target_os = "linux")]
fn tells_changes(folder: &Path) -> bool {
    /// NFS, SMB, CIFS, SMB2, AFS, Coda, 9P, Ceph, FUSE, as `statfs(2)` has them.
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

    /// Far more than a change takes to be told.
    const PATIENCE: Duration = Duration::from_secs(20);
    /// More than it takes to be told, were it told.
    const SHORT: Duration = Duration::from_millis(700);

    /// Watches these by the system's events, and counts how often a change is told.
    fn watching(paths: &[PathBuf]) -> (Option<Watching>, Receiver<()>) {
        watching_by(paths, true)
    }

    fn watching_by(paths: &[PathBuf], has_events: bool) -> (Option<Watching>, Receiver<()>) {
        let (notice, changes) = mpsc::channel();
        let watched: Vec<Watched> = paths.iter().flat_map(|path| Watched::of(path)).collect();
        (watch(&watched, &notice, has_events), changes)
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
        let (_watcher, changes) = watching_by(&[folder.path().to_owned()], false);
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
}
