//! Themes by name: the built-in ones, and those that users write, one TOML file each.

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use ratatui::style::Modifier;
use strum::IntoEnumIterator as _;
use toml::de::DeValue;

use super::toml_spans::{Located, SpannedValue, nearest};
use crate::{
    text::{Safe, excerpt, safe_line},
    tui::look::{
        Role,
        colour::{Colour, NAMES},
        theme::{Ink, Theme},
    },
};

/// The built-in names for `--theme`, and what each is for.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("auto", "The terminal's own sixteen colours, on its own background"),
    ("dark", "For a dark background"),
    ("light", "For a light background"),
    ("mono", "No colour is ever named"),
    ("high-contrast", "At least 7:1, on a black background that is painted"),
    ("colour-blind", "Colours that stay apart for every kind of colour vision, for a dark background"),
];

/// The chosen theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Themed {
    /// The name as it was given.
    pub name: String,
    /// `None` if no colour is to be used.
    pub theme: Option<Theme>,
    /// The user's file that the theme was read from.
    pub file: Option<PathBuf>,
}

impl Default for Themed {
    fn default() -> Self {
        Self { name: BUILT_IN[0].0.to_owned(), theme: Some(Theme::own()), file: None }
    }
}

/// The mistakes in a theme's file, with their place, ready to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Lines that cannot be used.
    pub problems: Vec<Safe>,
    /// Lines that are used, but give words too little contrast.
    pub warnings: Vec<Safe>,
}

/// Bytes of the largest theme file that is read.
const MOST_BYTES: u64 = 1 << 18;

/// The folder of the user's themes in the configuration folder.
pub fn beside(folder: &Path) -> PathBuf {
    folder.join("themes")
}

/// The built-in theme of this name; else, if `name` has a `/` or ends in `.toml`, the file at that path; else the
/// file `NAME.toml` in `folder`.
///
/// # Errors
/// There is no such theme, with a suggestion; or its file cannot be read.
pub fn find(name: &str, folder: Option<&Path>) -> Result<(Themed, Told), Safe> {
    let known = if name == "color-blind" { "colour-blind" } else { name };
    if known == "mono" || Theme::find(known).is_some() {
        let themed = Themed { name: known.to_owned(), theme: Theme::find(known), file: None };
        return Ok((themed, Told::default()));
    }
    let is_path = name.contains('/') || Path::new(name).extension().is_some_and(|ending| ending == "toml");
    let named = folder.filter(|_| !is_path).map(|folder| folder.join(format!("{name}.toml")));
    let file = named.unwrap_or_else(|| name.into());
    let text = fs::metadata(&file).and_then(|meta| match meta.len() {
        _ if !meta.is_file() => Err(io::Error::other("it is no regular file")),
        len if len > MOST_BYTES => Err(io::Error::other("it is larger than 256 KiB")),
        _ => fs::read_to_string(&file),
    });
    match text {
        Ok(text) => {
            let (theme, told) = read(&file, &text);
            Ok((Themed { name: name.to_owned(), theme: Some(theme), file: Some(file) }, told))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !is_path => Err(none(name, folder)),
        Err(error) => Err(safe_line(&format!("{} cannot be read: {error}", file.display()))),
    }
}

fn none(name: &str, folder: Option<&Path>) -> Safe {
    let own = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let own = own.filter_map(|entry| entry.file_name().into_string().ok());
    let mut own: Vec<String> = own.filter_map(|file| Some(file.strip_suffix(".toml")?.to_owned())).collect();
    own.sort();
    let all: Vec<&str> =
        BUILT_IN.iter().map(|(name, _)| *name).chain(own.iter().map(String::as_str)).collect();
    let near = nearest(name, all.iter().copied()).filter(|near| strsim::osa_distance(near, name) < 4);
    let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    let place = folder.map(|folder| folder.join(format!("{name}.toml")).display().to_string());
    let place = place.map(|place| format!("; or a file {place}")).unwrap_or_default();
    safe_line(&format!(
        "no theme is called \"{}\"{near} (themes: {}{place})",
        excerpt(name, 40),
        all.join(", ")
    ))
}

const SETTINGS: [&str; 4] = ["base", "background", "paint", "roles"];
const INK: [&str; 6] = ["fg", "fg16", "bold", "dim", "underline", "reversed"];
const COLOUR: &str = "a colour: default, a name such as bright-black, 0 to 255 or #rrggbb";

/// Reads the text of a theme's file. Lines that cannot be used are reported, and the rest applies.
pub fn read(file: &Path, text: &str) -> (Theme, Told) {
    let (located, table) = Located::parse(file, text);
    let mut reader = Reader { located, theme: Theme::own(), background: None, paint: None, roles: vec![] };
    // `base` is read first, wherever it is in the file, because the other settings change it.
    let (base, rest): (Vec<_>, Vec<_>) = table.get_ref().iter().partition(|(key, _)| key.get_ref() == "base");
    for (key, value) in base.into_iter().chain(rest) {
        reader.setting(key.get_ref(), &key.span(), value);
    }
    reader.finish()
}

struct Reader<'t> {
    located: Located<'t>,
    theme: Theme,
    /// The places of `background` and `paint` in the file.
    background: Option<Range<usize>>,
    paint: Option<Range<usize>>,
    /// The roles that the file sets, and their places.
    roles: Vec<(Role, Range<usize>)>,
}

