//! Reads one key, paste start, mouse report or answer at the head of some bytes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::TerminalInput;

/// What the head of the bytes is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The number of bytes taken, and the input they mean; `None` for a sequence that is no input.
    Took(usize, Option<TerminalInput>),
    /// The number of bytes taken; pasted text follows.
    Paste(usize),
    /// The bytes are an incomplete sequence.
    More,
}

impl Step {
    fn key(taken: usize, code: KeyCode, modifiers: KeyModifiers) -> Self {
        Self::Took(taken, Some(TerminalInput::Key(KeyEvent::new(code, modifiers))))
    }

    /// The same step after an `ESC` byte: the key with Alt held.
    fn with_alt(self) -> Self {
        match self {
            Self::Took(taken, Some(TerminalInput::Key(mut key))) => {
                key.modifiers |= KeyModifiers::ALT;
                Self::Took(taken + 1, Some(TerminalInput::Key(key)))
            }
            Self::Took(taken, other) => Self::Took(taken + 1, other),
            Self::Paste(taken) => Self::Paste(taken + 1),
            Self::More => Self::More,
        }
    }
}

/// Reads the head of `bytes`, which are not empty.
pub(super) fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] => Step::More,
        [b'\x1b', ..] => escape(bytes),
        [b'\r', ..] => Step::key(1, KeyCode::Enter, KeyModifiers::NONE),
        [b'\t', ..] => Step::key(1, KeyCode::Tab, KeyModifiers::NONE),
        // For the Backspace key some terminals send the one, some the other.
        [b'\x08' | b'\x7f', ..] => Step::key(1, KeyCode::Backspace, KeyModifiers::NONE),
        [0, ..] => Step::key(1, KeyCode::Char(' '), KeyModifiers::CONTROL),
        [code @ 0x01..=0x1a, ..] => {
            Step::key(1, KeyCode::Char(char::from(code - 1 + b'a')), KeyModifiers::CONTROL)
        }
        [code @ 0x1c..=0x1f, ..] => {
            Step::key(1, KeyCode::Char(char::from(code - 0x1c + b'4')), KeyModifiers::CONTROL)
        }
        _ => character(bytes),
    }
}

fn character(bytes: &[u8]) -> Step {
    let head = &bytes[..bytes.len().min(4)];
    let chunk = head.utf8_chunks().next();
    match chunk.map(|chunk| (chunk.valid().chars().next(), chunk.invalid())) {
        Some((Some(character), _)) => {
            let shift = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Step::key(character.len_utf8(), KeyCode::Char(character), shift)
        }
        Some((None, invalid)) => match std::str::from_utf8(head).map_err(|error| error.error_len()) {
            Err(None) => Step::More,
            _ => Step::Took(invalid.len().max(1), None),
        },
        None => Step::More,
    }
}

fn escape(bytes: &[u8]) -> Step {
    match bytes {
        [_] => Step::More,
        [_, b'[', ..] => control_sequence(bytes),
        [_, b'O', ..] => single_shift(bytes),
        // A late answer to another program's question. Its text must not be read as keys.
        [_, b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        [_, b'\x1b', b'[' | b'O', ..] => match escape(&bytes[1..]) {
            // An answer has no Alt: this `ESC` is the Esc key, pressed just before it.
            Step::Took(_, Some(TerminalInput::Ready)) => Step::key(1, KeyCode::Esc, KeyModifiers::NONE),
            step => step.with_alt(),
        },
        [_, b'\x1b', ..] => Step::key(1, KeyCode::Esc, KeyModifiers::NONE),
        _ => step(&bytes[1..]).with_alt(),
    }
}

/// Drops `ESC ] … BEL` or `ESC ] … ESC \`.
fn string(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    let end = memchr::memchr2(b'\x07', b'\x1b', body);
    match end.map(|end| (end, &body[end..])) {
        Some((end, [b'\x07', ..])) => Step::Took(2 + end + 1, None),
        Some((end, [_, b'\\', ..])) => Step::Took(2 + end + 2, None),
        Some((end, [_, _, ..])) => Step::Took(2 + end, None),
        _ => Step::More,
    }
}

/// `ESC O x`: the keypad and the cursor keys in application mode.
fn single_shift(bytes: &[u8]) -> Step {
    let Some(last) = bytes.get(2) else { return Step::More };
    let code = match last {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char(char::from(last - b'j' + b'*')),
        b'X' => KeyCode::Char('='),
        letter => match letter_key(*letter) {
            Some(code) => code,
            None => return Step::Took(2, None),
        },
    };
    Step::key(3, code, KeyModifiers::NONE)
}

/// The keys that both `ESC O` and `ESC [ 1 ; modifiers` name by a letter.
fn letter_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(1 + letter - b'P'),
        _ => return None,
    })
}

