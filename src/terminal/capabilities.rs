//! What a terminal understands, told from `TERM`: an old one is sent nothing that it would not know.

use ratatui::style::Modifier;

/// How much of the control sequences that are common today is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Everything: another screen, marked pastes, synchronized updates.
    #[default]
    Full,
    /// The console of Linux and terminals like the VT220: one screen, on which cells can be erased by count.
    Console,
    /// The VT100 and its kin, which neither erase by count nor take back a single style.
    Old,
}

impl Dialect {
    /// `term` is the value of `TERM`.
    pub(crate) fn of(term: Option<&str>) -> Self {
        let name = term.unwrap_or_default();
        let is_like = |kin: &str| name.starts_with(kin);
        match name {
            _ if is_like("vt1") || is_like("vt52") => Self::Old,
            _ if name == "linux" || is_like("linux-") || is_like("vt2") || is_like("vt3") => Self::Console,
            _ => Self::Full,
        }
    }

    /// Written before the first frame: another screen, pastes marked as such, no cursor.
    pub(crate) const fn enter(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?1049h\x1b[?2004h\x1b[?25l",
            Self::Console => b"\x1b[?25l",
            Self::Old => b"",
        }
    }

    /// Written in the end. It may follow half a frame: each sequence begins with the `ESC` that breaks off another.
    ///
    /// Where there is no second screen, the cursor goes to the last row, which is erased for the prompt.
    pub(crate) const fn leave(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?2026l\x1b[?2004l\x1b[m\x1b[999H\x1b[K\x1b[?1049l\x1b[?25h",
            Self::Console => b"\x1b[m\x1b[999H\x1b[K\x1b[?25h",
            Self::Old => b"\x1b[m\x1b[999H\x1b[K",
        }
    }

    /// Around a frame, so that it is shown as a whole.
    pub(super) const fn update(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Full => (b"\x1b[?2026h", b"\x1b[?2026l"),
            Self::Console | Self::Old => (b"", b""),
        }
    }

    /// What hides and shows the cursor.
    pub(super) const fn cursor(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Full | Self::Console => (b"\x1b[?25l", b"\x1b[?25h"),
            Self::Old => (b"", b""),
        }
    }

    /// Whether it can be asked how far it has come; see `runtime::pace`.
    pub(crate) const fn answers(self) -> bool {
        !matches!(self, Self::Old)
    }

    pub(super) const fn erases_by_count(self) -> bool {
        !matches!(self, Self::Old)
    }

    /// Whether one style can be taken back and the others kept.
    pub(super) const fn unsets_styles(self) -> bool {
        !matches!(self, Self::Old)
    }

    /// The styles that can be seen there.
    pub(super) const fn modifiers(self) -> Modifier {
        match self {
            Self::Full | Self::Console => Modifier::all(),
            Self::Old => Modifier::BOLD.union(Modifier::UNDERLINED).union(Modifier::REVERSED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_known_by_its_name_and_an_unknown_one_is_taken_for_a_new_one() {
        for (term, dialect) in [
            ("xterm-256color", Dialect::Full),
            ("tmux-256color", Dialect::Full),
            ("screen", Dialect::Full),
            ("vte-256color", Dialect::Full),
            ("foot", Dialect::Full),
            ("linux", Dialect::Console),
            ("linux-16color", Dialect::Console),
            ("vt220", Dialect::Console),
            ("vt100", Dialect::Old),
            ("vt102-nsgr", Dialect::Old),
        ] {
            assert_eq!(Dialect::of(Some(term)), dialect, "{term}");
        }
        assert_eq!(Dialect::of(None), Dialect::Full);
    }
}
