//! Makes raw text safe: every character that a terminal could act on is replaced by a visible form.
use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::Safe;
use super::width::{cell_width, clusters, stands_alone};

/// Most zero-width characters in one cluster. Languages need four or five, the longest emoji four; the stream-safe
/// format (UAX #15) allows 30, which already draws over the lines above and below.
const MAX_MARKS: usize = 8;
/// Most bytes of one cluster. The longest emoji recommended for interchange takes 35.
const MAX_CLUSTER: usize = 64;
/// Hidden characters in a row that are shown one by one; the rest is only counted.
const MAX_RUN: usize = 32;
/// Inserted before a combining mark without a base, so that it cannot join the character drawn before it.
const DOTTED_CIRCLE: char = '\u{25cc}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';

/// The three flags of tag characters that are recommended for interchange. Other tag characters could hide text.
const TAG_FLAGS: [&str; 3] = [
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
];

/// What a line break becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Breaks {
    Mark,
    Keep,
}

/// The bounds on one cluster. They are doubled for a frame, where two safe clusters in adjacent cells may join into
/// one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Text,
    Frame,
}

/// The text on one line: `\n` becomes `^J` (`\r\n` too), a tab four spaces, any other [`forbidden`] character a
/// visible form such as `^[` or `<U+200B>`.
pub fn safe_line(text: &str) -> Safe {
    safe(text, Breaks::Mark)
}

/// The text with its line breaks (`\r\n` becomes `\n`), otherwise as [`safe_line`].
pub fn safe_block(text: &str) -> Safe {
    safe(text, Breaks::Keep)
}

/// Whether a text may be printed as it is, line breaks (`\n`) included: no forbidden character, no oversized cluster.
/// Finished frames are checked with this.
pub fn is_safe(text: &str) -> bool {
    is_plain(text, Breaks::Keep) || made_safe(text, Breaks::Keep, Bounds::Frame).is_none()
}

/// Whether a character acts on a terminal, changes the reading direction, is invisible, or is private use. The line
/// break counts, and so do the tag characters, which [`is_safe`] allows in three flags.
pub fn forbidden(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || code >= 0xad
            && (turns_or_hides(code) || is_blank_or_private(code) || matches!(code, 0x2028 | 0x2029))
}

/// Controls of the reading direction, and characters without width: soft hyphen, grapheme joiner, fillers, invisible
/// operators, byte order mark, annotations, tags.
fn turns_or_hides(code: u32) -> bool {
    matches!(code, 0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069)
        || matches!(code, 0xad | 0x34f | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b | 0x2060..=0x2065)
        || matches!(code, 0x206a..=0x206f | 0xfeff | 0xfff0..=0xfffb | 0xe0000..=0xe00ff | 0xe01f0..=0xe0fff)
        || matches!(code, 0x13430..=0x1345f | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a)
}

/// Blank characters that are no spaces, private use, and noncharacters.
fn is_blank_or_private(code: u32) -> bool {
    matches!(code, 0x115f | 0x1160 | 0x2800 | 0x3164 | 0xffa0)
        || matches!(code, 0xe000..=0xf8ff | 0xf0000..=0x10_ffff | 0xfdd0..=0xfdef)
        || code & 0xfffe == 0xfffe
}

/// Joiners and variation selectors: normal after certain characters, elsewhere invisible.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c, '\u{200c}' | ZERO_WIDTH_JOINER) || is_selector(c)
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a joiner or selector may follow `previous`: after an emoji or a letter of a script beyond U+0590. Latin,
/// Greek and Cyrillic do not use them; there they could only make two names differ that look the same.
fn silent_belongs(previous: Option<char>, c: char) -> bool {
    match previous {
        None => false,
        Some(p) if is_silent(p) => is_selector(p) && c == ZERO_WIDTH_JOINER,
        Some('0'..='9' | '#' | '*' | '©' | '®') => matches!(c, '\u{fe0e}' | '\u{fe0f}'),
        Some(p) => p >= '\u{590}' && !p.is_whitespace(),
    }
}

fn safe(text: &str, breaks: Breaks) -> Safe {
    let safe = if is_plain(text, breaks) { None } else { made_safe(text, breaks, Bounds::Text) };
    Safe(Cow::Owned(safe.unwrap_or_else(|| text.to_owned())))
}

/// Whether a text is printable ASCII. It is checked in chunks, which the compiler can vectorize.
fn is_plain(text: &str, breaks: Breaks) -> bool {
    let kept = if breaks == Breaks::Keep { b'\n' } else { b' ' };
    let plain = |byte: &u8| matches!(byte, 0x20..=0x7e) || *byte == kept;
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |all, byte| all & plain(byte)))
}

/// The safe form of a text; `None` if it is safe already.
fn made_safe(text: &str, breaks: Breaks, bounds: Bounds) -> Option<String> {
    let marked = Marking::of(text).run(breaks);
    bound_clusters(marked.as_deref().unwrap_or(text), bounds).or(marked)
}

/// One pass over the characters. It copies nothing until a character has to be replaced.
struct Marking<'a> {
    text: &'a str,
    out: Option<String>,
    /// The text before this byte is in `out`, if that exists.
    copied: usize,
    /// The character that the next one could attach to; none at the start of a line and after a replaced character.
    previous: Option<char>,
    /// Hidden characters in a row so far.
    run: usize,
}

