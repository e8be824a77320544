//! What is written in a cell of a table: nothing, a number, or words.

use super::annotations::{qualified, without_footnote};
use crate::core::{
    cell::{Gap, Marks, Value},
    columns::CellKind,
    interval::bounded,
    read::{published, words::plain_number},
    scale::NumberScale,
};

/// A cell before the scale of its indicator is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Written {
    Nothing,
    Number(f64, Marks),
    /// Bounds of a number.
    Other(Value, Marks),
    Gap(Gap),
    Words,
}

impl Written {
    /// The kind of a cell, unless it has words.
    pub(super) fn kind(self) -> Option<CellKind> {
        match self {
            Self::Nothing => Some(CellKind::BLANK),
            Self::Number(..) => Some(CellKind::NUMBER),
            Self::Other(Value::Interval(_), _) => Some(CellKind::INTERVAL),
            Self::Gap(gap) => Some(CellKind::gap(gap)),
            Self::Other(..) | Self::Words => None,
        }
    }
}

/// Reads a cell. Most are nothing or plain digits, which are read at once.
pub(super) fn read(field: &str, about: &NumberScale) -> Written {
    match plain(field.as_bytes(), about) {
        Some(number) => Written::Number(number, Marks::empty()),
        None => read_words(field, about),
    }
}

/// A number that is written with nothing but digits, their sign and that of decimals.
pub(super) fn plain(field: &[u8], about: &NumberScale) -> Option<f64> {
    digits(field, if about.signs.decimal == Some(',') { b',' } else { b'.' })
}

/// A number of up to 15 digits with nothing else but a sign and one sign of decimals; these are kept exactly.
fn digits(field: &[u8], decimal: u8) -> Option<f64> {
    const MOST_DIGITS: usize = 15;
    const POWERS: [f64; MOST_DIGITS + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (is_negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, field),
    };
    if digits.is_empty() || digits.len() > MOST_DIGITS + 1 {
        return None;
    }
    let (mut whole, mut behind, mut has_decimal) = (0_u64, 0, false);
    for byte in digits {
        if byte.is_ascii_digit() {
            whole = whole * 10 + u64::from(byte - b'0');
            behind += usize::from(has_decimal);
        } else if *byte == decimal && !has_decimal {
            has_decimal = true;
        } else {
            return None;
        }
    }
    let many = digits.len() - usize::from(has_decimal);
    if many == 0 || many > MOST_DIGITS {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are fewer than 2^53")]
    let number = whole as f64 / POWERS[behind];
    // Zero has no sign.
    Some(if is_negative { -number + 0.0 } else { number })
}

fn read_words(field: &str, about: &NumberScale) -> Written {
    let field = field.trim();
    if field.is_empty() {
        return Written::Nothing;
    }
    // A minus as typesetters write it.
    if let Some(rest) =
        field.strip_prefix(['−', '–']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return read(&format!("-{rest}"), about);
    }
    let signs = about.signs;
    let is_numeric = field.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    // More digits than a number keeps are no fault of a table: what is printed is kept beside.
    if is_numeric && signs.decimal.is_none() && field.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        let number = field.parse::<f64>().ok().filter(|number| number.is_finite());
        if let Some(number) = number.filter(|_| signs.thousands != Some('.') || plain_number(field).is_some())
        {
            return Written::Number(number + 0.0, Marks::empty());
        }
    }
    if signs.decimal == Some(',') && is_numeric && signs.thousands != Some(',') && !field.contains('.') {
        let number = field.replacen(',', ".", 1).parse::<f64>().ok().filter(|number| number.is_finite());
        if let Some(number) = number {
            return Written::Number(number + 0.0, Marks::empty());
        }
    }
    match published::read(field, about) {
        Some((Ok(Value::Number(number)), marks)) => Written::Number(number, marks),
        Some((Ok(value), marks)) => Written::Other(value, marks),
        Some((Err(gap), _)) => Written::Gap(gap),
        None => estimate(field, about),
    }
}

