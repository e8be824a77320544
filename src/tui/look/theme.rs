//! Themes: an ink for each role and the background they are made for; the built-in themes are here.

use ratatui::style::{Color, Modifier, Style};
use strum::{EnumCount as _, IntoEnumIterator as _};

use super::{
    Palette, Role,
    colour::{Colour, Ground, Rgb, contrast, end_of_greys, of_sixteen},
};

/// How a role is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    pub colour: Colour,
    /// The colour on terminals with sixteen; `None` for the nearest legible one.
    pub sixteen: Option<Colour>,
    /// Bold, underlined, reversed.
    pub lines: Modifier,
    /// Whether the ink is dim; `None` makes quiet roles dim if no colour distinguishes them.
    pub dim: Option<bool>,
}

/// An ink for each role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The background that the theme is made for, at its least favourable; `None` if any will do.
    pub background: Option<Rgb>,
    /// Whether the theme paints that background or leaves the terminal's own.
    pub is_painted: bool,
    inks: [Ink; Role::COUNT],
}

/// A built-in theme. Roles share seven tints, each with its substitute among sixteen colours.
struct BuiltIn {
    name: &'static str,
    background: Option<Rgb>,
    is_painted: bool,
    text: Tint,
    faint: Tint,
    border: Tint,
    key: Tint,
    gap: Tint,
    ahead: Tint,
    failed: Tint,
}

type Tint = (Colour, Option<Colour>);

const fn tint(red: u8, green: u8, blue: u8) -> Tint {
    (Colour::Rgb([red, green, blue]), None)
}

/// Like [`tint`], with its substitute among the sixteen colours.
const fn or(red: u8, green: u8, blue: u8, sixteen: u8) -> Tint {
    (Colour::Rgb([red, green, blue]), Some(Colour::Indexed(sixteen)))
}

const OWN: Tint = (Colour::Default, None);

static BUILT_IN: [BuiltIn; 5] = [
    // The background is unknown. None of the sixteen can be read on every one (docs/colours.md), so there words have the
    // terminal's own colour, and bold, underline and reverse; what is drawn has colours, which may be lost.
    BuiltIn {
        name: "auto",
        background: None,
        is_painted: false,
        text: (Colour::Default, Some(Colour::Default)),
        faint: OWN,
        border: OWN,
        key: (Colour::Indexed(37), Some(Colour::Default)),
        gap: (Colour::Rgb([0xd8, 0x8a, 0x10]), Some(Colour::Default)),
        ahead: (Colour::Rgb([0x2f, 0x8f, 0xd8]), Some(Colour::Default)),
        failed: (Colour::Rgb([0xd8, 0x5a, 0x20]), Some(Colour::Default)),
    },
    BuiltIn {
        name: "dark",
        background: Some([0x20, 0x20, 0x20]),
        is_painted: false,
        text: tint(0xe4, 0xe4, 0xe4),
        faint: tint(0xa8, 0xa8, 0xa8),
        border: tint(0x78, 0x78, 0x78),
        key: or(0x5f, 0xc0, 0xc0, 6),
        gap: or(0xff, 0xaf, 0x3f, 3),
        ahead: or(0x6f, 0xb4, 0xff, 12),
        failed: or(0xff, 0x8f, 0x6b, 9),
    },
    BuiltIn {
        name: "light",
        background: Some([0xf0, 0xf0, 0xf0]),
        is_painted: false,
        text: tint(0x1c, 0x1c, 0x1c),
        faint: tint(0x58, 0x58, 0x58),
        border: tint(0x80, 0x80, 0x80),
        // Cyan and yellow of the sixteen are illegible on white.
        key: or(0x00, 0x66, 0x66, 4),
        gap: or(0x85, 0x46, 0x00, 5),
        ahead: or(0x00, 0x4c, 0xa0, 4),
        failed: or(0xa8, 0x1c, 0x00, 1),
    },
    // Red, blue and magenta of the sixteen have a contrast of less than 7:1 on black.
    BuiltIn {
        name: "high-contrast",
        background: Some([0; 3]),
        is_painted: true,
        text: or(0xff, 0xff, 0xff, 15),
        faint: or(0xd8, 0xd8, 0xd8, 7),
        border: or(0xff, 0xff, 0xff, 15),
        key: or(0x00, 0xff, 0xff, 14),
        gap: or(0xff, 0xd7, 0x00, 11),
        ahead: or(0x80, 0xc8, 0xff, 10),
        failed: or(0xff, 0x9f, 0x80, 3),
    },
    // The palette of Okabe and Ito, Color Universal Design (2008), where its colours are light enough.
    BuiltIn {
        name: "colour-blind",
        background: Some([0x20, 0x20, 0x20]),
        is_painted: false,
        text: tint(0xe4, 0xe4, 0xe4),
        faint: tint(0xa8, 0xa8, 0xa8),
        border: tint(0x78, 0x78, 0x78),
        key: or(0xf0, 0xe4, 0x42, 11),
        gap: or(0xe6, 0x9f, 0x00, 3),
        ahead: or(0x56, 0xb4, 0xe9, 12),
        failed: or(0xd9, 0x8c, 0xb8, 13),
    },
];

