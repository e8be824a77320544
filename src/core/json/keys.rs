//! Keys of one object that are the same, or that a person would take for the same.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};

use unicode_normalization::UnicodeNormalization;

use super::{excerpt, fault::Fault, node::NodeMember};

/// Small letters (and a few signs) that look like another, which stands in second place.
const LOOK_ALIKES: [(char, char); 52] = [
    // Cyrillic, with the letters whose capitals look alike.
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ё', 'ë'),
    ('ԍ', 'g'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ї', 'ï'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    // Greek.
    ('α', 'a'),
    ('β', 'b'),
    ('ϲ', 'c'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('ϳ', 'j'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
    ('ζ', 'z'),
    // Others.
    ('ı', 'i'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('‐', '-'),
    ('‒', '-'),
    ('–', '-'),
    ('—', '-'),
    ('−', '-'),
    ('‘', '\''),
    ('’', '\''),
    ('ʼ', '\''),
    ('“', '"'),
    ('”', '"'),
];

/// Two members of an object whose keys clash; `first` stands before `later`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyPair {
    pub(super) later: usize,
    pub(super) first: usize,
    /// The very same key, against one that only looks like it.
    pub(super) same: bool,
}

/// Finds clashing keys in time linear in the keys; keeps its memory from object to object.
#[derive(Debug, Default)]
pub(super) struct Finder {
    hashes: Vec<(u64, usize)>,
}

impl Finder {
    /// Each member that repeats or resembles an earlier one, once, in the order of the text.
    pub(super) fn clashes(&mut self, members: &[NodeMember]) -> Vec<KeyPair> {
        let mut clashes = Vec::new();
        if members.len() < 2 {
            return clashes;
        }
        self.hashes.clear();
        self.hashes.extend(members.iter().enumerate().map(|(i, member)| (looks(&member.key), i)));
        self.hashes.sort_unstable();
        for run in self.hashes.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            compare(run, members, &mut clashes);
        }
        clashes.sort_unstable();
        clashes
    }
}

/// Keys of equal hash need not be alike: here they are compared in truth, still without pairing them.
fn compare(run: &[(u64, usize)], members: &[NodeMember], clashes: &mut Vec<KeyPair>) {
    let mut exact: HashMap<&str, usize> = HashMap::new();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for &(_, later) in run {
        let key = &*members[later].key;
        match exact.entry(key) {
            Entry::Occupied(first) => clashes.push(KeyPair { later, first: *first.get(), same: true }),
            Entry::Vacant(slot) => {
                slot.insert(later);
                match alike.entry(fold(key)) {
                    Entry::Occupied(first) => {
                        clashes.push(KeyPair { later, first: *first.get(), same: false });
                    }
                    Entry::Vacant(slot) => _ = slot.insert(later),
                }
            }
        }
    }
}

/// The fault of a clash, as yet without its path. `line` and `column` are those of the first key.
pub(super) fn fault(clash: KeyPair, members: &[NodeMember], (line, column): (u32, u32)) -> Fault {
    let (later, first) = (&members[clash.later], &members[clash.first]);
    let name = excerpt::quote(&later.key);
    if clash.same {
        let message = format!("duplicate key {name}, first at line {line}, column {column}");
        return Fault::error("duplicate-key", later.key_at, message)
            .expected("each key once")
            .found(format!("{name} again"))
            .hint("keep one of the two");
    }
    let other = excerpt::quote(&first.key);
    let only = difference(&later.key, &first.key);
    let message =
        format!("key {name} looks like {other} at line {line}, column {column}: it differs only {only}");
    Fault::warning("similar-key", later.key_at, message)
        .expected("keys that differ plainly")
        .found(name)
        .hint("if both mean the same, keep one of the two")
}

/// In what two keys of the same looks differ.
fn difference(later: &str, first: &str) -> String {
    let shown = |key: &str| key.chars().filter(|c| !excerpt::is_invisible(*c)).collect::<String>();
    if later.to_lowercase() == first.to_lowercase() {
        return "in capital letters".to_owned();
    }
    if later.trim() == first.trim() {
        return "in the white space around it".to_owned();
    }
    if later.nfc().eq(first.nfc()) {
        return "in how its accents are stored (NFC, NFD)".to_owned();
    }
    if shown(later) == shown(first) {
        let hidden = later.chars().chain(first.chars()).find(|c| excerpt::is_invisible(*c));
        return format!("in an invisible character, {}", hidden.map(excerpt::describe).unwrap_or_default());
    }
    let foreign = |(a, b): &(char, char)| a != b && !a.is_ascii();
    let pairs = later.chars().zip(first.chars()).chain(first.chars().zip(later.chars()));
    let odd = pairs.filter(|pair| foreign(pair)).map(|(odd, _)| odd).next();
    odd.map_or_else(
        || "in letters that look alike".to_owned(),
        |odd| format!("in a letter that looks alike, {}", excerpt::describe(odd)),
    )
}

/// What a key looks like: without case, invisible characters, outer space and the script of its letters.
fn fold(key: &str) -> String {
    if key.is_ascii() && !key.bytes().any(|byte| byte.is_ascii_control()) {
        return key.trim().to_ascii_lowercase();
    }
    let visible = key.chars().filter(|c| !excerpt::is_invisible(*c));
    let small: String = visible.nfkc().flat_map(char::to_lowercase).map(look_alike).nfkc().collect();
    small.trim().to_owned()
}

fn look_alike(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    LOOK_ALIKES.iter().find(|(odd, _)| *odd == c).map_or(c, |(_, plain)| *plain)
}

/// Keys that look the same hash the same. The common key, plain ASCII, is hashed as it stands.
fn looks(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let edges = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    let plain = !edges && bytes.iter().fold(true, |plain, byte| plain & (b' '..0x7f).contains(byte));
    let folded = if plain { Cow::Borrowed(bytes) } else { Cow::Owned(fold(key).into_bytes()) };
    // The bit that tells capitals from small ASCII letters is set everywhere: more keys collide, none is missed.
    folded.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte | 0x20)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use crate::core::json::{Limits, Severity, read};

    /// The faults of a text, each as its code, byte and message.
    fn check(text: &str, expect: &[(&str, usize, &str)]) {
        let (_, faults) = read(text, &Limits::default()).unwrap();
        assert_eq!(faults.len(), expect.len(), "{text}: {faults:?}");
        for (fault, (code, at, words)) in faults.iter().zip(expect) {
            assert_eq!((fault.code, fault.at), (*code, *at), "{text}: {fault:?}");
            assert!(fault.message.contains(words), "{text}: no {words:?} in {fault:?}");
        }
    }

    #[test]
    fn a_key_given_twice_is_an_error_that_names_both_places() {
        check(r#"{"a":1,"a":2}"#, &[("duplicate-key", 7, "duplicate key \"a\", first at line 1, column 2")]);
        check("{\"b\":{\n\"a\":1,\n\"a\":2}}", &[("duplicate-key", 14, "first at line 2, column 1")]);
        check(r#"{"year":1,"\u0079ear":2}"#, &[("duplicate-key", 10, "duplicate key \"year\"")]);
        check(
            r#"{"a":{"x":1},"a":1,"a":1}"#,
            &[("duplicate-key", 13, "first"), ("duplicate-key", 19, "first")],
        );
        check(r#"[{"a":1},{"a":2}]"#, &[]);
    }

    #[test]
    fn a_duplicate_carries_the_path_to_its_key() {
        let (_, faults) = read(r#"{"goals":[{},{"a b":1,"a b":2}]}"#, &Limits::default()).unwrap();
        assert_eq!(faults[0].path, "$.goals[1][\"a b\"]");
        assert_eq!(faults[0].severity, Severity::Error);
    }

    #[test]
    fn a_key_that_looks_like_another_is_a_warning_that_says_in_what_they_differ() {
        check(r#"{"year":1,"Year":2}"#, &[("similar-key", 10, "differs only in capital letters")]);
        check("{\"café\":1,\"cafe\u{301}\":2}", &[("similar-key", 11, "accents")]);
        check("{\"year\":1,\"ye\u{200b}ar\":2}", &[("similar-key", 10, "U+200B (zero-width space)")]);
        check(r#"{"year":1,"year ":2}"#, &[("similar-key", 10, "white space")]);
        check("{\"year\":1,\"y\u{435}ar\":2}", &[("similar-key", 10, "U+0435")]);
        check("{\"plan-a\":1,\"plan\u{2011}a\":2}", &[("similar-key", 12, "U+2011")]);
        check(r#"{"вид":1,"Вид":2}"#, &[("similar-key", 12, "capital")]);
        check(r#"{"a":1,"":2," ":3}"#, &[("similar-key", 12, "white space")]);
    }

    #[test]
    fn keys_that_differ_plainly_are_left_alone() {
        check(r#"{"a_b":1,"a-b":2,"ab":3,"a b":4,"a1":5,"al":6,"@":7,"`":8,"ä":9,"тор":10}"#, &[]);
    }

    #[test]
    fn of_three_keys_each_later_one_is_told_once() {
        let expect = [("similar-key", 7, "looks like \"a\""), ("duplicate-key", 13, "duplicate key \"A\"")];
        check(r#"{"a":1,"A":2,"A":3}"#, &expect);
    }
}
