//! What the terminal can show, told from the command line and the environment; the terminal itself is never asked.

use super::themes::Themed;
use crate::tui::look::{ASCII, Look, Palette, UNICODE, theme::Theme};

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
    themed: &Themed,
    ascii: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> Look {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let theme = themed.theme.unwrap_or_else(Theme::own);
    let palette = match choice {
        _ if themed.theme.is_none() => Palette::Mono,
        ColorChoice::Never => Palette::Mono,
        ColorChoice::Always | ColorChoice::Sixteen => Palette::Sixteen,
        ColorChoice::Indexed => Palette::Indexed,
        ColorChoice::Rgb => Palette::Rgb,
        ColorChoice::Auto => deepened(automatic(&set), &theme, &set),
    };
    let glyphs = if ascii || !is_utf8(&set) { &ASCII } else { &UNICODE };
    Look::themed(palette, glyphs, &theme)
}

/// A theme takes as many colours as the terminal says it has.
fn deepened(palette: Palette, theme: &Theme, set: &impl Fn(&str) -> Option<String>) -> Palette {
    if palette != Palette::Sixteen || *theme == Theme::own() {
        return palette;
    }
    match set("COLORTERM").as_deref() {
        Some("truecolor" | "24bit") => Palette::Rgb,
        _ if set("TERM").is_some_and(|term| term.contains("256") || term.contains("direct")) => {
            Palette::Indexed
        }
        _ => palette,
    }
}

fn automatic(set: &impl Fn(&str) -> Option<String>) -> Palette {
    if set("NO_COLOR").is_some() {
        return Palette::Mono;
    }
    let forced =
        ["CLICOLOR_FORCE", "FORCE_COLOR"].iter().any(|name| set(name).is_some_and(|value| value != "0"));
    let term = set("TERM").unwrap_or_default();
    let is_colourless =
        term.is_empty() || term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2");
    if forced || !is_colourless { Palette::Sixteen } else { Palette::Mono }
}

fn is_utf8(set: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name)).unwrap_or_default();
    let locale = locale.to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::{super::themes::find, *};

    fn with(choice: ColorChoice, variables: &[(&str, &str)]) -> (Palette, bool) {
        let read =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let look = look(choice, &Themed::default(), false, read);
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
        let with = |name: &str, variables: &'static [(&str, &str)]| {
            let read = |name: &str| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            let look = look(ColorChoice::Auto, &find(name, None).unwrap().0, false, read);
            let theme = Theme::find(name).unwrap_or_else(Theme::own);
            assert_eq!(look, Look::themed(look.palette, look.glyphs, &theme), "{name}");
            look.palette
        };
        assert_eq!(with("dark", &[("TERM", "xterm")]), Palette::Sixteen);
        assert_eq!(with("dark", &[("TERM", "xterm-256color")]), Palette::Indexed);
        let full = &[("TERM", "xterm"), ("COLORTERM", "truecolor")];
        assert_eq!(with("dark", full), Palette::Rgb);
        assert_eq!(with("auto", full), Palette::Sixteen);
        assert_eq!(with("dark", &[("TERM", "xterm"), ("NO_COLOR", "1")]), Palette::Mono);
        assert_eq!(with("mono", full), Palette::Mono);
    }

    #[test]
    fn a_locale_that_is_not_utf8_gets_ascii() {
        assert!(with(ColorChoice::Auto, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).1);
        assert!(with(ColorChoice::Auto, &[]).1);
        assert!(!with(ColorChoice::Auto, &[("LANG", "C.utf8")]).1);
    }
}
