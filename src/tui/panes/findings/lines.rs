//! The lines of the list of findings: their columns, and the words beside the sentence.

use super::Sheet;
use crate::{
    core::{
        findings::{Agreement, Counted, NOT_APPLICABLE_COUNTS},
        framework::GoalId,
    },
    text::{fit, width, wrap},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        places::Pane,
    },
};

/// One line of the list. Findings are given by their position among those shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FindingLine {
    Goal(Option<GoalId>),
    Finding(usize),
    /// A line of the sentence of a finding, if it has lines of its own: the finding, and which line.
    Sentence(usize, usize),
}

/// Where the sentences of findings stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sentences {
    /// Beside the figures.
    #[default]
    Beside,
    /// Below them, in lines of this width: as many as the sentence needs, at most [`MOST_LINES`].
    Below(usize),
}

/// A longer sentence is cut; the strip below the list, or the finding opened, has it whole.
pub(super) const MOST_LINES: usize = 3;

pub(super) fn lines(sheet: &Sheet, sentences: Sentences) -> Vec<FindingLine> {
    let mut lines = vec![];
    let mut before = None;
    for (position, row) in sheet.rows().enumerate() {
        let goal = row.finding.goal;
        if before != Some(goal) {
            lines.push(FindingLine::Goal(goal));
            before = Some(goal);
        }
        lines.push(FindingLine::Finding(position));
        let below = match sentences {
            Sentences::Beside => 0,
            Sentences::Below(columns) => wrap(&row.finding.text.line(), columns).len().clamp(1, MOST_LINES),
        };
        lines.extend((0..below).map(|part| FindingLine::Sentence(position, part)));
    }
    lines
}

/// Widths of the columns; 0 leaves one out.
pub(super) struct FindingColumns {
    pub(super) count: usize,
    pub(super) bar: usize,
    pub(super) sentence: usize,
    pub(super) published: usize,
}

pub(super) const PERCENT: usize = 7;
pub(super) const COUNT_HEADING: &str = "k of n";
pub(super) const PUBLISHED_HEADING: &str = "published";
const WIDEST_PUBLISHED: usize = 32;
/// A shorter bar says nothing.
const SHORTEST_BAR: usize = 6;

impl FindingColumns {
    pub(super) fn new(total: usize, sheet: &Sheet, has_two_lines: bool) -> Self {
        let count = sheet.rows().map(|row| row.count_words().len()).max().unwrap_or(0);
        let count = count.max(COUNT_HEADING.len());
        // Without the cursor, the counts, the share and the spaces around it.
        let rest = total.saturating_sub(1 + count + 1 + PERCENT + 2);
        let published = sheet.rows().map(|row| width(&beside(row).all())).max().unwrap_or(0);
        // The published figure is beside the count at every width; the bar is shortened for it, never the other way
        // round.
        // Without a figure to show there is no column.
        let is_shown = sheet.rows().any(|row| row.finding.own || row.finding.published.is_some());
        let published =
            if is_shown { published.clamp(PUBLISHED_HEADING.len(), WIDEST_PUBLISHED).min(rest) } else { 0 };
        let rest = if is_shown { rest.saturating_sub(published + 2) } else { rest };
        if has_two_lines {
            let bar = Some(rest.min(30)).filter(|bar| *bar >= SHORTEST_BAR).unwrap_or(0);
            return Self { count, bar, sentence: sentence_columns(total), published };
        }
        let bar = if total >= 100 { 20 } else { 10 };
        Self { count, bar: bar.min(rest), sentence: rest.saturating_sub(bar + 1), published }
    }
}

/// The width of a sentence with lines of its own, of this total.
pub(super) const fn sentence_columns(total: usize) -> usize {
    total.saturating_sub(3)
}

/// Whether every sentence fits beside its figures.
pub(super) fn fits_in_one_line(sheet: &Sheet, total: usize) -> bool {
    let room = FindingColumns::new(total, sheet, false).sentence;
    sheet.rows().all(|row| width(&row.finding.text.line()) <= room)
}

/// Shortens a sentence in the middle: two sentences often differ only in their last words.
pub(super) fn shortened(sentence: &str, columns: usize, ellipsis: &str) -> String {
    if width(sentence) <= columns {
        return sentence.to_owned();
    }
    let ends = sentence.match_indices(' ').map(|(at, _)| &sentence[at..]);
    let end = ends.into_iter().find(|end| width(end) <= columns / 3).unwrap_or_default();
    format!("{}{end}", fit(sentence, columns.saturating_sub(width(end)), ellipsis))
}

/// The published figure, followed by whether it agrees.
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

    /// The words within this width. A long figure is cut before the verdict is, unless only one of them has room.
    pub(super) fn within(&self, columns: usize, look: &Look) -> String {
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
    let published = row.finding.published.as_ref().filter(|_| row.finding.problem().is_none());
    let Some(published) = published else {
        return Beside { figure: String::new(), verdict: if row.finding.own { "made here" } else { "-" } };
    };
    Beside { figure: published.figure().line().into_string(), verdict: row.agreement.title() }
}

/// The explanation of a count beyond its figures.
pub(super) fn about(row: &Counted, context: &PaneContext<'_>) -> String {
    let mut words = vec![];
    words.extend(row.finding.problem().map(|problem| format!("not counted: {}", problem.line())));
    words.extend(row.passed_over_words());
    if row.finding.counts_not_applicable() {
        words.push(NOT_APPLICABLE_COUNTS.to_owned());
    }
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
        words.push(context.spell(Pane::Findings, "made here: {remove-finding} removes it"));
    }
    words.join("; ")
}

/// The role of a problem or an agreement. The words say the same, so the colour only helps.
pub(super) fn role_of(row: &Counted) -> Role {
    match row.agreement {
        _ if row.finding.problem().is_some() => Role::Warning,
        Agreement::NotComparable | Agreement::InWords | Agreement::Same => Role::Faint,
        Agreement::Truncated | Agreement::RoundedUp | Agreement::WithinOnePoint => Role::Notice,
        Agreement::Differs => Role::Warning,
    }
}
