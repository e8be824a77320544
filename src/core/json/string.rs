//! Strings and their escapes.

use std::borrow::Cow;

use super::{
    excerpt,
    explain::{CLOSING, cut_off, unclosed},
    fault::Fault,
    near,
};

/// Reads the string whose opening quote is at `at`; gives its text and the byte after the closing quote.
pub(super) fn read(text: &str, at: usize) -> Result<(Cow<'_, str>, usize), Box<Fault>> {
    let stop = plain(text.as_bytes(), at + 1);
    if text.as_bytes().get(stop) == Some(&b'"') {
        return Ok((Cow::Borrowed(&text[at + 1..stop]), stop + 1));
    }
    with_escapes(text, at, stop)
}

/// The first byte from `from` on that is a quote, a backslash or a control character; or the end.
pub(super) fn plain(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(next) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let found = ends_in(u64::from_le_bytes(*next));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < b' ';
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(ends).map_or(bytes.len(), |run| at + run)
}

/// Has the highest bit of a byte set where a string may end; the lowest such byte is the first, those above it may be
/// set in error. (Subtracting with borrow finds zero bytes: Warren, *Hacker's Delight*, 6-1.)
const fn ends_in(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const QUOTE: u64 = EACH * b'"' as u64;
    const BACKSLASH: u64 = EACH * b'\\' as u64;
    const SPACE: u64 = EACH * b' ' as u64;
    let (quote, backslash) = (eight ^ QUOTE, eight ^ BACKSLASH);
    let is_quote = quote.wrapping_sub(EACH) & !quote;
    let is_backslash = backslash.wrapping_sub(EACH) & !backslash;
    let is_control = eight.wrapping_sub(SPACE) & !eight;
    (is_quote | is_backslash | is_control) & HIGH
}

#[cold]
fn with_escapes(text: &str, at: usize, mut stop: usize) -> Result<(Cow<'_, str>, usize), Box<Fault>> {
    let bytes = text.as_bytes();
    let mut run = at + 1;
    let mut out = String::new();
    loop {
        out.push_str(&text[run..stop]);
        match bytes.get(stop) {
            Some(b'"') => return Ok((Cow::Owned(out), stop + 1)),
            Some(b'\\') => {
                let (c, end) = escape(text, stop)?;
                out.push(c);
                run = end;
                stop = plain(bytes, end);
            }
            Some(control) => return Err(raw_control(text, at, stop, char::from(*control)).into()),
            None => return Err(never_closed(text.len()).into()),
        }
    }
}

/// The character that the escape at `at` stands for, and the byte after it.
pub(super) fn escape(text: &str, at: usize) -> Result<(char, usize), Box<Fault>> {
    let simple = match text.as_bytes().get(at + 1) {
        Some(b'u') => return unicode(text, at),
        Some(same @ (b'"' | b'\\' | b'/')) => char::from(*same),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(_) => return Err(unknown_escape(text, at).into()),
        None => return Err(never_closed(at).into()),
    };
    Ok((simple, at + 2))
}

/// `\uXXXX`, or two of them where the first is the leading half of a pair.
fn unicode(text: &str, at: usize) -> Result<(char, usize), Box<Fault>> {
    let unit = unit(text, at)?;
    if let Some(c) = char::from_u32(unit) {
        return Ok((c, at + 6));
    }
    if unit < 0xDC00 && text.as_bytes()[at + 6..].starts_with(b"\\u") {
        let low = self::unit(text, at + 6)?;
        let pair = |low| char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        if let Some(c) = Some(low).filter(|low| (0xDC00..=0xDFFF).contains(low)).and_then(pair) {
            return Ok((c, at + 12));
        }
    } else if matches!(&text.as_bytes()[at + 6..], b"" | b"\\") {
        return Err(never_closed(text.len()).into());
    }
    let found = &text[at..at + 6];
    Err(Fault::error("syntax", at, format!("{found} is one half of a surrogate pair and stands alone"))
        .expected("both halves of a surrogate pair, the leading one first")
        .found(found)
        .hint("write the character itself")
        .into())
}

/// The four hex digits of the `\u` at `at`.
fn unit(text: &str, at: usize) -> Result<u32, Box<Fault>> {
    let digits = text.as_bytes()[at + 2..].iter().take(4);
    let run = digits.clone().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if run == 4 {
        return Ok(digits.filter_map(|byte| char::from(*byte).to_digit(16)).fold(0, |sum, d| sum << 4 | d));
    }
    if at + 2 + run == text.len() {
        return Err(never_closed(text.len()).into());
    }
    Err(Fault::error("syntax", at, "\\u needs four hex digits")
        .expected("four hex digits after \\u")
        .found(excerpt::quote(text[at..].get(..6).unwrap_or("\\u")))
        .hint("write four digits, the character itself, or \\\\ for a backslash")
        .into())
}

