//! The program on the terminal: events in, the model's effects out, files read on a thread of their own.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use ratatui::Frame;

use super::{
    editor,
    journal::{Ending, Keeper, Settings, Unsaved},
    load::{self, LoadOptions},
    output::tell,
    own_findings, paths,
    runtime::{self, App, End, Event, Flow, Inbox, Poster},
    sample,
    session::{self, Key as SessionKey, Sessions, Writer},
    terminal::Terminal,
    watch,
};
use crate::{
    core::{dataset::Dataset, reread::Reread},
    review::{Act, identity::Identity},
    text::{Safe, is_safe},
    tui::{
        keymap::Key,
        look::Look,
        model::{Effect, Model, Msg, Progress},
        session::Session,
        update::update,
        view::view,
    },
};

/// Where the cards come from.
#[derive(Clone, Debug)]
pub enum Source {
    Paths(LoadOptions),
    EmbeddedSample,
}

/// What to open, and what to keep of it.
#[derive(Debug)]
pub struct Plan {
    pub source: Source,
    pub journal: Settings,
    /// Whether files are read again when they change.
    pub is_watching: bool,
    /// Nothing when no session is kept.
    pub sessions: Option<Sessions>,
}

/// Progress is told at most so often.
const TELL_EVERY: Duration = Duration::from_millis(80);

/// How long the journal may take to end: after a fatal signal a watchdog leaves no more.
const HURRIED: Duration = Duration::from_millis(700);
const UNHURRIED: Duration = Duration::from_secs(10);
/// How long the session may take then, after the journal.
const HURRIED_SESSION: Duration = Duration::from_millis(50);

/// Opens the panes on the terminal and gives the exit code.
pub fn run(terminal: Terminal, plan: Plan, look: Look, model: Model) -> u8 {
    let Plan { source, journal, is_watching, sessions } = plan;
    let (poster, inbox): (Poster<Msg>, Inbox<Msg>) = runtime::channel();
    let (keeper, ending) = Keeper::spawn(journal, poster.clone());
    if let (Source::Paths(options), true) = (&source, is_watching) {
        let poster = poster.clone();
        watch::spawn(options.paths.clone(), move |told| poster.post(told));
    }
    let mut program = Program {
        model,
        look,
        opened: None,
        session: sessions
            .as_ref()
            .map(|sessions| Writer::spawn(sessions.folder.clone(), source.clone(), poster.clone())),
        sessions,
        left: None,
        poster,
        source,
        editing: None,
        keeper,
        ending,
        answers: 0,
        asked: 0,
        unsaved: Some(vec![]),
    };
    program.read();
    let code = runtime::run(&mut program, terminal, inbox, is_safe);
    tell_unsaved(program.unsaved.as_deref());
    code
}

/// The screen is gone: what was typed and not saved is said where it can be copied from.
fn tell_unsaved(unsaved: Option<&[Unsaved]>) {
    let Some(unsaved) = unsaved else {
        tell("the journal did not answer in time: what was written last may not be saved");
        return;
    };
    for Unsaved { drafts, why } in unsaved {
        tell(&format!("NOT saved: {why}"));
        for draft in drafts {
            if let Act::Flag { note: text, .. } | Act::Resolve { note: text, .. } | Act::Note { text, .. } =
                &draft.act
            {
                tell(text.raw());
            }
        }
    }
}

struct Program {
    model: Model,
    look: Look,
    poster: Poster<Msg>,
    source: Source,
    /// The data whose journal is open.
    opened: Option<Arc<Dataset>>,
    sessions: Option<Sessions>,
    session: Option<Writer>,
    /// What was given to be kept last, or where it began.
    left: Option<Session>,
    /// A text for the editor of the environment, until the terminal can be lent to it.
    editing: Option<String>,
    keeper: Keeper,
    ending: Ending,
    /// How many answers of the journal have been seen, of how many that were asked for.
    answers: usize,
    asked: usize,
    /// What was not saved at the end; nothing when the journal did not answer.
    unsaved: Option<Vec<Unsaved>>,
}

