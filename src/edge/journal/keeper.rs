//! The thread that owns the journal: the one that draws never waits for a disk.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use super::{Journal, NotKept, Settings};
use crate::{
    edge::runtime::Poster,
    review::{Draft, identity::Identity},
    text::Safe,
    tui::model::Msg,
};

enum Request {
    Open(Identity),
    Keep(Vec<Draft>),
    End,
}

/// Asks the journal's thread. Requests are answered in their order.
#[derive(Clone, Debug)]
pub(in crate::edge) struct Keeper {
    requests: Sender<Request>,
}

/// What was asked for and not kept, when nobody was left to be told on the screen.
pub(in crate::edge) type Unsaved = NotKept;

/// The end of the thread: all answers that were not kept, each with its number among all answers.
#[derive(Debug)]
pub(in crate::edge) struct Ending(Receiver<Vec<(usize, Unsaved)>>);

impl Keeper {
    pub(in crate::edge) fn spawn(settings: Settings, poster: Poster<Msg>) -> (Self, Ending) {
        let (requests, queue) = mpsc::channel();
        let (ended, ending) = mpsc::channel();
        thread::spawn(move || {
            let mut thread =
                Thread { settings, poster, journal: None, waiting: vec![], answers: 0, unsaved: vec![] };
            thread.serve(&queue);
            // The program may have stopped waiting.
            let _ = ended.send(thread.unsaved);
        });
        (Self { requests }, Ending(ending))
    }

    /// Opens the journal of these cards, or reads it again, and posts what it holds.
    pub(in crate::edge) fn open(&self, identity: Identity) {
        // The thread ends only after this program has asked it to.
        let _ = self.requests.send(Request::Open(identity));
    }

    /// Keeps these as one, and posts what came of it.
    pub(in crate::edge) fn keep(&self, drafts: Vec<Draft>) {
        let _ = self.requests.send(Request::Keep(drafts));
    }

    /// Waits until everything that was asked for is on the disk or has failed; nothing when that takes too long.
    pub(in crate::edge) fn end(
        &self,
        ending: &Ending,
        patience: Duration,
        seen: usize,
    ) -> Option<Vec<Unsaved>> {
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
    /// Asked for before it was known which cards are open.
    waiting: Vec<Vec<Draft>>,
    answers: usize,
    unsaved: Vec<(usize, Unsaved)>,
}

impl Thread {
    fn serve(&mut self, queue: &Receiver<Request>) {
        while let Ok(request) = queue.recv() {
            match request {
                Request::Open(identity) => self.open(identity),
                Request::Keep(drafts) if self.journal.is_none() => self.waiting.push(drafts),
                Request::Keep(drafts) => self.keep(drafts),
                Request::End => break,
            }
        }
        for drafts in std::mem::take(&mut self.waiting) {
            self.keep(drafts);
        }
    }

    fn open(&mut self, identity: Identity) {
        let read = match &mut self.journal {
            Some(Ok(journal)) if *journal.identity() == identity => journal.read(),
            _ => match Journal::open(self.settings.clone(), identity) {
                Ok((journal, reading)) => {
                    self.journal = Some(Ok(journal));
                    Ok(reading)
                }
                Err(why) => {
                    self.journal = Some(Err(why.clone()));
                    Err(why)
                }
            },
        };
        let writer = match &self.journal {
            Some(Ok(journal)) => journal.writer().into(),
            _ => Box::default(),
        };
        let (records, told) = match read {
            Ok(reading) => {
                let told = reading.told();
                (reading.records, told)
            }
            Err(why) => (vec![], Some(why)),
        };
        self.poster.post(Msg::Reviews { records, writer, told });
        for drafts in std::mem::take(&mut self.waiting) {
            self.keep(drafts);
        }
    }

    fn keep(&mut self, drafts: Vec<Draft>) {
        let kept = match &mut self.journal {
            Some(Ok(journal)) => journal.keep(drafts),
            Some(Err(why)) => Err(NotKept { drafts, why: why.clone() }),
            None => Err(NotKept { drafts, why: Safe::fixed("no journal is open") }),
        };
        match kept {
            Ok(records) => self.poster.post(Msg::Kept(records)),
            Err(unsaved) => {
                self.unsaved.push((self.answers, unsaved.clone()));
                let NotKept { drafts, why } = unsaved;
                self.poster.post(Msg::NotKept { drafts, why })
            }
        };
        self.answers += 1;
    }
}
