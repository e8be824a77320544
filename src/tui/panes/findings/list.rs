//! The findings under their goals: k of n (N), the share, a bar of it, the sentence, the published figure.

use ratatui::buffer::Buffer;

use super::{
    Sheet,
    layout::FindingsLayout,
    lines::{
        COUNT_HEADING, FindingColumns, FindingLine, MOST_LINES, PERCENT, PUBLISHED_HEADING, about, beside,
        role_of, shortened,
    },
};
use crate::{
    core::{findings::Counted, search::Query},
    text::{safe_line, width, wrap, wrap_to},
    tui::{
        look::{GAP_SIGN, Look, Role},
        pane_context::PaneContext,
        places::Pane,
        widgets::{
            cell_text::count,
            frame,
            line_writer::LineWriter,
            scroll,
            stacked_bar::{self, Share},
        },
    },
};

/// The number of findings on a page, at least one.
pub(super) fn page(layout: FindingsLayout) -> isize {
    let lines = usize::from(layout.rows.height);
    scroll::page(if layout.has_own_lines() { lines / 2 } else { lines })
}

/// The first line to show so that a finding is wholly visible, with its goal if it is the first of it.
pub(super) fn scrolled(top: usize, position: usize, sheet: &Sheet, layout: FindingsLayout) -> usize {
    let lines = layout.lines(sheet);
    let height = usize::from(layout.rows.height);
    let Some(first) = lines.iter().position(|line| *line == FindingLine::Finding(position)) else { return 0 };
    let is_its_own = |line: &&FindingLine| matches!(line, FindingLine::Sentence(of, _) if *of == position);
    let last = first + lines[first + 1..].iter().take_while(is_its_own).count();
    let heading = first.checked_sub(1).filter(|above| matches!(lines[*above], FindingLine::Goal(_)));
    let mut top = top;
    for line in [heading, Some(last), Some(first)].into_iter().flatten() {
        top = scroll::scrolled(top, Some(line), height, lines.len());
    }
    top
}

/// Everything that one drawing needs.
pub(super) struct FindingList<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) context: &'a PaneContext<'a>,
    pub(super) look: &'a Look,
    pub(super) search: &'a str,
    pub(super) layout: FindingsLayout,
}

