//! Changes the weights of goals and indicators and the kind of mean, and shows at once how ranks move.

mod ranks;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::ranks::{Ranks, moved};
use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::{
        framework::{GoalId, HEAVIEST, IndicatorId},
        label,
        report::{RANKS_SAY_LITTLE, rules_words},
        score::{LeftOut, Ranking, Rules, Scoring},
    },
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 3;
/// The least width at which the ranks are beside the weights, and the width of the ranks.
const BESIDE: u16 = 70;
const RANKS: u16 = 36;

/// What has a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Goal(GoalId),
    Indicator(IndicatorId),
}

#[derive(Clone, Debug)]
pub struct State {
    list: ScrollList,
    items: Vec<Item>,
    /// Indicators that are in no score, and why.
    left_out: Vec<(IndicatorId, LeftOut)>,
    /// The ranks by the weights of the framework.
    before: Ranking,
    ranks: Ranks,
}

impl State {
    pub fn new(workspace: &Workspace) -> Self {
        let framework = &workspace.data.framework;
        let of_goal = |goal| framework.indicators_of(goal).map(Item::Indicator);
        let items = framework.goal_ids().flat_map(|goal| [Item::Goal(goal)].into_iter().chain(of_goal(goal)));
        let mut state = Self {
            list: ScrollList::default(),
            items: items.collect(),
            left_out: vec![],
            before: Ranking::default(),
            ranks: Ranks::default(),
        };
        state.count(workspace);
        state
    }

    fn count(&mut self, workspace: &Workspace) {
        self.before = workspace.ranked_by(&Rules::of(&workspace.data.framework));
        let scoring =
            Scoring::new(&workspace.data, &workspace.members, workspace.selection.edition, &workspace.rules);
        self.left_out = scoring.left_out().collect();
    }

    fn view_items(&self, workspace: &Workspace, look: &Look, area: Rect, buf: &mut Buffer) {
        for (line, at) in self.list.shown(self.items.len(), usize::from(area.height)).zip(0..) {
            let mut writer =
                LineWriter::new(buf, look, Rect { width: area.width.saturating_sub(1), ..area }, at);
            let is_cursor = line == self.list.cursor;
            if is_cursor && !self.ranks.has_keys {
                writer = writer.cursor();
            }
            let has_glyph = is_cursor && !self.ranks.has_keys;
            writer.cell(if has_glyph { look.glyphs.cursor } else { " " }, 1, Role::Key);
            self.view_item(&mut writer, workspace, self.items[line]);
        }
    }

    /// Why a change of the weight under the cursor moves no rank, if that is so.
    fn moves_nothing(&self, workspace: &Workspace) -> Option<String> {
        let Item::Indicator(id) = *self.items.get(self.list.cursor)? else { return None };
        let framework = &workspace.data.framework;
        let goal = framework.indicator(id).goal;
        let is_scored = self.left_out.iter().all(|(out, why)| *out != id || *why == LeftOut::NoWeight);
        (is_scored && workspace.rules.goal(goal) <= 0.0).then(|| {
            let title = framework.goal(goal).title.line();
            format!("{title} weighs 0: no weight within it moves a rank until the goal itself weighs more.")
        })
    }

    /// Draws a title, its weight, and the weight of the framework if that differs.
    fn view_item(&self, writer: &mut LineWriter<'_>, workspace: &Workspace, item: Item) {
        let framework = &workspace.data.framework;
        let weight = weight_of(&workspace.rules, item);
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
        let room = writer.rest().saturating_sub(indent + wide + 2);
        let role = if why.is_some() { Role::Faint } else { role };
        writer.gap(indent).cell(&title, room, role).gap(1);
        let role = if is_changed { Role::Differ } else { role };
        writer.cell_right(&words, wide, role);
    }

