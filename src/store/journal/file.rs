//! Parses one file of a journal into headers, records, and a problem with its place for every line it cannot read.

use std::collections::BTreeSet;

use crate::{
    core::{
        problem::{FilePlace, PlaceForm, Problem},
        severity::Severity,
    },
    review::{
        Id, Record,
        identity::{Identity, Kinship},
        line::{self, Damage, JournalLine},
    },
    text::{Raw, Safe, excerpt, safe_line},
};

/// Separates the file's name from the random letters of one opening in an id.
pub(super) const MARK: char = '_';
/// Bytes of the longest line that is read; a note is far shorter.
pub(super) const LONGEST_LINE: usize = 4 << 20;
/// Bytes of the largest file that is read.
pub(super) const LARGEST_FILE: u64 = 256 << 20;
/// The highest Lamport number that is read. Many JSON readers round integers above 2^53, and a real journal never
/// reaches it.
pub(super) const HIGHEST_LAMPORT: u64 = 1 << 53;
/// The problem code of a last line without its end: writing it was interrupted.
const TORN: &str = "journal-line-torn";
/// Damaged lines that get a problem of their own; further ones are only counted.
const MOST_TOLD: usize = 1_000;

/// A record with its framework and its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) framework: Box<str>,
    pub(super) record: Record,
    pub(super) place: FilePlace,
}

/// One file of a journal, parsed.
#[derive(Clone, Debug)]
pub struct JournalFile {
    /// The path, as the user would write it.
    pub name: Raw<'static>,
    pub(super) headers: Vec<Identity>,
    pub(super) held: Vec<Held>,
    pub problems: Vec<Problem>,
    /// Lines that are not blank, headers and damaged lines included.
    pub lines: usize,
    /// How many of `lines` cannot be read.
    pub damaged: usize,
    /// Whether the last line lacks its line end.
    pub(super) is_open_ended: bool,
}

/// How a file relates to the cards that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binding {
    /// A header names these cards.
    Bound,
    /// The header is lost, but a record names a country of these cards.
    BoundByRecords,
    /// The file is about other cards.
    Other,
    /// The file has neither a header nor a record.
    Unknown,
}

impl JournalFile {
    pub(super) fn parse(name: Raw<'static>, bytes: &[u8]) -> Self {
        let mut file = Self {
            name,
            headers: vec![],
            held: vec![],
            problems: vec![],
            lines: 0,
            damaged: 0,
            is_open_ended: bytes.last().is_some_and(|last| *last != b'\n'),
        };
        let mut at = 0;
        for (index, whole) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let place = FilePlace { line: number, column: 1, byte: at as u64, form: PlaceForm::Line };
            at += whole.len();
            file.take(trimmed(whole, index == 0), place, !whole.ends_with(b"\n"));
        }
        file
    }

    /// Whether the file is one of this writer's.
    pub fn is_of(&self, writer: &str) -> bool {
        let name =
            std::path::Path::new(self.name.raw()).file_name().map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| name.split('.').next() == Some(writer))
    }

    pub fn records(&self) -> usize {
        self.held.len()
    }

    /// Frameworks that the file's headers and records name, each once.
    pub fn frameworks(&self) -> BTreeSet<&str> {
        let of_headers = self.headers.iter().map(|header| &*header.framework);
        of_headers.chain(self.held.iter().map(|held| &*held.framework)).collect()
    }

    pub(super) fn binding(&self, identity: &Identity) -> Binding {
        if self.headers.iter().any(|header| header.kinship(identity) != Kinship::Other) {
            return Binding::Bound;
        }
        if !self.headers.is_empty() {
            return Binding::Other;
        }
        let is_known = |held: &&Held| {
            let country = held.record.act.target().and_then(|on| on.country.as_ref());
            held.framework == identity.framework
                && country.is_some_and(|code| identity.countries.contains(code))
        };
        match (self.held.iter().any(|held| is_known(&held)), self.held.is_empty()) {
            (true, _) => Binding::BoundByRecords,
            (false, true) => Binding::Unknown,
            (false, false) => Binding::Other,
        }
    }

    /// Every country in those headers of the file that are about these cards.
    pub(super) fn countries(&self, identity: &Identity) -> BTreeSet<Box<str>> {
        let kin = self.headers.iter().filter(|header| header.kinship(identity) != Kinship::Other);
        kin.flat_map(|header| header.countries.iter().cloned()).collect()
    }

    /// The highest number that an id of this segment may have. Unreadable lines are counted too, because each may
    /// have used a number.
    pub(super) fn highest(&self, segment: &str) -> u64 {
        let is_of = |stem: &str| stem.split_once(MARK).map_or(stem, |(name, _)| name) == segment;
        let number = |id: &Id| id.parts().filter(|(stem, _)| is_of(stem)).map(|(_, number)| number);
        let highest = self.held.iter().filter_map(|held| number(&held.record.id)).max();
        highest.unwrap_or(0).max((self.lines - self.headers.len()) as u64)
    }

    /// Whether there is any problem other than an unfinished last line.
    pub(super) fn is_damaged_inside(&self) -> bool {
        self.problems.iter().any(|problem| problem.code != TORN)
    }

    pub(super) fn latest(&self) -> u64 {
        self.held.iter().map(|held| held.record.lamport).max().unwrap_or(0)
    }

    fn take(&mut self, text: &[u8], place: FilePlace, is_open_ended: bool) {
        if text.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.lines += 1;
        let read = if text.len() > LONGEST_LINE { None } else { Some(line::read(text)) };
        match read {
            Some(Ok(JournalLine::Header(identity))) => self.headers.push(identity),
            Some(Ok(JournalLine::Record { framework, record })) if record.lamport <= HIGHEST_LAMPORT => {
                self.held.push(Held { framework, record: *record, place });
            }
            Some(Ok(JournalLine::Record { .. })) => self.refuse(wrong_order(text), place),
            Some(Err(damage)) => self.refuse(damaged(damage, text, is_open_ended), place),
            None => self.refuse(too_long(text.len()), place),
        }
    }

    fn refuse(&mut self, problem: Problem, place: FilePlace) {
        self.damaged += 1;
        if self.damaged <= MOST_TOLD {
            self.problems.push(Problem { place: Some(place), ..problem.in_file(&self.name) });
        }
    }
}

