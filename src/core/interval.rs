//! Numbers of which only the bounds are known: `<5`, `>95`, `3–4`.

/// A number that lies between two bounds, of which one may be open to infinity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Minus infinity if there is none.
    pub low: f64,
    /// Infinity if there is none.
    pub high: f64,
    /// Whether the one bound there is, is itself left out: `<5`, not `≤5`.
    pub is_strict: bool,
}

impl Interval {
    /// Both bounds included. `None` without any bound, or if the lower one is above the higher.
    pub fn between(low: Option<f64>, high: Option<f64>) -> Option<Self> {
        let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
        let is_bounded = low.is_finite() || high.is_finite();
        (is_bounded && low <= high).then_some(Self { low, high, is_strict: false })
    }

    /// Everything above or below a bound.
    pub const fn beyond(bound: f64, is_above: bool, is_strict: bool) -> Self {
        if is_above {
            Self { low: bound, high: f64::INFINITY, is_strict }
        } else {
            Self { low: f64::NEG_INFINITY, high: bound, is_strict }
        }
    }

    /// The bounds that there are.
    pub fn bounds(self) -> (Option<f64>, Option<f64>) {
        (Some(self.low).filter(|low| low.is_finite()), Some(self.high).filter(|high| high.is_finite()))
    }

    /// Parses `<5`, `≤5`, `<=5`, `>95`, `≥95`, `>=95`, `3–4`, `3-4` and `3 to 4`. `number` reads a bound.
    pub fn parse(text: &str, number: impl Fn(&str) -> Option<f64>) -> Option<Self> {
        const SIGNS: [(&str, bool, bool); 6] = [
            ("<=", false, false),
            (">=", true, false),
            ("≤", false, false),
            ("≥", true, false),
            ("<", false, true),
            (">", true, true),
        ];
        const LONGEST: usize = 80;
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        for (sign, is_above, is_strict) in SIGNS {
            if let Some(bound) = text.strip_prefix(sign) {
                return Some(Self::beyond(number(bound.trim())?, is_above, is_strict));
            }
        }
        let range = |(low, high): (&str, &str)| {
            let (low, high) = (number(low.trim())?, number(high.trim())?);
            Self::between(Some(low), Some(high)).filter(|_| low < high)
        };
        // The first character may be a minus.
        let first = text.chars().next().map_or(0, char::len_utf8);
        let hyphens = text[first..].match_indices('-').map(|(at, _)| (first + at, 1));
        let between = [" to ", "–"].into_iter().filter_map(|sign| Some((text.find(sign)?, sign.len())));
        between.chain(hyphens).find_map(|(at, length)| range((&text[..at], &text[at + length..])))
    }
}

/// A text without the bounds of its uncertainty behind it, in brackets, and these: `1.8 [1.5 - 2.1]`, `20.7 (18.9–22.0)`.
pub fn bounded(text: &str) -> Option<(&str, [&str; 2])> {
    const SIGNS: [&str; 7] = [" to ", "–", "—", " - ", ";", ", ", "-"];
    let open = if text.ends_with(']') { '[' } else { '(' };
    let inner = text.strip_suffix([']', ')'])?;
    let (estimate, bounds) = inner.rsplit_once(open)?;
    let (low, high) = SIGNS.iter().find_map(|sign| bounds.split_once(sign))?;
    let starts =
        |text: &str| text.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '<' | '>' | '-'));
    (starts(estimate) && starts(low) && starts(high)).then(|| (estimate.trim(), [low.trim(), high.trim()]))
}

/// Words before a bound: whether it is a lower one, and whether it is left out.
const BEFORE: [(&str, bool, bool); 11] = [
    ("under ", false, true),
    ("below ", false, true),
    ("less than ", false, true),
    ("fewer than ", false, true),
    ("up to ", false, false),
    ("at most ", false, false),
    ("over ", true, true),
    ("above ", true, true),
    ("more than ", true, true),
    ("at least ", true, false),
    ("from ", true, false),
];

/// Words and signs behind a bound, which is included.
const BEHIND: [(&str, bool); 9] = [
    ("+", true),
    (" plus", true),
    (" or more", true),
    (" and more", true),
    (" or over", true),
    (" and over", true),
    (" and above", true),
    (" or less", false),
    (" or fewer", false),
];

impl Interval {
    /// A bound in words, which may be meant as one: `5+`, `5 or more`, `under 5`. `number` reads the bound.
    pub fn in_words(text: &str, number: impl Fn(&str) -> Option<f64>) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let before = BEFORE.iter().find_map(|(words, is_above, is_strict)| {
            Some(Self::beyond(number(text.strip_prefix(words)?.trim())?, *is_above, *is_strict))
        });
        let behind = || {
            BEHIND.iter().find_map(|(words, is_above)| {
                Some(Self::beyond(number(text.strip_suffix(words)?.trim())?, *is_above, false))
            })
        };
        before.or_else(behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<Interval> {
        Interval::parse(text, |text| text.parse().ok())
    }

    #[test]
    fn bounds_and_ranges_are_read() {
        let between = |low, high| Interval::between(Some(low), Some(high));
        for (text, want) in [
            ("<5", Some(Interval::beyond(5.0, false, true))),
            ("< 5", Some(Interval::beyond(5.0, false, true))),
            ("<=5", Some(Interval::beyond(5.0, false, false))),
            ("≥ 95", Some(Interval::beyond(95.0, true, false))),
            (">95", Some(Interval::beyond(95.0, true, true))),
            ("3-4", between(3.0, 4.0)),
            ("3 – 4.5", between(3.0, 4.5)),
            ("3 to 4", between(3.0, 4.0)),
            ("-4--3", between(-4.0, -3.0)),
        ] {
            assert_eq!(parse(text), want, "{text}");
        }
        for text in [&"-1".repeat(50_000), "5", "-5", "<", "4-3", "3-3", "a-b", "", "<5>", "1981-82"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_interval_has_a_bound_and_its_bounds_in_order() {
        assert_eq!(Interval::between(None, None), None);
        assert_eq!(Interval::between(Some(2.0), Some(1.0)), None);
        assert_eq!(Interval::between(None, Some(5.0)).unwrap().bounds(), (None, Some(5.0)));
    }
}
