//! The line that names the views with their keys and marks the one in front.

use ratatui::{buffer::Buffer, layout::Rect};
use strum::IntoEnumIterator as _;

use crate::{
    text::width,
    tui::{
        command::Command,
        look::{Look, Role},
        model::Model,
        places::Pane,
        widgets::line_writer::LineWriter,
    },
};

pub(super) fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let with = |title: fn(Pane) -> &'static str| -> Vec<(Pane, String)> {
        let name = |pane: Pane| {
            let key = model.keymap.key_of(Command::Go(pane), false);
            let key = key.map(|key| format!("{key} ")).unwrap_or_default();
            (pane, format!("{key}{}", title(pane)))
        };
        Pane::iter().filter(|pane| pane.is_listed()).map(name).collect()
    };
    // The view in front stands in brackets, so a name takes two columns more than its letters.
    let columns = |names: &[(Pane, String)]| names.iter().map(|(_, name)| width(name) + 2).sum::<usize>();
    let data = model.data.as_ref().map(|data| data.name.line().into_string()).unwrap_or_default();
    let mut names = with(Pane::title);
    if columns(&names) + width(&data) + 2 > usize::from(area.width) {
        names = with(Pane::short_title);
    }
    let mut writer = LineWriter::new(buf, look, area, 0);
    for (pane, name) in names {
        if pane == model.front() {
            writer.put("[", Role::Faint).put(&name, Role::Title).put("]", Role::Faint);
        } else {
            writer.gap(1).put(&name, Role::Faint).gap(1);
        }
    }
    let room = Rect { x: area.right() - u16::try_from(writer.rest()).unwrap_or(0), width: 0, ..area };
    let place = Rect { width: (area.right() - room.x).saturating_sub(1), ..room };
    LineWriter::new(buf, look, place, 0).right(&data, Role::Faint);
}
