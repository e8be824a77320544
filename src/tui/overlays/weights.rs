//! Weighs goals and indicators, takes the other mean, and shows at once how ranks move.

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
        framework::{GoalId, HEAVIEST, IndicatorId},
        label,
        report::{RANKS_SAY_LITTLE, rules_words, why_words},
        score::{LeftOut, Ranked, Ranking, Rules, Scoring},
    },
    tui::{
        command::Command,
        desk::Desk,
        look::{Look, Role},
        place::Overlay,
        widgets::{frame, pen::Pen, words::count},
    },
};

const BELOW: u16 = 3;
/// Columns from which on the ranks stand beside the weights, and how many they take.
const BESIDE: u16 = 70;
const RANKS: u16 = 36;

/// What can be weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Goal(GoalId),
    Indicator(IndicatorId),
}

#[derive(Clone, Debug)]
pub struct State {
    list: List,
    items: Vec<Item>,
    /// Indicators in no score, and why.
    left_out: Vec<(IndicatorId, LeftOut)>,
    /// The ranks as the framework weighs.
    before: Ranking,
}

impl State {
    pub fn new(desk: &Desk) -> Self {
        let framework = &desk.data.framework;
        let of_goal = |goal| framework.indicators_of(goal).map(Item::Indicator);
        let items = framework.goal_ids().flat_map(|goal| [Item::Goal(goal)].into_iter().chain(of_goal(goal)));
        let mut state = Self {
            list: List::default(),
            items: items.collect(),
            left_out: vec![],
            before: Ranking::default(),
        };
        state.count(desk);
        state
    }

    fn count(&mut self, desk: &Desk) {
        self.before = desk.ranked_by(&Rules::of(&desk.data.framework));
        let scoring = Scoring::new(&desk.data, &desk.members, desk.selection.edition, &desk.rules);
        self.left_out = scoring.left_out().collect();
    }

    pub(super) fn settle(&mut self, desk: Option<&Desk>, size: Size) {
        if let Some(desk) = desk {
            self.count(desk);
        }
        self.list.settle(self.items.len(), Parts::within(size, Overlay::Weights, BELOW).lines());
    }

