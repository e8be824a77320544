//! Asks in one line why a flag is resolved; an empty line resolves it without words.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{Backdrop, OverlayOutcome, OverlayState, list::draw_below, saving::Keeping};
use crate::{
    review::{Act, Draft},
    text::{Raw, Safe},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
    },
};

#[derive(Clone, Debug)]
pub struct State {
    /// The resolution to be kept, without its words.
    draft: Draft,
    /// Which flag, on what, by whom.
    about: Safe,
    field: TextInput,
    keeping: Keeping,
}

impl State {
    pub fn new(draft: Draft, about: Safe) -> Self {
        Self { draft, about, field: TextInput::default(), keeping: Keeping::default() }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Reason
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        Some(&mut self.keeping)
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, _: Size) {}

    fn lines(&self) -> Option<usize> {
        Some(4)
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, _: Size) -> OverlayOutcome {
        if command != Command::Enter {
            return OverlayOutcome::Stay;
        }
        let mut draft = self.draft.clone();
        if let Act::Resolve { note, .. } = &mut draft.act {
            *note = Raw::new(self.field.text().trim().to_owned());
        }
        OverlayOutcome::Keep(vec![draft])
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let inside = frame::draw(buf, look, area, &[(Overlay::Reason.title(), Role::Title)], "", true);
        LineWriter::new(buf, look, inside, 0).gap(1).put(&self.about, Role::Text);
        let line = Rect { y: inside.y + 1.min(inside.height), height: inside.height.min(1), ..inside };
        self.field.draw(buf, look, line, " why: ", 1);
        let below =
            Rect { y: line.bottom(), height: inside.bottom().saturating_sub(line.bottom()), ..inside };
        let hint = backdrop.spell(Overlay::Reason, " {open} resolves it, with or without a reason");
        let (words, role) = self.keeping.words().unwrap_or((hint, Role::Faint));
        draw_below(buf, look, below, &words, role);
    }
}
