//! The last line of a card: its score and rank. What the detail says while the cursor is on it, and what is copied.

use super::heading;
use crate::{
    core::{framework::IndicatorId, label::tenths, score::Scoring},
    text::{Safe, safe_line, width},
    tui::{
        look::{Glyphs, Look, Role},
        pane_context::{PaneContext, Selection},
        places::Pane,
        shown_report::PaneRecord,
        widgets::{
            line_writer::LineWriter,
            outline::Outline,
            prose::{Prose, ProseLine},
        },
    },
};

/// Why nothing is written about the line of the total.
pub(super) const ON_THE_TOTAL: Safe =
    Safe::fixed("this line is the score of the card: {open} opens its sum, {up} goes back to an indicator");

/// Whether the whole card is listed and has a score, or a reason why it has none.
pub(super) fn is_listed(context: &PaneContext<'_>, outline: &Outline) -> bool {
    outline.kept == context.data.framework.indicators.len() && !heading::headline(context).is_empty()
}

/// Where so many steps lead: to an indicator, or past the last one to the total.
pub(super) fn step(
    context: &PaneContext<'_>,
    outline: &Outline,
    is_on_total: bool,
    by: isize,
) -> (Option<IndicatorId>, bool) {
    let (framework, here) = (&context.data.framework, context.selection.indicator);
    if !is_listed(context, outline) {
        return (outline.step(framework, here, by), false);
    }
    // From the selected indicator; the total is one stop after the last.
    let after = outline.stops_after(framework, here).cast_signed();
    let to = if is_on_total { (after + 1).saturating_add(by) } else { by };
    if to > after { (None, true) } else { (outline.step(framework, here, to), false) }
}

/// Writes the line, in the longest version that there is room for.
pub(super) fn draw(
    writer: &mut LineWriter<'_>,
    context: &PaneContext<'_>,
    look: &Look,
    (is_cursor, focused): (bool, bool),
) {
    let role = if is_cursor && !focused { Role::CursorElsewhere } else { Role::Title };
    writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key).put("Total", role);
    let steps = heading::headline(context);
    let mut steps = steps.iter().map(|step| step.strip_prefix("score ").unwrap_or(step));
    let room = writer.rest().saturating_sub(2);
    if let Some(words) = steps.find(|words| width(&look.words(words)) <= room) {
        writer.right(words, Role::Text);
    }
}

/// The words of the detail.
pub(super) fn lines(context: &PaneContext<'_>, columns: usize, glyphs: &Glyphs) -> Vec<ProseLine> {
    let mut prose = Prose::new(columns, glyphs);
    if let Some(words) = heading::headline(context).first() {
        prose.say(words, 0, 2, Role::Title);
    }
    prose.head("By goal, from 0 to 100");
    let Selection { country, edition, .. } = context.selection;
    let (framework, scoring) =
        (&context.data.framework, Scoring::new(context.data, context.members, edition, context.rules));
    for goal in framework.goal_ids() {
        let points = scoring.goal(country, goal).points.map_or_else(|_| "no score".to_owned(), tenths);
        prose.say(&format!("{}: {points}", framework.goal(goal).title.line()), 0, 2, Role::Text);
    }
    prose.part();
    let sum = "{open} opens its sum: goals, weights, answers, what was left out, and how firm the rank is";
    prose.say(&context.spell(Pane::Card, sum), 0, 2, Role::Faint);
    prose.lines
}

/// The line for copying.
pub(super) fn record(context: &PaneContext<'_>) -> PaneRecord {
    let name = context.data.country(context.selection.country).title().line().to_string();
    let edition = safe_line(&context.data.edition(context.selection.edition).label).into_string();
    let words = heading::headline(context).into_iter().next().unwrap_or_default();
    let row = [name.as_str(), &edition, &words].join("\t");
    PaneRecord { name: format!("{name}, total"), cell: format!("{name} {edition}: {words}"), row }
}
