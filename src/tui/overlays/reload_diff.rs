//! The changes of the last reload: country, edition, and the value before and after.

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
        reload_diff::{CardChange, Changed, MOST_LISTED},
        search::CellTarget,
    },
    text::{Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 3;
/// The least width at which a line has the full names of country and indicator.
const ROOMY: usize = 70;

#[derive(Clone, Debug, Default)]
pub struct State {
    list: ScrollList,
}

fn listed<'a>(backdrop: &Backdrop<'a>) -> &'a [Changed] {
    backdrop.reload_diff.map_or(&[], |reload_diff| &reload_diff.list)
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::ReloadDiff
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        let height = ListLayout::within(size, Overlay::ReloadDiff, BELOW).lines();
        self.list.scroll_into_view(listed(backdrop).len(), height);
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::ReloadDiff, BELOW).lines();
        let changes = listed(backdrop);
        if self.list.update(command, changes.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, changes.get(self.list.cursor).zip(backdrop.workspace)) {
            (Command::Enter, Some((change, workspace))) => match target(change, workspace) {
                Some(target) => OverlayOutcome::GoTo(target),
                None => OverlayOutcome::Refuse(Safe::fixed("that card is gone: there is nothing to go to")),
            },
            (Command::Show(Overlay::ReloadDiff), _) => OverlayOutcome::Close,
            (Command::Show(_) | Command::Reload, _) => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::ReloadDiff, BELOW);
        let changes = listed(backdrop);
        let more = self.list.more(look, changes.len(), layout.lines());
        let told = backdrop
            .reload_diff
            .map(|reload_diff| format!(" {} {}", look.glyphs.separator, reload_diff.told()));
        let title =
            [(Overlay::ReloadDiff.title(), Role::Title), (told.as_deref().unwrap_or(""), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        if changes.is_empty() {
            let words = match backdrop.reload_diff {
                None => "Nothing has changed since the files were read first.",
                Some(_) => "No card says something else.",
            };
            LineWriter::new(buf, look, layout.list, 0).put(words, Role::Text);
        }
        for (line, at) in self.list.shown(changes.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            writer.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            draw(&changes[line], &mut writer);
        }
        if let Some(change) = changes.get(self.list.cursor) {
            let cut = if changes.len() >= MOST_LISTED { "\nOnly the first are listed." } else { "" };
            draw_below(buf, look, layout.below, &format!("{}{cut}", about(change)), Role::Text);
        }
    }
}

fn draw(change: &Changed, writer: &mut LineWriter<'_>) {
    let Changed { country, name, edition, what } = change;
    let roomy = writer.rest() >= ROOMY;
    writer.cell(&safe_line(country), 4, Role::Text);
    if roomy {
        writer.cell(&safe_line(name), 16, Role::Text).put(" ", Role::Text);
    }
    writer.cell(&safe_line(edition), 8, Role::Faint);
    match what {
        CardChange::Cell { title, .. } => {
            let room = writer.rest() * 2 / 5;
            writer.cell(&title.line(), room, Role::Text).put(" ", Role::Text);
            writer.put(&became(what), Role::Differ);
        }
        _ => {
            writer.put(&became(what), Role::Differ);
        }
    }
}

/// `No -> Yes`, or what changed besides the value. The arrow is ASCII, so every terminal has it.
fn became(what: &CardChange) -> Safe {
    match what {
        CardChange::Cell { before, after, parts, .. } if before == after => {
            safe_line(&format!("{}: another {}", after.line(), parts.join(", ")))
        }
        CardChange::Cell { before, after, .. } => {
            safe_line(&format!("{} -> {}", before.line(), after.line()))
        }
        CardChange::NewCard => Safe::fixed("a new card"),
        CardChange::GoneCard => Safe::fixed("the card is gone"),
        CardChange::Words => Safe::fixed("the card has other words"),
    }
}

/// All parts of a change.
fn about(change: &Changed) -> String {
    let Changed { name, edition, what, .. } = change;
    let who = safe_line(&format!("{name}, {edition}"));
    match what {
        CardChange::Cell { title, before, after, parts, .. } => {
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

/// The changed cell in the cards as they are now; for a card its first indicator.
fn target(change: &Changed, workspace: &Workspace) -> Option<CellTarget> {
    let data = &workspace.data;
    let country = data.find_country(&change.country)?;
    let edition = data.find_edition(&change.edition)?;
    data.card(country, edition)?;
    let indicator = match &change.what {
        CardChange::Cell { indicator, .. } => data.framework.find_indicator(indicator)?,
        _ => data.framework.indicator_ids().next()?,
    };
    Some(CellTarget { country, edition, indicator })
}
