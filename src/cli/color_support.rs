//! What the terminal can show, by command line and environment; the terminal itself is never asked.

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

/// The palette and glyphs to use. `variable` reads the environment; an empty variable counts as not set.
///
/// Colour: `--color`, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE` and `FORCE_COLOR`, then `TERM`. Glyphs:
/// ASCII if asked for, or if the locale (`LC_ALL`, `LC_CTYPE`, `LANG`) is not UTF-8.
pub fn look(
    choice: ColorChoice,
    themed: &Themed,
    ascii: bool,
    variable: impl Fn(&str) -> Option<String>,
) -> Look {
    let palette = palette(choice, themed, &variable).0;
    let glyphs = if ascii || not_utf8(&variable).is_some() { &ASCII } else { &UNICODE };
    Look::themed(palette, glyphs, &themed.theme.unwrap_or_else(Theme::own))
}

/// The palette, and the environment variable that decided it; `None` if the command line or the configuration did.
pub(super) fn palette(
    choice: ColorChoice,
    themed: &Themed,
    variable: &impl Fn(&str) -> Option<String>,
) -> (Palette, Option<&'static str>) {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let theme = themed.theme.unwrap_or_else(Theme::own);
    match choice {
        _ if themed.theme.is_none() => (Palette::Mono, None),
        ColorChoice::Never => (Palette::Mono, None),
        ColorChoice::Always | ColorChoice::Sixteen => (Palette::Sixteen, None),
        ColorChoice::Indexed => (Palette::Indexed, None),
        ColorChoice::Rgb => (Palette::Rgb, None),
        ColorChoice::Auto => {
            let (palette, by) = automatic(&set);
            deepened(palette, &theme, &set).map_or((palette, Some(by)), |(deep, by)| (deep, Some(by)))
        }
    }
}

/// The name of the locale's variable if the locale is not UTF-8; `None` if it is.
pub(super) fn not_utf8(variable: &impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    let by = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set).unwrap_or("LANG");
    let locale = variable(by).unwrap_or_default().to_lowercase();
    (!locale.contains("utf-8") && !locale.contains("utf8")).then_some(by)
}

/// More colours for a theme, if `COLORTERM` or `TERM` says that the terminal has them.
fn deepened(
    palette: Palette,
    theme: &Theme,
    set: &impl Fn(&str) -> Option<String>,
) -> Option<(Palette, &'static str)> {
    if palette != Palette::Sixteen || *theme == Theme::own() {
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
