//! What is given and what is missing, cell by cell: countries × indicators of an edition, or one country's editions.
//!
//! Not applicable cells are in no denominator. A gap that a reviewer assigned to an absent or empty cell replaces the
//! card's gap only if the question asks for that; it never becomes a value.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use super::{
    cell::{Cell, Gap, MARKS, Marks},
    counts::Counts,
    dataset::{CountryId, Dataset, EditionId},
    framework::{GoalId, IndicatorId},
};

/// The gaps that reviewers assigned to absent and empty cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignedGaps(HashMap<(CountryId, EditionId, IndicatorId), Gap>);

impl AssignedGaps {
    pub fn get(&self, country: CountryId, edition: EditionId, indicator: IndicatorId) -> Option<Gap> {
        self.0.get(&(country, edition, indicator)).copied()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cell to count: an absent or empty one gets the assigned gap, if there is one.
    pub fn over(&self, cell: Cell, place: (CountryId, EditionId, IndicatorId)) -> Cell {
        match (cell.state, self.0.get(&place)) {
            (Err(Gap::Absent | Gap::Empty), Some(gap)) => Cell { state: Err(*gap), ..cell },
            _ => cell,
        }
    }
}

impl FromIterator<((CountryId, EditionId, IndicatorId), Gap)> for AssignedGaps {
    fn from_iter<I: IntoIterator<Item = ((CountryId, EditionId, IndicatorId), Gap)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// Selects cells by reason or mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageFilter {
    pub reasons: Vec<Gap>,
    pub marks: Marks,
}

impl CoverageFilter {
    /// A filter for the reason or the mark with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        let reasons: Vec<Gap> = Gap::from_id(id).into_iter().collect();
        let marks = Marks::from_id(id).unwrap_or_default();
        (!reasons.is_empty() || !marks.is_empty()).then_some(Self { reasons, marks })
    }

    /// A filter that keeps the cells of both filters.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.reasons.extend(other.reasons);
        self.marks |= other.marks;
        self
    }

    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty() && self.marks.is_empty()
    }

    /// The ids of its reasons and marks, each once.
    pub fn ids(&self) -> Vec<&'static str> {
        let mut ids: Vec<&'static str> = vec![];
        for id in self.reasons.iter().map(|gap| gap.id()).chain(self.marks.ids()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Whether the filter keeps a cell. An empty filter keeps every missing cell.
    pub fn keeps(&self, cell: &Cell) -> bool {
        if self.is_empty() {
            return cell.is_missing();
        }
        cell.state.err().is_some_and(|gap| self.reasons.contains(&gap)) || cell.marks.intersects(self.marks)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Axis {
    Countries { members: Vec<CountryId>, edition: EditionId },
    Editions { country: CountryId },
}

/// The order of rows or columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageSort {
    /// Countries by name, editions oldest first, indicators in the framework's order.
    #[default]
    Natural,
    /// Most cells that the filter keeps first.
    MostGaps,
    FewestGaps,
}

impl CoverageSort {
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Natural => Self::MostGaps,
            Self::MostGaps => Self::FewestGaps,
            Self::FewestGaps => Self::Natural,
        }
    }
}

/// What the matrix shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub axis: Axis,
    pub filter: CoverageFilter,
    pub rows: CoverageSort,
    pub columns: CoverageSort,
    pub as_assigned: bool,
}

