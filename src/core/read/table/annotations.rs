//! What is written beside a number and is none of it: how it came about, and signs of footnotes.

use crate::core::cell::Marks;

/// What stands beside a number or a year and says how it came about, and the rest: `12 (est.)`, `c. 40`, `2022 Provisional`.
pub(super) fn qualified(text: &str) -> Option<(&str, Marks)> {
    const BEFORE: [&str; 11] =
        ["~", "≈", "c. ", "c.", "ca. ", "ca.", "ca ", "circa ", "about ", "approx. ", "approximately "];
    const BEHIND: [(Marks, &[&str]); 3] = [
        (Marks::ESTIMATED, &["est", "est.", "estimate", "estimated", "estimates"]),
        (Marks::PROVISIONAL, &["prov", "prov.", "provisional", "prelim", "prelim.", "preliminary"]),
        (Marks::FORECAST, &["forecast", "forecasts", "projection", "projected", "proj."]),
    ];
    let text = text.trim();
    let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let lower = text.to_ascii_lowercase();
    if let Some(sign) = BEFORE.iter().find(|sign| lower.starts_with(**sign)) {
        let rest = text[sign.len()..].trim_start();
        return is_number(rest).then_some((rest, Marks::ESTIMATED));
    }
    if let Some(flagged) = flagged_year(text) {
        return Some(flagged);
    }
    let rest =
        text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '(' | ')' | '[' | ']'));
    let word = lower[rest.len()..].trim_matches(['(', ')', '[', ']']);
    let (mark, _) = BEHIND.iter().find(|(_, words)| words.contains(&word))?;
    is_number(rest).then_some((rest.trim_end(), *mark))
}

/// A year with one letter behind it that says how its values came about: `2021p`, `2022 (e)`.
fn flagged_year(text: &str) -> Option<(&str, Marks)> {
    const FLAGS: [(&str, Marks); 3] =
        [("p", Marks::PROVISIONAL), ("e", Marks::ESTIMATED), ("f", Marks::FORECAST)];
    let (year, flag) = (text.get(..4)?, text.get(4..)?.trim());
    let bare = flag.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(flag);
    let (_, marks) = FLAGS.iter().find(|(letter, _)| *letter == bare)?;
    let is_year = year.bytes().all(|b| b.is_ascii_digit()) && matches!(year.get(..2), Some("19" | "20"));
    is_year.then_some((year, *marks))
}

/// A number without the sign of a footnote behind it: `45²`, `3*`.
pub(super) fn without_footnote(text: &str) -> &str {
    let is_sign = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁾' | '⁽' | '*' | '†' | '‡');
    let bare = text.trim_end_matches(is_sign);
    if bare.ends_with(|c: char| c.is_ascii_digit() || c == '%') { bare } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_beside_a_number_are_told_from_it() {
        for (text, want) in [
            ("12 (est.)", Some(("12", Marks::ESTIMATED))),
            ("c. 40", Some(("40", Marks::ESTIMATED))),
            ("~1.5", Some(("1.5", Marks::ESTIMATED))),
            ("2022 Provisional", Some(("2022", Marks::PROVISIONAL))),
            ("2025 (projected)", Some(("2025", Marks::FORECAST))),
            ("est.", None),
            ("c. of Europe", None),
            ("2021p", Some(("2021", Marks::PROVISIONAL))),
            ("2022 (e)", Some(("2022", Marks::ESTIMATED))),
            ("2022 k", None),
            ("12", None),
            ("12 est. in June", None),
        ] {
            assert_eq!(qualified(text), want, "{text}");
        }
        for (text, want) in [("45²", "45"), ("45⁽¹⁾", "45"), ("3*", "3"), ("m²", "m²"), ("45", "45")]
        {
            assert_eq!(without_footnote(text), want, "{text}");
        }
    }
}
