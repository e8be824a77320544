//! Turns frames into bytes: the changes since the last frame, in the fewest bytes a common terminal understands.
//!
//! ratatui's own crossterm backend spends about half of a small frame on colour resets, eight-byte moves and blanks,
//! which takes time over a slow link. This backend remembers the pen and the cursor, prints over short gaps instead
//! of jumping them, and erases the end of a row instead of printing blanks.

use std::convert::Infallible;

use ratatui::{
    Frame, Terminal, TerminalOptions, Viewport,
    backend::{Backend, ClearType, WindowSize},
    buffer::{Buffer, Cell, CellDiffOption, CellWidth},
    layout::{Position, Rect, Size},
};

use super::{
    capabilities::Dialect,
    links::{self, Links},
    pen::{SequencePen, movement},
};

/// Fewest cells of a row's blank rest that are erased instead of printed.
const SHORTEST_ERASED: usize = 4;
/// Fewest other blanks that are erased, at the end of a row's changes and before further changes. The latter is
/// larger because erasing does not move the cursor.
const SHORTEST_COUNTED: usize = 6;
const SHORTEST_COUNTED_BETWEEN: usize = 12;

/// The screen as this program knows it.
#[derive(Debug)]
pub(crate) struct Canvas {
    inner: Terminal<Painter>,
    /// Indices of the cells of the last frame that are the right half of a wide character, ascending.
    halves: Vec<usize>,
    /// The links of the next frame.
    links: Links,
}

impl Canvas {
    pub(crate) fn new(size: Size, dialect: Dialect) -> Self {
        let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, size)));
        let Ok(inner) = Terminal::with_options(Painter::new(size, dialect), TerminalOptions { viewport });
        Self { inner, halves: Vec::new(), links: Links::default() }
    }

    /// Forgets what the screen shows, so that the next frame clears it and paints every cell.
    pub(crate) fn repaint(&mut self, size: Size) {
        self.inner.backend_mut().forget(size);
        self.halves.clear();
        let Ok(()) = self.inner.resize(Rect::from((Position::ORIGIN, size)));
    }

    /// Places of the next frame that lead to these web addresses (OSC 8).
    pub(crate) fn link(&mut self, places: Vec<(Rect, String)>) {
        self.links = Links::new(places);
    }

    /// Draws one frame and returns the bytes to write, one synchronized update; empty if nothing changed.
    ///
    /// Cells whose text `is_safe` refuses show `?`, so that even after a mistake elsewhere no control character and
    /// nothing invisible reaches the terminal.
    pub(crate) fn draw(&mut self, render: impl FnOnce(&mut Frame), is_safe: fn(&str) -> bool) -> Vec<u8> {
        let Self { inner, halves, links } = self;
        let links = std::mem::take(links);
        let before = std::mem::replace(&mut inner.backend_mut().links, links.clone());
        let Ok(_) = inner.draw(|frame| {
            render(frame);
            let buffer = frame.buffer_mut();
            let long = replace_unsafe(buffer, is_safe);
            blank_covered(buffer, &long);
            bare_halves(buffer, &long, halves);
            links.mark_changed(&before, buffer);
        });
        self.inner.backend_mut().take()
    }
}

/// Replaces every unsafe symbol of a finished frame by `?`. Returns the indices of the cells with more than one byte,
/// ascending: no other can be wide.
fn replace_unsafe(buffer: &mut Buffer, is_safe: fn(&str) -> bool) -> Vec<usize> {
    let mut long = vec![];
    for (index, cell) in buffer.content.iter_mut().enumerate() {
        match cell.symbol().as_bytes() {
            [b' '..=b'~'] => {}
            [] => {
                cell.set_symbol(" ");
            }
            [_, _, ..] if is_safe(cell.symbol()) => long.push(index),
            _ if is_safe(cell.symbol()) => {}
            _ => {
                cell.set_symbol("?");
            }
        }
    }
    long
}

/// Blanks wide characters whose right half was drawn over; ratatui would drop what was drawn there.
fn blank_covered(buffer: &mut Buffer, long: &[usize]) {
    let width = usize::from(buffer.area.width).max(1);
    for &index in long {
        let covered = usize::from(buffer.content[index].cell_width());
        let room = width - index % width;
        if covered > 1
            && (covered > room
                || buffer.content[index + 1..index + covered].iter().any(|cell| cell.symbol() != " "))
        {
            buffer.content[index].set_symbol(" ");
        }
    }
}