impl BuiltIn {
    fn theme(&self) -> Theme {
        let mut inks =
            [Ink { colour: OWN.0, sixteen: None, lines: Modifier::empty(), dim: None }; Role::COUNT];
        for role in Role::iter() {
            let (colour, sixteen) = self.tint(role);
            inks[role as usize] = Ink { colour, sixteen, lines: lines(role), dim: None };
        }
        Theme { background: self.background, is_painted: self.is_painted, inks }
    }

    const fn tint(&self, role: Role) -> Tint {
        match role {
            Role::Text
            | Role::Given
            | Role::Title
            | Role::Cursor
            | Role::CursorElsewhere
            | Role::Caret
            | Role::BorderFocused => self.text,
            Role::Faint | Role::NotApplicable => self.faint,
            Role::Border | Role::BarEmpty => self.border,
            Role::Key | Role::Match => self.key,
            Role::Gap | Role::Mark | Role::Flagged | Role::Notice | Role::Warning => self.gap,
            Role::Ahead | Role::Differ | Role::Bar => self.ahead,
            Role::Failed => self.failed,
        }
    }
}

impl Theme {
    /// The names of the built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|built_in| built_in.name)
    }

    /// The built-in theme of this name.
    pub fn find(name: &str) -> Option<Self> {
        BUILT_IN.iter().find(|built_in| built_in.name == name).map(BuiltIn::theme)
    }

    /// The theme that keeps the terminal's own text colour and background.
    pub fn own() -> Self {
        BUILT_IN[0].theme()
    }

    pub const fn ink(&self, role: Role) -> Ink {
        self.inks[role as usize]
    }

    pub const fn set_ink(&mut self, role: Role, ink: Ink) {
        self.inks[role as usize] = ink;
    }

    /// The roles of words with a contrast under 3:1 on the background of the theme, with the contrast.
    pub fn hard_to_read(&self) -> Vec<(Role, f64)> {
        let Some(background) = self.background else { return vec![] };
        let words = Role::iter().filter(|role| !is_drawn(*role));
        let seen = words.filter_map(|role| Some((role, contrast(self.ink(role).colour.seen()?, background))));
        seen.filter(|(_, ratio)| *ratio < 3.0).collect()
    }

    /// The style of a role, with the colours of the palette.
    pub(super) fn style(&self, role: Role, palette: Palette) -> Style {
        if palette == Palette::Mono {
            return Style::new().add_modifier(mono(role));
        }
        let ink = self.ink(role);
        let sixteen = ink.sixteen.filter(|_| palette == Palette::Sixteen);
        let accent = accent(role).filter(|_| sixteen == Some(Colour::Default));
        let sent = accent.or(sixteen).unwrap_or(ink.colour).sent(palette, self.grounds());
        let is_dim = ink.dim.unwrap_or(sent.is_none() && is_quiet(role) && !self.is_painted);
        // The bar of the cursor has one colour from edge to edge, whatever stands on it.
        let own = if role == Role::Cursor { Style::new().fg(Color::Reset) } else { Style::new() };
        let plain = sent.map_or(own, |colour| Style::new().fg(colour));
        let lines = match sent {
            None => ink.lines | mono(role).difference(Modifier::DIM),
            Some(_) => ink.lines,
        };
        plain.add_modifier(lines | if is_dim { Modifier::DIM } else { Modifier::empty() })
    }

    /// The style of the sign before the words of a gap: where those have no colour, it has one.
    pub(super) fn gap_sign(&self, palette: Palette) -> Style {
        let words = self.style(Role::Gap, palette);
        let is_bare = palette == Palette::Sixteen && self.ink(Role::Gap).sixteen == Some(Colour::Default);
        if is_bare { words.fg(of_sixteen(GAP_SIGN_OF_SIXTEEN)) } else { words }
    }

    fn grounds(&self) -> Ground {
        match self.background {
            Some(background) if self.is_painted => Ground::Painted(background),
            // If the background is unknown a dark one is assumed, since most terminals are dark.
            other => Ground::Own(other.unwrap_or([0x20; 3])),
        }
    }

    /// The style that fills the whole screen first.
    pub(super) fn ground(&self, palette: Palette) -> Style {
        let plain = Style::new().remove_modifier(Modifier::all());
        let Some(background) = self.background.filter(|_| self.is_painted && palette != Palette::Mono) else {
            return plain;
        };
        let black_or_white = end_of_greys(background);
        let below = match palette {
            Palette::Sixteen => Some(of_sixteen(black_or_white)),
            _ => Colour::Rgb(background).sent(palette, self.grounds()),
        };
        let text = self.style(Role::Text, palette).fg.unwrap_or(of_sixteen(15 - black_or_white));
        below.map_or(plain, |below| plain.bg(below).fg(text))
    }
}

