//! Key notation, and which command a key means in which scope.

use std::{fmt, str::FromStr};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    command::{COMMANDS, Command, Spec},
    place::Scope,
};
use crate::text::{Safe, excerpt, safe_line};

/// One key press, shift folded into the character, so that `G` is `G` on every terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub modifiers: KeyModifiers,
}

/// Keys by name, other than the characters themselves.
static NAMES: [(&str, KeyCode); 17] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("backspace", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("space", KeyCode::Char(' ')),
    ("null", KeyCode::Null),
];

impl Key {
    /// The character this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() && !c.is_control() => Some(c),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let held = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        match event.code {
            KeyCode::Char(c) if held.contains(KeyModifiers::CONTROL) => {
                Self { code: KeyCode::Char(c.to_ascii_lowercase()), modifiers: held }
            }
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::SHIFT) => {
                Self { code: KeyCode::Char(c.to_ascii_uppercase()), modifiers: held }
            }
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => {
                Self { code: KeyCode::BackTab, modifiers: held }
            }
            code => Self { code, modifiers: held },
        }
    }
}

impl FromStr for Key {
    type Err = Safe;

    fn from_str(text: &str) -> Result<Self, Safe> {
        let (modifiers, name) = match text.split_once('-') {
            Some(("ctrl", rest)) => (KeyModifiers::CONTROL, rest),
            Some(("alt", rest)) => (KeyModifiers::ALT, rest),
            _ => (KeyModifiers::NONE, text),
        };
        let mut chars = name.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && c != ' ' => Some(KeyCode::Char(c)),
            (Some('f'), Some(_)) if name[1..].parse().is_ok_and(|n: u8| (1..=24).contains(&n)) => {
                name[1..].parse().ok().map(KeyCode::F)
            }
            _ => NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code),
        };
        code.map(|code| Self { code, modifiers })
            .ok_or_else(|| safe_line(&format!("no key is called \"{}\"", excerpt(text, 30))))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("alt-")?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(n)) => write!(f, "f{n}"),
            (None, _) => f.write_str("?"),
        }
    }
}

/// Keys pressed one after the other, as written in the table: `g g`.
pub fn chord(text: &str) -> Result<Vec<Key>, Safe> {
    text.split(' ').map(Key::from_str).collect()
}

/// The notation of a chord.
pub fn notation(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

/// What a key means after the keys already pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    Run(Command),
    /// The beginning of a longer chord.
    Pending,
    Nothing,
}

#[derive(Clone, Debug)]
struct Binding {
    scope: Scope,
    keys: Vec<Key>,
    command: Command,
}

/// Which keys mean what.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A command's name, and the chords somebody chose for it.
pub type Chosen = (String, Vec<String>);

/// Why chosen keys cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The command they were chosen for.
    pub name: String,
    pub words: Safe,
}

impl Keymap {
    /// As [`Keymap::new`], without the choices that cannot be: those commands keep the keys of the table.
    pub fn choosing(chosen: &[Chosen]) -> (Self, Vec<Clash>) {
        let mut left = chosen.to_vec();
        let mut told = vec![];
        loop {
            let (map, clashes) = Self::built(&left);
            if clashes.is_empty() {
                return (map, told);
            }
            // What stands without these may still clash: it is looked at again.
            left.retain(|(name, _)| !clashes.iter().any(|clash| clash.name == *name));
            told.extend(clashes);
        }
    }

    /// The keys of the table, but for commands whose keys somebody chose otherwise: a command's name and its chords.
    ///
    /// All that is wrong is told at once: unknown names, unknown keys, and chords that mean two things in one scope.
    pub fn new(chosen: &[Chosen]) -> Result<Self, Vec<Safe>> {
        let (map, clashes) = Self::built(chosen);
        if clashes.is_empty() { Ok(map) } else { Err(clashes.into_iter().map(|clash| clash.words).collect()) }
    }

    fn built(chosen: &[Chosen]) -> (Self, Vec<Clash>) {
        let mut map = Self::default();
        let mut wrong: Vec<Clash> = chosen.iter().filter_map(|(name, _)| unknown(name)).collect();
        for spec in COMMANDS.iter() {
            let own = chosen.iter().find(|(name, _)| name == spec.name);
            let keys: Vec<&str> = match own {
                Some((_, chords)) => chords.iter().map(String::as_str).collect(),
                None => spec.keys.to_vec(),
            };
            for (scope, keys) in [(spec.scope, &keys[..]), (Scope::Typing, spec.typing)] {
                for text in keys {
                    if let Err(clash) = map.bind(spec, scope, text, chosen) {
                        wrong.push(clash);
                    }
                }
            }
        }
        (map, wrong)
    }

    fn bind(&mut self, spec: &Spec, scope: Scope, text: &str, chosen: &[Chosen]) -> Result<(), Clash> {
        let clash = |name: &str, words: &str| Clash { name: name.to_owned(), words: safe_line(words) };
        let keys = chord(text).map_err(|problem| clash(spec.name, &format!("{}: {problem}", spec.name)))?;
        let taken = self.bindings.iter().find(|other| {
            other.scope == scope && (other.keys.starts_with(&keys) || keys.starts_with(&other.keys))
        });
        let is_chosen = |name: &str| chosen.iter().any(|(chosen, _)| chosen == name);
        let told = taken.map(|other| {
            let name = other.command.spec().map_or("", |spec| spec.name);
            let keys = notation(&keys);
            // Who chose the keys is told, not who had them.
            let (mine, its) = if is_chosen(spec.name) { (spec.name, name) } else { (name, spec.name) };
            clash(mine, &format!("{mine}: {keys} already means {its} ({})", scope.title()))
        });
        self.bindings.push(Binding { scope, keys, command: spec.command });
        told.map_or(Ok(()), Err)
    }

