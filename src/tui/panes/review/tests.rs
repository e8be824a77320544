//! The review pane as a user sees it.

use super::*;
use crate::tui::widgets::test_context;

#[test]
fn an_empty_queue_says_how_it_is_filled() {
    let data = test_context::data();
    let context = test_context::context(&data, "ALB", "opsc");
    let state = State::default();
    let screen = test_context::screen(80, 24, |look, area, buf| state.view(&context, look, area, buf));
    assert!(screen[0].contains("Review · 0 of 0 shown"), "{}", screen[0]);
    assert!(screen[1].contains("0 of 24 cells reviewed"), "{}", screen[1]);
    assert!(screen.join("\n").contains("space flags a cell"));
}
