//! The findings under their goals: k of n (N), the share, a bar of it, the sentence, the published figure.

use ratatui::buffer::Buffer;

use super::{Sheet, parts::Parts};
use crate::{
    core::{
        findings::{Agreement, Counted},
        framework::GoalId,
        search::Query,
    },
    text::{fit, safe_line, width, wrap, wrap_to},
    tui::{
        look::{Look, Role},
        place::Pane,
        scene::Scene,
        widgets::{
            frame,
            pen::Pen,
            scroll,
            share::{self, Share},
            words::{GAP_SIGN, count},
        },
    },
};

/// One line of the list; findings by their position among those shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Goal(Option<GoalId>),
    Finding(usize),
    /// The sentence of a finding, where it has a line of its own.
    Sentence(usize),
}

pub(super) fn lines(sheet: &Sheet, has_two_lines: bool) -> Vec<Line> {
    let mut lines = vec![];
    let mut before = None;
    for (position, row) in sheet.rows().enumerate() {
        let goal = row.finding.goal;
        if before != Some(goal) {
            lines.push(Line::Goal(goal));
            before = Some(goal);
        }
        lines.push(Line::Finding(position));
        if has_two_lines {
            lines.push(Line::Sentence(position));
        }
    }
    lines
}

/// Findings on a page, at least one.
pub(super) fn page(parts: Parts) -> isize {
    let lines = usize::from(parts.rows.height);
    scroll::page(if parts.has_two_lines { lines / 2 } else { lines })
}

/// The first line to show, so that a finding can be seen whole, with its goal if it is the first of it.
pub(super) fn scrolled(top: usize, position: usize, sheet: &Sheet, parts: Parts) -> usize {
    let lines = parts.lines(sheet);
    let height = usize::from(parts.rows.height);
    let Some(first) = lines.iter().position(|line| *line == Line::Finding(position)) else { return 0 };
    let last = first + usize::from(parts.has_two_lines);
    let heading = first.checked_sub(1).filter(|above| matches!(lines[*above], Line::Goal(_)));
    let mut top = top;
    for line in [heading, Some(last), Some(first)].into_iter().flatten() {
        top = scroll::scrolled(top, Some(line), height, lines.len());
    }
    top
}

/// Everything that one drawing needs.
pub(super) struct List<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) scene: &'a Scene<'a>,
    pub(super) look: &'a Look,
    pub(super) search: &'a str,
    pub(super) parts: Parts,
}

/// Widths of the columns; 0 leaves one out.
struct Columns {
    count: usize,
    bar: usize,
    sentence: usize,
    published: usize,
}

const PERCENT: usize = 7;
const COUNT_HEADING: &str = "k of n";
const PUBLISHED_HEADING: &str = "published";
const WIDEST_PUBLISHED: usize = 32;
/// A shorter bar says nothing.
const SHORTEST_BAR: usize = 6;

impl Columns {
    fn new(total: usize, sheet: &Sheet, has_two_lines: bool) -> Self {
        let count = sheet.rows().map(|row| row.count_words().len()).max().unwrap_or(0);
        let count = count.max(COUNT_HEADING.len());
        // The cursor, the counts and the spaces around the share.
        let rest = total.saturating_sub(1 + count + 1 + PERCENT + 2);
        let published = sheet.rows().map(|row| width(&beside(row).all())).max().unwrap_or(0);
        // The figure stands beside the count at every width: the bar gives way to it, never the other way round.
        let published = published.clamp(PUBLISHED_HEADING.len(), WIDEST_PUBLISHED).min(rest);
        let rest = rest.saturating_sub(published + 2);
        if has_two_lines {
            let bar = Some(rest.min(30)).filter(|bar| *bar >= SHORTEST_BAR).unwrap_or(0);
            return Self { count, bar, sentence: total.saturating_sub(3), published };
        }
        let bar = if total >= 100 { 20 } else { 10 };
        Self { count, bar: bar.min(rest), sentence: rest.saturating_sub(bar + 1), published }
    }
}

/// Whether every sentence has room beside its figures, so that no two rows read alike.
pub(super) fn fits_in_one_line(sheet: &Sheet, total: usize) -> bool {
    let room = Columns::new(total, sheet, false).sentence;
    sheet.rows().all(|row| width(&row.finding.text.line()) <= room)
}