/// A line without its `\n` or `\r\n`; the first line also without a byte-order mark.
fn trimmed(whole: &[u8], is_first: bool) -> &[u8] {
    let text = whole.strip_suffix(b"\n").unwrap_or(whole);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if is_first { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text }
}

fn damaged(damage: Damage, text: &[u8], is_open_ended: bool) -> Problem {
    let is_marker = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"].iter().any(|m| text.starts_with(m));
    let (code, severity, message, hint) = match damage {
        _ if is_marker => (
            "journal-conflict-marker",
            Severity::Warning,
            Safe::fixed("a merge left a conflict marker"),
            "the records around it are read; the marker may be deleted",
        ),
        Damage::Newer => (
            "journal-line-newer",
            Severity::Warning,
            safe_line(&damage.to_string()),
            "a newer visavis reads it; this one leaves it as it is",
        ),
        _ if is_open_ended => (
            TORN,
            Severity::Warning,
            Safe::fixed("the last line is not finished"),
            "it was being written when something stopped it, and was never said to be saved; it is left as it is",
        ),
        _ => (
            "journal-line-damaged",
            Severity::Error,
            safe_line(&damage.to_string()),
            "a copy of the file may still have it; it is left as it is, and every other line is read",
        ),
    };
    Problem {
        expected: Some(Safe::fixed("a record with its checksum")),
        found: Some(excerpt(&String::from_utf8_lossy(&text[..text.len().min(400)]), 60)),
        ..Problem::new(code, severity, message).with_hint(Safe::fixed(hint))
    }
}

fn wrong_order(text: &[u8]) -> Problem {
    let message = Safe::fixed("the record's place in the order is beyond any that is counted");
    Problem {
        expected: Some(Safe::fixed("lamport of at most 9007199254740992")),
        found: Some(excerpt(&String::from_utf8_lossy(&text[..text.len().min(400)]), 60)),
        ..Problem::new("journal-line-wrong", Severity::Error, message)
    }
}

fn too_long(length: usize) -> Problem {
    let message = safe_line(&format!("the line has {length} bytes and is not read"));
    Problem {
        expected: Some(safe_line(&format!("at most {LONGEST_LINE} bytes"))),
        found: Some(safe_line(&format!("{length} bytes"))),
        ..Problem::new("journal-line-too-long", Severity::Error, message)
    }
}