impl Question {
    pub fn of_edition(members: Vec<CountryId>, edition: EditionId) -> Self {
        Self {
            axis: Axis::Countries { members, edition },
            filter: CoverageFilter::default(),
            rows: CoverageSort::default(),
            columns: CoverageSort::default(),
            as_assigned: false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    pub country: CountryId,
    pub edition: EditionId,
    pub counts: Counts,
    /// Cells that the filter keeps.
    pub hits: u32,
    /// Cells that are missing here and were given in the edition before. 0 in a matrix of countries.
    pub gone: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageColumn {
    pub indicator: IndicatorId,
    pub goal: GoalId,
    pub counts: Counts,
    pub hits: u32,
}

/// The matrix, counted.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Whether the rows are one country's editions.
    pub is_of_editions: bool,
    pub rows: Vec<CoverageRow>,
    pub columns: Vec<CoverageColumn>,
    /// Row by row, with assigned gaps if the question asks for them.
    cells: Vec<Cell>,
    /// For each of `cells`, whether it is a hit.
    kept: Vec<bool>,
    /// For each of `cells`, whether it is missing and was given in the edition before. All false in a matrix of
    /// countries.
    gone: Vec<bool>,
    pub goals: Vec<(GoalId, Counts)>,
    pub all: Counts,
    pub hits: u32,
    pub reasons: BTreeMap<Gap, u32>,
    pub marks: Vec<(Marks, u32)>,
}

impl Coverage {
    pub fn of(data: &Dataset, question: &Question, assigned: &AssignedGaps) -> Self {
        Self::keeping(data, question, assigned, |_, cell| question.filter.keeps(cell))
    }

    /// As [`Coverage::of`], with the cells that `keeps` chooses as hits, not those of the question's filter.
    pub fn keeping(
        data: &Dataset,
        question: &Question,
        assigned: &AssignedGaps,
        keeps: impl Fn((CountryId, EditionId, IndicatorId), &Cell) -> bool,
    ) -> Self {
        let places: Vec<(CountryId, EditionId)> = match &question.axis {
            Axis::Countries { members, edition } => members.iter().map(|id| (*id, *edition)).collect(),
            Axis::Editions { country } => data.edition_ids().map(|edition| (*country, edition)).collect(),
        };
        let indicators: Vec<IndicatorId> = data.framework.indicator_ids().collect();
        let mut coverage = Self {
            is_of_editions: matches!(question.axis, Axis::Editions { .. }),
            columns: indicators.iter().map(|id| column(data, *id)).collect(),
            goals: data.framework.goal_ids().map(|goal| (goal, Counts::default())).collect(),
            marks: MARKS.iter().map(|known| (known.mark, 0)).collect(),
            ..Self::default()
        };
        let mut cells = Vec::with_capacity(places.len() * indicators.len());
        let mut kept = Vec::with_capacity(cells.capacity());
        for &(country, edition) in &places {
            let mut row = CoverageRow { country, edition, counts: Counts::default(), hits: 0, gone: 0 };
            for (at, &indicator) in indicators.iter().enumerate() {
                let mut cell = data.cell(country, edition, indicator);
                if question.as_assigned {
                    cell = assigned.over(cell, (country, edition, indicator));
                }
                let is_hit = keeps((country, edition, indicator), &cell);
                coverage.count(&mut row, at, &cell, is_hit);
                cells.push(cell);
                kept.push(is_hit);
            }
            coverage.rows.push(row);
        }
        coverage.order(question, &cells, &kept);
        coverage
    }

    fn count(&mut self, row: &mut CoverageRow, column: usize, cell: &Cell, is_hit: bool) {
        let (hit, column) = (u32::from(is_hit), &mut self.columns[column]);
        row.counts.add(cell);
        row.hits += hit;
        column.counts.add(cell);
        column.hits += hit;
        self.all.add(cell);
        self.hits += hit;
        if let Some((_, counts)) = self.goals.get_mut(column.goal.index()) {
            counts.add(cell);
        }
        if let Err(gap) = cell.state {
            *self.reasons.entry(gap).or_default() += 1;
        }
        for (mark, count) in &mut self.marks {
            *count += u32::from(cell.marks.contains(*mark));
        }
    }

    /// Sorts rows and columns as the question asks; `cells` and `kept` are in natural order.
    fn order(&mut self, question: &Question, cells: &[Cell], kept: &[bool]) {
        let wide = self.columns.len();
        let mut gone = vec![false; cells.len()];
        if self.is_of_editions {
            for at in wide..cells.len() {
                gone[at] = cells[at - wide].is_given() && cells[at].is_missing();
            }
            for (row, gone) in self.rows.iter_mut().zip(gone.chunks(wide.max(1))) {
                row.gone = u32::try_from(gone.iter().filter(|gone| **gone).count()).unwrap_or(u32::MAX);
            }
        }
        let rows = ordered(self.rows.len(), question.rows, |at| self.rows[at].hits);
        // Goals stay together: columns are sorted within each goal.
        let mut columns = ordered(wide, question.columns, |at| self.columns[at].hits);
        columns.sort_by_key(|at| self.columns[*at].goal);
        let columns_of = |row: &usize| {
            let start = row * wide;
            columns.iter().map(move |column| start + column)
        };
        let places: Vec<usize> = rows.iter().flat_map(columns_of).collect();
        self.cells = places.iter().map(|at| cells[*at]).collect();
        self.kept = places.iter().map(|at| kept[*at]).collect();
        self.gone = places.iter().map(|at| gone[*at]).collect();
        self.rows = rows.iter().map(|at| self.rows[*at]).collect();
        self.columns = columns.iter().map(|at| self.columns[*at]).collect();
    }

    /// Leaves out the rows and columns without a cell that the filter keeps. Counts and totals stay those of all.
    pub fn leave_hits(&mut self) {
        let wide = self.columns.len();
        let rows: Vec<usize> = (0..self.rows.len()).filter(|row| self.rows[*row].hits > 0).collect();
        let columns: Vec<usize> = (0..wide).filter(|column| self.columns[*column].hits > 0).collect();
        let columns_of = |row: &usize| {
            let start = row * wide;
            columns.iter().map(move |column| start + column)
        };
        let places: Vec<usize> = rows.iter().flat_map(columns_of).collect();
        self.cells = places.iter().map(|at| self.cells[*at]).collect();
        self.kept = places.iter().map(|at| self.kept[*at]).collect();
        self.gone = places.iter().map(|at| self.gone[*at]).collect();
        self.rows = rows.iter().map(|row| self.rows[*row]).collect();
        self.columns = columns.iter().map(|column| self.columns[*column]).collect();
    }

    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells.get(row * self.columns.len() + column).copied().unwrap_or(Cell::gap(Gap::NoCard))
    }

    /// For each of [`Coverage::cells`] whether it is a hit.
    pub fn hits_in_order(&self) -> impl Iterator<Item = bool> + '_ {
        self.kept.iter().copied()
    }

