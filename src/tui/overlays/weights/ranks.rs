//! The ranks beside the weights: how far each has moved, with the selected country always in view.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    core::{
        cautions,
        dataset::CountryId,
        score::{CAUTION_LETTERS, Ranked, Ranking},
    },
    text::{width, wrap},
    tui::{
        command::Command,
        look::{Look, Role},
        widgets::{cell_text::count, frame, line_writer::LineWriter, scroll},
        workspace::Workspace,
    },
};

/// Beside a score on which few indicators stand, because others are not applicable.
const FEW_APPLY: &str = CAUTION_LETTERS[0].0;

/// The state of the list of ranks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ranks {
    /// Whether the movement keys scroll the ranks instead of the weights.
    pub(super) has_keys: bool,
    cursor: usize,
    top: usize,
}

/// The parts of an area: a heading, why the selected country has no rank, then ranks.
struct Parts {
    why: Vec<String>,
    rows: Rect,
}

impl Ranks {
    /// The country under the cursor.
    pub(super) fn country(&self, workspace: &Workspace) -> Option<CountryId> {
        workspace.ranking.rows.get(self.cursor).map(|row| row.country)
    }

    /// Moves the cursor. Returns false if the command is not a movement.
    pub(super) fn update(&mut self, command: Command, workspace: &Workspace, area: Rect) -> bool {
        let height = usize::from(parts(workspace, area).rows.height);
        let Some(by) = scroll::steps(command, scroll::page(height)) else { return false };
        let many = workspace.ranking.rows.len();
        self.cursor = scroll::moved(self.cursor, by, many);
        // The last line may be taken by the selected country.
        self.top = scroll::scrolled(self.top, Some(self.cursor), height.saturating_sub(1).max(1), many);
        self.scroll_into_view(workspace, area);
        true
    }

    pub(super) fn scroll_into_view(&mut self, workspace: &Workspace, area: Rect) {
        let height = usize::from(parts(workspace, area).rows.height);
        self.top = self.top.min(last(workspace.ranking.rows.len(), height));
        self.cursor = self.cursor.min(workspace.ranking.rows.len().saturating_sub(1));
    }

    /// The rows that are shown, and the row of the selected country if it is not among them.
    fn shown(self, workspace: &Workspace, height: usize) -> (Range<usize>, Option<usize>) {
        let all = workspace.ranking.rows.len();
        let here = workspace.ranking.rows.iter().position(|row| row.country == workspace.selection.country);
        let top = self.top.min(last(all, height));
        let whole = top..(top + height).min(all);
        match here {
            Some(at) if !whole.contains(&at) && height > 1 => (top..(top + height - 1).min(all), here),
            _ => (whole, None),
        }
    }

    pub(super) fn view(
        self,
        workspace: &Workspace,
        before: &Ranking,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let ranking = &workspace.ranking;
        let parts = parts(workspace, area);
        let height = usize::from(parts.rows.height);
        let (shown, pinned) = self.shown(workspace, height);
        let mut head = LineWriter::new(buf, look, area, 0);
        let more = frame::more(look, shown.start, shown.len(), ranking.rows.len());
        let room = usize::from(area.width).saturating_sub(width(&more) + 1);
        head.cell(&heading(ranking, room), room, Role::Title).right(&more, Role::Faint);
        for (line, at) in parts.why.iter().zip(1..area.height) {
            LineWriter::new(buf, look, area, at).put(line, Role::Gap);
        }
        for (row, at) in shown.clone().zip(0..parts.rows.height) {
            let mut writer = LineWriter::new(buf, look, parts.rows, at);
            let is_cursor = self.has_keys && row == self.cursor;
            if is_cursor {
                writer = writer.cursor();
            }
            writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key);
            draw(&mut writer, workspace, before, &ranking.rows[row]);
        }
        if let Some(row) = pinned {
            let at = u16::try_from(shown.len()).unwrap_or(u16::MAX).min(parts.rows.height.saturating_sub(1));
            let mut writer = LineWriter::new(buf, look, parts.rows, at);
            draw(writer.gap(1), workspace, before, &ranking.rows[row]);
        }
    }
}

/// The greatest row that may be at the top. The last line may be taken by the selected country.
const fn last(all: usize, height: usize) -> usize {
    all.saturating_sub(if height > 1 { height - 1 } else { height })
}

fn parts(workspace: &Workspace, area: Rect) -> Parts {
    let country = workspace.selection.country;
    let code = workspace.data.country(country).code.line();
    let why = workspace.context(true).why_no_rank(country).map(|why| format!("{code} no rank: {why}."));
    let data = &workspace.data;
    let (all, editions) = (|| data.framework.indicator_ids(), data.edition_ids().collect::<Vec<_>>());
    let edition = workspace.selection.edition;
    let caution = cautions::looks_missing(data, &workspace.members, &[edition], all());
    let caution = caution.into_iter().chain(cautions::rescaled(data, &editions, all()));
    let few = workspace.ranking.rows.iter().any(|row| workspace.rules.rests_on_few(row.coverage));
    let few = few.then(|| format!("{FEW_APPLY}: rests on few, others are n/a"));
    let said = why.into_iter().chain(few).chain(caution);
    let why: Vec<String> = said.flat_map(|words| wrap(&words, usize::from(area.width).max(1))).collect();
    let above = u16::try_from(why.len() + 1).unwrap_or(area.height).min(area.height);
    Parts { why, rows: Rect { y: area.y + above, height: area.height - above, ..area } }
}

/// `49 countries ranked, 8 without`, or shorter words if these do not fit.
fn heading(ranking: &Ranking, room: usize) -> String {
    let (ranked, without) = (ranking.rows.len(), ranking.unranked.len());
    let many = count(ranked, "country ranked", "countries ranked");
    let steps = match without {
        0 => [many.clone(), many],
        _ => [format!("{many}, {without} without"), format!("{ranked} ranked, {without} without")],
    };
    let [long, short] = steps;
    if width(&long) <= room { long } else { short }
}

fn draw(writer: &mut LineWriter<'_>, workspace: &Workspace, before: &Ranking, row: &Ranked) {
    let role = if row.country == workspace.selection.country { Role::CursorElsewhere } else { Role::Text };
    writer.cell_right(&row.words(), 4, Role::Text).gap(1);
    let (moved, direction) = moved(before, row);
    writer.cell(&moved, 5, direction);
    let name = workspace.data.country(row.country).name.line();
    let room = writer.rest().saturating_sub(7);
    writer.cell(&name, room, role);
    let few = if workspace.rules.rests_on_few(row.coverage) { FEW_APPLY } else { "" };
    writer.cell_right(&format!("{few} {}", row.points_words()), 7, Role::Text);
}

/// How far a country has moved since the framework's weights: `+3` up, `-2` down.
pub(super) fn moved(before: &Ranking, row: &Ranked) -> (String, Role) {
    match before.row(row.country).map(|before| i64::from(before.rank) - i64::from(row.rank)) {
        Some(0) => (String::new(), Role::Faint),
        Some(by) if by > 0 => (format!("+{by}"), Role::Ahead),
        Some(by) => (by.to_string(), Role::Differ),
        None => ("new".to_owned(), Role::Ahead),
    }
}
