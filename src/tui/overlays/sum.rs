//! The sum of a country's score: goals and cells, what was left out and why, how firm it is and how far its rank moves.

use std::sync::Arc;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        label,
        report::{ExplainKind, ExplainReport, ExplainRow},
        score::RankedBy,
        search::CellTarget,
    },
    text::{Safe, safe_line, width, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{cell_text::count, frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 2;
/// The score and the heads of the columns, above the list.
const ABOVE: u16 = 2;
/// The least width at which a row has weight and share.
const ROOMY: usize = 60;
/// Columns of points, weight and share.
const POINTS: usize = 7;
const SHARE: usize = 8;
const INDENT: usize = 4;

/// One line of the list: a row, or a part of the note below it.
#[derive(Clone, Debug)]
enum Line {
    Blank,
    Row(usize),
    Note(usize, String),
}

#[derive(Clone, Debug)]
pub struct State {
    /// Computed for these data, and again only when others are read.
    data: Arc<Dataset>,
    country: CountryId,
    edition: EditionId,
    headline: String,
    firm: String,
    rules: String,
    rows: Vec<ExplainRow>,
    list: ScrollList,
    lines: Vec<Line>,
}

impl State {
    /// The sum of this country's score in the selected group, by the rules of the workspace.
    pub fn new(country: CountryId, edition: EditionId, workspace: &Workspace) -> Self {
        let mut state = Self {
            data: Arc::clone(&workspace.data),
            country,
            edition,
            headline: String::new(),
            firm: String::new(),
            rules: String::new(),
            rows: vec![],
            list: ScrollList::default(),
            lines: vec![],
        };
        state.explain(workspace);
        state
    }

    fn explain(&mut self, workspace: &Workspace) {
        let (data, group) = (&workspace.data, workspace.group.clone());
        let of = RankedBy::Overall;
        let report = ExplainReport::new(data, group, self.edition, &workspace.rules, of, Some(self.country));
        // A score over all goals can always be explained.
        let Ok(report) = report else { return };
        self.headline = report.headline(self.country);
        self.firm = report.firm_words(self.country).unwrap_or_default();
        self.rules = report.rules_words();
        self.rows = report.rows();
        let cautions = self.rows.iter().filter(|row| row.kind == ExplainKind::Caution).count();
        if cautions > 0 {
            let said = count(cautions, "caution", "cautions");
            self.firm = format!("{}, {said} below", self.firm);
        }
    }

    /// Finds country and edition again in data that were read anew.
    fn follow(&mut self, workspace: &Workspace) {
        if Arc::ptr_eq(&self.data, &workspace.data) {
            return;
        }
        let country = workspace.data.find_country(self.data.country(self.country).code.raw());
        let edition = workspace.data.find_edition(&self.data.edition(self.edition).label);
        self.country = country.unwrap_or(workspace.selection.country);
        self.edition = edition.unwrap_or(workspace.selection.edition);
        self.data = Arc::clone(&workspace.data);
        self.explain(workspace);
    }

    fn lay(&mut self, columns: usize) {
        self.lines.clear();
        let mut is_about_rank = false;
        for (at, row) in self.rows.iter().enumerate() {
            let is_goal = row.kind == ExplainKind::Goal;
            let says_rank = !matches!(row.kind, ExplainKind::Goal | ExplainKind::Cell | ExplainKind::LeftOut);
            if at > 0 && (is_goal || says_rank && !is_about_rank) {
                self.lines.push(Line::Blank);
            }
            is_about_rank = says_rank;
            self.lines.push(Line::Row(at));
            if !row.note.is_empty() {
                let note = wrap(&safe_line(&row.note), columns.saturating_sub(INDENT + 1).max(1));
                self.lines.extend(note.into_iter().map(|line| Line::Note(at, line)));
            }
        }
    }

    /// The cell under the cursor.
    fn target(&self) -> Option<CellTarget> {
        let (Line::Row(at) | Line::Note(at, _)) = self.lines.get(self.list.cursor)? else { return None };
        let indicator = self.rows[*at].indicator?;
        Some(CellTarget { country: self.country, edition: self.edition, indicator })
    }

    fn draw_row(writer: &mut LineWriter<'_>, row: &ExplainRow) {
        let (role, indent) = match row.kind {
            ExplainKind::Goal => (Role::Title, 0),
            ExplainKind::Cell => (Role::Text, 2),
            ExplainKind::LeftOut => (Role::Faint, 2),
            ExplainKind::Firmness | ExplainKind::Range => (Role::Text, 0),
            ExplainKind::Caution => (Role::Warning, 0),
        };
        let is_roomy = writer.rest() >= ROOMY;
        let numbers = if is_roomy { POINTS + 2 * SHARE } else { POINTS };
        let words = writer.rest().saturating_sub(numbers + 1);
        let answer = words * 2 / 5;
        writer.gap(indent).cell(&row.title.line(), words.saturating_sub(answer + indent), role).gap(1);
        let answered = if row.kind == ExplainKind::LeftOut { Role::Faint } else { Role::Text };
        writer.cell(&row.answer.line(), answer, answered);
        let number = |value: Option<String>| value.unwrap_or_default();
        writer.cell_right(&number(row.points.map(label::tenths)), POINTS, role);
        if is_roomy {
            let weight = row.weight.map(|weight| format!("× {}", label::number(weight, 0)));
            writer.cell_right(&number(weight), SHARE, Role::Faint);
            let share = row.share.filter(|share| *share > 0.0 || row.kind == ExplainKind::Firmness);
            writer.cell_right(
                &number(share.map(|share| format!("{} %", label::tenths(share * 100.0)))),
                SHARE,
                Role::Faint,
            );
        }
    }

    fn heads(writer: &mut LineWriter<'_>) {
        let heads =
            if writer.rest() >= ROOMY { ["points", "weight", "share"].as_slice() } else { &["points"] };
        let columns = POINTS + SHARE * heads.len().saturating_sub(1);
        writer.gap(writer.rest().saturating_sub(columns));
        for head in heads {
            let wide = if *head == "points" { POINTS } else { SHARE };
            writer.cell_right(head, wide, Role::Faint);
        }
    }

    fn layout(area: Rect) -> (ListLayout, Rect) {
        ListLayout::with_heads(area, Overlay::Sum, BELOW, ABOVE)
    }

    fn within(size: Size) -> ListLayout {
        Self::layout(Rect { x: 0, y: 0, width: size.width, height: size.height }).0
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Sum
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        if let Some(workspace) = backdrop.workspace {
            self.follow(workspace);
        }
        let layout = Self::within(size);
        self.lay(usize::from(layout.list.width));
        self.list.scroll_into_view(self.lines.len(), layout.lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        if self.list.update(command, self.lines.len(), Self::within(size).lines()) {
            return OverlayOutcome::Stay;
        }
        match command {
            Command::Enter => self.target().map_or_else(
                || OverlayOutcome::Refuse(Safe::fixed("only an indicator can be gone to")),
                OverlayOutcome::GoTo,
            ),
            Command::Show(Overlay::Sum) => OverlayOutcome::Close,
            Command::Show(_) | Command::Reload => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some(workspace) = backdrop.workspace else { return };
        let (layout, head) = Self::layout(area);
        let more = self.list.more(look, self.lines.len(), layout.lines());
        let edition = safe_line(&self.data.edition(self.edition).label);
        let between = look.glyphs.separator;
        let about = format!(" {between} {} {between} {edition}", workspace.group.title.line());
        frame::draw(
            buf,
            look,
            area,
            &[(Overlay::Sum.title(), Role::Title), (&about, Role::Faint)],
            &more,
            true,
        );
        if head.height > 0 {
            let mut writer = LineWriter::new(buf, look, head, 0);
            writer.put(&safe_line(&self.headline), Role::Title);
            // Half a count would be a wrong one.
            let firm = look.words(&format!(" {between} {}", self.firm)).into_owned();
            if width(&firm) <= writer.rest() {
                writer.put(&firm, Role::Title);
            }
        }
        if head.height > 1 {
            Self::heads(&mut LineWriter::new(buf, look, head, 1));
        }
        for (line, at) in self.list.shown(self.lines.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            let is_cursor = line == self.list.cursor;
            if is_cursor {
                writer = writer.cursor();
            }
            writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key);
            match &self.lines[line] {
                Line::Blank => {}
                Line::Row(row) => Self::draw_row(&mut writer, &self.rows[*row]),
                Line::Note(row, words) => {
                    let is_caution = self.rows[*row].kind == ExplainKind::Caution;
                    let role = if is_caution { Role::Warning } else { Role::Faint };
                    writer.gap(INDENT).put(words, role);
                }
            }
        }
        draw_below(buf, look, layout.below, &self.rules, Role::Faint);
    }
}
