//! Flags a cell, a whole card or a whole indicator in two keys, and resolves the flags already there.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use strum::IntoEnumIterator as _;

use super::{Backdrop, OverlayOutcome, OverlayState, Typed, list::draw_below, saving::Keeping};
use crate::{
    core::cell::{Gap, Marks},
    review::{
        FlagKind,
        book::{Flag, FlagState},
        drafts,
        target::Target,
    },
    text::Safe,
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::{Extent, Spot},
        places::Overlay,
        text_area::Editor,
        widgets::{frame, line_writer::LineWriter, review_text, scroll},
        workspace::Workspace,
    },
};

/// The chosen kind and extent, and the typed note.
#[derive(Clone, Debug)]
pub struct State {
    /// The cell, the card and the indicator, in the order of [`Extent`].
    on: [(Target, Safe); 3],
    extent: Extent,
    /// The extent at the beginning.
    begun: Extent,
    kind: usize,
    at: Stop,
    note: Editor,
    /// Who flags.
    by: Safe,
    keeping: Keeping,
}

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// In the note, where letters are text.
    Note,
    /// One of the flags already there.
    Flag(usize),
}

/// The kinds in the order of the list, with their meaning.
static KINDS: [(FlagKind, &str); 5] = [
    (FlagKind::MissingData, "a value is wanted here"),
    (FlagKind::CheckSource, "somebody should look at the source again"),
    (FlagKind::Outdated, "there is something newer"),
    (FlagKind::Disagree, "this is not what I find"),
    (FlagKind::Question, "somebody should answer this"),
];

const LABEL: u16 = 7;
const TALLEST_NOTE: usize = 4;

impl State {
    pub fn new(workspace: &Workspace, spot: Spot, unsaved: impl Fn(&Target) -> Option<Typed>) -> Self {
        let on = |extent| {
            let target = Target::of(&workspace.data, spot.over(extent).place());
            let name = review_text::name(&workspace.data, &target);
            (target, name)
        };
        let on = [Extent::Cell, Extent::Card, Extent::Indicator].map(on);
        let likely = likely(workspace, spot);
        let by = workspace.review.me.author.line();
        // What was typed for the card or the indicator goes on there.
        let others = Extent::iter().filter(|extent| *extent != spot.extent);
        let mut extents = std::iter::once(spot.extent).chain(others);
        let left = extents.find_map(|extent| Some((extent, unsaved(&on[extent as usize].0)?)));
        let (extent, Typed { text, kind }) = left.unwrap_or((spot.extent, Typed::default()));
        let likely = kind.unwrap_or(likely);
        let kind = KINDS.iter().position(|(kind, _)| *kind == likely).unwrap_or(0);
        let note = Editor::with(&text);
        Self { on, extent, begun: spot.extent, kind, at: Stop::Note, note, by, keeping: Keeping::default() }
    }

    pub fn target(&self) -> &Target {
        &self.on[self.extent as usize].0
    }

    fn flags<'a>(&'a self, backdrop: &Backdrop<'a>) -> Vec<&'a Flag> {
        let book = backdrop.workspace.map(|workspace| &workspace.review.book);
        book.into_iter().flat_map(|book| book.flags_on(self.target())).collect()
    }

    fn draft(&self, backdrop: &Backdrop<'_>) -> crate::review::Draft {
        let note = self.note.text().trim_end();
        let chosen = match self.at {
            Stop::Flag(at) => self.flags(backdrop).get(at).copied(),
            Stop::Note => None,
        };
        match chosen {
            Some(flag) => drafts::resolve_or_reopen(flag, note),
            None => drafts::flag(self.target().clone(), KINDS[self.kind].0, note),
        }
    }

