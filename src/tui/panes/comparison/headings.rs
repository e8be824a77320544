//! Short names for the sides of a comparison, and verdicts in a few columns.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    core::{
        compare::{Comparison, Reason, Verdict},
        dataset::Dataset,
        framework::IndicatorId,
        label,
        scale::ScaleKind,
        subject::Subject,
    },
    text::{safe_line, width},
    tui::{
        look::{Look, Role},
        widgets::line_writer::LineWriter,
    },
};

/// A short name for each side: its code; its edition if all sides are one country; both if codes repeat.
pub(super) fn tags(data: &Dataset, subjects: &[Subject]) -> Vec<String> {
    let codes: Vec<String> = subjects.iter().map(|subject| subject.code(data).line().into_string()).collect();
    let editions =
        subjects.iter().map(|subject| safe_line(&data.edition(subject.edition()).label).into_string());
    let editions: Vec<String> = editions.collect();
    let all_one = codes.iter().all(|code| *code == codes[0]);
    if all_one && subjects.len() > 1 && !editions.iter().all(|edition| *edition == editions[0]) {
        return editions;
    }
    let repeats = |at: usize| codes.iter().filter(|code| **code == codes[at]).count() > 1;
    (0..codes.len())
        .map(|at| if repeats(at) { format!("{} {}", codes[at], editions[at]) } else { codes[at].clone() })
        .collect()
}

/// The edition of all sides, if it is the same.
pub(super) fn common_edition(data: &Dataset, subjects: &[Subject]) -> Option<String> {
    let first = subjects.first()?.edition();
    let is_common = subjects.iter().all(|subject| subject.edition() == first);
    is_common.then(|| safe_line(&data.edition(first).label).into_string())
}

/// A verdict in words that fit: `=`, `ALB ahead`, `UZB +1`, `2 apart`, `? UZB`, `n/a`.
pub(super) fn verdict(
    data: &Dataset,
    indicator: IndicatorId,
    verdict: Verdict,
    tags: &[String],
    columns: usize,
) -> (String, Role) {
    let scale = data.framework.scale(indicator);
    let tag = |at: usize| tags.get(at).map_or("", String::as_str);
    // The number of steps says more than "ahead", except for yes/no: a yes is not two steps better than a no.
    let by = |apart: f64| match &scale.kind {
        ScaleKind::Levels => format!("+{}", label::number(apart, 0)),
        ScaleKind::Number(number) => format!("+{}", label::number(round(apart), number.decimals)),
        _ => "ahead".to_owned(),
    };
    let pick = |words: &[String]| words.iter().find(|words| width(words) <= columns).cloned();
    let ahead = |at: usize, apart: f64| {
        let words = [format!("{} {}", tag(at), by(apart)), format!("{} +", tag(at)), tag(at).to_owned()];
        let arrow = || if at == 0 { "<".to_owned() } else { ">".to_owned() };
        (pick(&words).unwrap_or_else(arrow), Role::Ahead)
    };
    let missing = |who: &str| {
        let words = [format!("? {who}"), "?".to_owned()];
        (pick(&words).unwrap_or_default(), Role::Gap)
    };
    let plain = |words: &str| (pick(&[words.to_owned(), "-".to_owned()]).unwrap_or_default(), Role::Faint);
    match verdict {
        Verdict::Left(apart) => ahead(0, apart),
        Verdict::Right(apart) => ahead(1, apart),
        Verdict::Equal => ("=".to_owned(), Role::Faint),
        Verdict::Differ(Some(apart)) => {
            let decimals = if let ScaleKind::Number(number) = &scale.kind { number.decimals } else { 0 };
            let number = label::number(round(apart), decimals);
            let words = [format!("{number} apart"), number, "differ".to_owned()];
            (pick(&words).unwrap_or_else(|| "#".to_owned()), Role::Differ)
        }
        Verdict::Differ(None) => {
            (pick(&["differ".to_owned()]).unwrap_or_else(|| "#".to_owned()), Role::Differ)
        }
        Verdict::NotComparable(Reason::LeftGap) => missing(tag(0)),
        Verdict::NotComparable(Reason::RightGap) => missing(tag(1)),
        Verdict::NotComparable(Reason::BothGaps) => missing("both"),
        Verdict::NotComparable(Reason::NotApplicable) => ("n/a".to_owned(), Role::NotApplicable),
        Verdict::NotComparable(Reason::OtherScale) => missing("scale"),
        Verdict::NotComparable(Reason::NoMedian) => plain("no median"),
        Verdict::NotComparable(Reason::NoOrder) => plain("no order"),
        Verdict::NotComparable(Reason::Within) => plain("within"),
        Verdict::NotComparable(Reason::Overlap) => plain("overlap"),
        Verdict::NotComparable(Reason::Break) => plain("break"),
    }
}

