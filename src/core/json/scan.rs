//! The scanner: one pass over the text with its own stack, from brackets and commas to a located tree.

use std::{borrow::Cow, fmt::Write as _, mem};

use super::{
    excerpt,
    explain::{self, Want, unexpected},
    fault::Fault,
    keys::{self, Finder},
    limits::Limits,
    node::{Node, NodeKind, NodeMember},
    number,
    places::Places,
    pull::{lenient_string_end, token_end},
    string,
};
use crate::core::severity::Severity;

/// A path names so many levels from each end; those between are left out.
const PATH_ENDS: usize = 8;

/// Lists of more parts than this are handed over with their spare room instead of being copied.
const LARGE: usize = 4096;

/// An array or object that is not closed yet. Its finished parts wait at the end of a pile, from `base` on.
#[derive(Debug)]
struct Open<'a> {
    at: usize,
    base: usize,
    object: bool,
    /// The key whose value is being read; empty in an array.
    key: Cow<'a, str>,
    key_at: usize,
}

/// What became of a finished value.
enum Step<'a> {
    /// It was the outermost.
    Done(Node<'a>),
    /// It awaits a sibling.
    Sibling(Want),
    /// It was the last of its array or object, which is finished now.
    Closed(Node<'a>),
}

/// Reads one value of `text`, from a byte on. `text` ends where reading must end.
#[derive(Debug)]
pub(super) struct Scan<'a, 'p> {
    text: &'a str,
    at: usize,
    start: usize,
    depth: usize,
    places: &'p Places<'a>,
    open: Vec<Open<'a>>,
    items: Vec<Node<'a>>,
    members: Vec<NodeMember<'a>>,
    keys: Finder,
    odd: Oddities,
    /// Whether a value that is no JSON is told and kept as malformed, instead of ending the reading.
    lenient: bool,
}

impl<'a, 'p> Scan<'a, 'p> {
    pub(super) fn new(text: &'a str, start: usize, limits: &Limits, places: &'p Places<'a>) -> Self {
        Self {
            text,
            at: start,
            start,
            depth: limits.depth.min(Limits::DEEPEST),
            places,
            open: Vec::new(),
            items: Vec::new(),
            members: Vec::new(),
            keys: Finder::default(),
            odd: Oddities::new(limits.max_faults),
            lenient: false,
        }
    }

    pub(super) fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// One value, after white space or not.
    pub(super) fn value(&mut self) -> Result<Node<'a>, Box<Fault>> {
        let mut want = Want::Document;
        loop {
            let Some(mut node) = self.begin(want)? else {
                let in_object = self.open.last().is_some_and(|open| open.object);
                want = if in_object { Want::Value } else { Want::FirstItem };
                continue;
            };
            want = loop {
                match self.attach(node)? {
                    Step::Done(node) => return Ok(node),
                    Step::Closed(closed) => node = closed,
                    Step::Sibling(next) => break next,
                }
            };
        }
    }

    /// Nothing but white space to the end.
    pub(super) fn end(&mut self) -> Result<(), Box<Fault>> {
        if self.peek().is_some() { Err(self.refuse(Want::End)) } else { Ok(()) }
    }

    /// What was odd, in the order of the text.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.odd.into_faults()
    }

    /// A value that is complete; or none where an array or object was opened and its first value comes next.
    fn begin(&mut self, want: Want) -> Result<Option<Node<'a>>, Box<Fault>> {
        let next = self.peek();
        let at = self.at;
        let kind = match next {
            Some(b'"') => match self.string(true) {
                Ok(text) => NodeKind::String(text),
                Err(fault) => self.malformed(fault, lenient_string_end(self.text, at))?,
            },
            Some(b'-' | b'0'..=b'9') => match self.number(want) {
                Ok(number) if !self.lenient || self.at == token_end(self.text, self.at) => {
                    NodeKind::Number(number)
                }
                Ok(_) => self.malformed(self.refuse(want), Some(token_end(self.text, at)))?,
                Err(fault) => self.malformed(fault, Some(token_end(self.text, at)))?,
            },
            Some(b'{') => {
                self.enter(true)?;
                if self.peek() != Some(b'}') {
                    self.key(Want::FirstKey)?;
                    return Ok(None);
                }
                self.leave();
                NodeKind::Object(Vec::new())
            }
            Some(b'[') => {
                self.enter(false)?;
                if self.peek() != Some(b']') {
                    return Ok(None);
                }
                self.leave();
                NodeKind::Array(Vec::new())
            }
            _ => match self.word(want) {
                Ok(kind) => kind,
                Err(fault) => {
                    let end = next.map(|_| token_end(self.text, at));
                    self.malformed(fault, end)?
                }
            },
        };
        Ok(Some(Node { at, end: self.at, kind }))
    }

    /// Goes on behind a value that is no JSON, if reading is lenient and the value ends somewhere.
    fn malformed(&mut self, fault: Box<Fault>, end: Option<usize>) -> Result<NodeKind<'a>, Box<Fault>> {
        let Some(end) = end.filter(|_| self.lenient) else { return Err(fault) };
        self.at = end;
        if self.odd.admits(fault.severity, fault.at) {
            self.odd.told.push(*fault);
        }
        Ok(NodeKind::Malformed)
    }

    /// Whether a closing bracket follows a comma and is taken all the same, which is told.
    fn ends_after_comma(&mut self, closing: u8, want: Want) -> bool {
        let ends = self.lenient && self.peek() == Some(closing);
        if ends {
            let fault = self.refuse(want);
            if self.odd.admits(fault.severity, fault.at) {
                self.odd.told.push(*fault);
            }
        }
        ends
    }

    /// Puts a finished value where it belongs and reads on to its sibling or to the closing bracket.
    fn attach(&mut self, node: Node<'a>) -> Result<Step<'a>, Box<Fault>> {
        let Some(open) = self.open.last_mut() else { return Ok(Step::Done(node)) };
        let (at, base, object) = (open.at, open.base, open.object);
        if object {
            self.members.push(NodeMember { key: mem::take(&mut open.key), key_at: open.key_at, value: node });
        } else {
            self.items.push(node);
        }
        let mut next = self.peek();
        if next == Some(b',') {
            self.at += 1;
            self.peek();
            let (closing, want) = if object { (b'}', Want::Key) } else { (b']', Want::Item) };
            if self.ends_after_comma(closing, want) {
                next = Some(closing);
            } else if object {
                self.key(Want::Key)?;
                return Ok(Step::Sibling(Want::Value));
            } else {
                return Ok(Step::Sibling(Want::Item));
            }
        }
        let kind = match (next, object) {
            (Some(b'}'), true) => {
                self.tell_clashes(base);
                NodeKind::Object(take_from(&mut self.members, base))
            }
            (Some(b']'), false) => NodeKind::Array(take_from(&mut self.items, base)),
            (_, true) => return Err(self.refuse(Want::NextMember)),
            (_, false) => return Err(self.refuse(Want::NextItem)),
        };
        self.leave();
        Ok(Step::Closed(Node { at, end: self.at, kind }))
    }

    fn enter(&mut self, object: bool) -> Result<(), Box<Fault>> {
        let at = self.at;
        if self.open.len() >= self.depth {
            let message = format!("arrays and objects are nested more than {} deep", self.depth);
            let fault = Fault::error("depth", at, message)
                .expected(format!("at most {} levels", self.depth))
                .found("one more")
                .hint("flatten it, or raise the limit");
            return Err(self.on_path(fault, true).into());
        }
        let base = if object { self.members.len() } else { self.items.len() };
        self.open.push(Open { at, base, object, key: Cow::Borrowed(""), key_at: 0 });
        self.at += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.open.pop();
        self.at += 1;
    }

    /// A key and its colon, at the place itself.
    fn key(&mut self, want: Want) -> Result<(), Box<Fault>> {
        if self.text.as_bytes().get(self.at) != Some(&b'"') {
            return Err(self.refuse(want));
        }
        let key_at = self.at;
        let key = self.string(false)?;
        if self.peek() != Some(b':') {
            return Err(self.refuse(Want::Colon));
        }
        self.at += 1;
        if let Some(open) = self.open.last_mut() {
            (open.key, open.key_at) = (key, key_at);
        }
        Ok(())
    }

    fn string(&mut self, is_value: bool) -> Result<Cow<'a, str>, Box<Fault>> {
        match string::read(self.text, self.at) {
            Ok((text, end)) => {
                self.at = end;
                Ok(text)
            }
            Err(mut fault) => {
                if fault.code == "cut-off" {
                    let (line, column) = self.places.of(self.at);
                    fault.hint =
                        Some(format!("the string that opens at line {line}, column {column} has no end"));
                }
                Err(self.on_path(*fault, is_value).into())
            }
        }
    }

    fn number(&mut self, want: Want) -> Result<f64, Box<Fault>> {
        let number = number::read(self.text, self.at, want).map_err(|fault| self.on_path(*fault, true))?;
        self.at = number.end;
        if let Some(fault) = number.odd
            && self.odd.admits(fault.severity, fault.at)
        {
            let fault = self.on_path(*fault, true);
            self.odd.told.push(fault);
        }
        Ok(number.value)
    }

    fn word(&mut self, want: Want) -> Result<NodeKind<'a>, Box<Fault>> {
        let rest = &self.text[self.at..];
        let words =
            [("true", NodeKind::Bool(true)), ("false", NodeKind::Bool(false)), ("null", NodeKind::Null)];
        for (word, kind) in words {
            if rest.starts_with(word) {
                let joined = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                if !rest.as_bytes().get(word.len()).is_some_and(joined) {
                    self.at += word.len();
                    return Ok(kind);
                }
            } else if !rest.is_empty() && word.starts_with(rest) {
                let fault = explain::cut_off(self.text.len(), word);
                return Err(self.on_path(fault, true).into());
            }
        }
        Err(self.refuse(want))
    }

    /// Skips white space; the byte there, if the text has not ended.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    #[cold]
    fn refuse(&self, want: Want) -> Box<Fault> {
        if want == Want::Document && self.start == 0 && self.at == self.text.len() {
            return explain::empty(self.at).into();
        }
        let mut fault = unexpected(self.text, self.at, want);
        let closes_another =
            matches!(want, Want::NextMember | Want::NextItem) && self.text[self.at..].starts_with(['}', ']']);
        if let Some(open) = self.open.last()
            && (closes_another || fault.code == "cut-off")
        {
            let (line, column) = self.places.of(open.at);
            let name = if open.object { "object" } else { "array" };
            let start = format!("the {name} that opens at line {line}, column {column} is not closed");
            let more = fault.hint.map_or_else(String::new, |hint| format!(": {hint}"));
            fault.hint = Some(start + &more);
        }
        let is_value = matches!(want, Want::Value | Want::FirstItem | Want::Item);
        self.on_path(fault, is_value).into()
    }

    /// Tells the keys that clash in the object about to close, whose members start at `base`.
    fn tell_clashes(&mut self, base: usize) {
        for clash in self.keys.clashes(&self.members[base..]) {
            let members = &self.members[base..];
            let severity = if clash.same { Severity::Error } else { Severity::Warning };
            if self.odd.admits(severity, members[clash.later].key_at) {
                let place = self.places.of(members[clash.first].key_at);
                let mut fault = self.on_path(keys::fault(clash, members, place), false);
                excerpt::push_key(&mut fault.path, &members[clash.later].key);
                self.odd.told.push(fault);
            }
        }
    }

    /// Gives a fault the path to what is being read: to the value itself, or to the array or object around it.
    fn on_path(&self, fault: Fault, is_value: bool) -> Fault {
        let levels = self.open.len() - usize::from(!is_value && !self.open.is_empty());
        let mut path = String::from("$");
        for (level, open) in self.open[..levels].iter().enumerate() {
            if (PATH_ENDS..levels.saturating_sub(PATH_ENDS)).contains(&level) {
                if level == PATH_ENDS {
                    path.push_str("...");
                }
            } else if open.object {
                excerpt::push_key(&mut path, &open.key);
            } else {
                let inner = self.open[level + 1..].iter().find(|inner| !inner.object);
                let index = inner.map_or(self.items.len(), |inner| inner.base) - open.base;
                // Writing into a string cannot fail.
                let _ = write!(path, "[{index}]");
            }
        }
        Fault { path, ..fault }
    }
}

