//! The thread that owns the journal, so that the thread that draws never waits for the disk.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use super::{Journal, NotKept, Settings, author, seen, segment::Segment};
use crate::{
    review::{Draft, Reviewer, identity::Identity, news::Seen},
    terminal::runtime::Poster,
    text::{Raw, Safe},
    tui::model::Msg,
};

enum Request {
    Open(Identity),
    Keep(Vec<Draft>),
    Seen(Seen),
    Name(Raw<'static>),
    End,
}

/// Sends requests to the journal's thread, which answers them in order.
#[derive(Clone, Debug)]
pub(crate) struct Keeper {
    requests: Sender<Request>,
}

/// Drafts that were not kept, reported after the screen is gone.
pub(crate) type Unsaved = NotKept;

/// Receives, when the thread ends, every failed request with its number among all answers.
#[derive(Debug)]
pub(crate) struct Ending(Receiver<Vec<(usize, Unsaved)>>);

impl Keeper {
    pub(crate) fn spawn(settings: Settings, poster: Poster<Msg>) -> (Self, Ending) {
        let (requests, queue) = mpsc::channel();
        let (ended, ending) = mpsc::channel();
        thread::spawn(move || {
            let mut thread = Thread {
                settings,
                poster,
                journal: None,
                spoilt: vec![],
                waiting: vec![],
                answers: 0,
                posted: 0,
                unsaved: vec![],
            };
            thread.serve(&queue);
            // Sending fails if the program has stopped waiting.
            let _ = ended.send(thread.unsaved);
        });
        (Self { requests }, Ending(ending))
    }

    /// Opens the journal of these cards, or reads it again if it is open, and posts its records.
    pub(crate) fn open(&self, identity: Identity) {
        // Sending cannot fail: the thread ends only after `end` was called.
        let _ = self.requests.send(Request::Open(identity));
    }

    /// Adds to what this reviewer has seen. That it fails is not told: what is new is then shown once more.
    pub(crate) fn keep_seen(&self, now: Seen) {
        let _ = self.requests.send(Request::Seen(now));
    }

    /// Writes under this name from now on, and keeps it for the next time; posts the records as they are then.
    pub(crate) fn name_author(&self, name: Raw<'static>) {
        let _ = self.requests.send(Request::Name(name));
    }

    /// Keeps these drafts in one append and posts `Msg::Kept` or `Msg::NotKept`.
    pub(crate) fn keep(&self, drafts: Vec<Draft>) {
        let _ = self.requests.send(Request::Keep(drafts));
    }

