//! Indicators under their goals, some folded or filtered away: the lines of the card and of the comparison.

use std::collections::BTreeSet;

use super::memo::{DataKey, Kept};
use crate::{
    core::{
        framework::{Framework, GoalId, IndicatorId},
        search,
    },
    text::fold,
    tui::pane_context::PaneContext,
};

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineLine {
    /// A goal, its first indicator and how many it has, shown or not.
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
    /// Indicators that the filter keeps, folded ones too.
    pub kept: usize,
}

/// What is folded and what was searched: the part of a pane's state that makes its outline.
#[derive(Clone, Debug, Default)]
pub struct Outlining {
    folded: BTreeSet<GoalId>,
    search: String,
    /// Ranked once a search, not once a draw.
    found: Kept<(DataKey, String), Found>,
}

impl Outlining {
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

    /// Searches; gives the indicator that the words name most plainly.
    pub fn search(&mut self, text: &str, context: &PaneContext<'_>) -> Option<IndicatorId> {
        text.clone_into(&mut self.search);
        self.refresh(context);
        if self.search.is_empty() { None } else { self.found(context).0.first().copied() }
    }

    /// Searches again if the data are others.
    pub fn refresh(&mut self, context: &PaneContext<'_>) {
        let key = (DataKey::of(context.data), self.search.clone());
        self.found.renew(key, |(_, text)| rank(&context.data.framework, text));
    }

    fn found(&self, context: &PaneContext<'_>) -> std::borrow::Cow<'_, Found> {
        let key = (DataKey::of(context.data), self.search.clone());
        self.found.get(&key, |(_, text)| rank(&context.data.framework, text))
    }

    /// The lines, of those indicators that `keep` wants. Goals without any are left out.
    pub fn outline(&self, context: &PaneContext<'_>, keep: impl Fn(IndicatorId) -> bool) -> Outline {
        self.build(context, keep, |goal| self.is_folded(goal))
    }

    /// The indicators that are wanted and found, whether their goal is folded or not.
    pub fn kept(&self, context: &PaneContext<'_>, keep: impl Fn(IndicatorId) -> bool) -> Vec<IndicatorId> {
        let outline = self.unfolded(context, keep);
        let ids = outline.lines.into_iter().filter_map(|line| match line {
            OutlineLine::Indicator(indicator) => Some(indicator),
            OutlineLine::Goal { .. } => None,
        });
        ids.collect()
    }

    /// As [`Outlining::outline`], as if nothing were folded: where a jump may land.
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

/// Indicators that a search found, the plainest first.
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
    /// The line the cursor is on: the indicator's, or that of its goal when it is folded. Nothing when filtered away.
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

    /// The lines a cursor can rest on: indicators, and goals that are folded.
    fn stops(&self) -> Vec<usize> {
        let rests = |at: usize| match self.lines[at] {
            OutlineLine::Indicator(_) => true,
            OutlineLine::Goal { .. } => !matches!(self.lines.get(at + 1), Some(OutlineLine::Indicator(_))),
        };
        (0..self.lines.len()).filter(|at| rests(*at)).collect()
    }

    fn indicator(&self, line: usize) -> IndicatorId {
        match self.lines[line] {
            OutlineLine::Indicator(indicator) => indicator,
            OutlineLine::Goal { first, .. } => first,
        }
    }

    /// Where the cursor comes by so many stops. From a place that is filtered away it goes to the nearest one shown.
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

    /// The next indicator shown after (or before) this one that is wanted.
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
        if forward {
            shown.into_iter().find(|one| *one > from && wanted(*one))
        } else {
            shown.rev().find(|one| *one < from && wanted(*one))
        }
    }
}
