//! The mouse, when it is on: a click goes where it points, a second click opens, the wheel moves.
//!
//! What is pointed at is found in the picture itself: the cursor steps until it is drawn there. So every pane and overlay
//! that can be walked with the arrows can be clicked, and none has to know where it drew what.

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

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    Click,
    WheelUp,
    WheelDown,
}

/// The wheel moves by so many rows.
const WHEEL: usize = 3;

/// Takes one report of the mouse, at a cell of the screen. Nothing while it is off.
pub fn point(model: &mut Model, pointer: Pointer, at: Position) -> Vec<Effect> {
    if !model.has_mouse || !Rect::from((Position::ORIGIN, model.size)).contains(at) {
        return vec![];
    }
    if !is_free(model) {
        return vec![];
    }
    if let Some(open) = &model.overlay {
        let area = model.overlay_area(open.kind());
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
        // The panes may lie elsewhere now that another one is in front.
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

/// Over a text beside a list the wheel scrolls the text and leaves the selection alone.
fn scroll_words(model: &mut Model, pane: Pane, area: Rect, pointer: Pointer, at: Position) -> bool {
    let by = if pointer == Pointer::WheelUp { -WHEEL.cast_signed() } else { WHEEL.cast_signed() };
    let Some(workspace) = &model.workspace else { return false };
    model.panes.of_mut(pane).scroll_words(by, at, &workspace.context(true), area)
}

fn wheel(model: &mut Model, pointer: Pointer) -> Vec<Effect> {
    let command = if pointer == Pointer::WheelUp { Command::Up } else { Command::Down };
    (0..WHEEL).flat_map(|_| run(model, command)).collect()
}

/// Goes to what is pointed at; opens it when it is selected already.
fn click(model: &mut Model, area: Rect, at: Position, has_columns: bool) -> Vec<Effect> {
    let is_on = |model: &Model| {
        cursor(model, area).is_some_and(|here| here.y == at.y && (!has_columns || here.contains(at)))
    };
    if is_on(model) { run(model, Command::Enter) } else { seek(model, area, at, has_columns) }
}

/// Steps the cursor until it is drawn at the place, or as near as it comes.
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

/// The cells of an area that show the cursor.
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
