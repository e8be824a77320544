//! The comparison pane: subjects side by side, indicator by indicator, with a verdict in words.

mod layout;
mod sort;
mod settings;
mod headings;
mod table;
mod widths;
mod detail;
mod reading;
mod sides;
mod filtered;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

pub use self::settings::Settings;
use self::{layout::ComparisonLayout, sort::CompareSort, widths::Widths};
use crate::{
    core::{
        compare::{Comparison, ComparisonRow},
        framework::{GoalId, IndicatorId},
        report::{CompareReport, Only},
        subject::Subject,
    },
    text::Safe,
    tui::{
        command::{Command, Spec},
        look::Look,
        pane_context::{Extent, PaneContext, Selection, Spot, Wish},
        pane_state::{FilterChoice, PaneState},
        places::{Overlay, Pane},
        shown_report::{PaneRecord, ShownReport, listed, whole_card},
        widgets::{
            outline::{ON_A_GOAL, Outline, OutlineLine, Outlining},
            scroll,
        },
    },
};

const NOT_YET: Safe = Safe::fixed("nothing is compared yet: press {compare} to choose a second country");

/// What is folded and filtered, and which side has the cursor.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_differences: bool,
    only_gaps: bool,
    sort: CompareSort,
    top: usize,
    side: usize,
    /// Whether the movement keys scroll the detail instead of the table.
    reading: bool,
    detail_top: usize,
    /// The cell whose detail was scrolled; any other detail is shown from its top.
    scrolled: Option<Selection>,
    widths: Widths,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let Some(comparison) = context.comparison else { return vec![] };
        let lines = self.outline(context).lines.len();
        let layout = self.layout(context, whole_of(size), lines);
        if self.reading && !layout.strip.is_empty() {
            let height = usize::from(layout.strip.height);
            if let Some(by) = scroll::steps(command, scroll::page(height)) {
                return self.read(by, context, comparison, size);
            }
            if command == Command::Back {
                self.reading = false;
                return vec![];
            }
        }
        let page = scroll::page(usize::from(layout.rows.height));
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by),
            Command::NextDifference => self.next(context, true, ComparisonRow::has_difference, "difference"),
            Command::PreviousDifference => {
                self.next(context, false, ComparisonRow::has_difference, "difference")
            }
            Command::NextGap => self.next(context, true, ComparisonRow::has_gap, "gap"),
            Command::PreviousGap => self.next(context, false, ComparisonRow::has_gap, "gap"),
            Command::DetailDown | Command::DetailUp => {
                // By half of its height, so that some lines stay to find the place again.
                let by = isize::from(layout.strip.height.div_ceil(2).max(1).cast_signed());
                self.read(if command == Command::DetailDown { by } else { -by }, context, comparison, size)
            }
            Command::Sort => {
                self.sort = self.sort.next();
                self.top = 0;
                let first = self.outline(context).lines.iter().find_map(|line| match line {
                    OutlineLine::Indicator(one) => Some(*one),
                    OutlineLine::Goal { .. } => None,
                });
                let select = first.map(Wish::SelectIndicator);
                select.into_iter().chain([Wish::Say(Safe::fixed(self.sort.title()))]).collect()
            }
            Command::Swap => self.swap(comparison),
            Command::RemoveSubject => self.remove(comparison),
            Command::Enter if matches!(self.goal(context), Ok(Some(_))) => {
                self.outlining.unfold(&context.data.framework, context.selection.indicator);
                vec![]
            }
            Command::Enter => self.open(comparison),
            Command::ClearSearch => self.search("", context, size),
            _ => {
                self.change(command, context, comparison);
                self.nearest(context)
            }
        };
        let selected = wishes.iter().find_map(|wish| match wish {
            Wish::SelectIndicator(indicator) => Some(*indicator),
            _ => None,
        });
        self.show(context, size, selected.unwrap_or(context.selection.indicator));
        wishes
    }

    /// Selects the plainest match. The empty text shows everything again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let here = context.selection.indicator;
        let first = self.outlining.search(text, context).filter(|first| self.keeps(context, *first));
        self.show(context, size, first.unwrap_or(here));
        first.filter(|first| *first != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    fn searched(&self) -> &str {
        self.outlining.searched()
    }

    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size) {
        self.widths.renew(context);
        self.show(context, size, context.selection.indicator);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(comparison) = context.comparison else {
            filtered::view_nothing(context, look, area, buf);
            return;
        };
        let outline = self.outline(context);
        let layout = self.layout(context, area, outline.lines.len());
        let is_read = self.reading && !layout.strip.is_empty();
        let table = self.table(context, look, comparison, area);
        table.head(buf, layout.head, self.filter(context, look, &outline));
        table.tallies(buf, layout.tallies);
        let top = self.top.min(outline.lines.len().saturating_sub(usize::from(layout.rows.height).max(1)));
        headings::rule(buf, look, layout.rule, context.focused && !is_read, "");
        if outline.lines.is_empty() {
            self.view_empty(comparison, context, look, layout.rows, buf);
        }
        table.rows(buf, layout.rows, &outline, top, &self.outlining);
        let more =
            crate::tui::widgets::frame::more(look, top, usize::from(layout.rows.height), outline.lines.len());
        let more = if layout.rows.is_empty() { String::new() } else { more };
        let (detail_top, lines) = self.detail_span(&table, layout.strip, look.glyphs);
        let below = usize::from(layout.strip.height);
        let detail_more = crate::tui::widgets::frame::more(look, detail_top, below, lines);
        let more = if detail_more.is_empty() {
            more
        } else {
            let keys = context.spell(Pane::Comparison, if is_read { "{down}" } else { "{detail-down}" });
            format!("{more}{}{keys} reads on {detail_more}", if more.is_empty() { "" } else { "  " })
        };
        headings::rule(buf, look, layout.second_rule, context.focused, &more);
        detail::draw(buf, &table, layout.strip, detail_top);
    }

    /// The comparison, or the card if nothing is compared.
    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let Some(comparison) = context.comparison else { return whole_card(context) };
        let (ids, narrowed_by) = self.shown(context);
        ShownReport {
            title: Pane::Comparison.title(),
            report: Box::new(CompareReport::new(context.data, comparison, Only::default())),
            listed: Some(listed(context, ids, narrowed_by)),
        }
    }

    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        let comparison = context.comparison.ok_or(NOT_YET)?;
        // While the detail is read it says what it is of.
        if let Some(goal) = self.goal(context)?.filter(|_| !self.reading) {
            let sides = comparison.subjects.iter().filter_map(|side| match side {
                Subject::Country(country, edition) => Some((*country, *edition)),
                Subject::Group(..) => None,
            });
            return Ok(PaneRecord::of_goal(context, goal, &sides.collect::<Vec<_>>()));
        }
        let side = self.side().min(comparison.subjects.len().saturating_sub(1)) + 1;
        let indicator = &context.data.framework.indicator(context.selection.indicator).id;
        let table = self.report(context).report.table();
        PaneRecord::pick(&table, ("indicator", indicator), &format!("label_{side}"))
    }

    /// The cell of the side under the cursor. Errors: that a group has no cell of its own.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        let subjects = &context.comparison.ok_or(NOT_YET)?.subjects;
        if !self.reading && self.goal(context)?.is_some() {
            return Err(ON_A_GOAL);
        }
        let cell = match subjects.get(self.side().min(subjects.len().saturating_sub(1))) {
            Some(Subject::Country(country, edition)) => {
                Selection { country: *country, edition: *edition, ..context.selection }
            }
            Some(Subject::Group(..)) => {
                return Err(Safe::fixed(
                    "a group has no cell of its own: {left} and {right} move to a country",
                ));
            }
            None => context.selection,
        };
        Ok(Spot { cell, extent: Extent::Cell })
    }

    fn returns(&self) -> bool {
        true
    }

    fn reveal(&mut self, context: &PaneContext<'_>) {
        let here = context.selection.indicator;
        if !self.outlining.kept(context, |one| self.keeps(context, one)).contains(&here) {
            self.clear_filters();
            self.outlining.search("", context);
        }
        self.outlining.unfold(&context.data.framework, here);
    }

    fn filters(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        let Some(comparison) = context.comparison else { return vec![] };
        let count =
            |keeps: fn(&ComparisonRow) -> bool| comparison.rows.iter().filter(|row| keeps(row)).count();
        let choice =
            |words, count, is_on| FilterChoice { heading: "show", title: Safe::fixed(words), count, is_on };
        vec![
            choice("only differences", count(ComparisonRow::has_difference), self.only_differences),
            choice("only gaps", count(ComparisonRow::has_gap), self.only_gaps),
        ]
    }

    fn choose_filter(&mut self, at: usize, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        self.update(if at == 0 { Command::OnlyDifferences } else { Command::OnlyGaps }, context, size)
    }

    fn is_filtered(&self) -> bool {
        self.only_differences || self.only_gaps
    }

    fn clear_filters(&mut self) {
        (self.only_differences, self.only_gaps) = (false, false);
    }

    fn boxes(&self, context: &PaneContext<'_>, size: Size) -> usize {
        let layout = self.layout(context, whole_of(size), self.outline(context).lines.len());
        [layout.rows, layout.strip].iter().filter(|part| !part.is_empty()).count().max(1)
    }

    fn box_in_use(&self) -> usize {
        usize::from(self.reading)
    }

    fn use_box(&mut self, at: usize) {
        self.reading = at > 0;
    }

    fn takes_back(&self) -> bool {
        self.reading
    }

    fn has_own_gaps(&self) -> bool {
        true
    }

    fn has_own_editions(&self) -> bool {
        true
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::DetailDown)
    }

    fn hint_rank(&self, _spec: &Spec) -> Option<u8> {
        None
    }
}