/// The end of a pile, from `base` on, as a list of its own and no larger than it must be.
fn take_from<T>(pile: &mut Vec<T>, base: usize) -> Vec<T> {
    if base == 0 && pile.len() > LARGE { mem::take(pile) } else { pile.drain(base..).collect() }
}

/// Faults of an accepted text, told up to a number and counted from there on.
#[derive(Debug)]
struct Oddities {
    told: Vec<Fault>,
    room: usize,
    untold: usize,
    first_untold: usize,
    worst_untold: Severity,
}

impl Oddities {
    fn new(room: usize) -> Self {
        Self { told: Vec::new(), room, untold: 0, first_untold: usize::MAX, worst_untold: Severity::Hint }
    }

    /// Is there room to tell one more? If not, it is counted.
    fn admits(&mut self, severity: Severity, at: usize) -> bool {
        let room = self.told.len() < self.room;
        if !room {
            self.untold += 1;
            self.first_untold = self.first_untold.min(at);
            self.worst_untold = self.worst_untold.max(severity);
        }
        room
    }

    fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.told;
        faults.sort_by_key(|fault| fault.at);
        if self.untold > 0 {
            let message = format!("and {} more such problems in this value", self.untold);
            faults.push(Fault::new(self.worst_untold, "more-faults", self.first_untold, message));
        }
        faults
    }
}
