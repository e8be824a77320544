//! A JSON reader that knows where every value stands and says in plain words why a text is refused.
//!
//! `serde_json` decides what is JSON. This reader accepts and refuses the very same texts (a test holds
//! it to that), and adds what `serde_json` cannot tell: the exact place, the path, what was expected,
//! how to mend it; and what is odd in a text that is accepted: keys given twice, keys that look like
//! one another, numbers that change when they are read.
//!
//! **Invariants.** Nothing here recurses. Time is linear in the text. The words of a [`Fault`] hold
//! excerpts of at most a few dozen characters, with control and invisible characters spelled `<U+…>`.
mod excerpt;
mod fault;
mod near;
mod explain;
mod decode;
mod node;
mod keys;
mod number;
mod places;
mod brackets;
mod string;
mod limits;
mod pull;
mod scan;

use std::ops::Range;

use self::scan::Scan;
pub use self::{
    decode::{BYTE_ORDER_MARK, Decoded, decode, salvage},
    fault::Fault,
    limits::Limits,
    node::{Node, NodeKind, NodeMember},
    places::Places,
    pull::{Pull, Pulled, PulledKey, Stop},
};
pub use super::severity::Severity;

/// Reads a text that is one value, all of it.
///
/// Gives the tree and what is odd about it, in the order of the text; or the fault that makes the text no JSON.
pub fn read<'a>(text: &'a str, limits: &Limits) -> Result<(Node<'a>, Vec<Fault>), Fault> {
    JsonReader::new(text, limits).whole(0..text.len())
}

/// Reads one value that starts at the byte `offset`, or after white space there, and gives also the byte
/// where it ends. What follows is not looked at.
///
/// Paths start with `$` at the value. Who reads many values out of one text keeps a [`JsonReader`] instead,
/// which counts the lines of the text only once.
pub fn read_at<'a>(
    text: &'a str,
    offset: usize,
    limits: &Limits,
) -> Result<(Node<'a>, Vec<Fault>, usize), Fault> {
    JsonReader::new(text, limits).first(offset..text.len())
}

/// Reads values out of one text: lines of JSON Lines, cards of an array. May be shared between threads.
#[derive(Debug)]
pub struct JsonReader<'a> {
    text: &'a str,
    limits: Limits,
    places: Places<'a>,
}

impl<'a> JsonReader<'a> {
    pub fn new(text: &'a str, limits: &Limits) -> Self {
        Self { text, limits: *limits, places: Places::new(text) }
    }

    /// The bytes `range` are one value and nothing else but white space.
    pub fn whole(&self, range: Range<usize>) -> Result<(Node<'a>, Vec<Fault>), Fault> {
        let mut scan = self.scan(range);
        let node = scan.value().and_then(|node| scan.end().map(|()| node)).map_err(|fault| *fault)?;
        Ok((node, scan.into_faults()))
    }

    /// The bytes `range` start with one value; gives also the byte where it ends.
    pub fn first(&self, range: Range<usize>) -> Result<(Node<'a>, Vec<Fault>, usize), Fault> {
        let mut scan = self.scan(range);
        let node = scan.value().map_err(|fault| *fault)?;
        let end = node.end;
        Ok((node, scan.into_faults(), end))
    }

    /// Like [`JsonReader::first`]; a value inside that is no JSON is told and kept as [`NodeKind::Malformed`].
    pub fn first_lenient(&self, range: Range<usize>) -> Result<(Node<'a>, Vec<Fault>, usize), Fault> {
        let mut scan = self.scan(range).lenient();
        let node = scan.value().map_err(|fault| *fault)?;
        let end = node.end;
        Ok((node, scan.into_faults(), end))
    }

    /// Lines and columns of the text.
    pub fn places(&self) -> &Places<'a> {
        &self.places
    }

    fn scan(&self, range: Range<usize>) -> Scan<'a, '_> {
        let end = boundary(self.text, range.end);
        Scan::new(&self.text[..end], boundary(self.text, range.start).min(end), &self.limits, &self.places)
    }
}

/// The nearest place at or before `at` that does not split a character.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
