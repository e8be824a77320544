//! What each role looks like: the only file that names a colour or a glyph that has an ASCII twin.

pub mod theme;

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier, Style},
    symbols::border,
};

use theme::Theme;

/// What a piece of the screen means. Panes name roles; only this file knows colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Role {
    Text,
    /// Secondary words: counts, dates, units.
    Faint,
    /// Titles of panes, goals and columns.
    Title,
    /// A key in the footer or in the help.
    Key,
    /// The selected row of the focused pane.
    Cursor,
    /// The selected row of a pane that has not the focus.
    CursorElsewhere,
    /// A given value.
    Given,
    /// A gap: the words carry it, the colour helps.
    Gap,
    /// Not applicable: quieter than a gap.
    NotApplicable,
    /// The side that is ahead.
    Ahead,
    /// The side that is behind, and differences without order.
    Differ,
    /// A mark on a given cell: unsourced, outdated, disputed …
    Mark,
    /// A cell that somebody flagged, where there is no room for a sign beside it.
    Flagged,
    /// Letters that a search matched.
    Match,
    /// The framework's notice.
    Notice,
    Warning,
    Failed,
    Border,
    BorderFocused,
    /// A bar's filled and empty part.
    Bar,
    BarEmpty,
}

/// How many colours the terminal may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum Palette {
    /// No colour is named at all; bold, dim, underline and reverse carry the roles.
    Mono,
    /// The sixteen of the terminal's own theme, on its own background.
    Sixteen,
    Indexed,
    Rgb,
}

/// Glyphs, each with its ASCII twin; none of ambiguous width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub is_ascii: bool,
    pub ellipsis: &'static str,
    pub cursor: &'static str,
    pub bar: &'static str,
    pub bar_empty: &'static str,
    pub folded: &'static str,
    pub unfolded: &'static str,
    pub separator: &'static str,
    pub rule: &'static str,
    pub here: &'static str,
    pub more_above: &'static str,
    pub more_below: &'static str,
    pub older: &'static str,
    pub newer: &'static str,
    pub quote_open: &'static str,
    pub quote_close: &'static str,
    pub border: border::Set<'static>,
}

pub static UNICODE: Glyphs = Glyphs {
    is_ascii: false,
    ellipsis: "…",
    cursor: ">",
    bar: "█",
    bar_empty: "░",
    folded: "+",
    unfolded: " ",
    separator: "·",
    rule: "─",
    here: "◂",
    more_above: "↑",
    more_below: "↓",
    older: "‹",
    newer: "›",
    quote_open: "“",
    quote_close: "”",
    border: border::PLAIN,
};

pub static ASCII: Glyphs = Glyphs {
    is_ascii: true,
    ellipsis: "~",
    cursor: ">",
    bar: "#",
    bar_empty: ".",
    folded: "+",
    unfolded: " ",
    separator: "-",
    rule: "-",
    here: "<",
    more_above: "^",
    more_below: "v",
    older: "<",
    newer: ">",
    quote_open: "\"",
    quote_close: "\"",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

/// Palette and glyphs together: all a view needs to know about the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub palette: Palette,
    pub glyphs: &'static Glyphs,
    /// The colours; otherwise those of the terminal's own theme.
    pub theme: Option<&'static Theme>,
    /// Paints each role as an indexed colour of its number: the role plane of the screen tests.
    pub probe: bool,
}

impl Look {
    pub const fn new(palette: Palette, glyphs: &'static Glyphs) -> Self {
        Self { palette, glyphs, theme: None, probe: false }
    }

    pub fn style(&self, role: Role) -> Style {
        if self.probe {
            return Style::new().fg(Color::Indexed(role as u8));
        }
        if let Some(theme) = self.theme {
            return theme.style(role, self.palette);
        }
        match self.palette {
            Palette::Mono => mono(role),
            Palette::Sixteen => sixteen(role),
            Palette::Indexed => indexed(role),
            Palette::Rgb => rgb(role),
        }
    }

    /// What the whole screen is painted with before anything is drawn on it.
    pub fn ground(&self) -> Style {
        self.theme.map_or_else(Style::new, |theme| theme.ground(self.palette))
    }

    /// The look of which [`Look::means`] can tell what each cell means.
    pub const fn probe() -> Self {
        Self { palette: Palette::Sixteen, glyphs: &UNICODE, theme: None, probe: true }
    }

    /// Whether a cell drawn with [`Look::probe`] means this.
    pub fn means(cell: &Cell, role: Role) -> bool {
        cell.fg == Color::Indexed(role as u8)
    }

    /// Text as this terminal can show it.
    pub fn words<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        if self.glyphs.is_ascii { crate::text::ascii(text) } else { text.into() }
    }
}

fn mono(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Title | Role::Key | Role::Ahead | Role::BorderFocused => plain.add_modifier(Modifier::BOLD),
        Role::Cursor => plain.add_modifier(Modifier::REVERSED),
        Role::CursorElsewhere | Role::Match => plain.add_modifier(Modifier::UNDERLINED),
        Role::Flagged => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Gap | Role::Warning | Role::Failed | Role::Notice | Role::Mark => {
            plain.add_modifier(Modifier::BOLD)
        }
        Role::Faint | Role::NotApplicable | Role::Border | Role::BarEmpty => {
            plain.add_modifier(Modifier::DIM)
        }
        Role::Text | Role::Given | Role::Differ | Role::Bar => plain,
    }
}

fn sixteen(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Given => plain,
        Role::Faint | Role::NotApplicable | Role::Border | Role::BarEmpty => plain.fg(Color::DarkGray),
        Role::Title => plain.add_modifier(Modifier::BOLD),
        Role::Key => plain.fg(Color::Cyan),
        Role::Cursor => plain.add_modifier(Modifier::REVERSED),
        Role::CursorElsewhere => plain.add_modifier(Modifier::UNDERLINED),
        Role::Gap => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Role::Ahead => plain.fg(Color::Blue).add_modifier(Modifier::BOLD),
        Role::Differ => plain.fg(Color::Blue),
        Role::Mark | Role::Notice | Role::Warning => plain.fg(Color::Yellow),
        Role::Flagged => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Match => plain.fg(Color::Cyan).add_modifier(Modifier::UNDERLINED),
        Role::Failed => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
        Role::BorderFocused => plain.add_modifier(Modifier::BOLD),
        Role::Bar => plain.fg(Color::Blue),
    }
}

fn indexed(role: Role) -> Style {
    let plain = sixteen(role);
    match role {
        Role::Faint | Role::NotApplicable => plain.fg(Color::Indexed(245)),
        Role::Border | Role::BarEmpty => plain.fg(Color::Indexed(240)),
        Role::Key | Role::Match => plain.fg(Color::Indexed(37)),
        Role::Gap | Role::Mark | Role::Flagged | Role::Notice | Role::Warning => {
            plain.fg(Color::Indexed(172))
        }
        Role::Ahead | Role::Differ | Role::Bar => plain.fg(Color::Indexed(32)),
        Role::Failed => plain.fg(Color::Indexed(166)),
        _ => plain,
    }
}

fn rgb(role: Role) -> Style {
    let plain = indexed(role);
    match role {
        Role::Gap | Role::Mark | Role::Flagged | Role::Notice | Role::Warning => {
            plain.fg(Color::Rgb(0xd8, 0x8a, 0x10))
        }
        Role::Ahead | Role::Differ | Role::Bar => plain.fg(Color::Rgb(0x2f, 0x8f, 0xd8)),
        Role::Failed => plain.fg(Color::Rgb(0xd8, 0x5a, 0x20)),
        _ => plain,
    }
}
