//! Colours as themes write them, and their nearest ones on terminals with fewer colours.

use std::str::FromStr;

use ratatui::style::Color;

use super::Palette;

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// A colour as a theme names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own text colour, or the one that the theme paints text with.
    Default,
    /// A colour by its number: 0–15 depend on the terminal's theme, 16–255 are the same on every terminal.
    Indexed(u8),
    Rgb(Rgb),
}

/// The names of the colours 0–15.
pub const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// The default of xterm for the colours 0–15. Each terminal has its own, so these only serve to estimate contrast.
const XTERM: [Rgb; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// Black, white and the two greys of the sixteen. On an unpainted background they cannot be used: the background may
/// be one of them.
const GREYS: [u8; 4] = [0, 7, 8, 15];

/// The contrast ratio that words should have at least.
const LEGIBLE: f64 = 4.5;

impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "default" {
            return Ok(Self::Default);
        }
        if let Some(at) = NAMES.iter().zip(0..).find(|(name, _)| **name == text).map(|(_, at)| at) {
            return Ok(Self::Indexed(at));
        }
        if let Some(digits) = text.strip_prefix('#') {
            let is_whole = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let parts = u32::from_str_radix(digits, 16).ok().filter(|_| is_whole).ok_or(())?;
            let [_, red, green, blue] = parts.to_be_bytes();
            return Ok(Self::Rgb([red, green, blue]));
        }
        text.parse().map(Self::Indexed).map_err(|_| ())
    }
}

impl Colour {
    /// What the colour looks like, for 0–15 as in xterm; `None` for the default, which is unknown.
    pub fn seen(self) -> Option<Rgb> {
        match self {
            Self::Default => None,
            Self::Indexed(index) => Some(of_index(index)),
            Self::Rgb(rgb) => Some(rgb),
        }
    }

    /// The colour to send to a terminal with this palette; `None` to keep the terminal's own.
    pub(super) fn sent(self, palette: Palette, ground: Ground) -> Option<Color> {
        match (self, palette) {
            (Self::Default, _) | (_, Palette::Mono) => None,
            (Self::Indexed(index @ 0..16), _) => Some(of_sixteen(index)),
            (colour, Palette::Sixteen) => reduced(colour.seen()?, ground).map(of_sixteen),
            (Self::Indexed(index), _) => Some(Color::Indexed(index)),
            (Self::Rgb(rgb), Palette::Indexed) => Some(Color::Indexed(nearest(rgb))),
            (Self::Rgb([red, green, blue]), Palette::Rgb) => Some(Color::Rgb(red, green, blue)),
        }
    }
}

/// The background that colours are sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// The terminal's own background, assumed to look about like this.
    Own(Rgb),
    /// Painted by the theme.
    Painted(Rgb),
}

/// One of the colours 0–15 in ratatui's names.
pub(super) const fn of_sixteen(index: u8) -> Color {
    match index {
        0 => Color::Black,
        1 => Color::Red,
        2 => Color::Green,
        3 => Color::Yellow,
        4 => Color::Blue,
        5 => Color::Magenta,
        6 => Color::Cyan,
        7 => Color::Gray,
        8 => Color::DarkGray,
        9 => Color::LightRed,
        10 => Color::LightGreen,
        11 => Color::LightYellow,
        12 => Color::LightBlue,
        13 => Color::LightMagenta,
        14 => Color::LightCyan,
        _ => Color::White,
    }
}

/// The nearest of the sixteen colours that is legible on the background; `None` for a grey on an unpainted
/// background, for which the terminal's own text colour must do.
fn reduced(wanted: Rgb, ground: Ground) -> Option<u8> {
    let spread = wanted.iter().max()?.abs_diff(*wanted.iter().min()?);
    let is_grey = spread < 0x20;
    let background = match ground {
        Ground::Own(_) if is_grey => return None,
        Ground::Own(rgb) => rgb,
        // The background itself is painted with one of the sixteen too.
        Ground::Painted(rgb) => XTERM[usize::from(end_of_greys(rgb))],
    };
    let against = |index: &u8| contrast(XTERM[usize::from(*index)], background);
    let least = LEGIBLE.min(contrast(wanted, background));
    let of_kind = (0..16_u8).filter(|index| GREYS.contains(index) == is_grey);
    let legible = of_kind.filter(|index| against(index) >= least);
    legible.min_by_key(|index| distance(XTERM[usize::from(*index)], wanted))
}

/// The number of black or white, whichever is nearer to the background.
pub(super) fn end_of_greys(background: Rgb) -> u8 {
    if contrast(background, [0; 3]) < contrast(background, [255; 3]) { 0 } else { 15 }
}

fn distance(one: Rgb, other: Rgb) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// The six steps of the colour cube of the 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of the 240 indexed colours that are the same on every terminal: the cube and the greys.
pub(super) fn nearest(wanted: Rgb) -> u8 {
    (16..=255).min_by_key(|index| distance(of_index(*index), wanted)).unwrap_or(15)
}

/// What an indexed colour looks like.
pub(super) fn of_index(index: u8) -> Rgb {
    if let Some(known) = XTERM.get(usize::from(index)) {
        return *known;
    }
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let at = usize::from(index.saturating_sub(16));
    [STEPS[at / 36], STEPS[at / 6 % 6], STEPS[at % 6]]
}

/// A colour in linear light, each part from 0 to 1.
pub(super) fn linear(colour: Rgb) -> [f64; 3] {
    colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// The contrast ratio of WCAG 2: from 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |colour| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_name_a_number_or_red_green_and_blue() {
        let read = |text: &str| text.parse::<Colour>();
        assert_eq!(read("default"), Ok(Colour::Default));
        assert_eq!((read("red"), read("bright-white")), (Ok(Colour::Indexed(1)), Ok(Colour::Indexed(15))));
        assert_eq!((read("0"), read("255")), (Ok(Colour::Indexed(0)), Ok(Colour::Indexed(255))));
        assert_eq!(read("#ffAF3f"), Ok(Colour::Rgb([0xff, 0xaf, 0x3f])));
        for wrong in ["", "pink", "256", "-1", "#fff", "#ffaf3", "#ffaf3fe", "#+1aaaa", "#ﬀaf3f", "Red"] {
            assert_eq!(read(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn with_sixteen_colours_the_nearest_that_can_be_read_is_sent() {
        let sent = |rgb, ground| Colour::Rgb(rgb).sent(Palette::Sixteen, ground);
        let (dark, light) = (Ground::Own([0x20; 3]), Ground::Own([0xf0; 3]));
        assert_eq!(sent([0xff, 0xaf, 0x3f], dark), Some(Color::Yellow));
        assert_eq!(sent([0xa8, 0x1c, 0], light), Some(Color::Red));
        assert_eq!(sent([0, 0x4c, 0xa0], light), Some(Color::Blue));
        // A grey becomes the terminal's own colour; on a painted background, one of the four greys.
        assert_eq!((sent([0xa8; 3], dark), sent([0x58; 3], light)), (None, None));
        assert_eq!(sent([0xd8; 3], Ground::Painted([0; 3])), Some(Color::Gray));
        assert_eq!(sent([0x58; 3], Ground::Painted([255; 3])), Some(Color::Black));
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
