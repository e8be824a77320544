//! Makes a finding of the user's own from the answers of the group to one indicator.

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
        answer_filter,
        findings::{
            count_one,
            own::{self, AnswerChoice},
        },
        framework::{Finding, IndicatorId},
    },
    text::safe_line,
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 3;

#[derive(Clone, Debug)]
pub struct State {
    indicator: IndicatorId,
    answers: Vec<AnswerChoice>,
    /// For each answer, whether the finding counts it.
    chosen: Vec<bool>,
    list: ScrollList,
    /// Whether the finding is being written to the disk.
    is_saving: bool,
}

impl State {
    pub fn new(workspace: &Workspace) -> Self {
        let indicator = workspace.selection.indicator;
        let answers =
            own::answers(&workspace.data, &workspace.members, workspace.selection.edition, indicator);
        let chosen = vec![false; answers.len()];
        Self { indicator, answers, chosen, list: ScrollList::default(), is_saving: false }
    }

    fn finding(&self, workspace: &Workspace) -> Option<Finding> {
        let asked: Vec<&AnswerChoice> = self
            .answers
            .iter()
            .zip(&self.chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(one, _)| one)
            .collect();
        own::finding(&workspace.data.framework, self.indicator, &asked)
    }

    /// Adds the answer under the cursor to the finding, or removes it. Answers that cannot be counted together with
    /// it are removed.
    fn choose(&mut self) {
        let at = self.list.cursor;
        let Some(answer) = self.answers.get(at) else { return };
        for (other, chosen) in self.answers.iter().zip(&mut self.chosen) {
            *chosen &= answer.asks.goes_with(&other.asks) || other == answer;
        }
        self.chosen[at] = !self.chosen[at];
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Finding
    }

    fn release(&mut self) {
        self.is_saving = false;
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list
            .scroll_into_view(self.answers.len(), ListLayout::within(size, Overlay::Finding, BELOW).lines());
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let workspace = backdrop.workspace;
        let height = ListLayout::within(size, Overlay::Finding, BELOW).lines();
        if self.list.update(command, self.answers.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, workspace) {
            (Command::Choose, _) => self.choose(),
            (Command::Enter, Some(workspace)) if !self.is_saving => {
                let Some(finding) = self.finding(workspace) else {
                    let Some(answer) = self.answers.get(self.list.cursor) else {
                        return OverlayOutcome::Stay;
                    };
                    let text = answer_filter::question_text(&workspace.data, self.indicator, &answer.asks);
                    return OverlayOutcome::ListCountries(text);
                };
                self.is_saving = true;
                return OverlayOutcome::SaveFinding(finding);
            }
            _ => {}
        }
        OverlayOutcome::Stay
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(workspace) = backdrop.workspace else { return };
        let layout = ListLayout::of(area, Overlay::Finding, BELOW);
        let name = workspace.data.framework.indicator(self.indicator).title.line();
        let edition = safe_line(&workspace.data.edition(workspace.selection.edition).label);
        let about = format!(": {name} {} {} {edition}", look.glyphs.separator, workspace.group.title.line());
        let title = [(Overlay::Finding.title(), Role::Title), (about.as_str(), Role::Text)];
        let more = self.list.more(look, self.answers.len(), layout.lines());
        frame::draw(buf, look, area, &title, &more, true);
        for (line, at) in self.list.shown(self.answers.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            let answer = &self.answers[line];
            let sign = if line == self.list.cursor { look.glyphs.cursor } else { " " };
            writer
                .cell(sign, 1, Role::Key)
                .put(if self.chosen[line] { " [x] " } else { " [ ] " }, Role::Text);
            let room = writer.rest().saturating_sub(7);
            writer.cell(&answer.title.line(), room, Role::Text);
            writer.cell_right(&answer.count.to_string(), 6, Role::Faint);
        }
        let words = match self.finding(workspace) {
            _ if self.is_saving => "saving".to_owned(),
            None => backdrop.spell(
                Overlay::Finding,
                "{choose} chooses the answers that the finding counts, {open} lists the countries that answer so.",
            ),
            Some(finding) => {
                let counted =
                    count_one(&workspace.data, &finding, &workspace.members, workspace.selection.edition);
                let (k, assessed, set) = (counted.k, counted.assessed, counted.set);
                let percent = counted.percent_words();
                format!("{k} of {assessed} assessed ({set} in set), {percent}: {}", finding.text.line())
            }
        };
        draw_below(buf, look, layout.below, &words, Role::Text);
    }
}
