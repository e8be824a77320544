//! The coverage pane: a glyph per cell of countries × indicators, or of one country's editions × indicators.

mod glyph;
mod grid;
mod filters;
mod headings;
mod draw;
mod settings;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

pub use self::settings::Settings;
use self::{filters::Way, grid::Grid};
use crate::{
    core::{
        coverage::{Axis, Coverage, CoverageFilter, CoverageSort, Question},
        dataset::CountryId,
        report::MissingReport,
        search,
    },
    review::{
        CellFilter,
        drafts::CellIds,
        report::{ProgressBy, ProgressReport},
    },
    text::{Safe, safe_line},
    tui::{
        command::{Command, Spec},
        look::Look,
        pane_context::{Extent, NOT_SHOWN, PaneContext, Selection, Spot, Wish},
        pane_state::{FilterChoice, PaneState},
        places::{Overlay, Pane},
        shown_report::{PaneRecord, ShownReport},
        widgets::{
            frame,
            memo::{DataKey, Kept},
            scroll,
        },
    },
};

/// What the matrix shows, and where it is scrolled to.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Whether the rows are the selected country's editions, not countries.
    by_edition: bool,
    rows: CoverageSort,
    columns: CoverageSort,
    filter: CoverageFilter,
    /// In place of the filter by reason or mark: one by what reviewers have said.
    reviewed: Option<CellFilter>,
    as_assigned: bool,
    legend: bool,
    search: String,
    top: usize,
    left: usize,
    kept: Kept<Wanted, Coverage>,
}

/// Everything that the matrix depends on.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    data: DataKey,
    question: Question,
    reviewed: Option<CellFilter>,
    /// The state of the journal, if assigned gaps are counted or cells are chosen by what reviewers have said.
    journal: Option<(u64, usize)>,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let page = scroll::page(self.grid(context, size).lines);
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by, 0),
            Command::Left => self.step(context, 0, -1),
            Command::Right => self.step(context, 0, 1),
            Command::NextGap => self.next_hit(context, true),
            Command::PreviousGap => self.next_hit(context, false),
            Command::Back => {
                self.legend = false;
                vec![]
            }
            Command::Enter => vec![Wish::Go(Pane::Card)],
            Command::ClearSearch => self.search("", context, size),
            Command::Fold => vec![Wish::Say(Safe::fixed("goals are folded on a card and in a comparison"))],
            _ => self.turn(command, context),
        };
        self.show(context, size, &wishes);
        wishes
    }

    /// Lists only the matching countries. The empty text shows all again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        text.clone_into(&mut self.search);
        let first =
            if text.is_empty() || self.by_edition { None } else { self.found(context).first().copied() };
        let wishes = first.filter(|first| *first != context.selection.country).map(Wish::SelectCountry);
        let wishes: Vec<Wish> = wishes.into_iter().collect();
        self.show(context, size, &wishes);
        wishes
    }

    fn searched(&self) -> &str {
        &self.search
    }

    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size) {
        self.show(context, size, &[]);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let wanted = self.wanted(context);
        let coverage = self.kept.get(&wanted, |wanted| make(context, wanted));
        draw::draw(self, &coverage, context, look, area.intersection(buf.area), buf);
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let (group, assigned) = (context.group.clone(), context.review.assigned());
        if self.reviewed.is_some() {
            let (data, edition, by) = (context.data, context.selection.edition, ProgressBy::Country);
            let report = ProgressReport::new(data, context.review, group, context.members, edition, by);
            return ShownReport {
                title: "how far the review has come",
                report: Box::new(report),
                listed: None,
            };
        }
        let report = MissingReport::new(context.data, group, &self.question(context), assigned, None);
        ShownReport { title: Pane::Coverage.title(), report: Box::new(report), listed: None }
    }

    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        self.check_shown(context)?;
        Ok(Spot { cell: context.selection, extent: Extent::Cell })
    }

    fn shown_cells(&self, context: &PaneContext<'_>) -> Vec<CellIds> {
        if !self.is_filtered() {
            return vec![];
        }
        let wanted = self.wanted(context);
        let coverage = self.kept.get(&wanted, |wanted| make(context, wanted));
        let hits = coverage.cells().zip(coverage.hits_in_order()).filter(|(_, is_hit)| *is_hit);
        hits.map(|((row, column, _), _)| (row.country, row.edition, column.indicator)).collect()
    }

    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        self.check_shown(context)?;
        PaneRecord::of_cell(context, context.selection)
    }

    fn takes_back(&self) -> bool {
        self.legend
    }

    fn has_columns(&self) -> bool {
        true
    }

    fn filters(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        self.choices(context)
    }

    fn choose_filter(&mut self, at: usize, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let Some((way, _)) = self.ways(context).into_iter().nth(at) else { return vec![] };
        let was_on = way.is((&self.filter, self.reviewed));
        (self.filter, self.reviewed) = match way {
            _ if was_on => Default::default(),
            Way::Data(filter) => (filter, None),
            Way::Review(filter) => (CoverageFilter::default(), Some(filter)),
        };
        // The cursor goes to a cell that is still there.
        let selection = context.selection;
        let coverage = self.renew(context);
        let here =
            (coverage.row_of(selection.country, selection.edition), coverage.column_of(selection.indicator));
        let wishes = match here {
            (Some(_), Some(_)) => vec![],
            _ => {
                let wide = coverage.columns.len();
                let hit = (0..coverage.rows.len() * wide).find(|at| coverage.is_hit(at / wide, at % wide));
                hit.map_or(vec![], |at| select(context, coverage, at / wide, at % wide))
            }
        };
        self.show(context, size, &wishes);
        wishes
    }

    fn is_filtered(&self) -> bool {
        !self.filter.is_empty() || self.reviewed.is_some()
    }

    fn clear_filters(&mut self) {
        (self.filter, self.reviewed) = Default::default();
    }

    fn has_own_gaps(&self) -> bool {
        true
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::DetailDown)
    }

    /// What is missing, where most of it is, and why matter most here.
    fn hint_rank(&self, spec: &Spec) -> Option<u8> {
        match spec.command {
            Command::Enter => Some(0),
            Command::Sort | Command::NextGap | Command::Show(Overlay::Filters | Overlay::Flag) => Some(1),
            _ => None,
        }
    }
}

