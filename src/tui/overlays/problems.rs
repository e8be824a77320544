//! The problems of the files: where, what was expected, what was found, how to mend it.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::{problem::Problem, severity::Severity},
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
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Problems
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::Problems, BELOW).lines();
        self.list.scroll_into_view(backdrop.problems.len(), height);
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Problems, BELOW).lines();
        self.list.update(command, backdrop.problems.len(), height);
        match command {
            Command::Show(Overlay::Problems) => OverlayOutcome::Close,
            Command::Show(_) | Command::Reload => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Problems, BELOW);
        let problems = backdrop.problems;
        let more = self.list.more(look, problems.len(), layout.lines());
        let counts = match counts(problems) {
            counts if counts.is_empty() => counts,
            counts => format!(" {} {counts}", look.glyphs.separator),
        };
        frame::draw(
            buf,
            look,
            area,
            &[(Overlay::Problems.title(), Role::Title), (&counts, Role::Faint)],
            &more,
            true,
        );
        if problems.is_empty() {
            LineWriter::new(buf, look, layout.list, 0)
                .put("No problems: every file was read as it stands.", Role::Text);
            return;
        }
        for (line, at) in self.list.shown(problems.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            draw(&problems[line], &mut writer);
        }
        if let Some(problem) = problems.get(self.list.cursor) {
            draw_below(buf, look, layout.below, &about(problem), Role::Text);
        }
    }
}

fn draw(problem: &Problem, writer: &mut LineWriter<'_>) {
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
    let place = place(problem);
    let shown = if width(&place) > columns {
        format!("..{}", tail(&place, columns.saturating_sub(2)))
    } else {
        place
    };
    writer.cell(&shown, columns, Role::Faint).put(" ", Role::Text);
    writer.put(&problem.message, Role::Text);
}

/// `cards/IRL.json:14:22`, or the parts of it that are known.
fn place(problem: &Problem) -> String {
    let file = problem.file.as_ref().map_or_else(String::new, |file| file.line().into_string());
    problem.place.map_or_else(|| file.clone(), |at| format!("{file}:{}:{}", at.line, at.column))
}

/// All parts of a problem, one per line.
fn about(problem: &Problem) -> String {
    let path = problem.path.as_ref().filter(|path| path.raw() != "$").map(|path| path.line().into_string());
    let place = Some(place(problem)).filter(|place| !place.is_empty());
    let place: Vec<String> = place.into_iter().chain(path).collect();
    let unsaid =
        |words: Option<&Safe>| words.filter(|words| !problem.message.contains(words.as_str())).cloned();
    let layout = [
        Some(format!("{} ({})", problem.message, problem.code)),
        Some(place.join(" ")).filter(|place| !place.is_empty()),
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
