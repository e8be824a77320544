//! The card pane: a country's indicators by goal, and everything known about the one under the cursor.

mod layout;
mod heading;
mod total;
mod distribution;
mod editions;
mod card_text;
mod rows;
mod review;
mod detail;
mod list;
mod filters;
mod settings;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use self::layout::CardLayout;
pub use self::settings::Settings;
use crate::{
    core::framework::{GoalId, IndicatorId},
    review::{CellFilter, drafts::CellIds},
    text::{Safe, safe_line},
    tui::{
        command::{Command, Spec},
        look::{ASCII, Glyphs, Look, Role, UNICODE},
        pane_context::{Extent, PaneContext, Selection, Spot, Wish},
        pane_state::{FilterChoice, PaneState},
        places::{Overlay, Pane},
        shown_report::{PaneRecord, ShownReport, listed, whole_card},
        widgets::{
            frame,
            outline::{ON_A_GOAL, Outline, Outlining},
            prose::{self, ProseLine},
            scroll,
        },
    },
};

/// What is folded and filtered, and where list and detail are scrolled to.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_gaps: bool,
    /// Only the cells of which reviewers have said this, or not yet.
    reviewed: Option<CellFilter>,
    /// The selected indicator when the cursor was moved to the total, below the last one; another has the cursor itself.
    on_total: Option<IndicatorId>,
    top: usize,
    /// Whether the movement keys scroll the detail instead of the list.
    reading: bool,
    detail_top: usize,
    /// The cell whose detail was scrolled; any other detail is shown from its top.
    scrolled: Option<Selection>,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        if self.reading
            && let Some(wishes) = self.read(command, context, size)
        {
            return wishes;
        }
        let page = scroll::page(self.list_height(context, size));
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by),
            Command::Enter if self.is_on_total(context) => vec![Wish::ShowSum],
            Command::Left => vec![Wish::Go(Pane::Countries)],
            Command::Enter if matches!(self.goal(context), Ok(Some(_))) => {
                self.outlining.unfold(&context.data.framework, context.selection.indicator);
                vec![]
            }
            Command::Enter | Command::Right => {
                self.reading = true;
                vec![]
            }
            Command::DetailDown | Command::DetailUp => {
                self.glance(command == Command::DetailDown, context, size);
                vec![]
            }
            Command::Fold => {
                self.outlining.fold(&context.data.framework, context.selection.indicator);
                vec![]
            }
            Command::OnlyGaps => {
                self.only_gaps = !self.only_gaps;
                self.nearest_shown(context)
            }
            Command::ClearSearch => self.search("", context, size),
            _ => vec![],
        };
        self.show(context, size, selected(&wishes).unwrap_or(context.selection.indicator));
        wishes
    }

    /// While the detail is read, Back returns to the list.
    fn takes_back(&self) -> bool {
        self.reading
    }

    /// Scrolls the detail if it is under the pointer, whether or not it is being read.
    fn scroll_words(&mut self, by: isize, pointer: Position, context: &PaneContext<'_>, area: Rect) -> bool {
        let detail = CardLayout::new(area, self.reading, context.is_zoomed).detail;
        if !detail.contains(pointer) {
            return false;
        }
        self.scroll(by, context, detail);
        true
    }

    /// Selects the plainest match. The empty text shows everything again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let here = context.selection.indicator;
        let first = self.outlining.search(text, context).filter(|first| self.keeps(context, *first));
        // The plainest hit may be hidden by a filter, and with it the cursor.
        let nearest = || selected(&self.nearest_shown(context));
        let first = first.or_else(nearest);
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
        let layout = CardLayout::new(area.intersection(buf.area), self.reading, context.is_zoomed);
        if !layout.list.is_empty() {
            self.view_list(context, look, layout.list, buf);
        }
        if !layout.detail.is_empty() {
            self.view_detail(context, look, layout.detail, buf);
        }
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let (ids, narrowed_by) = self.shown(context);
        ShownReport { listed: Some(listed(context, ids, narrowed_by)), ..whole_card(context) }
    }

    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        if self.is_on_total(context) {
            return Err(total::ON_THE_TOTAL);
        }
        // While the detail is read it says what it is of.
        if !self.reading && self.goal(context)?.is_some() {
            return Err(ON_A_GOAL);
        }
        Ok(Spot { cell: context.selection, extent: Extent::Cell })
    }

    fn shown_cells(&self, context: &PaneContext<'_>) -> Vec<CellIds> {
        let Selection { country, edition, .. } = context.selection;
        self.shown(context).0.into_iter().map(|one| (country, edition, one)).collect()
    }

    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        if self.is_on_total(context) {
            return Ok(total::record(context));
        }
        let Selection { country, edition, .. } = context.selection;
        match self.goal(context)? {
            Some(goal) if !self.reading => Ok(PaneRecord::of_goal(context, goal, &[(country, edition)])),
            _ => PaneRecord::of_cell(context, context.selection),
        }
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::Sort)
    }

    fn hint_rank(&self, spec: &Spec) -> Option<u8> {
        match spec.command {
            Command::Enter => Some(0),
            Command::DetailDown => Some(1),
            _ => None,
        }
    }

    fn returns(&self) -> bool {
        true
    }

    fn reveal(&mut self, context: &PaneContext<'_>) {
        self.on_total = None;
        let here = context.selection.indicator;
        if !self.outlining.kept(context, |one| self.keeps(context, one)).contains(&here) {
            self.clear_filters();
            self.outlining.search("", context);
        }
        self.outlining.unfold(&context.data.framework, here);
    }

    fn filters(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        filters::choices(context, self.only_gaps, self.reviewed)
    }

    fn choose_filter(&mut self, at: usize, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let Some(at) = at.checked_sub(1) else { return self.update(Command::OnlyGaps, context, size) };
        let chosen = filters::ways(context).into_iter().nth(at).map(|(filter, _)| filter);
        self.reviewed = chosen.filter(|chosen| self.reviewed != Some(*chosen));
        let wishes = self.nearest_shown(context);
        self.show(context, size, selected(&wishes).unwrap_or(context.selection.indicator));
        wishes
    }

    fn is_filtered(&self) -> bool {
        self.only_gaps || self.reviewed.is_some()
    }

    fn clear_filters(&mut self) {
        (self.only_gaps, self.reviewed) = (false, None);
    }

    fn after_change(&self, context: &PaneContext<'_>) -> Vec<Wish> {
        self.nearest_shown(context)
    }

    fn boxes(&self, context: &PaneContext<'_>, size: Size) -> usize {
        let layout = CardLayout::new(whole_of(size), self.reading, context.is_zoomed);
        [layout.list, layout.detail].iter().filter(|part| !part.is_empty()).count()
    }

    fn box_in_use(&self) -> usize {
        usize::from(self.reading)
    }

    fn use_box(&mut self, at: usize) {
        self.reading = at > 0;
    }
}

