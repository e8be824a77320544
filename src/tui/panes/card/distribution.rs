//! How a country's answer compares with those of the group in the same edition.

use crate::{
    core::{
        cautions,
        cell::{Cell, Value},
        dataset::CountryId,
        distribution::Distribution,
        label,
        scale::{Scale, ScaleKind},
    },
    text::{pad, pad_left, safe_line, width},
    tui::{
        look::Role,
        pane_context::{PaneContext, Selection},
        widgets::{cell_text, prose::Prose},
    },
};

/// One bar: the answer it counts, how many give it, and whether the country does.
struct Bar {
    label: String,
    count: usize,
    role: Role,
    is_here: bool,
}

/// With more different numbers than this, the numbers are summed up instead of listed.
const MOST_VALUES: usize = 6;
const LONGEST_LABEL: usize = 24;

/// Adds the distribution of the group, with this country marked.
pub(super) fn add(prose: &mut Prose<'_>, context: &PaneContext<'_>, own: &Cell) {
    let scale = context.data.framework.scale(context.selection.indicator);
    let Selection { edition, indicator, .. } = context.selection;
    let distribution = Distribution::of(context.data, context.members, edition, indicator);
    let set = distribution.set();
    let edition_id = edition;
    let edition = safe_line(&context.data.edition(context.selection.edition).label);
    let countries = cell_text::count(set, "country", "countries");
    let group =
        if context.is_everyone() { String::new() } else { format!("{}: ", context.group.title.line()) };
    prose.head(&format!("{group}{countries}, {edition}"));
    let of = format!("of {} assessed ({set} in set)", distribution.given);
    match (&scale.kind, own.state) {
        (ScaleKind::Levels | ScaleKind::Categories, Ok(Value::Level(level))) => {
            let many = distribution.levels.get(usize::from(level)).copied().unwrap_or_default();
            prose.say(&format!("{}: {many} {of}", cell_text::level(scale, level)), 0, 2, Role::Text);
        }
        (ScaleKind::Levels | ScaleKind::YesNo | ScaleKind::Treaty, _) if !scale.levels.is_empty() => {
            let best = u8::try_from(scale.levels.len() - 1).unwrap_or(u8::MAX);
            let many = distribution.levels.last().copied().unwrap_or_default();
            prose.say(&format!("{}: {many} {of}", cell_text::level(scale, best)), 0, 2, Role::Text);
        }
        _ => prose.say(
            &format!(
                "{} of {} given ({set} in set)",
                distribution.given,
                distribution.given + distribution.missing
            ),
            0,
            2,
            Role::Text,
        ),
    }
    let mut bars = level_bars(scale, &distribution, own);
    match number_bars(scale, &distribution, own) {
        Some(more) => bars.extend(more),
        None => summed_up(prose, context, scale, &distribution, own),
    }
    let bounded = distribution.given - distribution.numbers.len();
    if matches!(scale.kind, ScaleKind::Number(_)) && bounded > 0 {
        let is_here = matches!(own.state, Ok(Value::Interval(_)));
        bars.push(Bar { label: "bounds only".to_owned(), count: bounded, role: Role::Bar, is_here });
    }
    bars.push(Bar {
        label: "gap".to_owned(),
        count: distribution.missing,
        role: Role::Gap,
        is_here: own.is_missing(),
    });
    if distribution.not_applicable > 0 {
        let is_here = own.is_not_applicable();
        bars.push(Bar {
            label: "n/a".to_owned(),
            count: distribution.not_applicable,
            role: Role::NotApplicable,
            is_here,
        });
    }
    draw(prose, context, &bars, set);
    let caution =
        cautions::looks_missing(context.data, context.members, &[edition_id], [indicator].into_iter());
    if let Some(caution) = caution {
        prose.say(&caution, 0, 2, Role::Mark);
    }
}

