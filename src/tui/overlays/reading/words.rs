//! The words for each line of how a table was read, and for what can be done about it.

use super::items::ReadingLine;
use crate::{
    core::{
        framework::Framework,
        scale::{Better, Scale, ScaleKind},
        table_reading::{TableReading, UnknownCountry},
    },
    text::{Raw, counted, excerpt, safe_line},
    tui::{look::Role, widgets::line_writer::LineWriter},
};

/// Columns of the direction of an indicator.
const WAY: usize = 16;

/// Draws one line.
pub(super) fn line(
    item: &ReadingLine,
    reading: &TableReading,
    framework: &Framework,
    writer: &mut LineWriter<'_>,
) {
    let room = writer.rest();
    let names = if room < 60 { room * 2 / 5 } else { (room / 2).min(44) };
    let kinds = (room / 4).clamp(10, 15);
    match item {
        ReadingLine::Heading(words) => _ = writer.put(words, Role::Title),
        ReadingLine::Column(at) => {
            let Some(column) = reading.columns.get(*at) else { return };
            let role = if column.role == "ignored" { Role::Faint } else { Role::Text };
            let what = format!("{} {}", column.role, excerpt(column.of.raw(), 20));
            writer.cell(&column.title().line(), names, role).gap(1).cell(&what, kinds, role).gap(1);
            let examples: Vec<String> =
                column.examples.iter().map(|text| excerpt(text.raw(), 20).into_string()).collect();
            let room = writer.rest();
            writer.cell(&examples.join(", "), room, Role::Faint);
        }
        ReadingLine::Unknown(at) => unknown(reading.unknown.get(*at), (names, kinds), writer),
        ReadingLine::Assigned(written) => {
            let meant = reading.said.countries.get(written).map(String::as_str).unwrap_or_default();
            let meant =
                if meant.is_empty() { "left out".to_owned() } else { format!("is {}", safe_line(meant)) };
            writer.cell(&safe_line(written), names, Role::Text).gap(1).put(&meant, Role::Given);
        }
        ReadingLine::Sign(at) => {
            let Some(sign) = reading.signs.get(*at) else { return };
            let cells = counted(sign.cells, "cell", "cells");
            let role = if sign.is_ambiguous { Role::Warning } else { Role::Text };
            writer
                .cell(&sign.sign.line(), names, role)
                .gap(1)
                .cell(&cells, kinds, Role::Faint)
                .gap(1)
                .put(sign.gap, Role::Gap);
        }
        ReadingLine::LeftOut(at) => {
            let Some(left_out) = reading.left_out.get(*at) else { return };
            let rows = counted(left_out.rows, "row", "rows");
            writer.cell(left_out.why, names, Role::Text).gap(1).cell(&rows, kinds, Role::Gap).gap(1);
            let room = writer.rest();
            writer.cell(&left_out.place.line(), room, Role::Faint);
        }
        ReadingLine::Other(at) => {
            let Some(other) = reading.others.get(*at) else { return };
            writer.cell(&other.line(), names, Role::Text).gap(1).put("not read", Role::Faint);
        }
        ReadingLine::Undated => {
            let label =
                reading.undated.as_ref().map_or_else(String::new, |(label, _)| label.line().into_string());
            writer.cell("all rows are of", names, Role::Text).gap(1).put(&label, Role::Given);
        }
        ReadingLine::Indicator(id) => {
            let indicator = framework.indicator(*id);
            // One goal for all says nothing: its room is for the title.
            let has_goals = framework.goals.len() > 1;
            let names = if has_goals { names } else { names.max(room.saturating_sub(kinds + WAY + 2)) };
            writer.cell(&indicator.title.line(), names, Role::Text).gap(1);
            let (kind, way) = kind_and_way(framework, *id);
            writer.cell(&kind, kinds, Role::Faint).gap(1);
            writer.cell(&way.0, WAY, way.1).gap(1);
            if has_goals {
                let room = writer.rest();
                writer.cell(&framework.goal(indicator.goal).title.line(), room, Role::Faint);
            }
        }
        ReadingLine::Category(id, level) => category(framework.scale(*id), *level, names, writer),
    }
}

/// Draws a text that names no country, with what may be meant.
fn unknown(unknown: Option<&UnknownCountry>, (names, kinds): (usize, usize), writer: &mut LineWriter<'_>) {
    let Some(unknown) = unknown else { return };
    let rows = counted(unknown.rows, "row out", "rows out");
    writer.cell(&unknown.written.line(), names, Role::Warning).gap(1).cell(&rows, kinds, Role::Gap).gap(1);
    let proposal = |(code, name): &(Raw<'_>, Raw<'_>)| format!("{} ({})?", code.line(), name.line());
    let proposals: Vec<String> = unknown.proposals.iter().map(proposal).collect();
    let room = writer.rest();
    writer.cell(&proposals.join(" "), room, Role::Faint);
}

