//! Chooses one of the sets that the files hold.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::dataset::CardSet,
    text::{Safe, excerpt, width},
    tui::{
        command::Command,
        look::{Look, Role},
        places::{Overlay, Pane},
        widgets::{cell_text::count, frame, line_writer::LineWriter},
    },
};

const BELOW: u16 = 1;

#[derive(Clone, Debug)]
pub struct State {
    /// Each with its id as it is shown.
    sets: Vec<(CardSet, Safe)>,
    /// The one that is shown.
    shown: Box<str>,
    list: ScrollList,
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Option<Self> {
        let data = &backdrop.workspace?.data;
        let sets = data.sets().into_iter().map(|set| {
            let id = excerpt(&set.id, 30);
            (set, id)
        });
        let (sets, shown): (Vec<_>, _) = (sets.collect(), data.framework.id.clone());
        let at = sets.iter().position(|(set, _)| set.id == shown).unwrap_or(0);
        Some(Self { sets, shown, list: ScrollList::at(at) })
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Sets
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Sets, BELOW).lines();
        self.list.scroll_into_view(self.sets.len(), height);
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Sets, BELOW).lines();
        if self.list.update(command, self.sets.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.sets.get(self.list.cursor)) {
            (Command::Enter, Some((set, _))) if set.id == self.shown => OverlayOutcome::Close,
            (Command::Enter, Some((set, _))) => {
                OverlayOutcome::OpenSet { set: set.id.clone(), indicator: None }
            }
            (Command::Show(Overlay::Sets), _) => OverlayOutcome::Close,
            (Command::Show(_) | Command::Reload, _) => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Sets, BELOW);
        let more = self.list.more(look, self.sets.len(), layout.lines());
        frame::draw(buf, look, area, &[(Overlay::Sets.title(), Role::Title)], &more, true);
        let widest = self.sets.iter().map(|(_, id)| width(id)).max().unwrap_or(0);
        for (line, at) in self.list.shown(self.sets.len(), layout.lines()).zip(0..) {
            let (set, id) = &self.sets[line];
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            writer.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            writer.cell(if set.id == self.shown { "*" } else { " " }, 2, Role::Notice);
            writer.cell(id, widest + 2, Role::Text);
            let cards = count(set.cards, "card", "cards");
            let is_unkept = backdrop.unkept.contains(&set.id) || set.id == self.shown && backdrop.is_unkept;
            let cards = if is_unkept { format!("not kept  {cards}") } else { cards };
            let room = writer.rest().saturating_sub(width(&cards) + 2);
            writer.cell(&set.title.line(), room, Role::Faint).right(&cards, Role::Faint);
        }
        let words = backdrop.spell(Overlay::Sets, "{open} shows this set");
        let more = backdrop.keymap.spell(&Pane::Comparison.scopes(), "{every-set} in a comparison shows all");
        let words = format!("{words}; {more}");
        draw_below(buf, look, layout.below, &words, Role::Faint);
    }
}