/// One bar per level, best first; a "partial" of yes/no that no country answers is left out.
fn level_bars(scale: &Scale, distribution: &Distribution, own: &Cell) -> Vec<Bar> {
    let rows = distribution.levels.iter().zip(0..=u8::MAX).rev();
    rows.filter(|(count, level)| **count > 0 || scale.kind != ScaleKind::YesNo || *level != 1)
        .map(|(count, level)| Bar {
            label: cell_text::level(scale, level),
            count: *count,
            role: Role::Bar,
            is_here: own.state == Ok(Value::Level(level)),
        })
        .collect()
}

/// One bar per number that occurs; `None` if there are more than [`MOST_VALUES`].
fn number_bars(scale: &Scale, distribution: &Distribution, own: &Cell) -> Option<Vec<Bar>> {
    let groups = distribution.numbers.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq());
    if groups.clone().count() > MOST_VALUES {
        return None;
    }
    let bar = |group: &[(f64, CountryId)]| {
        let number = group.first().map_or(0.0, |(number, _)| *number);
        let label = safe_line(&label::with_unit(scale, number)).into_string();
        Bar { label, count: group.len(), role: Role::Bar, is_here: own.state == Ok(Value::Number(number)) }
    };
    Some(groups.rev().map(bar).collect())
}

/// Adds the lowest, median and highest number, and how many countries are on either side of this one.
fn summed_up(
    prose: &mut Prose<'_>,
    context: &PaneContext<'_>,
    scale: &Scale,
    distribution: &Distribution,
    own: &Cell,
) {
    let numbers = &distribution.numbers;
    let (Some(lowest), Some(highest)) = (numbers.first(), numbers.last()) else { return };
    let print = |number: f64| safe_line(&label::with_unit(scale, number));
    let who = |id: CountryId| context.data.country(id).code.line();
    prose.say(&format!("lowest  {} ({})", print(lowest.0), who(lowest.1)), 1, 2, Role::Text);
    prose.say(&format!("median  {}", print(distribution.median().unwrap_or(lowest.0))), 1, 2, Role::Text);
    prose.say(&format!("highest {} ({})", print(highest.0), who(highest.1)), 1, 2, Role::Text);
    if let (Ok(Value::Number(own)), Some((below, above))) = (own.state, distribution.below_and_above(own)) {
        let here = who(context.selection.country);
        let of = numbers.len();
        let text = format!("{here} {}: {below} lower, {above} higher, of {of}", print(own));
        prose.say(&text, 1, 2, Role::Title);
    }
}

fn draw(prose: &mut Prose<'_>, context: &PaneContext<'_>, bars: &[Bar], set: usize) {
    let glyphs = prose.glyphs();
    let here = format!("{} {}", glyphs.here, context.data.country(context.selection.country).code.line());
    let here = crate::text::fit(&prose.words(&here), 8, glyphs.ellipsis).into_owned();
    let labels: Vec<String> = bars.iter().map(|bar| prose.words(&bar.label).into_owned()).collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let label = widest.min(LONGEST_LABEL).min(prose.columns() / 3);
    let digits = set.max(1).ilog10() as usize + 1;
    let room = prose.columns().saturating_sub(1 + label + 1 + 1 + digits + 1 + width(&here)).min(24);
    for (bar, words) in bars.iter().zip(&labels) {
        let filled = if set == 0 { 0 } else { (bar.count * room).div_ceil(set) };
        let role = if bar.is_here { Role::Title } else { Role::Text };
        let mut line = vec![
            (" ".to_owned(), Role::Text),
            (pad(words, label, glyphs.ellipsis), if bar.role == Role::Bar { role } else { bar.role }),
            (" ".to_owned(), Role::Text),
            (glyphs.bar.repeat(filled), bar.role),
            (" ".repeat(room - filled + 1), Role::Text),
            (pad_left(&bar.count.to_string(), digits, ""), role),
        ];
        if bar.is_here {
            line.push((format!(" {here}"), Role::Title));
        }
        prose.line(line);
    }
}
