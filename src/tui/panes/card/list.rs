//! The list of a card: its indicators under their goals, and what the title says of them.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{State, heading, rows, total};
use crate::{
    core::search::Query,
    text::{Raw, safe_line},
    tui::{
        look::{Look, Role},
        pane_context::{PaneContext, Selection},
        pane_state::PaneState as _,
        places::Pane,
        widgets::{
            cell_text, frame,
            line_writer::LineWriter,
            outline::{Outline, OutlineLine},
        },
    },
};

/// The names of those who review a card; `None` if nobody was given it.
fn names(names: &[Raw<'_>]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| name.line().into_string()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

impl State {
    pub(super) fn view_list(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let outline = self.outline(context);
        let has_total = total::is_listed(context, &outline);
        let length = outline.lines.len() + usize::from(has_total);
        let height = usize::from(frame::inner(area).height);
        let top = self.top.min(length.saturating_sub(height.max(1)));
        let mut title = self.title(context, look, &outline);
        let more = frame::more(look, top, height, length);
        // In the frame where the line of the total is out of sight.
        let is_in_sight = has_total && top + height >= length;
        let below = if is_in_sight { vec![] } else { heading::place(context, look, area, &more, &mut title) };
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let focused = context.focused && !self.reading;
        let inside = frame::draw(buf, look, area, &title, &more, focused);
        frame::say_below(buf, look, area, &more, &below, Role::Faint);
        if length == 0 {
            self.view_empty(context, look, inside, buf);
            return;
        }
        let indicator = context.selection.indicator;
        let on_total = self.on_total == Some(indicator) && has_total;
        let cursor =
            if on_total { Some(length - 1) } else { outline.cursor(&context.data.framework, indicator) };
        let query = Query::new(self.searched());
        let shown = outline.lines.iter().filter_map(|line| match line {
            OutlineLine::Indicator(one) => Some(*one),
            OutlineLine::Goal { .. } => None,
        });
        let value = rows::value_columns(context, look, usize::from(inside.width), shown);
        for (at, line) in (top..length).zip(0..inside.height) {
            let is_cursor = cursor == Some(at);
            let mut writer = LineWriter::new(buf, look, inside, line);
            if is_cursor && focused {
                writer = writer.cursor();
            }
            let Some(row) = outline.lines.get(at) else {
                total::draw(&mut writer, context, look, (is_cursor, focused));
                continue;
            };
            match *row {
                OutlineLine::Goal { goal, first, length } => {
                    let signs = (is_cursor, self.outlining.is_folded(goal));
                    rows::goal(&mut writer, context, look, signs, (goal, first, length));
                }
                OutlineLine::Indicator(one) => {
                    rows::indicator(&mut writer, context, look, (is_cursor, focused), (&query, value), one);
                }
            }
        }
    }

    fn title(&self, context: &PaneContext<'_>, look: &Look, outline: &Outline) -> Vec<(String, Role)> {
        let Selection { country, edition, .. } = context.selection;
        let between = look.glyphs.separator;
        let name = context.data.country(country).title().line();
        let label = safe_line(&context.data.edition(edition).label);
        let mut title = vec![(format!("{name} {between} {label}"), Role::Title)];
        if context.data.card(country, edition).is_none() {
            title.push((format!(" {between} no card"), Role::Gap));
        }
        let all = context.data.framework.indicators.len();
        if !self.searched().is_empty() {
            title.push((format!(" {between} /{}", safe_line(self.searched())), Role::Match));
        }
        if outline.kept < all {
            title.push((format!(" {between} {} of {all} shown", outline.kept), Role::Faint));
        }
        let only = self.only_gaps.then(|| "only gaps".to_owned());
        let only = only.into_iter().chain(self.reviewed.map(|filter| format!("only {}", filter.title())));
        title.extend(only.map(|words| (format!(" {between} {words}"), Role::Notice)));
        let flags = usize::from(context.review.flags_of_row(country, edition));
        if flags > 0 {
            let words = cell_text::count(flags, "flag", "flags");
            title.push((format!(" {between} {words} on the card"), Role::Mark));
        }
        let progress = context.review.progress(context.data, &[country], edition);
        if progress.reviewed > 0 {
            let words = format!(" {between} {}/{} reviewed", progress.reviewed, progress.of);
            title.push((words, Role::Faint));
        }
        let cards = &context.review.card_reviews;
        if let Some(signed) = cards.signed(country, edition) {
            let role = if signed.is_approved() { Role::Faint } else { Role::Notice };
            title.push((format!(" {between} {}", signed.words()), role));
        }
        if let Some(names) = names(cards.reviewers(country, edition)) {
            title.push((format!(" {between} for {names}"), Role::Faint));
        }
        title
    }

    fn view_empty(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let counts = context.data.counts(context.selection.country, context.selection.edition);
        let (first, second) = if self.reviewed.is_some() {
            (
                "No cell of this card is so.".to_owned(),
                context.spell(Pane::Card, "{clear-search} shows all indicators again"),
            )
        } else if self.searched().is_empty() {
            (
                format!("No gaps on this card: {} of {} given.", counts.given, counts.denominator()),
                context.spell(Pane::Card, "{only-gaps} shows all indicators again"),
            )
        } else {
            (
                "No indicator is called so here.".to_owned(),
                context.spell(Pane::Card, "{clear-search} clears the search"),
            )
        };
        LineWriter::new(buf, look, area, 0).put(&first, Role::Text);
        LineWriter::new(buf, look, area, 1).put(&second, Role::Faint);
    }
}
