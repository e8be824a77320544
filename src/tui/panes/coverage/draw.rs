//! Draws the matrix: fixed headings on both sides, a glyph per cell, totals, and the selected cell in words.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    State,
    glyph::{abbreviations, glyph, legend},
    grid::{Grid, name},
    headings::{GoalSpan, place_titles, title_lines},
};
use crate::{
    core::{
        coverage::{Coverage, CoverageSort},
        dataset::EditionId,
        framework::GoalId,
    },
    review::ReviewState,
    text::{fit, safe_block, safe_line, width, wrap},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        places::Pane,
        widgets::{
            cell_text::{self, count},
            frame,
            line_writer::LineWriter,
        },
    },
};

/// Everything that one drawing needs.
struct Sheet<'a> {
    state: &'a State,
    coverage: &'a Coverage,
    context: &'a PaneContext<'a>,
    look: &'a Look,
    grid: Grid,
    inside: Rect,
    shown: std::ops::Range<usize>,
}

pub(super) fn draw(
    state: &State,
    coverage: &Coverage,
    context: &PaneContext<'_>,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let inside = frame::inner(area);
    let grid = Grid::of(inside, context, coverage, state.legend);
    let shown = grid.shown(coverage, state.left);
    let title = title(state, coverage, context, look);
    let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
    let below = frame::more(look, state.top, grid.lines, coverage.rows.len());
    let beside = match (shown.start, coverage.columns.len() - shown.end) {
        (0, 0) => String::new(),
        (left, right) => format!("{left} left {right} right "),
    };
    let inside = frame::draw(buf, look, area, &title, &(beside + &below), context.focused);
    if coverage.rows.is_empty() {
        let words = if !state.filter.is_empty() || state.reviewed.is_some() {
            "No cell is so here any more."
        } else {
            "No country is called so here."
        };
        LineWriter::new(buf, look, inside, 0).put(words, Role::Text);
        let way = context.spell(Pane::Coverage, "{clear-search} shows all again");
        LineWriter::new(buf, look, inside, 1).put(&way, Role::Faint);
        return;
    }
    let sheet = Sheet { state, coverage, context, look, grid, inside, shown };
    sheet.headings(buf);
    sheet.rows(buf);
    sheet.totals(buf);
    if state.legend {
        sheet.legend(buf, grid.words);
    } else {
        sheet.words(buf);
        sheet.legend(buf, grid.legend);
    }
}

fn title(state: &State, coverage: &Coverage, context: &PaneContext<'_>, look: &Look) -> Vec<(String, Role)> {
    let between = look.glyphs.separator;
    let mut title = vec![("Coverage".to_owned(), Role::Title)];
    let mut add = |words: &str, role| title.push((format!(" {between} {words}"), role));
    if coverage.is_of_editions {
        let country = context.data.country(context.selection.country).name.line();
        add(&format!("{country}, {}", count(coverage.rows.len(), "edition", "editions")), Role::Title);
    } else {
        add(&safe_line(&context.data.edition(context.selection.edition).label), Role::Title);
        add(&count(coverage.rows.len(), "country", "countries"), Role::Text);
    }
    if !context.is_everyone() && !coverage.is_of_editions {
        add(&context.group.title.line(), Role::Notice);
    }
    if !state.search.is_empty() && !coverage.is_of_editions {
        add(&format!("/{}", safe_line(&state.search)), Role::Match);
    }
    if !state.filter.is_empty() || state.reviewed.is_some() {
        add(&state.filter_title(), Role::Notice);
    }
    if state.as_assigned {
        add("as assigned", Role::Notice);
    }
    for (sort, what) in [(state.rows, "rows"), (state.columns, "columns")] {
        match sort {
            CoverageSort::Natural => {}
            CoverageSort::MostGaps => add(&format!("{what} by most gaps"), Role::Faint),
            CoverageSort::FewestGaps => add(&format!("{what} by fewest gaps"), Role::Faint),
        }
    }
    if coverage.all.not_applicable > 0 {
        add(&format!("{} n/a not counted", coverage.all.not_applicable), Role::Faint);
    }
    title
}

