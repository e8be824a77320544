//! Indicators under their goals, some folded or filtered out: the lines of the card and of the comparison.

use std::collections::BTreeSet;

use super::memo::{DataKey, Kept};
use crate::{
    core::{
        framework::{Framework, GoalId, IndicatorId},
        search,
    },
    text::{Safe, fold},
    tui::pane_context::{NOT_SHOWN, PaneContext},
};

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineLine {
    /// A goal, its first indicator, and the number of its indicators, shown or not.
    Goal {
        goal: GoalId,
        first: IndicatorId,
        length: u16,
    },
    Indicator(IndicatorId),
}

/// The lines in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub lines: Vec<OutlineLine>,
    /// The number of indicators that the filter keeps, folded ones included.
    pub kept: usize,
}

/// The folded goals and the search: the part of a pane's state that determines its outline.
#[derive(Clone, Debug, Default)]
pub struct Outlining {
    folded: BTreeSet<GoalId>,
    search: String,
    /// The hits, ranked when the search changes, not at every drawing.
    found: Kept<(DataKey, String), Found>,
}

/// Why nothing is written about the line of a folded goal.
pub const ON_A_GOAL: Safe =
    Safe::fixed("this line is a whole goal: {open} unfolds it, then one of its indicators can be chosen");

impl Outlining {
    /// Unfolds the goal of an indicator.
    pub fn unfold(&mut self, framework: &Framework, at: IndicatorId) {
        if self.is_folded(framework.indicator(at).goal) {
            self.fold(framework, at);
        }
    }

    pub fn searched(&self) -> &str {
        &self.search
    }

    pub fn is_folded(&self, goal: GoalId) -> bool {
        self.search.is_empty() && self.folded.contains(&goal)
    }

    /// Folds or unfolds the goal of an indicator.
    pub fn fold(&mut self, framework: &Framework, at: IndicatorId) {
        let goal = framework.indicator(at).goal;
        if !self.folded.remove(&goal) {
            self.folded.insert(goal);
        }
    }

    /// Sets the search and returns the indicator that it matches most plainly.
    pub fn search(&mut self, text: &str, context: &PaneContext<'_>) -> Option<IndicatorId> {
        text.clone_into(&mut self.search);
        self.refresh(context);
        if self.search.is_empty() { None } else { self.found(context).0.first().copied() }
    }

    /// Searches again if the data changed.
    pub fn refresh(&mut self, context: &PaneContext<'_>) {
        let key = (DataKey::of(context.data), self.search.clone());
        self.found.renew(key, |(_, text)| rank(&context.data.framework, text));
    }

    fn found(&self, context: &PaneContext<'_>) -> std::borrow::Cow<'_, Found> {
        let key = (DataKey::of(context.data), self.search.clone());
        self.found.get(&key, |(_, text)| rank(&context.data.framework, text))
    }

    /// The lines of the indicators that `keep` accepts and the search matches. Goals without any are left out.
    pub fn outline(&self, context: &PaneContext<'_>, keep: impl Fn(IndicatorId) -> bool) -> Outline {
        self.build(context, keep, |goal| self.is_folded(goal))
    }

    /// The indicators that `keep` accepts and the search matches, folded or not.
    pub fn kept(&self, context: &PaneContext<'_>, keep: impl Fn(IndicatorId) -> bool) -> Vec<IndicatorId> {
        let outline = self.unfolded(context, keep);
        let ids = outline.lines.into_iter().filter_map(|line| match line {
            OutlineLine::Indicator(indicator) => Some(indicator),
            OutlineLine::Goal { .. } => None,
        });
        ids.collect()
    }

    /// Like [`Outlining::outline`], as if no goal were folded: where a jump may land.
    pub fn unfolded(&self, context: &PaneContext<'_>, keep: impl Fn(IndicatorId) -> bool) -> Outline {
        self.build(context, keep, |_| false)
    }

    fn build(
        &self,
        context: &PaneContext<'_>,
        keep: impl Fn(IndicatorId) -> bool,
        is_folded: impl Fn(GoalId) -> bool,
    ) -> Outline {
        let framework = &context.data.framework;
        let is_searched = !self.search.is_empty();
        let found = self.found(context);
        let mut wanted = vec![!is_searched; framework.indicators.len()];
        for one in found.0.iter().filter(|_| is_searched) {
            wanted[one.index()] = true;
        }
        let mut outline = Outline::default();
        let mut rest = framework.indicator_ids().peekable();
        while let Some(first) = rest.next() {
            let goal = framework.indicator(first).goal;
            let mut of_goal = vec![first];
            while let Some(next) = rest.next_if(|next| framework.indicator(*next).goal == goal) {
                of_goal.push(next);
            }
            let length = u16::try_from(of_goal.len()).unwrap_or(u16::MAX);
            of_goal.retain(|one| wanted[one.index()] && keep(*one));
            if of_goal.is_empty() {
                continue;
            }
            outline.kept += of_goal.len();
            outline.lines.push(OutlineLine::Goal { goal, first, length });
            if !is_folded(goal) {
                outline.lines.extend(of_goal.into_iter().map(OutlineLine::Indicator));
            }
        }
        outline
    }
}

/// The indicators that a search matches, the plainest first.
#[derive(Clone, Debug, Default)]
struct Found(Vec<IndicatorId>);

fn rank(framework: &Framework, text: &str) -> Found {
    if text.is_empty() {
        return Found::default();
    }
    let keys: Vec<[String; 2]> =
        framework.indicators.iter().map(|one| [fold(one.title.raw()), fold(&one.id)]).collect();
    let hits = search::rank(text, keys.iter().map(|keys| &keys[..]));
    Found(hits.into_iter().filter_map(|hit| u16::try_from(hit.index).ok().map(IndicatorId)).collect())
}

impl Outline {
    /// The line of the cursor: that of the indicator, or of its goal if it is folded. `None` if it is filtered out.
    pub fn cursor(&self, framework: &Framework, at: IndicatorId) -> Option<usize> {
        let own = self.lines.iter().position(|line| *line == OutlineLine::Indicator(at));
        own.or_else(|| {
            let goal = framework.indicator(at).goal;
            let heading =
                |line: &OutlineLine| matches!(line, OutlineLine::Goal { goal: of, .. } if *of == goal);
            let at = self.lines.iter().position(heading)?;
            (!matches!(self.lines.get(at + 1), Some(OutlineLine::Indicator(_)))).then_some(at)
        })
    }