impl List<'_> {
    pub(super) fn draw(&self, buf: &mut Buffer, (top, cursor): (usize, usize), focused: bool) {
        let lines = self.parts.lines(self.sheet);
        let height = usize::from(self.parts.rows.height);
        let top = top.min(lines.len().saturating_sub(height.max(1)));
        let title = self.title();
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let more = frame::more(self.look, top, height, lines.len());
        let legend = if lines.is_empty() { String::new() } else { share::legend(self.look) };
        let both = if more.is_empty() { legend } else { format!("{legend}   {more}") };
        let fits = width(&self.look.words(&both)) + 4 <= usize::from(self.parts.list.width);
        let below = if fits { both } else { more };
        frame::draw(buf, self.look, self.parts.list, &title, &below, focused);
        if lines.is_empty() {
            return self.nothing(buf);
        }
        let query = Query::new(self.search);
        let columns = Columns::new(usize::from(self.parts.rows.width), self.sheet, self.parts.has_two_lines);
        self.headings(buf, &columns);
        for (line, at) in lines.iter().skip(top).zip(0..self.parts.rows.height) {
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
        line: Line,
        columns: &Columns,
        query: &Query,
        (cursor, focused): (usize, bool),
    ) {
        let mut pen = Pen::new(buf, self.look, self.parts.rows, at);
        let (Line::Finding(position) | Line::Sentence(position)) = line else {
            let Line::Goal(goal) = line else { return };
            let title = goal.map(|goal| self.scene.data.framework.goal(goal).title.line());
            pen.put(title.as_deref().unwrap_or("Of no goal"), Role::Title);
            return;
        };
        let Some(row) = self.sheet.row(position) else { return };
        let is_cursor = position == cursor;
        let role = if is_cursor && !focused { Role::CursorElsewhere } else { Role::Text };
        if is_cursor && focused {
            pen = pen.cursor();
        }
        let sentence = row.finding.text.line();
        if matches!(line, Line::Sentence(_)) {
            let words = shortened(&self.look.words(&sentence), columns.sentence, self.look.glyphs.ellipsis);
            pen.gap(2).cell_found(&words, columns.sentence, role, query);
            return;
        }
        pen.cell(if is_cursor { self.look.glyphs.cursor } else { " " }, 1, Role::Key);
        pen.cell_right(&row.count_words(), columns.count, Role::Text).gap(1);
        match row.percent() {
            Some(_) => pen.cell_right(&row.percent_words(), PERCENT, Role::Given),
            None => pen.cell_right(GAP_SIGN, PERCENT, Role::Gap),
        };
        pen.gap(2);
        for (piece, role) in Share::of(row).line(self.look.glyphs, columns.bar.min(pen.rest())) {
            pen.put(&piece, role);
        }
        if !self.parts.has_two_lines {
            pen.gap(1).cell_found(&sentence, columns.sentence, role, query);
        }
        if columns.published > 0 {
            pen.gap(if columns.bar > 0 || !self.parts.has_two_lines { 2 } else { 0 });
            pen.cell(
                &beside(row).within(columns.published, self.look),
                columns.published,
                role_of(row.agreement),
            );
        }
    }

    /// What the columns are: a figure without its heading could be anybody's.
    fn headings(&self, buf: &mut Buffer, columns: &Columns) {
        let mut pen = Pen::new(buf, self.look, self.parts.head, 0);
        pen.gap(1).cell_right(COUNT_HEADING, columns.count, Role::Faint).gap(1);
        pen.cell_right("%", PERCENT, Role::Faint).gap(2 + columns.bar);
        if !self.parts.has_two_lines {
            pen.gap(1).cell("countries that", columns.sentence, Role::Faint);
        }
        if columns.published > 0 {
            pen.gap(if columns.bar > 0 || !self.parts.has_two_lines { 2 } else { 0 });
            pen.cell(PUBLISHED_HEADING, columns.published, Role::Faint);
        }
    }

    fn title(&self) -> Vec<(String, Role)> {
        let (scene, between) = (self.scene, self.look.glyphs.separator);
        let (shown, all) = (self.sheet.shown.len(), self.sheet.findings.rows.len());
        let many = if shown == all { format!("{all}") } else { format!("{shown} of {all}") };
        let mut title = vec![(format!("Findings {many}"), Role::Title)];
        let mut add = |words: &str, role| title.push((format!(" {between} {words}"), role));
        add(&safe_line(&scene.data.edition(scene.selection.edition).label), Role::Title);
        add(&count(scene.members.len(), "country", "countries"), Role::Text);
        if !scene.is_everyone() {
            add(&scene.group.title.line(), Role::Notice);
        }
        if !self.search.is_empty() {
            add(&format!("/{}", safe_line(self.search)), Role::Match);
        }
        title
    }

    /// The finding under the cursor in full, and how its figure stands to the one published.
    fn strip(&self, buf: &mut Buffer, row: &Counted) {
        let area = self.parts.strip;
        let room = usize::from(area.width).saturating_sub(2);
        let ellipsis = self.look.glyphs.ellipsis;
        let sentence = self.look.words(&row.finding.text.line()).into_owned();
        let mut lines: Vec<(String, Role)> =
            wrap_to(&sentence, room, 2, ellipsis).into_iter().map(|line| (line, Role::Text)).collect();
        let words = about(row);
        let rest = usize::from(area.height).saturating_sub(lines.len());
        let words = wrap_to(&self.look.words(&words), room, rest, ellipsis);
        lines.extend(words.into_iter().map(|line| (line, role_of(row.agreement))));
        for ((line, role), at) in lines.iter().zip(0..area.height) {
            Pen::new(buf, self.look, area, at).gap(1).put(&safe_line(line), *role);
        }
    }

    fn nothing(&self, buf: &mut Buffer) {
        let words = if self.sheet.findings.rows.is_empty() {
            ["This framework has no findings.", "{new-finding} makes one of the selected indicator."]
        } else {
            ["No finding is called so here.", "{clear-search} clears the search"]
        };
        let words = words.map(|words| self.scene.spell(Pane::Findings, words));
        let area = self.parts.rows;
        let room = usize::from(area.width.saturating_sub(2)).max(1);
        let lines = words.iter().zip([Role::Text, Role::Faint]);
        let lines =
            lines.flat_map(|(words, role)| wrap(words, room).into_iter().map(move |line| (line, role)));
        for ((line, role), at) in lines.zip(0..area.height) {
            Pen::new(buf, self.look, area, at).gap(1).put(&line, role);
        }
    }
}