/// The colour of the sixteen that the sign of a gap has where its words have none.
const GAP_SIGN_OF_SIXTEEN: u8 = 3;

/// The colour of the sixteen for what is drawn and not read, where words have none: it may be lost without harm.
const fn accent(role: Role) -> Option<Colour> {
    match role {
        Role::Bar => Some(Colour::Indexed(12)),
        Role::BorderFocused => Some(Colour::Indexed(6)),
        _ => None,
    }
}

/// Roles that should stand out less than others.
const fn is_quiet(role: Role) -> bool {
    matches!(role, Role::Faint | Role::NotApplicable | Role::Border | Role::BarEmpty)
}

/// Roles of lines and blocks, which carry no words.
const fn is_drawn(role: Role) -> bool {
    matches!(role, Role::Border | Role::BorderFocused | Role::Bar | Role::BarEmpty)
}

/// Bold, underline and reverse of a role in every built-in theme.
const fn lines(role: Role) -> Modifier {
    match role {
        Role::Title | Role::Gap | Role::Ahead | Role::Failed | Role::BorderFocused => Modifier::BOLD,
        Role::Cursor | Role::Caret => Modifier::REVERSED,
        Role::CursorElsewhere | Role::Match => Modifier::UNDERLINED,
        Role::Flagged => Modifier::BOLD.union(Modifier::UNDERLINED),
        _ => Modifier::empty(),
    }
}

