//! The built-in themes: a colour a role, with the background it is meant for.

use ratatui::style::{Color, Modifier, Style};

use super::{Palette, Role};

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// Colours that are chosen for a background, where the terminal's own sixteen are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub name: &'static str,
    pub about: &'static str,
    /// The background it is made for, at its least favourable.
    pub background: Rgb,
    /// Whether that background is painted, or the terminal's own stays.
    pub is_painted: bool,
    is_light: bool,
    text: Rgb,
    faint: Rgb,
    border: Rgb,
    key: Rgb,
    gap: Rgb,
    ahead: Rgb,
    failed: Rgb,
}

pub static THEMES: [Theme; 4] = [
    Theme {
        name: "dark",
        about: "for a dark background",
        background: [0x20, 0x20, 0x20],
        is_painted: false,
        is_light: false,
        text: [0xe4, 0xe4, 0xe4],
        faint: [0xa8, 0xa8, 0xa8],
        border: [0x78, 0x78, 0x78],
        key: [0x5f, 0xc0, 0xc0],
        gap: [0xff, 0xaf, 0x3f],
        ahead: [0x6f, 0xb4, 0xff],
        failed: [0xff, 0x8f, 0x6b],
    },
    Theme {
        name: "light",
        about: "for a light background",
        background: [0xf0, 0xf0, 0xf0],
        is_painted: false,
        is_light: true,
        text: [0x1c, 0x1c, 0x1c],
        faint: [0x58, 0x58, 0x58],
        border: [0x80, 0x80, 0x80],
        key: [0x00, 0x66, 0x66],
        gap: [0x85, 0x46, 0x00],
        ahead: [0x00, 0x4c, 0xa0],
        failed: [0xa8, 0x1c, 0x00],
    },
    Theme {
        name: "high-contrast",
        about: "at least 7:1, on a black background that is painted",
        background: [0, 0, 0],
        is_painted: true,
        is_light: false,
        text: [0xff, 0xff, 0xff],
        faint: [0xd8, 0xd8, 0xd8],
        border: [0xff, 0xff, 0xff],
        key: [0x00, 0xff, 0xff],
        gap: [0xff, 0xd7, 0x00],
        ahead: [0x80, 0xc8, 0xff],
        failed: [0xff, 0x9f, 0x80],
    },
    // The colours of Okabe and Ito, Color Universal Design (2008), where they are light enough.
    Theme {
        name: "colour-blind",
        about: "colours that stay apart for every kind of colour vision, for a dark background",
        background: [0x20, 0x20, 0x20],
        is_painted: false,
        is_light: false,
        text: [0xe4, 0xe4, 0xe4],
        faint: [0xa8, 0xa8, 0xa8],
        border: [0x78, 0x78, 0x78],
        key: [0xf0, 0xe4, 0x42],
        gap: [0xe6, 0x9f, 0x00],
        ahead: [0x56, 0xb4, 0xe9],
        failed: [0xd9, 0x8c, 0xb8],
    },
];

impl Theme {
    /// The one of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        THEMES.iter().find(|theme| theme.name == name)
    }

    const fn ink(&self, role: Role) -> Rgb {
        match role {
            Role::Text
            | Role::Given
            | Role::Title
            | Role::Cursor
            | Role::CursorElsewhere
            | Role::BorderFocused => self.text,
            Role::Faint | Role::NotApplicable => self.faint,
            Role::Border | Role::BarEmpty => self.border,
            Role::Key | Role::Match => self.key,
            Role::Gap | Role::Mark | Role::Flagged | Role::Notice | Role::Warning => self.gap,
            Role::Ahead | Role::Differ | Role::Bar => self.ahead,
            Role::Failed => self.failed,
        }
    }

    /// The style of a role with as many colours as the terminal has. Weight and lines are those of every look.
    pub(super) fn style(&self, role: Role, palette: Palette) -> Style {
        let plain = super::sixteen(role);
        match palette {
            Palette::Mono => super::mono(role),
            Palette::Sixteen if self.is_light => match plain.fg {
                // Of the sixteen these two cannot be read on white.
                Some(Color::Yellow) => plain.fg(Color::Magenta),
                Some(Color::Cyan) => plain.fg(Color::Blue),
                _ => plain,
            },
            Palette::Sixteen => plain,
            Palette::Indexed => plain.fg(Color::Indexed(nearest(self.ink(role)))),
            Palette::Rgb => plain.fg(rgb(self.ink(role))),
        }
    }

    /// What the whole screen is painted with first.
    pub(super) fn ground(&self, palette: Palette) -> Style {
        let plain = Style::new().remove_modifier(Modifier::all());
        match palette {
            _ if !self.is_painted => plain,
            Palette::Mono => plain,
            Palette::Sixteen => plain.bg(Color::Black).fg(Color::White),
            Palette::Indexed => {
                plain.bg(Color::Indexed(nearest(self.background))).fg(Color::Indexed(nearest(self.text)))
            }
            Palette::Rgb => plain.bg(rgb(self.background)).fg(rgb(self.text)),
        }
    }
}

