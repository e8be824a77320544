//! What a group's median is of: the members in order of their answers, and those that are not in it.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::{
        dataset::EditionId,
        framework::{Group, IndicatorId},
        search::CellTarget,
        subject::{MedianMember, Subject, median, median_members},
    },
    text::{Safe, fit, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{cell_text, frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 2;

#[derive(Clone, Debug)]
pub struct State {
    /// Of which group, edition and indicator.
    about: String,
    /// The median in words.
    headline: String,
    edition: EditionId,
    indicator: IndicatorId,
    members: Vec<MedianMember>,
    list: ScrollList,
}

impl State {
    pub fn new(workspace: &Workspace, group: &Group, edition: EditionId, indicator: IndicatorId) -> Self {
        let data = &workspace.data;
        let members = median_members(data, group, edition, indicator);
        let subject = Subject::Group(group.clone(), edition);
        let about = format!("{}, {}", subject.name(data).line(), safe_line(&data.edition(edition).label));
        let taken = median(data, group, edition, indicator);
        let (scale, title) =
            (data.framework.scale(indicator), data.framework.indicator(indicator).title.line());
        let words = taken.words(scale);
        let left_out = match members.iter().filter(|member| !member.counts && member.cell.is_given()).count()
        {
            0 => String::new(),
            many => format!("; {many} given here only, so not in it"),
        };
        let headline = format!(
            "{title}: {}: the median of {} given of {}{left_out}",
            words.line(),
            taken.given,
            cell_text::count(taken.of, "member", "members"),
        );
        Self { about, headline, edition, indicator, members, list: ScrollList::default() }
    }

    fn target(&self) -> Option<CellTarget> {
        let country = self.members.get(self.list.cursor)?.country;
        Some(CellTarget { country, edition: self.edition, indicator: self.indicator })
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Median
    }

    fn lines(&self) -> Option<usize> {
        Some(ListLayout::inside(self.members.len(), Overlay::Median, BELOW))
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Median, BELOW).lines();
        self.list.scroll_into_view(self.members.len(), height);
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Median, BELOW).lines();
        if self.list.update(command, self.members.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.target()) {
            (Command::Enter, Some(target)) => OverlayOutcome::GoTo(target),
            (Command::Enter, None) => OverlayOutcome::Refuse(Safe::fixed("the group has no member here")),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(workspace) = backdrop.workspace else { return };
        let data = &workspace.data;
        let layout = ListLayout::of(area, Overlay::Median, BELOW);
        let more = self.list.more(look, self.members.len(), layout.lines());
        frame::draw(buf, look, area, &[(&self.about, Role::Title)], &more, true);
        let scale = data.framework.scale(self.indicator);
        let given = self.members.iter().filter(|member| member.counts).count();
        for (line, at) in self.list.shown(self.members.len(), layout.lines()).zip(0..) {
            let MedianMember { country, cell, counts } = self.members[line];
            let is_cursor = line == self.list.cursor;
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if is_cursor {
                writer = writer.cursor();
            }
            let country_row = data.country(country);
            writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key);
            writer.cell(&country_row.code.line(), 4, Role::Faint);
            let names = (writer.rest() / 2).min(32);
            writer.cell(&country_row.name.line(), names, Role::Text).gap(1);
            let rest = writer.rest();
            let words =
                cell_text::of_cell(scale, &cell, || data.label(country, self.edition, self.indicator));
            let (words, role) = match cell.state {
                Ok(_) if counts => (words.within(rest, look), Role::Given),
                Ok(_) => (format!("({}) not given in both", words.all()), Role::Faint),
                Err(_) if cell.is_not_applicable() => (words.within(rest, look), Role::NotApplicable),
                Err(_) => (words.within(rest, look), Role::Gap),
            };
            let is_middle = line < given && (line == (given - 1) / 2 || line == given / 2);
            let words =
                fit(&words, rest.saturating_sub(if is_middle { 10 } else { 0 }), look.glyphs.ellipsis);
            writer.put(&words, role);
            if is_middle {
                writer.right(&format!("{} median", look.glyphs.here), Role::Key);
            }
        }
        draw_below(buf, look, layout.below, &self.headline, Role::Text);
    }
}