fn unknown_escape(text: &str, at: usize) -> Fault {
    let next = text[at + 1..].chars().next().map(excerpt::describe).unwrap_or_default();
    Fault::error("syntax", at, format!("unknown escape: a backslash before {next}"))
        .expected("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX")
        .found(format!("a backslash before {next}"))
        .hint("write \\\\ for a backslash")
}

fn raw_control(text: &str, open: usize, at: usize, control: char) -> Fault {
    let is_line_end = control == '\n' || text[at..].starts_with("\r\n");
    if let Some(end) = near::unclosed(text, open, at).filter(|_| is_line_end) {
        return unclosed(text, end);
    }
    let (message, hint) = match control {
        _ if is_line_end => (
            "a new line inside a string".to_owned(),
            "write \\n in its place, and all of the text on one line".to_owned(),
        ),
        '\t' => ("a tab inside a string".to_owned(), "write \\t".to_owned()),
        '\r' => ("a carriage return inside a string".to_owned(), "write \\r".to_owned()),
        _ => (
            format!("{} inside a string", excerpt::describe(control)),
            format!("remove it, or write \\u{:04x}", u32::from(control)),
        ),
    };
    Fault::error("syntax", at, message)
        .expected(CLOSING)
        .found(excerpt::describe(if is_line_end { '\n' } else { control }))
        .hint(hint)
}

fn never_closed(at: usize) -> Fault {
    let message = "the text ends too early: a string was never closed".to_owned();
    Fault { message, ..cut_off(at, "a closing \"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `@` marks where a fault must point and is taken out.
    fn check(marked: &str, expect: Result<&str, &str>) {
        let at = marked.find('@');
        match (read(&marked.replacen('@', "", 1), 0), expect) {
            (Ok((text, _)), Ok(expect)) => assert_eq!(text, expect, "{marked}"),
            (Err(fault), Err(words)) => {
                assert!(fault.message.contains(words), "{marked}: {fault:?}");
                assert_eq!(Some(fault.at), at, "{marked}: {fault:?}");
            }
            (got, expect) => panic!("{marked}: {got:?} is not {expect:?}"),
        }
    }

    #[test]
    fn a_string_is_read_with_its_escapes() {
        check(r#""abc""#, Ok("abc"));
        check(r#""""#, Ok(""));
        check(r#""\"\\\/\b\f\n\r\t""#, Ok("\"\\/\u{8}\u{c}\n\r\t"));
        check(r#""caf\u00E9 \ud83c\uddeb""#, Ok("café \u{1f1eb}"));
        check("\"\u{7f}\u{a0}\"", Ok("\u{7f}\u{a0}"));
    }

    #[test]
    fn text_that_needs_no_change_is_borrowed() {
        for text in [r#""abc""#, "\"a text longer than the near bytes, with é in it\""] {
            assert!(matches!(read(text, 0), Ok((Cow::Borrowed(_), end)) if end == text.len()), "{text}");
        }
    }

    #[test]
    fn a_broken_string_says_where_and_why() {
        check("\"x@\ny\"", Err("a new line inside a string"));
        check("\"x@\ty\"", Err("a tab inside"));
        check("\"x@\u{1b}[2J\"", Err("U+001B"));
        check("\"x@\0\"", Err("U+0000"));
        check("\"this one is longer than the near bytes @\u{1b}, much longer\"", Err("U+001B"));
        check(r#""x@\q""#, Err("escape"));
        check(r#""@\u12""#, Err("four hex"));
        check(r#""@\u{41}""#, Err("four hex"));
        check(r#""@\u+123""#, Err("four hex"));
        check("\"@\\u12é\"", Err("four hex"));
        check(r#""@\ud800""#, Err("surrogate"));
        check(r#""@\ud800\ud800""#, Err("surrogate"));
        check(r#""@\udc00\ud800""#, Err("surrogate"));
        check(r#""@\ud800x""#, Err("surrogate"));
        check(r#""abc@"#, Err("never closed"));
        check(r#""abc@\"#, Err("never closed"));
        check(r#""abc\u12@"#, Err("never closed"));
        check(r#""abc\ud800@"#, Err("never closed"));
        check(r#""abc\ud800\@"#, Err("never closed"));
    }
}
