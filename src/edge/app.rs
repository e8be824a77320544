//! The program on the terminal: events in, the model's effects out, files read on a thread of their own.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use ratatui::Frame;

use super::{
    editor,
    load::{self, LoadOptions},
    runtime::{self, App, Event, Flow, Inbox, Poster},
    sample,
    terminal::Terminal,
};
use crate::{
    review::Draft,
    text::{Safe, is_safe},
    tui::{
        keymap::Key,
        look::Look,
        model::{Effect, Model, Msg, Progress},
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

/// Opens the panes on the terminal and gives the exit code.
pub fn run(terminal: Terminal, source: Source, look: Look, model: Model) -> u8 {
    let (poster, inbox): (Poster<Msg>, Inbox<Msg>) = runtime::channel();
    let mut program = Program { model, look, poster, source, editing: None };
    program.read();
    runtime::run(&mut program, terminal, inbox, is_safe)
}

struct Program {
    model: Model,
    look: Look,
    poster: Poster<Msg>,
    source: Source,
    /// A text for the editor of the environment, until the terminal can be lent to it.
    editing: Option<String>,
}

impl Program {
    /// Reads the files on another thread, which posts how far it is and then the data.
    fn read(&self) {
        let (poster, source) = (self.poster.clone(), self.source.clone());
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
                Source::EmbeddedSample => Ok(sample::open(&|_| ())),
            };
            let is_sample = matches!(source, Source::EmbeddedSample);
            poster.post(match read {
                Ok(data) => Msg::Loaded(Arc::new(data)),
                Err(error) => Msg::Failed(crate::text::safe_line(&error.to_string())),
            });
            if is_sample {
                poster.post(Msg::Said(Safe::fixed("the embedded sample; visavis PATH opens your own cards")));
            }
        });
    }

    /// Says that nothing was kept: there is no journal to keep it in.
    fn keep(&self, drafts: Vec<Draft>) {
        self.poster.post(Msg::NotKept { drafts, why: Safe::fixed("no journal is open") });
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Flow {
        let mut flow = Flow::Redraw;
        for effect in effects {
            match effect {
                Effect::Quit => flow = Flow::Quit(0),
                Effect::Reload => self.read(),
                Effect::Keep(drafts) => self.keep(drafts),
                Effect::Edit { text } => {
                    self.editing = Some(text);
                    flow = Flow::Outside;
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
            Event::Posted(message) => message,
        };
        let effects = update(&mut self.model, message);
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
}
