//! The table of a comparison: the subjects, the tallies over all rows, then goals and rows.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    headings,
    layout::{ComparisonColumns, MARGIN},
};
use crate::{
    core::{
        cell::Value,
        compare::{self, Comparison, ComparisonRow, TimeSpan, Verdict},
        framework::{GoalId, IndicatorId},
        search::Query,
        subject::{self, Subject},
    },
    text::{ascii, fit, width},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        widgets::{
            cell_text::{self, Summary, Words},
            line_writer::LineWriter,
            outline::{Outline, OutlineLine, Outlining},
        },
    },
};

/// Columns below which the tallies have their shortest words.
const NARROW: usize = 56;
/// The columns of a year behind a value.
const YEAR: usize = " (2012)".len();

/// Everything that the lines of the table are drawn from.
#[derive(Debug)]
pub(super) struct ComparisonTable<'a> {
    pub(super) context: &'a PaneContext<'a>,
    pub(super) look: &'a Look,
    pub(super) comparison: &'a Comparison,
    pub(super) columns: ComparisonColumns,
    pub(super) tags: Vec<String>,
    pub(super) side: usize,
}

impl ComparisonTable<'_> {
    /// Draws the title (or the filter in words) and the names over their columns, with the cursor at its side.
    pub(super) fn head(&self, buf: &mut Buffer, area: Rect, filter: Option<String>) {
        let mut writer = LineWriter::new(buf, self.look, area, 0);
        let subjects = &self.comparison.subjects;
        let common = headings::common_edition(self.context.data, subjects);
        let (title, role) = match (filter, &common) {
            (Some(filter), _) => (filter, Role::Notice),
            (None, Some(edition)) => {
                (format!("Compare {} edition {edition}", self.look.glyphs.separator), Role::Title)
            }
            (None, None) => match (TimeSpan::of(subjects), subjects.first()) {
                // Narrow columns have room for the editions alone.
                (Some(_), Some(one)) => (one.name(self.context.data).line().into_string(), Role::Title),
                _ => ("Compare".to_owned(), Role::Title),
            },
        };
        let role = if self.context.focused || role == Role::Notice { role } else { Role::Faint };
        let room = (MARGIN + self.columns.title + self.columns.verdict).saturating_sub(1);
        writer.gap(1).cell(&title, room, role);
        for (at, subject) in subjects.iter().enumerate().filter(|_| self.columns.value > 0) {
            let is_side = at == self.side && self.context.focused;
            writer.cell(if is_side { self.look.glyphs.cursor } else { " " }, 1, Role::Key);
            writer.cell(&self.name(subject, at, common.is_some()), self.columns.value - 1, Role::Title);
        }
    }

    /// `Albania ALB`; the name is shortened, never the tag. The edition is added if it is not the same for all sides.
    fn name(&self, subject: &Subject, at: usize, is_common: bool) -> String {
        let room = self.columns.value.saturating_sub(2);
        let data = self.context.data;
        let edition = crate::text::safe_line(&data.edition(subject.edition()).label);
        let tag = &self.tags[at];
        let tag = if is_common || tag.contains(&*edition) { tag.clone() } else { format!("{tag} {edition}") };
        let name = subject.name(data).line();
        // The id of a group says again what its name says.
        let is_named_so = matches!(subject, Subject::Group(..)) && is_common;
        if is_named_so && width(&self.look.words(&name)) <= room {
            return name.into_string();
        }
        if width(&tag) + 4 > room {
            return fit(&tag, room, self.look.glyphs.ellipsis).into_owned();
        }
        format!("{} {tag}", fit(&self.look.words(&name), room - width(&tag) - 1, self.look.glyphs.ellipsis))
    }

    /// Draws the tallies over all rows, filtered or not.
    pub(super) fn tallies(&self, buf: &mut Buffer, area: Rect) {
        let mut writer = LineWriter::new(buf, self.look, area, 0);
        writer.gap(1);
        let between = self.look.glyphs.separator;
        let tallies = &self.comparison.tallies;
        if self.comparison.subjects.len() > 2 {
            self.leads(&mut writer, between);
            return;
        }
        let (left, right) = (&self.tags[0], &self.tags[1]);
        // Where not all have room, none may be dropped: the shortest words of each.
        let is_narrow = writer.rest() < NARROW;
        let gap = if is_narrow { 2 } else { 3 };
        let mut say = |words: String, role: Role| {
            writer.put(&words, role).gap(gap);
        };
        match TimeSpan::of(&self.comparison.subjects) {
            Some(span) if is_narrow => {
                let (improved, worsened) = span.tallies(self.comparison);
                say(format!("better {improved} {between} worse {worsened}"), Role::Text);
            }
            None if is_narrow => {
                say(format!("ahead {} {between} {}", tallies.left, tallies.right), Role::Text);
            }
            Some(span) => {
                let (improved, worsened) = span.tallies(self.comparison);
                say(format!("improved {improved} {between} worsened {worsened}"), Role::Text);
            }
            None => {
                say(format!("ahead {left} {} {between} {right} {}", tallies.left, tallies.right), Role::Text);
            }
        }
        say(format!("equal {}", tallies.equal), Role::Text);
        if tallies.differ > 0 {
            say(format!("differ {}", tallies.differ), Role::Text);
        }
        if tallies.not_comparable > 0 {
            let why = headings::reasons(self.comparison, &self.tags);
            let words = if is_narrow { "?" } else { "not comparable" };
            let why = if is_narrow { "" } else { &*why };
            say(format!("{words} {}{why}", tallies.not_comparable), Role::Gap);
        }
        if compare::is_over_the_same(&self.comparison.subjects) {
            say("of members given in both".to_owned(), Role::Faint);
        }
    }

    /// Writes, for three or more subjects, how often each leads and how many gaps each has.
    fn leads(&self, writer: &mut LineWriter<'_>, between: &str) {
        let rows = &self.comparison.rows;
        let each = |count: &dyn Fn(&ComparisonRow, usize) -> bool| {
            let side = |(at, tag): (usize, &String)| {
                format!("{tag} {}", rows.iter().filter(|row| count(row, at)).count())
            };
            let all: Vec<String> = self.tags.iter().enumerate().map(side).collect();
            all.join(&format!(" {between} "))
        };
        let leads = each(&|row, at| row.leaders.contains(&at));
        let gaps = each(&|row, at| row.cells.get(at).is_some_and(crate::core::cell::Cell::is_missing));
        writer.put(&format!("* leads {leads}"), Role::Text).gap(3).put(&format!("gaps {gaps}"), Role::Gap);
    }

    pub(super) fn rows(
        &self,
        buf: &mut Buffer,
        area: Rect,
        outline: &Outline,
        top: usize,
        outlining: &Outlining,
    ) {
        let cursor = outline.cursor(&self.context.data.framework, self.context.selection.indicator);
        let query = Query::new(outlining.searched());
        for (line, at) in outline.lines.iter().enumerate().skip(top).zip(0..area.height) {
            let (index, line) = line;
            let is_cursor = cursor == Some(index);
            let mut writer = LineWriter::new(buf, self.look, area, at);
            if is_cursor && self.context.focused {
                writer = writer.cursor();
            }
            match *line {
                OutlineLine::Goal { goal, first, length } => {
                    let fold = if outlining.is_folded(goal) {
                        self.look.glyphs.folded
                    } else {
                        self.look.glyphs.unfolded
                    };
                    writer.cell(if is_cursor { self.look.glyphs.cursor } else { fold }, 1, Role::Key);
                    self.goal(&mut writer, goal, first, length);
                }
                OutlineLine::Indicator(indicator) => {
                    writer.cell(if is_cursor { self.look.glyphs.cursor } else { " " }, MARGIN, Role::Key);
                    let role =
                        if is_cursor && !self.context.focused { Role::CursorElsewhere } else { Role::Text };
                    self.indicator(&mut writer, indicator, role, &query);
                }
            }
        }
    }

    fn goal(&self, writer: &mut LineWriter<'_>, goal: GoalId, first: IndicatorId, length: u16) {
        let framework = &self.context.data.framework;
        let all = first.index()..(first.index() + usize::from(length)).min(self.comparison.rows.len());
        let rows = &self.comparison.rows[all];
        let title = framework.goal(goal).title.line();
        let room = MARGIN - 1 + self.columns.title + self.columns.verdict;
        let ahead = self.goal_counts(rows);
        if !ahead.is_empty() && width(&self.look.words(&title)) + width(&ahead) + 2 <= room {
            let wide = width(&ahead);
            writer.cell(&title, room - wide - 1, Role::Title).cell(&ahead, wide + 1, Role::Faint);
        } else {
            writer.cell(&title, room, Role::Title);
        }
        for side in (0..self.comparison.subjects.len()).filter(|_| self.columns.value > 0) {
            let (between, plain): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.uppers[side].is_some());
            let mut summary =
                Summary::of(framework, plain.iter().map(|row| (row.indicator, row.cells[side])));
            for row in between {
                summary.add_between(&framework.scale(row.indicator).kind);
            }
            let room = self.columns.value - 1;
            let (counts, gaps) = (summary.counts(), summary.gaps());
            let counts = if width(&counts) <= room { counts } else { summary.counts_short() };
            writer.gap(1);
            if !gaps.is_empty() && width(&counts) + 2 + width(&gaps) <= room {
                let used = width(&counts) + 2;
                writer.put(&counts, Role::Text).put(", ", Role::Faint).cell(&gaps, room - used, Role::Gap);
            } else {
                writer.cell(&counts, room, Role::Text);
            }
        }
    }

    /// How many rows of a goal each side is ahead in; empty if none is.
    fn goal_counts(&self, rows: &[ComparisonRow]) -> String {
        if self.comparison.subjects.len() != 2 {
            return String::new();
        }
        let left = rows.iter().filter(|row| matches!(row.verdict, Verdict::Left(_))).count();
        let right = rows.iter().filter(|row| matches!(row.verdict, Verdict::Right(_))).count();
        if left + right == 0 {
            return String::new();
        }
        if let Some(span) = TimeSpan::of(&self.comparison.subjects) {
            let (up, down) = if span.first_is_older { (right, left) } else { (left, right) };
            return format!("improved {up} {} worsened {down}", self.look.glyphs.separator);
        }
        format!("ahead {left} {} {right}", self.look.glyphs.separator)
    }

    fn indicator(&self, writer: &mut LineWriter<'_>, indicator: IndicatorId, role: Role, query: &Query) {
        let data = self.context.data;
        let Some(row) = self.comparison.rows.get(indicator.index()) else { return };
        let whole = data.framework.indicator(indicator).title.line();
        let title = fit(&self.look.words(&whole), self.columns.title, self.look.glyphs.ellipsis).into_owned();
        let used = width(&title);
        writer.cell_found(&title, used, role, query).gap(self.columns.title - used);
        if self.columns.verdict > 0 {
            let room = self.columns.verdict - 2;
            let (words, role) = headings::verdict(data, self.comparison, row, &self.tags, room);
            writer.gap(1).cell(&words, room + 1, role);
        }
        let years = compare::years_apart(data, &self.comparison.subjects, row);
        for (at, subject) in self.comparison.subjects.iter().enumerate().filter(|_| self.columns.value > 0) {
            let words = self.words(row, subject, at).under(&whole);
            let leads = row.leaders.contains(&at);
            if leads {
                writer.cell("*", 1, Role::Ahead);
            } else {
                writer.gap(1);
            }
            let room = self.columns.value - 1;
            let year = years.as_ref().and_then(|years| years[at]).filter(|_| room > YEAR + 3);
            let kept = (room - if year.is_some() { YEAR } else { 0 }).saturating_sub(1).max(1);
            let value = words.within(kept, self.look);
            let role = self.role(row, at, &words);
            match year {
                Some(year) => {
                    let value = format!("{value} ");
                    let used = width(&value);
                    writer.cell(&value, used, role);
                    writer.cell(&format!("({year})"), room.saturating_sub(used), Role::Mark);
                }
                None => _ = writer.cell(&value, room, role),
            }
        }
    }

    /// The words of a cell. A median is followed by the number of cells it is taken of.
    pub(super) fn words(&self, row: &ComparisonRow, subject: &Subject, at: usize) -> Words {
        words_of(self.context, self.look.glyphs.becomes, row, subject, at)
    }

    fn role(&self, row: &ComparisonRow, at: usize, words: &Words) -> Role {
        if !row.cells[at].is_given() {
            return words.role;
        }
        if self.comparison.subjects.len() > 2 {
            return if row.leaders.contains(&at) { Role::Ahead } else { words.role };
        }
        match (row.verdict, at) {
            (Verdict::Left(_), 0) | (Verdict::Right(_), 1) => Role::Ahead,
            (Verdict::Left(_) | Verdict::Right(_) | Verdict::Differ(_), _) => Role::Differ,
            _ => words.role,
        }
    }
}

