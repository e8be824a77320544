//! Comparison: subjects side by side, indicator by indicator, with a verdict in words.

mod layout;
mod settings;
mod headings;
mod table;
mod detail;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::layout::Parts;
pub use self::settings::Settings;
use crate::{
    core::{
        compare::{Comparison, Row},
        framework::IndicatorId,
        subject::Subject,
    },
    text::{Safe, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::{Scene, Wish},
        places::Pane,
        widgets::{
            line_writer::Pen,
            outline::{Outline, Outlining},
            scroll,
        },
    },
};

/// What is folded and filtered, and which side the cursor is on.
#[derive(Clone, Debug, Default)]
pub struct State {
    outlining: Outlining,
    only_differences: bool,
    only_gaps: bool,
    top: usize,
    side: usize,
}

impl State {
    pub fn update(&mut self, command: Command, scene: &Scene<'_>, size: Size) -> Vec<Wish> {
        let Some(comparison) = scene.comparison else { return vec![] };
        let page = scroll::page(Self::height(scene, size));
        let wishes = match command {
            Command::Down => self.step(scene, 1),
            Command::Up => self.step(scene, -1),
            Command::PageDown => self.step(scene, page),
            Command::PageUp => self.step(scene, -page),
            Command::Top => self.step(scene, isize::MIN),
            Command::Bottom => self.step(scene, isize::MAX),
            Command::NextDifference => self.next(scene, true, Row::has_difference, "difference"),
            Command::PreviousDifference => self.next(scene, false, Row::has_difference, "difference"),
            Command::NextGap => self.next(scene, true, Row::has_gap, "gap"),
            Command::PreviousGap => self.next(scene, false, Row::has_gap, "gap"),
            Command::Swap => self.swap(comparison),
            Command::RemoveSubject => self.remove(comparison),
            Command::Enter => self.open(comparison),
            Command::ClearSearch => self.search("", scene, size),
            _ => {
                self.change(command, scene, comparison);
                self.nearest(scene)
            }
        };
        let selected = wishes.iter().find_map(|wish| match wish {
            Wish::SelectIndicator(indicator) => Some(*indicator),
            _ => None,
        });
        self.show(scene, size, selected.unwrap_or(scene.selection.indicator));
        wishes
    }

    /// When a filter hides the selected row, the next one that it keeps is selected.
    fn nearest(&self, scene: &Scene<'_>) -> Vec<Wish> {
        let here = scene.selection.indicator;
        let kept = self.outlining.kept(scene, |one| self.keeps(scene, one));
        if kept.contains(&here) {
            return vec![];
        }
        let to = kept.iter().find(|one| **one > here).or(kept.last());
        to.map(|to| Wish::SelectIndicator(*to)).into_iter().collect()
    }

