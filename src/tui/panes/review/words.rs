//! What the queue says of itself: its title, how much is reviewed, and why nothing is listed.

use ratatui::{buffer::Buffer, layout::Rect};

use super::State;
use crate::{
    review::{
        Queue, QueueFilter,
        queue::{QueueSort, Stage},
    },
    text::{safe_line, wrap},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        places::Pane,
        widgets::line_writer::LineWriter,
    },
};

impl State {
    pub(super) fn title(&self, look: &Look, queue: &Queue) -> Vec<(String, Role)> {
        let between = look.glyphs.separator;
        let count = format!("Review {} {} of {} shown", look.glyphs.separator, queue.items.len(), queue.of);
        let mut title = vec![(count, Role::Title)];
        let role = if self.filter.state == Stage::Open { Role::Faint } else { Role::Notice };
        title.push((format!(" {between} {}", self.filter.state.id()), role));
        let author = self.filter.author.as_ref().map(|author| format!("by {}", author.line()));
        let country = self.filter.country.as_ref().map(|code| safe_line(code).into_string());
        let asked = self.filter.asked.as_ref().map(|who| format!("asked {}", who.line()));
        let kind = self.filter.kind.map(|kind| kind.title().to_owned());
        for words in [kind, author, asked, country].into_iter().flatten() {
            title.push((format!(" {between} {words}"), Role::Notice));
        }
        if self.sort != QueueSort::default() {
            title.push((format!(" {between} by {}", self.sort.title()), Role::Faint));
        }
        if !self.filter.text.is_empty() {
            title.push((format!(" {between} /{}", safe_line(&self.filter.text)), Role::Match));
        }
        title
    }

    /// Draws `142 of 528 cells reviewed, 3 changed since · 2022`.
    pub(super) fn view_progress(context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let edition = context.selection.edition;
        let progress = context.review.progress(context.data, context.members, edition);
        let label = safe_line(&context.data.edition(edition).label);
        let mut writer = LineWriter::new(buf, look, area, 0);
        let words = format!("{} of {} cells reviewed", progress.reviewed, progress.of);
        writer.gap(1).put(&words, Role::Text);
        if progress.changed > 0 {
            writer.put(&format!(", {} changed since", progress.changed), Role::Mark);
        }
        let group =
            if context.is_everyone() { String::new() } else { format!(", {}", context.group.title.line()) };
        writer.put(&format!(" {} {label}{group}", look.glyphs.separator), Role::Faint);
    }

    pub(super) fn view_empty(
        &self,
        queue: &Queue,
        context: &PaneContext<'_>,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let (first, second) = match (queue.of, self.filter.state) {
            (0, _) => (
                "Nothing has been said about these cards yet.",
                "{flag} flags a cell, {note} writes a note on it.",
            ),
            (_, Stage::Open) if self.is_plain() => {
                ("Nothing is left to do.", "{filter} shows what is resolved.")
            }
            _ => (
                "Nothing like that.",
                "{filter} has other states, kinds, authors and countries; {clear-search} takes all back.",
            ),
        };
        let second = context.spell(Pane::Review, second);
        let columns = usize::from(area.width.saturating_sub(2)).max(1);
        let lines = [(first, Role::Text), (second.as_str(), Role::Faint)];
        let lines =
            lines.iter().flat_map(|(words, role)| wrap(words, columns).into_iter().map(|line| (line, *role)));
        for ((line, role), at) in lines.zip(0..area.height) {
            LineWriter::new(buf, look, area, at).gap(1).put(&line, role);
        }
    }

    fn is_plain(&self) -> bool {
        self.filter == QueueFilter { state: self.filter.state, ..QueueFilter::default() }
    }
}