    /// Whether the cell is a hit.
    pub fn is_hit(&self, row: usize, column: usize) -> bool {
        self.kept.get(row * self.columns.len() + column).copied().unwrap_or_default()
    }

    /// Whether the cell was given in the edition before and is missing now.
    pub fn is_gone(&self, row: usize, column: usize) -> bool {
        self.gone.get(row * self.columns.len() + column).copied().unwrap_or_default()
    }

    pub fn row_of(&self, country: CountryId, edition: EditionId) -> Option<usize> {
        self.rows.iter().position(|row| row.country == country && row.edition == edition)
    }

    pub fn column_of(&self, indicator: IndicatorId) -> Option<usize> {
        self.columns.iter().position(|column| column.indicator == indicator)
    }

    /// Every cell with its row and column, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (&CoverageRow, &CoverageColumn, Cell)> {
        let pairs = self.rows.iter().flat_map(|row| self.columns.iter().map(move |column| (row, column)));
        pairs.zip(&self.cells).map(|((row, column), cell)| (row, column, *cell))
    }
}

fn column(data: &Dataset, indicator: IndicatorId) -> CoverageColumn {
    let goal = data.framework.indicator(indicator).goal;
    CoverageColumn { indicator, goal, counts: Counts::default(), hits: 0 }
}

fn ordered(many: usize, sort: CoverageSort, hits: impl Fn(usize) -> u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..many).collect();
    match sort {
        CoverageSort::Natural => {}
        CoverageSort::MostGaps => order.sort_by_key(|at| Reverse(hits(*at))),
        CoverageSort::FewestGaps => order.sort_by_key(|at| hits(*at)),
    }
    order
}

#[cfg(test)]
mod tests;
