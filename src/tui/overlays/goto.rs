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
    core::search::{CellTarget, Query},
    text::safe_line,
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
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Self {
        let mut state = Self { field: TextInput::default(), list: ScrollList::default(), targets: vec![] };
        state.find(backdrop);
        state
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
        if self.field.is_empty() {
            self.list.cursor = workspace.selection.country.index();
        }
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list
            .scroll_into_view(self.targets.len(), ListLayout::within(size, Overlay::GoTo, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::GoTo, BELOW).lines();
        if self.list.update(command, self.targets.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.targets.get(self.list.cursor)) {
            (Command::Enter, Some(target)) => OverlayOutcome::GoTo(*target),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::GoTo, BELOW);
        let more = self.list.more(look, self.targets.len(), layout.lines());
        frame::draw(buf, look, area, &[(Overlay::GoTo.title(), Role::Title)], &more, true);
        let count = found(self.targets.len(), self.targets.len());
        let asks = "country, indicator, edition, in any order";
        draw_field(buf, look, layout.field, &self.field, asks, &count);
        let Some(workspace) = backdrop.workspace else { return };
        for (line, at) in self.list.shown(self.targets.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            self.draw(workspace, self.targets[line], &mut writer);
        }
        if self.targets.is_empty() {
            LineWriter::new(buf, look, layout.list, 0)
                .put("  nothing goes by these words; one of them names nothing here", Role::Faint);
        }
        if let Some(target) = self.targets.get(self.list.cursor) {
            draw_below(buf, look, layout.below, &landing(workspace, *target), Role::Text);
        }
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