/// Draws an answer of an indicator, with its place if there is an order.
fn category(scale: &Scale, level: u8, names: usize, writer: &mut LineWriter<'_>) {
    let Some(known) = scale.levels.get(usize::from(level)) else { return };
    let place = if scale.kind == ScaleKind::Levels {
        let end = match usize::from(level) + 1 {
            1 => " worst",
            last if last == scale.levels.len() => " best",
            _ => "",
        };
        format!("{}/{}{end}", usize::from(level) + 1, scale.levels.len())
    } else {
        "in no order".to_owned()
    };
    writer
        .gap(2)
        .cell(&known.label.line(), names.saturating_sub(2), Role::Text)
        .gap(1)
        .put(&place, Role::Faint);
}

fn kind_and_way(framework: &Framework, id: crate::core::framework::IndicatorId) -> (String, (String, Role)) {
    match &framework.scale(id).kind {
        ScaleKind::Number(about) => {
            let unit = about.unit.as_ref().map_or_else(String::new, |unit| format!(", {}", unit.line()));
            let way = match about.better {
                Better::Neither => ("no direction".to_owned(), Role::Faint),
                Better::Higher => ("higher is better".to_owned(), Role::Given),
                Better::Lower => ("lower is better".to_owned(), Role::Given),
            };
            (format!("numbers{unit}"), way)
        }
        ScaleKind::Categories => ("categories".to_owned(), ("in no order".to_owned(), Role::Faint)),
        ScaleKind::Levels => ("levels".to_owned(), ("worst to best".to_owned(), Role::Given)),
        ScaleKind::Date => ("dates".to_owned(), (String::new(), Role::Faint)),
        _ => ("texts".to_owned(), (String::new(), Role::Faint)),
    }
}

/// What the line under the cursor is about, and what its keys do.
pub(super) fn about(item: &ReadingLine, reading: &TableReading, framework: &Framework) -> String {
    match item {
        ReadingLine::Heading(_) => safe_line(&reading.line()).into_string(),
        ReadingLine::Column(at) => reading.columns.get(*at).map_or_else(String::new, |column| {
            format!("{}: {} ({}). {{change}} takes the next role, {{change-back}} the one before; behind the last it is what it is recognised as", column.heading.line(), column.role, column.why.line())
        }),
        ReadingLine::Unknown(at) => reading.unknown.get(*at).map_or_else(String::new, |unknown| {
            let how = if unknown.proposals.is_empty() {
                "{fill-in} says which country it is; {change} leaves it out for good"
            } else {
                "{change} takes the first that is proposed; {fill-in} says another one"
            };
            format!("“{}” at {} is no country that is known. {how}", unknown.written.line(), unknown.place.line())
        }),
        ReadingLine::Assigned(written) => format!("{{fill-in}} says which country “{}” is; {{change}} takes it back", safe_line(written)),
        ReadingLine::Sign(at) => reading.signs.get(*at).map_or_else(String::new, |sign| {
            let why = if sign.is_ambiguous { "may mean one gap or another" } else { "counts so" };
            format!("“{}” {why}. {{change}} says what it means: no data, not assessed, not applicable, withheld, or again what it is without a word of yours", sign.sign.line())
        }),
        ReadingLine::LeftOut(at) => reading.left_out.get(*at).map_or_else(String::new, |left_out| {
            format!("Not used: {}. The first is at {}", left_out.why, left_out.place.line())
        }),
        ReadingLine::Other(at) => reading.others.get(*at).map_or_else(String::new, |other| {
            format!("{} has countries, too. On the command line --sheet reads it in the place of this one", other.line())
        }),
        ReadingLine::Undated => {
            let why = reading.undated.as_ref().map_or("", |(_, why)| why);
            format!("The table has no column of editions: {why}. {{fill-in}} says which edition it is")
        }
        ReadingLine::Indicator(id) => {
            let own = &framework.indicator(*id).id;
            let what = match framework.scale(*id).kind {
                ScaleKind::Number(_) => "{order-better} higher is better, {order-worse} lower; {fill-in} says the unit, {goal-of} its goal, {kind-of} its kind",
                ScaleKind::Categories | ScaleKind::Levels => "{change} proposes an order, turns it round, takes it back; {goal-of} says its goal, {kind-of} its kind",
                _ => "{goal-of} says its goal, {kind-of} its kind",
            };
            let (unit, is_open) = match &framework.scale(*id).kind {
                ScaleKind::Number(about) => (about.unit.as_ref(), about.better == Better::Neither),
                _ => (None, false),
            };
            let unit = unit.map_or_else(String::new, |unit| format!(", {}", unit.line()));
            let open = ". Nobody guesses a direction: until it is said, two sides are apart and none is ahead";
            format!("{}{unit}: {what}{}", safe_line(own), if is_open { open } else { "" })
        }
        ReadingLine::Category(..) => "{order-better} and {order-worse} move it towards best and worst".to_owned(),
    }
}
