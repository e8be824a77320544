//! The filters of the pane in front, with how much each would keep.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    text::{safe_line, width},
    tui::{
        command::Command,
        look::{Look, Role},
        pane_state::FilterChoice,
        places::{Overlay, Pane},
        widgets::{frame, line_writer::LineWriter},
    },
};

const BELOW: u16 = 2;

#[derive(Clone, Debug)]
pub struct State {
    choices: Vec<FilterChoice>,
    list: ScrollList,
}

impl State {
    pub fn new(choices: Vec<FilterChoice>) -> Self {
        let at = choices.iter().position(|choice| choice.is_on).unwrap_or(0);
        Self { choices, list: ScrollList::at(at) }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Filters
    }

    fn lines(&self) -> Option<usize> {
        Some(ListLayout::inside(self.choices.len(), Overlay::Filters, BELOW))
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Filters, BELOW).lines();
        self.list.scroll_into_view(self.choices.len(), height);
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Filters, BELOW).lines();
        if self.list.update(command, self.choices.len(), height) {
            return OverlayOutcome::Stay;
        }
        match command {
            Command::Enter => OverlayOutcome::Narrow(self.list.cursor),
            Command::Show(Overlay::Filters) => OverlayOutcome::Close,
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Filters, BELOW);
        let more = self.list.more(look, self.choices.len(), layout.lines());
        let title = [("Filter: ", Role::Title), (backdrop.front.title(), Role::Text)];
        frame::draw(buf, look, area, &title, &more, true);
        let widest = self.choices.iter().map(|choice| width(choice.heading)).max().unwrap_or(0);
        let mut above = "";
        for (line, at) in self.list.shown(self.choices.len(), layout.lines()).zip(0..) {
            let choice = &self.choices[line];
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            writer.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            // A heading stands once, before the first of its filters.
            let heading = if choice.heading == above { "" } else { choice.heading };
            above = choice.heading;
            writer.cell(heading, widest + 2, Role::Faint);
            writer.cell(if choice.is_on { "*" } else { " " }, 2, Role::Notice);
            let count = choice.count.to_string();
            let room = writer.rest().saturating_sub(width(&count) + 2);
            let role = if choice.is_on { Role::Notice } else { Role::Text };
            writer.cell(&choice.title, room, role).right(&count, Role::Faint);
        }
        let words = backdrop.spell(Overlay::Filters, "{open} shows only these, and no longer if it has a *");
        let words = format!("{words}\n{}", asking(backdrop));
        draw_below(buf, look, layout.below, words.trim_end(), Role::Faint);
    }
}

/// In the list of countries: that its search takes answers, with one that these cards have.
fn asking(backdrop: &Backdrop<'_>) -> String {
    let Some(workspace) = backdrop.workspace.filter(|_| backdrop.front == Pane::Countries) else {
        return String::new();
    };
    let framework = &workspace.data.framework;
    let example = framework.indicator_ids().find_map(|id| {
        let level = framework.scale(id).levels.first()?;
        Some(format!("{}={}", safe_line(&framework.indicator(id).id), safe_line(&level.id)))
    });
    let words = backdrop.spell_below("by answer: {search} and then ");
    example.map_or_else(String::new, |example| format!("{words}{example}"))
}
