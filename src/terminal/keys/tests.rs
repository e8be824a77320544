//! Tests the sequences of all keys of a common keyboard, whole and in pieces.

use proptest::prelude::*;

use super::*;

/// Every input in short words: `C-` Ctrl, `A-` Alt, `S-` Shift.
fn words(inputs: &[TerminalInput]) -> String {
    let word = |input: &TerminalInput| match input {
        TerminalInput::Key(key) => {
            let held =
                [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "A-"), (KeyModifiers::SHIFT, "S-")];
            let held = held.iter().filter(|(modifier, _)| key.modifiers.contains(*modifier));
            let held: String = held.map(|(_, name)| *name).collect();
            match key.code {
                KeyCode::Char(character) => format!("{held}{character}"),
                KeyCode::F(number) => format!("{held}F{number}"),
                code => format!("{held}{code:?}"),
            }
        }
        TerminalInput::Mouse(mouse) => format!("{:?}@{},{}", mouse.kind, mouse.column, mouse.row),
        TerminalInput::Ready => "ready".to_owned(),
        TerminalInput::Paste { text, cut } => format!("paste({text}){}", if *cut { " cut" } else { "" }),
    };
    inputs.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn read(bytes: &[u8]) -> String {
    let mut parser = Parser::default();
    let mut inputs = parser.feed(bytes);
    inputs.extend(parser.expire());
    words(&inputs)
}

const KEYS: [(&str, &str); 50] = [
    ("j\x1b[0nk", "j ready k"),
    ("\x1b\x1b[0n", "Esc ready"),
    ("\x1b[200~a\x1b[0nb\x1b[201~c", "ready paste(ab) c"),
    ("q", "q"),
    ("Q", "S-Q"),
    ("ü東", "ü 東"),
    ("\r\t\x7f\x08", "Enter Tab Backspace Backspace"),
    ("\x10\x00\x1d", "C-p C-  C-5"),
    ("\x1b", "Esc"),
    ("\x1b\x1b", "Esc Esc"),
    ("\x1bj", "A-j"),
    ("\x1bJ", "A-S-J"),
    ("\x1b[", "A-["),
    ("\x1bO", "A-S-O"),
    ("\x1b]", "A-]"),
    ("\x1b\r", "A-Enter"),
    ("\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left"),
    ("\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left"),
    ("\x1b[1;5A", "C-Up"),
    ("\x1b[1;2D", "S-Left"),
    ("\x1b\x1b[A", "A-Up"),
    ("\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End"),
    ("\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PageUp PageDown"),
    ("\x1b[3;5~", "C-Delete"),
    ("\x1b[Z", "S-BackTab"),
    ("\x1bOP\x1bOQ\x1bOR\x1bOS", "F1 F2 F3 F4"),
    ("\x1b[[A\x1b[[E", "F1 F5"),
    ("\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~", "F1 F5 F6 F10 F11 F12"),
    ("\x1b[15;2~", "S-F5"),
    ("\x1bOM\x1bOk\x1bOp", "Enter + 0"),
    ("\x1b[97;5u", "C-a"),
    ("\x1b[97;5:3u", ""),
    ("\x1b[27;5;105~", "C-i"),
    ("\x1b[<0;3;5M\x1b[<0;3;5m", "Down(Left)@2,4 Up(Left)@2,4"),
    ("\x1b[<64;1;1M\x1b[<65;80;24M", "ScrollUp@0,0 ScrollDown@79,23"),
    ("\x1b[<32;9;9M\x1b[<35;9;9M", "Drag(Left)@8,8 Moved@8,8"),
    ("\x1b[<0;0;99999M", ""),
    ("\x1b[<0;3M", ""),
    ("\x1b[M !!q", "q"),
    ("\x1b[200~two\nlines\x1b[201~x", "paste(two\nlines) x"),
    ("\x1b[200~\x1b[A\x1b[201~", "paste(\x1b[A)"),
    // Answers that were not asked for are dropped whole and are no keys.
    ("\x1b[I\x1b[O\x1b[?62;4c\x1b[24;80Rx", "x"),
    ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\x", "x"),
    ("\x1b]11;rgb:0/0/0\x07x", "x"),
    ("\x1bP1$r0m\x1b\\x", "x"),
    // A sequence that breaks off does not swallow the key after it.
    ("\x1b[<12\x1b[A", "Up"),
    ("\x1b[1;\rx", "Enter x"),
    ("\u{e9}", "é"),
    ("\x1b[?1", ""),
    ("\x1b[<", ""),
];

