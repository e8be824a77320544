//! Drafts: text that is typed and not saved, kept on the disk while it is typed, and offered at the next start.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::private_file;
use crate::terminal::runtime::Poster;
use crate::{
    review::{FlagKind, Target},
    text::safe_line,
    tui::model::{Left, Msg},
};

/// Bytes of the largest drafts file that is read: about a hundred notes of the longest kind.
const MOST_BYTES: u64 = 8 << 20;
/// Shortest time between two writes while the user types.
const AT_MOST_EVERY: Duration = Duration::from_millis(400);

/// One text in the file. `framework` names the cards it was typed for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    framework: String,
    /// Whether the text is the note of a flag.
    is_flag: bool,
    on: Target,
    /// The id of the kind that was chosen for a flag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    text: String,
    /// The id of the process in which the text is being typed, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<u32>,
}

impl Line {
    fn left(self) -> Left {
        let kind = self.kind.as_deref().and_then(FlagKind::from_id);
        Left { is_flag: self.is_flag, on: self.on, kind, text: self.text }
    }
}

/// The drafts file in the state directory.
pub(crate) fn file_here() -> Option<PathBuf> {
    super::paths::state_here().map(|folder| folder.join("drafts.json"))
}

/// The drafts that this run of the program keeps in the file.
#[derive(Debug)]
pub(crate) struct Drafts {
    file: PathBuf,
    by: u32,
    /// A lock held while something is typed, so that other processes know that the draft is in use. A kill releases
    /// it.
    alive: Option<File>,
    /// The lines in the file that this run may replace.
    own: Vec<Line>,
}

impl Drafts {
    pub(crate) fn new(file: PathBuf) -> Self {
        Self::of(file, process::id())
    }

    fn of(file: PathBuf, by: u32) -> Self {
        Self { file, by, alive: None, own: vec![] }
    }

    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(&self.file)
    }

    fn sign_of_life(&self, by: u32) -> PathBuf {
        self.folder().join(format!(".drafts-{by}.lock"))
    }

    /// Whether the process `by` is still typing. A lock file that no process holds is deleted.
    fn is_alive(&self, by: u32) -> bool {
        if by == self.by {
            return self.alive.is_some();
        }
        let sign = self.sign_of_life(by);
        // `lock_file` would create the file if it did not exist.
        let Ok(true) = fs::symlink_metadata(&sign).map(|meta| meta.is_file()) else { return false };
        let Ok(file) = private_file::lock_file(&sign) else { return false };
        if file.try_lock().is_err() {
            return true;
        }
        // A failure to delete it changes nothing.
        let _ = fs::remove_file(&sign);
        false
    }

    /// Takes over the drafts for these cards that no running process is typing. A file that cannot be read counts as
    /// empty and is not changed.
    pub(crate) fn take(&mut self, framework: &str) -> Vec<Left> {
        let lines = lines(&self.file).unwrap_or_default().into_iter();
        let is_left =
            |line: &Line| line.framework == framework && !line.by.is_some_and(|by| self.is_alive(by));
        let left: Vec<Line> = lines.filter(is_left).collect();
        self.own.extend(left.iter().cloned());
        left.into_iter().map(Line::left).collect()
    }

    /// Replaces the drafts that this run took over or kept before by `left`. Other lines stay. Errors: the file
    /// cannot be read or written.
    ///
    /// `is_typed` says that the drafts are still being typed: no other process takes them over while this one runs.
    pub(crate) fn replace(&mut self, framework: &str, left: &[Left], is_typed: bool) -> io::Result<()> {
        let by = is_typed.then_some(self.by);
        let line = |Left { is_flag, on, kind, text }| {
            let kind = kind.map(|kind| kind.id().to_owned());
            Line { framework: framework.to_owned(), is_flag, on, kind, text, by }
        };
        let now: Vec<Line> = left.iter().cloned().map(line).collect();
        // At the end the drafts are written even if unchanged, because another process may have removed them.
        if now != self.own || (!is_typed && !now.is_empty()) {
            fs::create_dir_all(self.folder())?;
            if by.is_some() && self.alive.is_none() {
                let sign = private_file::lock_file(&self.sign_of_life(self.by))?;
                // On a file system without locks the drafts are kept all the same.
                let _ = sign.try_lock();
                self.alive = Some(sign);
            }
            let lock = private_file::lock_file(&self.folder().join(".drafts.lock"))?;
            lock.lock()?;
            let mut lines = lines(&self.file)?;
            lines.retain(|line| !self.own.contains(line));
            lines.extend(now.iter().cloned());
            private_file::write(&self.file, &serde_json::to_vec_pretty(&lines)?)?;
            self.own = now;
        }
        if !is_typed && self.alive.take().is_some() {
            // If deleting fails, the next start deletes it.
            let _ = fs::remove_file(self.sign_of_life(self.by));
        }
        Ok(())
    }
}

