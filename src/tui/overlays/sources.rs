//! The sources of a cell, whole; of a comparison those of every side.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::core::subject::Subject;
use crate::{
    core::framework::Source,
    text::{Safe, safe_line, width, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::Copied,
        pane_context::Selection,
        places::Overlay,
        widgets::{cell_text, frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 1;
/// The columns before the words, for the cursor.
const MARGIN: usize = 2;

enum Line {
    /// Whose source follows.
    Of(String),
    Source(String),
}

/// A source and the country whose cell names it.
#[derive(Clone, Debug)]
struct Cited {
    who: Safe,
    source: Source,
}

#[derive(Clone, Debug)]
pub struct State {
    /// What the sources are of.
    title: Safe,
    cited: Vec<Cited>,
    list: ScrollList,
}

impl State {
    /// `of_sides` says that the sources of every side of the comparison are meant, not those of the cell alone.
    pub fn new(workspace: &Workspace, at: Selection, of_sides: bool) -> Self {
        let data = &workspace.data;
        let sides = workspace.subjects().iter().filter_map(|side| match side {
            Subject::Country(country, edition) => Some((*country, *edition)),
            Subject::Group(..) => None,
        });
        let cells: Vec<_> = if of_sides { sides.collect() } else { vec![(at.country, at.edition)] };
        let of = |(country, edition)| {
            let label = data.edition(edition).label.clone();
            let who = safe_line(&format!("{}, {label}", data.country(country).title().line()));
            let sources = data.detail(country, edition, at.indicator).sources;
            sources.into_iter().map(move |source| Cited { who: who.clone(), source })
        };
        let cited = cells.into_iter().flat_map(of).collect();
        let title = data.framework.indicator(at.indicator).title.line();
        Self { title, cited, list: ScrollList::default() }
    }

    pub const fn is_empty(&self) -> bool {
        self.cited.is_empty()
    }

    /// The lines of the list from the source under the cursor on, each with the position of its source.
    fn lines(&self, look: &Look, width: u16) -> Vec<(usize, Line)> {
        let columns = usize::from(width).saturating_sub(MARGIN);
        let mut lines = vec![];
        for (at, cited) in self.cited.iter().enumerate().skip(self.list.cursor) {
            // Numbered as in the detail: those of each side from one.
            let number = self.cited[..=at].iter().filter(|other| other.who == cited.who).count();
            lines.push((at, Line::Of(format!("{} [{number}]", cited.who))));
            let words = wrap(&look.words(&cell_text::source(&cited.source)), columns);
            lines.extend(words.into_iter().map(|line| (at, Line::Source(line))));
        }
        lines
    }

    /// The first address, to copy.
    pub fn first_address(&self) -> Option<Copied> {
        self.cited.iter().find_map(|cited| address(&cited.source))
    }
}

fn address(source: &Source) -> Option<Copied> {
    let url = source.url.as_ref()?.line();
    Some(Copied { what: url.clone(), text: url.into_string() })
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Sources
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Sources, BELOW).lines();
        self.list.scroll_into_view(self.cited.len(), height);
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Sources, BELOW).lines();
        if self.list.update(command, self.cited.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.cited.get(self.list.cursor)) {
            (Command::Enter | Command::Copy(_), Some(cited)) => match address(&cited.source) {
                Some(copied) => OverlayOutcome::Copy(copied),
                None => OverlayOutcome::Copy(Copied {
                    what: safe_line(&cell_text::source(&cited.source)),
                    text: cell_text::source(&cited.source),
                }),
            },
            (Command::Show(Overlay::Sources), _) => OverlayOutcome::Close,
            (Command::Show(_) | Command::Reload, _) => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn links(&self, look: &Look, area: Rect) -> Vec<(Rect, String)> {
        let list = ListLayout::of(area, Overlay::Sources, BELOW).list;
        let link = |(y, (at, line))| {
            let Line::Source(words) = line else { return None };
            let columns = u16::try_from(width(&words)).unwrap_or(u16::MAX);
            let (x, room) = (list.x + 2, list.width.saturating_sub(2));
            let place = Rect { x, y: list.y + y, width: columns.min(room), height: 1 };
            let address: Option<Copied> = address(&self.cited.get::<usize>(at)?.source);
            Some((place, address?.text))
        };
        (0..list.height).zip(self.lines(look, list.width)).filter_map(link).collect()
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Sources, BELOW);
        let title = [("Sources: ", Role::Title), (self.title.as_str(), Role::Text)];
        let more = match self.cited.len() {
            0 | 1 => String::new(),
            all => format!("{} of {all}", self.list.cursor + 1),
        };
        frame::draw(buf, look, area, &title, &more, true);
        for (y, (at, line)) in (0..layout.list.height).zip(self.lines(look, layout.list.width)) {
            let mut writer = LineWriter::new(buf, look, layout.list, y);
            match line {
                Line::Of(who) => {
                    let mark = if at == self.list.cursor { look.glyphs.cursor } else { " " };
                    writer.cell(mark, MARGIN, Role::Key).put(&who, Role::Title)
                }
                Line::Source(words) => writer.gap(MARGIN).put(&words, Role::Text),
            };
        }
        let words = match (self.first_address(), self.cited.len()) {
            (None, 1) => "it has no address: {open} copies its words",
            (None, _) => "none has an address: {open} copies the words of this one, {down} goes on",
            (Some(_), 1) => "its address is copied; {open} copies it again",
            (Some(_), _) => "the first address is copied; {open} copies that of this one, {down} goes on",
        };
        let words = backdrop.spell(Overlay::Sources, words);
        draw_below(buf, look, layout.below, &words, Role::Faint);
    }
}
