//! From bytes to text: UTF-8, or the name of what the file is instead.

use super::{
    explain::{empty, other_kind},
    fault::Fault,
};

const BOM: char = '\u{feff}';

const SAVE: &str = "save as UTF-8";

/// The code of the warning about such a mark.
pub const BYTE_ORDER_MARK: &str = "byte-order-mark";

/// First bytes of files that are no text, what they are, and what to do.
const MAGIC: [(&[u8], &str, &str); 15] = [
    (b"\x1f\x8b", "gzip", "unpack it first: gunzip"),
    (b"PK\x03\x04", "zip", "unpack it first; a spreadsheet (.xlsx) is not read"),
    (b"PK\x05\x06", "an empty zip", "nothing is in it"),
    (b"\x89PNG", "PNG", "this is a picture"),
    (b"\xff\xd8\xff", "JPEG", "this is a picture"),
    (b"GIF8", "GIF", "this is a picture"),
    (b"SQLite format 3\0", "SQLite", "databases are not read: write the cards as JSON"),
    (b"%PDF-", "PDF", "this is a document"),
    (b"{\\rtf", "RTF", "this is a document: save it as plain text in UTF-8"),
    (b"BZh", "bzip2", "unpack it first: bunzip2"),
    (b"\xfd7zXZ\0", "xz", "unpack it first: unxz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard", "unpack it first: unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", "unpack it first"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office document",
        "documents and spreadsheets are not read: write the cards as JSON",
    ),
    (b"\x7fELF", "a program", "this is no data"),
];

/// A file's text, moved out of its bytes and looked at once.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    /// All of it, with the byte order mark.
    pub text: String,
    /// Bytes of a byte order mark: 0 or 3.
    pub mark: usize,
    /// The warning about that mark.
    pub warning: Option<Fault>,
}

/// The text in `bytes`, or the bytes again and why they are none.
///
/// Places in faults count from the first byte of the file, so they need no correction for a mark.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, (Vec<u8>, Fault)> {
    if let Some(fault) = no_text(&bytes) {
        return Err((bytes, fault));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let wrong = error.utf8_error();
        let bytes = error.into_bytes();
        let fault = match wrong.error_len() {
            Some(_) => not_utf8(&bytes, wrong.valid_up_to()),
            None => split(&bytes),
        };
        (bytes, fault)
    })?;
    let mark = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let rest = &text[mark..];
    let start = text.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
    let fault = if rest.is_empty() {
        let fault = empty(0);
        let message = format!("{}: nothing but a byte order mark", fault.message);
        Some(if mark == 0 { fault } else { Fault { at: mark, message, ..fault } })
    } else if start == text.len() {
        Some(empty(start))
    } else {
        other_kind(&text[start..], start)
    };
    if let Some(fault) = fault {
        return Err((text.into_bytes(), fault));
    }
    let warning = (mark > 0).then(|| {
        Fault::warning(BYTE_ORDER_MARK, 0, "a byte order mark stands before the text")
            .expected("UTF-8 without a mark")
            .found("0xEF 0xBB 0xBF")
            .hint("save as UTF-8 without BOM: other programs refuse such JSON")
    });
    Ok(Decoded { text, mark, warning })
}

/// The text in bytes that [`decode`] refused, with U+FFFD for what is no UTF-8; `None` if they are no text at all.
pub fn salvage(bytes: &[u8]) -> Option<String> {
    if no_text(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// Files of another kind, or in another encoding, told by their first bytes.
fn no_text(bytes: &[u8]) -> Option<Fault> {
    // With a mark, or without: then JSON starts with two ASCII characters, or is one, and the zeros between
    // them tell how wide a character is.
    let encoding = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [1..=255, 0, 0, 0, ..] => "UTF-32, little-endian",
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, 1..=255, ..] => "UTF-32, big-endian",
        [0xff, 0xfe, ..] | [1..=255, 0] | [1..=255, 0, 1..=255, 0, ..] => "UTF-16, little-endian",
        [0xfe, 0xff, ..] | [0, 1..=255] | [0, 1..=255, 0, 1..=255, ..] => "UTF-16, big-endian",
        _ => "",
    };
    if !encoding.is_empty() {
        let fault = Fault::error("not-utf8", 0, format!("the file is in {encoding}, not in UTF-8"));
        return Some(fault.expected("UTF-8").found(encoding).hint(SAVE));
    }
    let is_filled = bytes.first() == Some(&0) && bytes.iter().take(4).all(|byte| *byte == 0);
    if is_filled {
        let message = if bytes.len() == 1 {
            "a NUL byte and nothing else"
        } else {
            "NUL bytes (a file zero-filled by a crash)"
        };
        let hint = "restore the file from a copy";
        let fault = Fault::error("not-json", 0, message);
        return Some(fault.expected("a JSON value").found("a NUL byte").hint(hint));
    }
    let (_, name, hint) = MAGIC.iter().find(|(magic, _, _)| bytes.starts_with(magic))?;
    let fault = Fault::error("not-json", 0, format!("this is {name}, not JSON"));
    Some(fault.expected("JSON").found(*name).hint(*hint))
}

