//! Hyperlinks (OSC 8): which terminals take them, and which cells of a frame lead where.

use ratatui::{
    buffer::{Buffer, CellDiffOption},
    layout::{Position, Rect},
};

/// The longest address that VTE and iTerm2 take.
const LONGEST: usize = 2083;

/// Ends the open link.
pub(super) const END: &[u8] = b"\x1b]8;;\x1b\\";

/// Whether the terminal is known to take hyperlinks, by variables of the environment. Others show an unknown sequence
/// as letters in the worst case, so they get none.
pub(crate) fn takes_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is = |name: &str, is_it: &dyn Fn(&str) -> bool| variable(name).is_some_and(|value| is_it(&value));
    let by_term = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"];
    let by_program = ["iTerm.app", "WezTerm", "ghostty", "vscode", "Hyper"];
    // tmux 3.4 and later takes links and passes them on to a terminal that does; the variables of that one say nothing here.
    if is("TERM", &|term| term.starts_with("tmux") || term.starts_with("screen")) {
        let knows = |version: &str| version.parse::<f32>().is_ok_and(|version| version >= 3.4);
        return is("TERM_PROGRAM", &|program| program == "tmux")
            && is("TERM_PROGRAM_VERSION", &|version| {
                knows(version.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()))
            });
    }
    is("TERM", &|term| by_term.iter().any(|kin| term.starts_with(kin)))
        || is("TERM_PROGRAM", &|program| by_program.contains(&program))
        || is("VTE_VERSION", &|version| version.parse::<u32>().is_ok_and(|version| version >= 5000))
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| variable(name).is_some())
}

/// The links of a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Links(Vec<(Rect, String)>);

impl Links {
    /// Leaves out what is no plain web address: nothing in it may be more than the terminal's browser should open, and no
    /// byte of it may end the sequence.
    pub(super) fn new(links: Vec<(Rect, String)>) -> Self {
        let is_plain = |address: &str| {
            (address.starts_with("https://") || address.starts_with("http://"))
                && address.len() <= LONGEST
                && address.bytes().all(|byte| byte.is_ascii_graphic())
        };
        Self(links.into_iter().filter(|(_, address)| is_plain(address)).collect())
    }

    pub(super) fn at(&self, position: Position) -> Option<&str> {
        let link = self.0.iter().find(|(area, _)| area.contains(position));
        link.map(|(_, address)| address.as_str())
    }

    pub(super) fn is_in_row(&self, y: u16) -> bool {
        self.0.iter().any(|(area, _)| area.top() <= y && y < area.bottom())
    }

    /// Paints the cells anew whose link is not what it was, even if they look the same.
    pub(super) fn mark_changed(&self, before: &Self, buffer: &mut Buffer) {
        if self.0 == before.0 {
            return;
        }
        for position in self.0.iter().chain(&before.0).flat_map(|(area, _)| area.positions()) {
            if self.at(position) != before.at(position)
                && let Some(cell) = buffer.cell_mut(position)
            {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }

    /// The sequence that begins a link. Places with an id and the same address are one link, and light up together.
    pub(super) fn begin(address: &str) -> Vec<u8> {
        format!("\x1b]8;id=v;{address}\x1b\\").into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_that_are_known_to_take_links_get_them() {
        for (given, takes) in [
            (vec![("TERM", "xterm-256color")], false),
            (vec![("TERM", "xterm-kitty")], true),
            (vec![("TERM", "foot-extra")], true),
            (vec![("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], true),
            (vec![("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], false),
            (vec![("TERM", "xterm-256color"), ("VTE_VERSION", "7603")], true),
            (vec![("TERM", "xterm-256color"), ("VTE_VERSION", "4601")], false),
            (vec![("TERM", "xterm-256color"), ("WT_SESSION", "x")], true),
            (
                vec![("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.5a")],
                true,
            ),
            (
                vec![("TERM", "screen-256color"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3")],
                false,
            ),
            (vec![("TERM", "screen"), ("VTE_VERSION", "7603")], false),
            (vec![], false),
        ] {
            let value = |name: &str| given.iter().find(|one| one.0 == name).map(|one| one.1.to_owned());
            assert_eq!(takes_links(value), takes, "{given:?}");
        }
    }

    #[test]
    fn only_plain_web_addresses_become_links() {
        let place = Rect::new(0, 0, 5, 1);
        for (address, is_link) in [
            ("https://example.org/a?b=c", true),
            ("http://example.org", true),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("https://example.org/\u{1b}]8;;", false),
            ("https://example.org/\u{7}", false),
            ("https://exämple.org", false),
            ("https://example.org/a b", false),
        ] {
            let links = Links::new(vec![(place, address.to_owned())]);
            assert_eq!(links.at(Position::ORIGIN).is_some(), is_link, "{address:?}");
        }
        let long = format!("https://example.org/{}", "a".repeat(LONGEST));
        assert_eq!(Links::new(vec![(place, long)]).at(Position::ORIGIN), None);
    }
}