const fn rgb([red, green, blue]: Rgb) -> Color {
    Color::Rgb(red, green, blue)
}

/// The six steps of the colour cube of the 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 240 indexed colours that every terminal has alike: the cube and the greys.
fn nearest(wanted: Rgb) -> u8 {
    let distance = |index: &u8| {
        let one = of_index(*index);
        one.iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>()
    };
    (16..=255).min_by_key(distance).unwrap_or(15)
}

/// What an index from 16 on looks like.
fn of_index(index: u8) -> Rgb {
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let at = usize::from(index.saturating_sub(16));
    [STEPS[at / 36], STEPS[at / 6 % 6], STEPS[at % 6]]
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    fn linear(colour: Rgb) -> [f64; 3] {
        colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The contrast ratio of WCAG 2.
    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let luminance = |colour| {
            let [red, green, blue] = linear(colour);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_role_of_every_theme_can_be_read_on_its_background() {
        for theme in &THEMES {
            for role in Role::iter() {
                let least = match (theme.name, role) {
                    ("high-contrast", _) => 7.0,
                    // Lines and the empty part of a bar say nothing by themselves.
                    (_, Role::Border | Role::BarEmpty) => 3.0,
                    _ => 4.5,
                };
                for ink in [theme.ink(role), of_index(nearest(theme.ink(role)))] {
                    let found = contrast(ink, theme.background);
                    assert!(found >= least, "{} {role:?} {ink:?}: {found:.2}", theme.name);
                }
            }
        }
    }

    /// What a person without red or green cones sees, after Viénot, Brettel and Mollon (1999), in linear light.
    fn seen(colour: Rgb, is_protan: bool) -> [f64; 3] {
        let [red, green, blue] = linear(colour);
        let (r, g, b) =
            if is_protan { (0.112_38, 0.887_62, 0.004_01) } else { (0.292_75, 0.707_25, -0.022_34) };
        let yellow = r * red + g * green;
        [yellow, yellow, b * red - b * green + blue]
    }

    #[test]
    fn the_colour_blind_theme_keeps_its_meanings_apart() {
        let theme = Theme::find("colour-blind").unwrap();
        let meanings = [theme.gap, theme.ahead, theme.failed, theme.text];
        for is_protan in [true, false] {
            for (at, one) in meanings.iter().enumerate() {
                for other in &meanings[..at] {
                    let (one, other) = (seen(*one, is_protan), seen(*other, is_protan));
                    let apart: f64 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
                    assert!(apart.sqrt() > 0.15, "{one:?} {other:?}: {:.3}", apart.sqrt());
                }
            }
        }
    }

    #[test]
    fn the_indexed_colours_are_those_that_terminals_have() {
        assert_eq!(
            (of_index(16), of_index(231), of_index(232), of_index(255)),
            ([0; 3], [255; 3], [8; 3], [238; 3])
        );
        assert_eq!((nearest([255, 0, 0]), nearest([0, 0, 0]), nearest([255; 3])), (196, 16, 231));
    }
}
