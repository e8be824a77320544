use ratatui::layout::Size;

use super::*;
use crate::tui::widgets::stage::{data, scene, screen};

#[test]
fn eyes() {
    let big = crate::core::read::from_texts(
        "s",
        &[("s.json", include_str!("../../../../sample-data/embedded/child-labour-2016-2022.json"))],
    );
    let mut scene = scene(&big, "ALB", "csec-prohibited");
    for (w, h, id) in
        [(91, 28, "csec-prohibited"), (54, 22, "advancement"), (40, 10, "opsc"), (91, 40, "convictions")]
    {
        scene.selection.indicator = big.framework.find_indicator(id).unwrap();
        let mut state = State::default();
        state.settle(&scene, Size::new(w, h));
        println!("{}", screen(w, h, |look, area, buf| state.view(&scene, look, area, buf)).join("\n"));
        let mut c = super::super::countries::State::default();
        let s = Size::new(if w > 60 { 46 } else { 26 }, h);
        c.settle(&scene, s);
        println!("{}", screen(s.width, h, |look, area, buf| c.view(&scene, look, area, buf)).join("\n"));
    }
    let _ = data();
}
