//! Nothing is written about, or copied from, what is not on the screen.

use proptest::prelude::*;
use visavis::tui::{Effect, places::Pane};

use crate::screen::Screen;

/// Keys that move, fold, filter, search, zoom and change the view.
const KEYS: [&str; 30] = [
    "1",
    "2",
    "3",
    "4",
    "5",
    "j",
    "k",
    "h",
    "l",
    "G",
    "g g",
    "Z",
    "z",
    "tab",
    "enter",
    "esc",
    "m",
    "d",
    "}",
    "]",
    "<",
    ">",
    "/ p l a n enter",
    "/ z z enter",
    "/ l a t enter",
    "ctrl-l",
    "c u z b enter",
    "s",
    "f enter",
    "n",
];

/// Whether a name is drawn, on a line with the cursor unless a whole box is about it. Names may be cut.
fn is_drawn(screen: &Screen, name: &str, needs_cursor: bool) -> bool {
    let start: String = name.chars().take(6).collect();
    screen.text().lines().any(|line| line.contains(&start) && (!needs_cursor || line.contains('>')))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn what_a_key_copies_or_flags_is_drawn(
        keys in prop::collection::vec(prop::sample::select(KEYS.to_vec()), 0..24),
        size in prop::sample::select(vec![(80, 24), (120, 40), (40, 12), (200, 60)]),
    ) {
        let screen = keys.iter().fold(Screen::open(size.0, size.1), |screen, keys| screen.press(keys));
        prop_assume!(screen.model.overlay.is_none() && screen.model.typing.is_none());
        let front = screen.model.front();
        let is_listed = matches!(front, Pane::Countries | Pane::Coverage);
        prop_assume!(is_listed || matches!(front, Pane::Card | Pane::Comparison));
        let workspace = screen.model.workspace.as_ref().unwrap();
        let is_read = screen.model.pane().box_in_use() > 0;
        let indicator = workspace.data.framework.indicator(workspace.selection.indicator);
        let goal = workspace.data.framework.goal(indicator.goal).title.raw().to_owned();
        let title = indicator.title.raw().to_owned();
        let country = workspace.data.country(workspace.selection.country).name.raw().to_owned();
        let before = screen.text();
        let drawn = |name: &str| is_drawn(&screen, name, !is_read);
        let (sees_indicator, sees_goal, sees_country) = (drawn(&title), drawn(&goal), drawn(&country));
        let sees_total = drawn("Total ");
        let copied = screen.effects.len();
        let after = screen.press("y");
        if let [.., Effect::Copy(words)] = &after.effects[copied..] {
            let is_there = match front {
                _ if is_listed => sees_country,
                _ if words.text.starts_with(&goal) => sees_goal,
                _ if words.text.starts_with(&country) && words.text.contains(": ") => sees_total,
                _ => sees_indicator,
            };
            prop_assert!(is_there, "{keys:?} copied {} from\n{before}", words.text);
        }
        let flagged = after.press("space");
        if flagged.model.overlay.is_some() {
            let is_there = if is_listed { sees_country } else { sees_indicator };
            prop_assert!(is_there, "{keys:?} flagged {title} of {country} from\n{before}");
        }
    }
}

#[test]
fn on_a_folded_goal_the_goal_is_copied_and_nothing_is_flagged() {
    for keys in ["2 Z", "c u z b enter Z"] {
        let folded = Screen::open(80, 24).press(keys).press("y");
        let Some(Effect::Copy(copied)) = folded.effects.last() else { panic!("nothing is copied: {keys}") };
        assert!(copied.text.contains(" given"), "{}", copied.text);
        let refused = folded.press("space");
        assert!(refused.model.overlay.is_none(), "{keys}");
        assert!(
            refused.footer().contains("this line is a whole goal: enter unfolds it"),
            "{}",
            refused.footer()
        );
        assert!(refused.press("enter space").model.overlay.is_some(), "{keys}");
    }
}

#[test]
fn what_is_gone_to_by_name_is_shown_whatever_was_folded_or_filtered() {
    let folded =
        Screen::open(80, 24).press("2 Z m / s h e l enter ctrl-p").type_text("lva opsc").press("enter");
    assert!(is_drawn(&folded, "Optional", true), "{}", folded.text());
}
