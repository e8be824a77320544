//! Search keys: texts without accents, case and differences between kinds of quotes or dashes.
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

use super::safe::{forbidden, is_silent};

/// The search key of a text: decomposed (NFKD), without combining marks and hidden characters, in lower case, special
/// letters and punctuation in ASCII (`spelled`), without apostrophes, which few people type, each run of white space
/// one space, none at the ends.
pub fn fold(text: &str) -> String {
    let mut key = Key(String::with_capacity(text.len()));
    text.chars().for_each(|c| key.add(c));
    let mut key = key.0;
    key.truncate(key.trim_end().len());
    key
}

struct Key(String);

impl Key {
    fn add(&mut self, c: char) {
        match c {
            '`' | '\'' => {}
            '!'..='~' => self.0.push(c.to_ascii_lowercase()),
            _ if c.is_whitespace() => self.space(),
            _ => match spelled(c) {
                Some(plain) => self.plain(plain),
                None => decompose_compatible(c, |part| self.part(part)),
            },
        }
    }

    /// One character of a decomposition.
    fn part(&mut self, part: char) {
        if part.is_ascii_graphic() {
            self.add(part);
        } else if part.is_whitespace() {
            self.space();
        } else if !is_mark(part) && !forbidden(part) {
            match spelled(part) {
                Some(plain) => self.plain(plain),
                None => part.to_lowercase().for_each(|lower| self.lower(lower)),
            }
        }
    }

    fn lower(&mut self, c: char) {
        // The two lower-case forms of sigma differ only by their place in the word.
        self.0.push(if c == 'ς' { 'σ' } else { c });
    }

    fn plain(&mut self, plain: &str) {
        self.0.extend(plain.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()));
    }

    fn space(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with(' ') {
            self.0.push(' ');
        }
    }
}

/// Whether a character is a combining mark that does not change the letter: an accent, vowel point, enclosure or
/// joiner. Vowel signs of Indic scripts do not count, because their readers take them for letters.
pub(super) fn is_mark(c: char) -> bool {
    c >= '\u{300}'
        && (is_silent(c)
            || canonical_combining_class(c) != 0
            || matches!(c, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e0}' | '\u{20e2}'..='\u{20e4}'))
}

/// The ASCII spelling of a character that does not decompose; `None` if it has none.
pub(super) fn spelled(c: char) -> Option<&'static str> {
    SPELLED.binary_search_by_key(&c, |(special, _)| *special).ok().map(|at| SPELLED[at].1)
}

