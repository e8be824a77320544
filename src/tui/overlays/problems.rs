//! The problems of the files: where, what was expected, what was found, how to mend it.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
    reading::{ReadingLine, ReadingPlace},
};
use crate::{
    core::{
        problem::{EqualProblems, Problem},
        severity::Severity,
    },
    text::{Safe, width},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::tail,
        widgets::{frame, line_writer::LineWriter},
    },
};

const BELOW: u16 = 5;

#[derive(Clone, Debug, Default)]
pub struct State {
    list: ScrollList,
    /// Where the first problem of each kind stands, and how many are equal to it.
    kinds: Vec<(usize, usize)>,
    /// Where the selected one can be answered in how the table was read.
    answer: Option<ReadingLine>,
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Problems
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Problems, BELOW).lines();
        self.kinds = EqualProblems::of(backdrop.problems).iter().map(|kind| (kind.at, kind.count)).collect();
        self.list.scroll_into_view(self.kinds.len(), height);
        let selected = self.kinds.get(self.list.cursor).and_then(|(at, _)| backdrop.problems.get(*at));
        let reading = backdrop.workspace.and_then(|workspace| workspace.data.readings.first());
        self.answer = selected.zip(reading).and_then(|(problem, reading)| ReadingLine::of(problem, reading));
    }

    fn enter_does(&self) -> Option<&'static str> {
        self.answer.as_ref().map(|_| "say what it is")
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Problems, BELOW).lines();
        self.list.update(command, self.kinds.len(), height);
        match command {
            Command::Show(Overlay::Problems) => OverlayOutcome::Close,
            Command::Show(_) | Command::Reload => OverlayOutcome::Run(command),
            Command::Enter => match &self.answer {
                Some(line) => OverlayOutcome::ShowReading(ReadingPlace {
                    line: Some(line.clone()),
                    ..ReadingPlace::default()
                }),
                None if self.kinds.is_empty() => OverlayOutcome::Stay,
                None => OverlayOutcome::Refuse(Safe::fixed("this is mended in the file; its hint says how")),
            },
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Problems, BELOW);
        let problems = backdrop.problems;
        let more = self.list.more(look, self.kinds.len(), layout.lines());
        let counts = match counts(problems) {
            counts if counts.is_empty() => counts,
            counts => format!(" {} {counts}", look.glyphs.separator),
        };
        // Of several sets each has its own.
        let of_many = backdrop.workspace.filter(|workspace| !workspace.data.others.is_empty());
        let set = of_many.map(|workspace| workspace.data.framework.title.line());
        let counts = set.map_or(counts.clone(), |set| format!(" in {set}{counts}"));
        frame::draw(
            buf,
            look,
            area,
            &[(Overlay::Problems.title(), Role::Title), (&counts, Role::Faint)],
            &more,
            true,
        );
        if problems.is_empty() {
            let words = match of_many {
                None => "No problems: every file was read as it stands.".to_owned(),
                Some(_) => backdrop.spell(
                    Overlay::Problems,
                    "No problems in this set; {sets} shows the others, each with its own.",
                ),
            };
            LineWriter::new(buf, look, layout.list, 0).put(&words, Role::Text);
            return;
        }
        let kind = |line: usize| {
            let (at, count) = *self.kinds.get(line)?;
            Some(EqualProblems { first: problems.get(at)?, at, count })
        };
        for (line, at) in self.list.shown(self.kinds.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            if let Some(kind) = kind(line) {
                draw(kind, &mut writer);
            }
        }
        if let Some(kind) = kind(self.list.cursor) {
            // On the screen a key does what the hint says for files and the command line.
            let here = self
                .answer
                .as_ref()
                .map(|_| backdrop.spell(Overlay::Problems, "Here: {open} goes to where it is said"));
            draw_below(buf, look, layout.below, &about(kind, here), Role::Text);
        }
    }
}

fn draw(EqualProblems { first: problem, count, .. }: EqualProblems<'_>, writer: &mut LineWriter<'_>) {
    let (word, letter, role) = match problem.severity {
        Severity::Error => ("error", "E", Role::Failed),
        Severity::Warning => ("warning", "W", Role::Warning),
        Severity::Hint => ("hint", "H", Role::Faint),
    };
    let roomy = writer.rest() >= 60;
    if roomy {
        writer.cell(word, 8, role)
    } else {
        writer.cell(letter, 2, role)
    };
    let columns = if roomy { writer.rest() * 2 / 5 } else { 14 };
    // The end of a long path says more than its beginning, so the beginning is cut.
    let place = problem.place_words();
    let shown = if width(&place) > columns {
        format!("..{}", tail(&place, columns.saturating_sub(2)))
    } else {
        place
    };
    writer.cell(&shown, columns, Role::Faint).put(" ", Role::Text);
    if count > 1 {
        writer.put(&format!("{count} times: "), Role::Faint);
    }
    writer.put(&problem.message, Role::Text);
}

/// All parts of a problem, one per line; `here` is what can be done about it on the screen.
fn about(EqualProblems { first: problem, count, .. }: EqualProblems<'_>, here: Option<String>) -> String {
    let path = problem.path.as_ref().filter(|path| path.raw() != "$").map(|path| path.line().into_string());
    let place = Some(problem.place_words()).filter(|place| !place.is_empty());
    let place: Vec<String> = place.into_iter().chain(path).collect();
    let unsaid =
        |words: Option<&Safe>| words.filter(|words| !problem.message.contains(words.as_str())).cloned();
    let layout = [
        Some(format!("{} ({})", problem.message, problem.code)),
        Some(if count > 1 {
            format!("{count} like this, first at {}", place.join(" "))
        } else {
            place.join(" ")
        })
        .filter(|place| !place.is_empty()),
        here,
        problem.hint.as_ref().map(|hint| format!("Hint: {hint}")),
        unsaid(problem.expected.as_ref()).map(|expected| format!("Expected: {expected}")),
        unsaid(problem.found.as_ref()).map(|found| format!("Found: {found}")),
    ];
    layout.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// `3 errors, 12 warnings`; severities without a problem are left out.
pub fn counts(problems: &[Problem]) -> String {
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let words = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let all = [
        words(of(Severity::Error), "error"),
        words(of(Severity::Warning), "warning"),
        words(of(Severity::Hint), "hint"),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