fn lines(file: &Path) -> io::Result<Vec<Line>> {
    Ok(private_file::read(file, MOST_BYTES)?.map_or(Ok(vec![]), |bytes| serde_json::from_slice(&bytes))?)
}

/// This run's drafts, shared with the thread that writes.
pub(crate) type Shared = Arc<Mutex<Drafts>>;

/// The framework, and the drafts for its cards.
type Request = (Box<str>, Vec<Left>);

/// Sends drafts to the thread that writes while the user types.
#[derive(Debug)]
pub(crate) struct DraftsWriter {
    requests: Option<Sender<Request>>,
    ended: Receiver<()>,
    asked: Vec<Left>,
}

impl DraftsWriter {
    pub(crate) fn spawn(drafts: Shared, poster: Poster<Msg>) -> Self {
        let (requests, queue) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        thread::spawn(move || {
            serve(&drafts, &queue, &poster);
            // Dropped only now: it tells `DraftsWriter::end` that everything is written.
            drop(end);
        });
        Self { requests: Some(requests), ended, asked: vec![] }
    }

    /// Has the drafts written soon, if they differ from the last ones.
    pub(crate) fn keep(&mut self, framework: &str, left: Vec<Left>) {
        if left == self.asked {
            return;
        }
        self.asked.clone_from(&left);
        if let Some(requests) = &self.requests {
            // Sending cannot fail: the thread ends only after the sender is dropped.
            let _ = requests.send((framework.into(), left));
        }
    }

    /// Lets the thread write what is pending and end; false if that takes longer than `patience`.
    pub(crate) fn end(&mut self, patience: Duration) -> bool {
        self.requests = None;
        self.ended.recv_timeout(patience) == Err(mpsc::RecvTimeoutError::Disconnected)
    }
}

fn serve(drafts: &Shared, queue: &Receiver<Request>, poster: &Poster<Msg>) {
    let mut written: Option<(Instant, usize)> = None;
    let mut has_told = false;
    while let Ok(mut last) = queue.recv() {
        if let Some((at, texts)) = written {
            let due = at + AT_MOST_EVERY;
            // Drafts that were saved or discarded are removed at once, so that they are not offered again after a
            // kill.
            while last.1.len() >= texts {
                let Ok(newer) = queue.recv_timeout(due.saturating_duration_since(Instant::now())) else {
                    break;
                };
                last = newer;
            }
        }
        let (framework, left) = &last;
        let kept = drafts.lock().unwrap_or_else(PoisonError::into_inner).replace(framework, left, true);
        if let (Err(why), false) = (kept, has_told) {
            has_told = true;
            poster.post(Msg::Tell(safe_line(&format!("what you type is not kept as a draft: {why}"))));
        }
        written = Some((Instant::now(), left.len()));
    }
}

