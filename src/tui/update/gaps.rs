//! Goes from gap to gap, or between cells not reviewed: through a card's indicators, then through the countries of the list.

use super::{navigation, refuse, say, scroll_into_view};
use crate::{
    core::{
        cell::Gap,
        dataset::{CountryId, Dataset, EditionId},
        framework::IndicatorId,
    },
    review::drafts,
    text::{Safe, safe_line},
    tui::{model::Model, places::Pane, widgets::cell_text::count, workspace::Workspace},
};

pub(super) fn step(model: &mut Model, forward: bool) {
    let Some(workspace) = &mut model.workspace else { return };
    let countries = model.panes.countries.listed(&workspace.context(false));
    let (data, edition) = (&workspace.data, workspace.selection.edition);
    let found = next(workspace, &countries, forward, &|country| gaps_of(data, country, edition).collect());
    let Some((country, indicator, round)) = found else {
        return refuse(model, Safe::fixed("no gaps in this edition"));
    };
    workspace.select_country(country);
    workspace.select_indicator(indicator);
    let words = words(workspace, round);
    scroll_into_view(model);
    say(model, words);
}

/// Goes to the next cell, with a card, that this reviewer has not reviewed as it is now.
pub(super) fn step_unreviewed(model: &mut Model, forward: bool) {
    let Some(workspace) = &mut model.workspace else { return };
    let countries = model.panes.countries.listed(&workspace.context(false));
    let (data, edition) = (&workspace.data, workspace.selection.edition);
    let left = |country: CountryId| -> Vec<IndicatorId> {
        if data.card(country, edition).is_none() {
            return vec![];
        }
        let is_left =
            |one: &IndicatorId| !drafts::is_reviewed(&workspace.review, data, (country, edition, *one));
        data.framework.indicator_ids().filter(is_left).collect()
    };
    let many: usize = countries.iter().map(|country| left(*country).len()).sum();
    let Some((country, indicator, round)) = next(workspace, &countries, forward, &left) else {
        return refuse(model, Safe::fixed("you have reviewed every cell of these cards"));
    };
    workspace.select_country(country);
    workspace.select_indicator(indicator);
    let words = words(workspace, round);
    let is_shown = matches!(model.front(), Pane::Countries | Pane::Card | Pane::Coverage);
    if !is_shown {
        navigation::lead_to(model, Pane::Card);
    }
    navigation::show_selected(model);
    scroll_into_view(model);
    say(model, safe_line(&format!("{words}; {} not reviewed by you", count(many, "cell", "cells"))));
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

/// The next of these indicators after the selected cell. The flag is true if the search went past the end and started again.
fn next(
    workspace: &Workspace,
    countries: &[CountryId],
    forward: bool,
    of: &dyn Fn(CountryId) -> Vec<IndicatorId>,
) -> Option<(CountryId, IndicatorId, bool)> {
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
        let mut found = of(country).into_iter().filter(beyond);
        let found = if forward { found.next() } else { found.next_back() };
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
