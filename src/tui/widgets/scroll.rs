//! Computes which lines of a list are shown, so that the cursor is visible.

use crate::tui::command::Command;

/// The first line to show. If the cursor leaves the view, the view moves by a quarter of its height, so that a slow
/// link redraws the list once every few keys and not at each.
pub fn scrolled(top: usize, cursor: Option<usize>, height: usize, length: usize) -> usize {
    let last = length.saturating_sub(height);
    let Some(at) = cursor else { return top.min(last) };
    if height == 0 {
        return at;
    }
    let reserve = height / 4;
    let top = if at < top {
        at.saturating_sub(reserve)
    } else if at >= top + height {
        at + 1 + reserve - height
    } else {
        top
    };
    top.min(last)
}

/// The cursor after moving from `at` by this many lines, within the list.
pub fn moved(at: usize, by: isize, length: usize) -> usize {
    at.saturating_add_signed(by).min(length.saturating_sub(1))
}

/// The number of lines (negative for up) by which a command moves the cursor of a list; `None` for other commands.
pub const fn steps(command: Command, page: isize) -> Option<isize> {
    Some(match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::PageDown => page,
        Command::PageUp => -page,
        Command::Top => isize::MIN,
        Command::Bottom => isize::MAX,
        _ => return None,
    })
}

/// The lines of a page: the height less one, at least one.
pub fn page(height: usize) -> isize {
    isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_among_the_lines_shown() {
        for height in 1..12_usize {
            for length in 0..30_usize {
                for top in 0..length + 3 {
                    for at in 0..length {
                        let shown = scrolled(top, Some(at), height, length);
                        assert!(
                            (shown..shown + height).contains(&at),
                            "{top} {at} {height} {length}: {shown}"
                        );
                        assert!(shown + height <= length.max(height));
                    }
                }
            }
        }
    }

    #[test]
    fn a_cursor_inside_the_view_moves_nothing() {
        assert_eq!(scrolled(5, Some(9), 10, 100), 5);
        assert_eq!(scrolled(5, Some(15), 10, 100), 8);
        assert_eq!(scrolled(99, None, 10, 20), 10);
    }
}
