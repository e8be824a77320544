//! Chooses the group of countries that every pane is about.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below, draw_field, found},
};
use crate::{
    core::{
        framework::Group,
        groups,
        search::{self, Hit, Query},
    },
    text::{Safe, fold, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::Field,
        widgets::{cell_text::count, frame, line_writer::Pen},
        workspace::Desk,
    },
};

const BELOW: u16 = 1;

/// One that can be chosen.
#[derive(Clone, Debug)]
struct Choice {
    group: Group,
    /// Folded names that it is found by.
    keys: Vec<Box<str>>,
    title: Safe,
    about: String,
}

#[derive(Clone, Debug)]
pub struct State {
    pub(super) field: Field,
    list: List,
    choices: Vec<Choice>,
    /// A group of the codes that are typed: `IRL,SWE,DNK`.
    typed: Option<Choice>,
    /// Why what is typed is no group.
    refused: Option<Safe>,
    hits: Vec<Hit>,
}

impl State {
    pub fn new(desk: &Desk) -> Self {
        let choices = groups::all(&desk.data).into_iter().map(|group| choice(desk, group)).collect();
        let mut state = Self {
            field: Field::default(),
            list: List::default(),
            choices,
            typed: None,
            refused: None,
            hits: vec![],
        };
        state.find(desk);
        let chosen = state.choices.iter().position(|choice| choice.group.id == desk.group.id);
        state.list.cursor = chosen.unwrap_or(0);
        state
    }

    pub(super) fn find(&mut self, desk: &Desk) {
        self.list = List::default();
        let text = self.field.text();
        self.hits = search::rank(text, self.choices.iter().map(|choice| &choice.keys[..]));
        // What is among the choices needs no other line.
        (self.typed, self.refused) = (None, None);
        if text.contains(',') || self.hits.is_empty() {
            match groups::asked(&desk.data, text) {
                Ok(group) => self.typed = Some(choice(desk, group)),
                Err(why) => self.refused = Some(why),
            }
        }
    }

    pub(super) fn settle(&mut self, size: Size) {
        self.list.settle(self.length(), Parts::within(size, Overlay::Groups, BELOW).lines());
    }

    fn length(&self) -> usize {
        self.hits.len() + usize::from(self.typed.is_some())
    }

    fn choice(&self, line: usize) -> Option<&Choice> {
        match (&self.typed, line) {
            (Some(typed), 0) => Some(typed),
            (typed, line) => {
                let hit = self.hits.get(line - usize::from(typed.is_some()))?;
                Some(&self.choices[hit.index])
            }
        }
    }

    pub(super) fn update(&mut self, command: Command, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Groups, BELOW).lines();
        if self.list.update(command, self.length(), height) {
            return Outcome::Stay;
        }
        match (command, self.choice(self.list.cursor)) {
            (Command::Enter, Some(choice)) => Outcome::ChooseGroup(choice.group.clone()),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, _: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::Groups, BELOW);
        let more = self.list.more(look, self.length(), parts.lines());
        frame::draw(buf, look, area, &[("Show only the countries of", Role::Title)], &more, true);
        let found = found(self.hits.len(), self.choices.len());
        draw_field(buf, look, parts.field, &self.field, "group, or codes: IRL,SWE,DNK", &found);
        let query = &Query::new(self.field.text());
        for (line, at) in self.list.shown(self.length(), parts.lines()).zip(0..) {
            let Some(choice) = self.choice(line) else { continue };
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            let about = if pen.rest() >= 50 { 26 } else { 12 };
            let columns = pen.rest().saturating_sub(about + 3);
            pen.put("  ", Role::Text)
                .cell_found(&choice.title, columns, Role::Text, query)
                .put(" ", Role::Text);
            pen.cell(&choice.about, about, Role::Faint);
        }
        if self.length() == 0 {
            let why = self.refused.as_ref().map_or("no group of that name touches this data", |why| why);
            for (line, at) in wrap(why, usize::from(parts.list.width).saturating_sub(4)).into_iter().zip(0..)
            {
                if at < parts.list.height {
                    Pen::new(buf, look, parts.list, at).put("  ", Role::Faint).put(&line, Role::Faint);
                }
            }
        }
        if let Some(choice) = self.choice(self.list.cursor) {
            let words = format!("Enter makes every pane about {}", choice.title);
            draw_below(buf, look, parts.below, &words, Role::Faint);
        }
    }
}

fn choice(desk: &Desk, group: Group) -> Choice {
    let groups::Membership { here, whole } =
        groups::Membership::of(&desk.data, &group, desk.selection.edition);
    let about = if here == whole {
        count(here, "country", "countries")
    } else {
        format!("{here} of its {whole} here")
    };
    let keys = [fold(&group.id), fold(group.title.raw())].map(Into::into).into();
    Choice { title: group.title.line(), group, keys, about }
}
