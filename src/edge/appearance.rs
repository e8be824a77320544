//! What the terminal can show, told from the command line and the environment; the terminal itself is never asked.

use crate::tui::look::{ASCII, Look, Palette, UNICODE, theme::Theme};

/// What `--theme` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ThemeChoice {
    /// The terminal's own sixteen colours, on its own background.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colour is ever named.
    Mono,
    /// At least 7:1, on a black background that is painted.
    HighContrast,
    /// Colours that stay apart for every kind of colour vision, for a dark background.
    #[value(alias = "color-blind")]
    ColourBlind,
}

impl ThemeChoice {
    const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Mono => "mono",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
        }
    }
}

/// What `--color` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// As `NO_COLOR`, `CLICOLOR_FORCE`, `FORCE_COLOR` and `TERM` say.
    #[default]
    Auto,
    /// Colours, whatever the environment says.
    Always,
    /// No colour is ever named.
    Never,
    /// The terminal's own sixteen colours.
    #[value(name = "16")]
    Sixteen,
    /// The 256 indexed colours.
    #[value(name = "256")]
    Indexed,
    /// 24-bit colours.
    Rgb,
}

/// Palette and glyphs. `variable` reads the environment; an empty variable counts as not set.
///
/// Colour: `--color`, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE` and `FORCE_COLOR`, then `TERM`.
/// Glyphs: ASCII when asked for, or when the locale (`LC_ALL`, `LC_CTYPE`, `LANG`) is not UTF-8.
pub fn look(
    choice: ColorChoice,
    theme: ThemeChoice,
    ascii: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> Look {
    let palette = palette(choice, theme, &variable).0;
    let glyphs = if ascii || not_utf8(&variable).is_some() { &ASCII } else { &UNICODE };
    Look { theme: Theme::find(theme.name()), ..Look::new(palette, glyphs) }
}

/// The palette, and the variable that decided it where nobody asked for one.
pub(super) fn palette(
    choice: ColorChoice,
    theme: ThemeChoice,
    variable: &impl Fn(&str) -> Option<String>,
) -> (Palette, Option<&'static str>) {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    match choice {
        _ if theme == ThemeChoice::Mono => (Palette::Mono, None),
        ColorChoice::Never => (Palette::Mono, None),
        ColorChoice::Always | ColorChoice::Sixteen => (Palette::Sixteen, None),
        ColorChoice::Indexed => (Palette::Indexed, None),
        ColorChoice::Rgb => (Palette::Rgb, None),
        ColorChoice::Auto => {
            let (palette, by) = automatic(&set);
            deepened(palette, theme, &set).map_or((palette, Some(by)), |(deep, by)| (deep, Some(by)))
        }
    }
}

/// The locale's variable when what it says is no UTF-8; nothing when text may be printed as it is.
pub(super) fn not_utf8(variable: &impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    let by = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set).unwrap_or("LANG");
    let locale = variable(by).unwrap_or_default().to_lowercase();
    (!locale.contains("utf-8") && !locale.contains("utf8")).then_some(by)
}

/// A theme takes as many colours as the terminal says it has.
fn deepened(
    palette: Palette,
    theme: ThemeChoice,
    set: &impl Fn(&str) -> Option<String>,
) -> Option<(Palette, &'static str)> {
    if palette != Palette::Sixteen || theme == ThemeChoice::Auto {
        return None;
    }
    match set("COLORTERM").as_deref() {
        Some("truecolor" | "24bit") => Some((Palette::Rgb, "COLORTERM")),
        _ if set("TERM").is_some_and(|term| term.contains("256") || term.contains("direct")) => {
            Some((Palette::Indexed, "TERM"))
        }
        _ => None,
    }
}

fn automatic(set: &impl Fn(&str) -> Option<String>) -> (Palette, &'static str) {
    if set("NO_COLOR").is_some() {
        return (Palette::Mono, "NO_COLOR");
    }
    let is_set = |name: &&str| set(name).is_some_and(|value| value != "0");
    if let Some(forced) = ["CLICOLOR_FORCE", "FORCE_COLOR"].into_iter().find(is_set) {
        return (Palette::Sixteen, forced);
    }
    let term = set("TERM").unwrap_or_default();
    let is_colourless =
        term.is_empty() || term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2");
    (if is_colourless { Palette::Mono } else { Palette::Sixteen }, "TERM")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(choice: ColorChoice, variables: &[(&str, &str)]) -> (Palette, bool) {
        let read =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let look = look(choice, ThemeChoice::Auto, false, read);
        (look.palette, look.glyphs.is_ascii)
    }

    #[test]
    fn no_color_is_obeyed_unless_the_command_line_says_otherwise() {
        let no_color = [("TERM", "xterm-256color"), ("NO_COLOR", "1"), ("LANG", "en_IE.UTF-8")];
        assert_eq!(with(ColorChoice::Auto, &no_color), (Palette::Mono, false));
        assert_eq!(with(ColorChoice::Always, &no_color).0, Palette::Sixteen);
        assert_eq!(with(ColorChoice::Auto, &[("TERM", "xterm"), ("NO_COLOR", "")]).0, Palette::Sixteen);
    }

    #[test]
    fn a_dumb_terminal_gets_no_colour_unless_it_is_forced() {
        assert_eq!(with(ColorChoice::Auto, &[("TERM", "dumb")]).0, Palette::Mono);
        assert_eq!(with(ColorChoice::Auto, &[("TERM", "dumb"), ("FORCE_COLOR", "1")]).0, Palette::Sixteen);
        assert_eq!(with(ColorChoice::Auto, &[("TERM", "dumb"), ("FORCE_COLOR", "0")]).0, Palette::Mono);
    }

    #[test]
    fn a_theme_takes_the_colours_there_are_and_no_color_still_rules() {
        let with = |theme, variables: &'static [(&str, &str)]| {
            let read = |name: &str| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            let look = look(ColorChoice::Auto, theme, false, read);
            (look.palette, look.theme.map(|theme| theme.name))
        };
        let dark = Some("dark");
        assert_eq!(with(ThemeChoice::Dark, &[("TERM", "xterm")]), (Palette::Sixteen, dark));
        assert_eq!(with(ThemeChoice::Dark, &[("TERM", "xterm-256color")]), (Palette::Indexed, dark));
        let full = &[("TERM", "xterm"), ("COLORTERM", "truecolor")];
        assert_eq!(with(ThemeChoice::Dark, full), (Palette::Rgb, dark));
        assert_eq!(with(ThemeChoice::Auto, full), (Palette::Sixteen, None));
        assert_eq!(with(ThemeChoice::Dark, &[("TERM", "xterm"), ("NO_COLOR", "1")]).0, Palette::Mono);
        assert_eq!(with(ThemeChoice::Mono, full), (Palette::Mono, None));
        for choice in <ThemeChoice as clap::ValueEnum>::value_variants() {
            let named = clap::ValueEnum::to_possible_value(choice).unwrap();
            assert_eq!(named.get_name(), choice.name());
        }
    }

    #[test]
    fn a_locale_that_is_not_utf8_gets_ascii() {
        assert!(with(ColorChoice::Auto, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).1);
        assert!(with(ColorChoice::Auto, &[]).1);
        assert!(!with(ColorChoice::Auto, &[("LANG", "C.utf8")]).1);
    }
}