/// When a wide character goes, forces its right half to be painted too: terminals disagree about that half's colour.
fn bare_halves(buffer: &mut Buffer, long: &[usize], halves: &mut Vec<usize>) {
    let width = |index: usize| usize::from(buffer.content[index].cell_width()).max(1);
    let now = long.iter().flat_map(|index| index + 1..index + width(*index)).collect();
    for index in std::mem::replace(halves, now) {
        if let Some(cell) = buffer.content.get_mut(index).filter(|_| halves.binary_search(&index).is_err()) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

#[derive(Debug)]
struct Painter {
    size: Size,
    dialect: Dialect,
    /// The cells that the terminal shows, row by row: to print over gaps and to know that a row's rest is blank.
    shown: Vec<Cell>,
    out: Vec<u8>,
    pen: Option<SequencePen>,
    links: Links,
    /// The address of the link that has begun and not ended.
    link: Option<String>,
    at: Option<Position>,
    clear: bool,
    cursor: Cursor,
    wanted: Cursor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

impl Painter {
    fn new(size: Size, dialect: Dialect) -> Self {
        let mut painter = Self {
            size,
            dialect,
            shown: Vec::new(),
            out: Vec::new(),
            pen: None,
            links: Links::default(),
            link: None,
            at: None,
            clear: true,
            cursor: Cursor::Hidden,
            wanted: Cursor::Hidden,
        };
        painter.forget(size);
        painter
    }

    fn forget(&mut self, size: Size) {
        self.size = size;
        self.shown.clear();
        self.shown.resize(usize::from(size.width) * usize::from(size.height), Cell::EMPTY);
        self.pen = None;
        self.at = None;
        self.clear = true;
        self.cursor = Cursor::Hidden;
    }

    fn take(&mut self) -> Vec<u8> {
        let body = std::mem::take(&mut self.out);
        if body.is_empty() {
            return body;
        }
        let (begin, end) = self.dialect.update();
        [begin, &body, end].concat()
    }

    fn pen_of(&self, cell: &Cell) -> SequencePen {
        SequencePen::of(cell).within(self.dialect)
    }

    fn set_pen(&mut self, pen: SequencePen) {
        if self.pen.is_none() {
            self.out.extend_from_slice(b"\x1b[m");
        }
        self.pen.unwrap_or_default().change_to(pen, self.dialect, &mut self.out);
        self.pen = Some(pen);
    }

    fn set_link(&mut self, position: Option<Position>) {
        let wanted = position.and_then(|position| self.links.at(position));
        if self.link.as_deref() != wanted {
            self.out.extend(wanted.map_or_else(|| links::END.to_vec(), Links::begin));
            self.link = wanted.map(str::to_owned);
        }
    }

    /// Whether a blank in the current pen looks like one in the plain pen, so that the pen need not change.
    fn keeps_blanks(&self) -> bool {
        self.pen.is_some_and(SequencePen::is_plain_on_blanks)
    }

    fn index(&self, position: Position) -> usize {
        usize::from(position.y) * usize::from(self.size.width) + usize::from(position.x)
    }

    fn go_to(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let mut moved = Vec::new();
        movement(self.at, to, &mut moved);
        let gap = match self.at {
            Some(from) if from.y == to.y && from.x < to.x => self.index(from)..self.index(to),
            _ => 0..0,
        };
        let printable = |cell: &Cell| {
            cell.symbol().len() == 1
                && (Some(self.pen_of(cell)) == self.pen || is_blank(cell) && self.keeps_blanks())
        };
        let is_linked = self.link.is_some() || self.links.is_in_row(to.y);
        if !gap.is_empty()
            && !is_linked
            && gap.len() <= moved.len()
            && self.shown[gap.clone()].iter().all(printable)
        {
            for cell in &self.shown[gap] {
                self.out.extend_from_slice(cell.symbol().as_bytes());
            }
        } else {
            self.out.extend_from_slice(&moved);
        }
        self.at = Some(to);
    }

    fn print(&mut self, position: Position, cell: &Cell) {
        self.go_to(position);
        self.set_link(Some(position));
        if !is_blank(cell) || !self.keeps_blanks() {
            self.set_pen(self.pen_of(cell));
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let mut characters = cell.symbol().chars();
        // Terminals disagree about the width of anything but a single narrow character, and about where the cursor is
        // after the last column. The position is then unknown and the next move an absolute one.
        let is_simple = characters.next().is_some() && characters.next().is_none();
        let is_narrow = is_simple && unicode_width::UnicodeWidthStr::width(cell.symbol()) == 1;
        let next = position.x + 1;
        self.at = (is_narrow && next < self.size.width).then_some(Position { x: next, y: position.y });
    }

    /// Paints the changed cells of one row, from left to right.
    fn draw_row(&mut self, row: &[(u16, u16, &Cell)]) {
        // First update the row, so that `text_end` is that of the new frame.
        for (x, y, cell) in row {
            let index = self.index(Position { x: *x, y: *y });
            self.shown[index] = (*cell).clone();
            if cell.symbol().len() == 1 {
                continue;
            }
            let row_end = index + usize::from(self.size.width - x);
            let covered = usize::from(cell.cell_width()).max(1);
            for hidden in &mut self.shown[index + 1..row_end.min(index + covered)] {
                // The right half of a wide character is neither blank nor can it be printed again.
                hidden.set_symbol("");
            }
        }
        let y = row.first().map_or(0, |(_, y, _)| *y);
        let begin = self.index(Position { x: 0, y });
        let shown = &self.shown[begin..begin + usize::from(self.size.width)];
        let text_end = shown.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        let mut rest = row;
        while let [(x, y, cell), ..] = *rest {
            let position = Position { x, y };
            if rest.len() >= SHORTEST_ERASED && usize::from(x) >= text_end {
                self.erase(position, None);
                return;
            }
            let run = blank_run(rest);
            let worth = if run == rest.len() { SHORTEST_COUNTED } else { SHORTEST_COUNTED_BETWEEN };
            let is_erased = run >= worth && self.dialect.erases_by_count();
            if is_erased {
                self.erase(position, Some(run));
            } else {
                self.print(position, cell);
            }
            rest = &rest[if is_erased { run } else { 1 }..];
        }
    }

    /// Erases `count` cells, or all to the end of the row if that is `None`.
    fn erase(&mut self, position: Position, count: Option<usize>) {
        self.go_to(position);
        self.set_link(None);
        if !self.keeps_blanks() {
            self.set_pen(SequencePen::default());
        }
        match count {
            Some(count) => self.out.extend_from_slice(format!("\x1b[{count}X").as_bytes()),
            None => self.out.extend_from_slice(b"\x1b[K"),
        }
    }
}

/// How many of a row's updates, from the first one on, are adjacent blanks.
fn blank_run(row: &[(u16, u16, &Cell)]) -> usize {
    let first = row.first().map_or(0, |(x, ..)| usize::from(*x));
    (first..)
        .zip(row)
        .take_while(|(x, (column, _, cell))| *x == usize::from(*column) && is_blank(cell))
        .count()
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && SequencePen::of(cell).is_plain_on_blanks()
}

impl Backend for Painter {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        if std::mem::take(&mut self.clear) {
            self.set_pen(SequencePen::default());
            self.out.extend_from_slice(b"\x1b[2J");
        }
        // Another program may have written to the terminal since the last frame.
        self.at = None;
        let updates: Vec<_> =
            content.filter(|(x, y, _)| *x < self.size.width && *y < self.size.height).collect();
        for row in updates.chunk_by(|(_, this, _), (_, next, _)| this == next) {
            self.draw_row(row);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.wanted = Cursor::Hidden;
        Ok(())
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.wanted = Cursor::At(self.at.unwrap_or(Position::ORIGIN));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        Ok(self.at.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.wanted = Cursor::At(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.clear_region(ClearType::All)
    }

    /// The viewport is the whole screen, so every region that ratatui clears is the whole screen.
    fn clear_region(&mut self, _: ClearType) -> Result<(), Infallible> {
        self.forget(self.size);
        Ok(())
    }

    fn size(&self) -> Result<Size, Infallible> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        // A frame ends in the plain pen, so that another program's output does not get a colour.
        self.set_link(None);
        if self.pen.is_some() {
            self.set_pen(SequencePen::default());
        }
        if self.wanted == self.cursor && self.out.is_empty() {
            return Ok(());
        }
        match (self.cursor, self.wanted) {
            (Cursor::Hidden, Cursor::Hidden) => {}
            (_, Cursor::Hidden) => self.out.extend_from_slice(self.dialect.cursor().0),
            (before, Cursor::At(position)) => {
                movement(self.at, position, &mut self.out);
                if before == Cursor::Hidden {
                    self.out.extend_from_slice(self.dialect.cursor().1);
                }
            }
        }
        self.cursor = self.wanted;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