#[test]
fn every_key_is_read() {
    for (bytes, expected) in KEYS {
        assert_eq!(read(bytes.as_bytes()), expected, "{bytes:?}");
    }
}

#[test]
fn a_key_that_comes_in_pieces_is_the_same_key() {
    for (bytes, expected) in KEYS {
        // Fed byte by byte, ESC ESC is read as the Esc key before the rest of the sequence arrives.
        if bytes.starts_with("\x1b\x1b[") {
            continue;
        }
        let mut parser = Parser::default();
        let mut inputs = Vec::new();
        for byte in bytes.bytes() {
            inputs.extend(parser.feed(&[byte]));
        }
        inputs.extend(parser.expire());
        assert_eq!(words(&inputs), expected, "{bytes:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_skipped() {
    assert_eq!(read(b"\xffa\xc3(b\xe2\x82"), "a ( b");
    assert_eq!(read(b"\x1b\xffz"), "z");
}

#[test]
fn half_a_key_waits_a_moment_and_nothing_waits_for_ever() {
    let mut parser = Parser::default();
    assert_eq!(parser.patience(), None);
    for half in [&b"\x1b"[..], b"\x1b[<", b"\x1b[?1", b"\xe2", b"\x1bO", b"\x1b]11;"] {
        assert!(parser.feed(half).is_empty());
        assert_eq!(parser.patience(), Some(KEY_PATIENCE), "{half:?}");
        parser.expire();
        assert_eq!(parser.patience(), None, "{half:?}");
        assert_eq!(words(&parser.feed(b"q")), "q", "{half:?}");
    }
    parser.feed(b"\x1b[200~open");
    assert_eq!(parser.patience(), Some(PASTE_PATIENCE));
    assert_eq!(words(parser.expire().as_slice()), "paste(open)");
    assert_eq!(parser.patience(), None);
}

#[test]
fn a_paste_is_cut_at_its_limit_and_says_so() {
    let mut parser = Parser::default();
    let euro = "€".as_bytes();
    parser.feed(b"\x1b[200~");
    for _ in 0..(PASTE_LIMIT / euro.len() + 100) {
        assert!(parser.feed(euro).is_empty());
    }
    let [TerminalInput::Paste { text, cut: true }] = &parser.feed(b"\x1b[201~")[..] else {
        panic!("not one cut paste")
    };
    assert_eq!(text.len(), PASTE_LIMIT / 3 * 3);
    assert!(text.chars().all(|character| character == '€'));
    assert_eq!(words(&parser.feed(b"q")), "q");
}

#[test]
fn an_endless_sequence_does_not_fill_the_memory() {
    let mut parser = Parser::default();
    parser.feed(b"\x1b]");
    for _ in 0..100_000 {
        parser.feed(b"x");
        assert!(parser.pending.len() <= SEQUENCE_LIMIT);
        if parser.pending.is_empty() {
            return;
        }
    }
    panic!("the sequence never ended");
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_read_alike(
        mut bytes in prop::collection::vec(prop_oneof![
            4 => prop::sample::select(b"\x1b[O<;:~MmAu0129Pq\\\x07".to_vec()), 1 => any::<u8>(),
        ], 0..60),
        cut in any::<prop::sample::Index>(),
    ) {
        // Two Escs are the one exception: whether they are one key depends on what is there already.
        for index in 1..bytes.len() {
            if bytes[index - 1..=index] == *b"\x1b\x1b" {
                bytes[index] = b'[';
            }
        }
        let mut whole = Parser::default();
        let expected = whole.feed(&bytes);
        let mut pieces = Parser::default();
        let cut = cut.index(bytes.len() + 1);
        let mut found = pieces.feed(&bytes[..cut]);
        found.extend(pieces.feed(&bytes[cut..]));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(pieces.expire(), whole.expire());
    }
}
