//! The comparison pane: subjects side by side, indicator by indicator, with a verdict in words.

mod layout;
mod settings;
mod headings;
mod table;
mod detail;
mod reading;
mod filtered;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::layout::ComparisonLayout;
pub use self::settings::Settings;
use crate::{
    core::{
        compare::{Comparison, ComparisonRow},
        framework::IndicatorId,
        report::{CompareReport, Only},
        subject::Subject,
    },
    text::{Safe, wrap},
    tui::{
        command::{Command, Spec},
        look::{Look, Role},
        pane_context::{Extent, PaneContext, Selection, Spot, Wish},
        pane_state::PaneState,
        places::Pane,
        shown_report::{PaneRecord, ShownReport, listed, whole_card},
        widgets::{
            line_writer::LineWriter,
            outline::{Outline, Outlining},
            scroll,
        },
    },
};

/// What is folded and filtered, and which side has the cursor.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_differences: bool,
    only_gaps: bool,
    top: usize,
    side: usize,
    detail_top: usize,
    /// The cell whose detail was scrolled; any other detail is shown from its top.
    scrolled: Option<Selection>,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let Some(comparison) = context.comparison else { return vec![] };
        let page = scroll::page(Self::height(context, size, self.outline(context).lines.len()));
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by),
            Command::NextDifference => self.next(context, true, ComparisonRow::has_difference, "difference"),
            Command::PreviousDifference => {
                self.next(context, false, ComparisonRow::has_difference, "difference")
            }
            Command::NextGap => self.next(context, true, ComparisonRow::has_gap, "gap"),
            Command::PreviousGap => self.next(context, false, ComparisonRow::has_gap, "gap"),
            Command::DetailDown | Command::DetailUp => {
                self.read(command == Command::DetailDown, context, comparison, size)
            }
            Command::Swap => self.swap(comparison),
            Command::RemoveSubject => self.remove(comparison),
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
        self.show(context, size, context.selection.indicator);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(comparison) = context.comparison else {
            view_nothing(context, look, area, buf);
            return;
        };
        let outline = self.outline(context);
        let layout = ComparisonLayout::new(area, comparison.subjects.len(), outline.lines.len());
        let table = self.table(context, look, comparison, area);
        table.head(buf, layout.head, self.filter(context, look, &outline));
        table.tallies(buf, layout.tallies);
        let top = self.top.min(outline.lines.len().saturating_sub(usize::from(layout.rows.height).max(1)));
        rule(buf, look, layout.rule, context.focused, "");
        if outline.lines.is_empty() {
            self.view_empty(comparison, context, look, layout.rows, buf);
        }
        table.rows(buf, layout.rows, &outline, top, &self.outlining);
        let more =
            crate::tui::widgets::frame::more(look, top, usize::from(layout.rows.height), outline.lines.len());
        let (detail_top, lines) = self.detail_span(&table, layout.strip, look.glyphs);
        let below = usize::from(layout.strip.height);
        let detail_more = crate::tui::widgets::frame::more(look, detail_top, below, lines);
        let more = if detail_more.is_empty() {
            more
        } else {
            let keys = context.spell(Pane::Comparison, "{detail-down}");
            format!("{more}{}{keys} reads on {detail_more}", if more.is_empty() { "" } else { "  " })
        };
        rule(buf, look, layout.second_rule, context.focused, &more);
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
        let Some(comparison) = context.comparison else {
            return PaneRecord::of_cell(context, context.selection);
        };
        let side = self.side().min(comparison.subjects.len().saturating_sub(1)) + 1;
        let indicator = &context.data.framework.indicator(context.selection.indicator).id;
        let table = self.report(context).report.table();
        PaneRecord::pick(&table, ("indicator", indicator), &format!("label_{side}"))
    }

    /// The cell of the side under the cursor. Errors: that a group has no cell of its own.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        let subjects = context.comparison.map_or(&[][..], |comparison| &comparison.subjects);
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

    fn is_empty(&self, context: &PaneContext<'_>) -> bool {
        context.comparison.is_none()
    }

    fn has_own_gaps(&self) -> bool {
        true
    }

    fn has_own_editions(&self) -> bool {
        true
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

    /// The side under the cursor, counted from the left.
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Puts the cursor on a side.
    pub const fn put_on(&mut self, side: usize) {
        self.side = side;
    }

    fn side_of(&self, comparison: &Comparison) -> usize {
        self.side.min(comparison.subjects.len().saturating_sub(1))
    }

    /// Swaps two sides. Of three and four: the side under the cursor and its left neighbour.
    fn swap(&self, comparison: &Comparison) -> Vec<Wish> {
        let mut subjects = comparison.subjects.clone();
        let left = self.side_of(comparison).saturating_sub(1);
        if left + 1 < subjects.len() {
            subjects.swap(left, left + 1);
        }
        vec![Wish::SetSubjects(subjects)]
    }

    fn remove(&mut self, comparison: &Comparison) -> Vec<Wish> {
        if comparison.subjects.len() < 3 {
            return vec![Wish::Say(Safe::fixed("two are needed: press {replace-subject} to replace one"))];
        }
        let mut subjects = comparison.subjects.clone();
        subjects.remove(self.side_of(comparison));
        self.side = self.side.min(subjects.len() - 1);
        vec![Wish::SetSubjects(subjects)]
    }

    /// Goes to the card of the side under the cursor.
    fn open(&self, comparison: &Comparison) -> Vec<Wish> {
        match comparison.subjects.get(self.side_of(comparison)) {
            Some(Subject::Country(country, edition)) => {
                vec![Wish::SelectCountry(*country), Wish::SelectEdition(*edition), Wish::Go(Pane::Card)]
            }
            _ => vec![Wish::Say(Safe::fixed(
                "a group has no card: move to a country with the left and right keys",
            ))],
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
        self.top = scroll::scrolled(self.top, at, Self::height(context, size, length), length);
    }

    fn height(context: &PaneContext<'_>, size: Size, lines: usize) -> usize {
        let sides = context.comparison.map_or(0, |comparison| comparison.subjects.len());
        usize::from(ComparisonLayout::new(whole_of(size), sides, lines).rows.height)
    }

    fn table<'a>(
        &self,
        context: &'a PaneContext<'a>,
        look: &'a Look,
        comparison: &'a Comparison,
        head: Rect,
    ) -> table::ComparisonTable<'a> {
        let tags = headings::tags(context.data, &comparison.subjects);
        let widest = table::widest(context, look, comparison, &tags);
        let columns =
            layout::ComparisonColumns::new(usize::from(head.width), comparison.subjects.len(), widest);
        table::ComparisonTable { context, look, comparison, columns, tags, side: self.side_of(comparison) }
    }

    fn outline(&self, context: &PaneContext<'_>) -> Outline {
        self.outlining.outline(context, |one| self.keeps(context, one))
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

/// Draws a horizontal line with words at its right end.
fn rule(buf: &mut Buffer, look: &Look, area: Rect, focused: bool, words: &str) {
    let role = if focused { Role::BorderFocused } else { Role::Border };
    let line = look.glyphs.rule.repeat(usize::from(area.width));
    LineWriter::new(buf, look, area, 0).put(&line, role);
    let columns = crate::text::width(&look.words(words));
    if !words.is_empty() && columns + 4 < usize::from(area.width) {
        let mut writer = LineWriter::new(buf, look, area, 0);
        writer
            .gap(usize::from(area.width) - columns - 3)
            .put(" ", role)
            .put(words, Role::Faint)
            .put(" ", role);
    }
}

fn view_nothing(context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
    LineWriter::new(buf, look, area, 0).put(" Compare", Role::Title);
    let name = context.data.country(context.selection.country).name.line();
    let text = context
        .spell(Pane::Comparison, "Nothing is compared yet: press {compare} to choose what to hold beside ");
    let text = text + &name + ".";
    let columns = usize::from(area.width).saturating_sub(2);
    for (line, at) in wrap(&look.words(&text), columns).iter().zip(2_u16..) {
        LineWriter::new(buf, look, area, at).put(" ", Role::Text).put(line, Role::Text);
    }
}

#[cfg(test)]
mod tests;