    /// Up and down in the note, beyond its lines: the kinds above it, the flags that are there already below it.
    fn step(&mut self, by: isize, backdrop: &Backdrop<'_>) {
        let flags = self.flags(backdrop).len();
        match (self.at, by > 0) {
            (Stop::Note, false) => self.kind = scroll::moved(self.kind, by, KINDS.len()),
            (Stop::Note, true) if flags > 0 => self.at = Stop::Flag(0),
            (Stop::Note, true) => self.kind = scroll::moved(self.kind, by, KINDS.len()),
            (Stop::Flag(0), false) => self.at = Stop::Note,
            (Stop::Flag(at), _) => self.at = Stop::Flag(scroll::moved(at, by, flags)),
        }
    }

    fn spread(&mut self) {
        // From where the dialog began, then from the narrowest to the widest.
        let others = Extent::iter().filter(|one| *one != self.begun);
        let mut way = std::iter::once(self.begun).chain(others).cycle();
        way.find(|one| *one == self.extent);
        self.extent = way.next().unwrap_or_default();
        self.at = Stop::Note;
    }

    fn view_extents(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let titles = ["this cell", "whole card", "indicator in every card"];
        let mut writer = LineWriter::new(buf, look, area, 0);
        writer.gap(1);
        for (extent, title) in Extent::iter().zip(titles) {
            if extent == self.extent {
                writer.put("[", Role::Key).put(title, Role::Title).put("]", Role::Key).gap(1);
            } else {
                writer.gap(1).put(title, Role::Faint).gap(2);
            }
        }
    }

    fn view_kind(&self, mut writer: LineWriter<'_>, look: &Look, at: usize) {
        let (kind, meaning) = KINDS[at];
        let is_here = at == self.kind;
        let role = if is_here { Role::Title } else { Role::Text };
        writer.cell(if is_here { look.glyphs.cursor } else { " " }, 2, Role::Key);
        writer.cell(kind.title(), 14, role).put(meaning, Role::Faint);
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Flag
    }

