//! Go to any country × indicator × edition by a few words in any order.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below, draw_field, found},
};
use crate::{
    core::search::{Query, Target},
    text::safe_line,
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::Field,
        widgets::{frame, line_writer::Pen},
        workspace::Desk,
    },
};

const BELOW: u16 = 2;

#[derive(Clone, Debug)]
pub struct State {
    pub(super) field: Field,
    list: List,
    targets: Vec<Target>,
}

impl State {
    pub(super) fn new(desk: &Desk) -> Self {
        let mut state = Self { field: Field::default(), list: List::default(), targets: vec![] };
        state.find(desk);
        state
    }

    pub(super) fn find(&mut self, desk: &Desk) {
        self.targets = desk.index.go_to(&desk.data, self.field.text(), desk.here());
        self.list = List::default();
        if self.field.is_empty() {
            self.list.cursor = desk.selection.country.index();
        }
    }

    pub(super) fn settle(&mut self, size: Size) {
        self.list.settle(self.targets.len(), Parts::within(size, Overlay::GoTo, BELOW).lines());
    }

    pub(super) fn update(&mut self, command: Command, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::GoTo, BELOW).lines();
        if self.list.update(command, self.targets.len(), height) {
            return Outcome::Stay;
        }
        match (command, self.targets.get(self.list.cursor)) {
            (Command::Enter, Some(target)) => Outcome::GoTo(*target),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::GoTo, BELOW);
        let more = self.list.more(look, self.targets.len(), parts.lines());
        frame::draw(buf, look, area, &[(Overlay::GoTo.title(), Role::Title)], &more, true);
        let count = found(self.targets.len(), self.targets.len());
        let asks = "country, indicator, edition, in any order";
        draw_field(buf, look, parts.field, &self.field, asks, &count);
        let Some(desk) = backdrop.desk else { return };
        for (line, at) in self.list.shown(self.targets.len(), parts.lines()).zip(0..) {
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            self.draw(desk, self.targets[line], &mut pen);
        }
        if self.targets.is_empty() {
            Pen::new(buf, look, parts.list, 0)
                .put("  nothing goes by these words; one of them names nothing here", Role::Faint);
        }
        if let Some(target) = self.targets.get(self.list.cursor) {
            draw_below(buf, look, parts.below, &landing(desk, *target), Role::Text);
        }
    }

    fn draw(&self, desk: &Desk, target: Target, pen: &mut Pen<'_>) {
        let data = &desk.data;
        let country = data.country(target.country);
        let cell = data.cell(target.country, target.edition, target.indicator);
        let query = &Query::new(self.field.text());
        let roomy = pen.rest() >= 60;
        pen.put("  ", Role::Text).cell_found(&country.code.line(), 4, Role::Faint, query);
        if roomy {
            pen.cell_found(&country.name.line(), 22, Role::Text, query).put(" ", Role::Text);
        }
        let labels = data.edition_ids().map(|id| data.edition(id).label.len());
        let (edition, value) = (labels.max().unwrap_or(0).min(8), if roomy { 18 } else { 11 });
        let columns = pen.rest().saturating_sub(edition + value + 2);
        let indicator = data.framework.indicator(target.indicator);
        pen.cell_found(&indicator.title.line(), columns, Role::Text, query).put(" ", Role::Text);
        pen.cell_found(&safe_line(&data.edition(target.edition).label), edition, Role::Faint, query);
        let role = match cell.state {
            Ok(_) => Role::Given,
            Err(_) if cell.is_not_applicable() => Role::NotApplicable,
            Err(_) => Role::Gap,
        };
        let words = data.label(target.country, target.edition, target.indicator).line();
        pen.put(" ", Role::Text).cell(&words, value, role);
    }
}

/// Where Enter leads, in full.
fn landing(desk: &Desk, target: Target) -> String {
    let data = &desk.data;
    format!(
        "{} in {}: {}: {}",
        data.country(target.country).name.line(),
        safe_line(&data.edition(target.edition).label),
        data.framework.indicator(target.indicator).title.line(),
        data.label(target.country, target.edition, target.indicator).line()
    )
}
