//! One finding opened: the countries for which it holds, does not hold or is not assessed, and what each says.

use ratatui::{buffer::Buffer, layout::Rect};
use strum::IntoEnumIterator as _;

use super::lines::{about, role_of};
use crate::{
    core::{
        dataset::CountryId,
        findings::{Answer, Answered, Counted},
        framework::IndicatorId,
    },
    text::{excerpt, width},
    tui::{
        command::Command,
        look::{Glyphs, Look, Role, UNICODE},
        pane_context::{PaneContext, Selection, Wish},
        widgets::{
            cell_text::{self, count},
            frame,
            line_writer::LineWriter,
            prose::{Prose, ProseLine},
            scroll,
            stacked_bar::Share,
        },
    },
};

/// Where the cursor is among the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The answer under the cursor, so that the cursor stays on it when the edition or the group changes.
    at: Option<(CountryId, IndicatorId)>,
    position: usize,
    top: usize,
}

/// One line: words, or the answer at this position.
enum Entry {
    Words(ProseLine),
    Answer(usize),
}

/// The longest sentence in characters; a longer one is cut.
const LONGEST_SENTENCE: usize = 400;
const WIDEST_NAME: usize = 28;

/// The answers in the order of the list: those for which the finding holds first.
fn listed(row: &Counted) -> Vec<&Answered> {
    let mut answers: Vec<&Answered> = row.answers.iter().collect();
    answers.sort_by_key(|answered| answered.answer);
    answers
}

fn key_of(answered: &Answered) -> Option<(CountryId, IndicatorId)> {
    Some((answered.country, *answered.indicators.first()?))
}

impl State {
    pub(super) fn update(&mut self, command: Command, row: &Counted, height: usize) -> Vec<Wish> {
        let answers = listed(row);
        let here = self.cursor(&answers);
        let page = scroll::page(height);
        let is_gap = |at: &usize| answers[*at].answer == Answer::Unassessed;
        let to = match command {
            _ if let Some(by) = scroll::steps(command, page) => scroll::moved(here, by, answers.len()),
            Command::NextGap => (here + 1..answers.len()).find(is_gap).unwrap_or(here),
            Command::PreviousGap => (0..here).rev().find(is_gap).unwrap_or(here),
            _ => return vec![],
        };
        if to == 0 {
            // The words above the first country are shown with it.
            self.top = 0;
        }
        self.position = to;
        self.at = answers.get(to).and_then(|answered| key_of(answered));
        vec![]
    }

    /// The cell under the cursor. If the finding has several indicators, the one that decides.
    pub(super) fn cell(&self, row: &Counted, selection: Selection) -> Option<Selection> {
        let answers = listed(row);
        let (country, indicator) = key_of(answers.get(self.cursor(&answers))?)?;
        Some(Selection { country, indicator, ..selection })
    }

    fn cursor(&self, answers: &[&Answered]) -> usize {
        let exact = answers.iter().position(|answered| self.at.is_some() && key_of(answered) == self.at);
        let same = || {
            let (country, _) = self.at?;
            answers.iter().position(|answered| answered.country == country)
        };
        exact.or_else(same).unwrap_or(self.position).min(answers.len().saturating_sub(1))
    }

    pub(super) fn scroll_into_view(&mut self, row: &Counted, context: &PaneContext<'_>, inside: Rect) {
        let answers = listed(row);
        self.position = self.cursor(&answers);
        self.at = answers.get(self.position).and_then(|answered| key_of(answered));
        let entries = entries(row, context, usize::from(inside.width), &UNICODE);
        self.top = self.scrolled(&entries, inside);
    }

    /// The first line to show. Drawing calls this again, because the glyphs that only the view knows may need more
    /// lines.
    fn scrolled(&self, entries: &[Entry], inside: Rect) -> usize {
        let cursor = |entry: &Entry| matches!(entry, Entry::Answer(at) if *at == self.position);
        let line = entries.iter().position(cursor);
        scroll::scrolled(self.top, line, usize::from(inside.height), entries.len())
    }

    pub(super) fn draw(
        &self,
        row: &Counted,
        context: &PaneContext<'_>,
        look: &Look,
        area: Rect,
        focused: bool,
        buf: &mut Buffer,
    ) {
        let inside = frame::inner(area);
        let answers = listed(row);
        let entries = entries(row, context, usize::from(inside.width), look.glyphs);
        let top = if focused { self.scrolled(&entries, inside) } else { 0 };
        let title = format!("Finding {}", row.count_words());
        let more = frame::more(look, top, usize::from(inside.height), entries.len());
        frame::draw(buf, look, area, &[(&title, Role::Title)], &more, focused);
        let names = answers.iter().map(|one| width(&context.data.country(one.country).name.line()));
        let names = names.max().unwrap_or(0).min(WIDEST_NAME).min(usize::from(inside.width) / 2);
        for (entry, line) in entries.iter().skip(top).zip(0..inside.height) {
            let mut writer = LineWriter::new(buf, look, inside, line);
            match entry {
                Entry::Words(pieces) => pieces.iter().for_each(|(words, role)| {
                    writer.put(words, *role);
                }),
                Entry::Answer(at) => {
                    let is_cursor = focused && *at == self.position;
                    if is_cursor {
                        writer = writer.cursor();
                    }
                    draw_answer(&mut writer, answers[*at], row, context, look, (names, is_cursor));
                }
            }
        }
    }
}