    /// Waits until every request is done and returns the failed ones, without the first `seen` answers, which were
    /// shown on the screen. `None` if the thread has not ended within `patience`.
    pub(crate) fn end(&self, ending: &Ending, patience: Duration, seen: usize) -> Option<Vec<Unsaved>> {
        let _ = self.requests.send(Request::End);
        match ending.0.recv_timeout(patience) {
            Ok(unsaved) => {
                Some(unsaved.into_iter().filter(|(at, _)| *at >= seen).map(|(_, unsaved)| unsaved).collect())
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }
}

struct Thread {
    settings: Settings,
    poster: Poster<Msg>,
    journal: Option<Result<Journal, Safe>>,
    /// Spoilt segments of earlier journals, kept locked so that they are not written to again.
    spoilt: Vec<Segment>,
    /// Drafts to keep that arrived before a journal was opened.
    waiting: Vec<Vec<Draft>>,
    answers: usize,
    /// How many records have been posted.
    posted: usize,
    unsaved: Vec<(usize, Unsaved)>,
}

impl Thread {
    fn serve(&mut self, queue: &Receiver<Request>) {
        while let Ok(request) = queue.recv() {
            match request {
                Request::Open(identity) => self.open(identity),
                Request::Keep(drafts) if self.journal.is_none() => self.waiting.push(drafts),
                Request::Keep(drafts) => self.keep(drafts),
                Request::Seen(now) => seen::add(self.settings.state.as_deref(), &now),
                Request::Name(name) => self.name(&name),
                Request::End => break,
            }
        }
        for drafts in std::mem::take(&mut self.waiting) {
            self.keep(drafts);
        }
    }

    fn name(&mut self, name: &Raw<'static>) {
        author::keep(self.settings.state.as_deref(), name.raw());
        (self.settings.author, self.settings.is_guessed) = (Raw::new(author::trimmed(name.raw())), false);
        // The files of a writer bear the name, so this is another writer.
        if let Some(Ok(before)) = self.journal.take() {
            let identity = before.identity().clone();
            self.spoilt.extend(before.into_spoilt());
            self.open(identity);
        }
    }

    fn open(&mut self, identity: Identity) {
        let is_known = matches!(&self.journal, Some(Ok(journal)) if *journal.identity() == identity);
        if !is_known {
            // A file whose sync failed stays locked even if other cards are opened.
            if let Some(Ok(before)) = self.journal.take() {
                self.spoilt.extend(before.into_spoilt());
            }
        }
        let read = match &mut self.journal {
            Some(Ok(journal)) if is_known => journal.read(),
            _ => match Journal::open(self.settings.clone(), identity) {
                Ok((mut journal, reading)) => {
                    journal.beware(std::mem::take(&mut self.spoilt));
                    self.journal = Some(Ok(journal));
                    Ok(reading)
                }
                Err(why) => {
                    self.journal = Some(Err(why.clone()));
                    Err(why)
                }
            },
        };
        let me = match &self.journal {
            Some(Ok(journal)) => journal.reviewer(),
            _ => Reviewer::default(),
        };
        match read {
            Ok(reading) => {
                self.posted = reading.records.len();
                let told = reading.told();
                let seen = seen::read(self.settings.state.as_deref());
                self.poster.post(Msg::Reviews { records: reading.records, me, seen, told })
            }
            // The records read before stay on the screen.
            Err(why) if is_known => self.poster.post(Msg::Tell(why)),
            Err(why) => {
                let seen = Seen::default();
                self.poster.post(Msg::Reviews { records: vec![], me, seen, told: Some(why) })
            }
        };
        for drafts in std::mem::take(&mut self.waiting) {
            self.keep(drafts);
        }
    }

    /// Posts what others have said since the journal was read last, if anything: before something is said, so that it is
    /// shown first. That it cannot be read is told when it is asked for.
    fn look(&mut self) {
        let Some(Ok(journal)) = &mut self.journal else { return };
        let Ok(reading) = journal.read() else { return };
        if reading.records.len() != self.posted {
            self.posted = reading.records.len();
            let (me, seen) = (journal.reviewer(), seen::read(self.settings.state.as_deref()));
            self.poster.post(Msg::Reviews { records: reading.records, me, seen, told: None });
        }
    }

    fn keep(&mut self, drafts: Vec<Draft>) {
        self.look();
        let kept = match &mut self.journal {
            Some(Ok(journal)) => journal.keep(drafts),
            Some(Err(why)) => Err(NotKept { drafts, why: why.clone() }),
            None => Err(NotKept { drafts, why: Safe::fixed("no journal is open") }),
        };
        match kept {
            Ok(records) => {
                self.posted += records.len();
                self.poster.post(Msg::Kept(records))
            }
            Err(unsaved) => {
                self.unsaved.push((self.answers, unsaved.clone()));
                let NotKept { drafts, why } = unsaved;
                self.poster.post(Msg::NotKept { drafts, why })
            }
        };
        self.answers += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::*;
    use crate::{
        review::{Act, Target},
        store::journal::{Home, Os},
        terminal::runtime,
        text::Raw,
    };

    const PATIENCE: Duration = Duration::from_secs(40);

    fn settings(folder: &Path) -> Settings {
        Settings {
            disk: Arc::new(Os),
            home: Home::Folder(folder.to_owned()),
            state: None,
            author: Raw::from_static("Ana"),
            asks: crate::core::framework::ReviewRules::default(),
            is_guessed: false,
            machine: "host".into(),
            clock: || "2026-11-24T02:00:00+01:00".to_owned(),
        }
    }

    fn cards() -> Identity {
        Identity { framework: "f".into(), countries: ["ALB".into()].into() }
    }

    fn note(text: &str) -> Draft {
        let on = Target { country: Some("ALB".into()), edition: "2022".into(), indicator: None };
        Draft::new(Act::Note { on, text: Raw::new(text.to_owned()), to: vec![] })
    }

    #[test]
    fn what_was_asked_for_before_the_end_is_on_the_disk_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let (poster, _inbox) = runtime::channel();
        let (keeper, ending) = Keeper::spawn(settings(folder.path()), poster);
        // Drafts that arrive before the journal is open are kept too.
        keeper.keep(vec![note("early")]);
        keeper.open(cards());
        for at in 0..20 {
            keeper.keep(vec![note(&at.to_string())]);
        }
        assert_eq!(keeper.end(&ending, PATIENCE, 0), Some(vec![]));
        let (_, reading) = Journal::open(settings(folder.path()), cards()).unwrap();
        assert_eq!(reading.records.len(), 21);
    }

    #[test]
    fn what_could_not_be_kept_comes_back_at_the_end_unless_it_was_seen_before() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let (poster, _inbox) = runtime::channel();
        let (keeper, ending) = Keeper::spawn(settings(&file), poster);
        keeper.open(cards());
        for text in ["seen", "unseen"] {
            keeper.keep(vec![note(text)]);
        }
        let unsaved = keeper.end(&ending, PATIENCE, 1).unwrap();
        let drafts: Vec<Draft> = unsaved.into_iter().flat_map(|unsaved| unsaved.drafts).collect();
        assert_eq!(drafts, [note("unseen")]);
    }

    #[test]
    fn a_journal_that_cannot_be_read_again_takes_nothing_from_the_screen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (poster, inbox) = runtime::channel();
        let (keeper, _ending) = Keeper::spawn(settings(&path), poster);
        keeper.open(cards());
        keeper.keep(vec![note("one")]);
        assert!(matches!(inbox.posted(PATIENCE), Some(Msg::Reviews { .. })));
        assert!(matches!(inbox.posted(PATIENCE), Some(Msg::Kept(_))));
        std::fs::rename(&path, folder.path().join("away")).unwrap();
        std::fs::write(&path, "").unwrap();
        keeper.open(cards());
        let answer = inbox.posted(PATIENCE);
        assert!(matches!(answer, Some(Msg::Tell(_))), "{answer:?}");
    }
}
