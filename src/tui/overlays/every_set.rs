//! The comparison in every set of the files: a block a set, under its title and in its own edition.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::{
        compare::{Comparison, ComparisonRow, Verdict, VerdictNames, compare},
        dataset::Dataset,
        report::{CompareReport, ComparedSet, Only},
        search::Query,
        subject::Subject,
    },
    text::{Safe, fold, safe_line, width},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{
            cell_text::{self, Words},
            frame,
            line_writer::LineWriter,
        },
        workspace::Workspace,
    },
};

const BELOW: u16 = 1;
/// The heads of the columns, above the list.
const ABOVE: u16 = 1;
const MARGIN: usize = 2;
/// The widest and the narrowest column of answers.
const WIDEST: usize = 30;
const NARROWEST: usize = 7;

/// One line of the list.
#[derive(Clone, Debug)]
enum Line {
    Blank,
    Set(Safe),
    /// What is said of a set as a whole.
    Said(Safe, Role),
    Row(Box<Row>),
}

/// One indicator of a set.
#[derive(Clone, Debug)]
struct Row {
    indicator: Box<str>,
    title: Safe,
    /// The fullest words first.
    verdict: Vec<String>,
    role: Role,
    answers: Vec<(Words, Role)>,
}

#[derive(Clone, Debug)]
pub struct State {
    /// The subjects as other sets are asked for them.
    subjects: Vec<String>,
    names: Vec<Safe>,
    /// The set that is shown below, and its subjects with their editions.
    shown: (Box<str>, Vec<String>),
    /// Each with the id of its set. Empty until the sets are read.
    lines: Vec<(Box<str>, Line)>,
    field: TextInput,
    /// The lines that have what is typed, and the headings of their sets.
    found: Vec<usize>,
    said: Safe,
    list: ScrollList,
    is_waiting: bool,
}

impl State {
    /// Waits for the sets.
    pub(super) fn new(workspace: &Workspace) -> Self {
        let (data, subjects) = (&workspace.data, workspace.subjects());
        let edition = |subject: &Subject| &data.edition(subject.edition()).label;
        let exact = subjects.iter().map(|subject| format!("{}@{}", subject.text(data), edition(subject)));
        let shown = (data.framework.id.clone(), exact.collect());
        let elsewhere = workspace.subjects_elsewhere();
        let name = |(subject, text): (&Subject, &String)| {
            let name = subject.name(data).line();
            if text.contains('@') { safe_line(&format!("{name} {}", edition(subject))) } else { name }
        };
        let names = subjects.iter().zip(&elsewhere).map(name).collect();
        Self {
            subjects: elsewhere,
            names,
            shown,
            lines: vec![],
            field: TextInput::default(),
            found: vec![],
            said: Safe::fixed("reading every set..."),
            list: ScrollList::default(),
            is_waiting: true,
        }
    }

    /// Adds the block of a set.
    fn add(&mut self, data: &Dataset) {
        let id = data.framework.id.clone();
        let texts = if id == self.shown.0 { &self.shown.1 } else { &self.subjects };
        let subjects: Result<Vec<Subject>, Safe> =
            texts.iter().map(|text| Subject::parse(data, text, None)).collect();
        let compared = subjects.map(|subjects| compare(data, subjects));
        let report =
            compared.as_ref().map(|comparison| CompareReport::new(data, comparison, Only::Everything));
        let set = ComparedSet { data, report: report.map_err(Clone::clone) };
        let mut lines = if self.lines.is_empty() { vec![] } else { vec![Line::Blank] };
        lines.push(Line::Set(safe_line(&set.heading())));
        match (&compared, &set.report) {
            (Ok(comparison), Ok(report)) => {
                let totals = report.totals();
                lines.extend(totals.into_iter().map(|words| Line::Said(words.line(), Role::Faint)));
                lines.extend(
                    comparison
                        .rows
                        .iter()
                        .map(|row| Line::Row(Box::new(Row::new(data, comparison, report.names(), row)))),
                );
            }
            (Err(why), _) | (_, Err(why)) => {
                lines.push(Line::Said(safe_line(&format!("not compared: {why}")), Role::Gap));
            }
        }
        self.lines.extend(lines.into_iter().map(|line| (id.clone(), line)));
    }

