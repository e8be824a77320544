//! What was typed and not saved: kept on the disk while it is typed, and there again at the next start.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::output::Target as Output;
use crate::{review::Target, tui::model::Left};

/// One text in the file. `framework` binds it to the cards it was typed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    framework: String,
    /// Whether it is the note of a flag.
    is_flag: bool,
    on: Target,
    text: String,
}

impl Line {
    fn of(framework: &str, left: &Left) -> Self {
        let Left { is_flag, on, text } = left.clone();
        Self { framework: framework.to_owned(), is_flag, on, text }
    }

    fn left(self) -> Left {
        Left { is_flag: self.is_flag, on: self.on, text: self.text }
    }
}

/// The file in the state directory.
pub(super) fn file_here() -> Option<PathBuf> {
    super::paths::state_here().map(|folder| folder.join("drafts.json"))
}

/// While somebody types, the file is written at most so often; what is killed in between has lost no more.
const AT_MOST_EVERY: Duration = Duration::from_millis(500);

enum Request {
    /// This was found in the file and taken up.
    Took(Vec<Left>),
    Keep(Kept),
    Last(Kept, Sender<io::Result<()>>),
}

/// What is left over the cards of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    framework: Box<str>,
    left: Vec<Left>,
}

/// The thread that writes the file: a slow disk holds up nobody.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Sender<Request>,
    last: Option<Kept>,
}

impl Writer {
    pub(super) fn spawn(file: PathBuf) -> Self {
        let (queue, requests) = mpsc::channel();
        thread::spawn(move || write(&file, &requests));
        Self { queue, last: None }
    }

    /// Of these it was told at the start: they go from the file when they are left no longer.
    pub(super) fn took(&mut self, framework: &str, left: &[Left]) {
        self.last = Some(Kept { framework: framework.into(), left: left.to_vec() });
        let _ = self.queue.send(Request::Took(left.to_vec()));
    }

    /// Keeps this before long, if it is other than before.
    pub(super) fn keep(&mut self, framework: &str, left: Vec<Left>) {
        let now = Kept { framework: framework.into(), left };
        let is_nothing_new = self.last.as_ref().map_or(now.left.is_empty(), |last| *last == now);
        if !is_nothing_new && self.queue.send(Request::Keep(now.clone())).is_ok() {
            self.last = Some(now);
        }
    }

    /// Keeps this now. An error also when that takes longer than `patience`.
    pub(super) fn end(&self, framework: &str, left: Vec<Left>, patience: Duration) -> io::Result<()> {
        let (answer, answered) = mpsc::channel();
        let last = Kept { framework: framework.into(), left };
        let gone = |_| io::Error::other("the drafts could not be written in time");
        self.queue.send(Request::Last(last, answer)).map_err(|_| io::ErrorKind::BrokenPipe)?;
        answered.recv_timeout(patience).map_err(gone)?
    }
}

fn write(file: &Path, requests: &Receiver<Request>) {
    let mut there: Vec<Left> = vec![];
    let mut written: Option<Instant> = None;
    let put = |there: &mut Vec<Left>, kept: Kept| {
        let put = replace(file, &kept.framework, there, &kept.left);
        if put.is_ok() {
            *there = kept.left;
        }
        put
    };
    let mut waiting: Option<Kept> = None;
    loop {
        let due = written.map_or_else(Instant::now, |at| at + AT_MOST_EVERY);
        let request = match &waiting {
            None => requests.recv().ok(),
            Some(_) => match requests.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(request) => Some(request),
                Err(mpsc::RecvTimeoutError::Disconnected) => None,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    // A failure is told at the end, when it is tried once more.
                    let _ = waiting.take().map(|kept| put(&mut there, kept));
                    written = Some(Instant::now());
                    continue;
                }
            },
        };
        match request {
            Some(Request::Took(left)) => there = left,
            Some(Request::Keep(kept)) => waiting = Some(kept),
            Some(Request::Last(kept, answer)) => {
                let _ = answer.send(put(&mut there, kept));
                return;
            }
            None => return,
        }
    }
}

/// What to say of it when the screen is gone; nothing where nothing is left.
pub(super) fn told(file: &Path, left: &[Left], kept: io::Result<()>) -> Option<String> {
    match (left.len(), kept) {
        (0, _) => None,
        (many, Ok(())) => {
            let them = if many == 1 { "1 text".to_owned() } else { format!("{many} texts") };
            Some(format!("{them} not saved, kept as a draft for the next start ({})", file.display()))
        }
        (_, Err(error)) => Some(format!(
            "NOT kept: {error}\n{}",
            left.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n")
        )),
    }
}

/// What was left over these cards. A file that cannot be read holds nothing for now, and stays as it is.
pub(super) fn read(file: &Path, framework: &str) -> Vec<Left> {
    let lines = lines(file).unwrap_or_default().into_iter();
    lines.filter(|line| line.framework == framework).map(Line::left).collect()
}

/// Takes out of the file what was taken up at the start, and puts in what is left now. Of others nothing is touched.
fn replace(file: &Path, framework: &str, taken: &[Left], left: &[Left]) -> io::Result<()> {
    if taken == left {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join(".drafts.lock"))?;
    lock.lock()?;
    let mut lines = lines(file)?;
    let taken: Vec<Line> = taken.iter().map(|one| Line::of(framework, one)).collect();
    lines.retain(|line| !taken.contains(line));
    lines.extend(left.iter().map(|one| Line::of(framework, one)));
    let text = serde_json::to_vec_pretty(&lines)?;
    Output::new(Some(file.to_owned()), true).write(&text).map_err(|error| io::Error::other(error.to_string()))
}

fn lines(file: &Path) -> io::Result<Vec<Line>> {
    match fs::read(file) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> Left {
        let on = Target { country: Some("ALB".into()), edition: "2012".into(), indicator: None };
        Left { is_flag: false, on, text: text.to_owned() }
    }

    #[test]
    fn what_is_left_comes_back_over_its_own_cards_and_goes_when_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/drafts.json");
        replace(&file, "f", &[], &[left("half a thought")]).unwrap();
        replace(&file, "other", &[], &[left("another")]).unwrap();
        let taken = read(&file, "f");
        assert_eq!(taken, [left("half a thought")]);
        // A second program over the same cards leaves something too.
        replace(&file, "f", &[], &[left("meanwhile")]).unwrap();
        replace(&file, "f", &taken, &[]).unwrap();
        assert_eq!(read(&file, "f"), [left("meanwhile")]);
        assert_eq!(read(&file, "other"), [left("another")]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        fs::write(&file, "{oops").unwrap();
        assert_eq!(read(&file, "f"), []);
        assert!(replace(&file, "f", &[], &[left("x")]).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "{oops");
    }
}