impl State {
    /// Commands that change what the matrix shows.
    fn turn(&mut self, command: Command, context: &PaneContext<'_>) -> Vec<Wish> {
        match command {
            Command::Sort => {
                self.rows = self.rows.next();
                let column = self.renew(context).column_of(context.selection.indicator).unwrap_or(0);
                return select(context, self.renew(context), 0, column);
            }
            Command::SortColumns => self.columns = self.columns.next(),
            Command::Pivot => self.by_edition = !self.by_edition,
            Command::Legend => self.legend = !self.legend,
            Command::OnlyGaps => {
                let words = "{filter} shows one reason or mark at a time; {next-gap} goes to the next gap";
                return vec![Wish::Say(Safe::fixed(words))];
            }
            Command::AsAssigned => {
                self.as_assigned = !self.as_assigned;
                let words = match (self.as_assigned, context.review.assigned().len()) {
                    (false, _) => "gaps count as the cards have them".to_owned(),
                    (true, 0) => "no reviewer has said what a silent cell is: {assign} says it".to_owned(),
                    (true, 1) => "1 silent cell counts as its reviewer says".to_owned(),
                    (true, many) => format!("{many} silent cells count as reviewers say"),
                };
                return vec![Wish::Say(safe_line(&words))];
            }
            _ => {}
        }
        vec![]
    }

    fn check_shown(&self, context: &PaneContext<'_>) -> Result<(), Safe> {
        let Selection { country, edition, indicator } = context.selection;
        let wanted = self.wanted(context);
        let coverage = self.kept.get(&wanted, |wanted| make(context, wanted));
        let is_shown = coverage.row_of(country, edition).is_some() && coverage.column_of(indicator).is_some();
        if is_shown { Ok(()) } else { Err(NOT_SHOWN) }
    }

    /// The question that the matrix answers.
    pub fn question(&self, context: &PaneContext<'_>) -> Question {
        self.wanted(context).question
    }

    fn show(&mut self, context: &PaneContext<'_>, size: Size, wishes: &[Wish]) {
        let mut selection = context.selection;
        for wish in wishes {
            match wish {
                Wish::SelectCountry(country) => selection.country = *country,
                Wish::SelectIndicator(indicator) => selection.indicator = *indicator,
                Wish::SelectEdition(edition) => selection.edition = *edition,
                _ => {}
            }
        }
        let context = &PaneContext { selection, ..*context };
        let grid = self.grid(context, size);
        let (mut top, mut left) = (self.top, self.left);
        let coverage = self.renew(context);
        let row = coverage.row_of(selection.country, selection.edition);
        top = scroll::scrolled(top, row, grid.lines, coverage.rows.len());
        left = grid.scrolled(left, coverage.column_of(selection.indicator).unwrap_or(0), coverage);
        (self.top, self.left) = (top, left);
    }

