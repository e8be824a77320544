//! The program on the terminal: passes events to the model, performs its effects, and reads files on other threads.

mod note_search;
mod unsaved;
mod effects;

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crossterm::event::{MouseButton, MouseEventKind};
use note_search::NoteSearch;
use ratatui::{
    Frame,
    layout::{Position, Rect},
};

use crate::{
    core::{dataset::Dataset, reload_diff::ReloadDiff},
    review::{Draft, identity::Identity},
    text::{Safe, is_safe},
    tui::{
        keymap::Key,
        look::Look,
        model::{Model, Msg, ReadProgress},
        mouse::{Pointer, point},
        session::Session,
        update::update,
        view::{links, view},
    },
};
use crate::{
    store::{
        drafts::{self, Drafts},
        journal::{Ending, Keeper, Settings, Unsaved},
        load,
        opened::Opened,
        output::tell,
        paths, sample,
        session::{self, SessionKey, SessionWriter, Sessions},
        watch,
    },
    terminal::{
        Terminal, external_editor,
        links::takes_links,
        runtime::{self, App, End, Event, Flow, Inbox, Poster},
    },
};

/// What to open, and where to keep reviews and the session.
#[derive(Debug)]
pub struct Plan {
    pub source: Opened,
    pub journal: Settings,
    /// Whether files are read again when they change.
    pub is_watching: bool,
    /// `None` if no session is kept.
    pub sessions: Option<Sessions>,
}

/// Shortest time between two progress messages.
const TELL_EVERY: Duration = Duration::from_millis(80);

/// How long the journal may take to end, after a fatal signal and otherwise. The watchdog leaves 800 ms in all.
const HURRIED: Duration = Duration::from_millis(700);
const UNHURRIED: Duration = Duration::from_secs(10);
/// How long the session may take after a fatal signal, after the journal.
const HURRIED_SESSION: Duration = Duration::from_millis(50);

/// Runs the terminal interface and returns the exit code.
pub fn run(terminal: Terminal, plan: Plan, look: Look, model: Model) -> u8 {
    let Plan { source, journal, is_watching, sessions } = plan;
    let (poster, inbox): (Poster<Msg>, Inbox<Msg>) = runtime::channel();
    let journals = journal.home.folder().map(Path::to_owned).filter(|_| is_watching);
    let (keeper, ending) = Keeper::spawn(journal, poster.clone());
    if let Some(folder) = journals {
        let poster = poster.clone();
        watch::spawn_for_journal(folder, move |told| poster.post(told));
    }
    if let (Opened::Paths(options), true) = (&source, is_watching) {
        let poster = poster.clone();
        watch::spawn(options.paths.clone(), move |told| poster.post(told));
    }
    let mut program = Program {
        model,
        look,
        opened: None,
        session: sessions
            .as_ref()
            .map(|sessions| SessionWriter::spawn(sessions.folder.clone(), source.clone(), poster.clone())),
        sessions,
        has_chosen_set: false,
        left: None,
        source,
        editing: None,
        note_search: NoteSearch::default(),
        takes_links: takes_links(|name| std::env::var(name).ok()),
        output: Arc::default(),
        keeper,
        ending,
        answers: 0,
        asked: VecDeque::new(),
        drafts: drafts::file_here().map(|file| {
            let drafts = Arc::new(Mutex::new(Drafts::new(file)));
            (Arc::clone(&drafts), drafts::DraftsWriter::spawn(drafts, poster.clone()))
        }),
        left_words: None,
        unsaved: Some(vec![]),
        poster,
    };
    program.read();
    let code = runtime::run(&mut program, terminal, inbox, is_safe);
    unsaved::tell_unsaved(program.unsaved.as_deref());
    program.left_words.iter().for_each(|words| tell(words));
    code
}

struct Program {
    model: Model,
    look: Look,
    poster: Poster<Msg>,
    source: Opened,
    /// Whether the terminal is known to take hyperlinks.
    takes_links: bool,
    note_search: NoteSearch,
    /// The data whose journal is open.
    opened: Option<Arc<Dataset>>,
    sessions: Option<Sessions>,
    session: Option<SessionWriter>,
    /// Whether another set was chosen, which is kept though nothing was done in it.
    has_chosen_set: bool,
    /// The session that was kept last, or the one at the start.
    left: Option<Session>,
    /// A text for the external editor, until the terminal has been given back for it.
    editing: Option<String>,
    /// Bytes for the terminal that are no part of the screen.
    output: Arc<Mutex<Vec<u8>>>,
    keeper: Keeper,
    ending: Ending,
    /// Number of the journal's answers received.
    answers: usize,
    /// Requests that the journal has not answered yet, in the order of its answers.
    asked: VecDeque<Vec<Draft>>,
    /// Drafts, and the thread that writes them; `None` without a state directory.
    drafts: Option<(drafts::Shared, drafts::DraftsWriter)>,
    /// The message about drafts to print at the end.
    left_words: Option<String>,
    /// Records that were not kept at the end; `None` if the journal did not answer in time.
    unsaved: Option<Vec<Unsaved>>,
}

