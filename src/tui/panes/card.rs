//! Card: a country's indicators by goal, and everything known about the one under the cursor.

mod layout;
mod heading;
mod distribution;
mod editions;
mod card_text;
mod review;
mod detail;
mod settings;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size},
};

use self::layout::Parts;
pub use self::settings::Settings;
use crate::{
    core::{
        cell::Cell,
        framework::{GoalId, IndicatorId},
        search::Query,
    },
    text::{fit, safe_line, width},
    tui::{
        command::Command,
        look::{ASCII, Look, Role, UNICODE},
        pane_context::{Scene, Selection, Wish},
        places::Pane,
        widgets::{
            cell_text::{self, Summary},
            frame,
            line_writer::Pen,
            outline::{Line, Outline, Outlining},
            prose, scroll,
        },
    },
};

/// What is folded, filtered and read.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_gaps: bool,
    top: usize,
    /// The detail has the keys.
    reading: bool,
    detail_top: usize,
    /// What the detail was scrolled in; anything else begins at its top.
    scrolled: Option<Selection>,
}

impl State {
    pub fn update(&mut self, command: Command, scene: &Scene<'_>, size: Size) -> Vec<Wish> {
        if self.reading
            && let Some(wishes) = self.read(command, scene, size)
        {
            return wishes;
        }
        let page = scroll::page(self.list_height(size));
        let wishes = match command {
            Command::Down => self.step(scene, 1),
            Command::Up => self.step(scene, -1),
            Command::PageDown => self.step(scene, page),
            Command::PageUp => self.step(scene, -page),
            Command::Top => self.step(scene, isize::MIN),
            Command::Bottom => self.step(scene, isize::MAX),
            Command::Left => vec![Wish::Go(Pane::Countries)],
            Command::Enter | Command::Right => {
                self.reading = true;
                vec![]
            }
            Command::DetailDown | Command::DetailUp => {
                self.glance(command == Command::DetailDown, scene, size);
                vec![]
            }
            Command::Fold => {
                self.outlining.fold(&scene.data.framework, scene.selection.indicator);
                vec![]
            }
            Command::OnlyGaps => {
                self.only_gaps = !self.only_gaps;
                vec![]
            }
            Command::ClearSearch => self.search("", scene, size),
            _ => vec![],
        };
        self.show(scene, size, selected(&wishes).unwrap_or(scene.selection.indicator));
        wishes
    }

    /// Whether Esc has something to close here: the detail that is being read.
    pub const fn takes_back(&self) -> bool {
        self.reading
    }

    /// Keys that mean something else while the detail is read.
    fn read(&mut self, command: Command, scene: &Scene<'_>, size: Size) -> Option<Vec<Wish>> {
        let parts = Parts::new(whole_of(size), true);
        let height = usize::from(frame::inner(parts.detail).height);
        let by = match command {
            Command::Down => 1,
            Command::Up => -1,
            Command::PageDown => scroll::page(height),
            Command::PageUp => -scroll::page(height),
            Command::Top => isize::MIN,
            Command::Bottom => isize::MAX,
            Command::Back | Command::Left | Command::Enter => {
                self.reading = false;
                self.show(scene, size, scene.selection.indicator);
                return Some(vec![]);
            }
            _ => return None,
        };
        self.scroll(by, scene, parts.detail);
        Some(vec![])
    }

    /// Scrolls the detail while the list keeps the keys; where only one of them has room, it is read instead.
    fn glance(&mut self, forward: bool, scene: &Scene<'_>, size: Size) {
        let parts = Parts::new(whole_of(size), false);
        if parts.detail.is_empty() {
            self.reading = true;
            return;
        }
        // Half of it, so that the eye finds its place again.
        let by = isize::from(frame::inner(parts.detail).height.div_ceil(2).max(1).cast_signed());
        self.scroll(if forward { by } else { -by }, scene, parts.detail);
    }

    /// Scrolls the detail if it lies under the pointer, whether or not it is being read.
    pub fn scroll_words(&mut self, by: isize, pointer: Position, scene: &Scene<'_>, area: Rect) -> bool {
        let detail = Parts::new(area, self.reading).detail;
        if !detail.contains(pointer) {
            return false;
        }
        self.scroll(by, scene, detail);
        true
    }

    fn scroll(&mut self, by: isize, scene: &Scene<'_>, detail: Rect) {
        let height = usize::from(frame::inner(detail).height);
        // The terminal's glyphs are the view's affair: room is left for the longer of both texts.
        let columns = usize::from(detail_text(detail).width);
        let lines = [&UNICODE, &ASCII].map(|glyphs| detail::lines(scene, columns, glyphs).len());
        let last = lines[0].max(lines[1]).saturating_sub(height);
        self.detail_top = self.detail_top(scene).saturating_add_signed(by).min(last);
        self.scrolled = Some(scene.selection);
    }

    fn detail_top(&self, scene: &Scene<'_>) -> usize {
        if self.scrolled == Some(scene.selection) { self.detail_top } else { 0 }
    }