/// Keeps the drafts when the program ends and returns the message for the user; `None` if there are none.
pub(crate) fn end(
    drafts: &Shared,
    writer: &mut DraftsWriter,
    patience: Duration,
    framework: &str,
    left: &[Left],
) -> Option<String> {
    let slow = || io::Error::other("the disk did not answer in time");
    let kept = if writer.end(patience) { Ok(()) } else { Err(slow()) };
    // A writer that hangs still holds the lock, so do not wait for it.
    let kept = kept.and_then(|()| {
        let mut drafts = drafts.try_lock().map_err(|_| slow())?;
        drafts.replace(framework, left, false).map(|()| drafts.file.display().to_string())
    });
    match (left.len(), kept) {
        (0, _) => None,
        (many, Ok(file)) => {
            let them = if many == 1 { "1 text".to_owned() } else { format!("{many} texts") };
            Some(format!("{them} not saved, kept as a draft for the next start ({file})"))
        }
        (_, Err(error)) => {
            let texts: Vec<&str> = left.iter().map(|one| one.text.as_str()).collect();
            Some(format!("NOT kept: {error}\n{}", texts.join("\n")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{store::private_file::tests::make_fifo, terminal::runtime};

    fn left(text: &str) -> Left {
        let on = Target { country: Some("ALB".into()), edition: "2012".into(), indicator: None };
        Left { is_flag: false, on, kind: None, text: text.to_owned() }
    }

    /// Acts as a run of the program that ended with this draft.
    fn ended(file: &Path, framework: &str, text: &str) {
        Drafts::of(file.to_owned(), 1).replace(framework, &[left(text)], false).unwrap();
    }

    fn found(file: &Path, framework: &str) -> Vec<Left> {
        Drafts::of(file.to_owned(), 2).take(framework)
    }

    #[test]
    fn what_is_left_comes_back_over_its_own_cards_and_goes_when_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/drafts.json");
        ended(&file, "f", "half a thought");
        ended(&file, "other", "another");
        let mut drafts = Drafts::of(file.clone(), 3);
        assert_eq!(drafts.take("f"), [left("half a thought")]);
        // A second program with the same cards leaves a draft too.
        ended(&file, "f", "meanwhile");
        drafts.replace("f", &[], false).unwrap();
        assert_eq!(found(&file, "f"), [left("meanwhile")]);
        assert_eq!(found(&file, "other"), [left("another")]);
    }

    #[test]
    fn what_is_being_typed_is_nobody_elses_until_its_program_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        let mut typing = Drafts::of(file.clone(), 4);
        typing.replace("f", &[left("half")], true).unwrap();
        assert_eq!(found(&file, "f"), []);
        // As after a kill: the lock is released and its file is still there.
        drop(typing);
        // Whatever another thread is starting holds the lock, too, until it runs.
        let late = (0..200).find_map(|_| {
            thread::sleep(Duration::from_millis(5));
            Some(found(&file, "f")).filter(|found| !found.is_empty())
        });
        assert_eq!(late, Some(vec![left("half")]));
        let names = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name());
        assert!(!names.into_iter().any(|name| name == ".drafts-4.lock"));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        fs::write(&file, "{oops").unwrap();
        assert_eq!(found(&file, "f"), []);
        assert!(Drafts::of(file.clone(), 1).replace("f", &[left("x")], false).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "{oops");
    }

    #[test]
    fn a_fifo_in_its_place_makes_nobody_wait() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        make_fifo(&file);
        assert_eq!(found(&file, "f"), []);
        assert!(Drafts::of(file, 1).replace("f", &[left("x")], true).is_err());
    }

    #[test]
    fn what_is_typed_is_written_while_it_is_typed_and_not_at_every_letter() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        let text = || fs::read_to_string(&file).unwrap_or_default();
        let wait_for = |words: &str| {
            let began = Instant::now();
            while !text().contains(words) {
                assert!(began.elapsed() < Duration::from_secs(20), "no {words} in {}", text());
                thread::sleep(Duration::from_millis(5));
            }
        };
        let (poster, _inbox) = runtime::channel();
        let drafts = Arc::new(Mutex::new(Drafts::of(file.clone(), 5)));
        let mut writer = DraftsWriter::spawn(Arc::clone(&drafts), poster);
        writer.keep("f", vec![left("w0")]);
        wait_for("w0");
        let began = Instant::now();
        for at in 1..200 {
            writer.keep("f", vec![left(&format!("w{at}"))]);
        }
        wait_for("w199");
        assert!(began.elapsed() >= AT_MOST_EVERY / 2, "not at once");
        writer.keep("f", vec![]);
        assert!(writer.end(Duration::from_secs(20)));
        assert_eq!(text(), "[]");
    }

    #[test]
    fn what_is_said_to_be_kept_is_in_the_file_even_if_another_program_took_it_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        ended(&file, "f", "half a thought");
        let (mut one, mut other) = (Drafts::of(file.clone(), 3), Drafts::of(file.clone(), 4));
        assert_eq!(
            (one.take("f"), other.take("f")),
            (vec![left("half a thought")], vec![left("half a thought")])
        );
        one.replace("f", &[], false).unwrap();
        other.replace("f", &[left("half a thought")], false).unwrap();
        assert_eq!(found(&file, "f"), [left("half a thought")]);
    }
}
