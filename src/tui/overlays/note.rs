//! Writes a note on a cell, a card or an indicator, in several lines; an unsaved text is kept as a draft.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{Backdrop, OverlayOutcome, OverlayState, Typed, list::draw_below, saving::Keeping};
use crate::{
    review::{
        Act, Draft, TargetIds,
        drafts::{self, CellIds},
        target::Target,
    },
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

/// The most cells that one note is written on.
const MOST_CELLS: usize = 500;

/// The note being written.
#[derive(Clone, Debug)]
pub struct State {
    on: Target,
    name: Safe,
    /// What the card says there now, in words.
    about: Safe,
    /// What others have written there, oldest first, each in one line.
    before: Vec<Safe>,
    /// The record to keep, but for its words: what it replaces and answers is what was there when the overlay was opened.
    draft: Draft,
    original: String,
    /// The records that write the same words on every cell shown, if there are several.
    of_all: Vec<Draft>,
    /// Whether the words are for all of them.
    is_for_all: bool,
    editor: Editor,
    keeping: Keeping,
}

impl State {
    pub fn new(workspace: &Workspace, spot: Spot, unsaved: impl Fn(&Target) -> Option<Typed>) -> Self {
        let on = Target::of(&workspace.data, spot.place());
        let (book, me) = (&workspace.review.book, &workspace.review.me);
        let mine = book.last_word(&on, me);
        let original = mine.map(|note| note.text.raw().to_owned()).unwrap_or_default();
        let left = unsaved(&on).map(|typed| typed.text);
        let by = me.author.line();
        let about = match (mine, &left, book.ends_of(&on).next()) {
            (_, Some(_), _) => format!("what you typed before, as {by}; it is not saved yet"),
            (Some(mine), ..) => {
                format!("your note of {}, as {by}: it is written anew", review_text::when(&mine.said.time))
            }
            (None, None, Some(_)) => format!("an answer, as {by}, to"),
            (None, None, None) => format!("a new note, as {by}"),
        };
        // What others have said last, to be answered or at hand while one's own note is written anew.
        let of_others = book.notes_on(&on).iter().filter(|note| !me.wrote(&note.said.id, &note.said.author));
        let before = of_others
            .map(|note| format!("{}: {}", review_text::by(&note.said), review_text::one_line(&note.text)));
        Self {
            name: review_text::name(&workspace.data, &on),
            about: safe_line(&about),
            before: before.map(|words| safe_line(&words)).collect(),
            draft: drafts::note(book, me, on.clone(), ""),
            editor: Editor::with(left.as_deref().unwrap_or(&original)),
            original,
            of_all: vec![],
            is_for_all: false,
            on,
            keeping: Keeping::default(),
        }
    }

    /// Offers to write the note on these cells too.
    #[must_use]
    pub fn over(mut self, workspace: &Workspace, cells: &[CellIds]) -> Self {
        let (book, me) = (&workspace.review.book, &workspace.review.me);
        let on = |&(country, edition, indicator): &CellIds| {
            Target::of(&workspace.data, TargetIds::Cell(country, edition, indicator))
        };
        if (2..=MOST_CELLS).contains(&cells.len()) {
            // A note of one's own that stands there stays: this is another.
            self.of_all = cells.iter().map(|cell| drafts::new_note(book, me, on(cell), "")).collect();
        }
        self
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
        if self.is_for_all && !text.is_empty() {
            let mut all = self.of_all.clone();
            for draft in &mut all {
                if let Act::Note { text: words, .. } = &mut draft.act {
                    *words = Raw::new(text.to_owned());
                }
            }
            return OverlayOutcome::Keep(all);
        }
        if text.is_empty() && (self.is_for_all || self.draft.over.is_empty()) {
            return OverlayOutcome::Refuse(Safe::fixed("nothing is written yet"));
        }
        if text == self.original.trim_end() {
            return OverlayOutcome::Refuse(Safe::fixed("nothing was changed: {back} closes it"));
        }
        let mut draft = self.draft.clone();
        if let Act::Note { text: words, .. } = &mut draft.act {
            *words = Raw::new(text.to_owned());
        }
        OverlayOutcome::Keep(vec![draft])
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
        let text = Parts::of(whole(size), &self.keeping, self.before.len()).text;
        self.editor.scroll_into_view(usize::from(text.width), usize::from(text.height));
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let columns = usize::from(Parts::of(whole(size), &self.keeping, self.before.len()).text.width);
        match command {
            Command::Enter | Command::Save => return self.save(),
            Command::NextScope if self.of_all.len() > 1 => self.is_for_all = !self.is_for_all,
            Command::EditOutside => return OverlayOutcome::Edit(self.editor.text().to_owned()),
            _ => {
                self.editor.edit(command, columns);
            }
        }
        OverlayOutcome::Stay
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let title = [("Note ", Role::Title), (self.name.as_str(), Role::Text)];
        frame::draw(buf, look, area, &title, "", true);
        let parts = Parts::of(area, &self.keeping, self.before.len());
        let mut writer = LineWriter::new(buf, look, parts.about, 0);
        writer.gap(1).put(&self.about, Role::Faint);
        if !self.of_all.is_empty() {
            let many = format!("all {} cells shown", self.of_all.len());
            let key = backdrop.spell(Overlay::Note, "{next-scope}");
            let words =
                if self.is_for_all { ["this cell", &format!("[{many}]")] } else { ["[this cell]", &many] };
            writer.right(&format!("{key}: {}  {}", words[0], words[1]), Role::Text);
        }
        // The last of them, which is what is answered, is never left out first.
        let shown = self.before.len().saturating_sub(usize::from(parts.about.height.saturating_sub(1)));
        for (words, line) in self.before[shown..].iter().zip(1..parts.about.height) {
            LineWriter::new(buf, look, parts.about, line).gap(1).put(words, Role::Text);
        }
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
    /// `before` is the number of notes of others, which get at most a third of the lines.
    fn of(area: Rect, keeping: &Keeping, before: usize) -> Self {
        let inside = frame::inner(area);
        let before = u16::try_from(before).unwrap_or(u16::MAX).min(inside.height / 3);
        let above = if inside.height > 3 { 1 + before } else { 0 };
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