impl Sheet<'_> {
    fn writer<'b>(&'b self, buf: &'b mut Buffer, line: usize) -> LineWriter<'b> {
        LineWriter::new(buf, self.look, self.inside, u16::try_from(line).unwrap_or(u16::MAX))
    }

    /// The screen column of a matrix column.
    fn x(&self, column: usize) -> u16 {
        let offset = 1 + self.grid.names + 1 + self.grid.offset(self.coverage, self.shown.start, column);
        self.inside.x.saturating_add(u16::try_from(offset).unwrap_or(u16::MAX))
    }

    fn selected_column(&self) -> Option<usize> {
        self.coverage.column_of(self.context.selection.indicator)
    }

    /// The shown columns of each goal.
    fn goals(&self) -> Vec<(GoalId, std::ops::Range<usize>)> {
        let mut goals: Vec<(GoalId, std::ops::Range<usize>)> = vec![];
        for at in self.shown.clone() {
            let goal = self.coverage.columns[at].goal;
            match goals.last_mut() {
                Some((last, range)) if *last == goal => range.end = at + 1,
                _ => goals.push((goal, at..at + 1)),
            }
        }
        goals
    }

    /// The width for a goal's title: up to the next goal.
    fn span(&self, columns: &std::ops::Range<usize>) -> usize {
        let end = if columns.end < self.shown.end {
            usize::from(self.x(columns.end)) - 1
        } else {
            usize::from(self.inside.right())
        };
        end.saturating_sub(usize::from(self.x(columns.start)))
    }

    /// Draws the titles of the goals over their columns; that of the selected column whole.
    fn goal_titles(&self, buf: &mut Buffer) {
        let selected = self.selected_column();
        let goals = self.goals();
        let spans = goals.iter().map(|(goal, columns)| GoalSpan {
            start: usize::from(self.x(columns.start)),
            columns: self.span(columns),
            title: self.context.data.framework.goal(*goal).title.line(),
            is_selected: selected.is_some_and(|at| columns.contains(&at)),
        });
        let room = usize::from(self.x(self.shown.start))..usize::from(self.inside.right());
        let spans: Vec<GoalSpan> = spans.collect();
        let mut writer = self.writer(buf, 0);
        for (at, start, columns) in place_titles(&spans, room) {
            let role = if spans[at].is_selected { Role::Key } else { Role::Title };
            writer.at(u16::try_from(start).unwrap_or(u16::MAX)).cell(&spans[at].title, columns, role);
        }
    }

    fn headings(&self, buf: &mut Buffer) {
        let framework = &self.context.data.framework;
        if self.grid.bands > 0 {
            self.goal_titles(buf);
        }
        let selected = self.selected_column();
        let ids = self.coverage.columns.iter().map(|column| &*framework.indicator(column.indicator).id);
        let letters = abbreviations(&ids.collect::<Vec<&str>>());
        let titles: Vec<Vec<String>> = if self.grid.has_titles {
            let ids = self.coverage.columns.iter().map(|column| column.indicator);
            let lines =
                |title: &str| title_lines(&self.look.words(title), self.grid.step - 1, self.grid.letters);
            ids.map(|id| lines(&framework.indicator(id).title.line())).collect()
        } else {
            vec![]
        };
        let letter = |column: usize, line: usize| match titles.get(column) {
            Some(lines) => lines.get(line).cloned().unwrap_or_default(),
            None => letters[column][line].to_string(),
        };
        for line in 0..self.grid.letters {
            let mut writer = self.writer(buf, self.grid.bands + line);
            for column in self.shown.clone() {
                let role = if selected == Some(column) { Role::Key } else { Role::Faint };
                writer.at(self.x(column)).put(&letter(column, line), role);
            }
            if line + 1 == self.grid.letters {
                writer.right("gaps", Role::Faint);
            }
        }
    }

    fn rows(&self, buf: &mut Buffer) {
        let first = self.grid.bands + self.grid.letters;
        let selection = self.context.selection;
        let cursor = self.coverage.row_of(selection.country, selection.edition);
        let top = self.state.top.min(self.coverage.rows.len().saturating_sub(self.grid.lines.max(1)));
        let rows = (top..self.coverage.rows.len()).take(self.grid.lines);
        for (line, row) in rows.enumerate() {
            let is_cursor = cursor == Some(row);
            self.row(buf, first + line, row, is_cursor);
        }
    }

    fn row(&self, buf: &mut Buffer, line: usize, at: usize, is_cursor: bool) {
        let row = &self.coverage.rows[at];
        let selected = self.selected_column().filter(|_| is_cursor);
        let named = name(self.context, self.coverage, row);
        let flagged = self.context.review.flags_of_row(row.country, row.edition) > 0;
        let mut writer = self.writer(buf, line);
        writer.cell(if is_cursor { self.look.glyphs.cursor } else { " " }, 1, Role::Key);
        writer.cell(&named, self.grid.names, if is_cursor { Role::Title } else { Role::Text });
        writer.cell(if flagged { "!" } else { " " }, 1, Role::Mark);
        for column in self.shown.clone() {
            let cell = self.coverage.cell(at, column);
            let indicator = self.coverage.columns[column].indicator;
            let review = self.context.review.cell(row.country, row.edition, indicator);
            let is_narrowed = !self.state.filter.is_empty() || self.state.reviewed.is_some();
            let keeps = !is_narrowed || self.coverage.is_hit(at, column);
            let x = self.x(column);
            if keeps {
                let (sign, role) = glyph(&self.context.data.framework, indicator, &cell);
                let role = if self.coverage.is_gone(at, column) { Role::Failed } else { role };
                let role = if review.open > 0 && self.grid.step == 1 { Role::Flagged } else { role };
                writer.at(x).put(&sign.to_string(), role);
                if self.grid.step > 1 && review.has_conflict {
                    writer.put("x", Role::Warning);
                } else if self.grid.step > 1 && review.open > 0 {
                    writer.put("!", Role::Mark);
                } else if self.grid.step > 1 && self.coverage.is_gone(at, column) {
                    writer.put("<", Role::Failed);
                } else if self.grid.step > 1 && review.state == ReviewState::Changed {
                    writer.put("*", Role::Mark);
                } else if self.grid.step > 1 && review.eyes > 0 {
                    writer.put(self.look.glyphs.reviewed, Role::Faint);
                }
            }
        }
        let missing = row.hits;
        let role = if missing > 0 { Role::Gap } else { Role::Faint };
        let total = match row.gone {
            0 => format!("{missing}"),
            gone => format!("{gone} gone  {missing}"),
        };
        writer.right(&total, role);
        if let Some(column) = selected {
            self.mark(buf, line, column);
        }
    }

    /// Draws the cursor: reversed, and between brackets if there is room.
    fn mark(&self, buf: &mut Buffer, line: usize, column: usize) {
        let (x, y) = (self.x(column), self.inside.y.saturating_add(u16::try_from(line).unwrap_or(u16::MAX)));
        if !self.shown.contains(&column) || y >= self.inside.bottom() || x >= self.inside.right() {
            return;
        }
        if self.grid.step > 1 {
            let place = Rect { x: x - 1, y, width: self.inside.right() - (x - 1), height: 1 };
            LineWriter::new(buf, self.look, place, 0).put("[", Role::Key);
            let place = Rect { x: x + 1, width: place.width - 2, ..place };
            LineWriter::new(buf, self.look, place, 0).put("]", Role::Key);
        }
        buf.set_style(Rect { x, y, width: 1, height: 1 }, self.look.style(Role::Cursor));
    }

    fn totals(&self, buf: &mut Buffer) {
        let first = self.grid.bands + self.grid.letters + self.grid.lines;
        let selected = self.selected_column();
        for line in 0..self.grid.totals {
            let mut writer = self.writer(buf, first + line);
            // Totals of more than one digit are written downwards, with leading zeros: without them a lone digit
            // would look like a total of its own.
            let words = ["by column", "read down"].get(line).copied().unwrap_or_default();
            writer.gap(1).cell(words, self.grid.names, Role::Faint);
            for column in self.shown.clone() {
                let hits = self.coverage.columns[column].hits;
                if self.grid.totals == 1 {
                    let role = match (selected == Some(column), hits) {
                        (true, _) => Role::Key,
                        (false, 0) => Role::Faint,
                        (false, _) => Role::Gap,
                    };
                    writer.at(self.x(column)).put(&hits.to_string(), role);
                    continue;
                }
                let digits = format!("{hits:0>0$}", self.grid.totals);
                let is_leading = digits[..=line].bytes().all(|digit| digit == b'0');
                let role = match (selected == Some(column), is_leading) {
                    (true, _) => Role::Key,
                    (false, true) => Role::Faint,
                    (false, false) => Role::Gap,
                };
                writer.at(self.x(column)).put(&digits[line..=line], role);
            }
            if line + 1 == self.grid.totals {
                writer.right(&self.coverage.hits.to_string(), Role::Gap);
            }
        }
        if self.grid.goals > 0 {
            let goals = self.goals();
            let mut writer = self.writer(buf, first + self.grid.totals);
            writer.gap(1).cell("by goal", self.grid.names, Role::Faint);
            for (goal, columns) in goals {
                let span = self.span(&columns);
                let missing: u32 =
                    self.coverage.columns.iter().filter(|c| c.goal == goal).map(|c| c.hits).sum();
                let role = if missing > 0 { Role::Gap } else { Role::Faint };
                let words = missing.to_string();
                if width(&words) <= span {
                    writer.at(self.x(columns.start)).put(&words, role);
                }
            }
        }
    }

    /// Draws the question of the selected column, and the selected cell in words.
    fn words(&self, buf: &mut Buffer) {
        let context = self.context;
        let selection = context.selection;
        let below = self.grid.words + self.grid.legend;
        let first = usize::from(self.inside.height).saturating_sub(below);
        let known = context.data.framework.indicator(selection.indicator);
        let title = known.title.line();
        let question = known.question.as_ref().map(|question| format!(": {}", question.line()));
        let cell = self.cell_words();
        let lines = match self.grid.words {
            0 => vec![],
            1 => vec![(format!("{title}: {cell}"), Role::Text)],
            _ => vec![(format!("{title}{}", question.unwrap_or_default()), Role::Faint), (cell, Role::Text)],
        };
        for (line, (words, role)) in lines.into_iter().enumerate() {
            let mut writer = self.writer(buf, first + line);
            let room = writer.rest().saturating_sub(1);
            let words = self.look.words(&words);
            writer.gap(1).put(&fit(&words, room, self.look.glyphs.ellipsis), role);
        }
    }

    fn cell_words(&self) -> String {
        let (context, selection) = (self.context, self.context.selection);
        let (country, edition, indicator) = (selection.country, selection.edition, selection.indicator);
        let cell = context.data.cell(country, edition, indicator);
        let scale = context.data.framework.scale(indicator);
        let said = cell_text::of_cell(scale, &cell, || context.data.label(country, edition, indicator)).all();
        let detail = context.data.detail(country, edition, indicator);
        let who = context.data.country(country).name.line();
        let when = safe_line(&context.data.edition(edition).label);
        let mut words = format!("{who}, {when}: {said}");
        let mut add = |more: String| words.push_str(&more);
        if let Some(printed) = detail.printed.as_ref().filter(|printed| printed.raw() != said) {
            let quotes = (self.look.glyphs.quote_open, self.look.glyphs.quote_close);
            add(format!(", printed {}{}{}", quotes.0, printed.line(), quotes.1));
        }
        for mark in cell.marks.titles() {
            add(format!(", {mark}"));
        }
        let review = context.review.cell(country, edition, indicator);
        if let Some(gap) = review.assigned {
            add(format!("; reviewers say: {}", gap.title()));
        }
        if review.has_conflict {
            add(context.spell(Pane::Coverage, "; CONFLICT: {card} says who said what"));
        }
        if review.open > 0 {
            add(format!("; {}", count(usize::from(review.open), "flag", "flags")));
        }
        match review.state {
            ReviewState::NotReviewed => {}
            ReviewState::Reviewed => add("; reviewed".to_owned()),
            ReviewState::Changed => add("; CHANGED since review".to_owned()),
        }
        let row = self.coverage.row_of(country, edition);
        if let (Some(row), Some(column)) = (row, self.selected_column())
            && self.coverage.is_gone(row, column)
        {
            let older = EditionId(edition.0.saturating_sub(1));
            add(format!("; given in {}", safe_line(&context.data.edition(older).label)));
        }
        words
    }

    /// Draws what the signs mean on the last lines.
    fn legend(&self, buf: &mut Buffer, lines: usize) {
        let first = usize::from(self.inside.height).saturating_sub(lines);
        let room = usize::from(self.inside.width).saturating_sub(2);
        let all = wrap(&safe_block(&legend(self.context)), room);
        for (line, words) in all.iter().take(lines).enumerate() {
            self.writer(buf, first + line).gap(1).put(words, Role::Text);
        }
    }
}