    fn type_letter(&mut self, letter: char) -> Result<(), Safe> {
        self.at = Stop::Note;
        self.note.insert(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn paste(&mut self, text: &str) -> usize {
        self.at = Stop::Note;
        self.note.insert(text)
    }

    fn editor_mut(&mut self) -> Option<&mut Editor> {
        Some(&mut self.note)
    }

    fn typed(&self) -> Option<(&Target, Option<&str>)> {
        Some((self.target(), (!self.note.text().trim().is_empty()).then(|| self.note.text())))
    }

    fn typed_kind(&self) -> Option<FlagKind> {
        Some(KINDS[self.kind].0)
    }

    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        Some(&mut self.keeping)
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, area: Size) {
        let flags = self.flags(backdrop).len();
        if matches!(self.at, Stop::Flag(at) if at >= flags) {
            self.at = Stop::Note;
        }
        let whole = Rect { width: area.width, height: area.height, x: 0, y: 0 };
        let height = note_height(frame::inner(whole), flags);
        self.note.scroll_into_view(usize::from(note_columns(whole)), height);
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let columns = usize::from(note_columns(Rect { width: size.width, height: size.height, x: 0, y: 0 }));
        match (command, self.at) {
            (Command::Enter | Command::Save, _) => return OverlayOutcome::Keep(vec![self.draft(backdrop)]),
            (Command::EditOutside, _) => return OverlayOutcome::Edit(self.note.text().to_owned()),
            (Command::NextKind, _) => self.kind = (self.kind + 1) % KINDS.len(),
            (Command::NextScope, _) => self.spread(),
            (Command::Up | Command::Down, Stop::Note) if self.note.edit(command, columns) => {}
            (Command::Up, _) => self.step(-1, backdrop),
            (Command::Down, _) => self.step(1, backdrop),
            (_, Stop::Note) => {
                self.note.edit(command, columns);
            }
            _ => {}
        }
        OverlayOutcome::Stay
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let flags = self.flags(backdrop);
        let name = &self.on[self.extent as usize].1;
        let by = format!(", as {}", self.by);
        let title = [("Flag ", Role::Title), (name.as_str(), Role::Text), (by.as_str(), Role::Faint)];
        let inside = frame::draw(buf, look, area, &title, "", true);
        let told = self.keeping.words();
        let below = if told.is_some() { 2.min(inside.height / 3) } else { 0 };
        let above = u16::from(inside.height > 3);
        if above > 0 {
            self.view_extents(look, inside, buf);
        }
        let list = Rect { y: inside.y + above, height: inside.height - above - below, ..inside };
        let note = note_height(inside, flags.len());
        let rows = KINDS.len() + note + flags.len();
        let cursor = match self.at {
            Stop::Note => KINDS.len() + note - 1,
            Stop::Flag(at) => KINDS.len() + note + at,
        };
        let top = scroll::scrolled(0, Some(cursor), usize::from(list.height), rows);
        for (row, line) in (top..rows).zip(0..list.height) {
            let mut writer = LineWriter::new(buf, look, list, line);
            if row < KINDS.len() {
                self.view_kind(writer, look, row);
            } else if row == KINDS.len() {
                writer.gap(2).put("note", Role::Faint);
            } else if row >= KINDS.len() + note {
                let at = row - KINDS.len() - note;
                if self.at == Stop::Flag(at) {
                    writer = writer.cursor();
                }
                view_flag(&mut writer, look, flags[at]);
            }
        }
        if top <= KINDS.len() {
            let y = list.y + u16::try_from(KINDS.len() - top).unwrap_or(0);
            let place = Rect {
                x: inside.x + LABEL,
                y,
                width: note_columns(area),
                height: u16::try_from(note).unwrap_or(1),
            };
            self.note.draw(buf, look, place.intersection(list), self.at == Stop::Note);
        }
        if let Some((words, role)) = told {
            draw_below(buf, look, Rect { y: list.bottom(), height: below, ..inside }, &words, role);
        }
    }
}

/// `resolve  ! question  ana 21 Nov 14:02 “…”`
fn view_flag(writer: &mut LineWriter<'_>, look: &Look, flag: &Flag) {
    let (does, role) = match flag.state {
        FlagState::Resolved { .. } => ("reopen ", Role::Faint),
        FlagState::Open | FlagState::Disputed { .. } => ("resolve", Role::Mark),
    };
    let sign = if matches!(flag.state, FlagState::Resolved { .. }) { "  " } else { "! " };
    writer.gap(1).put(does, Role::Key).gap(1).put(sign, Role::Mark).put(flag.kind.title(), role).gap(2);
    writer.put(&review_text::by(&flag.said), Role::Faint).gap(1);
    if !flag.note.is_empty() {
        let (open, close) = (look.glyphs.quote_open, look.glyphs.quote_close);
        writer.put(&format!("{open}{}{close}", review_text::one_line(&flag.note)), Role::Text);
    }
}

/// The kind of flag that is most likely meant.
fn likely(workspace: &Workspace, spot: Spot) -> FlagKind {
    if spot.extent == Extent::Card {
        let has_gaps = workspace.data.counts(spot.cell.country, spot.cell.edition).missing > 0;
        return if has_gaps { FlagKind::MissingData } else { FlagKind::Question };
    }
    let cell = workspace.data.cell(spot.cell.country, spot.cell.edition, spot.cell.indicator);
    match cell.state {
        Err(Gap::NotApplicable) => FlagKind::Question,
        Err(_) => FlagKind::MissingData,
        Ok(_) if cell.marks.contains(Marks::OUTDATED) => FlagKind::Outdated,
        Ok(_) => FlagKind::Question,
    }
}

const fn note_columns(area: Rect) -> u16 {
    frame::inner(area).width.saturating_sub(LABEL + 1)
}

/// The height of the note. The kinds and at least two of the flags get their lines first.
fn note_height(inside: Rect, flags: usize) -> usize {
    usize::from(inside.height).saturating_sub(1 + KINDS.len() + flags.min(2)).clamp(1, TALLEST_NOTE)
}
