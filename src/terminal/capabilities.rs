//! What a terminal understands, by `TERM`, so that an old one is sent only sequences that it knows.

use ratatui::style::Modifier;

/// Which control sequences are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Everything: alternate screen, bracketed paste, synchronized updates.
    #[default]
    Full,
    /// The Linux console and terminals like the VT220: no alternate screen, but cells can be erased by count.
    Console,
    /// The VT100 and similar ones, which can neither erase by count nor unset a single style.
    Old,
}

impl Dialect {
    /// The dialect of a terminal; `term` is the value of `TERM`. An unknown name gets [`Dialect::Full`].
    pub(crate) fn of(term: Option<&str>) -> Self {
        let name = term.unwrap_or_default();
        let is_like = |kin: &str| name.starts_with(kin);
        match name {
            _ if is_like("vt1") || is_like("vt52") => Self::Old,
            _ if name == "linux" || is_like("linux-") || is_like("vt2") || is_like("vt3") => Self::Console,
            _ => Self::Full,
        }
    }

    /// Written before the first frame: alternate screen, bracketed paste, no cursor.
    pub(crate) const fn enter(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?1049h\x1b[?2004h\x1b[?25l",
            Self::Console => b"\x1b[?25l",
            Self::Old => b"",
        }
    }

    /// Written at the end. It may follow half a frame, so each sequence begins with `ESC`, which cancels an open one.
    ///
    /// Without an alternate screen the cursor goes to the last row, which is erased for the prompt.
    pub(crate) const fn leave(self) -> &'static [u8] {
        match self {
            Self::Full => b"\x1b[?2026l\x1b[?2004l\x1b[m\x1b[999H\x1b[K\x1b[?1049l\x1b[?25h",
            Self::Console => b"\x1b[m\x1b[999H\x1b[K\x1b[?25h",
            Self::Old => b"\x1b[m\x1b[999H\x1b[K",
        }
    }

    /// The sequences before and after a frame, so that it is shown as a whole.
    pub(super) const fn update(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Full => (b"\x1b[?2026h", b"\x1b[?2026l"),
            Self::Console | Self::Old => (b"", b""),
        }
    }

    /// The sequences that hide and show the cursor.
    pub(super) const fn cursor(self) -> (&'static [u8], &'static [u8]) {
        match self {
            Self::Full | Self::Console => (b"\x1b[?25l", b"\x1b[?25h"),
            Self::Old => (b"", b""),
        }
    }

    /// Whether the terminal answers a status question; see `runtime::flow_control`.
    pub(crate) const fn answers(self) -> bool {
        !matches!(self, Self::Old)
    }

    pub(super) const fn erases_by_count(self) -> bool {
        !matches!(self, Self::Old)
    }

    /// Whether a single style can be unset.
    pub(super) const fn unsets_styles(self) -> bool {
        !matches!(self, Self::Old)
    }

    /// The styles that the terminal can show.
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