/// The byte at `at` cannot stand there.
fn not_utf8(bytes: &[u8], at: usize) -> Fault {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let found = format!("0x{byte:02X}");
    let hint = match byte {
        0xa0..=0xff if bytes.get(at + 1).is_none_or(|next| *next < 0x80) => {
            format!("in Latin-1 and Windows-1252 this byte is '{}': {SAVE}", char::from(byte))
        }
        0x80..=0x9f => format!("the file may be in Windows-1252: {SAVE}"),
        _ => SAVE.to_owned(),
    };
    Fault::error("not-utf8", at, format!("not UTF-8: the byte {found} cannot stand here"))
        .expected("UTF-8")
        .found(found)
        .hint(hint)
}

/// The file ends inside a character.
fn split(bytes: &[u8]) -> Fault {
    let message = "the text ends too early, inside a character: not UTF-8";
    Fault::error("not-utf8", bytes.len(), message)
        .expected("the rest of a character")
        .found("the end of the text")
        .hint("the file may have been cut off while it was saved or copied")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], at: usize, expect: &[&str]) {
        let (given_back, fault) = decode(bytes.to_vec()).unwrap_err();
        assert_eq!(given_back, bytes);
        assert_eq!(fault.at, at, "{fault:?}");
        let words = format!("{} | {}", fault.message, fault.hint.unwrap_or_default());
        for word in expect {
            assert!(words.contains(word), "{bytes:?}: no {word:?} in {words}");
        }
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
        text.chars().flat_map(|c| bytes(u32::from(c))).collect()
    }

    #[test]
    fn utf8_is_text_with_a_byte_order_mark_or_without() {
        assert_eq!(decode(b"{}".to_vec()), Ok(Decoded { text: "{}".to_owned(), mark: 0, warning: None }));
        let Decoded { text, mark, warning } = decode(b"\xef\xbb\xbf{}".to_vec()).unwrap();
        assert_eq!((&*text, mark), ("\u{feff}{}", 3));
        assert!(warning.is_some_and(|fault| fault.at == 0 && fault.message.contains("byte order mark")));
        let is_text = |bytes: &[u8]| decode(bytes.to_vec()).is_ok();
        assert!(is_text("\u{a0}".as_bytes()), "only the reader knows that this is no white space");
        assert!(is_text(b"{\0}"), "only the reader knows where NUL may not stand");
    }

    #[test]
    fn another_encoding_is_named() {
        for text in ["{\"a\":1}", "\u{feff}{\"a\":1}", "[]", "\u{feff}[\"中\"]", "[\"中\"]", "1"] {
            check(&utf16(text, u16::to_le_bytes), 0, &["UTF-16, little", "save as UTF-8"]);
            check(&utf16(text, u16::to_be_bytes), 0, &["UTF-16, big", "save as UTF-8"]);
            check(&utf32(text, u32::to_le_bytes), 0, &["UTF-32, little", "save as UTF-8"]);
            check(&utf32(text, u32::to_be_bytes), 0, &["UTF-32, big", "save as UTF-8"]);
        }
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_told_with_its_place() {
        check(b"{\"country\":\"C\xf4te\"}", 13, &["not UTF-8", "0xF4", "'ô'"]);
        check(b"{\"country\":\"\x93x\x94\"}", 12, &["not UTF-8", "0x93", "Windows-1252"]);
        check(b"\xef\xbb\xbf\"\xff\"", 4, &["not UTF-8", "0xFF"]);
        check(b"\"\xed\xa0\x80\"", 1, &["not UTF-8"]);
        check(b"\"\xe2\x82", 3, &["ends too early", "not UTF-8"]);
    }

    #[test]
    fn a_file_of_another_kind_is_named() {
        check(b"", 0, &["empty file"]);
        check(b"\xef\xbb\xbf", 3, &["empty file"]);
        check(b" \n\t \n", 5, &["only white space"]);
        check(b"\0", 0, &["NUL byte"]);
        check(&[0; 4096], 0, &["NUL"]);
        check(b"\x1f\x8b\x08\0\0\0", 0, &["gzip"]);
        check(b"PK\x03\x04aaaa", 0, &["zip"]);
        check(b"\x89PNG\r\n\x1a\n", 0, &["PNG"]);
        check(b"SQLite format 3\0", 0, &["SQLite"]);
        check(b"\n<!DOCTYPE html>", 1, &["HTML"]);
        check(b"<?xml version='1.0'?>", 0, &["XML"]);
        check(b"version https://git-lfs.github.com/spec/v1\noid", 0, &["Git LFS pointer"]);
    }
}