/// A number with something beside it that says how it came about, or with the sign of a footnote.
fn annotated(field: &str, about: &NumberScale) -> Written {
    let (rest, mark) = qualified(field).unwrap_or((without_footnote(field), Marks::empty()));
    if rest.len() == field.len() {
        return Written::Words;
    }
    match read(rest, about) {
        Written::Number(number, marks) => Written::Number(number, marks | mark),
        Written::Other(value, marks) => Written::Other(value, marks | mark),
        _ => Written::Words,
    }
}

/// An estimate with its bounds behind it; the estimate is the value, and it lies between them.
fn estimate(field: &str, about: &NumberScale) -> Written {
    let Some((estimate, bounds)) = bounded(field) else { return annotated(field, about) };
    let number = |text: &str| match read(text.trim_start_matches(['<', '>', '≤', '≥', ' ']), about) {
        Written::Number(number, _) => Some(number),
        _ => None,
    };
    let [low, high] = bounds.map(number);
    let is_between =
        |number: f64| low.is_some_and(|low| low <= number) && high.is_some_and(|high| number <= high);
    match number(estimate).filter(|number| is_between(*number)) {
        Some(_) => read(estimate, about),
        None => Written::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{interval::Interval, number_signs::NumberSigns};

    #[test]
    fn what_is_written_is_read_to_the_last_digit() {
        let plain = NumberScale::default();
        for (text, want) in [
            ("0", 0.0),
            ("-0", 0.0),
            ("1.5", 1.5),
            ("-12.25", -12.25),
            ("0.1", 0.1),
            ("123456789012.345", 123_456_789_012.345),
            ("58.87144470214844", 58.871_444_702_148_44),
            ("1.2E+05", 120_000.0),
            (".5", 0.5),
            ("7.", 7.0),
            (" 8 ", 8.0),
            ("−3.2", -3.2),
        ] {
            assert_eq!(read(text, &plain), Written::Number(want, Marks::empty()), "{text}");
        }
        for text in [
            "401k", "482b", "10m", "k", "1.2.3M", "inf", "NaN", "-", ".", "1-2-3", "1,5", "Tier 1", "12 34",
            "--5",
        ] {
            assert_eq!(read(text, &plain), Written::Words, "{text}");
        }
        for (text, want) in [
            ("1.8 [1.5 - 2.1]", 1.8),
            ("20.7 (18.9–22.0)", 20.7),
            ("66.1[65.4-66.9]", 66.1),
            ("-2 [-3 to -1]", -2.0),
            ("5 [<1, 9]", 5.0),
        ] {
            assert_eq!(read(text, &plain), Written::Number(want, Marks::empty()), "{text}");
        }
        assert_eq!(
            read("<0.1 [<0.1 - 0.1]", &plain),
            Written::Other(Value::Interval(Interval::beyond(0.1, false, true)), Marks::empty())
        );
        for text in ["1.8 [a - b]", "9 [1 - 3]", "Tier 2 (1-3)", "5 (2019)", "5 []", "(1-2)", "5 [1-2] x"] {
            assert_eq!(read(text, &plain), Written::Words, "{text}");
        }
        assert_eq!(read("c. 40", &plain), Written::Number(40.0, Marks::ESTIMATED));
        assert_eq!(read("45²", &plain), Written::Number(45.0, Marks::empty()));
        assert_eq!(read("  ", &plain), Written::Nothing);
        assert_eq!(
            read("<5", &plain),
            Written::Other(Value::Interval(Interval::beyond(5.0, false, true)), Marks::empty())
        );
    }

    #[test]
    fn signs_that_a_table_uses_are_read_with_it() {
        let with = |signs| NumberScale { signs, ..NumberScale::default() };
        let comma = with(NumberSigns { decimal: Some(','), thousands: Some('.'), ..NumberSigns::default() });
        assert_eq!(read("1.234,5", &comma), Written::Number(1234.5, Marks::empty()));
        assert_eq!(read("12,5", &comma), Written::Number(12.5, Marks::empty()));
        assert_eq!(read("1.234", &comma), Written::Number(1234.0, Marks::empty()));
        let flags = with(NumberSigns { flags: true, ..NumberSigns::default() });
        assert_eq!(read("3.4 bp", &flags), Written::Number(3.4, Marks::BREAK | Marks::PROVISIONAL));
        assert_eq!(read(": c", &flags), Written::Gap(Gap::Withheld));
        assert_eq!(read(":", &flags), Written::Words);
    }
}
