//! Computes the shortest sequences that change one text style into another and that move the cursor.

use std::io::Write;

use ratatui::{
    buffer::Cell,
    layout::Position,
    style::{Color, Modifier},
};

use super::capabilities::Dialect;

/// The style of the next character, which the terminal keeps from one character to the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SequencePen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

/// Modifier, the code that sets it, the code that unsets it.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl SequencePen {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// The style without the modifiers that terminals of this dialect cannot show.
    pub(super) fn within(self, dialect: Dialect) -> Self {
        Self { modifier: self.modifier & dialect.modifiers(), ..self }
    }

    /// Whether a blank in this style looks like a blank in the default style.
    pub(super) fn is_plain_on_blanks(self) -> bool {
        self.background == Color::Reset && self.modifier.difference(Modifier::BOLD | Modifier::DIM).is_empty()
    }

    /// Writes the shorter of two sequences, "reset and set all" and "change what differs"; nothing if the styles are
    /// equal.
    pub(super) fn change_to(self, to: Self, dialect: Dialect, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        // An empty first parameter is a zero: `ESC[;7m` resets, then reverses.
        let mut afresh = vec![b';'];
        to.add_over(Self::default(), &mut afresh);
        let mut changed = Vec::with_capacity(24);
        let kept = self.remove_all_but(to.modifier, &mut changed);
        to.add_over(Self { modifier: kept, ..self }, &mut changed);
        let is_afresh = afresh.len() <= changed.len() || kept != self.modifier && !dialect.unsets_styles();
        let shorter = if is_afresh { afresh } else { changed };
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(&shorter[..shorter.len() - 1]);
        out.push(b'm');
    }

    /// Unsets the modifiers that are not in `wanted` and returns those that are still set.
    fn remove_all_but(self, wanted: Modifier, parameters: &mut Vec<u8>) -> Modifier {
        let mut kept = self.modifier;
        for (modifier, _, off) in MODIFIERS {
            if kept.contains(modifier) && !wanted.contains(modifier) {
                push(parameters, off);
                // Bold and dim share one "off" code, as do the two blinks, so it unsets both.
                MODIFIERS.iter().filter(|row| row.2 == off).for_each(|row| kept.remove(row.0));
            }
        }
        kept
    }

    /// Sets the modifiers and colours that differ from `from`.
    fn add_over(self, from: Self, parameters: &mut Vec<u8>) {
        for (modifier, on, _) in MODIFIERS {
            if self.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                push(parameters, on);
            }
        }
        if self.foreground != from.foreground {
            push_color(parameters, self.foreground, 30);
        }
        if self.background != from.background {
            push_color(parameters, self.background, 40);
        }
    }
}

/// Writes a parameter and `;`. The caller leaves out the last `;`.
fn push(parameters: &mut Vec<u8>, code: u8) {
    number(u32::from(code), parameters);
    parameters.push(b';');
}

/// `base` is 30 for the foreground and 40 for the background.
fn push_color(parameters: &mut Vec<u8>, color: Color, base: u8) {
    let dark = |offset: u8| base + offset;
    let light = |offset: u8| base + 60 + offset;
    let code = match color {
        Color::Reset => dark(9),
        Color::Black => dark(0),
        Color::Red => dark(1),
        Color::Green => dark(2),
        Color::Yellow => dark(3),
        Color::Blue => dark(4),
        Color::Magenta => dark(5),
        Color::Cyan => dark(6),
        Color::Gray => dark(7),
        Color::DarkGray => light(0),
        Color::LightRed => light(1),
        Color::LightGreen => light(2),
        Color::LightYellow => light(3),
        Color::LightBlue => light(4),
        Color::LightMagenta => light(5),
        Color::LightCyan => light(6),
        Color::White => light(7),
        Color::Indexed(index) => {
            write!(parameters, "{};5;{index};", dark(8)).expect("a vector takes every byte");
            return;
        }
        Color::Rgb(red, green, blue) => {
            write!(parameters, "{};2;{red};{green};{blue};", dark(8)).expect("a vector takes every byte");
            return;
        }
    };
    push(parameters, code);
}

/// Writes the shortest sequence that moves the cursor to `to` (zero-based) from `from`, if that is known.
pub(super) fn movement(from: Option<Position>, to: Position, out: &mut Vec<u8>) {
    let (row, column) = (u32::from(to.y) + 1, u32::from(to.x) + 1);
    let begin = out.len();
    if let Some(from) = from {
        if to.x == 0 && to.y == from.y + 1 {
            // The row below exists, so this cannot scroll.
            out.extend_from_slice(b"\r\n");
            return;
        }
        counted(from.y, to.y, [b'A', b'B'], out);
        sideways(from.x, to.x, out);
        // As long as the absolute one: `ESC [ row ; column H` without what is 1.
        let absolute = match (row, column) {
            (1, 1) => 3,
            (_, 1) => 3 + digits(row),
            _ => 4 + digits(row) + digits(column),
        };
        if out.len() - begin < absolute {
            return;
        }
        out.truncate(begin);
    }
    out.extend_from_slice(b"\x1b[");
    if (row, column) != (1, 1) {
        number(row, out);
    }
    if column != 1 {
        out.push(b';');
        number(column, out);
    }
    out.push(b'H');
}

