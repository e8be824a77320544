//! From the bytes of a table to its text: UTF-8, UTF-16 by its mark, else Windows-1252, which is said.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::core::json::Fault;

/// A text, and what was assumed of it. Errors: there is no such encoding, or the bytes are no text.
type Decoded = Result<(String, Option<Fault>), Fault>;

/// The text of the bytes. `encoding` is what the user says it is.
pub(in crate::core::read) fn text(bytes: Vec<u8>, encoding: Option<&str>) -> Decoded {
    if let Some(other) = of_other(&bytes, encoding) {
        return other;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, None)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let (text, fault) = decoded(&bytes, WINDOWS_1252);
            let byte = bytes.get(at).copied().unwrap_or_default();
            // The byte stands behind characters of one byte that are up to three in UTF-8 now.
            let place = decoded(&bytes[..at], WINDOWS_1252).0.len();
            let message =
                "this is no UTF-8, and is read as Windows-1252, as spreadsheet programs in Europe write it";
            let assumed = Fault::warning("assumed-encoding", place, message)
                .found(format!("0x{byte:02X}"))
                .hint("if letters look wrong, say which it is: --encoding iso-8859-2");
            Ok((text, fault.or(Some(assumed))))
        }
    }
}

/// The same of bytes that are known to be UTF-8, though they may be meant as something else.
pub(super) fn known(text: String, encoding: Option<&str>) -> Decoded {
    of_other(text.as_bytes(), encoding).unwrap_or(Ok((text, None)))
}

/// What the bytes are if they are not taken for UTF-8.
fn of_other(bytes: &[u8], encoding: Option<&str>) -> Option<Decoded> {
    if let Some(label) = encoding {
        let Some(said) = Encoding::for_label(label.as_bytes()) else {
            let message = format!("there is no encoding \"{}\"", crate::text::excerpt(label, 40));
            let hint = "say one that browsers know: utf-8, windows-1252, iso-8859-2, utf-16le, shift_jis …";
            return Some(Err(Fault::error("unknown-encoding", 0, message).hint(hint)));
        };
        return Some(Ok(decoded(bytes, said)));
    }
    let (by_mark, zeros) = (Encoding::for_bom(bytes), zeros(bytes));
    let wide = by_mark.map(|(encoding, _)| encoding).or(zeros).filter(|encoding| *encoding != UTF_8);
    if let Some(encoding) = wide {
        return Some(Ok(decoded(bytes, encoding)));
    }
    bytes.iter().take(1024).any(|byte| *byte == 0).then(|| {
        Err(Fault::error("not-a-table", 0, "NUL bytes stand in this file: it is no text")
            .hint("open the file that it was made of, or save it as CSV in UTF-8"))
    })
}

/// UTF-16 without a mark: every other byte of the first ones is zero.
fn zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [1..=255, 0, 1..=255, 0, ..] => Some(UTF_16LE),
        [0, 1..=255, 0, 1..=255, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The text in an encoding, and that some bytes of it are none.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (String, Option<Fault>) {
    let (text, _, has_wrong) = encoding.decode(bytes);
    let at = text.find('\u{fffd}').unwrap_or_default();
    let fault = has_wrong.then(|| {
        let message = format!("some bytes are no {}: \u{fffd} stands in their place", encoding.name());
        Fault::warning("wrong-bytes", at, message).hint("say which encoding it is: --encoding windows-1252")
    });
    (text.into_owned(), fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf_8_is_read_and_what_was_assumed_is_said() {
        let read = |bytes: &[u8], encoding| {
            let (text, fault) = text(bytes.to_vec(), encoding).unwrap();
            (text, fault.map(|fault| (fault.code, fault.at)))
        };
        assert_eq!(read("Côte;1".as_bytes(), None), ("Côte;1".into(), None));
        assert_eq!(read(b"a\xf4b\xfc", None), ("aôbü".into(), Some(("assumed-encoding", 1))));
        assert_eq!(read(b"\xff\xfea\0;\0", None), ("a;".into(), None));
        assert_eq!(read(b"\0a\0;", None), ("a;".into(), None));
        assert_eq!(read(b"\xb3", Some("iso-8859-2")), ("ł".into(), None));
        assert_eq!(read(b"a\xff", Some("utf-8")), ("a\u{fffd}".into(), Some(("wrong-bytes", 1))));
        assert_eq!(text(vec![b'a'], Some("klingon")).unwrap_err().code, "unknown-encoding");
        assert_eq!(text(b"a;b\0\0".to_vec(), None).unwrap_err().code, "not-a-table");
    }
}
