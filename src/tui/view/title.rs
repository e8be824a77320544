//! The first lines of the screen: data set, edition, number of gaps, and the framework's notice.

use std::sync::Arc;

use ratatui::{buffer::Buffer, layout::Rect};

use super::loading_screen;
use crate::{
    core::{counts::Counts, dataset::Dataset, groups, severity::Severity},
    text::{Raw, safe_line, width},
    tui::{
        layout::Regions,
        look::{Look, Role},
        model::{Model, ReadState},
        pane_context::own_rules,
        widgets::{cell_text::count, line_writer::LineWriter},
    },
};

/// The name of the program.
const PROGRAM: &str = "visavis";

pub(super) fn draw(model: &Model, look: &Look, regions: &Regions, buf: &mut Buffer) {
    let area = regions.title;
    let notice = model.data.as_ref().and_then(|data| data.framework.notice.as_ref()).map(Raw::line);
    let has_line = !regions.notice.is_empty();
    if let Some(notice) = notice.as_deref().filter(|_| has_line) {
        LineWriter::new(buf, look, regions.notice, 0).gap(1).put(notice, Role::Notice);
    }
    let (right, role) = missing(model, look, area.width >= 60);
    // A separator keeps the two parts of the line apart on a screen with room for it.
    let between = if area.width >= 60 { look.glyphs.separator } else { "" };
    let apart = if between.is_empty() { 2 } else { 4 };
    let left = Rect { width: area.width.saturating_sub(fits(&look.words(&right)) + apart), ..area };
    let place = Rect { x: left.right(), width: area.width - left.width, ..area };
    let mut writer = LineWriter::new(buf, look, left, 0);
    let roomy = area.width >= 60;
    writer.gap(1);
    let edition = edition(model, look, roomy);
    // The name of the program gives way to that of the data.
    let named =
        |data: &Arc<Dataset>| width(&data.framework.title.line()) + width(&edition) + PROGRAM.len() + 2;
    let has_room = model.data.as_ref().is_none_or(|data| roomy && named(data) <= writer.rest());
    if has_room {
        writer.put(PROGRAM, Role::Title).gap(2);
    }
    let room = writer.rest().saturating_sub(width(&edition));
    match (notice.filter(|_| !has_line), &model.data) {
        (Some(notice), _) => put_up_to(&mut writer, &notice, room, Role::Notice),
        (None, Some(data)) => {
            let title = data.framework.title.line();
            put_up_to(&mut writer, &title, room, Role::Text);
            // The name of the file or folder, if it fits in full and no line above has it.
            let name = format!(" {} {}", look.glyphs.separator, data.name.line());
            if regions.views.is_empty() && width(&title) + width(&look.words(&name)) <= room {
                writer.put(&name, Role::Faint);
            }
        }
        (None, None) => {}
    }
    writer.put(&edition, Role::Text);
    let is_close = writer.rest() < 2;
    let mut writer = LineWriter::new(buf, look, place, 0);
    if apart > 2 {
        writer.gap(1).put(if is_close { between } else { " " }, Role::Faint);
    }
    writer.gap(1).put(&right, role);
}

fn put_up_to(writer: &mut LineWriter<'_>, words: &str, room: usize, role: Role) {
    writer.cell(words, room.min(width(words)), role);
}

/// The edition, with an arrow for each direction that has another one, and the group if one was chosen.
fn edition(model: &Model, look: &Look, roomy: bool) -> String {
    let Some(workspace) = &model.workspace else { return String::new() };
    let at = workspace.selection.edition;
    let label = safe_line(&workspace.data.edition(at).label);
    let word = if roomy { "edition " } else { "" };
    let older = if at.index() > 0 { look.glyphs.older } else { " " };
    let newer = if at.index() + 1 < workspace.data.edition_ids().len() { look.glyphs.newer } else { "" };
    let arrows =
        if workspace.data.edition_ids().len() > 1 { format!(" {older} {newer}") } else { String::new() };
    let between = look.glyphs.separator;
    let group = if &*workspace.group.id == groups::EVERYONE {
        String::new()
    } else {
        format!(" {between} {}", workspace.group.title.line())
    };
    // Changed rules are always shown, so that no score passes for one by the framework's rules, even after a restart.
    let own = own_rules(&workspace.data.framework, &workspace.rules).into_iter().filter(|_| roomy);
    let own = std::iter::once("").chain(own).collect::<Vec<_>>().join(&format!(" {between} "));
    format!(" {between} {word}{label}{arrows}{group}{own}")
}

/// The number of gaps in this edition, or how far reading has come.
fn missing(model: &Model, look: &Look, roomy: bool) -> (String, Role) {
    match (&model.reading, &model.workspace) {
        (ReadState::Underway(progress), _) => {
            (format!("reading {}", loading_screen::bytes_of(progress)), Role::Notice)
        }
        (ReadState::Failed(_), Some(_)) => ("not read again".to_owned(), Role::Failed),
        (ReadState::Failed(_), None) => ("not read".to_owned(), Role::Failed),
        (ReadState::Idle, Some(workspace)) => {
            let (mut words, role) = gaps(workspace.counts);
            if model.size.width >= 100 && workspace.counts.not_applicable > 0 {
                // With the not applicable cells the numbers add up to all cells.
                words = format!("{words} {} {} n/a", look.glyphs.separator, workspace.counts.not_applicable);
            }
            let words = match workspace.review.open_flags(&workspace.members, workspace.selection.edition) {
                0 => words,
                flags => format!("{words} {} {}", look.glyphs.separator, count(flags, "flag", "flags")),
            };
            // What others have said and nobody has looked at here.
            let words = match model.inbox.topics(&workspace.review.book).len() {
                0 => words,
                new => format!("{words} {} {new} new", look.glyphs.separator),
            };
            match workspace.data.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
            {
                _ if !roomy => (words, role),
                0 => (words, role),
                1 => (format!("{words}, 1 error"), Role::Gap),
                errors => (format!("{words}, {errors} errors"), Role::Gap),
            }
        }
        (ReadState::Idle, None) => (String::new(), Role::Text),
    }
}

fn gaps(counts: Counts) -> (String, Role) {
    match counts.missing {
        0 => (format!("no gaps in {}", counts.denominator()), Role::Faint),
        1 => (format!("1 gap in {}", counts.denominator()), Role::Gap),
        many => (format!("{many} gaps in {}", counts.denominator()), Role::Gap),
    }
}

fn fits(words: &str) -> u16 {
    u16::try_from(width(words)).unwrap_or(u16::MAX)
}
