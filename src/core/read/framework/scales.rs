//! A scale from a located tree.

use super::{number, said, tell_formula, unknown_keys, whole, words};
use crate::core::{
    json::{Node, NodeKind as Json},
    read::notes::{Notes, member},
    scale::{Better, Level, MOST_LEVELS, NumberScale, Scale, ScaleKind},
};
use crate::text::Raw;
use strum::IntoEnumIterator as _;

const KEYS: [&str; 8] = ["kind", "levels", "unit", "decimals", "min", "max", "better", "partial"];
const LEVEL_KEYS: [&str; 4] = ["id", "label", "short", "description"];
const KINDS: &str = "levels, yes_no, number, treaty, date or text";

/// Reads a scale; what is wrong with it is told and it takes text.
pub(super) fn read(id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    unknown_keys(node.object().unwrap_or_default(), path, &KEYS, notes);
    match node.get("kind").and_then(Node::text) {
        Some("levels") => levels(id, node, path, notes),
        Some("yes_no") => Scale::yes_no(id),
        Some("treaty") => Scale::treaty(id),
        Some("date") => Scale::date(id),
        Some("text") => Scale::text(id),
        Some("number") => read_number(id, node, path, notes),
        _ => {
            let written = node.get("kind").unwrap_or(node);
            notes.expected("unknown-scale-kind", written, member(path, "kind"), KINDS);
            Scale::text(id)
        }
    }
}

fn levels(id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    let mut levels: Vec<Level> = vec![];
    let list = super::list(node, "levels", path, notes).unwrap_or_default();
    for (at, level) in list.iter().enumerate() {
        let path = format!("{path}.levels[{at}]");
        let id = match &level.kind {
            Json::String(id) => Some(&**id),
            _ => level.get("id").and_then(Node::text),
        };
        unknown_keys(level.object().unwrap_or_default(), &path, &LEVEL_KEYS, notes);
        let Some(id) = id.filter(|id| !id.is_empty() && levels.len() < MOST_LEVELS) else {
            notes.expected("not-a-level", level, &path, "an object with an \"id\": a level (at most 240)");
            continue;
        };
        tell_formula(level, &path, notes);
        if levels.iter().any(|known| *known.id == *id) {
            notes.error("duplicate-level", level.at, &path, "this level stands twice; the first one is used");
            continue;
        }
        let label = words(level, "label", &path, notes).unwrap_or_else(|| Raw::new(id.to_owned()));
        levels.push(Level { id: id.into(), label, short: words(level, "short", &path, notes) });
    }
    if levels.is_empty() {
        notes.error("no-levels", node.at, path, "this scale has no levels").hint = Some(
            "list them worst to best: \"levels\": [{ \"id\": \"none\", \"label\": \"None\" }, …]".to_owned(),
        );
    }
    Scale::levels(id, levels)
}

fn read_number(id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    let better = match said(node, "better") {
        None => Better::Neither,
        Some(value) => {
            let known = value.text().and_then(|id| Better::iter().find(|better| better.id() == id));
            if known.is_none() {
                notes.expected(
                    "unknown-direction",
                    value,
                    member(path, "better"),
                    "higher, lower or neither",
                );
            }
            known.unwrap_or_default()
        }
    };
    let decimals = whole(node, "decimals", path, notes).unwrap_or(0).min(12);
    let (mut min, mut max) = (number(node, "min", path, notes), number(node, "max", path, notes));
    if let (Some(low), Some(high)) = (min, max)
        && low > high
    {
        let message = format!("the scale's min {low} is above its max {high}; no bounds are used");
        notes.error("min-above-max", node.at, path, message).hint = Some("exchange the two".to_owned());
        (min, max) = (None, None);
    }
    let unit = words(node, "unit", path, notes);
    Scale::number(id, NumberScale { unit, decimals: u8::try_from(decimals).unwrap_or(0), min, max, better })
}

/// The kinds by name, for inferred frameworks and tests.
pub(in crate::core) fn of_kind(kind: &ScaleKind, id: &str) -> Scale {
    match kind {
        ScaleKind::YesNo => Scale::yes_no(id),
        ScaleKind::Treaty => Scale::treaty(id),
        ScaleKind::Number(number) => Scale::number(id, number.clone()),
        ScaleKind::Date => Scale::date(id),
        ScaleKind::Levels | ScaleKind::Text => Scale::text(id),
    }
}
