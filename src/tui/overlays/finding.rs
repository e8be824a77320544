//! Makes a finding of one's own from the answers that the group gives to an indicator.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below},
};
use crate::{
    core::{
        findings::{
            count_one,
            own::{self, Answer},
        },
        framework::{Finding, IndicatorId},
    },
    text::{Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::Pen},
        workspace::Desk,
    },
};

const BELOW: u16 = 3;

#[derive(Clone, Debug)]
pub struct State {
    indicator: IndicatorId,
    answers: Vec<Answer>,
    /// Which of the answers are asked for.
    chosen: Vec<bool>,
    list: List,
    /// On its way to the disk.
    is_saving: bool,
}

impl State {
    pub fn new(desk: &Desk) -> Self {
        let indicator = desk.selection.indicator;
        let answers = own::answers(&desk.data, &desk.members, desk.selection.edition, indicator);
        let chosen = vec![false; answers.len()];
        Self { indicator, answers, chosen, list: List::default(), is_saving: false }
    }

    /// After a save that failed: it can be tried again.
    pub const fn release(&mut self) {
        self.is_saving = false;
    }

    fn finding(&self, desk: &Desk) -> Option<Finding> {
        let asked: Vec<&Answer> = self
            .answers
            .iter()
            .zip(&self.chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(one, _)| one)
            .collect();
        own::finding(&desk.data.framework, self.indicator, &asked)
    }

    pub(super) fn settle(&mut self, size: Size) {
        self.list.settle(self.answers.len(), Parts::within(size, Overlay::Finding, BELOW).lines());
    }

    pub(super) fn update(&mut self, command: Command, desk: Option<&Desk>, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Finding, BELOW).lines();
        if self.list.update(command, self.answers.len(), height) {
            return Outcome::Stay;
        }
        match (command, desk) {
            (Command::Choose, _) => self.choose(),
            (Command::Enter, Some(desk)) if !self.is_saving => {
                let Some(finding) = self.finding(desk) else {
                    return Outcome::Refuse(Safe::fixed(
                        "{choose} chooses the answers that the finding counts",
                    ));
                };
                self.is_saving = true;
                return Outcome::SaveFinding(finding);
            }
            _ => {}
        }
        Outcome::Stay
    }

    /// Takes the answer under the cursor in or out. What cannot be asked together gives way.
    fn choose(&mut self) {
        let at = self.list.cursor;
        let Some(answer) = self.answers.get(at) else { return };
        for (other, chosen) in self.answers.iter().zip(&mut self.chosen) {
            *chosen &= answer.asks.goes_with(&other.asks) || other == answer;
        }
        self.chosen[at] = !self.chosen[at];
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(desk) = backdrop.desk else { return };
        let parts = Parts::of(area, Overlay::Finding, BELOW);
        let name = desk.data.framework.indicator(self.indicator).title.line();
        let edition = safe_line(&desk.data.edition(desk.selection.edition).label);
        let about = format!(": {name} {} {} {edition}", look.glyphs.separator, desk.group.title.line());
        let title = [(Overlay::Finding.title(), Role::Title), (about.as_str(), Role::Text)];
        let more = self.list.more(look, self.answers.len(), parts.lines());
        frame::draw(buf, look, area, &title, &more, true);
        for (line, at) in self.list.shown(self.answers.len(), parts.lines()).zip(0..) {
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            let answer = &self.answers[line];
            let sign = if line == self.list.cursor { look.glyphs.cursor } else { " " };
            pen.cell(sign, 1, Role::Key).put(if self.chosen[line] { " [x] " } else { " [ ] " }, Role::Text);
            let room = pen.rest().saturating_sub(7);
            pen.cell(&answer.title.line(), room, Role::Text);
            pen.cell_right(&answer.count.to_string(), 6, Role::Faint);
        }
        let words = match self.finding(desk) {
            _ if self.is_saving => "saving".to_owned(),
            None => backdrop.spell(
                Overlay::Finding,
                "{choose} chooses the answers that the finding counts, {open} saves it.",
            ),
            Some(finding) => {
                let counted = count_one(&desk.data, &finding, &desk.members, desk.selection.edition);
                let (k, assessed, set) = (counted.k, counted.assessed, counted.set);
                let percent = counted.percent_words();
                format!("{k} of {assessed} assessed ({set} in set), {percent}: {}", finding.text.line())
            }
        };
        draw_below(buf, look, parts.below, &words, Role::Text);
    }
}
