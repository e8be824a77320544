//! The filters of a card: only its gaps, and its cells by what reviewers have said of them.

use strum::IntoEnumIterator as _;

use super::rows;
use crate::{
    review::CellFilter,
    text::Safe,
    tui::{
        pane_context::{PaneContext, Selection},
        pane_state::FilterChoice,
    },
};

/// The filters by what reviewers have said that any cell passes, each with its number of cells.
pub(super) fn ways(context: &PaneContext<'_>) -> Vec<(CellFilter, usize)> {
    let Selection { country, edition, .. } = context.selection;
    let count = |filter: CellFilter| {
        let all = context.data.framework.indicator_ids();
        all.filter(|one| filter.keeps(context.review, context.data, (country, edition, *one))).count()
    };
    CellFilter::iter().map(|filter| (filter, count(filter))).filter(|(_, count)| *count > 0).collect()
}

/// All filters as the menu has them: first that of gaps.
pub(super) fn choices(
    context: &PaneContext<'_>,
    only_gaps: bool,
    reviewed: Option<CellFilter>,
) -> Vec<FilterChoice> {
    let all = context.data.framework.indicator_ids();
    let count = all.filter(|one| rows::cell(context, *one).is_missing()).count();
    let gaps = FilterChoice { heading: "show", title: Safe::fixed("only gaps"), count, is_on: only_gaps };
    let of_reviews = ways(context).into_iter().map(|(filter, count)| FilterChoice {
        heading: "review",
        title: Safe::fixed(filter.title()),
        count,
        is_on: reviewed == Some(filter),
    });
    std::iter::once(gaps).chain(of_reviews).collect()
}
