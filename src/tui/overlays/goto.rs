//! Goes to any country × indicator × edition by a few words in any order.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::search::{CellTarget, Mention, Query, highlight},
    text::{safe_line, width},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 2;

#[derive(Clone, Debug)]
pub struct State {
    field: TextInput,
    list: ScrollList,
    targets: Vec<CellTarget>,
    /// The cells whose notes and sources have the words; they stand before those whose names are only like them.
    mentions: Vec<Mention>,
    notes: Notes,
}

/// How far the search through notes and sources is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notes {
    /// The words name something, or there are none.
    NotNeeded,
    /// Somebody has to read them.
    Wanted,
    Underway,
    Read,
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Self {
        let mut state = Self {
            field: TextInput::default(),
            list: ScrollList::default(),
            targets: vec![],
            mentions: vec![],
            notes: Notes::NotNeeded,
        };
        state.find(backdrop);
        state
    }

    fn len(&self) -> usize {
        self.mentions.len() + self.targets.len()
    }

    fn target(&self, at: usize) -> Option<CellTarget> {
        self.mentions
            .get(at)
            .map(|mention| mention.target)
            .or_else(|| self.targets.get(at - self.mentions.len()).copied())
    }

    fn draw_mention(&self, workspace: &Workspace, mention: &Mention, writer: &mut LineWriter<'_>) {
        let (data, target, query) = (&workspace.data, mention.target, &Query::new(self.field.text()));
        writer.put("  ", Role::Text).cell_found(
            &data.country(target.country).code.line(),
            4,
            Role::Faint,
            query,
        );
        let labels = data.edition_ids().map(|id| data.edition(id).label.len());
        let edition = labels.max().unwrap_or(0).min(8);
        writer.cell_found(&safe_line(&data.edition(target.edition).label), edition, Role::Faint, query);
        let title = data.framework.indicator(target.indicator).title.line();
        let third = writer.rest() / 3;
        writer.put(" ", Role::Text).cell_found(&title, third, Role::Text, query);
        writer.put(" ", Role::Text).put(mention.kind.title(), Role::Faint).put(": ", Role::Faint);
        let words = excerpt(&mention.text.line(), query, writer.rest());
        let rest = writer.rest();
        writer.cell_found(&words, rest, Role::Text, query);
    }

    fn draw(&self, workspace: &Workspace, target: CellTarget, writer: &mut LineWriter<'_>) {
        let data = &workspace.data;
        let country = data.country(target.country);
        let cell = data.cell(target.country, target.edition, target.indicator);
        let query = &Query::new(self.field.text());
        let roomy = writer.rest() >= 60;
        writer.put("  ", Role::Text).cell_found(&country.code.line(), 4, Role::Faint, query);
        if roomy {
            writer.cell_found(&country.name.line(), 22, Role::Text, query).put(" ", Role::Text);
        }
        let labels = data.edition_ids().map(|id| data.edition(id).label.len());
        let (edition, value) = (labels.max().unwrap_or(0).min(8), if roomy { 18 } else { 11 });
        let columns = writer.rest().saturating_sub(edition + value + 2);
        let indicator = data.framework.indicator(target.indicator);
        writer.cell_found(&indicator.title.line(), columns, Role::Text, query).put(" ", Role::Text);
        writer.cell_found(&safe_line(&data.edition(target.edition).label), edition, Role::Faint, query);
        let role = match cell.state {
            Ok(_) => Role::Given,
            Err(_) if cell.is_not_applicable() => Role::NotApplicable,
            Err(_) => Role::Gap,
        };
        let words = data.label(target.country, target.edition, target.indicator).line();
        writer.put(" ", Role::Text).cell(&words, value, role);
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::GoTo
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, backdrop: &Backdrop<'_>) {
        let Some(workspace) = backdrop.workspace else { return };
        self.targets = workspace.index.go_to(&workspace.data, self.field.text(), workspace.here());
        self.list = ScrollList::default();
        self.mentions = vec![];
        let is_wanted = workspace.index.may_be_mentioned(&workspace.data, self.field.text());
        self.notes = if is_wanted { Notes::Wanted } else { Notes::NotNeeded };
        if self.field.is_empty() {
            self.list.cursor = workspace.selection.country.index();
        }
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.len(), ListLayout::within(size, Overlay::GoTo, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::GoTo, BELOW).lines();
        if self.list.update(command, self.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.target(self.list.cursor)) {
            (Command::Enter, Some(target)) => OverlayOutcome::GoTo(target),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::GoTo, BELOW);
        let more = self.list.more(look, self.len(), layout.lines());
        frame::draw(buf, look, area, &[(Overlay::GoTo.title(), Role::Title)], &more, true);
        let count = found(self.len(), self.len());
        let asks = "country, indicator, edition, in any order; else words of a note";
        draw_field(buf, look, layout.field, &self.field, asks, &count);
        let Some(workspace) = backdrop.workspace else { return };
        for (line, at) in self.list.shown(self.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            match (self.mentions.get(line), self.target(line)) {
                (Some(mention), _) => self.draw_mention(workspace, mention, &mut writer),
                (None, Some(target)) => self.draw(workspace, target, &mut writer),
                (None, None) => {}
            }
        }
        if self.len() == 0 {
            let words = match self.notes {
                Notes::Wanted | Notes::Underway => "  no name goes by these words; reading notes and sources",
                Notes::Read => "  nothing goes by these words: no name, and no note or source of a card",
                Notes::NotNeeded => "  nothing goes by these words; one of them names nothing here",
            };
            LineWriter::new(buf, look, layout.list, 0).put(words, Role::Faint);
        }
        if let Some(target) = self.target(self.list.cursor) {
            let mut words = landing(workspace, target);
            if let Some(mention) = self.mentions.get(self.list.cursor) {
                words = format!("{words}. {}: {}", mention.kind.title(), mention.text.line());
            }
            draw_below(buf, look, layout.below, &words, Role::Text);
        }
    }

    fn wanted_from_notes(&mut self) -> Option<&str> {
        if self.notes != Notes::Wanted {
            return None;
        }
        self.notes = Notes::Underway;
        Some(self.field.text())
    }

    fn take_from_notes(&mut self, words: &str, mentions: &[Mention]) {
        if words == self.field.text() {
            self.targets.retain(|target| !mentions.iter().any(|mention| mention.target == *target));
            (self.mentions, self.notes, self.list) = (mentions.to_vec(), Notes::Read, ScrollList::default());
        }
    }
}

/// The part of a text that begins a little before the first word found, if what is found would not be seen otherwise.
fn excerpt(line: &str, query: &Query, columns: usize) -> String {
    let found = highlight(query, line);
    let (Some(first), true) = (found.first(), width(line) > columns) else { return line.to_owned() };
    let words = line[..first.start].rmatch_indices(' ').map(|(at, _)| at + 1);
    // Up to a third of the line before the first word.
    let start = words.take_while(|at| width(&line[*at..first.start]) <= columns / 3).last();
    match start {
        Some(start) if width(&line[..first.end]) > columns * 2 / 3 => format!("… {}", &line[start..]),
        _ => line.to_owned(),
    }
}

/// The full description of the cell that Enter goes to.
fn landing(workspace: &Workspace, target: CellTarget) -> String {
    let data = &workspace.data;
    format!(
        "{} in {}: {}: {}",
        data.country(target.country).name.line(),
        safe_line(&data.edition(target.edition).label),
        data.framework.indicator(target.indicator).title.line(),
        data.label(target.country, target.edition, target.indicator).line()
    )
}