    /// What is only this pane's own affair.
    fn change(&mut self, command: Command, scene: &Scene<'_>, comparison: &Comparison) {
        match command {
            Command::Left => self.side = self.side_of(comparison).saturating_sub(1),
            Command::Right => self.side = (self.side + 1).min(comparison.subjects.len().saturating_sub(1)),
            Command::Fold => self.outlining.fold(&scene.data.framework, scene.selection.indicator),
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

    /// Exchanges two sides; of three and four, the one under the cursor and its left neighbour.
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
        self.side = scene.comparison.map_or(0, |comparison| self.side_of(comparison));
        let outline = self.outline(scene);
        let at = outline.cursor(&scene.data.framework, indicator);
        if at == Some(1) {
            // The first goal's heading is shown with its first indicator.
            self.top = 0;
        }
        self.top = scroll::scrolled(self.top, at, Self::height(scene, size), outline.lines.len());
    }

    fn height(scene: &Scene<'_>, size: Size) -> usize {
        let sides = scene.comparison.map_or(0, |comparison| comparison.subjects.len());
        let whole = Rect { x: 0, y: 0, width: size.width, height: size.height };
        usize::from(Parts::new(whole, sides).rows.height)
    }

    fn outline(&self, scene: &Scene<'_>) -> Outline {
        self.outlining.outline(scene, |one| self.keeps(scene, one))
    }

    /// The indicators that are shown, folded ones too, and what narrows them, in words.
    pub fn shown(&self, scene: &Scene<'_>) -> (Vec<IndicatorId>, Vec<String>) {
        let says = [("only differences", self.only_differences), ("only gaps", self.only_gaps)];
        let says = says.into_iter().filter(|(_, holds)| *holds).map(|(words, _)| words.to_owned());
        let search = Some(self.searched()).filter(|text| !text.is_empty());
        let search = search.map(|text| format!("/{}", crate::text::safe_line(text)));
        (self.outlining.kept(scene, |one| self.keeps(scene, one)), search.into_iter().chain(says).collect())
    }

    fn keeps(&self, scene: &Scene<'_>, indicator: IndicatorId) -> bool {
        if !self.only_differences && !self.only_gaps {
            return true;
        }
        row(scene, indicator).is_some_and(|row| {
            self.only_differences && row.has_difference() || self.only_gaps && row.has_gap()
        })
    }

    fn step(&self, scene: &Scene<'_>, by: isize) -> Vec<Wish> {
        let here = scene.selection.indicator;
        let to = self.outline(scene).step(&scene.data.framework, here, by);
        to.filter(|to| *to != here).map(Wish::SelectIndicator).into_iter().collect()
    }

    fn next(&self, scene: &Scene<'_>, forward: bool, wanted: fn(&Row) -> bool, what: &str) -> Vec<Wish> {
        let all = self.outlining.unfolded(scene, |one| self.keeps(scene, one));
        let here = scene.selection.indicator;
        let next = all.next(here, forward, |one| row(scene, one).is_some_and(wanted));
        let none = || {
            let way = if forward { "down" } else { "up" };
            Wish::Say(crate::text::safe_line(&format!("no {what} further {way}")))
        };
        vec![next.map_or_else(none, Wish::SelectIndicator)]
    }

    /// The words over the rows when a filter hides some of them: `5 of 22 · only differences`.
    fn filter(&self, scene: &Scene<'_>, look: &Look, outline: &Outline) -> Option<String> {
        let what = match (self.only_differences, self.only_gaps) {
            (true, true) => "only differences and gaps",
            (true, false) => "only differences",
            (false, true) => "only gaps",
            (false, false) if !self.searched().is_empty() => "found",
            (false, false) => return None,
        };
        let all = scene.data.framework.indicators.len();
        Some(format!("{} of {all} {} {what}", outline.kept, look.glyphs.separator))
    }

    pub fn view(&self, scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(comparison) = scene.comparison else {
            view_nothing(scene, look, area, buf);
            return;
        };
        let parts = Parts::new(area, comparison.subjects.len());
        let outline = self.outline(scene);
        let side = self.side_of(comparison);
        let table = table::Table {
            scene,
            look,
            comparison,
            columns: layout::Columns::new(usize::from(area.width), comparison.subjects.len()),
            tags: headings::tags(scene.data, &comparison.subjects),
            side,
        };
        table.head(buf, parts.head, self.filter(scene, look, &outline));
        table.tallies(buf, parts.tallies);
        let top = self.top.min(outline.lines.len().saturating_sub(usize::from(parts.rows.height).max(1)));
        rule(buf, look, parts.rule, scene.focused, "");
        if outline.lines.is_empty() {
            self.view_empty(comparison, scene, look, parts.rows, buf);
        }
        table.rows(buf, parts.rows, &outline, top, &self.outlining);
        let more =
            crate::tui::widgets::frame::more(look, top, usize::from(parts.rows.height), outline.lines.len());
        rule(buf, look, parts.second_rule, scene.focused, &more);
        detail::draw(buf, &table, parts.strip);
    }

    fn view_empty(
        &self,
        comparison: &Comparison,
        scene: &Scene<'_>,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let all = comparison.rows.len();
        let apart = usize::try_from(comparison.tallies.not_comparable).unwrap_or(0);
        let (first, second) = match (self.searched().is_empty(), self.only_differences, self.only_gaps) {
            (false, ..) => ("No indicator is called so here.".to_owned(), "{clear-search} clears the search"),
            (true, true, false) => (
                format!("No differences in {all} rows; {apart} cannot be compared."),
                "{only-differences} shows all rows again",
            ),
            (true, false, _) => (format!("No gaps in {all} rows."), "{only-gaps} shows all rows again"),
            (true, true, true) => (
                format!("No differences and no gaps in {all} rows."),
                "{only-differences} and {only-gaps} show all rows again",
            ),
        };
        Pen::new(buf, look, area, 0).put(" ", Role::Text).put(&first, Role::Text);
        let second = scene.spell(Pane::Comparison, second);
        Pen::new(buf, look, area, 1).put(" ", Role::Text).put(&second, Role::Faint);
    }
}

fn row<'a>(scene: &Scene<'a>, indicator: IndicatorId) -> Option<&'a Row> {
    scene.comparison.and_then(|comparison| comparison.rows.get(indicator.index()))
}

/// A line across, with words at its right end.
fn rule(buf: &mut Buffer, look: &Look, area: Rect, focused: bool, words: &str) {
    let role = if focused { Role::BorderFocused } else { Role::Border };
    let line = look.glyphs.rule.repeat(usize::from(area.width));
    Pen::new(buf, look, area, 0).put(&line, role);
    let columns = crate::text::width(&look.words(words));
    if !words.is_empty() && columns + 4 < usize::from(area.width) {
        let mut pen = Pen::new(buf, look, area, 0);
        pen.gap(usize::from(area.width) - columns - 3).put(" ", role).put(words, Role::Faint).put(" ", role);
    }
}

fn view_nothing(scene: &Scene<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
    Pen::new(buf, look, area, 0).put(" Compare", Role::Title);
    let name = scene.data.country(scene.selection.country).name.line();
    let text = scene
        .spell(Pane::Comparison, "Nothing is compared yet: press {compare} to choose what to hold beside ");
    let text = text + &name + ".";
    let columns = usize::from(area.width).saturating_sub(2);
    for (line, at) in wrap(&look.words(&text), columns).iter().zip(2_u16..) {
        Pen::new(buf, look, area, at).put(" ", Role::Text).put(line, Role::Text);
    }
}

#[cfg(test)]
mod tests;
