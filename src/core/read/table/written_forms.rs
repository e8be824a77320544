//! Numbers that a column writes with something beside their digits, all in one way: letters, currencies, ranks, months.

use super::{
    cells::{self, Written},
    dates::month_of,
};
use crate::core::{cell::Marks, scale::NumberScale};

/// What stands beside the digits of the numbers of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub(super) enum NumberForm {
    #[default]
    Plain,
    /// A letter for thousands, millions or billions: `401k`.
    Abbreviated,
    /// A sign of a currency: `US$ 1,200`.
    Money,
    /// The ending of an ordinal number, or the sign of a shared place: `2nd`, `=12`.
    Rank,
    /// No numbers at all, but months: `09.2018`.
    Month,
}

impl NumberForm {
    /// What a text says that is written in this form.
    pub(super) fn read(self, text: &str, about: &NumberScale) -> Written {
        let number = |number: Option<f64>| {
            number.map_or(Written::Words, |number| Written::Number(number, Marks::empty()))
        };
        match self {
            Self::Plain | Self::Month => Written::Words,
            Self::Abbreviated => number(abbreviated(text)),
            Self::Money => money(text).map_or(Written::Words, |(_, digits)| cells::read(digits, about)),
            Self::Rank => number(rank(text)),
        }
    }

    /// Whether a text is written in this form.
    pub(super) fn is_of(self, text: &str) -> bool {
        match self {
            Self::Plain => false,
            Self::Abbreviated => abbreviated(text).is_some(),
            Self::Money => money(text).is_some(),
            Self::Rank => rank(text).is_some(),
            Self::Month => month_of(text).is_some(),
        }
    }
}

/// Whether a text is nothing but digits, with a point among them or a minus before them. Most cells are, and need no closer
/// look.
pub(super) fn is_bare_number(text: &str) -> bool {
    /// More may be more than a number can be.
    const MOST_DIGITS: usize = 300;
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let (mut many, mut points) = (0, 0);
    for byte in digits {
        match byte {
            b'0'..=b'9' => many += 1,
            b'.' => points += 1,
            _ => return false,
        }
    }
    (1..=MOST_DIGITS).contains(&many) && points < 2
}

/// A number with a letter for its thousands, millions or billions, as charts print them: `401k`, `3.28M`, `1.2B`. Small `m`
/// and `b` say other things, too.
pub(super) fn abbreviated(text: &str) -> Option<f64> {
    let powers = [("k", 3), ("K", 3), ("mn", 6), ("M", 6), ("bn", 9), ("B", 9), ("tn", 12)];
    let (digits, power) =
        powers.iter().find_map(|(sign, power)| Some((text.strip_suffix(sign)?.trim_end(), power)))?;
    let is_bare = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    let ends = digits.ends_with(|c: char| c.is_ascii_digit());
    // The digits of the whole, so that nothing is rounded twice.
    (is_bare && ends).then(|| format!("{digits}e{power}").parse().ok()).flatten()
}

/// The sign of a currency and the digits beside it.
pub(super) fn money(text: &str) -> Option<(&str, &str)> {
    const SIGNS: [&str; 18] = [
        "US$", "USD", "A$", "C$", "NZ$", "HK$", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "R$", "$", "€",
        "£", "¥", "₹",
    ];
    let text = text.trim();
    if is_bare_number(text) {
        return None;
    }
    let beside = SIGNS.iter().find_map(|sign| {
        let digits = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign))?;
        Some((*sign, digits.trim()))
    });
    let is_digits = |digits: &str| {
        let is_sign =
            |c: char| matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || is_sign(c))
    };
    beside.filter(|(_, digits)| is_digits(digits))
}

/// A place in an order: `1st`, `22nd`, `=12`.
fn rank(text: &str) -> Option<f64> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end));
    let digits = digits.or_else(|| text.strip_prefix('=')).or_else(|| text.strip_suffix('='))?;
    let is_bare = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_bare.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_what_their_column_writes_beside_them() {
        for (text, want) in
            [("401k", Some(401_000.0)), ("3.28M", Some(3_280_000.0)), ("1.2 bn", Some(1.2e9)), ("k", None)]
        {
            assert_eq!(abbreviated(text), want, "{text}");
        }
        for (text, want) in
            [("1st", Some(1.0)), ("22nd", Some(22.0)), ("=12", Some(12.0)), ("th", None), ("12", None)]
        {
            assert_eq!(rank(text), want, "{text}");
        }
        for (text, want) in [
            ("$89,154", Some(("$", "89,154"))),
            ("US$ 395", Some(("US$", "395"))),
            ("1.200 EUR", Some(("EUR", "1.200"))),
            ("$", None),
            ("$ x", None),
            ("5", None),
        ] {
            assert_eq!(money(text), want, "{text}");
        }
    }
}