impl State {
    /// If a filter hides the selected row, selects the next one that it keeps.
    fn nearest(&self, context: &PaneContext<'_>) -> Vec<Wish> {
        let here = context.selection.indicator;
        let kept = self.outlining.kept(context, |one| self.keeps(context, one));
        if kept.contains(&here) {
            return vec![];
        }
        let to = kept.iter().find(|one| **one > here).or(kept.last());
        to.map(|to| Wish::SelectIndicator(*to)).into_iter().collect()
    }

    /// Runs the commands that change only the state of this pane.
    fn change(&mut self, command: Command, context: &PaneContext<'_>, comparison: &Comparison) {
        match command {
            Command::Left => self.side = self.side_of(comparison).saturating_sub(1),
            Command::Right => self.side = (self.side + 1).min(comparison.subjects.len().saturating_sub(1)),
            Command::Fold => self.outlining.fold(&context.data.framework, context.selection.indicator),
            Command::OnlyDifferences => self.only_differences = !self.only_differences,
            Command::OnlyGaps => self.only_gaps = !self.only_gaps,
            _ => {}
        }
    }

    fn show(&mut self, context: &PaneContext<'_>, size: Size, indicator: IndicatorId) {
        self.outlining.refresh(context);
        self.side = context.comparison.map_or(0, |comparison| self.side_of(comparison));
        let outline = self.outline(context);
        let at = outline.cursor(&context.data.framework, indicator);
        if at == Some(1) {
            // Scroll to the first goal's heading together with its first indicator.
            self.top = 0;
        }
        let length = outline.lines.len();
        let height = usize::from(self.layout(context, whole_of(size), length).rows.height);
        self.top = scroll::scrolled(self.top, at, height, length);
    }