/// The words of a cell. A median is followed by the number of cells it is taken of, and what reviewers say by the sign of
/// what it `becomes`.
fn words_of(
    context: &PaneContext<'_>,
    becomes: &str,
    row: &ComparisonRow,
    subject: &Subject,
    at: usize,
) -> Words {
    let data = context.data;
    let cell = &row.cells[at];
    let scale = data.framework.scale(row.indicator);
    let words = cell_text::of_cell(scale, cell, || subject.label(data, row.indicator));
    if let (Subject::Group(group, edition), Ok(_)) = (subject, cell.state) {
        let median = subject::median(data, group, *edition, row.indicator);
        let whole = Words { unit: String::new(), ..words.clone() };
        let head = match (cell.state, median.upper) {
            (Ok(Value::Date(_) | Value::Text), _) | (_, Some(_)) => median.words(scale).line().into_string(),
            _ => whole.all(),
        };
        // That number is dropped before the value is cut; the strip below shows it in full.
        return Words { head, tail: String::new(), unit: format!("(of {} given)", median.given), ..whole };
    }
    match subject {
        Subject::Country(country, edition) => {
            words.assigned(context.review.cell(*country, *edition, row.indicator).assigned, becomes)
        }
        Subject::Group(..) => words,
    }
}

/// The longest that an answer is, and the longest title, on any terminal: what the widths of the columns depend on, and
/// too much to be asked for at every drawing.
pub(super) fn widest(context: &PaneContext<'_>, comparison: &Comparison) -> (usize, usize) {
    /// As terminals without Unicode have it, which is longer.
    const BECOMES: &str = "->";
    let data = context.data;
    let on_any = |words: &str| width(words).max(width(&ascii(words)));
    let answers = comparison.rows.iter().flat_map(|row| {
        let title = data.framework.indicator(row.indicator).title.line();
        let year = if compare::years_apart(data, &comparison.subjects, row).is_some() { YEAR } else { 0 };
        comparison.subjects.iter().enumerate().map(move |(at, subject)| {
            on_any(&words_of(context, BECOMES, row, subject, at).under(&title).all()) + year
        })
    });
    let titles = data.framework.indicators.iter().map(|one| on_any(&one.title.line()));
    (answers.max().unwrap_or(0), titles.max().unwrap_or(0))
}

/// The longest name of a side.
pub(super) fn widest_name(
    context: &PaneContext<'_>,
    look: &Look,
    comparison: &Comparison,
    tags: &[String],
) -> usize {
    let subjects = comparison.subjects.iter().enumerate();
    let names = subjects
        .map(|(at, subject)| width(&look.words(&subject.name(context.data).line())) + 1 + width(&tags[at]));
    names.max().unwrap_or(0)
}
