//! Short names for the sides of a comparison, and verdicts in a few columns.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    core::{
        compare::{Comparison, ComparisonRow, Reason, Verdict, VerdictNames},
        dataset::Dataset,
        subject::Subject,
    },
    text::{safe_line, width},
    tui::{
        look::{Look, Role},
        widgets::{cell_text, line_writer::LineWriter},
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

/// A verdict in words that fit: `equal`, `ALB ahead`, `UZB +1`, `2 apart`, `? UZB`, `n/a`; over time `improved`.
pub(super) fn verdict(
    data: &Dataset,
    comparison: &Comparison,
    row: &ComparisonRow,
    tags: &[String],
    columns: usize,
) -> (String, Role) {
    let names = VerdictNames::new(data, comparison, tags);
    // Where not even the name of a side fits, a sign points to it.
    let last = match row.verdict {
        Verdict::Left(_) => "<",
        Verdict::Right(_) => ">",
        Verdict::Differ(_) => "#",
        _ => "-",
    };
    let words = names.words(data.framework.scale(row.indicator), row);
    let fits = words.into_iter().find(|words| width(words) <= columns);
    (fits.unwrap_or_else(|| last.to_owned()), cell_text::of_verdict(row.verdict))
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
            verdict(&data, &comparison, &comparison.rows[id.index()], &tags, columns).0
        };
        assert_eq!(say("grade", 13), "ALB ahead +1");
        assert_eq!(say("opsc", 11), "ALB ahead");
        assert_eq!(say("crime", 11), "UZB ahead");
        assert_eq!(say("crime", 7), "UZB +");
        assert_eq!(say("crime", 2), ">");
        assert_eq!(say("age", 11), "UZB +2");
        assert_eq!(say("grade", 11), "ALB +1");
        assert_eq!(say("cases", 11), "? UZB gap");
        assert_eq!(say("cases", 7), "? UZB");
    }
}
