//! Parses the bytes that a terminal sends into keys, pastes and mouse reports.
//!
//! The events are crossterm's; its reader is not used. That one waits without end for the rest of a sequence
//! (`ESC [ <` and nothing more), spins on a terminal that vanished, takes standard input for the terminal, and
//! hears `Esc [ A` when a slow link splits the Up key. This one never waits by itself: it says how long its
//! caller should wait for more ([`Parser::patience`]), and what it holds by then is settled ([`Parser::expire`]).

mod sequence;

use std::{mem, time::Duration};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

use sequence::{Step, step};

/// A paste keeps this many bytes; the rest is dropped, and the paste says so.
pub(crate) const PASTE_LIMIT: usize = 1 << 20;
/// A sequence longer than this is no key; it is dropped.
const SEQUENCE_LIMIT: usize = 1 << 14;
/// How long the rest of a key may take: enough for the next packet, too short to notice after a lone Esc.
const KEY_PATIENCE: Duration = Duration::from_millis(30);
/// How long an open paste may pause before it counts as finished, so that keys after it work again within a second.
const PASTE_PATIENCE: Duration = Duration::from_millis(900);
const PASTE_END: &[u8] = b"\x1b[201~";
/// The answer of a terminal without malfunction to the status question `ESC [ 5 n`.
const ANSWER: &[u8] = b"\x1b[0n";

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TerminalInput {
    Key(KeyEvent),
    Mouse(MouseEvent),
    /// The terminal's answer to a status question: it has handled everything sent before the question.
    Ready,
    /// `cut` says that the paste was longer than [`PASTE_LIMIT`].
    Paste {
        text: String,
        cut: bool,
    },
}

/// The text of the keys at the beginning, and their number, if there are several and a line break is among them.
pub(crate) fn as_text(inputs: &[TerminalInput]) -> Option<(usize, String)> {
    let letter = |input: &TerminalInput| match input {
        TerminalInput::Key(KeyEvent { code, modifiers, .. }) => match code {
            KeyCode::Enter if modifiers.is_empty() => Some('\n'),
            KeyCode::Char('j') if *modifiers == KeyModifiers::CONTROL => Some('\n'),
            KeyCode::Tab if modifiers.is_empty() => Some('\t'),
            KeyCode::Char(letter) if KeyModifiers::SHIFT.contains(*modifiers) => Some(*letter),
            _ => None,
        },
        _ => None,
    };
    let text: String = inputs.iter().map_while(letter).collect();
    let keys = text.chars().count();
    (keys > 1 && text.contains('\n') && text.trim() != "").then_some((keys, text))
}

/// Turns bytes into input, however they are split into reads.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    /// Bytes that may still become a key, or the end of a paste.
    pending: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    cut: bool,
}

impl Parser {
    /// Takes bytes as they came and returns the inputs that they complete.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Vec<TerminalInput> {
        self.pending.extend_from_slice(bytes);
        let pending = mem::take(&mut self.pending);
        let mut rest = &pending[..];
        let mut inputs = Vec::new();
        loop {
            let taken =
                if self.paste.is_some() { self.text(rest, &mut inputs) } else { self.key(rest, &mut inputs) };
            rest = &rest[taken..];
            if taken == 0 || rest.is_empty() {
                break;
            }
        }
        self.pending = rest.to_vec();
        inputs
    }

    /// Takes bytes outside a paste and returns how many; 0 if they begin an incomplete sequence.
    fn key(&mut self, bytes: &[u8], inputs: &mut Vec<TerminalInput>) -> usize {
        match step(bytes) {
            Step::More if bytes.len() > SEQUENCE_LIMIT => bytes.len(),
            Step::More => 0,
            Step::Paste(taken) => {
                self.paste = Some(Paste::default());
                taken
            }
            Step::Took(taken, input) => {
                inputs.extend(input);
                taken
            }
        }
    }

    /// Takes bytes of a paste and returns how many; 0 if they may be the beginning of the paste's end.
    fn text(&mut self, bytes: &[u8], inputs: &mut Vec<TerminalInput>) -> usize {
        let end = memchr::memmem::find(bytes, PASTE_END);
        let inside = end.unwrap_or_else(|| bytes.len() - held_back(bytes));
        if let Some(paste) = &mut self.paste {
            paste.push(&bytes[..inside]);
        }
        if end.is_none() {
            return inside;
        }
        inputs.extend(self.paste.take().into_iter().flat_map(Paste::finish));
        inside + PASTE_END.len()
    }

    /// How long to wait for the rest of a sequence or paste; `None` if none is open.
    pub(crate) fn patience(&self) -> Option<Duration> {
        match self.paste {
            Some(_) => Some(PASTE_PATIENCE),
            None if self.pending.is_empty() => None,
            None => Some(KEY_PATIENCE),
        }
    }

    /// Call when no more bytes came in time: a lone Esc becomes a key, an open paste ends, an incomplete key is
    /// dropped.
    pub(crate) fn expire(&mut self) -> Vec<TerminalInput> {
        let pending = mem::take(&mut self.pending);
        if let Some(mut paste) = self.paste.take() {
            paste.push(&pending);
            return paste.finish().collect();
        }
        let key = match pending[..] {
            [b'\x1b'] => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
            // `ESC [` and its like begin a sequence, but are also Alt with that character.
            [b'\x1b', character @ b'!'..=b'~'] => {
                let shift =
                    if character.is_ascii_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
                KeyEvent::new(KeyCode::Char(char::from(character)), KeyModifiers::ALT | shift)
            }
            _ => return vec![],
        };
        vec![TerminalInput::Key(key)]
    }
}

/// How many bytes at the end may be the beginning of [`PASTE_END`].
fn held_back(bytes: &[u8]) -> usize {
    (1..PASTE_END.len()).rev().find(|length| bytes.ends_with(&PASTE_END[..*length])).unwrap_or(0)
}

impl Paste {
    fn push(&mut self, bytes: &[u8]) {
        let room = PASTE_LIMIT - self.bytes.len();
        self.cut |= bytes.len() > room;
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The pasted text. An answer of the terminal within it was not pasted: it is taken out and comes first.
    fn finish(mut self) -> impl Iterator<Item = TerminalInput> {
        let mut has_answer = false;
        while let Some(at) = memchr::memmem::find(&self.bytes, ANSWER) {
            self.bytes.drain(at..at + ANSWER.len());
            has_answer = true;
        }
        if self.cut {
            // Drop half a character at the cut.
            let whole = self.bytes.utf8_chunks().last().filter(|chunk| !chunk.invalid().is_empty());
            let half = whole.map_or(0, |chunk| chunk.invalid().len());
            self.bytes.truncate(self.bytes.len() - half);
        }
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        has_answer
            .then_some(TerminalInput::Ready)
            .into_iter()
            .chain([TerminalInput::Paste { text, cut: self.cut }])
    }
}

#[cfg(test)]
mod tests;