impl<'a> Marking<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, out: None, copied: 0, previous: None, run: 0 }
    }

    fn run(mut self, breaks: Breaks) -> Option<String> {
        let text = self.text;
        let mut skip_to = 0;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            match c {
                ' '..='~' => self.keep(at, Some(c)),
                '\n' if breaks == Breaks::Keep => self.keep(at, None),
                '\r' if text[at + 1..].starts_with('\n') => self.replace(at, c, ""),
                '\t' => {
                    self.keep(at, None);
                    self.replace(at, c, "    ");
                }
                BLACK_FLAG => {
                    self.keep(at, Some(c));
                    if let Some(flag) = TAG_FLAGS.iter().find(|flag| text[at..].starts_with(**flag)) {
                        skip_to = at + flag.len();
                        self.previous = flag.chars().next_back();
                    }
                }
                _ if forbidden(c) || is_silent(c) && !silent_belongs(self.previous, c) => self.mark(at, c),
                // Halfwidth sound marks, to which terminals give a cell of their own.
                '\u{ff9e}' | '\u{ff9f}' => self.keep(at, Some(c)),
                _ if stands_alone(c) || !self.at_edge() || !attaches(c) => self.keep(at, Some(c)),
                _ if c.width() == Some(0) => {
                    self.keep(at, Some(c));
                    self.insert(at, DOTTED_CIRCLE);
                }
                // A skin tone or similar modifier without a base: a terminal may join it to the character before.
                _ => self.mark(at, c),
            }
        }
        self.end_run(text.len());
        if let Some(out) = &mut self.out {
            out.push_str(&text[self.copied..]);
        }
        self.out
    }

    /// Whether the next character begins a line, or may do so after wrapping at a space.
    fn at_edge(&self) -> bool {
        self.previous.is_none_or(|p| p.is_whitespace() && p != '\u{a0}')
    }

    fn keep(&mut self, at: usize, previous: Option<char>) {
        self.previous = previous;
        if self.run > 0 {
            self.end_run(at);
        }
    }

    fn mark(&mut self, at: usize, c: char) {
        self.previous = None;
        self.run += 1;
        if self.run > MAX_RUN { self.replace(at, c, "") } else { self.replace(at, c, &mark(c)) }
    }

    fn end_run(&mut self, at: usize) {
        if self.run > MAX_RUN {
            let rest = self.run - MAX_RUN;
            self.written_to(at).push_str(&held_back(rest));
        }
        self.run = 0;
    }

    fn insert(&mut self, at: usize, c: char) {
        self.written_to(at).push(c);
    }

    fn replace(&mut self, at: usize, c: char, by: &str) {
        self.written_to(at).push_str(by);
        self.copied = at + c.len_utf8();
    }

    /// `out`, with the text before byte `at` appended.
    fn written_to(&mut self, at: usize) -> &mut String {
        let out = self.out.get_or_insert_with(|| String::with_capacity(self.text.len() + 32));
        out.push_str(&self.text[self.copied..at]);
        self.copied = at;
        out
    }
}

/// Whether a character would join the cluster before it.
fn attaches(c: char) -> bool {
    let mut pair = [b'a', 0, 0, 0, 0];
    let len = 1 + c.encode_utf8(&mut pair[1..]).len();
    std::str::from_utf8(&pair[..len]).is_ok_and(|pair| pair.graphemes(true).nth(1).is_none())
}

/// The visible form of one hidden character, in ASCII.
fn mark(c: char) -> String {
    match c {
        '\0'..='\u{1f}' | '\u{7f}' => format!("^{}", char::from(c as u8 ^ 0x40)),
        _ => format!("<U+{:04X}>", u32::from(c)),
    }
}

fn held_back(marks: usize) -> String {
    format!("<+{marks} marks>")
}

/// Replaces clusters beyond the bounds by their base and a count, and clusters without width, which a screen would
/// drop, by visible forms. `None` if there are neither.
fn bound_clusters(text: &str, bounds: Bounds) -> Option<String> {
    if text.chars().all(|c| stands_alone(c) || c == '\n') {
        return None;
    }
    let (max_bytes, max_marks) = match bounds {
        Bounds::Text => (MAX_CLUSTER, MAX_MARKS),
        Bounds::Frame => (2 * MAX_CLUSTER, 2 * MAX_MARKS),
    };
    let mut out: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    for cluster in clusters(text) {
        let start = at;
        at += cluster.len();
        let mut chars = cluster.chars();
        let Some(base) = chars.next() else { continue };
        if cluster == "\n" || cluster.len() == base.len_utf8() && stands_alone(base) {
            continue;
        }
        let flood =
            cluster.len() > max_bytes || cluster.chars().filter(|c| c.width() == Some(0)).count() > max_marks;
        if !flood && cell_width(cluster) > 0 {
            continue;
        }
        let out = out.get_or_insert_with(|| String::with_capacity(text.len() + 32));
        out.push_str(&text[copied..start]);
        copied = at;
        if !flood || base.width() == Some(0) {
            // A cluster within the bounds has few characters, so all are shown.
            let shown = if flood { 1 } else { usize::MAX };
            cluster.chars().take(shown).for_each(|c| out.push_str(&mark(c)));
        } else {
            out.push(base);
        }
        if flood {
            let _ = write!(out, "{}", held_back(chars.count()));
        }
    }
    if let Some(out) = &mut out {
        out.push_str(&text[copied..]);
    }
    out
}

#[cfg(test)]
mod tests;
