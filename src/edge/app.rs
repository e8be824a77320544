//! The program on the terminal: events in, the model's effects out, files read on a thread of their own.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::{Frame, layout::Position};

use super::{
    clipboard, drafts, editor,
    journal::{Ending, Keeper, Settings, Unsaved},
    load::{self, LoadOptions},
    output::tell,
    own_findings, paths,
    runtime::{self, App, End, Event, Flow, Inbox, Poster},
    sample,
    terminal::Terminal,
};
use crate::{
    review::{Act, identity::Identity},
    text::{Safe, is_safe},
    tui::{
        keymap::Key,
        look::Look,
        model::{Effect, Left, Model, Msg, Progress},
        mouse::{Pointer, point},
        overlays::Open,
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

/// Progress is told at most so often.
const TELL_EVERY: Duration = Duration::from_millis(80);

/// How long the journal may take to end: after a fatal signal a watchdog leaves no more.
const HURRIED: Duration = Duration::from_millis(700);
const UNHURRIED: Duration = Duration::from_secs(10);

/// Opens the panes on the terminal and gives the exit code.
pub fn run(terminal: Terminal, source: Source, journal: Settings, look: Look, model: Model) -> u8 {
    let (poster, inbox): (Poster<Msg>, Inbox<Msg>) = runtime::channel();
    let (keeper, ending) = Keeper::spawn(journal, poster.clone());
    let mut program = Program {
        model,
        look,
        poster,
        source,
        editing: None,
        output: Arc::default(),
        keeper,
        ending,
        answers: 0,
        asked: 0,
        taken: vec![],
        drafts: None,
        unsaved: Some(vec![]),
    };
    program.read();
    let code = runtime::run(&mut program, terminal, inbox, is_safe);
    tell_unsaved(program.unsaved.as_deref());
    program.drafts.iter().for_each(|words| tell(words));
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
    /// A text for the editor of the environment, until the terminal can be lent to it.
    editing: Option<String>,
    /// Bytes for the terminal that are no part of the screen.
    output: Arc<Mutex<Vec<u8>>>,
    keeper: Keeper,
    ending: Ending,
    /// How many answers of the journal have been seen, of how many that were asked for.
    answers: usize,
    asked: usize,
    /// What was left from last time when it was taken up, and what to say of what is left now.
    taken: Vec<Left>,
    drafts: Option<String>,
    /// What was not saved at the end; nothing when the journal did not answer.
    unsaved: Option<Vec<Unsaved>>,
}

impl Program {
    /// Reads the files on another thread, which posts how far it is and then the data.
    fn read(&self) {
        let (poster, source, keeper) = (self.poster.clone(), self.source.clone(), self.keeper.clone());
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
            let is_sample = matches!(source, Source::EmbeddedSample);
            match read {
                Ok(data) => {
                    let identity = Identity::of(&data);
                    let framework = data.framework.id.clone();
                    poster.post(Msg::Loaded(Arc::new(data)));
                    if is_sample {
                        let words = "the embedded sample; visavis PATH opens your own cards";
                        poster.post(Msg::Said(Safe::fixed(words)));
                    }
                    // Only then: what the journal holds is laid over these cards.
                    if !identity.countries.is_empty() {
                        keeper.open(identity);
                    }
                    let left = drafts::file_here().map(|file| drafts::read(&file, &framework));
                    if let Some(left) = left.filter(|left| !left.is_empty()) {
                        poster.post(Msg::Left(left));
                    }
                }
                Err(error) => {
                    poster.post(Msg::Failed(crate::text::safe_line(&error.to_string())));
                }
            }
        });
    }

    /// Keeps what was typed and not saved, for the next start.
    fn keep_drafts(&mut self) {
        let Some(data) = &self.model.data else { return };
        // What was on its way to the journal got there after all.
        let is_underway = self.model.overlay.as_mut().and_then(Open::keeping_mut);
        if is_underway.is_some_and(|keeping| keeping.is_underway())
            && self.unsaved.as_ref().is_some_and(Vec::is_empty)
        {
            self.model.overlay = None;
        }
        let left = self.model.left();
        let Some(file) = drafts::file_here() else { return };
        let kept = drafts::replace(&file, &data.framework.id, &self.taken, &left);
        self.drafts = match (left.len(), kept) {
            (0, _) => None,
            (many, Ok(())) => {
                let them = if many == 1 { "1 text".to_owned() } else { format!("{many} texts") };
                Some(format!("{them} not saved, kept as a draft for the next start ({})", file.display()))
            }
            (_, Err(error)) => Some(format!(
                "NOT kept: {error}\n{}",
                left.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n")
            )),
        };
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
                Effect::Copy(copied) => {
                    let (poster, output) = (self.poster.clone(), Arc::clone(&self.output));
                    // tmux may take its time.
                    thread::spawn(move || {
                        let (bytes, told) = clipboard::copy(&copied, &clipboard::Around::here());
                        if let Ok(mut output) = output.lock() {
                            output.extend(bytes);
                        }
                        poster.post(Msg::Said(told));
                    });
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

/// What the program makes of a report; nothing of drags, releases and other buttons.
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
                if let Msg::Left(left) = &message {
                    self.taken.clone_from(left);
                }
                self.answers += usize::from(matches!(message, Msg::Kept(_) | Msg::NotKept { .. }));
                message
            }
        };
        let effects = update(&mut self.model, message);
        self.perform(effects)
    }

    fn draw(&self, frame: &mut Frame) {
        view(&self.model, &self.look, frame);
    }

    fn wants_mouse(&self) -> bool {
        self.model.has_mouse
    }

    fn take_output(&mut self) -> Vec<u8> {
        self.output.lock().map(|mut output| std::mem::take(&mut *output)).unwrap_or_default()
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
        if self.asked > self.answers {
            let patience = if matches!(why, End::Quit(_)) { UNHURRIED } else { HURRIED };
            self.unsaved = self.keeper.end(&self.ending, patience, self.answers);
        }
        self.keep_drafts();
    }
}
