//! The mouse, when it is on: a click selects, a click on the selection opens it, the wheel moves.
//!
//! The target is found in the drawn picture: the cursor is stepped with the movement commands until it is drawn under
//! the pointer. So every pane and overlay that the arrow keys work in can be clicked, and none has to remember where
//! it drew what.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{
    command::Command,
    look::{Look, Role},
    model::{Effect, Model},
    places::Pane,
    update::{is_free, run},
    view,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Click,
    WheelUp,
    WheelDown,
}

/// Rows that one notch of the wheel moves.
const WHEEL: usize = 3;

/// Handles one mouse report at a cell of the screen. Does nothing while the mouse is off.
pub fn point(model: &mut Model, pointer: Pointer, at: Position) -> Vec<Effect> {
    if !model.has_mouse || !Rect::from((Position::ORIGIN, model.size)).contains(at) {
        return vec![];
    }
    if !is_free(model) {
        return vec![];
    }
    if let Some(open) = &model.overlay {
        let area = model.overlay_area(&**open);
        return match pointer {
            Pointer::Click if !area.contains(at) => run(model, Command::Back),
            Pointer::Click => click(model, area, at, false),
            _ => wheel(model, pointer),
        };
    }
    let Some((pane, area)) = model.regions().panes.into_iter().find(|(_, area)| area.contains(at)) else {
        return vec![];
    };
    let mut effects = vec![];
    if pane != model.front() {
        effects.extend(run(model, Command::Go(pane)));
        // Giving another pane the keys may have moved the panes; the pointer then means nothing any more.
        if model.area(pane) != area {
            return effects;
        }
        if pointer == Pointer::Click {
            let has_columns = model.pane().has_columns();
            effects.extend(seek(model, area, at, has_columns));
            return effects;
        }
    }
    let has_columns = model.pane().has_columns();
    effects.extend(match pointer {
        Pointer::Click => click(model, area, at, has_columns),
        _ if scroll_words(model, pane, area, pointer, at) => vec![],
        _ => wheel(model, pointer),
    });
    effects
}

/// Scrolls words beside a list if the pointer is over them; the selection stays. Returns whether it did.
fn scroll_words(model: &mut Model, pane: Pane, area: Rect, pointer: Pointer, at: Position) -> bool {
    let by = if pointer == Pointer::WheelUp { -WHEEL.cast_signed() } else { WHEEL.cast_signed() };
    let Some(workspace) = &model.workspace else { return false };
    model.panes.of_mut(pane).scroll_words(by, at, &workspace.context(true), area)
}

fn wheel(model: &mut Model, pointer: Pointer) -> Vec<Effect> {
    let command = if pointer == Pointer::WheelUp { Command::Up } else { Command::Down };
    (0..WHEEL).flat_map(|_| run(model, command)).collect()
}

/// Selects the row (or cell) under the pointer, or opens it if it is selected already.
fn click(model: &mut Model, area: Rect, at: Position, has_columns: bool) -> Vec<Effect> {
    let is_on = |model: &Model| {
        cursor(model, area).is_some_and(|here| here.y == at.y && (!has_columns || here.contains(at)))
    };
    if is_on(model) { run(model, Command::Enter) } else { seek(model, area, at, has_columns) }
}

/// Steps the cursor until it is drawn at this position, or as near to it as it gets.
fn seek(model: &mut Model, area: Rect, at: Position, has_columns: bool) -> Vec<Effect> {
    let mut effects = vec![];
    let mut along = |model: &mut Model, to: fn(Position) -> u16, [back, forth]: [Command; 2], most: u16| {
        let mut last = None;
        for _ in 0..most {
            let Some(here) = cursor(model, area) else { break };
            let (first, end, wanted) = (to(here.as_position()), to(end_of(here)), to(at));
            if (first..=end).contains(&wanted) || last == Some(here) {
                break;
            }
            let was_past = last.is_some_and(|last| (to(last.as_position()) > wanted) != (first > wanted));
            if was_past {
                break;
            }
            last = Some(here);
            effects.extend(run(model, if first > wanted { back } else { forth }));
        }
    };
    along(model, |at| at.y, [Command::Up, Command::Down], area.height);
    if has_columns {
        along(model, |at| at.x, [Command::Left, Command::Right], area.width);
    }
    effects
}

const fn end_of(cells: Rect) -> Position {
    Position { x: cells.right().saturating_sub(1), y: cells.bottom().saturating_sub(1) }
}

/// The first line of an area that shows the cursor, as far as it does.
fn cursor(model: &Model, area: Rect) -> Option<Rect> {
    let mut buf = Buffer::empty(Rect::from((Position::ORIGIN, model.size)));
    let whole = buf.area;
    view::render(model, &Look::probe(), whole, &mut buf);
    let is_cursor = |at: &Position| buf.cell(*at).is_some_and(|cell| Look::means(cell, Role::Cursor));
    let mut cells = area.positions().filter(is_cursor);
    let first = cells.next()?;
    let last = cells.take_while(|at| at.y == first.y).last().unwrap_or(first);
    Some(Rect { x: first.x, y: first.y, width: last.x - first.x + 1, height: 1 })
}