    /// What the keys pressed mean: the innermost scope is asked first.
    pub fn resolve(&self, scopes: &[Scope], pressed: &[Key]) -> Resolved {
        for scope in scopes {
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                if binding.keys == pressed {
                    return Resolved::Run(binding.command);
                }
                if binding.keys.starts_with(pressed) {
                    return Resolved::Pending;
                }
            }
        }
        Resolved::Nothing
    }

    /// The chords of a command outside of text fields, or in them, as notation.
    pub fn keys_of(&self, command: Command, typing: bool) -> Vec<String> {
        let here =
            |binding: &&Binding| binding.command == command && typing == (binding.scope == Scope::Typing);
        self.bindings.iter().filter(here).map(|binding| notation(&binding.keys)).collect()
    }

    /// The first chord of a command, for hints.
    pub fn key_of(&self, command: Command, typing: bool) -> Option<String> {
        self.keys_of(command, typing).into_iter().next()
    }

    /// The chords that go on after these, with what they mean, innermost first.
    pub fn continuing(&self, scopes: &[Scope], pressed: &[Key]) -> Vec<(String, Command)> {
        let longer =
            |binding: &&Binding| binding.keys.len() > pressed.len() && binding.keys.starts_with(pressed);
        let here = scopes
            .iter()
            .flat_map(|scope| self.bindings.iter().filter(move |binding| binding.scope == *scope));
        here.filter(longer)
            .map(|binding| (notation(&binding.keys[pressed.len()..]), binding.command))
            .collect()
    }
}

fn unknown(name: &str) -> Option<Clash> {
    if COMMANDS.iter().any(|spec| spec.name == name) {
        return None;
    }
    let near =
        COMMANDS.iter().min_by_key(|spec| strsim::osa_distance(spec.name, name)).map_or("", |spec| spec.name);
    let words = safe_line(&format!("no command is called \"{}\"; did you mean {near}?", excerpt(name, 40)));
    Some(Clash { name: name.to_owned(), words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::place::{Overlay, Pane};

    fn keys(text: &str) -> Vec<Key> {
        chord(text).unwrap()
    }

    #[test]
    fn the_table_has_no_bad_or_clashing_keys() {
        assert_eq!(Keymap::new(&[]).err(), None);
    }

    #[test]
    fn every_key_prints_as_it_is_written() {
        for text in COMMANDS.iter().flat_map(|spec| spec.keys.iter().chain(spec.typing)) {
            assert_eq!(notation(&keys(text)), *text);
        }
        for text in ["-", "ctrl--", "f12", "alt-x", "space", "ctrl-space", "é"] {
            assert_eq!(notation(&keys(text)), text);
        }
    }

    #[test]
    fn a_chord_waits_for_its_second_key() {
        let map = Keymap::new(&[]).unwrap();
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g")), Resolved::Pending);
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g g")), Resolved::Run(Command::Top));
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g x")), Resolved::Nothing);
        assert_eq!(map.continuing(&[Scope::Anywhere], &keys("g")), [("g".to_owned(), Command::Top)]);
    }

    #[test]
    fn a_pane_has_its_own_keys() {
        let map = Keymap::new(&[]).unwrap();
        let x = keys("x");
        assert_eq!(
            map.resolve(&[Scope::Pane(Pane::Comparison), Scope::Anywhere], &x),
            Resolved::Run(Command::Swap)
        );
        assert_eq!(map.resolve(&[Scope::Pane(Pane::Countries), Scope::Anywhere], &x), Resolved::Nothing);
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let press = |code, modifiers| Key::from(KeyEvent::new(code, modifiers)).to_string();
        assert_eq!(press(KeyCode::Char('g'), KeyModifiers::SHIFT), "G");
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(press(KeyCode::Char('?'), KeyModifiers::SHIFT), "?");
        assert_eq!(press(KeyCode::Char('P'), KeyModifiers::CONTROL), "ctrl-p");
        assert_eq!(press(KeyCode::BackTab, KeyModifiers::SHIFT), "backtab");
        assert_eq!(press(KeyCode::Tab, KeyModifiers::SHIFT), "backtab");
    }

    #[test]
    fn everything_wrong_with_chosen_keys_is_told_at_once() {
        let chosen = [
            ("quti".to_owned(), vec!["x".to_owned()]),
            ("help".to_owned(), vec!["hyper-x\u{1b}".to_owned(), "j".to_owned()]),
        ];
        let wrong: Vec<String> = Keymap::new(&chosen).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(
            wrong,
            [
                "no command is called \"quti\"; did you mean quit?",
                "help: no key is called \"hyper-x^[\"",
                "help: j already means down (anywhere)",
            ]
        );
    }

    #[test]
    fn chosen_keys_take_the_place_of_the_tables() {
        let map = Keymap::new(&[("help".to_owned(), vec!["f1".to_owned()])]).unwrap();
        assert_eq!(map.keys_of(Command::Show(Overlay::Help), false), ["f1"]);
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("?")), Resolved::Nothing);
    }
}