fn sideways(from: u16, to: u16, out: &mut Vec<u8>) {
    match from.checked_sub(to) {
        Some(1..) if to == 0 => out.push(b'\r'),
        Some(back @ 1..=3) => out.extend(std::iter::repeat_n(b'\x08', usize::from(back))),
        _ => counted(from, to, [b'D', b'C'], out),
    }
}

/// A movement by the difference of two coordinates, with the final letter for a smaller or a larger one.
fn counted(from: u16, to: u16, [smaller, larger]: [u8; 2], out: &mut Vec<u8>) {
    let count = from.abs_diff(to);
    if count > 0 {
        out.extend_from_slice(b"\x1b[");
        if count > 1 {
            number(u32::from(count), out);
        }
        out.push(if to < from { smaller } else { larger });
    }
}

/// Writes a number in decimal, without the machinery of `write!`: a frame has hundreds.
fn number(number: u32, out: &mut Vec<u8>) {
    let count = digits(number);
    let end = out.len() + count;
    out.resize(end, b'0');
    let mut rest = number;
    for digit in out[end - count..].iter_mut().rev() {
        *digit += u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
}

fn digits(number: u32) -> usize {
    number.checked_ilog10().unwrap_or_default() as usize + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: SequencePen, to: SequencePen) -> String {
        let mut out = Vec::new();
        from.change_to(to, Dialect::Full, &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn a_style_changes_with_the_fewest_bytes() {
        let plain = SequencePen::default();
        let with = |foreground, background, modifier| SequencePen { foreground, background, modifier };
        let none = Modifier::empty();
        for (from, to, expected) in [
            (plain, plain, ""),
            (plain, with(Color::Reset, Color::Reset, Modifier::REVERSED), "^[7m"),
            (with(Color::Reset, Color::Reset, Modifier::REVERSED), plain, "^[m"),
            (plain, with(Color::Blue, Color::Reset, Modifier::BOLD), "^[1;34m"),
            (with(Color::Blue, Color::Reset, Modifier::BOLD), with(Color::Red, Color::Reset, none), "^[;31m"),
            (
                with(Color::Indexed(214), Color::Rgb(1, 2, 3), none),
                with(Color::White, Color::Rgb(1, 2, 3), none),
                "^[97m",
            ),
            (with(Color::Reset, Color::LightCyan, none), with(Color::Reset, Color::DarkGray, none), "^[100m"),
        ] {
            assert_eq!(change(from, to), expected, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn losing_bold_keeps_dim() {
        let style = |modifier| SequencePen {
            foreground: Color::Rgb(10, 20, 30),
            background: Color::Rgb(10, 20, 30),
            modifier,
        };
        let both = Modifier::BOLD | Modifier::DIM;
        assert_eq!(change(style(both), style(Modifier::DIM)), "^[22;2m");
        assert_eq!(change(style(both), style(Modifier::empty())), "^[22m");
    }

    #[test]
    fn the_cursor_takes_the_shortest_way() {
        let at = |x, y| Position { x, y };
        for (from, to, expected) in [
            (None, at(0, 0), "^[H"),
            (None, at(0, 4), "^[5H"),
            (None, at(9, 4), "^[5;10H"),
            (Some(at(9, 4)), at(9, 4), ""),
            (Some(at(9, 4)), at(10, 4), "^[C"),
            (Some(at(9, 4)), at(7, 4), "\x08\x08"),
            (Some(at(9, 4)), at(4, 4), "^[5D"),
            (Some(at(9, 4)), at(8, 5), "^[B\x08"),
            (Some(at(9, 4)), at(9, 2), "^[2A"),
            (Some(at(20, 4)), at(9, 6), "^[7;10H"),
            (Some(at(9, 4)), at(0, 4), "\r"),
            (Some(at(9, 4)), at(0, 5), "\r\n"),
            (Some(at(9, 4)), at(9, 5), "^[B"),
            (None, at(u16::MAX, u16::MAX), "^[65536;65536H"),
        ] {
            let mut out = vec![];
            movement(from, to, &mut out);
            let found = String::from_utf8(out).unwrap().replace('\x1b', "^");
            assert_eq!(found, expected, "{from:?} to {to:?}");
        }
    }
}
