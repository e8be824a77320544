//! The filters of the coverage: a reason, a mark, or what reviewers have said.

use strum::IntoEnumIterator as _;

use super::State;
use crate::{
    core::{
        cell::{Cell, Gap, Marks},
        coverage::{Coverage, CoverageColumn, CoverageFilter, CoverageRow, Question},
    },
    review::CellFilter,
    text::{Safe, safe_line},
    tui::{pane_context::PaneContext, pane_state::FilterChoice},
};

/// One filter of the menu.
#[derive(Clone, Debug)]
pub(super) enum Way {
    Data(CoverageFilter),
    Review(CellFilter),
}

impl Way {
    /// Whether it is what is shown now.
    pub(super) fn is(&self, (filter, reviewed): (&CoverageFilter, Option<CellFilter>)) -> bool {
        match self {
            Self::Data(own) => reviewed.is_none() && own == filter,
            Self::Review(own) => reviewed == Some(*own),
        }
    }
}

/// The reasons and marks of a filter; empty for that of every gap.
fn named(filter: &CoverageFilter) -> String {
    let reasons = filter.reasons.iter().map(|gap| Gap::title(*gap));
    reasons.chain(filter.marks.titles()).collect::<Vec<_>>().join(", ")
}

impl State {
    /// The menu of filters.
    pub(super) fn choices(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        let now = (&self.filter, self.reviewed);
        let choice = |way: &Way, count| {
            let (heading, title) = match way {
                Way::Review(filter) => ("review", Safe::fixed(filter.title())),
                Way::Data(filter) if filter.is_empty() => ("all", Safe::fixed("every gap")),
                Way::Data(filter) if filter.marks.is_empty() => ("reason", safe_line(&named(filter))),
                Way::Data(filter) => ("mark", safe_line(&named(filter))),
            };
            FilterChoice { heading, title, count, is_on: way.is(now) }
        };
        self.ways(context).iter().map(|(way, count)| choice(way, *count)).collect()
    }

    /// The filters that any cell of the matrix passes, each with its number of cells.
    pub(super) fn ways(&self, context: &PaneContext<'_>) -> Vec<(Way, usize)> {
        let question = Question { filter: CoverageFilter::default(), ..self.question(context) };
        let coverage = Coverage::of(context.data, &question, &context.review.assigned());
        let data =
            |reasons, marks, count: u32| (Way::Data(CoverageFilter { reasons, marks }), count as usize);
        let mut ways = vec![data(vec![], Marks::empty(), coverage.hits)];
        ways.extend(coverage.reasons.iter().map(|(gap, count)| data(vec![*gap], Marks::empty(), *count)));
        let marks = coverage.marks.iter().filter(|(_, count)| *count > 0);
        ways.extend(marks.map(|(mark, count)| data(vec![], *mark, *count)));
        let (review, cards) = (context.review, context.data);
        let reviewed = CellFilter::iter().map(|filter| {
            let keeps = |(row, column, _): &(&CoverageRow, &CoverageColumn, Cell)| {
                filter.keeps(review, cards, (row.country, row.edition, column.indicator))
            };
            (Way::Review(filter), coverage.cells().filter(keeps).count())
        });
        ways.extend(reviewed.filter(|(_, count)| *count > 0));
        ways
    }

    pub(super) fn filter_title(&self) -> String {
        let words = self.reviewed.map_or_else(|| named(&self.filter), |filter| filter.title().to_owned());
        if words.is_empty() { "every gap".to_owned() } else { format!("only {words}") }
    }
}