/// `ESC [ parameters final`.
fn control_sequence(bytes: &[u8]) -> Step {
    // The Linux console's F1 to F5.
    if let [_, _, b'[', rest @ ..] = bytes {
        return match rest.first() {
            None => Step::More,
            Some(letter @ b'A'..=b'E') => Step::key(4, KeyCode::F(1 + letter - b'A'), KeyModifiers::NONE),
            Some(_) => Step::Took(3, None),
        };
    }
    let length = bytes[2..].iter().take_while(|byte| matches!(byte, 0x20..=0x3f)).count();
    let end = 2 + length;
    let Some(last) = bytes.get(end) else { return Step::More };
    if !matches!(last, 0x40..=0x7e) {
        // The sequence breaks off; the bytes after it are read on their own.
        return Step::Took(end, None);
    }
    let parameters = &bytes[2..end];
    match (parameters, last) {
        // The oldest mouse report (X10): three bytes of any value follow.
        ([], b'M') if bytes.len() < 6 => Step::More,
        ([], b'M') => Step::Took(6, None),
        (b"200", b'~') => Step::Paste(end + 1),
        (b"0" | b"3", b'n') => Step::Took(end + 1, Some(TerminalInput::Ready)),
        ([b'<', report @ ..], b'M' | b'm') => Step::Took(end + 1, mouse(&numbers(report), *last == b'm')),
        ([b'<'..=b'?', ..], _) => Step::Took(end + 1, None),
        _ => Step::Took(end + 1, key(&numbers(parameters), *last).map(TerminalInput::Key)),
    }
}

/// Each parameter's number and first sub-number (`number:sub`); anything that is no number is 0.
fn numbers(parameters: &[u8]) -> Vec<(u32, u32)> {
    let number = |text: Option<&[u8]>| {
        text.and_then(|text| std::str::from_utf8(text).ok()).and_then(|text| text.parse().ok()).unwrap_or(0)
    };
    let split = |parameter: &[u8]| {
        let mut parts = parameter.split(|byte| *byte == b':');
        (number(parts.next()), number(parts.next()))
    };
    parameters.split(|byte| *byte == b';').map(split).collect()
}

fn key(numbers: &[(u32, u32)], last: u8) -> Option<KeyEvent> {
    let first = numbers.first().map_or(0, |number| number.0);
    let (held, phase) = numbers.get(1).copied().unwrap_or_default();
    if phase == 3 {
        return None; // The key went up.
    }
    let modifiers = modifiers(held);
    let code = match (last, first) {
        (b'~', 27) => return numbers.get(2).and_then(|number| unicode_key(number.0, modifiers)),
        (b'u', code) => return unicode_key(code, modifiers),
        (b'Z', _) => return Some(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        (b'~', 1 | 7) => KeyCode::Home,
        (b'~', 2) => KeyCode::Insert,
        (b'~', 3) => KeyCode::Delete,
        (b'~', 4 | 8) => KeyCode::End,
        (b'~', 5) => KeyCode::PageUp,
        (b'~', 6) => KeyCode::PageDown,
        (b'~', number @ 11..=34) => KeyCode::F(function_key(number)?),
        // With a larger number the letter is no key: `ESC [ 24 ; 80 R` is a cursor position.
        (letter, 0 | 1) => letter_key(letter)?,
        _ => return None,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The function key of a number between 11 and 34. The numbers 16, 22, 27 and 30 are not used.
fn function_key(number: u32) -> Option<u8> {
    let below = u8::try_from(number).ok()?;
    Some(match below {
        11..=15 => below - 10,
        17..=21 => below - 11,
        23..=26 => below - 12,
        28..=29 => below - 13,
        31..=34 => below - 14,
        _ => return None,
    })
}

/// A key given by its character code, as terminals send when another program has switched that on.
fn unicode_key(code: u32, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let code = match code {
        9 if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        code => KeyCode::Char(char::from_u32(code).filter(|character| !character.is_control())?),
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The modifiers of `held`, which is one more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl, 8 for Super.
fn modifiers(held: u32) -> KeyModifiers {
    let bits = held.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 1 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 2 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 4 != 0);
    modifiers.set(KeyModifiers::SUPER, bits & 8 != 0);
    modifiers
}

/// `ESC [ < button ; column ; row`, then `M` for a press or a move and `m` for a release; places count from 1.
fn mouse(numbers: &[(u32, u32)], is_release: bool) -> Option<TerminalInput> {
    let [(button, _), (column, _), (row, _)] = *numbers else { return None };
    let which = match button & 3 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let is_moving = button & 32 != 0;
    let kind = match (button & 0xc0, which) {
        (0x40, _) => match button & 3 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        (0, Some(which)) if is_release => MouseEventKind::Up(which),
        (0, Some(which)) if is_moving => MouseEventKind::Drag(which),
        (0, Some(which)) => MouseEventKind::Down(which),
        (0, None) if is_moving => MouseEventKind::Moved,
        _ => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, button & 4 != 0);
    modifiers.set(KeyModifiers::ALT, button & 8 != 0);
    modifiers.set(KeyModifiers::CONTROL, button & 16 != 0);
    let place = |number: u32| u16::try_from(number.saturating_sub(1)).ok();
    Some(TerminalInput::Mouse(MouseEvent { kind, column: place(column)?, row: place(row)?, modifiers }))
}
