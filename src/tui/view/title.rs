//! The first lines: whose cards, which edition, how much is missing, and what the framework wants said.

use ratatui::{buffer::Buffer, layout::Rect};

use super::loading_screen;
use crate::{
    core::{counts::Tally, groups, severity::Severity},
    text::{Raw, safe_line, width},
    tui::{
        layout::Regions,
        look::{Look, Role},
        model::{Model, Reading},
        pane_context::own_rules,
        widgets::{cell_text::count, line_writer::Pen},
    },
};

pub(super) fn draw(model: &Model, look: &Look, regions: &Regions, buf: &mut Buffer) {
    let area = regions.title;
    let notice = model.data.as_ref().and_then(|data| data.framework.notice.as_ref()).map(Raw::line);
    let has_line = !regions.notice.is_empty();
    if let Some(notice) = notice.as_deref().filter(|_| has_line) {
        Pen::new(buf, look, regions.notice, 0).gap(1).put(notice, Role::Notice);
    }
    let (right, role) = missing(model, look, area.width >= 60);
    // Between both there is a sign where they would run together, and room for it on a screen that has any.
    let between = if area.width >= 60 { look.glyphs.separator } else { "" };
    let apart = if between.is_empty() { 2 } else { 4 };
    let left = Rect { width: area.width.saturating_sub(fits(&look.words(&right)) + apart), ..area };
    let place = Rect { x: left.right(), width: area.width - left.width, ..area };
    let mut pen = Pen::new(buf, look, left, 0);
    let roomy = area.width >= 60;
    pen.gap(1);
    if roomy || model.data.is_none() {
        pen.put("visavis", Role::Title).gap(2);
    }
    let edition = edition(model, look, roomy);
    let room = pen.rest().saturating_sub(width(&edition));
    match (notice.filter(|_| !has_line), &model.data) {
        (Some(notice), _) => put_up_to(&mut pen, &notice, room, Role::Notice),
        (None, Some(data)) => {
            let title = data.framework.title.line();
            put_up_to(&mut pen, &title, room, Role::Text);
            // Where it was read from, if that can be said in full.
            let name = format!(" {} {}", look.glyphs.separator, data.name.line());
            if width(&title) + width(&look.words(&name)) <= room {
                pen.put(&name, Role::Faint);
            }
        }
        (None, None) => {}
    }
    pen.put(&edition, Role::Text);
    let is_close = pen.rest() < 2;
    let mut pen = Pen::new(buf, look, place, 0);
    if apart > 2 {
        pen.gap(1).put(if is_close { between } else { " " }, Role::Faint);
    }
    pen.gap(1).put(&right, role);
}

fn put_up_to(pen: &mut Pen<'_>, words: &str, room: usize, role: Role) {
    pen.cell(words, room.min(width(words)), role);
}

/// The edition, with an arrow for each side that has another, and the group if one was chosen.
fn edition(model: &Model, look: &Look, roomy: bool) -> String {
    let Some(desk) = &model.desk else { return String::new() };
    let at = desk.selection.edition;
    let label = safe_line(&desk.data.edition(at).label);
    let word = if roomy { "edition " } else { "" };
    let older = if at.index() > 0 { look.glyphs.older } else { " " };
    let newer = if at.index() + 1 < desk.data.edition_ids().len() { look.glyphs.newer } else { "" };
    let arrows = if desk.data.edition_ids().len() > 1 { format!(" {older} {newer}") } else { String::new() };
    let between = look.glyphs.separator;
    let group = if &*desk.group.id == groups::EVERYONE {
        String::new()
    } else {
        format!(" {between} {}", desk.group.title.line())
    };
    // Whoever reads a score must know that it is of one's own making, also after a restart.
    let own = own_rules(&desk.data.framework, &desk.rules).into_iter().filter(|_| roomy);
    let own = std::iter::once("").chain(own).collect::<Vec<_>>().join(&format!(" {between} "));
    format!(" {between} {word}{label}{arrows}{group}{own}")
}

/// What is missing in this edition, or how far reading has come.
fn missing(model: &Model, look: &Look, roomy: bool) -> (String, Role) {
    match (&model.reading, &model.desk) {
        (Reading::Underway(progress), _) => {
            (format!("reading {}", loading_screen::bytes_of(progress)), Role::Notice)
        }
        (Reading::Failed(_), Some(_)) => ("not read again".to_owned(), Role::Failed),
        (Reading::Failed(_), None) => ("not read".to_owned(), Role::Failed),
        (Reading::Idle, Some(desk)) => {
            let (mut words, role) = gaps(desk.tally);
            if model.size.width >= 100 && desk.tally.not_applicable > 0 {
                // What the cells that were asked about add up to.
                words = format!("{words} {} {} n/a", look.glyphs.separator, desk.tally.not_applicable);
            }
            let words = match desk.review.open_flags(&desk.members, desk.selection.edition) {
                0 => words,
                flags => format!("{words} {} {}", look.glyphs.separator, count(flags, "flag", "flags")),
            };
            match desk.data.problems.iter().filter(|problem| problem.severity == Severity::Error).count() {
                _ if !roomy => (words, role),
                0 => (words, role),
                1 => (format!("{words}, 1 error"), Role::Gap),
                errors => (format!("{words}, {errors} errors"), Role::Gap),
            }
        }
        (Reading::Idle, None) => (String::new(), Role::Text),
    }
}

fn gaps(tally: Tally) -> (String, Role) {
    match tally.missing {
        0 => (format!("no gaps in {}", tally.of()), Role::Faint),
        1 => (format!("1 gap in {}", tally.of()), Role::Gap),
        many => (format!("{many} gaps in {}", tally.of()), Role::Gap),
    }
}

fn fits(words: &str) -> u16 {
    u16::try_from(width(words)).unwrap_or(u16::MAX)
}
