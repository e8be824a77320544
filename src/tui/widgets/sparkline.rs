//! One indicator over the editions as a row of bars; a gap is a letter, never a low bar.

use crate::{
    core::{
        cell::{Cell, Value},
        scale::Scale,
    },
    tui::look::{Glyphs, Role},
};

/// Eight heights, lowest first.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar for each cell; `None` if the scale has no height (text, dates, a single level), and in ASCII, where a digit
/// for a height would be read as a value.
///
/// The height of a level is its position on the whole scale. The height of a number is its position between the
/// bounds of the scale, else between the lowest and highest of these cells. Higher is higher, even if lower is
/// better.
pub fn bars(scale: &Scale, cells: &[Cell], glyphs: &Glyphs) -> Option<Vec<(&'static str, Role)>> {
    let given: Vec<Value> = cells.iter().filter_map(|cell| cell.state.ok()).collect();
    let numbers = || {
        given.iter().filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None })
    };
    let ends = scale.ends(|| numbers().collect()).filter(|_| !glyphs.is_ascii && !given.is_empty())?;
    let bar = |cell: &Cell| match cell.state {
        Err(gap) => (gap.glyph(), if cell.is_missing() { Role::Gap } else { Role::NotApplicable }),
        // A number of which only bounds are known has no height.
        Ok(value) => (ends.position(value).map_or("↕", |position| BARS[eighth(position)]), Role::Bar),
    };
    Some(cells.iter().map(bar).collect())
}

/// The height, 0–7, of a share of 0–1.
fn eighth(share: f64) -> usize {
    (1..8_u8).filter(|step| share * 7.0 >= f64::from(*step) - 0.5).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::{cell::Gap, scale::NumberScale},
        tui::look::{ASCII, UNICODE},
    };

    fn drawn(scale: &Scale, cells: &[Cell], glyphs: &Glyphs) -> String {
        let bars = bars(scale, cells, glyphs).unwrap_or_default();
        bars.into_iter().map(|(bar, _)| bar).collect()
    }

    #[test]
    fn levels_stand_over_their_whole_scale_and_a_gap_is_a_letter() {
        let scale = Scale::treaty("t");
        let level = |level| Cell::given(Value::Level(level));
        let cells = [level(0), level(1), Cell::gap(Gap::NoData), level(2), Cell::gap(Gap::NotApplicable)];
        assert_eq!(drawn(&scale, &cells, &UNICODE), "▁▅?█/");
        assert_eq!(bars(&scale, &cells, &ASCII), None, "a digit would be read as a value");
        assert_eq!(drawn(&scale, &cells[..2], &UNICODE), "▁▅", "two low answers are not made high");
    }

    #[test]
    fn numbers_stand_between_the_bounds_of_the_scale_else_their_own() {
        let cells = [-4.0, 0.0, 4.0].map(|number| Cell::given(Value::Number(number)));
        assert_eq!(drawn(&Scale::number("n", NumberScale::default()), &cells, &UNICODE), "▁▅█");
        let bounded = NumberScale { min: Some(-4.0), max: Some(12.0), ..NumberScale::default() };
        assert_eq!(drawn(&Scale::number("n", bounded), &cells, &UNICODE), "▁▃▅");
    }

    #[test]
    fn what_has_no_height_has_no_bars() {
        let text = [Cell::given(Value::Text)];
        assert_eq!(bars(&Scale::text("t"), &text, &UNICODE), None);
        let same = [3.0, 3.0].map(|number| Cell::given(Value::Number(number)));
        assert_eq!(bars(&Scale::number("n", NumberScale::default()), &same, &UNICODE), None);
        assert_eq!(bars(&Scale::treaty("t"), &[Cell::gap(Gap::Absent)], &UNICODE), None);
    }
}
