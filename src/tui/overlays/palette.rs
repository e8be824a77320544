//! The palette: every command by its words, with its key, and why it cannot run.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::search::{self, Hit, Query},
    text::{Safe, fold, safe_line},
    tui::{
        command::{COMMANDS, Command, Elsewhere, HelpSection, Spec},
        look::{Look, Role},
        places::Overlay,
        scopes::Scope,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
    },
};

const BELOW: u16 = 1;

#[derive(Clone, Debug)]
pub struct State {
    field: TextInput,
    list: ScrollList,
    /// Commands other than those of text fields, and subcommands, each with the words it is found by.
    entries: Vec<(Entry, Vec<String>)>,
    hits: Vec<Hit>,
}

/// One line of the palette.
#[derive(Clone, Debug)]
enum Entry {
    Command(&'static Spec),
    /// A subcommand, with its command line for the group and edition shown here.
    Elsewhere(&'static Elsewhere, Safe),
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Self {
        let commands = COMMANDS.iter().filter(|spec| {
            !matches!(spec.scope, Scope::Typing | Scope::Editing)
                && !matches!(spec.command, Command::Show(Overlay::Palette))
        });
        let mut commands: Vec<(&'static Spec, Vec<String>)> =
            commands.map(|spec| (spec, words_of(spec))).collect();
        // Commands that can run come first, cursor movements last, since nobody opens a palette for an arrow key.
        commands.sort_by_key(|(spec, _)| {
            (backdrop.needs_met.meets(spec.needs).is_err(), spec.section == HelpSection::Move)
        });
        let mut entries: Vec<(Entry, Vec<String>)> =
            commands.into_iter().map(|(spec, words)| (Entry::Command(spec), words)).collect();
        let line = |one: &Elsewhere| {
            let about = backdrop.workspace.map(|workspace| {
                (&*workspace.group.id, &*workspace.data.edition(workspace.selection.edition).label)
            });
            let (group, edition) = about.unwrap_or(("all", "…"));
            safe_line(&one.line(group, edition))
        };
        entries.extend(
            backdrop.elsewhere.iter().map(|one| (Entry::Elsewhere(one, line(one)), vec![fold(one.name)])),
        );
        let mut state =
            Self { field: TextInput::default(), list: ScrollList::default(), entries, hits: vec![] };
        state.find(backdrop);
        state
    }

    fn entry(&self, line: usize) -> Option<&Entry> {
        self.hits.get(line).map(|hit| &self.entries[hit.index].0)
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Palette
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, _: &Backdrop<'_>) {
        self.list = ScrollList::default();
        self.hits = search::rank(self.field.text(), self.entries.iter().map(|(_, words)| &words[..]));
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list
            .scroll_into_view(self.hits.len(), ListLayout::within(size, Overlay::Palette, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Palette, BELOW).lines();
        if self.list.update(command, self.hits.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.entry(self.list.cursor)) {
            (Command::Enter, Some(Entry::Command(spec))) => OverlayOutcome::Run(spec.command),
            (Command::Enter, Some(Entry::Elsewhere(_, line))) => {
                OverlayOutcome::Refuse(safe_line(&format!("only on the command line: {line}")))
            }
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Palette, BELOW);
        let more = self.list.more(look, self.hits.len(), layout.lines());
        frame::draw(buf, look, area, &[(Overlay::Palette.title(), Role::Title)], &more, true);
        let count = found(self.hits.len(), self.entries.len());
        draw_field(buf, look, layout.field, &self.field, "what to do", &count);
        let query = Query::new(self.field.text());
        for (line, at) in self.list.shown(self.hits.len(), layout.lines()).zip(0..) {
            let Some(entry) = self.entry(line) else { continue };
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            let spec = match entry {
                Entry::Command(spec) => spec,
                Entry::Elsewhere(one, line) => {
                    writer.put("  ", Role::Text).cell_found(one.name, one.name.len(), Role::Faint, &query);
                    writer.put(": on the command line: ", Role::Faint).put(line, Role::Faint);
                    continue;
                }
            };
            let can_run = backdrop.needs_met.meets(spec.needs).is_ok();
            let role = if can_run { Role::Text } else { Role::Faint };
            writer.put("  ", Role::Text);
            let key = backdrop.keymap.key_of(spec.command, false).unwrap_or_default();
            let columns = writer.rest().saturating_sub(12);
            writer.cell_found(spec.title, columns, role, &query);
            writer.cell_right(&key, 11, Role::Key);
        }
        if self.hits.is_empty() {
            LineWriter::new(buf, look, layout.list, 0).put("  no such command", Role::Faint);
        }
        let why = self.entry(self.list.cursor).map(|entry| match entry {
            Entry::Command(spec) => match backdrop.needs_met.meets(spec.needs) {
                Err(why) => (format!("cannot run: {}", backdrop.spell_below(why)), Role::Warning),
                Ok(()) => (format!("name in config files: {}", spec.name), Role::Faint),
            },
            Entry::Elsewhere(one, _) => (backdrop.spell_below(one.about), Role::Faint),
        });
        if let Some((words, role)) = why {
            draw_below(buf, look, layout.below, &words, role);
        }
    }
}

fn words_of(spec: &Spec) -> Vec<String> {
    let own = [spec.title, spec.name].into_iter();
    own.chain(spec.words.split(' ').filter(|word| !word.is_empty())).map(fold).collect()
}
