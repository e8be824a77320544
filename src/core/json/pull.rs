//! The pull reader: one value after another out of a text, without a tree and without words.
//!
//! Strict reading accepts exactly what [`super::JsonReader`] and `serde_json` accept; a property holds all three to
//! it. Lenient reading also takes a value that is no JSON (`NaN`, `.5`, a raw line end in a string) as a malformed
//! value, so that a fault inside one value costs that value alone. Brackets, commas, colons and keys are never taken
//! otherwise than they stand.

use std::{borrow::Cow, ops::Range};

use super::{
    explain::Want,
    limits::Limits,
    near::{ends_token, lenient_string_end, token_end},
    number, string,
};

/// The text is no JSON at this byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub at: usize,
}

/// A value as one look tells. Arrays and objects have been read to their end, but not kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Pulled<'t> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'t, str>),
    /// A text that was asked for without its words.
    Words,
    Array,
    Object,
    /// `NaN`, which Python writes for a missing number. Lenient reading only.
    NotANumber,
    /// A value that is no JSON. Lenient reading only.
    Malformed,
}

/// A key and the byte of its opening quote.
#[derive(Clone, Debug, PartialEq)]
pub struct PulledKey<'t> {
    pub text: Cow<'t, str>,
    pub at: usize,
}

/// An array or object that is being skipped: the byte of its bracket, and where its keys begin among all that are kept.
#[derive(Clone, Copy, Debug)]
struct Skipped {
    opened: usize,
    is_object: bool,
    first_key: usize,
}

/// Objects of more keys than this count as odd: whether one is given twice is left to the tree.
const MANY_KEYS: usize = 48;

/// Reads values out of a text, from a byte on.
#[derive(Debug)]
pub struct Pull<'t> {
    text: &'t str,
    at: usize,
    /// The word, number, text or key that was read last begins here.
    token: usize,
    depth: usize,
    lenient: bool,
    oddities: usize,
    /// Spans of the arrays and objects that were read to their end, each inside no other. Lenient reading only.
    closed: Vec<Range<usize>>,
    /// The arrays and objects that are being skipped, outermost first, with the keys of the objects among them.
    skipped: Vec<Skipped>,
    keys: Vec<&'t str>,
}

impl<'t> Pull<'t> {
    /// Reads `text[range]`, whose ends must not split a character.
    pub fn new(text: &'t str, range: Range<usize>, limits: &Limits) -> Self {
        Self {
            text: &text[..range.end],
            at: range.start,
            token: range.start,
            depth: limits.depth.min(Limits::DEEPEST),
            lenient: false,
            oddities: 0,
            closed: vec![],
            skipped: vec![],
            keys: vec![],
        }
    }

    #[must_use]
    pub fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// The byte where reading goes on.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// How many values were odd so far, so that the tree has more to say about them: a key given twice, a number that
    /// changes when it is read, an escaped key, anything that only lenient reading takes.
    pub const fn oddities(&self) -> usize {
        self.oddities
    }

    pub fn tell_odd(&mut self) {
        self.oddities += 1;
    }

    /// What is being skipped: from the outermost bracket to the word, number, text or key that was read last.
    pub fn skipping(&self) -> Option<Range<usize>> {
        self.skipped.first().map(|outermost| outermost.opened..self.token.max(outermost.opened))
    }

    /// The arrays and objects that lenient reading has read to their end.
    pub fn closed(&self) -> &[Range<usize>] {
        &self.closed
    }

    /// Skips white space; the byte there, if the text has not ended.
    pub fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Nothing but white space to the end.
    pub fn finish(&mut self) -> Result<(), Stop> {
        if self.peek().is_some() { Err(self.stop()) } else { Ok(()) }
    }

    const fn stop(&self) -> Stop {
        Stop { at: self.at }
    }

    /// Steps into an object if one stands here, and gives the byte of its brace.
    pub fn open_object(&mut self) -> Result<Option<usize>, Stop> {
        self.open(b'{')
    }

    /// Steps into an array if one stands here, and gives the byte of its bracket.
    pub fn open_array(&mut self) -> Result<Option<usize>, Stop> {
        self.open(b'[')
    }