    /// Filters by a text while it is typed and selects what it names most plainly. The empty text shows all again.
    pub fn search(&mut self, text: &str, scene: &Scene<'_>, size: Size) -> Vec<Wish> {
        let here = scene.selection.indicator;
        let first = self.outlining.search(text, scene).filter(|first| self.keeps(scene, *first));
        self.show(scene, size, first.unwrap_or(here));
        first.filter(|first| *first != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    pub fn searched(&self) -> &str {
        self.outlining.searched()
    }

    /// Scrolls so that the selection can be seen.
    pub fn settle(&mut self, scene: &Scene<'_>, size: Size) {
        self.show(scene, size, scene.selection.indicator);
    }

    fn show(&mut self, scene: &Scene<'_>, size: Size, indicator: IndicatorId) {
        self.outlining.refresh(scene);
        let outline = self.outline(scene);
        let at = outline.cursor(&scene.data.framework, indicator);
        // A goal's heading is shown with its first indicator.
        let at = if at == Some(1) {
            self.top = 0;
            at
        } else {
            at
        };
        self.top = scroll::scrolled(self.top, at, self.list_height(size), outline.lines.len());
    }

    fn list_height(&self, size: Size) -> usize {
        usize::from(frame::inner(Parts::new(whole_of(size), self.reading).list).height)
    }

    fn outline(&self, scene: &Scene<'_>) -> Outline {
        self.outlining.outline(scene, |one| self.keeps(scene, one))
    }

    /// The indicators that are shown, folded ones too, and what narrows them, in words.
    pub fn shown(&self, scene: &Scene<'_>) -> (Vec<IndicatorId>, Vec<String>) {
        let says = [("only gaps", self.only_gaps)];
        let says = says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words.to_owned());
        let search = Some(self.searched()).filter(|text| !text.is_empty());
        let search = search.map(|text| format!("/{}", safe_line(text)));
        (self.outlining.kept(scene, |one| self.keeps(scene, one)), search.into_iter().chain(says).collect())
    }

    fn keeps(&self, scene: &Scene<'_>, indicator: IndicatorId) -> bool {
        !self.only_gaps || cell(scene, indicator).is_missing()
    }

    fn step(&self, scene: &Scene<'_>, by: isize) -> Vec<Wish> {
        let here = scene.selection.indicator;
        let to = self.outline(scene).step(&scene.data.framework, here, by);
        to.filter(|to| *to != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    pub fn view(&self, scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::new(area.intersection(buf.area), self.reading);
        if !parts.list.is_empty() {
            self.view_list(scene, look, parts.list, buf);
        }
        if !parts.detail.is_empty() {
            self.view_detail(scene, look, parts.detail, buf);
        }
    }

    fn view_detail(&self, scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let inside = detail_text(area);
        let lines = detail::lines(scene, usize::from(inside.width), look.glyphs);
        let height = usize::from(inside.height);
        let top = self.detail_top(scene).min(lines.len().saturating_sub(height));
        let more = frame::more(look, top, height, lines.len());
        let focused = scene.focused && self.reading;
        frame::draw(buf, look, area, &[("Indicator", Role::Title)], &more, focused);
        prose::draw(buf, look, inside, &lines, top);
    }

    fn view_list(&self, scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let outline = self.outline(scene);
        let length = outline.lines.len();
        let height = usize::from(frame::inner(area).height);
        let top = self.top.min(length.saturating_sub(height.max(1)));
        let mut title = self.title(scene, look, &outline);
        let more = frame::more(look, top, height, length);
        let below = heading::place(scene, look, area, &more, &mut title);
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let focused = scene.focused && !self.reading;
        let inside = frame::draw(buf, look, area, &title, &more, focused);
        frame::say_below(buf, look, area, &more, &below, Role::Faint);
        if length == 0 {
            self.view_empty(scene, look, inside, buf);
            return;
        }
        let cursor = outline.cursor(&scene.data.framework, scene.selection.indicator);
        let query = Query::new(self.searched());
        for (at, line) in (top..length).zip(0..inside.height) {
            let is_cursor = cursor == Some(at);
            let mut pen = Pen::new(buf, look, inside, line);
            if is_cursor && focused {
                pen = pen.cursor();
            }
            match outline.lines[at] {
                Line::Goal { goal, first, length } => {
                    self.view_goal(&mut pen, scene, look, is_cursor, goal, first, length);
                }
                Line::Indicator(one) => {
                    view_indicator(&mut pen, scene, look, (is_cursor, focused), &query, one);
                }
            }
        }
    }

    fn title(&self, scene: &Scene<'_>, look: &Look, outline: &Outline) -> Vec<(String, Role)> {
        let Selection { country, edition, .. } = scene.selection;
        let between = look.glyphs.separator;
        let name = scene.data.country(country).name.line();
        let label = safe_line(&scene.data.edition(edition).label);
        let mut title = vec![(format!("{name} {between} {label}"), Role::Title)];
        if scene.data.card(country, edition).is_none() {
            title.push((format!(" {between} no card"), Role::Gap));
        }
        let flags = usize::from(scene.review.flags_of_row(country, edition));
        if flags > 0 {
            let words = cell_text::count(flags, "flag", "flags");
            title.push((format!(" {between} {words} on the card"), Role::Mark));
        }
        let all = scene.data.framework.indicators.len();
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

    fn view_empty(&self, scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let tally = scene.data.tally(scene.selection.country, scene.selection.edition);
        let (first, second) = if self.searched().is_empty() {
            (
                format!("No gaps on this card: {} of {} given.", tally.given, tally.of()),
                scene.spell(Pane::Card, "{only-gaps} shows all indicators again"),
            )
        } else {
            (
                "No indicator is called so here.".to_owned(),
                scene.spell(Pane::Card, "{clear-search} clears the search"),
            )
        };
        Pen::new(buf, look, area, 0).put(&first, Role::Text);
        Pen::new(buf, look, area, 1).put(&second, Role::Faint);
    }

    #[expect(clippy::too_many_arguments, reason = "a goal's line is its parts")]
    fn view_goal(
        &self,
        pen: &mut Pen<'_>,
        scene: &Scene<'_>,
        look: &Look,
        is_cursor: bool,
        goal: GoalId,
        first: IndicatorId,
        length: u16,
    ) {
        let framework = &scene.data.framework;
        let all = (first.0..first.0.saturating_add(length)).map(IndicatorId);
        let summary = Summary::of(framework, all.map(|one| (one, cell(scene, one))));
        let fold = if self.outlining.is_folded(goal) { look.glyphs.folded } else { look.glyphs.unfolded };
        pen.cell(if is_cursor { look.glyphs.cursor } else { fold }, 1, Role::Key);
        let (counts, gaps) = (summary.counts(), summary.gaps());
        let between = if gaps.is_empty() || counts.is_empty() { "" } else { ", " };
        let right = width(&counts) + width(between) + width(&gaps);
        let title = framework.goal(goal).title.line();
        let edge = usize::from(pen.rest() >= 30);
        let room = pen.rest().saturating_sub(right + 1 + edge);
        if room < 8 {
            pen.put(&title, Role::Title);
            return;
        }
        pen.cell(&title, room, Role::Title).gap(1);
        pen.put(&counts, Role::Text).put(between, Role::Faint).put(&gaps, Role::Gap);
    }
}

fn view_indicator(
    pen: &mut Pen<'_>,
    scene: &Scene<'_>,
    look: &Look,
    (is_cursor, focused): (bool, bool),
    query: &Query,
    indicator: IndicatorId,
) {
    let Selection { country, edition, .. } = scene.selection;
    let framework = &scene.data.framework;
    let cell = cell(scene, indicator);
    let words = cell_text::of_cell(framework.scale(indicator), &cell, || {
        scene.data.label(country, edition, indicator)
    });
    let total = pen.rest();
    let value = (total * 7 / 20).clamp(total.min(5), 16);
    let title = total.saturating_sub(2 + 1 + value);
    pen.cell(if is_cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
    let role = if is_cursor && !focused { Role::CursorElsewhere } else { Role::Text };
    let name = framework.indicator(indicator).title.line();
    let words = words.under(&name);
    let name = fit(&look.words(&name), title, look.glyphs.ellipsis).into_owned();
    let used = width(&name);
    pen.cell_found(&name, used, role, query).gap(title - used + 1);
    // Marks and the sign of a flag stand at the right end of the value, which gives way to them.
    let flag = if is_flagged(scene, indicator) { "!" } else { "" };
    let marks = letters(&cell, value.saturating_sub(3 + flag.len()).min(3)) + flag;
    let room = if marks.is_empty() { value } else { value.saturating_sub(marks.len() + 1) };
    pen.cell(&words.within(room, look), room, words.role);
    if !marks.is_empty() {
        pen.gap(1).put(&marks, Role::Mark);
    }
}

/// Whether a flag stands open on the cell, or on the indicator in every card.
fn is_flagged(scene: &Scene<'_>, indicator: IndicatorId) -> bool {
    let Selection { country, edition, .. } = scene.selection;
    let review = scene.review;
    review.cell(country, edition, indicator).open > 0 || review.flags_of_column(indicator, edition) > 0
}

/// The letters of a cell's marks; a `+` for those there is no room for.
fn letters(cell: &Cell, columns: usize) -> String {
    let all: Vec<&str> = cell.marks.letters().collect();
    if all.len() <= columns {
        return all.concat();
    }
    if columns == 0 { String::new() } else { all[..columns - 1].concat() + "+" }
}

fn cell(scene: &Scene<'_>, indicator: IndicatorId) -> Cell {
    scene.data.cell(scene.selection.country, scene.selection.edition, indicator)
}

fn selected(wishes: &[Wish]) -> Option<IndicatorId> {
    wishes.iter().find_map(|wish| match wish {
        Wish::SelectIndicator(indicator) => Some(*indicator),
        _ => None,
    })
}

/// The place of the detail's words: inside its border, a column away from it where there is room.
const fn detail_text(area: Rect) -> Rect {
    let inside = frame::inner(area);
    if inside.width < 30 { inside } else { Rect { x: inside.x + 1, width: inside.width - 2, ..inside } }
}

const fn whole_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

#[cfg(test)]
mod tests;
