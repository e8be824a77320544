//! Goes from gap to gap: through a card's indicators, then through the countries in the order of the list.

use super::{refuse, say, scroll_into_view};
use crate::{
    core::{
        cell::Gap,
        dataset::{CountryId, Dataset, EditionId},
        framework::IndicatorId,
    },
    text::{Safe, safe_line},
    tui::{model::Model, workspace::Workspace},
};

pub(super) fn step(model: &mut Model, forward: bool) {
    let Some(workspace) = &mut model.workspace else { return };
    let countries = model.panes.countries.listed(&workspace.context(false));
    let Some((country, indicator, round)) = next(workspace, &countries, forward) else {
        return refuse(model, Safe::fixed("no gaps in this edition"));
    };
    workspace.select_country(country);
    workspace.select_indicator(indicator);
    let words = words(workspace, round);
    scroll_into_view(model);
    say(model, words);
}

fn words(workspace: &Workspace, round: bool) -> Safe {
    let here = workspace.here();
    let data = &workspace.data;
    let country = data.country(here.country).name.line();
    let round = if round { " (from the other end)" } else { "" };
    if data.card(here.country, here.edition).is_none() {
        return safe_line(&format!(
            "{country}: no card in edition {}{round}",
            data.edition(here.edition).label
        ));
    }
    let indicator = data.framework.indicator(here.indicator).title.line();
    let reason = data.label(here.country, here.edition, here.indicator).line();
    safe_line(&format!("{country}, {indicator}: {reason}{round}"))
}

/// The next gap after the selected cell. The flag is true if the search went past the end and started again.
fn next(
    workspace: &Workspace,
    countries: &[CountryId],
    forward: bool,
) -> Option<(CountryId, IndicatorId, bool)> {
    let data = &workspace.data;
    let here = workspace.here();
    let start = countries.iter().position(|country| *country == here.country).unwrap_or(0);
    let many = countries.len();
    for turn in 0..=many {
        let by = if forward { turn } else { many - turn % many.max(1) };
        let at = (start + by) % many.max(1);
        let country = *countries.get(at)?;
        let beyond = |indicator: &IndicatorId| match (turn == 0, turn == many, forward) {
            (true, _, true) => *indicator > here.indicator,
            (true, _, false) => *indicator < here.indicator,
            (_, true, true) => *indicator <= here.indicator,
            (_, true, false) => *indicator >= here.indicator,
            _ => true,
        };
        let mut gaps = gaps_of(data, country, here.edition).filter(beyond);
        let found = if forward { gaps.next() } else { gaps.last() };
        if let Some(indicator) = found {
            let round = turn == many || (if forward { at < start } else { at > start });
            return Some((country, indicator, round));
        }
    }
    None
}

/// The gaps of a card that count as missing. A country without a card is one gap, not one per indicator.
fn gaps_of(data: &Dataset, country: CountryId, edition: EditionId) -> impl Iterator<Item = IndicatorId> {
    let has_card = data.card(country, edition).is_some();
    let all = data.framework.indicator_ids().take(if has_card { usize::MAX } else { 1 });
    all.filter(move |indicator| {
        let cell = data.cell(country, edition, *indicator);
        cell.is_missing() && (has_card || cell.state == Err(Gap::NoCard))
    })
}
