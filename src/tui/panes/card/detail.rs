//! The detail of the indicator under the cursor: question, value, note, dates, marks, editions, countries, sources.

use super::{card_text, distribution, editions, review};
use crate::{
    core::{
        cell::{Cell, Gap, MarkWords, Marks, Treaty, Value},
        dataset::CardId,
        detail::Detail,
        framework::Source,
        label,
        scale::{Better, NumberScale, Scale, ScaleKind},
    },
    text::safe_line,
    tui::{
        look::{GAP_SIGN, Glyphs, Role},
        pane_context::{PaneContext, Selection},
        widgets::{
            cell_text,
            prose::{Prose, ProseLine},
        },
    },
};

/// All lines of the detail, wrapped to this many columns.
pub(super) fn lines(context: &PaneContext<'_>, columns: usize, glyphs: &Glyphs) -> Vec<ProseLine> {
    let Selection { country, edition, indicator } = context.selection;
    let data = context.data;
    let about = data.framework.indicator(indicator);
    let scale = data.framework.scale(indicator);
    let card = data.card(country, edition);
    let cell = data.cell(country, edition, indicator);
    let detail = data.detail(country, edition, indicator);
    let mut prose = Prose::new(columns, glyphs);
    prose.say(&about.title.line(), 0, 2, Role::Title);
    review::add_summary(&mut prose, context);
    // The answer with all that explains it comes first: on a small screen little else is seen.
    add_value(&mut prose, context, scale, &cell, &detail);
    add_dates(&mut prose, context, &detail, card);
    add_marks(&mut prose, context, cell.marks);
    if let Some(note) = detail.note.as_ref().filter(|_| cell.is_given()) {
        prose.say(&note.block(), 2, 0, Role::Text);
    }
    add_sources(&mut prose, &detail.sources, cell.is_given());
    review::add(&mut prose, context);
    if let Some(question) = &about.question {
        prose.part();
        prose.say(&question.block(), 0, 0, Role::Text);
    }
    prose.say(&format!("its id in searches: {}", safe_line(&about.id)), 0, 0, Role::Faint);
    distribution::add(&mut prose, context, &cell);
    editions::add(&mut prose, context);
    if let Some(guidance) = &about.guidance {
        prose.head("How to read it");
        prose.say(&guidance.block(), 0, 0, Role::Faint);
    }
    if let Some(card) = card {
        card_text::add(&mut prose, context, card);
    }
    prose.lines
}

fn add_value(prose: &mut Prose<'_>, context: &PaneContext<'_>, scale: &Scale, cell: &Cell, detail: &Detail) {
    let glyphs = prose.glyphs();
    let quoted =
        |raw: &crate::text::Raw<'_>| format!("{}{}{}", glyphs.quote_open, raw.line(), glyphs.quote_close);
    let printed =
        detail.printed.as_ref().map(|printed| (format!("as printed: {}", quoted(printed)), Role::Faint));
    match cell.state {
        Err(gap) => {
            let role = if gap == Gap::NotApplicable { Role::NotApplicable } else { Role::Gap };
            let sign = if gap == Gap::NotApplicable { "n/a" } else { GAP_SIGN };
            prose.say(&format!("{sign} {}", gap.title()), 2, 2, role);
            review::add_assigned(prose, context);
            match &detail.note {
                Some(note) => prose.say(&format!("why: {}", note.block()), 2, 0, Role::Text),
                None if gap == Gap::NotApplicable => {
                    prose.say("why: the card gives no reason", 2, 0, Role::Text);
                    prose.say(gap.meaning(), 2, 0, Role::Faint);
                }
                None => prose.say(gap.meaning(), 2, 0, Role::Text),
            }
            prose.flow(printed.as_slice(), " ", 2);
        }
        Ok(Value::Text) => {
            let Selection { country, edition, indicator } = context.selection;
            prose.say(&context.data.label(country, edition, indicator).block(), 2, 0, Role::Given);
        }
        Ok(value) => {
            let mut text = label::of_value(scale, value).line().into_string();
            if let (ScaleKind::Levels, Value::Level(level)) = (&scale.kind, value) {
                text = format!("{text} {}/{}", u16::from(level) + 1, scale.levels.len());
            }
            let pieces: Vec<(String, Role)> = [(text, Role::Title)].into_iter().chain(printed).collect();
            prose.flow(&pieces, "    ", 2);
        }
    }
    add_scale(prose, scale, cell, context.data.framework.of_table);
    if let Some(status) = &detail.status {
        prose.say(&format!("observation status {}", quoted(status)), 2, 2, Role::Mark);
    }
    if detail.values.len() > 1 {
        let all: Vec<String> = detail.values.iter().map(quoted).collect();
        prose.say(&format!("sources disagree: {}", all.join(", ")), 2, 2, Role::Mark);
    }
}

