//! A choice of one from a few records: what a gap is, what was reviewed, which flag is resolved.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
    saving::Keeping,
};
use crate::{
    review::Draft,
    text::Safe,
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter},
    },
};

const BELOW: u16 = 2;

/// One choice.
#[derive(Clone, Debug)]
pub struct Choice {
    pub title: Safe,
    /// What the choice means, shown below the list.
    pub meaning: Safe,
    /// Empty if it cannot be chosen; then `meaning` says why.
    pub drafts: Vec<Draft>,
    /// Whether its only record needs words that are asked for.
    pub asks: bool,
}

#[derive(Clone, Debug)]
pub struct State {
    overlay: Overlay,
    /// The name of the target.
    name: Safe,
    choices: Vec<Choice>,
    list: ScrollList,
    keeping: Keeping,
}

impl State {
    pub fn new(overlay: Overlay, name: Safe, choices: Vec<Choice>, at: usize) -> Self {
        let list = ScrollList::at(at);
        Self { overlay, name, choices, list, keeping: Keeping::default() }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        self.overlay
    }

    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        Some(&mut self.keeping)
    }

    fn lines(&self) -> Option<usize> {
        Some(ListLayout::inside(self.choices.len(), self.overlay, BELOW))
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.choices.len(), ListLayout::within(size, self.overlay, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, self.overlay, BELOW).lines();
        if self.list.update(command, self.choices.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.choices.get(self.list.cursor)) {
            (Command::Enter, Some(choice)) => match &choice.drafts[..] {
                [] => OverlayOutcome::Refuse(choice.meaning.clone()),
                [draft] if choice.asks => OverlayOutcome::AskFor(draft.clone()),
                drafts => OverlayOutcome::Keep(drafts.to_vec()),
            },
            (Command::Show(which), _) if which == self.overlay => OverlayOutcome::Close,
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, _: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, self.overlay, BELOW);
        let more = self.list.more(look, self.choices.len(), layout.lines());
        let title =
            [(self.overlay.title(), Role::Title), (": ", Role::Title), (self.name.as_str(), Role::Text)];
        frame::draw(buf, look, area, &title, &more, true);
        for (line, at) in self.list.shown(self.choices.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            writer.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            writer.put(&self.choices[line].title, Role::Text);
        }
        let meaning =
            self.choices.get(self.list.cursor).map(|choice| (choice.meaning.to_string(), Role::Faint));
        if let Some((words, role)) = self.keeping.words().or(meaning) {
            draw_below(buf, look, layout.below, &words, role);
        }
    }
}