/// A sentence that is too long keeps its last words: what tells two of them apart is often at the end.
fn shortened(sentence: &str, columns: usize, ellipsis: &str) -> String {
    if width(sentence) <= columns {
        return sentence.to_owned();
    }
    let ends = sentence.match_indices(' ').map(|(at, _)| &sentence[at..]);
    let end = ends.into_iter().find(|end| width(end) <= columns / 3).unwrap_or_default();
    format!("{}{end}", fit(sentence, columns.saturating_sub(width(end)), ellipsis))
}

/// The published figure, and after it whether it agrees.
pub(super) struct Beside {
    figure: String,
    verdict: &'static str,
}

impl Beside {
    fn all(&self) -> String {
        if self.figure.is_empty() {
            self.verdict.to_owned()
        } else {
            format!("{} {}", self.figure, self.verdict)
        }
    }

    /// A figure that is long is cut, the verdict after it is not, unless there is room for one of them only.
    fn within(&self, columns: usize, look: &Look) -> String {
        let figure = look.words(&self.figure).into_owned();
        let verdict = width(self.verdict) + 1;
        if figure.is_empty() || width(&figure) + verdict <= columns {
            return self.all();
        }
        let ellipsis = look.glyphs.ellipsis;
        match columns.checked_sub(verdict).filter(|room| *room >= width(&figure).min(8)) {
            Some(room) => format!("{} {}", fit(&figure, room, ellipsis), self.verdict),
            None => fit(&figure, columns, ellipsis).into_owned(),
        }
    }
}

/// `19 % ok`, `61 % truncated`, `nearly one in four, in words`.
pub(super) fn beside(row: &Counted) -> Beside {
    let Some(published) = &row.finding.published else {
        return Beside { figure: String::new(), verdict: if row.finding.own { "made here" } else { "-" } };
    };
    Beside { figure: published.figure().line().into_string(), verdict: row.agreement.title() }
}

/// What there is to say about a count beyond its figures.
pub(super) fn about(row: &Counted) -> String {
    let mut words = vec![];
    if !row.explained.is_empty() {
        words.push(row.explained.line().into_string());
    }
    if row.unassessed() > 0 {
        words.push(format!("{} of {} not assessed", row.unassessed(), row.set));
    }
    if row.not_applicable > 0 {
        words.push(format!("{} not applicable, in no count", row.not_applicable));
    }
    if row.finding.counts_answers {
        words.push("answers are counted, not countries".to_owned());
    }
    if row.finding.own {
        words.push("made here: D removes it".to_owned());
    }
    words.join("; ")
}

/// The words say it; the colour only helps.
pub(super) const fn role_of(agreement: Agreement) -> Role {
    match agreement {
        Agreement::NotComparable | Agreement::InWords | Agreement::Same => Role::Faint,
        Agreement::Truncated | Agreement::RoundedUp | Agreement::WithinOnePoint => Role::Notice,
        Agreement::Differs => Role::Warning,
    }
}
