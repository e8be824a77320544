//! Performs what the model asks of the world.

use std::{sync::Arc, thread};

use super::Program;
use crate::{
    review::identity::Identity,
    store::{clipboard, mapping_file, new_files, opened::Opened, own_findings, paths},
    terminal::runtime::Flow,
    tui::model::{Effect, Msg},
};

impl Program {
    pub(super) fn perform(&mut self, effects: Vec<Effect>) -> Flow {
        let mut flow = Flow::Redraw;
        for effect in effects {
            match effect {
                Effect::Quit => flow = Flow::Quit(0),
                Effect::Reload => self.read(),
                Effect::OpenSet(id) => self.open_set(&id),
                Effect::ReadSets => self.read_sets(),
                Effect::Remap(mapping) => {
                    let data = self.model.data.as_ref();
                    let file = data.and_then(|data| Some(data.readings.first()?.opened.raw().to_owned()));
                    if let (Opened::Paths(options), Some(file)) = (&mut self.source, file) {
                        options.instead.insert(file, *mapping);
                    }
                    self.read();
                }
                Effect::SaveMapping { path, text } => {
                    let poster = self.poster.clone();
                    thread::spawn(move || poster.post(Msg::Said(mapping_file::write(&path, &text))));
                }
                Effect::Edit { text } => {
                    self.editing = Some(text);
                    flow = Flow::Outside;
                }
                Effect::Copy(copied) => {
                    let (poster, output) = (self.poster.clone(), Arc::clone(&self.output));
                    // On another thread, because tmux may be slow.
                    thread::spawn(move || {
                        let (bytes, told) = clipboard::copy(&copied, &clipboard::Around::here());
                        if let Ok(mut output) = output.lock() {
                            output.extend(bytes);
                        }
                        poster.post(Msg::Said(told));
                    });
                }
                Effect::Write(output) => {
                    let Some(workspace) = &self.model.workspace else { continue };
                    let asked = self.model.pane().written_group(&workspace.context(true));
                    let group = asked.unwrap_or_else(|| workspace.group.clone());
                    let data = Arc::clone(&workspace.data);
                    let (edition, poster) = (workspace.selection.edition, self.poster.clone());
                    thread::spawn(move || {
                        let told = new_files::write("".as_ref(), output, &data, group, edition);
                        poster.post(Msg::Said(told));
                    });
                }
                Effect::NameAuthor(name) => self.keeper.name_author(name),
                Effect::KeepSeen(seen) => self.keeper.keep_seen(seen),
                Effect::ReadJournal => {
                    if let Some(opened) = &self.opened {
                        self.keeper.open(Identity::of(opened));
                    }
                }
                Effect::SearchNotes(words) => {
                    if let Some(workspace) = &self.model.workspace {
                        self.note_search.begin(words, workspace, self.poster.clone());
                    }
                }
                Effect::ChangeFindings { framework, change } => {
                    let poster = self.poster.clone();
                    // On another thread, because the disk may be slow.
                    thread::spawn(move || {
                        let folder = paths::findings_here();
                        let told = own_findings::change(folder.as_deref(), &framework, &change);
                        poster.post(Msg::FindingsChanged(told));
                    });
                }
                Effect::Keep(drafts) => {
                    self.asked.push_back(drafts.clone());
                    self.keeper.keep(drafts);
                }
            }
        }
        flow
    }
}