/// What distinguishes a role without colours. Themes cannot change it.
const fn mono(role: Role) -> Modifier {
    match role {
        Role::Key | Role::Mark | Role::Notice | Role::Warning => Modifier::BOLD,
        role if is_quiet(role) => Modifier::DIM,
        role => lines(role),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::{
        super::colour::{linear, nearest, of_index},
        *,
    };

    fn all() -> impl Iterator<Item = (&'static str, Theme)> {
        BUILT_IN.iter().map(|built_in| (built_in.name, built_in.theme()))
    }

    /// What the colour of a style looks like, for 0–15 as in xterm.
    fn seen(colour: Color) -> Rgb {
        match colour {
            Color::Rgb(red, green, blue) => [red, green, blue],
            Color::Indexed(index) => of_index(index),
            named => of_index((0..16).find(|index| of_sixteen(*index) == named).unwrap()),
        }
    }

    #[test]
    fn every_role_of_every_theme_can_be_read_on_its_background() {
        for (name, theme) in all() {
            let Some(background) = theme.background else { continue };
            for role in Role::iter() {
                let least = match (name, role) {
                    ("high-contrast", _) => 7.0,
                    (_, Role::Border | Role::BarEmpty) => 3.0,
                    _ => 4.5,
                };
                for palette in [Palette::Indexed, Palette::Rgb] {
                    let ink = seen(theme.style(role, palette).fg.unwrap());
                    let found = contrast(ink, background);
                    assert!(found >= least, "{name} {role:?} {ink:?}: {found:.2}");
                }
            }
        }
    }

    #[test]
    fn sixteen_colours_can_be_read_too_where_the_background_is_painted() {
        for (name, theme) in all().filter(|(_, theme)| theme.is_painted) {
            for role in Role::iter() {
                let (ground, style) = (theme.ground(Palette::Sixteen), theme.style(role, Palette::Sixteen));
                let [ink, background] = [style.fg.or(ground.fg).unwrap(), ground.bg.unwrap()].map(seen);
                let found = contrast(ink, background);
                assert!(found >= 7.0, "{name} {role:?} {ink:?}: {found:.2}");
                assert!(!style.add_modifier.contains(Modifier::DIM), "{name} {role:?} is dim");
            }
        }
    }

    #[test]
    fn words_never_have_black_or_grey_on_a_background_that_nobody_knows() {
        let told_rgb = |theme: &Theme| {
            let mut theme = *theme;
            let faint = Ink { colour: Colour::Rgb([0x66; 3]), ..theme.ink(Role::Faint) };
            theme.set_ink(Role::Faint, faint);
            theme
        };
        for (name, theme) in all().filter(|(_, theme)| !theme.is_painted) {
            for theme in [theme, told_rgb(&theme)] {
                for (role, palette) in
                    Role::iter().flat_map(|role| [(role, Palette::Mono), (role, Palette::Sixteen)])
                {
                    let style = theme.style(role, palette);
                    let is_lost =
                        matches!(style.fg, Some(Color::Black | Color::DarkGray | Color::Indexed(0 | 8)));
                    assert!(is_drawn(role) || !is_lost, "{name} {role:?} {palette:?}");
                    assert_eq!(theme.ground(palette).bg, None, "{name}");
                }
            }
            assert_eq!(theme.style(Role::Faint, Palette::Sixteen), Style::new().add_modifier(Modifier::DIM));
        }
    }

    #[test]
    fn without_colours_none_is_named_whatever_the_theme() {
        for (_, mut theme) in all() {
            let red = Ink { colour: Colour::Indexed(1), ..theme.ink(Role::Gap) };
            theme.set_ink(Role::Gap, red);
            for role in Role::iter() {
                assert_eq!(theme.style(role, Palette::Mono).fg, None);
                assert_eq!(theme.style(role, Palette::Mono), Theme::own().style(role, Palette::Mono));
            }
            assert_eq!(theme.ground(Palette::Mono).bg, None);
        }
    }

    /// What a person without red or green cones sees, after Viénot, Brettel and Mollon (1999), in linear light.
    fn seen_by(colour: Rgb, is_protan: bool) -> [f64; 3] {
        let [red, green, blue] = linear(colour);
        let (r, g, b) =
            if is_protan { (0.112_38, 0.887_62, 0.004_01) } else { (0.292_75, 0.707_25, -0.022_34) };
        let yellow = r * red + g * green;
        [yellow, yellow, b * red - b * green + blue]
    }

    #[test]
    fn the_colour_blind_theme_keeps_its_meanings_apart() {
        let theme = Theme::find("colour-blind").unwrap();
        let meanings = [Role::Gap, Role::Ahead, Role::Failed, Role::Text];
        let meanings = meanings.map(|role| theme.ink(role).colour.seen().unwrap());
        for is_protan in [true, false] {
            for (at, one) in meanings.iter().enumerate() {
                for other in &meanings[..at] {
                    let (one, other) = (seen_by(*one, is_protan), seen_by(*other, is_protan));
                    let apart: f64 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
                    assert!(apart.sqrt() > 0.15, "{one:?} {other:?}: {:.3}", apart.sqrt());
                }
            }
        }
    }

    #[test]
    fn an_indexed_colour_stands_in_for_one_of_many() {
        let style = Theme::find("dark").unwrap().style(Role::Gap, Palette::Indexed);
        assert_eq!(style.fg, Some(Color::Indexed(nearest([0xff, 0xaf, 0x3f]))));
    }
}