impl Reader<'_> {
    fn setting(&mut self, key: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        match key {
            "base" => self.base(value),
            "background" => {
                let colour = self.colour(key, value);
                if colour == Some(Colour::Default) {
                    let wants = "a colour that is known, such as #202020";
                    self.located.expected(key, &value.span(), wants, value.get_ref());
                }
                if let Some(rgb) = colour.and_then(Colour::seen) {
                    self.theme.background = Some(rgb);
                    self.background = Some(value.span());
                }
            }
            "paint" => {
                if let Some(yes) = self.located.yes_or_no(key, value) {
                    self.theme.is_painted = yes;
                    self.paint = Some(value.span());
                }
            }
            "roles" => {
                let DeValue::Table(table) = value.get_ref() else {
                    return self.located.expected(key, &value.span(), "a table: [roles]", value.get_ref());
                };
                for (key, value) in table {
                    self.role(key.get_ref(), &key.span(), value);
                }
            }
            _ => self.located.unknown("setting", key, at, &SETTINGS),
        }
    }

    fn base(&mut self, value: &SpannedValue<'_>) {
        let found = match value.get_ref() {
            DeValue::String(text) => Theme::find(text),
            _ => None,
        };
        match found {
            Some(theme) => self.theme = theme,
            None => {
                let names: Vec<&str> = Theme::names().collect();
                let wants = format!("one of {}", names.join(", "));
                self.located.expected("base", &value.span(), &wants, value.get_ref());
            }
        }
    }

    fn role(&mut self, name: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        let Ok(role) = name.parse::<Role>() else {
            let names: Vec<&str> = Role::iter().map(Into::into).collect();
            return self.located.unknown("role", name, at, &names);
        };
        let mut ink = self.theme.ink(role);
        if let DeValue::Table(table) = value.get_ref() {
            for (key, value) in table {
                self.part(&mut ink, key.get_ref(), &key.span(), value);
            }
            // The base's `fg16` belongs to the base's colour, so a new `fg` drops it.
            if table.contains_key("fg") && !table.contains_key("fg16") {
                ink.sixteen = None;
            }
        } else if let Some(colour) = self.colour(name, value) {
            ink = Ink { colour, sixteen: None, ..ink };
        } else {
            return;
        }
        self.theme.set_ink(role, ink);
        self.roles.push((role, value.span()));
    }

    fn part(&mut self, ink: &mut Ink, key: &str, at: &Range<usize>, value: &SpannedValue<'_>) {
        match key {
            "fg" => ink.colour = self.colour(key, value).unwrap_or(ink.colour),
            "fg16" => match self.colour(key, value) {
                Some(colour @ (Colour::Default | Colour::Indexed(..16))) => ink.sixteen = Some(colour),
                Some(_) => {
                    let wants = "one of the sixteen: default, a name such as yellow, or 0 to 15";
                    self.located.expected(key, &value.span(), wants, value.get_ref());
                }
                None => {}
            },
            "bold" => self.line(ink, Modifier::BOLD, key, value),
            "underline" => self.line(ink, Modifier::UNDERLINED, key, value),
            "reversed" => self.line(ink, Modifier::REVERSED, key, value),
            "dim" => ink.dim = self.located.yes_or_no(key, value).or(ink.dim),
            _ => self.located.unknown("part of an ink called", key, at, &INK),
        }
    }

    fn line(&mut self, ink: &mut Ink, line: Modifier, key: &str, value: &SpannedValue<'_>) {
        if let Some(yes) = self.located.yes_or_no(key, value) {
            ink.lines.set(line, yes);
        }
    }

    fn colour(&mut self, key: &str, value: &SpannedValue<'_>) -> Option<Colour> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().to_owned(),
            _ => String::new(),
        };
        let colour = text.parse().ok();
        if colour.is_none() {
            let names = NAMES.into_iter().chain(["default"]);
            let near = nearest(&text, names).filter(|near| strsim::osa_distance(near, &text) < 3);
            let near = near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
            self.located.expected(key, &value.span(), &format!("{COLOUR}{near}"), value.get_ref());
        }
        colour
    }

    fn finish(mut self) -> (Theme, Told) {
        if let (Some(at), true, None) = (&self.paint, self.theme.is_painted, self.theme.background) {
            self.located.wrong(at, "paint: expected a background to paint: background = \"#202020\"");
            self.theme.is_painted = false;
        }
        let mut warnings = vec![];
        if let Some(background) = self.theme.background {
            for (role, ratio) in self.theme.hard_to_read() {
                let own = self.roles.iter().find(|(known, _)| *known == role).map(|(_, at)| at);
                let Some(at) = own.or(self.background.as_ref()) else { continue };
                let name: &str = role.into();
                let [red, green, blue] = background;
                let place = self.located.place(at.start);
                warnings.push((
                    at.start,
                    safe_line(&format!(
                        "{place}: {name} has a contrast of {ratio:.1}:1 on #{red:02x}{green:02x}{blue:02x}; \
                         under 3:1 words are hard to read"
                    )),
                ));
            }
        }
        warnings.sort();
        let warnings = warnings.into_iter().map(|(_, words)| words).collect();
        (self.theme, Told { problems: self.located.told(), warnings })
    }
}

#[cfg(test)]
mod tests;
