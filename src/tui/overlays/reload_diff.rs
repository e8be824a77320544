//! What changed when the files were read again: who, when, what it was and what it is.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below},
};
use crate::{
    core::{
        reload_diff::{Changed, MOST_LISTED, What},
        search::Target,
    },
    text::{Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::Pen},
        workspace::Desk,
    },
};

const BELOW: u16 = 3;
/// From this width on a line names country and indicator in full.
const ROOMY: usize = 70;

#[derive(Clone, Debug, Default)]
pub struct State {
    list: List,
}

fn listed<'a>(backdrop: &Backdrop<'a>) -> &'a [Changed] {
    backdrop.reread.map_or(&[], |reread| &reread.list)
}

impl State {
    pub(super) fn settle(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        let height = Parts::within(size, Overlay::Reread, BELOW).lines();
        self.list.settle(listed(backdrop).len(), height);
    }

    pub(super) fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Reread, BELOW).lines();
        let changes = listed(backdrop);
        if self.list.update(command, changes.len(), height) {
            return Outcome::Stay;
        }
        match (command, changes.get(self.list.cursor).zip(backdrop.desk)) {
            (Command::Enter, Some((change, desk))) => match target(change, desk) {
                Some(target) => Outcome::GoTo(target),
                None => Outcome::Refuse(Safe::fixed("that card is gone: there is nothing to go to")),
            },
            (Command::Show(Overlay::Reread), _) => Outcome::Close,
            (Command::Show(_) | Command::Reload, _) => Outcome::Run(command),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::Reread, BELOW);
        let changes = listed(backdrop);
        let more = self.list.more(look, changes.len(), parts.lines());
        let told = backdrop.reread.map(|reread| format!(" {} {}", look.glyphs.separator, reread.told()));
        let title = [(Overlay::Reread.title(), Role::Title), (told.as_deref().unwrap_or(""), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        if changes.is_empty() {
            let words = match backdrop.reread {
                None => "Nothing has changed since the files were read first.",
                Some(_) => "No card says something else.",
            };
            Pen::new(buf, look, parts.list, 0).put(words, Role::Text);
        }
        for (line, at) in self.list.shown(changes.len(), parts.lines()).zip(0..) {
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            pen.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            draw(&changes[line], &mut pen);
        }
        if let Some(change) = changes.get(self.list.cursor) {
            let cut = if changes.len() >= MOST_LISTED { "\nOnly the first are listed." } else { "" };
            draw_below(buf, look, parts.below, &format!("{}{cut}", about(change)), Role::Text);
        }
    }
}

fn draw(change: &Changed, pen: &mut Pen<'_>) {
    let Changed { country, name, edition, what } = change;
    let roomy = pen.rest() >= ROOMY;
    pen.cell(&safe_line(country), 4, Role::Text);
    if roomy {
        pen.cell(&safe_line(name), 16, Role::Text).put(" ", Role::Text);
    }
    pen.cell(&safe_line(edition), 8, Role::Faint);
    match what {
        What::Cell { title, .. } => {
            let room = pen.rest() * 2 / 5;
            pen.cell(&title.line(), room, Role::Text).put(" ", Role::Text);
            pen.put(&became(what), Role::Differ);
        }
        _ => {
            pen.put(&became(what), Role::Differ);
        }
    }
}

/// `No -> Yes`, or what else than the value is another. The arrow is one that every terminal has.
fn became(what: &What) -> Safe {
    match what {
        What::Cell { before, after, parts, .. } if before == after => {
            safe_line(&format!("{}: another {}", after.line(), parts.join(", ")))
        }
        What::Cell { before, after, .. } => safe_line(&format!("{} -> {}", before.line(), after.line())),
        What::NewCard => Safe::fixed("a new card"),
        What::GoneCard => Safe::fixed("the card is gone"),
        What::Words => Safe::fixed("the card has other words"),
    }
}

/// The whole of a change.
fn about(change: &Changed) -> String {
    let Changed { name, edition, what, .. } = change;
    let who = safe_line(&format!("{name}, {edition}"));
    match what {
        What::Cell { title, before, after, parts, .. } => {
            let also = match parts.as_slice() {
                [] => String::new(),
                parts if before == after => format!(" (another {})", parts.join(", ")),
                parts => format!(" (and another {})", parts.join(", ")),
            };
            format!("{who}: {}\n{} -> {}{also}", title.line(), before.line(), after.line())
        }
        _ => format!("{who}: {}", became(what)),
    }
}

/// Where the change is, in the cards as they are now; of a card its first indicator.
fn target(change: &Changed, desk: &Desk) -> Option<Target> {
    let data = &desk.data;
    let country = data.find_country(&change.country)?;
    let edition = data.find_edition(&change.edition)?;
    data.card(country, edition)?;
    let indicator = match &change.what {
        What::Cell { indicator, .. } => data.framework.find_indicator(indicator)?,
        _ => data.framework.indicator_ids().next()?,
    };
    Some(Target { country, edition, indicator })
}
