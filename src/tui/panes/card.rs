//! The card pane: a country's indicators by goal, and everything known about the one under the cursor.

mod layout;
mod heading;
mod distribution;
mod editions;
mod card_text;
mod rows;
mod review;
mod detail;
mod settings;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use self::layout::CardLayout;
pub use self::settings::Settings;
use crate::{
    core::{framework::IndicatorId, search::Query},
    text::safe_line,
    tui::{
        command::{Command, Spec},
        look::{ASCII, Look, Role, UNICODE},
        pane_context::{PaneContext, Selection, Wish},
        pane_state::PaneState,
        places::{Overlay, Pane},
        shown_report::{ShownReport, listed, whole_card},
        widgets::{
            cell_text, frame,
            line_writer::LineWriter,
            outline::{Outline, OutlineLine, Outlining},
            prose, scroll,
        },
    },
};

/// What is folded and filtered, and where list and detail are scrolled to.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_gaps: bool,
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
        let page = scroll::page(self.list_height(size));
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by),
            Command::Left => vec![Wish::Go(Pane::Countries)],
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
                vec![]
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
        let detail = CardLayout::new(area, self.reading).detail;
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
        let layout = CardLayout::new(area.intersection(buf.area), self.reading);
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
}

impl State {
    /// Runs the commands that work differently while the detail is read; `None` for any other.
    fn read(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Option<Vec<Wish>> {
        let layout = CardLayout::new(whole_of(size), true);
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
        let layout = CardLayout::new(whole_of(size), false);
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
        let lines = [&UNICODE, &ASCII].map(|glyphs| detail::lines(context, columns, glyphs).len());
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
        let at = outline.cursor(&context.data.framework, indicator);
        // Scroll to the first goal's heading together with its first indicator.
        let at = if at == Some(1) {
            self.top = 0;
            at
        } else {
            at
        };
        self.top = scroll::scrolled(self.top, at, self.list_height(size), outline.lines.len());
    }

    fn list_height(&self, size: Size) -> usize {
        usize::from(frame::inner(CardLayout::new(whole_of(size), self.reading).list).height)
    }

    fn outline(&self, context: &PaneContext<'_>) -> Outline {
        self.outlining.outline(context, |one| self.keeps(context, one))
    }

    /// The listed indicators, including those of folded goals, and the filters in words.
    pub fn shown(&self, context: &PaneContext<'_>) -> (Vec<IndicatorId>, Vec<String>) {
        let says = [("only gaps", self.only_gaps)];
        let says = says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words.to_owned());
        let search = Some(self.searched()).filter(|text| !text.is_empty());
        let search = search.map(|text| format!("/{}", safe_line(text)));
        (
            self.outlining.kept(context, |one| self.keeps(context, one)),
            search.into_iter().chain(says).collect(),
        )
    }

    fn keeps(&self, context: &PaneContext<'_>, indicator: IndicatorId) -> bool {
        !self.only_gaps || rows::cell(context, indicator).is_missing()
    }

    fn step(&self, context: &PaneContext<'_>, by: isize) -> Vec<Wish> {
        let here = context.selection.indicator;
        let to = self.outline(context).step(&context.data.framework, here, by);
        to.filter(|to| *to != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    fn view_detail(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let inside = detail_text(area);
        let lines = detail::lines(context, usize::from(inside.width), look.glyphs);
        let height = usize::from(inside.height);
        let top = self.detail_top(context).min(lines.len().saturating_sub(height));
        let more = frame::more(look, top, height, lines.len());
        let focused = context.focused && self.reading;
        frame::draw(buf, look, area, &[("Indicator", Role::Title)], &more, focused);
        prose::draw(buf, look, inside, &lines, top);
    }

    fn view_list(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let outline = self.outline(context);
        let length = outline.lines.len();
        let height = usize::from(frame::inner(area).height);
        let top = self.top.min(length.saturating_sub(height.max(1)));
        let mut title = self.title(context, look, &outline);
        let more = frame::more(look, top, height, length);
        let below = heading::place(context, look, area, &more, &mut title);
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let focused = context.focused && !self.reading;
        let inside = frame::draw(buf, look, area, &title, &more, focused);
        frame::say_below(buf, look, area, &more, &below, Role::Faint);
        if length == 0 {
            self.view_empty(context, look, inside, buf);
            return;
        }
        let cursor = outline.cursor(&context.data.framework, context.selection.indicator);
        let query = Query::new(self.searched());
        let shown = outline.lines.iter().filter_map(|line| match line {
            OutlineLine::Indicator(one) => Some(*one),
            OutlineLine::Goal { .. } => None,
        });
        let value = rows::value_columns(context, look, usize::from(inside.width), shown);
        for (at, line) in (top..length).zip(0..inside.height) {
            let is_cursor = cursor == Some(at);
            let mut writer = LineWriter::new(buf, look, inside, line);
            if is_cursor && focused {
                writer = writer.cursor();
            }
            match outline.lines[at] {
                OutlineLine::Goal { goal, first, length } => {
                    let signs = (is_cursor, self.outlining.is_folded(goal));
                    rows::goal(&mut writer, context, look, signs, (goal, first, length));
                }
                OutlineLine::Indicator(one) => {
                    rows::indicator(&mut writer, context, look, (is_cursor, focused), (&query, value), one);
                }
            }
        }
    }

    fn title(&self, context: &PaneContext<'_>, look: &Look, outline: &Outline) -> Vec<(String, Role)> {
        let Selection { country, edition, .. } = context.selection;
        let between = look.glyphs.separator;
        let name = context.data.country(country).title().line();
        let label = safe_line(&context.data.edition(edition).label);
        let mut title = vec![(format!("{name} {between} {label}"), Role::Title)];
        if context.data.card(country, edition).is_none() {
            title.push((format!(" {between} no card"), Role::Gap));
        }
        let flags = usize::from(context.review.flags_of_row(country, edition));
        if flags > 0 {
            let words = cell_text::count(flags, "flag", "flags");
            title.push((format!(" {between} {words} on the card"), Role::Mark));
        }
        let all = context.data.framework.indicators.len();
        if !self.searched().is_empty() {
            title.push((format!(" {between} /{}", safe_line(self.searched())), Role::Match));
        }
        if self.only_gaps {
            title.push((format!(" {between} only gaps"), Role::Notice));
        }
        if outline.kept < all {
            title.push((format!(" {between} {} of {all} shown", outline.kept), Role::Faint));
        }
        title
    }

    fn view_empty(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let counts = context.data.counts(context.selection.country, context.selection.edition);
        let (first, second) = if self.searched().is_empty() {
            (
                format!("No gaps on this card: {} of {} given.", counts.given, counts.denominator()),
                context.spell(Pane::Card, "{only-gaps} shows all indicators again"),
            )
        } else {
            (
                "No indicator is called so here.".to_owned(),
                context.spell(Pane::Card, "{clear-search} clears the search"),
            )
        };
        LineWriter::new(buf, look, area, 0).put(&first, Role::Text);
        LineWriter::new(buf, look, area, 1).put(&second, Role::Faint);
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