    /// The rank of the selected country in words, for a screen without room for all ranks.
    fn own_words(&self, workspace: &Workspace) -> String {
        let code = workspace.data.country(workspace.selection.country).code.line();
        if let Some(row) = workspace.ranking.row(workspace.selection.country) {
            let (moved, _) = moved(&self.before, row);
            let moved = if moved.is_empty() { moved } else { format!(" ({moved})") };
            let points = row.points_words();
            return format!("{code} {} of {}{moved}, {points}. ", row.words(), workspace.ranking.rows.len());
        }
        let why = workspace.context(true).why_no_rank(workspace.selection.country).unwrap_or_default();
        format!("{code} no rank: {why}. ")
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Weights
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        let workspace = backdrop.workspace;
        if let Some(workspace) = workspace {
            self.count(workspace);
        }
        self.list
            .scroll_into_view(self.items.len(), ListLayout::within(size, Overlay::Weights, BELOW).lines());
        if let Some(workspace) = workspace {
            self.ranks.scroll_into_view(workspace, ranks_area(size));
        }
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let workspace = backdrop.workspace;
        if command == Command::Ranks {
            self.ranks.has_keys = !self.ranks.has_keys;
            return OverlayOutcome::Stay;
        }
        if let (Some(workspace), true) = (workspace, self.ranks.has_keys)
            && self.ranks.update(command, workspace, ranks_area(size))
        {
            return OverlayOutcome::Stay;
        }
        let is_explain = command == Command::Show(Overlay::Sum);
        if let (Some(workspace), true) =
            (workspace, is_explain || command == Command::Enter && self.ranks.has_keys)
        {
            let at = if self.ranks.has_keys { self.ranks.country(workspace) } else { None };
            return OverlayOutcome::Explain(at.unwrap_or(workspace.selection.country));
        }
        let height = ListLayout::within(size, Overlay::Weights, BELOW).lines();
        if self.list.update(command, self.items.len(), height) {
            return OverlayOutcome::Stay;
        }
        let (Some(workspace), Some(item)) = (workspace, self.items.get(self.list.cursor).copied()) else {
            return OverlayOutcome::Stay;
        };
        let framework = &workspace.data.framework;
        let mut rules = workspace.rules.clone();
        let weight = weight_of(&rules, item);
        match command {
            Command::Heavier => weigh(&mut rules, item, step(weight, true)),
            Command::Lighter => weigh(&mut rules, item, step(weight, false)),
            Command::ResetWeight => weigh(&mut rules, item, weight_of(&Rules::of(framework), item)),
            Command::ResetWeights => rules.weigh_as(framework),
            Command::OtherMean => rules.method = rules.method.other(),
            Command::Enter => return OverlayOutcome::Close,
            _ => return OverlayOutcome::Stay,
        }
        OverlayOutcome::Weigh(rules)
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(workspace) = backdrop.workspace else { return };
        let layout = ListLayout::of(area, Overlay::Weights, BELOW);
        let more = self.list.more(look, self.items.len(), layout.lines());
        let edition = crate::text::safe_line(&workspace.data.edition(workspace.selection.edition).label);
        let between = look.glyphs.separator;
        let about = format!(" {between} {} {between} {edition}", workspace.group.title.line());
        let title = [(Overlay::Weights.title(), Role::Title), (about.as_str(), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        let is_beside = area.width >= BESIDE;
        let ranks = ranks_area(area.as_size());
        let ranks = Rect { x: area.x + ranks.x, y: area.y + ranks.y, ..ranks };
        let weights =
            if is_beside { Rect { width: layout.list.width - RANKS, ..layout.list } } else { layout.list };
        let shows_ranks = is_beside || self.ranks.has_keys;
        if is_beside || !shows_ranks {
            self.view_items(workspace, look, weights, buf);
        }
        if shows_ranks {
            self.ranks.view(workspace, &self.before, look, ranks, buf);
        }
        let words = rules_words(&workspace.data.framework, &workspace.rules);
        let words = if self.ranks.has_keys {
            let opens = backdrop.spell(Overlay::Weights, "{open} opens the sum of a score");
            format!("{opens}. {RANKS_SAY_LITTLE} {words}")
        } else if shows_ranks {
            format!("{words}. {RANKS_SAY_LITTLE}")
        } else {
            self.own_words(workspace) + &words
        };
        let nothing = if self.ranks.has_keys { None } else { self.moves_nothing(workspace) };
        match nothing {
            Some(why) => draw_below(buf, look, layout.below, &why, Role::Warning),
            None => draw_below(buf, look, layout.below, &words, Role::Faint),
        }
    }
}

/// The area of the ranks in an overlay of this size: beside the weights, or in their place.
fn ranks_area(size: Size) -> Rect {
    let list = ListLayout::within(size, Overlay::Weights, BELOW).list;
    if size.width < BESIDE {
        return list;
    }
    Rect { x: list.right() - RANKS, width: RANKS, ..list }
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

/// The next heavier or lighter weight of 0, ½, 1, 2, 3 and so on.
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
