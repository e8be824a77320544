//! Key notation, and the command that each key runs in each scope.

use std::{fmt, str::FromStr};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    command::{COMMANDS, Command, Spec},
    scopes::Scope,
};
use crate::text::{Safe, excerpt, safe_line};

/// One key press. Shift is folded into the character, so that `G` is `G` on every terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub modifiers: KeyModifiers,
}

/// The keys that have a name instead of a character.
static NAMES: [(&str, KeyCode); 18] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    // The name of the release before.
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
    /// The character that this key types, if any.
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
        code.map(|code| Self { code, modifiers }).ok_or_else(|| {
            let near = meant(text).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            safe_line(&format!("no key is called \"{}\"{near}", excerpt(text, 30)))
        })
    }
}

/// The notation that an unknown key was probably meant as; handles `Ctrl-x`, `F1`, `shift-k` and the like.
fn meant(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("[], which leaves a command without keys".to_owned());
    }
    let lower = text.trim_matches(['<', '>']).to_lowercase().replace('+', "-");
    if let Some(letter) = lower.strip_prefix("shift-").or_else(|| lower.strip_prefix("s-")) {
        let is_letter = letter.chars().count() == 1 && letter.to_uppercase() != letter;
        return if is_letter {
            Some(letter.to_uppercase())
        } else {
            (letter == "tab").then(|| "shift-tab".to_owned())
        };
    }
    let aliases = [
        ("control-", "ctrl-"),
        ("c-", "ctrl-"),
        ("^", "ctrl-"),
        ("meta-", "alt-"),
        ("m-", "alt-"),
        ("a-", "alt-"),
    ];
    let alias =
        aliases.iter().find_map(|(other, own)| lower.strip_prefix(other).map(|rest| format!("{own}{rest}")));
    let written = alias.unwrap_or(lower);
    if written != text && written.parse::<Key>().is_ok() {
        return Some(written);
    }
    let aliases = [
        ("escape", "esc"),
        ("return", "enter"),
        ("delete", "del"),
        ("pageup", "pgup"),
        ("pagedown", "pgdn"),
        ("insert", "ins"),
    ];
    let alias = aliases.iter().find(|(other, _)| *other == written).map(|(_, own)| *own);
    let near = || NAMES.iter().map(|(name, _)| *name).find(|name| strsim::osa_distance(name, &written) < 2);
    alias.or_else(near).map(str::to_owned)
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

/// Parses a chord, keys pressed one after the other: `g g`. Errors: which key is not known.
pub fn chord(text: &str) -> Result<Vec<Key>, Safe> {
    text.split(' ').map(Key::from_str).collect()
}

pub fn notation(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

/// The meaning of the keys pressed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMeaning {
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

/// The chords of every command, by scope.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A command's name, and the chords that the configuration gives it.
pub type Chosen = (String, Vec<String>);

/// Why chosen keys cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyClash {
    /// The command that the keys were chosen for.
    pub name: String,
    pub words: Safe,
    /// Whether the keys clash with other chosen keys, not with keys of the table.
    is_between_chosen: bool,
}

