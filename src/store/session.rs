//! Keeps the session: one file per set of paths and framework, written by its own thread at most once a second.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use super::{opened::Opened, private_file};
use crate::terminal::runtime::Poster;
use crate::{
    text::{Safe, safe_line},
    tui::{model::Msg, session::Session},
};

/// Where sessions are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    pub folder: PathBuf,
    /// Whether this session begins without reading the one before.
    pub is_fresh: bool,
}

/// What a session belongs to. A session is restored only for the same key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SessionKey {
    /// The opened paths, absolute and with links resolved, sorted; none for the embedded sample.
    paths: Vec<String>,
    framework: Box<str>,
}

/// The content of a session file.
#[derive(Debug, Serialize, Deserialize)]
struct Page {
    schema: Box<str>,
    #[serde(flatten)]
    key: SessionKey,
    session: Session,
}

/// The set of some paths that was shown last, where they hold several.
#[derive(Debug, Serialize, Deserialize)]
struct SetPage {
    schema: Box<str>,
    #[serde(flatten)]
    key: SessionKey,
}

const SCHEMA: &str = "visavis.session/1";
/// Bytes that are read of a session file; a real one is far smaller.
const MOST_BYTES: u64 = 1 << 20;
const AT_MOST_EVERY: Duration = Duration::from_secs(1);

impl SessionKey {
    /// The key of a source. `None` for standard input, whose cards cannot be opened a second time.
    pub(crate) fn of(source: &Opened, framework: &str) -> Option<Self> {
        let paths = match source {
            Opened::EmbeddedSample => vec![],
            Opened::Paths(options) => {
                if options.paths.iter().any(|path| path == Path::new("-")) {
                    return None;
                }
                let mut paths: Vec<String> = options.paths.iter().map(|path| whole(path)).collect();
                paths.sort();
                paths
            }
        };
        Some(Self { paths, framework: framework.into() })
    }

    fn hash(&self, framework: &str) -> u64 {
        let mut whole = framework.as_bytes().to_vec();
        for path in &self.paths {
            whole.push(0);
            whole.extend_from_slice(path.as_bytes());
        }
        XxHash3_64::oneshot(&whole)
    }

    /// The file that says which set of these paths was shown last.
    fn set_file(&self, folder: &Path) -> PathBuf {
        folder.join(format!("set-{:016x}.json", self.hash("")))
    }

    fn file(&self, folder: &Path) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let slug: String = self.framework.chars().map(plain).take(40).collect();
        folder.join(format!("{slug}-{:016x}.json", self.hash(&self.framework)))
    }
}

/// The absolute path with links resolved; for a glob only made absolute.
fn whole(path: &Path) -> String {
    let found = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    found.unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// Reads the session before; `None` if there was none, or one of another version. Errors: why the file cannot be
/// read.
pub(crate) fn read(folder: &Path, key: &SessionKey) -> Result<Option<Session>, Safe> {
    let path = key.file(folder);
    // The reason comes first, because a narrow screen cuts the end of the message.
    let failed = |why: &str| safe_line(&format!("session not found again: {why}: {}", path.display()));
    let Some(text) = private_file::read(&path, MOST_BYTES).map_err(|error| failed(&error.to_string()))?
    else {
        // A folder that cannot be written to is reported by `serve`, when there is something to write.
        return Ok(None);
    };
    // A session of another version is not an error.
    let page: serde_json::Value =
        serde_json::from_slice(&text).map_err(|error| failed(&error.to_string()))?;
    if page.get("schema").and_then(serde_json::Value::as_str) != Some(SCHEMA) {
        return Ok(None);
    }
    let page: Page = serde_json::from_value(page).map_err(|error| failed(&error.to_string()))?;
    Ok(Some(page.session).filter(|_| page.key == *key))
}

/// The set of this source that was shown last, if it holds several.
pub(crate) fn last_set(folder: &Path, source: &Opened) -> Option<Box<str>> {
    let key = SessionKey::of(source, "")?;
    let text = private_file::read(&key.set_file(folder), MOST_BYTES).ok()??;
    let page: SetPage = serde_json::from_slice(&text).ok()?;
    (&*page.schema == SCHEMA && page.key.paths == key.paths).then_some(page.key.framework)
}

fn write_set(folder: &Path, key: &SessionKey) -> Result<(), String> {
    let page = SetPage { schema: SCHEMA.into(), key: key.clone() };
    let text = serde_json::to_string(&page).map_err(|error| error.to_string())? + "\n";
    private_file::write(&key.set_file(folder), text.as_bytes()).map_err(|error| error.to_string())
}

fn write(folder: &Path, key: &SessionKey, session: &Session) -> Result<(), String> {
    // Only the user may read sessions: they hold search texts.
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| error.to_string())?;
    let page = Page { schema: SCHEMA.into(), key: key.clone(), session: session.clone() };
    let text = serde_json::to_string(&page).map_err(|error| error.to_string())? + "\n";
    private_file::write(&key.file(folder), text.as_bytes()).map_err(|error| error.to_string())
}

/// A session to keep.
#[derive(Debug)]
pub(crate) struct KeptSession {
    pub framework: Box<str>,
    /// Whether the source has other sets, too.
    pub is_one_of_many: bool,
    pub session: Session,
}

/// Sends sessions to the thread that writes.
#[derive(Debug)]
pub(crate) struct SessionWriter {
    requests: Option<Sender<KeptSession>>,
    ended: Receiver<()>,
}

