//! Looks through all notes on another thread, since there may be many.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crate::{
    terminal::runtime::Poster,
    tui::{model::Msg, workspace::Workspace},
};

/// The search that is under way, if there is one.
#[derive(Debug, Default)]
pub(super) struct NoteSearch {
    is_over: Arc<AtomicBool>,
}

impl NoteSearch {
    /// Ends the search before it, and posts [`Msg::FoundInNotes`] unless another begins first.
    pub(super) fn begin(&mut self, words: String, workspace: &Workspace, poster: Poster<Msg>) {
        self.is_over.store(true, Ordering::Relaxed);
        let is_over = Arc::new(AtomicBool::new(false));
        self.is_over = Arc::clone(&is_over);
        let (data, index, here) = (Arc::clone(&workspace.data), workspace.index.clone(), workspace.here());
        thread::spawn(move || {
            let found = index.mentions(&data, &words, here, &|| is_over.load(Ordering::Relaxed));
            if !is_over.load(Ordering::Relaxed) {
                poster.post(Msg::FoundInNotes { words, found });
            }
        });
    }
}