impl FindingList<'_> {
    pub(super) fn draw(&self, buf: &mut Buffer, (top, cursor): (usize, usize), focused: bool) {
        let lines = self.layout.lines(self.sheet);
        let height = usize::from(self.layout.rows.height);
        let top = top.min(lines.len().saturating_sub(height.max(1)));
        let title = self.title();
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let more = frame::more(self.look, top, height, lines.len());
        let legend = if lines.is_empty() { String::new() } else { stacked_bar::legend(self.look) };
        let both = if more.is_empty() { legend } else { format!("{legend}   {more}") };
        let fits = width(&self.look.words(&both)) + 4 <= usize::from(self.layout.list.width);
        let below = if fits { both } else { more };
        frame::draw(buf, self.look, self.layout.list, &title, &below, focused);
        if lines.is_empty() {
            return self.nothing(buf);
        }
        let query = Query::new(self.search);
        let columns =
            FindingColumns::new(usize::from(self.layout.rows.width), self.sheet, self.layout.has_own_lines());
        self.headings(buf, &columns);
        for (line, at) in lines.iter().skip(top).zip(0..self.layout.rows.height) {
            self.line(buf, at, *line, &columns, &query, (cursor, focused));
        }
        if let Some(row) = self.sheet.row(cursor) {
            self.strip(buf, row);
        }
    }

    fn line(
        &self,
        buf: &mut Buffer,
        at: u16,
        line: FindingLine,
        columns: &FindingColumns,
        query: &Query,
        (cursor, focused): (usize, bool),
    ) {
        let mut writer = LineWriter::new(buf, self.look, self.layout.rows, at);
        let (FindingLine::Finding(position) | FindingLine::Sentence(position, _)) = line else {
            let FindingLine::Goal(goal) = line else { return };
            let title = goal.map(|goal| self.context.data.framework.goal(goal).title.line());
            writer.put(title.as_deref().unwrap_or("Of no goal"), Role::Title);
            return;
        };
        let Some(row) = self.sheet.row(position) else { return };
        let is_cursor = position == cursor;
        let role = if is_cursor && !focused { Role::CursorElsewhere } else { Role::Text };
        if is_cursor && focused {
            writer = writer.cursor();
        }
        let sentence = row.finding.text.line();
        if let FindingLine::Sentence(_, part) = line {
            let words = self.look.words(&sentence);
            let lines = wrap_to(&words, columns.sentence.max(1), MOST_LINES, self.look.glyphs.ellipsis);
            let words = lines.into_iter().nth(part).unwrap_or_default();
            writer.gap(2).cell_found(&words, columns.sentence, role, query);
            return;
        }
        writer.cell(if is_cursor { self.look.glyphs.cursor } else { " " }, 1, Role::Key);
        if let Some(problem) = row.finding.problem() {
            // In place of the count, the share, the bar and, without a line of its own, the sentence.
            let place =
                if self.layout.has_own_lines() { columns.bar } else { columns.bar + 1 + columns.sentence };
            let room = columns.count + 1 + PERCENT + 2 + place + 2 + columns.published;
            let words = format!("problem: {}", problem.line());
            let words = if self.layout.has_own_lines() { words } else { format!("{sentence}: {words}") };
            let words = shortened(&self.look.words(&words), room, self.look.glyphs.ellipsis);
            writer.cell_found(&words, room, role_of(row), query);
            return;
        }
        writer.cell_right(&row.count_words(), columns.count, Role::Text).gap(1);
        match row.percent() {
            Some(_) => writer.cell_right(&row.percent_words(), PERCENT, Role::Given),
            None => writer.cell_right(GAP_SIGN, PERCENT, Role::Gap),
        };
        writer.gap(2);
        for (piece, role) in Share::of(row).line(self.look.glyphs, columns.bar.min(writer.rest())) {
            writer.put(&piece, role);
        }
        if !self.layout.has_own_lines() {
            writer.gap(1).cell_found(&sentence, columns.sentence, role, query);
        }
        if columns.published > 0 {
            writer.gap(if columns.bar > 0 || !self.layout.has_own_lines() { 2 } else { 0 });
            writer.cell(&beside(row).within(columns.published, self.look), columns.published, role_of(row));
        }
    }

    /// Draws the headings of the columns, so that counted and published figures are not confused.
    fn headings(&self, buf: &mut Buffer, columns: &FindingColumns) {
        let mut writer = LineWriter::new(buf, self.look, self.layout.head, 0);
        writer.gap(1).cell_right(COUNT_HEADING, columns.count, Role::Faint).gap(1);
        writer.cell_right("%", PERCENT, Role::Faint).gap(2 + columns.bar);
        if !self.layout.has_own_lines() {
            writer.gap(1).cell("countries that", columns.sentence, Role::Faint);
        }
        if columns.published > 0 {
            writer.gap(if columns.bar > 0 || !self.layout.has_own_lines() { 2 } else { 0 });
            writer.cell(PUBLISHED_HEADING, columns.published, Role::Faint);
        }
    }

    fn title(&self) -> Vec<(String, Role)> {
        let (context, between) = (self.context, self.look.glyphs.separator);
        let (shown, all) = (self.sheet.shown.len(), self.sheet.findings.rows.len());
        let many = if shown == all { format!("{all}") } else { format!("{shown} of {all}") };
        let mut title = vec![(format!("Findings {many}"), Role::Title)];
        let mut add = |words: &str, role| title.push((format!(" {between} {words}"), role));
        add(&safe_line(&context.data.edition(context.selection.edition).label), Role::Title);
        add(&count(context.members.len(), "country", "countries"), Role::Text);
        if !context.is_everyone() {
            add(&context.group.title.line(), Role::Notice);
        }
        if !self.search.is_empty() {
            add(&format!("/{}", safe_line(self.search)), Role::Match);
        }
        title
    }

    /// Draws the finding under the cursor in full, and how its count agrees with the published figure.
    fn strip(&self, buf: &mut Buffer, row: &Counted) {
        let area = self.layout.strip;
        let room = usize::from(area.width).saturating_sub(2);
        let ellipsis = self.look.glyphs.ellipsis;
        let sentence = self.look.words(&row.finding.text.line()).into_owned();
        let mut lines: Vec<(String, Role)> =
            wrap_to(&sentence, room, 2, ellipsis).into_iter().map(|line| (line, Role::Text)).collect();
        let words = about(row, self.context);
        let rest = usize::from(area.height).saturating_sub(lines.len());
        let words = wrap_to(&self.look.words(&words), room, rest, ellipsis);
        lines.extend(words.into_iter().map(|line| (line, role_of(row))));
        for ((line, role), at) in lines.iter().zip(0..area.height) {
            LineWriter::new(buf, self.look, area, at).gap(1).put(&safe_line(line), *role);
        }
    }

    fn nothing(&self, buf: &mut Buffer) {
        let words = if self.sheet.findings.rows.is_empty() {
            ["This framework has no findings.", "{new-finding} makes one of the selected indicator."]
        } else {
            ["No finding is called so here.", "{clear-search} clears the search"]
        };
        let words = words.map(|words| self.context.spell(Pane::Findings, words));
        let area = self.layout.rows;
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        let lines = words.iter().zip([Role::Text, Role::Faint]);
        let lines =
            lines.flat_map(|(words, role)| wrap(words, room).into_iter().map(move |line| (line, role)));
        for ((line, role), at) in lines.zip(0..area.height) {
            LineWriter::new(buf, self.look, area, at).gap(1).put(&line, role);
        }
    }
}