impl Program {
    /// Reads the files on another thread, which posts how far it is and then the data.
    fn read(&self) {
        let (poster, source, before) = (self.poster.clone(), self.source.clone(), self.model.data.clone());
        let sessions = self.sessions.clone().filter(|sessions| !sessions.is_fresh && before.is_none());
        thread::spawn(move || {
            let begins_with = match &source {
                Source::Paths(options) => load::glimpse(options),
                Source::EmbeddedSample => None,
            };
            if begins_with.is_some() {
                poster.post(Msg::Progress(Progress {
                    begins_with: begins_with.clone(),
                    ..Progress::default()
                }));
            }
            let told = Mutex::new(Instant::now());
            let tell = |progress: load::Progress| {
                let Ok(mut told) = told.lock() else { return };
                if told.elapsed() >= TELL_EVERY {
                    *told = Instant::now();
                    let load::Progress { files, bytes, of_bytes, cards, .. } = progress;
                    poster.post(Msg::Progress(Progress {
                        begins_with: begins_with.clone(),
                        files,
                        bytes,
                        of_bytes,
                        cards,
                    }));
                }
            };
            let read = match &source {
                Source::Paths(options) => load::open(options, &tell),
                Source::EmbeddedSample => Ok(sample::open(paths::findings_here().as_deref(), &|_| ())),
            };
            let is_new_sample = matches!(source, Source::EmbeddedSample) && before.is_none();
            match read {
                Ok(data) => {
                    let told = sessions.and_then(|sessions| {
                        let key = SessionKey::of(&source, &data.framework.id)?;
                        session::read(&sessions.folder, &key)
                            .map(|found| found.map(|found| poster.post(Msg::Begin(found))))
                            .err()
                    });
                    poster.post(match before {
                        None => Msg::Loaded(Arc::new(data)),
                        Some(before) => {
                            let reread = Reread::between(&before, &data);
                            Msg::ReadAgain { data: Arc::new(data), reread }
                        }
                    });
                    told.map(|why| poster.post(Msg::Said(why)));
                }
                Err(error) => {
                    poster.post(Msg::Failed(crate::text::safe_line(&error.to_string())));
                }
            }
            if is_new_sample {
                poster.post(Msg::Said(Safe::fixed("the embedded sample; visavis PATH opens your own cards")));
            }
        });
    }

    /// After the data became others: what their journal holds is laid over them.
    fn open_journal(&mut self) {
        let Some(data) = &self.model.data else { return };
        if self.opened.as_ref().is_some_and(|opened| Arc::ptr_eq(opened, data)) {
            return;
        }
        let identity = Identity::of(data);
        self.opened = Some(Arc::clone(data));
        if !identity.countries.is_empty() {
            self.keeper.open(identity);
        }
    }

    /// Gives what is left behind to the thread that writes it, if it is other than before.
    fn keep_session(&mut self) {
        let (Some(writer), Some(data), Some(now)) =
            (&self.session, &self.model.data, self.model.to_session())
        else {
            return;
        };
        // Who only looks, perhaps at an edition asked for this once, leaves what was kept before as it is.
        let is_other = self.left.as_ref().is_some_and(|left| *left != now);
        if is_other {
            writer.keep(&data.framework.id, now.clone());
        }
        if is_other || self.left.is_none() {
            self.left = Some(now);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Flow {
        let mut flow = Flow::Redraw;
        for effect in effects {
            match effect {
                Effect::Quit => flow = Flow::Quit(0),
                Effect::Reload => self.read(),
                Effect::Edit { text } => {
                    self.editing = Some(text);
                    flow = Flow::Outside;
                }
                Effect::ChangeFindings { framework, change } => {
                    let poster = self.poster.clone();
                    // A slow disk holds up nobody.
                    thread::spawn(move || {
                        let folder = paths::findings_here();
                        let told = own_findings::change(folder.as_deref(), &framework, &change);
                        poster.post(Msg::FindingsChanged(told));
                    });
                }
                Effect::Keep(drafts) => {
                    self.asked += 1;
                    self.keeper.keep(drafts);
                }
            }
        }
        flow
    }
}

impl App for Program {
    type Message = Msg;

    fn handle(&mut self, event: Event<Msg>) -> Flow {
        let message = match event {
            Event::Key(key) => Msg::Key(Key::from(key)),
            Event::Paste { text, .. } => Msg::Paste(text),
            Event::Resized(size) => Msg::Resized(size),
            Event::Resumed => return Flow::Redraw,
            Event::Mouse(_) => return Flow::Continue,
            Event::Posted(message) => {
                self.answers += usize::from(matches!(message, Msg::Kept(_) | Msg::NotKept { .. }));
                message
            }
        };
        let effects = update(&mut self.model, message);
        self.open_journal();
        self.keep_session();
        self.perform(effects)
    }

    fn draw(&self, frame: &mut Frame) {
        view(&self.model, &self.look, frame);
    }

    fn outside(&mut self) {
        if let Some(text) = self.editing.take() {
            self.poster.post(Msg::Edited(editor::edit(&text)));
        }
    }

    fn is_ready_for_first_frame(&self) -> bool {
        !self.model.is_reading()
    }

    fn on_end(&mut self, why: End) {
        let is_hurried = !matches!(why, End::Quit(_));
        if let Some(session) = &mut self.session {
            session.end();
        }
        if self.asked > self.answers {
            let patience = if is_hurried { HURRIED } else { UNHURRIED };
            self.unsaved = self.keeper.end(&self.ending, patience, self.answers);
        }
        if let Some(session) = &self.session {
            session.wait(if is_hurried { HURRIED_SESSION } else { UNHURRIED });
        }
    }
}