    fn open(&mut self, bracket: u8) -> Result<Option<usize>, Stop> {
        if self.peek() != Some(bracket) {
            return Ok(None);
        }
        let at = self.at;
        self.depth = self.depth.checked_sub(1).ok_or(Stop { at })?;
        self.at += 1;
        Ok(Some(at))
    }

    /// Begins inside so many arrays and objects that opened before.
    pub fn step_into(&mut self, levels: usize) {
        self.depth = self.depth.saturating_sub(levels);
    }

    fn close(&mut self, opened: usize) {
        self.at += 1;
        self.depth += 1;
        if self.lenient {
            let inner = self.closed.iter().rposition(|span| span.start < opened).map_or(0, |at| at + 1);
            self.closed.truncate(inner);
            self.closed.push(opened..self.at);
        }
    }

    /// The next key of the object that opened at this byte, with its colon; `None` after the last, when the object
    /// has been left. `is_first` says that no key was read yet, and is cleared.
    pub fn next_key(&mut self, opened: usize, is_first: &mut bool) -> Result<Option<PulledKey<'t>>, Stop> {
        if !self.separate(opened, b'}', is_first)? {
            return Ok(None);
        }
        let at = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.stop());
        }
        self.token = at;
        let (end, kind) = self.string_end()?;
        let text = match kind {
            StringKind::Plain => Cow::Borrowed(&self.text[at + 1..end - 1]),
            StringKind::Escaped => self.decoded(at)?,
            StringKind::Malformed => return Err(Stop { at }),
        };
        self.oddities += usize::from(kind != StringKind::Plain);
        self.at = end;
        if self.peek() != Some(b':') {
            return Err(self.stop());
        }
        self.at += 1;
        Ok(Some(PulledKey { text, at }))
    }

    /// Steps to the next item of the array that opened at this byte; `false` after the last, when the array has been
    /// left.
    pub fn next_item(&mut self, opened: usize, is_first: &mut bool) -> Result<bool, Stop> {
        self.separate(opened, b']', is_first)
    }

    /// Steps over the comma to the next part, or over the closing bracket.
    fn separate(&mut self, opened: usize, closing: u8, is_first: &mut bool) -> Result<bool, Stop> {
        let was_first = std::mem::take(is_first);
        match self.peek() {
            Some(byte) if byte == closing => {
                self.close(opened);
                Ok(false)
            }
            Some(_) if was_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                let next = self.peek();
                if self.lenient && next == Some(closing) {
                    self.oddities += 1;
                    self.close(opened);
                    return Ok(false);
                }
                Ok(true)
            }
            _ => Err(self.stop()),
        }
    }

    /// Reads a value.
    pub fn value(&mut self) -> Result<Pulled<'t>, Stop> {
        self.read(true)
    }

    /// Reads a value; a text comes without its words.
    pub fn skip(&mut self) -> Result<Pulled<'t>, Stop> {
        self.read(false)
    }

    fn read(&mut self, with_words: bool) -> Result<Pulled<'t>, Stop> {
        match self.peek() {
            Some(b'{' | b'[') => self.skip_nested(),
            _ => self.scalar(with_words),
        }
    }

    fn scalar(&mut self, with_words: bool) -> Result<Pulled<'t>, Stop> {
        let at = self.at;
        self.token = at;
        match self.peek() {
            Some(b'"') => {
                let (end, kind) = self.string_end()?;
                let pulled = match kind {
                    StringKind::Malformed => Pulled::Malformed,
                    _ if !with_words => Pulled::Words,
                    StringKind::Plain => Pulled::Text(Cow::Borrowed(&self.text[at + 1..end - 1])),
                    StringKind::Escaped => Pulled::Text(self.decoded(at)?),
                };
                self.at = end;
                Ok(pulled)
            }
            Some(b'-' | b'0'..=b'9') => match number::read(self.text, at, Want::Value) {
                Ok(number) if !self.runs_on(number.end) => {
                    self.at = number.end;
                    self.oddities += usize::from(number.odd.is_some());
                    Ok(Pulled::Number(number.value))
                }
                Ok(_) => Ok(self.malformed()),
                Err(_) if self.lenient => Ok(self.malformed()),
                Err(fault) => Err(Stop { at: fault.at }),
            },
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Pulled<'t>, Stop> {
        let rest = &self.text.as_bytes()[self.at..];
        let words: [(&[u8], Pulled<'t>); 3] =
            [(b"null", Pulled::Null), (b"true", Pulled::Bool(true)), (b"false", Pulled::Bool(false))];
        for (word, pulled) in words {
            if rest.starts_with(word) && !self.runs_on(self.at + word.len()) {
                self.at += word.len();
                return Ok(pulled);
            }
        }
        if self.lenient && !rest.is_empty() { Ok(self.malformed()) } else { Err(self.stop()) }
    }

    /// Whether lenient reading takes the bytes from here on as part of the same malformed value.
    fn runs_on(&self, at: usize) -> bool {
        self.lenient && self.text.as_bytes().get(at).is_some_and(|byte| !ends_token(*byte))
    }

    /// Takes what stands here up to the next bracket, comma, colon, quote or white space as a malformed value; nothing
    /// at all where the value is missing.
    #[cold]
    fn malformed(&mut self) -> Pulled<'t> {
        let at = self.at;
        self.at = token_end(self.text, at);
        self.oddities += 1;
        if &self.text[at..self.at] == "NaN" { Pulled::NotANumber } else { Pulled::Malformed }
    }

    /// Reads an array or an object to its end.
    fn skip_nested(&mut self) -> Result<Pulled<'t>, Stop> {
        let is_object = self.peek() == Some(b'{');
        self.begin_skipping()?;
        let mut is_first = true;
        while let Some(Skipped { opened, is_object, first_key }) = self.skipped.last().copied() {
            let goes_on = if is_object {
                let key = self.next_key(opened, &mut is_first)?;
                key.inspect(|key| self.remember(key, first_key)).is_some()
            } else {
                self.next_item(opened, &mut is_first)?
            };
            if !goes_on {
                self.keys.truncate(first_key);
                self.skipped.pop();
                is_first = false;
            } else if matches!(self.peek(), Some(b'{' | b'[')) {
                self.begin_skipping()?;
                is_first = true;
            } else {
                self.scalar(false)?;
            }
        }
        Ok(if is_object { Pulled::Object } else { Pulled::Array })
    }

    fn begin_skipping(&mut self) -> Result<(), Stop> {
        let is_object = self.peek() == Some(b'{');
        let opened = self.open(if is_object { b'{' } else { b'[' })?;
        let first_key = self.keys.len();
        self.skipped.extend(opened.map(|opened| Skipped { opened, is_object, first_key }));
        Ok(())
    }

    /// Notes a key of the object that is being skipped; one given twice is odd.
    fn remember(&mut self, key: &PulledKey<'t>, first: usize) {
        let here = &self.keys[first..];
        match &key.text {
            Cow::Borrowed(text) if here.len() < MANY_KEYS && !here.contains(text) => self.keys.push(text),
            _ => self.oddities += 1,
        }
    }

    /// The byte after the string that starts here, and what kind of string it is.
    fn string_end(&mut self) -> Result<(usize, StringKind), Stop> {
        let bytes = self.text.as_bytes();
        let mut kind = StringKind::Plain;
        let mut stop = string::plain(bytes, self.at + 1);
        while bytes.get(stop) != Some(&b'"') {
            let escape = match bytes.get(stop) {
                Some(b'\\') => string::escape(self.text, stop).map_err(|fault| Stop { at: fault.at }),
                _ => Err(Stop { at: stop }),
            };
            let end = match escape {
                Ok((_, end)) => end,
                Err(fault) if self.lenient => {
                    let end = lenient_string_end(self.text, self.at).ok_or(fault)?;
                    self.oddities += 1;
                    return Ok((end, StringKind::Malformed));
                }
                Err(fault) => return Err(fault),
            };
            kind = StringKind::Escaped;
            stop = string::plain(bytes, end);
        }
        Ok((stop + 1, kind))
    }

    #[cold]
    fn decoded(&self, at: usize) -> Result<Cow<'t, str>, Stop> {
        string::read(self.text, at).map(|(text, _)| text).map_err(|fault| Stop { at: fault.at })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StringKind {
    Plain,
    Escaped,
    Malformed,
}
