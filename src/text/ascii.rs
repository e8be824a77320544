//! Spells text in ASCII for terminals that show nothing else: accents dropped, other characters as `?`.
use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;

use super::fold::{is_mark, spelled};
use super::width::{cell_width, clusters};

/// A text in ASCII: accents dropped, case kept, dashes and quotes unified, `...` for `…`; for any other cluster one
/// `?` per column. Numbers keep their value: `10²` becomes `10^2`. Widths may change, so convert before fitting.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = Plain { out: String::with_capacity(text.len()), digits: None };
    for cluster in clusters(text) {
        let before = out.out.len();
        if !cluster.chars().all(|c| out.add(c)) {
            out.out.truncate(before);
            out.out.extend(std::iter::repeat_n('?', cell_width(cluster)));
            out.digits = None;
        }
    }
    Cow::Owned(out.out)
}

/// The kind of the last digit written. A digit of another kind begins a new number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    Line,
    Raised,
    Lowered,
    /// A fraction or a circled number, each a number of its own.
    Single,
}

struct Plain {
    out: String,
    digits: Option<Digits>,
}

impl Plain {
    /// Adds the spelling of a character; `false` if it has none.
    fn add(&mut self, c: char) -> bool {
        if c.is_ascii() {
            self.push(c, Digits::Line);
            return true;
        }
        if let Some(plain) = spelled(c) {
            plain.chars().for_each(|plain| self.push(plain, Digits::Line));
            return true;
        }
        let kind = kind_of(c);
        if kind == Digits::Single && self.digits.is_some() && c.is_numeric() {
            self.push(' ', kind);
        }
        let mut whole = true;
        decompose_compatible(c, |part| match part {
            // The stroke that negates a relation.
            '\u{338}' => whole = false,
            _ if part.is_ascii() => self.push(part, kind),
            _ if is_mark(part) => {}
            _ => match spelled(part) {
                Some(plain) => plain.chars().for_each(|plain| self.push(plain, kind)),
                None => whole = false,
            },
        });
        whole
    }

    fn push(&mut self, c: char, kind: Digits) {
        if !c.is_ascii_digit() {
            self.digits = None;
        } else if self.digits.replace(kind).is_some_and(|last| last != kind) {
            self.out.push(match kind {
                Digits::Raised => '^',
                Digits::Lowered => '_',
                Digits::Line | Digits::Single => ' ',
            });
        }
        self.out.push(c);
    }
}

fn kind_of(c: char) -> Digits {
    match c {
        '²' | '³' | '¹' | '\u{2070}'..='\u{207f}' => Digits::Raised,
        '\u{2080}'..='\u{208e}' => Digits::Lowered,
        // Fullwidth and mathematical digits count as ordinary digits.
        '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}' => Digits::Line,
        _ => Digits::Single,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_keep_their_case_and_lose_their_accents() {
        for (text, plain) in [
            ("France", "France"),
            ("Türkiye", "Turkiye"),
            ("Côte d’Ivoire", "Cote d'Ivoire"),
            ("Vie\u{323}\u{302}t Nam", "Viet Nam"),
            ("Łódź, ŁÓDŹ", "Lodz, LODZ"),
            ("Straße", "Strasse"),
            ("Æon – “œuvre”…", "AEon - \"oeuvre\"..."),
            ("5 ≤ x ≠ 7 ± 1 €", "5 <= x != 7 +/- 1 EUR"),
            ("CO₂ in m²", "CO2 in m2"),
            ("a\u{a0}b\u{3000}c", "a b c"),
        ] {
            assert_eq!(ascii(text), plain, "{text}");
        }
    }

    #[test]
    fn what_has_no_spelling_keeps_its_columns() {
        assert_eq!(ascii("中国 ok"), "???? ok");
        assert_eq!(ascii("Россия"), "??????");
        assert_eq!(ascii("👨\u{200d}👩\u{200d}👧 x"), "?? x");
        assert_eq!(ascii("🇫🇷"), "??");
        assert_eq!(ascii("السكان"), "??????");
    }

    #[test]
    fn a_number_never_becomes_another_one() {
        assert_eq!(ascii("10²"), "10^2");
        assert_eq!(ascii("10¹²"), "10^12");
        assert_eq!(ascii("10₂"), "10_2");
        assert_eq!(ascii("2½"), "2 1/2");
        assert_eq!(ascii("½½"), "1/2 1/2");
        assert_eq!(ascii("2①3"), "2 1 3");
        assert_eq!(ascii("２１"), "21");
        assert_eq!(ascii("−5"), "-5");
        assert_eq!(ascii("a ≮ b"), "a ? b", "dropping the stroke would say the opposite");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(ascii("France"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn the_result_is_always_ascii(text in "\\PC{0,40}|.{0,40}") {
            prop_assert!(ascii(&text).is_ascii());
        }
    }
}