    fn line(&self, at: usize) -> Option<&(Box<str>, Line)> {
        self.lines.get(*self.found.get(at)?)
    }

    /// Rows that have what is typed, under the headings of their sets; all of a set whose heading has it.
    fn found(&self) -> Vec<usize> {
        let query = Query::new(self.field.text());
        if query.is_empty() {
            return (0..self.lines.len()).collect();
        }
        let has = |words: &str| query.tier(&[fold(words)]).is_some();
        let (mut found, mut heading) = (vec![], None);
        let mut is_whole = false;
        for (at, (_, line)) in self.lines.iter().enumerate() {
            match line {
                Line::Set(title) => {
                    is_whole = has(title);
                    heading = Some(at);
                    if is_whole {
                        found.extend(heading.take());
                    }
                }
                Line::Row(row) if is_whole || has(&row.title) => {
                    found.extend(heading.take());
                    found.push(at);
                }
                Line::Blank | Line::Said(..) if is_whole => found.push(at),
                Line::Blank | Line::Said(..) | Line::Row(_) => {}
            }
        }
        found
    }

    /// How many of the found lines, or of all, are indicators.
    fn row_count<'l>(lines: impl Iterator<Item = &'l (Box<str>, Line)>) -> usize {
        lines.filter(|(_, line)| matches!(line, Line::Row(_))).count()
    }

    /// The columns of titles, of verdicts and of each answer.
    fn columns(&self, look: &Look, room: usize) -> [usize; 3] {
        let rows = || {
            self.lines.iter().filter_map(|(_, line)| match line {
                Line::Row(row) => Some(row),
                _ => None,
            })
        };
        let sides = self.names.len().max(1);
        let answers = rows().flat_map(|row| &row.answers).map(|(words, _)| width(&look.words(&words.all())));
        let names = self.names.iter().map(|name| width(name));
        let answer = answers.chain(names).max().unwrap_or(0) + 1;
        let answer = answer.min(WIDEST).min(room * 3 / 5 / (sides + 1)).max(NARROWEST);
        let verdict = rows().filter_map(|row| row.verdict.first()).map(|words| width(words)).max();
        let verdict = verdict.map_or(0, |wide| (wide + 1).min(answer.max(room / 6)));
        [room.saturating_sub(MARGIN + verdict + answer * sides), verdict, answer]
    }

    fn layout(area: Rect) -> (ListLayout, Rect) {
        ListLayout::with_heads(area, Overlay::EverySet, BELOW, ABOVE)
    }

    fn within(size: Size) -> ListLayout {
        Self::layout(Rect { x: 0, y: 0, width: size.width, height: size.height }).0
    }

    fn heads(&self, writer: &mut LineWriter<'_>, [title, verdict, answer]: [usize; 3]) {
        writer.gap(MARGIN + title + verdict);
        for name in &self.names {
            writer.cell(name, answer - 1, Role::Title).gap(1);
        }
    }
}

impl Row {
    fn new(data: &Dataset, comparison: &Comparison, names: &[String], row: &ComparisonRow) -> Self {
        let indicator = data.framework.indicator(row.indicator);
        let is_pair = comparison.subjects.len() == 2;
        let scale = data.framework.scale(row.indicator);
        let verdict = VerdictNames::new(data, comparison, names).words(scale, row);
        let answers = comparison.subjects.iter().enumerate().map(|(at, subject)| {
            let words = cell_text::of_cell(scale, &row.cells[at], || subject.label(data, row.indicator));
            let words = words.under(indicator.title.raw());
            let role = match (row.verdict, at) {
                _ if !row.cells[at].is_given() => words.role,
                _ if !is_pair && row.leaders.contains(&at) => Role::Ahead,
                (Verdict::Left(_), 0) | (Verdict::Right(_), 1) if is_pair => Role::Ahead,
                (verdict, _) if is_pair && verdict.is_difference() => Role::Differ,
                _ => words.role,
            };
            (words, role)
        });
        Self {
            indicator: indicator.id.clone(),
            title: indicator.title.line(),
            verdict: if is_pair { verdict } else { vec![] },
            role: cell_text::of_verdict(row.verdict),
            answers: answers.collect(),
        }
    }