impl SessionWriter {
    pub(crate) fn spawn(folder: PathBuf, source: Opened, poster: Poster<Msg>) -> Self {
        let (requests, queue) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        thread::spawn(move || {
            serve(&folder, &source, &queue, &poster);
            // Dropped only now: it tells `SessionWriter::wait` that everything is written.
            drop(end);
        });
        Self { requests: Some(requests), ended }
    }

    /// Has the session written soon; of several waiting sessions only the last is written.
    pub(crate) fn keep(&self, kept: KeptSession) {
        if let Some(requests) = &self.requests {
            // Sending cannot fail: the thread ends only after the sender is dropped.
            let _ = requests.send(kept);
        }
    }

    /// Asks the thread to write the last session at once and to end.
    pub(crate) fn end(&mut self) {
        self.requests = None;
    }

    /// Waits for the thread's end, at most `patience`.
    pub(crate) fn wait(&self, patience: Duration) {
        let _ = self.ended.recv_timeout(patience);
    }
}

fn serve(folder: &Path, source: &Opened, queue: &Receiver<KeptSession>, poster: &Poster<Msg>) {
    let mut written: Option<Instant> = None;
    let mut has_told = false;
    while let Ok(mut last) = queue.recv() {
        let due = written.map_or_else(Instant::now, |at| at + AT_MOST_EVERY);
        while let Ok(newer) = queue.recv_timeout(due.saturating_duration_since(Instant::now())) {
            last = newer;
        }
        let Some(key) = SessionKey::of(source, &last.framework) else { continue };
        let mut kept = write(folder, &key, &last.session);
        if last.is_one_of_many {
            kept = kept.and_then(|()| write_set(folder, &key));
        }
        if let (Err(why), false) = (kept, has_told) {
            has_told = true;
            poster.post(Msg::Tell(safe_line(&format!("where you are is not kept for the next time: {why}"))));
        }
        written = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::{load::LoadOptions, private_file::tests::make_fifo},
        terminal::runtime,
    };

    const PATIENCE: Duration = Duration::from_secs(40);

    fn session(country: &str) -> Session {
        serde_json::from_value(serde_json::json!({ "country": country, "front": "coverage" })).unwrap()
    }

    fn source(path: &str) -> Opened {
        Opened::Paths(Box::new(LoadOptions { paths: vec![path.into()], ..LoadOptions::default() }))
    }

    fn key(path: &str, framework: &str) -> SessionKey {
        SessionKey::of(&source(path), framework).unwrap()
    }

    #[test]
    fn what_was_kept_is_found_again_for_the_same_paths_and_framework_only() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state/sessions");
        assert_eq!(read(&folder, &key("/cards", "f")), Ok(None));
        write(&folder, &key("/cards", "f"), &session("ALB")).unwrap();
        assert_eq!(read(&folder, &key("/cards", "f")), Ok(Some(session("ALB"))));
        for other in [key("/other", "f"), key("/cards", "g")] {
            assert_eq!(read(&folder, &other), Ok(None));
            // The key in the file is checked as well as its name.
            fs::copy(key("/cards", "f").file(&folder), other.file(&folder)).unwrap();
            assert_eq!(read(&folder, &other), Ok(None));
        }
    }

    #[test]
    fn a_file_that_is_no_session_is_told_and_one_of_another_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let key = key("/cards", "f");
        let path = key.file(folder.path());
        for text in ["{oops", "\u{0}", r#"{"schema":"visavis.session/1","session":7}"#] {
            fs::write(&path, text).unwrap();
            assert!(read(folder.path(), &key).unwrap_err().contains("session not found again"), "{text}");
        }
        fs::write(&path, r#"{"schema":"visavis.session/9","place":7}"#).unwrap();
        assert_eq!(read(folder.path(), &key), Ok(None));
    }

    #[test]
    fn a_fifo_in_its_place_makes_nobody_wait_and_the_reason_comes_before_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let key = key("/cards", "f");
        make_fifo(&key.file(folder.path()));
        let told = read(folder.path(), &key).unwrap_err();
        assert!(told.starts_with("session not found again: it is no regular file: /"), "{told}");
        assert!(write(folder.path(), &key, &session("ALB")).is_err());
    }

    #[test]
    fn standard_input_has_no_session_and_the_sample_has_one() {
        assert_eq!(SessionKey::of(&source("-"), "f"), None);
        assert!(SessionKey::of(&Opened::EmbeddedSample, "f").is_some());
    }

    #[test]
    fn the_last_of_many_is_written_at_the_end_and_only_few_in_between() {
        let folder = tempfile::tempdir().unwrap();
        let (poster, _inbox) = runtime::channel();
        let mut writer = SessionWriter::spawn(folder.path().to_owned(), source("/cards"), poster);
        for at in 0..1000 {
            let session = session(&at.to_string());
            writer.keep(KeptSession { framework: "f".into(), is_one_of_many: false, session });
        }
        writer.end();
        writer.wait(PATIENCE);
        assert_eq!(read(folder.path(), &key("/cards", "f")), Ok(Some(session("999"))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn of_several_sets_the_one_that_was_shown_last_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let (poster, _inbox) = runtime::channel();
        let mut writer = SessionWriter::spawn(folder.path().to_owned(), source("/tables"), poster);
        assert_eq!(last_set(folder.path(), &source("/tables")), None);
        for framework in ["f", "g"] {
            writer.keep(KeptSession {
                framework: framework.into(),
                is_one_of_many: true,
                session: session("ALB"),
            });
        }
        writer.end();
        writer.wait(PATIENCE);
        assert_eq!(last_set(folder.path(), &source("/tables")).as_deref(), Some("g"));
        assert_eq!(last_set(folder.path(), &source("/others")), None);
        assert_eq!(last_set(folder.path(), &source("-")), None);
    }
}
