//! Writes a record or a header as one line of JSON with a checksum, and reads it again.
//!
//! The checksum (CRC-32, IEEE) is the last member and covers every byte before its comma, so that a line that was
//! cut, joined to another or changed in a bit is recognised.

use serde::{Deserialize, Serialize};

use super::{
    identity::Identity,
    record::{Act, FlagKind, Id, Record, SignOffStage},
    target::Target,
};
use crate::{
    core::{cell::Gap, date::Date},
    text::Raw,
};

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalLine {
    /// The first line of a file: which cards its records are about.
    Header(Identity),
    /// A record about cards of this framework.
    Record { framework: Box<str>, record: Box<Record> },
}

/// Why a line cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("the line is cut short or its checksum is damaged")]
    NoChecksum,
    #[error("the line does not match its checksum: something in it was changed")]
    WrongChecksum,
    #[error("the line is whole, but this version does not know what it says: a newer visavis wrote it")]
    Newer,
}

const VERSION: u32 = 1;
const CHECKSUM: &str = ",\"crc\":\"";

#[derive(Serialize, Deserialize)]
struct HeaderWire {
    v: u32,
    journal: Identity,
}

#[derive(Serialize, Deserialize)]
struct RecordWire {
    v: u32,
    id: Id,
    framework: Box<str>,
    lamport: u64,
    time: Box<str>,
    author: String,
    #[serde(flatten)]
    act: ActWire,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    over: Vec<Id>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
enum ActWire {
    Flag {
        on: Target,
        kind: Box<str>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    Resolve {
        flag: Id,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    Reopen {
        flag: Id,
    },
    Note {
        on: Target,
        text: String,
    },
    /// A note that names notes of others.
    Answer {
        on: Target,
        text: String,
        to: Vec<Id>,
    },
    Review {
        on: Target,
        seen: Box<str>,
    },
    Assign {
        on: Target,
        gap: Option<Box<str>>,
        seen: Box<str>,
    },
    SignOff {
        on: Target,
        stage: Box<str>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        seen: Box<str>,
    },
    Give {
        on: Target,
        to: Option<String>,
    },
    Address {
        flag: Id,
        to: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Box<str>>,
    },
    Undo {
        of: Vec<Id>,
    },
}

/// The line, with its checksum and line break.
pub fn write(line: &JournalLine) -> String {
    let body = match line {
        JournalLine::Header(identity) => {
            serde_json::to_string(&HeaderWire { v: VERSION, journal: identity.clone() })
        }
        JournalLine::Record { framework, record } => {
            serde_json::to_string(&to_wire(framework.clone(), (**record).clone()))
        }
    };
    // Serializing strings, numbers and lists of them to JSON cannot fail.
    let mut body = body.unwrap_or_default();
    body.truncate(body.len().saturating_sub(1));
    let sum = crc32fast::hash(body.as_bytes());
    format!("{body}{CHECKSUM}{sum:08x}\"}}\n")
}

/// Reads a line without its line break. Errors: see [`Damage`].
pub fn read(line: &[u8]) -> Result<JournalLine, Damage> {
    let text = std::str::from_utf8(line).map_err(|_| Damage::WrongChecksum)?;
    let at = text.rfind(CHECKSUM).ok_or(Damage::NoChecksum)?;
    let (body, tail) = text.split_at(at);
    let sum = tail[CHECKSUM.len()..].strip_suffix("\"}").ok_or(Damage::NoChecksum)?;
    let is_plain = sum.len() == 8 && sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !is_plain {
        return Err(Damage::NoChecksum);
    }
    if u32::from_str_radix(sum, 16) != Ok(crc32fast::hash(body.as_bytes())) {
        return Err(Damage::WrongChecksum);
    }
    if let Ok(HeaderWire { v: VERSION, journal }) = serde_json::from_str(text) {
        return Ok(JournalLine::Header(journal));
    }
    match serde_json::from_str::<RecordWire>(text) {
        Ok(wire) if wire.v == VERSION => from_wire(wire).ok_or(Damage::Newer),
        _ => Err(Damage::Newer),
    }
}

fn to_wire(framework: Box<str>, record: Record) -> RecordWire {
    let words = |raw: &Raw<'static>| raw.raw().to_owned();
    let Record { id, lamport, time, author, act, over } = record;
    let act = match act {
        Act::Flag { on, kind, note } => ActWire::Flag { on, kind: kind.id().into(), note: words(&note) },
        Act::Resolve { flag, note } => ActWire::Resolve { flag, note: words(&note) },
        Act::Reopen { flag } => ActWire::Reopen { flag },
        Act::Note { on, text, to } if to.is_empty() => ActWire::Note { on, text: words(&text) },
        Act::Note { on, text, to } => ActWire::Answer { on, text: words(&text), to },
        Act::Review { on, seen } => ActWire::Review { on, seen: hex(seen) },
        Act::Assign { on, gap, seen } => {
            ActWire::Assign { on, gap: gap.map(|gap| gap.id().into()), seen: hex(seen) }
        }
        Act::SignOff { on, stage, note, seen } => {
            ActWire::SignOff { on, stage: stage.id().into(), note: words(&note), seen: hex(seen) }
        }
        Act::Give { on, to } => ActWire::Give { on, to: to.as_ref().map(words) },
        Act::Address { flag, to, due } => {
            let due = due.map(|due| due.to_string().into());
            ActWire::Address { flag, to: to.as_ref().map(words), due }
        }
        Act::Undo { of } => ActWire::Undo { of },
    };
    RecordWire { v: VERSION, id, framework, lamport, time, author: words(&author), act, over }
}

fn from_wire(wire: RecordWire) -> Option<JournalLine> {
    let RecordWire { id, framework, lamport, time, author, act, over, .. } = wire;
    let act = match act {
        ActWire::Flag { on, kind, note } => {
            Act::Flag { on, kind: FlagKind::from_id(&kind)?, note: Raw::new(note) }
        }
        ActWire::Resolve { flag, note } => Act::Resolve { flag, note: Raw::new(note) },
        ActWire::Reopen { flag } => Act::Reopen { flag },
        ActWire::Note { on, text } => Act::Note { on, text: Raw::new(text), to: vec![] },
        ActWire::Answer { on, text, to } => Act::Note { on, text: Raw::new(text), to },
        ActWire::Review { on, seen } => Act::Review { on, seen: from_hex(&seen)? },
        ActWire::Assign { on, gap: None, seen } => Act::Assign { on, gap: None, seen: from_hex(&seen)? },
        ActWire::Assign { on, gap: Some(gap), seen } => {
            let gap = Gap::from_id(&gap).filter(|gap| gap.can_be_written())?;
            Act::Assign { on, gap: Some(gap), seen: from_hex(&seen)? }
        }
        ActWire::SignOff { on, stage, note, seen } => {
            let stage = SignOffStage::from_id(&stage)?;
            Act::SignOff { on, stage, note: Raw::new(note), seen: from_hex(&seen)? }
        }
        ActWire::Give { on, to } => Act::Give { on, to: to.map(Raw::new) },
        ActWire::Address { flag, to, due: None } => Act::Address { flag, to: to.map(Raw::new), due: None },
        ActWire::Address { flag, to, due: Some(due) } => {
            Act::Address { flag, to: to.map(Raw::new), due: Some(Date::parse(&due)?) }
        }
        ActWire::Undo { of } => Act::Undo { of },
    };
    let record = Box::new(Record { id, lamport, time, author: Raw::new(author), act, over });
    Some(JournalLine::Record { framework, record })
}

/// A fingerprint as text, because many JSON readers round integers above 2^53.
fn hex(seen: u64) -> Box<str> {
    format!("{seen:016x}").into()
}

fn from_hex(seen: &str) -> Option<u64> {
    u64::from_str_radix(seen, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(act: Act) -> JournalLine {
        let record = Record {
            id: Id::new("k3f9x2ab.0", 17),
            lamport: 57,
            time: "2026-11-24T02:02:03+01:00".into(),
            author: Raw::new("m.k.".to_owned()),
            act,
            over: vec![Id::new("k3f9x2ab.0", 3)],
        };
        JournalLine::Record { framework: "progress-card".into(), record: Box::new(record) }
    }

    fn target() -> Target {
        Target { country: Some("ALB".into()), edition: "2022".into(), indicator: Some("opsc".into()) }
    }

    fn card() -> Target {
        Target { indicator: None, ..target() }
    }

    fn every_line() -> Vec<JournalLine> {
        let note = || Raw::new("Which article? ,\"crc\":\"00000000\"}\n\u{1b}[2J \u{202e}".to_owned());
        let flag = Id::new("a.0", 1);
        let acts = [
            Act::Flag { on: target(), kind: FlagKind::CheckSource, note: note() },
            Act::Resolve { flag: flag.clone(), note: note() },
            Act::Reopen { flag: flag.clone() },
            Act::Note { on: card(), text: note(), to: vec![] },
            Act::Note { on: target(), text: note(), to: vec![flag.clone()] },
            Act::Review { on: target(), seen: u64::MAX },
            Act::Assign { on: target(), gap: Some(Gap::NoData), seen: 1 },
            Act::Assign { on: target(), gap: None, seen: 0 },
            Act::SignOff { on: card(), stage: SignOffStage::SentBack, note: note(), seen: 7 },
            Act::SignOff { on: card(), stage: SignOffStage::Open, note: Raw::default(), seen: 0 },
            Act::Give { on: card(), to: Some(note()) },
            Act::Give { on: card(), to: None },
            Act::Address { flag: flag.clone(), to: Some(note()), due: Date::parse("2026-12-01") },
            Act::Address { flag: flag.clone(), to: None, due: None },
            Act::Undo { of: vec![flag] },
        ];
        let header =
            Identity { framework: "progress-card".into(), countries: ["ALB", "ARM"].map(Box::from).into() };
        acts.into_iter().map(record).chain([JournalLine::Header(header)]).collect()
    }

    #[test]
    fn what_is_written_is_read_again_and_is_one_line_without_a_control_character() {
        for line in every_line() {
            let text = write(&line);
            let body = text.strip_suffix('\n').unwrap();
            assert!(!body.contains(|c: char| c.is_control()), "{body}");
            assert_eq!(read(body.as_bytes()), Ok(line));
        }
    }

    #[test]
    fn no_flipped_bit_and_no_torn_line_is_taken_for_a_record() {
        for line in every_line() {
            let text = write(&line);
            let body = text.trim_end().as_bytes();
            for at in 0..body.len() {
                assert!(read(&body[..at]).is_err(), "cut at {at}");
                for bit in 0..8 {
                    let mut flipped = body.to_vec();
                    flipped[at] ^= 1 << bit;
                    assert!(read(&flipped).is_err(), "bit {bit} of byte {at}");
                }
            }
        }
    }

    #[test]
    fn a_line_of_a_newer_version_is_told_from_a_damaged_one() {
        let mut body = "{\"v\":2,\"id\":\"a.0-1\",\"act\":\"sing\"".to_owned();
        let sum = crc32fast::hash(body.as_bytes());
        body = format!("{body}{CHECKSUM}{sum:08x}\"}}");
        assert_eq!(read(body.as_bytes()), Err(Damage::Newer));
    }
}
