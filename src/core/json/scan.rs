//! The scanner: from what the pull reader finds to a located tree, and why a text is refused in words.

use std::{borrow::Cow, fmt::Write as _, mem};

use super::{
    brackets, excerpt,
    explain::{self, Want, unexpected},
    fault::Fault,
    keys::{self, Finder},
    limits::Limits,
    near,
    node::{Node, NodeKind, NodeMember},
    number,
    places::Places,
    pull::{Pull, Pulled},
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
    /// Whether nothing of it has been read.
    is_first: bool,
    /// The key whose value is being read; empty in an array.
    key: Cow<'a, str>,
    key_at: usize,
}

/// What follows inside an array or object.
enum Part<'a> {
    /// A value.
    Value(Want),
    /// Nothing more: it is finished.
    Closed(Node<'a>),
}

/// Reads one value of `text`, from a byte on. `text` ends where reading must end.
#[derive(Debug)]
pub(super) struct Scan<'a, 'p> {
    text: &'a str,
    start: usize,
    depth: usize,
    places: &'p Places<'a>,
    pull: Pull<'a>,
    open: Vec<Open<'a>>,
    items: Vec<Node<'a>>,
    members: Vec<NodeMember<'a>>,
    keys: Finder,
    odd: Oddities,
}

impl<'a, 'p> Scan<'a, 'p> {
    pub(super) fn new(text: &'a str, start: usize, limits: &Limits, places: &'p Places<'a>) -> Self {
        Self {
            text,
            start,
            depth: limits.depth.min(Limits::DEEPEST),
            places,
            pull: Pull::new(text, start..text.len(), limits),
            open: Vec::new(),
            items: Vec::new(),
            members: Vec::new(),
            keys: Finder::default(),
            odd: Oddities::new(limits.max_faults),
        }
    }

    /// A value that is no JSON is told and kept as malformed, instead of ending the reading.
    pub(super) fn lenient(mut self) -> Self {
        self.pull = self.pull.lenient();
        self
    }

