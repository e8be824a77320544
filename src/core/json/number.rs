//! Numbers: the grammar with words for each way to miss it, the value as `serde_json` reads it.

use super::{
    excerpt,
    explain::{Want, cut_off, unexpected},
    fault::Fault,
    near::{self, ends_token, token_end},
};

/// The powers of ten by which so few digits can be divided without a second rounding.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Digits that always fit the 53 bits of a float.
const EXACT_DIGITS: usize = 15;

/// The last whole number up to which a float keeps each one.
const EXACT_WHOLE: f64 = 9_007_199_254_740_992.0;
const LAST_EXACT: &str = "9007199254740992";

/// A number read: its value, the byte after it, and whether it changed on the way.
#[derive(Debug)]
pub(super) struct JsonNumber {
    pub(super) value: f64,
    pub(super) end: usize,
    pub(super) odd: Option<Box<Fault>>,
}

/// Reads the number that starts at `at` with a digit or `-`.
pub(super) fn read(text: &str, at: usize, want: Want) -> Result<JsonNumber, Box<Fault>> {
    let bytes = text.as_bytes();
    let whole = at + usize::from(bytes[at] == b'-');
    let point = whole_part(text, at, whole, want)?;
    let mut end = point;
    if bytes.get(end) == Some(&b'.') {
        end = some_digits(text, at, end + 1, "a digit after the '.'")?;
    }
    let fraction = end - point;
    let exponent = matches!(bytes.get(end), Some(b'e' | b'E'));
    if exponent {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = some_digits(text, at, end + 1 + sign, "a digit in the exponent")?;
    }
    if !exponent && end - whole <= EXACT_DIGITS {
        let value = short(&bytes[whole..end]) / TENS[fraction.saturating_sub(1)];
        let value = if whole > at { -value } else { value };
        return Ok(JsonNumber { value, end, odd: None });
    }
    let token = &text[at..end];
    let found = || excerpt::token(token);
    let Ok(value) = serde_json::from_str::<f64>(token) else {
        let hint = "write null if it is not known, or the digits in double quotes on a scale of texts";
        let fault =
            Fault::error("number-range", at, "the number is too large").expected("a number up to 1.8e308");
        return Err(Box::new(fault.found(found()).hint(hint)));
    };
    let odd = if value == 0.0 {
        let mantissa = &bytes[whole..point + fraction];
        mantissa.iter().any(|digit| (b'1'..=b'9').contains(digit)).then(|| {
            Fault::warning("number-range", at, "the number is too small to be kept: it is read as 0")
                .expected("0, or a number from 5e-324")
                .found(found())
                .hint("write 0")
        })
    } else if !exponent && value.abs() >= EXACT_WHOLE && token.trim_start_matches('-') != LAST_EXACT {
        let message = "a whole number above 9007199254740992 cannot be kept exactly";
        Some(
            Fault::warning("number-precision", at, message)
                .expected("a number of up to 15 digits")
                .found(format!("{}, read as {value}", found()))
                .hint(format!(
                    "write {value:.14e}, which is rounded to 15 digits, or keep every digit in double quotes on a scale of \
                     texts"
                )),
        )
    } else {
        None
    };
    Ok(JsonNumber { value, end, odd: odd.map(Box::new) })
}

/// The byte after the whole part, which starts at `whole`, after the sign.
fn whole_part(text: &str, at: usize, whole: usize, want: Want) -> Result<usize, Box<Fault>> {
    let bytes = text.as_bytes();
    let next = bytes.get(whole + 1);
    match bytes.get(whole) {
        Some(b'0') if next.is_some_and(u8::is_ascii_digit) => {
            let fault = bad(text, at, "a number has no leading zero");
            let words = near::run(text, at);
            let number = words.trim_start_matches('-').trim_start_matches('0');
            // One zero stays where no other digit stands before the point.
            let zero = if number.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
            let number = format!("{zero}{number}");
            let (whole, decimals) = number.split_once('.').unwrap_or((&number, "0"));
            let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            let is_number = is_digits(whole) && is_digits(decimals);
            let sign = if words.starts_with('-') { "-" } else { "" };
            Err(if is_number && words.len() <= 40 {
                let hint = format!("write {sign}{number}, or \"{words}\" if it is a code or a text");
                fault.found(words).hint(hint)
            } else {
                fault.hint("put it in double quotes if it is a code, a date or a text")
            }
            .into())
        }
        Some(b'0') if matches!(next, Some(b'x' | b'X')) => Err(bad(text, at, "JSON has no hex numbers")
            .hint("write the number in decimal digits, or in double quotes if it is a text")
            .into()),
        Some(b'0') => Ok(whole + 1),
        Some(b'1'..=b'9') => Ok(digits(bytes, whole + 1)),
        None => Err(cut_off(whole, "a digit after the '-'").into()),
        Some(_) if excerpt::word(&text[whole..]).to_ascii_lowercase().starts_with("inf") => {
            let fault = unexpected(text, whole, want);
            Err(Fault { at, found: Some(excerpt::token(&text[at..])), ..fault }.into())
        }
        Some(next) => {
            let fault = bad(text, at, "expected a digit after the '-'").expected("a digit after the '-'");
            let number = text[whole..].trim_start_matches([' ', '-']);
            Err(match next {
                b' ' | b'-' if number.starts_with(|c: char| c.is_ascii_digit()) => {
                    let what = if *next == b' ' { "the space after the '-'" } else { "one '-'" };
                    fault.hint(format!("remove {what}"))
                }
                _ if ends_token(*next) => fault.hint("write the number, or null where there is no value"),
                _ => fault,
            }
            .into())
        }
    }
}