impl State {
    /// Runs the commands that work differently while the detail is read; `None` for any other.
    fn read(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Option<Vec<Wish>> {
        let layout = CardLayout::new(whole_of(size), true, context.is_zoomed);
        let height = usize::from(frame::inner(layout.detail).height);
        let by = match command {
            _ if let Some(by) = scroll::steps(command, scroll::page(height)) => by,
            Command::Back | Command::Left | Command::Enter => {
                self.reading = false;
                self.show(context, size, context.selection.indicator);
                return Some(vec![]);
            }
            _ => return None,
        };
        self.scroll(by, context, layout.detail);
        Some(vec![])
    }

    /// Scrolls the detail while the list keeps the movement keys. If there is room for only one of them, shows the
    /// detail to read instead.
    fn glance(&mut self, forward: bool, context: &PaneContext<'_>, size: Size) {
        let layout = CardLayout::new(whole_of(size), false, context.is_zoomed);
        if layout.detail.is_empty() {
            self.reading = true;
            return;
        }
        // By half of its height, so that some lines stay to find the place again.
        let by = isize::from(frame::inner(layout.detail).height.div_ceil(2).max(1).cast_signed());
        self.scroll(if forward { by } else { -by }, context, layout.detail);
    }

    fn scroll(&mut self, by: isize, context: &PaneContext<'_>, detail: Rect) {
        let height = usize::from(frame::inner(detail).height);
        // Only the view knows the terminal's glyphs, so the text is measured with both sets and the longer one
        // counts.
        let columns = usize::from(detail_text(detail).width);
        let lines = [&UNICODE, &ASCII].map(|glyphs| self.detail_lines(context, columns, glyphs).len());
        let last = lines[0].max(lines[1]).saturating_sub(height);
        self.detail_top = self.detail_top(context).saturating_add_signed(by).min(last);
        self.scrolled = Some(context.selection);
    }

    fn detail_top(&self, context: &PaneContext<'_>) -> usize {
        if self.scrolled == Some(context.selection) { self.detail_top } else { 0 }
    }

    fn show(&mut self, context: &PaneContext<'_>, size: Size, indicator: IndicatorId) {
        self.outlining.refresh(context);
        let outline = self.outline(context);
        let (all, is_total) = (outline.lines.len(), self.on_total == Some(indicator));
        let has_total = total::is_listed(context, &outline);
        let at = if is_total && has_total {
            Some(all)
        } else {
            outline.cursor(&context.data.framework, indicator)
        };
        // The total is in sight with the last indicator.
        let at = at.map(|at| if at + 1 == all && has_total { all } else { at });
        // Scroll to the first goal's heading together with its first indicator.
        let at = if at == Some(1) {
            self.top = 0;
            at
        } else {
            at
        };
        self.top =
            scroll::scrolled(self.top, at, self.list_height(context, size), all + usize::from(has_total));
    }

    fn list_height(&self, context: &PaneContext<'_>, size: Size) -> usize {
        let layout = CardLayout::new(whole_of(size), self.reading, context.is_zoomed);
        usize::from(frame::inner(layout.list).height)
    }

    /// The goal whose folded line has the cursor. Errors: that the selected indicator is not shown.
    fn goal(&self, context: &PaneContext<'_>) -> Result<Option<GoalId>, Safe> {
        self.outline(context).goal_under_cursor(&context.data.framework, context.selection.indicator)
    }

    fn outline(&self, context: &PaneContext<'_>) -> Outline {
        self.outlining.outline(context, |one| self.keeps(context, one))
    }

    /// The listed indicators, including those of folded goals, and the filters in words.
    pub fn shown(&self, context: &PaneContext<'_>) -> (Vec<IndicatorId>, Vec<String>) {
        let says = self.only_gaps.then(|| "only gaps".to_owned());
        let says = says.into_iter().chain(self.reviewed.map(|filter| format!("only {}", filter.title())));
        let search = Some(self.searched()).filter(|text| !text.is_empty());
        let search = search.map(|text| format!("/{}", safe_line(text)));
        (
            self.outlining.kept(context, |one| self.keeps(context, one)),
            search.into_iter().chain(says).collect(),
        )
    }

    fn keeps(&self, context: &PaneContext<'_>, indicator: IndicatorId) -> bool {
        let Selection { country, edition, .. } = context.selection;
        let chosen =
            |filter: CellFilter| filter.keeps(context.review, context.data, (country, edition, indicator));
        (!self.only_gaps || rows::cell(context, indicator).is_missing()) && self.reviewed.is_none_or(chosen)
    }

    /// Selects the next cell that a filter has left, if the selected one is hidden.
    fn nearest_shown(&self, context: &PaneContext<'_>) -> Vec<Wish> {
        let here = context.selection.indicator;
        let shown = self.outlining.kept(context, |one| self.keeps(context, one));
        if shown.contains(&here) {
            return vec![];
        }
        let next = shown.iter().find(|one| **one > here).or_else(|| shown.last());
        next.copied().map(Wish::SelectIndicator).into_iter().collect()
    }

    fn is_on_total(&self, context: &PaneContext<'_>) -> bool {
        self.on_total == Some(context.selection.indicator)
            && total::is_listed(context, &self.outline(context))
    }

    fn step(&mut self, context: &PaneContext<'_>, by: isize) -> Vec<Wish> {
        let here = context.selection.indicator;
        let (to, is_total) = total::step(context, &self.outline(context), self.is_on_total(context), by);
        self.on_total = is_total.then_some(here);
        to.filter(|to| *to != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    fn detail_lines(&self, context: &PaneContext<'_>, columns: usize, glyphs: &Glyphs) -> Vec<ProseLine> {
        let lines = if self.is_on_total(context) { total::lines } else { detail::lines };
        lines(context, columns, glyphs)
    }

    fn view_detail(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let inside = detail_text(area);
        let lines = self.detail_lines(context, usize::from(inside.width), look.glyphs);
        let height = usize::from(inside.height);
        let top = self.detail_top(context).min(lines.len().saturating_sub(height));
        let more = frame::more(look, top, height, lines.len());
        let focused = context.focused && self.reading;
        // Scrolled down, the words no longer begin with what they are about.
        let about = context.data.framework.indicator(context.selection.indicator).title.line();
        let title = if self.is_on_total(context) {
            "Total"
        } else if top > 0 {
            about.as_str()
        } else {
            "Indicator"
        };
        frame::draw(buf, look, area, &[(title, Role::Title)], &more, focused);
        prose::draw(buf, look, inside, &lines, top);
    }
}

fn selected(wishes: &[Wish]) -> Option<IndicatorId> {
    wishes.iter().find_map(|wish| match wish {
        Wish::SelectIndicator(indicator) => Some(*indicator),
        _ => None,
    })
}

/// The area of the detail's words: inside its border, with a margin of one column if there is room.
const fn detail_text(area: Rect) -> Rect {
    let inside = frame::inner(area);
    if inside.width < 30 { inside } else { Rect { x: inside.x + 1, width: inside.width - 2, ..inside } }
}

const fn whole_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

#[cfg(test)]
mod tests;