    /// One value, after white space or not.
    pub(super) fn value(&mut self) -> Result<Node<'a>, Box<Fault>> {
        let mut want = Want::Document;
        loop {
            let mut finished = self.begin(want)?;
            want = loop {
                if let Some(node) = finished.take()
                    && let Some(outermost) = self.keep(node)
                {
                    return Ok(outermost);
                }
                match self.next_part()? {
                    Part::Value(next) => break next,
                    Part::Closed(node) => finished = Some(node),
                }
            };
        }
    }

    /// Nothing but white space to the end.
    pub(super) fn end(&mut self) -> Result<(), Box<Fault>> {
        self.pull.finish().map_err(|stop| self.refuse(stop.at, Want::End))
    }

    /// What was odd, in the order of the text.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.odd.into_faults()
    }

    /// A value that is complete; or none where an array or object was opened.
    fn begin(&mut self, want: Want) -> Result<Option<Node<'a>>, Box<Fault>> {
        let object = match self.pull.peek() {
            Some(b'{') => true,
            Some(b'[') => false,
            _ => return self.scalar(want).map(Some),
        };
        let opened = if object { self.pull.open_object() } else { self.pull.open_array() };
        let at = match opened {
            Ok(at) => at.unwrap_or_default(),
            Err(_) => return Err(self.too_deep().into()),
        };
        let base = if object { self.members.len() } else { self.items.len() };
        self.open.push(Open { at, base, object, is_first: true, key: Cow::Borrowed(""), key_at: 0 });
        Ok(None)
    }

    fn scalar(&mut self, want: Want) -> Result<Node<'a>, Box<Fault>> {
        let (at, odd) = (self.pull.at(), self.pull.oddities());
        let Ok(pulled) = self.pull.value() else { return Err(self.no_value(at, want)) };
        let end = self.pull.at();
        let kind = match pulled {
            Pulled::Null => NodeKind::Null,
            Pulled::Bool(value) => NodeKind::Bool(value),
            Pulled::Number(number) => {
                if self.pull.oddities() > odd {
                    self.tell_number(at, want);
                }
                NodeKind::Number(number)
            }
            Pulled::Text(text) => NodeKind::String(text),
            // A value that is no bracket comes with its words, or it is no JSON.
            Pulled::Words | Pulled::Array | Pulled::Object | Pulled::NotANumber | Pulled::Malformed => {
                let fault = self.no_value(at, want);
                self.tell(*fault);
                NodeKind::Malformed
            }
        };
        let runs_on = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        if matches!(kind, NodeKind::Null | NodeKind::Bool(_))
            && self.text.as_bytes().get(end).is_some_and(runs_on)
        {
            return Err(self.refuse(at, want));
        }
        Ok(Node { at, end, kind })
    }

    /// Puts a finished value into the array or object around it; gives it back if there is none.
    fn keep(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        match self.open.last_mut() {
            None => return Some(node),
            Some(open) if open.object => {
                let (key, key_at) = (mem::take(&mut open.key), open.key_at);
                self.members.push(NodeMember { key, key_at, value: node });
            }
            Some(_) => self.items.push(node),
        }
        None
    }

    /// What follows in the innermost array or object.
    fn next_part(&mut self) -> Result<Part<'a>, Box<Fault>> {
        let (from, odd) = (self.pull.at(), self.pull.oddities());
        let Some(open) = self.open.last_mut() else { return Err(self.refuse(from, Want::End)) };
        let (object, was_first) = (open.object, open.is_first);
        let goes_on = if object {
            self.pull
                .next_key(open.at, &mut open.is_first)
                .map(|key| key.map(|key| (open.key, open.key_at) = (key.text, key.at)).is_some())
        } else {
            self.pull.next_item(open.at, &mut open.is_first)
        };
        match goes_on {
            Err(stop) if object => Err(self.no_key(from, was_first, stop.at)),
            Err(stop) => Err(self.refuse(stop.at, if was_first { Want::FirstItem } else { Want::NextItem })),
            Ok(true) if object => Ok(Part::Value(Want::Value)),
            Ok(true) => Ok(Part::Value(if was_first { Want::FirstItem } else { Want::Item })),
            Ok(false) => {
                if self.pull.oddities() > odd {
                    let fault = self.refuse(self.pull.at() - 1, if object { Want::Key } else { Want::Item });
                    self.tell(*fault);
                }
                Ok(Part::Closed(self.close()))
            }
        }
    }

    /// The innermost array or object, which has been left, with its parts.
    fn close(&mut self) -> Node<'a> {
        let (at, base, object) =
            self.open.last().map_or((0, 0, false), |open| (open.at, open.base, open.object));
        let kind = if object {
            self.tell_clashes(base);
            NodeKind::Object(take_from(&mut self.members, base))
        } else {
            NodeKind::Array(take_from(&mut self.items, base))
        };
        self.open.pop();
        Node { at, end: self.pull.at(), kind }
    }

    fn tell(&mut self, fault: Fault) {
        if self.odd.admits(fault.severity, fault.at) {
            self.odd.told.push(fault);
        }
    }

    /// Tells how a number changed when it was read.
    fn tell_number(&mut self, at: usize, want: Want) {
        if let Some(odd) = number::read(self.text, at, want).ok().and_then(|number| number.odd) {
            self.tell(self.on_path(*odd, true));
        }
    }

    #[cold]
    fn too_deep(&self) -> Fault {
        let message = format!("arrays and objects are nested more than {} deep", self.depth);
        let fault = Fault::error("depth", self.pull.at(), message)
            .expected(format!("at most {} levels", self.depth))
            .found("one more")
            .hint("flatten it, or raise the limit");
        self.on_path(fault, true)
    }

    /// Why no value begins at this byte.
    #[cold]
    fn no_value(&self, at: usize, want: Want) -> Box<Fault> {
        match self.text.as_bytes().get(at) {
            Some(b'"') => self.no_string(at, true).unwrap_or_else(|| self.refuse(at, want)),
            Some(b'-' | b'0'..=b'9') => match number::read(self.text, at, want) {
                Ok(number) => {
                    let fault = near::odd_number(self.text, at, number.end, want.words());
                    self.on_path(fault, true).into()
                }
                Err(fault) => self.on_path(*fault, true).into(),
            },
            _ => {
                let rest = &self.text[at..];
                let is_cut =
                    |word: &&&str| !rest.is_empty() && word.len() > rest.len() && word.starts_with(rest);
                match ["true", "false", "null"].iter().find(is_cut) {
                    Some(word) => self.on_path(explain::cut_off(self.text.len(), word), true).into(),
                    None => self.refuse(at, want),
                }
            }
        }
    }

    /// Why the string that begins at this byte is none; nothing if it is one.
    fn no_string(&self, at: usize, is_value: bool) -> Option<Box<Fault>> {
        let mut fault = string::read(self.text, at).err()?;
        let words = near::before_signs(self.text, at, self.text.len());
        let stack = brackets::closers(&self.open_places());
        if fault.code == "cut-off"
            && !stack.is_empty()
            && near::closes(self.text, words, &stack, self.start > 0)
        {
            *fault = explain::unclosed(self.text, words);
        } else if fault.code == "cut-off" {
            let (line, column) = self.places.of(at);
            fault.hint = Some(format!("the string that opens at line {line}, column {column} has no end"));
        }
        Some(self.on_path(*fault, is_value).into())
    }

    /// Why no key with its colon, and no closing brace, follows this byte. `stop` is where reading ended.
    #[cold]
    fn no_key(&self, from: usize, was_first: bool, stop: usize) -> Box<Fault> {
        let mut at = self.after_space(from);
        if !was_first {
            if self.text.as_bytes().get(at) != Some(&b',') {
                return self.refuse(at, Want::NextMember);
            }
            at = self.after_space(at + 1);
        }
        if self.text.as_bytes().get(at) != Some(&b'"') {
            return self.refuse(at, if was_first { Want::FirstKey } else { Want::Key });
        }
        self.no_string(at, false).unwrap_or_else(|| self.refuse(stop, Want::Colon))
    }

    fn after_space(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        self.text.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len()
    }

    /// What is open, each with whether it is an object.
    fn open_places(&self) -> Vec<(usize, bool)> {
        self.open.iter().map(|open| (open.at, open.object)).collect()
    }

    #[cold]
    fn refuse(&self, at: usize, want: Want) -> Box<Fault> {
        if want == Want::Document && self.start == 0 && at == self.text.len() {
            return explain::empty(at).into();
        }
        let open: Vec<(usize, bool)> = self.open.iter().map(|open| (open.at, open.object)).collect();
        let is_part = self.start > 0;
        let fault = brackets::mended(
            unexpected(self.text, at, want),
            self.text,
            at,
            want,
            &open,
            self.places,
            is_part,
        );
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
