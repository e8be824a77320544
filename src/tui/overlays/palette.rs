//! The palette: every command by its words, with its key, and why it cannot run.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below, draw_field, found},
};
use crate::{
    core::search::{self, Hit, Query},
    text::fold,
    tui::{
        command::{COMMANDS, Command, Section, Spec},
        field::Field,
        look::{Look, Role},
        place::{Overlay, Scope},
        widgets::{frame, pen::Pen},
    },
};

const BELOW: u16 = 1;

#[derive(Clone, Debug)]
pub struct State {
    pub(super) field: Field,
    list: List,
    /// Commands that make sense here, each with the words it is found by.
    commands: Vec<(&'static Spec, Vec<String>)>,
    hits: Vec<Hit>,
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Self {
        let commands = COMMANDS.iter().filter(|spec| {
            !matches!(spec.scope, Scope::Typing | Scope::Editing)
                && !matches!(spec.command, Command::Show(Overlay::Palette))
        });
        let mut commands: Vec<(&'static Spec, Vec<String>)> =
            commands.map(|spec| (spec, words_of(spec))).collect();
        // What can be done now comes first, what only moves the cursor last: nobody opens a palette for an arrow key.
        commands.sort_by_key(|(spec, _)| {
            (backdrop.standing.meets(spec.needs).is_err(), spec.section == Section::Move)
        });
        let mut state = Self { field: Field::default(), list: List::default(), commands, hits: vec![] };
        state.find();
        state
    }

    pub(super) fn find(&mut self) {
        self.list = List::default();
        self.hits = search::rank(self.field.text(), self.commands.iter().map(|(_, words)| &words[..]));
    }

    pub(super) fn settle(&mut self, size: Size) {
        self.list.settle(self.hits.len(), Parts::within(size, Overlay::Palette, BELOW).lines());
    }

    fn spec(&self, line: usize) -> Option<&'static Spec> {
        self.hits.get(line).map(|hit| self.commands[hit.index].0)
    }

    pub(super) fn update(&mut self, command: Command, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Palette, BELOW).lines();
        if self.list.update(command, self.hits.len(), height) {
            return Outcome::Stay;
        }
        match (command, self.spec(self.list.cursor)) {
            (Command::Enter, Some(spec)) => Outcome::Run(spec.command),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::Palette, BELOW);
        let more = self.list.more(look, self.hits.len(), parts.lines());
        frame::draw(buf, look, area, &[(Overlay::Palette.title(), Role::Title)], &more, true);
        let count = found(self.hits.len(), self.commands.len());
        draw_field(buf, look, parts.field, &self.field, "what to do", &count);
        let query = Query::new(self.field.text());
        for (line, at) in self.list.shown(self.hits.len(), parts.lines()).zip(0..) {
            let Some(spec) = self.spec(line) else { continue };
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            let can_run = backdrop.standing.meets(spec.needs).is_ok();
            let role = if can_run { Role::Text } else { Role::Faint };
            pen.put("  ", Role::Text);
            let key = backdrop.keymap.key_of(spec.command, false).unwrap_or_default();
            let columns = pen.rest().saturating_sub(12);
            pen.cell_found(spec.title, columns, role, &query);
            pen.cell_right(&key, 11, Role::Key);
        }
        if self.hits.is_empty() {
            Pen::new(buf, look, parts.list, 0).put("  no such command", Role::Faint);
        }
        let why = self.spec(self.list.cursor).map(|spec| match backdrop.standing.meets(spec.needs) {
            Err(why) => (format!("cannot run: {}", backdrop.spell_below(why)), Role::Warning),
            Ok(()) => (format!("name in config files: {}", spec.name), Role::Faint),
        });
        if let Some((words, role)) = why {
            draw_below(buf, look, parts.below, &words, role);
        }
    }
}

fn words_of(spec: &Spec) -> Vec<String> {
    let own = [spec.title, spec.name].into_iter();
    own.chain(spec.words.split(' ').filter(|word| !word.is_empty())).map(fold).collect()
}