    fn grid(&mut self, context: &PaneContext<'_>, size: Size) -> Grid {
        let inside = frame::inner(Rect { x: 0, y: 0, width: size.width, height: size.height });
        let legend = self.legend;
        Grid::of(inside, context, self.renew(context), legend)
    }

    fn renew(&mut self, context: &PaneContext<'_>) -> &Coverage {
        let wanted = self.wanted(context);
        self.kept.renew(wanted, |wanted| make(context, wanted))
    }

    fn wanted(&self, context: &PaneContext<'_>) -> Wanted {
        let axis = if self.by_edition {
            Axis::Editions { country: context.selection.country }
        } else {
            let members = if self.search.is_empty() { context.members.to_vec() } else { self.found(context) };
            Axis::Countries { members, edition: context.selection.edition }
        };
        let question = Question {
            axis,
            filter: self.filter.clone(),
            // Editions stand in the order of time.
            rows: if self.by_edition { CoverageSort::Natural } else { self.rows },
            columns: self.columns,
            as_assigned: self.as_assigned,
        };
        let book = &context.review.book;
        let is_of_reviews = self.as_assigned || self.reviewed.is_some();
        let journal = is_of_reviews.then(|| (book.latest(), book.records().len()));
        Wanted { data: DataKey::of(context.data), question, reviewed: self.reviewed, journal }
    }

    /// The countries that match the search, the plainest match first.
    fn found(&self, context: &PaneContext<'_>) -> Vec<CountryId> {
        let keys = context.members.iter().map(|id| &context.data.country(*id).keys[..]);
        search::rank(&self.search, keys).iter().map(|hit| context.members[hit.index]).collect()
    }

    fn step(&mut self, context: &PaneContext<'_>, down: isize, right: isize) -> Vec<Wish> {
        let selection = context.selection;
        let coverage = self.renew(context);
        let row = coverage.row_of(selection.country, selection.edition);
        let column = coverage.column_of(selection.indicator).unwrap_or(0);
        let row = row.map_or(0, |row| scroll::moved(row, down, coverage.rows.len()));
        let column = scroll::moved(column, right, coverage.columns.len());
        select(context, coverage, row, column)
    }

    /// Goes to the next cell that the filter keeps, row by row, starting again from the other end after the last.
    fn next_hit(&mut self, context: &PaneContext<'_>, forward: bool) -> Vec<Wish> {
        let selection = context.selection;
        let coverage = self.renew(context);
        let (tall, wide) = (coverage.rows.len(), coverage.columns.len());
        let row = coverage.row_of(selection.country, selection.edition).unwrap_or(0);
        let here = row * wide + coverage.column_of(selection.indicator).unwrap_or(0);
        let all = tall * wide;
        let step = |by: usize| if forward { here + by } else { here + all - by } % all.max(1);
        let found = (1..=all).map(step).find(|at| coverage.is_hit(at / wide, at % wide));
        match found {
            Some(at) => select(context, coverage, at / wide, at % wide),
            None => vec![Wish::Say(Safe::fixed("no such cell here"))],
        }
    }
}

fn make(context: &PaneContext<'_>, wanted: &Wanted) -> Coverage {
    let (data, question, assigned) = (context.data, &wanted.question, context.review.assigned());
    let mut coverage = match wanted.reviewed {
        Some(filter) => {
            Coverage::keeping(data, question, &assigned, |cell, _| filter.keeps(context.review, data, cell))
        }
        None => Coverage::of(data, question, &assigned),
    };
    if wanted.reviewed.is_some() || !question.filter.is_empty() {
        coverage.leave_hits();
    }
    coverage
}

fn select(context: &PaneContext<'_>, coverage: &Coverage, row: usize, column: usize) -> Vec<Wish> {
    let (Some(row), Some(column)) = (coverage.rows.get(row), coverage.columns.get(column)) else {
        return vec![];
    };
    let here = context.selection;
    let country = (row.country != here.country).then_some(Wish::SelectCountry(row.country));
    let edition = (row.edition != here.edition).then_some(Wish::SelectEdition(row.edition));
    let other = column.indicator != here.indicator;
    let indicator = other.then_some(Wish::SelectIndicator(column.indicator));
    [country, edition, indicator].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