/// Whether one chord begins with the other. If so, the longer one can never be typed.
fn touch(one: &[Key], other: &[Key]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Says how `keys` clash with the keys `taken` by another command.
fn meaning(keys: &[Key], taken: &[Key], by: &str) -> String {
    let (keys, taken_words) = (notation(keys), notation(taken));
    match keys.len().cmp(&taken_words.len()) {
        std::cmp::Ordering::Equal => format!("{keys} already means {by}"),
        std::cmp::Ordering::Less => format!("{keys} begins {taken_words}, which means {by}"),
        std::cmp::Ordering::Greater => format!("{keys} begins with {taken_words}, which means {by}"),
    }
}

impl Keymap {
    /// Like [`Keymap::new`], but drops the choices that clash and returns why; the dropped commands keep the keys of
    /// the table. Choices that clash with the table are dropped first; then, of two choices that clash with each
    /// other, the later one.
    pub fn choosing(chosen: &[Chosen]) -> (Self, Vec<KeyClash>) {
        let mut left = chosen.to_vec();
        let mut told = vec![];
        loop {
            let (map, clashes) = Self::built(&left);
            if clashes.is_empty() {
                return (map, told);
            }
            let is_plain = clashes.iter().any(|clash| !clash.is_between_chosen);
            let clashes = clashes.into_iter().filter(|clash| !(is_plain && clash.is_between_chosen));
            let clashes: Vec<KeyClash> = clashes.collect();
            // Dropped commands get their table keys back, and these may clash with the choices that are left.
            left.retain(|(name, _)| !clashes.iter().any(|clash| clash.name == *name));
            told.extend(clashes);
        }
    }

    /// The keys of the table, with the `chosen` chords in place of those of the commands they name.
    ///
    /// Errors: everything that is wrong at once: unknown names, unknown keys, and chords that mean two things in one
    /// scope.
    pub fn new(chosen: &[Chosen]) -> Result<Self, Vec<Safe>> {
        let (map, clashes) = Self::built(chosen);
        if clashes.is_empty() { Ok(map) } else { Err(clashes.into_iter().map(|clash| clash.words).collect()) }
    }

    fn built(chosen: &[Chosen]) -> (Self, Vec<KeyClash>) {
        let mut map = Self::default();
        let mut wrong: Vec<KeyClash> = chosen.iter().filter_map(|(name, _)| unknown(name)).collect();
        for spec in COMMANDS.iter() {
            let own = chosen.iter().find(|(name, _)| name == spec.name);
            let keys: Vec<&str> = match own {
                Some((_, chords)) => chords.iter().map(String::as_str).collect(),
                None => spec.keys.to_vec(),
            };
            for (scope, keys) in [(spec.scope, &keys[..]), (Scope::Typing, spec.typing)] {
                for text in keys {
                    map.bind(spec, scope, text, chosen, &mut wrong);
                }
            }
        }
        (map, wrong)
    }

    fn bind(&mut self, spec: &Spec, scope: Scope, text: &str, chosen: &[Chosen], wrong: &mut Vec<KeyClash>) {
        let clash = |name: &str, words: &str, is_between_chosen| KeyClash {
            name: name.to_owned(),
            words: safe_line(words),
            is_between_chosen,
        };
        let keys = match chord(text) {
            Ok(keys) => keys,
            Err(problem) => {
                return wrong.push(clash(spec.name, &format!("{}: {problem}", spec.name), false));
            }
        };
        let place = |name: &str| chosen.iter().position(|(chosen, _)| chosen == name);
        for other in self.bindings.iter().filter(|other| other.scope == scope && touch(&other.keys, &keys)) {
            let name = other.command.spec().map_or("", |spec| spec.name);
            let mine = (spec.name, &keys[..]);
            let its = (name, &other.keys[..]);
            // The message names the command whose keys were chosen (later), not the one that had the keys before.
            let (blamed, holder) = if place(spec.name) >= place(name) { (mine, its) } else { (its, mine) };
            let is_between_chosen = place(spec.name).is_some() && place(name).is_some();
            let words =
                format!("{}: {} ({})", blamed.0, meaning(blamed.1, holder.1, holder.0), scope.title());
            wrong.push(clash(blamed.0, &words, is_between_chosen));
        }
        self.bindings.push(Binding { scope, keys, command: spec.command });
    }

    /// Chosen keys that a pane or an overlay hides from the scope `Anywhere`, or with which they hide a key of it.
    /// Such keys are allowed but surprising, so they are reported. What the table itself hides is not reported.
    pub fn hidden(&self, chosen: &[Chosen]) -> Vec<KeyClash> {
        let mut told = vec![];
        for (outer, inner) in
            self.bindings.iter().filter(|one| one.scope == Scope::Anywhere).flat_map(|outer| {
                let inside =
                    self.bindings.iter().filter(|one| matches!(one.scope, Scope::Pane(_) | Scope::On(_)));
                inside.filter(|inner| touch(&outer.keys, &inner.keys)).map(move |inner| (outer, inner))
            })
        {
            let (Some(out), Some(within)) = (outer.command.spec(), inner.command.spec()) else { continue };
            let is_chosen = |spec: &Spec, keys: &[Key]| {
                chosen.iter().any(|(name, _)| name == spec.name) && !spec.keys.contains(&&*notation(keys))
            };
            let blamed = match (is_chosen(within, &inner.keys), is_chosen(out, &outer.keys)) {
                (true, _) => within,
                (false, true) => out,
                (false, false) => continue,
            };
            let words = format!(
                "{}: in {} {} means {}, and {} is not {} there",
                blamed.name,
                inner.scope.title(),
                notation(&inner.keys),
                within.name,
                notation(&outer.keys),
                out.name
            );
            told.push(KeyClash {
                name: blamed.name.to_owned(),
                words: safe_line(&words),
                is_between_chosen: false,
            });
        }
        told
    }

    /// The meaning of the pressed keys in the first of the scopes, innermost first, that binds them.
    pub fn resolve(&self, scopes: &[Scope], pressed: &[Key]) -> KeyMeaning {
        for scope in scopes {
            for binding in self.bindings.iter().filter(|binding| binding.scope == *scope) {
                if binding.keys == pressed {
                    return KeyMeaning::Run(binding.command);
                }
                if binding.keys.starts_with(pressed) {
                    return KeyMeaning::Pending;
                }
            }
        }
        KeyMeaning::Nothing
    }

    /// The chords of a command as notation: those for text fields if `typing`, else the others.
    pub fn keys_of(&self, command: Command, typing: bool) -> Vec<String> {
        let here =
            |binding: &&Binding| binding.command == command && typing == (binding.scope == Scope::Typing);
        self.bindings.iter().filter(here).map(|binding| notation(&binding.keys)).collect()
    }

    /// The first of [`Keymap::keys_of`].
    pub fn key_of(&self, command: Command, typing: bool) -> Option<String> {
        self.keys_of(command, typing).into_iter().next()
    }

    /// The first chord that runs the command in these scopes. A chord that an inner scope hides is skipped.
    pub fn key_here(&self, scopes: &[Scope], command: Command) -> Option<String> {
        let can_be_pressed = |keys: &[Key]| {
            let begins =
                (1..keys.len()).all(|so_far| self.resolve(scopes, &keys[..so_far]) == KeyMeaning::Pending);
            begins && self.resolve(scopes, keys) == KeyMeaning::Run(command)
        };
        let own = self.bindings.iter().filter(|binding| binding.command == command);
        own.map(|binding| &binding.keys).find(|keys| can_be_pressed(keys)).map(|keys| notation(keys))
    }

    /// How to run a command, for messages: a key that works in these scopes, else `:name` for the palette.
    pub fn way_to(&self, scopes: &[Scope], command: Command) -> String {
        let named = || command.spec().map_or_else(String::new, |spec| format!(":{}", spec.name));
        let elsewhere = || self.key_of(command, false).filter(|_| scopes.is_empty());
        self.key_here(scopes, command).or_else(elsewhere).unwrap_or_else(named)
    }

    /// Replaces each command name in braces by its key: `{help} shows the keys`.
    pub fn spell(&self, scopes: &[Scope], words: &str) -> String {
        let mut spelt = String::new();
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            spelt.push_str(before);
            let named = after.split_once('}').and_then(|(name, after)| {
                let spec = COMMANDS.iter().find(|spec| spec.name == name)?;
                Some((self.way_to(scopes, spec.command), after))
            });
            let (key, after) = named.unwrap_or_else(|| ("{".to_owned(), after));
            spelt.push_str(&key);
            rest = after;
        }
        spelt + rest
    }

    /// The chords that start with the pressed keys: the keys still to press and the command, innermost scope first.
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

fn unknown(name: &str) -> Option<KeyClash> {
    if COMMANDS.iter().any(|spec| spec.name == name) {
        return None;
    }
    let near =
        COMMANDS.iter().min_by_key(|spec| strsim::osa_distance(spec.name, name)).map_or("", |spec| spec.name);
    let words = safe_line(&format!("no command is called \"{}\"; did you mean {near}?", excerpt(name, 40)));
    Some(KeyClash { name: name.to_owned(), words, is_between_chosen: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::places::{Overlay, Pane};

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
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g")), KeyMeaning::Pending);
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g g")), KeyMeaning::Run(Command::Top));
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("g x")), KeyMeaning::Nothing);
        assert_eq!(map.continuing(&[Scope::Anywhere], &keys("g")), [("g".to_owned(), Command::Top)]);
    }

    #[test]
    fn a_pane_has_its_own_keys() {
        let map = Keymap::new(&[]).unwrap();
        let x = keys("x");
        assert_eq!(
            map.resolve(&[Scope::Pane(Pane::Comparison), Scope::Anywhere], &x),
            KeyMeaning::Run(Command::Swap)
        );
        assert_eq!(map.resolve(&[Scope::Pane(Pane::Countries), Scope::Anywhere], &x), KeyMeaning::Nothing);
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let press = |code, modifiers| Key::from(KeyEvent::new(code, modifiers)).to_string();
        assert_eq!(press(KeyCode::Char('g'), KeyModifiers::SHIFT), "G");
        assert_eq!(press(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(press(KeyCode::Char('?'), KeyModifiers::SHIFT), "?");
        assert_eq!(press(KeyCode::Char('P'), KeyModifiers::CONTROL), "ctrl-p");
        assert_eq!(press(KeyCode::BackTab, KeyModifiers::SHIFT), "shift-tab");
        assert_eq!(press(KeyCode::Tab, KeyModifiers::SHIFT), "shift-tab");
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
        assert_eq!(map.resolve(&[Scope::Anywhere], &keys("?")), KeyMeaning::Nothing);
    }

    fn choose(pairs: &[(&str, &str)]) -> Vec<Chosen> {
        pairs.iter().map(|(name, keys)| ((*name).to_owned(), vec![(*keys).to_owned()])).collect()
    }

    #[test]
    fn only_the_choice_that_cannot_be_is_rejected() {
        let (map, told) = Keymap::choosing(&choose(&[("palette", "g p"), ("sort", "g")]));
        let told: Vec<&str> = told.iter().map(|clash| &*clash.words).collect();
        assert_eq!(told, ["sort: g begins g g, which means top (anywhere)"]);
        assert_eq!(map.keys_of(Command::Show(Overlay::Palette), false), ["g p"]);
        assert_eq!(map.keys_of(Command::Sort, false), ["s"]);
        let (map, told) = Keymap::choosing(&choose(&[("help", "f1"), ("flag", "f1 a")]));
        assert_eq!(&*told[0].words, "flag: f1 a begins with f1, which means help (anywhere)");
        assert_eq!(
            (told.len(), map.keys_of(Command::Show(Overlay::Help), false)),
            (1, vec!["f1".to_owned()])
        );
    }

    #[test]
    fn a_key_that_a_pane_hides_is_told_and_never_offered_there() {
        let chosen = choose(&[("help", "d"), ("pivot", "G G")]);
        let (map, told) = Keymap::choosing(&chosen);
        assert_eq!(told, []);
        let words: Vec<String> = map.hidden(&chosen).iter().map(|clash| clash.words.to_string()).collect();
        assert_eq!(
            words,
            [
                "pivot: in Coverage G G means pivot, and G is not bottom there",
                "help: in Comparison d means only-differences, and d is not help there",
            ]
        );
        let here = |pane| [Scope::Pane(pane), Scope::Anywhere];
        let help = Command::Show(Overlay::Help);
        assert_eq!(map.key_here(&here(Pane::Comparison), help), None);
        assert_eq!(map.key_here(&here(Pane::Countries), help), Some("d".to_owned()));
        assert_eq!(map.key_here(&here(Pane::Coverage), Command::Bottom), Some("end".to_owned()));
        assert_eq!(map.key_here(&here(Pane::Coverage), Command::Pivot), Some("G G".to_owned()));
        // Keys that the table itself hides are not reported.
        assert_eq!(Keymap::new(&[]).unwrap().hidden(&choose(&[("sort", "s")])), []);
    }

    #[test]
    fn a_key_written_as_elsewhere_is_understood_well_enough_to_be_mended() {
        for (written, meant) in [
            ("Ctrl-x", "ctrl-x"),
            ("C-x", "ctrl-x"),
            ("ctrl+x", "ctrl-x"),
            ("F1", "f1"),
            ("shift-k", "K"),
            ("Shift-Tab", "shift-tab"),
            ("<esc>", "esc"),
            ("Escape", "esc"),
            ("entr", "enter"),
        ] {
            let why = written.parse::<Key>().unwrap_err().to_string();
            assert_eq!(why, format!("no key is called \"{written}\"; did you mean {meant}?"));
        }
        assert!("".parse::<Key>().unwrap_err().contains("did you mean []"));
    }

    #[test]
    fn words_name_the_keys_that_were_chosen() {
        let (map, _) =
            Keymap::choosing(&[("compare".to_owned(), vec!["f5".to_owned()]), ("flag".to_owned(), vec![])]);
        let here = [Scope::Anywhere];
        assert_eq!(
            map.spell(&here, "press {compare}, {flag} or {back}; {x} {"),
            "press f5, :flag or esc; {x} {"
        );
    }
}
