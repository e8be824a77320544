//! From a byte to its line and column.

use std::sync::OnceLock;

/// A mark is kept every so many bytes, so that asking costs at most two blocks of counting.
const BLOCK: usize = 4096;

/// Finds lines and columns in a text, or in bytes that are not quite a text. The first question counts the
/// whole text, the others cost next to nothing.
#[derive(Debug)]
pub struct Places<'a> {
    bytes: &'a [u8],
    marks: OnceLock<Vec<Mark>>,
}

/// What stands before a block: line ends, characters, and where the line began that reaches into it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    lines: usize,
    characters: usize,
    line_start: usize,
}

impl<'a> Places<'a> {
    pub fn new<T: AsRef<[u8]> + ?Sized>(text: &'a T) -> Self {
        Self { bytes: text.as_ref(), marks: OnceLock::new() }
    }

    /// Line and column of the byte `at`, both from 1. Lines end with `\n`; columns are characters (Unicode
    /// scalar values), not bytes. A place behind the end counts as the end.
    pub fn of(&self, at: usize) -> (u32, u32) {
        let at = at.min(self.bytes.len());
        let mark = self.mark(at);
        let block = &self.bytes[at - at % BLOCK..at];
        let lines = mark.lines + memchr::memchr_iter(b'\n', block).count();
        let line_start = memchr::memrchr(b'\n', block).map_or(mark.line_start, |i| at - at % BLOCK + i + 1);
        (saturate(lines + 1), saturate(self.characters(at) - self.characters(line_start) + 1))
    }

    fn characters(&self, at: usize) -> usize {
        self.mark(at).characters + count_characters(&self.bytes[at - at % BLOCK..at])
    }

    fn mark(&self, at: usize) -> Mark {
        self.marks.get_or_init(|| self.count())[at / BLOCK]
    }

    fn count(&self) -> Vec<Mark> {
        let mut mark = Mark { lines: 0, characters: 0, line_start: 0 };
        let mut marks = vec![mark];
        for (i, block) in self.bytes.chunks(BLOCK).enumerate() {
            mark.lines += memchr::memchr_iter(b'\n', block).count();
            mark.characters += count_characters(block);
            if let Some(end) = memchr::memrchr(b'\n', block) {
                mark.line_start = i * BLOCK + end + 1;
            }
            marks.push(mark);
        }
        marks
    }
}

/// Every character has exactly one byte that does not continue another.
fn count_characters(bytes: &[u8]) -> usize {
    // Few enough for a byte to count, so that many are counted at once.
    const FEW: usize = 240;
    let begins = |count: u8, byte: &u8| count.wrapping_add(u8::from(byte & 0xC0 != 0x80));
    bytes.chunks(FEW).map(|few| usize::from(few.iter().fold(0, begins))).sum()
}

fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` marks the place asked for and is taken out.
    fn check(marked: &str, expect: (u32, u32)) {
        let at = marked.find('@').unwrap();
        assert_eq!(Places::new(&marked.replace('@', "")).of(at), expect, "{marked:?}");
    }

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        check("@", (1, 1));
        check("ab@c", (1, 3));
        check("a\n@", (2, 1));
        check("a\r\nb@", (2, 2));
        check("a\rb@", (1, 4));
        check("中華 🇫🇷 café@", (1, 11));
        check("é\né@é", (2, 2));
    }

    #[test]
    fn a_place_behind_the_end_is_the_end() {
        assert_eq!(Places::new("ab\nc").of(999), (2, 2));
    }

    #[test]
    fn bytes_that_are_no_text_have_places_too() {
        assert_eq!(Places::new(b"{\"a\":\n\"\xf4te".as_slice()).of(7), (2, 2));
    }

    #[test]
    fn every_place_of_a_long_text_agrees_with_counting_by_hand() {
        for text in ["é1\n".repeat(7000), "aé中".repeat(3000), "x".repeat(3 * BLOCK), "\n".repeat(2 * BLOCK)]
        {
            let places = Places::new(&text);
            for (at, _) in text.char_indices().step_by(61).chain([(text.len(), ' ')]) {
                let before = &text[..at];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                assert_eq!(places.of(at), (saturate(line), saturate(column)), "byte {at}");
            }
        }
    }
}
