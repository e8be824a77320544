//! What is wrong with the files: where, what was expected, what was found, how to mend it.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below},
};
use crate::{
    core::{problem::Problem, severity::Severity},
    text::{Safe, width},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::tail,
        widgets::{frame, line_writer::Pen},
    },
};

const BELOW: u16 = 5;

#[derive(Clone, Debug, Default)]
pub struct State {
    list: List,
}

impl State {
    pub(super) fn settle(&mut self, problems: &[Problem], size: Size) {
        let height = Parts::within(size, Overlay::Problems, BELOW).lines();
        self.list.settle(problems.len(), height);
    }

    pub(super) fn update(&mut self, command: Command, problems: &[Problem], size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Problems, BELOW).lines();
        self.list.update(command, problems.len(), height);
        match command {
            Command::Show(Overlay::Problems) => Outcome::Close,
            Command::Show(_) | Command::Reload => Outcome::Run(command),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::Problems, BELOW);
        let problems = backdrop.problems;
        let more = self.list.more(look, problems.len(), parts.lines());
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
            Pen::new(buf, look, parts.list, 0)
                .put("No problems: every file was read as it stands.", Role::Text);
            return;
        }
        for (line, at) in self.list.shown(problems.len(), parts.lines()).zip(0..) {
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            draw(&problems[line], &mut pen);
        }
        if let Some(problem) = problems.get(self.list.cursor) {
            draw_below(buf, look, parts.below, &about(problem), Role::Text);
        }
    }
}

fn draw(problem: &Problem, pen: &mut Pen<'_>) {
    let (word, letter, role) = match problem.severity {
        Severity::Error => ("error", "E", Role::Failed),
        Severity::Warning => ("warning", "W", Role::Warning),
        Severity::Hint => ("hint", "H", Role::Faint),
    };
    let roomy = pen.rest() >= 60;
    if roomy {
        pen.cell(word, 8, role)
    } else {
        pen.cell(letter, 2, role)
    };
    let columns = if roomy { pen.rest() * 2 / 5 } else { 14 };
    // The end of a long path says more than its beginning.
    let place = place(problem);
    let shown = if width(&place) > columns {
        format!("..{}", tail(&place, columns.saturating_sub(2)))
    } else {
        place
    };
    pen.cell(&shown, columns, Role::Faint).put(" ", Role::Text);
    pen.put(&problem.message, Role::Text);
}

/// `cards/IRL.json:14:22`, as far as it is known.
fn place(problem: &Problem) -> String {
    let file = problem.file.as_ref().map_or_else(String::new, |file| file.line().into_string());
    problem.place.map_or_else(|| file.clone(), |at| format!("{file}:{}:{}", at.line, at.column))
}

/// The whole of a problem, a line a part.
fn about(problem: &Problem) -> String {
    let path = problem.path.as_ref().filter(|path| path.raw() != "$").map(|path| path.line().into_string());
    let place = Some(place(problem)).filter(|place| !place.is_empty());
    let place: Vec<String> = place.into_iter().chain(path).collect();
    let unsaid =
        |words: Option<&Safe>| words.filter(|words| !problem.message.contains(words.as_str())).cloned();
    let parts = [
        Some(format!("{} ({})", problem.message, problem.code)),
        Some(place.join(" ")).filter(|place| !place.is_empty()),
        problem.hint.as_ref().map(|hint| format!("Hint: {hint}")),
        unsaid(problem.expected.as_ref()).map(|expected| format!("Expected: {expected}")),
        unsaid(problem.found.as_ref()).map(|found| format!("Found: {found}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// `3 errors, 12 warnings`: only what there is.
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
