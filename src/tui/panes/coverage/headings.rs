//! The words above the matrix: titles of goals over their columns, titles of indicators in lines.

use std::ops::Range;

use crate::text::{Safe, fit, width};

/// A goal and the columns of the screen that are its own.
pub(super) struct GoalSpan {
    pub(super) start: usize,
    pub(super) columns: usize,
    pub(super) title: Safe,
    /// Whether the selected column is one of its own.
    pub(super) is_selected: bool,
}

/// The fewest columns in which the beginning of a title says anything.
const FEWEST: usize = 4;

/// Where titles stand: position of the goal, first screen column, number of columns; from left to right. The title of the
/// selected goal is whole if `room` has space for it, if need be over the columns of others; what is left of those has
/// as much of their titles as there is room for.
pub(super) fn place_titles(goals: &[GoalSpan], room: Range<usize>) -> Vec<(usize, usize, usize)> {
    let selected = goals.iter().position(|goal| goal.is_selected);
    let whole = selected.map(|at| {
        let wide = width(&goals[at].title);
        let start = goals[at].start.min(room.end.saturating_sub(wide).max(room.start));
        start..(start + wide).min(room.end)
    });
    let place = |(at, goal): (usize, &GoalSpan)| {
        let wide = width(&goal.title);
        let columns = match &whole {
            Some(whole) if selected == Some(at) => return Some((at, whole.start, whole.len())),
            Some(whole) if goal.start < whole.start => goal.columns.min(whole.start - goal.start - 1),
            Some(whole) if goal.start <= whole.end => 0,
            _ => goal.columns,
        };
        let columns = columns.min(wide);
        (columns > 0 && columns >= FEWEST.min(wide)).then_some((at, goal.start, columns))
    };
    let mut placed: Vec<_> = goals.iter().enumerate().filter_map(place).collect();
    placed.sort_by_key(|(_, start, _)| *start);
    placed
}

/// A title in the lines above its column, the last of them right above the cells.
pub(super) fn title_lines(title: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    let words: Vec<&str> = title.split_whitespace().collect();
    let words = match words[..] {
        [only] if width(only) > columns => pieces(only, columns),
        _ => words,
    };
    for word in words {
        // A long word keeps its first letters, by which it is known.
        let word = fit(word, columns, "");
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(&word) <= columns => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word.into_owned()),
        }
    }
    lines.truncate(most);
    while lines.len() < most {
        lines.insert(0, String::new());
    }
    lines
}

/// The lines of a name in one word, which end between its parts: `life_expectancy` and `lifeExpectancy` have two; what is
/// still too long goes on below.
fn pieces(name: &str, columns: usize) -> Vec<&str> {
    let (mut pieces, mut from, mut part, mut before) = (vec![], 0, 0, ' ');
    for (at, c) in name.char_indices() {
        if before == '_' || before.is_lowercase() && c.is_uppercase() {
            part = at;
        }
        if at > from && width(&name[from..at + c.len_utf8()]) > columns.max(1) {
            let end = if part > from { part } else { at };
            pieces.push(&name[from..end]);
            from = end;
        }
        before = c;
    }
    pieces.push(&name[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::safe_line;

    fn shown(spans: &[(usize, usize, &str)], selected: usize, end: usize) -> String {
        let goals = spans.iter().enumerate().map(|(at, (start, columns, title))| GoalSpan {
            start: *start,
            columns: *columns,
            title: safe_line(title),
            is_selected: at == selected,
        });
        let goals: Vec<GoalSpan> = goals.collect();
        let mut line = String::new();
        for (at, start, columns) in place_titles(&goals, 0..end) {
            assert!(line.len() <= start && start + columns <= end, "{line} {start} {columns}");
            line = format!("{line:start$}{}", fit(&goals[at].title, columns, "."));
        }
        line
    }

    #[test]
    fn a_name_in_one_word_goes_on_below() {
        let lines = |title: &str| title_lines(title, 7, 4);
        assert_eq!(lines("infantMortality"), ["", "infant", "Mortali", "ty"]);
        assert_eq!(lines("lifeExpF"), ["", "", "lifeExp", "F"]);
        assert_eq!(lines("v2x_ab_polyarchy"), ["", "v2x_ab_", "polyarc", "hy"]);
        assert_eq!(lines("life_expectancy"), ["", "life_", "expecta", "ncy"]);
        assert_eq!(lines("ppgdp"), ["", "", "", "ppgdp"]);
        assert_eq!(lines("Comprehensive plan"), ["", "", "Compreh", "plan"]);
    }

    #[test]
    fn the_selected_title_is_whole_and_the_others_have_what_is_left() {
        let goals =
            [(0, 10, "Legal framework"), (11, 5, "Prevention"), (17, 2, "Victims"), (20, 4, "Police")];
        assert_eq!(shown(&goals, 0, 40), "Legal framework     Pol.");
        assert_eq!(shown(&goals, 1, 40), "Legal fra. Prevention");
        assert_eq!(shown(&goals, 2, 40), "Legal fra. Prev. Victims");
        assert_eq!(
            shown(&goals, 3, 24),
            "Legal fra. Prev.  Police",
            "at the end of the line it begins earlier"
        );
        assert_eq!(shown(&goals, 9, 40), "Legal fra. Prev.    Pol.", "none is selected");
        assert_eq!(shown(&goals[..1], 0, 6), "Legal.", "wider than the screen");
    }
}