    fn draw(
        &self,
        writer: &mut LineWriter<'_>,
        look: &Look,
        [title, verdict, answer]: [usize; 3],
        query: &Query,
    ) {
        writer.cell_found(&self.title, title.saturating_sub(1), Role::Text, query).gap(1.min(title));
        if verdict > 0 {
            let fits = self.verdict.iter().find(|words| width(words) < verdict).or(self.verdict.last());
            writer.cell(fits.map_or("", String::as_str), verdict - 1, self.role).gap(1);
        }
        for (words, role) in &self.answers {
            writer.cell(&words.within(answer - 1, look), answer - 1, *role).gap(1);
        }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::EverySet
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, _: &Backdrop<'_>) {
        self.found = self.found();
        let is_row = |at: &usize| matches!(self.lines[*at].1, Line::Row(_));
        let first = if self.field.is_empty() { None } else { self.found.iter().position(is_row) };
        self.list = ScrollList::at(first.unwrap_or(0));
    }

    fn wants_sets(&self) -> bool {
        self.is_waiting
    }

    fn take_sets(&mut self, sets: Result<&[Dataset], &Safe>) {
        self.is_waiting = false;
        self.lines.clear();
        match sets {
            Ok(sets) => {
                // The set that is shown comes first.
                let (shown, others): (Vec<_>, Vec<_>) =
                    sets.iter().partition(|data| data.framework.id == self.shown.0);
                shown.into_iter().chain(others).for_each(|data| self.add(data));
                self.found = self.found();
                self.said = Safe::fixed("");
            }
            Err(why) => self.said = why.clone(),
        }
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.found.len(), Self::within(size).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        if self.list.update(command, self.found.len(), Self::within(size).lines()) {
            return OverlayOutcome::Stay;
        }
        match (command, self.line(self.list.cursor)) {
            (Command::Enter, Some((set, _))) if *set == self.shown.0 => OverlayOutcome::Close,
            (Command::Enter, Some((set, line))) => {
                let indicator = if let Line::Row(row) = line { Some(row.indicator.clone()) } else { None };
                OverlayOutcome::OpenSet { set: set.clone(), indicator }
            }
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let (layout, head) = Self::layout(area);
        let more = self.list.more(look, self.found.len(), layout.lines());
        let names: Vec<&str> = self.names.iter().map(|name| &**name).collect();
        let about = format!(" {} {}", look.glyphs.separator, names.join(", "));
        let title = [(Overlay::EverySet.title(), Role::Title), (&*about, Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        let rows = Self::row_count(self.lines.iter());
        let hits = Self::row_count(self.found.iter().map(|at| &self.lines[*at]));
        let (asks, query) = ("an indicator or a set", Query::new(self.field.text()));
        draw_field(buf, look, layout.field, &self.field, asks, &found(hits, rows));
        let columns = self.columns(look, usize::from(layout.list.width));
        if head.height > 0 && !self.lines.is_empty() {
            self.heads(&mut LineWriter::new(buf, look, head, 0), columns);
        }
        if self.lines.is_empty() {
            draw_below(buf, look, layout.list, &self.said, Role::Notice);
        } else if self.found.is_empty() {
            draw_below(buf, look, layout.list, "no indicator and no set is called so", Role::Faint);
        }
        for (line, at) in self.list.shown(self.found.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            let is_cursor = line == self.list.cursor;
            if is_cursor {
                writer = writer.cursor();
            }
            let sign = if is_cursor { look.glyphs.cursor } else { " " };
            match &self.lines[self.found[line]].1 {
                Line::Blank => _ = writer.cell(sign, MARGIN, Role::Key),
                Line::Set(title) => _ = writer.cell(sign, 1, Role::Key).put(title, Role::Title),
                Line::Said(words, role) => _ = writer.cell(sign, MARGIN, Role::Key).put(words, *role),
                Line::Row(row) => {
                    row.draw(writer.cell(sign, MARGIN, Role::Key), look, columns, &query);
                }
            }
        }
        let is_over_time = self.subjects.iter().any(|text| text.contains('@'));
        let words = if is_over_time {
            "each set in the same editions; {open} shows the set under the cursor"
        } else {
            "each set in its own edition; {open} shows the set under the cursor"
        };
        draw_below(buf, look, layout.below, &backdrop.spell(Overlay::EverySet, words), Role::Faint);
    }
}
