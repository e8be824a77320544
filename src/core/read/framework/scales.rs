//! A scale from a located tree.

use strum::IntoEnumIterator as _;

use super::tell_formula;
use crate::core::{
    json::{Node, NodeKind as Json},
    number_signs::NumberSigns,
    read::{
        declared::{DeclaredObject, LEVEL, NUMBERS, SCALES, missing, said},
        notes::{Notes, member},
        words::nearest,
    },
    scale::{Better, Level, MOST_LEVELS, NumberScale, Scale, ScaleKind},
};
use crate::text::Raw;

const KINDS: &str = "levels, categories, yes_no, number, treaty, date or text";

/// Reads a scale; what is wrong with it is told and it takes text.
pub(super) fn read(id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    let kind = node.get("kind").and_then(Node::text);
    let Some(declared) = SCALES.iter().find(|known| Some(known.name) == kind) else {
        let written = node.get("kind").unwrap_or(node);
        // What is no JSON has been told.
        if written.kind != Json::Malformed {
            let near = written.text().and_then(|text| nearest(text, SCALES.iter().map(|known| known.name)));
            let hint = match (near, node.get("kind"), node.object()) {
                (Some(near), ..) => Some(format!("did you mean \"{near}\"?")),
                (None, None, Some(members)) => {
                    let declares = |known: &&DeclaredObject| {
                        members.iter().any(|entry| entry.key != "missing" && known.has(&entry.key))
                    };
                    let kind = SCALES.iter().find(declares).map_or("text", |known| known.name);
                    Some(format!("add \"kind\": \"{kind}\", or another of these"))
                }
                _ => None,
            };
            notes.expected("unknown-scale-kind", written, member(path, "kind"), KINDS).hint = hint;
        }
        return Scale::text(id);
    };
    declared.check_beside(&["kind"], node, path, notes);
    let scale = match declared.name {
        "levels" => levels(declared, id, node, path, notes),
        "categories" => Scale { kind: ScaleKind::Categories, ..levels(declared, id, node, path, notes) },
        "yes_no" => Scale::yes_no(id),
        "treaty" => Scale::treaty(id),
        "date" => Scale::date(id),
        "number" => number(declared, id, node, path, notes),
        _ => Scale::text(id),
    };
    Scale { missing: missing(node), ..scale }
}

fn levels(declared: &DeclaredObject, id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    let mut levels: Vec<Level> = vec![];
    for (at, level) in declared.list(node, "levels").unwrap_or_default().iter().enumerate() {
        let path = format!("{path}.levels[{at}]");
        let id = match &level.kind {
            Json::String(id) => Some(Raw::new(id.to_string())),
            _ => LEVEL.text(level, "id"),
        };
        LEVEL.check(level, &path, notes);
        let Some(id) = id.filter(|id| !id.raw().is_empty() && levels.len() < MOST_LEVELS) else {
            let written = notes.excerpt(level);
            let hint = level.number().is_some().then(|| format!("write \"{written}\""));
            notes
                .expected("not-a-level", level, &path, "an object with an \"id\": a level (at most 240)")
                .hint = hint;
            continue;
        };
        tell_formula(level, &path, notes);
        if levels.iter().any(|known| *known.id == *id.raw()) {
            let message = "this level stands twice; the first one is used";
            notes.error("duplicate-level", level.at, &path, message).hint =
                Some("take one of the two away".to_owned());
            continue;
        }
        let label = LEVEL.text(level, "label").unwrap_or_else(|| id.clone());
        levels.push(Level { id: id.raw().into(), label, short: LEVEL.text(level, "short") });
    }
    if levels.is_empty() {
        notes.error("no-levels", node.at, path, "this scale has no levels").hint =
            Some("list them, worst to best: \"levels\": [\"none\", \"some\", \"full\"]".to_owned());
    }
    Scale::levels(id, levels)
}

fn number(declared: &DeclaredObject, id: &str, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Scale {
    let direction = said(node, "better").and_then(Node::text);
    let better = Better::iter().find(|better| Some(better.id()) == direction).unwrap_or_default();
    let decimals = declared.whole(node, "decimals").and_then(|decimals| u8::try_from(decimals).ok());
    let (mut min, mut max) = (declared.number(node, "min"), declared.number(node, "max"));
    if let (Some(low), Some(high)) = (min, max)
        && low > high
    {
        let message = format!("the scale's min {low} is above its max {high}; no bounds are used");
        notes.error("min-above-max", node.at, path, message).hint = Some("exchange the two".to_owned());
        (min, max) = (None, None);
    }
    let unit = declared.text(node, "unit");
    let signs = number_signs(node, path, notes);
    Scale::number(id, NumberScale { unit, decimals: decimals.unwrap_or(0), min, max, better, signs })
}

/// The signs in numbers that an object declares as `numbers`.
pub(super) fn number_signs(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> NumberSigns {
    let Some(node) = said(node, "numbers").filter(|node| node.object().is_some()) else {
        return NumberSigns::default();
    };
    NUMBERS.check(node, &member(path, "numbers"), notes);
    let (decimal, thousands) = (NUMBERS.sign(node, "decimal"), NUMBERS.sign(node, "thousands"));
    let mut signs = NumberSigns {
        decimal,
        thousands,
        percent: NUMBERS.flag(node, "percent"),
        flags: NUMBERS.flag(node, "flags"),
    };
    if thousands.is_some() && thousands == Some(decimal.unwrap_or('.')) {
        let message = "the sign of thousands is the decimal sign too; neither is used";
        notes.error("same-signs", node.at, member(path, "numbers"), message).hint =
            Some("declare the other one: \"decimal\": \",\" beside \"thousands\": \".\"".to_owned());
        (signs.decimal, signs.thousands) = (None, None);
    }
    signs
}

/// The kinds by name, for inferred frameworks and tests.
pub(in crate::core) fn of_kind(kind: &ScaleKind, id: &str) -> Scale {
    match kind {
        ScaleKind::YesNo => Scale::yes_no(id),
        ScaleKind::Treaty => Scale::treaty(id),
        ScaleKind::Number(number) => Scale::number(id, number.clone()),
        ScaleKind::Date => Scale::date(id),
        ScaleKind::Levels | ScaleKind::Categories | ScaleKind::Text => Scale::text(id),
    }
}
