//! Chooses the group of countries that every pane is about.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::{
        framework::Group,
        groups,
        search::{self, Hit, Query},
    },
    text::{Raw, Safe, fold, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{cell_text::count, frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 1;

/// A group that can be chosen.
#[derive(Clone, Debug)]
struct Choice {
    group: Group,
    /// The folded names by which the group is found.
    keys: Vec<Box<str>>,
    title: Safe,
    about: String,
}

#[derive(Clone, Debug)]
pub struct State {
    field: TextInput,
    list: ScrollList,
    choices: Vec<Choice>,
    /// The group made of the codes typed into the field: `IRL,SWE,DNK`.
    typed: Option<Choice>,
    /// Why the typed text means no group.
    refused: Option<Safe>,
    hits: Vec<Hit>,
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Option<Self> {
        let workspace = backdrop.workspace?;
        let mut all = groups::all(&workspace.data);
        // One's own cards come first after all countries, then those of others.
        let review = &workspace.review;
        let mut given = review.card_reviews.groups(&workspace.data, workspace.selection.edition);
        given.sort_by_key(|(name, _)| *name != review.me.author);
        let given = given.into_iter().map(|(name, group)| {
            let is_mine = name == review.me.author;
            let title = if is_mine { Raw::from_static("mine: the cards given to you") } else { group.title };
            Group { title, ..group }
        });
        all.splice(1.min(all.len())..1.min(all.len()), given);
        let choices = all.into_iter().map(|group| choice(workspace, group)).collect();
        let mut state = Self {
            field: TextInput::default(),
            list: ScrollList::default(),
            choices,
            typed: None,
            refused: None,
            hits: vec![],
        };
        state.find(backdrop);
        let chosen = state.choices.iter().position(|choice| choice.group.id == workspace.group.id);
        state.list.cursor = chosen.unwrap_or(0);
        Some(state)
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
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Groups
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, backdrop: &Backdrop<'_>) {
        let Some(workspace) = backdrop.workspace else { return };
        self.list = ScrollList::default();
        let text = self.field.text();
        self.hits = search::rank(text, self.choices.iter().map(|choice| &choice.keys[..]));
        // A text that matches choices is not also read as codes.
        (self.typed, self.refused) = (None, None);
        if text.contains(',') || self.hits.is_empty() {
            match groups::asked(&workspace.data, text) {
                Ok(group) => self.typed = Some(choice(workspace, group)),
                Err(why) => self.refused = Some(why),
            }
        }
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.length(), ListLayout::within(size, Overlay::Groups, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Groups, BELOW).lines();
        if self.list.update(command, self.length(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.choice(self.list.cursor)) {
            (Command::Enter, Some(choice)) => OverlayOutcome::ChooseGroup(choice.group.clone()),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Groups, BELOW);
        let more = self.list.more(look, self.length(), layout.lines());
        frame::draw(buf, look, area, &[("Show only the countries of", Role::Title)], &more, true);
        let found = found(self.hits.len(), self.choices.len());
        draw_field(buf, look, layout.field, &self.field, "group, or codes: IRL,SWE,DNK", &found);
        let query = &Query::new(self.field.text());
        for (line, at) in self.list.shown(self.length(), layout.lines()).zip(0..) {
            let Some(choice) = self.choice(line) else { continue };
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            let about = if writer.rest() >= 50 { 26 } else { 12 };
            let columns = writer.rest().saturating_sub(about + 3);
            writer
                .put("  ", Role::Text)
                .cell_found(&choice.title, columns, Role::Text, query)
                .put(" ", Role::Text);
            writer.cell(&choice.about, about, Role::Faint);
        }
        if self.length() == 0 {
            let why = self.refused.as_ref().map_or("no group of that name touches this data", |why| why);
            for (line, at) in wrap(why, usize::from(layout.list.width).saturating_sub(4)).into_iter().zip(0..)
            {
                if at < layout.list.height {
                    LineWriter::new(buf, look, layout.list, at)
                        .put("  ", Role::Faint)
                        .put(&line, Role::Faint);
                }
            }
        }
        if let Some(choice) = self.choice(self.list.cursor) {
            let words = format!(
                "{} {}",
                backdrop.spell(Overlay::Groups, "{open} makes every pane about"),
                choice.title
            );
            draw_below(buf, look, layout.below, &words, Role::Faint);
        }
    }
}

fn choice(workspace: &Workspace, group: Group) -> Choice {
    let groups::Membership { here, whole, .. } =
        groups::Membership::of(&workspace.data, &group, workspace.selection.edition);
    let about = if here == whole {
        count(here, "country", "countries")
    } else {
        format!("{here} of its {whole} here")
    };
    let keys = [fold(&group.id), fold(group.title.raw())].map(Into::into).into();
    Choice { title: group.title.line(), group, keys, about }
}
