//! What each role looks like: only this module and its parts name colours and glyphs with an ASCII twin.

pub mod colour;
pub mod theme;

use ratatui::{
    buffer::Cell,
    style::{Color, Style},
    symbols::border,
};
use strum::{EnumCount as _, IntoEnumIterator as _};

use theme::Theme;

/// The meaning of a piece of the screen. Panes name roles; only this module knows colours.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    strum::EnumCount,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
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
    /// The selected row of a pane without the focus.
    CursorElsewhere,
    /// Where the next letter that is typed goes.
    Caret,
    /// A given value.
    Given,
    /// A gap. Its words say that it is a gap; the colour only helps.
    Gap,
    /// Not applicable: quieter than a gap.
    NotApplicable,
    /// The side that is ahead.
    Ahead,
    /// The side that is behind, and values that differ without an order.
    Differ,
    /// A mark on a given cell: unsourced, outdated, disputed …
    Mark,
    /// A flagged cell where there is no room for a sign beside it.
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

/// The sign before the reason of a gap, which makes gaps easy to spot.
pub const GAP_SIGN: &str = "??";

/// How many colours the terminal may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum Palette {
    /// No colour is sent; bold, dim, underline and reverse show the roles.
    Mono,
    /// The sixteen colours of the terminal's theme, on the terminal's own background.
    Sixteen,
    Indexed,
    Rgb,
}

/// Glyphs, each with its ASCII twin. None has an ambiguous width.
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
    /// Between what a card says and what a reviewer says it is.
    pub becomes: &'static str,
    /// A pair of eyes that has reviewed a cell as it is.
    pub reviewed: &'static str,
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
    becomes: "→",
    reviewed: "✓",
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
    becomes: "->",
    reviewed: "v",
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

/// Styles and glyphs together: all a view needs to know about the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub palette: Palette,
    pub glyphs: &'static Glyphs,
    /// Indexed by role.
    styles: [Style; Role::COUNT],
    gap_sign: Style,
    ground: Style,
}

impl Look {
    /// A look in the terminal's own colours.
    pub fn new(palette: Palette, glyphs: &'static Glyphs) -> Self {
        Self::themed(palette, glyphs, &Theme::own())
    }

    /// A look in the colours of a theme, reduced to those of the palette.
    pub fn themed(palette: Palette, glyphs: &'static Glyphs, theme: &Theme) -> Self {
        let mut styles = [Style::new(); Role::COUNT];
        for role in Role::iter() {
            styles[role as usize] = theme.style(role, palette);
        }
        Self { palette, glyphs, styles, gap_sign: theme.gap_sign(palette), ground: theme.ground(palette) }
    }

    /// The style that takes a colour away.
    pub fn bare(&self) -> Style {
        Style::new().fg(self.ground.fg.unwrap_or(Color::Reset))
    }

    /// The style of [`GAP_SIGN`] before the words of a gap.
    pub const fn gap_sign(&self) -> Style {
        self.gap_sign
    }

    pub const fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The style that fills the whole screen before anything is drawn.
    pub const fn ground(&self) -> Style {
        self.ground
    }

    /// A look for reading a drawn screen back: [`Look::means`] tells the role of each cell. Each role is the indexed
    /// colour of its number.
    pub fn probe() -> Self {
        let styles = std::array::from_fn(|role| {
            Style::new().fg(Color::Indexed(u8::try_from(role).unwrap_or(u8::MAX)))
        });
        let gap_sign = styles[Role::Gap as usize];
        Self { palette: Palette::Sixteen, glyphs: &UNICODE, styles, gap_sign, ground: Style::new() }
    }

    /// Whether a cell drawn with [`Look::probe`] has this role.
    pub fn means(cell: &Cell, role: Role) -> bool {
        cell.fg == Color::Indexed(role as u8)
    }

    /// Text as this terminal can show it.
    pub fn words<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        if self.glyphs.is_ascii { crate::text::ascii(text) } else { text.into() }
    }
}