/// The levels of the scale with the cell's own in brackets; for numbers, which direction is better.
fn add_scale(prose: &mut Prose<'_>, scale: &Scale, cell: &Cell, is_of_table: bool) {
    match &scale.kind {
        ScaleKind::Levels | ScaleKind::Categories | ScaleKind::Treaty => {
            let pieces: Vec<(String, Role)> = (0_u8..)
                .zip(&scale.levels)
                .map(|(level, _)| {
                    let word = cell_text::level(scale, level);
                    let is_here = cell.state == Ok(Value::Level(level));
                    if is_here { (format!("[{word}]"), Role::Title) } else { (word, Role::Faint) }
                })
                .collect();
            let between = format!(" {} ", prose.glyphs().separator);
            prose.flow(&pieces, &between, 2);
        }
        ScaleKind::Number(number) => prose.say(&number_words(number, is_of_table), 2, 2, Role::Faint),
        ScaleKind::YesNo | ScaleKind::Date | ScaleKind::Text => {}
    }
}

fn number_words(number: &NumberScale, is_of_table: bool) -> String {
    let print = |value: f64| label::number(value, number.decimals);
    let range = match (number.min, number.max) {
        (Some(min), Some(max)) => format!("{} to {}, ", print(min), print(max)),
        (Some(min), None) => format!("{} and more, ", print(min)),
        (None, Some(max)) => format!("up to {}, ", print(max)),
        (None, None) => String::new(),
    };
    let better = match number.better {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neither if is_of_table => "no direction is set",
        Better::Neither => "no value is better than another",
    };
    range + better
}

fn add_dates(prose: &mut Prose<'_>, context: &PaneContext<'_>, detail: &Detail, card: Option<CardId>) {
    if let (Some(treaty), Some(card)) = (&detail.treaty, card) {
        prose.say(&treaty_words(treaty, context.data.as_of(card)), 2, 2, Role::Text);
    }
    if let Some(as_of) = detail.as_of {
        prose.say(&format!("as of {as_of}"), 2, 2, Role::Faint);
    }
}

/// `signed 2000-09-07, ratification 2008-02-05`. A date after the card's own date says so.
fn treaty_words(treaty: &Treaty, as_of: crate::core::date::Date) -> String {
    let later = |date: crate::core::date::Date| {
        if date.first_day() > as_of.last_day() { format!("{date} (after {as_of})") } else { date.to_string() }
    };
    let signed = treaty.signed.map(|date| format!("signed {}", later(date)));
    let act = treaty.act.map_or("bound", crate::core::cell::TreatyAct::id);
    let bound = treaty.bound.map(|date| format!("{act} {}", later(date)));
    let words: Vec<String> = signed.into_iter().chain(bound).collect();
    if words.is_empty() { format!("neither signed nor bound as of {as_of}") } else { words.join(", ") }
}

fn add_marks(prose: &mut Prose<'_>, context: &PaneContext<'_>, marks: Marks) {
    for MarkWords { mark, title, letter, meaning, .. } in marks.words() {
        let words = match context.data.framework.outdated_after_years {
            Some(years) if *mark == Marks::OUTDATED => {
                format!("{letter} {title}: its date lies more than {years} years before the edition")
            }
            _ => format!("{letter} {title}: {meaning}"),
        };
        prose.say(&words, 2, 2, Role::Mark);
    }
}

fn add_sources(prose: &mut Prose<'_>, sources: &[Source], is_given: bool) {
    if sources.is_empty() && is_given {
        prose.say("No source is named.", 2, 2, Role::Mark);
    }
    for (source, number) in sources.iter().zip(1..) {
        let page = source.page.as_ref().map(|page| format!("page {}", page.line()));
        let title = source.title.as_ref().map(|title| title.line().into_string());
        let date = source.date.as_ref().map(|date| safe_line(date.raw()).into_string());
        let words: Vec<String> = title.into_iter().chain(date).chain(page).collect();
        let which = if sources.len() > 1 { format!(" {number} of {}", sources.len()) } else { String::new() };
        prose.say(&format!("Source{which}: {}", words.join(", ")), 2, 2, Role::Text);
        if let Some(url) = &source.url {
            prose.say(&url.line(), 4, 0, Role::Faint);
        }
    }
}