/// Removes the rounding error of a subtraction: 0.30000000000000004 becomes 0.3.
fn round(apart: f64) -> f64 {
    let rounded = (apart * 1e9).round() / 1e9;
    if rounded == 0.0 { apart } else { rounded }
}

/// Why rows were not compared: `UZB gaps`, or the number for each reason if there are several.
pub(super) fn reasons(comparison: &Comparison, tags: &[String]) -> String {
    let count = |reason: Reason| {
        let same = comparison.rows.iter().filter(|row| row.verdict.reason() == Some(reason));
        same.count()
    };
    let tag = |at: usize| tags.get(at).map_or("", String::as_str);
    let all = [
        (format!("{} gaps", tag(0)), count(Reason::LeftGap)),
        (format!("{} gaps", tag(1)), count(Reason::RightGap)),
        ("gaps in both".to_owned(), count(Reason::BothGaps)),
        ("n/a".to_owned(), count(Reason::NotApplicable)),
        ("other scale".to_owned(), count(Reason::OtherScale)),
        ("no median".to_owned(), count(Reason::NoMedian)),
        ("no order".to_owned(), count(Reason::NoOrder)),
        ("within the middle two".to_owned(), count(Reason::Within)),
        ("overlapping".to_owned(), count(Reason::Overlap)),
        ("break".to_owned(), count(Reason::Break)),
    ];
    let some: Vec<&(String, usize)> = all.iter().filter(|(_, count)| *count > 0).collect();
    match some.as_slice() {
        [] => String::new(),
        [(words, _)] => format!(" ({words})"),
        several => {
            let words: Vec<String> =
                several.iter().map(|(words, count)| format!("{words} {count}")).collect();
            format!(" ({})", words.join(", "))
        }
    }
}

/// Draws a horizontal line with words at its right end.
pub(super) fn rule(buf: &mut Buffer, look: &Look, area: Rect, focused: bool, words: &str) {
    let role = if focused { Role::BorderFocused } else { Role::Border };
    let line = look.glyphs.rule.repeat(usize::from(area.width));
    LineWriter::new(buf, look, area, 0).put(&line, role);
    let columns = width(&look.words(words));
    if !words.is_empty() && columns + 4 < usize::from(area.width) {
        let mut writer = LineWriter::new(buf, look, area, 0);
        writer
            .gap(usize::from(area.width) - columns - 3)
            .put(" ", role)
            .put(words, Role::Faint)
            .put(" ", role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::test_context::{data, subjects};

    #[test]
    fn one_country_in_two_editions_is_told_apart_by_its_editions() {
        let data = data();
        let of = |all: &[&str]| tags(&data, &subjects(&data, all).subjects);
        assert_eq!(of(&["ALB@2021", "ALB@2022"]), ["2021", "2022"]);
        assert_eq!(of(&["ALB", "UZB"]), ["ALB", "UZB"]);
        assert_eq!(of(&["ALB@2021", "ALB@2022", "UZB"]), ["ALB 2021", "ALB 2022", "UZB"]);
    }

    #[test]
    fn a_verdict_says_in_words_who_is_ahead_at_any_width() {
        let data = data();
        let comparison = subjects(&data, &["ALB", "UZB"]);
        let tags = tags(&data, &comparison.subjects);
        let say = |indicator: &str, columns| {
            let id = data.framework.find_indicator(indicator).unwrap();
            verdict(&data, id, comparison.rows[id.index()].verdict, &tags, columns).0
        };
        assert_eq!(say("opsc", 11), "ALB ahead");
        assert_eq!(say("crime", 11), "UZB ahead");
        assert_eq!(say("crime", 7), "UZB +");
        assert_eq!(say("crime", 2), ">");
        assert_eq!(say("age", 11), "UZB +2");
        assert_eq!(say("grade", 11), "ALB +1");
        assert_eq!(say("cases", 11), "? UZB");
    }
}
