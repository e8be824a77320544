//! No answer is cut while its row has free columns.

use crate::screen::Screen;

/// Whether a row of a card or a comparison cuts an answer: the last word of it ends in an ellipsis, and as many blanks as
/// that word would need stand in the row before its border.
fn cut_beside_room(line: &str) -> bool {
    // The part of the row inside its own box.
    line.split('│').any(|part| {
        let Some(at) = part.rfind('…') else { return false };
        let answer = part[..at].rsplit("  ").next().unwrap_or_default();
        let behind = part[at..].chars().skip(1).take_while(|c| *c == ' ').count();
        // A column of two blanks parts columns; an answer that could have had the rest is cut for nothing.
        let before = part[..at].trim_end_matches(answer).chars().rev().take_while(|c| *c == ' ').count();
        behind > 12 || before > 12
    })
}

#[test]
fn a_cut_beside_blanks_is_seen() {
    assert!(cut_beside_room("│  Advancement level   mode…                    │"));
    assert!(cut_beside_room("│  Illicit activ…                    no        │"));
    assert!(!cut_beside_room("│  Illicit activ…  no  │ │                     │"));
}

#[test]
fn no_answer_is_cut_beside_free_columns_at_any_width() {
    for width in (40..=200).step_by(4) {
        for keys in ["2", "c u z b enter"] {
            let screen = Screen::open(width, 40).press(keys);
            for line in screen.text().lines().skip(3) {
                assert!(!cut_beside_room(line), "{width} {keys}: {line}\n{}", screen.text());
            }
        }
    }
}