fn entries(row: &Counted, context: &PaneContext<'_>, columns: usize, glyphs: &Glyphs) -> Vec<Entry> {
    let mut prose = Prose::new(columns, glyphs);
    let framework = &context.data.framework;
    prose.say(&excerpt(row.finding.text.raw(), LONGEST_SENTENCE), 0, 0, Role::Title);
    if row.finding.problem().is_some() {
        prose.say(&about(row, context), 0, 2, role_of(row));
        return prose.lines.into_iter().map(Entry::Words).collect();
    }
    let share =
        row.percent().map_or_else(|| "nobody assessed".to_owned(), crate::core::findings::percent_words);
    prose.say(
        &format!("{} of {} assessed ({} in set), {share}", row.k, row.assessed, row.set),
        0,
        2,
        Role::Text,
    );
    let words = about(row, context);
    if !words.is_empty() {
        prose.say(&words, 0, 2, role_of(row));
    }
    // A small screen shows the countries without these lines.
    if columns >= 44 {
        prose.line(Share::of(row).line(glyphs, columns.min(60)));
        let asked =
            row.finding.indicators.iter().map(|id| framework.indicator(*id).title.line().into_string());
        let asked: Vec<String> = asked.collect();
        prose.say(&format!("asks: {}", asked.join("; ")), 0, 2, Role::Faint);
    }
    let answers = listed(row);
    let mut entries: Vec<Entry> = prose.lines.into_iter().map(Entry::Words).collect();
    for answer in Answer::iter() {
        let of: Vec<usize> = (0..answers.len()).filter(|at| answers[*at].answer == answer).collect();
        let Some(heading) = heading(answer, of.len(), row.finding.counts_answers) else { continue };
        let mut prose = Prose::new(columns, glyphs);
        prose.say(&heading, 0, 2, if answer == Answer::Unassessed { Role::Gap } else { Role::Title });
        entries.extend(prose.lines.into_iter().map(Entry::Words));
        entries.extend(of.into_iter().map(Entry::Answer));
    }
    entries
}

/// The heading of an answer; `None` if no country gives it, except for "holds" and "does not hold".
fn heading(answer: Answer, many: usize, counts_answers: bool) -> Option<String> {
    let (one, several) = if counts_answers { ("answer", "answers") } else { ("country", "countries") };
    let many = if many == 0 { format!("no {one}") } else { count(many, one, several) };
    let is_none = many.starts_with("no ");
    match answer {
        Answer::Holds => Some(format!("Holds for {many}")),
        Answer::HoldsNot => Some(format!("Does not hold for {many}")),
        _ if is_none => None,
        Answer::Unassessed => Some(format!("Not assessed: {many}, neither yes nor no")),
        Answer::NotApplicable => Some(format!("Not applicable: {many}, in no count")),
    }
}

fn draw_answer(
    writer: &mut LineWriter<'_>,
    answered: &Answered,
    row: &Counted,
    context: &PaneContext<'_>,
    look: &Look,
    (names, is_cursor): (usize, bool),
) {
    let name = context.data.country(answered.country).name.line();
    writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key).cell(
        &name,
        names,
        Role::Text,
    );
    let mut before = false;
    for indicator in &answered.indicators {
        let (says, role, flagged) = says(context, answered.country, *indicator, look);
        writer.put(if before { "; " } else { "  " }, Role::Faint);
        before = true;
        if row.finding.indicators.len() > 1 {
            let title = context.data.framework.indicator(*indicator).title.line();
            writer.put(&format!("{title}: "), Role::Faint);
        }
        writer.put(&says, role).put(if flagged { " !" } else { "" }, Role::Mark);
    }
}

/// The words of a cell: its value, and the printed words if they differ; or the reason of its gap.
fn says(
    context: &PaneContext<'_>,
    country: CountryId,
    indicator: IndicatorId,
    look: &Look,
) -> (String, Role, bool) {
    let edition = context.selection.edition;
    let scale = context.data.framework.scale(indicator);
    let cell = context.data.cell(country, edition, indicator);
    let value = cell_text::of_cell(scale, &cell, || context.data.label(country, edition, indicator));
    let mut says = value.all();
    let printed = context.data.detail(country, edition, indicator).printed.map(|printed| printed.line());
    if let Some(printed) = printed.filter(|printed| !same(printed, &says) && !same(printed, &value.head)) {
        says = format!("{says} {}{printed}{}", look.glyphs.quote_open, look.glyphs.quote_close);
    }
    (says, value.role, context.review.cell(country, edition, indicator).open > 0)
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
