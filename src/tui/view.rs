//! Draws the screen as a function of the model and changes nothing.

mod loading_screen;
mod footer;
mod title;
mod view_bar;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    widgets::{Clear, Widget as _},
};

use super::{
    layout::{self, SMALLEST},
    look::{Look, Role},
    model::Model,
    pane_context::PaneContext,
    widgets::line_writer::LineWriter,
};

/// Draws the whole frame.
pub fn view(model: &Model, look: &Look, frame: &mut Frame<'_>) {
    render(model, look, frame.area(), frame.buffer_mut());
}

/// The places on the screen that lead to web addresses, with these.
pub fn links(model: &Model, look: &Look) -> Vec<(Rect, String)> {
    let (Some(open), false) = (&model.overlay, layout::is_too_small(model.size)) else { return vec![] };
    open.links(look, model.overlay_area(&**open))
}

/// Draws the screen into a buffer that starts at the origin.
pub fn render(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let size = area.as_size();
    paint_ground(look, area, buf);
    if layout::is_too_small(size) {
        let words = format!("visavis needs {}x{}", SMALLEST.width, SMALLEST.height);
        LineWriter::new(buf, look, area, 0).put(&words, Role::Text);
        return;
    }
    let regions = layout::regions(size, model.wants());
    view_bar::draw(model, look, regions.views, buf);
    title::draw(model, look, &regions, buf);
    let mut panes = &regions.panes[..];
    if let Some(workspace) = &model.workspace {
        for (pane, area) in std::mem::take(&mut panes) {
            let focused = *pane == model.front() && model.overlay.is_none();
            let context = PaneContext { keymap: Some(&model.keymap), ..workspace.context(focused) };
            model.panes.of(*pane).view(&context, look, *area, buf);
        }
    } else {
        let inside = panes.iter().map(|(_, area)| *area).reduce(Rect::union).unwrap_or_default();
        loading_screen::draw(model, look, inside, buf);
    }
    if let Some(open) = &model.overlay {
        let area = model.overlay_area(&**open).intersection(buf.area);
        Clear.render(area, buf);
        paint_ground(look, area, buf);
        open.view(&model.backdrop(), look, area, buf);
    }
    footer::draw(model, look, regions.footer, buf);
}

/// Fills an area of blank cells with the colours of the ground, if it has any.
fn paint_ground(look: &Look, area: Rect, buf: &mut Buffer) {
    let ground = look.ground();
    if ground.fg.is_some() || ground.bg.is_some() {
        buf.set_style(area, ground);
    }
}
