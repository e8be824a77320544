//! A chart as inline SVG: stacked bars, nothing loaded, every word escaped, title and description for screen readers.

use maud::{Markup, html};

use super::html::safe;
use crate::{
    core::report::{Chart, ChartBar, ChartPart, ChartPartKind},
    text::excerpt,
};

/// The width of the drawing; the page may show it smaller.
const WIDTH: f64 = 720.0;
/// From one bar to the next.
const STEP: u32 = 44;
/// About the width of a letter in the bars.
const LETTER: f64 = 7.2;
/// Letters of an indicator's title beside what is given of it.
const TITLE_LETTERS: usize = 72;

/// The chart of this number on its page.
pub(super) fn svg(chart: &Chart, number: usize) -> Markup {
    let (title, desc, hatch) =
        (format!("chart-{number}"), format!("chart-{number}-desc"), format!("chart-{number}-gap"));
    let height = STEP * u32::try_from(chart.bars.len()).unwrap_or(u32::MAX);
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby={ (title) " " (desc) } {
            title id=(title) { (safe(chart.title.raw())) }
            desc id=(desc) {
                @for bar in &chart.bars { (safe(bar.title.raw())) ": " (safe(bar.words().raw())) ". " }
            }
            pattern id=(hatch) width="6" height="6" patternUnits="userSpaceOnUse" { path d="M0 6L6 0" {} }
            @for (bar, at) in chart.bars.iter().zip(0_u32..) { (drawn(bar, at * STEP, &hatch)) }
        }
    }
}

/// A title with what is given of it, and the bar below.
fn drawn(bar: &ChartBar, top: u32, hatch: &str) -> Markup {
    let all = bar.parts.iter().map(|part| part.count).sum::<u32>().max(1);
    let mut left = 0.0;
    let parts = bar.parts.iter().map(|part| {
        let (from, width) = (left, WIDTH * f64::from(part.count) / f64::from(all));
        left += width;
        (part, from, width)
    });
    html! {
        text x="0" y=(top + 13) { (excerpt(&safe(bar.title.raw()), TITLE_LETTERS)) }
        text.given x=(WIDTH) y=(top + 13) text-anchor="end" { (safe(bar.given.raw())) }
        @for (part, from, width) in parts {
            @let fill = (part.holds == ChartPartKind::Gap).then(|| format!("url(#{hatch})"));
            rect class=(class(part)) x=(format!("{from:.1}")) y=(top + 18) width=(format!("{width:.1}")) height="18" fill=[fill] {}
            @if let Some(words) = words_in(part, width) {
                text class=(format!("in {}", class(part))) x=(format!("{:.1}", from + width / 2.0)) y=(top + 31) text-anchor="middle" { (words) }
            }
        }
    }
}

/// The number and the label, the number alone, or nothing: what has room in the part.
fn words_in(part: &ChartPart, width: f64) -> Option<String> {
    let fits = |words: &String| {
        let letters = u32::try_from(crate::text::width(words)).unwrap_or(u32::MAX);
        (f64::from(letters) + 1.0) * LETTER <= width
    };
    let whole = format!("{} {}", part.count, safe(part.label.raw()));
    [whole, part.count.to_string()].into_iter().find(fits)
}

/// The class of a part: `level-4` is the best of a scale, `level-0` the worst.
fn class(part: &ChartPart) -> &'static str {
    match part.holds {
        ChartPartKind::Level(at) if at >= 0.9 => "level-4",
        ChartPartKind::Level(at) if at >= 0.6 => "level-3",
        ChartPartKind::Level(at) if at >= 0.4 => "level-2",
        ChartPartKind::Level(at) if at >= 0.1 => "level-1",
        ChartPartKind::Level(_) => "level-0",
        ChartPartKind::Given => "level-given",
        ChartPartKind::Gap => "level-gap",
    }
}