impl Program {
    /// Reads the files on another thread, which posts its progress and then the data.
    fn read(&self) {
        let (poster, source, before) = (self.poster.clone(), self.source.clone(), self.model.data.clone());
        let drafts = self.drafts.as_ref().map(|(drafts, _)| Arc::clone(drafts));
        let sessions = self.sessions.clone().filter(|sessions| !sessions.is_fresh && before.is_none());
        thread::spawn(move || {
            let begins_with = match &source {
                Opened::Paths(options) => load::glimpse(options),
                Opened::EmbeddedSample => None,
            };
            if begins_with.is_some() {
                poster.post(Msg::Progress(ReadProgress {
                    begins_with: begins_with.clone(),
                    ..ReadProgress::default()
                }));
            }
            let told = Mutex::new(Instant::now());
            let tell = |progress: load::LoadProgress| {
                let Ok(mut told) = told.lock() else { return };
                if told.elapsed() >= TELL_EVERY {
                    *told = Instant::now();
                    let load::LoadProgress { files, bytes, of_bytes, cards, .. } = progress;
                    poster.post(Msg::Progress(ReadProgress {
                        begins_with: begins_with.clone(),
                        files,
                        bytes,
                        of_bytes,
                        cards,
                    }));
                }
            };
            let last = sessions.as_ref().and_then(|sessions| session::last_set(&sessions.folder, &source));
            let read = match &source {
                Opened::Paths(options) => load::open_at(options, last, before.as_deref(), &tell),
                Opened::EmbeddedSample => Ok(sample::open(paths::findings_here().as_deref(), &|_| ())),
            };
            let mut framework = None;
            match read {
                Ok(data) => {
                    framework = before.is_none().then(|| data.framework.id.clone());
                    let told = sessions.and_then(|sessions| {
                        let key = SessionKey::of(&source, &data.framework.id)?;
                        session::read(&sessions.folder, &key)
                            .map(|found| found.map(|found| poster.post(Msg::Begin(Box::new(found)))))
                            .err()
                    });
                    poster.post(match before {
                        None => Msg::Loaded(Arc::new(data)),
                        Some(before) => {
                            let reload_diff = ReloadDiff::between(&before, &data);
                            Msg::ReadAgain { data: Arc::new(data), reload_diff }
                        }
                    });
                    told.map(|why| poster.post(Msg::Tell(why)));
                }
                Err(error) => {
                    poster.post(Msg::Failed(crate::text::safe_line(&error.to_string())));
                }
            }
            let left = framework
                .zip(drafts)
                .and_then(|(framework, drafts)| drafts.lock().ok().map(|mut drafts| drafts.take(&framework)));
            left.filter(|left| !left.is_empty()).map(|left| poster.post(Msg::Left(left)));
        });
    }

    /// Shows another set of the same files, as if the program began with it.
    fn open_set(&mut self, id: &str) {
        if !self.asked.is_empty() {
            self.poster.post(Msg::Said(Safe::fixed("still saving: then another set can be opened")));
            return;
        }
        if let Opened::Paths(options) = &mut self.source {
            options.framework = Some(id.to_owned());
        }
        self.model = self.model.for_another_set();
        self.has_chosen_set = true;
        (self.opened, self.left) = (None, None);
        self.read();
    }

    /// Reads every set of the same files on another thread, and posts them.
    fn read_sets(&self) {
        let Opened::Paths(options) = self.source.clone() else { return };
        let poster = self.poster.clone();
        thread::spawn(move || {
            let read = load::open_sets(&options, &|_| ());
            let read = read.map(Arc::new).map_err(|why| crate::text::safe_line(&why.to_string()));
            poster.post(Msg::SetsRead(read));
        });
    }

    /// Of several sets, the one that is shown stays, however many cards another gets.
    fn stay_with_set(&mut self) {
        if let (Some(data), Opened::Paths(options)) = (&self.model.data, &mut self.source)
            && !data.others.is_empty()
        {
            options.framework.get_or_insert_with(|| data.framework.id.to_string());
        }
    }

