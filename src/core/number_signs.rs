//! The signs in numbers as they are published: decimal commas, signs of thousands, percent signs, flags.

/// The signs that a scale or a framework declares for numbers in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberSigns {
    /// Before the decimals: a full stop or a comma.
    pub decimal: Option<char>,
    /// Between thousands: a space, a comma, a full stop or an apostrophe.
    pub thousands: Option<char>,
    /// Whether a percent sign may stand behind.
    pub percent: bool,
    /// Whether flags may stand behind, as Eurostat writes them: `12.3 bep`.
    pub flags: bool,
}

/// A number keeps this many digits.
const EXACT_DIGITS: usize = 15;

impl NumberSigns {
    /// The signs of decimals and thousands that numbers are published with, the simplest first.
    pub const PUBLISHED: [(Option<char>, Option<char>); 8] = [
        (None, None),
        (Some(','), None),
        (None, Some(' ')),
        (None, Some('\'')),
        (None, Some(',')),
        (Some(','), Some(' ')),
        (Some(','), Some('.')),
        (Some(','), Some('\'')),
    ];

    /// These signs, and for those that are not said the other ones.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            decimal: self.decimal.or(other.decimal),
            thousands: self.thousands.or(other.thousands),
            percent: self.percent || other.percent,
            flags: self.flags || other.flags,
        }
    }

    /// Whether one sign would stand both before the decimals and between thousands.
    pub fn contradict(self) -> bool {
        self.thousands == Some(self.decimal.unwrap_or('.'))
    }

    /// Whether anything is declared about the digits of a number.
    pub const fn is_said(self) -> bool {
        self.decimal.is_some() || self.thousands.is_some() || self.percent
    }

    /// The number that a text says with these signs. Thousands stand in groups of three, a minus may be `-` or `−`.
    /// `None` also if it has more digits than a number keeps.
    pub fn number(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let text = if self.percent { text.strip_suffix('%').map_or(text, str::trim_end) } else { text };
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = match digits.split_once(self.decimal.unwrap_or('.')) {
            Some((whole, part)) => (whole, part),
            None => (digits, ""),
        };
        let whole = self.ungrouped(whole)?;
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let count = whole.len() + part.len();
        if count == 0 || count > EXACT_DIGITS || !is_digits(&whole) || !is_digits(part) {
            return None;
        }
        // Zero has no sign.
        format!("{sign}{whole}.{part}0").parse::<f64>().ok().map(|number| number + 0.0)
    }

    /// The digits before the decimals without the signs of thousands; `None` if these stand where they should not.
    fn ungrouped(self, whole: &str) -> Option<String> {
        let Some(sign) = self.thousands else { return Some(whole.to_owned()) };
        let is_sign = |c: char| match sign {
            ' ' => matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'),
            '\'' => matches!(c, '\'' | '’'),
            _ => c == sign,
        };
        let mut groups = whole.split(is_sign);
        let first = groups.next().unwrap_or_default();
        let rest: Vec<&str> = groups.collect();
        let is_right = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3);
        is_right.then(|| [first].into_iter().chain(rest).collect())
    }

    /// As a framework declares them: `"numbers": { "decimal": "," }`.
    pub fn declaration(self) -> String {
        let sign = |key: &str, sign: Option<char>| sign.map(|sign| format!("\"{key}\": \"{sign}\""));
        let flag = |key: &str, is_set: bool| is_set.then(|| format!("\"{key}\": true"));
        let members = [
            sign("decimal", self.decimal),
            sign("thousands", self.thousands),
            flag("percent", self.percent),
            flag("flags", self.flags),
        ];
        let members: Vec<String> = members.into_iter().flatten().collect();
        format!("\"numbers\": {{ {} }}", members.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(decimal: char, thousands: char) -> NumberSigns {
        NumberSigns { decimal: Some(decimal), thousands: Some(thousands), percent: true, flags: false }
    }

    #[test]
    fn numbers_are_read_with_the_signs_that_are_declared_and_with_no_others() {
        for (signs, text, want) in [
            (signs(',', '.'), "1.234,5", Some(1234.5)),
            (signs('.', ','), "1,234.5", Some(1234.5)),
            (signs(',', ' '), "1 234 567,5 %", Some(1_234_567.5)),
            (signs(',', ' '), "1\u{202f}234", Some(1234.0)),
            (signs('.', '\''), "1’234", Some(1234.0)),
            (signs('.', ','), "12,5", None),
            (signs('.', ','), "1,2345", None),
            (NumberSigns::default(), "−5", Some(-5.0)),
            (NumberSigns::default(), "+5", Some(5.0)),
            (NumberSigns::default(), ".5", Some(0.5)),
            (NumberSigns::default(), "0012", Some(12.0)),
            (NumberSigns::default(), "12%", None),
            (NumberSigns::default(), "", None),
            (NumberSigns::default(), "-", None),
            (NumberSigns::default(), "1234567890123456", None),
        ] {
            assert_eq!(signs.number(text), want, "{text}");
        }
    }
}
