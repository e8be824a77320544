//! What changed on the disk: what others have said, then the changes of the last reload with the value before and after.

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
    review::{Record, news::target_of},
    text::{Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter, review_text},
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

/// A line of the list.
#[derive(Clone, Copy)]
enum Line<'a> {
    /// What another reviewer has said, and whether it was not looked at yet.
    Said(&'a Record, bool),
    Change(&'a Changed),
}

/// What others have said in this session or since the last, the newest first, then what changed in the files.
fn listed<'a>(backdrop: &Backdrop<'a>) -> Vec<Line<'a>> {
    let said = backdrop.workspace.into_iter().flat_map(|workspace| {
        let records = workspace.review.book.records().rev();
        let came = records.filter(|record| backdrop.inbox.has(&record.id));
        came.map(|record| Line::Said(record, backdrop.inbox.is_new(&record.id)))
    });
    let changes = backdrop.reload_diff.map_or(&[][..], |reload_diff| &reload_diff.list);
    said.chain(changes.iter().map(Line::Change)).collect()
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
        let lines = listed(backdrop);
        if self.list.update(command, lines.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, lines.get(self.list.cursor).zip(backdrop.workspace)) {
            (Command::Enter, Some((line, workspace))) => {
                let target = match line {
                    Line::Said(record, _) => said_of(record, workspace),
                    Line::Change(change) => target(change, workspace),
                };
                let gone = Safe::fixed("that card is gone: there is nothing to go to");
                target.map_or(OverlayOutcome::Refuse(gone), OverlayOutcome::GoTo)
            }
            (Command::Show(Overlay::ReloadDiff), _) => OverlayOutcome::Close,
            (Command::Show(_) | Command::Reload, _) => OverlayOutcome::Run(command),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::ReloadDiff, BELOW);
        let lines = listed(backdrop);
        let more = self.list.more(look, lines.len(), layout.lines());
        let told = backdrop
            .reload_diff
            .map(|reload_diff| format!(" {} {}", look.glyphs.separator, reload_diff.told()));
        let title =
            [(Overlay::ReloadDiff.title(), Role::Title), (told.as_deref().unwrap_or(""), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        if lines.is_empty() {
            let words = match backdrop.reload_diff {
                None => {
                    "Nothing has changed since the files were read first, and nobody else has said anything."
                }
                Some(_) => "All answers that are still there are as they were.",
            };
            LineWriter::new(buf, look, layout.list, 0).put(words, Role::Text);
        }
        for (line, at) in self.list.shown(lines.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            writer.cell(if line == self.list.cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            match lines[line] {
                Line::Said(record, is_new) => draw_said(record, is_new, backdrop, look, &mut writer),
                Line::Change(change) => draw(change, &mut writer),
            }
        }
        match lines.get(self.list.cursor) {
            Some(Line::Said(record, _)) => {
                let words = words_of(record, backdrop, look);
                draw_below(buf, look, layout.below, &words, Role::Text);
            }
            Some(Line::Change(change)) => {
                let is_cut = backdrop.reload_diff.is_some_and(|all| all.list.len() >= MOST_LISTED);
                let cut = if is_cut { "\nOnly the first are listed." } else { "" };
                draw_below(buf, look, layout.below, &format!("{}{cut}", about(change)), Role::Text);
            }
            None => {}
        }
    }
}

/// `Ben 29 Nov 10:00 answered “Article 12.”: Albania, OPSC, 2022`
fn words_of(record: &Record, backdrop: &Backdrop<'_>, look: &Look) -> String {
    let said = review_text::act(record, (look.glyphs.quote_open, look.glyphs.quote_close));
    let name = backdrop.workspace.and_then(|workspace| {
        let on = target_of(&workspace.review.book, record)?;
        Some(review_text::name(&workspace.data, on).into_string())
    });
    let when = review_text::when(&record.time);
    format!(
        "{} {when} {said}: {}",
        record.author.line(),
        name.unwrap_or_else(|| "taken back since".to_owned())
    )
}

fn draw_said(
    record: &Record,
    is_new: bool,
    backdrop: &Backdrop<'_>,
    look: &Look,
    writer: &mut LineWriter<'_>,
) {
    writer.cell(if is_new { "new" } else { "" }, 4, Role::Notice);
    writer.put(&words_of(record, backdrop, look), Role::Text);
}

/// The cell that a record is about; of a card its first indicator, of an indicator the selected country.
fn said_of(record: &Record, workspace: &Workspace) -> Option<CellTarget> {
    let place = target_of(&workspace.review.book, record)?.find(&workspace.data)?;
    let here = workspace.here();
    Some(CellTarget {
        country: place.country().unwrap_or(here.country),
        edition: place.edition(),
        indicator: place.indicator().unwrap_or(here.indicator),
    })
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