    /// If the data has changed, opens its journal, whose records are then laid over it.
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

    /// Passes the session to the thread that writes it, if it has changed.
    fn keep_session(&mut self) {
        let (Some(writer), Some(data), Some(now)) =
            (&self.session, &self.model.data, self.model.to_session())
        else {
            return;
        };
        // The session at the start is not written: it may be in an edition that was asked for only this once.
        let is_other = self.left.as_ref().is_some_and(|left| *left != now);
        if std::mem::take(&mut self.has_chosen_set) || is_other {
            writer.keep(session::KeptSession {
                framework: data.framework.id.clone(),
                is_one_of_many: !data.others.is_empty(),
                session: now.clone(),
            });
        }
        if is_other || self.left.is_none() {
            self.left = Some(now);
        }
    }

    /// Passes drafts to the thread that writes them, so that they survive a kill.
    fn keep_typed(&mut self) {
        if let (Some((_, writer)), Some(data)) = (&mut self.drafts, &self.model.data) {
            writer.keep(&data.framework.id, self.model.left());
        }
    }

    /// Keeps the drafts for the next start.
    fn keep_drafts(&mut self, patience: Duration) {
        let Some(data) = &self.model.data else { return };
        let mut left = self.model.left();
        if let Some(unsaved) = &self.unsaved {
            // A request that the journal does not report as failed was kept at the end.
            let is_kept = |asked: &&Vec<Draft>| !unsaved.iter().any(|one| one.drafts == **asked);
            let kept: Vec<&Draft> = self.asked.iter().filter(is_kept).flatten().collect();
            left.retain(|left| !kept.iter().any(|draft| left.is_said_by(&draft.act)));
        }
        if let Some((drafts, writer)) = &mut self.drafts {
            self.left_words = drafts::end(drafts, writer, patience, &data.framework.id, &left);
        }
    }
}

/// The meaning of a mouse report; `None` for drags, releases and other buttons.
const fn pointer(kind: MouseEventKind) -> Option<Pointer> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Pointer::Click),
        MouseEventKind::ScrollUp => Some(Pointer::WheelUp),
        MouseEventKind::ScrollDown => Some(Pointer::WheelDown),
        _ => None,
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
            Event::Mouse(report) => {
                let Some(pointer) = pointer(report.kind) else { return Flow::Continue };
                let effects = point(&mut self.model, pointer, Position::new(report.column, report.row));
                return self.perform(effects);
            }
            Event::Posted(message) => {
                if matches!(message, Msg::Kept(_) | Msg::NotKept { .. }) {
                    self.answers += 1;
                    self.asked.pop_front();
                }
                message
            }
        };
        let effects = update(&mut self.model, message);
        self.stay_with_set();
        self.open_journal();
        self.keep_session();
        self.keep_typed();
        self.perform(effects)
    }

    fn draw(&self, frame: &mut Frame) {
        view(&self.model, &self.look, frame);
    }

    fn links(&self) -> Vec<(Rect, String)> {
        if self.takes_links { links(&self.model, &self.look) } else { vec![] }
    }

    fn takes_text(&self) -> bool {
        self.model.overlay.as_ref().is_some_and(|open| open.kind().has_editor())
    }

    fn wants_mouse(&self) -> bool {
        self.model.has_mouse
    }

    fn take_output(&mut self) -> Vec<u8> {
        self.output.lock().map(|mut output| std::mem::take(&mut *output)).unwrap_or_default()
    }

    fn outside(&mut self) {
        if let Some(text) = self.editing.take() {
            self.poster.post(Msg::Edited(external_editor::edit(&text)));
        }
    }

    fn is_ready_for_first_frame(&self) -> bool {
        !self.model.is_reading()
    }

    fn on_end(&mut self, why: End) {
        let is_hurried = !matches!(why, End::Quit(_));
        let began = Instant::now();
        if let Some(session) = &mut self.session {
            session.end();
        }
        if !self.asked.is_empty() {
            let patience = if is_hurried { HURRIED } else { UNHURRIED };
            self.unsaved = self.keeper.end(&self.ending, patience, self.answers);
        }
        if let Some(session) = &self.session {
            session.wait(if is_hurried { HURRIED_SESSION } else { UNHURRIED });
        }
        let left = HURRIED.saturating_sub(began.elapsed()).max(HURRIED_SESSION);
        self.keep_drafts(if is_hurried { left } else { UNHURRIED });
    }
}

#[cfg(test)]
mod tests;