    pub(super) fn update(&mut self, command: Command, desk: Option<&Desk>, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Weights, BELOW).lines();
        if self.list.update(command, self.items.len(), height) {
            return Outcome::Stay;
        }
        let (Some(desk), Some(item)) = (desk, self.items.get(self.list.cursor).copied()) else {
            return Outcome::Stay;
        };
        let framework = &desk.data.framework;
        let mut rules = desk.rules.clone();
        let weight = weight_of(&rules, item);
        match command {
            Command::Heavier => weigh(&mut rules, item, step(weight, true)),
            Command::Lighter => weigh(&mut rules, item, step(weight, false)),
            Command::ResetWeight => weigh(&mut rules, item, weight_of(&Rules::of(framework), item)),
            Command::ResetWeights => rules.weigh_as(framework),
            Command::OtherMean => rules.method = rules.method.other(),
            Command::Enter => return Outcome::Close,
            _ => return Outcome::Stay,
        }
        Outcome::Weigh(rules)
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(desk) = backdrop.desk else { return };
        let parts = Parts::of(area, Overlay::Weights, BELOW);
        let more = self.list.more(look, self.items.len(), parts.lines());
        let edition = crate::text::safe_line(&desk.data.edition(desk.selection.edition).label);
        let between = look.glyphs.separator;
        let about = format!(" {between} {} {between} {edition}", desk.group.title.line());
        let title = [(Overlay::Weights.title(), Role::Title), (about.as_str(), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        let is_beside = area.width >= BESIDE;
        let ranks = if is_beside { RANKS } else { 0 };
        let weights = Rect { width: parts.list.width - ranks, ..parts.list };
        for (line, at) in self.list.shown(self.items.len(), parts.lines()).zip(0..) {
            let mut pen = Pen::new(buf, look, Rect { width: weights.width.saturating_sub(1), ..weights }, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            let sign = if line == self.list.cursor { look.glyphs.cursor } else { " " };
            pen.cell(sign, 1, Role::Key);
            self.view_item(&mut pen, desk, self.items[line]);
        }
        if is_beside {
            let area = Rect { x: weights.right(), width: ranks, ..parts.list };
            self.view_ranks(desk, look, area, buf);
        }
        let words = rules_words(&desk.data.framework, &desk.rules);
        let words =
            if is_beside { format!("{words}. {RANKS_SAY_LITTLE}") } else { self.own_words(desk) + &words };
        draw_below(buf, look, parts.below, &words, Role::Faint);
    }

    /// What it is, what it weighs, and what the framework says if that is another weight.
    fn view_item(&self, pen: &mut Pen<'_>, desk: &Desk, item: Item) {
        let framework = &desk.data.framework;
        let weight = weight_of(&desk.rules, item);
        let said = weight_of(&Rules::of(framework), item);
        let is_changed = weight.total_cmp(&said).is_ne();
        let (title, indent, role) = match item {
            Item::Goal(goal) => (framework.goal(goal).title.line(), 0, Role::Title),
            Item::Indicator(id) => (framework.indicator(id).title.line(), 2, Role::Text),
        };
        let why = match item {
            Item::Indicator(id) => self.left_out.iter().find(|(out, _)| *out == id).map(|(_, why)| *why),
            Item::Goal(_) => None,
        };
        let why = why.filter(|why| *why != LeftOut::NoWeight);
        let mut words = why.map_or_else(|| label::number(weight, 0), |_| "not scored".to_owned());
        if is_changed {
            words = format!("{words} (was {})", label::number(said, 0));
        }
        let wide = words.len().max(3);
        let room = pen.rest().saturating_sub(indent + wide + 2);
        let role = if why.is_some() { Role::Faint } else { role };
        pen.gap(indent).cell(&title, room, role).gap(1);
        let role = if is_changed { Role::Differ } else { role };
        pen.cell_right(&words, wide, role);
    }

    /// The ranks, moved so that the selected country is among them.
    fn view_ranks(&self, desk: &Desk, look: &Look, area: Rect, buf: &mut Buffer) {
        let ranking = &desk.ranking;
        let mut head = Pen::new(buf, look, area, 0);
        let many = count(ranking.rows.len(), "country ranked", "countries ranked");
        let unranked = ranking.unranked.len();
        let others = if unranked > 0 { format!(", {unranked} without") } else { String::new() };
        head.put(&format!("{many}{others}"), Role::Title);
        let here_words =
            if ranking.row(desk.selection.country).is_none() { self.own_words(desk) } else { String::new() };
        // Somebody without a rank stands above those who have one, with the reason.
        let area = if here_words.is_empty() {
            area
        } else {
            let lines = crate::text::wrap(here_words.trim_end(), usize::from(area.width).max(1));
            for (line, at) in lines.iter().zip(1..area.height) {
                Pen::new(buf, look, area, at).put(line, Role::Gap);
            }
            let taken = u16::try_from(lines.len()).unwrap_or(area.height).min(area.height);
            Rect { y: area.y + taken, height: area.height - taken, ..area }
        };
        let lines = usize::from(area.height.saturating_sub(1));
        let here = ranking.rows.iter().position(|row| row.country == desk.selection.country);
        let most = ranking.rows.len().saturating_sub(lines);
        let top = here.unwrap_or(0).saturating_sub(lines / 2).min(most);
        for (row, at) in ranking.rows.iter().skip(top).zip(1..area.height) {
            let is_here = row.country == desk.selection.country;
            let role = if is_here { Role::CursorElsewhere } else { Role::Text };
            let mut pen = Pen::new(buf, look, area, at);
            pen.cell_right(&row.words(), 5, Role::Text).gap(1);
            let (moved, direction) = self.moved(row);
            pen.cell(&moved, 5, direction);
            let name = desk.data.country(row.country).name.line();
            let room = pen.rest().saturating_sub(7);
            pen.cell(&name, room, role);
            pen.cell_right(&format!("{:.1}", row.points.unwrap_or_default()), 7, Role::Text);
        }
    }

    /// How far a country has moved since the framework's weights: `+3` up, `-2` down.
    fn moved(&self, row: &Ranked) -> (String, Role) {
        match self.before.row(row.country).map(|before| i64::from(before.rank) - i64::from(row.rank)) {
            Some(0) => (String::new(), Role::Faint),
            Some(by) if by > 0 => (format!("+{by}"), Role::Ahead),
            Some(by) => (by.to_string(), Role::Differ),
            None => ("new".to_owned(), Role::Ahead),
        }
    }

    /// Where there is no room for the ranks: that of the selected country.
    fn own_words(&self, desk: &Desk) -> String {
        let code = desk.data.country(desk.selection.country).code.line();
        if let Some(row) = desk.ranking.row(desk.selection.country) {
            let (moved, _) = self.moved(row);
            let moved = if moved.is_empty() { moved } else { format!(" ({moved})") };
            let points = row.points.unwrap_or_default();
            return format!("{code} {} of {}{moved}, {points:.1}. ", row.words(), desk.ranking.rows.len());
        }
        let why = desk.ranking.why_not(desk.selection.country).map_or_else(String::new, |row| {
            why_words(&desk.data.framework, &desk.rules, row.why, row.coverage)
        });
        format!("{code} no rank: {why}. ")
    }
}

fn weight_of(rules: &Rules, item: Item) -> f64 {
    match item {
        Item::Goal(goal) => rules.goal(goal),
        Item::Indicator(id) => rules.indicator(id),
    }
}

fn weigh(rules: &mut Rules, item: Item, weight: f64) {
    match item {
        Item::Goal(goal) => rules.weigh_goal(goal, weight),
        Item::Indicator(id) => rules.weigh_indicator(id, weight),
    }
}

/// The next weight of 0, ½, 1, 2, 3 and so on.
fn step(weight: f64, heavier: bool) -> f64 {
    let next = match (heavier, weight) {
        (true, weight) if weight < 0.5 => 0.5,
        (true, weight) if weight < 1.0 => 1.0,
        (true, weight) => (weight + 1.0).floor(),
        (false, weight) if weight > 1.0 => (weight - 1.0).ceil(),
        (false, weight) if weight > 0.5 => 0.5,
        (false, _) => 0.0,
    };
    next.clamp(0.0, HEAVIEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_goes_up_and_down_by_steps_that_a_person_would_choose() {
        let up: Vec<f64> = [0.0, 0.5, 1.0, 1.7, 2.0, HEAVIEST].map(|weight| step(weight, true)).into();
        assert_eq!(up, [0.5, 1.0, 2.0, 2.0, 3.0, HEAVIEST]);
        let down: Vec<f64> = [3.0, 2.0, 1.7, 1.0, 0.5, 0.0].map(|weight| step(weight, false)).into();
        assert_eq!(down, [2.0, 1.0, 1.0, 0.5, 0.0, 0.0]);
    }
}