    /// `lines` are those of the table.
    fn layout(&self, context: &PaneContext<'_>, area: Rect, lines: usize) -> ComparisonLayout {
        let sides = context.comparison.map_or(0, |comparison| comparison.subjects.len());
        if context.is_zoomed {
            ComparisonLayout::zoomed(area, self.reading)
        } else {
            ComparisonLayout::new(area, sides, lines)
        }
    }

    fn table<'a>(
        &self,
        context: &'a PaneContext<'a>,
        look: &'a Look,
        comparison: &'a Comparison,
        head: Rect,
    ) -> table::ComparisonTable<'a> {
        let tags = headings::tags(context.data, &comparison.subjects);
        let (answers, titles) = self.widths.get(context, comparison);
        let widest = (answers.max(table::widest_name(context, look, comparison, &tags)), titles);
        let columns =
            layout::ComparisonColumns::new(usize::from(head.width), comparison.subjects.len(), widest);
        table::ComparisonTable { context, look, comparison, columns, tags, side: self.side_of(comparison) }
    }

    /// The goal whose folded line has the cursor. Errors: that the selected indicator is not shown.
    fn goal(&self, context: &PaneContext<'_>) -> Result<Option<GoalId>, Safe> {
        self.outline(context).goal_under_cursor(&context.data.framework, context.selection.indicator)
    }

    fn outline(&self, context: &PaneContext<'_>) -> Outline {
        self.sorted(context, self.outlining.outline(context, |one| self.keeps(context, one)))
    }

    /// The listed indicators, including those of folded goals, and the filters in words.
    pub fn shown(&self, context: &PaneContext<'_>) -> (Vec<IndicatorId>, Vec<String>) {
        let says = [("only differences", self.only_differences), ("only gaps", self.only_gaps)];
        let says = says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words.to_owned());
        let search = Some(self.searched()).filter(|text| !text.is_empty());
        let search = search.map(|text| format!("/{}", crate::text::safe_line(text)));
        (
            self.outlining.kept(context, |one| self.keeps(context, one)),
            search.into_iter().chain(says).collect(),
        )
    }

    fn keeps(&self, context: &PaneContext<'_>, indicator: IndicatorId) -> bool {
        if !self.only_differences && !self.only_gaps {
            return true;
        }
        row(context, indicator).is_some_and(|row| {
            self.only_differences && row.has_difference() || self.only_gaps && row.has_gap()
        })
    }

    fn step(&self, context: &PaneContext<'_>, by: isize) -> Vec<Wish> {
        let here = context.selection.indicator;
        let to = self.outline(context).step(&context.data.framework, here, by);
        to.filter(|to| *to != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    fn next(
        &self,
        context: &PaneContext<'_>,
        forward: bool,
        wanted: fn(&ComparisonRow) -> bool,
        what: &str,
    ) -> Vec<Wish> {
        let all = self.outlining.unfolded(context, |one| self.keeps(context, one));
        let all = self.sorted(context, all);
        let here = context.selection.indicator;
        let next = all.next(here, forward, |one| row(context, one).is_some_and(wanted));
        let none = || {
            let way = if forward { "down" } else { "up" };
            Wish::Say(crate::text::safe_line(&format!("no {what} further {way}")))
        };
        vec![next.map_or_else(none, Wish::SelectIndicator)]
    }
}

const fn whole_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

fn row<'a>(context: &PaneContext<'a>, indicator: IndicatorId) -> Option<&'a ComparisonRow> {
    context.comparison.and_then(|comparison| comparison.rows.get(indicator.index()))
}

#[cfg(test)]
mod tests;