    /// The goal whose folded line has the cursor, if it does not rest on the indicator itself.
    ///
    /// Errors: that the indicator is not shown at all.
    pub fn goal_under_cursor(&self, framework: &Framework, at: IndicatorId) -> Result<Option<GoalId>, Safe> {
        match self.lines[self.cursor(framework, at).ok_or(NOT_SHOWN)?] {
            OutlineLine::Goal { goal, .. } => Ok(Some(goal)),
            OutlineLine::Indicator(_) => Ok(None),
        }
    }

    /// The lines that the cursor can be on: indicators, and folded goals.
    fn stops(&self) -> Vec<usize> {
        let rests = |at: usize| match self.lines[at] {
            OutlineLine::Indicator(_) => true,
            OutlineLine::Goal { .. } => !matches!(self.lines.get(at + 1), Some(OutlineLine::Indicator(_))),
        };
        (0..self.lines.len()).filter(|at| rests(*at)).collect()
    }

    /// How many stops follow that of this indicator; of one that is filtered out, how many there are.
    pub fn stops_after(&self, framework: &Framework, at: IndicatorId) -> usize {
        let line = self.cursor(framework, at);
        self.stops().into_iter().filter(|stop| line.is_none_or(|line| *stop > line)).count()
    }

    fn indicator(&self, line: usize) -> IndicatorId {
        match self.lines[line] {
            OutlineLine::Indicator(indicator) => indicator,
            OutlineLine::Goal { first, .. } => first,
        }
    }

    /// Moves the cursor by this many stops. From a position that is filtered out it goes to the nearest one shown.
    pub fn step(&self, framework: &Framework, from: IndicatorId, by: isize) -> Option<IndicatorId> {
        let stops = self.stops();
        let to = match self.cursor(framework, from) {
            Some(line) => super::scroll::moved(stops.partition_point(|stop| *stop < line), by, stops.len()),
            None => {
                let next = stops.partition_point(|stop| self.indicator(*stop) < from);
                super::scroll::moved(next, if by < 0 { -1 } else { 0 }, stops.len())
            }
        };
        stops.get(to).map(|stop| self.indicator(*stop))
    }

    /// The next shown indicator after (or before) this one that `wanted` accepts.
    pub fn next(
        &self,
        from: IndicatorId,
        forward: bool,
        wanted: impl Fn(IndicatorId) -> bool,
    ) -> Option<IndicatorId> {
        let shown = self.lines.iter().filter_map(|line| match line {
            OutlineLine::Indicator(indicator) => Some(*indicator),
            OutlineLine::Goal { .. } => None,
        });
        let shown: Vec<IndicatorId> = shown.collect();
        // From a place that is not shown, the next one in the framework's order.
        let at = shown.iter().position(|one| *one == from);
        if forward {
            let start = at.map_or_else(|| shown.partition_point(|one| *one < from), |at| at + 1);
            shown[start..].iter().copied().find(|one| wanted(*one))
        } else {
            let end = at.unwrap_or_else(|| shown.partition_point(|one| *one < from));
            shown[..end].iter().rev().copied().find(|one| wanted(*one))
        }
    }
}