/// The byte after one digit or more at `from`.
fn some_digits(text: &str, at: usize, from: usize, expected: &str) -> Result<usize, Box<Fault>> {
    match digits(text.as_bytes(), from) {
        end if end > from => Ok(end),
        end if end == text.len() => Err(cut_off(end, expected).into()),
        _ => {
            let fault = bad(text, at, &format!("expected {expected}")).expected(expected);
            let token = &text[at..token_end(text, at)];
            let short = token.trim_end_matches(['.', 'e', 'E', '+', '-']);
            // What follows the sign is more than a number that was not finished.
            Err(if from == at + token.len() && short.ends_with(|c: char| c.is_ascii_digit()) {
                fault.hint(format!("write {}", excerpt::token(short)))
            } else {
                near::odd_number(text, at, from - 1, "a number")
            }
            .into())
        }
    }
}

fn bad(text: &str, at: usize, message: &str) -> Fault {
    let found = excerpt::token(&text[at..]);
    Fault::error("syntax", at, message).expected("a number such as 12 or 0.5").found(found)
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |run| from + run)
}

/// Few digits, a `.` among them or not, as one whole number.
fn short(digits: &[u8]) -> f64 {
    let whole =
        digits.iter().filter(|byte| **byte != b'.').fold(0_u64, |sum, d| sum * 10 + u64::from(d - b'0'));
    #[expect(clippy::cast_precision_loss, reason = "up to 15 digits fit the 53 bits of a float")]
    let value = whole as f64;
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Result<f64, &str>) {
        match (read(text, 0, Want::Document), expect) {
            (Ok(number), Ok(value)) => {
                assert_eq!(number.value.to_bits(), value.to_bits(), "{text}");
                assert_eq!(number.end, text.len(), "{text}");
            }
            (Err(fault), Err(words)) => assert!(fault.message.contains(words), "{text}: {fault:?}"),
            (got, expect) => panic!("{text}: {got:?} is not {expect:?}"),
        }
    }

    #[test]
    fn a_number_is_read_as_written() {
        for (text, value) in
            [("0", 0.0), ("-0", -0.0), ("12", 12.0), ("0.5", 0.5), ("-3.25", -3.25), ("1e3", 1e3)]
        {
            check(text, Ok(value));
        }
        check("1.7976931348623157e308", Ok(f64::MAX));
        check("5e-324", Ok(5e-324));
        check("0e999999999999", Ok(0.0));
    }

    #[test]
    fn a_number_that_is_none_says_why() {
        for (text, words) in [
            ("012", "leading zero"),
            ("00-é", "leading zero"),
            ("01.7.2012", "leading zero"),
            ("1e+x", "expected a number, found 1e+x"),
            ("-", "a digit after the '-'"),
            ("-x", "a digit after the '-'"),
            ("-Infinity", "Infinity"),
            ("1.", "a digit after the '.'"),
            ("1.x", "expected a number, found 1.x"),
            ("1e+", "the exponent"),
            ("1e}", "the exponent"),
            ("0x10", "hex"),
            ("1e400", "too large"),
            ("-1e400", "too large"),
            ("1.7976931348623159e308", "too large"),
        ] {
            check(text, Err(words));
        }
    }

    #[test]
    fn a_number_that_changes_when_it_is_read_is_told() {
        for (text, words) in [
            ("9007199254740993", Some("cannot be kept exactly")),
            ("18446744073709551616", Some("exactly")),
            ("-123456789012345678901234567890", Some("exactly")),
            ("1e-400", Some("too small")),
            ("9007199254740992", None),
            ("0.12345678901234567", None),
            ("0e-999999", None),
            ("1e300", None),
        ] {
            let odd = read(text, 0, Want::Document).unwrap().odd.map(|fault| fault.message);
            assert_eq!(odd.is_some(), words.is_some(), "{text}: {odd:?}");
            assert!(odd.unwrap_or_default().contains(words.unwrap_or_default()), "{text}");
        }
    }

    #[test]
    fn short_numbers_are_read_as_serde_json_reads_them() {
        for n in (0..100_000_u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) % 1_000_000_000_000_000) {
            for split in [0, 1, 7, 14] {
                let digits = format!("{n}");
                let text = match digits.split_at_checked(split) {
                    Some((whole, rest)) if split > 0 && !rest.is_empty() => format!("{whole}.{rest}"),
                    _ => digits,
                };
                check(&text, Ok(serde_json::from_str(&text).unwrap()));
            }
        }
    }
}
