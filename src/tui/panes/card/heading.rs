//! The score and rank of a country for the border of its card, in full or in one of several shorter versions.

use ratatui::layout::Rect;

use crate::{
    core::{
        framework::{Framework, IndicatorId},
        scale::{Better, ScaleKind},
    },
    text::width,
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
    },
};

/// Adds the headline to the title or, if the lower border has room for a longer version, returns it for that. A
/// headline is never cut: half a rank would be a wrong one.
pub(super) fn place(
    context: &PaneContext<'_>,
    look: &Look,
    area: Rect,
    more: &str,
    title: &mut Vec<(String, Role)>,
) -> Vec<String> {
    let mut steps = headline(context);
    let long = |words: &str| width(&look.words(words));
    let columns = usize::from(area.width);
    let used: usize = title.iter().map(|(words, _)| long(words)).sum();
    let above = columns.saturating_sub(used + 3 + 4);
    let below = columns.saturating_sub(4 + if more.is_empty() { 0 } else { long(more) + 3 });
    let first = |room: usize| steps.iter().position(|words| long(words) <= room);
    let (in_title, in_border) = (first(above), first(below));
    match (in_title, in_border) {
        (Some(at), border) if border.is_none_or(|border| at <= border) => {
            title.push((format!(" {} {}", look.glyphs.separator, steps[at]), Role::Faint));
            vec![]
        }
        (_, Some(at)) => vec![steps.swap_remove(at)],
        _ => vec![],
    }
}

/// Numbers of a table of which nobody has said which direction is better: a score is without them.
fn without_direction(framework: &Framework) -> usize {
    let is_open = |id: &IndicatorId| match &framework.scale(*id).kind {
        ScaleKind::Number(about) => about.better == Better::Neither,
        _ => false,
    };
    if framework.of_table { framework.indicator_ids().filter(is_open).count() } else { 0 }
}

/// Score, coverage and rank, or why there is no rank, in full and in shorter versions. Empty if a group was chosen
/// and none of its countries can be ranked.
pub(super) fn headline(context: &PaneContext<'_>) -> Vec<String> {
    let country = context.selection.country;
    if let Some(row) = context.ranking.row(country) {
        let (points, of) = (row.points_words(), context.ranking.rows.len());
        let (given, cells) = (row.coverage.given, row.coverage.denominator());
        let rank = row.words();
        let few = if context.rules.rests_on_few(row.coverage) { ", few apply" } else { "" };
        let open = match without_direction(&context.data.framework) {
            0 => String::new(),
            many => format!(", {many} without a direction"),
        };
        let own = context.own_rules();
        let own = if own.is_empty() { String::new() } else { format!(", {}", own.join(", ")) };
        let tied = context.ranking.tied_words(row).map_or_else(String::new, |tied| format!(" · {tied}"));
        return vec![
            format!("score {points} ({given} of {cells} scored{few}{open}), rank {rank} of {of}{tied}{own}"),
            format!("score {points} ({given} of {cells} scored{few}{open}), rank {rank} of {of}{own}"),
            format!("score {points} ({given} of {cells} scored{few}{open}), rank {rank} of {of}"),
            format!("score {points} ({given}/{cells} scored{few}), rank {rank}/{of}"),
            format!("{points} ({given}/{cells} scored{few}), rank {rank}/{of}"),
            format!("{points}, rank {rank} of {of}"),
            format!("{points}, rank {rank}"),
            format!("rank {rank}"),
        ];
    }
    if context.ranking.rows.is_empty() && !context.is_everyone() {
        return vec![];
    }
    // A missing card has its own message.
    let has_card = context.data.card(country, context.selection.edition).is_some();
    let mut steps = if has_card { context.no_rank_words(country) } else { vec![] };
    if let Some(last) = steps.last_mut() {
        "no rank".clone_into(last);
    }
    steps
}
