//! Writes a note on a cell, a card or an indicator, in several lines; an unsaved text is kept as a draft.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{Backdrop, OverlayOutcome, OverlayState, list::draw_below, saving::Keeping};
use crate::{
    review::{Act, Draft, record::Id, target::Target},
    text::{Raw, Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::Spot,
        places::Overlay,
        text_area::Editor,
        widgets::{frame, line_writer::LineWriter, review_text},
        workspace::Workspace,
    },
};

/// The note being written.
#[derive(Clone, Debug)]
pub struct State {
    on: Target,
    name: Safe,
    /// What the card says there now, in words.
    about: Safe,
    /// The notes that were there when the overlay was opened. The new note replaces them.
    over: Vec<Id>,
    original: String,
    editor: Editor,
    keeping: Keeping,
}

impl State {
    pub fn new(workspace: &Workspace, spot: Spot, unsaved: impl Fn(&Target) -> Option<String>) -> Self {
        let on = Target::of(&workspace.data, spot.place());
        let notes = workspace.review.book.notes_on(&on);
        let texts: Vec<&str> = notes.iter().map(|note| note.text.raw()).collect();
        let original = texts.join("\n\n");
        let left = unsaved(&on);
        let about = match (notes, &left) {
            (_, Some(_)) => "what you typed before; it is not saved yet".to_owned(),
            ([], None) => "a new note".to_owned(),
            ([one], None) => format!("by {}; yours takes its place", review_text::by(&one.said)),
            (several, None) => {
                let by: Vec<String> = several.iter().map(|note| review_text::by(&note.said)).collect();
                format!("{} notes written at once, by {}: saving makes them one", by.len(), by.join(" and "))
            }
        };
        Self {
            name: review_text::name(&workspace.data, &on),
            about: safe_line(&about),
            over: notes.iter().map(|note| note.said.id.clone()).collect(),
            editor: Editor::with(left.as_deref().unwrap_or(&original)),
            original,
            on,
            keeping: Keeping::default(),
        }
    }

    pub fn target(&self) -> &Target {
        &self.on
    }

    /// Whether the text differs from the saved note.
    pub fn is_changed(&self) -> bool {
        self.editor.text() != self.original
    }

    fn save(&self) -> OverlayOutcome {
        let text = self.editor.text().trim_end();
        if text.is_empty() && self.over.is_empty() {
            return OverlayOutcome::Refuse(Safe::fixed("nothing is written yet"));
        }
        if text == self.original.trim_end() && self.over.len() < 2 {
            return OverlayOutcome::Refuse(Safe::fixed("nothing was changed: {back} closes it"));
        }
        let act = Act::Note { on: self.on.clone(), text: Raw::new(text.to_owned()) };
        OverlayOutcome::Keep(vec![Draft { act, over: self.over.clone() }])
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Note
    }

    fn type_letter(&mut self, letter: char) -> Result<(), Safe> {
        self.editor.insert(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn paste(&mut self, text: &str) -> usize {
        self.editor.insert(text)
    }

    fn editor_mut(&mut self) -> Option<&mut Editor> {
        Some(&mut self.editor)
    }

    fn typed(&self) -> Option<(&Target, Option<&str>)> {
        Some((self.target(), (self.is_changed()).then(|| self.editor.text())))
    }

    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        Some(&mut self.keeping)
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        let text = Parts::of(whole(size), &self.keeping).text;
        self.editor.scroll_into_view(usize::from(text.width), usize::from(text.height));
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let columns = usize::from(Parts::of(whole(size), &self.keeping).text.width);
        match command {
            Command::Save => return self.save(),
            Command::EditOutside => return OverlayOutcome::Edit(self.editor.text().to_owned()),
            Command::Enter => {
                self.editor.edit(Command::NewLine, columns);
            }
            _ => {
                self.editor.edit(command, columns);
            }
        }
        OverlayOutcome::Stay
    }

    fn view(&self, _: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let title = [("Note ", Role::Title), (self.name.as_str(), Role::Text)];
        frame::draw(buf, look, area, &title, "", true);
        let parts = Parts::of(area, &self.keeping);
        LineWriter::new(buf, look, parts.about, 0).gap(1).put(&self.about, Role::Faint);
        self.editor.draw(buf, look, parts.text, true);
        if let Some((words, role)) = self.keeping.words() {
            draw_below(buf, look, parts.told, &words, role);
        }
    }
}

const fn whole(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

/// The areas inside the frame.
struct Parts {
    about: Rect,
    text: Rect,
    told: Rect,
}

impl Parts {
    fn of(area: Rect, keeping: &Keeping) -> Self {
        let inside = frame::inner(area);
        let above = u16::from(inside.height > 3);
        let below = if *keeping == Keeping::NotYet { 0 } else { 2.min(inside.height / 3) };
        let text = Rect {
            x: inside.x + 1.min(inside.width),
            y: inside.y + above,
            width: inside.width.saturating_sub(2),
            height: inside.height - above - below,
        };
        Self {
            about: Rect { height: above, ..inside },
            text,
            told: Rect { y: text.bottom(), height: below, ..inside },
        }
    }
}
