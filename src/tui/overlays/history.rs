//! Everything that was ever said about one cell, its card and its indicator, the newest first.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use super::{Backdrop, OverlayOutcome, OverlayState};
use crate::{
    review::target::Target,
    text::Safe,
    tui::{
        command::Command,
        look::{Glyphs, Look, Role, UNICODE},
        pane_context::{Extent, Spot},
        places::Overlay,
        widgets::{
            frame,
            prose::{self, Prose, ProseLine},
            review_text, scroll,
        },
        workspace::Workspace,
    },
};

/// What the history is about, and how far it is scrolled.
#[derive(Clone, Debug)]
pub struct State {
    name: Safe,
    /// The cell, its card and its indicator, as far as they are meant, each with its heading.
    targets: Vec<(Target, &'static str)>,
    top: usize,
}

impl State {
    pub fn new(workspace: &Workspace, spot: Spot) -> Self {
        let of = |extent: Extent| Target::of(&workspace.data, spot.over(extent).place());
        let targets = match spot.extent {
            Extent::Cell => vec![
                (of(Extent::Cell), "Of this cell"),
                (of(Extent::Card), "Of the whole card"),
                (of(Extent::Indicator), "Of the indicator in every card"),
            ],
            Extent::Card => vec![(of(Extent::Card), "Of the whole card")],
            Extent::Indicator => vec![(of(Extent::Indicator), "Of the indicator in every card")],
        };
        Self { name: review_text::name(&workspace.data, &of(spot.extent)), targets, top: 0 }
    }

    fn text(&self, workspace: &Workspace, columns: usize, glyphs: &Glyphs) -> Vec<ProseLine> {
        let mut prose = Prose::new(columns, glyphs);
        let book = &workspace.review.book;
        for (on, heading) in &self.targets {
            let history = book.history(on);
            if history.is_empty() {
                continue;
            }
            prose.head(heading);
            for record in history.iter().rev() {
                let is_undone = book.is_undone(&record.id);
                let (role, end) = if is_undone { (Role::Faint, " (undone)") } else { (Role::Text, "") };
                let quotes = (glyphs.quote_open, glyphs.quote_close);
                let when = review_text::when_in_full(&record.time);
                let said = review_text::act(record, quotes);
                prose.say(&format!("{when}  {}  {said}{end}", record.author.line()), 0, 2, role);
            }
        }
        if prose.lines.is_empty() {
            prose.say("Nothing was ever said here.", 0, 0, Role::Text);
        }
        prose.lines
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::History
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, _: Size) {}

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let (Some(workspace), inside) =
            (backdrop.workspace, frame::inner(Rect::from((Position::ORIGIN, size))))
        else {
            return OverlayOutcome::Stay;
        };
        let height = usize::from(inside.height);
        if let Some(by) = scroll::steps(command, scroll::page(height)) {
            // Only the view knows the glyphs of the terminal; both sets are as long, or nearly.
            let lines = self.text(workspace, usize::from(inside.width), &UNICODE).len();
            let last = lines.saturating_sub(height);
            self.top = self.top.min(last).saturating_add_signed(by).min(last);
            return OverlayOutcome::Stay;
        }
        match command {
            Command::Show(Overlay::History) | Command::Enter => OverlayOutcome::Close,
            Command::Show(_) | Command::Reload => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(workspace) = backdrop.workspace else { return };
        let inside = frame::inner(area);
        let lines = self.text(workspace, usize::from(inside.width), look.glyphs);
        let height = usize::from(inside.height);
        let top = self.top.min(lines.len().saturating_sub(height));
        let more = frame::more(look, top, height, lines.len());
        let title =
            [(Overlay::History.title(), Role::Title), (": ", Role::Title), (self.name.as_str(), Role::Text)];
        frame::draw(buf, look, area, &title, &more, true);
        prose::draw(buf, look, inside, &lines, top);
    }
}