/// Sorted by character, for the binary search.
const SPELLED: &[(char, &str)] = &[
    ('¡', "!"),
    ('©', "(c)"),
    ('«', "\""),
    ('®', "(R)"),
    ('°', "deg"),
    ('±', "+/-"),
    ('´', "'"),
    ('µ', "u"),
    ('·', "."),
    ('»', "\""),
    ('¿', "?"),
    ('Æ', "AE"),
    ('Ð', "D"),
    ('×', "x"),
    ('Ø', "O"),
    ('Þ', "Th"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('÷', "/"),
    ('ø', "o"),
    ('þ', "th"),
    ('Đ', "D"),
    ('đ', "d"),
    ('Ħ', "H"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĸ', "k"),
    ('Ł', "L"),
    ('ł', "l"),
    ('Ŋ', "Ng"),
    ('ŋ', "ng"),
    ('Œ', "OE"),
    ('œ', "oe"),
    ('Ŧ', "T"),
    ('ŧ', "t"),
    ('Ɓ', "B"),
    ('Ɔ', "O"),
    ('Ɖ', "D"),
    ('Ɗ', "D"),
    ('Ǝ', "E"),
    ('Ə', "E"),
    ('Ɛ', "E"),
    ('Ƒ', "F"),
    ('ƒ', "f"),
    ('Ɣ', "G"),
    ('Ɨ', "I"),
    ('Ƙ', "K"),
    ('ƙ', "k"),
    ('Ɲ', "N"),
    ('Ʋ', "V"),
    ('Ƴ', "Y"),
    ('ƴ', "y"),
    ('ǝ', "e"),
    ('ɓ', "b"),
    ('ɔ', "o"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ə', "e"),
    ('ɛ', "e"),
    ('ɣ', "g"),
    ('ɨ', "i"),
    ('ɲ', "n"),
    ('ʋ', "v"),
    ('ʹ', "'"),
    ('ʻ', "'"),
    ('ʼ', "'"),
    ('ʽ', "'"),
    ('ʾ', "'"),
    ('ʿ', "'"),
    ('ˈ', "'"),
    ('΄', "'"),
    ('ẞ', "SS"),
    ('᾽', "'"),
    ('᾿', "'"),
    ('\u{1ffd}', "'"),
    ('῾', "'"),
    ('‐', "-"),
    ('‑', "-"),
    ('‒', "-"),
    ('–', "-"),
    ('—', "-"),
    ('―', "-"),
    ('‘', "'"),
    ('’', "'"),
    ('‚', "'"),
    ('‛', "'"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('‟', "\""),
    ('•', "*"),
    ('…', "..."),
    ('‰', "o/oo"),
    ('′', "'"),
    ('″', "\""),
    ('‹', "'"),
    ('›', "'"),
    ('⁃', "-"),
    ('⁄', "/"),
    ('€', "EUR"),
    ('←', "<-"),
    ('→', "->"),
    ('−', "-"),
    ('∕', "/"),
    ('∼', "~"),
    ('≈', "~"),
    ('≠', "!="),
    ('≤', "<="),
    ('≥', ">="),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_without_their_accents() {
        for (name, key) in [
            ("Türkiye", "turkiye"),
            ("Côte d’Ivoire", "cote divoire"),
            ("Cote d`Ivoire", "cote divoire"),
            ("Co\u{302}te d´Ivoire", "cote divoire"),
            ("São Tomé", "sao tome"),
            ("İstanbul", "istanbul"),
            ("Diyarbakır", "diyarbakir"),
            ("ẞ", "ss"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Łódź", "lodz"),
            ("Færøerne", "faeroerne"),
            ("Đà Nẵng", "da nang"),
            ("Việt Nam", "viet nam"),
            ("ﬁnance", "finance"),
            ("Guinea–Bissau", "guinea-bissau"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("Россия", "россия"),
            ("Ｆｒａｎｃｅ", "france"),
            ("Å", "a"),
            ("\u{212a}", "k"),
            ("Hawaiʻi", "hawaii"),
            ("\u{1fef}", ""),
            ("Azərbaycan", "azerbaycan"),
            ("日本", "日本"),
        ] {
            assert_eq!(fold(name), key, "{name}");
        }
    }

    #[test]
    fn white_space_and_hidden_characters_do_not_tell_names_apart() {
        assert_eq!(fold("  Costa\u{a0}\t Rica\u{2003}\n"), "costa rica");
        assert_eq!(fold("Fra\u{200b}n\u{ad}ce\u{200d}"), "france");
        assert_eq!(fold(" \u{3000} "), "");
    }

    #[test]
    fn indic_vowel_signs_stay_and_arabic_vowel_points_go() {
        assert_eq!(fold("नेपाल"), "नेपाल");
        assert_ne!(fold("नेपाल"), fold("नपल"));
        assert_eq!(fold("مِصْر"), "مصر");
    }

    #[test]
    fn every_special_character_is_in_its_place_and_spelled_in_ascii() {
        assert!(SPELLED.is_sorted_by_key(|(special, _)| *special));
        for window in SPELLED.windows(2) {
            assert_ne!(window[0].0, window[1].0);
        }
        for (special, plain) in SPELLED {
            assert!(!special.is_ascii() && plain.bytes().all(|b| b.is_ascii_graphic()), "{special}");
            assert_eq!(spelled(*special), Some(*plain));
        }
    }

    proptest! {
        #[test]
        fn folding_a_key_changes_nothing(text in "\\PC{0,30}|.{0,30}") {
            let key = fold(&text);
            prop_assert_eq!(fold(&key), key);
        }

        #[test]
        fn case_never_tells_ascii_names_apart(text in "[ -~]{0,30}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }
    }
}
